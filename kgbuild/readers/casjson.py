"""UIMA CAS JSON 0.4 (``*.json``): what INCEpTION exports a document as, types and data in one file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kgbuild.document import Document, Problem
from kgbuild.errors import FormatError
from kgbuild.readers.cas import notation_json
from kgbuild.readers.cas.conventions import CONVENTIONS
from kgbuild.readers.cas.conversion import convert
from kgbuild.readers.places import below, place
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.whole import read_whole

__all__ = ["READER", "CasJson"]

_KEYS = (b'"%TYPES"', b'"%FEATURE_STRUCTURES"', b'"%VIEWS"')


class CasJson:
    """INCEpTION: one document as UIMA CAS JSON 0.4."""

    name = "cas-json"
    suffixes = (".json",)
    conventions = CONVENTIONS

    def sniff(self, head: bytes) -> bool:
        """Tell from the first bytes: an object with one of the keys of a CAS."""
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        return start.startswith(b"{") and any(key in start for key in _KEYS)

    def read(self, path: Path, root: Path) -> Iterator[Document | Problem]:
        """Yield the file's document, or the problem that it was rejected for. Raises FormatError where it cannot be opened."""
        try:
            yield convert(notation_json.parse(read_whole(path)), id=below(path, root), where=place(path))
        except Rejected as why:
            yield why.problem(path)
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error


READER = CasJson()
