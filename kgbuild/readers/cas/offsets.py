"""Where annotations of a CAS stand in its text: from UTF-16 code units to code points."""

from __future__ import annotations

from typing import Any

from kgbuild.document import Mention, Span
from kgbuild.readers.counting import Counting, countings

__all__ = ["Offsets"]


class Offsets:
    """Turns ``begin`` and ``end`` into mentions of one text.

    ``length``: where the annotation of the whole document ends. Where this is the number of code points and not that of UTF-16 code units,
    the offsets were written by a tool that counts code points; ``recounted`` tells.
    """

    def __init__(self, text: str, length: Any = None) -> None:
        self._text = text
        wide = not text.isascii() and max(text, default="") > "\uffff"
        self.recounted = wide and length == len(text)
        self._counting: Counting | None = next(iter(countings(text))) if wide and not self.recounted else None

    def mention(self, begin: Any, end: Any) -> tuple[Mention | None, str, str]:
        """The mention from ``begin`` to ``end`` (None where there is none); where it needs a word, a problem's code and what is wrong."""
        if type(begin) is not int or type(end) is not int:
            return None, "span-invalid", "begin and end are not whole numbers"
        if not 0 <= begin < end:
            return None, "span-invalid", "the span is empty" if begin == end else "the span is reversed or negative"
        span: Span = (begin, end)
        widened = False
        if self._counting is not None:
            moved = self._counting.recount((span,))
            if moved is None:
                return None, "span-outside", "the text ends before"
            span, widened = moved.spans[0], moved.widened
        elif end > len(self._text):
            return None, "span-outside", f"the text ends at {len(self._text)}"
        found = Mention((span,), self._text[span[0] : span[1]])
        if widened:
            return found, "span-widened", f"an offset lies inside a character; taken as {span[0]}-{span[1]}"
        return found, "", ""
