"""What a person names when deciding: a thing of the store by name, CURIE or IRI, or a unit of an article by its own IRI."""

from __future__ import annotations

import difflib

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.decisions import SAME
from kgbuild.document import decode_record
from kgbuild.errors import DecisionError, QueryError
from kgbuild.labels import labels
from kgbuild.ontology import Ontology
from kgbuild.parameters import resolve
from kgbuild.stores import Store


def identify(store: Store, named: str, *, lang: str = "en") -> str:
    """Find the IRI that a person means.

    An IRI or CURIE stays what it is where the store knows it, also one that a decision has put another in place of. Raises QueryError where
    nothing, or several things, may be meant.
    """
    iri = iris.expand(named.strip(), base=store.base)
    if iri is not None and (_known(store, iri) or is_unit(store, iri)):
        return iri
    return resolve("thing", named, store.select, lang=lang, base=store.base)[1:-1]


def _known(store: Store, iri: str) -> bool:
    return any(predicate != v.EXACT_MATCH for predicate, _value in store.facts_of(iri)) or store.naming_links(iri)


def is_unit(store: Store, iri: str, *, strict: bool = True) -> bool:
    """Claim that an IRI is the own one of a unit of an article.

    Raises QueryError, if ``strict``, where the article is there and has no such unit.
    """
    start = iris.article("", base=store.base)
    article, _, rest = iri.removeprefix(start).partition("/")
    if not iri.startswith(start) or not rest or store.fingerprint(start + article) is None:
        return False
    record = decode_record(store.record(start + article) or b"")
    several = len(record) > 1
    own = [
        (f"{iris.segment(document.annotator)}/" if several else "") + iris.segment(unit.id)
        for document in record
        for unit in document.units
    ]
    if rest in own:
        return True
    if not strict:
        return False
    near = difflib.get_close_matches(rest, own, n=3, cutoff=0.3) or own[:3]
    raise QueryError(f"article “{article}” has no unit “{rest}”", hint=f"its units are {', '.join(near)} …" if near else "it has no units")


def name_of(store: Store, iri: str, lang: str = "en") -> str:
    """A thing for reading, in comments of the file of decisions."""
    return labels([iri], store.select, lang).get(iri) or iris.compress(iri, base=store.base)


def refuse_unlike(store: Store, ontology: Ontology, one: str, other: str, verdict: str) -> None:
    """Refuse to make things the same whose kinds have nothing in common. Raises DecisionError."""
    if verdict != SAME:
        return
    mine, yours = (_roots(store, ontology, thing) for thing in (one, other))
    if mine and yours and not any(ontology.is_a(a, b) or ontology.is_a(b, a) for a in mine for b in yours):
        said = [f"{iris.compress(thing, base=store.base)} is a {_listed(roots)}" for thing, roots in ((one, mine), (other, yours))]
        raise DecisionError(f"{said[0]}, {said[1]}: they cannot be the same", hint="name two things of one kind")


def _roots(store: Store, ontology: Ontology, thing: str) -> set[str]:
    """The broadest classes of a thing that tell kinds apart: for an event the carrier of its rule of identity."""
    types = [cls for cls in store.objects(thing, v.TYPE) if cls in ontology.classes]
    broad = (v.STATE, v.PERSON, v.ORGANIZATION, v.STATEMENT)
    found = {next((root for root in broad if ontology.is_a(cls, root)), ontology.root(cls)) for cls in ontology.most_specific(types)}
    return {root for root in found if root not in (v.ENTITY, v.EVENT, v.AGENT)} if len(found) > 1 else found


def _listed(roots: set[str]) -> str:
    return " and ".join(sorted(iris.compress(root) for root in roots))
