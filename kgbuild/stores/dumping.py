"""Writing a store out: everything but the store's own records, or one graph, in any RDF format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import pyoxigraph as ox

from kgbuild.errors import StoreError
from kgbuild.iris import PREFIXES
from kgbuild.stores.database import Database
from kgbuild.stores.graphs import Graphs

#: name (also the usual suffix) -> format
FORMATS = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}


def dump(store: Database, graphs: Graphs, output: IO[bytes], format_: str, graph: str | None) -> None:
    """Write a store, streaming, in no particular order; see ``EmbeddedStore.dump``."""
    if format_ not in FORMATS:
        raise StoreError(f"“{format_}” is no format to dump in", hint=f"one of {', '.join(FORMATS)}")
    rdf = FORMATS[format_]
    prefixes = {**PREFIXES, "data": graphs.base} if rdf in (ox.RdfFormat.TRIG, ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML) else None
    if graph is not None:
        node = ox.NamedNode(graph)
        if rdf.supports_datasets:
            ox.serialize(store.quads_for_pattern(None, None, None, node), output, rdf, prefixes=prefixes)
        else:
            store.dump(output, rdf, from_graph=node, prefixes=prefixes)
    elif not rdf.supports_datasets:
        store.dump(output, rdf, from_graph=ox.DefaultGraph(), prefixes=prefixes)
    elif rdf == ox.RdfFormat.N_QUADS:
        store.dump(_Without(output, graphs), rdf)  # type: ignore[arg-type]
    else:
        ox.serialize(_merged_and_articles(store, graphs), output, rdf, prefixes=prefixes)


def _merged_and_articles(store: Database, graphs: Graphs) -> Iterator[ox.Quad]:
    """All quads but those of runs and records, graph by graph: the default graph first."""
    yield from store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    for name in store.named_graphs():
        if name.value not in (graphs.runs, graphs.records):
            yield from store.quads_for_pattern(None, None, None, name)


class _Without:
    """A stream that lets N-Quads pass but those of runs and records: five times faster than to make Python objects of all quads.

    Three blanks and the graph's IRI: a triple of the default graph about that graph.
    """

    def __init__(self, output: IO[bytes], graphs: Graphs) -> None:
        self._output = output
        self._ends = (f" <{graphs.runs}> .\n".encode(), f" <{graphs.records}> .\n".encode())
        self._rest = b""

    def write(self, data: bytes) -> int:
        lines = (self._rest + data).splitlines(keepends=True)
        self._rest = lines.pop() if lines and not lines[-1].endswith(b"\n") else b""
        self._output.write(b"".join([line for line in lines if not line.endswith(self._ends) or line.count(b" ") == 3]))
        return len(data)

    def flush(self) -> None:
        self._output.flush()
