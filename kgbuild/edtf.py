"""Dates as annotators write them: EDTF (ISO 8601-2), read into two day bounds.

What is read: level 0, and of level 1 the qualifiers, seasons, unspecified digits and extended intervals. Years run from 0001 to 9999.

    form                     example                  earliest     latest
    day                      2024-01-16               2024-01-16   2024-01-16
    month                    2024-02                  2024-02-01   2024-02-29
    year                     2024                     2024-01-01   2024-12-31
    season 21-24             2023-22                  2023-06-01   2023-08-31
    unspecified digits       202X                     2020-01-01   2029-12-31
                             2024-XX  2024-XX-XX      2024-01-01   2024-12-31
                             2024-01-XX               2024-01-01   2024-01-31
                             XXXX                     none         none
    uncertain, approximate   2023? 2023~ 2023%        2023-01-01   2023-12-31
    interval                 2023-09/2023-12~         2023-09-01   2023-12-31
    open or unknown end      2023-09/..  2023-09/     2023-09-01   none
                             ../2024-01-15            none         2024-01-15
    date and time            2024-01-17T10:00:00Z     2024-01-17   2024-01-17

A qualifier says how sure the writer was, not by how much the date may be off: it does not widen the bounds. Seasons are those of the
northern hemisphere by whole months (21 spring from March, 22 summer, 23 autumn, 24 winter); a winter bears the year that it begins in,
so ``2023-24`` runs from December 2023 to the end of February 2024. A time of day and its zone are dropped: the day stays as written.
Level 2 (sets, dates qualified in part, masks on the left) and years beyond four digits are refused.

Source: Library of Congress, Extended Date/Time Format specification, 4 February 2019.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Edtf", "parse"]

_DATE = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?(?P<qualifier>[~?%]?)")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?")
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}
_FORMS = "2024-01-16, 2024-01, 2024, an interval 2024-01-16/2024-01-18 (open end: ..), or a season 2024-21 to 2024-24"

#: forms that people write for dates -> what to write instead
_SLIPS = (
    (re.compile(r"[0-9]{1,4}([./])[0-9]{1,2}\1[0-9]{1,4}"), "write the day as year-month-day with hyphens"),
    (re.compile(r"[0-9]{8}"), "put hyphens between year, month and day"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?[~?%]?"), "give month and day two digits each"),
    (re.compile(r".*[\u2010-\u2015\u2212].*", re.S), "use the plain hyphen-minus between the parts, and / for an interval"),
    (re.compile(r"[0-9].*[0-9]\.\.[0-9].*", re.S), "write an interval with / between its ends"),
    (re.compile(r"[Yy+-][0-9].*", re.S), "only the years 0001 to 9999 are read"),
    (re.compile(r"[\[{].*", re.S), "sets of dates are not read: give one date or an interval"),
    (re.compile(r".*[~?%].+", re.S), "a qualifier ~ ? % stands at the end of a date"),
)


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date as written, and the first and last day that it may mean (``YYYY-MM-DD``); None where that side is open or unknown."""

    text: str
    earliest: str | None
    latest: str | None


@lru_cache(maxsize=4096)
def parse(text: str) -> Edtf:
    """Read one EDTF date or interval; blanks around it do not count.

    Raises ``ValueError``, saying what is wrong and what is expected.

    >>> parse("2024-02")
    Edtf(text='2024-02', earliest='2024-02-01', latest='2024-02-29')
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
        return Edtf(text, *_interval(text))
    day, separator, time = text.partition("T")
    if separator:
        _check_time(text, day, time)
    return Edtf(text, *_date(day, text))


def _interval(text: str) -> tuple[str | None, str | None]:
    ends = text.split("/")
    if len(ends) != 2:
        raise _error(text, f"an interval has two ends, this has {len(ends)}")
    first, last = ends
    if first in ("", "..") and last in ("", ".."):
        raise _error(text, "at least one end of an interval must be a date")
    if "T" in text:
        raise _error(text, "a time of day is not read in an interval: write days")
    earliest = None if first in ("", "..") else _date(first, text)[0]
    latest = None if last in ("", "..") else _date(last, text)[1]
    if earliest and latest and earliest > latest:
        raise ValueError(f"{text!r}: the interval ends ({latest}) before it begins ({earliest}); the earlier date goes first")
    return earliest, latest


def _date(date: str, whole: str) -> tuple[str | None, str | None]:
    """Read one date of ``whole``: its first and last day."""
    match = _DATE.fullmatch(date)
    if not match:
        raise _error(whole, "not a date" if date == whole else f"{date!r} is not a date")
    year, month, day = match["year"], match["month"], match["day"]
    if year == "0000":
        raise _error(whole, "there is no year 0000; only the years 0001 to 9999 are read")
    if not re.fullmatch(r"[0-9]*X*", year + (month or "") + (day or "")):
        raise _error(whole, "only the last digits may be unspecified (202X, 2024-XX, 2024-01-XX)")
    if "X" in year:
        if year == "XXXX":
            return None, None
        low, high = year.replace("X", "0"), year.replace("X", "9")
        return f"{max(low, '0001')}-01-01", f"{high}-12-31"
    if month is None or month == "XX":
        return f"{year}-01-01", f"{year}-12-31"
    if month in _SEASONS and day is None:
        return _season(int(year), month)
    if "X" in month or not "01" <= month <= "12":
        raise _error(whole, f"there is no month {month}; months are 01 to 12, seasons 21 to 24 without a day")
    days = monthrange(int(year), int(month))[1]
    if day is None or day == "XX":
        return f"{year}-{month}-01", f"{year}-{month}-{days}"
    if "X" in day:
        raise _error(whole, "a day is given whole or not at all (2024-01-XX)")
    if not 1 <= int(day) <= days:
        raise ValueError(f"{whole!r}: {_MONTHS[int(month) - 1]} {year} has {days} days, there is no day {day}")
    return f"{year}-{month}-{day}", f"{year}-{month}-{day}"


_MONTHS = "January February March April May June July August September October November December".split()


def _season(year: int, season: str) -> tuple[str, str]:
    first, last = _SEASONS[season]
    ending = year if last > first else year + 1
    if ending > 9999:
        return f"{year:04}-{first:02}-01", "9999-12-31"
    return f"{year:04}-{first:02}-01", f"{ending:04}-{last:02}-{monthrange(ending, last)[1]}"


def _check_time(text: str, day: str, time: str) -> None:
    clock = _TIME.fullmatch(time)
    if not clock or len(day) != 10 or "X" in day:
        raise _error(text, "a date with a time looks like 2024-01-17T10:00:00Z")
    hour, minute, second = (int(part or 0) for part in clock.groups())
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise _error(text, f"there is no time {clock[0]}")


def _error(text: str, what: str) -> ValueError:
    """Say what is wrong with ``text``; where it is a slip that people make, say what to write instead, else list the forms."""
    advice = next((advice for slip, advice in _SLIPS if slip.fullmatch(text)), "")
    return ValueError(f"{text!r}: {what}; {advice}" if advice else f"{text!r}: {what}; expected {_FORMS}")
