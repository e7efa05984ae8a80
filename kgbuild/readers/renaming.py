"""Units under the names that they had elsewhere: tools that give ids of their own (T1, E1) keep none that they were given."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from kgbuild.document import Kind, Unit

__all__ = ["UnitSaid", "renamed"]


class UnitSaid(Struct, frozen=True, forbid_unknown_fields=True):
    """What a unit is called, and its kind where its form does not tell."""

    id: str | None = None
    kind: Kind | None = None


def renamed(units: tuple[Unit, ...], said: Mapping[str, UnitSaid]) -> tuple[Unit, ...]:
    """Give units their names, wherever they are named; a unit whose own name is given to another gets a mark behind it."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for unit in units:
        wanted = said[unit.id].id if unit.id in said else None
        if wanted and wanted not in taken:
            names[unit.id] = wanted
            taken.add(wanted)
    for unit in units:
        if unit.id not in names:
            name = unit.id
            while name in taken:
                name += "~"
            names[unit.id] = name
            taken.add(name)
    return tuple(_named(unit, names, said.get(unit.id)) for unit in units)


def _named(unit: Unit, names: Mapping[str, str], said: UnitSaid | None) -> Unit:
    args = tuple(replace(arg, target=names.get(arg.target, arg.target)) if arg.target is not None else arg for arg in unit.args)
    return replace(unit, id=names[unit.id], kind=(said.kind if said else None) or unit.kind, args=args)
