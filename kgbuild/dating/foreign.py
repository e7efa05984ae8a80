"""Dates in the languages that kgbuild has no table for, by dateparser, checked.

dateparser answers for many texts that are no date (a duration, an hour, half of an interval), so an answer is taken only if it stands a
few trials. The text is read from several days and with several preferences: parts that move with the day are counted from it; parts that
move with the preference are not in the text, so that the year of a day is chosen by the rule of :mod:`kgbuild.dating.calendar`, and a
duration, which would turn round, is refused. Every number of the text must be a part of the date or the distance from the day, every
word must have a part in the answer or say nothing, a weekday must be the day's, and nothing may join two dates.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from kgbuild.dating.calendar import day, month, shifted, weekday, year_of_day, year_of_month
from kgbuild.dating.phrases import NoAnchor, Said, checked
from kgbuild.errors import MissingExtra

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

#: words that say nothing: those that dateparser does not know are taken off the front, others may be passed over
_SILENT = {
    "de": "am im den der dem des jahr jahre",
    "es": "el en de del año",
    "fr": "le la l en au du ce de d an année",
    "it": "il lo l nel a in di del dell anno",
    "nl": "op de het in van jaar",
    "pl": "w we roku r dnia",
    "pt": "em no na a o de do da dia ano",
}
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:-[^\W\d_]+)*")
#: days to read from: of other weekdays, months and years, none the last of its month
_FROM = (datetime(2019, 3, 6), datetime(2022, 8, 19))
_LONGEST = 80
#: what joins two dates; a hyphen inside a word does not
_JOINED = re.compile(r"[~～∼–—/至]|(?<![^\W\d_])-|-(?![^\W\d_])")


def read_foreign(text: str, language: str, anchor: date | None) -> Said | None:
    """Read a text in a language; None where dateparser does not know the language or the words.

    Raises ValueError where its answer is not sure, or needs the day of publication; MissingExtra where dateparser is not installed.
    """
    if len(text) > _LONGEST or not any(char.isalpha() for char in text):
        return None
    if _JOINED.search(text):
        raise ValueError("intervals are not read in this language")
    silent = frozenset(_SILENT.get(language, "").split())
    trials = _trials(text, language)
    while None in trials and text.partition(" ")[0].casefold() in silent:
        text = text.partition(" ")[2]
        trials = _trials(text, language)
    if None in trials:
        return None
    first, second = (found for found in trials if found is not None)
    period = first[1]
    if period != second[1] or period not in ("day", "week", "month", "year"):
        raise ValueError("a time of day is no date" if period == "time" else "it is not clear")
    numbers = sorted(int(number) for number in re.findall(r"\d+", text))
    ahead = _ask(text, language, _FROM[0], "future", "first")
    if ahead is None:
        return None
    on = _weekdays(text, language)
    if len(on) > 1 or (on and period != "day"):
        raise ValueError("a weekday stands beside what is no day")
    _refuse_passed_over(text, language, silent.union(on))
    weekday_beside = next(iter(on.values()), None)
    if first == second:
        return _absolute(text, language, first, ahead, numbers, weekday_beside)
    if anchor is None:
        raise NoAnchor
    said = _counted(first, second, ahead, numbers, anchor, weekday_beside)
    if first[0] == ahead[0]:
        _refuse_several(text, language, first)
    return Said(said, anchored=True)


def _trials(text: str, language: str) -> list[tuple[date, str] | None]:
    return [_ask(text, language, when, "past", "first") for when in _FROM]


def _weekdays(text: str, language: str) -> dict[str, int]:
    """The words beside others that name a weekday: dateparser passes over one that does not fit the day."""
    words = _WORD.findall(text)
    found = {}
    for word in words if len(words) > 1 or any(map(str.isdecimal, text)) else ():
        trials = [one for one in _trials(word, language) if one is not None]
        ahead = _ask(word, language, _FROM[0], "future", "first")
        days = {when.weekday() for when, period in trials if period == "day"}
        if len(trials) == 2 and len(days) == 1 and ahead is not None and ahead[0] > _FROM[0].date() > trials[0][0]:
            found[word.casefold()] = days.pop()
    return found


def _refuse_passed_over(text: str, language: str, silent: frozenset[str]) -> None:
    """Raise ValueError where a word has no part in the answer and may change it: "after 2022", "the years 1990"."""
    ways = ((_FROM[0], "past", "first"), (_FROM[1], "future", "last"))
    whole = [_ask(text, language, *way) for way in ways]
    for found in _WORD.finditer(text):
        rest = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
        if rest and found[0].casefold() not in silent and [_ask(rest, language, *way) for way in ways] == whole:
            raise ValueError(f"what does “{found[0]}” mean?")


def _refuse_several(text: str, language: str, whole: tuple[date, str]) -> None:
    """Raise ValueError where a word alone is counted from the day too, and says another date: "yesterday last week"."""
    words = _WORD.findall(text)
    for word in words if len(words) > 1 else ():
        alone = [one for one in _trials(word, language) if one is not None]
        away = {(period, _distance(period, when, base.date())) for (when, period), base in zip(alone, _FROM, strict=False)}
        turned = _ask(word, language, _FROM[0], "future", "first")
        if len(alone) == 2 and len(away) == 1 and turned == alone[0] != whole:
            raise ValueError("it says several dates")


def _absolute(text: str, language: str, found: tuple[date, str], ahead: tuple[date, str], numbers: list[int], on: int | None) -> Said:
    """A date that does not move with the day it is read from."""
    when, period = found
    if ahead != found:
        raise ValueError("it is not clear")
    parts = {"day": [when.day, when.month, when.year], "month": [when.month, when.year], "year": [when.year]}.get(period, [])
    last = _ask(text, language, _FROM[0], "past", "last")
    if period == "day" and last != found:
        raise ValueError("it is not clear")
    _account(numbers, parts, needed=when.year)
    if period == "day":
        checked(when, on)
    return Said({"day": day(when), "month": month(when.year, when.month), "year": f"{when.year:04}"}[period], anchored=False)


def _counted(
    first: tuple[date, str], second: tuple[date, str], ahead: tuple[date, str], numbers: list[int], anchor: date, on: int | None
) -> str:
    """A date that moves with the day it is read from: a day or month without a year, a weekday, or so many days away."""
    (one, period), (other, _period) = first, second
    turns = ahead[0] != one
    if period == "day" and (one.month, one.day) == (other.month, other.day) and turns:
        _account(numbers, [one.month, one.day])
        year = year_of_day(one.month, one.day, anchor, on)
        if year is None:
            raise ValueError("which year? the last one and the next fit alike" if on is None else "the weekday fits no near year")
        return day(date(year, one.month, one.day))
    if period == "month" and one.month == other.month and turns:
        _account(numbers, [one.month])
        year = year_of_month(one.month, anchor)
        if year is None:
            raise ValueError("which year? the last one and the next fit alike")
        return month(year, one.month)
    if period == "day" and one.weekday() == other.weekday() and turns and not numbers:
        return weekday(one.weekday(), anchor)
    distances = {_distance(period, when, base.date()) for (when, _), base in zip((first, second), _FROM, strict=True)}
    if turns or len(distances) != 1:
        raise ValueError("it is a duration, or not clear")
    (distance,) = distances
    _account(numbers, [abs(distance)])
    return shifted(period, anchor, distance)


def _distance(period: str, when: date, base: date) -> int:
    if period == "day":
        return (when - base) // timedelta(days=1)
    if period == "week":
        return (when - base) // timedelta(weeks=1)
    months = (when.year - base.year) * 12 + when.month - base.month
    return months if period == "month" else when.year - base.year


def _account(numbers: list[int], parts: list[int], needed: int | None = None) -> None:
    """Every number of the text is a part of the date, and the year, where one is needed, is one of the numbers."""
    left = list(parts)
    for number in numbers:
        if number not in left:
            raise ValueError(f"what does {number} mean?")
        left.remove(number)
    if needed is not None and needed not in numbers:
        raise ValueError("which year?")


def _ask(text: str, language: str, when: datetime, prefer: str, edge: str) -> tuple[date, str] | None:
    parser = _parser(language, when, prefer, edge)
    if parser is None:
        return None
    try:
        found: Any = parser.get_date_data(text)
    except Exception:  # noqa: BLE001 - whatever a parser of strangers' words trips over, the words are not read
        return None
    return None if found.date_obj is None else (found.date_obj.date(), found.period)


@cache
def _parser(language: str, when: datetime, prefer: str, edge: str) -> DateDataParser | None:
    try:
        from dateparser.date import DateDataParser  # takes a third of a second, and few loads need it
    except ImportError as error:
        raise MissingExtra("dates in this language are read by dateparser, which is not installed", hint=INSTALL) from error
    settings = {
        "RELATIVE_BASE": when,
        "PREFER_DATES_FROM": prefer,
        "PREFER_DAY_OF_MONTH": edge,
        "PREFER_MONTH_OF_YEAR": edge,
        "RETURN_TIME_AS_PERIOD": True,
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": False,
        "DATE_ORDER": "DMY",
    }
    try:
        return DateDataParser(languages=[language], settings=settings)
    except ValueError:
        return None


#: how to get dateparser
INSTALL = 'install it with: pip install "kgbuild[dates]"'
