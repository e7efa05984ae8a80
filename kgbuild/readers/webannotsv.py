"""WebAnno TSV 3 (``*.tsv``): what INCEpTION and WebAnno export a document as, a row a token."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kgbuild.document import Document, Problem
from kgbuild.errors import FormatError
from kgbuild.readers.cas import tsv
from kgbuild.readers.cas.conventions import CONVENTIONS
from kgbuild.readers.cas.conversion import convert
from kgbuild.readers.conventions import Convention
from kgbuild.readers.lines import BOM
from kgbuild.readers.places import below, place
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.whole import read_whole

__all__ = ["READER", "WebAnnoTsv"]

_METADATA = Convention("metadata", "the format has no room for it: a file NAME.meta.json beside NAME.tsv, or metadata.tsv in the folder")


class WebAnnoTsv:
    """INCEpTION, WebAnno: one document as WebAnno TSV 3.1 to 3.3."""

    name = "webanno-tsv"
    suffixes = (".tsv",)
    conventions = (*(convention for convention in CONVENTIONS if convention.what != "metadata"), _METADATA)

    def sniff(self, head: bytes) -> bool:
        """Tell from the first bytes: the line that names the format."""
        return head.removeprefix(BOM).startswith(b"#FORMAT=WebAnno TSV")

    def read(self, path: Path, root: Path) -> Iterator[Document | Problem]:
        """Yield the file's document, or the problem that it was rejected for. Raises FormatError where it cannot be opened."""
        try:
            yield convert(tsv.parse(read_whole(path)), id=below(path, root), where=place(path))
        except Rejected as why:
            yield why.problem(path)
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error


READER = WebAnnoTsv()
