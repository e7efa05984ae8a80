"""The RDF of a NIF file as nodes with their properties. Texts stay as they are, line ends too, since offsets count in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING
from xml.parsers import expat

from kgbuild.readers.rejection import Rejected

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["ITSRDF", "NIF", "Graph", "parse"]

NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITSRDF = "http://www.w3.org/2005/11/its/rdf#"

_XML = re.compile(rb"<\?xml|<!--|<!DOCTYPE|<([A-Za-z_][\w.-]*:)?RDF[\s>]")
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)")


class Graph:
    """Nodes by name, in the order of the file: property -> values. A node is a string: its IRI, or ``_:`` and the number of a blank one."""

    def __init__(self) -> None:
        self._nodes: defaultdict[str, defaultdict[str, dict[str | ox.Literal, None]]] = defaultdict(lambda: defaultdict(dict))
        self._backwards: dict[str, defaultdict[str, list[str]]] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __contains__(self, node: str) -> bool:
        return node in self._nodes

    def add(self, subject: str, predicate: str, value: str | ox.Literal) -> None:
        """Add a triple; one that is there already changes nothing."""
        self._nodes[subject][predicate][value] = None

    def properties(self, node: str) -> Iterator[tuple[str, Iterable[str | ox.Literal]]]:
        """All that is said of a node."""
        return iter(self._nodes[node].items()) if node in self._nodes else iter(())

    def nodes(self, node: str, *predicates: str) -> list[str]:
        """What the properties lead to; an address that is written as a text leads there too."""
        found = (value for predicate in predicates for value in self._values(node, predicate))
        return list(dict.fromkeys(value if isinstance(value, str) else value.value.strip() for value in found))

    def literal(self, node: str, *predicates: str) -> ox.Literal | None:
        """The first text of the properties."""
        return next((value for name in predicates for value in self._values(node, name) if not isinstance(value, str)), None)

    def text(self, node: str, *predicates: str) -> str | None:
        """The first text of the properties, without its language."""
        found = self.literal(node, *predicates)
        return None if found is None else found.value

    def count(self, node: str, predicate: str) -> int:
        """How many values a property has."""
        return len(self._values(node, predicate))

    def sources(self, node: str, predicate: str) -> list[str]:
        """The nodes whose property leads to this one."""
        if predicate not in self._backwards:
            found = self._backwards[predicate] = defaultdict(list)
            for subject in self:
                for value in self.nodes(subject, predicate):
                    found[value].append(subject)
        return self._backwards[predicate].get(node, [])

    def _values(self, node: str, predicate: str) -> Collection[str | ox.Literal]:
        return self._nodes[node].get(predicate, {}) if node in self._nodes else ()


def parse(data: bytes, base: str) -> Graph:
    """Read Turtle, N-Triples, RDF/XML or JSON-LD, told apart by how the file begins. Raises Rejected (``broken-rdf``, ``unsafe-xml``)."""
    import pyoxigraph as ox

    start = data.lstrip()
    chosen = ox.RdfFormat.TURTLE
    if _XML.match(start):
        chosen = ox.RdfFormat.RDF_XML
        if _ENTITIES.search(data):
            raise Rejected("unsafe-xml", "the XML declares a document type or entities, which are not read; save it as Turtle")
    elif start.startswith((b"{", b"[{", b"[ {", b"[\n")):
        chosen = ox.RdfFormat.JSON_LD
    graph = Graph()
    numbers: dict[str, str] = {}  # a blank node goes by its place in the file: its parsed name is another one each time
    try:
        for quad in ox.parse(data, format=chosen, base_iri=base):
            value = quad.object
            if not isinstance(value, ox.Triple) and not isinstance(quad.subject, ox.Triple):
                graph.add(
                    _name(quad.subject, numbers), quad.predicate.value, value if isinstance(value, ox.Literal) else _name(value, numbers)
                )
    except SyntaxError as error:
        what = re.sub(r"^Parser error (at|between) line[^:]*: (?=.)", "", error.msg)
        line = error.lineno or (_broken_xml(data) if chosen == ox.RdfFormat.RDF_XML else None)
        raise Rejected("broken-rdf", f"no {chosen.name}: {what}; correct it there, or export it again", line=line) from error
    return graph


def _name(node: ox.NamedNode | ox.BlankNode, numbers: dict[str, str]) -> str:
    name = str(node)
    return numbers.setdefault(name, f"_:{len(numbers) + 1}") if name.startswith("_:") else node.value


def _broken_xml(data: bytes) -> int | None:
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        return error.lineno
    return None
