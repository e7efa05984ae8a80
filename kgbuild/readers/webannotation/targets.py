"""Targets: which documents an annotation speaks of, and which passages of them (Web Annotation Data Model, sections 3.1, 3.2 and 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kgbuild.readers.webannotation.nodes import Node, each, iri, types

__all__ = ["Part", "Target", "targets"]


class Part(NamedTuple):
    """A passage: the document's IRI (empty where the file does not say it), and the selector of the passage, None for the whole."""

    source: str
    selector: Any
    #: the source's own node, where it is written out
    node: Node | None


class Target(NamedTuple):
    """One place that an annotation speaks of: a passage, or several that are one place together."""

    parts: tuple[Part, ...]
    #: the node that says so, which may have provenance of its own
    node: Node


def targets(value: Any) -> Iterator[Target]:
    """Read the ``target`` of an annotation. Each of an array stands for itself; a List or a Composite is one place of several parts."""
    for target in each(value):
        if isinstance(target, str):
            yield Target((_whole(target, None),), {})
        elif isinstance(target, dict):
            kinds = types(target)
            if kinds & {"List", "Composite"}:
                yield from _together(target)
            elif kinds & {"Independents", "Choice"}:
                yield from targets(target.get("items"))
            else:
                yield Target((_part(target),), target)


def _together(target: Node) -> Iterator[Target]:
    inner = list(targets(target.get("items")))
    parts = tuple(part for one in inner for part in one.parts)
    if parts and len({part.source for part in parts}) == 1 and all(part.selector is not None for part in parts):
        yield Target(parts, target)
    else:
        yield from inner


def _part(target: Node) -> Part:
    if "source" not in target:
        address = iri(target)
        if target.get("selector") is None:
            return _whole(address, target)
        # a tool that knows one document only names no source; an id beside a selector is the target's own
        return Part("", target["selector"], None)
    source = target["source"]
    node = source if isinstance(source, dict) else None
    whole = _whole(iri(source), node)
    return whole if target.get("selector") is None else Part(whole.source, target["selector"], node)


def _whole(address: str, node: Node | None) -> Part:
    """A document as a whole, or the passage that the fragment of its IRI names (``…#char=3,9``)."""
    base, mark, rest = address.rpartition("#")
    if mark and rest.startswith("char="):
        return Part(base, {"type": "FragmentSelector", "value": rest}, node)
    return Part(address, None, node)
