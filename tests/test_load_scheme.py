"""``kgbuild load --scheme``, dates that are read on the way, and what the store remembers of both."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from kgbuild.document import decode_record
from kgbuild.stores import EmbeddedStore

Kgbuild = Callable[..., Result]
TABLE = """#scheme mine
#role-strip ^evt\\d+arg\\d+
kind\tlabel\twhen\tterm
entity\tGPE\t\tkg:State
entity\tORD\t\t-
event\tcontact.*\t\tkg:Meeting
role\tvisitor\t\tkg:participant
attr\tMood\t\tkg:modality
"""
UNITS: list[dict[str, Any]] = [
    {"id": "a", "kind": "entity", "label": "GPE", "name": "Russia"},
    {"id": "b", "kind": "entity", "label": "State", "name": "North Korea"},
    {"id": "o", "kind": "entity", "label": "ORD", "mentions": [{"spans": [[0, 3]], "text": "Luni"[:3]}]},
    {"id": "v", "kind": "value", "label": "Date", "mentions": [{"spans": [[0, 4]], "text": "Luni"}]},
    {
        "id": "x",
        "kind": "event",
        "label": "contact.meet",
        "args": [{"role": "evt1arg1visitor", "target": "a"}, {"role": "participant", "target": "b"}, {"role": "date", "target": "v"}],
        "attrs": {"Mood": "wish"},
    },
]


def article(id: str = "d", units: list[dict[str, Any]] = UNITS, **fields: Any) -> dict[str, Any]:
    return {
        "kgbuild": 1,
        "id": id,
        "text": "Luni s-au întâlnit.",
        "meta": {"lang": "ro", "published": "2024-01-17"},
        "units": units,
        **fields,
    }


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.kga.jsonl"
    path.write_text(json.dumps(article()) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def _empty(tmp_path_factory: pytest.TempPathFactory, kgbuild: Kgbuild) -> Path:
    """A store of the ontology and the reference data: making one takes longer than all that these tests load."""
    folder = tmp_path_factory.mktemp("empty")
    (folder / "e.kga.jsonl").write_text(json.dumps({"kgbuild": 1, "id": "empty"}) + "\n", encoding="utf-8")
    assert kgbuild("load", folder / "e.kga.jsonl", "--store", folder / "store").exit_code == 0
    assert kgbuild("remove", "empty", "--store", folder / "store").exit_code == 0
    return folder / "store"


@pytest.fixture
def new_store(_empty: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Make a store without articles: ``new_store("store")``."""
    return lambda name: shutil.copytree(_empty, tmp_path / name)


@pytest.fixture
def store(new_store: Callable[[str], Path]) -> Path:
    return new_store("store")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mine.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def dump(kgbuild: Kgbuild, store: Path) -> list[bytes]:
    return sorted(line for line in kgbuild("dump", "--store", store).stdout_bytes.splitlines() if b"graph/runs" not in line)


@pytest.mark.long
def test_a_scheme_makes_terms_of_labels(kgbuild: Kgbuild, source: Path, table: Path, store: Path) -> None:
    result = kgbuild("load", source, "--store", store, "--scheme", table)
    assert result.exit_code == 1, result.output
    assert "1 annotation left out on purpose, as the scheme says" in result.stderr
    assert "date-read-from-text" in result.stderr
    assert "unknown" not in result.stderr
    rows = kgbuild("query", "meetings", "--param", "party=RUS", "--store", store, "--format", "jsonl").stdout.splitlines()
    assert len(rows) == 1
    assert "2024-01-15" in rows[0]
    text = b"\n".join(dump(kgbuild, store)).decode()
    assert 'ontology#rawLabel> "GPE"' in text
    assert 'ontology#rawLabel> "contact.meet"' in text
    assert 'ontology#modality> "wish"' in text


def test_without_the_scheme_the_labels_are_unknown(kgbuild: Kgbuild, source: Path, store: Path) -> None:
    result = kgbuild("load", source, "--store", store)
    assert result.exit_code == 1
    assert {"unknown-label", "unknown-role", "unknown-attribute"} <= set(result.stderr.split())
    assert "on purpose" not in result.stderr


@pytest.mark.long
def test_a_rebuild_gives_the_same_graph_without_the_table(kgbuild: Kgbuild, source: Path, table: Path, store: Path) -> None:
    kgbuild("load", source, "--store", store, "--scheme", table)
    before = dump(kgbuild, store)
    table.unlink()
    result = kgbuild("load", "--rebuild", "--store", store)
    assert "1 annotation left out on purpose" in result.stderr
    assert dump(kgbuild, store) == before
    with EmbeddedStore.open(store, read_only=True) as opened:
        (iri,) = opened.articles()
        (document,) = decode_record(opened.record(iri) or b"")
    assert document.meta["scheme"] == "mine"
    assert document.meta["schemeIgnored"] == {"ORD": 1}
    assert {unit.id: unit.label for unit in document.units} == {"a": "kg:State", "b": "State", "v": "Date", "x": "kg:Meeting"}


def test_loading_again_with_the_scheme_changes_nothing_and_without_it_everything(
    kgbuild: Kgbuild, source: Path, table: Path, store: Path
) -> None:
    first = kgbuild("load", source, "--store", store, "--scheme", table)
    again = kgbuild("load", source, "--store", store, "--scheme", table)
    assert "unchanged" in again.stderr
    assert "1 annotation left out on purpose" in again.stderr
    assert again.exit_code == first.exit_code == 1
    without = kgbuild("load", source, "--store", store)
    assert "replaced" in without.stderr


def test_with_a_scheme_nothing_is_unknown_to_strict(kgbuild: Kgbuild, source: Path, table: Path, store: Path) -> None:
    assert kgbuild("load", source, "--store", store, "--strict").exit_code == 3
    assert kgbuild("load", source, "--store", store, "--strict", "--scheme", table).exit_code == 1


@pytest.mark.long
def test_other_processes_give_the_same_store(kgbuild: Kgbuild, table: Path, tmp_path: Path, new_store: Callable[[str], Path]) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.kga.jsonl").write_text(json.dumps(article(f"d{number}")) + "\n", encoding="utf-8")
    for store, jobs in ((new_store("one"), 1), (new_store("two"), 2)):
        result = kgbuild("load", folder, "--store", store, "--scheme", table, "--jobs", str(jobs))
        assert "6 annotations left out on purpose" in result.stderr, result.output
    assert dump(kgbuild, tmp_path / "one") == dump(kgbuild, tmp_path / "two")


def test_a_second_annotators_labels_are_prepared_too(kgbuild: Kgbuild, table: Path, tmp_path: Path, store: Path) -> None:
    path = tmp_path / "two.kga.jsonl"
    lines = [article(prov={"annotator": name}) for name in ("ana", "ion")]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    result = kgbuild("load", path, "--store", store, "--scheme", table)
    assert "merged" in result.stderr
    assert "2 annotations left out on purpose" in result.stderr
    assert "unknown" not in result.stderr


@pytest.mark.long
def test_no_text_keeps_the_value_and_not_the_words(kgbuild: Kgbuild, source: Path, store: Path) -> None:
    result = kgbuild("load", source, "--store", store, "--no-text")
    assert "date-read-from-text" in result.stderr
    text = b"\n".join(dump(kgbuild, store)).decode()
    assert 'ontology#edtf> "2024-01-15"' in text
    assert "Luni" not in text


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("ontonote", "KGB-180: there is no scheme “ontonote”; did you mean “ontonotes”?"),
        ("zzz", "KGB-180: there is no scheme “zzz”\n"),
        ("nowhere.tsv", "KGB-180: nowhere.tsv: there is no such file"),
        ("no/where", "KGB-180: no/where: there is no such file"),
        (".", "KGB-180: .: cannot be read"),
    ],
)
def test_a_scheme_that_is_not_there_is_told(kgbuild: Kgbuild, source: Path, tmp_path: Path, named: str, message: str) -> None:
    result = kgbuild("load", source, "--store", tmp_path / "store", "--scheme", named)
    assert result.exit_code == 3
    assert message in result.stderr
    assert "hint: name a table, or one of brat-news, conll-2003" in result.stderr
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("entity\tA\t\tkg:Stat\n", ":9: “kg:Stat” is no class that annotators can use of the ontology; did you mean “kg:State”?"),
        ("entity\tgpe\t\tkg:Person\n", ":9: “gpe” is kg:Person here, and kg:State in line 4 (“GPE”)"),
        ("entity\tA\n", ":9: the term is missing"),
    ],
)
def test_a_broken_table_loads_nothing(kgbuild: Kgbuild, source: Path, table: Path, tmp_path: Path, line: str, message: str) -> None:
    table.write_text(TABLE + line, encoding="utf-8")
    result = kgbuild("load", source, "--store", tmp_path / "store", "--scheme", table)
    assert result.exit_code == 3
    assert f"KGB-180: {table}{message}" in result.stderr
    assert not (tmp_path / "store").exists()


def test_rebuild_takes_no_scheme(kgbuild: Kgbuild, tmp_path: Path) -> None:
    result = kgbuild("load", "--rebuild", "--scheme", "ronec", "--store", tmp_path / "store")
    assert result.exit_code == 2
    assert "--rebuild takes no --scheme" in result.stderr


# --- info


def test_info_lists_the_schemes(kgbuild: Kgbuild) -> None:
    lines = kgbuild("info", "schemes").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["brat-news", "conll-2003", "ontonotes", "polnear", "ronec"]
    assert all("rules" in line for line in lines)


def test_info_shows_a_scheme_by_name_or_file(kgbuild: Kgbuild, table: Path) -> None:
    shown = kgbuild("info", "schemes", "polnear").stdout
    assert "Political News Attribution" in shown
    assert any(line.split() == ["role", "Content", "*", "kg:about"] for line in shown.splitlines())
    own = kgbuild("info", "schemes", table).stdout
    assert own.startswith("mine\noff the front of every role: ^evt\\d+arg\\d+\n")
    assert any(line.split() == ["event", "contact.*", "kg:Meeting"] for line in own.splitlines())


def test_info_tells_an_unknown_scheme(kgbuild: Kgbuild) -> None:
    result = kgbuild("info", "schemes", "polner")
    assert result.exit_code == 3
    assert "did you mean “polnear”?" in result.stderr
