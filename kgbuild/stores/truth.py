"""Is the default graph what page 1 of the model says: the union of what all graphs say as facts? And if not, what must change?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pyoxigraph as ox

from kgbuild.stores.database import Database
from kgbuild.stores.graphs import MERGED, UNMERGED, Graphs

_DEFAULT = ox.DefaultGraph()
_UNNAMED = (ox.BlankNode, ox.Triple)
#: triples written in one transaction
_BATCH = 20_000


def is_true(store: Database, graphs: Graphs) -> bool:
    """Recompute the default graph from the named graphs alone, and compare. Reads all quads: 10 s a million.

    Triples are compared by 64-bit hashes, so that memory stays at 60 bytes a triple.
    """
    expected = {hash(triple) for triple in _facts(store, graphs)}
    size = 0
    for triple in _triples(store, _DEFAULT):
        if hash(triple) not in expected:
            return False
        size += 1
    return size == len(expected)


def mend(store: ox.Store, graphs: Graphs) -> tuple[int, int]:
    """Let the default graph be what the other graphs say. Returns how many triples came and left. Memory as for ``is_true``."""
    before = len(store)
    held = {hash(triple) for triple in _triples(store, _DEFAULT)}
    missing = (ox.Quad(*triple) for triple in _facts(store, graphs) if hash(triple) not in held)
    while batch := list(islice(missing, _BATCH)):
        store.extend(batch)
    came = len(store) - before
    expected = {hash(triple) for triple in _facts(store, graphs)}
    return came, _remove(store, (ox.Quad(*triple) for triple in _triples(store, _DEFAULT) if hash(triple) not in expected))


def drop_foreign(store: ox.Store, graphs: Graphs) -> int:
    """Take out of the store's own graphs what only an update can have written: blank nodes and triple terms. Returns how many triples."""
    own = [ox.NamedNode(graphs.iri(name)) for name in (*MERGED, *UNMERGED)]
    quads = (quad for graph in own for quad in store.quads_for_pattern(None, None, None, graph))
    return _remove(store, (quad for quad in quads if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, _UNNAMED)))


def _remove(store: ox.Store, quads: Iterator[ox.Quad]) -> int:
    found = list(quads)  # before the first is removed
    for quad in found:
        store.remove(quad)
    return len(found)


def _facts(store: Database, graphs: Graphs) -> Iterator[ox.Triple]:
    for graph in store.named_graphs():
        merged = graphs.is_merged(graph.value)
        if merged or graphs.is_article(graph.value):
            triples = _triples(store, graph)
            yield from triples if merged else (triple for triple in triples if not graphs.is_detail(_line(triple)))


def _triples(store: Database, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> Iterator[ox.Triple]:
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))


def _line(triple: ox.Triple) -> str:
    return f"{triple.subject} {triple.predicate} {triple.object}"
