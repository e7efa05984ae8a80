"""Positions: who affirms and who denies what, and since when; which positions stand.

Two policies count alike but for interpretations: by ``latest-position`` an interpretation is its reader's position, by
``press-reading`` it counts for the speaker whose words are interpreted, at the time when they were uttered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.ontology import Ontology
from kgbuild.status.cases import Facts
from kgbuild.status.events import Event, Kind

_AFFIRMS = {iris.KGS + "polarity-affirms", iris.KGS + "polarity-presupposes"}
_DENIES = iris.KGS + "polarity-denies"
_PLEDGES = iris.KGS + "stance-pledges"
_UNANSWERED = {iris.KGS + "stance-evades", iris.KGS + "stance-declines-comment"}

#: a statement's place in time: its known bounds, then how many statements it comes after
When = tuple[str, str, int]
#: (actor, kind of what it is about, affirming) -> when last, and the statements of that moment
Positions = dict[tuple[str, Kind, bool], tuple[When, set[str]]]


@dataclass(slots=True)
class Heard:
    """What is said on the events of a case."""

    positions: Positions = field(default_factory=dict)
    pledges: dict[Kind, set[str]] = field(default_factory=dict)
    unanswered: dict[Kind, set[str]] = field(default_factory=dict)
    #: whether there is any statement at all
    spoken_of: bool = False

    def take(self, actor: str, kind: Kind, affirms: bool, when: When, statement: str) -> None:
        """Note a position; of one actor on one kind only the latest is kept."""
        known = self.positions.get((actor, kind, affirms))
        if known is None or when > known[0]:
            self.positions[actor, kind, affirms] = (when, {statement})
        elif when == known[0]:
            known[1].add(statement)


def hear(facts: Facts, events: dict[str, Event], ontology: Ontology, *, press_reading: bool = False) -> Heard:
    """Sort the statements of a case by what they do; ``press_reading``: interpretations count for whom they interpret."""
    heard = Heard()
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
        voices = list(_interpreted(facts, said)) if press_reading else []
        for polarity in {ontology.polarity(stance) for stance in said.get(v.READS_AS) or stances}:
            if polarity in _AFFIRMS or polarity == _DENIES:
                for voice in voices or [said]:
                    for actor in voice.get(v.SPEAKS_FOR) or voice.get(v.SPEAKER) or ():
                        for kind in kinds:
                            heard.take(actor, kind, polarity != _DENIES, _when(voice), statement)
    return heard


def reads_differ(facts: Facts) -> bool:
    """Claim that the policies may differ on a case: somebody's known words are interpreted there."""
    return any(True for said in facts.values() for _voice in _interpreted(facts, said))


def _interpreted(facts: Facts, said: dict[str, set[str]]) -> Iterator[dict[str, set[str]]]:
    """The utterances that a statement reads as something else, as far as their speakers are known."""
    if v.READS_AS in said:
        for utterance in said.get(v.INTERPRETS, ()):
            voice = facts.get(utterance, {})
            if v.SPEAKS_FOR in voice or v.SPEAKER in voice:
                yield voice


def _when(said: dict[str, set[str]]) -> When:
    """A statement's place in time. Undated ones come first."""
    earliest = max(said.get(v.EARLIEST, {""}))
    latest = min(said.get(v.LATEST, {""}))
    depth = max((int(term.split('"')[1]) for term in said.get(v.AFTER_DEPTH, ())), default=0)
    return (latest or earliest, earliest, depth)


def standing(positions: Positions, broader: dict[Kind, set[Kind]], narrower: dict[Kind, set[Kind]]) -> Positions:
    """The positions not given up: a denial falls by the actor's later affirmation of anything it denied, and the reverse."""
    standing: Positions = {}
    for (actor, kind, affirms), (when, statements) in positions.items():
        opposed = broader[kind] if affirms else narrower[kind]
        later = (positions.get((actor, other, not affirms)) for other in opposed)
        if not any(other is not None and other[0] > when for other in later):
            standing[actor, kind, affirms] = (when, statements)
    return standing
