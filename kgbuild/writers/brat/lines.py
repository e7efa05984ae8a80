"""The lines of a brat annotation file, put together unit by unit.

Text-bound lines first, then events, relations, equivalences, attributes, links and notes. An event or statement, and whatever has
arguments, is an event with a trigger for each of its mentions; the first of these events has the arguments, the others are joined to it.
"""

from __future__ import annotations

from collections import Counter

from kgbuild.document import Arg, Document, Kind, Mention, Span, Unit
from kgbuild.readers.arguments import arguments
from kgbuild.readers.brat.notes import is_date, is_edtf
from kgbuild.readers.kinds import kind_of
from kgbuild.writers.brat.links import reference
from kgbuild.writers.brat.spelling import role_in_note, typed
from kgbuild.writers.losses import Losses
from kgbuild.writers.spelling import ROOTS, in_note, one_line, scalar


class Lines:
    """The lines of one document. ``units``: what brat calls a unit -> the unit, and the kind that it is read as."""

    def __init__(self, document: Document, losses: Losses) -> None:
        assert document.text is not None
        self._text = document.text
        self._losses = losses
        self.units: dict[str, tuple[Unit, Kind]] = {}
        self._numbers: Counter[str] = Counter()
        self._groups: dict[str, list[str]] = {letter: [] for letter in "TER*AN#"}
        #: unit -> its id in brat
        self._ids: dict[str, str] = {}
        self._triggers: dict[str, list[str]] = {}
        things = [unit for unit in document.units if unit.kind != "relation"]
        for unit in things:
            self._place(unit)
        for unit in things:
            if unit.id in self._triggers:
                self._event(unit)
        for unit in document.units:
            if unit.kind == "relation":
                self._relation(unit)
            if unit.id in self._ids:
                self._say(unit, self._ids[unit.id])

    def encoded(self) -> bytes:
        """The file."""
        return "".join(f"{line}\n" for lines in self._groups.values() for line in lines).encode()

    def _add(self, letter: str, rest: str) -> str:
        """Number a line and keep it; return its id."""
        self._numbers[letter] += 1
        name = f"{letter}{self._numbers[letter]}"
        self._groups[letter].append(f"{name}\t{rest}")
        return name

    # --- where units stand

    def _place(self, unit: Unit) -> None:
        """Write the mentions of a unit, as triggers where it is an event in brat."""
        label = self._label(unit, ROOTS[unit.kind])
        placed: dict[tuple[Span, ...], Mention] = {}
        for mention in unit.mentions:
            if not mention.spans:
                self._losses.lose(unit.id, f"a mention “{mention.text}” without a place in the text")
            elif mention.spans in placed:
                self._losses.lose(unit.id, "a second mention on the same stretch of text")
            else:
                placed[mention.spans] = mention
                self._losses.lose_details(unit, mention)
        if not placed:
            self._losses.lose(unit.id, f"a {label} that stands nowhere in the text")
            return
        lines = [self._add("T", f"{label} {_offsets(spans)}\t{self._covered(spans)}") for spans in placed]
        if unit.kind in ("event", "statement") or unit.args:
            events = [f"E{self._numbers['E'] + number}" for number in range(1, len(lines) + 1)]
            self._numbers["E"] += len(events)
            self._triggers[unit.id] = [f"{event}\t{label}:{line}" for event, line in zip(events, lines, strict=True)]
            lines = events
        self._ids[unit.id] = lines[0]
        self.units[lines[0]] = (unit, kind_of(label, is_trigger=unit.id in self._triggers))
        if len(lines) > 1:
            self._groups["*"].append(f"*\tCoreference {' '.join(lines)}")

    def _label(self, unit: Unit, root: str) -> str:
        labels = [label for label in unit.labels if label.strip()]
        for label in labels[1:]:
            self._losses.lose(unit.id, f"the label “{label}” beside “{labels[0]}”")
        if not labels:
            return root
        return self._spelled(unit, "label", labels[0])

    def _spelled(self, unit: Unit, what: str, word: str) -> str:
        written = typed(word)
        if written != word:
            self._losses.change(unit.id, f"{what} “{word}” written as “{written}”")
        return written

    def _covered(self, spans: tuple[Span, ...]) -> str:
        covered = " ".join(self._text[begin:end] for begin, end in spans)
        return covered.translate({ord(char): " " for char in "\t\n\r"})

    # --- what joins them

    def _event(self, unit: Unit) -> None:
        first, *others = self._triggers[unit.id]
        counts: Counter[str] = Counter()
        fillers = []
        roles = {arg.role for arg in unit.args}
        for arg in unit.args:
            self._losses.lose_arg_attrs(unit, arg)
            filler = self._ids.get(arg.target) if arg.target is not None else None
            if filler is None or not typed(arg.role):
                self._unlinked(unit, arg)
                continue
            role = self._spelled(unit, "role", arg.role)
            bare = role.rstrip("0123456789")
            if bare != role and bare in roles:
                self._losses.change(unit.id, f"role “{role}” beside “{bare}”: the number is taken for brat's own")
            counts[role] += 1
            fillers.append(f" {role}{counts[role] if counts[role] > 1 else ''}:{filler}")
        self._groups["E"] += [first + "".join(fillers), *others]

    def _unlinked(self, unit: Unit, arg: Arg) -> None:
        """An argument whose filler is no mark in the text: a literal, or a thing outside the document."""
        role = role_in_note(arg.role)
        note = in_note(Arg(role, arg.target, arg.value)) if role != "name" else None  # that note is the unit's own name
        if note is None:
            outside = f"{arg.role!r} to {arg.target!r}, which is not in the text"
            self._losses.lose(unit.id, f"the argument {outside if arg.value is None else f'{arg.role}={scalar(arg.value)}'}")
        else:
            if role != arg.role:
                self._losses.change(unit.id, f"role “{arg.role}” written as “{role}”")
            self._note(self._ids[unit.id], note)

    def _relation(self, unit: Unit) -> None:
        ends = [self._ids.get(arg.target) if arg.target is not None else None for arg in unit.args[:2]]
        for arg in unit.args:
            self._losses.lose_arg_attrs(unit, arg)
        if len(ends) < 2 or None in ends:
            named = ", ".join(arg.target or scalar(arg.value or "") for arg in unit.args)
            label = unit.labels[0] if unit.labels else ""
            self._losses.lose(unit.id, f"the relation {label} between {named}, not both of which stand in the text")
            return
        for arg in unit.args[2:]:
            self._losses.lose(unit.id, f"the third argument {arg.role!r} of a relation")
        for mention in unit.mentions:
            self._losses.lose(unit.id, f"the words “{mention.text}” of a relation")
        if [arg.role.casefold() for arg in unit.args[:2]] == ["target", "source"]:
            ends.reverse()
        elif [arg.role.casefold() for arg in unit.args[:2]] not in (["source", "target"], ["arg1", "arg2"]):
            self._losses.change(unit.id, f"ends “{unit.args[0].role}” and “{unit.args[1].role}” written as Arg1 and Arg2")
        label = self._label(unit, ROOTS["relation"])
        name = self._add("R", f"{label} Arg1:{ends[0]} Arg2:{ends[1]}")
        self._ids[unit.id] = name
        self.units[name] = (unit, "relation")

    # --- what is said of them

    def _say(self, unit: Unit, name: str) -> None:
        of_date = name.startswith("T") and is_date(unit.labels[0] if unit.labels else "")
        self._links(unit, name)
        for attribute, values in unit.attrs.items():
            for value in values if isinstance(values, list) else [values]:
                single = not isinstance(values, list) or len(values) == 1
                if attribute == "edtf" and of_date and single and isinstance(value, str) and is_edtf(value) and value == one_line(value):
                    self._note(name, value)
                else:
                    self._attribute(unit, name, attribute, value if isinstance(value, bool) else scalar(value))
        self._losses.lose_prov(unit.id, unit.prov, kept=frozenset({"note"}))
        if unit.prov is not None and unit.prov.note is not None:
            self._remark(unit, name, unit.prov.note, of_date=of_date)

    def _attribute(self, unit: Unit, name: str, attribute: str, value: str | bool) -> None:
        if not typed(attribute) or value == "":
            self._losses.lose(unit.id, f"the attribute {attribute!r}" + ("" if value else " with an empty value"))
            return
        written = "" if value is True else " false" if value is False else f" {one_line(value)}"
        if isinstance(value, str) and value != one_line(value):
            if not one_line(value):
                self._losses.lose(unit.id, f"the attribute {attribute!r} with nothing but white space")
                return
            self._losses.change(unit.id, f"white space in the value of the attribute “{attribute}” squashed")
        self._add("A", f"{self._spelled(unit, 'attribute', attribute)} {name}{written}")

    def _links(self, unit: Unit, name: str) -> None:
        told = unit.name is None
        for link in unit.links:
            database = reference(link)
            if database is None:
                self._losses.lose(unit.id, f"the link {link!r}")
                continue
            title = unit.name if unit.name and unit.name == one_line(unit.name) else ""
            told = told or bool(title)
            self._add("N", f"Reference {name} {database}\t{title}")
        if not told:
            assert unit.name is not None
            note = in_note(Arg("name", value=unit.name)) if unit.kind != "relation" else None
            if note is None:
                self._losses.lose(unit.id, f"the name “{unit.name}”")
            else:
                self._note(name, note)

    def _remark(self, unit: Unit, name: str, text: str, *, of_date: bool) -> None:
        lines = [line for line in (one_line(line) for line in text.split("\n")) if line]
        if "\n".join(lines) != text:
            self._losses.change(unit.id, "white space in the note squashed")
        for line in lines:
            if arguments(line) or (of_date and is_edtf(line)):
                self._losses.lose(unit.id, f"the note “{line}”, which would be read as a value")
            else:
                self._note(name, line)

    def _note(self, name: str, text: str) -> None:
        self._add("#", f"AnnotatorNotes {name}\t{text}")


def _offsets(spans: tuple[Span, ...]) -> str:
    return ";".join(f"{begin} {end}" for begin, end in spans)
