"""Triples by subject and predicate, as the formatter walks them: what is said of a node, lists, and who refers to a blank node."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kgbuild.iris import PREFIXES

Subject = ox.NamedNode | ox.BlankNode
Node = ox.NamedNode | ox.BlankNode | ox.Literal
Triple = tuple[Subject, ox.NamedNode, Node]


def names(prefix: str, *locals_: str) -> tuple[ox.NamedNode, ...]:
    """The named nodes of some local names of a namespace."""
    return tuple(ox.NamedNode(PREFIXES[prefix] + local) for local in locals_)


TYPE, FIRST, REST, NIL, LIST = names("rdf", "type", "first", "rest", "nil", "List")


class Graph:
    """A set of triples without triple terms. Subjects, predicates and objects come in no order that means something."""

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self._said: dict[Subject, dict[ox.NamedNode, dict[Node, None]]] = {}
        for subject, predicate, value in triples:
            self.add(subject, predicate, value)

    def __iter__(self) -> Iterator[Triple]:
        for subject, properties in self._said.items():
            for predicate, values in properties.items():
                for value in values:
                    yield subject, predicate, value

    def __contains__(self, triple: Triple) -> bool:
        subject, predicate, value = triple
        return value in self.values(subject, predicate)

    def copy(self) -> Graph:
        """A graph of the same triples, to change."""
        twin = Graph()
        twin._said = {s: {p: dict(values) for p, values in properties.items()} for s, properties in self._said.items()}
        return twin

    def triples(self) -> Iterator[ox.Triple]:
        """All triples, as oxigraph takes them."""
        return (ox.Triple(*triple) for triple in self)

    def subjects(self) -> list[Subject]:
        """Every node that something is said of."""
        return list(self._said)

    def predicates(self, subject: Subject) -> list[ox.NamedNode]:
        """Every predicate that something is said of a node with."""
        return list(self._said.get(subject, ()))

    def values(self, subject: Subject, predicate: ox.NamedNode) -> list[Node]:
        """Every object of a subject and a predicate."""
        return list(self._said.get(subject, {}).get(predicate, ()))

    def value(self, subject: Subject, predicate: ox.NamedNode) -> Node | None:
        """The object, where there is exactly one."""
        found = self.values(subject, predicate)
        return found[0] if len(found) == 1 else None

    def add(self, subject: Subject, predicate: ox.NamedNode, value: Node) -> None:
        """Take a triple."""
        self._said.setdefault(subject, {}).setdefault(predicate, {})[value] = None

    def remove(self, subject: Subject, predicate: ox.NamedNode, value: Node) -> None:
        """Drop a triple, if it is there."""
        properties = self._said.get(subject, {})
        properties.get(predicate, {}).pop(value, None)
        if not properties.get(predicate, True):
            del properties[predicate]
        if not properties:
            self._said.pop(subject, None)

    def discard(self, subject: Subject) -> None:
        """Drop all that is said of a node."""
        self._said.pop(subject, None)

    def references(self) -> Counter[ox.BlankNode]:
        """How many triples have each blank node as their object."""
        return Counter(value for _, _, value in self if isinstance(value, ox.BlankNode))

    def cells(self, head: Node) -> list[tuple[Subject, Node]] | None:
        """The cells of a well-formed list with their members, in order; None where a node is not the head of one.

        A cell is a blank node of which only rdf:first and rdf:rest are said, once each.
        """
        found: list[tuple[Subject, Node]] = []
        seen: set[Node] = set()
        while head != NIL:
            if not isinstance(head, ox.BlankNode) or head in seen or set(self._said.get(head, ())) != {FIRST, REST}:
                return None
            first, rest = self.value(head, FIRST), self.value(head, REST)
            if first is None or rest is None:
                return None
            seen.add(head)
            found.append((head, first))
            head = rest
        return found
