"""Proofs: how a triple that no source states follows from triples that some source does.

A proof is searched backwards from the triple: each rule whose head fits is asked for what would make its body true. It is searched in
height, lowest first, so that no cycle of rules can hold it up and what is found has no detour; of proofs of one height the one with
the fewest steps is kept, of those the one through what tells the reader most (``prefer``), of those the first by its IRIs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from kgbuild.explanation.asking import Asking, Fact

#: steps from the triple to what is stated: the class tree and a few chains; higher proofs are not read by anyone
HEIGHT = 12
#: ways of making one rule's body true that are looked at
WAYS = 50
#: triples that a search looks at before it gives up
_PATIENCE = 3000


class Axiom(Protocol):
    """Where a rule comes from."""

    @property
    def words(self) -> str:
        """What the axiom says."""


class Rule(Protocol):
    """If all of the body, then the head; terms as in N-Triples, variables as in SPARQL (``?x``), predicates never variables."""

    @property
    def id(self) -> str:
        """A short name."""

    @property
    def body(self) -> Sequence[Fact]:
        """What must hold."""

    @property
    def head(self) -> Fact:
        """What then holds."""

    @property
    def axiom(self) -> Axiom:
        """The axiom that the rule follows from."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A triple and why it holds: the graphs that state it, or a rule and the proofs of what it needs.

    Without graphs and without a rule the reason is unknown: the search was given up, or what the triple rested on has changed.
    """

    fact: Fact
    graphs: tuple[str, ...] = ()
    rule: str = ""
    axiom: str = ""
    premises: tuple[Proof, ...] = ()

    @property
    def steps(self) -> int:
        """How many triples the proof has, itself included."""
        return 1 + sum(premise.steps for premise in self.premises)

    def leaves(self) -> Iterator[Proof]:
        """The stated triples that it rests on, from left to right."""
        if not self.premises:
            yield self
        for premise in self.premises:
            yield from premise.leaves()


class Prover:
    """Finds the shortest proofs of triples of one store; remembers what it has looked up."""

    def __init__(
        self, asking: Asking, rules: Iterable[Rule], *, prefer: Sequence[str] = (), stated: Callable[[Fact], tuple[str, ...]] | None = None
    ) -> None:
        """Take the store and its rules. ``prefer``: graph patterns with ``?it``, the things to go through if one can, best first."""
        self._asking = asking
        self._prefer = prefer
        self._rules: dict[str, list[Rule]] = {}
        for rule in rules:
            self._rules.setdefault(rule.head[1], []).append(rule)
        self._stated = stated or self._graphs
        self._known: dict[Fact, tuple[str, ...]] = {}
        self._ways: dict[Fact, list[tuple[Rule, tuple[Fact, ...]]]] = {}
        self._found: dict[tuple[Fact, int], Proof | None] = {}

    def _graphs(self, fact: Fact) -> tuple[str, ...]:
        return tuple(graph for graph in self._asking.graphs(fact) if self._asking.own_graph(graph) != "inferred")

    def prove(self, fact: Fact) -> Proof:
        """The shortest proof of a triple that the store holds; one without a reason where none is found."""
        self._found.clear()
        for height in range(HEIGHT + 1):
            proof = self._proof(fact, height)
            if proof is not None:
                return proof
            if len(self._known) > _PATIENCE:
                break
        return Proof(fact)

    def _proof(self, fact: Fact, height: int) -> Proof | None:
        if fact not in self._known:
            self._known[fact] = self._stated(fact)
        if self._known[fact]:
            return Proof(fact, self._known[fact])
        if height == 0 or len(self._known) > _PATIENCE:
            return None
        key = (fact, height)
        if key not in self._found:
            self._found[key] = self._shortest(fact, height)
        return self._found[key]

    def _shortest(self, fact: Fact, height: int) -> Proof | None:
        best: Proof | None = None
        for rule, needs in self._ways_to(fact):
            premises: list[Proof] = []
            for need in needs:
                premise = self._proof(need, height - 1)
                if premise is None:
                    break
                premises.append(premise)
            else:
                proof = Proof(fact, (), rule.id, rule.axiom.words, tuple(premises))
                if best is None or proof.steps < best.steps:
                    best = proof
        return best

    def _ways_to(self, fact: Fact) -> list[tuple[Rule, tuple[Fact, ...]]]:
        """Each rule that gives the triple, with the triples of the store that make its body true."""
        if fact not in self._ways:
            ways = []
            for rule in self._rules.get(fact[1], ()):
                binding = _match(rule.head, fact)
                if binding is not None:
                    ways += [(rule, needs) for needs in self._instances(rule, binding) if fact not in needs]
            self._ways[fact] = ways
        return self._ways[fact]

    def _instances(self, rule: Rule, binding: dict[str, str]) -> Iterator[tuple[Fact, ...]]:
        body = [_bound(atom, binding) for atom in rule.body]
        free = sorted({term for atom in body for term in (atom[0], atom[2]) if term.startswith("?")})
        pattern = " . ".join(" ".join(atom) for atom in body)
        if not free:
            if self._asking.rows(f"{pattern} BIND(1 AS ?yes)", "yes", limit=1):
                yield tuple(body)
            return
        for _rank, *row in self._asking.rows(
            f"{pattern} BIND({self._rank(free)} AS ?rank)", "rank", *(name[1:] for name in free), limit=WAYS
        ):
            solution = dict(zip(free, row, strict=True))
            yield tuple(_bound(atom, solution) for atom in body)

    def _rank(self, free: list[str]) -> str:
        """SPARQL for the place in ``prefer`` of the best of the things that the variables stand for."""
        rank = str(len(self._prefer))
        for place, pattern in reversed(list(enumerate(self._prefer))):
            fits = " || ".join(f"EXISTS {{ {pattern.replace('?it', name)} }}" for name in free)
            rank = f"IF({fits}, {place}, {rank})"
        return rank


def _match(pattern: Fact, fact: Fact) -> dict[str, str] | None:
    binding: dict[str, str] = {}
    for term, value in zip(pattern, fact, strict=True):
        if term.startswith("?"):
            if binding.setdefault(term, value) != value:
                return None
        elif term != value:
            return None
    return binding


def _bound(atom: Fact, binding: dict[str, str]) -> Fact:
    subject, predicate, object_ = atom
    return binding.get(subject, subject), predicate, binding.get(object_, object_)
