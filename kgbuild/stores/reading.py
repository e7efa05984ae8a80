"""Asking a store: queries, what is kept of articles, counts, dumps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar, cast

import pyoxigraph as ox

from kgbuild.errors import QueryError, StoreError
from kgbuild.rules import parse
from kgbuild.stores import article as kept
from kgbuild.stores import dumping, folder, truth
from kgbuild.stores import meta as metadata
from kgbuild.stores.database import Answer, Database
from kgbuild.stores.door import DAMAGED, mapped
from kgbuild.stores.graphs import MERGED, UNMERGED, Graphs
from kgbuild.stores.knowledge import StoreKnowledge
from kgbuild.stores.probing import said_elsewhere

if TYPE_CHECKING:
    import rdflib

T = TypeVar("T")

_DEFAULT = ox.DefaultGraph()
RECORD, WRITTEN, FINGERPRINT, BUILT_WITH = map(ox.NamedNode, (kept.RECORD, kept.WRITTEN, kept.FINGERPRINT, kept.BUILT_WITH))


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a store holds."""

    articles: int
    #: in all graphs, the default graph and the store's own records included
    quads: int
    #: in the default graph
    triples: int
    #: name -> triples, for the store's own graphs
    graphs: dict[str, int]


class Reading:
    """The half of a store that asks; see :class:`kgbuild.stores.embedded.EmbeddedStore`."""

    def __init__(self, store: Database, base: str, *, path: Path | None = None) -> None:
        self._open: Database | None = store
        #: the store's folder; None in memory
        self.path = path
        #: what its IRIs begin with
        self.base = base
        self.graphs = Graphs(base)
        self._records = ox.NamedNode(self.graphs.records)
        self._views: list[rdflib.Dataset] = []

    #: each look takes a request
    is_far = False

    @property
    def is_union(self) -> bool:
        """Claim that the default graph is not the store's own, but what all named graphs hold together."""
        return False

    def foreseen(self, work: Callable[[], T]) -> T:
        """Do some work that only looks: where looks are far, in few requests, by doing it several times."""
        return work()

    @property
    def _store(self) -> Database:
        if self._open is None:
            raise ValueError("the store is closed")
        return self._open

    def _mapped(self, doing: str, *, sparql: str | None = None) -> AbstractContextManager[None]:
        return mapped(self.path, doing, sparql=sparql)

    def query(self, sparql: str, *, union: bool = False) -> Answer:
        """Answer a SPARQL query: solutions, triples, or a boolean, read as they are found.

        ``union``: the default graph is the union of all named graphs, as on other engines; a triple in two of them counts twice.
        Raises QueryError if it does not parse.
        """
        with self._mapped("cannot answer the query", sparql=sparql):
            return self._store.query(sparql, use_default_graph_as_union=union)

    def select(self, sparql: str) -> ox.QuerySolutions:
        """Answer a SELECT query. Raises QueryError if it does not parse, or is of another form."""
        answer = self.query(sparql)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("a SELECT query was expected", hint="ASK, CONSTRUCT and DESCRIBE answer with no rows")
        return answer

    def dataset(self) -> rdflib.Dataset:
        """View the store as an rdflib dataset, until it is closed. Raises MissingExtra."""
        from kgbuild.stores.dataset import dataset

        self._views.append(dataset(cast("ox.Store", self._store), self.base))
        return self._views[-1]

    def fingerprint(self, article: str) -> str | None:
        """The fingerprint of an article; None if the store does not have it."""
        return self._kept(article, FINGERPRINT)

    def built_with(self, article: str) -> str | None:
        """What an article was built with; None if the store does not have it."""
        return self._kept(article, BUILT_WITH)

    def record(self, article: str) -> bytes | None:
        """The record of an article; None if the store does not have it. Raises StoreError if it is damaged."""
        text = self._kept(article, RECORD)
        return None if text is None else self._unpacked(article, kept.unpack, text)

    def kept_lines(self, article: str) -> frozenset[str]:
        """The lines of graph ``records`` that keep an article; none if the store does not have it."""
        found = self._store.quads_for_pattern(ox.NamedNode(article), None, None, self._records)
        return frozenset(f"{quad.subject} {quad.predicate} {quad.object}" for quad in found)

    def written(self, article: str) -> tuple[frozenset[str], frozenset[str]] | None:
        """The facts and the details of an article, as lines; None if the store does not have it. Raises StoreError if they are damaged."""
        text = self._kept(article, WRITTEN)
        return None if text is None else self._unpacked(article, partial(kept.unpack_lines, article), text)

    def facts(self, article: str) -> frozenset[str] | None:
        """The facts of an article, as lines; None if the store does not have it. Raises StoreError if they are damaged."""
        written = self.written(article)
        return None if written is None else written[0]

    def naming(self, thing: str) -> set[str]:
        """The IRIs of the articles whose graphs hold a thing (IRI), as subject or object; reads every triple of it."""
        node = ox.NamedNode(thing)
        graphs = {quad.graph_name for quad in self._store.quads_for_pattern(node, None, None, None)}
        graphs |= {quad.graph_name for quad in self._store.quads_for_pattern(None, None, node, None)}
        named = {graph.value for graph in graphs if isinstance(graph, ox.NamedNode)}
        return {graph for graph in named if self.graphs.is_article(graph)}

    def facts_of(self, thing: str) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
        """What the default graph says of a thing (IRI): property (IRI) and value."""
        for quad in self._store.quads_for_pattern(ox.NamedNode(thing), None, None, _DEFAULT):
            yield quad.predicate.value, quad.object  # type: ignore[misc]

    def subjects(self, predicate: str, thing: str) -> Iterator[str]:
        """The subjects that a property leads from to a thing, in the default graph; all are IRIs without brackets."""
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(thing), _DEFAULT):
            yield quad.subject.value  # type: ignore[union-attr]

    def objects(self, thing: str, predicate: str) -> Iterator[str]:
        """The things that a property leads to, in the default graph."""
        for quad in self._store.quads_for_pattern(ox.NamedNode(thing), ox.NamedNode(predicate), None, _DEFAULT):
            if isinstance(quad.object, ox.NamedNode):
                yield quad.object.value

    def texts(self, thing: str, predicate: str) -> Iterator[tuple[str, str]]:
        """The texts that a property gives in the default graph: (text, language tag or '')."""
        for quad in self._store.quads_for_pattern(ox.NamedNode(thing), ox.NamedNode(predicate), None, _DEFAULT):
            if isinstance(quad.object, ox.Literal):
                yield quad.object.value, quad.object.language or ""

    def says(self, thing: str, predicate: str, value: str) -> bool:
        """Claim that a property leads from a thing to another, in the default graph."""
        return ox.Quad(ox.NamedNode(thing), ox.NamedNode(predicate), ox.NamedNode(value), _DEFAULT) in self._store

    def holds_subject(self, thing: str, graph: str) -> bool:
        """Claim that a named graph says anything of a thing."""
        return next(self._store.quads_for_pattern(ox.NamedNode(thing), None, None, ox.NamedNode(graph)), None) is not None

    def naming_links(self, thing: str) -> bool:
        """Claim that a decision on links names a thing."""
        node, graph = ox.NamedNode(thing), ox.NamedNode(self.graphs.iri("links"))
        found = (*self._store.quads_for_pattern(node, None, None, graph), *self._store.quads_for_pattern(None, None, node, graph))
        return bool(found)

    def lines(self, name: str) -> frozenset[str]:
        """What one of the store's own graphs holds, as lines."""
        output = BytesIO()
        self._store.dump(output, ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(self.graphs.iri(name)))
        return frozenset(line.removesuffix(" .") for line in output.getvalue().decode().split("\n")) - {""}

    def graph_names(self) -> Iterator[str]:
        """The IRIs of all named graphs."""
        return (graph.value for graph in self._store.named_graphs())

    def triples_of(self, graph: str) -> Iterator[ox.Triple]:
        """The triples of a named graph, by its IRI; an empty name: of the default graph."""
        node = ox.NamedNode(graph) if graph else _DEFAULT
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, node))

    def articles(self) -> Iterator[str]:
        """The IRIs of all articles, in no particular order."""
        return (article for article, _fingerprint in self.fingerprints())

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """The IRI and the fingerprint of every article, in no particular order: 0.1 s for 10,000."""
        for quad in self._store.quads_for_pattern(None, FINGERPRINT, None, self._records):
            yield quad.subject.value, quad.object.value  # type: ignore[union-attr]

    def stale(self, built_with: str) -> Iterator[str]:
        """The IRIs of the articles whose graphs were built with something else."""
        for quad in self._store.quads_for_pattern(None, BUILT_WITH, None, self._records):
            if quad.object.value != built_with:  # type: ignore[union-attr]
                yield quad.subject.value  # type: ignore[union-attr]

    def meta(self, name: str) -> str | None:
        """A value that the store remembers of itself (see ``set_meta``); None if it was never set."""
        return metadata.read(self._store, self._records, name)

    def unsaid(self, lines: Collection[str], *, besides: str) -> set[str]:
        """Those facts of the default graph that are only inferred, or said only by one of the store's own graphs, ``besides``."""
        own = {self.graphs.inferred, self.graphs.iri(besides)}
        known = [StoreKnowledge(self._store, graph) for graph in own]
        doubtful = {line for line in lines if any(each.is_inferred(parse(line)) for each in known)}
        return doubtful - said_elsewhere(self._store, self.graphs, dict.fromkeys(doubtful, own))

    def counts(self) -> Counts:
        """How much the store holds. Reads the indexes, not the terms: half a second a million quads."""
        with self._mapped("cannot count"):
            sizes = {name: self.size(self.graphs.iri(name)) for name in MERGED + UNMERGED}
            return Counts(sum(1 for _ in self.articles()), len(self._store), self.size(""), sizes)

    def size(self, graph: str) -> int:
        """How many triples a named graph holds, by its IRI; an empty name: the default graph."""
        pattern = f"{{ GRAPH <{graph}> {{ ?s ?p ?o }} }}" if graph else "{ ?s ?p ?o }"
        (row,) = self._store.query(f"SELECT (COUNT(*) AS ?n) {pattern}")  # type: ignore[misc]
        return int(row[0].value)

    def is_true(self) -> bool:
        """Claim that the default graph is what the other graphs say it must be. Reads everything: 10 s a million quads."""
        with self._mapped("cannot read the store"):
            return truth.is_true(self._store, self.graphs)

    @property
    def is_updated(self) -> bool:
        """Whether the store's folder notes a SPARQL update, since which the default graph may be untrue."""
        return self.path is not None and folder.updated(self.path) is not None

    def dump(self, output: IO[bytes], format_: str = "nq", *, graph: str | None = None) -> None:
        """Write the store as RDF, streaming, in no particular order.

        ``format_``: nq, trig, jsonld (without ``graph``: all graphs but runs and records) or ttl, nt, rdf (without ``graph``: the default
        graph). ``graph``: the IRI of one graph, or the name of one of the store's own. Raises StoreError on other formats.
        """
        with self._mapped("cannot dump the store"):
            dumping.dump(self._store, self.graphs, output, format_, self.graphs.iri(graph) if graph in MERGED + UNMERGED else graph)

    def _kept(self, article: str, what: ox.NamedNode) -> str | None:
        with self._mapped("cannot read the store"):
            quad = next(self._store.quads_for_pattern(ox.NamedNode(article), what, None, self._records), None)
            return None if quad is None else quad.object.value  # type: ignore[union-attr]

    def _unpacked(self, article: str, unpack: Callable[[str], T], text: str) -> T:
        try:
            return unpack(text)
        except ValueError as error:
            raise StoreError(f"{self.path or 'store'}: what is kept of <{article}> is damaged: {error}", hint=DAMAGED) from error
