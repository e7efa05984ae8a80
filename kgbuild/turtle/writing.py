"""From a graph to its one text: blocks in order, blank nodes written where they are referred to, lists sorted where order means nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kgbuild.turtle import blanks, order, tokens
from kgbuild.turtle.graph import NIL, TYPE, Graph, Node, Subject, names
from kgbuild.turtle.layout import Description, Members, Part, block, in_line
from kgbuild.turtle.prefixes import Prefixes
from kgbuild.turtle.repetitions import SETS

_SOURCE = names("owl", "annotatedSource")[0]


def write(graph: Graph) -> str:
    """Write a graph without repetitions: equal graphs give equal texts, whatever their blank nodes are called."""
    named = blanks.to_name(graph)
    if named:
        graph = blanks.with_canonical_names(graph)
        named = blanks.to_name(graph)
    return _Writer(graph, named).text()


class _Writer:
    """Writes one graph once."""

    def __init__(self, graph: Graph, named: set[ox.BlankNode]) -> None:
        self._graph = graph
        self._prefixes = Prefixes(graph)
        self._made: dict[ox.BlankNode, Part] = {}
        # while they are described for their names, they have none
        self._names = dict.fromkeys(named, "_:")
        self._names = blanks.name(named, {node: f"{self._line(node)} {places}" for node, places in self._places(named)})
        self._made.clear()
        self._made.clear()

    def _places(self, named: set[ox.BlankNode]) -> Iterator[tuple[ox.BlankNode, list[str]]]:
        """Where terms refer to each of some nodes."""
        found: dict[Node, list[str]] = {}
        for subject, predicate, value in self._graph:
            if value in named and isinstance(subject, ox.NamedNode):
                found.setdefault(value, []).append(f"{subject.value} {predicate.value}")
        return ((node, sorted(found.get(node, ()))) for node in named)

    def text(self) -> str:
        """All blocks, an empty line between two; terms that are only declared share one block."""
        blocks: list[str] = []
        previous = False
        for subject in self._sequence():
            said, declared = self._block(subject), order.is_only_declared(self._graph, subject)
            if declared and previous:
                blocks[-1] += said
            else:
                blocks.append(said)
            previous = declared
        header = self._prefixes.header()
        return "\n".join([header, *blocks] if header else blocks)

    def _sequence(self) -> Iterator[Subject]:
        """The nodes that have a block: terms, each with the annotations of its axioms; what is anonymous.

        A blank node with a name follows the first block that refers to it.
        """
        subjects, referred = self._graph.subjects(), self._graph.references()
        loose = [node for node in subjects if isinstance(node, ox.BlankNode) and not referred[node] and node not in self._names]
        about: dict[Node | None, list[ox.BlankNode]] = {}
        for node in sorted(loose, key=self._line):
            about.setdefault(self._graph.value(node, _SOURCE), []).append(node)
        terms = sorted((node for node in subjects if isinstance(node, ox.NamedNode)), key=lambda term: order.of_subject(self._graph, term))
        first = [node for term in terms for node in (term, *about.pop(term, ()))]
        rest = [node for nodes in about.values() for node in nodes]
        left = dict.fromkeys(node for node in sorted(self._names, key=self._names.__getitem__) if self._graph.predicates(node))
        for subject in (*first, *sorted(rest, key=self._line)):
            yield subject
            yield from self._named_in(subject, left)
        while left:
            subject = next(iter(left))
            del left[subject]
            yield subject
            yield from self._named_in(subject, left)

    def _named_in(self, subject: Subject, left: dict[ox.BlankNode, None]) -> Iterator[ox.BlankNode]:
        """Take out of ``left`` the nodes with a name that a block refers to, and those that their blocks refer to."""
        waiting: list[Subject] = [subject]
        while waiting:
            node = waiting.pop()
            values = {
                value for p in self._graph.predicates(node) for value in self._graph.values(node, p) if isinstance(value, ox.BlankNode)
            }
            waiting.extend(value for value in values if value not in self._names)
            for value in sorted(values & left.keys(), key=self._names.__getitem__):
                del left[value]
                yield value
                waiting.append(value)

    def _block(self, subject: Subject) -> str:
        name = self._prefixes.write(subject.value) if isinstance(subject, ox.NamedNode) else self._names.get(subject, "[]")
        return block(name, self._description(subject))

    def _description(self, subject: Subject) -> Description:
        predicates = sorted(self._graph.predicates(subject), key=order.of_predicate)
        return Description(tuple((self._predicate(predicate), self._values(subject, predicate)) for predicate in predicates))

    def _line(self, node: Subject) -> str:
        return self._description(node).line

    def _predicate(self, predicate: ox.NamedNode) -> str:
        return "a" if predicate == TYPE else self._prefixes.write(predicate.value)

    def _values(self, subject: Subject, predicate: ox.NamedNode) -> tuple[Part, ...]:
        values = self._graph.values(subject, predicate)
        return self._sorted(values, is_set=predicate in SETS)

    def _sorted(self, values: Iterable[Node], *, is_set: bool) -> tuple[Part, ...]:
        """The values in order, blank nodes by what is written of them."""
        parts = [(order.of_value(value), self._part(value, is_set=is_set)) for value in values]
        return tuple(part for _, part in sorted(parts, key=lambda entry: (entry[0], in_line(entry[1]))))

    def _part(self, value: Node, *, is_set: bool = False) -> Part:
        """What is written for a value; of a list that is a set, the members are sorted."""
        if isinstance(value, ox.NamedNode):
            return "()" if value == NIL else self._prefixes.write(value.value)
        if isinstance(value, ox.Literal):
            return tokens.literal(value, self._prefixes.write)
        if value in self._names:
            return self._names[value]
        if value not in self._made:
            cells = self._graph.cells(value)
            if cells and not any(cell in self._names for cell, _ in cells):
                members = [member for _, member in cells]
                parts = self._sorted(members, is_set=False) if is_set else tuple(self._part(member) for member in members)
                self._made[value] = Members(parts)
            else:
                self._made[value] = self._description(value)
        return self._made[value]
