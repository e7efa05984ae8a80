"""Class expressions as patterns: what makes a thing one of a class, and what follows from that it is one.

Below, in an axiom "every A is a B", a class expression asks (:func:`conditions`): each answer is a set of patterns of which all must
hold. Above, it tells (:func:`consequences`): a pattern that holds, or a choice between classes, or nothing about named things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, product

from kgbuild.errors import OntologyError
from kgbuild.iris import PREFIXES, compress
from kgbuild.literals import string
from kgbuild.ontology.parsing import Node, Statements, Text
from kgbuild.rules.rule import EQUALS, TYPE, Atom

OWL, RDF, RDFS, XSD = (PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))
THING, NOTHING = OWL + "Thing", OWL + "Nothing"

Atoms = tuple[Atom, ...]


@dataclass(frozen=True)
class Consequence:
    """What follows, under further conditions: one of the atoms of ``choice``, which mostly is a single one.

    With an empty choice nothing follows for named things; then ``some`` may tell of an unnamed one: the property's atom and what it is.
    """

    conditions: Atoms = ()
    choice: Atoms = ()
    some: Atoms = ()


@dataclass
class Reader:
    """Reads the class expressions of one ontology. ``where``: the axiom being read, for messages."""

    statements: Statements
    where: str = ""
    _numbers: Iterator[int] = field(default_factory=count)

    def conditions(self, node: str, thing: str) -> list[Atoms]:
        """The ways to be one of a class. Raises OntologyError where no pattern can tell (complements, values of a kind only …)."""
        if not node.startswith("_:"):
            return [] if node == NOTHING else [() if node == THING else (Atom(thing, TYPE, f"<{node}>"),)]
        kind = self.kind(node)
        if kind == "intersectionOf":
            parts = [self.conditions(member, thing) for member in self.members(node, kind)]
            return [tuple(atom for atoms in chosen for atom in atoms) for chosen in product(*parts)]
        if kind == "unionOf":
            return [atoms for member in self.members(node, kind) for atoms in self.conditions(member, thing)]
        if kind == "oneOf":
            return [(Atom(thing, EQUALS, member),) for member in self.individuals(node)]
        if kind == "hasValue":
            return [(self.relation(node, thing, self.value(node)),)]
        if kind == "hasSelf":
            return [(self.relation(node, thing, thing),)]
        if kind == "someValuesFrom" or (kind in ("minCardinality", "minQualifiedCardinality") and self.number(node, kind) == 1):
            other = self.fresh()
            filler = self.filler(node, kind)
            return [(self.relation(node, thing, other), *atoms) for atoms in self._filled(filler, other)]
        raise self.error(f"owl:{kind} on the side of what is asked")

    def _filled(self, filler: str, other: str) -> list[Atoms]:
        if filler == RDFS + "Literal":
            return [()]
        if filler.startswith((XSD, RDF)):
            raise self.error(f"owl:someValuesFrom {compress(filler)}, a datatype,")
        return self.conditions(filler, other)

    def consequences(self, node: str, thing: str) -> list[Consequence]:
        """What follows from being one of a class. Raises OntologyError where rules cannot say it."""
        if not node.startswith("_:"):
            return [] if node == THING else [Consequence(choice=(Atom(thing, TYPE, f"<{node}>"),) if node != NOTHING else ())]
        kind = self.kind(node)
        if kind == "intersectionOf":
            return [found for member in self.members(node, kind) for found in self.consequences(member, thing)]
        if kind == "unionOf":
            members = self.members(node, kind)
            if any(member.startswith("_:") for member in members):
                raise self.error("owl:unionOf of unnamed classes on the side of what follows")
            return [Consequence(choice=tuple(Atom(thing, TYPE, f"<{member}>") for member in members))]
        if kind == "hasValue":
            return [Consequence(choice=(self.relation(node, thing, self.value(node)),))]
        if kind == "hasSelf":
            return [Consequence(choice=(self.relation(node, thing, thing),))]
        if kind == "allValuesFrom":
            filler = self.filler(node, kind)
            if filler.startswith((XSD, RDF, RDFS)) or self.is_datatype(filler):
                return []
            other = self.fresh()
            relation = self.relation(node, thing, other)
            found = self.consequences(filler, other)
            return [Consequence((relation, *each.conditions), each.choice, each.some) for each in found]
        if kind in ("someValuesFrom", "minCardinality", "minQualifiedCardinality", "cardinality", "qualifiedCardinality"):
            return self._some(node, kind, thing)
        if kind in ("maxCardinality", "maxQualifiedCardinality", "complementOf", "oneOf"):
            return []  # they forbid; of named things that all differ they say nothing new
        raise self.error(f"owl:{kind}")

    def _some(self, node: str, kind: str, thing: str) -> list[Consequence]:
        """There is some other thing: unnamed, unless the class has one member only."""
        if kind != "someValuesFrom" and self.number(node, kind) == 0:
            return []
        filler = self.filler(node, kind)
        if filler.startswith((XSD, RDF, RDFS)) or self.is_datatype(filler):
            return []
        if filler.startswith("_:") and self.kind(filler) == "oneOf":
            members = self.individuals(filler)
            return [Consequence(choice=(self.relation(node, thing, members[0]),))] if len(members) == 1 else []
        other = self.fresh()
        what = self.conditions(filler, other)
        if len(what) > 1:
            return []
        return [Consequence(some=(self.relation(node, thing, other), *(what[0] if what else ())))]

    # --- the parts of an expression

    def kind(self, node: str) -> str:
        """The one OWL term that makes an unnamed class what it is."""
        found = [kind for kind in _KINDS if self.statements.values(node, OWL + kind)]
        if len(found) != 1:
            raise self.error(f"an unnamed class with {' and '.join(f'owl:{kind}' for kind in found) or 'no construct that OWL knows'}")
        return found[0]

    def members(self, node: str, kind: str) -> list[str]:
        """The members of the list of an expression."""
        return [member for head in self.statements.nodes(node, OWL + kind) for member in self.statements.members(head)]

    def individuals(self, node: str) -> list[str]:
        """The members of an enumeration, as terms."""
        return [f"<{member}>" for member in self.members(node, "oneOf")]

    def filler(self, node: str, kind: str) -> str:
        """The class of the values that a restriction speaks of; owl:Thing where it names none."""
        if kind in ("someValuesFrom", "allValuesFrom"):
            return self.statements.nodes(node, OWL + kind)[0]
        found = self.statements.nodes(node, OWL + "onClass") or self.statements.nodes(node, OWL + "onDataRange")
        return found[0] if found else (RDFS + "Literal" if self._is_data(node) else THING)

    def _is_data(self, node: str) -> bool:
        (prop, *_others) = self.statements.nodes(node, OWL + "onProperty") or [""]
        return OWL + "DatatypeProperty" in self.statements.nodes(prop, RDF + "type")

    def is_datatype(self, node: str) -> bool:
        """Claim that a node is a data range, named or not."""
        return RDFS + "Datatype" in self.statements.nodes(node, RDF + "type")

    def number(self, node: str, kind: str) -> int:
        """The number of a cardinality."""
        return int(self.statements.texts(node, OWL + kind)[0].value)

    def value(self, node: str) -> str:
        """The value of owl:hasValue, as a term."""
        return term(self.statements.values(node, OWL + "hasValue")[0])

    def relation(self, node: str, thing: str, other: str) -> Atom:
        """The pattern that joins a thing with another by the property of a restriction, which may be an inverse."""
        properties = self.statements.nodes(node, OWL + "onProperty")
        if len(properties) != 1:
            raise self.error("a restriction without one owl:onProperty")
        return self.along(properties[0], thing, other)

    def along(self, prop: str, thing: str, other: str) -> Atom:
        """The pattern that joins two things by a property, or by ``[ owl:inverseOf property ]``."""
        if not prop.startswith("_:"):
            return Atom(thing, f"<{prop}>", other)
        inverse = self.statements.nodes(prop, OWL + "inverseOf")
        if len(inverse) != 1:
            raise self.error("a property expression that is no inverse of a named property")
        return self.along(inverse[0], other, thing)

    def fresh(self) -> str:
        """A variable not used before."""
        return f"?v{next(self._numbers)}"

    def error(self, what: str) -> OntologyError:
        """The error of an axiom that has no rules."""
        return OntologyError(
            f"{self.where}: no rules can be made of {what}",
            hint="say it with kinds of axioms that give rules (kgbuild reason --show has examples), or let a SHACL shape check it",
        )


_KINDS = (
    "intersectionOf", "unionOf", "complementOf", "oneOf", "someValuesFrom", "allValuesFrom", "hasValue", "hasSelf", "minCardinality",
    "maxCardinality", "cardinality", "minQualifiedCardinality", "maxQualifiedCardinality", "qualifiedCardinality",
)  # fmt: skip


def term(node: Node) -> str:
    """A node in N-Triples syntax."""
    if not isinstance(node, Text):
        return f"<{node}>"
    if node.language:
        return string(node.value, node.language)
    return string(node.value) if node.datatype == XSD + "string" else f"{string(node.value)}^^<{node.datatype}>"
