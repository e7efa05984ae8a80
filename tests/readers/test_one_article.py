"""One article said in the native format, WebAnno TSV, Web Annotation and NIF: queries give the same rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from click.testing import Result

from . import one_article  # noqa: TID252 - the tests are no installed package

Kgbuild = Callable[..., Result]

FILES = {
    "native": ("a.kga.jsonl", one_article.native),
    "webanno-tsv": ("a.tsv", one_article.tsv),
    "webannotation": ("a.json", one_article.web_annotation),
    "nif": ("a.ttl", one_article.nif),
}


@pytest.fixture(scope="module")
def rows(kgbuild: Kgbuild, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[dict[str, str]]]]:
    """Format -> query -> rows, each from a store that holds the article in that format alone."""
    found = {}
    for name, (file, write) in FILES.items():
        folder = tmp_path_factory.mktemp(name)
        (folder / file).write_text(write(), encoding="utf-8")
        loaded = kgbuild("load", "--store", folder / "store", folder / file)
        assert loaded.exit_code == 0, loaded.output
        assert "no problems" in loaded.output, loaded.output
        answers = {query: kgbuild("query", query, "--store", folder / "store", "--format", "csv") for query in ("transfers", "statements")}
        found[name] = {query: [_named(row) for row in csv.DictReader(io.StringIO(answer.stdout))] for query, answer in answers.items()}
    return found


def _named(row: dict[str, str]) -> dict[str, str]:
    """A row with labels in place of IRIs: those of what only the article knows are made of the ids of units, which formats give."""
    return {name: row.get(f"{name}Label") or value for name, value in row.items() if not name.endswith("Label")}


def test_the_transfer_has_its_parties_item_and_date(rows: dict[str, dict[str, list[dict[str, str]]]]) -> None:
    (row,) = rows["native"]["transfers"]
    assert (row["supplier"], row["recipient"], row["earliest"], row["latest"]) == ("North Korea", "Russia", "2023-09-01", "2023-09-30")
    assert (row["item"], row["status"]) == ("missiles", "denied")


def test_the_denial_has_its_speaker_date_and_quote(rows: dict[str, dict[str, list[dict[str, str]]]]) -> None:
    (row,) = rows["native"]["statements"]
    assert (row["speaker"], row["earliest"], row["quote"]) == ("Maria Zakharova", "2023-10-18", "Nothing was sent.")
    assert "denies" in row["stance"].lower()


@pytest.mark.parametrize("format", ["webanno-tsv", "webannotation", "nif"])
@pytest.mark.parametrize("query", ["transfers", "statements"])
def test_every_format_gives_the_same_rows(rows: dict[str, dict[str, list[dict[str, str]]]], format: str, query: str) -> None:
    assert rows[format][query] == rows["native"][query]
