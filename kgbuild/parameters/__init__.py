"""Parameters: what a person gives for one (``PRK``, "Coreea de Nord", ``2024-01``, ``denies``) -> the one term that it means.

Things are found in the store itself, by point look-ups: ISO code, CURIE or IRI (also of a thing that the store knows by
``skos:exactMatch``), name in any language, folded. What names nothing, several things, or a thing of another type is refused before the
query runs, with the candidates.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from kgbuild import edtf, literals
from kgbuild.iris import DATA, KG
from kgbuild.parameters import things
from kgbuild.parameters.question import Question
from kgbuild.result import Ask

__all__ = ["TYPES", "Type", "resolve"]


@dataclass(frozen=True, slots=True)
class Type:
    """A type of parameter: what people may give, and for things the ontology classes that fit, the likeliest first (none: any)."""

    means: str
    resolve: Callable[[Question], str]
    classes: tuple[str, ...] = ()


def resolve(kind: str, value: str, ask: Ask, *, name: str = "", lang: str = "en", base: str = DATA) -> str:
    """Find the term that a value means.

    Args:
        kind: a key of :data:`TYPES`.
        value: what the person gave.
        ask: sends a SELECT query to the store.
        name: the parameter, for messages.
        lang: the language in which candidates are named.
        base: the base IRI of the store's data, for ``data:`` CURIEs.

    Returns:
        A term in N-Triples syntax.

    Raises:
        QueryError: nothing, several things, or something of another type; candidates are named.
    """
    type_ = TYPES[kind]
    classes = tuple(KG + local for local in type_.classes)
    question = Question(name or kind, kind, value.strip(), classes, type_.means, ask, lang, base)
    if not question.value:
        raise question.error("the value is empty")
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in question.value):
        raise question.error(f"{question.value!a} holds characters that no name has")
    return type_.resolve(question)


def _bound(question: Question, side: str) -> str:
    try:
        date = edtf.parse(question.value)
    except ValueError as error:
        raise question.error(f"not a date: {error}") from None
    bound = date.earliest if side == "earliest" else date.latest
    if bound is None:
        raise question.error(f"“{question.value}” has no {'beginning' if side == 'earliest' else 'end'}")
    if side == "day" and date.earliest != date.latest:
        raise question.error(f"“{question.value}” is more than one day")
    return literals.day(bound)


def _days(question: Question) -> str:
    """Two days joined by ``/``: those that a date or interval may mean. An open side reaches to the first or last day of the calendar."""
    try:
        date = edtf.parse(question.value)
    except ValueError as error:
        raise question.error(f"not a date: {error}") from None
    if date.earliest is None and date.latest is None:
        raise question.error(f"“{question.value}” says no day")
    return literals.string(f"{date.earliest or '0001-01-01'}/{date.latest or '9999-12-31'}")


def _integer(question: Question) -> str:
    try:
        return literals.typed(question.value, literals.XSD + "integer")
    except ValueError as error:
        raise question.error(str(error)) from None


def _language(question: Question) -> str:
    tag = question.value.lower()
    if not literals.is_language(tag):
        raise question.error(f"“{question.value}” is not a language tag")
    return literals.string(tag)


_NAMED = "a name in any language, a CURIE (wd:Q159) or an IRI"

#: what a parameter can be
TYPES: dict[str, Type] = {
    "state": Type(f"an ISO code (PRK), {_NAMED}", things.thing, ("State",)),
    "agent": Type(f"a state, organization or person: an ISO code (PRK), {_NAMED}", things.thing, ("Agent",)),
    "person": Type(_NAMED, things.thing, ("Person",)),
    "outlet": Type(_NAMED, things.thing, ("Organization",)),
    "mission": Type(_NAMED, things.thing, ("DiplomaticMission",)),
    "place": Type(f"a place or state: an ISO code (PRK), {_NAMED}", things.thing, ("Place", "State")),
    "item": Type(f"a class of weapons (missile) or one item: {_NAMED}", things.item, ("MilitaryObject",)),
    "article": Type("a document id, the article's URL, its title, a CURIE or an IRI", things.article, ("Article",)),
    "statement": Type("a CURIE, an IRI, or its label", things.thing, ("Statement",)),
    "thing": Type(f"an ISO code (PRK), {_NAMED}, or a label", things.thing),
    "stance": Type("a stance by its code (denies), label, CURIE or IRI", things.concept, ("Stance",)),
    "status": Type("a status by its code (contested), label, CURIE or IRI", things.concept, ("EventStatus",)),
    "policy": Type("a policy by its code (latest-position), label, CURIE or IRI", things.concept, ("StatusPolicy",)),
    "register": Type(
        "a list of arms (unroca, sipri, euml) or one of its categories (unroca-VII, ML3) by name, code, CURIE or IRI",
        things.register,
        ("WeaponCategory",),
    ),
    "language": Type("a language tag (ro)", _language),
    "since": Type("a date (2024-01-16, 2024-01, 2024); its first day counts", lambda question: _bound(question, "earliest")),
    "until": Type("a date (2024-01-16, 2024-01, 2024); its last day counts", lambda question: _bound(question, "latest")),
    "day": Type("one day (2024-01-16)", lambda question: _bound(question, "day")),
    "days": Type("a date or interval (2024-01-16, 2024-01, 2023-09/2023-12)", _days),
    "integer": Type("a whole number", _integer),
}
