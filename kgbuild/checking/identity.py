"""Identity: ``kg:identifiedBy`` names properties that the class has, and no class takes two rules."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.checking.draft import ANNOTATION, CLASS, DATATYPE, OBJECT, OWL, TYPE, Draft
from kgbuild.checking.finding import Check, Place, Sighting
from kgbuild.iris import KG, compress

_RULE = KG + "identifiedBy"
#: a tally is identified by the event that has it: the one property that points at the class
_POINTING = (KG + "tally",)


def _rules(draft: Draft) -> Iterator[tuple[str, str, Place]]:
    for term in sorted(draft.kinds):
        for prop in draft.said.iris(term, _RULE):
            yield term, prop, draft.where(term, _RULE, prop)


def _undeclared(draft: Draft) -> Iterator[Sighting]:
    for term, prop, place in _rules(draft):
        if not draft.kinds.get(prop, set()) & {OBJECT, DATATYPE} and draft.is_whole(prop):
            what = "an annotation property" if ANNOTATION in draft.kinds.get(prop, ()) else "no property that is declared"
            yield Sighting(place, term, f"is identified by {compress(prop)}, which is {what}")
    for term in sorted(draft.kinds):
        for text in draft.said.texts(term, _RULE):
            yield Sighting(draft.where(term, _RULE, text.value), term, f"is identified by the text “{text.value}”, not by a property")


def _domain(draft: Draft) -> Iterator[Sighting]:
    for term, prop, place in _rules(draft):
        domains = draft.domains(prop)
        has_it = not domains or any(draft.class_order.below(term, domain) for domain in domains)
        if draft.kinds.get(prop, set()) & {OBJECT, DATATYPE} and not has_it and prop not in _POINTING and draft.is_settled(term):
            owners = " or ".join(compress(domain) for domain in domains)
            yield Sighting(place, term, f"is identified by {compress(prop)}, which things of {owners} have, not this class")


def _owner(draft: Draft) -> Iterator[Sighting]:
    for term, _, place in _rules(draft):
        if CLASS not in draft.kinds[term]:
            yield Sighting(place, term, f"is a {draft.kind_word(term)}, and has a rule of identity")


def _conflict(draft: Draft) -> Iterator[Sighting]:
    own = {term for term, _, _ in _rules(draft)}
    order = draft.class_order
    for cls in draft.classes:
        carriers = order.lowest(above for above in order.of(cls) if above in own)
        if len(carriers) > 1:
            yield Sighting(draft.where(cls), cls, f"takes two rules of identity, from {' and '.join(map(compress, carriers))}")


def _keys(draft: Draft) -> Iterator[Sighting]:
    for cls in draft.classes:
        for head in draft.said.nodes(cls, OWL + "hasKey"):
            members = list(draft.said.members(head))
            loose = [prop for prop in members if OWL + "FunctionalProperty" not in draft.said.nodes(prop, TYPE)]
            if loose:
                names = ", ".join(map(compress, loose))
                yield Sighting(draft.where(cls, OWL + "hasKey"), cls, f"has a key of {names}, which may have several values")


CHECKS = (
    Check(
        "identity-undeclared",
        "Identity rests on declared properties",
        "error",
        "house rule",
        "name a relation or an attribute",
        _undeclared,
    ),
    Check(
        "identity-domain",
        "Identity rests on properties that the class has",
        "error",
        "house rule",
        "name one with a fitting domain",
        _domain,
    ),
    Check("identity-owner", "Only classes have identity", "error", "house rule", "move kg:identifiedBy to the class", _owner),
    Check(
        "identity-conflict",
        "A class has one rule of identity",
        "error",
        "house rule: loads refuse the ontology",
        "say on the class itself what identifies it",
        _conflict,
    ),
    Check(
        "key-not-functional",
        "owl:hasKey has functional properties only",
        "warning",
        "house rule: reasoners merge things that share one value",
        "use kg:identifiedBy instead, or make the property functional",
        _keys,
    ),
)
