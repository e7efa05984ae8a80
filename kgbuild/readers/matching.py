"""Does a check text stand at some spans of a text, and where else does it stand?"""

from __future__ import annotations

import re
from unicodedata import normalize

from kgbuild.document import Span

__all__ = ["REACH", "Spans", "covered", "fit", "inside", "is_in_order", "search", "text_at"]

#: how far from its offsets a mention's text is looked for, in code points
REACH = 200
#: check texts longer than this are looked for as they stand, and only whole: anything more would take minutes
_LONG = 4000

_BLANKS = r"\s+"

Spans = tuple[Span, ...]


def fit(text: str, spans: Spans, check: str) -> str:
    """How the text at the spans agrees with the check text: "exact", "blanks", "normalized", or "" where it does not."""
    if spans[-1][1] > len(text) or not is_in_order(spans):
        return ""
    found = text_at(text, spans)
    if found == check:
        return "exact"
    # old tools joined the parts of a discontinuous mention without a space
    join = " " if len(spans) == 1 else ""
    found, check = join.join(found.split()), join.join(check.split())
    if found == check:
        return "blanks"
    return "normalized" if normalize("NFC", found) == normalize("NFC", check) else ""


def search(text: str, spans: Spans, check: str) -> list[Spans]:
    """The places near the spans where the check text stands; where just one of several overlaps the span, that one alone."""
    begin, end = spans[0][0], spans[-1][1]
    places: list[Spans]
    if len(check) > _LONG:
        place = text.find(check, max(0, begin - REACH), begin + len(check) + REACH) if len(spans) == 1 else -1
        return [((place, place + len(check)),)] if place >= 0 else []
    if len(spans) > 1:
        # parts keep their distances: what was inserted or lost before them moves them together
        shifts = range(max(-REACH, -begin), min(REACH, len(text) - end) + 1)
        first_letter = check.lstrip()[:1]
        likely = (shift for shift in shifts if _may_begin(text[begin + shift], first_letter))
        moved = (tuple((first + shift, last + shift) for first, last in spans) for shift in likely)
        places = [shifted for shifted in moved if fit(text, shifted, check)]
    else:
        # a lookahead, since occurrences may overlap: "aa" stands twice in "aaa"
        words = re.compile(f"(?=({_BLANKS.join(map(re.escape, check.split()))}))")
        low, high = max(0, begin - REACH), begin + len(check) + REACH
        places = [(match.span(1),) for match in words.finditer(text, low, high)]
    overlapping = [place for place in places if place[0][0] < end and begin < place[-1][1]]
    return overlapping if len(overlapping) == 1 else places


def _may_begin(letter: str, first: str) -> bool:
    """Whether a text that begins with a letter may fit a check text that begins with another one; blanks and marks may make it fit."""
    return letter == first or letter.isspace() or not (letter.isascii() and first.isascii())


def text_at(text: str, spans: Spans) -> str:
    """What stands at the spans, parts joined by one space."""
    return " ".join(text[begin:end] for begin, end in spans)


def covered(text: str, span: Span) -> str | None:
    """What stands at a span, for formats that give no check text; None where the span is none of this text."""
    begin, end = span
    return text[begin:end] if 0 <= begin < end <= len(text) else None


def is_in_order(spans: Spans) -> bool:
    """Whether there are spans, none is empty or reversed, and they stand in text order without overlap."""
    last = 0
    for begin, end in spans:
        if not last <= begin < end:
            return False
        last = end
    return bool(spans)


def inside(head: Span, spans: Spans) -> bool:
    """Whether a head is a span within one of the spans."""
    return any(begin <= head[0] < head[1] <= end for begin, end in spans)
