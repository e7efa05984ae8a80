"""The form of names: what a reader expects of a class, a property and a concept, and what tools can write without escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgbuild.checking.draft import LABEL, SKOS, Draft
from kgbuild.checking.finding import Check, Sighting
from kgbuild.ontology.names import local_name

_CLASS = re.compile(r"[A-Z][A-Za-z0-9]*")
_PROPERTY = re.compile(r"[a-z][A-Za-z0-9]*")
_CONCEPT = re.compile(r"[a-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+[+]?")
_JOINED = {"en": re.compile(r"\b(and|or)\b", re.IGNORECASE), "ro": re.compile(r"\b(și|sau)\b", re.IGNORECASE)}
_LONGEST = 255


def _classes(draft: Draft) -> Iterator[Sighting]:
    for term in draft.classes:
        if not _CLASS.fullmatch(local_name(term)):
            yield Sighting(draft.where(term), term, "is no UpperCamelCase name of letters and digits")


def _properties(draft: Draft) -> Iterator[Sighting]:
    for term in draft.properties:
        if not _PROPERTY.fullmatch(local_name(term)):
            yield Sighting(draft.where(term), term, "is no lowerCamelCase name of letters and digits")


def _concepts(draft: Draft) -> Iterator[Sighting]:
    for term in draft.concepts:
        schemes = draft.said.iris(term, SKOS + "inScheme")
        name = local_name(term)
        if not _CONCEPT.fullmatch(name):
            yield Sighting(draft.where(term), term, "is no name of the form scheme-name")
        elif schemes and not name.startswith(f"{local_name(schemes[0])}-"):
            yield Sighting(draft.where(term), term, f"does not begin with the name of its scheme, “{local_name(schemes[0])}-”")


def _dots(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        if "." in local_name(term):
            yield Sighting(draft.where(term), term, "has a dot in its name")


def _long(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        if len(term) > _LONGEST:
            yield Sighting(draft.where(term), term, f"is an IRI of {len(term)} characters")


def _is(draft: Draft) -> Iterator[Sighting]:
    for term in draft.properties:
        if re.fullmatch(r"is[-_]?a?|isA(Kind|Type|Subclass)Of|instanceOf|hasA?|rel(ated)?", local_name(term), re.IGNORECASE):
            yield Sighting(draft.where(term), term, "names no relation: rdf:type and rdfs:subClassOf say what a thing is")


def _joined(draft: Draft) -> Iterator[Sighting]:
    for term in draft.classes:
        for text in draft.texts(term, LABEL):
            pattern = _JOINED.get(text.language)
            if pattern and (found := pattern.search(text.value)):
                yield Sighting(draft.where(term, LABEL, text.value), term, f"is two classes in one: “{text.value}” has “{found[0]}”")


CHECKS = (
    Check("class-name", "Classes are UpperCamelCase", "warning", "OOPS! P22; FIBO", "rename it with all its uses", _classes),
    Check("property-name", "Properties are lowerCamelCase", "warning", "OOPS! P22; FIBO", "rename it with all its uses", _properties),
    Check("concept-name", "Concepts are called scheme-name", "warning", "house rule", "rename it with all its uses", _concepts),
    Check("dot-in-name", "Names have no dots", "warning", "OOPS! P22; FIBO", "rename it: in Turtle a dot ends a statement", _dots),
    Check("iri-length", "IRIs have at most 255 characters", "warning", "FIBO", "shorten the name", _long),
    Check("property-is", "No property stands for “is a”", "warning", "OOPS! P03", "use rdf:type or rdfs:subClassOf", _is),
    Check("class-and", "A class is one class", "warning", "OOPS! P07", "make two classes, or find the word for what they share", _joined),
)
