"""The results of one annotation as units: regions with what was asked about each, edges between them, answers about the whole text.

All results of one ``id`` are one region: its labels, and the answers of controls that ask per region. A control is known by its name
(``from_name``): ``link``, ``name``, ``note`` and ``arguments`` have their meaning for us, any other is an attribute of that name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kgbuild.document import Arg, Attrs, Mention, Prov, Scalar, Severity, Unit
from kgbuild.readers.arguments import arguments
from kgbuild.readers.joining import Edge, join, unused
from kgbuild.readers.kinds import kind_of
from kgbuild.readers.labelstudio.answers import answer_of, is_labels
from kgbuild.readers.labelstudio.controls import ARGUMENTS, LINKS, NAMES, NOTES
from kgbuild.readers.labelstudio.fields import Placed
from kgbuild.readers.labelstudio.texts import Layout
from kgbuild.readers.links import link
from kgbuild.readers.metadata import fold
from kgbuild.readers.scalars import confidence, word

__all__ = ["Report", "units_of"]

#: code, severity, unit, message
Report = Callable[[str, Severity, str, str], None]

#: keys of the values of regions of images, sounds, videos, tables
_ELSEWHERE = frozenset("x y points rle vertices channel original_length sequence instant ranges width bbox".split())


class Region:
    """One unit while its results are put together."""

    __slots__ = ("args", "attrs", "confidence", "id", "labels", "links", "name", "notes", "placed")

    def __init__(self, id: str, placed: Placed | None) -> None:
        self.id = id
        self.placed = placed
        self.labels: list[str] = []
        self.name: str | None = None
        self.args: list[Arg] = []
        self.links: list[str] = []
        self.attrs: Attrs = {}
        self.notes: list[str] = []
        self.confidence: float | None = None

    def unit(self) -> Unit:
        """The region as a unit."""
        label = self.labels[0] if len(self.labels) == 1 else tuple(self.labels) or None
        prov = Prov(confidence=self.confidence, note="\n".join(self.notes) or None) if self.notes or self.confidence is not None else None
        mentions: tuple[Mention, ...] = ()
        if self.placed and (self.placed.spans or self.placed.check):
            mentions = (Mention(self.placed.spans, self.placed.check, id=self.id),)
        kind = kind_of(self.labels[0]) if self.labels else "entity"
        return Unit(self.id, kind, label, self.name, mentions, tuple(self.args), tuple(self.links), self.attrs, prov)


def units_of(results: list[Any], layout: Layout, report: Report, meta: dict[str, Any]) -> tuple[Unit, ...]:
    """The units of an annotation; answers about the text as a whole that are no choice are put into ``meta``, under the control's name."""
    regions: dict[str, Region] = {}
    twins: dict[tuple[str, Any], Region] = {}
    taken: set[str] = set()
    edges: list[dict[str, Any]] = []
    whole: list[tuple[str, dict[str, Any]]] = []
    elsewhere: dict[str, int] = {}
    strange: set[str] = set()
    for number, result in enumerate(results, 1):
        if not isinstance(result, dict):
            report("result-invalid", "skipped", "", f"result number {number} is no object; left out")
            continue
        if result.get("type") == "relation":
            edges.append(result)
            continue
        value = result.get("value")
        if not isinstance(value, dict):
            report("result-invalid", "skipped", word(result.get("id")), f"result number {number} has no value; left out")
            continue
        name = word(result.get("id")) or f"r{number}"
        placed = layout.place(result)
        if placed is None:
            if _is_broken(value, result.get("type")):
                message = f"region {name!r} has no offsets that could be read; its mention was left out, correct its start and end"
                report("span-invalid", "skipped", name, message)
                placed = Placed((), value["text"] if isinstance(value.get("text"), str) else None)
            elif _is_elsewhere(value):
                strange.add(name)
                kind = word(result.get("type")) or "untyped"
                elsewhere[kind] = elsewhere.get(kind, 0) + 1
                continue
            else:
                whole.append((name, result))
                continue
        region = regions.get(name)
        if region is None or (region.placed and region.placed.spans != placed.spans):
            key = (name, placed.spans)
            region = twins.get(key)
            if region is None:
                region = twins[key] = Region(unused(name, taken), placed)
                if name in regions:
                    report("region-repeated", "kept", region.id, f"two regions have the id {name!r}: the second is read as {region.id!r}")
                regions.setdefault(name, region)
        elif region.placed and region.placed.check is None:
            region.placed = placed
        _add(region, result, value, report)
    topics: list[Unit] = []
    for name, result in whole:
        if name in regions:
            _add(regions[name], result, result["value"], report)
        elif name not in strange:
            topics += _of_the_whole(name, result, taken, meta, report)
    if elsewhere:
        shown = ", ".join(f"{count} {kind}" for kind, count in sorted(elsewhere.items()))
        report("region-not-text", "skipped", "", f"{shown}: marked in an image, a sound or a table, not in the text; left out")
    units = [region.unit() for region in twins.values()]
    known = {name: region.id for name, region in regions.items()} | {topic.id: topic.id for topic in topics}
    return join([*units, *topics], _edges(edges, known, strange, report))


def _add(region: Region, result: dict[str, Any], value: dict[str, Any], report: Report) -> None:
    """Add what one result says to its region."""
    for key, given in value.items():
        if is_labels(key) and isinstance(given, list):
            region.labels += [label for one in given if (label := word(one)) and label not in region.labels]
    if (sure := confidence(result.get("score"))) is not None:
        region.confidence = sure if region.confidence is None else min(sure, region.confidence)
    said = result.get("meta")
    if isinstance(said, dict) and said.get("text"):
        for note in said["text"] if isinstance(said["text"], list) else [said["text"]]:
            _note(region, word(note))
    parent = word(result.get("parentID"))
    if parent and (within := f"within {parent}") not in region.notes:
        region.notes.append(within)
    answer = answer_of(result.get("type"), value)
    if answer is None:
        return
    if not answer.values:
        if answer.unknown:
            kind = word(result.get("type"))
            report("control-unknown", "skipped", region.id, f"the answer of a control of type {kind!r} is not read; left out")
        return
    name = word(result.get("from_name")) or word(result.get("type"))
    region.notes += [note for note in answer.notes(name) if note not in region.notes]
    for one in answer.values:
        _answer(region, name, one)


def _answer(region: Region, name: str, value: Scalar) -> None:
    folded = fold(name)
    if folded in LINKS and isinstance(value, str) and (found := [link(part) for part in value.split()]) and all(found):
        region.links += [one for one in found if one and one not in region.links]
    elif folded in NAMES and isinstance(value, str) and region.name is None:
        region.name = value
    elif folded in NOTES:
        _note(region, str(value))
    elif folded in ARGUMENTS and isinstance(value, str):
        _note(region, value)
    else:
        if folded == "edtf" and isinstance(value, str):
            value = value.strip()
        held = region.attrs.get(name)
        if held is None:
            region.attrs[name] = value
        elif isinstance(held, list):
            held.append(value)
        elif held != value:
            region.attrs[name] = [held, value]


def _note(region: Region, note: str) -> None:
    """A note; each of its lines that reads ``role=value`` is an argument: a literal, or a thing outside the document by its IRI."""
    for line in note.split("\n"):
        if given := arguments(line):
            region.args += given
        elif line.strip() and line.strip() not in region.notes:
            region.notes.append(line.strip())


def _of_the_whole(name: str, result: dict[str, Any], taken: set[str], meta: dict[str, Any], report: Report) -> Iterator[Unit]:
    """An answer about the whole text: choices are topics of the document, anything else is metadata under the control's name."""
    value = result["value"]
    control = word(result.get("from_name")) or word(result.get("type"))
    prov = Prov(confidence=confidence(result.get("score")), note=control or None)
    labels = [label for key, given in value.items() if is_labels(key) and isinstance(given, list) for one in given if (label := word(one))]
    answer = answer_of(result.get("type"), value)
    values = answer.values if answer else []
    chosen = labels or ([str(one) for one in values] if answer and answer.chosen else [])
    for one in chosen:
        yield Unit(unused(name, taken), "topic", name=one, prov=prov)
    if chosen:
        return
    if values and control:
        meta.setdefault(control, values if len(values) > 1 else values[0])
    elif answer and answer.unknown:
        kind = word(result.get("type"))
        report("control-unknown", "skipped", "", f"the answer of a control of type {kind!r} is not read; left out")


def _is_elsewhere(value: dict[str, Any]) -> bool:
    """Whether a result is of a region that is in no text: of an image, a sound, a video, a table."""
    return not value.keys().isdisjoint(_ELSEWHERE) or ("start" in value and "end" in value)


def _is_broken(value: dict[str, Any], kind: Any) -> bool:
    """Whether a result is of a region of a text, and its offsets are none."""
    if kind not in ("labels", "hypertextlabels", "paragraphlabels") or not value.keys().isdisjoint(_ELSEWHERE):
        return False
    ends = (value.get("start"), value.get("end"))
    return any(end is not None and not isinstance(end, float) for end in ends) or ends == (None, None)


def _edges(results: list[dict[str, Any]], known: dict[str, str], strange: set[str], report: Report) -> Iterator[Edge]:
    for number, result in enumerate(results, 1):
        ends = [word(result.get("from_id")), word(result.get("to_id"))]
        if any(end not in known for end in ends):
            if not strange.issuperset(end for end in ends if end not in known):
                missing = ", ".join(repr(end) for end in ends if end not in known)
                report("relation-dangling", "skipped", "", f"relation number {number} ends at {missing}, which is no region; left out")
            continue
        source, target = (known[end] for end in ends)
        if result.get("direction") == "left":
            source, target = target, source
        given = result.get("labels")
        labels = [label for one in (given if isinstance(given, list) else [given]) if (label := word(one))]
        if not labels:
            message = f"the relation from {source!r} to {target!r} has no label: kept as relatedTo; give it the label of its role"
            report("relation-unlabelled", "kept", source, message)
            labels = ["relatedTo"]
        attrs, note = _edge_notes(word(result.get("notes")))
        prov = Prov(confidence=confidence(result.get("score")), note=note) if note or result.get("score") is not None else None
        for label in labels:
            yield Edge(f"relation-{number}", source, target, label, prov, attrs)
            if result.get("direction") == "bi":
                yield Edge(f"relation-{number}", target, source, label, prov, attrs)


def _edge_notes(notes: str) -> tuple[Attrs, str | None]:
    """What the notes on a relation say: a line ``name=value`` is an attribute of it."""
    attrs: Attrs = {}
    others = []
    for line in notes.split("\n"):
        given = arguments(line)
        if not given:
            others.append(line.strip())
        for arg in given:
            value = arg.value if arg.value is not None else arg.target or ""
            held = attrs.get(arg.role)
            attrs[arg.role] = value if held is None else [*(held if isinstance(held, list) else [held]), value]
    return attrs, "\n".join(filter(None, others)) or None
