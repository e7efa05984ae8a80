"""brat standoff: a text (``NAME.txt``) and its annotations beside it (``NAME.ann``, or parts ``.a1``, ``.a2``, ``.co``, ``.rel``).

A document's id is its path below the folder that was given, without an ending. Offsets are code points of the text as it stands: line
ends are not changed, and a byte order mark counts. What each line says: :mod:`.standoff`; which of them are one unit: :mod:`.units`; what
files belong together: :mod:`.parts`; what a project's configuration adds: :mod:`.configuration`; what is written in notes: :mod:`.notes`.
A document and its annotations are read whole, each up to 64 MiB. Codes of problems:
:mod:`kgbuild.readers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kgbuild.document import Document, Problem
from kgbuild.errors import FormatError
from kgbuild.readers.brat.configuration import FILES
from kgbuild.readers.brat.documents import Refused, document
from kgbuild.readers.brat.parts import ANN, is_part
from kgbuild.readers.brat.standoff import looks_like
from kgbuild.readers.conventions import Convention
from kgbuild.readers.places import place

__all__ = ["READER", "Brat"]


class Brat:
    """brat standoff: .ann (or .a1, .a2, .co, .rel) beside the text"""

    name = "brat"
    suffixes = (ANN, ".a1", ".a2")
    companions = FILES
    conventions = (
        Convention("label", "the type of a text-bound annotation, event or relation; an event's trigger is its mention"),
        Convention("role", "the role of an event's argument; a number at its end (Org2) goes where the bare role is known"),
        Convention("statement", "an event of the type Statement, or of a class below it, on the words that say it"),
        Convention("stance", "an attribute stance with its value (A1 stance E1 denies), or the type that stands for it (Denial)"),
        Convention("date", "a note that is an EDTF value (2024-01-16) on an annotation of the type Date"),
        Convention("quote", "a text-bound annotation of the type Quote, which fills the role quote of its statement"),
        Convention("link", "a normalization (N1 Reference T1 Wikidata:Q159); other databases by [normalization] in tools.conf"),
        Convention("coreference", "an equivalence set (* Same T1 T5)"),
        Convention("attribute", "an attribute (A1 Confidence E1 High); one without a value is true"),
        Convention(
            "literal",
            "a note role=value, or several with semicolons: quantity=12; unit=tank. name=… is a thing's own name, role=IRI a thing outside",
        ),
        Convention("metadata", "NAME.meta.json beside NAME.ann, or metadata.tsv for a folder"),
        Convention("annotator", "NAME_ANNOTATOR.ann beside NAME.txt, or the column annotator of metadata.tsv"),
        Convention("note", "a note of any other words"),
    )

    def sniff(self, head: bytes) -> bool:
        """Tell from the first bytes: lines of brat's own form."""
        return looks_like(head)

    def is_part(self, name: str, beside: Sequence[str]) -> bool:
        """Tell whether a file is read together with another one of its folder."""
        return is_part(name, beside)

    def read(self, path: Path, root: Path) -> Iterator[Document | Problem]:
        """Yield the document, verified, or the problem that it was rejected for. Raises FormatError where the file cannot be opened."""
        try:
            yield document(path, root)
        except Refused as refused:
            yield refused.why.problem(refused.path)
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error


READER = Brat()
