"""Is the default graph what page 1 of the model says: the union of what all graphs say as facts?"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kgbuild.stores.database import Database
from kgbuild.stores.graphs import Graphs


def is_true(store: Database, graphs: Graphs) -> bool:
    """Recompute the default graph from the named graphs alone, and compare. Reads all quads: 10 s a million.

    Triples are compared by 64-bit hashes, so that memory stays at 60 bytes a triple.
    """
    expected: set[int] = set()
    for graph in store.named_graphs():
        merged = graphs.is_merged(graph.value)
        if merged or graphs.is_article(graph.value):
            for line in _lines(store, graph):
                if merged or not graphs.is_detail(line):
                    expected.add(hash(line))
    size = 0
    for line in _lines(store, ox.DefaultGraph()):
        if hash(line) not in expected:
            return False
        size += 1
    return size == len(expected)


def _lines(store: Database, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> Iterator[str]:
    for quad in store.quads_for_pattern(None, None, None, graph):
        yield f"{quad.subject} {quad.predicate} {quad.object}"
