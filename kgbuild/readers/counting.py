"""Offsets counted in something else than code points, and what they are in code points.

Tools count in what their language counts in: Java and JavaScript in UTF-16 code units, others in UTF-8 bytes; and a text whose line ends
were changed on the way has its offsets counted in the line ends that the tool saw.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from kgbuild.document import Span

__all__ = ["Counting", "Recounted", "countings"]


class Recounted(NamedTuple):
    """Spans in code points; ``widened``: an offset lay inside a character, which the span now holds whole."""

    spans: tuple[Span, ...]
    widened: bool


class Counting:
    """One way to count the characters of one text.

    ``name`` says what is counted, in words that end "counted in …". ``widths`` has the number of units of each code point.
    """

    def __init__(self, name: str, widths: Iterator[int]) -> None:
        self.name = name
        self._starts = list(accumulate(widths, initial=0))

    def recount(self, spans: tuple[Span, ...]) -> Recounted | None:
        """Turn spans of this counting into code points; None where one reaches beyond the text."""
        starts = self._starts
        if len(spans) == 1:  # nearly all there are
            begin, end = spans[0]
            if end > starts[-1]:
                return None
            first, last = bisect_right(starts, begin) - 1, bisect_left(starts, end)
            return Recounted(((first, last),), starts[first] != begin or starts[last] != end)
        if max(end for _, end in spans) > starts[-1]:
            return None
        moved: list[Span] = []
        widened = False
        for begin, end in spans:
            first, last = bisect_right(starts, begin) - 1, bisect_left(starts, end)
            widened = widened or starts[first] != begin or starts[last] != end
            moved.append((first, last))
        return Recounted(tuple(moved), widened)


def countings(text: str) -> tuple[Counting, ...]:
    """Every counting in which some offset of ``text`` differs from its code points; none for plain ASCII with LF line ends only.

    >>> [counting.name for counting in countings("țară 😀")]
    ['UTF-16 code units', 'UTF-8 bytes']
    """
    return tuple(Counting(name, widths(text)) for name, differs, widths in _COUNTINGS if differs(text))


def _utf16(text: str) -> Iterator[int]:
    return (2 if character > "\uffff" else 1 for character in text)


def _utf8(text: str) -> Iterator[int]:
    return (len(character.encode("utf-8", "surrogatepass")) for character in text)


def _collapsed(text: str) -> Iterator[int]:
    """CRLF counts one: its CR nothing."""
    return (0 if character == "\r" and following == "\n" else 1 for character, following in zip(text, text[1:] + " ", strict=True))


def _expanded(text: str) -> Iterator[int]:
    """A lone LF counts two, as the CRLF that it was."""
    return (2 if character == "\n" and before != "\r" else 1 for before, character in zip(" " + text, text, strict=False))


def _markless(text: str) -> Iterator[int]:
    """The byte order mark that the text begins with counts nothing."""
    return (1 if index else 0 for index in range(len(text)))


_COUNTINGS: tuple[tuple[str, Callable[[str], bool], Callable[[str], Iterator[int]]], ...] = (
    ("UTF-16 code units", lambda text: not text.isascii() and max(text) > "\uffff", _utf16),
    ("UTF-8 bytes", lambda text: not text.isascii(), _utf8),
    ("a text with LF line ends (this one has CRLF)", lambda text: "\r\n" in text, _collapsed),
    ("a text without byte order mark (this one has one)", lambda text: text.startswith("\ufeff"), _markless),
    ("a text with CRLF line ends (this one has LF)", lambda text: "\n" in text, _expanded),
)
