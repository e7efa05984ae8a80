"""Parameters: what a person gives for one (``PRK``, "Coreea de Nord", ``2024-01``, ``denies``) -> the one term that it means.

Things are found in the store itself, by point look-ups: ISO code, CURIE or IRI (also of a thing that the store knows by
``skos:exactMatch``), name in any language, folded. What names nothing, several things, or a thing of another type is refused before the
query runs, with the candidates.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass

import pyoxigraph as ox

from kgbuild import edtf, literals
from kgbuild.errors import QueryError
from kgbuild.folding import fold
from kgbuild.iris import DATA, KG, PREFIXES, compress, expand
from kgbuild.labels import labels
from kgbuild.result import Ask

_PREFIXES = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("kg", "rdfs", "skos"))
#: names compared where nothing matches: enough for every name of a class, and a bound on the time it takes
_COMPARED = 50_000


@dataclass(frozen=True, slots=True)
class Type:
    """A type of parameter: what people may give, and for things the ontology classes that fit, the likeliest first (none: any)."""

    means: str
    resolve: Callable[[Question], str]
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One value to resolve, and whom to ask."""

    name: str
    type: str
    value: str
    ask: Ask
    lang: str
    base: str

    @property
    def classes(self) -> tuple[str, ...]:
        """The IRIs of the classes that fit."""
        return tuple(KG + name for name in TYPES[self.type].classes)

    def error(self, message: str) -> QueryError:
        """Make the error for this value; the hint says what may be given."""
        return QueryError(f"{self.name}: {message}", hint=f"{self.name} takes {TYPES[self.type].means}")

    def things(self, pattern: str) -> list[str]:
        """Ask for the things that a pattern on ``?thing`` matches, of the first class that fits any; sorted IRIs."""
        for fits in [f"?thing a ?class . ?class rdfs:subClassOf <{cls}> ." for cls in self.classes] or [""]:
            rows = self.ask(f"{_PREFIXES}SELECT DISTINCT ?thing WHERE {{ {pattern} {fits} }}")
            if found := sorted({row["thing"].value for row in rows}):
                return found
        return []


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
    question = Question(name or kind, kind, value.strip(), ask, lang, base)
    if not question.value:
        raise question.error("the value is empty")
    if not question.value.isprintable() or any("\ud800" <= char <= "\udfff" for char in question.value):
        raise question.error(f"{question.value!a} holds characters that no name has")
    return TYPES[kind].resolve(question)


def _thing(question: Question) -> str:
    """Resolve a thing: by IRI, code or name, the first way that finds any."""
    found = _by_iri(question) or _by_code(question) or _by_name(question) or _by_label(question)
    if not found:
        raise question.error(f"no {question.type} “{question.value}”{_nearest(question)}")
    return _the_one(question, found)


def _the_one(question: Question, found: list[str]) -> str:
    if len(found) > 1:
        named = labels(found, question.ask, question.lang)
        listed = ", ".join(f"{named.get(iri, '?')} ({compress(iri, base=question.base)})" for iri in found[:8])
        more = f" and {len(found) - 8} more" if len(found) > 8 else ""
        raise question.error(f"“{question.value}” can mean {listed}{more}: say which by CURIE or IRI")
    return f"<{found[0]}>"


def _by_iri(question: Question) -> list[str]:
    iri = expand(question.value, base=question.base)
    if iri is None:
        return []
    known = question.ask(f"{_PREFIXES}SELECT ?thing WHERE {{ {{ <{iri}> ?p ?o }} UNION {{ ?thing skos:exactMatch <{iri}> }} }} LIMIT 1")
    if not list(known):
        raise question.error(f"the store does not know {question.value}")
    found = question.things(f"VALUES ?thing {{ <{iri}> }} ?thing a ?any .") or question.things(f"?thing skos:exactMatch <{iri}> .")
    if not found:
        raise question.error(f"{question.value} is no {question.type}{_classes_of(question, iri)}")
    return found


def _classes_of(question: Question, iri: str) -> str:
    rows = question.ask(
        f"{_PREFIXES}SELECT DISTINCT ?class WHERE {{ VALUES ?match {{ <{iri}> }} ?thing skos:exactMatch? ?match ; a ?class }}"
    )
    classes = sorted(compress(row["class"].value, base=question.base) for row in rows)
    return f": it is a {', '.join(classes)}" if classes else ""


def _by_code(question: Question) -> list[str]:
    code = question.value.upper()
    if not (code.isascii() and code.isalpha() and len(code) in (2, 3)) or question.type not in ("agent", "place", "state", "thing"):
        return []
    return question.things(f'?thing kg:isoAlpha{len(code)} "{code}" .')


def _by_name(question: Question) -> list[str]:
    key = fold(question.value)
    return question.things(f"?thing kg:nameKey {literals.string(key)} .") if key else []


def _by_label(question: Question) -> list[str]:
    """Find what bears exactly this label: events and statements have no name, only a label in their article's language."""
    rows = question.ask(f"{_PREFIXES}SELECT DISTINCT ?language WHERE {{ ?article kg:documentId ?id ; kg:language ?language }}")
    languages = {row["language"].value for row in rows} | {question.lang, "en"}
    tags = ["", *sorted(tag for tag in languages if literals.is_language(tag))]
    spelled = " ".join(literals.string(question.value, tag) for tag in tags)
    return question.things(f"VALUES ?label {{ {spelled} }} ?thing rdfs:label ?label .")


def _nearest(question: Question) -> str:
    """Name things whose names come close; only asked where nothing matched."""
    if not question.classes:
        return ""
    classes = " ".join(f"<{cls}>" for cls in question.classes)
    rows = question.ask(
        f"{_PREFIXES}SELECT ?thing ?key WHERE {{ VALUES ?fitting {{ {classes} }} ?class rdfs:subClassOf ?fitting . ?thing a ?class . "
        f"?thing kg:nameKey ?key }} LIMIT {_COMPARED}"
    )
    keys: dict[str, str] = {}
    for row in rows:
        key, thing = row["key"].value, row["thing"].value
        keys[key] = min(thing, keys.get(key, thing))
    near = list(dict.fromkeys(keys[key] for key in difflib.get_close_matches(fold(question.value), sorted(keys), n=8, cutoff=0.7)))[:3]
    return _did_you_mean(question, near)


def _did_you_mean(question: Question, near: list[str]) -> str:
    if not near:
        return ""
    named = labels(near, question.ask, question.lang)
    return "; did you mean " + " or ".join(f"“{named.get(iri, '?')}” ({compress(iri, base=question.base)})" for iri in near) + "?"


def _article(question: Question) -> str:
    """Resolve an article: also by its document id and its URL."""
    spelled = literals.string(question.value)
    found = question.things(f"?thing kg:documentId {spelled} .") or question.things(f"?thing kg:url {spelled}^^<{literals.XSD}anyURI> .")
    return _the_one(question, found) if found else _thing(question)


def _item(question: Question) -> str:
    """Resolve what was supplied: a class of items (``kg:Missile``, "missile"), else one item."""
    classes = _class_or_concept(question, f"?thing rdfs:subClassOf <{KG}MilitaryObject> .")
    return _the_one(question, classes) if classes else _thing(question)


def _concept(question: Question) -> str:
    """Resolve a concept of a small scheme: by code, label in any language, CURIE or IRI."""
    pattern = f"?thing a ?class . ?class rdfs:subClassOf <{question.classes[0]}> ."
    found = _class_or_concept(question, pattern)
    if found:
        return _the_one(question, found)
    codes = {row["key"].value: row["thing"].value for row in _spellings(question, pattern)}
    near = list(dict.fromkeys(codes[code] for code in difflib.get_close_matches(question.value, sorted(codes), n=3, cutoff=0.5)))
    raise question.error(f"no {question.type} “{question.value}”{_did_you_mean(question, near)}")


def _class_or_concept(question: Question, pattern: str) -> list[str]:
    """Find the terms of the ontology, among those that a pattern matches, that a value spells."""
    iri, key = expand(question.value, base=question.base), fold(question.value)
    found = set()
    for row in _spellings(question, pattern):
        thing = row["thing"].value
        if thing == iri or (iri is None and key and key in (fold(row["key"].value), fold(thing.rpartition("#")[2]))):
            found.add(thing)
    return sorted(found)


def _spellings(question: Question, pattern: str) -> ox.QuerySolutions:
    return question.ask(
        f"{_PREFIXES}SELECT DISTINCT ?thing ?key WHERE {{ {pattern} "
        "?thing kg:annotationLabel|rdfs:label|skos:prefLabel|skos:altLabel ?key }"
    )


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
    "state": Type(f"an ISO code (PRK), {_NAMED}", _thing, ("State",)),
    "agent": Type(f"a state, organization or person: an ISO code (PRK), {_NAMED}", _thing, ("Agent",)),
    "person": Type(_NAMED, _thing, ("Person",)),
    "outlet": Type(_NAMED, _thing, ("Organization",)),
    "mission": Type(_NAMED, _thing, ("DiplomaticMission",)),
    "place": Type(f"a place or state: an ISO code (PRK), {_NAMED}", _thing, ("Place", "State")),
    "item": Type(f"a class of weapons (missile) or one item: {_NAMED}", _item, ("MilitaryObject",)),
    "article": Type("a document id, the article's URL, its title, a CURIE or an IRI", _article, ("Article",)),
    "statement": Type("a CURIE, an IRI, or its label", _thing, ("Statement",)),
    "thing": Type(f"an ISO code (PRK), {_NAMED}, or a label", _thing),
    "stance": Type("a stance by its code (denies), label, CURIE or IRI", _concept, ("Stance",)),
    "status": Type("a status by its code (contested), label, CURIE or IRI", _concept, ("EventStatus",)),
    "policy": Type("a policy by its code (latest-position), label, CURIE or IRI", _concept, ("StatusPolicy",)),
    "language": Type("a language tag (ro)", _language),
    "since": Type("a date (2024-01-16, 2024-01, 2024); its first day counts", lambda question: _bound(question, "earliest")),
    "until": Type("a date (2024-01-16, 2024-01, 2024); its last day counts", lambda question: _bound(question, "latest")),
    "day": Type("one day (2024-01-16)", lambda question: _bound(question, "day")),
    "integer": Type("a whole number", _integer),
}
