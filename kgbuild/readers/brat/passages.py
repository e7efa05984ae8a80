"""Text-bound lines as mentions: their spans in the order of the text, and the text that they are checked by.

What brat writes as a mention's text is its parts joined by a blank, each line end made a blank. A text that was broken in two is made
whole where the document's text says that it belongs together.
"""

from __future__ import annotations

from kgbuild.document import Mention
from kgbuild.readers.brat.remarks import Remarks
from kgbuild.readers.brat.standoff import Standoff, TextBound
from kgbuild.readers.matching import fit, text_at

__all__ = ["Passages"]

#: characters that the mentions of one document may cover together: beyond that, they cover the whole text again and again
LIMIT = 64 << 20


class Passages:
    """Makes the mentions of one document; ``text`` is None where the document's text is missing."""

    def __init__(self, text: str | None, standoff: Standoff, remarks: Remarks) -> None:
        self._text = text
        self._remarks = remarks
        self._left = LIMIT
        for index, line in enumerate(standoff.textbounds):
            if line.rest:
                standoff.textbounds[index] = self._whole(line, standoff)
        unchecked = [line for line in standoff.textbounds if line.text is None]
        if unchecked and text is not None:
            first = unchecked[0]
            more = f" and {len(unchecked) - 1:,} more" if len(unchecked) > 1 else ""
            message = f"{first.id}{more}: the line ends before the text that it covers, so that its place could not be verified"
            remarks.note("text-not-given", "kept", message, first.id, first.at)

    def mention(self, line: TextBound, name: str | None) -> Mention | None:
        """The mention of a line, with an id of its own or none; None where too much is covered."""
        spans, check, text = line.spans, line.text, self._text
        ordered = spans if len(spans) == 1 else tuple(sorted(spans))
        if check and text is not None:
            covered = text[spans[0][0] : spans[0][1]] if len(spans) == 1 else text_at(text, spans)
            if (covered != check or ordered != spans) and covered.replace("\n", " ") == check:
                check = text_at(text, ordered)
        spans = ordered
        self._left -= len(check) if check else spans[-1][1] - spans[0][0]
        if self._left < 0:
            message = f"the mentions of this document cover more than {LIMIT >> 20} million characters together; this one was left out"
            self._remarks.note("text-covered", "skipped", message, line.id, line.at)
            return None
        return Mention(spans=spans, text=check, id=name)

    def _whole(self, line: TextBound, standoff: Standoff) -> TextBound:
        """The line with the rest of its text, where that makes it what stands at its spans; else the rest is no text of it."""
        broken = line.text or ""
        whole = " ".join((broken, *(rest.strip() for rest, _at in line.rest)))
        spans = tuple(sorted(line.spans))
        if self._text is None or (not fit(self._text, spans, broken) and fit(self._text, spans, whole)):
            message = f"{line.id}: its text was broken in two by a line end; it was put together"
            self._remarks.note("text-broken", "kept", message, line.id, line.at)
            return line._replace(text=whole, rest=())
        for rest, at in line.rest:
            standoff.pass_over(rest, at)
        return line._replace(rest=())
