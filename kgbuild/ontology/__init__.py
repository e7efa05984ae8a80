"""The ontology as the program uses it: labels to terms, what is below what, what identifies a thing.

Everything here is read from Turtle, the shipped files or an editor's own: a class, a role or a label added there works at once.
All IRIs are plain, without brackets; all answers are look-ups in tables made once by :meth:`Ontology.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kgbuild.errors import OntologyError
from kgbuild.folding import fold
from kgbuild.iris import KG, PREFIXES, compress
from kgbuild.ontology.hierarchy import CLASS_UP, Hierarchy, is_foreign
from kgbuild.ontology.identity import Identity
from kgbuild.ontology.names import RANKS, Names, local_name, words
from kgbuild.ontology.parsing import Statements, parse
from kgbuild.ontology.properties import COMPUTED, CONCEPT, Properties

__all__ = ["Ontology", "Term", "role_spellings"]

_TYPE, _RDFS = PREFIXES["rdf"] + "type", PREFIXES["rdfs"]
_CLASSES = frozenset((PREFIXES["owl"] + "Class", _RDFS + "Class"))
#: roots of what annotators mark; an ontology without them cannot take annotations
_ROOTS = tuple(KG + name for name in ("Entity", "Event", "Statement", "Value", "Topic"))
#: "Place-Arg1" and "Participant2" are how annotation tools write a role that may come more than once
_NUMBER = re.compile(r"[-_ ]?[0-9]+$")
_ARGUMENT = re.compile(r"[-_ ]arg$", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """A class, property or concept: its IRI and its English label."""

    iri: str
    label: str


class Ontology:
    """A parsed ontology. Equal content gives equal ``hash``, ``lines`` and ``closure``; instances pickle.

    Attributes:
        hash: SHA-256 over the statements in canonical order, 64 hexadecimal digits.
        lines: the statements between IRIs and literals, as N-Triples lines without the dot; blank nodes are left out.
        closure: rdfs:subClassOf and rdfs:subPropertyOf with everything that follows from them, reflexive and transitive.
        classes, properties, concepts: every term of that kind, by IRI.
    """

    def __init__(self, statements: Statements, digest: str) -> None:
        self.hash = digest
        self.lines = frozenset(statements.lines())
        subjects = statements.subjects()
        typed = {subject: set(statements.iris(subject, _TYPE)) for subject in subjects}
        declared = [s for s in subjects if not is_foreign(s) and (typed[s] & _CLASSES or statements.nodes(s, _RDFS + "subClassOf"))]
        self._classes = Hierarchy(statements, declared, CLASS_UP)
        for root in _ROOTS:
            if root not in self._classes:
                raise OntologyError(
                    f"the ontology does not define {compress(root)}",
                    hint="give the folder that holds all modules (kgbuild.ttl, agent.ttl, event.ttl …), or start from a copy of them",
                )
        self._properties = Properties(statements, typed, self._classes)
        self._identity = Identity(statements, declared, self._classes)

        concept_classes = {cls for cls in declared if self._classes.below(cls, CONCEPT)}
        in_scheme = {s: {c for t in typed[s] for c in self._classes.of(t) if c in concept_classes} for s in subjects}
        self._concepts_of = {cls: [s for s in subjects if cls in in_scheme[s]] for cls in sorted(concept_classes)}

        annotated = (cls for cls in declared if cls not in concept_classes and not statements.claims(cls, COMPUTED))
        self._class_names = Names(statements, annotated)
        self._property_names = Names(statements, self._properties, self._properties.exclusive)
        self._concept_names = {cls: Names(statements, concepts) for cls, concepts in self._concepts_of.items()}
        self._general = {
            cls: frozenset(fold(w) for c in self._classes.of(cls) for _, p in RANKS for w in words(statements, c, p))
            for cls in declared
            if statements.claims(cls, KG + "generalItem")
        }
        concepts = [subject for subject in subjects if in_scheme[subject]]
        self.classes = {cls: _term(statements, cls) for cls in declared}
        self.properties = {prop: _term(statements, prop) for prop in self._properties}
        self.concepts = {concept: _term(statements, concept) for concept in concepts}
        self._polarities = {c: iri for c in concepts for iri in statements.iris(c, KG + "polarity")}
        self._stance_classes = {c: iri for c in concepts for iri in statements.iris(c, KG + "stanceClass")}
        self._stances = {cls: stance for stance, cls in self._stance_classes.items()}
        self.closure = frozenset(
            line
            for order, predicate in ((self._classes, "subClassOf"), (self._properties.order, "subPropertyOf"))
            for line in order.lines(_RDFS + predicate)
        )

    @classmethod
    def parse(cls, files: Mapping[str, bytes]) -> Ontology:
        """Read an ontology from Turtle files, file name -> content.

        Raises:
            OntologyError: broken Turtle (the message starts with ``file:line``), a root class is missing, one label that could mean two
                terms, or a class with two rules of identity.
        """
        statements, digest = parse(files)
        return cls(statements, digest)

    # --- from the annotator's words to terms

    def find_class(self, label: str) -> str | None:
        """The class that a label names: by annotation label, label, local name, CURIE or IRI, in this order, folded."""
        return self._class_names.find(label)

    def find_role(self, role: str, owner_class: str) -> str | None:
        """The property that a role names on a thing of a class; numbers and ``-Arg`` at its end are dropped if need be."""
        return self._find(role, owner_class, attribute=False)

    def find_attribute(self, name: str, owner_class: str) -> str | None:
        """The property that an attribute names on a thing of a class: one with a literal or a concept as value."""
        return self._find(name, owner_class, attribute=True)

    def find_relation(self, label: str) -> str | None:
        """The property between two things that a relation's label names."""
        for word in role_spellings(label):
            if found := self._property_names.find(word, self._properties.is_relation):
                return found
        return None

    def find_concept(self, value: str, property_iri: str) -> str | None:
        """The concept that a value names, of those in the property's range: ``denies`` for kg:stance gives kgs:stance-denies."""
        for cls in self._properties.ranges(property_iri):
            if cls in self._concept_names and (found := self._concept_names[cls].find(value)):
                return found
        return None

    def _find(self, word: str, owner: str, *, attribute: bool) -> str | None:
        def fits(prop: str) -> bool:
            return self._properties.is_annotated(prop, attribute=attribute) and self._properties.belongs(prop, owner)

        for spelling in role_spellings(word):
            if found := self._property_names.find(spelling, fits):
                return found
        return None

    # --- classes

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Claim that a class is another, or below it."""
        return self._classes.below(cls, ancestor)

    def most_specific(self, classes: Iterable[str]) -> tuple[str, ...]:
        """Those classes that have no other of the given ones below them, sorted."""
        return self._classes.lowest(classes)

    def identity(self, cls: str) -> tuple[str, tuple[str, ...]] | None:
        """The nearest class, itself or above, that says what identifies its things, and the sorted properties; None if none says."""
        return self._identity.of(cls)

    def root(self, cls: str) -> str:
        """The class that stands for a kind in computed IRIs: the carrier of the identity, else the class below Entity, Event …"""
        return self._identity.root(cls)

    def is_general_name(self, name: str, cls: str) -> bool:
        """Claim that a name says no more than a general class does ("arme", "weapons"), so that no particular item is named."""
        return fold(name) in self._general.get(cls, ())

    # --- stances

    def stance_of_class(self, cls: str) -> str | None:
        """The stance that a class of statements takes, its own or that of the nearest class above."""
        found = self._classes.lowest(above for above in self._classes.of(cls) if above in self._stances)
        return self._stances[found[0]] if found else None

    def class_of_stance(self, stance: str) -> str:
        """The class of the statements with a stance; kg:Statement for a stance without one."""
        return self._stance_classes.get(stance, KG + "Statement")

    def polarity(self, stance: str) -> str:
        """How a stance counts on whether the thing is so; open for a stance that does not say."""
        return self._polarities.get(stance, PREFIXES["kgs"] + "polarity-open")

    def concepts_of(self, cls: str) -> tuple[Term, ...]:
        """The concepts of one scheme class (kg:Stance, kg:Medium …), sorted by IRI."""
        return tuple(self.concepts[concept] for concept in self._concepts_of.get(cls, ()))

    # --- properties

    def domain(self, prop: str) -> str | None:
        """The class whose things have the property; of a union the nearest class above all; None if there is none, or any may have it."""
        return self._classes.common(self._properties.domains(prop))

    def domains(self, prop: str) -> tuple[str, ...]:
        """The classes whose things have the property, sorted; empty if any thing may have it."""
        return self._properties.domains(prop)

    def range(self, prop: str) -> str | None:
        """The class of the values. Of a union: the class that has the property's own name (kg:place, kg:Place), else the nearest above all.

        None for literals, where nothing is said, and where nothing is above all. The order of a union means nothing: tools sort it.
        """
        ranges = self._properties.ranges(prop)
        namesake = next((cls for cls in ranges if fold(local_name(cls)) == fold(local_name(prop))), None)
        return namesake or self._classes.common(ranges)

    def ranges(self, prop: str) -> tuple[str, ...]:
        """The classes of the values, sorted; empty for literals and where nothing is said."""
        return self._properties.ranges(prop)

    def datatype(self, prop: str) -> str | None:
        """The datatype of the values, as an IRI; None for relations and where nothing is said."""
        return self._properties.datatype(prop)

    def is_datatype_property(self, prop: str) -> bool:
        """Claim that the values are literals."""
        return self._properties.is_datatype(prop)

    def subproperty(self, prop: str, ancestor: str) -> bool:
        """Claim that a property is another, or below it."""
        return self._properties.order.below(prop, ancestor)

    def subproperties(self, prop: str) -> frozenset[str]:
        """The property itself and all below it."""
        return frozenset((prop, *(other for other in self._properties if self.subproperty(other, prop))))


def _term(statements: Statements, iri: str) -> Term:
    labels = {text.language: text.value for text in statements.texts(iri, _RDFS + "label")}
    return Term(iri, labels.get("en") or next(iter(labels.values()), local_name(iri)))


def role_spellings(role: str) -> list[str]:
    """The role as written, without a number at its end, without ``-Arg`` before that; each once."""
    numberless = _NUMBER.sub("", role)
    return list(dict.fromkeys((role, numberless, _ARGUMENT.sub("", numberless))))
