"""What the statements on an event, taken together, say of it: the policy ``latest-position``.

Model page, section 4. No yes or no is stored as truth: a status is computed from positions, with its basis. Per actor (a state, or a
speaker who speaks for none) the latest own affirming or denying statement counts; evading leaves the earlier position standing; an
interpretation is its reader's position only.

Transfers of one supply relation bear on each other as logic has it: who affirms the narrower transfer (of missiles, in 2023) affirms
the broader (of arms) and the relation; who denies the broader denies the narrower. A denial of a dated or itemised transfer therefore
never lowers the relation.

Events are assessed by *case*: a supply relation with all its transfers, or one other event. A case is a set of facts (lines), so that
it can come from one article's mapping, from a file of a large load, or from the store.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.ontology import Ontology

LATEST_POSITION = iris.KGS + "policy-latest-position"
_STATUS = iris.KGS + "status-"
_AFFIRMS = {iris.KGS + "polarity-affirms", iris.KGS + "polarity-presupposes"}
_DENIES = iris.KGS + "polarity-denies"
_PLEDGES = iris.KGS + "stance-pledges"
_UNANSWERED = {iris.KGS + "stance-evades", iris.KGS + "stance-declines-comment"}

_OF_EVENTS = {
    v.TYPE, v.PART_OF_SUPPLY, v.STANDS_FOR, v.SUPPLIER, v.RECIPIENT, v.ITEM, v.ITEM_CLASS, v.COVERS_CLASS, v.EARLIEST, v.LATEST,
    v.PARTY_STATE, v.ATTACKER, v.ATTACKER_STATE,
}  # fmt: skip
_OF_STATEMENTS = {v.STANCE, v.ABOUT, v.SPEAKS_FOR, v.SPEAKER, v.READS_AS, v.EARLIEST, v.LATEST, v.AFTER_DEPTH}
#: the predicates that a case is made of
RELEVANT = frozenset(_OF_EVENTS | _OF_STATEMENTS)

_Facts = dict[str, dict[str, set[str]]]


def _read(lines: Iterable[str]) -> _Facts:
    """Sort lines by subject and predicate; IRIs bare, literals as they are written."""
    facts: _Facts = {}
    for line in lines:
        subject, predicate, term = line.split(" ", 2)
        predicate = predicate[1:-1]
        if predicate in RELEVANT:
            value = term[1:-1] if term[0] == "<" else term
            facts.setdefault(subject[1:-1], {}).setdefault(predicate, set()).add(value)
    return facts


def cases(lines: Iterable[str], ontology: Ontology) -> dict[str, list[str]]:
    """Sort one article's facts by the case that they bear on: supply relation or event -> lines."""
    facts = _read(lines)
    sorted_lines: dict[str, list[str]] = {}
    for subject, said in facts.items():
        keys: set[str] = set()
        if v.STANCE in said or v.ABOUT in said:
            for topic in said.get(v.ABOUT, ()):
                if topic in facts:
                    keys |= facts[topic].get(v.PART_OF_SUPPLY) or {topic}
                else:
                    keys.add(topic)
        elif v.PART_OF_SUPPLY in said:
            keys = said[v.PART_OF_SUPPLY]
        elif any(cls == v.ARMS_SUPPLY or ontology.is_a(cls, v.EVENT) for cls in said.get(v.TYPE, ())):
            keys = {subject}
        for key in keys:
            written = sorted_lines.setdefault(key, [])
            for predicate, values in said.items():
                for value in values:
                    term = value if value.startswith('"') else f"<{value}>"
                    written.append(f"<{subject}> <{predicate}> {term}")
    return sorted_lines


def _always(ontology: Ontology, cls: str) -> bool:
    """Claim that events of a class have a status even if nobody says anything of them."""
    return ontology.is_a(cls, v.ARMS_TRANSFER) or ontology.is_a(cls, v.MILITARY_EVENT)


@dataclass(slots=True, eq=False)
class _Kind:
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

    def within(self, other: _Kind, ontology: Ontology) -> bool:
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
class _Event:
    """A transfer, a supply relation or another event, as far as its status needs it."""

    iri: str
    kind: _Kind
    parties: frozenset[str] = frozenset()
    doers: frozenset[str] = frozenset()


#: a statement's place in time: its known bounds, then how many statements it comes after
_When = tuple[str, str, int]
#: (actor, kind of what it is about, affirming) -> when last, and the statements of that moment
_Positions = dict[tuple[str, _Kind, bool], tuple[_When, set[str]]]


@dataclass(slots=True)
class _Heard:
    """What is said on the events of a case."""

    positions: _Positions = field(default_factory=dict)
    pledges: dict[_Kind, set[str]] = field(default_factory=dict)
    unanswered: dict[_Kind, set[str]] = field(default_factory=dict)
    #: whether there is any statement at all
    spoken_of: bool = False

    def take(self, actor: str, kind: _Kind, affirms: bool, when: _When, statement: str) -> None:
        """Note a position; of one actor on one kind only the latest is kept."""
        known = self.positions.get((actor, kind, affirms))
        if known is None or when > known[0]:
            self.positions[actor, kind, affirms] = (when, {statement})
        elif when == known[0]:
            known[1].add(statement)


def assess(key: str, lines: Iterable[str], ontology: Ontology, *, base: str = iris.DATA) -> set[str]:
    """Assess a case: the lines that the derived graph holds on the event, or on the relation and each of its transfers."""
    facts = _read(lines)
    events = _events(key, facts)
    if key not in events or not (events[key].kind.whole or any(ontology.is_a(cls, v.EVENT) for cls in facts[key].get(v.TYPE, ()))):
        return set()
    heard = _hear(facts, events, ontology)
    if not (heard.spoken_of or events[key].kind.whole or any(_always(ontology, cls) for cls in facts[key].get(v.TYPE, ()))):
        return set()
    kinds = {event.kind for event in events.values()}
    # kind -> the kinds that an event of this kind entails, and those that entail it; each includes itself
    broader = {kind: {other for other in kinds if kind.within(other, ontology)} for kind in kinds}
    narrower = {kind: {other for other in kinds if kind in broader[other]} for kind in kinds}
    standing = _standing(heard.positions, broader, narrower)
    verdicts: dict[_Kind, tuple[str, set[str]]] = {}
    assessments: set[str] = set()
    for event in events.values():
        if event.kind not in verdicts:
            below, above = narrower[event.kind], broader[event.kind]
            counted = {place: position for place, position in standing.items() if place[1] in (below if place[2] else above)}
            pledges = set().union(*(heard.pledges.get(kind, ()) for kind in below))
            unanswered = set().union(*(heard.unanswered.get(kind, ()) for kind in above))
            verdicts[event.kind] = _verdict(event, counted, pledges, unanswered)
        assessments |= _lines(event.iri, *verdicts[event.kind], base)
    return assessments


def _standing(positions: _Positions, broader: dict[_Kind, set[_Kind]], narrower: dict[_Kind, set[_Kind]]) -> _Positions:
    """The positions not given up: a denial falls by the actor's later affirmation of anything it denied, and the reverse."""
    standing: _Positions = {}
    for (actor, kind, affirms), (when, statements) in positions.items():
        opposed = broader[kind] if affirms else narrower[kind]
        later = (positions.get((actor, other, not affirms)) for other in opposed)
        if not any(other is not None and other[0] > when for other in later):
            standing[actor, kind, affirms] = (when, statements)
    return standing


def _events(key: str, facts: _Facts) -> dict[str, _Event]:
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
        return {key: _Event(key, _Kind(alone=key), frozenset(parties), frozenset(doers))}
    parties = own.get(v.SUPPLIER, set()) | own.get(v.RECIPIENT, set())
    named: dict[str, int] = {}
    for said in transfers.values():
        parties = parties | said.get(v.PARTY_STATE, set())
        for item in said.get(v.ITEM, ()):
            named[item] = named.get(item, 0) + 1
    shared = {item for item, times in named.items() if times > 1}
    whole = _Kind(whole=True)
    kinds: dict[tuple[object, ...], _Kind] = {}
    agents = frozenset(parties)
    events = {key: _Event(key, whole, agents)}
    for iri, said in transfers.items():
        if key in said.get(v.STANDS_FOR, ()):
            events[iri] = _Event(iri, whole, agents)
            continue
        of = _of(iri, said, shared)
        events[iri] = _Event(iri, kinds.setdefault(of, _Kind(False, *of)), agents)
    return events


def _of(iri: str, said: dict[str, set[str]], shared: set[str]) -> tuple[frozenset[str], frozenset[str], frozenset[str], str, str, str]:
    """What a transfer is of, and when, in the order of :class:`_Kind`."""
    items, classes = said.get(v.ITEM, set()) & shared, said.get(v.ITEM_CLASS, set())
    if not (items or classes):
        return frozenset(), frozenset(), frozenset(), "", "", iri
    covers, earliest, latest = said.get(v.COVERS_CLASS, set()), said.get(v.EARLIEST, {""}), said.get(v.LATEST, {""})
    return frozenset(items), frozenset(classes), frozenset(covers), min(earliest), max(latest), ""


def _hear(facts: _Facts, events: dict[str, _Event], ontology: Ontology) -> _Heard:
    """Sort the statements of a case by what they do."""
    heard = _Heard()
    for statement, said in facts.items():
        kinds = {events[iri].kind for iri in said.get(v.ABOUT, ()) if iri in events}
        if not kinds:
            continue
        heard.spoken_of = True
        stances = said.get(v.STANCE, set())
        for kind in kinds:
            if _PLEDGES in stances:
                heard.pledges.setdefault(kind, set()).add(statement)
            if stances & _UNANSWERED:
                heard.unanswered.setdefault(kind, set()).add(statement)
        actors = said.get(v.SPEAKS_FOR) or said.get(v.SPEAKER) or set()
        for polarity in {ontology.polarity(stance) for stance in said.get(v.READS_AS) or stances}:
            if polarity in _AFFIRMS or polarity == _DENIES:
                for actor in actors:
                    for kind in kinds:
                        heard.take(actor, kind, polarity != _DENIES, _when(said), statement)
    return heard


def _when(said: dict[str, set[str]]) -> _When:
    """A statement's place in time. Undated ones come first."""
    earliest = max(said.get(v.EARLIEST, {""}))
    latest = min(said.get(v.LATEST, {""}))
    depth = max((int(term.split('"')[1]) for term in said.get(v.AFTER_DEPTH, ())), default=0)
    return (latest or earliest, earliest, depth)


def _verdict(event: _Event, counted: _Positions, pledges: set[str], unanswered: set[str]) -> tuple[str, set[str]]:
    """The first status that fits, and the statements that it rests on."""
    latest: dict[str, _When] = {}
    for (actor, _, _), (when, _) in counted.items():
        latest[actor] = max(latest.get(actor, when), when)
    last = {place: statements for place, (when, statements) in counted.items() if when == latest[place[0]]}
    affirming = {actor for actor, _, affirms in last if affirms}
    denying = {actor for actor, _, affirms in last if not affirms}
    basis = set().union(*last.values())
    if event.doers and affirming and not denying and affirming <= event.doers:
        return "self-claimed", basis
    if affirming & event.parties and not denying:
        return "acknowledged", basis
    if affirming and denying:
        return "contested", basis
    if affirming:
        return "alleged", basis
    if denying:
        return "denied", basis
    if pledges:
        return "pledged", pledges
    if unanswered:
        return "unanswered", unanswered
    return "reported", set()


def _lines(event: str, status: str, basis: set[str], base: str) -> set[str]:
    node = f"<{base}status/{iris.digest(event, LATEST_POSITION)}>"
    lines = {
        f"{node} <{v.TYPE}> <{v.STATUS_ASSESSMENT}>",
        f"{node} <{v.ASSESSES}> <{event}>",
        f"{node} <{v.POLICY}> <{LATEST_POSITION}>",
        f"{node} <{v.STATUS}> <{_STATUS}{status}>",
    }
    return lines | {f"{node} <{v.BASIS}> <{statement}>" for statement in basis}
