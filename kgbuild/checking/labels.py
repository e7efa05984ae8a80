"""Labels: each term has one in each language, and no two terms of a kind share one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from kgbuild.checking.draft import LABEL, PREF_LABEL, Draft
from kgbuild.checking.finding import Check, Sighting
from kgbuild.folding import fold
from kgbuild.iris import compress

LANGUAGES = {"en": "English", "ro": "Romanian"}


def _missing(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        for predicate in _needed(draft, term):
            for tag, language in LANGUAGES.items():
                if not draft.texts(term, predicate, tag):
                    yield Sighting(draft.where(term, predicate), term, f"has no {compress(predicate)} in {language}")


def _needed(draft: Draft, term: str) -> tuple[str, ...]:
    """Protégé shows rdfs:label, SKOS tools show skos:prefLabel: what both show has both."""
    return (LABEL, PREF_LABEL) if draft.said.iris(term, _IN_SCHEME) or draft.is_scheme(term) else (LABEL,)


_IN_SCHEME = PREF_LABEL.replace("prefLabel", "inScheme")


def _doubled(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        for predicate in (LABEL, PREF_LABEL):
            found = Counter(text.language for text in draft.texts(term, predicate))
            for tag, times in sorted(found.items()):
                if times > 1:
                    second = draft.texts(term, predicate, tag)[-1]
                    words = " and ".join(f"“{text.value}”" for text in draft.texts(term, predicate, tag))
                    yield Sighting(draft.where(term, predicate, second), term, f"has {times} {compress(predicate)} in “{tag}”: {words}")


def _untagged(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        for predicate in (LABEL, PREF_LABEL):
            for text in draft.texts(term, predicate, ""):
                says = f"has {compress(predicate)} “{text.value}” without a language"
                yield Sighting(draft.where(term, predicate, text), term, says)


def _shared(draft: Draft) -> Iterator[Sighting]:
    for terms in (draft.classes, draft.properties, [*draft.concepts, *draft.schemes]):
        owners: dict[tuple[str, str], list[str]] = defaultdict(list)
        for term in terms:
            for tag, word in sorted({(text.language, fold(text.value)) for text in draft.texts(term, LABEL)}):
                owners[tag, word].append(term)
        for (tag, _), found in owners.items():
            for term in found[1:]:
                text = next(text.value for text in draft.texts(term, LABEL, tag) if fold(text.value) == _)
                says = f"is labelled “{text}” in “{tag}”, as {compress(found[0])} is"
                yield Sighting(draft.where(term, LABEL, text), term, says)


def _unlike(draft: Draft) -> Iterator[Sighting]:
    for term in [*draft.concepts, *draft.schemes]:
        labels = {text.language: text.value for text in draft.texts(term, LABEL)}
        for text in draft.texts(term, PREF_LABEL):
            if text.language in labels and labels[text.language] != text.value:
                says = f"has skos:prefLabel “{text.value}”, but rdfs:label “{labels[text.language]}”"
                yield Sighting(draft.where(term, PREF_LABEL, text), term, says)


CHECKS = (
    Check(
        "label-missing",
        "Every term has a label in English and in Romanian",
        "warning",
        "FOOPS! VOC3; ROBOT; OOPS! P08; Protégé shows rdfs:label first",
        "add rdfs:label; to concepts and schemes skos:prefLabel too, with the same words",
        _missing,
    ),
    Check("label-doubled", "A term has one label a language", "warning", "ROBOT", "make all but one skos:altLabel", _doubled),
    Check("label-untagged", "Labels say their language", "warning", "FIBO; ROBOT", "add @en or @ro", _untagged),
    Check(
        "label-shared",
        "No two terms of a kind share a label",
        "warning",
        "ROBOT; FIBO; OOPS! P32",
        "make one of them more precise",
        _shared,
    ),
    Check("label-unlike", "Protégé and SKOS tools show one label", "warning", "SKOS S14; house rule", "make both labels alike", _unlike),
)
