"""Rows as Python values, for programs: dates are dates, numbers are numbers, things have an IRI and a label.

entity   :class:`Entity`; str where the graph has a text in the thing's place; None
list     tuple of these, empty where there is none
date     datetime.date; str where Python's calendar does not reach (years before 1 and after 9999); None
integer  int or None
text     str or None
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, overload

import pyoxigraph as ox

from kgbuild.errors import MissingExtra
from kgbuild.result import Cell, Column, Passage, Result

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Entity", "Row", "Rows", "Value"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the graph. ``label`` is in the language asked for, where it has one; empty where it has none."""

    iri: str
    label: str = ""

    def __str__(self) -> str:
        return self.label or self.iri


Value = Entity | date | int | str | tuple[Entity | str, ...] | None


class Row:
    """A row: a value per column, as an attribute (``row.supplier``), by name (``row["from"]``) or place, or all in order.

    A column whose name is a word of Python has an underscore after it as an attribute: ``row.from_``.
    """

    __slots__ = ("_places", "_values")

    def __init__(self, places: Mapping[str, int], values: tuple[Value, ...]) -> None:
        self._places = places
        self._values = values

    def __getattr__(self, name: str) -> Any:
        place = self._places.get(name)
        if place is None and name.endswith("_") and keyword.iskeyword(name[:-1]):
            place = self._places.get(name[:-1])
        if place is None or name.startswith("__"):
            raise AttributeError(f"no column {name!r}; there are: {', '.join(self._places)}", name=name, obj=self)
        return self._values[place]

    def __getitem__(self, key: str | int) -> Any:
        return self._values[self._places[key] if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and (self._values, list(self._places)) == (other._values, list(other._places))

    def __hash__(self) -> int:
        return hash(self._values)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *(_attribute(name) for name in self._places)})

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{_attribute(name)}={self._values[place]!r}' for name, place in self._places.items())})"

    def __reduce__(self) -> tuple[object, ...]:
        return Row, (self._places, self._values)

    def as_dict(self) -> dict[str, Value]:
        """The values by column."""
        return dict(zip(self._places, self._values, strict=True))


class Rows(Sequence[Row]):
    """What a query answered: rows, its columns with what they mean, and for ``evidence`` a passage beside each row."""

    def __init__(self, result: Result) -> None:
        places = {column.name: place for place, column in enumerate(result.columns)}
        self._result = result
        self._rows = tuple(
            Row(places, tuple(_value(column, cell) for column, cell in zip(result.columns, row, strict=True))) for row in result.rows
        )

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns: name, kind, and what they mean."""
        return self._result.columns

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Sentence, span, article and annotator of each row, in the order of the rows; empty but for ``evidence``."""
        return self._result.passages or ()

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __repr__(self) -> str:
        count = f"{len(self):,} row{'' if len(self) == 1 else 's'}"
        return f"<Rows: {count} of {', '.join(column.name for column in self.columns)}>"

    def to_pandas(self) -> pd.DataFrame:
        """Make a data frame with the columns of the csv form: whole IRIs, and ``…Label`` beside each column of things.

        Dates are ``datetime64[s]``, or objects where one of them is beyond Python's calendar; numbers are ``Int64``; lists are tuples.
        Raises MissingExtra: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise MissingExtra("a data frame needs pandas", hint="pip install 'kgbuild[pandas]'") from None
        frame: dict[str, pd.Series] = {}
        for place, column in enumerate(self.columns):
            values = [row[place] for row in self._rows]
            if column.kind == "list":
                frame[column.name] = pd.Series([tuple(map(_iri, value)) for value in values], dtype=object)
                frame[f"{column.name}Label"] = pd.Series([tuple(map(str, value)) for value in values], dtype=object)
            elif column.kind == "entity":
                frame[column.name] = pd.Series([_iri(value) for value in values], dtype="string")
                frame[f"{column.name}Label"] = pd.Series([None if value is None else _label(value) for value in values], dtype="string")
            elif column.kind == "integer" and all(value is None or isinstance(value, int) for value in values):
                frame[column.name] = pd.Series(values, dtype="Int64")
            elif column.kind == "date" and all(value is None or isinstance(value, date) for value in values):
                frame[column.name] = pd.Series(values, dtype="datetime64[s]")
            else:
                frame[column.name] = pd.Series(values, dtype="string" if column.kind == "text" else object)
        return pd.DataFrame(frame)


def _attribute(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _iri(value: Any) -> Any:
    return value.iri if isinstance(value, Entity) else value


def _label(value: Entity | str) -> str | None:
    return (value.label or None) if isinstance(value, Entity) else value


def _value(column: Column, cell: Cell) -> Value:
    things = tuple(
        Entity(term.value, label) if isinstance(term, ox.NamedNode) else term.value
        for term, label in zip(cell.terms, cell.labels or ("",) * len(cell.terms), strict=True)
    )
    if column.kind == "list":
        return things
    if not things:
        return None
    (value,) = things
    if isinstance(value, str) and column.kind in ("date", "integer"):
        try:
            return date.fromisoformat(value) if column.kind == "date" else int(value)
        except ValueError:
            return value
    return value
