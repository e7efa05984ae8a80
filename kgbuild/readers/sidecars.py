"""Metadata of articles in formats that have no room for it: a file beside the annotation, or a table for a folder.

``NAME.meta.json`` beside ``NAME.ann`` (or ``NAME.ann.meta.json``) is a JSON object of metadata (``title``, ``publisher``, ``published``,
``lang``, ``uri`` …), or ``{"id": …, "meta": {…}, "prov": {…}}``, which names the document and its annotator too.
``metadata.tsv`` in the file's folder, or in a folder above it up to the one that was given, has a line for a document: the column
``document`` holds its id, or its path below the table's folder with or without its ending; the other columns are metadata, ``annotator``
is who annotated it; empty cells say nothing. The nearest table that knows the document holds, and ``NAME.meta.json`` before any table.
What is said there holds before what the file itself says.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from kgbuild.document import Document, Problem, Prov
from kgbuild.readers.objects import loads
from kgbuild.readers.places import place
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.whole import decode, read_whole

__all__ = ["TABLE", "Sidecars", "is_sidecar", "table_fault"]

#: name of a folder's table
TABLE = "metadata.tsv"
_ENDING = ".meta.json"


def is_sidecar(name: str) -> bool:
    """Whether a file of this name holds metadata of others."""
    return name == TABLE or name.endswith(_ENDING)


class Said:
    """What the sidecars say of one document."""

    def __init__(self, meta: dict[str, Any], *, id: str = "", prov: Prov | None = None) -> None:
        self.meta = meta
        self.id = id
        self.prov = prov

    def applied(self, document: Document, own_id: str) -> Document:
        """The document with what is said; an id takes the place only of one that was made of the file's name, ``own_id``."""
        name = self.id if self.id and document.id == own_id else document.id
        prov = document.prov
        if self.prov is not None:
            said = {field: value for field, value in msgspec.structs.asdict(self.prov).items() if value is not None}
            prov = replace(prov or Prov(), **said)
        return replace(document, id=name, meta={**document.meta, **self.meta}, prov=prov)


class Sidecars:
    """The sidecars of one annotation file, read when first needed."""

    def __init__(self, path: Path, root: Path) -> None:
        self._path = path
        self._own_id = _below(path, root)
        self._problems: list[Problem] = []
        self._own = self._beside()
        self._tables = list(self._above(root))

    def problems(self) -> Iterator[Problem]:
        """What of them could not be read; the documents are loaded without it."""
        yield from self._problems

    def applied(self, document: Document) -> Document:
        """The document with what its sidecars say."""
        if self._own is None and not self._tables:
            return document
        for folder, rows in self._tables:
            below = _below(self._path, folder)
            names = (document.id, below, below + "".join(self._path.suffixes[-1:]), self._path.relative_to(folder).as_posix())
            found = next((rows[name] for name in names if name in rows), None)
            if found is not None:
                document = found.applied(document, self._own_id)
                break
        return self._own.applied(document, self._own_id) if self._own else document

    def _beside(self) -> Said | None:
        for name in (self._path.with_suffix("").name, self._path.name):
            path = self._path.parent / f"{name}{_ENDING}"
            if path.is_file():
                try:
                    return _object(loads(decode(read_whole(path)).removeprefix("\ufeff")))
                except (Rejected, OSError) as error:
                    self._problems.append(_problem(path, error))
        return None

    def _above(self, root: Path) -> Iterator[tuple[Path, dict[str, Said]]]:
        folder = self._path.parent
        while True:
            table = folder / TABLE
            if table.is_file() and table_fault(table) is None:  # a fault is reported once, where the table was found
                yield folder, _table(table, table.stat().st_mtime_ns)
            if folder == root or root not in folder.parents:
                return
            folder = folder.parent


def table_fault(path: Path) -> Problem | None:
    """What is wrong with a table of metadata, if it cannot be read."""
    try:
        _table(path, path.stat().st_mtime_ns)
    except (Rejected, OSError) as error:
        return _problem(path, error)
    return None


def _problem(path: Path, error: Rejected | OSError) -> Problem:
    line = error.line if isinstance(error, Rejected) else None
    message = str(error) if isinstance(error, Rejected) else f"cannot be read: {error.strerror}"
    return Problem("metadata-invalid", "skipped", f"{message}; its metadata were left out", where=place(path, line))


def _object(loaded: Any) -> Said:
    """What a ``.meta.json`` says. Raises Rejected."""
    if not isinstance(loaded, dict):
        raise Rejected("metadata-invalid", 'expected an object of metadata, such as {"title": …, "published": "2024-01-16"}')
    if not loaded or not loaded.keys() <= {"id", "meta", "prov"}:
        return Said(loaded)
    meta = loaded.get("meta", {})
    if not isinstance(meta, dict) or not isinstance(loaded.get("id", ""), str):
        raise Rejected("metadata-invalid", "“id” must be text, and “meta” an object")
    try:
        prov = msgspec.convert(loaded["prov"], Prov) if "prov" in loaded else None
    except msgspec.ValidationError as error:
        raise Rejected("metadata-invalid", f"“prov”: {error}") from error
    return Said(meta, id=loaded.get("id", ""), prov=prov)


@lru_cache(maxsize=16)
def _table(path: Path, changed: int) -> dict[str, Said]:
    """Document -> what a table says of it; remembered while the file is unchanged. Raises Rejected and OSError."""
    lines = decode(read_whole(path)).removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    columns: list[str] = []
    found: dict[str, Said] = {}
    for number, cells in enumerate(rows, 1):
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        if not columns:
            columns = cells
            if "document" not in columns or len(set(columns)) != len(columns):
                raise Rejected("metadata-invalid", "the first line must name columns, each once, one of them “document”", line=number)
            continue
        if len(cells) > len(columns):
            raise Rejected("metadata-invalid", f"{len(cells)} cells where the first line has {len(columns)}", line=number)
        row = {name: cell for name, cell in zip(columns, cells, strict=False) if cell}
        name = row.pop("document", "")
        if not name or name in found:
            raise Rejected("metadata-invalid", f"document {name!r} has a line already" if name else "no document is named", line=number)
        annotator = row.pop("annotator", None)
        found[name] = Said(dict(row), prov=Prov(annotator=annotator) if annotator else None)
    return found


def _below(path: Path, folder: Path) -> str:
    """A file's path below a folder, without its last ending."""
    try:
        return path.relative_to(folder).with_suffix("").as_posix()
    except ValueError:
        return path.stem
