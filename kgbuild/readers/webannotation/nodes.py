"""JSON-LD values as tools write them: one value or an array, ``id`` or ``@id``, a string for a node that is known by its IRI only."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

__all__ = ["Node", "each", "iri", "motivations", "string", "types"]

#: an object of the file
Node = dict[str, Any]

_PREFIXES = ("oa:", "http://www.w3.org/ns/oa#", "as:", "https://www.w3.org/ns/activitystreams#")


def each(value: Any) -> list[Any]:
    """The values of a field: none, one, or those of its array; null is nothing."""
    if isinstance(value, list):
        return [one for one in value if one is not None] if None in value else value
    return [] if value is None else [value]


def iri(value: Any) -> str:
    """The IRI of a node, or the string that stands for it; empty where it has none."""
    if isinstance(value, dict):
        value = value.get("id", value.get("@id"))
    return value if isinstance(value, str) else ""


def string(node: Node, key: str) -> str | None:
    """A field that is text, in any of JSON-LD's forms of text; None where it is not there, or not text."""
    held = node.get(key)
    if held is None or isinstance(held, str):
        return held
    for value in each(held):
        if isinstance(value, dict):
            value = value.get("@value")
        if isinstance(value, str):
            return value
    return None


def types(node: Node) -> frozenset[str]:
    """The types of a node, without prefixes."""
    held = node.get("type")
    if isinstance(held, str) and "@type" not in node:
        return _one(held)
    return frozenset(_local(name) for key in ("type", "@type") for name in each(node.get(key)) if isinstance(name, str))


def motivations(node: Node, key: str = "motivation") -> frozenset[str]:
    """The motivations of an annotation, or the purposes of a body, without prefixes."""
    held = node.get(key)
    if isinstance(held, str):
        return _one(held)
    return frozenset(_local(name) for one in each(held) if (name := iri(one)))


@lru_cache(maxsize=1024)
def _one(name: str) -> frozenset[str]:
    return frozenset([_local(name)]) - {""}


def _local(name: str) -> str:
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name
