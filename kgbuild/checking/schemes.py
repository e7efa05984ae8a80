"""Concepts and their schemes; stances, their polarity and their classes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from kgbuild.checking.draft import CLASS, OWL, RDFS, SKOS, TYPE, Draft
from kgbuild.checking.finding import Check, Sighting
from kgbuild.iris import KG, compress

_IN, _NOTATION = SKOS + "inScheme", SKOS + "notation"
_STANCE, _POLARITY, _STANCE_CLASS, _STATEMENT = KG + "Stance", KG + "polarity", KG + "stanceClass", KG + "Statement"


def _is_concept(draft: Draft, term: str) -> bool:
    return any(draft.class_order.below(cls, SKOS + "Concept") for cls in draft.said.iris(term, TYPE))


def _members(draft: Draft) -> dict[str, list[str]]:
    """Scheme -> its concepts."""
    found: dict[str, list[str]] = defaultdict(list)
    for concept in draft.concepts:
        for scheme in draft.said.iris(concept, _IN):
            found[scheme].append(concept)
    return found


def _schemeless(draft: Draft) -> Iterator[Sighting]:
    for concept in draft.concepts:
        schemes = draft.said.iris(concept, _IN)
        if _is_concept(draft, concept) and not schemes:
            yield Sighting(draft.where(concept), concept, "is a concept of no scheme")
        elif len(schemes) > 1:
            names = " and ".join(map(compress, schemes))
            yield Sighting(draft.where(concept, _IN, schemes[-1]), concept, f"is in two schemes, {names}")
        for scheme in schemes:
            if scheme in draft.kinds and not draft.is_scheme(scheme):
                yield Sighting(draft.where(concept, _IN, scheme), concept, f"is in {compress(scheme)}, which is no skos:ConceptScheme")


def _empty(draft: Draft) -> Iterator[Sighting]:
    filled = _members(draft)
    for scheme in draft.schemes:
        if scheme not in filled:
            yield Sighting(draft.where(scheme), scheme, "is a scheme without a concept")


def _notations(draft: Draft) -> Iterator[Sighting]:
    for scheme, concepts in _members(draft).items():
        codes = {concept: [text.value for text in draft.said.texts(concept, _NOTATION)] for concept in concepts}
        if sum(map(bool, codes.values())) * 2 <= len(concepts):
            continue
        times = Counter(code for found in codes.values() for code in found)
        for concept, found in codes.items():
            if not found:
                yield Sighting(draft.where(concept), concept, f"has no skos:notation, as the other concepts of {compress(scheme)} have")
            for code in found:
                if times[code] > 1:
                    yield Sighting(draft.where(concept, _NOTATION, code), concept, f"has the skos:notation “{code}”, as another concept")


def _different(draft: Draft) -> Iterator[Sighting]:
    stated = [
        {member for p in ("distinctMembers", "members") for head in draft.said.nodes(axiom, OWL + p) for member in draft.said.members(head)}
        for axiom in draft.subjects(TYPE, OWL + "AllDifferent")
    ]
    # of two things, tools make owl:differentFrom
    stated += [{concept, *draft.said.iris(concept, OWL + "differentFrom")} for concept in draft.concepts]
    for scheme, concepts in _members(draft).items():
        best = max(stated, key=lambda members: len(members & set(concepts)), default=set[str]())
        if len(concepts) < 2:
            continue
        if len(best & set(concepts)) < 2:
            yield Sighting(draft.where(scheme), scheme, "has no owl:AllDifferent for its concepts: a reasoner may take two of them for one")
            continue
        for concept in concepts:
            if concept not in best:
                says = f"is not in the owl:AllDifferent of {compress(scheme)}: a reasoner may take it for another concept"
                yield Sighting(draft.where(concept), concept, says)


def _stances(draft: Draft) -> list[str]:
    return [concept for concept in draft.concepts if _STANCE in draft.said.iris(concept, TYPE)]


def _stance(draft: Draft) -> Iterator[Sighting]:
    for stance in _stances(draft):
        for predicate, what in ((_POLARITY, "counts as open"), (_STANCE_CLASS, "its statements have no class of their own")):
            found = draft.said.iris(stance, predicate)
            if len(found) != 1:
                times = "no" if not found else str(len(found))
                yield Sighting(
                    draft.where(stance, predicate), stance, f"has {times} {compress(predicate)}{f': {what}' if not found else ''}"
                )


def _stance_class(draft: Draft) -> Iterator[Sighting]:
    owners: dict[str, str] = {}
    for stance in _stances(draft):
        for cls in draft.said.iris(stance, _STANCE_CLASS):
            if CLASS not in draft.kinds.get(cls, ()):
                continue  # undeclared: reported as such
            place = draft.where(cls, OWL + "equivalentClass")
            if cls in owners:
                says = f"has the class {compress(cls)}, as {compress(owners[cls])} has"
                yield Sighting(draft.where(stance, _STANCE_CLASS, cls), stance, says)
            owners[cls] = stance
            if not draft.class_order.below(cls, _STATEMENT):
                yield Sighting(draft.where(cls), cls, f"is the class of {compress(stance)}, and not below kg:Statement")
            values = _values(draft, cls)
            if not values:
                yield Sighting(place, cls, f"does not say that its statements have the stance {compress(stance)}")
            elif values != {stance}:
                names = " and ".join(sorted(map(compress, values)))
                yield Sighting(place, cls, f"is the class of {compress(stance)}, but its statements have the stance {names}")


def _values(draft: Draft, cls: str) -> set[str]:
    """The stances that a class's definition requires."""
    nodes = [*draft.said.nodes(cls, OWL + "equivalentClass"), *draft.said.nodes(cls, RDFS + "subClassOf")]
    parts = list(nodes)
    for node in nodes:
        for head in draft.said.nodes(node, OWL + "intersectionOf"):
            parts += draft.said.members(head)
    restricted = [part for part in parts if KG + "stance" in draft.said.nodes(part, OWL + "onProperty")]
    return {value for part in restricted for value in draft.said.iris(part, OWL + "hasValue")}


CHECKS = (
    Check("concept-scheme", "A concept is in one scheme", "warning", "SKOS; house rule", "say skos:inScheme, once", _schemeless),
    Check("scheme-empty", "A scheme has concepts", "warning", "house rule", "add concepts, or drop it", _empty),
    Check(
        "notation",
        "The concepts of a code list have their codes, each its own",
        "warning",
        "SKOS; house rule",
        "add skos:notation",
        _notations,
    ),
    Check("all-different", "The concepts of a scheme are different things", "warning", "OWL 2", "add it to owl:AllDifferent", _different),
    Check(
        "stance", "A stance has a polarity and a class of statements", "error", "house rule", "add kg:polarity and kg:stanceClass", _stance
    ),
    Check(
        "stance-class",
        "The class of a stance is defined by it",
        "error",
        "house rule",
        "say owl:equivalentClass: kg:Statement and kg:stance has the value of that stance",
        _stance_class,
    ),
)
