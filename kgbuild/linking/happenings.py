"""Events: read from the store, given keys to be looked for by, compared by parties, dates, places and what it was about.

Keys are of three kinds. ``2|…`` two parties in a month: events that share both. ``1|…`` one party in a month, only for pairs of which one
event names no other. ``0|…`` parties with a place or an item, only for pairs of which one has no date.

Never offered: an event with what it is part of; a transfer that stands for the supply relation, which is all shipments together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

import msgspec

from kgbuild import vocabulary as v
from kgbuild.iris import KG
from kgbuild.linking.records import Happening
from kgbuild.linking.sources import Name, Source

SUB_EVENT_OF, PLACE, LOCATED_IN = KG + "subEventOf", KG + "place", KG + "locatedIn"
#: roles that mean the same at a meeting or a visit
_TOGETHER = frozenset(KG + name for name in ("participant", "host", "visitor"))
#: parties of one event that make keys: 6 make 15 pairs
_MOST_PARTIES = 6
#: an event that may have been in any of so many months counts as undated
_MOST_MONTHS = 36
#: days by which reports of one event are commonly off
_OFF = 3
_DEEPEST = 8


def events(source: Source, kind: str, classes: frozenset[str]) -> Iterator[Happening]:
    """Read the events of some classes."""
    predicates = (v.TYPE, v.EARLIEST, v.LATEST, v.STANDS_FOR, PLACE, v.ITEM_CLASS, SUB_EVENT_OF, *source.parties)
    for iri, facts in source.facts_of_classes(classes, predicates):
        made = _happening(source, iri, kind, facts)
        if made is not None:
            yield made


def _happening(source: Source, iri: str, kind: str, facts: list[tuple[str, str]]) -> Happening | None:
    parties: set[str] = set()
    strangers = 0
    gathered: dict[str, list[str]] = {
        v.TYPE: [],
        v.EARLIEST: [],
        v.LATEST: [],
        v.STANDS_FOR: [],
        PLACE: [],
        v.ITEM_CLASS: [],
        SUB_EVENT_OF: [],
    }
    for predicate, value in facts:
        if predicate in gathered:
            gathered[predicate].append(value)
        elif value.startswith(f"{source.base}article/"):
            strangers += 1
        else:
            parties.add(f"{'' if predicate in _TOGETHER else predicate[len(KG) :]} {value}")
    if not parties or gathered[v.STANDS_FOR]:
        return None
    classes = source.lowest(gathered[v.TYPE]) or (v.EVENT,)
    earliest, latest = min(gathered[v.EARLIEST], default=""), max(gathered[v.LATEST], default="")
    made = Happening(
        iri, kind, classes, tuple(sorted(parties)), strangers, earliest, latest, tuple(sorted(gathered[PLACE])),
        tuple(sorted(gathered[v.ITEM_CLASS])), tuple(sorted(_wholes(source, gathered[SUB_EVENT_OF]))),
    )  # fmt: skip
    keys, lone = _keys(made, source.ontology.root(classes[0]).rpartition("#")[2])
    return msgspec.structs.replace(made, keys=tuple(sorted(keys)), lone=tuple(sorted(lone)))


def _wholes(source: Source, parts_of: list[str]) -> set[str]:
    """What an event is part of, through any number of steps."""
    found = set(parts_of)
    waiting = list(parts_of)
    for _step in range(_DEEPEST):
        waiting = [whole for part in waiting for whole in source.objects(part, SUB_EVENT_OF) if whole not in found]
        found.update(waiting)
    return found


def _keys(event: Happening, root: str) -> tuple[set[str], set[str]]:
    parties = event.parties[:_MOST_PARTIES]
    pairs = [f"{one}|{other}" for one, other in combinations(parties, 2)]
    when = _months(event)
    keys = {f"2|{root}|{pair}|{month}" for pair in pairs for month in when}
    lone: set[str] = set()
    for party in parties:
        made = {f"1|{root}|{party}|{month}" for month in when}
        if len(event.parties) == 1:
            lone |= made
        else:
            keys |= made
    beside = {f"0|{root}|{group}|{thing}" for group in (pairs or parties) for thing in (*event.places, *event.items)}
    if when:
        keys |= beside
    else:
        lone |= beside
    return keys, lone


def _months(event: Happening) -> list[str]:
    """The months in which an event may have been, some days added; none where it is undated, or open, or might have been any time."""
    if not event.earliest or not event.latest:
        return []
    first, last = _day(event.earliest, -_OFF), _day(event.latest, _OFF)
    if first is None or last is None:
        return []
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 0 < count <= _MOST_MONTHS:
        return []
    return [f"{first.year + (first.month - 1 + n) // 12:04}-{(first.month - 1 + n) % 12 + 1:02}" for n in range(count)]


def _day(text: str, shift: int = 0) -> date | None:
    try:
        return date.fromisoformat(text[:10]) + timedelta(days=shift)
    except (ValueError, OverflowError):
        return None


def compare(one: Happening, other: Happening, source: Source, name: Name, least: float) -> tuple[float, str] | None:
    """Score two events: (score, why), or None where they cannot be one, or the score is less than ``least``."""
    if one.iri in other.wholes or other.iri in one.wholes or not source.may_be_one(one.classes, other.classes):
        return None
    parties = _by_parties(one, other, source, name)
    dates = _by_dates(one, other)
    if parties is None or dates is None:
        return None
    places, items = _by_places(one, other, source, name), _by_items(one, other, source, name)
    score = parties[0] + dates[0] + places[0] + items[0]
    # which articles tell of an event is asked of the store, and only lowers the score: so last
    articles = _by_articles(one, other, source) if score >= least else (0.0, "")
    if (score := score + articles[0]) < least:
        return None
    told = [*parties[1:], *dates[1:], *(said for worth, said in (places, items) if said and worth > 0)]
    against = [said for worth, said in (places, items, articles) if said and worth <= 0]
    return score, "; ".join([*told, *(f"but {reason}" for reason in against)])


def _by_parties(one: Happening, other: Happening, source: Source, name: Name) -> tuple[float, str] | None:
    mine, yours = set(one.parties), set(other.parties)
    if not (mine <= yours or yours <= mine):
        return None
    named = " and ".join(name(party.partition(" ")[2]) for party in sorted(mine & yours)[:3])
    if mine == yours and not one.strangers and not other.strangers:
        return (0.58 if len(mine) > 1 else 0.46), f"the same parties: {named}"
    more = " and ".join(name(party.partition(" ")[2]) for party in sorted(mine ^ yours)[:3])
    if len(mine) + one.strangers == len(yours) + other.strangers:
        unnamed = (
            f" (one names {more}, the other somebody it does not name)" if more else " (each has somebody beside whom it does not name)"
        )
        return 0.48, f"both have {named}{unnamed}"
    return (0.44 if len(mine & yours) > 1 else 0.36), f"both have {named}" + (f", one of them {more} too" if more else "")


def _by_dates(one: Happening, other: Happening) -> tuple[float, str] | None:
    mine, yours = (one.earliest, one.latest), (other.earliest, other.latest)
    if not any(mine) or not any(yours):
        return (-0.08, "one of them has no date") if any(mine) or any(yours) else (-0.1, "neither has a date")
    if mine == yours:
        return 0.3, f"on the same date: {_span(mine)}"
    if not all((*mine, *yours)):
        apart = (mine[1] and yours[0] and mine[1] < yours[0]) or (yours[1] and mine[0] and yours[1] < mine[0])
        return None if apart else (0.08, f"{_span(mine)} and {_span(yours)} may be one date")
    if (mine[0] <= yours[0] and yours[1] <= mine[1]) or (yours[0] <= mine[0] and mine[1] <= yours[1]):
        return 0.24, f"{_span(max(mine, yours, key=_length))} holds {_span(min(mine, yours, key=_length))}"
    if mine[0] <= yours[1] and yours[0] <= mine[1]:
        return 0.16, f"{_span(mine)} and {_span(yours)} overlap"
    later, earlier = _day(max(mine[0], yours[0])), _day(min(mine[1], yours[1]))
    days = (later - earlier).days if later and earlier else _OFF + 1
    if days > _OFF or max(_length(mine), _length(yours)) > _OFF:
        return None
    return 0.12 - 0.02 * days, f"{_span(mine)} and {_span(yours)} are {'a day' if days == 1 else f'{days} days'} apart"


def _span(bounds: tuple[str, str]) -> str:
    earliest, latest = bounds
    return earliest if earliest == latest else f"{earliest or '..'} to {latest or '..'}"


def _length(bounds: tuple[str, str]) -> int:
    first, last = _day(bounds[0]), _day(bounds[1])
    return (last - first).days if first and last else 0


def _by_places(one: Happening, other: Happening, source: Source, name: Name) -> tuple[float, str]:
    mine, yours = set(one.places), set(other.places)
    if not mine or not yours:
        return 0.0, ""
    if shared := mine & yours:
        return 0.1, f"in the same place: {name(min(shared))}"
    if any(yours & set(source.objects(place, LOCATED_IN)) for place in mine) or any(
        mine & set(source.objects(place, LOCATED_IN)) for place in yours
    ):
        return 0.06, f"{name(min(mine))} and {name(min(yours))} lie one in the other"
    return -0.18, f"one is in {name(min(mine))}, the other in {name(min(yours))}"


def _by_items(one: Happening, other: Happening, source: Source, name: Name) -> tuple[float, str]:
    mine, yours = set(one.items), set(other.items)
    if not mine or not yours:
        return 0.0, ""
    if mine == yours:
        return 0.08, f"both of {name(min(mine))}"
    if any(source.ontology.is_a(a, b) or source.ontology.is_a(b, a) for a in mine for b in yours):
        return 0.03, f"of {name(min(mine))} and {name(min(yours))}"
    return -0.3, f"one is of {name(min(mine))}, the other of {name(min(yours))}"


def _by_articles(one: Happening, other: Happening, source: Source) -> tuple[float, str]:
    mine, yours = (set(source.objects(event.iri, v.REPORTED_IN)) for event in (one, other))
    return (-0.3, "one article tells of both") if mine & yours else (0.0, "")
