"""Seeded damage to annotation files, for fuzz_readers.py: to bytes, lines, fields, numbers and words; and to the members of archives."""

from __future__ import annotations

import gzip
import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable

#: a mutated file is no larger than this: damage is of form, not of size
LARGEST = 256 << 10

_NUMBER = re.compile(rb"(?<![\w.])-?[0-9]+(?![\w.])")
_WORD = re.compile(rb'"(?:[^"\\\n]|\\.){0,80}"|[\w:#@-]+')
_FIELD = re.compile(rb"[^\t ,;|]+")
_NUMBERS = [b"0", b"-1", b"1", b"7", b"2147483648", b"9223372036854775808", b"1e999", b"1.5", b"9" * 5000, b"", b"true", b"null"]
_TEXTS = ["\0", "\ufeff", "\u2028", "\x85", "😀", "👩‍👩‍👧", "e\u0301", "Ţ", "\r", "\r\n", "\n", "\t", "\\", '"', "<", ">", "&", ";", ":"]
_CHUNKS = [
    *(text.encode() for text in _TEXTS),
    *(b"\xff", b"\xc3", b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"null", b"[]", b"{}", b"NaN", b"]]>", b"../../x"),
    *(b"[" * 3000, b"{" * 3000, b'{"a":' * 1500, b"<a>" * 2000, b"&a;", b"<!DOCTYPE a [<!ENTITY a 'b'>]>"),
]


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Damage a file in one to four ways; a ZIP archive as a whole, or one of its members."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _member(data, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
        data = chance.choices(_WAYS, _WEIGHTS)[0](data, chance)
    return data[:LARGEST]


def _member(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    index = chance.randrange(len(members))
    name, content = members[index]
    way = chance.random()
    if way < 0.1:
        del members[index]
    elif way < 0.15:
        members[index] = ("../" * chance.randrange(3) + chance.choice(("a", "b.json", name)), content)
    elif way < 0.2:
        members.append((name, mutate(content, chance)))
    else:
        members[index] = (name, mutate(content, chance))
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name twice is damage too
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
    return written.getvalue()


def _range(data: bytes, chance: random.Random, longest: int = 2000) -> tuple[int, int]:
    begin = chance.randrange(len(data) + 1)
    return begin, min(len(data), begin + chance.randrange(1, chance.choice((2, 16, longest)) + 1))


def _flip(data: bytes, chance: random.Random) -> bytes:
    begin, _ = _range(data, chance)
    return data[:begin] + bytes([chance.randrange(256)]) + data[begin + 1 :]


def _insert(data: bytes, chance: random.Random) -> bytes:
    begin, _ = _range(data, chance)
    return data[:begin] + chance.choice(_CHUNKS) + data[begin:]


def _delete(data: bytes, chance: random.Random) -> bytes:
    begin, end = _range(data, chance)
    return data[:begin] + data[end:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    begin, end = _range(data, chance)
    return data[:begin] + data[begin:end] * chance.choice((2, 3, 50)) + data[end:]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[first]
        case 1:
            lines.insert(second, lines[first])
        case 2:
            lines[first], lines[second] = lines[second], lines[first]
        case 3:
            lines[first] += lines.pop(second) if second > first else b""
        case 4:
            place = chance.randrange(len(lines[first]) + 1)
            lines[first : first + 1] = [lines[first][:place], lines[first][place:]]
        case _:
            chance.shuffle(lines)
    return b"\n".join(lines)


def _swap(pattern: re.Pattern[bytes]) -> Callable[[bytes, random.Random], bytes]:
    """One place of a pattern takes what stands at another: an id for an id, a word for a word."""

    def swap(data: bytes, chance: random.Random) -> bytes:
        begin, _ = _range(data, chance)
        place, other = pattern.search(data, begin), pattern.search(data, chance.randrange(len(data) + 1))
        if place is None or other is None:
            return data
        return data[: place.start()] + (b"" if chance.random() < 0.1 else other[0]) + data[place.end() :]

    return swap


def _number(data: bytes, chance: random.Random) -> bytes:
    begin, _ = _range(data, chance)
    place = _NUMBER.search(data, begin)
    if place is None:
        return data
    near = b"%d" % (int(place[0]) + chance.choice((-1000, -2, -1, 1, 2, 1000))) if len(place[0]) < 20 else b"1"
    return data[: place.start()] + chance.choice([near, near, *_NUMBERS]) + data[place.end() :]


def _whole(data: bytes, chance: random.Random) -> bytes:
    match chance.randrange(8):
        case 0:
            return data.replace(b"\n", b"\r\n")
        case 1:
            return b"\xef\xbb\xbf" + data
        case 2:
            return data.decode("utf-8", "replace").encode("utf-16")
        case 3:
            return gzip.compress(data)
        case 4:
            return data.replace(b"\n", b"")
        case 5:
            return data.replace(b"\t", b" ")
        case 6:
            return data + data
        case _:
            return b""


_WAYS: list[Callable[[bytes, random.Random], bytes]] = [
    _flip, _insert, _delete, _repeat, _cut, _lines, _swap(_WORD), _swap(_FIELD), _number, _whole,
]  # fmt: skip
_WEIGHTS = [2, 4, 3, 2, 1, 4, 6, 4, 6, 0.5]
