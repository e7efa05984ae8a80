"""The dates of a document that have no EDTF value: from the annotator's note, else from their words.

Codes of problems (of the document, all *kept*; they are part of its record):

    code                  what it means
    date-read-from-text   the value was read from the words of the date; the message says both, and from which day
    date-unread           the words say no date that can be read without guessing; the date has no bounds

A note that is an EDTF value is the value, and no finding. Of several mentions of one date each is read: the narrowest value is taken, and
nothing where two of them contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kgbuild import edtf
from kgbuild import vocabulary as v
from kgbuild.dating.calendar import anchor_of
from kgbuild.dating.phrases import Said
from kgbuild.dating.reading import read_date
from kgbuild.document import Document, Problem, Unit
from kgbuild.errors import MissingExtra
from kgbuild.ontology import Ontology

_FIRST, _LAST = "0001-01-01", "9999-12-31"


class Dates:
    """Gives dates their values. Picklable; a function of document and ontology.

    ``keep_text`` False: messages do not show the words of dates, since the text may not be kept.
    """

    def __init__(self, ontology: Ontology, *, keep_text: bool = True) -> None:
        self._ontology = ontology
        self._keep_text = keep_text
        self._labels: dict[str, bool] = {}

    def __call__(self, document: Document) -> Document:
        """The document with a value on each date that has none and whose note or words say one; problems for the others."""
        units: dict[int, Unit] = {}
        problems: list[Problem] = []
        for place, unit in enumerate(document.units):
            if not self._lacks_value(unit):
                continue
            value = self._noted(unit)
            if value is None:
                value, problem = self._read(document, unit)
                problems.append(problem)
            if value is not None:
                units[place] = msgspec.structs.replace(unit, attrs={**unit.attrs, "edtf": value})
        if not problems and not units:
            return document
        replaced = tuple(units.get(place, unit) for place, unit in enumerate(document.units))
        return msgspec.structs.replace(document, units=replaced, problems=(*document.problems, *problems))

    def _lacks_value(self, unit: Unit) -> bool:
        if unit.kind == "relation" or not any(self._is_date(label) for label in unit.labels):
            return False
        if unit.prov is not None and unit.prov.status == "rejected":
            return False
        return not any(name == "edtf" or self._ontology.find_attribute(name, v.DATE) == v.EDTF for name in unit.attrs)

    def _is_date(self, label: str) -> bool:
        known = self._labels.get(label)
        if known is None:
            cls = self._ontology.find_class(label)
            known = cls is not None and self._ontology.is_a(cls, v.DATE)
            if len(self._labels) < 10_000:
                self._labels[label] = known
        return known

    def _noted(self, unit: Unit) -> str | None:
        for note in self._notes(unit):
            try:
                return edtf.parse(note).text
            except ValueError:
                continue
        return None

    def _notes(self, unit: Unit) -> Iterator[str]:
        """What the annotator remarked on the date or one of its mentions."""
        for prov in (unit.prov, *(mention.prov for mention in unit.mentions)):
            if prov is not None and prov.note:
                yield prov.note
        for name, value in unit.attrs.items():
            if self._ontology.find_attribute(name, v.DATE) == v.NOTE:
                yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))

    def _read(self, document: Document, unit: Unit) -> tuple[str | None, Problem]:
        texts = list(dict.fromkeys(text for text in (unit.name, *(mention.text for mention in unit.mentions)) if text and text.strip()))
        anchor = anchor_of(document.meta.get("published"))
        said: dict[str, Said] = {}
        failed: list[str] = []
        for text in texts:
            try:
                said[text] = read_date(text, document.language, anchor)
            except MissingExtra as error:
                failed.append(f"{error}; {error.hint}")
            except ValueError as error:
                failed.append(str(error))
        if not texts:
            return None, self._unread(unit, "", "it has no words")
        best = min(said.items(), key=lambda item: _length(item[1].value), default=None)
        if best is None:
            return None, self._unread(unit, texts[0], failed[0])
        if other := next((text for text, one in said.items() if not _overlap(one.value, best[1].value)), None):
            contradiction = f"its words say {best[1].value} and {said[other].value}"
            return None, self._unread(unit, best[0], contradiction)
        text, read = best
        seen = f", seen from {anchor}, when the article was published" if read.anchored else ""
        advice = "if it is another date, note its EDTF value on it in the annotation tool"
        message = f"date{self._quoted(text)} of unit “{unit.id}” has no EDTF value: read as {read.value}{seen}; {advice}"
        return read.value, Problem("date-read-from-text", "kept", message, unit=unit.id)

    def _unread(self, unit: Unit, text: str, why: str) -> Problem:
        advice = "note its EDTF value on it in the annotation tool, such as 2024-01-16 or 2024-01"
        message = f"date{self._quoted(text)} of unit “{unit.id}” has no EDTF value, and its words are not read: {why}; {advice}"
        return Problem("date-unread", "kept", message, unit=unit.id)

    def _quoted(self, text: str) -> str:
        return f" “{' '.join(text.split())[:80]}”" if text and self._keep_text else ""


def _bounds(value: str) -> tuple[str, str]:
    read = edtf.parse(value)
    return read.earliest or _FIRST, read.latest or _LAST


def _overlap(one: str, other: str) -> bool:
    first, second = _bounds(one), _bounds(other)
    return first[0] <= second[1] and second[0] <= first[1]


def _length(value: str) -> tuple[int, int]:
    """How long a date may last, as a measure to sort by."""
    earliest, latest = _bounds(value)
    years = int(latest[:4]) - int(earliest[:4])
    return years * 372 + (int(latest[5:7]) - int(earliest[5:7])) * 31 + int(latest[8:]) - int(earliest[8:]), len(value)
