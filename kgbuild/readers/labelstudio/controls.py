"""Controls whose names have a meaning for us, and arguments written in notes."""

from __future__ import annotations

import re

from kgbuild.readers.metadata import fold

__all__ = ["ARGUMENTS", "LINKS", "NAMES", "NOTES", "argument", "is_attribute"]

LINKS = frozenset({"link", "links", "wikidata", "wikipedia", "geonames"})
NAMES = frozenset({"name"})
NOTES = frozenset({"note", "notes", "comment", "comments"})
ARGUMENTS = frozenset({"arguments", "argument", "literals", "literal"})
_ARGUMENT = re.compile(r"\s*([^\W\d][\w.-]*)\s*=\s*(.*\S)\s*")


def is_attribute(name: str) -> bool:
    """Whether the answer of a control of this name is an attribute of that name.

    >>> is_attribute("stance"), is_attribute("Link")
    (True, False)
    """
    return bool(name.strip()) and fold(name) not in LINKS | NAMES | NOTES | ARGUMENTS


def argument(line: str) -> tuple[str, str] | None:
    """The role and the literal of an argument written as ``role=value``; None for a line that is no such thing.

    >>> argument("medium = facebook"), argument("a remark")
    (('medium', 'facebook'), None)
    """
    match = _ARGUMENT.fullmatch(line)
    return (match[1], match[2]) if match else None
