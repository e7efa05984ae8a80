"""The body of WebAnno TSV 3: sentences with their text and the rows of their tokens, and where each token stands in the text.

The text is put together from the ``#Text=`` lines; between sentences stand a line break and as many blanks as the offsets leave room for.
Offsets are UTF-16 code units. Each token is compared with the text: where a whole sentence fits in code points only it is read so, and
where it fits in neither its tokens are looked for one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kgbuild.readers.cas.tsv.cells import unescape_text
from kgbuild.readers.matching import REACH

__all__ = ["Placed", "Row", "Sentence", "Text", "sentences"]

_ROW = re.compile(r"(\d{1,9}-\d{1,9}(\.\d{1,9})?)\t(\d{1,10})-(\d{1,10})(?:\t([^\t]*)(?:\t(.*))?)?", re.DOTALL)
_EMPTY = re.compile(r"[_\t ]*")
#: largest gap between two sentences that is filled with blanks
_GAP = 1 << 20


class Row(NamedTuple):
    """A token or a part of one: ``cells`` is the rest of the line, empty where no cell says anything."""

    line: int
    key: str
    is_part: bool
    begin: int
    end: int
    form: str
    cells: str


class Placed(NamedTuple):
    """A row, and where it stands in the text, in UTF-16 code units; None where it stands nowhere."""

    row: Row
    begin: int | None
    end: int | None


class Sentence(NamedTuple):
    """A sentence: its lines of text (none where the file has none), and its rows."""

    line: int
    text: list[str]
    rows: list[Row]


Report = Callable[[str, str], None]


def sentences(lines: Iterable[tuple[int, str]], report: Report) -> Iterator[Sentence]:
    """Read the numbered lines of the body. ``report`` takes a problem's code and message."""
    current = Sentence(0, [], [])
    for number, line in lines:
        match = _ROW.fullmatch(line)
        if match is not None:
            key, part, begin, end, form, cells = match.groups(default="")
            if _EMPTY.fullmatch(cells):
                cells = ""
            if not current.line:
                current = Sentence(number, [], [])
            current.rows.append(Row(number, key, bool(part), int(begin), int(end), form, cells))
            continue
        if line.startswith("#Text=") or (line.startswith("#") and current.rows) or not line.strip():
            if current.rows or (current.text and not line.strip()):
                yield current
                current = Sentence(0, [], [])
            if line.startswith("#Text="):
                if not current.line:
                    current = Sentence(number, [], [])
                current.text.append(line[6:])
        elif not line.startswith("#"):
            message = f"line {number} is no row (sentence-token, begin-end, token, cells): “{line:.60}”; it was left out, correct it"
            report("row-unread", message)
    if current.line:
        yield current


class Text:
    """The document's text while it grows, and the place of the sentences in it."""

    def __init__(self, report: Report, *, java: bool) -> None:
        self._report = report
        self._java = java
        self._pieces: list[str] = []
        #: how long the text is, in UTF-16 code units
        self._length = 0
        #: where the last sentence ends by the file's own count
        self._counted = 0
        self._recounted = False

    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    def place(self, sentence: Sentence) -> list[Placed]:
        """Add a sentence; return its rows with their places."""
        rows = sentence.rows
        text = "\n".join(unescape_text(line, java=self._java) for line in sentence.text)
        first = rows[0].begin if rows else self._counted + 1
        if not sentence.text:
            text = self._from_tokens(rows, first)
            self._report("text-rebuilt", f"line {sentence.line}: the sentence has no #Text= line; its text was made of its tokens")
        base = self._begin(sentence, first)
        wide = not text.isascii() and max(text, default="") > "\uffff"
        length = len(text.encode("utf-16-le")) // 2 if wide else len(text)
        self._pieces.append(text)
        self._length += length
        self._counted = first + length
        offsets = [(row.begin - first, row.end - first) for row in rows]
        if any(not 0 <= begin <= end for begin, end in offsets):
            return self._found(text, rows, base)
        if wide:
            units = text.encode("utf-16-le")
            if not all(
                self._is(row, units[2 * b : 2 * e].decode("utf-16-le", "replace")) for row, (b, e) in zip(rows, offsets, strict=True)
            ):
                return self._wide(text, rows, first, base)
        elif not all(text[b:e] == row.form or self._is(row, text[b:e]) for row, (b, e) in zip(rows, offsets, strict=True)):
            return self._found(text, rows, base)
        return [Placed(row, base + begin, base + end) for row, (begin, end) in zip(rows, offsets, strict=True)]

    def _is(self, row: Row, covered: str) -> bool:
        return covered == row.form or covered == unescape_text(row.form, java=self._java)

    def _begin(self, sentence: Sentence, first: int) -> int:
        """Fill the gap before a sentence; return where it begins."""
        gap = first - self._counted
        if self._pieces and (gap < 0 or gap > _GAP):
            message = f"line {sentence.line}: by its offsets the sentence begins at {first}, the one before ends at {self._counted}"
            self._report("text-rebuilt", message + "; a line break was put between them")
            gap = 1
        elif gap > _GAP:
            self._report("text-rebuilt", f"line {sentence.line}: the text begins at {first} by its offsets; what is before was left out")
            gap = 0
        if gap:
            self._pieces.append("\n" + " " * (gap - 1) if self._pieces else " " * gap)
            self._length += gap
        return self._length

    def _from_tokens(self, rows: list[Row], first: int) -> str:
        pieces: list[str] = []
        length = 0
        for row in rows:
            if not row.is_part:
                blanks = min(max(0, row.begin - first - length), _GAP)
                form = unescape_text(row.form, java=self._java)
                pieces += (" " * blanks, form)
                length += blanks + _units(form)
        return "".join(pieces)

    def _wide(self, text: str, rows: list[Row], first: int, base: int) -> list[Placed]:
        """A sentence with characters beyond U+FFFF that is not counted in UTF-16: in code points, or not at all."""
        if not all(self._is(row, text[row.begin - first : row.end - first]) for row in rows):
            return self._found(text, rows, base)
        if not self._recounted:
            self._recounted = True
            message = f"line {rows[0].line}: the offsets are counted in code points, not in UTF-16 as WebAnno TSV does; read so"
            self._report("offsets-recounted", message)
        self._counted = first + len(text)
        starts = [0]
        for character in text:
            starts.append(starts[-1] + (2 if character > "\uffff" else 1))
        return [Placed(row, base + starts[row.begin - first], base + starts[row.end - first]) for row in rows]

    def _found(self, text: str, rows: list[Row], base: int) -> list[Placed]:
        """Look for the tokens of a sentence one after the other; parts keep their distance from their token's begin."""
        placed: list[Placed] = []
        lost: list[Row] = []
        token: Placed | None = None
        position, units = 0, base
        for row in rows:
            if row.is_part:
                placed.append(_part(row, token))
                continue
            form = unescape_text(row.form, java=self._java)
            at = text.find(form, position, position + len(form) + REACH) if form else -1
            if at < 0:
                token = Placed(row, None, None)
                lost.append(row)
            else:
                begin = units + _units(text[position:at])
                position, units = at + len(form), begin + _units(form)
                token = Placed(row, begin, units)
            placed.append(token)
        line = rows[0].line
        if len(lost) < sum(not row.is_part for row in rows):
            self._report("span-repaired", f"line {line}: tokens do not stand at their offsets; they were looked for in the sentence's text")
        for row in lost:
            message = f"line {row.line}: the token “{row.form:.40}” does not stand in its sentence; what is annotated there has no place"
            self._report("span-mismatch", message + ", correct the #Text= line or the token")
        return placed


def _part(row: Row, token: Placed | None) -> Placed:
    """A part of a token that was looked for."""
    if token is None or token.begin is None or token.end is None or not token.row.begin <= row.begin <= row.end:
        return Placed(row, None, None)
    begin = token.begin + row.begin - token.row.begin
    return Placed(row, min(begin, token.end), min(begin + row.end - row.begin, token.end))


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
