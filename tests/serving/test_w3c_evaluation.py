"""The W3C's tests of SPARQL 1.1 and 1.2, queries, updates, syntax and results, over real HTTP: the engine as clients meet it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kgbuild.stores import EmbeddedStore
from tests.serving import w3c
from tests.serving.conftest import Reply
from tests.serving.w3c import LABEL, MF, QT, UT, Manifest, Node, Table, path_of

if TYPE_CHECKING:
    from tests.serving.conftest import Serve, Server

pytestmark = pytest.mark.long

#: what the engine does otherwise than the tests expect, and why; each must still fail, so that a better engine is noticed
ENGINE = {
    "11/aggregates/agg-groupconcat-04": "GROUP_CONCAT of texts in one language keeps the language, which the test does not expect",
    "11/aggregates/agg-groupconcat-06": "GROUP_CONCAT of texts in one language keeps the language, which the test does not expect",
    "11/aggregates/agg-empty-group-count-graph": "an aggregate of a sub-select inside GRAPH ?g is not evaluated graph by graph",
    "11/bindings/graph": "VALUES inside GRAPH ?g is not joined with the names of the graphs",
    "11/functions/bnode01": 'BNODE("foo") gives the same node in different rows',
    "11/negation/graph-minus": "the variable of GRAPH is not in scope for MINUS inside it",
    "11/property-path/zero_or_more_set_start": "a path of length zero does not find a constant that no triple has",
    "11/property-path/zero_or_more_set_end": "a path of length zero does not find a constant that no triple has",
    "11/property-path/zero_or_one_set_start": "a path of length zero does not find a constant that no triple has",
    "11/property-path/zero_or_one_set_end": "a path of length zero does not find a constant that no triple has",
    "11/syntax-query/test_4": "a function that the engine does not know is an error, not a row without a value",
    "12/grouping/group01": "numbers are kept by value, so that 1 and 001 are one (the test is for engines that keep spellings)",
    "12/grouping/select-variable-reuse": "a variable that SELECT binds to an aggregate cannot be used by the next expression",
    "12/syntax/nested-aggregate-functions": "an aggregate of an aggregate is accepted",
    "12/syntax-triple-terms-negative/tripleterm-subject-03": "a triple term is accepted as subject",
    "12/syntax-triple-terms-negative/tripleterm-subject-06": "a triple term is accepted as subject",
}
#: LOAD and SERVICE are refused here with 403, whatever they are told to be silent about
REFUSED = {
    *(f"11/syntax-fed/test_{number}" for number in (1, 2, 3)),
    *(f"11/syntax-update-1/test_{number}" for number in (1, 2, 3, 4, 37, 41, 47, 48, 49)),
    *(f"11/update-silent/load{target}-silent" for target in ("", "-into")),
}
#: other entailment regimes than simple entailment; federation with endpoints that the tests only describe
LEFT_OUT = ("sparql11/entailment", "sparql11/service")
ALL = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_TYPES = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
_FORMATS = {
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}


class Case:
    """One test: its manifest, its own IRI, its name."""

    def __init__(self, manifest: Manifest, test: ox.NamedNode) -> None:
        self.manifest = manifest
        self.test = test
        self.kind = manifest.kind(test)
        self.name = f"{manifest.folder.parent.name.removeprefix('sparql')}/{manifest.folder.name}/{test.value.rpartition('#')[2]}"

    def action(self) -> Node:
        return self.manifest.objects(self.test, MF + "action")[0]  # type: ignore[return-value]

    def result(self) -> Node:
        return self.manifest.objects(self.test, MF + "result")[0]  # type: ignore[return-value]

    def dataset(self, node: Node, vocabulary: str) -> list[ox.Quad]:
        """The data that a query or update meets, or that an update leaves behind."""
        found = [quad for one in self.manifest.objects(node, vocabulary + "data") for quad in w3c.quads(path_of(one.value))]
        for graph in self.manifest.objects(node, vocabulary + "graphData"):
            file = self.manifest.one(graph, vocabulary + "graph") or graph.value  # type: ignore[arg-type]
            name = ox.NamedNode(self.manifest.one(graph, LABEL) or file)  # type: ignore[arg-type]
            found += [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in w3c.quads(path_of(file))]
        return found

    def text(self, iri: str) -> str:
        return f"BASE <{iri}>\n{path_of(iri).read_text()}"


def _cases() -> list[Case]:
    kinds = {"QueryEvaluationTest", "CSVResultFormatTest", "UpdateEvaluationTest"}
    kinds |= {f"{sign}{what}SyntaxTest" for sign in ("Positive", "Negative") for what in ("", "Update")}
    folders = [path.parent for path in sorted(w3c.SUITES.glob("sparql1?/*/manifest.ttl"))]
    manifests = [Manifest(folder / "manifest.ttl") for folder in folders if f"{folder.parent.name}/{folder.name}" not in LEFT_OUT]
    found = [Case(manifest, test) for manifest in manifests for test in manifest.tests()]
    return [case for case in found if case.kind in kinds]


CASES = _cases()


def _marked(case: Case) -> object:
    marks = [pytest.mark.xfail(reason=ENGINE[case.name], strict=True)] if case.name in ENGINE else []
    return pytest.param(case, id=case.name, marks=marks)


class Served:
    """A server, and the data that it holds, which the next test may need as well."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.held: list[ox.Quad] | None = None

    def load(self, dataset: list[ox.Quad]) -> None:
        if self.held is not None and {*map(str, self.held)} == {*map(str, dataset)}:
            return
        reply = self.server.update(f"DROP ALL ; INSERT DATA {{ {_data(dataset)} }}")
        assert reply.status == 204, reply.text
        self.held = dataset

    def update(self, text: str) -> Reply:
        self.held = None
        return self.server.update(text)

    def ask(self, text: str, accept: str) -> Reply:
        return self.server.request("POST", "/sparql", text, {"Content-Type": "application/sparql-query", "Accept": accept})


class Alone:
    """The engine in this process, without a server: does it do otherwise, too?"""

    def __init__(self) -> None:
        self.store = ox.Store()

    def load(self, dataset: list[ox.Quad]) -> None:
        self.store.extend(dataset)

    def update(self, text: str) -> Reply:
        raise NotImplementedError(text)

    def ask(self, text: str, accept: str) -> Reply:
        try:
            found = self.store.query(text)
            fmt = _FORMATS.get(accept, ox.QueryResultsFormat.JSON)
            body = found.serialize(format=ox.RdfFormat.TURTLE if isinstance(found, ox.QueryTriples) else fmt)
        except (SyntaxError, RuntimeError) as error:
            return Reply(400 if isinstance(error, SyntaxError) else 500, {}, str(error).encode())
        return Reply(200, {"content-type": accept}, body or b"")


def _data(dataset: list[ox.Quad]) -> str:
    """Quads as INSERT DATA takes them; a node of several graphs is one."""
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in dataset:
        graphs.setdefault("" if quad.graph_name == ox.DefaultGraph() else f"GRAPH {quad.graph_name}", []).append(quad.triple)
    return "\n".join(f"{name} {{ {_written(triples)} }}" if name else _written(triples) for name, triples in graphs.items())


def _written(triples: list[ox.Triple]) -> str:
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


@pytest.fixture(scope="module")
def served(serve: Serve, tmp_path_factory: pytest.TempPathFactory, token_file: Path) -> Iterator[Served]:
    store = tmp_path_factory.mktemp("w3c-evaluation") / "store"
    EmbeddedStore.open(store, create=True).close()
    server = serve(store, "--update", "--token-file", str(token_file))
    yield Served(server)
    server.stop()


@pytest.mark.parametrize("case", [*map(_marked, CASES)] or [pytest.param(None, marks=pytest.mark.skip(w3c.MISSING))])
def test_evaluation(served: Served, case: Case) -> None:
    _evaluate(served, case)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES if case.name in ENGINE])
def test_what_fails_is_the_engine(case: Case) -> None:
    with pytest.raises(AssertionError):
        _evaluate(Alone(), case)


def _evaluate(asked: Served | Alone, case: Case) -> None:
    if case.kind == "UpdateEvaluationTest":
        _update(asked, case)
    elif case.kind.endswith("SyntaxTest"):
        _syntax(asked, case)
    else:
        _query(asked, case)


def _query(asked: Served | Alone, case: Case) -> None:
    action, file = case.action(), path_of(case.result().value)
    asked.load(case.dataset(action, QT))
    expected = w3c.results(file)
    kind = _TYPES.get(file.suffix, "text/turtle" if isinstance(expected, list) else _TYPES[".srj"])
    reply = asked.ask(case.text(case.manifest.one(action, QT + "query")), kind)
    assert (reply.status, reply.type) == (200, kind), reply.text
    if isinstance(expected, list):
        assert w3c.same_graph((quad.triple for quad in ox.parse(reply.body, ox.RdfFormat.TURTLE)), expected)
        return
    found = w3c.comma_separated(reply.text) if kind == "text/csv" else w3c.parsed(reply.body, _FORMATS[kind])
    if isinstance(expected, bool) or isinstance(found, bool):
        assert found is expected
    else:
        assert w3c.same_rows(found, expected), (found, expected)
        if file.suffix in (".csv", ".tsv"):
            assert found[0] == expected[0]  # columns in their order, too


def _update(asked: Served | Alone, case: Case) -> None:
    action = case.action()
    asked.load(case.dataset(action, UT))
    reply = asked.update(case.text(case.manifest.one(action, UT + "request")))
    if case.name in REFUSED:
        assert reply.status == 403
        return
    assert reply.status == 204, reply.text
    table = w3c.parsed(asked.ask(ALL, _TYPES[".srj"]).body, ox.QueryResultsFormat.JSON)
    assert not isinstance(table, bool)
    assert w3c.same_dataset(_rows_as_quads(table), case.dataset(case.result(), UT))


def _rows_as_quads(table: Table) -> Iterator[ox.Quad]:
    for graph, *triple in table[1]:
        yield ox.Quad(*triple, graph or ox.DefaultGraph())  # type: ignore[arg-type]


def _syntax(asked: Served | Alone, case: Case) -> None:
    text = case.text(case.action().value)
    if "Update" in case.kind:
        reply, good = asked.update(text), (204, 409)  # 409: a graph that it removes is not there
    else:
        reply, good = asked.ask(text, "*/*"), (200,)
    if case.name in REFUSED:
        assert reply.status == 403
    elif case.kind.startswith("Positive"):
        assert reply.status in good, reply.text
    else:
        assert reply.status == 400, reply.text


@pytest.mark.skipif(not CASES, reason=w3c.MISSING)
def test_all_of_them_are_run() -> None:
    assert Counter(case.kind for case in CASES) == {
        "QueryEvaluationTest": 295,
        "CSVResultFormatTest": 3,
        "UpdateEvaluationTest": 97,
        "PositiveSyntaxTest": 168,
        "NegativeSyntaxTest": 129,
        "PositiveUpdateSyntaxTest": 60,
        "NegativeUpdateSyntaxTest": 15,
    }
    assert ENGINE.keys() | REFUSED <= {case.name for case in CASES}
