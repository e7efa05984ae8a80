"""Holders: who held a post on a day, or all through a range of days.

Sure is only the one person whose term covers every day asked about while nobody else's term touches any of them. A term whose end the
data leaves open reaches on. A range with an open end is covered by no term, so it is never sure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: earliest and latest day, ISO dates; None where open
Bounds = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Tenure:
    """A term in a post. ``earliest`` and ``latest`` are ISO dates, None where open or unknown; ``state``: whom the post speaks for."""

    holder: str
    post: str
    state: str | None
    earliest: str | None
    latest: str | None


def holders(terms: Iterable[Tenure], when: Bounds) -> tuple[tuple[str, ...], bool]:
    """Give those who held a post within a range of days (sorted), and whether it was one and the same person all the time."""
    first, last = when
    touching = [
        term
        for term in terms
        if (first is None or term.latest is None or term.latest >= first)
        and (last is None or term.earliest is None or term.earliest <= last)
    ]
    people = tuple(sorted({term.holder for term in touching}))
    sure = (
        len(people) == 1
        and first is not None
        and last is not None
        and any((term.earliest or "") <= first and (term.latest is None or term.latest >= last) for term in touching)
    )
    return people, sure
