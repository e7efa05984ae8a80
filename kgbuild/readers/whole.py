"""Files that are read whole, since their format cannot be read in parts: up to a limit, and as UTF-8."""

from __future__ import annotations

from pathlib import Path

from kgbuild.readers.rejection import Rejected

__all__ = ["LIMIT", "decode", "read_whole"]

#: largest file (or member of an archive) that is read whole, in bytes
LIMIT = 64 << 20


def read_whole(path: Path) -> bytes:
    """The bytes of a file. Raises Rejected (``file-too-large``, ``empty-file``) and OSError."""
    with path.open("rb") as file:
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise Rejected("file-too-large", f"the file is larger than {LIMIT >> 20} MiB; export it in parts, one document a file")
    if not data.strip():
        raise Rejected("empty-file", "the file holds nothing; remove it, or export it again")
    return data


def decode(data: bytes) -> str:
    """UTF-8 as text, with every character it has: line ends and a byte order mark too. Raises Rejected (``not-utf8``, ``binary-file``)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Rejected("binary-file", "the file is UTF-16; save it as UTF-8")
    if data.startswith(b"\x1f\x8b"):
        raise Rejected("binary-file", "the file is compressed with gzip; unpack it first")
    try:
        return data.decode()
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        column = wrong.start - data.rfind(b"\n", 0, wrong.start)
        byte = f"byte 0x{data[wrong.start]:02x} at position {column} of the line"
        raise Rejected("not-utf8", f"not UTF-8: {byte}; save the file as UTF-8", line=line) from wrong
