"""What a writer is, and what it hands over."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from kgbuild.document import Document, Problem


class Written(NamedTuple):
    """A document in another format: ending of a file's name -> content, and what of the document is not in them."""

    files: dict[str, bytes]
    problems: tuple[Problem, ...]


class Writer(Protocol):
    """Writes documents in one annotation format. Pure: equal documents give equal bytes."""

    @property
    def name(self) -> str:
        """The format's name, as in ``convert --to``: that of the reader which reads it back."""

    def write(self, document: Document) -> Written:
        """Write one document. What the format cannot hold is left out and said in the problems; no files where nothing is left."""
