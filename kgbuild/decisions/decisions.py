"""All decisions of one file together: which things they make one, and whether they contradict each other."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping

from kgbuild.decisions.decision import DIFFERENT, SAME, SIGNS, UNSURE, Decision
from kgbuild.errors import DecisionError
from kgbuild.iris import DATA, compress


class Decisions:
    """Decisions, at most one on a pair, sorted by pair; equal where the same was decided with the same notes."""

    def __init__(self, given: Iterable[Decision] = (), *, base: str = DATA, head: tuple[str, ...] = (), foot: tuple[str, ...] = ()) -> None:
        """Take decisions in any order; ``base`` is for naming things in messages, ``head`` and ``foot`` are comments of the file.

        Raises:
            DecisionError: one is on a thing and itself, a pair has two verdicts, or they contradict each other.
        """
        self._base = base
        self.head, self.foot = head, foot
        self._by_pair: dict[tuple[str, str], Decision] = {}
        for one in given:
            self._take(one)
        self._by_pair = dict(sorted(self._by_pair.items()))
        self._classes = _classes(self.of_verdict(SAME))
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for decision in self.of_verdict(DIFFERENT):
            self._refuse_contradiction(decision)
            self._apart[decision.one].add(decision.other)
            self._apart[decision.other].add(decision.one)

    def __iter__(self) -> Iterator[Decision]:
        return iter(self._by_pair.values())

    def __len__(self) -> int:
        return len(self._by_pair)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decisions) and self._by_pair == other._by_pair

    def __hash__(self) -> int:
        return hash(tuple(self._by_pair.values()))

    def of_verdict(self, verdict: str) -> Iterator[Decision]:
        """The decisions with one verdict."""
        return (decision for decision in self if decision.verdict == verdict)

    @property
    def classes(self) -> Mapping[str, frozenset[str]]:
        """Thing -> all that is decided to be the same as it, itself included; only of things with such a decision."""
        return self._classes

    @property
    def apart(self) -> Mapping[str, set[str]]:
        """Thing -> the things that are said outright to be different from it."""
        return self._apart

    def verdict(self, one: str, other: str) -> str | None:
        """What is decided of two things, outright or by what follows; None: nothing."""
        mine, yours = self._classes.get(one, {one}), self._classes.get(other, {other})
        if other in mine:
            return SAME
        if any(not self._apart[thing].isdisjoint(yours) for thing in mine if thing in self._apart):
            return DIFFERENT
        unsure = {decision.pair for decision in self.of_verdict(UNSURE)} if len(mine) + len(yours) > 2 else ()
        known = self._by_pair.get((min(one, other), max(one, other)))
        if known is not None or any((min(a, b), max(a, b)) in unsure for a in mine for b in yours):
            return UNSURE
        return None

    def including(self, given: Iterable[Decision]) -> Decisions:
        """These decisions, with others in place of those on the same pairs. Raises DecisionError."""
        new = {decision.pair: decision for decision in given}
        kept = [decision for decision in self if decision.pair not in new]
        return Decisions([*kept, *new.values()], base=self._base, head=self.head, foot=self.foot)

    def _take(self, given: Decision) -> None:
        if given.one == given.other:
            raise DecisionError(f"{_at(given)}{self._name(given.one)} is compared with itself", hint="name two things, or delete the line")
        known = self._by_pair.get(given.pair)
        if known is not None and known.verdict != given.verdict:
            raise DecisionError(
                f"two verdicts on one pair: {self._say(known)}, and {self._say(given)}", hint="delete the one that does not hold"
            )
        if known is None or (not known.note and given.note):
            self._by_pair[given.pair] = given

    def _refuse_contradiction(self, different: Decision) -> None:
        if different.other in self._classes.get(different.one, ()):
            path = " and ".join(self._say(step) for step in self._path(*different.pair))
            raise DecisionError(f"decisions contradict each other: {path}, but {self._say(different)}", hint="delete one of them")

    def _path(self, start: str, end: str) -> list[Decision]:
        """The shortest chain of decisions that makes two things the same."""
        steps: defaultdict[str, list[Decision]] = defaultdict(list)
        for decision in self.of_verdict(SAME):
            steps[decision.one].append(decision)
            steps[decision.other].append(decision)
        paths: dict[str, list[Decision]] = {start: []}
        waiting = deque([start])
        while end not in paths:
            here = waiting.popleft()
            for step in steps[here]:
                there = step.other if step.one == here else step.one
                if there not in paths:
                    paths[there] = [*paths[here], step]
                    waiting.append(there)
        return paths[end]

    def _say(self, decision: Decision) -> str:
        where = f" ({decision.where})" if decision.where else ""
        return f"{self._name(decision.one)} {SIGNS[decision.verdict]} {self._name(decision.other)}{where}"

    def _name(self, iri: str) -> str:
        return compress(iri, base=self._base)


def _at(decision: Decision) -> str:
    return f"{decision.where}: " if decision.where else ""


def _classes(same: Iterable[Decision]) -> dict[str, frozenset[str]]:
    """Union–find: the classes of things that decisions join."""
    above: dict[str, str] = {}

    def root(thing: str) -> str:
        path = [thing]
        while (parent := above.setdefault(path[-1], path[-1])) != path[-1]:
            path.append(parent)
        for passed in path:
            above[passed] = path[-1]
        return path[-1]

    for decision in same:
        above[root(decision.one)] = root(decision.other)
    members: defaultdict[str, set[str]] = defaultdict(set)
    for thing in list(above):
        members[root(thing)].add(thing)
    return {thing: frozenset(group) for group in members.values() for thing in group}
