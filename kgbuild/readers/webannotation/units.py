"""From an annotation's targets and bodies to a unit, while its document is being put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, get_args

from kgbuild.document import Arg, Kind, Mention, Problem, Severity, Span, Unit
from kgbuild.readers.kinds import kind_of
from kgbuild.readers.webannotation.bodies import Said
from kgbuild.readers.webannotation.entries import Entry
from kgbuild.readers.webannotation.nodes import string
from kgbuild.readers.webannotation.provenance import provenance
from kgbuild.readers.webannotation.selectors import select
from kgbuild.readers.webannotation.targets import Target

__all__ = ["Reporting", "Sketch", "sketch"]

_KINDS = get_args(Kind)


@dataclass(slots=True)
class Reporting:
    """The problems of one document; ``where`` is the first file that speaks of it."""

    document: str
    where: str
    problems: list[Problem] = field(default_factory=list)

    def __call__(self, entry: Entry, code: str, severity: Severity, unit: str, message: str) -> None:
        """Note a problem with an annotation; ``message`` goes on after its name."""
        self.problems.append(Problem(code, severity, f"{entry.shown}{message}", self.document, unit, entry.where))


@dataclass(slots=True)
class Sketch:
    """A unit that annotations on annotations may still add to."""

    id: str
    entry: Entry
    said: Said
    mentions: list[Mention] = field(default_factory=list)
    args: list[Arg] = field(default_factory=list)
    is_relation: bool = False

    def says_nothing(self) -> bool:
        """Whether there is nothing to tell of it."""
        said = self.said
        return not (self.mentions or self.args or said.labels or said.attrs or said.links or said.names or said.notes or self._kind)

    @property
    def _kind(self) -> Kind | None:
        written = string(self.entry.node, "kga:kind")
        return written if written in _KINDS else None  # type: ignore[return-value]

    def unit(self) -> Unit:
        """The unit as it is now."""
        said = self.said
        labels = tuple(said.labels)
        kind = self._kind or ("relation" if self.is_relation else None)
        if kind is None:
            anchored = self.mentions or self.args
            kind = kind_of(labels[0] if labels else "", has_arguments=bool(self.args)) if anchored else "topic"
        return Unit(
            self.id,
            kind,
            label=labels if len(labels) > 1 else labels[0] if labels else None,
            name=string(self.entry.node, "kga:name") or next(iter(said.names), None),
            mentions=tuple(self.mentions),
            args=tuple(self.args),
            links=tuple(said.links),
            attrs=said.attrs,
            prov=provenance(self.entry.node, said.note()),
        )


def sketch(entry: Entry, name: str, source: str, text: str | None, report: Reporting) -> Sketch:
    """Put a unit together from an annotation, with those of its targets that are in the document ``source``."""
    unit = Sketch(name, entry, entry.said)
    for target in entry.targets:
        if target.parts[0].source == source and target.parts[0].selector is not None:
            mention = _mention(target, text, name, report, entry)
            if mention is not None:
                unit.mentions.append(mention)
    for unread in entry.said.unread:
        report(entry, "body-unread", "skipped", name, f": {unread}; left out")
    return unit


def _mention(target: Target, text: str | None, name: str, report: Reporting, entry: Entry) -> Mention | None:
    if target.node.get("kga:placeless") is True:
        text = None
    found = [select(part.selector, text) for part in target.parts]
    for one in found:
        if one.moved:
            message = f": does not stand at its position; taken as {one.span}, where its quote stands"
            report(entry, "span-repaired", "kept", name, message)
    quotes = [one.exact for one in found if one.exact]
    troubles = "; ".join(one.trouble for one in found if one.trouble)
    spans = sorted((one.span, one.exact) for one in found if one.span)
    node = target.node
    extra: dict[str, Any] = {"id": string(node, "kga:id"), "prov": provenance(node)}
    if len(spans) == len(found):
        check = " ".join(exact for _, exact in spans if exact) if len(quotes) == len(found) else None
        return Mention(tuple(span for span, _ in spans), check, _head(node.get("kga:head")), **extra)
    if len(quotes) < len(found):
        report(entry, "selector-unread", "skipped", name, f": {troubles}; the mention was left out, give a TextPositionSelector")
        return None
    if target.node.get("kga:placeless") is not True:
        report(entry, "quote-unplaced", "kept", name, f": {troubles}; the mention is known by its words only, give a TextPositionSelector")
    return Mention((), " ".join(quotes), **extra)


def _head(value: Any) -> Span | None:
    if isinstance(value, list) and len(value) == 2 and all(isinstance(one, int) and one >= 0 for one in value):
        return value[0], value[1]
    return None
