"""The native format: JSON Lines, one document a line (``*.kga.jsonl``), as ``kgbuild-annotation.schema.json`` says.

Lines are read one at a time, so that a file of any size is read in the memory of its longest line. What the schema refuses is refused,
line by line, and reading goes on. Beyond the schema: unit ids are unique in a document, ``sha256`` is that of ``text``, no object has a key
twice (unless one of them is empty, and nothing is lost), a line has at most 64 MiB, ``meta`` is nested at most 100 levels deep, an offset
is written 10, not 10.0, and a number is below 1.8e308 and has at most 4,300 digits.

A line may give ``sha256`` in place of ``text``: another annotator's work on a text that an earlier line of the same file holds.
Blank lines, CRLF line ends and a byte order mark at the start of the file are passed over. Codes of problems: :mod:`kgbuild.readers`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from kgbuild.document import Document, Problem, Prov, Unit
from kgbuild.errors import FormatError
from kgbuild.readers import anchoring
from kgbuild.readers.conformance import META, Fault, faults
from kgbuild.readers.lines import BOM, LIMIT, Line, lines
from kgbuild.readers.objects import loads
from kgbuild.readers.places import place
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.texts import EarlierTexts

__all__ = ["READER", "Native"]


class _Line(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A line as the decoder takes it; what types cannot say is looked at in :func:`_is_doubtful`."""

    kgbuild: Literal[1]
    id: Annotated[str, Meta(min_length=1)]
    text: str | None = None
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")] | None = None
    meta: dict[str, Any] = {}
    prov: Prov | None = None
    units: tuple[Unit, ...] = ()


#: levels of lists and objects in a value of ``meta``
_DEPTH = 100

_DECODER = msgspec.json.Decoder(_Line)
_ENCODER = msgspec.json.Encoder()
_NULL = re.compile(rb"[:,\[]\s*null\s*[,\]}]")
_EMPTY = re.compile(rb'":\s*(?:\[\s*\]|\{\s*\})')
_NO_SPANS = re.compile(rb'"spans"\s*:\s*\[\s*\]')


class Native:
    """kgbuild's own format: JSON Lines, one document a line."""

    name = "native"
    suffixes = (".kga.jsonl",)

    def sniff(self, head: bytes) -> bool:
        """Tell from the first bytes: an object with the key ``kgbuild``."""
        start = head.removeprefix(BOM).lstrip()
        return start.startswith(b"{") and b'"kgbuild"' in start

    def read(self, path: Path, root: Path) -> Iterator[Document | Problem]:
        """Yield each line's document, verified, or the problem that it was rejected for. Raises FormatError where it cannot be opened."""
        try:
            with path.open("rb") as file:
                head = file.peek(4096)[:4096]
                if b"\0" in head or head.startswith(b"\x1f\x8b"):
                    yield Problem("binary-file", "rejected", _binary(head), where=place(path))
                    return
                texts = EarlierTexts(path)
                empty = True
                for line in lines(file):
                    empty = False
                    where = place(path, line.number)
                    try:
                        yield anchoring.verify(_document(line, texts, where))
                    except Rejected as why:
                        yield why.problem(path, line.number)
                        if why.code == "not-lines":
                            return
                if empty:
                    yield Problem("empty-file", "rejected", "the file holds no document; remove it, or export it again", where=place(path))
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error


READER = Native()


def _document(line: Line, texts: EarlierTexts, where: str) -> Document:
    """Read one line. Raises Rejected."""
    data = line.data
    if data is None:
        raise Rejected("line-too-long", f"the line is longer than {LIMIT >> 20} MiB; one line holds one document")
    try:
        read = _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _why(line, error) from error
    if _is_doubtful(data, read):
        _check(loads(data), read.id)
    elif _may_repeat_keys(data, read):
        loads(data)
    if any(_is_deep(value) for value in read.meta.values() if isinstance(value, (dict, list))):
        raise Rejected("broken-json", f"meta is nested more than {_DEPTH} levels deep", document=read.id)
    names = [unit.id for unit in read.units]
    if len(set(names)) != len(names):
        repeated = next(name for name in names if names.count(name) > 1)
        raise Rejected("unit-repeated", f"two units have the id {repeated!r}; give each its own", document=read.id, unit=repeated)
    text = read.text
    if read.sha256:
        if text is None:
            text = texts.find(read.sha256, before=line.offset)
        elif sha256(text.encode()).hexdigest() != read.sha256:
            message = "sha256 is not that of the text; the text was changed after it was annotated, or the hash is of another text"
            raise Rejected("hash-mismatch", message, document=read.id)
    return Document(id=read.id, text=text, sha256=read.sha256, meta=read.meta, prov=read.prov, units=read.units, where=where)


def _is_doubtful(data: bytes, read: _Line) -> bool:
    """Look for what the types let pass though the schema may not: where it is true, the line is checked slowly."""
    for name, value in read.meta.items():
        if name in META and next(META[name](value, ""), None) is not None:
            return True
    for unit in read.units:
        if unit.kind == "relation" and (unit.label is None or len(unit.args) < 2):
            return True
        for arg in unit.args:
            if (arg.target is None) is (arg.value is None) or (arg.attrs and [] in arg.attrs.values()):
                return True
        for mention in unit.mentions:
            if not mention.spans and (mention.text is None or _NO_SPANS.search(data)):
                return True
        if unit.attrs and [] in unit.attrs.values():
            return True
    return b"null" in data and _NULL.search(data) is not None


def _may_repeat_keys(data: bytes, read: _Line) -> bool:
    """Count what looks like keys: of a key given twice one is read, so that fewer come out than went in, but for empty fields."""
    written = _ENCODER.encode(read)
    more = data.count(b'":') - written.count(b'":')
    return more != 0 and more != len(_EMPTY.findall(data)) - len(_EMPTY.findall(written))


def _is_deep(value: Any) -> bool:
    """Whether a value of ``meta`` is nested beyond what every later step can take: nothing else in a line can be nested freely."""
    layer = [value]
    for _ in range(_DEPTH):
        nested = (one.values() if isinstance(one, dict) else one for one in layer if isinstance(one, (dict, list)))
        layer = [inner for values in nested for inner in values]
        if not layer:
            return False
    return True


# --- when something is wrong -----------------------------------------------------------------------------------------------------------


def _why(line: Line, error: Exception) -> Rejected:
    """Find out why the decoder refused a line."""
    data = line.data or b""
    try:
        data.decode()
    except UnicodeDecodeError as wrong:
        byte = f"byte 0x{data[wrong.start]:02x} at position {wrong.start + 1} of the line"
        return Rejected("not-utf8", f"not UTF-8: {byte}; save the file as UTF-8")
    if data.startswith(BOM):
        return Rejected("broken-json", "a byte order mark inside the file, where two files were joined; remove it")
    if line.number == 1 and data.strip() in (b"{", b"["):
        return Rejected("not-lines", "the JSON is spread over several lines; write each document on one line, as jq -c does")
    if not line.complete and "truncated" in str(error):
        return Rejected("truncated-line", "the last line ends inside its JSON; the file was cut off, copy or export it again")
    try:
        loaded = loads(data)
        json.dumps(loaded, ensure_ascii=False).encode()
        name = loaded.get("id") if isinstance(loaded, dict) else None
        _check(loaded, name if isinstance(name, str) else "")
    except Rejected as rejected:
        return rejected
    except UnicodeEncodeError:
        return Rejected("broken-json", "half a surrogate pair (\\ud800 to \\udfff) in a text; it stands for no character")
    # the schema has nothing against it
    what = "a whole number is written with a decimal point; write 10, not 10.0" if "`float`" in str(error) else "a number is too large"
    found = re.search(r"\$\.units\[(\d+)\]", str(error))
    unit = str(loaded["units"][int(found[1])]["id"]) if found else ""
    return Rejected("annotation-invalid", f"unit {unit!r}: {what}" if unit else what, document=str(name), unit=unit)


def _check(loaded: Any, document: str) -> None:
    """Raise Rejected with the first faults of a decoded line, if it has any."""
    found: list[Fault] = []
    for fault in faults(loaded):
        found.append(fault)
        if len(found) == 4:
            break
    if found:
        message = "; ".join(fault.message for fault in found[:3]) + ("; and more" if len(found) > 3 else "")
        raise Rejected("annotation-invalid", message, document=document, unit=found[0].unit)


def _binary(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "the file is UTF-16; save it as UTF-8"
    if head.startswith(b"\x1f\x8b"):
        return "the file is compressed with gzip; unpack it first"
    return "the file is not text"
