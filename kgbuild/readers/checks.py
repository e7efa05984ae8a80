"""Checks that say in words what is wrong with a decoded JSON value; the parts that :mod:`kgbuild.readers.conformance` is put together from.

A check takes a value and the words for its place ("unit 'e1', mention 2"), and yields a message for each thing that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

Check = Callable[[Any, str], Iterator[str]]


def text(*, empty: bool = True, pattern: str = "", example: str = "") -> Check:
    """Text; not empty, or matching ``pattern`` whole, of which ``example`` tells in words."""

    def check(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield expected("text", value, place)
        elif not empty and not value:
            yield f"{place}: must not be empty"
        elif pattern and not re.fullmatch(pattern, value):
            yield f"{place}: {shown(value)} is not as expected: {example}"

    return check


def one_of(*allowed: str) -> Check:
    """One of some words."""

    def check(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, str) or value not in allowed:
            yield f"{place}: {shown(value)} is not one of {', '.join(allowed)}{meant(value, allowed)}"

    return check


def scalar(value: Any, place: str) -> Iterator[str]:
    """Text, a number, true or false."""
    if not isinstance(value, (str, bool)) and not is_number(value):
        yield expected("text, a number, true or false", value, place)


def attribute(value: Any, place: str) -> Iterator[str]:
    """An attribute's value: a scalar, or a list of at least one."""
    if not isinstance(value, list):
        yield from scalar(value, place)
    elif not value:
        yield f"{place}: an empty list; leave the attribute out"
    else:
        for number, item in enumerate(value, 1):
            yield from scalar(item, f"{place}, value {number}")


def attributes(value: Any, place: str) -> Iterator[str]:
    """An object of attributes, under any names."""
    if not isinstance(value, dict):
        yield expected("an object of attributes", value, place)
        return
    for name, content in value.items():
        yield from attribute(content, f"{place}, attribute {name!r}")


def array(item: Check, word: str, *, least: int = 0) -> Check:
    """A list of at least ``least`` items; ``word`` is what one item is called."""

    def check(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield expected("a list [...]", value, place)
            return
        if len(value) < least:
            yield f"{place}: needs at least {least} {word}{'s' if least > 1 else ''}, has {len(value)}"
        owner = place.removesuffix(f", field '{word}s'").removesuffix(f", field '{_SHORT.get(word, word)}s'")
        for number, content in enumerate(value, 1):
            yield from item(content, f"{owner}, {word} {number}")

    return check


#: word for an item of a list -> name of the list's field, without its s
_SHORT = {"argument": "arg"}


def text_or_texts(value: Any, place: str) -> Iterator[str]:
    """Text, or a list of texts."""
    if isinstance(value, list):
        yield from array(text(), "item")(value, place)
    elif not isinstance(value, str):
        yield expected("text or a list of texts", value, place)


def record(fields: Mapping[str, Check], *, required: tuple[str, ...] = (), more: bool = False, rule: Check | None = None) -> Check:
    """An object with these fields, with ``more`` of any others too; ``rule`` looks at the whole."""

    def check(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield expected("an object {...}", value, place)
            return
        before = f"{place}: " if place else ""
        for name in required:
            if name not in value:
                yield f"{before}the field {name!r} is missing"
        for name, content in value.items():
            if name in fields:
                yield from fields[name](content, f"{place}, field {name!r}" if place else f"field {name!r}")
            elif not more:
                yield f"{before}unknown field {name!r}{meant(name, fields) or '; known here: ' + ', '.join(fields)}"
        if rule:
            yield from rule(value, place)

    return check


def is_number(value: Any) -> bool:
    """Whether a value is a number in JSON, where true and false are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def expected(what: str, value: Any, place: str) -> str:
    """Say that a value is of the wrong type."""
    return f"{place}: expected {what}, got {shown(value)}" if place else f"expected {what}, got {shown(value)}"


def shown(value: Any) -> str:
    """A value in the words of JSON, cut to what a message can hold."""
    match value:
        case None:
            return "null (leave the field out instead)"
        case bool():
            return "true" if value else "false"
        case str():
            return repr(value if len(value) <= 40 else value[:39] + "…")
        case list():
            return "an empty list" if not value else f"a list of {len(value)}" if len(value) > 3 else f"the list {str(value)[:60]}"
        case dict():
            return "an object"
        case _:
            return f"the number {str(value)[:40]}"


def meant(word: Any, known: Any) -> str:
    """Offer the known word that is closest, if one is close."""
    close = get_close_matches(word, list(known), n=1) if isinstance(word, str) else []
    return f", did you mean {close[0]!r}?" if close else ""
