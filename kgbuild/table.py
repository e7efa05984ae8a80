"""Answers for reading: a plain table that fits the width, and passages with the span marked.

Things are shown by their labels, or as a CURIE where they have none. Where the columns do not fit side by side, those that are empty
throughout are left out, and then the longest ones move to lines beneath their row, until the rest fits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest

import pyoxigraph as ox

from kgbuild.iris import DATA, compress
from kgbuild.result import SEPARATOR, Cell, Column, Passage, Result

_GAP = 2
#: a column may be squeezed to this many places; words up to that length are not broken
_NARROWEST = 14
#: rows of so many lines are set apart by an empty one
_TALL = 3
#: where a word that is too long is broken first
_JOINTS = "-/.:"
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
#: stand for the marks around a span while lines are broken; text never holds control characters by then
_OPEN, _CLOSE = "\x02", "\x03"
_BRACKETS = (("«", "»"), ("[", "]"), ("⟦", "⟧"))
#: controls would reach the terminal as commands, and direction overrides would reorder what stands around them
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")


def table(result: Result, *, width: int = 100, bold: bool = False, base: str = DATA) -> Iterator[str]:
    """Write an answer for reading, a line at a time.

    Args:
        result: the answer; with passages, these are written in place of rows.
        width: places on a line.
        bold: mark headings and spans with the terminal's bold, instead of ``«…»`` around a span.
        base: the base IRI of the store's data, for CURIEs.
    """
    if result.passages is not None:
        yield from _passages(result.passages, width, bold)
        return
    cells = [[_shown(cell, base) for cell in row] for row in result.rows]
    beside, beneath = _layout(result.columns, cells, width)
    if not result.columns:
        return
    widths = _widths([_measure(result.columns[index].name, [row[index] for row in cells]) for index in beside], width)
    names = "".join(_line([result.columns[index].name for index in beside], widths, [False] * len(beside)))
    yield (f"{_BOLD}{names}{_PLAIN}" if bold else names) + "\n"
    yield (" " * _GAP).join("─" * size for size in widths) + "\n"
    right = [result.columns[index].kind == "integer" for index in beside]
    margin = max((len(result.columns[index].name) for index in beneath), default=0) + 2 * _GAP
    blocks = [[wrap(row[index], size) for index, size in zip(beside, widths, strict=True)] for row in cells]
    apart = bool(beneath) or any(len(lines) >= _TALL for block in blocks for lines in block)
    for number, (row, wrapped) in enumerate(zip(cells, blocks, strict=True)):
        if apart and number:
            yield "\n"
        for line in zip_longest(*wrapped, fillvalue=""):
            yield _line(list(line), widths, right) + "\n"
        for index in beneath:
            name = result.columns[index].name
            for place, line_text in enumerate(wrap(row[index], max(width - margin, _NARROWEST)) if row[index] else ()):
                yield (" " * _GAP + (name if place == 0 else "")).ljust(margin) + line_text + "\n"


def _shown(cell: Cell, base: str) -> str:
    labels = cell.labels or ("",) * len(cell.terms)
    return clean(
        SEPARATOR.join(
            label or (compress(term.value, base=base) if isinstance(term, ox.NamedNode) else term.value)
            for term, label in zip(cell.terms, labels, strict=True)
        )
    )


def clean(text: str) -> str:
    """A text without what a terminal would obey: controls become blanks, direction overrides go."""
    return _OVERRIDES.sub("", _UNSAFE.sub(" ", text))


def _layout(columns: tuple[Column, ...], cells: list[list[str]], width: int) -> tuple[list[int], list[int]]:
    """Decide which columns stand beside each other and which beneath their row."""
    beside = list(range(len(columns)))
    measures = [_measure(column.name, [row[index] for row in cells]) for index, column in enumerate(columns)]

    def too_wide() -> bool:
        return sum(measures[index][0] for index in beside) + _GAP * (len(beside) - 1) > width

    if too_wide() and cells:
        beside = [index for index in beside if any(row[index] for row in cells)]
    beneath: list[int] = []
    while len(beside) > 1 and too_wide():
        longest = max(
            beside, key=lambda index: (columns[index].kind == "text" and measures[index][1] > width // 2, measures[index][1], index)
        )
        beside.remove(longest)
        beneath.append(longest)
    return beside, sorted(beneath)


def _measure(name: str, texts: list[str]) -> tuple[int, int]:
    """Measure a column: the least width at which words stand whole (within reason), and the width at which nothing is wrapped."""
    natural = max(map(places, texts), default=0)
    words = max((places(word) for text in texts for word in text.split()), default=0)
    return max(len(name), min(words, _NARROWEST)), max(len(name), natural)


def _widths(measures: list[tuple[int, int]], width: int) -> list[int]:
    """Share a line's places out: each column its least, and what is left to those that lack most."""
    sizes = [least for least, _ in measures]
    left = width - sum(sizes) - _GAP * (len(sizes) - 1)
    while left > 0:
        lack = [natural - size for size, (_, natural) in zip(sizes, measures, strict=True)]
        neediest = lack.index(max(lack))
        if lack[neediest] <= 0:
            break
        sizes[neediest] += 1
        left -= 1
    return sizes


def _line(texts: list[str], widths: list[int], right: list[bool]) -> str:
    padded = []
    for text, size, to_right in zip(texts, widths, right, strict=True):
        space = " " * (size - places(text))
        padded.append(space + text if to_right else text + space)
    return (" " * _GAP).join(padded).rstrip()


def places(text: str) -> int:
    """Count the places that a text takes on a terminal: two for wide East Asian characters, none for combining marks.

    >>> places("북한"), places("șef")
    (4, 3)
    """
    if text.isascii():
        return len(text) - text.count(_OPEN) - text.count(_CLOSE)
    return sum(_places_of(char) for char in text)


def _places_of(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most so many places: between words, and inside a word that is longer than a line."""
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        size = places(word)
        if line and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            lines.append(line)
        while size > width and len(word) > 1:
            cut = total = 0
            while cut < len(word) and (cut == 0 or total + _places_of(word[cut]) <= width):
                total += _places_of(word[cut])
                cut += 1
            joint = max(word.rfind(mark, 0, cut) for mark in _JOINTS) + 1
            cut = joint or cut
            lines.append(word[:cut])
            word = word[cut:]
            size = places(word)
        line, used = word, size
    return [*lines, line]


def _passages(passages: tuple[Passage, ...], width: int, bold: bool) -> Iterator[str]:
    for number, passage in enumerate(passages):
        if number:
            yield "\n"
        source = ", ".join(part for part in (passage.outlet, passage.published) if part)
        title = clean(passage.title + (f" ({source})" if source else ""))
        for line in wrap(title, width):
            yield line + "\n"
        for line in wrap(_marked(passage, bold), width - _GAP):
            yield " " * _GAP + line.replace(_OPEN, _BOLD).replace(_CLOSE, _PLAIN) + "\n"
        by = ", ".join(part for part in (passage.annotator, passage.annotation_status) if part)
        if by:
            yield " " * _GAP + clean(f"— annotated by {by}") + "\n"


def _marked(passage: Passage, bold: bool) -> str:
    """Put marks around the span; brackets that the sentence itself has none of."""
    if passage.begin is None or passage.end is None:
        return clean(passage.sentence)
    opening, closing = next((pair for pair in _BRACKETS if not set(pair) & set(passage.sentence)), _BRACKETS[-1])
    if bold:
        opening, closing = _OPEN, _CLOSE
    before, span, after = passage.sentence[: passage.begin], passage.sentence[passage.begin : passage.end], passage.sentence[passage.end :]
    return f"{clean(before)}{opening}{clean(span)}{closing}{clean(after)}"
