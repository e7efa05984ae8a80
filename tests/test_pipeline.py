"""Loading, removing and rebuilding: the store is a function of its records, the ontology and the reference data."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kgbuild import iris
from kgbuild.document import Problem
from kgbuild.errors import MappingError, StoreError
from kgbuild.pipeline import LoadOptions, LoadReport, load, rebuild, remove
from kgbuild.resources import read_bundled
from kgbuild.stores import EmbeddedStore

SUMMIT = b"""
    @prefix kg: <https://w3id.org/kgbuild/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    kg:Summit a owl:Class ; rdfs:subClassOf kg:Meeting ; rdfs:label "summit"@en , "reuniune la nivel inalt"@ro .
"""

Write = Callable[..., Path]
Load = Callable[..., tuple[LoadReport, list[Problem]]]


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the ontology and the reference data, and one article, which was removed."""
    folder = tmp_path_factory.mktemp("empty")
    source = folder / "one.kga.jsonl"
    source.write_text(json.dumps({"kgbuild": 1, "id": "one"}) + "\n", encoding="utf-8")
    load([source], folder / "store", LoadOptions(), on_problem=print, on_progress=lambda _n: None)
    remove(folder / "store", ["one"])
    return folder / "store"


@pytest.fixture
def store(empty_store: Path, tmp_path: Path) -> Path:
    return shutil.copytree(empty_store, tmp_path / "store")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write documents into a native file: ``write("a", {"id": …, "units": […]}, …)``."""

    def write_file(name: str, *documents: dict[str, Any]) -> Path:
        path = tmp_path / f"{name}.kga.jsonl"
        path.write_text("".join(json.dumps({"kgbuild": 1, **document}) + "\n" for document in documents), encoding="utf-8")
        return path

    return write_file


def into(store: Path, *paths: Path, **options: Any) -> tuple[LoadReport, list[Problem]]:
    problems: list[Problem] = []
    return load(list(paths), store, LoadOptions(**options), on_problem=problems.append, on_progress=lambda _n: None), problems


def dump(store: Path) -> bytes:
    """The store's quads, sorted."""
    with EmbeddedStore.open(store, read_only=True) as opened:
        output = io.BytesIO()
        opened.dump(output)
        return b"\n".join(sorted(output.getvalue().split(b"\n")))


def is_true(store: Path) -> bool:
    with EmbeddedStore.open(store, read_only=True) as opened:
        return opened.is_true()


def ask(store: Path, sparql: str) -> list[tuple[str, ...]]:
    with EmbeddedStore.open(store, read_only=True) as opened:
        return sorted(tuple(str(term) for term in row) for row in opened.select(sparql))


def state(id: str, name: str) -> dict[str, Any]:
    return {"id": id, "kind": "entity", "label": "State", "name": name}


def denial(id: str, **fields: Any) -> dict[str, Any]:
    """A document in which Russia denies that North Korea arms it."""
    transfer = {"id": "x", "kind": "event", "label": "ArmsTransfer", "args": [_arg("supplier", "kp"), _arg("recipient", "ru")]}
    said = {"id": "s", "kind": "statement", "args": [_arg("speaker", "ru"), _arg("about", "x")], "attrs": {"stance": "denies"}}
    units = [state("ru", "Russia"), state("kp", "North Korea"), transfer, said]
    return {"id": id, "text": f"Text of {id}.", "meta": {"lang": "en"}, "prov": {"annotator": "ana"}, "units": units, **fields}


def _arg(role: str, target: str) -> dict[str, str]:
    return {"role": role, "target": target}


STATUSES = (
    "SELECT ?event ?status { ?a a <https://w3id.org/kgbuild/ontology#StatusAssessment> ; "
    "<https://w3id.org/kgbuild/ontology#assesses> ?event ; <https://w3id.org/kgbuild/ontology#status> ?status }"
)


# --- the same, however it is loaded


@pytest.mark.long
def test_loading_twice_in_any_order_with_any_number_of_jobs_gives_the_same_store(
    articles: Path, _articles_store: Path, tmp_path: Path, empty_store: Path
) -> None:
    expected = dump(_articles_store)
    files = sorted(articles.glob("*.jsonl"))
    backwards = shutil.copytree(empty_store, tmp_path / "backwards")
    for file in (*files[::-1], *files[:3]):
        into(backwards, file)
    assert dump(backwards) == expected
    parallel = tmp_path / "parallel"
    report, problems = into(parallel, *files[5:], *files[:5], jobs=2)
    assert (report.added, problems) == (len(files), [])
    assert dump(parallel) == expected
    assert is_true(parallel)
    again, _problems = into(parallel, articles, jobs=2)
    assert (again.unchanged, again.added, again.replaced, again.quads) == (len(files), 0, 0, 0)


def test_removing_leaves_no_trace(store: Path, write: Write) -> None:
    before = dump(store)
    into(store, write("a", denial("a")))
    loaded = dump(store)
    assert remove(store, ["a"]) == [iris.DATA + "article/a"]
    assert dump(store) == before
    into(store, write("a", denial("a")))
    assert dump(store) == loaded


@pytest.mark.long
def test_a_replaced_article_is_as_if_the_new_one_had_been_loaded_first(
    store: Path, write: Write, empty_store: Path, tmp_path: Path
) -> None:
    other = denial(
        "a", units=[state("ru", "Russia"), {"id": "m", "kind": "event", "label": "Meeting", "args": [_arg("participant", "ru")]}]
    )
    into(store, write("old", denial("a"), denial("b")))
    report, problems = into(store, write("new", other))
    assert (report.replaced, problems) == (1, [])
    direct = shutil.copytree(empty_store, tmp_path / "direct")
    into(direct, write("direct", other, denial("b")))
    assert dump(store) == dump(direct)
    assert is_true(store)


@pytest.mark.long
def test_rebuilding_changes_nothing(articles_store: Path) -> None:
    before = dump(articles_store)
    report = rebuild(articles_store, LoadOptions(), on_problem=print, on_progress=lambda _n: None)
    assert (report.replaced, report.findings) == (0, False)
    assert dump(articles_store) == before


@pytest.mark.long
def test_rebuilding_an_article_without_its_text_changes_nothing(store: Path, founding_article: Path) -> None:
    into(store, founding_article, keep_text=False)
    before = dump(store)
    assert "primește furnizări".encode() not in before
    rebuild(store, LoadOptions(), on_problem=print, on_progress=lambda _n: None)
    assert dump(store) == before


# --- statuses follow


def test_a_status_follows_what_other_articles_say(store: Path, write: Write) -> None:
    into(store, write("a", denial("a")))
    assert {status for _event, status in ask(store, STATUSES)} == {f"<{iris.KGS}status-denied>"}
    third = denial("b")
    third["units"][3]["args"][0] = _arg("speaker", "us")
    third["units"][3]["attrs"]["stance"] = "condemns"
    third["units"].append(state("us", "United States"))
    into(store, write("b", third))
    assert {status for _event, status in ask(store, STATUSES)} == {f"<{iris.KGS}status-contested>"}
    remove(store, ["a"])
    assert {status for _event, status in ask(store, STATUSES)} == {f"<{iris.KGS}status-alleged>"}
    remove(store, ["b"])
    assert ask(store, STATUSES) == []


@pytest.mark.long
def test_statuses_left_behind_by_a_killed_load_are_mended_by_the_next(store: Path, write: Write) -> None:
    into(store, write("a", denial("a")))
    expected = dump(store)
    with EmbeddedStore.open(store) as opened:
        opened.set_graph("derived", (), meta={"statuses-behind": "yes"})
    into(store, write("a", denial("a")))
    assert dump(store) == expected


# --- one id more than once


@pytest.mark.long
def test_a_second_annotation_of_a_text_is_merged_in_any_order(store: Path, write: Write, empty_store: Path, tmp_path: Path) -> None:
    ana = denial("a")
    ion = denial("a", prov={"annotator": "ion"}, units=[state("ro", "Romania")])
    report, problems = into(store, write("one", ana, ion))
    assert (report.added, report.merged, problems) == (1, 1, [])
    other = tmp_path / "other"
    into(other, write("two", ion, ana))
    assert dump(store) == dump(other)


@pytest.mark.parametrize("change", [{}, {"text": "Another text."}, {"text": "Another text.", "prov": {"annotator": "ion"}}])
def test_any_other_repetition_is_an_error_that_names_both_places(change: dict[str, Any], store: Path, write: Write) -> None:
    first, second = write("first", denial("a")), write("second", denial("b"), denial("a", **change))
    report, (problem,) = into(store, first, second)
    assert (problem.code, problem.severity) == ("repeated-id", "rejected")
    assert f"{first}:1" in problem.message
    assert problem.where.endswith("second.kga.jsonl:2")
    assert (report.added, report.rejected) == (2, 1)


def test_replacing_another_text_under_the_same_id_is_reported(store: Path, write: Write) -> None:
    into(store, write("a", denial("a")))
    report, (problem,) = into(store, write("b", denial("a", text="Another text.")))
    assert problem.code == "text-replaced"
    assert report.replaced == 1


# --- the ontology and the reference data


def ontology_with(tmp_path: Path, **modules: bytes) -> Path:
    folder = tmp_path / "ontology"
    folder.mkdir()
    for name, data in {**read_bundled("ontology", ".ttl"), **{f"{name}.ttl": data for name, data in modules.items()}}.items():
        (folder / name).write_bytes(data)
    return folder


def test_an_editors_class_takes_effect_by_rebuilding_and_stays(store: Path, write: Write, tmp_path: Path) -> None:
    meeting = {"id": "m", "kind": "event", "label": "Summit", "args": [_arg("participant", "ru")]}
    _report, (problem,) = into(store, write("a", denial("a", units=[state("ru", "Russia"), meeting])))
    assert problem.code == "unknown-label"
    folder = ontology_with(tmp_path, summit=SUMMIT)
    report = rebuild(store, LoadOptions(ontology=folder), on_problem=print, on_progress=lambda _n: None)
    assert (report.replaced, report.findings) == (1, False)
    assert ask(store, f"SELECT (COUNT(*) AS ?n) {{ ?m a <{iris.KG}Meeting> }}") == [('"1"^^<http://www.w3.org/2001/XMLSchema#integer>',)]
    shutil.rmtree(folder)
    report, problems = into(store, write("b", denial("b", units=[state("ru", "Russia"), meeting])))
    assert problems == [], "the store remembers the ontology that it was built with"
    assert report.notes == []


def test_articles_mapped_with_another_ontology_are_counted_as_stale(store: Path, write: Write, tmp_path: Path) -> None:
    into(store, write("a", denial("a")))
    report, _problems = into(store, write("b", denial("b")), ontology=ontology_with(tmp_path, summit=SUMMIT))
    assert "1 article was mapped with another ontology" in report.notes[0]


def test_a_users_reference_things_are_found_by_name(store: Path, write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "own.ttl").write_text(
        "@prefix kg: <https://w3id.org/kgbuild/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<https://example.org/acme> a kg:Company ; rdfs:label "Acme Works"@en , "Uzinele Acme"@ro .\n',
        encoding="utf-8",
    )
    company = {"id": "c", "kind": "entity", "label": "Company", "name": "Uzinele Acme"}
    into(store, write("a", denial("a", units=[company])), reference=folder)
    reported = ask(store, "SELECT ?a { <https://example.org/acme> <https://w3id.org/kgbuild/ontology#reportedIn> ?a }")
    assert reported == [(f"<{iris.DATA}article/a>",)]


@pytest.mark.long
def test_a_new_store_may_have_a_base_of_its_own_and_keeps_it(tmp_path: Path, write: Write) -> None:
    base = "https://example.org/graph/"
    into(tmp_path / "own", write("a", denial("a")), base=base)
    into(tmp_path / "own", write("b", denial("b")))
    written = dump(tmp_path / "own").decode()
    assert f"<{base}article/b>" in written
    assert f"<{base}state/PRK>" in written
    assert iris.DATA not in written
    with pytest.raises(StoreError, match="begin with"):
        into(tmp_path / "own", write("c", denial("c")), base="https://example.org/other/")


# --- what cannot be loaded


@pytest.mark.long
def test_strict_loads_nothing_where_something_is_unknown(store: Path, write: Write, tmp_path: Path) -> None:
    before = dump(store)
    bad = denial("b", units=[{"id": "w", "kind": "entity", "label": "Wizard"}])
    with pytest.raises(MappingError, match="Wizard"):
        into(store, write("a", denial("a"), bad), strict=True)
    assert dump(store) == before
    with pytest.raises(MappingError):
        into(tmp_path / "new", write("a", denial("a"), bad), strict=True)
    assert not (tmp_path / "new" / "db").exists()


def test_an_unchanged_article_has_the_findings_that_it_had(store: Path, write: Write) -> None:
    bad = write("a", denial("a", units=[{"id": "w", "kind": "entity", "label": "Wizard"}]))
    (_first, one), (again, other) = into(store, bad), into(store, bad)
    assert again.unchanged == 1
    assert one == other


def test_a_bad_document_is_listed_and_the_rest_goes_on(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "mixed.kga.jsonl"
    lines: Sequence[str] = (json.dumps({"kgbuild": 1, **denial("a")}), "{not json", json.dumps({"kgbuild": 1, **denial("b")}))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report, (problem,) = into(store, path)
    assert (report.added, report.rejected) == (2, 1)
    assert problem.where.endswith("mixed.kga.jsonl:2")
