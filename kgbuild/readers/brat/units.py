"""From the lines of one document to its units, and what is said of each.

Attributes, notes and links go to the unit that they name: of a trigger, to each event that it stands for; of an attribute or a link, to
what that names. Of a set of equal things each is a mention.
"""

from __future__ import annotations

from kgbuild.document import Arg, Kind, Mention, Prov, Scalar, Unit
from kgbuild.readers.arguments import arguments
from kgbuild.readers.brat import notes
from kgbuild.readers.brat.configuration import Configuration
from kgbuild.readers.brat.ids import SHARING, Ids
from kgbuild.readers.brat.passages import Passages
from kgbuild.readers.brat.remarks import Place, Remarks
from kgbuild.readers.brat.standoff import Event, Relation, Standoff, TextBound
from kgbuild.readers.kinds import kind_of

__all__ = ["Units"]


class _Said:
    """What is said of one unit beside its own line."""

    __slots__ = ("_values", "args", "links", "name", "notes")

    def __init__(self) -> None:
        self.args: list[Arg] = []
        self.links: dict[str, None] = {}
        self.name: str | None = None
        self.notes: list[str] = []
        #: name -> values, each once: True and 1 are two
        self._values: dict[str, dict[tuple[type, Scalar], None]] = {}

    def add(self, name: str, value: Scalar) -> None:
        """One value of an attribute; several make a list."""
        self._values.setdefault(name, {})[type(value), value] = None

    def has(self, name: str) -> bool:
        """Whether an attribute has a value."""
        return name in self._values

    @property
    def attrs(self) -> dict[str, Scalar | list[Scalar]]:
        """The attributes as a unit has them."""
        listed = {name: [value for _, value in values] for name, values in self._values.items()}
        return {name: values[0] if len(values) == 1 else values for name, values in listed.items()}


class Units:
    """The units of one document."""

    def __init__(self, standoff: Standoff, ids: Ids, passages: Passages, configuration: Configuration, remarks: Remarks) -> None:
        self._standoff = standoff
        self._ids = ids
        self._passages = passages
        self._configuration = configuration
        self._remarks = remarks
        self._kinds: dict[str, Kind] = {}
        self._said: dict[str, _Said] = {}
        self._say()

    def all(self) -> tuple[Unit, ...]:
        """Every unit: text-bound ones, then events, then relations, each in the order of their lines."""
        units = [unit for line in self._ids.textbounds.values() if line.id not in self._ids.events_of and (unit := self._entity(line))]
        units += [unit for event in self._ids.events.values() if (unit := self._event(event))]
        units += [unit for relation in self._ids.relations.values() if (unit := self._relation(relation))]
        return tuple(units)

    # --- what is said of units

    def _to(self, name: str, of: str, at: Place) -> list[_Said]:
        units = self._ids.named(name)
        if not units:
            message = f"{of} is about {name}, which the document does not have; it was left out, correct the id"
            self._remarks.note("reference-missing", "skipped", message, name, at)
        if len(self._ids.events_of.get(name, ())) > SHARING:
            message = f"{of} is about {name}, the trigger of more than {SHARING} events: taken for the first {SHARING}; name the event"
            self._remarks.note("trigger-named", "kept", message, name, at)
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
                said.links[target] = None
        for note in self._standoff.notes:
            for said in self._to(note.target, note.id, note.at):
                self._note(said, note.type, note.text, note.target)

    def _note(self, said: _Said, kind: str, text: str, about: str) -> None:
        if not text:
            return
        if kind != "AnnotatorNotes":
            said.notes.append(f"{kind}: {text}")
            return
        line = self._ids.textbounds.get(about)
        of_date = line is not None and notes.is_date(line.type)
        if of_date and not said.has("edtf") and notes.is_edtf(text):
            said.add("edtf", text)
            return
        given = arguments(text) if about in self._ids.textbounds or about in self._ids.events or about in self._ids.relations else []
        for arg in given:
            value = arg.target if arg.value is None else arg.value
            if value is not None and (about in self._ids.relations or (of_date and arg.role == "edtf")):
                said.add(arg.role, str(value) if arg.role == "edtf" else value)
            elif arg.role == "name":
                said.name = said.name or str(value)
            else:
                said.args.append(arg)
        if not given:
            said.notes.append(text)

    # --- units

    def _entity(self, line: TextBound) -> Unit | None:
        members = self._ids.members(line.id)
        if not members:
            return None
        if len(members) == 1:
            mention = self._passages.mention(line, None)
            return self._unit(line.id, self._kind(line.type), (line.type,), (mention,) if mention else (), ())
        lines = [self._ids.textbounds[member] for member in members]
        mentions = tuple(mention for one in lines if (mention := self._passages.mention(one, one.id)))
        return self._unit(line.id, self._kind(line.type), tuple(dict.fromkeys(one.type for one in lines)), mentions, ())

    def _kind(self, label: str) -> Kind:
        """The kind of what is no event: an event all the same, where the configuration knows the type as one alone."""
        kind = self._kinds.get(label)
        if kind is None:
            is_event = label in self._configuration.events and label not in self._configuration.entities
            kind = self._kinds[label] = kind_of(label, is_trigger=is_event)
        return kind

    def _event(self, event: Event) -> Unit | None:
        events = [self._ids.events[member] for member in self._ids.members(event.id)]
        if not events:
            return None
        mentions: dict[str, Mention] = {}
        args: dict[tuple[str, str], Arg] = {}
        for one in events:
            trigger = self._ids.textbounds.get(one.trigger)
            if trigger is None:
                what = f"its trigger {one.trigger} is not in the document" if one.trigger else "it names no trigger"
                self._remarks.note("trigger-missing", "kept", f"{one.id}: {what}; the event has no place in the text", one.id, one.at)
            elif trigger.id not in mentions and (mention := self._passages.mention(trigger, trigger.id)):
                mentions[trigger.id] = mention
            roles = frozenset(role for role, _ in one.args)
            declared = self._configuration.roles.get(one.type, frozenset())
            for role, name in one.args:
                unit = self._ids.filler(name, role, one.id, one.at)
                if unit is not None:
                    bare = _unnumbered(role, roles, declared)
                    args[bare, unit] = Arg(bare, target=unit)
        types = tuple(dict.fromkeys(one.type for one in events))
        return self._unit(event.id, kind_of(event.type, is_trigger=True), types, tuple(mentions.values()), tuple(args.values()))

    def _relation(self, line: Relation) -> Unit | None:
        ends = [(role, unit) for role, name in line.args if (unit := self._ids.filler(name, role, line.id, line.at)) is not None]
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
        return self._unit(line.id, "relation", (line.type,), (), tuple(Arg(role, target=unit) for role, unit in ends))

    def _unit(self, name: str, kind: Kind, labels: tuple[str, ...], mentions: tuple[Mention, ...], args: tuple[Arg, ...]) -> Unit:
        label = labels[0] if len(labels) == 1 else labels
        said = self._said.get(name)
        if said is None:
            return Unit(name, kind, label, None, mentions, args)
        note = Prov(note="\n".join(said.notes)) if said.notes else None
        return Unit(name, kind, label, said.name, mentions, (*args, *said.args), tuple(said.links), said.attrs, note)


def _unnumbered(role: str, roles: frozenset[str], declared: frozenset[str]) -> str:
    """A role without the number that brat gives to one that is repeated: where the bare role is declared, or stands beside it."""
    bare = role.rstrip("0123456789")
    return bare if bare and bare != role and role not in declared and (bare in declared or bare in roles) else role
