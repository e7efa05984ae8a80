"""What follows from facts: rules as tables for look-ups, applied one fact at a time.

Rules of one atom are chained in advance: that a meeting is a contact and an event is one look-up. All others are applied to a fact in
each place where it fits, with the other atoms asked of what is known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from kgbuild.rules.rule import Atom, Fact, Rule

#: stand for a fact's own subject and object in what rules of one atom give
_SUBJECT, _OBJECT = "?subject", "?object"


class Knowledge(Protocol):
    """Facts that can be asked for, and that more can be added to."""

    def objects(self, subject: str, predicate: str) -> Collection[str]:
        """The objects of a subject."""

    def subjects(self, predicate: str, object_: str) -> Collection[str]:
        """The subjects of an object."""

    def add(self, fact: Fact) -> None:
        """Take in a fact."""


class Memory:
    """Facts in this process."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._objects: dict[tuple[str, str], set[str]] = {}
        self._subjects: dict[tuple[str, str], set[str]] = {}
        for fact in facts:
            self.add(fact)

    def objects(self, subject: str, predicate: str) -> Collection[str]:
        """The objects of a subject."""
        return self._objects.get((subject, predicate), ())

    def subjects(self, predicate: str, object_: str) -> Collection[str]:
        """The subjects of an object."""
        return self._subjects.get((predicate, object_), ())

    def add(self, fact: Fact) -> None:
        """Take in a fact."""
        subject, predicate, object_ = fact
        self._objects.setdefault((subject, predicate), set()).add(object_)
        self._subjects.setdefault((predicate, object_), set()).add(subject)

    def facts(self) -> set[Fact]:
        """All facts."""
        return {(subject, predicate, object_) for (subject, predicate), objects in self._objects.items() for object_ in objects}


class _Plan:
    """A rule seen from one of its atoms: once a fact fits there, which patterns are asked for in which order."""

    __slots__ = ("first", "head", "rest")

    def __init__(self, first: Atom | None, rest: Iterable[Atom], head: Atom, given: Iterable[str]) -> None:
        self.first, self.head = first, head
        known, waiting, ordered = set(given), list(rest), []
        while waiting:
            # the most bound first: a question with both ends known is the cheapest
            best = min(waiting, key=lambda atom: len(atom.variables() - known))
            waiting.remove(best)
            ordered.append(best)
            known |= best.variables()
        self.rest = tuple(ordered)


class Engine:
    """Rules, ready to be applied. Pickles."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        kept = tuple(rules)
        self._generic: dict[str, tuple[Atom, ...]] = {}
        self._specific: dict[tuple[str, str], tuple[Atom, ...]] = {}
        #: by predicate and constant object, which is empty for any object
        self._joins: dict[tuple[str, str], list[_Plan]] = {}
        self._heads: dict[str, list[_Plan]] = {}
        self.given: frozenset[Fact] = frozenset(rule.head for rule in kept if not rule.body)
        simple = [rule for rule in kept if len(rule.body) == 1 and _is_simple(rule.body[0])]
        others = [rule for rule in kept if rule.body and not (len(rule.body) == 1 and _is_simple(rule.body[0]))]
        #: the rules that ask for more than one fact, or for one of a peculiar form
        self.joining: tuple[Rule, ...] = tuple(others)
        self._chain(simple)
        #: of rules that ask two things of one subject: one -> the other's predicate, its object -> what they give
        self._pairs: dict[tuple[str, str], list[tuple[str, dict[str, list[tuple[str, str]]]]]] = {}
        for rule in others:
            if _is_pair(rule):
                one, other = rule.body
                self._pair(one, other, rule.head)
                self._pair(other, one, rule.head)
                continue
            for place, atom in enumerate(rule.body):
                rest = (*rule.body[:place], *rule.body[place + 1 :])
                key = (atom.predicate, "" if atom.object.startswith("?") else atom.object)
                self._joins.setdefault(key, []).append(_Plan(atom, rest, rule.head, atom.variables()))
        keys = [*self._joins, *self._pairs, *self._specific]
        #: predicates that rules ask for with any object, and those with one object, with it
        self._asked = frozenset(self._generic) | {predicate for predicate, value in keys if not value}
        self._asked_values = frozenset(key for key in keys if key[1])
        for rule in kept:
            self._heads.setdefault(rule.head.predicate, []).append(_Plan(None, rule.body, rule.head, rule.head.variables()))

    def _pair(self, one: Atom, other: Atom, head: Atom) -> None:
        tables = self._pairs.setdefault((one.predicate, one.object), [])
        table = next((table for predicate, table in tables if predicate == other.predicate), None)
        if table is None:
            table = {}
            tables.append((other.predicate, table))
        table.setdefault(other.object, []).append((head.predicate, head.object))

    def _chain(self, simple: list[Rule]) -> None:
        """Follow the rules of one atom from each pattern that one of them asks for, as far as they lead."""
        by_predicate: dict[str, list[Rule]] = {}
        for rule in simple:
            by_predicate.setdefault(rule.body[0].predicate, []).append(rule)
        for predicate, rules in by_predicate.items():
            if reached := _reach(Atom(_SUBJECT, predicate, _OBJECT), by_predicate):
                self._generic[predicate] = reached
            for constant in {rule.body[0].object for rule in rules if not rule.body[0].object.startswith("?")}:
                found = _reach(Atom(_SUBJECT, predicate, constant), by_predicate)
                self._specific[predicate, constant] = found

    def is_relevant(self, fact: Fact) -> bool:
        """Claim that some rule asks for facts like this one."""
        return fact[1] in self._asked or (fact[1], fact[2]) in self._asked_values

    @property
    def predicates(self) -> frozenset[str]:
        """The predicates that rules ask for."""
        return self._asked | {predicate for predicate, _object in self._asked_values}

    @property
    def given_predicates(self) -> frozenset[str]:
        """The predicates of what rules give."""
        return frozenset(self._heads)

    def simple_heads(self, fact: Fact) -> Iterator[Fact]:
        """What the rules of one atom give for a fact, one after the other."""
        subject, predicate, object_ = fact
        found = self._specific.get((predicate, object_))
        for atom in found if found is not None else self._generic.get(predicate, ()):
            first, second = atom.subject, atom.object
            yield (
                subject if first == _SUBJECT else object_ if first == _OBJECT else first,
                atom.predicate,
                subject if second == _SUBJECT else object_ if second == _OBJECT else second,
            )

    def heads(self, fact: Fact, known: Knowledge) -> list[Fact]:
        """What any rule gives for a fact together with what is known."""
        return [*self.simple_heads(fact), *self._joined(fact, known)]

    def _joined(self, fact: Fact, known: Knowledge) -> list[Fact]:
        """What the rules that join facts give for one together with what is known."""
        subject, predicate, object_ = fact
        found: list[Fact] = []
        for other, table in self._pairs.get((predicate, object_), ()):
            for value in known.objects(subject, other):
                found += ((subject, head, constant) for head, constant in table.get(value, ()))
        for plan in (*self._joins.get((predicate, ""), ()), *self._joins.get((predicate, object_), ())):
            assert plan.first is not None
            binding = match(plan.first, fact)
            if binding is not None:
                found += (plan.head.bound(solution) for solution in solve(plan.rest, binding, known))
        return found

    def derivable(self, fact: Fact, known: Knowledge) -> bool:
        """Claim that some rule gives a fact for what is known."""
        for plan in self._heads.get(fact[1], ()):
            binding = match(plan.head, fact)
            if binding is not None and next(solve(plan.rest, binding, known), None) is not None:
                return True
        return False

    def forward(self, new: Iterable[Fact], known: Knowledge) -> set[Fact]:
        """Everything that some rule gives for facts of which one at least is new; ``known`` takes in the new ones and the results."""
        waiting = [fact for fact in new if fact[2] not in known.objects(fact[0], fact[1])]
        for fact in waiting:
            known.add(fact)
        found: set[Fact] = set()
        while waiting:
            reached = [waiting.pop()]
            for head in self.simple_heads(reached[0]):  # all of them at once: those of a head are among them
                if head not in found:
                    found.add(head)
                    if head[2] not in known.objects(head[0], head[1]):
                        known.add(head)
                        reached.append(head)
            for fact in reached:
                for head in self._joined(fact, known):
                    if head not in found:
                        found.add(head)
                        if head[2] not in known.objects(head[0], head[1]):
                            known.add(head)
                            waiting.append(head)
        return found


def parse(line: str) -> Fact:
    """Read a line (``s p o`` in N-Triples syntax, without the dot)."""
    subject, predicate, object_ = line.split(" ", 2)
    return subject, predicate, object_


def _is_pair(rule: Rule) -> bool:
    """Claim that a rule asks two things of one subject, of which nothing is left open, and gives a third."""
    (subject, *others) = {atom.subject for atom in (*rule.body, rule.head)}
    constants = [atom.object for atom in (*rule.body, rule.head)]
    return len(rule.body) == 2 and not others and subject.startswith("?") and not any(value.startswith("?") for value in constants)


def _is_simple(atom: Atom) -> bool:
    return atom.subject.startswith("?") and atom.subject != atom.object


def _reach(start: Atom, rules: dict[str, list[Rule]]) -> tuple[Atom, ...]:
    """The patterns that rules of one atom give for a pattern, in one step or more."""
    reached: dict[Atom, None] = {}
    waiting = [start]
    while waiting:
        pattern = waiting.pop()
        for rule in rules.get(pattern.predicate, ()):
            binding = match(rule.body[0], pattern)
            if binding is not None and (head := rule.head.bound(binding)) not in reached:
                reached[head] = None
                waiting.append(head)
    return tuple(reached)


def match(pattern: Atom, fact: Fact) -> dict[str, str] | None:
    """What the variables of a pattern stand for where it fits a fact; None where it does not."""
    binding: dict[str, str] = {}
    for term, value in ((pattern.subject, fact[0]), (pattern.object, fact[2])):
        if term.startswith("?"):
            if binding.setdefault(term, value) != value:
                return None
        elif term != value:
            return None
    return binding if pattern.predicate == fact[1] else None


def solve(atoms: tuple[Atom, ...], binding: dict[str, str], known: Knowledge) -> Iterator[dict[str, str]]:
    """Every way in which patterns fit what is known, beginning from a binding."""
    if not atoms:
        yield binding
        return
    atom, rest = atoms[0], atoms[1:]
    subject, predicate, object_ = atom.bound(binding)
    if not subject.startswith("?"):
        objects = known.objects(subject, predicate)
        if not object_.startswith("?"):
            if object_ in objects:
                yield from solve(rest, binding, known)
            return
        for value in tuple(objects):
            yield from solve(rest, {**binding, object_: value}, known)
    elif not object_.startswith("?"):
        for value in tuple(known.subjects(predicate, object_)):
            yield from solve(rest, {**binding, subject: value}, known)
    else:
        raise ValueError(f"the pattern {' '.join(atom)} has no term in common with the rest of its rule")
