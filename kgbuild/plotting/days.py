"""Days below an axis: where ticks stand and what they are called, whether the axis spans a week or a millennium."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, date

#: ticks at most
_MOST = 9
_DAYS = (1, 2, 7)
_MONTHS = (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


def ticks(low: int, high: int) -> list[tuple[int, str]]:
    """Choose days (ordinals) between two, ends included, and name them: by day, by month or by year.

    >>> ticks(date(2024, 1, 10).toordinal(), date(2024, 4, 20).toordinal())
    [(738917, '2024-02'), (738946, '2024-03'), (738977, '2024-04')]
    """
    span = high - low
    for step in _DAYS:
        if span <= step * _MOST:
            return [(day, date.fromordinal(day).isoformat()) for day in range(low + (step - low % step) % step, high + 1, step)]
    for step in _MONTHS:
        if span <= step * 30.5 * _MOST:
            return [(day.toordinal(), f"{day:%Y-%m}") for day in _firsts(low, high, step)]
    step = next((step for step in _YEARS if span <= step * 365.25 * _MOST), _YEARS[-1])
    return [(day.toordinal(), f"{day.year}") for day in _firsts(low, high, step * 12)]


def _firsts(low: int, high: int, step: int) -> Iterator[date]:
    """The first days of every so many months."""
    begin = date.fromordinal(low)
    month = (begin.year * 12 + begin.month - 1) // step * step
    while month // 12 <= MAXYEAR:
        if month >= 12:
            day = date(month // 12, month % 12 + 1, 1)
            if day.toordinal() > high:
                return
            if day.toordinal() >= low:
                yield day
        month += step


def ordinal(text: str) -> int | None:
    """Count an ISO day; None where there is none, or one beyond Python's calendar (year 0 and before, 10000 and after).

    >>> ordinal("0001-01-02"), ordinal("-0043-03-15"), ordinal("")
    (2, None, None)
    """
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None
