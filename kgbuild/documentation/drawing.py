"""The parts of a diagram: boxes with lines of text, and the lines between boxes; sizes are CSS pixels at 100 %.

Nobody knows the reader's font, so that widths are judged by the kind of each character, on the generous side: text may leave some room in
its box, but never runs over it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LINE, PAD, TITLE, SUBTITLE = 19, 10, 21, 18
_NARROW, _WIDE = frozenset("ijltfrI.,:;'|!()[] "), frozenset("mwMWQOG@%→—…")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a box, in English and Romanian."""

    text: str
    ro: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A box at its place. ``ghost``: of another module. Titles stand above the lines."""

    x: float
    y: float
    width: float
    height: float
    title: Line
    lines: tuple[Line, ...] = ()
    ghost: bool = False

    @property
    def middle(self) -> float:
        """Where lines to other boxes meet it."""
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing: ``name`` is its anchor, ``of`` the module (empty: the overview); paths are SVG path data,
    arrows with a number for their colour."""

    name: str
    of: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    paths: tuple[str, ...]
    arrows: tuple[tuple[str, int], ...] = ()


def text_width(text: str, size: float = 13) -> float:
    """The width that a text takes at most in a usual sans serif font.

    >>> text_width("mm") > text_width("ii"), text_width("북한") > text_width("ab")
    (True, True)
    """
    return sum(_em(char) for char in text) * size


def _em(char: str) -> float:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    if char in _NARROW:
        return 0.4
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return 1.1
    return 0.95 if char in _WIDE else 0.78 if char.isupper() else 0.64


def box_size(title: Line, lines: tuple[Line, ...]) -> tuple[float, float]:
    """The width and height of a box: its title in two languages, one above the other, then its lines."""
    widest = max(text_width(title.text, 16), text_width(title.ro, 16))
    for line in lines:
        widest = max(widest, text_width(line.text), text_width(line.ro))
    height = PAD + TITLE + (SUBTITLE if title.ro != title.text else 0) + (6 + LINE * len(lines) if lines else 0) + PAD - 4
    return round(widest + 2 * PAD), height


def wrap(words: list[str], width: int) -> list[str]:
    """Join words by commas into lines of about so many pixels."""
    lines: list[str] = []
    for word in words:
        if lines and text_width(f"{lines[-1]} {word},") <= width:
            lines[-1] += f" {word},"
        else:
            lines.append(f"{word},")
    return [line.removesuffix(",") if number == len(lines) - 1 else line for number, line in enumerate(lines)]


def elbow(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line from one box to the left edge of another: across, down or up, across."""
    bend = x2 - 14
    return f"M{x1:g} {y1:g}H{bend:g}V{y2:g}H{x2:g}"


def curve(x1: float, y1: float, x2: float, y2: float) -> str:
    """A soft line from left to right."""
    reach = (x2 - x1) / 2
    return f"M{x1:g} {y1:g}C{x1 + reach:g} {y1:g} {x2 - reach:g} {y2:g} {x2:g} {y2:g}"
