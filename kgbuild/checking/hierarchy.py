"""The order of classes and properties: no circles, no loose ends, and roots that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.checking.draft import ANNOTATION, CLASS, OBJECT, OWL, RDF, RDFS, SKOS, Draft, plain
from kgbuild.checking.finding import Check, Sighting
from kgbuild.iris import compress
from kgbuild.ontology.hierarchy import named_parts

_SUB_CLASS, _SUB_PROPERTY, _CHAIN = RDFS + "subClassOf", RDFS + "subPropertyOf", OWL + "propertyChainAxiom"
_THING = OWL + "Thing"


def _circles(draft: Draft, predicate: str) -> Iterator[Sighting]:
    above = {term: [node for node in draft.said.iris(term, predicate) if node in draft.kinds] for term in sorted(draft.kinds)}
    for term, parents in above.items():
        for parent in parents:
            path = _path(above, parent, term)
            if path:
                circle = " → ".join(map(compress, (term, *path)))
                yield Sighting(draft.where(term, predicate, parent), term, f"is below itself: {circle}")


def _path(above: dict[str, list[str]], start: str, goal: str) -> list[str]:
    """The terms from one to another that is above it; empty where it is not."""
    paths = {start: [start]}
    waiting = [start]
    while waiting:
        term = waiting.pop(0)
        if term == goal:
            return paths[term]
        for parent in above.get(term, ()):
            if parent not in paths:
                paths[parent] = [*paths[term], parent]
                waiting.append(parent)
    return []


def _redundant(draft: Draft) -> Iterator[Sighting]:
    for cls in draft.classes:
        parents = draft.said.iris(cls, _SUB_CLASS)
        if len(parents) < 2:
            continue
        for parent in parents:
            lower = [other for other in parents if other != parent and draft.class_order.below(other, parent)]
            if lower and not draft.class_order.below(parent, lower[0]) and not draft.class_order.below(lower[0], cls):
                says = f"is put below {compress(parent)}, above {compress(lower[0])}, below which it stands too"
                yield Sighting(draft.where(cls, _SUB_CLASS, parent), cls, says)


def _short_chains(draft: Draft) -> Iterator[Sighting]:
    for prop in draft.own(OBJECT):
        for head in draft.said.nodes(prop, _CHAIN):
            members = list(draft.said.members(head))
            if len(members) < 2:
                name = f": use rdfs:subPropertyOf with {compress(members[0])} below" if members else ""
                yield Sighting(draft.where(prop, _CHAIN), prop, f"has a property chain of {len(members)} step{'s' * (not members)}{name}")


def _isolated(draft: Draft) -> Iterator[Sighting]:
    """A term is joined to others by any statement that is no annotation: as subject, as value, inside an expression."""
    joined: set[str] = set()
    for module in draft.modules.values():
        for subject, predicate, value in plain(module):
            joined.add(predicate)
            if (
                isinstance(value, str)
                and ANNOTATION not in draft.kinds.get(predicate, ())
                and predicate not in (RDFS + "isDefinedBy", RDF + "type")
            ):
                joined |= {subject, value}
            elif isinstance(value, str) and predicate == RDF + "type" and not subject.startswith("_:"):
                joined.add(value)
    for term in [*draft.classes, *draft.properties]:
        kinds = draft.kinds[term]
        explained = bool(draft.said.values(term, SKOS + "scopeNote"))  # as for a domain: a note says why
        if term not in joined and not explained and not (ANNOTATION in kinds and len(kinds) == 1):
            yield Sighting(draft.where(term), term, "is joined to no other term: nothing is above, below or beside it")


def _roots(draft: Draft) -> Iterator[Sighting]:
    excluded = {
        member
        for axiom in draft.subjects(RDF + "type", OWL + "AllDisjointClasses")
        for head in draft.said.nodes(axiom, OWL + "members")
        for member in draft.said.members(head)
    }
    for module in draft.modules.values():
        excluded |= {end for s, p, o in plain(module) if p == OWL + "disjointWith" and isinstance(o, str) for end in (s, o)}
    for cls in draft.classes:
        if cls not in excluded and not _parents(draft, cls) and len(draft.classes) > 1:
            yield Sighting(draft.where(cls), cls, "is a root, and disjoint with no other class")


def _parents(draft: Draft, cls: str) -> set[str]:
    nodes = [*draft.said.nodes(cls, _SUB_CLASS), *draft.said.nodes(cls, OWL + "equivalentClass")]
    named = {part for node in nodes for part in named_parts(draft.said, node)} - {cls, _THING}
    unions = {node for node in nodes if node.startswith("_:") and draft.said.nodes(node, OWL + "unionOf")}
    return named | unions


def _untyped(draft: Draft) -> Iterator[Sighting]:
    for concept in draft.concepts:
        types = [t for t in draft.said.iris(concept, RDF + "type") if t not in (OWL + "NamedIndividual", OWL + "Thing")]
        if not types:
            yield Sighting(draft.where(concept), concept, "is a thing of no class")
        elif types == [SKOS + "Concept"] and CLASS in draft.kinds.get(SKOS + "Concept", ()):
            yield Sighting(draft.where(concept), concept, "is a concept of no class of concepts")


CHECKS = (
    Check(
        "class-cycle", "No class is below itself", "error", "OOPS! P06; FIBO", "drop one step", lambda draft: _circles(draft, _SUB_CLASS)
    ),
    Check(
        "property-cycle", "No property is below itself", "error", "OOPS! P06", "drop one step", lambda draft: _circles(draft, _SUB_PROPERTY)
    ),
    Check("class-redundant", "A class names its nearest parents only", "warning", "ROBOT; FIBO", "drop the farther parent", _redundant),
    Check("chain-short", "Property chains have two steps or more", "error", "OOPS! P33; OWL 2", "use rdfs:subPropertyOf", _short_chains),
    Check(
        "isolated",
        "Every class and property is joined to another",
        "warning",
        "OOPS! P04; FIBO",
        "say what it is below, or in a skos:scopeNote why it is not; or drop it",
        _isolated,
    ),
    Check(
        "root-not-disjoint",
        "Roots exclude each other",
        "warning",
        "OOPS! P10",
        "put it below a class, or into the owl:AllDisjointClasses of the roots: nearly every slip in data is one of type",
        _roots,
    ),
    Check("thing-untyped", "Every thing is of a class", "warning", "ROBOT; house rule", "give it the class of its scheme", _untyped),
)
