"""Days, weeks, months and years counted from a day, and the year that a date without one most likely means.

A date is held as an EDTF value of the precision that its words have. Weeks begin on Monday (ISO 8601) and, since EDTF has no week, are
written as an interval.

The year of a day or month without one (``16 ianuarie``, ``in May``), seen from the day of publication:

1. the next one, where it is at most 60 days away (for a month: two months), since news announces;
2. else the last one, where it lies in the year of publication, since news of the year leaves the year out;
3. else the nearer of the last and the next one, if it is nearer by 60 days (two months) at least;
4. else neither: this would be a guess.

A weekday that is written beside the day decides before all that.
"""

from __future__ import annotations

from datetime import date, timedelta

from kgbuild import edtf

#: how far ahead a day without a year is taken for the next one, and by how much one must be nearer than the other
_AHEAD_DAYS, _AHEAD_MONTHS = 60, 2
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def anchor_of(published: object) -> date | None:
    """The day of publication, of ``2024-01-17`` or ``2024-01-17T10:00:00Z``; None where it is not given as a day."""
    try:
        return date.fromisoformat(published[:10]) if isinstance(published, str) and edtf.parse(published.strip()) else None
    except ValueError:
        return None


def day(when: date) -> str:
    """A day as EDTF."""
    return when.isoformat()


def week(when: date) -> str:
    """The week that a day lies in, Monday to Sunday."""
    monday = when - timedelta(days=when.weekday())
    return f"{day(monday)}/{day(monday + timedelta(days=6))}"


def month(year: int, number: int) -> str:
    """A month as EDTF."""
    return f"{year:04}-{number:02}"


def shifted(unit: str, anchor: date, by: int) -> str:
    """The day, week, month or year that lies so many of them from the anchor's. Raises ValueError outside the years 1 to 9999."""
    try:
        if unit == "day":
            return day(anchor + timedelta(days=by))
        if unit == "week":
            return week(anchor + timedelta(weeks=by))
    except OverflowError as error:
        raise ValueError(str(error)) from error
    if unit == "month":
        year, number = divmod(anchor.year * 12 + anchor.month - 1 + by, 12)
        return month(_year(year), number + 1)
    return f"{_year(anchor.year + by):04}"


def _year(number: int) -> int:
    if not 1 <= number <= 9999:
        raise ValueError(f"there is no year {number}")
    return number


def weekday(number: int, anchor: date, direction: str = "") -> str:
    """The day of the week (Monday is 0) that news means.

    A bare one is the last on or before the anchor; ``last``: the last before it; ``next``: the first after it; ``this``: in its week.
    """
    behind = (anchor.weekday() - number) % 7
    if direction == "last":
        behind = behind or 7
    elif direction == "next":
        behind -= 7
    elif direction == "this":
        behind = anchor.weekday() - number
    return shifted("day", anchor, -behind)


def year_of_day(number: int, day_number: int, anchor: date, on: int | None = None) -> int | None:
    """The year of a day whose month and day are given, by the rule above; ``on`` is the weekday beside it. None where it is not clear."""
    days = [when for year in range(anchor.year - 8, anchor.year + 9) if (when := _day(year, number, day_number)) is not None]
    before = [when for when in days if when <= anchor]
    after = [when for when in days if when > anchor]
    if not before or not after:
        return None
    last, following = before[-1], after[0]
    if on is not None:
        fitting = [when for when in (last, following) if when.weekday() == on]
        return fitting[0].year if len(fitting) == 1 else None
    return _choose(last.year, (anchor - last).days, following.year, (following - anchor).days, anchor.year, _AHEAD_DAYS)


def year_of_month(number: int, anchor: date) -> int | None:
    """The year of a month, by the rule above. None where it is not clear."""
    behind = (anchor.month - number) % 12
    last = anchor.year if number <= anchor.month else anchor.year - 1
    return _choose(last, behind, last + 1, 12 - behind, anchor.year, _AHEAD_MONTHS)


def _choose(last: int, behind: int, following: int, ahead: int, current: int, margin: int) -> int | None:
    if behind and ahead <= margin:
        return following
    if last == current:
        return last
    if abs(ahead - behind) < margin:
        return None
    return last if behind < ahead else following


def _day(year: int, number: int, day_number: int) -> date | None:
    try:
        return date(year, number, day_number)
    except ValueError:
        return None
