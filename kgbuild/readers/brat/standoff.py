"""Lines of brat standoff: what each says, before anything is looked up.

    T1  Organization 418 426;430 435  Citi bank    text-bound: type, spans, what stands there (parts joined by a blank)
    E1  Transfer:T3 Giver:T1 Item:E2               event: type and trigger, then role and filler
    R1  Origin Arg1:T6 Arg2:T7                     relation
    *   Alias T3 T4 T5                             equivalence, of any number
    A1  Confidence E1 High                         attribute, with or without a value; M1 in files of brat before 1.3
    N1  Reference T5 Wikidata:Q218  Romania        link: database and id, and what it is called there
    #1  AnnotatorNotes T2  some text               note on anything that has an id

Fields are parted by tabs, lines come in any order. A line that begins with no id is the rest of a text that was broken in two: it belongs
to the line before, if that ends in a text. What cannot be read is noted and passed over.

Source: brat's manual, "brat standoff format", and its server's ``annotation.py`` (ids: letters or ``#``, then digits).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from sys import intern
from typing import ClassVar, NamedTuple

from kgbuild.document import Span
from kgbuild.readers.brat.remarks import Place, Remarks

__all__ = ["Attribute", "Event", "Link", "Note", "Relation", "Same", "Standoff", "TextBound", "looks_like"]

_ID = re.compile(r"(?:[A-Za-z]+|#[A-Za-z]*)[0-9]+\Z|[*#]\Z")
_UNTABBED = re.compile(r"(?:[TEREAMN]|#)[0-9]+ +\S+ +\S")
#: first letters of lines that end in a text
_WITH_TEXT = frozenset("TN#")
#: lines that one text may be broken into
_LONGEST = 1000
_LOOKS = re.compile(
    rb"(?:T[0-9]+\t\S+ [0-9]+ [0-9]+|E[0-9]+\t[^\s:]+:T[0-9]+|R[0-9]+\t\S+ \S+:[TE][0-9]+ \S|\*\t\S+ [TE][0-9]+ "
    rb"|[AM][0-9]+\t\S+ [TER][0-9]+|N[0-9]+\t\S+ [TER][0-9]+ \S+:|#[0-9]+\t\S+ [A-Z]+[0-9]+\t)"
)


class TextBound(NamedTuple):
    """A ``T`` line; ``text`` is None where it ends before its text, ``rest`` holds lines that may belong to the text."""

    id: str
    type: str
    spans: tuple[Span, ...]
    text: str | None
    at: Place
    rest: tuple[tuple[str, Place], ...] = ()


class Event(NamedTuple):
    """An ``E`` line; ``trigger`` is empty where it names none."""

    id: str
    type: str
    trigger: str
    args: list[tuple[str, str]]
    at: Place


class Relation(NamedTuple):
    """An ``R`` line."""

    id: str
    type: str
    args: list[tuple[str, str]]
    at: Place


class Same(NamedTuple):
    """A ``*`` line: all of these are one."""

    members: list[str]
    at: Place


class Attribute(NamedTuple):
    """An ``A`` or ``M`` line."""

    id: str
    name: str
    target: str
    value: str | bool
    at: Place


class Link(NamedTuple):
    """An ``N`` line: ``reference`` is database and id, as written."""

    id: str
    target: str
    reference: str
    text: str
    at: Place


class Note(NamedTuple):
    """A ``#`` line."""

    id: str
    type: str
    target: str
    text: str
    at: Place


def looks_like(head: bytes) -> bool:
    """Whether a file that begins so is brat standoff: half of its first lines, at least, can be nothing else.

    >>> looks_like(b"T1\\tPerson 0 4\\tAnna\\n"), looks_like(b"T1\\tis a term\\n")
    (True, False)
    """
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 40)[:40] if line.strip()][:20]
    return bool(lines) and 2 * sum(_LOOKS.match(line) is not None for line in lines) >= len(lines)


class Standoff:
    """The annotations of one document, from one file or several parts, by kind, in the order of their lines."""

    def __init__(self, remarks: Remarks) -> None:
        self._remarks = remarks
        self.textbounds: list[TextBound] = []
        self.events: list[Event] = []
        self.relations: list[Relation] = []
        self.same: list[Same] = []
        self.attributes: list[Attribute] = []
        self.links: list[Link] = []
        self.notes: list[Note] = []
        #: lines that were understood, and lines that were not
        self.understood = self.passed_over = 0

    def add(self, content: str, file: Path) -> None:
        """Read one file's lines."""
        kind, more = "", list[tuple[str, Place]]()
        for number, line in _lines(content):
            name, tab, rest = line.partition("\t")
            if tab and _ID.match(name):
                self._close(kind, more)
                at = Place(file, number)
                kind, more = name[0], []
                if not self._READ.get(kind, Standoff._unknown)(self, name, rest, at):
                    kind = ""
                    self.pass_over(line, at)
                else:
                    self.understood += 1
            elif line.strip():
                at = Place(file, number)
                if kind in _WITH_TEXT and len(more) < _LONGEST and not _UNTABBED.match(line):
                    more.append((line, at))
                else:
                    self.pass_over(line, at)
        self._close(kind, more)

    def _close(self, kind: str, more: list[tuple[str, Place]]) -> None:
        """Take lines without an id as the rest of the text of the line before them."""
        if not more:
            return
        if kind == "T":
            # whether they belong to the text, the document's text tells
            self.textbounds[-1] = self.textbounds[-1]._replace(rest=tuple(more))
            return
        if kind == "N":
            link = self.links[-1]
            self.links[-1] = link._replace(text=" ".join([link.text, *(line.strip() for line, _at in more)]))
        else:
            note = self.notes[-1]
            self.notes[-1] = note._replace(text=" ".join([note.text, *(line.strip() for line, _at in more)]))

    def pass_over(self, line: str, at: Place) -> None:
        """Note a line that says nothing that can be read."""
        self.passed_over += 1
        if self._remarks.count_further("line-unreadable", "skipped"):
            return
        shown = line if len(line) <= 60 else line[:57] + "…"
        why = "its fields must be parted by tabs" if _UNTABBED.match(line) else "brat has no such line"
        self._remarks.note("line-unreadable", "skipped", f"cannot be read: {shown!r}: {why}; the line was left out", "", at)

    def _textbound(self, name: str, rest: str, at: Place) -> bool:
        data, _, text = rest.partition("\t")
        try:
            kind, first, last = data.split(" ")
            begin, end = int(first), int(last)
            spans: tuple[Span, ...] = ((begin, end),)
        except ValueError:
            kind, _, places = data.strip().partition(" ")
            try:
                pairs = [part.split() for part in places.split(";")]
                spans = tuple((int(first), int(last)) for first, last in pairs)
                begin = end = min(map(min, spans))
            except ValueError:
                return False
        if not kind or begin < 0 or end < 0:
            return False
        self.textbounds.append(TextBound(name, intern(kind), spans, text or None, at))
        return True

    def _event(self, name: str, rest: str, at: Place) -> bool:
        fields = rest.partition("\t")[0].split()
        if not fields:
            return False
        kind, colon, trigger = fields[0].rpartition(":")
        if colon and not kind:
            return False
        self.events.append(Event(name, kind or trigger, trigger if colon else "", self._args(name, fields[1:], at), at))
        return True

    def _relation(self, name: str, rest: str, at: Place) -> bool:
        fields = rest.partition("\t")[0].split()
        if len(fields) < 2:
            return False
        self.relations.append(Relation(name, fields[0], self._args(name, fields[1:], at), at))
        return True

    def _same(self, _name: str, rest: str, at: Place) -> bool:
        fields = rest.partition("\t")[0].split()
        if len(fields) < 2:
            return False
        self.same.append(Same(fields[1:], at))
        return True

    def _attribute(self, name: str, rest: str, at: Place) -> bool:
        fields = rest.partition("\t")[0].split()
        if len(fields) < 2:
            return False
        self.attributes.append(Attribute(name, fields[0], fields[1], " ".join(fields[2:]) or True, at))
        return True

    def _link(self, name: str, rest: str, at: Place) -> bool:
        data, _, text = rest.partition("\t")
        fields = data.split(None, 2)
        if len(fields) < 3:
            return False
        self.links.append(Link(name, fields[1], fields[2].strip(), text.strip(), at))
        return True

    def _note(self, name: str, rest: str, at: Place) -> bool:
        data, _, text = rest.partition("\t")
        fields = data.split()
        if len(fields) != 2:
            return False
        self.notes.append(Note(name, fields[0], fields[1], text.strip(), at))
        return True

    def _unknown(self, _name: str, _rest: str, _at: Place) -> bool:
        return False

    _READ: ClassVar = {
        "T": _textbound,
        "E": _event,
        "R": _relation,
        "*": _same,
        "A": _attribute,
        "M": _attribute,
        "N": _link,
        "#": _note,
    }

    def _args(self, name: str, fields: list[str], at: Place) -> list[tuple[str, str]]:
        args = []
        for field in fields:
            role, _, filler = field.rpartition(":")
            if role and filler:
                args.append((role, filler))
            else:
                message = f"{field!r} is no argument; write ROLE:ID. It was left out"
                self._remarks.note("argument-unreadable", "skipped", message, name, at)
        return args


def _lines(content: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, ended by LF or CRLF (by CR where there is no LF at all), and by nothing else."""
    content = content.removeprefix("\ufeff")
    if "\r" in content:
        content = content.replace("\r\n", "\n") if "\n" in content else content.replace("\r", "\n")
    begin = number = 0
    while begin < len(content):
        number += 1
        end = content.find("\n", begin)
        end = len(content) if end < 0 else end
        yield number, content[begin:end]
        begin = end + 1
