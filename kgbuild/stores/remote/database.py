"""A store elsewhere as a database: what kgbuild uses of pyoxigraph's ``Store``, asked over HTTP.

Thousands of small looks make a change (who else says it, what follows from it). One at a time they would take a request each; so work
that only looks is run *foreseeing*: what it looks for and is not known yet counts as absent, is noted, and is fetched in a few requests;
then the work is run again, until it looks for nothing new. Only that last run counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from tempfile import TemporaryDirectory
from typing import IO, Any, TypeVar

import pyoxigraph as ox

from kgbuild.errors import StoreError
from kgbuild.stores.database import Answer
from kgbuild.stores.graphs import Graphs
from kgbuild.stores.remote.client import Client
from kgbuild.stores.remote.paging import rows
from kgbuild.stores.remote.patterns import Pattern, fetch
from kgbuild.stores.remote.transport import shown

T = TypeVar("T")
Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

_DEFAULT = ox.DefaultGraph()
#: a chain of facts that each need the last one is not longer; then the work is done look by look
_ROUNDS = 40
#: graphs counted in one request: all of a large store would take longer than a server gives
_COUNTED = 200


class RemoteDatabase:
    """The graphs below ``base``, once it is known: others may share the server, and are left alone."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.graphs: Graphs | None = None
        self._known: dict[Pattern, tuple[ox.Quad, ...]] | None = None
        self._missed: dict[Pattern, None] = {}

    @property
    def is_union(self) -> bool:
        """Claim that the default graph is what the named ones hold together, and cannot be written to."""
        return self.client.profile.is_union

    def foreseeing(self, work: Callable[[], T]) -> T:
        """Do some work that only looks. It is run several times, and must not mind."""
        if self._known is not None:
            return work()
        self._known = {}
        try:
            for _ in range(_ROUNDS):
                self._missed = {}
                try:
                    result = work()
                except Exception:
                    if not self._missed:
                        raise
                else:
                    if not self._missed:
                        return result
                self._known |= fetch(self.client, self._missed, self._is_ours)
        finally:
            self._known = None
        return work()

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, graph_name: Graph | None, /) -> Iterator[ox.Quad]:
        """The quads that fit. Without a graph: those of all named graphs, not the default one's."""
        pattern = (subject, predicate, object, graph_name)
        if subject is None and object is None and predicate is None:
            return self._whole(graph_name)
        if self._known is None or (subject is None and object is None):
            return iter(fetch(self.client, {pattern: None}, self._is_ours)[pattern])
        if pattern not in self._known:
            self._missed[pattern] = None
        return iter(self._known.get(pattern, ()))

    def __contains__(self, quad: Any) -> bool:
        return next(self.quads_for_pattern(quad.subject, quad.predicate, quad.object, quad.graph_name), None) is not None

    def __len__(self) -> int:
        number = 0 if self.is_union else self._number("?s ?p ?o")
        return number + sum(self._number(f"GRAPH {graph} {{ ?s ?p ?o }}") for graph in self.named_graphs())

    def query(self, query: str, /, *, use_default_graph_as_union: bool = False) -> Answer:
        """Ask. Raises StoreError where a union is wanted that the store does not have."""
        if use_default_graph_as_union and not self.is_union:
            raise StoreError(f"{shown(self.client.addresses.query)}: this store's default graph is its own", hint="name graphs with FROM")
        return self.client.query(query)

    def update(self, update: str, /) -> None:
        """Run an update as it stands."""
        self.client.update(update)

    def load(self, input: bytes, format: ox.RdfFormat, /, *, lenient: bool = False) -> None:
        """Add N-Quads, graph by graph."""
        lines: dict[str, set[str]] = {}
        for quad in ox.parse(input, format, lenient=lenient):
            graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
            lines.setdefault(graph, set()).add(f"{quad.subject} {quad.predicate} {quad.object}")
        for name, added in lines.items():
            self.add(name, added)

    def add(self, graph: str, lines: Iterable[str], *, replace: bool = False) -> None:
        """Add lines to a graph (an empty name: the default one), or put them in place of what it holds, in requests of a size that the
        store takes. Where that needs several, and one fails, the graph is left half done.
        """
        if not graph and self.is_union:
            return
        send, sent = (self.client.put_graph if replace else self.client.post_graph), 0
        waiting: list[str] = []
        for line in lines:
            waiting.append(f"{line} .\n")
            if len(waiting) == self.client.profile.graph_batch:
                send(graph or None, "".join(waiting).encode())
                send, sent, waiting = self.client.post_graph, sent + 1, []
        if waiting or (replace and not sent):
            send(graph or None, "".join(waiting).encode())

    def named_graphs(self) -> Iterator[ox.NamedNode]:
        """The names of our graphs that hold anything."""
        pattern = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o }"
        start = f' FILTER(STRSTARTS(STR(?g), "{self.graphs.base}"))' if self.graphs else ""
        for name in self._pages(pattern + start + " }"):
            if isinstance(name, ox.NamedNode) and self._is_ours(name.value):
                yield name

    def sizes(self, names: Collection[str]) -> dict[str, int]:
        """How many triples graphs hold, by their IRIs; those that hold none are left out. In requests of a few seconds."""
        found: dict[str, int] = {}
        listed = sorted(names)
        for start in range(0, len(listed), _COUNTED):
            values = " ".join(f"<{name}>" for name in listed[start : start + _COUNTED])
            counting = f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
            found |= {row[0].value: int(row[1].value) for row in self._solutions(counting)}
        return found

    def size(self, graph: str) -> int:
        """How many triples a graph holds; an empty name: the default graph."""
        return self._number(f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph else "?s ?p ?o")

    def lines(self, graph: str) -> Iterator[str]:
        """The lines of a graph, as they are given back; an empty name: of the default graph."""
        return map(str, self.client.get_graph(graph or None))

    def dump(
        self, output: IO[bytes], format: ox.RdfFormat, /, *, from_graph: Graph | None = None, prefixes: dict[str, str] | None = None
    ) -> None:
        """Write a graph, or all."""
        if from_graph is not None:
            triples = (quad.triple for quad in self._whole(from_graph))
            ox.serialize(triples, output, format, prefixes=prefixes)
        else:
            ox.serialize(self._all(), output, format, prefixes=prefixes)

    def flush(self) -> None:
        """Nothing waits here."""

    def optimize(self) -> None:
        """How the store keeps its files is its own affair."""

    def _all(self) -> Iterator[ox.Quad]:
        yield from self._whole(_DEFAULT)
        for graph in self.named_graphs():
            yield from self._whole(graph)

    def _whole(self, graph: Graph | None) -> Iterator[ox.Quad]:
        if graph is None:
            for each in self.named_graphs():
                yield from self._whole(each)
        elif isinstance(graph, ox.DefaultGraph) and self.is_union:
            yield from self._merged()
        else:
            name = None if isinstance(graph, ox.DefaultGraph) else graph.value
            for triple in self.client.get_graph(name):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)

    def _merged(self) -> Iterator[ox.Quad]:
        """The default graph as it would be, were it one of its own: each fact once, no details. On disk meanwhile."""
        graphs = self.graphs
        if graphs is None:
            return
        with TemporaryDirectory(prefix="kgbuild-") as place:
            facts = ox.Store(place)
            for graph in self.named_graphs():
                if graph.value not in (graphs.runs, graphs.records):
                    said = (quad.triple for quad in self._whole(graph) if graphs.says(graph.value, str(quad.triple)))
                    facts.bulk_extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in said)
            yield from facts
            del facts

    def _pages(self, select: str) -> Iterator[Any]:
        """The values of a SELECT of one variable."""
        limit = self.client.profile.row_limit
        return (row[0] for row in rows(self._solutions, select, limit, where=shown(self.client.addresses.query)))

    def _number(self, pattern: str) -> int:
        ((number,),) = self._solutions(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        return int(number.value)

    def _solutions(self, sparql: str) -> Any:
        return self.client.query(sparql)

    def _is_ours(self, graph: str) -> bool:
        if self.graphs is not None:
            return graph.startswith(self.graphs.base)
        return not graph.startswith(self.client.profile.foreign)
