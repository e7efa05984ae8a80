"""Everything that follows, as a complete reasoner has it: with domains and ranges, and with choices weighed case by case.

A domain that is a union says of a thing that it is one of several classes; which one may follow from what else is known of it: what is
an event or a statement, and no event, is a statement. Each thing is looked at alone, in every case that its choices leave open. This is
for comparison with a reasoner; stores do without (see :mod:`kgbuild.rules`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import product

from kgbuild.rules import TYPE, Atom, Choice, Engine, Fact, Memory, Rules
from kgbuild.rules.evaluation import match, solve

_NONE: frozenset[str] = frozenset()


class Contradiction(ValueError):
    """Facts that cannot all be true: a thing is of classes that have none in common, or of none that it may be."""


class Completion:
    """Rules, domains, ranges and choices of one ontology, ready to be applied together."""

    def __init__(self, rules: Rules) -> None:
        self._choices = rules.choices
        self._engine = Engine((*rules.rules, *rules.typing))
        self._disjoint: dict[str, set[str]] = {}
        for one, other in rules.disjoint:
            self._disjoint.setdefault(f"<{one}>", set()).add(f"<{other}>")
            self._disjoint.setdefault(f"<{other}>", set()).add(f"<{one}>")
        self._above: dict[str, frozenset[str]] = {}

    def of(self, facts: Iterable[Fact]) -> set[Fact]:
        """Some facts with all that follows from them by any axiom. For a few thousand facts.

        Raises Contradiction where disjoint classes show that they cannot all be true; other contradictions are not looked for.
        """
        known = Memory()
        self._engine.forward((*facts, *self._engine.given), known)
        while new := self._settled(known):
            self._engine.forward(new, known)
        found = known.facts()
        for thing in {subject for subject, predicate, _object in found if predicate == TYPE}:
            if self._clash(known.objects(thing, TYPE)):
                raise Contradiction(f"{thing} is of classes that have no thing in common")
        return found

    def _settled(self, known: Memory) -> set[Fact]:
        """The types, not known yet, that things have in every case that is possible."""
        open_choices: dict[str, set[frozenset[str]]] = {}
        facts = known.facts()
        for choice in self._choices:
            for thing, classes in _instances(choice, facts, known):
                if not classes & set(known.objects(thing, TYPE)):
                    open_choices.setdefault(thing, set()).add(classes)
        found: set[Fact] = set()
        for thing, choices in open_choices.items():
            types = frozenset(known.objects(thing, TYPE))
            found |= {(thing, TYPE, cls) for cls in self._in_every_case(types, choices) - types}
        return found

    def _in_every_case(self, types: frozenset[str], choices: set[frozenset[str]]) -> frozenset[str]:
        possible = []
        for case in product(*map(sorted, choices)):
            classes = types.union(*(self._up(cls) for cls in case))
            if not self._clash(classes):
                possible.append(classes)
        if not possible:
            raise Contradiction("a thing is of none of the classes that it may be")
        return frozenset.intersection(*possible)

    def _clash(self, classes: Collection[str]) -> bool:
        return any(not self._disjoint.get(cls, _NONE).isdisjoint(classes) for cls in classes)

    def _up(self, cls: str) -> frozenset[str]:
        """A class and the classes above it."""
        if cls not in self._above:
            heads = self._engine.simple_heads(("?x", TYPE, cls))
            self._above[cls] = frozenset({cls, *(object_ for _thing, predicate, object_ in heads if predicate == TYPE)})
        return self._above[cls]


def _instances(choice: Choice, facts: set[Fact], known: Memory) -> Iterable[tuple[str, frozenset[str]]]:
    """The things that a choice is about, with the classes that it leaves."""
    thing, classes = choice.atoms[0].subject, frozenset(atom.object for atom in choice.atoms)
    first: Atom = choice.conditions[0]
    for fact in facts:
        binding = match(first, fact)
        if binding is not None:
            for solution in solve(choice.conditions[1:], binding, known):
                yield solution[thing], classes
