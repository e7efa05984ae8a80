"""How many values a property may have on the things of a class, as OWL says it: functional properties and restrictions."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.iris import PREFIXES
from kgbuild.labelling.labelset import Cardinality
from kgbuild.ontology import Ontology
from kgbuild.ontology.parsing import Statements

_RDF, _RDFS, _OWL = (PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl"))
_EXACT = tuple(_OWL + name for name in ("cardinality", "qualifiedCardinality"))
_LEAST = tuple(_OWL + name for name in ("minCardinality", "minQualifiedCardinality"))
_MOST = tuple(_OWL + name for name in ("maxCardinality", "maxQualifiedCardinality"))
_SOME = tuple(_OWL + name for name in ("someValuesFrom", "hasValue"))


class Cardinalities:
    """The cardinalities of an ontology, with what a class takes from those above it."""

    def __init__(self, statements: Statements, ontology: Ontology) -> None:
        self._said = statements
        self._ontology = ontology
        #: class -> (property, at least, at most), its own
        self._own = {cls: tuple(self._restrictions(cls)) for cls in ontology.classes}

    def of(self, cls: str, prop: str) -> Cardinality:
        """Once at most ``?``, any number ``*``, at least once ``+``, just once the empty string."""
        least, most = 0, 1 if self.is_functional(prop) else None
        for above, own in self._own.items():
            if own and self._ontology.is_a(cls, above):
                for restricted, at_least, at_most in own:
                    if self._ontology.subproperty(restricted, prop):
                        least = max(least, at_least)
                    if self._ontology.subproperty(prop, restricted) and at_most is not None:
                        most = at_most if most is None else min(most, at_most)
        if least:
            return "" if most == 1 else "+"
        return "?" if most == 1 else "*"

    def is_functional(self, prop: str) -> bool:
        """Claim that nothing has two values of the property."""
        return _OWL + "FunctionalProperty" in self._said.iris(prop, _RDF + "type")

    def _restrictions(self, cls: str) -> Iterator[tuple[str, int, int | None]]:
        for predicate in (_RDFS + "subClassOf", _OWL + "equivalentClass"):
            for node in self._said.nodes(cls, predicate):
                yield from self._parts(node)

    def _parts(self, node: str) -> Iterator[tuple[str, int, int | None]]:
        for head in self._said.nodes(node, _OWL + "intersectionOf"):
            for member in self._said.members(head):
                yield from self._parts(member)
        for prop in self._said.iris(node, _OWL + "onProperty"):
            exact, most = self._numbers(node, _EXACT), self._numbers(node, _MOST)
            least = [*exact, *self._numbers(node, _LEAST), *(1 for some in _SOME if self._said.values(node, some))]
            upper = [*exact, *most]
            if least or upper:
                yield prop, max(least, default=0), min(upper) if upper else None

    def _numbers(self, node: str, predicates: tuple[str, ...]) -> list[int]:
        texts = (text.value for predicate in predicates for text in self._said.texts(node, predicate))
        return [int(value) for value in texts if value.isdecimal()]
