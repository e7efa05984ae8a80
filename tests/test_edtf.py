"""EDTF dates: what each form means, and what is said about wrong ones."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.edtf import Edtf, parse

READ = [
    ("2024-01-16", "2024-01-16", "2024-01-16"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2023-02", "2023-02-01", "2023-02-28"),
    ("1900-02", "1900-02-01", "1900-02-28"),
    ("2000-02", "2000-02-01", "2000-02-29"),
    ("2024-02-29", "2024-02-29", "2024-02-29"),
    ("2024", "2024-01-01", "2024-12-31"),
    ("0001", "0001-01-01", "0001-12-31"),
    ("9999-12-31", "9999-12-31", "9999-12-31"),
    ("2023~", "2023-01-01", "2023-12-31"),
    ("2023-09?", "2023-09-01", "2023-09-30"),
    ("2023-09-12%", "2023-09-12", "2023-09-12"),
    ("202X", "2020-01-01", "2029-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    ("XXXX", None, None),
    ("001X", "0010-01-01", "0019-12-31"),
    ("1XXX", "1000-01-01", "1999-12-31"),
    ("202X~", "2020-01-01", "2029-12-31"),
    ("2024-XX", "2024-01-01", "2024-12-31"),
    ("2024-XX-XX", "2024-01-01", "2024-12-31"),
    ("2024-02-XX", "2024-02-01", "2024-02-29"),
    ("2023-21", "2023-03-01", "2023-05-31"),
    ("2023-22", "2023-06-01", "2023-08-31"),
    ("2023-23~", "2023-09-01", "2023-11-30"),
    ("2023-24", "2023-12-01", "2024-02-29"),
    ("2023-09-12/2023-09-17", "2023-09-12", "2023-09-17"),
    ("2023-09/2023-12~", "2023-09-01", "2023-12-31"),
    ("2022?/2023%", "2022-01-01", "2023-12-31"),
    ("2023-22/2023-24", "2023-06-01", "2024-02-29"),
    ("2024-05/2024", "2024-05-01", "2024-12-31"),
    ("2024-01-16/2024-01-16", "2024-01-16", "2024-01-16"),
    ("2023-09/..", "2023-09-01", None),
    ("2023-09/", "2023-09-01", None),
    ("../2024-01-15", None, "2024-01-15"),
    ("/2024-01-15~", None, "2024-01-15"),
    ("XXXX/2024", None, "2024-12-31"),
    ("2024-01-17T10:00:00Z", "2024-01-17", "2024-01-17"),
    ("2024-01-17T23:30:00+02:00", "2024-01-17", "2024-01-17"),
    ("2024-01-17T10:00", "2024-01-17", "2024-01-17"),
    ("2024-01-17T10:00:00.123-0500", "2024-01-17", "2024-01-17"),
    ("2024-01-17T24:00:00", "2024-01-17", "2024-01-17"),
    ("2024-01-17T10:00-03:30", "2024-01-17", "2024-01-17"),
    ("2023-21/2023-24~", "2023-03-01", "2024-02-29"),
    ("201X/202X", "2010-01-01", "2029-12-31"),
    ("2024-01-XX/2024-XX", "2024-01-01", "2024-12-31"),
    ("2023-09?/", "2023-09-01", None),
    ("../2023-22%", None, "2023-08-31"),
    (" 2024-01-16\n", "2024-01-16", "2024-01-16"),
]

REFUSED = [
    ("", "empty date"),
    ("  ", "empty date"),
    ("2024-02-30", "February 2024 has 29 days"),
    ("2023-02-29", "February 2023 has 28 days"),
    ("2024-01-00", "no day 00"),
    ("2024-01-32", "no day 32"),
    ("2024-13", "no month 13"),
    ("2024-00", "no month 00"),
    ("2024-25", "no month 25"),
    ("2024-21-01", "seasons 21 to 24 without a day"),
    ("12024", "begins with Y"),
    ("+2024", "no plus"),
    ("-44", "four digits: write -0043"),
    ("-0000", "the year 0000 has no sign"),
    ("Y2024", "a year of four digits has no Y"),
    ("Y-0044", "a year of four digits has no Y"),
    ("Y017000", "five digits or more"),
    ("Y17000-05", "without month and day"),
    ("y17000", "five digits or more"),
    ("Y1700X", "five digits or more"),
    ("Y" + "9" * 5000, "five digits or more"),
    ("-0043-02-30", "February -0043 has 28 days"),
    ("-0004-02-30", "February -0004 has 29 days"),
    ("202X-XX", "write 202X"),
    ("XXXX-XX-XX", "write XXXX"),
    ("2001-33/2002", "quarters"),
    ("2024-01-17T10:00:00+24", "no time zone"),
    ("2024-01-17T10:00:00+02:60", "no time zone"),
    ("2024-01T10:00:00", "looks like"),
    ("Y17000/Y16999", "ends before it begins (Y17000)"),
    ("-0043/-1985", "ends before it begins"),
    ("2024/-0043", "ends before it begins"),
    ("Y17000/2024", "ends before it begins"),
    ("16.01.2024", "year-month-day with hyphens"),
    ("16/01/2024", "year-month-day with hyphens"),
    ("2024/01/16", "year-month-day with hyphens"),
    ("20240116", "put hyphens"),
    ("2024-1-6", "two digits each"),
    ("2024-1", "two digits each"),
    ("2024–01–16", "hyphen-minus"),
    ("2024-01-16..2024-01-18", "with / between"),
    ("[2024-01,2024-03]", "sets of dates"),
    ("2024~-01", "end of a date"),
    ("~2024", "end of a date"),
    ("2024-01-1X", "whole or not at all"),
    ("2024-1X", "no month 1X"),
    ("2X24", "last digits"),
    ("2024-XX-15", "last digits"),
    ("XXXX-12-25", "last digits"),
    ("202x", "not a date"),
    ("ianuarie 2024", "expected 2024-01-16"),
    ("２０２４", "not a date"),
    ("2024-01-18/2024-01-16", "ends (2024-01-16) before it begins (2024-01-18)"),
    ("2025/2024", "earlier date goes first"),
    ("2024-01-16/17", "'17' is not a date"),
    ("2024-01/2024-02-30", "no day 30"),
    ("../..", "at least one end"),
    ("/", "at least one end"),
    ("2024-01-17T10:00:00/2024-01-18", "not read in an interval"),
    ("2024-01-17T", "looks like"),
    ("2024-01T10:00", "looks like"),
    ("2024-01-17T25:00", "no time 25:00"),
    ("2024-01-17T10:61", "no time 10:61"),
    ("2024-02-30T10:00", "no day 30"),
]


#: dates with a bound that lies outside the years 0001 to 9999
LOOSE = [
    ("0000", None, "0001-01-01"),
    ("0000-12-31", None, "0001-01-01"),
    ("-0043", None, "0001-01-01"),
    ("-0043-03-15", None, "0001-01-01"),
    ("-0004-02-29", None, "0001-01-01"),
    ("-0043~", None, "0001-01-01"),
    ("-01XX", None, "0001-01-01"),
    ("-XXXX", None, "0001-01-01"),
    ("-0500-23", None, "0001-01-01"),
    ("-9999-12-31T23:59:59Z", None, "0001-01-01"),
    ("000X", None, "0009-12-31"),
    ("0000-24", None, "0001-02-28"),
    ("-0043/2024", None, "2024-12-31"),
    ("-1985/-0043", None, "0001-01-01"),
    ("-0043/..", None, None),
    ("../-0043", None, "0001-01-01"),
    ("Y17000", "9999-12-31", None),
    ("Y17000?", "9999-12-31", None),
    ("Y-17000", None, "0001-01-01"),
    ("2024/Y17000", "2024-01-01", None),
    ("Y-17000/2024", None, "2024-12-31"),
    ("Y-17000/Y17000", None, None),
    ("../Y17000", None, None),
    ("Y16999/Y17000", "9999-12-31", None),
    ("9999-24", "9999-12-01", None),
    ("Y" + "9" * 100, "9999-12-31", None),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), LOOSE)
def test_a_date_outside_the_years_of_the_store_has_bounds_that_are_true_and_loose(
    text: str, earliest: str | None, latest: str | None
) -> None:
    assert parse(text) == Edtf(text, earliest, latest, loose=True)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "0001/9999", "XXXX", "../0001", "9999/.."])
def test_the_first_and_the_last_day_of_the_store_are_not_loose(text: str) -> None:
    assert not parse(text).loose


@pytest.mark.parametrize(("text", "earliest", "latest"), READ)
def test_each_form_has_the_bounds_that_the_table_promises(text: str, earliest: str | None, latest: str | None) -> None:
    assert parse(text) == Edtf(text.strip(), earliest, latest)


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_a_wrong_date_is_refused_with_a_reason_that_quotes_it(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse(text)
    assert message in str(caught.value)
    assert not text.strip() or repr(text.strip()) in str(caught.value)


@given(st.dates())
def test_every_day_is_read_as_itself(day: datetime.date) -> None:
    assert parse(day.isoformat()) == Edtf(day.isoformat(), day.isoformat(), day.isoformat())


@given(st.dates(), st.dates())
def test_an_interval_is_read_exactly_when_its_ends_are_in_order(one: datetime.date, other: datetime.date) -> None:
    text = f"{one}/{other}"
    if one <= other:
        assert parse(text) == Edtf(text, str(one), str(other))
    else:
        with pytest.raises(ValueError, match="before it begins"):
            parse(text)


@given(st.text() | st.text(alphabet="0123456789X-/.~?%T:Z ", max_size=24))
def test_any_text_is_either_read_with_bounds_in_order_or_refused(text: str) -> None:
    try:
        date = parse(text)
    except ValueError:
        return
    for bound in (date.earliest, date.latest):
        assert bound is None or datetime.date.fromisoformat(bound)
    if date.earliest and date.latest:
        assert date.earliest <= date.latest
