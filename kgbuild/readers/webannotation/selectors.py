"""Selectors: which part of a text a target means (Web Annotation Data Model, section 4.2).

Positions count code points, half-open. Several selectors are several ways to say one place: a position is taken before a quote, and the
quote is its check. What a page's layout would be needed for (XPath, CSS, SVG) is not read, unless a quote stands beside or inside it.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from kgbuild.document import Span
from kgbuild.readers.matching import REACH, fit, search
from kgbuild.readers.webannotation.nodes import each, string, types
from kgbuild.readers.webannotation.quotes import find

__all__ = ["Selection", "fragment", "select"]

# RFC 5147: char=begin,end with either left out, or one position; then integrity checks
_FRAGMENT = re.compile(r"char=(\d{0,15})(,?)(\d{0,15})(?:;.*)?", re.DOTALL)


class Selection(NamedTuple):
    """A part of a text: where, where that is known; its words, where they are given; and what is to be told of it."""

    span: Span | None = None
    exact: str | None = None
    #: why it has no span
    trouble: str = ""
    #: it was found elsewhere than the position says
    moved: bool = False


def select(selector: Any, text: str | None, within: Span | None = None) -> Selection:
    """Read a selector, or an array of alternatives. ``within`` is the part that it refines."""
    alternatives = list(each(selector))
    quotes = [one for one in alternatives if _is_quote(one)]
    others = [_one(one, text, within) for one in alternatives if not _is_quote(one)]
    exact = next((words for one in quotes if (words := string(one, "exact")) and words.strip()), None)
    exact = exact or next((one.exact for one in others if one.exact), None)
    span = next((one.span for one in others if one.span), None)
    if span is not None:
        if exact and quotes and text is not None and (elsewhere := _elsewhere(text, span, exact, quotes[0])):
            return Selection(elsewhere, exact, moved=True)
        return Selection(span, exact)
    found = [_one(one, text, within) for one in quotes]
    span = next((one.span for one in found if one.span), None)
    troubles = [one.trouble for one in (*others, *found) if one.trouble]
    return Selection(span, exact, "" if span else "; ".join(dict.fromkeys(troubles)) or "the selector is empty")


def fragment(value: str, length: int | None) -> Span | None:
    """The span that a text fragment (RFC 5147) names; None for another scheme, or an open end in a text of unknown length.

    >>> fragment("char=3,9;length=12", None), fragment("char=3,", 12), fragment("xywh=1,2,3,4", 12)
    ((3, 9), (3, 12), None)
    """
    match = _FRAGMENT.fullmatch(value)
    if not match or not (match[1] or match[3]):
        return None
    begin = int(match[1] or 0)
    if not match[2]:
        return begin, begin
    end = int(match[3]) if match[3] else length
    return None if end is None else (begin, end)


def _one(selector: Any, text: str | None, within: Span | None) -> Selection:
    if not isinstance(selector, dict):
        return Selection(trouble=f"the selector {selector!r:.80} is only named, not written out")
    found = _plain(selector, text, within)
    inner = selector.get("refinedBy")
    if inner is None:
        return found
    if found.span is None and not all(_is_quote(one) for one in each(inner)):
        return found
    return select(inner, text, found.span or within)


def _plain(selector: dict[str, Any], text: str | None, within: Span | None) -> Selection:
    """A selector without what refines it."""
    kinds = types(selector)
    start = within[0] if within else 0
    if "TextPositionSelector" in kinds:
        begin, end = _number(selector.get("start")), _number(selector.get("end"))
        if begin is None or end is None:
            return Selection(trouble="a TextPositionSelector needs start and end, two whole numbers")
        return Selection((start + begin, start + end))
    if _is_quote(selector):
        return _quoted(selector, text, within)
    if "FragmentSelector" in kinds:
        value = (string(selector, "value") or "").removeprefix("#")
        span = fragment(value, (within[1] - start if within else len(text)) if text is not None else None)
        if span is None:
            return Selection(trouble=f"the fragment “{value:.60}” is no place in a plain text (char=begin,end)")
        return Selection((start + span[0], start + span[1]))
    if "RangeSelector" in kinds:
        first, last = (select(selector.get(key), text, within) for key in ("startSelector", "endSelector"))
        if first.span and last.span:
            return Selection((first.span[0], last.span[0]))
        return Selection(trouble=f"a RangeSelector with an end that is not found: {first.trouble or last.trouble}")
    return Selection(trouble=f"a {' or '.join(sorted(kinds)) or 'selector without a type'} is not read")


def _quoted(selector: dict[str, Any], text: str | None, within: Span | None) -> Selection:
    exact = string(selector, "exact")
    if not exact or not exact.strip():
        return Selection(trouble="a TextQuoteSelector without exact")
    if text is None:
        return Selection(None, exact, "there is no text to find the quote in")
    places = find(text, exact, string(selector, "prefix") or "", string(selector, "suffix") or "", within=within)
    if len(places) == 1:
        return Selection(places[0], exact)
    many = "at more than one place" if places else "nowhere"
    return Selection(None, exact, f"the quote “{_short(exact)}” stands {many} in the text")


def _elsewhere(text: str, span: Span, exact: str, quote: dict[str, Any]) -> Span | None:
    """Where the quote stands, if it is plainly not at its position nor near it, and at one place only."""
    if span[0] >= span[1] or fit(text, (span,), exact) or len(search(text, (span,), exact)) == 1:
        return None
    places = find(text, exact, string(quote, "prefix") or "", string(quote, "suffix") or "")
    return places[0] if len(places) == 1 and abs(places[0][0] - span[0]) > REACH else None


def _is_quote(selector: Any) -> bool:
    return isinstance(selector, dict) and "TextQuoteSelector" in types(selector)


def _number(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 53 else None


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:57] + "…"
