"""For which states an agent acts on a given day.

A state stands for itself, an organ for the state that it is an organ of, a person only for the states whose posts they held that day;
the holder of a post of an international organization for none. Terms of office come from the registry and from the article. A post that
the article gives without dates counts for things dated within 30 days of its publication, or undated, unless a term of that person in
that post is known.

Days are often known less well: a statement of May 2024, a term that began in October 2022. Then a post counts if it *may* have been held:
if its term and the date may share a day, as since and until keep what may overlap. So on the day, or in the month, in which an office
changes hands both holders count. To ask for certainty instead would take the words of every minister whose first or last day we know by
the month only from their state. What is undated counts by the day of publication, and what is dated from a day on by the days up to
it: nobody reports what a later term will say.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from kgbuild import vocabulary as v
from kgbuild.mapping.draft import Draft

Bounds = tuple[str | None, str | None]

#: how far from publication an undated post of an article still counts
_NEAR = timedelta(days=30)


class Parties:
    """The article's own knowledge of organs and posts, with the registry behind it."""

    def __init__(self, draft: Draft, published: Bounds) -> None:
        self._terms = draft.terms
        self._published = published
        self.states: set[str] = set()
        self.organ_of: dict[str, set[str]] = {}
        self.post_of: dict[str, set[str]] = {}
        #: person -> (post, bounds of the term, or None where the article gives no dates)
        self.holds: dict[str, list[tuple[str, Bounds | None]]] = {}
        self._memo: dict[tuple[str, Bounds], frozenset[str]] = {}

    def behind(self, agent: str, when: Bounds) -> frozenset[str]:
        """The states that an agent stands for within the bounds."""
        known = self._memo.get((agent, when))
        if known is None:
            known = self._memo[agent, when] = frozenset(self._behind(agent, when))
        return known

    def _behind(self, agent: str, when: Bounds) -> set[str]:
        found = set(self._organs(agent)) | set(self._of_post(agent))
        at = self._reported(when)
        dated = {post for post, term in self.holds.get(agent, ()) if term is not None}
        for tenure in self._terms.registry.tenures(agent):
            dated.add(tenure.post)
            if tenure.state is not None and overlaps((tenure.earliest, tenure.latest), at):
                found.add(tenure.state)
        for post, term in self.holds.get(agent, ()):
            if term is not None:
                holds = overlaps(term, at)
            else:
                holds = post not in dated and near(at, self._published)
            if holds:
                found.update(self._of_post(post))
        return found

    def _reported(self, when: Bounds) -> Bounds:
        """The days that count for something dated so: without an end it ends with the publication."""
        earliest, latest = when
        known = self._published[1]
        if when == (None, None):
            return self._published
        return (earliest, known) if earliest is not None and latest is None and known is not None and earliest <= known else when

    def _of_post(self, post: str) -> set[str]:
        state = self._terms.registry.state_of_post(post)
        states = {state} if state is not None else set()
        for owner in self.post_of.get(post, ()):
            states |= self._organs(owner)
        return states

    def _organs(self, agent: str) -> set[str]:
        found: set[str] = set()
        seen: set[str] = set()
        waiting = [agent]
        while waiting:
            thing = waiting.pop()
            if thing in seen:
                continue
            seen.add(thing)
            if thing in self.states:
                found.add(thing)
            found.update(self._terms.registry.states_of(thing))
            waiting += self.organ_of.get(thing, ())
        return found

    def is_state(self, thing: str) -> bool:
        """Claim that a node is a state, for this article or for the registry."""
        return thing in self.states or any(cls == v.STATE for cls in self._terms.registry.types(thing))


def overlaps(one: Bounds, other: Bounds) -> bool:
    """Claim that two ranges of days may share a day; an open end reaches everywhere."""
    starts_before = one[0] is None or other[1] is None or one[0] <= other[1]
    ends_after = one[1] is None or other[0] is None or one[1] >= other[0]
    return starts_before and ends_after


def near(when: Bounds, published: Bounds) -> bool:
    """Claim that something dated lies within 30 days of the publication; without a publication date it does."""
    if published == (None, None):
        return True
    return overlaps(when, _widen(published))


@lru_cache(maxsize=256)
def _widen(bounds: Bounds) -> Bounds:
    earliest, latest = bounds
    try:
        start = None if earliest is None else (date.fromisoformat(earliest) - _NEAR).isoformat()
        end = None if latest is None else (date.fromisoformat(latest) + _NEAR).isoformat()
    except OverflowError:
        return bounds
    return start, end
