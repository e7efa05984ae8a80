"""ZIP archives from strangers: members are read one at a time, within limits; nothing is ever unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kgbuild.readers.rejection import Rejected
from kgbuild.readers.whole import LIMIT

__all__ = ["MEMBERS", "Member", "is_zip", "names", "opened"]

#: most members of an archive, and most bytes that all of them may have unpacked
MEMBERS, TOTAL = 100_000, 4 << 30
#: a member that unpacks to more than this many times its size, and is above a megabyte, is a bomb
RATIO = 200


class Member(NamedTuple):
    """One file in an archive."""

    name: str
    size: int
    archive: zipfile.ZipFile

    def read(self) -> bytes:
        """Its bytes. Raises Rejected (``archive-broken``, ``archive-unsafe``) where it is damaged, encrypted, or larger than it says."""
        try:
            with self.archive.open(self.name) as file:
                data = file.read(LIMIT + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise Rejected("archive-broken", f"member {self.name}: {error}; export the archive again") from error
        if len(data) > min(self.size, LIMIT):
            raise Rejected("archive-unsafe", f"member {self.name} is larger than the archive says; it was not read")
        return data


def is_zip(head: bytes) -> bool:
    """Whether a file that begins so is a ZIP archive."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def names(path: Path) -> tuple[str, ...]:
    """The names of an archive's members, folders left out. Raises Rejected as :func:`opened`, and OSError."""
    with opened(path) as found:
        return tuple(member.name for member in found)


@contextmanager
def opened(source: Path | BinaryIO) -> Iterator[tuple[Member, ...]]:
    """Open an archive (a path, or a file such as ``io.BytesIO`` for one in another): its members in its own order, folders left out.

    Raises Rejected: ``archive-broken`` for what is no ZIP archive, ``archive-unsafe`` for absolute names, names with ``..``, names given
    twice, more members or bytes than the limits, and bombs; OSError where the file cannot be read.
    """
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise Rejected("archive-broken", f"not a ZIP archive: {error}; export it again") from error
    with archive:
        entries = archive.infolist()
        _check(entries)
        yield tuple(Member(entry.filename, entry.file_size, archive) for entry in entries if not entry.is_dir())


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MEMBERS:
        raise Rejected("archive-unsafe", f"the archive has {len(entries):,} members; at most {MEMBERS:,} are read, split it")
    if len({entry.filename for entry in entries}) != len(entries):
        raise Rejected("archive-unsafe", "the archive has two members of one name; which one holds is not clear, export it again")
    total = 0
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
            raise Rejected("archive-unsafe", f"member {entry.filename!r} has a path that leads out of the archive; it was not read")
        if entry.file_size > LIMIT:
            raise Rejected("archive-unsafe", f"member {entry.filename} has more than {LIMIT >> 20} MiB unpacked; export it in parts")
        if entry.file_size > 1 << 20 and entry.file_size > RATIO * max(entry.compress_size, 1):
            message = f"member {entry.filename} unpacks to more than {RATIO} times its size, as a ZIP bomb does; it was not read"
            raise Rejected("archive-unsafe", message)
        total += entry.file_size
    if total > TOTAL:
        raise Rejected("archive-unsafe", f"the archive has more than {TOTAL >> 30} GiB unpacked; split it")
