"""What a sequence of marks says as one date, of the precision that its words have.

Each form is a regular expression over the letters of the marks (:mod:`kgbuild.dating.lexicon`); the whole part must fit one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kgbuild.dating.calendar import DAYS, month, shifted, weekday, year_of_day, year_of_month
from kgbuild.dating.lexicon import Meaning

#: a year: 2024, the year 2024, last year
YEAR = r"U?YU?|[PTF]U|U[PTF]"
_SHIFTS = {"last": -1, "this": 0, "next": 1}
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class NoAnchor(ValueError):
    """The text counts from the day of publication, which is not known."""

    def __init__(self) -> None:
        super().__init__("it counts from the day of publication, which the article does not give")


@dataclass
class Said:
    """What was read, and whether the day of publication was needed for it."""

    value: str
    anchored: bool


class Phrase:
    """Reads one sequence of marks, or a part of it, seen from a day of publication.

    Attributes:
        letters, values: the marks, without times of day.
        anchored: the day of publication was asked for.
    """

    def __init__(self, meaning: Meaning, anchor: date | None, *, month_first: bool) -> None:
        kept = _without_times(meaning)
        self.letters = "".join(letter for letter, _value in kept)
        self.values = [value for _letter, value in kept]
        self._given = anchor
        self.month_first = month_first
        self.anchored = False

    @property
    def _anchor(self) -> date:
        self.anchored = True
        if self._given is None:
            raise NoAnchor
        return self._given

    def one(self, begin: int, end: int, year: int | None = None) -> str | None:
        """Read the marks between two places as one date; ``year`` is the one to use where they give none.

        None where no form fits. Raises ValueError where one fits, but says no date.
        """
        for form, how in _FORMS if self.month_first else _FORMS[1:]:
            found = form.fullmatch(self.letters, begin, end)
            if found:
                return how(self, found, year)
        return None

    def _value(self, found: re.Match[str], group: str, letter: str) -> int | str | None:
        """The value of the mark with a letter inside a group; None where the group has none."""
        if group not in found.re.groupindex or found[group] is None:
            return None
        place = self.letters.find(letter, found.start(group), found.end(group))
        return None if place < 0 else self.values[place]

    def _number(self, found: re.Match[str], group: str, letter: str) -> int | None:
        value = self._value(found, group, letter)
        return value if isinstance(value, int) else None

    def _direction(self, found: re.Match[str], group: str) -> str:
        directions = (self._value(found, group, letter) for letter in "PTF")
        return str(next((direction for direction in directions if direction is not None), ""))

    def _units(self, found: re.Match[str], group: str) -> set[int | str]:
        if found[group] is None:
            return set()
        return {self.values[place] for place in range(found.start(group), found.end(group)) if self.letters[place] in "UK"}

    def _written_year(self, found: re.Match[str]) -> int | None:
        """The year of a date, where its words give one."""
        if found["year"] is None:
            return None
        if self._units(found, "year") - {"year"}:
            raise ValueError("a unit that is no year stands where the year does")
        direction = self._direction(found, "year")
        return self._anchor.year + _SHIFTS[direction] if direction else self._number(found, "year", "Y")

    def _day(self, found: re.Match[str], year: int | None) -> str:
        number, day_number = self._number(found, "month", "M"), self._number(found, "day", "N")
        assert number is not None
        assert day_number is not None
        if self._units(found, "day") - {"day"} or self._units(found, "month") - {"month"}:
            raise ValueError("a unit stands where it says nothing")
        if not 1 <= day_number <= _DAYS_IN_MONTH[number - 1]:
            raise ValueError(f"no month {number:02} has a day {day_number}")
        on = self._number(found, "on", "W")
        year = self._written_year(found) or year or year_of_day(number, day_number, self._anchor, on)
        if year is None:
            raise ValueError("which year? the last one and the next fit alike" if on is None else "the weekday fits no near year")
        return checked(date(year, number, day_number), on)

    def _month(self, found: re.Match[str], year: int | None) -> str:
        number = self._number(found, "month", "M")
        assert number is not None
        if self._units(found, "month") - {"month"}:
            raise ValueError("a unit stands where it says nothing")
        direction = self._direction(found, "month")
        if direction:
            anchor = self._anchor
            passed = number < anchor.month if direction == "last" else number <= anchor.month
            year = anchor.year + {"last": 0 if passed else -1, "this": 0, "next": 1 if passed else 0}[direction]
        year = year if direction else self._written_year(found) or year or year_of_month(number, self._anchor)
        if year is None:
            raise ValueError("which year? the last one and the next fit alike")
        return month(year, number)

    def _span(self, found: re.Match[str], _year: int | None) -> str:
        """A year; or last week, this month, next year."""
        direction = self._direction(found, "year")
        if direction:
            (unit,) = self._units(found, "year")
            if unit == "day":
                raise ValueError("the next day after which?")
            return shifted(str(unit), self._anchor, _SHIFTS[direction])
        if self._units(found, "year") - {"year"}:
            raise ValueError("a unit that is no year stands beside the year")
        return f"{self._number(found, 'year', 'Y'):04}"

    def _relative(self, found: re.Match[str], _year: int | None) -> str:
        by = self._number(found, "day", "R")
        assert by is not None
        read = shifted("day", self._anchor, by)
        return checked(date.fromisoformat(read), self._number(found, "on", "W"))

    def _weekday(self, found: re.Match[str], _year: int | None) -> str:
        number = self._number(found, "on", "W")
        if number is None:
            number = self._number(found, "on", "V")
        assert number is not None
        return weekday(number, self._anchor, self._direction(found, "on"))

    def _away(self, found: re.Match[str], _year: int | None) -> str:
        """Three days ago, in two weeks."""
        counted = [self._number(found, "count", letter) for letter in "NI"]
        count = next((number for number in counted if number is not None), 1)
        (unit,) = self._units(found, "count")
        return shifted(str(unit), self._anchor, count if "X" in found[0] else -count)

    def _season(self, found: re.Match[str], _year: int | None) -> str:
        number = self._number(found, "season", "S")
        direction = self._direction(found, "season")
        if number == 24:
            raise ValueError("a winter has two years: which one?")
        if direction:
            anchor = self._anchor
            first = {21: 3, 22: 6, 23: 9}[number or 0]
            if direction != "this" and first <= anchor.month <= first + 2:
                raise ValueError("it is that season: is it this year's, or another's?")
            passed = anchor.month > first
            return f"{anchor.year + {'last': 0 if passed else -1, 'this': 0, 'next': 1 if passed else 0}[direction]:04}-{number}"
        year = self._written_year(found)
        if year is None:
            raise ValueError("which year?")
        return f"{year:04}-{number}"

    def _digits(self, found: re.Match[str], _year: int | None) -> str:
        read = str(self._value(found, "day", "D"))
        on = self._number(found, "on", "W")
        return checked(date.fromisoformat(read), on) if len(read) == 10 else read


def checked(when: date, on: int | None) -> str:
    """A day as EDTF. Raises ValueError where the weekday beside it is another."""
    if on is not None and when.weekday() != on:
        raise ValueError(f"{when.isoformat()} is a {DAYS[when.weekday()]}, not a {DAYS[on]}")
    return when.isoformat()


def _without_times(meaning: Meaning) -> Meaning:
    """Leave out times of day, and an hour's number with what announces it; and the hyphen behind "mid"."""
    letters = "".join(letter for letter, _value in meaning)
    dropped = {place for found in re.finditer("Q?NZ|QH|QN|H|(?<=E)-", letters) for place in range(found.start(), found.end())}
    return tuple(mark for place, mark in enumerate(meaning) if place not in dropped)


_How = Callable[[Phrase, "re.Match[str]", "int | None"], "str | None"]
#: the forms of one date; the first is for languages in which the month may stand first
_FORMS: tuple[tuple[re.Pattern[str], _How], ...] = tuple(
    (re.compile(form), how)
    for form, how in (
        (rf"(?P<on>W)?(?P<month>M)(?P<day>N)(?P<year>{YEAR})?", Phrase._day),
        (rf"(?P<on>W)?(?P<day>U?N)(?P<month>U?M)(?P<year>{YEAR})?", Phrase._day),
        (rf"E?(?P<month>U?M)(?P<year>{YEAR})?", Phrase._month),
        (r"E?(?P<month>U?M[PTF]|[PTF]U?M)(?P<year>$)?", Phrase._month),
        (rf"E?(?P<year>{YEAR})", Phrase._span),
        (r"(?P<day>R)(?P<on>W)?", Phrase._relative),
        (r"(?P<on>W|[PTF][WV]|[WV][PTF])", Phrase._weekday),
        (r"(?P<count>A[NI][UK]|[NI][UK]A|X[NI][UK]|UA|XU)", Phrase._away),
        (rf"(?P<season>S)(?P<year>{YEAR})", Phrase._season),
        (r"(?P<season>[PTF]S|S[PTF])(?P<year>$)?", Phrase._season),
        (r"(?P<on>W)?(?P<day>D)", Phrase._digits),
    )
)
