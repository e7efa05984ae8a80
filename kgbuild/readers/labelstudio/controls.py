"""Controls whose names have a meaning for us."""

from __future__ import annotations

from kgbuild.readers.metadata import fold

__all__ = ["ARGUMENTS", "LINKS", "NAMES", "NOTES", "is_attribute"]

LINKS = frozenset({"link", "links", "wikidata", "wikipedia", "geonames"})
NAMES = frozenset({"name"})
NOTES = frozenset({"note", "notes", "comment", "comments"})
ARGUMENTS = frozenset({"arguments", "argument", "literals", "literal"})


def is_attribute(name: str) -> bool:
    """Whether the answer of a control of this name is an attribute of that name.

    >>> is_attribute("stance"), is_attribute("Link")
    (True, False)
    """
    return bool(name.strip()) and fold(name) not in LINKS | NAMES | NOTES | ARGUMENTS
