"""The events of a case: what each is of, and which would have taken place if another did."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild import vocabulary as v
from kgbuild.ontology import Ontology
from kgbuild.status.cases import Facts


@dataclass(slots=True, eq=False)
class Kind:
    """What a transfer (or another event) is of, and when: all that tells whether one took place if another did.

    Compared by identity: a case makes each of its kinds once, since it asks for them by the hundred thousand.
    """

    #: everything of the case: the relation itself, and transfers that stand for it
    whole: bool = False
    #: items that several transfers of the case share
    items: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    covers: frozenset[str] = frozenset()
    earliest: str = ""
    latest: str = ""
    #: the event itself, where nothing else tells what it is of
    alone: str = ""

    def within(self, other: Kind, ontology: Ontology) -> bool:
        """Claim that if an event of this kind took place, then one of the other kind did."""
        if other.whole or self is other:
            return True
        if self.whole or self.alone or other.alone:
            return False
        if other.earliest and not self.earliest >= other.earliest:
            return False
        if other.latest and not (self.latest and self.latest <= other.latest):
            return False
        if self.items & other.items:
            return True
        return any(ontology.is_a(mine, theirs) for mine in self.classes for theirs in other.covers)


@dataclass(frozen=True, slots=True)
class Event:
    """A transfer, a supply relation or another event, as far as its status needs it."""

    iri: str
    kind: Kind
    parties: frozenset[str] = frozenset()
    doers: frozenset[str] = frozenset()


def events_of(key: str, facts: Facts) -> dict[str, Event]:
    """The events of a case, by IRI: the relation with its transfers, or the one event."""
    own = facts.get(key)
    transfers = {iri: said for iri, said in facts.items() if key in said.get(v.PART_OF_SUPPLY, ())}
    if own is None and not transfers:
        return {}
    own = own or {}
    if v.PART_OF_SUPPLY in own:
        return {}  # a transfer that has come to belong to a relation is assessed with that
    if not transfers and v.ARMS_SUPPLY not in own.get(v.TYPE, ()):
        doers = own.get(v.ATTACKER_STATE, set())
        # of an attack, only the one who did it can acknowledge it; the one who was hit alleges
        parties = doers if v.ATTACKER in own else own.get(v.PARTY_STATE, set())
        return {key: Event(key, Kind(alone=key), frozenset(parties), frozenset(doers))}
    parties = own.get(v.SUPPLIER, set()) | own.get(v.RECIPIENT, set())
    named: dict[str, int] = {}
    for said in transfers.values():
        parties = parties | said.get(v.PARTY_STATE, set())
        for item in said.get(v.ITEM, ()):
            named[item] = named.get(item, 0) + 1
    shared = {item for item, times in named.items() if times > 1}
    whole = Kind(whole=True)
    kinds: dict[tuple[object, ...], Kind] = {}
    agents = frozenset(parties)
    events = {key: Event(key, whole, agents)}
    for iri, said in transfers.items():
        if key in said.get(v.STANDS_FOR, ()):
            events[iri] = Event(iri, whole, agents)
            continue
        of = _of(iri, said, shared)
        events[iri] = Event(iri, kinds.setdefault(of, Kind(False, *of)), agents)
    return events


def _of(iri: str, said: dict[str, set[str]], shared: set[str]) -> tuple[frozenset[str], frozenset[str], frozenset[str], str, str, str]:
    """What a transfer is of, and when, in the order of :class:`Kind`."""
    items, classes = said.get(v.ITEM, set()) & shared, said.get(v.ITEM_CLASS, set())
    if not (items or classes):
        return frozenset(), frozenset(), frozenset(), "", "", iri
    covers, earliest, latest = said.get(v.COVERS_CLASS, set()), said.get(v.EARLIEST, {""}), said.get(v.LATEST, {""})
    return frozenset(items), frozenset(classes), frozenset(covers), min(earliest), max(latest), ""
