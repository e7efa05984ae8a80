"""Recognition: which reference thing a unit's words mean, and how that was found.

The name given by the annotator is asked for, else the texts of the mentions, which all mean one thing: of the candidates that the
strictest stage gives for any of them only those stay that the others give too. Words for a person that name a post mean who held it on
the day: within the bounds of each dated event and statement that the unit takes part in, else on the day of publication. Several
candidates, or a holder who is not sure, are reported with their names and never chosen from.
"""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.document import Unit
from kgbuild.mapping.arguments import Filled, dates_of, hull
from kgbuild.mapping.draft import Draft
from kgbuild.mapping.header import published
from kgbuild.registry import Bounds

_WAYS = (v.BY_ALIAS, v.BY_FOLDED)
#: candidates that a message names
_SHOWN = 8


class Recognition:
    """Recognises the units of one document by their names."""

    def __init__(self, draft: Draft, filled: dict[str, Filled]) -> None:
        self._draft = draft
        self._terms = draft.terms
        self._filled = filled
        self._owners: dict[str, list[str]] | None = None

    def named(self, unit: Unit, cls: str) -> tuple[str | None, str]:
        """The thing that the unit's words mean and how it was found; None with :data:`BY_NEW` where it is new, or one of several."""
        names = [unit.name] if unit.name else list(dict.fromkeys(m.text for m in unit.mentions if m.text))
        found = [self._terms.find(name, cls, self._draft.language) for name in names]
        candidates: set[str] = set()
        way = v.BY_NEW
        for how in _WAYS:
            for things in found:
                if things.how == how and things:
                    if not candidates:
                        candidates, way = set(things), how
                    elif common := candidates.intersection(things):
                        candidates = common
                    elif way == how:
                        candidates = candidates.union(things)
        if len(candidates) == 1:
            return next(iter(candidates)), way
        if candidates:
            self.ambiguous(unit, f"name “{names[0]}”" if len(names) == 1 else "mentions", candidates)
            return None, v.BY_NEW
        return self._by_post(unit, names) if self._terms.is_a(cls, v.PERSON) else (None, v.BY_NEW)

    def names_post(self, unit: Unit) -> bool:
        """Claim that some words for a unit name a post: no name of a person, and nothing to know a person by in another article."""
        names = [unit.name] if unit.name else [m.text for m in unit.mentions if m.text]
        return any(self._terms.posts_named(name, self._draft.language) for name in names)

    def _by_post(self, unit: Unit, names: Iterable[str]) -> tuple[str | None, str]:
        posts = {post for name in names for post in self._terms.posts_named(name, self._draft.language)}
        if not posts:
            return None, v.BY_NEW
        people: set[str] = set()
        certain = True
        for when in self._days(unit.id):
            for post in posts:
                holders, sure = self._terms.registry.held(post, when)
                people.update(holders)
                certain = certain and sure
        if certain and len(people) == 1:
            return next(iter(people)), v.BY_POST
        if people:
            names_of = " and ".join(self._shown(post) for post in sorted(posts))
            self.ambiguous(unit, f"the holder of {names_of}", people, "the reference data does not say that it was one person on the day")
        return None, v.BY_NEW

    def _days(self, unit_id: str) -> set[Bounds]:
        """The bounds of what a unit takes part in, where it is dated; else of the publication."""
        if self._owners is None:
            self._owners = {}
            for owner, filled in self._filled.items():
                for _prop, target, _iri in filled.edges:
                    self._owners.setdefault(target, []).append(owner)
        days = {hull(dates_of(owner, self._filled)) for owner in self._owners.get(unit_id, ())} - {(None, None)}
        return days or {published(self._draft.document)}

    def ambiguous(self, unit: Unit, what: str, candidates: Iterable[str], why: str = "") -> None:
        """Report that words may mean any of several things."""
        ordered = sorted(candidates)
        names = ", ".join(self._shown(thing) for thing in ordered[:_SHOWN])
        more = f" and {len(ordered) - _SHOWN} more" if len(ordered) > _SHOWN else ""
        message = f"{what} of unit “{unit.id}” may be any of {names}{more}: not resolved{f', since {why}' if why else ''}"
        self._draft.report("ambiguous-name", "kept", unit.id, message + "; add the right one as a link")

    def _shown(self, thing: str) -> str:
        return f"{self._terms.registry.label(thing, 'en')} ({iris.compress(thing, base=self._terms.base)})"
