"""What is to be said of one annotation file: problems with the line that they concern, of each kind a bounded number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from kgbuild.document import Problem, Severity
from kgbuild.readers.places import place

__all__ = ["Place", "Remarks"]

#: problems of one code that are told one by one; of more only their number
_TOLD = 200


class Place(NamedTuple):
    """A line of one of the files that a document is annotated in."""

    file: Path
    line: int


class Remarks:
    """Problems of one document, in the order in which they were met."""

    def __init__(self, document: str, file: Path) -> None:
        self._document = document
        self._file = file
        self._problems: list[Problem] = []
        self._met: Counter[tuple[str, Severity]] = Counter()

    def note(self, code: str, severity: Severity, message: str, unit: str = "", at: Place | None = None) -> None:
        """Note a problem, unless so many of its code were told that one more tells nothing."""
        if not self.count_further(code, severity):
            self._met[code, severity] += 1
            where = place(at.file, at.line) if at else place(self._file)
            self._problems.append(Problem(code, severity, message, self._document, unit, where))

    def count_further(self, code: str, severity: Severity) -> bool:
        """Count one more problem of a code, if so many were told that only their number counts."""
        full = self._met[code, severity] >= _TOLD
        self._met[code, severity] += full
        return full

    def unreadable(self, file: Path, line: int) -> None:
        """Note a line that is not UTF-8."""
        self.note("not-utf8", "skipped", "the line is not UTF-8; it was left out, save the file as UTF-8", at=Place(file, line))

    def renamed(self, document: str) -> Remarks:
        """The same remarks on a document of another id."""
        self._document = document
        self._problems = [replace(problem, document=document) for problem in self._problems]
        return self

    def __iter__(self) -> Iterator[Problem]:
        yield from self._problems
        for (code, severity), count in self._met.items():
            if count > _TOLD:
                message = f"and {count - _TOLD:,} more like this in this document; repair those first, then load again"
                yield Problem(code, severity, message, self._document, "", place(self._file))
