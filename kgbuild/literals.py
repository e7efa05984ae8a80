"""Literals in N-Triples syntax, in the one canonical form that the store keeps.

The oxigraph store rewrites ``"01"^^xsd:integer`` to ``"1"`` on insertion, but stores ``"soon"^^xsd:date`` without a word. So lexical
forms are checked here and written canonically: what is emitted is what is dumped, and an ill-typed value raises ``ValueError``.
Source: XML Schema 1.1 part 2, section 4 (lexical and canonical mappings); RDF 1.1 N-Triples, section 3 (escapes).
"""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal, InvalidOperation

from kgbuild.iris import PREFIXES

XSD = PREFIXES["xsd"]

_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f]')
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?")
#: oxigraph computes with 64-bit integers, and decimals of 128 bits with 18 fractional digits; larger values would not compare
_LARGEST_INTEGER = 2**63 - 1


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def string(text: str, language: str = "") -> str:
    r"""Write a plain or language-tagged string.

    >>> string('say "da"', "ro")
    '"say \\"da\\""@ro'
    """
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(_escape, text)
    return f'"{text}"@{language}' if language else f'"{text}"'


def is_language(tag: str) -> bool:
    """Claim that a tag is well formed (BCP 47, as RDF 1.1 wants it)."""
    return _LANGUAGE.fullmatch(tag) is not None


def integer(value: int) -> str:
    """Write an xsd:integer. Raises ValueError beyond 64 bits."""
    if abs(value) > _LARGEST_INTEGER:
        raise ValueError(f"{value} is larger than a 64-bit integer")
    return f'"{value}"^^<{XSD}integer>'


def day(iso: str) -> str:
    """Write an xsd:date from ``YYYY-MM-DD``, which must be a day of the calendar."""
    return f'"{iso}"^^<{XSD}date>'


def _decimal(text: str) -> str:
    value = Decimal(text)
    if abs(value) >= Decimal(10) ** 18:
        raise ValueError(f"{text} is too large for xsd:decimal here (18 digits before the point)")
    plain = format(value, "f")
    if "." in plain:
        whole, _, fraction = plain.partition(".")
        if len(fraction.rstrip("0")) > 18:
            raise ValueError(f"{text} has more than 18 digits after the point")
        plain = f"{whole}.{fraction}".rstrip("0").rstrip(".")
    return f'"{"0" if plain in ("-0", "+0", "") else plain.removeprefix("+")}"^^<{XSD}decimal>'


def typed(value: str | int | float | bool, datatype: str) -> str:
    """Write a value in a datatype given by its IRI, canonically.

    Raises:
        ValueError: the value is not in the datatype's lexical space; the message says what was expected.
    """
    name = datatype.removeprefix(XSD)
    text = ("true" if value else "false") if isinstance(value, bool) else str(value).strip()
    if name == "string" or not datatype.startswith(XSD):
        return string(str(value) if not isinstance(value, bool) else text)
    if name == "integer":
        if isinstance(value, bool) or not _INTEGER.fullmatch(text) or len(text) > 20:
            raise ValueError(f"“{text[:60]}” is not a whole number")
        return integer(int(text))
    if name == "decimal":
        if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
            raise ValueError(f"“{text}” is not a number")
        if isinstance(value, float):
            text = format(Decimal(repr(value)), "f")
        if not _DECIMAL.fullmatch(text) or len(text) > 60:
            raise ValueError(f"“{text[:60]}” is not a number")
        try:
            return _decimal(text)
        except InvalidOperation:  # pragma: no cover - the pattern above admits decimals only
            raise ValueError(f"“{text}” is not a number") from None
    if name == "boolean":
        if text not in ("true", "false", "1", "0"):
            raise ValueError(f"“{text[:60]}” is neither true nor false")
        return f'"{"true" if text in ("true", "1") else "false"}"^^<{datatype}>'
    if name == "date":
        if not _DATE.fullmatch(text):
            raise ValueError(f"“{text[:60]}” is not a date (YYYY-MM-DD)")
        date.fromisoformat(text)
        return day(text)
    if name == "dateTime":
        if not _DATETIME.fullmatch(text):
            raise ValueError(f"“{text[:60]}” is not a date and time (YYYY-MM-DDThh:mm:ssZ)")
        date.fromisoformat(text[:10])
        return f'"{text}"^^<{datatype}>'
    if name == "anyURI":
        if not text or re.search(r"[\s<>\"{}|\\^`]", text):
            raise ValueError(f"“{text[:60]}” is not a URI")
        return f'"{text}"^^<{datatype}>'
    raise ValueError(f"datatype {datatype} is not supported")
