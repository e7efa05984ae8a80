"""Names for the few blank nodes that need one: those that several triples refer to, or that refer to themselves.

All others are written where they are referred to. A name is made of what is said of the node, so that it is the same whatever the file
called it, and stays when something else changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pyoxigraph as ox

from kgbuild.turtle.graph import Graph


def with_canonical_names(graph: Graph) -> Graph:
    """Rename all blank nodes by RDFC-1.0, so that equal graphs name them alike."""
    return Graph((quad.subject, quad.predicate, quad.object) for quad in _canonical(graph))


def canonical_lines(graph: Graph) -> list[str]:
    """The triples in N-Triples syntax without the dot, sorted, blank nodes named by RDFC-1.0."""
    return sorted(map(str, _canonical(graph)))


def _canonical(graph: Graph) -> ox.Dataset:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in graph)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def to_name(graph: Graph) -> set[ox.BlankNode]:
    """The blank nodes that need a name."""
    references = graph.references()
    named = {node for node, count in references.items() if count > 1}
    parents = {value: subject for subject, _, value in graph if isinstance(value, ox.BlankNode) and value not in named}
    settled: set[ox.BlankNode] = set()
    for start in parents:
        path: dict[ox.BlankNode, None] = {}
        node: object = start
        while isinstance(node, ox.BlankNode) and node in parents and node not in settled and node not in path:
            path[node] = None
            node = parents[node]
        if node in path:  # they refer to each other in a ring that nothing else enters
            ring = list(path)
            named.update(ring[ring.index(node) :])  # type: ignore[arg-type]
        settled.update(path)
    return named


def name(nodes: set[ox.BlankNode], descriptions: Mapping[ox.BlankNode, str]) -> dict[ox.BlankNode, str]:
    """Give each node a name by its description; of several with one description, the later ones in canonical order get a number."""
    given: dict[ox.BlankNode, str] = {}
    seen: dict[str, int] = {}
    for node in sorted(nodes, key=lambda node: (len(node.value), node.value)):
        digest = "n" + hashlib.sha256(descriptions[node].encode("utf-8", "surrogatepass")).hexdigest()[:8]
        seen[digest] = seen.get(digest, 0) + 1
        given[node] = f"_:{digest}" if seen[digest] == 1 else f"_:{digest}x{seen[digest]}"
    return given
