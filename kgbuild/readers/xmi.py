"""CAS XMI (``*.xmi``) with the type system beside it, or both in a ZIP archive: what INCEpTION and other tools on UIMA export.

The type system of ``NAME.xmi`` is ``NAME-typesystem.xml`` or ``TypeSystem.xml`` in its folder, in any case of letters, else the only file
there that is called so in part. In an archive with several documents the id of each ends with its own name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from kgbuild.document import Document, Problem
from kgbuild.errors import FormatError
from kgbuild.readers import archives
from kgbuild.readers.cas.conventions import CONVENTIONS
from kgbuild.readers.cas.conversion import convert
from kgbuild.readers.cas.members import xmi_of
from kgbuild.readers.places import below, place
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.whole import read_whole

__all__ = ["READER", "Xmi"]


class Xmi:
    """INCEpTION: one document as CAS XMI, with its type system beside it or in one ZIP archive."""

    name = "xmi"
    suffixes = (".xmi", ".zip")
    conventions = CONVENTIONS
    companions = ("[Tt]ype[Ss]ystem.xml", "*[-_.][Tt]ype[Ss]ystem.xml", "[Tt]ype[Ss]ystem[-_.]*.xml")

    def sniff(self, head: bytes) -> bool:
        """Tell from the first bytes: the outermost element ``xmi:XMI``."""
        return b"http://www.omg.org/XMI" in head and b":XMI" in head

    def sniff_archive(self, names: Sequence[str]) -> bool:
        """Tell from the members of an archive: there is an XMI, and none is of a project."""
        return any(name.lower().endswith(".xmi") for name in names) and not any("exportedproject" in name for name in names)

    def read(self, path: Path, root: Path) -> Iterator[Document | Problem]:
        """Yield the documents, and a problem for each that is rejected. Raises FormatError where the file cannot be opened."""
        try:
            with path.open("rb") as file:
                is_archive = archives.is_zip(file.read(4))
            if is_archive:
                yield from _archive(path, below(path, root))
            else:
                held = {entry.name: partial(read_whole, entry) for entry in path.parent.iterdir()}
                yield convert(xmi_of(path.name, held), id=below(path, root), where=place(path))
        except Rejected as why:
            yield why.problem(path)
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error


READER = Xmi()


def _archive(path: Path, id: str) -> Iterator[Document | Problem]:
    with archives.opened(path) as members:
        held = {member.name: member.read for member in members}
        documents = [name for name in held if name.lower().endswith(".xmi")]
        for name in documents:
            own = id if len(documents) == 1 else f"{id}/{PurePosixPath(name).with_suffix('')}"
            try:
                yield convert(xmi_of(name, held), id=own, where=place(path / name))
            except Rejected as why:
                yield why.problem(path / name)
