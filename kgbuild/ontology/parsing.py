"""From Turtle to what the rest of the ontology reads: the statements of all files together, by subject.

Nodes are plain Python values, so that everything pickles: an IRI is a string without brackets, a blank node a string that starts
with ``_:``, a literal a :class:`Text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pyoxigraph as ox

from kgbuild import literals
from kgbuild.errors import OntologyError
from kgbuild.iris import PREFIXES
from kgbuild.turtle import Graph, digest, normalise, triples

_RDF = PREFIXES["rdf"]


class Text(NamedTuple):
    """A literal: its lexical form, its language tag (empty without one) and the IRI of its datatype."""

    value: str
    language: str
    datatype: str


Node = str | Text


class Statements:
    """The statements of all files of an ontology, each once."""

    def __init__(self, said: Iterable[ox.Triple | ox.Quad]) -> None:
        self._by_subject: dict[str, dict[str, list[Node]]] = {}
        for triple in said:
            subject, value = _node(triple.subject), _node(triple.object)
            assert isinstance(subject, str)
            self._by_subject.setdefault(subject, {}).setdefault(triple.predicate.value, []).append(value)

    def values(self, subject: str, predicate: str) -> list[Node]:
        """All values, in no particular order."""
        return self._by_subject.get(subject, {}).get(predicate, [])

    def nodes(self, subject: str, predicate: str) -> list[str]:
        """The values that are IRIs or blank nodes, sorted; blank nodes last."""
        found = (value for value in self.values(subject, predicate) if isinstance(value, str))
        return sorted(found, key=lambda node: (node.startswith("_:"), node))

    def iris(self, subject: str, predicate: str) -> list[str]:
        """The values that are IRIs, sorted."""
        return [node for node in self.nodes(subject, predicate) if not node.startswith("_:")]

    def texts(self, subject: str, predicate: str) -> list[Text]:
        """The values that are literals, sorted."""
        return sorted(value for value in self.values(subject, predicate) if isinstance(value, Text))

    def claims(self, subject: str, predicate: str) -> bool:
        """Claim that a flag is set: the value is the boolean true."""
        return any(text.value in ("true", "1") for text in self.texts(subject, predicate))

    def members(self, head: str) -> Iterator[str]:
        """The members of an RDF list that are IRIs or blank nodes, in order."""
        seen: set[str] = set()
        while head != _RDF + "nil" and head not in seen:
            seen.add(head)
            yield from self.nodes(head, _RDF + "first")[:1]
            rest = self.nodes(head, _RDF + "rest")
            head = rest[0] if rest else _RDF + "nil"

    def subjects(self) -> list[str]:
        """Every IRI that something is said of, sorted."""
        return sorted(subject for subject in self._by_subject if not subject.startswith("_:"))

    def said(self) -> Iterator[tuple[str, str, list[Node]]]:
        """Everything, by subject and predicate, in canonical order but for blank nodes, which come last: (subject, predicate, values)."""
        for subject in sorted(self._by_subject, key=lambda node: (node.startswith("_:"), node)):
            for predicate in sorted(self._by_subject[subject]):
                yield subject, predicate, self._by_subject[subject][predicate]

    def lines(self) -> Iterator[str]:
        """The statements without blank nodes, in N-Triples syntax without the dot."""
        for subject, properties in self._by_subject.items():
            if subject.startswith("_:"):
                continue
            for predicate, values in properties.items():
                for value in values:
                    if isinstance(value, Text):
                        yield f"<{subject}> <{predicate}> {_literal(value)}"
                    elif not value.startswith("_:"):
                        yield f"<{subject}> <{predicate}> <{value}>"


def parse(files: Mapping[str, bytes]) -> tuple[Statements, str]:
    """Parse Turtle files, file name -> content, into one set of statements and its hash.

    The statements are in the normal form of :mod:`kgbuild.turtle.normalising`. The hash (64 hexadecimal digits) is over them in canonical
    order with canonical names for blank nodes (RDFC-1.0), sets taken as sets: neither the layout of the files, their prefixes and their
    division change it, nor the ways in which tools write one axiom.

    Raises:
        OntologyError: a file is not valid Turtle; the message starts with ``file:line``.
    """
    graph = normalise(Graph(triple for name in sorted(files) for triple in triples(name, files[name], ox.RdfFormat.TURTLE)))
    return Statements(graph.triples()), digest(graph)


def _node(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if isinstance(node, ox.NamedNode):
        return node.value
    if isinstance(node, ox.BlankNode):
        return f"_:{node.value}"
    if isinstance(node, ox.Literal):
        return Text(node.value, node.language or "", node.datatype.value)
    raise OntologyError("a triple term stands in the ontology", hint="use plain RDF 1.1: OWL knows no triple terms")


def _literal(text: Text) -> str:
    if text.language:
        return literals.string(text.value, text.language)
    plain = literals.string(text.value)
    return plain if text.datatype == literals.XSD + "string" else f"{plain}^^<{text.datatype}>"
