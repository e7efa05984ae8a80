"""The header key ``plot``: what picture the rows of a query make.

    plot: {kind: months, x: month, y: [reports, transfers]}
    plot: {kind: bars, label: [targetType, target], y: count, mark: claimant}
    plot: {kind: timeline, from: earliest, to: latest, lane: stance, mark: kind, label: [speaker]}

``months``: a bar per column of ``y`` and month (a text such as 2024-01). ``bars``: a bar per row, as long as ``y`` says. ``timeline``: a
mark per row, from one date to the other, in the lane that a column names. ``label``: what is written beside; ``mark``: what colours tell.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from kgbuild.errors import QueryError

#: kind -> the keys that it needs, and those that it may have
KINDS = {
    "months": ({"x", "y"}, set[str]()),
    "bars": ({"label", "y"}, {"mark"}),
    "timeline": ({"from", "to", "lane"}, {"mark", "label"}),
}
#: keys that take one column
_SINGLE = {"x", "from", "to", "lane", "mark"}


@dataclass(frozen=True, slots=True)
class PlotView:
    """A kind of picture, and for each of its keys the columns that it shows."""

    kind: str
    columns: dict[str, tuple[str, ...]]

    def one(self, key: str) -> str:
        """The column of a key; empty where the header has none."""
        return next(iter(self.columns.get(key, ())), "")


def parse_plot(value: Any, columns: Collection[str], file: str) -> PlotView:
    """Read the key's value. Raises QueryError: an unknown kind, key or column, or one that is missing."""
    if not isinstance(value, dict):
        raise QueryError(f"{file}: plot must be key: value pairs, of which one is kind: {'|'.join(KINDS)}")
    kind = str(value.get("kind", ""))
    if kind not in KINDS:
        raise QueryError(f"{file}: plot: kind is {' or '.join(KINDS)}, not “{kind}”")
    needed, allowed = KINDS[kind]
    given = {str(key): item for key, item in value.items() if key != "kind"}
    if unknown := sorted(given.keys() - needed - allowed):
        raise QueryError(f"{file}: plot: {kind} has no key “{unknown[0]}”", hint=f"its keys: {', '.join(sorted(needed | allowed))}")
    if missing := sorted(needed - given.keys()):
        raise QueryError(f"{file}: plot: {kind} needs {missing[0]}")
    found: dict[str, tuple[str, ...]] = {}
    for key, item in given.items():
        names = tuple(map(str, item)) if isinstance(item, list) else (str(item),)
        if not names or (len(names) != 1 and (key in _SINGLE or (kind, key) == ("bars", "y"))):
            raise QueryError(f"{file}: plot: {key} takes {'one column' if names else 'a column'}")
        for name in names:
            if name not in columns:
                raise QueryError(f"{file}: plot: {key} names {name}, which is no column", hint=f"columns: {', '.join(columns)}")
        found[key] = names
    return PlotView(kind, found)
