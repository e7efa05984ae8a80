"""Literals in Turtle syntax: short where Turtle has a short form, over several lines where the text has several."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyoxigraph as ox

from kgbuild.iris import PREFIXES

_XSD = PREFIXES["xsd"]
#: datatype -> the lexical forms that Turtle reads as that datatype when they stand bare
_BARE = {
    _XSD + "boolean": re.compile("true|false"),
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "double": re.compile(r"[+-]?([0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
}
#: control characters, and those that no editor shows but that turn or break a line
_UNSEEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
_IN_LINE = re.compile(f'[{_UNSEEN}\t\n\r"\\\\]')
#: over several lines: a quote is escaped where it could end the literal
_IN_LINES = re.compile(f'[{_UNSEEN}\r\\\\]|"(?=""|"*\\Z)')
_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def literal(value: ox.Literal, iri: Callable[[str], str]) -> str:
    r"""Write a literal; ``iri`` writes the IRI of its datatype.

    >>> literal(ox.Literal("spune \"da\"", language="ro"), str)
    '"spune \\"da\\""@ro'
    """
    text, datatype = value.value, value.datatype.value
    if (bare := _BARE.get(datatype)) and bare.fullmatch(text):
        return text
    if "\n" in text:
        quoted = f'"""{_IN_LINES.sub(_escape, text)}"""'
    else:
        quoted = f'"{_IN_LINE.sub(_escape, text)}"'
    if value.language:
        return f"{quoted}@{language(value.language)}"
    return quoted if datatype == _XSD + "string" else f"{quoted}^^{iri(datatype)}"


def language(tag: str) -> str:
    """Write a language tag as BCP 47 recommends: ``en-GB``, ``sr-Latn``."""
    first, *rest = tag.lower().split("-")
    private = next((i for i, part in enumerate(rest) if len(part) == 1), len(rest))
    shaped = [{2: part.upper(), 4: part.title()}.get(len(part), part) if i < private else part for i, part in enumerate(rest)]
    return "-".join((first, *shaped))


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"
