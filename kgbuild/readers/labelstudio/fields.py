"""How Label Studio shows a field, and what offsets count in each: ``Text``, ``HyperText``, ``Paragraphs``.

The text that a region carries is what the browser's selection gave, each line end written as the two characters ``\\n``; it only serves
as the check value.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple, Protocol

from kgbuild.document import Span
from kgbuild.readers.rendering import render
from kgbuild.readers.scalars import is_whole

__all__ = ["Dialogue", "Field", "Html", "Placed", "Plain", "Shown"]


class Placed(NamedTuple):
    """Where a region is in the document's text, and the text that it should have."""

    spans: tuple[Span, ...]
    check: str | None


class Field(Protocol):
    """One field of a task as part of the document's text."""

    text: str

    def place(self, value: Mapping[str, Any]) -> Placed | None:
        """Where a result's value is; None where it has no place in a text."""


class Shown(Enum):
    """The way that a region's offsets are of."""

    PLAIN = 1
    HTML = 2
    PARAGRAPHS = 3

    @staticmethod
    def of(value: Mapping[str, Any]) -> Shown | None:
        """How the text was shown that a region was marked in; None for what is no region of a text."""
        start = value.get("start")
        if "globalOffsets" in value or (isinstance(start, str) and start.startswith("/")):
            return Shown.HTML
        if "startOffset" in value:
            return Shown.PARAGRAPHS if isinstance(start, (str, int)) else Shown.HTML
        return Shown.PLAIN if is_whole(start) and is_whole(value.get("end")) and "channel" not in value else None


class Plain:
    """A field shown by ``Text``: offsets are code points; in projects of old releases UTF-16 code units."""

    def __init__(self, source: str, begin: int = 0) -> None:
        self.text = source
        self._begin = begin

    def place(self, value: Mapping[str, Any]) -> Placed | None:
        """Where a region is; None without offsets."""
        start, end = value.get("start"), value.get("end")
        if not is_whole(start) or not is_whole(end) or "channel" in value:
            return None
        check = value.get("text")
        if not isinstance(check, str):
            check = None
        elif "\\" in check and self.text[start:end] != check:
            check = _unescaped(check, self.text)
        return Placed(((start + self._begin, end + self._begin),), check)


class Html:
    """A field shown by ``HyperText``: offsets are given twice, in a node that a path names, and in all of the text."""

    def __init__(self, source: str, begin: int = 0) -> None:
        self._rendered = render(source)
        self.text = self._rendered.text
        self._begin = begin

    def place(self, value: Mapping[str, Any]) -> Placed | None:
        """Where a region is: by its path, or by its offsets, or where its text is the only one."""
        places = [place for place in (self._by_path(value), self._by_offsets(value)) if place]
        if not places and (is_whole(value.get("start")) or "startOffset" in value):
            places = [(0, 0)]  # no place, but the text may tell
        if not places:
            return None
        check = value.get("text")
        if not isinstance(check, str):
            check = None
        elif "\\" in check:
            check = _unescaped(check, self.text)
        words = check.split() if check else []
        fitting = next((place for place in places if words and self.text[slice(*place)].split() == words), None)
        begin, end = fitting or places[0]
        if not fitting and check and check.strip() and self.text.count(check) == 1:
            begin = self.text.index(check)
            end = begin + len(check)
        return Placed(((begin + self._begin, end + self._begin),), check)

    def _by_path(self, value: Mapping[str, Any]) -> tuple[int, int] | None:
        ends = []
        for name in ("start", "end"):
            path, within = value.get(name), value.get(f"{name}Offset")
            if not isinstance(path, str) or not is_whole(within) or (found := self._rendered.offset(path, within)) is None:
                return None
            ends.append(found)
        return self._positions(ends[0], ends[1])

    def _by_offsets(self, value: Mapping[str, Any]) -> tuple[int, int] | None:
        offsets = value.get("globalOffsets")
        holder = offsets if isinstance(offsets, dict) else value
        start, end = holder.get("start"), holder.get("end")
        return self._positions(start, end) if is_whole(start) and is_whole(end) else None

    def _positions(self, start: int, end: int) -> tuple[int, int]:
        return self._rendered.position(start), self._rendered.position(end, end=True)


class Dialogue:
    """A field shown by ``Paragraphs``: a list of turns, each a line of the text, ``author: text``; offsets are in the turn's own words.

    A region over several turns has a part in each, so that it holds what was said, and no names.
    """

    def __init__(self, source: list[dict[str, Any]], begin: int = 0) -> None:
        lines: list[str] = []
        self._turns: list[tuple[int, int]] = []
        length = begin
        for turn in source:
            author, said = _author(turn), turn["text"]
            line = f"{author}: {said}" if author else said
            self._turns.append((length + len(line) - len(said), len(said)))
            lines.append(line)
            length += len(line) + 1
        self.text = "\n".join(lines)

    @staticmethod
    def is_one(value: Any) -> bool:
        """Whether a field's value is a list of turns."""
        turns = isinstance(value, list) and value and all(isinstance(turn, dict) and isinstance(turn.get("text"), str) for turn in value)
        return bool(turns) and any(turn["text"].strip() for turn in value)

    def place(self, value: Mapping[str, Any]) -> Placed | None:
        """Where a region is, a span in each turn; None without offsets."""
        first, last = _number(value.get("start")), _number(value.get("end"))
        start, end = value.get("startOffset"), value.get("endOffset")
        if first is None or last is None or not is_whole(start) or not is_whole(end):
            return None
        if not first <= last < len(self._turns):
            return Placed(((len(self.text) + 1, len(self.text) + 2),), None)  # there is no such turn
        spans = []
        for number in range(first, last + 1):
            begin, length = self._turns[number]
            span = (begin + (start if number == first else 0), begin + (end if number == last else length))
            if span[0] < span[1] or first == last:
                spans.append(span)
        check = value.get("text")
        return Placed(tuple(spans), _unescaped(check, self.text) if isinstance(check, str) else None)


def _author(turn: Mapping[str, Any]) -> str:
    name = turn.get("author")
    return name.rstrip(": ").strip() if isinstance(name, str) else ""


def _number(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:
        return int(value)
    return value if is_whole(value) else None


def _unescaped(check: str, text: str) -> str:
    return check if "\\n" not in check or check in text else check.replace("\\n", "\n")
