"""A whole INCEpTION project, exported: a ZIP archive, or the folder that it was unpacked to, with ``exportedproject*.json``.

Of a document whose curation is finished, what the curator made is taken; else the work of each annotator who has finished it, as a
document by that annotator; else the document is reported. Their files may be CAS JSON, CAS XMI in a ZIP archive, or WebAnno TSV.
Java's serialized CASes (``*.ser``) are never opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path, PurePosixPath

from kgbuild.document import Document, Problem, Prov
from kgbuild.errors import FormatError
from kgbuild.readers import archives
from kgbuild.readers.cas import project
from kgbuild.readers.cas.conventions import CONVENTIONS
from kgbuild.readers.cas.conversion import convert
from kgbuild.readers.cas.members import Held, cas_of
from kgbuild.readers.cas.project import Project
from kgbuild.readers.places import below, place
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.whole import read_whole

__all__ = ["READER", "Inception"]

_DESCRIPTION = "exportedproject*.json"
_FINISHED, _CURATED, _CURATOR = "FINISHED", "CURATION_FINISHED", "CURATION_USER"
#: endings of annotations that are read, the fullest first
_ENDINGS = (".json", ".xmi", ".zip", ".tsv")
_TOOL = "INCEpTION"


class Inception:
    """INCEpTION: a whole project, exported (ZIP archive or folder): curated documents, else each finished annotator's."""

    name = "inception"
    suffixes = (".zip",)
    conventions = CONVENTIONS

    def sniff(self, head: bytes) -> bool:
        """A project is an archive or a folder, never one file."""
        return False

    def sniff_archive(self, names: Sequence[str]) -> bool:
        """Tell from the members of an archive: one describes a project."""
        return _description(names) is not None

    def sniff_folder(self, names: Sequence[str]) -> bool:
        """Tell from the entries of a folder: one describes a project."""
        return any(fnmatchcase(name, _DESCRIPTION) for name in names)

    def read(self, path: Path, root: Path) -> Iterator[Document | Problem]:
        """Yield the documents, and a problem for each that is not taken. Raises FormatError where the export cannot be opened."""
        try:
            with _opened(path) as held:
                yield from _Export(path, root, held).documents()
        except Rejected as why:
            yield why.problem(path)
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error


READER = Inception()


@contextmanager
def _opened(path: Path) -> Iterator[Held]:
    """The files of an export by their names, below its folder or in its archive."""
    if path.is_dir():
        files = (Path(folder, name) for folder, _, names in os.walk(path) for name in names)
        yield {file.relative_to(path).as_posix(): partial(read_whole, file) for file in sorted(files)}
    else:
        with archives.opened(path) as members:
            yield {member.name: member.read for member in members}


def _description(names: Sequence[str]) -> str | None:
    """The file that describes the project: the one least deep."""
    found = [name for name in names if fnmatchcase(PurePosixPath(name).name, _DESCRIPTION)]
    return min(found, key=lambda name: (name.count("/"), name), default=None)


class _Export:
    """One export, while it is read."""

    def __init__(self, path: Path, root: Path, held: Held) -> None:
        described = _description(tuple(held))
        if described is None:
            raise Rejected("annotation-invalid", f"there is no {_DESCRIPTION}: this is no export of a project")
        self._path = path
        self._held = held
        self._folder = PurePosixPath(described).parent
        self._described = described
        self._project: Project = project.parse(held[described]())
        above = below(path.parent / "x", root).rpartition("/")[0]
        self._prefix = f"{above}/" if above else ""

    def documents(self) -> Iterator[Document | Problem]:
        if not self._project.documents:
            raise Rejected("annotation-invalid", f"{self._described} names no document; export the project again, with its documents")
        for name, state in self._project.documents.items():
            taken = list(self._of(name, state))
            if taken:
                yield from taken
            else:
                yield self._unfinished(name, state)

    def _of(self, name: str, state: str) -> Iterator[Document | Problem]:
        """What there is of one document."""
        if state == _CURATED:
            if (member := self._member("curation", name, _CURATOR)) is not None:
                yield self._document(name, member, Prov(tool=_TOOL, status="curated"))
                return
            yield self._missing(name, "its curation is finished, but the export does not hold it")
        for user, progress in self._project.annotators[name]:
            if progress == _FINISHED:
                if (member := self._member("annotation", name, user)) is not None:
                    yield self._document(name, member, Prov(annotator=user, tool=_TOOL))
                else:
                    yield self._missing(name, f"{user} has finished it, but the export does not hold that")

    def _member(self, folder: str, document: str, user: str) -> str | None:
        return next((name for ending in _ENDINGS if (name := str(self._folder / folder / document / (user + ending))) in self._held), None)

    def _document(self, name: str, member: str, prov: Prov) -> Document | Problem:
        called, where = self._id(name), place(self._path / member)
        try:
            return convert(cas_of(member, self._held), id=called, where=where, prov=prov, project=self._project)
        except Rejected as why:
            why.document = called
            return why.problem(self._path / member)

    def _id(self, name: str) -> str:
        """A document is called as its file was, below the project's own folder."""
        return self._prefix + name.removesuffix(".txt")

    def _missing(self, name: str, what: str) -> Problem:
        advice = "export the project again, with the annotations as UIMA CAS JSON"
        message = f"document {name}: {what} in a format that can be read; {advice}"
        return Problem("member-missing", "skipped", message, self._id(name), where=place(self._path / self._described))

    def _unfinished(self, name: str, state: str) -> Problem:
        users = ", ".join(f"{user} is at {progress}" for user, progress in self._project.annotators[name]) or "nobody has begun it"
        what = f"document {name} is at {state or 'no state'}, and {users}: no annotation of it was taken"
        message = f"{what}; mark it as finished in INCEpTION, and export again"
        return Problem("document-unfinished", "skipped", message, self._id(name), where=place(self._path / self._described))
