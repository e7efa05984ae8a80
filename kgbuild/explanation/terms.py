"""What a person's words for a property and an object mean, beside what :mod:`kgbuild.parameters` finds by name."""

from __future__ import annotations

import difflib

from kgbuild import literals
from kgbuild.errors import QueryError
from kgbuild.explanation.asking import TYPE, Asking, text_of
from kgbuild.folding import fold
from kgbuild.iris import compress, expand
from kgbuild.ontology.names import local_name
from kgbuild.parameters import resolve

_PROPERTY = "VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty } ?term a ?kind ."
_CLASS = "?term a owl:Class ."
_WORDS = "OPTIONAL { ?term kg:annotationLabel|rdfs:label|skos:altLabel|skos:prefLabel ?word }"


def find_property(name: str, asking: Asking) -> str:
    """The property that a word names, in N-Triples syntax: by CURIE, IRI, local name or label in any language; ``a`` is rdf:type.

    Raises QueryError with the nearest names, or with the candidates where several fit.
    """
    if name in ("a", "type", "is a", "rdf:type"):
        return TYPE
    iri = expand(name, base=asking.base)
    if iri is not None:
        return f"<{iri}>"
    return _find(name, "property", _PROPERTY, asking)


def find_object(value: str, subject: str, property: str, asking: Asking) -> str:
    """The object that a word names, in N-Triples syntax: a value that the triple has, a class, a literal, or any thing.

    Raises QueryError as :func:`kgbuild.parameters.resolve` does.
    """
    key = fold(value)
    iri = expand(value, base=asking.base)
    held = [term for (term,) in asking.rows(f"{subject} {property} ?o", "o")]
    spelled = [term for term in held if value == text_of(term) or f"<{iri}>" == term]
    if not spelled and key:
        pattern = f"{subject} {property} ?term . OPTIONAL {{ ?term rdfs:label|skos:prefLabel|skos:altLabel|kg:annotationLabel ?word }}"
        rows = asking.rows(pattern, "term", "word")
        spelled = sorted({term for term, word in rows if key in _keys(term, word)})
    if len(spelled) == 1:
        return spelled[0]
    if property == TYPE:
        return f"<{iri}>" if iri is not None else _find(value, "class", _CLASS, asking)
    if asking.rows(f"{property} a owl:DatatypeProperty BIND(1 AS ?yes)", "yes"):
        return literals.string(value)
    return resolve("thing", value, asking.ask, name="object", lang=asking.lang, base=asking.base)


def _keys(term: str, word: str) -> set[str]:
    keys = {fold(text_of(word))} if word else set()
    if term.startswith("<"):
        keys.add(fold(local_name(term[1:-1])))
    return keys


def _find(name: str, kind: str, pattern: str, asking: Asking) -> str:
    key = fold(name)
    spelled: dict[str, set[str]] = {}
    words: dict[str, str] = {}
    for term, word in asking.rows(f"{pattern} {_WORDS}", "term", "word"):
        local = local_name(term[1:-1])
        # the part of the IRI counts for more than a label: labels of two terms may be alike
        spelled.setdefault(term, set()).update(_keys(term, word))
        words.update({local: local, **({text_of(word): local} if word else {})})
    exact = [term for term in spelled if key and fold(local_name(term[1:-1])) == key]
    found = exact or sorted(term for term, keys in spelled.items() if key and key in keys)
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(compress(term[1:-1], base=asking.base) for term in found)
        raise QueryError(f"{kind}: “{name}” can mean {listed}: say which by CURIE")
    near = list(dict.fromkeys(words[word] for word in difflib.get_close_matches(name, sorted(words), n=4)))[:3]
    meant = f"; did you mean {' or '.join(f'“{word}”' for word in near)}?" if near else ""
    raise QueryError(f"{kind}: the ontology has no {kind} “{name}”{meant}", hint="kgbuild info ontology lists its terms")
