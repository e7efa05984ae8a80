"""A label set as its table has it: rules by kind and label, the highest rank first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from kgbuild.schemes.prefixes import RolePrefix
from kgbuild.schemes.rules import THINGS, Rule

#: labels remembered with their rules
_REMEMBERED = 20_000


@dataclass(frozen=True)
class Scheme:
    """The rules of one label set. Picklable; the order of its lines means nothing."""

    name: str
    path: str
    rules: tuple[Rule, ...]
    role_prefix: RolePrefix | None = None
    #: the remarks above its table
    about: str = ""
    _known: dict[tuple[str, str, str | None], list[list[Rule]]] = field(default_factory=dict, compare=False, repr=False)

    def ranked(self, kind: str, label: str, value: str | None = None) -> Iterator[list[Rule]]:
        """The rules whose label fits, rank by rank, the highest first; of a unit, those of its own kind before those of another."""
        key = (kind, label, value)
        found = self._known.get(key)
        if found is None:
            found = list(self._rank(kind, label, value))
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = found
        return iter(found)

    def _rank(self, kind: str, label: str, value: str | None) -> Iterator[list[Rule]]:
        serving = THINGS if kind in THINGS else (kind,)
        fitting = [
            rule
            for rule in self.rules
            if rule.kind in serving and rule.label.matches(label) and (rule.value is None or rule.value.matches(value or ""))
        ]

        def place(rule: Rule) -> tuple[bool, tuple[bool, int]]:
            return rule.kind == kind, rule.rank

        for _place, rules in groupby(sorted(fitting, key=place, reverse=True), key=place):
            yield list(rules)
