"""The words that annotators write: a word that could mean two terms stops every load, a word that hides another misleads it.

A word is looked up by rank: annotation labels, then labels, then local names, all folded. At one rank it may name one term only,
of the classes, of the properties that one thing may have, or of one scheme; at a better rank it hides a term's own name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from kgbuild.checking.draft import ANNOTATION, SKOS, Draft
from kgbuild.checking.finding import Check, Sighting
from kgbuild.folding import fold
from kgbuild.iris import KG, compress
from kgbuild.ontology.names import RANKS, local_name

_CONCEPT = SKOS + "Concept"
_ANNOTATION_LABEL = KG + "annotationLabel"
_COMPUTED = KG + "computed"


def _groups(draft: Draft) -> Iterator[tuple[list[str], Callable[[str, str], bool]]]:
    """The terms that one look-up chooses from, and whether a word may mean two of them after all."""
    concept_classes = {cls for cls in draft.kinds if draft.class_order.below(cls, _CONCEPT)}
    classes = [cls for cls in draft.classes if cls not in concept_classes and not draft.said.claims(cls, _COMPUTED)]
    properties = [prop for prop in draft.properties if ANNOTATION not in draft.kinds[prop]]
    yield classes, lambda a, b: False
    yield properties, lambda a, b: not draft.has_common_thing(draft.domains(a), draft.domains(b))
    types = {concept: {t for own in draft.said.iris(concept, _TYPE) for t in draft.class_order.of(own)} for concept in draft.concepts}
    for cls in sorted(concept_classes - {_CONCEPT}):
        yield [concept for concept in draft.concepts if cls in types[concept]], lambda a, b: False


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def _words(draft: Draft, term: str, rank: int) -> dict[str, tuple[str, str]]:
    """Folded word -> the word as written and the predicate that gives it (empty for the local name)."""
    predicates = RANKS[rank][1]
    if not predicates:
        return {fold(local_name(term)): (local_name(term), "")}
    return {fold(text.value): (text.value, predicate) for predicate in predicates for text in draft.said.texts(term, predicate)}


def _clashing(draft: Draft) -> Iterator[Sighting]:
    seen: set[tuple[str, str, str]] = set()
    for terms, exclude in _groups(draft):
        for rank, (what, _) in enumerate(RANKS):
            owners: dict[str, list[str]] = defaultdict(list)
            for term in terms:
                for word, (written, predicate) in _words(draft, term, rank).items():
                    for other in owners[word]:
                        if word and not exclude(other, term) and (other, term, word) not in seen:
                            seen.add((other, term, word))
                            place = draft.where(term, predicate, written)
                            yield Sighting(place, term, f"shares the {what} “{written}” with {compress(other)}: a load stops here")
                    owners[word].append(term)


def _hiding(draft: Draft) -> Iterator[Sighting]:
    for terms, exclude in _groups(draft):
        names: dict[str, list[str]] = defaultdict(list)
        for term in terms:
            names[fold(local_name(term))].append(term)
        for term in terms:
            for word, (written, predicate) in _words(draft, term, 0).items():
                for other in names.get(word, ()):
                    shared = word in _words(draft, other, 0)  # then they clash, which is said
                    if other != term and not shared and not exclude(other, term):
                        says = f"has the annotation label “{written}”, the name of {compress(other)}: annotators cannot name that any more"
                        yield Sighting(draft.where(term, predicate, written), term, says)


def _empty(draft: Draft) -> Iterator[Sighting]:
    for term in draft.terms:
        for text in draft.said.texts(term, _ANNOTATION_LABEL):
            if not fold(text.value):
                says = f"has the annotation label “{text.value}”, which has no letter and no digit"
                yield Sighting(draft.where(term, _ANNOTATION_LABEL, text.value), term, says)


CHECKS = (
    Check(
        "annotation-clash",
        "A word of annotators means one term",
        "error",
        "house rule: loads refuse the ontology",
        "give one of them another kg:annotationLabel, label or skos:altLabel",
        _clashing,
    ),
    Check(
        "annotation-hides", "A word of annotators hides no other term", "error", "house rule", "give it another kg:annotationLabel", _hiding
    ),
    Check("annotation-empty", "An annotation label has letters", "warning", "house rule", "drop it: it never matches", _empty),
)
