"""Queries, dumps, counts, and literals that come back as they went in."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pyoxigraph as ox
import pytest

from kgbuild import literals
from kgbuild.errors import QueryError, StoreError
from kgbuild.iris import DATA, KG
from kgbuild.stores import FORMATS, Counts, Place, Store, article_nquads, graph_nquads, open_store

from .conftest import PLACES  # noqa: TID252 - the tests are no installed package
from .servers import KINDS, running  # noqa: TID252
from .small import MEETING, MOSCOW, TITLE, article, iri, lines_of, mention  # noqa: TID252 - the tests are no installed package

XSD = literals.XSD


def dumped(store: Store, format_: str = "nq", graph: str | None = None) -> bytes:
    output = BytesIO()
    store.dump(output, format_, graph=graph)
    return output.getvalue()


def quads_of(data: bytes, format_: str) -> set[tuple[str, str]]:
    """Line and graph of each quad; the default graph is an empty name."""
    return {
        (f"{quad.subject} {quad.predicate} {quad.object}", getattr(quad.graph_name, "value", ""))
        for quad in ox.parse(data, FORMATS[format_])
    }


@pytest.fixture(scope="module", params=PLACES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with two articles, only to be read."""
    where: Place | None = None if request.param == "memory" else tmp_path_factory.mktemp("filled") / "store"
    if request.param in KINDS:
        folder = tmp_path_factory.mktemp("server")
        with running(request.param, folder) as server, open_store(server.address, create=True) as far:
            yield _fill(far)
        return
    with open_store(where, create=True) as store:
        yield _fill(store)


def _fill(store: Store) -> Store:
    store.put([article("a1", [MEETING, TITLE]), article("a2", [MEETING])], [f'<{DATA}run/1> <{KG}version> "1"'])
    store.set_graph("reference", [MOSCOW])
    return store


ALL = {
    (MEETING, ""), (TITLE, ""), (MOSCOW, ""), (MOSCOW, f"{DATA}graph/reference"), (MEETING, iri("a1")), (TITLE, iri("a1")),
    (mention("a1"), iri("a1")), (MEETING, iri("a2")), (mention("a2"), iri("a2")),
}  # fmt: skip


def test_a_query_gives_solutions_triples_or_a_boolean(filled: Store) -> None:
    assert isinstance(filled.query("SELECT * { ?s ?p ?o }"), ox.QuerySolutions)
    assert isinstance(filled.query("CONSTRUCT WHERE { ?s ?p ?o }"), ox.QueryTriples)
    assert bool(filled.query(f"ASK {{ {MEETING} }}"))


def test_the_default_graph_counts_a_triple_once_and_the_union_once_a_graph(filled: Store) -> None:
    if filled.is_far:
        pytest.skip("how a union counts is the affair of the store that makes it")
    count = f"SELECT (COUNT(*) AS ?n) {{ {MEETING.rpartition(' ')[0]} ?o }}"
    assert [row["n"].value for row in filled.query(count)] == ["1"]  # type: ignore[index, union-attr]
    assert [row["n"].value for row in filled.query(count, union=True)] == ["3"]  # type: ignore[index, union-attr]


@pytest.mark.parametrize(
    ("sparql", "where"), [("SELECT * { ?s ?p }", "line 1, column 19"), ("SELECT *\n{ ?s ?p ?o }\n}", "line 3, column 2")]
)
def test_sparql_that_does_not_parse_says_where(store: Store, sparql: str, where: str) -> None:
    with pytest.raises(QueryError, match=where):
        store.query(sparql)
    with pytest.raises(QueryError, match="does not parse"):
        store.update(sparql)


def test_the_counts_are_of_articles_triples_quads_and_graphs(filled: Store) -> None:
    graphs = {"ontology": 0, "reference": 1, "links": 0, "inferred": 0, "derived": 0, "runs": 1, "records": 10}
    found = filled.counts()
    own = 0 if filled.is_union else 3  # triples of a default graph of its own
    assert found == Counts(articles=2, quads=6 + own + 1 + 10, triples=own or found.triples, graphs=graphs)


@pytest.mark.parametrize("format_", ["nq", "trig", "jsonld"])
def test_a_dump_of_all_graphs_leaves_runs_and_records_out(filled: Store, format_: str) -> None:
    assert quads_of(dumped(filled, format_), format_) == ALL


@pytest.mark.parametrize("format_", ["ttl", "nt", "rdf"])
def test_a_dump_in_a_format_of_one_graph_is_the_default_graph(filled: Store, format_: str) -> None:
    assert quads_of(dumped(filled, format_), format_) == {(line, "") for line in lines_of(filled)}


@pytest.mark.parametrize("format_", sorted(FORMATS))
@pytest.mark.parametrize("graph", [iri("a1"), "reference", "runs", "records"])
def test_a_dump_of_one_graph_has_its_lines(filled: Store, format_: str, graph: str) -> None:
    name = graph if "/" in graph else filled.graphs.iri(graph)
    kept = name if FORMATS[format_].supports_datasets else ""
    assert quads_of(dumped(filled, format_, graph), format_) == {(line, kept) for line in lines_of(filled, name)}


def test_a_triple_about_the_records_is_dumped(store: Store) -> None:
    line = f"<{DATA}event/e1> <{KG}about> <{store.graphs.records}>"
    store.set_graph("links", [line])
    assert quads_of(dumped(store), "nq") == {(line, ""), (line, store.graphs.iri("links"))}


def test_a_long_dump_loses_no_line(store: Store) -> None:
    store.put([article(f"a{n}", [f'<{DATA}event/e{n}> <{KG}name> "{"ț" * n}"']) for n in range(300)])
    assert len(quads_of(dumped(store), "nq")) == 900


def test_a_format_that_is_none_is_refused_with_those_that_are(store: Store) -> None:
    with pytest.raises(StoreError, match="xlsx") as caught:
        dumped(store, "xlsx")
    assert "nq, trig" in caught.value.hint


def test_a_reader_that_goes_away_is_no_error_of_the_store(filled: Store) -> None:
    class Gone(BytesIO):
        def write(self, _data: object) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        filled.dump(Gone())


CANONICAL = [
    literals.string('a "b" \\ \n\t\r\b\f \x01 \x7f é 북한 😀 \\u0041'),
    literals.string("text", "ro"),
    literals.string("текст", "zh-hant"),
    literals.integer(-42),
    literals.integer(0),
    *(literals.typed(value, XSD + "decimal") for value in ("1.50", "-0.0", "100", "0.000001")),
    *(literals.typed(value, XSD + "date") for value in ("2024-01-16", "0001-01-01")),
    *(literals.typed(value, XSD + "dateTime") for value in ("2024-01-16T10:00:00Z", "2024-01-16T10:00:00+02:00")),
    literals.typed("1", XSD + "boolean"),
    literals.typed("https://example.org/ă?b=c#d", XSD + "anyURI"),
]


def test_canonical_literals_come_back_as_they_went_in(store: Store) -> None:
    lines = {f"<{DATA}event/e{n}> <{KG}name> {term}" for n, term in enumerate(CANONICAL)}
    store.put([article("a1", lines)])  # loaded as N-Quads
    store.put([article("a2", [MEETING])])
    store.put([article("a2", lines, version=2)])  # as an update
    assert lines_of(store) == lines_of(store, iri("a2")) - {mention("a2")} == lines
    assert {line for line, graph in quads_of(dumped(store), "nq") if graph == iri("a1")} == lines | {mention("a1")}
    store.put([article("a1", [], version=2), article("a2", [], version=2)])
    store.put([article("a1", [], version=3), article("a2", [], version=3)])
    assert lines_of(store) == set()


def test_nquads_of_an_article_and_a_graph_hold_what_a_put_writes(store: Store) -> None:
    run = f'<{DATA}run/1> <{KG}version> "1"'
    store.put([article("a1", [MEETING, TITLE])], [run])
    store.set_graph("reference", [MOSCOW])
    data = article_nquads(article("a1", [MEETING, TITLE]), base=DATA, run_lines=[run]) + graph_nquads("reference", [MOSCOW], base=DATA)
    written = {quad for graph in ("records", "runs") for quad in quads_of(dumped(store, "nq", graph), "nq")}
    founding = {quad for quad in written if quad[0].startswith(f"<{store.graphs.records}>")}
    assert quads_of(data, "nq") == quads_of(dumped(store), "nq") | written - founding
