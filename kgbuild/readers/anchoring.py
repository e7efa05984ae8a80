"""Is each mention where it says it is? Verifies spans against the text, and mends what can be mended without guessing.

A mention carries its covered text as a check value. The steps, the first that fits holds:

    1  the text at the span is equal
    2  equal but for whitespace
    3  equal after Unicode NFC                                       one problem for the document
    4  equal at the same offsets counted in another unit             a problem
    5  the text stands at one place only within 200 characters, or   a problem
       at one place only that overlaps the span
    6  none of these: the mention is left out                        a problem

Where the offsets of a whole document are plainly counted in another unit (nine in ten of the mentions that tell the units apart fit in it,
and none of those in code points), all are read in that unit, mentions without check text too, with one problem for the document.
Afterwards ``Mention.text`` is what the text holds at its spans, parts joined by one space, so that later code may rely on it.
Codes of the problems: :mod:`kgbuild.readers`.
"""

from __future__ import annotations

from functools import cached_property

from msgspec.structs import replace

from kgbuild.document import Document, Mention, Problem, Severity, Span
from kgbuild.readers.counting import Counting, countings
from kgbuild.readers.matching import Spans, fit, inside, is_in_order, search, text_at

__all__ = ["verify"]


def verify(document: Document) -> Document:
    """Return the document with every mention verified; what was mended or left out is added to its ``problems``.

    A document that is in order is returned as it is. A text-less document keeps its spans where ``sha256`` or ``sentences`` say what they
    count in; else the spans go, and a mention is known by its text only.
    """
    text = document.text
    if text is None:
        return _without_text(document)
    if all(_is_plain(mention, text) for unit in document.units for mention in unit.mentions):
        return document
    return _Mending(document, text).document()


def _is_plain(mention: Mention, text: str) -> bool:
    """Whether a mention needs no second look: without spans, or exactly where it says."""
    spans = mention.spans
    if len(spans) == 1:
        begin, end = spans[0]
        at_place = begin < end <= len(text) and text[begin:end] == mention.text
    else:
        at_place = not spans or (is_in_order(spans) and spans[-1][1] <= len(text) and text_at(text, spans) == mention.text)
    return at_place and (mention.head is None or not spans or inside(mention.head, spans))


class _Mending:
    """The slow way, for a document with at least one mention that is not plainly in order."""

    def __init__(self, document: Document, text: str) -> None:
        self._document = document
        self._text = text
        self._problems: list[Problem] = []
        self._normalized: list[str] = []

    def document(self) -> Document:
        counting = self._counting_of_document()
        if counting:
            message = f"the offsets are counted in {counting.name}, not in code points; they were recounted"
            self._report("offsets-recounted", "kept", "", message)
        units = []
        for unit in self._document.units:
            if counting is None and all(_is_plain(mention, self._text) for mention in unit.mentions):
                units.append(unit)
                continue
            mended = (self._mention(mention, unit.id, counting) if mention.spans else mention for mention in unit.mentions)
            units.append(replace(unit, mentions=tuple(mention for mention in mended if mention is not None)))
        if self._normalized:
            first, others = self._normalized[0], len(self._normalized) - 1
            more = f" and {others} more" if others else ""
            message = f"check texts equal to the text only after Unicode NFC: in {first}{more}; the text's own form is used"
            self._report("text-normalized", "kept", first, message)
        return replace(self._document, units=tuple(units), problems=self._document.problems + tuple(self._problems))

    def _report(self, code: str, severity: Severity, unit: str, message: str) -> None:
        self._problems.append(Problem(code, severity, message, self._document.id, unit, self._document.where))

    @cached_property
    def _countings(self) -> tuple[Counting, ...]:
        return countings(self._text)

    def _counting_of_document(self) -> Counting | None:
        """The unit that the whole document is counted in, if it is another one than code points."""
        text = self._text
        mentions = [
            (mention.spans, mention.text) for unit in self._document.units for mention in unit.mentions if is_in_order(mention.spans)
        ]
        checked = [(spans, check) for spans, check in mentions if check and check.strip()]
        if all(fit(text, spans, check) for spans, check in checked):
            return None
        best, most = None, 0
        for counting in self._countings:
            fitting = telling = contrary = 0
            for spans, check in checked:
                moved = counting.recount(spans)
                if moved is None or moved.spans != spans:
                    telling += 1
                    fitting += bool(moved and fit(text, moved.spans, check))
                    contrary += bool(fit(text, spans, check))
            if not contrary and fitting > most and fitting >= 0.9 * telling:
                best, most = counting, fitting
        return best

    def _mention(self, mention: Mention, unit: str, counting: Counting | None) -> Mention | None:
        """One mention with spans, verified; None where it is left out."""
        shown = _show(mention.spans) + (f" {_quote(mention.text)}" if mention.text else "")
        if not is_in_order(mention.spans):
            self._report("span-invalid", "skipped", unit, f"{shown}: {_disorder(mention.spans)}; the mention was left out")
            return None
        spans, head = mention.spans, mention.head
        if counting:
            moved = counting.recount(spans)
            if moved and moved.widened:
                self._report("span-widened", "kept", unit, f"{shown}: an offset lies inside a character; taken as {_show(moved.spans)}")
            if moved:
                spans, head = moved.spans, _recount_head(head, counting)
        placed, used = self._place(mention, spans, unit, shown)
        if placed is None:
            return None
        if head is not None and used:
            head = _recount_head(mention.head, used)
        elif head is not None:
            shift = placed[0][0] - spans[0][0]
            head = (head[0] + shift, head[1] + shift)
        if mention.head is not None and (head is None or not inside(head, placed)):
            message = f"{shown}: the head {_show((mention.head,))} is not inside the mention; it was left out"
            self._report("head-invalid", "skipped", unit, message)
            head = None
        return replace(mention, spans=placed, text=text_at(self._text, placed), head=head)

    def _place(self, mention: Mention, spans: Spans, unit: str, shown: str) -> tuple[Spans | None, Counting | None]:
        """Go down the steps for one mention: its spans in the text or None, and the counting used where it is this mention's own."""
        text, check = self._text, mention.text
        if not check or not check.strip():
            if spans[-1][1] <= len(text):
                return spans, None
            message = f"{shown}: the text ends at {len(text)}; the mention was left out, correct its offsets"
            self._report("span-outside", "skipped", unit, message)
            return None, None
        how = fit(text, spans, check)
        if how:
            if how == "normalized":
                self._normalized.append(unit)
            return spans, None
        for counting in self._countings:
            moved = counting.recount(mention.spans)
            if moved and moved.spans != spans and fit(text, moved.spans, check):
                taken = f"taken as {_show(moved.spans)} in code points"
                self._report("span-repaired", "kept", unit, f"{shown}: counted in {counting.name}; {taken}")
                return moved.spans, counting
        near = search(text, spans, check)
        if len(near) == 1:
            self._report("span-repaired", "kept", unit, f"{shown}: does not stand there; taken as {_show(near[0])}, the one place near")
            return near[0], None
        there = f"there stands {_quote(text_at(text, spans))}" if spans[-1][1] <= len(text) else f"the text ends at {len(text)}"
        places = f", the check text stands at {' and '.join(map(_show, near[:5]))}" if near else ""
        self._report("span-mismatch", "skipped", unit, f"{shown}: {there}{places}; the mention was left out, correct its offsets")
        return None, None


def _without_text(document: Document) -> Document:
    if document.sentences or not any(mention.spans for unit in document.units for mention in unit.mentions):
        return document
    problems: list[Problem] = []
    units = []
    lost: list[str] = []
    for unit in document.units:
        mentions = []
        for mention in unit.mentions:
            if mention.spans and not is_in_order(mention.spans):
                message = f"{_show(mention.spans)}: {_disorder(mention.spans)}; the mention was left out"
                problems.append(Problem("span-invalid", "skipped", message, document.id, unit.id, document.where))
                continue
            if mention.spans and not document.sha256:
                lost.append(unit.id)
                if not mention.text:
                    continue
                mention = replace(mention, spans=(), head=None)
            mentions.append(mention)
        units.append(replace(unit, mentions=tuple(mentions)))
    if lost:
        message = f"the document has no text that its {len(lost)} span(s) could count in; they were left out, give the text or its sha256"
        problems.append(Problem("span-without-text", "skipped", message, document.id, lost[0], document.where))
    if document.sha256:
        message = f"the text {document.sha256[:12]}… is in no earlier line of the file; its spans are not verified, put its line first"
        problems.append(Problem("text-missing", "kept", message, document.id, "", document.where))
    return replace(document, units=tuple(units), problems=document.problems + tuple(problems))


def _recount_head(head: Span | None, counting: Counting) -> Span | None:
    moved = counting.recount((head,)) if head else None
    return moved.spans[0] if moved else None


def _show(spans: Spans) -> str:
    return ", ".join(f"{begin}-{end}" for begin, end in spans)


def _quote(text: str) -> str:
    short = " ".join(text.split())
    return f"“{short if len(short) <= 60 else short[:57] + '…'}”"


def _disorder(spans: Spans) -> str:
    if any(begin >= end for begin, end in spans):
        return "the span is empty or reversed"
    return "its parts overlap or are not in the order of the text"
