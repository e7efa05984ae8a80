"""What is written is read back: exactly in the formats that hold everything, and in the others all but what a problem names."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from kgbuild import readers
from kgbuild.document import Document, Problem
from kgbuild.mapping import Mapper
from kgbuild.pipeline import load_ontology, load_registry
from kgbuild.readers.anchoring import verify
from kgbuild.writers import WRITERS, Written, writer
from kgbuild.writers.spelling import ROOTS

from .strategies import as_relations, documents, edge_of, exact, held_documents, said_of  # noqa: TID252 - the tests are no installed package

ROUND_TRIP = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def read_back(written: Written, format: str) -> tuple[list[Document], list[Problem]]:
    with TemporaryDirectory() as folder:
        for ending, data in written.files.items():
            (Path(folder) / f"name{ending}").write_bytes(data)
        found = list(readers.read([Path(folder)], format=None))
    assert format in WRITERS
    return [one for one in found if isinstance(one, Document)], [one for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize("format", ["native", "webannotation"])
@ROUND_TRIP
@given(document=documents())
def test_the_formats_that_hold_everything_lose_nothing(format: str, document: Document) -> None:
    document = verify(document)
    written = writer(format).write(document)
    found, problems = read_back(written, format)
    assert not problems
    assert [one.problems for one in found] == [()]
    lost = [problem for problem in written.problems if "note of a mention" not in problem.message]
    assert not lost
    if not written.problems:
        assert [exact(one) for one in found] == [exact(document)]


@pytest.mark.long
@pytest.mark.parametrize("format", ["brat", "labelstudio"])
@ROUND_TRIP
@given(document=held_documents())
def test_what_a_format_can_hold_is_held_whole(format: str, document: Document) -> None:
    written = writer(format).write(document)
    assert written.problems == ()
    found, problems = read_back(written, format)
    assert not problems
    (back,) = found
    assert back.problems == ()
    assert_same(document, back, format, frozenset())


@pytest.mark.parametrize("format", ["brat", "labelstudio"])
@ROUND_TRIP
@given(document=documents())
def test_what_no_problem_names_comes_back(format: str, document: Document) -> None:
    document = verify(document)
    written = writer(format).write(document)
    assert {problem.unit for problem in written.problems} <= {"", *(unit.id for unit in document.units)}
    if not written.files:
        assert [problem.code for problem in written.problems] == ["document-not-in-format"]
        return
    found, problems = read_back(written, format)
    assert not problems
    (back,) = found
    assert not [problem for problem in back.problems if problem.severity != "kept"]
    assert_same(document, back, format, frozenset(problem.unit for problem in written.problems))


def assert_same(document: Document, back: Document, format: str, named: frozenset[str]) -> None:
    """All that the two say is the same, but for the units that are ``named``."""
    assert (back.id, back.text, back.meta) == (document.id, document.text, document.meta)
    for field in ("annotator", "tool", "created", "confidence", "status", "note"):
        if document.prov is not None and getattr(document.prov, field) is not None:
            assert getattr(back.prov, field) == getattr(document.prov, field)
    own = {unit.id for unit in document.units}
    if format == "labelstudio":  # has no edges but relations between two regions
        document = as_relations(document)
    read = {unit.id: unit for unit in back.units}
    edges = [edge_of(unit) for unit in back.units if unit.kind == "relation"]
    for unit in document.units:
        if unit.id not in own:
            assert edge_of(unit) in edges or {arg.target for arg in unit.args} & named
        elif unit.id not in named:
            assert said_of(read[unit.id], ROOTS) == said_of(unit, ROOTS)


def test_shipped_articles_give_the_same_graph_in_every_format(articles: Path) -> None:
    mapper = Mapper(load_ontology(), load_registry())
    for found in readers.read([articles]):
        assert isinstance(found, Document)
        before = mapper.map((found,))
        for name in WRITERS:
            written = writer(name).write(found)
            assert written.problems == (), name
            (back,), problems = read_back(written, name)
            assert not problems
            after = mapper.map((back,))
            assert (after.facts, after.details, after.problems) == (before.facts, before.details, before.problems), (found.id, name)
