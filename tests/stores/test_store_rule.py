"""Which lines of an article are details, and which graphs say facts."""

from __future__ import annotations

import pytest

from kgbuild.iris import DATA, KG, PREFIXES
from kgbuild.stores import MERGED, UNMERGED, Graphs

A = f"{DATA}article/a1"
TYPE = f"<{PREFIXES['rdf']}type>"
LABEL = f"<{PREFIXES['rdfs']}label>"


@pytest.mark.parametrize(
    "line",
    [
        f"<{A}#char=0,3> {TYPE} <{KG}Mention>",
        f'<{A}#sentence=0,9> <{KG}sentenceText> "a <b> c"@en',
        f"<{A}#annotation=0> {TYPE} <{KG}Annotation>",
        f'<{A}#problem=0> <{KG}message> "x"',
        f"<{A}#value=d1> {TYPE} <{KG}Date>",
        f"<{A}> <{KG}defaultAnnotation> <{A}#annotation=0>",
        f"<{DATA}event/e1> <{PREFIXES['gaf']}denotedBy> <{A}#char=0,3>",
        *(f'<{DATA}event/e1> <{KG}{name}> "x"' for name in ("rawLabel", "rawRole", "rawAttribute", "note", "confidence", "quotation")),
        f"<{DATA}event/e1> <{KG}dateValue> <{A}#value=d1>",
        f"<{DATA}event/e1> <{PREFIXES['prov']}wasGeneratedBy> <{A}#annotation=1>",
    ],
)
def test_lines_on_the_text_and_its_annotation_are_details(line: str) -> None:
    assert Graphs(DATA).is_detail(line)


@pytest.mark.parametrize(
    "line",
    [
        f"<{A}> {TYPE} <{KG}Article>",
        f"<{A}/u1> <{KG}reportedIn> <{A}>",
        f"<{DATA}event/e1> <{KG}noted> <{A}>",
        f'<{DATA}event/e1> {LABEL} "<{A}#char=0,3> <{KG}note> "',
        f"<{DATA}annotator/editor> {TYPE} <{PREFIXES['prov']}Agent>",
        f"<{DATA}event/e1> <{KG}quantity> <{A}#value=q1>",
        f"<http://example.org/article/a1#x> <{KG}name> <{A}#char=0,3>",
    ],
)
def test_lines_on_the_world_are_facts(line: str) -> None:
    assert not Graphs(DATA).is_detail(line)


def test_the_rule_follows_the_base_of_the_store() -> None:
    line = f"<http://example.org/id/article/a1#char=0,3> {TYPE} <{KG}Mention>"
    assert Graphs("http://example.org/id/").is_detail(line)
    assert not Graphs(DATA).is_detail(line)


def test_the_stores_own_graphs_are_no_articles() -> None:
    graphs = Graphs(DATA)
    assert [name for name in MERGED + UNMERGED if graphs.is_article(graphs.iri(name))] == []
    assert [name for name in MERGED + UNMERGED if graphs.is_merged(graphs.iri(name))] == list(MERGED)
    assert graphs.is_article(A)
