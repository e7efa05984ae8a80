"""Lines of a file as bytes, one at a time, however long the file or a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

__all__ = ["BOM", "LIMIT", "Line", "lines"]

BOM = b"\xef\xbb\xbf"

#: longest line kept in memory, in bytes, with its line end
LIMIT = 64 << 20


class Line(NamedTuple):
    """One line that is not blank.

    ``number`` counts from 1, blank lines too; ``offset`` is its first byte's place in the file; ``data`` is None where the line is longer
    than the limit; ``complete`` tells whether a line end follows it.
    """

    number: int
    offset: int
    data: bytes | None
    complete: bool


def lines(file: BinaryIO, *, limit: int = LIMIT) -> Iterator[Line]:
    """Yield the lines of a binary file from its current place on, split at LF only; a byte order mark at its start is dropped.

    What ``str.splitlines`` also splits at (U+2028, U+0085 …) is legal inside a JSON text. The excess of a long line is read and dropped.
    """
    number = offset = 0
    while data := file.readline(limit):
        number += 1
        length = len(data)
        complete = data.endswith(b"\n")
        kept: bytes | None = data
        if not complete and length == limit:
            kept = None
            del data
            while not complete and (more := file.readline(1 << 20)):
                length += len(more)
                complete = more.endswith(b"\n")
        elif number == 1 and data.startswith(BOM):
            kept = data[len(BOM) :]
        if kept is None or kept.strip():
            yield Line(number, offset, kept, complete)
        offset += length
