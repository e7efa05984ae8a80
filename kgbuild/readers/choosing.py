"""Which reader takes a file: by name, by content, by suffix; built-in readers before installed plug-ins.

A reader may have more than the protocol asks for: ``conventions`` (:mod:`kgbuild.readers.conventions`), ``companions`` (glob patterns of
files beside its own, which a search of a folder passes over), ``is_part(name, beside)`` (whether a file is read together with another one
of its folder, whose names are given sorted), ``sniff_archive(names)`` (whether a ZIP archive with members of these names
is of its format), ``sniff_folder(names)`` (whether a folder with entries of these names is one source, read as a whole), and both
``together(paths)`` (groups of files that are one source) and ``read_together(paths, root)`` (``read`` for such a group).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kgbuild.document import Document, Problem
from kgbuild.errors import FormatError
from kgbuild.readers import archives, strangers
from kgbuild.readers.places import place
from kgbuild.readers.rejection import Rejected

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["BUILT_IN", "GROUP", "Reader", "choose", "has_suffix", "is_companion", "listing", "named", "spread_format"]

#: format name -> module that holds its reader as ``READER``; imported when first needed
BUILT_IN = {
    "brat": "kgbuild.readers.brat",
    "cas-json": "kgbuild.readers.casjson",
    "doccano": "kgbuild.readers.doccano",
    "inception": "kgbuild.readers.inception",
    "labelstudio": "kgbuild.readers.labelstudio",
    "native": "kgbuild.readers.native",
    "nif": "kgbuild.readers.nif",
    "prodigy": "kgbuild.readers.prodigy",
    "webanno-tsv": "kgbuild.readers.webannotsv",
    "webannotation": "kgbuild.readers.webannotation",
    "xmi": "kgbuild.readers.xmi",
}

#: entry-point group of plug-ins
GROUP = "kgbuild.readers"

#: how much of a file ``sniff`` sees, in bytes
HEAD = 64 << 10

#: endings that many formats share: a file that has one is taken by its content only
_COMMON = (".json", ".jsonl", ".tsv", ".csv", ".txt", ".xml", ".zip", ".ttl", ".nt", ".rdf", ".jsonld")


@runtime_checkable
class Reader(Protocol):
    """Turns files of one annotation format into documents. Offsets leave a reader as code points."""

    @property
    def name(self) -> str:
        """The format's name, as in ``load --format``."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How the names of its files end, each with its dot; lower case."""

    def sniff(self, head: bytes) -> bool:
        """Tell from a file's first bytes (up to 65,536) whether it is of this format."""

    def read(self, path: Path, root: Path) -> Iterator[Document | Problem]:
        """Yield the file's documents in order, and a problem for each that is rejected. Raises FormatError where it cannot be opened.

        ``root`` is the folder that ids of documents are counted from, in formats whose files do not hold them.
        """


def choose(path: Path, format: str | None = None) -> Reader:
    """Pick the reader of a file: the one named ``format``, else by content and suffix; built-in readers before plug-ins.

    Raises FormatError where there is none, or the file cannot be read.
    """
    if format is not None:
        return named(format, path)
    head = _head(path)
    fits = _test(path, head)
    reader = _fitting(path, fits, _built_in())
    if reader is None:
        reader = _fitting(path, fits, (found for found in _plugged_in().values() if not isinstance(found, Problem)))
    if reader is None:
        if told := strangers.reason(path, head) if path.is_file() else None:
            raise FormatError(told[0], path=place(path), hint=told[1])
        known = f"known formats: {', '.join(_known())}; name one with --format if the file is of it"
        broken = [found.message for found in _plugged_in().values() if isinstance(found, Problem)]
        raise FormatError("no reader knows this format", path=place(path), hint="; ".join([known, *broken]))
    return reader


def named(name: str, path: Path) -> Reader:
    """Return the reader of the format ``name``. Raises FormatError for an unknown one; ``path`` is the file that it was wanted for."""
    if name in BUILT_IN:
        return _built_in_one(name)
    found = _plugged_in().get(name)
    if found is None:
        raise FormatError(f"there is no format {name!r}", path=place(path), hint=f"known formats: {', '.join(_known())}")
    if isinstance(found, Problem):
        raise FormatError(found.message, path=place(path))
    return found


def listing() -> Iterator[Reader | Problem]:
    """Yield every reader, built-in and plugged in, sorted by name, and a problem for each plug-in that cannot be used."""
    found = list(_plugged_in().values())
    yield from sorted((*_built_in(), *(reader for reader in found if not isinstance(reader, Problem))), key=lambda reader: reader.name)
    yield from (problem for problem in found if isinstance(problem, Problem))


def has_suffix(path: Path, reader: Reader) -> bool:
    """Whether a file's name ends as those of the reader's format do."""
    return path.name.lower().endswith(reader.suffixes)


def spread_format(path: Path, format: str | None) -> str | None:
    """The format of a file, if it is one whose documents may be spread over several files; else None. Raises FormatError."""
    if format is None and not path.name.lower().endswith(_spread_suffixes()):
        return None
    reader = choose(path, format)
    return reader.name if hasattr(reader, "together") else None


@cache
def _spread_suffixes() -> tuple[str, ...]:
    return tuple(suffix for reader in _built_in() if hasattr(reader, "together") for suffix in reader.suffixes)


def is_companion(name: str, beside: Sequence[str]) -> bool:
    """Whether a file of a folder (whose names are ``beside``, sorted) belongs to other files of some built-in format, and is no source."""
    return any(_accompanies(reader, name, beside) for reader in _built_in())


def _accompanies(reader: Reader, name: str, beside: Sequence[str]) -> bool:
    is_part = getattr(reader, "is_part", None)
    if is_part is not None and is_part(name, beside):
        return True
    return any(fnmatchcase(name, pattern) for pattern in getattr(reader, "companions", ()))


def _head(path: Path) -> bytes:
    """The first bytes of a file; none of a folder. Raises FormatError."""
    if path.is_dir():
        return b""
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error


def _test(path: Path, head: bytes) -> Callable[[Reader], bool]:
    """How to ask a reader whether it knows what is at ``path``: a folder, an archive, a file. Raises FormatError."""
    try:
        if path.is_dir():
            entries = tuple(sorted(entry.name for entry in path.iterdir()))
            return lambda reader: _knows(reader, "sniff_folder", entries)
        if archives.is_zip(head):
            members = archives.names(path)
            return lambda reader: _knows(reader, "sniff_archive", members)
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error
    except Rejected as error:
        raise FormatError(str(error), path=place(path)) from error
    return lambda reader: reader.sniff(head)


def _knows(reader: Reader, sniff: str, names: Sequence[str]) -> bool:
    asked = getattr(reader, sniff, None)
    return asked is not None and bool(asked(names))


def _fitting(path: Path, fits: Callable[[Reader], bool], readers: Iterable[Reader]) -> Reader | None:
    """The reader that knows the content, first among those with the file's suffix; else the first with its suffix, if that tells.

    A suffix of two parts (``.kga.jsonl``) names its format outright, so that a broken file is not taken for one of another tool.
    """
    name = path.name.lower()
    ordered = sorted(readers, key=lambda reader: not has_suffix(path, reader))
    named = (reader for reader in ordered if any(suffix.count(".") > 1 and name.endswith(suffix) for suffix in reader.suffixes))
    if not path.is_dir() and (own := next(named, None)):
        return own
    knowing = next((reader for reader in ordered if fits(reader)), None)
    if knowing or path.is_dir():
        return knowing
    return next((reader for reader in ordered if any(name.endswith(suffix) and suffix not in _COMMON for suffix in reader.suffixes)), None)


def _built_in() -> Iterator[Reader]:
    return map(_built_in_one, BUILT_IN)


def _built_in_one(name: str) -> Reader:
    reader: Reader = import_module(BUILT_IN[name]).READER
    return reader


def _known() -> list[str]:
    return sorted({*BUILT_IN, *(name for name, found in _plugged_in().items() if not isinstance(found, Problem))})


def _plugged_in() -> Mapping[str, Reader | Problem]:
    """Readers of installed packages by name; built-in names left out, so that no package takes the place of a built-in reader."""
    return _installed_on(tuple(sys.path))


@cache
def _installed_on(path: tuple[str, ...]) -> Mapping[str, Reader | Problem]:
    """What is installed on the module search path ``path``, which must be the current one: asked once, since asking takes milliseconds."""
    from importlib.metadata import entry_points  # slow to import, and seldom needed

    points = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    return {point.name: _load(point) for point in points if point.name not in BUILT_IN}


def _load(point: EntryPoint) -> Reader | Problem:
    try:
        loaded = point.load()
        reader = loaded() if isinstance(loaded, type) else loaded
    except Exception as error:  # noqa: BLE001  a plug-in may fail in any way; that must not stop the others
        return _broken(point, f"{type(error).__name__}: {error}")
    return reader if isinstance(reader, Reader) else _broken(point, f"{point.value} is not a reader")


def _broken(point: EntryPoint, why: str) -> Problem:
    package = point.dist.name if point.dist else point.value
    message = f"the reader {point.name!r} of package {package!r} cannot be used: {why}; update or remove the package"
    return Problem("plug-in-broken", "skipped", message)
