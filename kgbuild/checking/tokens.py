"""Cut Turtle into tokens with their lines, for telling where something stands; whether it is valid is for a parser to say.

Nothing makes it fail: an odd character is a token of its own, and a quote that its line does not close ends with the line, so that one
broken literal does not swallow the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

#: what a token may be, tried in this order
_TOKEN = re.compile(
    r"""
      (?P<blank>[\s\ufeff]+)
    | (?P<comment>\#[^\n\r]*)
    | (?P<long>\"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3})
    | (?P<short>"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<iri><[^<>"{}|^`\s]*>)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<type>\^\^)
    | (?P<node>_:[\w.·-]*[\w·-])
    | (?P<name>(?:[^\W\d_][\w.·-]*)?:
        (?:(?:[\w:·-]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-])(?:[\w:.·-]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-])*)?)
    | (?P<number>[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)|\.\d+(?:[eE][+-]?\d+)?|\d+\.\d+|\d+))
    | (?P<word>[A-Za-z]+)
    | (?P<mark>[\[\](){};,.])
    | (?P<odd>["'][^\n\r]*|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_LINE = re.compile(r"\r\n|\n|\r")


class Token(NamedTuple):
    """A piece of Turtle: its kind, its text as written, where it begins (characters, from 0) and on which line (from 1)."""

    kind: str
    text: str
    start: int
    line: int


def tokens(turtle: str) -> Iterator[Token]:
    """Cut a file; blanks and comments are left out."""
    ends = [match.end() for match in _LINE.finditer(turtle)]
    for match in _TOKEN.finditer(turtle):
        kind = match.lastgroup or "odd"
        if kind in ("blank", "comment"):
            continue
        start, text = match.start(), match[0]
        line = bisect_right(ends, start) + 1
        if kind == "name":
            text = text.rstrip(".")  # the dot after a name ends the statement
            yield Token(kind, text, start, line)
            yield from (Token("mark", ".", start + len(text) + i, line) for i in range(len(match[0]) - len(text)))
        else:
            yield Token(kind, text, start, line)
