"""The same article from Label Studio, doccano and Prodigy gives the same answers, as far as the tool can hold it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from . import three_tools  # noqa: TID252 - the tests are no installed package

Kgbuild = Callable[..., Result]


@pytest.fixture(scope="module", params=["label_studio", "doccano", "prodigy"])
def loaded(request: pytest.FixtureRequest, kgbuild: Kgbuild, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Result]:
    folder = tmp_path_factory.mktemp(request.param)
    export = folder / "export.json"
    export.write_text(json.dumps(getattr(three_tools, request.param)(), ensure_ascii=False), encoding="utf-8")
    return request.param, folder / "store", kgbuild("load", "--store", folder / "store", export)


def ask(kgbuild: Kgbuild, store: Path, *query: str) -> list[dict[str, str]]:
    answer = json.loads(kgbuild("query", "--store", store, *query, "--format", "json").stdout)
    rows: list[dict[str, Any]] = answer["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in rows]


def test_it_loads_with_nothing_unknown(loaded: tuple[str, Path, Result]) -> None:
    tool, _store, result = loaded
    assert "added              1" in result.stderr + result.stdout, result.output
    told = {word for word in result.output.split() if word in ("unknown-label", "unknown-role", "unknown-relation", "unknown-attribute")}
    assert told == set(), tool


def test_the_transfer_and_its_status(loaded: tuple[str, Path, Result], kgbuild: Kgbuild) -> None:
    _tool, store, _result = loaded
    (row,) = ask(kgbuild, store, "transfers")
    found = [row[name] for name in ("supplierLabel", "recipientLabel", "itemLabel", "statusLabel", "articles")]
    assert found == ["North Korea", "Russia", "rachete", "denied", "1"]


def test_the_denial(loaded: tuple[str, Path, Result], kgbuild: Kgbuild) -> None:
    tool, store, _result = loaded
    (row,) = ask(kgbuild, store, "statements")
    found = [row[name] for name in ("speakerLabel", "stateLabel", "stanceLabel", "aboutLabel", "quote", "articleLabel")]
    assert found == ["Sergey Lavrov", "Russia", "denies", "livrat", "Sunt speculații", "Lavrov neagă"]
    if tool != "doccano":  # which has no place for a date's value
        assert (row["earliest"], row["latest"]) == ("2024-01-16", "2024-01-16")


def test_coreference_and_the_annotator(loaded: tuple[str, Path, Result], kgbuild: Kgbuild) -> None:
    tool, store, _result = loaded
    rows = ask(kgbuild, store, "evidence", "--param", "thing=Serghei Lavrov")
    assert [(row["text"], row["begin"], row["end"]) for row in rows] == [("Serghei Lavrov", "25", "39"), ("Lavrov", "138", "144")]
    who = {"label_studio": "ana@example.org", "prodigy": "ana", "doccano": None}[tool]
    assert {row.get("annotator") for row in rows} == {who}
