"""From the span annotations of a CAS to units: label, attributes, links, and what their slots hold."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kgbuild.document import Arg, Attrs, Kind, Mention, Prov, Scalar, Unit
from kgbuild.readers.arguments import arguments
from kgbuild.readers.cas.layers import DEPENDENT, GOVERNOR
from kgbuild.readers.cas.model import Structure
from kgbuild.readers.kinds import kind_of
from kgbuild.readers.links import is_known, link

__all__ = ["RESERVED", "Reading", "Slot"]

#: features that say where an annotation stands and what it joins
RESERVED = frozenset({"sofa", "begin", "end", GOVERNOR, DEPENDENT, "first", "next"})


@dataclass(slots=True)
class Slot:
    """One thing in a slot: the role, what it points to, and what the link says beside."""

    role: str
    target: Structure
    attrs: Attrs = field(default_factory=dict)


class Reading:
    """One annotation, while the document is put together; ``id`` is that of the unit it becomes."""

    __slots__ = (
        "attrs",
        "confidence",
        "further",
        "id",
        "kind",
        "label",
        "links",
        "literals",
        "mention",
        "name",
        "note",
        "slots",
        "structure",
    )

    def __init__(self, structure: Structure, label: str, kind: Kind | None = None, mention: Mention | None = None) -> None:
        self.structure = structure
        self.label = label
        self.kind = kind
        self.mention = mention
        self.id = ""
        self.name: str | None = None
        self.note: str | None = None
        self.confidence: float | None = None
        # most annotations have a label and no more: what is empty is shared
        self.attrs: Attrs | None = None
        self.links: tuple[str, ...] = ()
        self.slots: tuple[Slot, ...] = ()
        self.literals: tuple[Arg, ...] = ()
        self.further: tuple[Mention, ...] = ()

    def unit(self, targets: Callable[[Structure], str]) -> Unit:
        """The unit; ``targets`` gives the ids of the units that slots point to."""
        args = self.literals
        if self.slots:
            args = (*(Arg(slot.role, target=targets(slot.target), attrs=slot.attrs) for slot in self.slots), *args)
        kind = self.kind or kind_of(self.label, has_arguments=bool(args))
        mentions = (self.mention, *self.further) if self.mention else ()
        return Unit(self.id, kind, self.label or None, self.name, mentions, args, self.links, self.attrs or {}, self.prov)

    @property
    def prov(self) -> Prov | None:
        """Note and confidence, where there are any."""
        said = self.note is not None or self.confidence is not None
        return Prov(confidence=self.confidence, note=self.note) if said else None

    def say(self, name: str, value: Any, *, is_concept: bool) -> None:
        """Take one value of a feature as what it says by its name and form; an empty text says nothing."""
        if isinstance(value, float) and not math.isfinite(value):
            value = str(value)
        if value == "":
            return
        if isinstance(value, str):
            written = value.strip()
            found = link(written) if is_concept or name == "identifier" or is_known(written) else None
            if found is not None:
                self.links = (*self.links, found)
                return
            if name == "note":
                self._note(value)
                return
            if name == "name" and self.name is None:
                self.name = written
                return
        if name == "confidence" and (sure := _confidence(value)) is not None:
            self.confidence = sure
        else:
            self._attribute(name, value)

    def _note(self, value: str) -> None:
        """Lines ``role=value`` are arguments, other lines a note."""
        if "=" in value:
            lines = [(line, arguments(line)) for line in value.split("\n")]
            self.literals += tuple(arg for _line, given in lines for arg in given)
            value = "\n".join(line for line, given in lines if not given)
        if value:
            self.note = value if self.note is None else f"{self.note}\n{value}"

    def _attribute(self, name: str, value: Scalar) -> None:
        if self.attrs is None:
            self.attrs = {}
        held = self.attrs.get(name)
        if held is None:
            self.attrs[name] = value
        elif isinstance(held, list):
            held.append(value)
        else:
            self.attrs[name] = [held, value]


def _confidence(value: Scalar) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None
