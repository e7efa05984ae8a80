"""Find a passage by its words and what stands before and after it (TextQuoteSelector), as Hypothes.is and its kin do."""

from __future__ import annotations

import re

from kgbuild.document import Span

__all__ = ["find"]

#: more places than these are not told apart by what surrounds them
_MOST = 10_000


def find(text: str, exact: str, prefix: str = "", suffix: str = "", *, within: Span | None = None) -> list[Span]:
    """The places where ``exact`` stands, blanks counted alike: those with the right surroundings where there are any, else all.

    >>> find("a cat, the cat", "cat", "the ")
    [(11, 14)]
    """
    words = exact.split()
    if not words:
        return []
    begin, end = within or (0, len(text))
    # a lookahead, since occurrences may overlap
    pattern = re.compile(f"(?=({_BLANKS.join(map(re.escape, words))}))")
    places = []
    for match in pattern.finditer(text, begin, end):
        places.append(match.span(1))
        if len(places) > _MOST:
            return places
    if len(places) < 2:
        return places
    before, after = "".join(prefix.split()), "".join(suffix.split())
    fitting = [place for place in places if _ends(text, place[0], before) and _starts(text, place[1], after)]
    return fitting or places


_BLANKS = r"\s+"


def _ends(text: str, end: int, wanted: str) -> bool:
    return not wanted or "".join(text[max(0, end - 4 * len(wanted) - 64) : end].split()).endswith(wanted)


def _starts(text: str, begin: int, wanted: str) -> bool:
    return not wanted or "".join(text[begin : begin + 4 * len(wanted) + 64].split()).startswith(wanted)
