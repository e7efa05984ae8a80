"""Definitions: one in each language, a sentence that says what the term is and how it differs, in other words than its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kgbuild.checking.draft import DEFINITION, LABEL, RDFS, Draft
from kgbuild.checking.finding import Check, Sighting
from kgbuild.checking.labels import LANGUAGES
from kgbuild.folding import fold
from kgbuild.iris import compress

#: how a definition by genus and difference begins
_START = {"en": re.compile(r"An? [^\W_]"), "ro": re.compile(r"(?:Un|O) [^\W_]")}
_FORM = {"en": "“A …” or “An …”", "ro": "“Un …” or “O …”"}


def _missing(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        for tag, language in LANGUAGES.items():
            if not draft.texts(term, DEFINITION, tag):
                yield Sighting(draft.where(term, DEFINITION), term, f"has no skos:definition in {language}")


def _doubled(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        for tag in LANGUAGES:
            found = draft.texts(term, DEFINITION, tag)
            if len(found) > 1:
                places = sorted(draft.where(term, DEFINITION, text) for text in found)
                yield Sighting(places[-1], term, f"has {len(found)} skos:definition in “{tag}”")


def _form(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        for text in draft.texts(term, DEFINITION):
            start = _START.get(text.language)
            wrong = []
            if start and not start.match(text.value):
                wrong.append(f"does not begin with {_FORM[text.language]}")
            if not text.value.endswith("."):
                wrong.append("does not end with a full stop")
            if len(text.value.split()) < 4:
                wrong.append("is too short to say anything")
            if wrong:
                yield Sighting(draft.where(term, DEFINITION, text), term, f"the definition in “{text.language}” {', '.join(wrong)}")


def _circular(draft: Draft) -> Iterator[Sighting]:
    for term in [*draft.classes, *draft.properties]:
        for tag in LANGUAGES:
            for label in draft.texts(term, LABEL, tag):
                for text in draft.texts(term, DEFINITION, tag):
                    if _explains_itself(label.value.casefold(), text.value.casefold()):
                        says = f"the definition in “{tag}” explains “{label.value}” by “{label.value}”"
                        yield Sighting(draft.where(term, DEFINITION, text), term, says)


def _explains_itself(label: str, text: str) -> bool:
    """Claim that a definition's genus is the term itself, or what follows "that is a"."""
    if not label or label not in text:
        return False
    word = rf"{re.escape(label)}(?!\w)"
    return re.match(rf"(?:an?|un|o) {word}|.*\b(?:that is|who is|which is|care este) (?:an?|one|un|o) {word}", text) is not None


def _shared(draft: Draft) -> Iterator[Sighting]:
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for term in draft.terms:
        for tag, folded in sorted({(text.language, fold(text.value)) for text in draft.texts(term, DEFINITION)}):
            owners[tag, folded].append(term)
    for (tag, folded), found in owners.items():
        for term in found[1:]:
            text = next(text.value for text in draft.texts(term, DEFINITION, tag) if fold(text.value) == folded)
            says = f"has the definition of {compress(found[0])} in “{tag}”"
            yield Sighting(draft.where(term, DEFINITION, text), term, says)


def _untranslated(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        english = {fold(text.value) for text in draft.texts(term, DEFINITION, "en")}
        for text in draft.texts(term, DEFINITION, "ro"):
            if fold(text.value) in english:
                yield Sighting(draft.where(term, DEFINITION, text), term, "has the English definition as the Romanian one")


def _untagged(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        for text in draft.texts(term, DEFINITION, ""):
            yield Sighting(draft.where(term, DEFINITION, text), term, "has a skos:definition without a language")


def _comment(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        for text in draft.texts(term, RDFS + "comment"):
            yield Sighting(draft.where(term, RDFS + "comment", text), term, "is described by rdfs:comment")


CHECKS = (
    Check(
        "definition-missing",
        "Every term has a definition in English and in Romanian",
        "warning",
        "FOOPS! VOC4; ROBOT; OOPS! P08",
        "add skos:definition “A <parent> that …”",
        _missing,
    ),
    Check(
        "definition-doubled",
        "A term has one definition a language",
        "warning",
        "ROBOT",
        "keep one; skos:scopeNote takes the rest",
        _doubled,
    ),
    Check("definition-form", "A definition is a sentence of one form", "warning", "FIBO; ISO 704", "write “A <parent> that ….”", _form),
    Check(
        "definition-circular",
        "A definition uses other words than its term",
        "warning",
        "FIBO; ISO 704; OOPS! P24",
        "say it in other words",
        _circular,
    ),
    Check("definition-shared", "No two terms share a definition", "warning", "ROBOT; FIBO", "say how they differ, or merge them", _shared),
    Check("definition-untranslated", "Each language has words of its own", "warning", "house rule", "translate it", _untranslated),
    Check("definition-untagged", "Definitions say their language", "warning", "FIBO", "add @en or @ro", _untagged),
    Check(
        "definition-comment",
        "Definitions are skos:definition, not rdfs:comment",
        "warning",
        "FIBO; house rule",
        "make it skos:definition, skos:scopeNote or skos:example",
        _comment,
    ),
)
