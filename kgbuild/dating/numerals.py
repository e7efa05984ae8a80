"""Dates written in digits, in any language.

2024-01-16  2024/01/16  2024.01.16  20240116T…       the day; year first is never ambiguous
16.01.2024                                           the day: with dots the day comes first everywhere
16/01/2024  16-01-2024  01/16/2024                   the day, if one of the two cannot be a month, or both are equal
03/04/2024                                           not read: 3 April here is March 4 there
2024-01  01/2024  01.2024                            the month; not 2023-24 or 2004-05, which may be a season of two years
2024年1月16日  2024년 1월 16일                         the day, the month or the year, and intervals of them; without the year too
"""

from __future__ import annotations

import re
from datetime import date

from kgbuild.dating.calendar import month, year_of_day, year_of_month

#: what stands between parts of a date; a date in digits ends where no other part follows
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})([/.])(\d{4})")
#: what may be any of these, longest first
IN_DIGITS = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d{2}|\d{1,2}[/.]\d{4}"

_HAN_DATE = re.compile(
    r"(?:(?P<y>\d{4})[年년]\s*)?(?:(?P<m>\d{1,2})[月월]\s*)?(?:(?P<d>\d{1,2})(?:[日号號일]|(?=\s*[~∼～\-–—至到])))?\s*"
    r"(?:[(（][^()（）]{1,4}[)）])?"
)
_HAN_TO = re.compile(r"(?P<from>.+?)\s*(?:[~∼～\-–—至到]|부터)\s*(?P<to>.+?)(?:까지)?")


def in_digits(text: str) -> str | None:
    """Read a text that is one date in digits. Raises ValueError where it is one, but not clear or not a day of the calendar."""
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "." or first > 12 or first == second:
            return _day(year, second, first)
        if second > 12:
            return _day(year, first, second)
        raise ValueError("which is the day and which the month?")
    if found := _YEAR_MONTH.fullmatch(text):
        year, number = int(found[1]), int(found[2])
        if number == (year + 1) % 100:
            raise ValueError("a month, or two years?")
        return _month(year, number)
    if found := _MONTH_YEAR.fullmatch(text):
        return _month(int(found[3]), int(found[1]))
    return None


def _day(year: int, number: int, day_number: int) -> str:
    return date(year, number, day_number).isoformat()


def _month(year: int, number: int) -> str:
    return month(date(year, number, 1).year, number)


def in_han(text: str, anchor: date | None) -> str | None:
    """Read a date or an interval whose numbers bear the signs for year, month and day (Chinese, Japanese, Korean).

    None where it is no such date. Raises ValueError where the year is missing and cannot be told, or there is no such day.
    """
    if not re.search("[年년月월日号號일]", text):
        return None
    text = text.removesuffix("에")
    if found := _han(text):
        return _written(found, anchor)
    interval = _HAN_TO.fullmatch(text)
    if interval is None:
        return None
    begin, end = _han(interval["from"] + "-"), _han(interval["to"])
    if begin is None or end is None:
        return None
    # what the end leaves out is that of the beginning: 3月20日至22日; and the year also the other way round
    year = end[0] or begin[0]
    end = (year, end[1] or (begin[1] if end[2] else 0), end[2])
    first, last = _written((begin[0] or year, *begin[1:]), anchor), _written(end, anchor)
    if len(first) != len(last) or first >= last:
        raise ValueError("an interval whose ends do not fit together")
    return f"{first}/{last}"


def _han(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date with signs, 0 for what it lacks; None where it is none, or has a gap."""
    found = _HAN_DATE.fullmatch(text.rstrip("-")) or _HAN_DATE.match(text)
    if found is None or found.end() not in (len(text), len(text.rstrip("-"))):
        return None
    year, number, day_number = (int(found[part] or 0) for part in ("y", "m", "d"))
    if (year or number or day_number) and (number or not (year and day_number)):
        return year, number, day_number
    return None


def _written(parts: tuple[int, int, int], anchor: date | None) -> str:
    year, number, day_number = parts
    if not number:
        if day_number or not year:
            raise ValueError("a day without its month")
        return f"{year:04}"
    if not year and anchor is not None:
        year = (year_of_day(number, day_number, anchor) if day_number else year_of_month(number, anchor)) or 0
    if not year:
        raise ValueError("which year?" if anchor is not None else "it has no year, and the article no day of publication")
    return _day(year, number, day_number) if day_number else _month(year, number)
