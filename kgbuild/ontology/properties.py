"""What each property joins: the classes that have it, the classes or the datatype of its values, and whether annotators write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kgbuild.errors import OntologyError
from kgbuild.iris import KG, PREFIXES, compress
from kgbuild.ontology.hierarchy import PROPERTY_UP, Hierarchy, alternatives, is_foreign
from kgbuild.ontology.parsing import Statements

_RDFS, _OWL = PREFIXES["rdfs"], PREFIXES["owl"]
CONCEPT = PREFIXES["skos"] + "Concept"
#: marks classes and properties that the program works out and annotators never write
COMPUTED = KG + "computed"
_OBJECT, _DATATYPE = _OWL + "ObjectProperty", _OWL + "DatatypeProperty"


class Properties:
    """The object and datatype properties; annotation properties describe the ontology itself and are not among them.

    A property without a domain or a range of its own has that of the nearest property above it. ``order`` is what is above what.
    """

    def __init__(self, statements: Statements, typed: Mapping[str, set[str]], classes: Hierarchy) -> None:
        for term, types in typed.items():
            if {_OBJECT, _DATATYPE} <= types:
                raise OntologyError(
                    f"{compress(term)} is declared as a relation and as an attribute", hint="make two properties of it, or drop one type"
                )
        self._classes = classes
        self._literal = frozenset(term for term, types in typed.items() if _DATATYPE in types)
        terms = [term for term, types in typed.items() if types & {_OBJECT, _DATATYPE} and not is_foreign(term)]
        self.order = Hierarchy(statements, terms, PROPERTY_UP)
        self._domains = self._inherited(statements, terms, _RDFS + "domain")
        values = self._inherited(statements, terms, _RDFS + "range")
        self._ranges = {term: named for term, named in values.items() if term not in self._literal}
        self._datatypes = {term: named[0] for term, named in values.items() if term in self._literal and named}
        self._computed = frozenset(term for term in terms if statements.claims(term, COMPUTED))

    def _inherited(self, statements: Statements, terms: list[str], predicate: str) -> dict[str, tuple[str, ...]]:
        """What each property says, or else the nearest property above it."""
        own = {term: named for term in terms if (named := _named(statements, term, predicate))}
        nearest = {term: self.order.lowest(above for above in self.order.of(term) if above in own) for term in terms}
        return {term: own[found[0]] if found else () for term, found in nearest.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._domains)

    def domains(self, prop: str) -> tuple[str, ...]:
        """The classes that have the property, sorted; empty for any."""
        return self._domains.get(prop, ())

    def ranges(self, prop: str) -> tuple[str, ...]:
        """The classes of the values, sorted."""
        return self._ranges.get(prop, ())

    def datatype(self, prop: str) -> str | None:
        """The datatype of the values of an attribute."""
        return self._datatypes.get(prop)

    def is_datatype(self, prop: str) -> bool:
        """Claim that the values are literals."""
        return prop in self._literal

    def is_relation(self, prop: str) -> bool:
        """Claim that an annotator may draw the property as a relation between two things."""
        return prop in self._ranges and prop not in self._computed

    def is_annotated(self, prop: str, *, attribute: bool) -> bool:
        """Claim that an annotator may write the property: as a role, or as an attribute (a literal or a concept)."""
        if prop in self._computed:
            return False
        return not attribute or prop in self._literal or any(self._classes.below(cls, CONCEPT) for cls in self.ranges(prop))

    def belongs(self, prop: str, owner: str) -> bool:
        """Claim that a thing of a class may have the property."""
        domains = self.domains(prop)
        return not domains or any(self._classes.below(owner, domain) for domain in domains)

    def exclusive(self, first: str, second: str) -> bool:
        """Claim that no class has both properties: each has domains, and none of one is above, below or equal to one of the other."""
        pairs = [(a, b) for a in self.domains(first) for b in self.domains(second)]
        return bool(pairs) and not any(self._classes.below(a, b) or self._classes.below(b, a) for a, b in pairs)


def _named(statements: Statements, term: str, predicate: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(named for node in statements.nodes(term, predicate) for named in alternatives(statements, node)))
