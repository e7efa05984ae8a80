"""Compares lines that were sent with lines that a store gives back. Some stores write literals anew: 1.50 as 1.5, +00:00 as Z."""

from __future__ import annotations

from collections.abc import Callable, Set
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = (
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger",
    "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
)  # fmt: skip


def _time(text: str) -> str:
    text = text.removesuffix("+00:00").removesuffix("-00:00").removesuffix("Z") + ("Z" if text.endswith(("+00:00", "-00:00", "Z")) else "")
    head, dot, rest = text.partition(".")
    if not dot:
        return text
    digits = len(rest) - len(rest.lstrip("0123456789"))
    fraction = rest[:digits].rstrip("0")
    return head + (f".{fraction}" if fraction else "") + rest[digits:]


def _decimal(text: str) -> str:
    text = f"{Decimal(text):f}"  # normalize() would round to 28 digits
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "") if text == "-0" else text


_FORMS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys((_XSD + name for name in _WHOLE), lambda text: str(int(text))),
    **dict.fromkeys((_XSD + name for name in ("double", "float")), lambda text: repr(float(text))),
    **dict.fromkeys((_XSD + name for name in ("dateTime", "time", "date")), _time),
    _XSD + "decimal": _decimal,
    _XSD + "boolean": lambda text: {"1": "true", "0": "false"}.get(text, text),
    _XSD + "base64Binary": lambda text: "".join(text.split()),
}


def canonical(line: str) -> str:
    """A line with its literal in the one form of its value; equal for lines that say the same.

    >>> canonical('<a:s> <a:p> "01.50"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    '<a:s> <a:p> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    >>> canonical('<a:s> <a:p> "x"@en-GB')
    '<a:s> <a:p> "x"@en-gb'
    """
    (quad,) = ox.parse(f"{line} .", ox.RdfFormat.N_TRIPLES, lenient=True)
    term = quad.object
    if isinstance(term, ox.Literal):
        if term.language:
            term = ox.Literal(term.value, language=term.language.lower())
        elif form := _FORMS.get(term.datatype.value):
            with suppress(ValueError, ArithmeticError):  # no value of its type: its text is its form
                term = ox.Literal(form(term.value), datatype=term.datatype)
    return f"{quad.subject} {quad.predicate} {term}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sets of lines: which are missing, which are too many, and which came back as another literal."""

    missing: frozenset[str]
    extra: frozenset[str]
    #: what was sent -> what came back
    rewritten: tuple[tuple[str, str], ...] = ()

    @property
    def is_equal(self) -> bool:
        """Claim that both say the same, as far as the store keeps literals."""
        return not self.missing and not self.extra


def differing(wanted: Set[str], found: Set[str]) -> tuple[set[str], set[str]]:
    """The lines that are missing and those that are too many; not counted are those that say the same in another form."""
    missing, extra = set(wanted - found), set(found - wanted)
    if missing and extra:
        forms = {canonical(line) for line in missing}
        others = {canonical(line) for line in extra}
        missing = {line for line in missing if canonical(line) not in others}
        extra = {line for line in extra if canonical(line) not in forms}
    return missing, extra


def compare(wanted: Set[str], found: Set[str]) -> Comparison:
    """Compare what was sent with what came back.

    A literal for a literal, of the same subject and property, is one that the store has rewritten: it would do so again.
    """
    missing, extra = differing(wanted, found)
    pairs: list[tuple[str, str]] = []
    others: dict[str, list[str]] = {}
    for line in sorted(extra):
        others.setdefault(_start(line), []).append(line)
    for line in sorted(missing):
        start = _start(line)
        if start and others.get(start):
            pairs.append((line, others[start].pop()))
    return Comparison(frozenset(missing - {sent for sent, _ in pairs}), frozenset(extra - {came for _, came in pairs}), tuple(pairs))


def _start(line: str) -> str:
    """Subject and property of a line with a literal; empty for another."""
    subject, predicate, term = line.split(" ", 2)
    return f"{subject} {predicate}" if term.startswith('"') else ""
