"""The W3C's manifests of tests, as graphs; and results in every format of SPARQL and of the tests, to be compared by value."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

SUITES = Path(__file__).parents[3] / "shared" / "w3c" / "sparql"
MISSING = "the W3C suites are not beside this checkout"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_RESULTS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}

Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
#: names of columns, and the rows
Table = tuple[list[str], list[list[Term | None]]]


class Manifest:
    """A manifest's graph, and the tests that it lists."""

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self.store = ox.Store()
        self.store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())

    def objects(self, subject: Node, predicate: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        found = self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return [quad.object for quad in found]  # type: ignore[misc]

    def one(self, subject: Node, predicate: str) -> str:
        found = self.objects(subject, predicate)
        return found[0].value if found else ""

    def list(self, subject: Node, predicate: str) -> Iterator[Node]:
        (node,) = self.objects(subject, predicate) or [ox.NamedNode(RDF + "nil")]
        while node.value != RDF + "nil":
            yield self.objects(node, RDF + "first")[0]  # type: ignore[arg-type, misc]
            (node,) = self.objects(node, RDF + "rest")  # type: ignore[arg-type]

    def tests(self) -> list[ox.NamedNode]:
        lists = [quad.subject for quad in self.store.quads_for_pattern(None, ox.NamedNode(MF + "entries"), None)]
        return [test for manifest in lists for test in self.list(manifest, MF + "entries")]  # type: ignore[arg-type, misc]

    def kind(self, test: ox.NamedNode) -> str:
        """The test's class, without the number of the version that some bear."""
        return self.one(test, RDF + "type").removeprefix(MF).removesuffix("11")


def path_of(iri: str) -> Path:
    return Path(ox.NamedNode(iri).value.removeprefix("file://"))


def quads(path: Path) -> list[ox.Quad]:
    fmt = ox.RdfFormat.from_extension(path.suffix[1:])
    assert fmt is not None, path
    return list(ox.parse(path=str(path), format=fmt, base_iri=path.as_uri(), rename_blank_nodes=True))


def results(path: Path) -> Table | bool | list[ox.Triple]:
    """The expected result in a file: rows, a boolean, or a graph."""
    if path.suffix in _RESULTS:
        return parsed(path.read_bytes(), _RESULTS[path.suffix])
    if path.suffix == ".csv":
        return comma_separated(path.read_text())
    graph = [quad.triple for quad in quads(path)]
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in graph)
    return _result_set(store) if any(triple.predicate.value == _RS + "resultVariable" for triple in graph) else graph


def parsed(data: bytes, fmt: ox.QueryResultsFormat) -> Table | bool:
    found = ox.parse_query_results(data, fmt)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    return [variable.value for variable in found.variables], [list(row) for row in found]


def comma_separated(text: str) -> Table:
    """CSV tells no kinds of terms: what looks like a blank node is one, and a number is taken by its value."""
    names, *rows = list(csv.reader(io.StringIO(text)))
    return names, [[_guessed(cell) for cell in row] for row in rows]


def _guessed(cell: str) -> Term | None:
    if cell.startswith("_:"):
        return ox.BlankNode(cell[2:])
    try:
        return ox.Literal(repr(float(cell)), datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#double"))
    except ValueError:
        return ox.Literal(cell) if cell else None


def _result_set(store: ox.Store) -> Table:
    """Rows in the vocabulary of result sets, which old tests use."""
    names = sorted(quad.object.value for quad in store.quads_for_pattern(None, ox.NamedNode(_RS + "resultVariable"), None))  # type: ignore[union-attr]
    rows = []
    for solution in store.quads_for_pattern(None, ox.NamedNode(_RS + "solution"), None):
        cells: dict[str, Term] = {}
        for binding in store.quads_for_pattern(solution.object, ox.NamedNode(_RS + "binding"), None):  # type: ignore[arg-type]
            (name,) = store.quads_for_pattern(binding.object, ox.NamedNode(_RS + "variable"), None)  # type: ignore[arg-type]
            (value,) = store.quads_for_pattern(binding.object, ox.NamedNode(_RS + "value"), None)  # type: ignore[arg-type]
            cells[name.object.value] = value.object  # type: ignore[union-attr]
        rows.append([cells.get(name) for name in names])
    return names, rows


def same_rows(one: Table, other: Table) -> bool:
    """Claim that two tables have the same rows as often, up to the names of blank nodes and the order of columns and rows."""
    return set(one[0]) == set(other[0]) and same_graph(_described(one), _described(other))


def _described(table: Table) -> list[ox.Triple]:
    """A table as a graph: each row that there is, with how often it comes."""
    names, rows = table
    counted = Counter(frozenset((name, cell) for name, cell in zip(names, row, strict=True) if cell is not None) for row in rows)
    triples = []
    for number, (row, count) in enumerate(counted.items()):
        node = ox.BlankNode(f"row{number}")
        triples += [ox.Triple(node, ox.NamedNode("urn:times"), ox.Literal(count))]
        triples += [ox.Triple(node, ox.NamedNode(f"urn:column:{name}"), cell) for name, cell in row]
    return triples


def same_graph(one: Iterable[ox.Triple], other: Iterable[ox.Triple]) -> bool:
    return same_dataset((ox.Quad(*triple) for triple in one), (ox.Quad(*triple) for triple in other))


def same_dataset(one: Iterable[ox.Quad], other: Iterable[ox.Quad]) -> bool:
    """Claim that two datasets are isomorphic, numbers and dates taken by their values."""
    return _canonical(one) == _canonical(other)


def _canonical(found: Iterable[ox.Quad]) -> ox.Dataset:
    store = ox.Store()  # which keeps values, not their spellings
    store.extend(found)
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset
