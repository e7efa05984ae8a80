"""Label Studio: a JSON file with one task, to be imported into a project, as :mod:`kgbuild.readers.labelstudio` reads it.

A mention is a region of the control ``label``; what is said of a unit are answers at its first region, named as
``kgbuild labels --for labelstudio`` names the controls. Arguments and relations are relations between regions, ``coreference`` joins the
regions of one thing. Metadata stand in the task's data; who annotated and what a unit's kind is stand beside the file too, in
``NAME.meta.json``, since a task has room for some of it only. Label Studio has no regions of several parts, and nothing without a region.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any

import msgspec

from kgbuild import iris
from kgbuild.document import Arg, Document, Kind, Mention, Scalar, Unit
from kgbuild.readers.arguments import arguments
from kgbuild.readers.joining import is_coreference
from kgbuild.readers.kinds import kind_of
from kgbuild.readers.labelstudio.controls import is_attribute
from kgbuild.readers.links import link as read_link
from kgbuild.readers.metadata import metadata
from kgbuild.writers.beside import beside
from kgbuild.writers.losses import Losses
from kgbuild.writers.spelling import ROOTS, in_note, one_line, scalar
from kgbuild.writers.writer import Written

#: names of the controls, and of the text's field and object
LABEL, TEXT, LINK, NAME, ARGUMENTS = "label", "text", "link", "name", "arguments"
Node = dict[str, Any]


class LabelStudio:
    """Writes tasks of Label Studio. ``choices``: attributes that the labelling configuration offers as choices, not as free text."""

    name = "labelstudio"

    def __init__(self, choices: Set[str] = frozenset()) -> None:
        self._choices = choices

    def write(self, document: Document) -> Written:
        """Write a task, and what stands beside it; nothing where there is no text."""
        losses = Losses(document, "Label Studio")
        if document.text is None or not document.text.strip():
            losses.reject("the document has no text to annotate")
            return Written({}, tuple(losses))
        task = _Task(document, document.text, self._choices, losses)
        files = {".json": msgspec.json.format(msgspec.json.encode([task.node()]), indent=1) + b"\n"}
        return Written(files | {".meta.json": beside(document, task.units)}, tuple(losses))


WRITER = LabelStudio()


class _Task:
    """One task. ``units``: the id of its first region -> the unit, and the kind that it is read as."""

    def __init__(self, document: Document, text: str, choices: Set[str], losses: Losses) -> None:
        self._document = document
        self._text = text
        self._choices = choices
        self._losses = losses
        self._results: list[Node] = []
        self._relations: list[Node] = []
        self._taken: set[str] = set()
        self._ids: dict[str, str] = {}
        #: first region of a unit -> where it is
        self._places: dict[str, Node] = {}
        self._marks: dict[str, Node] = {}
        self.units: dict[str, tuple[Unit, Kind]] = {}
        things = [unit for unit in document.units if unit.kind != "relation"]
        for unit in things:
            self._mark(unit)
        for unit in things:
            if unit.id in self._ids:
                self._arguments(unit)
        for unit in document.units:
            if unit.kind == "relation":
                self._relation(unit)

    def node(self) -> Node:
        document, prov = self._document, self._document.prov
        kept = {name: value for name, value in document.meta.items() if metadata({name: value}, leave=("id", TEXT)) == ({name: value}, [])}
        result = [*self._results, *self._relations]
        if prov is not None and prov.status == "auto":
            made: Node = {"model_version": prov.annotator, "score": prov.confidence, "created_at": prov.created, "result": result}
            return {"data": {"id": document.id, TEXT: self._text, **kept}, "predictions": [_said(made)]}
        by = {"email": prov.annotator} if prov is not None and prov.annotator else None
        created = prov.created if prov is not None else None
        curated = True if prov is not None and prov.status == "curated" else None
        made = {"completed_by": by, "created_at": created, "ground_truth": curated, "result": result}
        return {"data": {"id": document.id, TEXT: self._text, **kept}, "annotations": [_said(made)]}

    # --- regions

    def _mark(self, unit: Unit) -> None:
        labels = [label.strip() for label in unit.labels if label.strip()] or [ROOTS[unit.kind]]
        places = []
        for mention in unit.mentions:
            place = self._place(unit, mention)
            if place is not None:
                places.append(place)
        if not places:
            self._losses.lose(unit.id, f"a {labels[0]} that stands nowhere in the text")
            return
        values = [{"start": begin, "end": end, "text": self._text[begin:end]} for begin, end in places]
        names = [self._region(unit.id)]
        names += [self._region(f"{unit.id}~{number}") for number in range(2, len(values) + 1)]
        for name, value in zip(names, values, strict=True):
            self._marks[name] = _result(name, LABEL, "labels", {**value, "labels": labels})
            self._results.append(self._marks[name])
        self._places[names[0]] = values[0]
        self._ids[unit.id] = names[0]
        self.units[names[0]] = (unit, kind_of(labels[0]))
        for other in names[1:]:
            self._join(names[0], other, "coreference")
        self._say(unit, names[0], values[0])

    def _place(self, unit: Unit, mention: Mention) -> tuple[int, int] | None:
        if not mention.spans:
            self._losses.lose(unit.id, f"a mention “{mention.text}” without a place in the text")
            return None
        self._losses.lose_details(unit, mention)
        begin, end = mention.spans[0][0], mention.spans[-1][1]
        if len(mention.spans) > 1:
            what = f"a mention in {len(mention.spans)} parts written as all that stands between them, “{one_line(self._text[begin:end])}”"
            self._losses.change(unit.id, what)
        return begin, end

    def _region(self, wanted: str) -> str:
        """An id of a region that is not taken, nor one that the reader gives to a relation: the unit's own where that can be one."""
        name = wanted.strip() or "region"
        while name in self._taken or name.startswith("relation-"):
            name = f"{name}~" if name in self._taken else f"~{name}"
        self._taken.add(name)
        return name

    # --- what is said of them

    def _say(self, unit: Unit, name: str, place: Node) -> None:
        for attribute, given in unit.attrs.items():
            values = [value for value in (given if isinstance(given, list) else [given]) if value != ""]
            if not values or not is_attribute(attribute) or attribute != attribute.strip():
                self._losses.lose(unit.id, f"the attribute {attribute!r}" + ("" if values else " with an empty value"))
                continue
            self._results += [_result(name, attribute, kind, place | value) for kind, value in self._answers(attribute, values)]
        links = [link for link in unit.links if self._is_held(unit, link)]
        if links:
            self._results.append(_result(name, LINK, "textarea", place | {"text": links}))
        if unit.name:
            self._results.append(_result(name, NAME, "textarea", place | {"text": [unit.name]}))
        self._losses.lose_prov(unit.id, unit.prov, kept=frozenset({"note", "confidence"}))
        marked = self._marks[name]
        if unit.prov is not None and unit.prov.confidence is not None:
            marked["score"] = unit.prov.confidence
        if unit.prov is not None and (lines := self._remark(unit, unit.prov.note)):
            marked["meta"] = {"text": lines}

    def _answers(self, attribute: str, values: list[Scalar]) -> list[tuple[str, Node]]:
        if attribute in self._choices or all(isinstance(value, bool) for value in values):
            return [("choices", {"choices": [scalar(value) for value in values]})]
        if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values):
            return [("number", {"number": value}) for value in values]
        return [("textarea", {"text": [scalar(value) for value in values]})]

    def _is_held(self, unit: Unit, link: str) -> bool:
        found = read_link(link) if link == one_line(link) and " " not in link else None
        if found is None:
            self._losses.lose(unit.id, f"the link {link!r}")
        elif iris.expand(found) != iris.expand(link):
            self._losses.change(unit.id, f"the link {link!r} is read as {found!r}")
        return found is not None

    def _remark(self, unit: Unit, note: str | None, *, attributes: bool = False) -> list[str]:
        """The lines of a note; those that would be read as an argument or an attribute are lost."""
        lines = list(dict.fromkeys(line.strip() for line in (note or "").split("\n") if line.strip()))
        if "\n".join(lines) != (note or ""):
            self._losses.change(unit.id, "white space or a line that stands twice in the note left out")
        misread = [line for line in lines if arguments(line)]
        for line in misread:
            self._losses.lose(unit.id, f"the note “{line}”, which would be read as {'an attribute' if attributes else 'an argument'}")
        return [line for line in lines if line not in misread]

    # --- what joins them

    def _join(self, source: str, target: str, label: str, **more: Any) -> None:
        relation = {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": [label]}
        self._relations.append(relation | _said(more))

    def _arguments(self, unit: Unit) -> None:
        own = self._ids[unit.id]
        lines = []
        for arg in unit.args:
            self._losses.lose_arg_attrs(unit, arg)
            target = self._ids.get(arg.target) if arg.target is not None else None
            if target is not None and self._is_arc(arg.role):
                self._join(own, target, arg.role)
            elif (line := self._literal(unit, arg)) is not None:
                lines.append(line)
        if lines:
            self._results.append(_result(own, ARGUMENTS, "textarea", self._places[own] | {"text": lines}))

    def _literal(self, unit: Unit, arg: Arg) -> str | None:
        """The line ``role=value`` of an argument whose filler is no region: a literal, or a thing outside the document."""
        line = in_note(arg)
        if line is None:
            filler = arg.target if arg.target is not None else scalar(arg.value if arg.value is not None else "")
            self._losses.lose(unit.id, f"the argument {arg.role}={filler}")
        return line

    def _is_arc(self, label: str) -> bool:
        return bool(label.strip()) and label == label.strip() and not is_coreference(label)

    def _relation(self, unit: Unit) -> None:
        args = list(unit.args)
        if [arg.role.casefold() for arg in args[:2]] == ["target", "source"]:
            args[:2] = reversed(args[:2])
        ends = [self._ids.get(arg.target) if arg.target is not None else None for arg in args[:2]]
        label = next((label for label in unit.labels if label.strip()), "relatedTo")
        if len(ends) < 2 or ends[0] is None or ends[1] is None or not self._is_arc(label):
            named = ", ".join(arg.target or scalar(arg.value if arg.value is not None else "") for arg in args)
            self._losses.lose(unit.id, f"the relation {label} between {named}")
            return
        for arg in args:
            self._losses.lose_arg_attrs(unit, arg)
        for other in unit.labels[1:]:
            self._losses.lose(unit.id, f"the label “{other}” beside “{label}”")
        for arg in args[2:]:
            self._losses.lose(unit.id, f"the third argument {arg.role!r} of a relation")
        for mention in unit.mentions:
            self._losses.lose(unit.id, f"the words “{mention.text}” of a relation")
        for what in (*unit.links, *([unit.name] if unit.name else [])):
            self._losses.lose(unit.id, f"the link or name {what!r} of a relation")
        self._losses.lose_prov(unit.id, unit.prov, kept=frozenset({"note", "confidence"}))
        notes = []
        for name, given in unit.attrs.items():
            for value in given if isinstance(given, list) else [given]:
                if (line := in_note(Arg(name, value=value))) is not None:
                    notes.append(line)
                else:
                    self._losses.lose(unit.id, f"the attribute {name}={scalar(value)} of a relation")
        notes += self._remark(unit, unit.prov.note if unit.prov is not None else None, attributes=True)
        score = unit.prov.confidence if unit.prov is not None else None
        self._join(ends[0], ends[1], label, notes="\n".join(notes) or None, score=score)
        self.units[f"relation-{len(self._relations)}"] = (unit, "relation")


def _result(name: str, control: str, kind: str, value: Node) -> Node:
    return {"id": name, "from_name": control, "to_name": TEXT, "type": kind, "origin": "manual", "value": value}


def _said(fields: Node) -> Node:
    return {name: value for name, value in fields.items() if value is not None}
