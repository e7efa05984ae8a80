"""Which class is below which, and which property below which: the reflexive and transitive closure.

Besides plain ``rdfs:subClassOf`` it follows what Protégé writes for "equivalent to": a class that is equivalent to an intersection is
below each named part of it. That is all the reasoning that labels, roles and queries need; the rest is a reasoner's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kgbuild.iris import PREFIXES
from kgbuild.ontology.parsing import Statements

_RDFS, _OWL = PREFIXES["rdfs"], PREFIXES["owl"]
#: predicates that point upwards, for classes and for properties
CLASS_UP = (_RDFS + "subClassOf", _OWL + "equivalentClass")
PROPERTY_UP = (_RDFS + "subPropertyOf", _OWL + "equivalentProperty")
_EQUIVALENT = (_OWL + "equivalentClass", _OWL + "equivalentProperty")
#: vocabularies whose terms are declared so that OWL tools know them, but that annotators do not use
_FOREIGN = tuple(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd", "skos", "prov", "dct", "gaf"))


class Hierarchy:
    """One order of terms: each term's own and higher terms."""

    def __init__(self, statements: Statements, terms: Iterable[str], up: tuple[str, ...]) -> None:
        above: dict[str, set[str]] = {term: set() for term in terms}
        for term in list(above):
            for predicate in up:
                for node in statements.nodes(term, predicate):
                    above[term].update(parts := list(named_parts(statements, node)))
                    if predicate in _EQUIVALENT and parts == [node]:
                        above.setdefault(node, set()).add(term)
        self._above = {term: frozenset(_reach(term, above)) for term in above}

    def __contains__(self, term: str) -> bool:
        return term in self._above

    def of(self, term: str) -> frozenset[str]:
        """The term itself and all above it; a term of no file is alone."""
        return self._above.get(term) or frozenset((term,))

    def below(self, term: str, ancestor: str) -> bool:
        """Claim that a term is another, or below it."""
        return term == ancestor or ancestor in self._above.get(term, ())

    def lowest(self, terms: Iterable[str]) -> tuple[str, ...]:
        """Those terms that have no other of the terms below them, sorted; of equivalent ones the first."""
        given = sorted(set(terms))
        kept: list[str] = []
        for term in given:
            below = [other for other in given if other != term and self.below(other, term)]
            if all(self.below(term, other) and term < other for other in below):
                kept.append(term)
        return tuple(kept)

    def common(self, terms: Iterable[str]) -> str | None:
        """The nearest term that all of the terms are or are below; None where there is none."""
        shared = [self.of(term) for term in terms]
        return next(iter(self.lowest(frozenset.intersection(*shared))), None) if shared else None

    def lines(self, predicate: str) -> Iterator[str]:
        """The closure as N-Triples without the dot."""
        for term, above in self._above.items():
            for ancestor in above:
                yield f"<{term}> <{predicate}> <{ancestor}>"


def is_foreign(term: str) -> bool:
    """Claim that a term belongs to a vocabulary that the ontology only refers to."""
    return term.startswith(_FOREIGN)


def named_parts(statements: Statements, node: str) -> Iterator[str]:
    """The named classes that a class expression is certainly below: itself, or the named parts of an intersection."""
    if not node.startswith("_:"):
        yield node
        return
    for head in statements.nodes(node, _OWL + "intersectionOf"):
        for member in statements.members(head):
            yield from named_parts(statements, member)


def alternatives(statements: Statements, node: str) -> tuple[str, ...]:
    """The named classes that a domain or range allows, sorted: itself, or the members of a union. The order of a union means nothing."""
    if not node.startswith("_:"):
        return (node,)
    members = [m for head in statements.nodes(node, _OWL + "unionOf") for m in statements.members(head)]
    return tuple(sorted({named for member in members for named in alternatives(statements, member)}))


def _reach(start: str, above: dict[str, set[str]]) -> set[str]:
    reached = {start}
    waiting = [start]
    while waiting:
        new = above.get(waiting.pop(), set()) - reached
        reached |= new
        waiting.extend(new)
    return reached
