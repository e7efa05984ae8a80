"""Objects out of JSON files of any size, one at a time: JSON Lines, an array of objects, or objects one after the other.

Memory is that of the largest object, up to a limit. An array is split at the brackets outside of strings, so that an object that is no
JSON is refused alone, and reading goes on behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from kgbuild.readers.lines import BOM, LIMIT, lines
from kgbuild.readers.objects import loads
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.whole import decode

__all__ = ["Element", "elements"]

_CHUNK = 1 << 20
#: up to and with the next bracket outside of strings
_BRACKET = re.compile(rb'[^"{}\[\]]*+(?:"(?:[^"\\]++|\\.)*+"[^"{}\[\]]*+)*+([{}\[\]])', re.S)
_BLANK = b" \t\r\n"


class Element(NamedTuple):
    """One object, and the line that it begins in; or why it cannot be taken."""

    line: int
    value: dict[str, Any] | Rejected


def elements(file: BinaryIO) -> Iterator[Element]:
    """Yield the objects of a binary file from its beginning. What is wrong is an element too; the last one, where nothing more is read."""
    head = file.read(4096).removeprefix(BOM)
    if b"\0" in head or head.startswith((b"\x1f\x8b", b"PK")):
        yield Element(1, Rejected("binary-file", "the file is not text: it is compressed, or not UTF-8; unpack it, or export it again"))
        return
    file.seek(0)
    in_lines = False
    if head.lstrip()[:1] == b"{":
        first = next((line.data for line in lines(file)), None) or b""
        in_lines = first.rstrip().endswith(b"}")
        file.seek(0)
    found = False
    for line, data in _lined(file) if in_lines else _split(file):
        found = True
        yield Element(line, _object(data) if isinstance(data, bytes) else data)
    if not found:
        yield Element(1, Rejected("empty-file", "the file holds nothing; remove it, or export it again"))


def _object(data: bytes) -> dict[str, Any] | Rejected:
    try:
        value = loads(decode(data))
    except Rejected as why:
        why.line = None  # counted from the object's own beginning
        return why
    return value if isinstance(value, dict) else Rejected("annotation-invalid", "expected an object, as the tool exports them")


def _lined(file: BinaryIO) -> Iterator[tuple[int, bytes | Rejected]]:
    for line in lines(file):
        if line.data is None:
            yield line.number, Rejected("line-too-long", f"the line is longer than {LIMIT >> 20} MiB; one line holds one document")
        elif not line.complete and not line.data.rstrip().endswith(b"}"):
            yield line.number, Rejected("truncated-line", "the last line ends inside its JSON; the file was cut off, export it again")
        else:
            yield line.number, line.data


def _split(file: BinaryIO) -> Iterator[tuple[int, bytes | Rejected]]:
    """Objects and arrays at the top, and within an array at the top, by their brackets."""
    buffer = file.read(_CHUNK).removeprefix(BOM)
    line, counted = 1, 0  # the line that the byte ``counted`` of the buffer is in
    begin, position, depth, in_array = 0, 0, 0, False
    while True:
        match = _BRACKET.match(buffer, position)
        if match is None:
            if depth and len(buffer) - begin > LIMIT:
                message = f"one document of the file is larger than {LIMIT >> 20} MiB; nothing from here on is read, export it alone"
                yield line + buffer.count(b"\n", counted, begin), Rejected("file-too-large", message)
                return
            # doubling, so that a long string is not scanned over and over
            more = file.read(max(_CHUNK, len(buffer) - position))
            if not more:
                break
            keep = begin if depth else position
            line += buffer.count(b"\n", counted, keep)
            buffer = buffer[keep:] + more
            begin, position, counted = 0, position - keep, 0
            continue
        bracket, at = match[1], match.end() - 1
        if not depth and buffer[position:at].strip(_BLANK + b","):
            what = f"not JSON: “{_shown(buffer[position:at])}” between objects"
            yield line + buffer.count(b"\n", counted, at), Rejected("broken-json", what)
        position = at + 1
        if bracket in b"{[":
            if not depth and bracket == b"[" and not in_array:
                in_array = True
                continue
            if not depth:
                begin = at
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                line += buffer.count(b"\n", counted, begin)
                counted = begin
                yield line, buffer[begin:position]
        elif bracket == b"]" and in_array:
            in_array = False
        else:
            yield line + buffer.count(b"\n", counted, at), Rejected("broken-json", f"not JSON: a “{bracket.decode()}” that closes nothing")
    if depth or in_array:
        message = "the file ends inside its JSON; it was cut off, export it again"
        yield line + buffer.count(b"\n", counted), Rejected("truncated-line", message)
    elif buffer[position:].strip(_BLANK):
        yield line, Rejected("broken-json", f"not JSON: “{_shown(buffer[position:])}”")


def _shown(data: bytes) -> str:
    return " ".join(data.strip(_BLANK + b",")[:40].decode("utf-8", "replace").split())
