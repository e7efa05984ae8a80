"""Find annotation files among and below the paths that were named."""

from __future__ import annotations

import os
import stat
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kgbuild.document import Problem
from kgbuild.errors import FormatError
from kgbuild.readers.choosing import BUILT_IN, choose, has_suffix, is_companion, named, spread_format
from kgbuild.readers.places import place
from kgbuild.readers.sidecars import TABLE, is_sidecar, table_fault
from kgbuild.readers.strangers import without_annotation

__all__ = ["Source", "discover"]


class Source(NamedTuple):
    """A file (or a folder that is one source) to read, and the folder that it was found under, its own where it was named directly."""

    path: Path
    root: Path
    #: files of its format that are read together with it
    others: tuple[Source, ...] = ()


def discover(paths: Iterable[Path | str], *, format: str | None = None) -> Iterator[Source | Problem]:
    """Yield the annotation files among and below ``paths``: folders recursively, in sorted order, each file once.

    Files that are to be read together (annotations of one page, each in its own file) are one source, and come last.
    In a folder, hidden files and folders are skipped, links are followed but no folder is entered twice, and a file of unknown format gives
    a problem, unless it stands beside annotations: their plain text (``a.txt`` beside ``a.kga.jsonl``), metadata, a tool's configuration.
    With ``format``, only files with that reader's suffixes are taken from a folder, the rest passes in silence. A folder that a format
    knows as a whole (a project of INCEpTION) is one source. A table of metadata that cannot be read gives a problem, once.

    Raises FormatError, before anything is yielded, for a path that does not exist, a file named directly that no reader knows, a folder
    without any annotation file, and an unknown ``format``.
    """
    wanted = [Path(path) for path in paths]
    for path in wanted:
        _check(path, format)
    yield from _together(_found(wanted, format), format)


def _found(wanted: Iterable[Path], format: str | None) -> Iterator[Source | Problem]:
    seen: set[tuple[int, int]] = set()
    for path in wanted:
        if path.is_dir():
            yield from _walk(path, path, format, seen)
        elif _first_time(path, seen):
            yield from _table(path.parent, seen)
            yield Source(path, path.parent)


def _together(found: Iterable[Source | Problem], format: str | None) -> Iterator[Source | Problem]:
    """Let all pass but files of formats whose documents may be spread over several: they come last, those together that belong together."""
    held: dict[str, dict[Path, Source]] = {}
    for one in found:
        name = None if isinstance(one, Problem) else spread_format(one.path, format)
        if isinstance(one, Problem) or name is None:
            yield one
        else:
            held.setdefault(name, {})[one.path] = one
    for name, sources in held.items():
        for first, *others in named(name, next(iter(sources))).together(tuple(sources)):  # type: ignore[attr-defined]
            yield sources[first]._replace(others=tuple(sources[path] for path in others))


def _check(path: Path, name: str | None) -> None:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        what = "no such file or folder" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
        raise FormatError(what, path=place(path)) from error
    if stat.S_ISDIR(mode):
        unknown: list[str] = []
        for found in _walk(path, path, name, set()):
            if isinstance(found, Source):
                return
            unknown.append(found.where.removeprefix(f"{place(path)}/"))
        told = without_annotation(unknown, () if name is None else named(name, path).suffixes)
        raise FormatError("no annotation file in this folder", path=place(path), hint=f"{told}known formats: {', '.join(BUILT_IN)}")
    if stat.S_ISREG(mode) or name is not None:
        choose(path, name)
    else:
        raise FormatError("not a regular file", path=place(path), hint="name its format with --format")


def _walk(folder: Path, root: Path, name: str | None, seen: set[tuple[int, int]]) -> Iterator[Source | Problem]:
    if not _first_time(folder, seen):
        return
    try:
        entries = sorted(entry.name for entry in os.scandir(folder) if not entry.name.startswith("."))
    except OSError as error:
        yield _rejected("unreadable-file", folder, f"the folder cannot be read: {error.strerror}")
        return
    if _is_source(folder, entries, name):
        yield Source(folder, folder.parent if folder == root else root)
        return
    yield from _table(folder, seen)
    for entry in entries:
        path = folder / entry
        if os.path.isdir(path):  # unlike Path.is_dir, False where permission is missing
            yield from _walk(path, root, name, seen)
        elif not os.path.isfile(path):
            what = "the link leads nowhere" if path.is_symlink() else "not a file that can be read"
            yield _rejected("unreadable-file", path, f"{what}; remove it, or name another path")
        elif (found := _file(path, root, name, entries)) and (isinstance(found, Problem) or _first_time(path, seen)):
            yield found


def _table(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Problem]:
    table = folder / TABLE
    if table.is_file() and _first_time(table, seen) and (fault := table_fault(table)):
        yield fault


def _is_source(folder: Path, entries: Sequence[str], name: str | None) -> bool:
    """Whether a format knows the folder as a whole."""
    if name is not None:
        knows = getattr(named(name, folder), "sniff_folder", None)
        return knows is not None and bool(knows(entries))
    try:
        choose(folder)
    except FormatError:
        return False
    return True


def _file(path: Path, root: Path, name: str | None, beside: Sequence[str]) -> Source | Problem | None:
    """What one file of a folder is, whose names are ``beside``, sorted."""
    if is_companion(path.name, beside):
        return None
    if name is not None:
        return Source(path, root) if has_suffix(path, named(name, path)) else None
    if is_sidecar(path.name) or (path.suffix == ".txt" and _is_text(path, beside)):
        return None
    try:
        choose(path)
    except FormatError as error:
        code = "unreadable-file" if isinstance(error.__cause__, OSError) else "unknown-format"
        return _rejected(code, path, str(error).removeprefix(f"{place(path)}: ") + (f"; {error.hint}" if error.hint else ""))
    return Source(path, root)


def _is_text(path: Path, beside: Sequence[str]) -> bool:
    """Whether a plain text stands beside an annotation of its name."""
    first = bisect_left(beside, f"{path.stem}.")
    return any(other.startswith(f"{path.stem}.") and other != path.name for other in beside[first : first + 2])


def _first_time(path: Path, seen: set[tuple[int, int]]) -> bool:
    """Tell files and folders by device and inode, so that links, loops and paths given twice are read once."""
    status = path.stat()
    identity = (status.st_dev, status.st_ino)
    if identity in seen:
        return False
    seen.add(identity)
    return True


def _rejected(code: str, path: Path, message: str) -> Problem:
    return Problem(code, "rejected", message, where=place(path))
