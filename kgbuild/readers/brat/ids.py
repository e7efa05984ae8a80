"""What the ids of one document stand for: which lines are one thing, and which unit a line names.

A trigger is where its event shows, and no unit of its own, unless its type is another than the event's. What an equivalence set joins is
one unit, under the id of its first member. An id of an attribute, a link or a note stands for what that is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from kgbuild.readers.brat.remarks import Place, Remarks
from kgbuild.readers.brat.standoff import Event, Relation, Same, Standoff, TextBound

__all__ = ["SHARING", "Ids"]

#: events of one trigger that what is said of the trigger is said of
SHARING = 100
#: notes on attributes, notes on those …: steps from a note to what it is about
_DEEPEST = 8

_Line = TypeVar("_Line", TextBound, Event, Relation)


class Ids:
    """The ids of one document; what is wrong with them is noted."""

    def __init__(self, standoff: Standoff, remarks: Remarks) -> None:
        self._remarks = remarks
        self.textbounds = self._by_id(standoff.textbounds)
        self.events = self._by_id(standoff.events)
        self.relations = self._by_id(standoff.relations)
        #: attribute, link or note -> what it is about
        self._about = {line.id: line.target for lines in (standoff.attributes, standoff.links, standoff.notes) for line in lines}
        #: trigger -> its events
        self.events_of: dict[str, list[str]] = {}
        for event in self.events.values():
            trigger = self.textbounds.get(event.trigger)
            if trigger is not None and trigger.type == event.type:
                self.events_of.setdefault(trigger.id, []).append(event.id)
        #: member of a set -> the first member, or one that leads there
        self._first: dict[str, str] = {}
        for same in standoff.same:
            self._join(same)
        self._members: dict[str, list[str]] = {}
        for member in sorted(self._first, key=self._rank):
            self._members.setdefault(self.one(member), []).append(member)

    def members(self, name: str) -> list[str]:
        """The text-bound lines or events that are one unit with the one of this id: all of them for the first, none for the others."""
        if name not in self._first:
            return [name]
        return self._members[name] if self.one(name) == name else []

    def place(self, unit: str) -> Place | None:
        """The line that a unit's first place in the text is given in."""
        event = self.events.get(unit)
        line = self.textbounds.get(event.trigger if event else unit) or event or self.relations.get(unit)
        return line.at if line else None

    def _by_id(self, lines: Iterable[_Line]) -> dict[str, _Line]:
        found: dict[str, _Line] = {}
        repeated: dict[str, int] = {}
        for line in lines:
            first = found.setdefault(line.id, line)
            if first is line:
                continue
            if first._replace(at=line.at) == line:
                message = f"{line.id} stands twice, in the same words; remove one"
                self._remarks.note("id-repeated", "kept", message, line.id, line.at)
                continue
            number = repeated.get(line.id, 1) + 1
            while (name := f"{line.id}-{number}") in found:
                number += 1
            repeated[line.id] = number
            found[name] = line._replace(id=name)
            message = f"{line.id} stands twice, with different words: here it is called {name}, and all that name {line.id} mean the first"
            self._remarks.note("id-repeated", "kept", message + "; give it a number of its own", name, line.at)
        return found

    def one(self, member: str) -> str:
        """The unit that a text-bound line or an event is, or is a part of."""
        while (first := self._first.get(member, member)) != member:
            self._first[member] = self._first.get(first, first)
            member = first
        return member

    def named(self, name: str) -> list[str]:
        """The units that an id stands for: several where it is a trigger of several events, none where nothing has it."""
        for _step in range(_DEEPEST):
            name = self._about.get(name, name)
        if name in self.events_of:
            return list(dict.fromkeys(map(self.one, self.events_of[name][:SHARING])))
        if name in self.textbounds or name in self.events:
            return [self.one(name)]
        return [name] if name in self.relations else []

    def filler(self, name: str, role: str, of: str, at: Place) -> str | None:
        """The one unit that an argument names, or None, which is noted."""
        units = self.named(name)
        if not units:
            message = f"{role} of {of} names {name}, which the document does not have; it was left out, correct the id"
            self._remarks.note("reference-missing", "skipped", message, of, at)
            return None
        if len(units) > 1:
            message = f"{role} of {of} names the trigger {name} of {', '.join(units[:5])}: {units[0]} is meant; name the event"
            self._remarks.note("trigger-named", "kept", message, of, at)
        return units[0]

    def _join(self, same: Same) -> None:
        members: dict[bool, list[str]] = {}
        for name in dict.fromkeys(same.members):
            unit = self.filler(name, "a member", "an equivalence set", same.at)
            if unit in self.relations:
                message = f"the set joins {name}, a relation: only things and events can be one with others; it was left out of the set"
                self._remarks.note("set-member", "skipped", message, name, same.at)
            elif unit is not None:
                members.setdefault(unit in self.events, []).append(unit)
        if len(members) > 1:
            ways = " and ".join(" ".join(units) for units in members.values())
            message = f"the set joins things with events: {ways} are joined each among themselves; write two sets"
            self._remarks.note("set-mixed", "kept", message, members[True][0], same.at)
        for units in members.values():
            first = min(map(self.one, units), key=self._rank)
            for unit in units:
                self._first[self.one(unit)] = first
                self._first.setdefault(unit, first)

    def _rank(self, unit: str) -> tuple[int, str]:
        line = self.textbounds.get(unit) or self.events[unit]
        return line.at.line, unit
