"""The characters of labels, definitions and notes: what looks right on a screen and is not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from kgbuild.checking.draft import Draft, plain
from kgbuild.checking.finding import Check, Place, Sighting
from kgbuild.iris import compress
from kgbuild.ontology.parsing import Text

_BLANKS = re.compile(r"^\s|\s$|\s\s|[\t\n\r\u00a0\u2007\u202f]")
#: controls, zero-width and direction marks, private use, the replacement character, byte order marks
_ODD = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc\ufffd\ue000-\uf8ff]"
)
#: UTF-8 read as Latin-1 or Windows-1252: "Äƒ" for ă, "È™" for ș, "Ã®" for î, "â€ž" for „
_MOJIBAKE = re.compile(
    "[\u00c3\u00c4\u00c5\u00c8\u00d0\u00d1][\u0080-\u00bf\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122\u0152\u0153\u0160\u0161\u0178\u017d\u017e]|â€[^\\w\\s]?"
)
_CEDILLA = re.compile("[şţŞŢ]")


def _all(draft: Draft) -> Iterator[tuple[str, str, str, Text]]:
    for name, module in draft.modules.items():
        for subject, predicate, value in plain(module):
            if isinstance(value, Text) and not subject.startswith("_:"):
                yield name, subject, predicate, value


def _seen(draft: Draft, wrong: Callable[[str, Text], str]) -> Iterator[Sighting]:
    for name, subject, predicate, text in _all(draft):
        if says := wrong(predicate, text):
            yield Sighting(_place(draft, name, subject, predicate, text), subject, f"{compress(predicate)} “{_short(text.value)}” {says}")


def _place(draft: Draft, name: str, subject: str, predicate: str, text: Text) -> Place:
    return draft.where(subject, predicate, text, file=name)


def _short(text: str) -> str:
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in text)
    return shown if len(shown) <= 60 else shown[:57] + "…"


def _blank(predicate: str, text: Text) -> str:
    match = _BLANKS.search(text.value)
    if not text.value.strip():
        return "is empty"
    if match is None:
        return ""
    return (
        "begins with a blank"
        if match.start() == 0
        else "ends with a blank"
        if match.end() == len(text.value)
        else "has an odd or doubled blank"
    )


def _odd(predicate: str, text: Text) -> str:
    match = _ODD.search(text.value)
    return f"holds the character U+{ord(match[0]):04X}, which cannot be seen" if match else ""


def _mojibake(predicate: str, text: Text) -> str:
    match = _MOJIBAKE.search(text.value)
    return f"holds “{match[0]}”: UTF-8 that was once read as another encoding" if match else ""


def _cedilla(predicate: str, text: Text) -> str:
    match = _CEDILLA.search(text.value) if text.language == "ro" else None
    return f"has “{match[0]}” with a cedilla; Romanian has a comma below" if match else ""


def _composed(predicate: str, text: Text) -> str:
    return "" if unicodedata.is_normalized("NFC", text.value) else "is not in NFC: letter and mark are two characters"


CHECKS = (
    Check(
        "blanks",
        "Texts have single blanks, and none at their ends",
        "warning",
        "ROBOT; FIBO",
        "correct the text",
        lambda draft: _seen(draft, _blank),
    ),
    Check(
        "odd-character",
        "Texts hold no invisible characters",
        "warning",
        "ROBOT; FIBO",
        "type the text anew",
        lambda draft: _seen(draft, _odd),
    ),
    Check(
        "mojibake",
        "Texts were not read in the wrong encoding",
        "warning",
        "house rule",
        "type the text anew",
        lambda draft: _seen(draft, _mojibake),
    ),
    Check(
        "cedilla",
        "Romanian has ș and ț with a comma below",
        "warning",
        "house rule; Unicode 16, 7.1",
        "write ș ț Ș Ț",
        lambda draft: _seen(draft, _cedilla),
    ),
    Check("nfc", "Texts are in NFC", "warning", "RDF 1.1, 3.3", "type the letter as one character", lambda draft: _seen(draft, _composed)),
)
