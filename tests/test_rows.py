"""Rows as Python values: what each kind of column becomes, and what a data frame holds."""

from __future__ import annotations

import pickle
import sys
from datetime import date

import pandas as pd
import pyoxigraph as ox
import pytest

from kgbuild.errors import MissingExtra
from kgbuild.result import Cell, Column, Kind, Result
from kgbuild.rows import Entity, Row, Rows

XSD = "http://www.w3.org/2001/XMLSchema#"
KIM = Entity("urn:x:kim", "Kim")


def thing(iri: str = "urn:x:kim", label: str = "Kim") -> Cell:
    return Cell((ox.NamedNode(iri),), (label,))


def text(value: str, datatype: str = "string") -> Cell:
    return Cell((ox.Literal(value, datatype=ox.NamedNode(XSD + datatype)),), (value,))


def rows(*columns: tuple[str, Kind, Cell]) -> Rows:
    return Rows(Result(tuple(Column(name, kind) for name, kind, _cell in columns), (tuple(cell for _name, _kind, cell in columns),)))


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("entity", thing(), KIM),
        ("entity", thing(label=""), Entity("urn:x:kim")),
        ("entity", text("courier pigeon"), "courier pigeon"),
        ("entity", Cell(), None),
        ("list", Cell((ox.NamedNode("urn:x:kim"), ox.Literal("two men")), ("Kim", "two men")), (KIM, "two men")),
        ("list", Cell(), ()),
        ("date", text("2024-01-16", "date"), date(2024, 1, 16)),
        ("date", text("-0043-03-15", "date"), "-0043-03-15"),
        ("date", text("12024-01-16", "date"), "12024-01-16"),
        ("date", Cell(), None),
        ("integer", text("17", "integer"), 17),
        ("integer", text("-3", "integer"), -3),
        ("integer", text("many"), "many"),
        ("integer", Cell(), None),
        ("text", text("17"), "17"),
        ("text", thing("urn:x:1", ""), Entity("urn:x:1")),
        ("text", Cell(), None),
    ],
)
def test_a_cell_becomes_a_value_of_its_columns_kind(kind: Kind, cell: Cell, value: object) -> None:
    (row,) = rows(("x", kind, cell))
    assert row.x == row["x"] == row[0] == value
    assert type(row.x) is type(value)


ROW = rows(("from", "date", text("2024-01-16", "date")), ("count", "integer", text("2", "integer")), ("who", "entity", thing()))


def test_a_row_has_its_columns_as_attributes_by_name_and_in_order() -> None:
    (row,) = ROW
    assert (row.from_, row.count, row.who.label) == (date(2024, 1, 16), 2, "Kim")
    assert list(row) == [date(2024, 1, 16), 2, KIM]
    assert row.as_dict() == {"from": date(2024, 1, 16), "count": 2, "who": KIM}
    assert {"from_", "count", "who"} <= set(dir(row))
    assert repr(row) == "Row(from_=datetime.date(2024, 1, 16), count=2, who=Entity(iri='urn:x:kim', label='Kim'))"
    assert len(row) == 3


def test_a_column_that_is_not_there_is_an_error_with_those_that_are() -> None:
    (row,) = ROW
    with pytest.raises(AttributeError, match="no column 'whom'; there are: from, count, who"):
        _ = row.whom
    with pytest.raises(KeyError):
        _ = row["whom"]


def test_equal_rows_are_equal_also_after_pickling() -> None:
    (row,) = ROW
    copy = pickle.loads(pickle.dumps(row))
    assert isinstance(copy, Row)
    assert (copy, hash(copy)) == (row, hash(row))
    assert row != rows(("x", "text", text("x")))[0]


def test_rows_are_a_sequence_with_columns() -> None:
    assert (len(ROW), ROW[-1], ROW[:1], list(reversed(ROW))) == (1, ROW[0], (ROW[0],), [ROW[0]])
    assert [column.kind for column in ROW.columns] == ["date", "integer", "entity"]
    assert ROW.passages == ()
    assert repr(ROW) == "<Rows: 1 row of from, count, who>"
    assert ROW[0] in ROW


def test_a_thing_is_written_as_its_label_or_its_iri() -> None:
    assert [f"{Entity('urn:x:1', 'Kim')}", f"{Entity('urn:x:1')}"] == ["Kim", "urn:x:1"]


def frame_of(*columns: tuple[str, Kind, tuple[Cell, ...]]) -> pd.DataFrame:
    made = Result(
        tuple(Column(name, kind) for name, kind, _cells in columns), tuple(zip(*(cells for _name, _kind, cells in columns), strict=True))
    )
    return Rows(made).to_pandas()


def test_a_data_frame_has_typed_columns_with_labels_beside_things() -> None:
    frame = frame_of(
        ("who", "entity", (thing(), Cell(), text("a pigeon"))),
        ("items", "list", (Cell((ox.NamedNode("urn:x:1"), ox.NamedNode("urn:x:2")), ("Unu", "")), Cell(), Cell())),
        ("day", "date", (text("2024-01-16", "date"), Cell(), text("0800-12-25", "date"))),
        ("n", "integer", (text("2", "integer"), Cell(), text("3", "integer"))),
        ("note", "text", (text("x"), Cell(), Cell())),
    )
    assert list(frame.columns) == ["who", "whoLabel", "items", "itemsLabel", "day", "n", "note"]
    assert [str(frame[name].dtype) for name in ("who", "whoLabel", "day", "n", "note")] == [
        "string",
        "string",
        "datetime64[s]",
        "Int64",
        "string",
    ]
    assert frame["who"].fillna("–").tolist() == ["urn:x:kim", "–", "a pigeon"]
    assert frame["whoLabel"].fillna("–").tolist() == ["Kim", "–", "a pigeon"]
    assert frame["items"].tolist() == [("urn:x:1", "urn:x:2"), (), ()]
    assert frame["itemsLabel"].tolist() == [("Unu", "urn:x:2"), (), ()]
    assert frame["n"].sum() == 5
    assert frame["day"].dt.year.tolist()[::2] == [2024, 800]
    assert frame["day"].isna().tolist() == [False, True, False]


def test_a_day_beyond_pythons_calendar_keeps_the_column_as_objects() -> None:
    frame = frame_of(("day", "date", (text("2024-01-16", "date"), text("-0043-03-15", "date"))))
    assert frame["day"].tolist() == [date(2024, 1, 16), "-0043-03-15"]


def test_no_rows_give_an_empty_frame_with_the_columns_and_their_types() -> None:
    frame = frame_of(("who", "entity", ()), ("day", "date", ()), ("n", "integer", ()))
    assert frame.dtypes.astype(str).to_dict() == {"who": "string", "whoLabel": "string", "day": "datetime64[s]", "n": "Int64"}


def test_without_pandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match="a data frame needs pandas") as caught:
        ROW.to_pandas()
    assert caught.value.hint == "pip install 'kgbuild[pandas]'"
