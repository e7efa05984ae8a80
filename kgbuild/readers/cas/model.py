"""A CAS as plain values: feature structures that point to each other by id, their types, and views of a text.

Terms are those of the UIMA specification: a *Sofa* (subject of analysis) holds a text, a *view* has a Sofa and the feature structures
that are indexed for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kgbuild.readers.cas.types import Types

__all__ = ["Cas", "Flaw", "Ref", "Structure", "View"]


class Ref(int):
    """The id of the feature structure that a feature points to."""

    __slots__ = ()


class Structure:
    """A feature structure. ``features``: name -> scalar, :class:`Ref`, or a list of these; what is null is not there.

    The elements of an array that is a structure of its own are its feature ``elements``.
    """

    __slots__ = ("features", "id", "type")

    def __init__(self, id: int, type: str, features: dict[str, Any]) -> None:
        self.id = id
        self.type = type
        self.features = features

    def text(self, name: str) -> str:
        """A feature's text without blanks around it; empty where it has none."""
        value = self.features.get(name)
        return value.strip() if isinstance(value, str) else ""


class View(NamedTuple):
    """A text with the ids of the structures indexed for it; ``text`` is None where the Sofa holds none."""

    name: str
    sofa: int
    text: str | None
    members: tuple[int, ...]


class Flaw(NamedTuple):
    """Something wrong in a CAS: a code of :mod:`kgbuild.readers`, and what was done about it."""

    code: str
    message: str


@dataclass(slots=True)
class Cas:
    """A whole CAS. ``flaws`` is what could not be read as it stood, in the words of the notation."""

    types: Types
    structures: dict[int, Structure] = field(default_factory=dict)
    views: list[View] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    def follow(self, value: Any) -> Structure | None:
        """The structure that a feature's value points to; None where it is no reference or leads nowhere."""
        return self.structures.get(value) if isinstance(value, Ref) else None

    def items(self, value: Any) -> list[Any]:
        """What a feature holds, as a list: of one scalar or reference, of an array (inside the feature or apart), of a list of UIMA's."""
        if isinstance(value, list):
            return value
        held = self.follow(value)
        if held is None:
            return [] if value is None else [value]
        if "elements" in held.features and (held.type.endswith("[]") or held.type.startswith("uima.cas.")):
            elements = held.features["elements"]
            return elements if isinstance(elements, list) else [elements]
        if held.type.startswith("uima.cas.") and held.type.endswith("List"):
            return list(self._linked(held))
        if self.types.is_array(held.type):
            return []
        return [value]

    def _linked(self, node: Structure | None) -> Iterator[Any]:
        seen: set[int] = set()
        while node is not None and node.id not in seen:
            seen.add(node.id)
            if "head" in node.features:
                yield node.features["head"]
            node = self.follow(node.features.get("tail"))
