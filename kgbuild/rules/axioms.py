"""Every axiom of an ontology, kind by kind: those that give rules, those that only forbid, and an error for any other.

Annotations (labels, notes, what identifies a class …) are none of this: only what OWL gives a meaning to is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from kgbuild.errors import OntologyError
from kgbuild.iris import compress
from kgbuild.ontology.parsing import Statements
from kgbuild.rules.expressions import OWL, RDF, RDFS, Consequence, Reader
from kgbuild.rules.rule import TYPE, Atom, Axiom
from kgbuild.rules.words import Words

#: axioms that say what cannot be, so that no rule follows: predicate or type -> what it is
FORBIDDING = {
    "disjointWith": "disjoint classes", "AllDisjointClasses": "disjoint classes", "propertyDisjointWith": "disjoint properties",
    "AllDisjointProperties": "disjoint properties", "FunctionalProperty": "one value at most",
    "InverseFunctionalProperty": "one subject at most", "AsymmetricProperty": "never both ways", "IrreflexiveProperty": "never to itself",
    "hasKey": "a key", "AllDifferent": "different things", "differentFrom": "different things",
    "NegativePropertyAssertion": "not so",
}  # fmt: skip
#: what is part of an axiom stated elsewhere, or says nothing of things
_PARTS = {
    "onProperty", "someValuesFrom", "allValuesFrom", "hasValue", "hasSelf", "minCardinality", "maxCardinality", "cardinality",
    "minQualifiedCardinality", "maxQualifiedCardinality", "qualifiedCardinality", "onClass", "onDataRange", "onDatatype",
    "withRestrictions", "members", "distinctMembers", "sourceIndividual", "assertionProperty", "targetIndividual", "targetValue",
    "annotatedSource", "annotatedProperty", "annotatedTarget", "datatypeComplementOf",
}  # fmt: skip
_NOT_LOGICAL = {
    "versionIRI", "versionInfo", "imports", "priorVersion", "backwardCompatibleWith", "incompatibleWith", "deprecated",
}  # fmt: skip
_DECLARATIONS = {
    "Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual", "Ontology", "Restriction", "Axiom",
    "Annotation", "DataRange", "DeprecatedClass", "DeprecatedProperty", "OntologyProperty",
}  # fmt: skip
_EXPRESSIONS = {"intersectionOf", "unionOf", "oneOf", "complementOf"}
#: predicates of RDF Schema that state axioms; all others of it annotate
_SCHEMA = {"subClassOf", "subPropertyOf", "domain", "range"}


@dataclass(frozen=True)
class Implication:
    """A condition and what follows from it, from one axiom."""

    axiom: Axiom
    conditions: tuple[Atom, ...]
    consequence: Consequence


@dataclass
class Axioms:
    """What an ontology states, sorted."""

    implications: list[Implication] = field(default_factory=list)
    #: axioms from which nothing follows for named things
    forbidding: list[Axiom] = field(default_factory=list)
    #: pairs of named classes that have no thing in common
    disjoint: set[tuple[str, str]] = field(default_factory=set)


def read(statements: Statements) -> Axioms:
    """Sort the axioms of an ontology.

    Raises:
        OntologyError: an axiom is of a kind that has no rules and does not only forbid; it names the term and the construct.
    """
    return _Reading(statements).all()


class _Reading:
    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._reader = Reader(statements)
        self._words = Words(self._reader)
        self._found = Axioms()
        annotations = {s for s, p, values in statements.said() if p == RDF + "type" and OWL + "AnnotationProperty" in values}
        self._annotations = annotations

    def all(self) -> Axioms:
        for subject, predicate, _values in self._statements.said():
            self._reader.where = f"{compress(subject) if not subject.startswith('_:') else 'an unnamed term'}, {compress(predicate)}"
            nodes = self._statements.nodes(subject, predicate)
            if predicate == RDF + "type":
                for node in nodes:
                    self._type(subject, node)
            elif predicate.startswith(OWL) or (predicate.startswith(RDFS) and predicate.removeprefix(RDFS) in _SCHEMA):
                self._axiom(subject, predicate.removeprefix(OWL).removeprefix(RDFS), nodes)
        return self._found

    # --- one kind after the other

    def _axiom(self, subject: str, kind: str, nodes: list[str]) -> None:
        if kind in _PARTS | _NOT_LOGICAL or (subject.startswith("_:") and kind in _EXPRESSIONS | {"inverseOf"}):
            return
        if subject in self._annotations and kind in ("subPropertyOf", "domain", "range"):
            return
        if kind in FORBIDDING:
            for node in nodes:
                self._forbid(kind, [subject, node])
            return
        handler = {
            "subClassOf": self._subclass, "equivalentClass": self._equivalent_class, "disjointUnionOf": self._disjoint_union,
            "subPropertyOf": self._subproperty, "equivalentProperty": self._equivalent_property, "inverseOf": self._inverse,
            "propertyChainAxiom": self._property_chain, "domain": self._domain, "range": self._range,
        }.get(kind)  # fmt: skip
        if handler is None:
            raise self._reader.error(f"the construct owl:{kind}" if kind not in _EXPRESSIONS else f"owl:{kind} without owl:equivalentClass")
        for node in nodes:
            handler(subject, node)

    def _type(self, subject: str, node: str) -> None:
        kind = node.removeprefix(OWL)
        if node.startswith("_:"):
            self._imply("type", f"{self._words.label(subject)} is {self._words.one(node)}", [subject, node], "", node, f"<{subject}>")
        elif not node.startswith(OWL) or kind in _DECLARATIONS:
            return
        elif kind in FORBIDDING:
            members = self._members(subject)
            self._forbid(kind, members or [subject])
        elif kind in ("SymmetricProperty", "TransitiveProperty"):
            name, prop = self._words.prop(subject), f"<{subject}>"
            if kind == "SymmetricProperty":
                self._add("symmetric", f"{name} holds both ways", [subject], [Atom("?x", prop, "?y")], Atom("?y", prop, "?x"))
            else:
                body = [Atom("?x", prop, "?y"), Atom("?y", prop, "?z")]
                self._add("transitive", f"{name} is passed on from one to the next", [subject], body, Atom("?x", prop, "?z"))
        else:
            raise self._reader.error(f"the type owl:{kind}")

    def _subclass(self, low: str, high: str) -> None:
        named = not (low + high).startswith("_:") and not high.startswith("_:")
        self._imply("subclass" if named else "definition", f"{self._every(low)} is {self._words.one(high)}", [low, high], low, high)

    def _equivalent_class(self, one: str, other: str) -> None:
        if self._reader.is_datatype(one) or self._reader.is_datatype(other):
            return
        words = f"{self._words.one(one)} is the same as {self._words.one(other)}"
        kind = "definition" if other.startswith("_:") or one.startswith("_:") else "subclass"
        self._imply(kind, words, [one, other], one, other)
        self._imply(kind, words, [one, other], other, one)

    def _disjoint_union(self, whole: str, head: str) -> None:
        members = list(self._statements.members(head))
        words = f"{self._words.one(whole)} is either {' or '.join(map(self._words.one, members))}"
        for member in members:
            self._imply("subclass", words, [member, whole], member, whole)
        if any(member.startswith("_:") for member in members):
            raise self._reader.error("owl:disjointUnionOf unnamed classes")
        choice = tuple(Atom("?x", TYPE, f"<{member}>") for member in members)
        axiom = Axiom("definition", words, (whole, *members))
        self._found.implications.append(Implication(axiom, (Atom("?x", TYPE, f"<{whole}>"),), Consequence(choice=choice)))
        self._forbid("disjointWith", members)

    def _subproperty(self, low: str, high: str) -> None:
        words = f"what has {self._words.prop(low)} has {self._words.prop(high)} too"
        self._add("subproperty", words, [low, high], [self._reader.along(low, "?x", "?y")], self._reader.along(high, "?x", "?y"))

    def _equivalent_property(self, one: str, other: str) -> None:
        self._subproperty(one, other)
        self._subproperty(other, one)

    def _inverse(self, one: str, other: str) -> None:
        words = f"{self._words.prop(one)} is {self._words.prop(other)} read backwards"
        first, second = self._reader.along(one, "?x", "?y"), self._reader.along(other, "?y", "?x")
        self._add("inverse", words, [one, other], [first], second)
        self._add("inverse", words, [other, one], [second], first)

    def _property_chain(self, prop: str, head: str) -> None:
        links = list(self._statements.members(head))
        things = [f"?x{number}" for number in range(len(links) + 1)]
        body = [self._reader.along(link, *things[place : place + 2]) for place, link in enumerate(links)]
        words = f"{', then '.join(map(self._words.prop, links))} gives {self._words.prop(prop)}"
        self._add("chain", words, [prop, *links], body, self._reader.along(prop, things[0], things[-1]))

    def _domain(self, prop: str, node: str) -> None:
        words = f"what has {self._words.prop(prop)} is {self._words.one(node)}"
        self._typing("domain", words, [prop, node], self._reader.along(prop, "?x", "?y"), node, "?x")

    def _range(self, prop: str, node: str) -> None:
        if self._reader.is_datatype(node) or OWL + "DatatypeProperty" in self._statements.nodes(prop, RDF + "type"):
            return
        words = f"the value of {self._words.prop(prop)} is {self._words.one(node)}"
        self._typing("range", words, [prop, node], self._reader.along(prop, "?x", "?y"), node, "?y")

    # --- what they come to

    def _typing(self, kind: str, words: str, nodes: list[str], condition: Atom, node: str, thing: str) -> None:
        axiom = Axiom(kind, words, self._named(nodes))
        for found in self._reader.consequences(node, thing):
            self._found.implications.append(Implication(axiom, (condition, *found.conditions), found))

    def _imply(self, kind: str, words: str, nodes: list[str], low: str, high: str, thing: str = "?x") -> None:
        """Note that whatever is one of a class (or, with no ``low``, a thing) is one of another."""
        axiom = Axiom(kind, words, self._named(nodes))
        consequences = self._reader.consequences(high, thing)
        for conditions in (self._reader.conditions(low, thing) if consequences else ()) if low else ((),):
            for found in consequences:
                self._found.implications.append(Implication(axiom, (*conditions, *found.conditions), found))

    def _add(self, kind: str, words: str, nodes: list[str], body: list[Atom], head: Atom) -> None:
        axiom = Axiom(kind, words, self._named(nodes))
        self._found.implications.append(Implication(axiom, tuple(body), Consequence(choice=(head,))))

    def _forbid(self, kind: str, nodes: list[str]) -> None:
        what = FORBIDDING[kind]
        names = ", ".join(self._words.label(node) for node in nodes if not node.startswith("_:"))
        self._found.forbidding.append(Axiom(what, f"{what}: {names}", self._named(nodes)))
        if what == "disjoint classes":
            for pair in combinations(nodes, 2):
                if not any(node.startswith("_:") for node in pair):
                    self._found.disjoint.add(pair)

    def _members(self, subject: str) -> list[str]:
        heads = [*self._statements.nodes(subject, OWL + "members"), *self._statements.nodes(subject, OWL + "distinctMembers")]
        return [member for head in heads for member in self._statements.members(head)]

    def _every(self, node: str) -> str:
        return f"every {self._words.label(node)}" if not node.startswith("_:") else self._words.one(node)

    def _named(self, nodes: list[str]) -> tuple[str, ...]:
        """The named terms of some nodes, in order, each once."""
        return tuple(dict.fromkeys(iri for node in nodes for iri in self._terms(node)))

    def _terms(self, node: str) -> Iterator[str]:
        if not node.startswith("_:"):
            yield node
            return
        for prop in ("onProperty", "inverseOf", "onClass", "someValuesFrom", "allValuesFrom", "hasValue", "complementOf"):
            for part in self._statements.nodes(node, OWL + prop):
                yield from self._terms(part)
        for prop in ("intersectionOf", "unionOf", "oneOf"):
            for head in self._statements.nodes(node, OWL + prop):
                for member in self._statements.members(head):
                    yield from self._terms(member)


__all__ = ["FORBIDDING", "Axioms", "Implication", "OntologyError", "read"]
