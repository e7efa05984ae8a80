"""Answers as pictures: what a header can say, and what the picture then holds; an SVG is read as text, a PNG as pixels."""

from __future__ import annotations

import re
import struct
import sys
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Sequence
from datetime import date, timedelta

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.errors import MissingExtra, QueryError
from kgbuild.plotting import fonts
from kgbuild.plotting.days import ticks
from kgbuild.plotting.picture import draw
from kgbuild.plotting.view import PlotView, parse_plot
from kgbuild.query import Query
from kgbuild.result import Cell, Column, Result

MONTHS = {"kind": "months", "x": "month", "y": ["reports", "origins"]}
BARS = {"kind": "bars", "label": ["target"], "y": "count", "mark": "claimant"}
TIMELINE = {"kind": "timeline", "from": "first", "to": "last", "lane": "stance", "mark": "kind", "label": ["speaker"]}


def result(columns: str, rows: Sequence[Sequence[str]]) -> Result:
    """Columns as ``name:kind``, kind text if nothing else is said."""
    made = tuple(Column(name, kind or "text") for name, _colon, kind in (column.partition(":") for column in columns.split()))  # type: ignore[arg-type]
    return Result(made, tuple(tuple(Cell((ox.Literal(value),) if value else ()) for value in row) for row in rows))


def months(*rows: Sequence[str]) -> Result:
    return result("month reports:integer origins:integer", rows)


def bars(*rows: Sequence[str]) -> Result:
    return result("target claimant count:integer", rows)


def timeline(*rows: Sequence[str]) -> Result:
    return result("stance kind speaker first:date last:date", rows)


def view(plot: dict[str, object], answer: Result) -> PlotView:
    return parse_plot(plot, [column.name for column in answer.columns], "q.rq")


def texts(plot: dict[str, object], answer: Result, title: str = "") -> list[str]:
    """The texts of the SVG, in the order in which they are written."""
    svg = ET.fromstring(draw(answer, view(plot, answer), "svg", title=title).data)
    return ["".join(element.itertext()).strip() for element in svg.iter("{http://www.w3.org/2000/svg}text")]


def notes(plot: dict[str, object], answer: Result, form: str = "svg", title: str = "") -> list[str]:
    return list(draw(answer, view(plot, answer), form, title=title).notes)


def size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def inked(png: bytes) -> int:
    """How many different rows of pixels a picture has: an empty sheet has one."""
    data, place = b"", 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + length]
        place += 12 + length
    pixels = zlib.decompress(data)
    step = len(pixels) // size(png)[1]
    return len({pixels[start : start + step] for start in range(0, len(pixels), step)})


@pytest.mark.parametrize(
    ("plot", "message"),
    [
        ("bars", "plot must be key: value pairs, of which one is kind: months|bars|timeline"),
        ({"kind": "pie", "x": "month"}, "kind is months or bars or timeline, not “pie”"),
        ({**MONTHS, "z": "month"}, "months has no key “z”"),
        ({"kind": "months", "x": "month"}, "months needs y"),
        ({**MONTHS, "x": ["month", "reports"]}, "x takes one column"),
        ({**MONTHS, "y": []}, "y takes a column"),
        ({**MONTHS, "y": ["reports", "origin"]}, "y names origin, which is no column"),
        ({"kind": "bars", "label": "month", "y": ["reports", "origins"]}, "y takes one column"),
        ({"kind": "timeline", "from": "month", "to": "month"}, "timeline needs lane"),
    ],
)
def test_a_plot_key_that_cannot_be_is_refused_with_the_file(plot: object, message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        parse_plot(plot, ["month", "reports", "origins"], "q.rq")


def test_a_header_can_say_that_rows_make_a_picture() -> None:
    query = Query.parse("own.rq", "#+ columns: [m, n]\n#+ plot: {kind: months, x: m, y: n}\nSELECT ?m ?n { ?m ?p ?n }")
    assert query.plot == PlotView("months", {"x": ("m",), "y": ("n",)})


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-01-10", "2024-01-14", "2024-01-10 2024-01-11 2024-01-12 2024-01-13 2024-01-14"),
        ("2024-01-10", "2024-04-20", "2024-02 2024-03 2024-04"),
        ("2022-03-01", "2024-01-01", "2022-04 2022-07 2022-10 2023-01 2023-04 2023-07 2023-10 2024-01"),
        ("1999-06-01", "2024-06-01", "2000 2005 2010 2015 2020"),
        ("0001-01-01", "9999-12-31", "2000 4000 6000 8000"),
    ],
)
def test_days_are_named_as_the_time_is_long(first: str, last: str, expected: str) -> None:
    named = [name for _day, name in ticks(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())]
    assert named == expected.split()


@given(st.dates(), st.dates())
def test_ticks_lie_within_and_are_few(one: date, other: date) -> None:
    low, high = sorted((one.toordinal(), other.toordinal()))
    places = [day for day, _name in ticks(low, high)]
    assert places == sorted(places)
    assert all(low <= place <= high for place in places)
    assert len(places) <= 11


def test_months_have_a_bar_each_and_gaps_are_kept() -> None:
    answer = months(("2023-11", "2", "1"), ("2024-01", "3", "2"))
    found = texts(MONTHS, answer, "Reports, month by month")
    assert [text for text in found if re.fullmatch(r"\d{4}-\d\d", text)] == ["2023-11", "2023-12", "2024-01"]
    assert {"reports", "origins", "Reports, month by month"} <= set(found)


def test_rows_without_a_month_are_told_and_not_drawn() -> None:
    assert notes(MONTHS, months(("2023-11", "2", "1"), ("", "7", "0"))) == ["not shown, since the month is not known: 7 reports, 0 origins"]
    assert notes(MONTHS, months(("", "7", "0"))) == ["not shown, since the month is not known: 7 reports, 0 origins"]


def test_bars_stand_in_the_order_of_the_rows_with_their_numbers() -> None:
    answer = bars(("sistem antiaerian", "Ana", "2"), ("depozit de muniții", "Ion", "1250"), ("pod", "", ""))
    found = texts(BARS, answer)
    assert [text for text in found if text in ("sistem antiaerian", "depozit de muniții", "1,250", "pod")] == [
        "sistem antiaerian",
        "depozit de muniții",
        "1,250",
    ]
    assert notes(BARS, answer) == ["not shown, since count is not known: 1 row"]


def test_of_many_bars_the_longest_are_drawn() -> None:
    answer = bars(*((f"target {number}", "Ana", str(number)) for number in range(500)))
    found = [text for text in texts(BARS, answer) if text.startswith("target ")]
    assert found == [f"target {number}" for number in range(440, 500)]
    assert notes(BARS, answer) == ["not shown: 440 rows with a smaller count"]


POSITION = (
    ("neagă", "utterance", "Vasili Nebenzia", "2022-09-06", "2022-09-06"),
    ("neagă", "utterance", "Rusia", "", "2023-09-13"),
    ("respinge", "utterance", "Dmitri Peskov", "2023-10-16", "2023-10-17"),
    ("respinge", "utterance", "Dmitri Peskov", "2023-10-16", "2023-10-17"),
    ("recunoaște", "interpretation", "Serghei Lavrov", "2024-01-16", ""),
    ("recunoaște", "interpretation", "Мария Захарова", "", ""),
)


def test_a_timeline_has_a_lane_a_stance_and_labels() -> None:
    found = texts(TIMELINE, timeline(*POSITION), "Poziția Rusiei")
    assert [text for text in found if text in ("neagă", "respinge", "recunoaște")] == ["neagă", "respinge", "recunoaște"]
    for label in (
        "Vasili Nebenzia",
        "Dmitri Peskov ×2",
        "Serghei Lavrov",
        "Мария Захарова",
        "no date",
        "or earlier",
        "or later",
        "utterance",
        "Poziția Rusiei",
    ):
        assert label in found
    assert notes(TIMELINE, timeline(*POSITION)) == []


def test_labels_of_one_day_stand_beneath_each_other() -> None:
    answer = timeline(
        *(
            ("neagă", "utterance", f"Vorbitorul {name}", "2024-01-16", f"2024-01-{day}")
            for name, day in zip("ABC", (16, 17, 18), strict=True)
        )
    )
    svg = draw(answer, view(TIMELINE, answer), "svg").data.decode()
    heights = [float(y) for y in re.findall(r'y="([0-9.]+)"[^>]*>Vorbitorul', svg)] or [
        float(y) for y in re.findall(r"translate\([0-9.]+ ([0-9.]+)\)[^>]*>Vorbitorul", svg)
    ]
    assert len(set(heights)) == 3


def test_five_hundred_rows_are_drawn_without_their_labels() -> None:
    begin = date(2022, 1, 1)
    rows = [
        (f"stance {n % 7}", f"kind {n % 20}", f"Vorbitorul {n}", str(begin + timedelta(n)), str(begin + timedelta(n))) for n in range(500)
    ]
    answer = timeline(*rows)
    assert not [text for text in texts(TIMELINE, answer) if text.startswith("Vorbitorul")]
    assert "6 others" in texts(TIMELINE, answer)
    assert notes(TIMELINE, answer) == ["not shown: labels, of which there are too many"]
    width, height = size(draw(answer, view(TIMELINE, answer), "png").data)
    assert width < 2500
    assert height < 6000


def test_five_hundred_lanes_are_told_and_the_fullest_drawn() -> None:
    rows = [(f"lane {n}", "k", "", "2024-01-01", "2024-01-01") for n in range(500)] + [("lane 499", "k", "", "2024-01-02", "2024-01-02")]
    found = [text for text in texts(TIMELINE, timeline(*rows)) if text.startswith("lane ")]
    assert len(found) == 40
    assert "lane 499" in found
    assert notes(TIMELINE, timeline(*rows))[0] == "not shown: 460 lanes with fewer rows, 460 together"


@pytest.mark.parametrize("days", [("-0043-03-15", ""), ("0001-01-01", "9999-12-31"), ("2024-01-16", "2024-01-10"), ("10000-01-01", "soon")])
def test_odd_days_are_drawn_all_the_same(days: tuple[str, str]) -> None:
    assert "Cezar" in texts(TIMELINE, timeline(("neagă", "utterance", "Cezar", *days)))


CASES = [(MONTHS, months), (BARS, bars), (TIMELINE, timeline)]


@pytest.mark.parametrize(("plot", "answer"), CASES)
@pytest.mark.parametrize("form", ["svg", "png"])
def test_no_rows_are_said(plot: dict[str, object], answer: object, form: str) -> None:
    nothing = answer()  # type: ignore[operator]
    picture = draw(nothing, view(plot, nothing), form, title="Nothing")
    assert picture.notes == ()
    if form == "svg":
        assert texts(plot, nothing) == ["no rows"]
    else:
        assert inked(picture.data) > 10


@pytest.mark.parametrize(
    ("plot", "answer"),
    [
        (MONTHS, months(("2024-01", "1", "1"))),
        (BARS, bars(("pod", "Ana", "1"))),
        (TIMELINE, timeline(POSITION[0])),
        (TIMELINE, timeline(POSITION[5])),
    ],
)
def test_one_row_makes_a_picture(plot: dict[str, object], answer: Result) -> None:
    picture = draw(answer, view(plot, answer), "png")
    width, height = size(picture.data)
    assert 900 < width < 2500
    assert 150 < height < 900
    assert inked(picture.data) > 20


def test_where_no_row_has_a_date_no_day_is_named() -> None:
    found = texts(TIMELINE, timeline(POSITION[5]))
    assert "no date" in found
    assert not [text for text in found if re.match(r"[0-9]{4}", text)]


def test_equal_answers_give_equal_bytes() -> None:
    for form in ("svg", "png"):
        one, other = (draw(timeline(*POSITION), view(TIMELINE, timeline()), form).data for _ in range(2))
        assert one == other


def test_a_dollar_sign_and_markup_are_text() -> None:
    answer = bars(("$5 and $x^2$ <b>", "A & B", "1"))
    assert "$5 and $x^2$ <b>" in texts(BARS, answer, "what for $5?")


def test_long_labels_are_shortened() -> None:
    answer = timeline(("o poziție foarte lungă " * 20, "k", "Ministerul Afacerilor Externe " * 20, "2024-01-01", "2024-01-01"))
    assert max(map(len, texts(TIMELINE, answer, "Un titlu " * 60))) <= 101
    width, _height = size(draw(answer, view(TIMELINE, answer), "png", title="Un titlu " * 60).data)
    assert width < 2500


@pytest.mark.parametrize("letters", ["라브로프", "𒀀𒀁"])
def test_letters_that_no_font_here_has_are_named_for_a_png(letters: str) -> None:
    # which fonts there are is the machine's business: either one is chosen that has them, or they are told
    chosen, lacking = fonts.families([letters])
    assert (len(chosen) > 2) != bool(lacking)
    answer = bars((letters, "Ana", "1"))
    assert letters in texts(BARS, answer)
    assert notes(BARS, answer, "svg") == []
    assert len(notes(BARS, answer, "png")) == bool(lacking)
    assert all(note.startswith(f"no font here has {lacking[0]}") for note in notes(BARS, answer, "png"))


def test_latin_greek_and_cyrillic_need_no_other_font() -> None:
    assert fonts.families(["Țăndărică, Захарова, Ωμέγα"]) == (["DejaVu Sans", "sans-serif"], [])


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra, match="pictures need Matplotlib") as caught:
        draw(months(), view(MONTHS, months()), "svg")
    assert caught.value.hint == "pip install 'kgbuild[plot]'"


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(*(st.text(max_size=30) for _ in range(3)), st.dates().map(str) | st.just(""), st.dates().map(str) | st.just("")),
        max_size=12,
    )
)
def test_any_text_and_any_days_make_a_picture(rows: list[tuple[str, ...]]) -> None:
    answer = timeline(*rows)
    svg = draw(answer, view(TIMELINE, answer), "svg", title="".join(row[0] for row in rows)).data
    ET.fromstring(svg)
