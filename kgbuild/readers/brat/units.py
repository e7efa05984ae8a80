"""From the lines of one document to its units: which ids are one thing, and what is said of each.

A trigger is where its event shows, and no unit of its own, unless its type is another than the event's. What an equivalence set joins is
one unit with several mentions, under the id of its first member. Attributes, notes and links go to the unit that they name: of a trigger,
to each event that it stands for; of an attribute or link, to what that names.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from kgbuild.document import Arg, Kind, Mention, Prov, Scalar, Unit
from kgbuild.readers.brat import notes
from kgbuild.readers.brat.configuration import Configuration
from kgbuild.readers.brat.passages import Passages
from kgbuild.readers.brat.remarks import Place, Remarks
from kgbuild.readers.brat.standoff import Event, Relation, Same, Standoff, TextBound
from kgbuild.readers.kinds import kind_of

__all__ = ["Units"]

_Line = TypeVar("_Line", TextBound, Event, Relation)


class _Said:
    """What is said of one unit beside its own line."""

    __slots__ = ("args", "attrs", "links", "name", "notes")

    def __init__(self) -> None:
        self.args: list[Arg] = []
        self.attrs: dict[str, Scalar | list[Scalar]] = {}
        self.links: list[str] = []
        self.name: str | None = None
        self.notes: list[str] = []

    def add(self, name: str, value: Scalar) -> None:
        """One value of an attribute; several make a list."""
        known = self.attrs.get(name)
        if known is None:
            self.attrs[name] = value
        elif isinstance(known, list):
            if value not in known:
                known.append(value)
        elif known != value:
            self.attrs[name] = [known, value]


_NOTHING = _Said()


class Units:
    """The units of one document."""

    def __init__(self, standoff: Standoff, passages: Passages, configuration: Configuration, remarks: Remarks) -> None:
        self._standoff = standoff
        self._passages = passages
        self._configuration = configuration
        self._remarks = remarks
        self._textbounds = self._by_id(standoff.textbounds)
        self._events = self._by_id(standoff.events)
        self._relations = self._by_id(standoff.relations)
        #: attribute, link or note -> what it is about
        self._about = {line.id: line.target for lines in (standoff.attributes, standoff.links, standoff.notes) for line in lines}
        #: trigger -> its events
        self._events_of: dict[str, list[str]] = {}
        for event in self._events.values():
            trigger = self._textbounds.get(event.trigger)
            if trigger is not None and trigger.type == event.type:
                self._events_of.setdefault(trigger.id, []).append(event.id)
        #: member of a set -> the first member
        self._first: dict[str, str] = {}
        self._joined: dict[str, list[str]] = {}
        for same in standoff.same:
            self._join(same)
        for member in sorted(self._first, key=self._rank):
            self._joined.setdefault(self._one(member), []).append(member)
        self._said: dict[str, _Said] = {}
        self._say()

    def all(self) -> tuple[Unit, ...]:
        """Every unit: text-bound ones, then events, then relations, each in the order of their lines."""
        units = [unit for line in self._textbounds.values() if line.id not in self._events_of and (unit := self._entity(line))]
        units += [unit for event in self._events.values() if (unit := self._event(event))]
        units += [unit for relation in self._relations.values() if (unit := self._relation(relation))]
        return tuple(units)

    def place(self, unit: str) -> Place | None:
        """The line that a unit's first place in the text is given in."""
        event = self._events.get(unit)
        line = self._textbounds.get(event.trigger if event else unit) or event or self._relations.get(unit)
        return line.at if line else None

    # --- ids

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

    def _one(self, member: str) -> str:
        """The unit that a text-bound line or an event is, or is a part of."""
        while (first := self._first.get(member, member)) != member:
            self._first[member] = self._first.get(first, first)
            member = first
        return member

    def _named(self, name: str) -> list[str]:
        """The units that an id stands for: several where it is a trigger of several events, none where nothing has it."""
        seen = set()
        while (about := self._about.get(name)) is not None and name not in seen:
            seen.add(name)
            name = about
        if name in self._events_of:
            return list(dict.fromkeys(map(self._one, self._events_of[name])))
        if name in self._textbounds or name in self._events:
            return [self._one(name)]
        return [name] if name in self._relations else []

    def _filler(self, name: str, role: str, of: str, at: Place) -> str | None:
        """The one unit that an argument names, or None, which is noted."""
        units = self._named(name)
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
            unit = self._filler(name, "a member", "an equivalence set", same.at)
            if unit in self._relations:
                message = f"the set joins {name}, a relation: only things and events can be one with others; it was left out of the set"
                self._remarks.note("set-member", "skipped", message, name, same.at)
            elif unit is not None:
                members.setdefault(unit in self._events, []).append(unit)
        if len(members) > 1:
            ways = " and ".join(" ".join(units) for units in members.values())
            message = f"the set joins things with events: {ways} are joined each among themselves; write two sets"
            self._remarks.note("set-mixed", "kept", message, members[True][0], same.at)
        for units in members.values():
            first = min(map(self._one, units), key=self._rank)
            for unit in units:
                self._first[self._one(unit)] = first
                self._first.setdefault(unit, first)

    def _rank(self, unit: str) -> tuple[int, str]:
        line = self._textbounds.get(unit) or self._events[unit]
        return line.at.line, unit

    # --- what is said of units

    def _to(self, name: str, of: str, at: Place) -> list[_Said]:
        units = self._named(name)
        if not units:
            message = f"{of} is about {name}, which the document does not have; it was left out, correct the id"
            self._remarks.note("reference-missing", "skipped", message, name, at)
        return [self._said.setdefault(unit, _Said()) for unit in units]

    def _say(self) -> None:
        for attribute in self._standoff.attributes:
            for said in self._to(attribute.target, attribute.id, attribute.at):
                said.add(attribute.name, attribute.value)
        for line in self._standoff.links:
            target = notes.link(line.reference, self._configuration.bases)
            if target is None:
                database = line.reference.partition(":")[0]
                advice = f"give {database!r} an <URLBASE> in [normalization] of tools.conf"
                message = f"{line.id}: no address is known for {line.reference!r}; {advice}"
                self._remarks.note("link-unknown", "skipped", message, line.target, line.at)
                continue
            for said in self._to(line.target, line.id, line.at):
                said.name = said.name or line.text or None
                if target not in said.links:
                    said.links.append(target)
        for note in self._standoff.notes:
            for said in self._to(note.target, note.id, note.at):
                self._note(said, note.type, note.text, note.target)

    def _note(self, said: _Said, kind: str, text: str, about: str) -> None:
        if not text:
            return
        if kind != "AnnotatorNotes":
            said.notes.append(f"{kind}: {text}")
            return
        line = self._textbounds.get(about)
        of_date = line is not None and notes.is_date(line.type)
        if of_date and "edtf" not in said.attrs and notes.is_edtf(text):
            said.attrs["edtf"] = text
            return
        given = notes.arguments(text) if about in self._textbounds or about in self._events or about in self._relations else []
        for role, value in given:
            if about in self._relations or (of_date and role == "edtf"):
                said.add(role, str(value) if role == "edtf" else value)
            else:
                said.args.append(Arg(role, value=value))
        if not given:
            said.notes.append(text)

    # --- units

    def _entity(self, line: TextBound) -> Unit | None:
        lines = [line]
        if line.id in self._first:
            if self._one(line.id) != line.id:
                return None
            lines = [self._textbounds[member] for member in self._joined[line.id]]
        is_event = line.type in self._configuration.events and line.type not in self._configuration.entities
        alone = len(lines) == 1
        mentions = [mention for one in lines if (mention := self._passages.mention(one, None if alone else one.id))]
        return self._unit(line.id, kind_of(line.type, is_trigger=is_event), [one.type for one in lines], mentions, [])

    def _event(self, event: Event) -> Unit | None:
        events = [event]
        if event.id in self._first:
            if self._one(event.id) != event.id:
                return None
            events = [self._events[member] for member in self._joined[event.id]]
        mentions: list[Mention] = []
        args: list[Arg] = []
        for one in events:
            trigger = self._textbounds.get(one.trigger)
            if trigger is None:
                what = f"its trigger {one.trigger} is not in the document" if one.trigger else "it names no trigger"
                self._remarks.note("trigger-missing", "kept", f"{one.id}: {what}; the event has no place in the text", one.id, one.at)
            elif (mention := self._passages.mention(trigger, trigger.id)) and mention not in mentions:
                mentions.append(mention)
            roles = frozenset(role for role, _ in one.args)
            declared = self._configuration.roles.get(one.type, frozenset())
            for role, name in one.args:
                unit = self._filler(name, role, one.id, one.at)
                if unit is not None:
                    arg = Arg(_unnumbered(role, roles, declared), target=unit)
                    if arg not in args:
                        args.append(arg)
        return self._unit(event.id, kind_of(event.type, is_trigger=True), [one.type for one in events], mentions, args)

    def _relation(self, line: Relation) -> Unit | None:
        ends = [(role, unit) for role, name in line.args if (unit := self._filler(name, role, line.id, line.at)) is not None]
        if len(ends) < 2:
            message = f"{line.id}: the relation {line.type} needs two arguments; it was left out"
            self._remarks.note("relation-without-ends", "skipped", message, line.id, line.at)
            return None
        if len(ends) > 2:
            message = f"{line.id}: the relation {line.type} has {len(ends)} arguments, brat's have two: the first two were taken"
            self._remarks.note("relation-without-ends", "skipped", message + "; write an event for more", line.id, line.at)
        ends = ends[:2]
        if [role for role, _ in ends] == ["Arg2", "Arg1"]:
            ends.reverse()
        return self._unit(line.id, "relation", [line.type], [], [Arg(role, target=unit) for role, unit in ends])

    def _unit(self, name: str, kind: Kind, types: list[str], mentions: list[Mention], args: list[Arg]) -> Unit:
        said = self._said.get(name, _NOTHING)
        labels = tuple(dict.fromkeys(types))
        return Unit(
            id=name,
            kind=kind,
            label=labels[0] if len(labels) == 1 else labels,
            name=said.name,
            mentions=tuple(mentions),
            args=(*args, *said.args),
            links=tuple(said.links),
            attrs=said.attrs,
            prov=Prov(note="\n".join(said.notes)) if said.notes else None,
        )


def _unnumbered(role: str, roles: frozenset[str], declared: frozenset[str]) -> str:
    """A role without the number that brat gives to one that is repeated: where the bare role is declared, or stands beside it."""
    bare = role.rstrip("0123456789")
    return bare if bare and bare != role and role not in declared and (bare in declared or bare in roles) else role
