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
    whole = prefix + exact + suffix
    at = text.find(whole)
    if at >= 0 and text.find(whole, at + 1) < 0 and begin <= at + len(prefix) and at + len(prefix) + len(exact) <= end:
        return [(at + len(prefix), at + len(prefix) + len(exact))]
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    places: list[Span] = []
    at = text.find(words[0], begin, end)
    while at >= 0 and len(places) <= _MOST:
        if match := pattern.match(text, at, end):
            places.append(match.span())
        at = text.find(words[0], at + 1, end)
    if len(places) < 2:
        return places
    before, after = "".join(prefix.split()), "".join(suffix.split())
    fitting = [place for place in places if _ends(text, place[0], before) and _starts(text, place[1], after)]
    return fitting or places


def _ends(text: str, end: int, wanted: str) -> bool:
    return not wanted or "".join(text[max(0, end - 4 * len(wanted) - 64) : end].split()).endswith(wanted)


def _starts(text: str, begin: int, wanted: str) -> bool:
    return not wanted or "".join(text[begin : begin + 4 * len(wanted) + 64].split()).startswith(wanted)
