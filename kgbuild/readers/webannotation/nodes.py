"""JSON-LD values as tools write them: one value or an array, ``id`` or ``@id``, a string for a node that is known by its IRI only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["Node", "each", "iri", "motivations", "string", "types"]

#: an object of the file
Node = dict[str, Any]

_PREFIXES = ("oa:", "http://www.w3.org/ns/oa#", "as:", "https://www.w3.org/ns/activitystreams#")


def each(value: Any) -> Iterator[Any]:
    """The values of a field: none, one, or those of its array; null is nothing."""
    for one in value if isinstance(value, list) else [value]:
        if one is not None:
            yield one


def iri(value: Any) -> str:
    """The IRI of a node, or the string that stands for it; empty where it has none."""
    if isinstance(value, dict):
        value = value.get("id", value.get("@id"))
    return value if isinstance(value, str) else ""


def string(node: Node, key: str) -> str | None:
    """A field that is text, in any of JSON-LD's forms of text; None where it is not there, or not text."""
    for value in each(node.get(key)):
        if isinstance(value, dict):
            value = value.get("@value")
        if isinstance(value, str):
            return value
    return None


def types(node: Node) -> set[str]:
    """The types of a node, without prefixes."""
    return {_local(name) for key in ("type", "@type") for name in each(node.get(key)) if isinstance(name, str)}


def motivations(node: Node, key: str = "motivation") -> set[str]:
    """The motivations of an annotation, or the purposes of a body, without prefixes."""
    return {_local(iri(one)) for one in each(node.get(key))} - {""}


def _local(name: str) -> str:
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name
