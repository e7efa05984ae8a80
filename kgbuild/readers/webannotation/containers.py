"""The annotations of a file: one, an array, a page or a collection of pages (Web Annotation Data Model, section 5), a ``@graph``, or what
Hypothes.is exports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kgbuild.document import Problem
from kgbuild.readers.webannotation.nodes import Node, each, types

__all__ = ["listed"]

#: fields that hold what is inside a container
_INSIDE = ("items", "first", "next", "last", "@graph", "rows", "annotations")


def listed(loaded: Any, where: str) -> tuple[list[Node], list[Problem]]:
    """The annotations of a decoded file, and a problem for each page or annotation that lies elsewhere."""
    nodes: list[Node] = []
    problems: list[Problem] = []
    for found in _contained(loaded):
        if isinstance(found, _Elsewhere):
            message = f"<{found}> is only named here, and nothing is fetched; load it as a file of its own"
            problems.append(Problem("page-elsewhere", "skipped", message, where=where))
        else:
            nodes.append(found)
    return nodes, problems


class _Elsewhere(str):
    """The IRI of a page or an annotation that is not in the file."""

    __slots__ = ()


def _contained(loaded: Any) -> Iterator[Node | _Elsewhere]:
    """Yield the annotations of a decoded file in order, and the address of what is not in it. Anything else is passed over.

    A page that is written out under ``next`` or ``last`` too is read once.
    """
    seen: set[str] = set()
    stack = [loaded]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, str):
            if value not in seen:
                seen.add(value)
                yield _Elsewhere(value)
        elif isinstance(value, dict):
            if "Annotation" in types(value) or ("target" in value and "items" not in value):
                yield value
                continue
            address = value.get("id", value.get("@id"))
            if types(value) & {"AnnotationPage", "OrderedCollectionPage"} and isinstance(address, str):
                if address in seen and "items" not in value:
                    continue
                seen.add(address)
            inner = [one for key in _INSIDE for one in each(value.get(key))]
            stack.extend(reversed(inner))
