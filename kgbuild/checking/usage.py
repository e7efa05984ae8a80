"""What uses the terms: queries, shapes, the program's code, articles, reference data, tests; and what these use that is not there.

A class counts as used with the class above it that a query or a shape names (a summit shows wherever meetings are asked for), but not
with a root; a class above a used one, a class that a used property joins, and a property that an axiom joins with another, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild import vocabulary
from kgbuild.checking.draft import ANNOTATION, OBJECT, OWL, PROPERTY_KINDS, RDF, RDFS, SKOS, TYPE, Draft, plain
from kgbuild.checking.finding import Check, Place, Sighting
from kgbuild.folding import fold
from kgbuild.iris import KG
from kgbuild.ontology.names import RANKS, local_name


def _code() -> dict[str, str]:
    """The terms that the code gives a meaning to: IRI -> the name of the constant."""
    return {value: name for name, value in vars(vocabulary).items() if isinstance(value, str) and value.startswith(KG) and value != KG}


def _lost(draft: Draft) -> Iterator[Sighting]:
    declared = set(draft.kinds) | draft.damaged
    for term, constant in sorted(_code().items()):
        if term not in declared:
            yield Sighting(Place(), term, f"is a term that the program works with (vocabulary.{constant}), and no file declares it")
    for term, names in sorted(draft.around.queried.items()):
        if term not in declared:
            shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
            yield Sighting(Place(), term, f"is asked for by {shown}, and no file declares it")


def _unused(draft: Draft) -> Iterator[Sighting]:
    used = _used(draft)
    for term in [*draft.classes, *draft.properties]:
        if term not in used and not draft.is_deprecated(term):
            yield Sighting(draft.where(term), term, "is used by no query, shape, rule, code, article or test")


def _used(draft: Draft) -> set[str]:
    asked = draft.around.asked
    named = {*draft.around.named, *_code()}
    words, folded = draft.around.quoted, draft.around.annotated
    for term in [*draft.classes, *draft.properties]:
        if local_name(term) in words or not folded.isdisjoint(_spellings(draft, term)):
            named.add(term)
    used = named | _joined(draft)
    order = draft.class_order
    roots = {cls for cls in draft.classes if order.of(cls) == {cls}}
    for term in draft.properties:
        if draft.property_order.of(term) & asked or ANNOTATION in draft.kinds[term]:
            used.add(term)
    for term in [term for term in used if draft.kinds.get(term, set()) & set(PROPERTY_KINDS)]:
        used |= {*draft.domains(term), *draft.ranges(term), *draft.property_order.of(term)}
    used |= {cls for cls in draft.classes if order.of(cls) & asked - roots}
    # a code list is used where one of its codes is named: by another term, a query, data
    coded = {
        value
        for module in draft.modules.values()
        for s, p, value in plain(module)
        if isinstance(value, str) and not p.startswith((SKOS, RDF))
    }
    used |= {cls for concept in draft.concepts if concept in coded | named for cls in draft.said.iris(concept, TYPE)}
    return used.union(*(order.of(term) for term in used))


def _spellings(draft: Draft, term: str) -> set[str]:
    texts = {text.value for _, predicates in RANKS for predicate in predicates for text in draft.said.texts(term, predicate)}
    return {fold(word) for word in (*texts, local_name(term))} - {""}


def _joined(draft: Draft) -> set[str]:
    """Properties in chains, restrictions, inverses, keys and identity; and annotations that say something somewhere."""
    found: set[str] = set()
    for module in draft.modules.values():
        for subject, predicate, value in plain(module):
            found.add(predicate)
            if predicate in (KG + "identifiedBy", OWL + "onProperty", OWL + "inverseOf", OWL + "propertyDisjointWith") and isinstance(
                value, str
            ):
                found.add(value)
            if predicate == OWL + "inverseOf":
                found.add(subject)
            if predicate == OWL + "propertyChainAxiom" and isinstance(value, str):
                found |= {subject, *draft.said.members(value)}
            if predicate == RDFS + "subPropertyOf" and OBJECT in draft.kinds.get(subject, ()) and isinstance(value, str):
                found.add(value)
    return found


def _unlisted(draft: Draft) -> Iterator[Sighting]:
    """Nothing around the ontology is known: then nothing can be said."""
    yield from () if not draft.around.queries else _unused(draft)


CHECKS = (
    Check(
        "lost-term",
        "What the program and its queries ask for is there",
        "error",
        "house rule",
        "keep the term; to retire it, mark it owl:deprecated",
        _lost,
    ),
    Check(
        "unused",
        "Every class and property is used by a query, shape, rule, article or test",
        "advice",
        "house rule; NeOn: competency questions",
        "ask for it in a query, show it in an annotated article, or drop it",
        _unlisted,
    ),
)
