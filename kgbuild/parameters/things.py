"""Things, classes and concepts that a value names: found in the store by point look-ups, or refused with the candidates."""

from __future__ import annotations

import difflib

import pyoxigraph as ox

from kgbuild import literals
from kgbuild.folding import fold
from kgbuild.iris import KG, compress, expand
from kgbuild.labels import labels
from kgbuild.parameters.question import PREFIXES, Question

#: names compared where nothing matches: enough for every name of a class, and a bound on the time it takes
_COMPARED = 50_000
#: types whose things may have an ISO code
_CODED = ("agent", "place", "state", "thing")


def thing(question: Question) -> str:
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
    if iri is None or not _is_iri(iri):
        return []
    linked = " UNION ".join(
        f"{{ {pattern} }}" for pattern in (f"<{iri}> ?p ?o", f"?thing skos:exactMatch <{iri}>", f"?thing owl:sameAs <{iri}>")
    )
    known = question.ask(f"{PREFIXES}SELECT ?thing WHERE {{ {linked} }} LIMIT 1")
    if not list(known):
        raise question.error(f"the store does not know {question.value}")
    found = (
        question.things(f"VALUES ?thing {{ <{iri}> }} ?thing a ?any .")
        or question.things(f"?thing skos:exactMatch <{iri}> .")
        # by decision another stands for it
        or question.things(f"<{iri}> (owl:sameAs|^owl:sameAs)+ ?thing . ?thing a ?any .")
    )
    if not found:
        raise question.error(f"{question.value} is no {question.type}{_classes_of(question, iri)}")
    return found


def _classes_of(question: Question, iri: str) -> str:
    rows = question.ask(
        f"{PREFIXES}SELECT DISTINCT ?class WHERE {{ VALUES ?match {{ <{iri}> }} ?thing skos:exactMatch? ?match ; a ?class }}"
    )
    classes = sorted(compress(row["class"].value, base=question.base) for row in rows)
    return f": it is a {', '.join(classes)}" if classes else ""


def _by_code(question: Question) -> list[str]:
    code = question.value.upper()
    if not (code.isascii() and code.isalpha() and len(code) in (2, 3)) or question.type not in _CODED:
        return []
    return question.things(f'?thing kg:isoAlpha{len(code)} "{code}" .')


def _by_name(question: Question) -> list[str]:
    key = fold(question.value)
    return question.things(f"?thing kg:nameKey {literals.string(key)} .") if key else []


def _by_label(question: Question) -> list[str]:
    """Find what bears exactly this label: events and statements have no name, only a label in their article's language."""
    rows = question.ask(f"{PREFIXES}SELECT DISTINCT ?language WHERE {{ ?article kg:documentId ?id ; kg:language ?language }}")
    languages = {row["language"].value for row in rows} | {question.lang, "en"}
    tags = ["", *sorted(tag for tag in languages if literals.is_language(tag))]
    spelled = " ".join(literals.string(question.value, tag) for tag in tags)
    return question.things(f"VALUES ?label {{ {spelled} }} ?thing rdfs:label ?label .")


def _nearest(question: Question) -> str:
    """Name things whose names come close; only asked where nothing matched."""
    key = fold(question.value)
    if question.classes:
        classes = " ".join(f"<{cls}>" for cls in question.classes)
        pattern = f"VALUES ?fitting {{ {classes} }} ?class rdfs:subClassOf ?fitting . ?thing a ?class . ?thing kg:nameKey ?key"
    else:
        # among things of all kinds, only names with the same beginning
        pattern = f"?thing kg:nameKey ?key FILTER(STRSTARTS(?key, {literals.string(key[:1])}))"
    rows = question.ask(f"{PREFIXES}SELECT ?thing ?key WHERE {{ {pattern} }} LIMIT {_COMPARED}")
    keys: dict[str, str] = {}
    for row in rows:
        name, thing = row["key"].value, row["thing"].value
        keys[name] = min(thing, keys.get(name, thing))
    near = list(dict.fromkeys(keys[name] for name in difflib.get_close_matches(key, sorted(keys), n=8, cutoff=0.7)))[:3]
    return _did_you_mean(question, near)


def _did_you_mean(question: Question, near: list[str]) -> str:
    if not near:
        return ""
    named = labels(near, question.ask, question.lang)
    return "; did you mean " + " or ".join(f"“{named.get(iri, '?')}” ({compress(iri, base=question.base)})" for iri in near) + "?"


def article(question: Question) -> str:
    """Resolve an article: also by its document id and its URL."""
    spelled = literals.string(question.value)
    found = question.things(f"?thing kg:documentId {spelled} .") or question.things(f"?thing kg:url {spelled}^^<{literals.XSD}anyURI> .")
    return _the_one(question, found) if found else thing(question)


def item(question: Question) -> str:
    """Resolve what was supplied: a class of items (``kg:Missile``, "missile"), else one item."""
    classes = _class_or_concept(question, f"?thing rdfs:subClassOf <{KG}MilitaryObject> .")
    return _the_one(question, classes) if classes else thing(question)


def concept(question: Question) -> str:
    """Resolve a concept of a small scheme: by code, label in any language, CURIE or IRI."""
    return _concept(question, f"?thing a ?class . ?class rdfs:subClassOf <{question.classes[0]}> .")


def register(question: Question) -> str:
    """Resolve a list of arms or one of its categories: by the end of its IRI (``euml``, ``unroca-VII``), code, label, CURIE or IRI."""
    category = f"?category a ?class . ?class rdfs:subClassOf <{question.classes[0]}> . ?category skos:inScheme"
    return _concept(question, f"{{ {category} ?list . BIND(?category AS ?thing) }} UNION {{ {category} ?thing }}")


def _concept(question: Question, pattern: str) -> str:
    found = _class_or_concept(question, pattern)
    if found:
        return _the_one(question, found)
    codes = {row["key"].value.lower(): row["thing"].value for row in _spellings(question, pattern)}
    close = difflib.get_close_matches(question.value.lower(), sorted(codes), n=3, cutoff=0.5)
    near = list(dict.fromkeys(codes[code] for code in close))
    raise question.error(f"no {question.type} “{question.value}”{_did_you_mean(question, near)}")


def _is_iri(text: str) -> bool:
    """Whether the engine takes it for an IRI: ``kg:#`` and ``http://x/%zz`` only look like one."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _class_or_concept(question: Question, pattern: str) -> list[str]:
    """Find the terms of the ontology, among those that a pattern matches, that a value spells."""
    iri, key = expand(question.value, base=question.base), fold(question.value)
    found = set()
    for row in _spellings(question, pattern):
        thing = row["thing"].value
        if thing == iri or (iri is None and key and key in (fold(row["key"].value), fold(_local(thing)))):
            found.add(thing)
    return sorted(found)


def _local(iri: str) -> str:
    """What stands after the last ``#`` or ``/``.

    >>> _local("https://w3id.org/kgbuild/ontology#Missile"), _local("https://w3id.org/kgbuild/scheme/unroca-VII")
    ('Missile', 'unroca-VII')
    """
    return iri.rpartition("#")[2].rpartition("/")[2]


def _spellings(question: Question, pattern: str) -> ox.QuerySolutions:
    return question.ask(
        f"{PREFIXES}SELECT DISTINCT ?thing ?key WHERE {{ {pattern} "
        "?thing kg:annotationLabel|rdfs:label|skos:prefLabel|skos:altLabel ?key }"
    )
