"""What the statements on an event, taken together, say of it, by the policies ``latest-position`` and ``press-reading``.

Model page, section 4. No yes or no is stored as truth: a status is computed from positions, with its basis. Per actor (a state, or a
speaker who speaks for none) the latest own affirming or denying statement counts; evading leaves the earlier position standing; an
interpretation is its reader's position only, but by press-reading the position of whoever is interpreted.

Transfers of one supply relation bear on each other as logic has it: who affirms the narrower transfer (of missiles, in 2023) affirms
the broader (of arms) and the relation; who denies the broader denies the narrower. A denial of a dated or itemised transfer therefore
never lowers the relation.

Events are assessed by *case*: a supply relation with all its transfers, or one other event. A case is a set of facts (lines), so that
it can come from one article's mapping, from a file of a large load, or from the store.
"""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.ontology import Ontology
from kgbuild.status.cases import OF_VOICES, RELEVANT, cases, read
from kgbuild.status.events import Event, Kind, events_of
from kgbuild.status.positions import Heard, Positions, When, hear, reads_differ, standing

__all__ = ["LATEST_POSITION", "OF_VOICES", "PRESS_READING", "RELEVANT", "assess", "cases"]

LATEST_POSITION, PRESS_READING = iris.KGS + "policy-latest-position", iris.KGS + "policy-press-reading"
_STATUS = iris.KGS + "status-"


def _always(ontology: Ontology, cls: str) -> bool:
    """Claim that events of a class have a status even if nobody says anything of them."""
    return ontology.is_a(cls, v.ARMS_TRANSFER) or ontology.is_a(cls, v.MILITARY_EVENT)


def assess(key: str, lines: Iterable[str], ontology: Ontology, *, base: str = iris.DATA) -> set[str]:
    """Assess a case: the lines that the derived graph holds on the event, or on the relation and each of its transfers.

    Beside a status by each policy: a transfer or supply relation that a party's state acknowledges by its own words is a
    kg:AcknowledgedSupply, from which the ontology's axioms go on.
    """
    facts = read(lines)
    events = events_of(key, facts)
    if key not in events or not (events[key].kind.whole or any(ontology.is_a(cls, v.EVENT) for cls in facts[key].get(v.TYPE, ()))):
        return set()
    heard = hear(facts, events, ontology)
    if not (heard.spoken_of or events[key].kind.whole or any(_always(ontology, cls) for cls in facts[key].get(v.TYPE, ()))):
        return set()
    kinds = {event.kind for event in events.values()}
    # kind -> the kinds that an event of this kind entails, and those that entail it; each includes itself
    broader = {kind: {other for other in kinds if kind.within(other, ontology)} for kind in kinds}
    narrower = {kind: {other for other in kinds if kind in broader[other]} for kind in kinds}
    latest = _verdicts(events, heard, broader, narrower)
    # most cases hold no interpretation: then both policies say the same
    press = latest
    if reads_differ(facts):
        press = _verdicts(events, hear(facts, events, ontology, press_reading=True), broader, narrower)
    assessments: set[str] = set()
    for event in events.values():
        assessments |= _lines(event.iri, LATEST_POSITION, *latest[event.kind], base)
        assessments |= _lines(event.iri, PRESS_READING, *press[event.kind], base)
        if latest[event.kind][0] == "acknowledged" and v.ACKNOWLEDGED_SUPPLY in ontology.classes:
            own = facts.get(event.iri, {}).get(v.TYPE, ())
            if (event.iri == key and event.kind.whole) or any(ontology.is_a(cls, v.ARMS_TRANSFER) for cls in own):
                assessments.add(f"<{event.iri}> <{v.TYPE}> <{v.ACKNOWLEDGED_SUPPLY}>")
    return assessments


def _verdicts(
    events: dict[str, Event], heard: Heard, broader: dict[Kind, set[Kind]], narrower: dict[Kind, set[Kind]]
) -> dict[Kind, tuple[str, set[str]]]:
    """The status of each kind of event, and the statements that it rests on."""
    stands = standing(heard.positions, broader, narrower)
    verdicts: dict[Kind, tuple[str, set[str]]] = {}
    for event in events.values():
        if event.kind not in verdicts:
            below, above = narrower[event.kind], broader[event.kind]
            counted = {place: position for place, position in stands.items() if place[1] in (below if place[2] else above)}
            pledges = set().union(*(heard.pledges.get(kind, ()) for kind in below))
            unanswered = set().union(*(heard.unanswered.get(kind, ()) for kind in above))
            verdicts[event.kind] = _verdict(event, counted, pledges, unanswered)
    return verdicts


def _verdict(event: Event, counted: Positions, pledges: set[str], unanswered: set[str]) -> tuple[str, set[str]]:
    """The first status that fits, and the statements that it rests on."""
    latest: dict[str, When] = {}
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


def _lines(event: str, policy: str, status: str, basis: set[str], base: str) -> set[str]:
    node = f"<{base}status/{iris.digest(event, policy)}>"
    lines = {
        f"{node} <{v.TYPE}> <{v.STATUS_ASSESSMENT}>",
        f"{node} <{v.ASSESSES}> <{event}>",
        f"{node} <{v.POLICY}> <{policy}>",
        f"{node} <{v.STATUS}> <{_STATUS}{status}>",
    }
    return lines | {f"{node} <{v.BASIS}> <{statement}>" for statement in basis}
