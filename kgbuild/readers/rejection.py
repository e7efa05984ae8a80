"""What a reader raises inside for a document that it cannot take; its ``read`` yields it as a problem."""

from __future__ import annotations

from pathlib import Path

from kgbuild.document import Problem
from kgbuild.readers.places import place

__all__ = ["Rejected"]


class Rejected(Exception):
    """A document that cannot be taken: the problem's code (:mod:`kgbuild.readers`), and what is wrong, with what to do."""

    def __init__(self, code: str, message: str, *, document: str = "", unit: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.document = document
        self.unit = unit
        self.line = line

    def problem(self, path: Path, line: int | None = None) -> Problem:
        """The problem to yield; ``line`` is where the document begins, unless a line of its own was given."""
        return Problem(self.code, "rejected", str(self), self.document, self.unit, place(path, self.line or line))
