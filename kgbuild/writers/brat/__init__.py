"""brat standoff: ``NAME.txt``, ``NAME.ann`` and ``NAME.meta.json``, as :mod:`kgbuild.readers.brat` reads them.

What has no line in brat is written in notes (an argument's literal, a name, a date's value, a remark), or beside the annotation: metadata,
who annotated, what each unit is called, and its kind where its form does not tell. brat knows things by where they stand, so a thing that
stands nowhere in the text is lost, with its relations; so are heads, several labels on one stretch of text, and provenance below the
document's.
"""

from __future__ import annotations

from kgbuild.document import Document
from kgbuild.writers.beside import beside
from kgbuild.writers.brat.lines import Lines
from kgbuild.writers.losses import Losses
from kgbuild.writers.writer import Written

__all__ = ["WRITER", "Brat"]


class Brat:
    """Writes brat standoff."""

    name = "brat"

    def write(self, document: Document) -> Written:
        """Write the text, its annotations and what stands beside them; nothing where there is no text."""
        losses = Losses(document, "brat")
        if document.text is None:
            losses.reject("the document has no text to annotate")
            return Written({}, tuple(losses))
        lines = Lines(document, losses)
        files = {".txt": document.text.encode(), ".ann": lines.encoded(), ".meta.json": beside(document, lines.units)}
        return Written(files, tuple(losses))


WRITER = Brat()
