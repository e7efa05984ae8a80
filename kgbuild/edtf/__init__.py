"""Dates as annotators write them: EDTF (ISO 8601-2), read into two day bounds.

What is read: levels 0 and 1, whole.

    form                     example                  earliest     latest
    day                      2024-01-16               2024-01-16   2024-01-16
    month                    2024-02                  2024-02-01   2024-02-29
    year                     2024                     2024-01-01   2024-12-31
    date and time            2024-01-17T23:30:00-05   2024-01-17   2024-01-17
    interval                 2023-09/2023-12~         2023-09-01   2023-12-31
    open or unknown end      2023-09/..  2023-09/     2023-09-01   none
                             ../2024-01-15  /2024     none         2024-01-15 …
    uncertain, approximate   2023? 2023~ 2023%        2023-01-01   2023-12-31
    season 21-24             2023-22                  2023-06-01   2023-08-31
    unspecified digits       202X                     2020-01-01   2029-12-31
                             2024-XX  2024-XX-XX      2024-01-01   2024-12-31
                             2024-01-XX               2024-01-01   2024-01-31
                             XXXX                     none         none
    year before 1            -0043  0000  -0043-03    none         0001-01-01  (loose)
    year of 5 digits up      Y17000  Y-17000          9999-12-31   none        (loose)

A qualifier says how sure the writer was, not by how much the date may be off: it does not widen the bounds. Seasons are those of the
northern hemisphere by whole months (21 spring from March, 22 summer, 23 autumn, 24 winter); a winter bears the year that it begins in,
so ``2023-24`` runs from December 2023 to the end of February 2024. A time of day and its zone are dropped: the day stays as written,
wherever it was; hours and minutes will do. Every form may end an interval, but a time of day; one end at least must be a date.

Years are numbered as ISO 8601 does: 0000 is 1 BC, -0043 is 44 BC. A day outside 0001-01-01 to 9999-12-31 cannot be an xsd:date here. Its
bounds are true but *loose*: what lies before is given the first day as its latest and no earliest, what lies after the last day as
its earliest and no latest. So it is found where it belongs, but two such dates with equal bounds need not be one date.

Level 2 (sets, seasons 25-41, years with an exponent or significant digits, dates qualified in part, unspecified digits elsewhere) is
refused, with what to write instead.

Source: Library of Congress, Extended Date/Time Format specification, 4 February 2019.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

from kgbuild.edtf.slips import advice

__all__ = ["Edtf", "parse"]

_DATE = re.compile(r"(?P<year>-?[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?[~?%]?")
_LONG_YEAR = re.compile(r"Y(-?[1-9][0-9]{4,99})[~?%]?")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?(?:Z|[+-]([0-9]{2})(?::?([0-9]{2}))?)?")
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}
_MONTHS = "January February March April May June July August September October November December".split()
_FORMS = "2024-01-16, 2024-01, 2024, an interval 2024-01-16/2024-01-18 (open end: ..), or a season 2024-21 to 2024-24"

#: year, month, day: years of any size, by the rules of the Gregorian calendar
Day = tuple[int, int, int]
_FIRST, _LAST = (1, 1, 1), (9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date as written, and the first and last day that it may mean (``YYYY-MM-DD``); None where that side is open or unknown.

    ``loose``: a bound is not the date's own, which lies outside the years 0001 to 9999.
    """

    text: str
    earliest: str | None
    latest: str | None
    loose: bool = False


@lru_cache(maxsize=4096)
def parse(text: str) -> Edtf:
    """Read one EDTF date or interval; blanks around it do not count.

    Raises ``ValueError``, saying what is wrong and what is expected.

    >>> parse("2024-02")
    Edtf(text='2024-02', earliest='2024-02-01', latest='2024-02-29', loose=False)
    >>> parse("../2024-01-15").latest
    '2024-01-15'
    >>> parse("2024-02-30")
    Traceback (most recent call last):
    ...
    ValueError: '2024-02-30': February 2024 has 29 days, there is no day 30
    """
    text = text.strip()
    if not text:
        raise ValueError(f"an empty date; expected {_FORMS}")
    if "/" in text:
        return _bounded(text, *_interval(text))
    day, separator, time = text.partition("T")
    if separator:
        _check_time(text, day, time)
    return _bounded(text, *_date(day, text))


def _bounded(text: str, first: Day | None, last: Day | None) -> Edtf:
    """Write the bounds that xsd:date can hold."""
    earliest = _written(min(first, _LAST)) if first is not None and first >= _FIRST else None
    latest = _written(max(last, _FIRST)) if last is not None and last <= _LAST else None
    inside = all(day is None or _FIRST <= day <= _LAST for day in (first, last))
    return Edtf(text, earliest, latest, not inside)


def _written(day: Day) -> str:
    return f"{day[0]:04}-{day[1]:02}-{day[2]:02}"


def _interval(text: str) -> tuple[Day | None, Day | None]:
    ends = text.split("/")
    if len(ends) != 2:
        raise _error(text, f"an interval has two ends, this has {len(ends)}")
    begin, end = ends
    if begin in ("", "..") and end in ("", ".."):
        raise _error(text, "at least one end of an interval must be a date")
    if "T" in text:
        raise _error(text, "a time of day is not read in an interval: write days")
    first = None if begin in ("", "..") else _date(begin, text)[0]
    last = None if end in ("", "..") else _date(end, text)[1]
    if first and last and first > last:
        said = "" if last < _FIRST or first > _LAST else f" ({_written(last)})"
        raise ValueError(f"{text!r}: the interval ends{said} before it begins ({begin}); the earlier date goes first")
    return first, last


def _date(date: str, whole: str) -> tuple[Day | None, Day | None]:
    """Read one date of ``whole``: its first and last day."""
    if long := _LONG_YEAR.fullmatch(date):
        year = int(long[1])
        return (year, 1, 1), (year, 12, 31)
    match = _DATE.fullmatch(date)
    if not match:
        raise _error(whole, "not a date" if date == whole else f"{date!r} is not a date", date)
    year_, month, day = match["year"], match["month"], match["day"]
    if year_ == "-0000":
        raise _error(whole, "the year 0000 has no sign", date)
    if not re.fullmatch(r"-?[0-9]*X*", year_ + (month or "") + (day or "")):
        raise _error(whole, "only the last digits may be unspecified (202X, 2024-XX, 2024-01-XX)", date)
    if "X" in year_:
        return _unspecified_year(year_, month, date, whole)
    year = int(year_)
    if month is None or month == "XX":
        return (year, 1, 1), (year, 12, 31)
    if month in _SEASONS and day is None:
        return _season(year, month)
    if "X" in month or not "01" <= month <= "12":
        raise _error(whole, f"there is no month {month}; months are 01 to 12, seasons 21 to 24 without a day", date)
    days = _days(year, int(month))
    if day is None or day == "XX":
        return (year, int(month), 1), (year, int(month), days)
    if "X" in day:
        raise _error(whole, "a day is given whole or not at all (2024-01-XX)", date)
    if not 1 <= int(day) <= days:
        raise ValueError(f"{whole!r}: {_MONTHS[int(month) - 1]} {year_} has {days} days, there is no day {day}")
    return (year, int(month), int(day)), (year, int(month), int(day))


def _unspecified_year(year: str, month: str | None, date: str, whole: str) -> tuple[Day | None, Day | None]:
    if month is not None:
        raise _error(whole, f"after a year with unspecified digits comes nothing more: write {year}", date)
    if year == "XXXX":
        return None, None
    ends = sorted(int(year.replace("X", digit)) for digit in "09")
    return (ends[0], 1, 1), (ends[1], 12, 31)


def _season(year: int, season: str) -> tuple[Day, Day]:
    first, last = _SEASONS[season]
    ending = year if last > first else year + 1
    return (year, first, 1), (ending, last, _days(ending, last))


def _days(year: int, month: int) -> int:
    """The length of a month in any year: the calendar comes again every 400 years."""
    return monthrange(year % 400 + 2000, month)[1]


def _check_time(text: str, day: str, time: str) -> None:
    clock = _TIME.fullmatch(time)
    if not clock or len(day.removeprefix("-")) != 10 or "X" in day:
        raise _error(text, "a date with a time looks like 2024-01-17T10:00:00Z")
    hour, minute, second, zone_hour, zone_minute = (int(part or 0) for part in clock.groups())
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise _error(text, f"there is no time {clock[0]}")
    if zone_hour > 23 or zone_minute > 59:
        raise _error(text, f"there is no time zone in {clock[0]}: zones look like Z, +02 or -03:30")


def _error(text: str, what: str, part: str = "") -> ValueError:
    """Say what is wrong with ``text``, or a part of it; and what to write instead, or else what forms there are."""
    return ValueError(f"{text!r}: {what}; {(part and advice(part)) or advice(text) or f'expected {_FORMS}'}")
