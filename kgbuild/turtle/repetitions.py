"""What a graph says twice through blank nodes: the same restriction on one class, the same disjointness, one member twice in a union.

Tools that save annotated axioms or read one file in two ways leave such copies behind. A copy adds nothing: the graph without it means
the same (it is the leaner of two graphs that entail each other).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import pyoxigraph as ox

from kgbuild.turtle.blanks import to_name
from kgbuild.turtle.graph import FIRST, NIL, REST, Graph, Node, Subject, names

#: predicates whose list is a set: OWL gives the order of its members no meaning
SETS = frozenset(
    names("owl", "unionOf", "intersectionOf", "oneOf", "members", "distinctMembers", "disjointUnionOf", "hasKey", "withRestrictions")
)


def drop_repetitions(graph: Graph) -> set[ox.BlankNode]:
    """Take out of a graph what it says twice; give the blank nodes that still need a name."""
    while True:
        keys = _Keys(graph, to_name(graph))
        if not _drop_copies(graph, keys) and not _drop_members(graph, keys):
            return keys.named


def without_order(graph: Graph) -> Graph:
    """The same graph with lists that are sets taken apart: their members are values. To compare, not to keep."""
    flat = graph.copy()
    for subject, predicate, head in list(flat):
        if predicate in SETS and (cells := flat.cells(head)):
            flat.remove(subject, predicate, head)
            for cell, member in cells:
                flat.discard(cell)
                flat.add(subject, predicate, member)
    return flat


class _Keys:
    """Gives equal values for equal nodes: blank nodes are equal when what is said of them is, all the way down."""

    def __init__(self, graph: Graph, named: set[ox.BlankNode]) -> None:
        self._graph = graph
        self.named = named
        self._known: dict[ox.BlankNode, Hashable] = {}

    def _key(self, node: Node, *, is_set: bool) -> Hashable:
        if not isinstance(node, ox.BlankNode) or node in self.named:
            return node
        if node not in self._known:
            cells = self._graph.cells(node)
            if cells and not any(cell in self.named for cell, _ in cells):
                members = [self._key(member, is_set=False) for _, member in cells]
                self._known[node] = frozenset(members) if is_set else tuple(members)
            else:
                self._known[node] = self._said(node)
        return self._known[node]

    def _said(self, node: ox.BlankNode) -> Hashable:
        return frozenset(
            (predicate, frozenset(self._key(value, is_set=predicate in SETS) for value in self._graph.values(node, predicate)))
            for predicate in self._graph.predicates(node)
        )

    def copies(self, nodes: Iterable[Node], *, is_set: bool = False) -> list[ox.BlankNode]:
        """Those of some nodes that have no name and are equal to an earlier one, or to one with a name."""
        blank = [node for node in nodes if isinstance(node, ox.BlankNode)]
        if len(blank) < 2:
            return []
        seen = {self._said(node) for node in blank if node in self.named}
        copies = []
        for node in dict.fromkeys(blank):
            if node not in self.named:
                if (key := self._key(node, is_set=is_set)) in seen:
                    copies.append(node)
                seen.add(key)
        return copies


def _drop_copies(graph: Graph, keys: _Keys) -> bool:
    """Drop all but one of the equal values of a predicate, and of the equal nodes that nothing refers to."""
    referred = graph.references()
    loose = keys.copies(subject for subject in graph.subjects() if isinstance(subject, ox.BlankNode) and not referred[subject])
    for node in loose:
        discard_with_blanks(graph, node, keys.named)
    twice: list[tuple[Subject, ox.NamedNode, ox.BlankNode]] = []
    for subject in graph.subjects():
        for predicate in graph.predicates(subject):
            copies = keys.copies(graph.values(subject, predicate), is_set=predicate in SETS)
            twice.extend((subject, predicate, copy) for copy in copies)
    for subject, predicate, copy in twice:
        graph.remove(subject, predicate, copy)
        discard_with_blanks(graph, copy, keys.named)
    return bool(loose or twice)


def _drop_members(graph: Graph, keys: _Keys) -> bool:
    """Leave each member of a list that is a set in it once."""
    dropped = False
    for _, predicate, head in list(graph):
        cells = graph.cells(head) if predicate in SETS else None
        if not cells or any(cell in keys.named for cell, _ in cells):
            continue
        members = dict.fromkeys(member for _, member in cells)
        copies = keys.copies(members)
        kept = [member for member in members if member not in copies]
        if len(kept) == len(cells):
            continue
        dropped = True
        for copy in copies:
            discard_with_blanks(graph, copy, keys.named)
        for place, (cell, _) in enumerate(cells):
            graph.discard(cell)
            if place < len(kept):
                graph.add(cell, FIRST, kept[place])
                graph.add(cell, REST, NIL if place + 1 == len(kept) else cells[place + 1][0])
    return dropped


def discard_with_blanks(graph: Graph, node: Subject, named: set[ox.BlankNode]) -> None:
    """Drop all that is said of a node, and of the blank nodes without a name inside it."""
    waiting: list[Subject] = [node]
    while waiting:
        gone = waiting.pop()
        values = [value for predicate in graph.predicates(gone) for value in graph.values(gone, predicate)]
        graph.discard(gone)
        waiting.extend(value for value in values if isinstance(value, ox.BlankNode) and value not in named)
