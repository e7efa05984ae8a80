"""The texts of a file's earlier lines, found by their hash: two people annotate one text, and only the first line holds it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from kgbuild.readers.lines import BOM, lines

__all__ = ["EarlierTexts"]


class _Holder(Struct):
    text: str | None = None


_DECODER = msgspec.json.Decoder(_Holder)


class EarlierTexts:
    """Texts of one file by hash; texts are not kept, but the places of their lines, and those only once a text is asked for.

    The first question costs one more pass over the file up to there; about 100 bytes are kept for each line with a text.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[int, int] = {}
        self._indexed = 0

    def find(self, digest: str, *, before: int) -> str | None:
        """The text with this SHA-256 (hexadecimal), from a line that begins before the byte ``before``; None where there is none."""
        if not self._path.is_file():
            return None  # a pipe is read once
        self._index(before)
        place = self._places.get(int(digest[:16], 16))
        if place is None:
            return None
        with self._path.open("rb") as file:
            file.seek(place)
            text = _text(file.readline())
        return text if text is not None and _hash(text) == digest else None

    def _index(self, before: int) -> None:
        if before <= self._indexed:
            return
        with self._path.open("rb") as file:
            file.seek(self._indexed)
            for line in lines(file):
                if self._indexed + line.offset >= before:
                    break
                text = _text(line.data or b"")
                if text is not None:
                    self._places.setdefault(int(_hash(text)[:16], 16), self._indexed + line.offset)
        self._indexed = before


def _text(data: bytes) -> str | None:
    """The text of a line; None where it has none, or is not read at all (that is reported when its turn comes)."""
    try:
        return _DECODER.decode(data.removeprefix(BOM)).text
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
