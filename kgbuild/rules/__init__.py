"""Rules from the ontology's own axioms: what is true because of what is known.

Each OWL axiom gives Horn rules (:class:`Rule`), or only forbids something, or is an error: nothing is silently left out. HermiT, a
complete reasoner, is the oracle that tests hold the rules against; it is far too slow for a store.

``typing`` holds what domains and ranges entail. It is not applied to stores: a place as speaker would become an agent, and the error
would be gone from sight. Whatever is equivalent to a complete reasoner's answer needs it too, and the choices (see
:mod:`kgbuild.rules.alternatives`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kgbuild.errors import OntologyError
from kgbuild.iris import compress
from kgbuild.rules.evaluation import Engine, Memory, parse
from kgbuild.rules.rule import EQUALS, TYPE, Atom, Axiom, Fact, Rule

# who only asks a store needs no ontology: reading one is imported where it is done, which spares `kgbuild query` a third of its time
if TYPE_CHECKING:
    from kgbuild.ontology.parsing import Statements
    from kgbuild.rules.axioms import Implication

__all__ = ["TYPE", "Atom", "Axiom", "Choice", "Engine", "Fact", "Memory", "OntologyError", "Rule", "Rules", "parse"]

#: kind of axiom -> what its rules do, in the order in which they are shown
KINDS = {
    "subclass": "a thing of a class is one of the classes above it",
    "definition": "a class is told by what its things have",
    "type": "a thing is one of an unnamed class",
    "subproperty": "a relation holds where a narrower one does",
    "inverse": "a relation holds where its inverse does, the other way round",
    "symmetric": "a relation holds both ways",
    "transitive": "a relation is passed on",
    "chain": "a relation holds where others lead, one after the other",
    "domain": "a thing is of a class since it has a property (never applied to a store)",
    "range": "a thing is of a class since it is the value of a property (never applied to a store)",
}
#: of what rules make of a store; raised when the same rules would infer otherwise, so that stores are brought up to date
VERSION = "1"
#: kinds that are left to validation: they would hide errors
TYPING = ("domain", "range")


@dataclass(frozen=True)
class Choice:
    """Where the conditions hold, one of these atoms does; which one is not said."""

    conditions: tuple[Atom, ...]
    atoms: tuple[Atom, ...]
    axiom: Axiom


@dataclass(frozen=True)
class Rules:
    """The rules of one ontology, in canonical order; equal ontologies give equal rules."""

    #: what is applied to stores
    rules: tuple[Rule, ...]
    #: what domains and ranges entail
    typing: tuple[Rule, ...] = ()
    choices: tuple[Choice, ...] = ()
    #: axioms that only say what cannot be
    forbidding: tuple[Axiom, ...] = ()
    #: pairs of named classes without a common thing
    disjoint: frozenset[tuple[str, str]] = frozenset()
    #: lines that hold whatever is known: the orders of classes and properties, and what rules without a condition give
    always: frozenset[str] = frozenset()
    engine: Engine = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        engine = Engine(self.rules)
        object.__setattr__(self, "engine", engine)
        given = engine.given | engine.forward(engine.given, Memory())
        object.__setattr__(self, "always", self.always | {" ".join(fact) for fact in given})

    @classmethod
    def from_ontology(cls, statements: Statements, always: Iterable[str] = ()) -> Rules:
        """Make the rules of an ontology; ``always``: lines that are inferred whatever is known.

        Raises:
            OntologyError: an axiom is of a kind that neither gives rules nor only forbids; it names the term and the construct.
        """
        from kgbuild.rules.axioms import read

        axioms = read(statements)
        made = _Maker()
        choices: list[Choice] = []
        unnamed: list[Implication] = []
        for implication in axioms.implications:
            choice = implication.consequence.choice
            if len(choice) == 1:
                made.add(implication.conditions, choice[0], implication.axiom)
            elif choice:
                choices.append(Choice(implication.conditions, choice, implication.axiom))
            elif implication.consequence.some:
                unnamed.append(implication)
        made.add_common(choices)
        made.add_unnamed(unnamed)
        rules = made.finished()
        return cls(
            tuple(rule for rule in rules if rule.axiom.kind not in TYPING),
            tuple(rule for rule in rules if rule.axiom.kind in TYPING),
            tuple(choices),
            tuple(sorted(axioms.forbidding, key=lambda axiom: (axiom.kind, axiom.terms))),
            frozenset(axioms.disjoint),
            frozenset(always),
        )

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def find(self, name: str) -> list[Rule]:
        """The rules that a word names: a rule's id, a kind, or a term as CURIE, IRI or local name."""
        from kgbuild.ontology.names import local_name

        everything = (*self.rules, *self.typing)
        by_id = [rule for rule in everything if name in (rule.id, rule.axiom.kind)]
        return by_id or [r for r in everything if any(name in (t, compress(t), local_name(t)) for t in r.axiom.terms)]

    def entailed(self, lines: Iterable[str]) -> list[str]:
        """What follows from some facts alone (lines ``s p o``), sorted; with a fact itself where a rule gives it too."""
        engine = self.engine
        relevant = filter(engine.is_relevant, map(parse, lines))
        return sorted(map(" ".join, engine.forward(relevant, Memory())))

    @property
    def digest(self) -> str:
        """Equal for rules that infer the same from the same; 32 hexadecimal digits."""
        parts = [VERSION, *(" ".join((*map(" ".join, rule.body), "=>", *rule.head)) for rule in self.rules), *sorted(self.always)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


class _Maker:
    """Collects rules, each once, with names."""

    def __init__(self) -> None:
        self._rules: dict[tuple[tuple[Atom, ...], Atom], Axiom] = {}

    def add(self, conditions: tuple[Atom, ...], head: Atom, axiom: Axiom) -> None:
        """Add a rule, unless it says nothing new."""
        equal = {atom.subject: atom.object for atom in conditions if atom.predicate == EQUALS and atom.subject.startswith("?")}
        if any(a.predicate == EQUALS and a.bound(equal).subject != a.object for a in conditions):
            return
        body = tuple(dict.fromkeys(atom.bound(equal) for atom in conditions if atom.predicate != EQUALS))
        head = head.bound(equal)
        if head in body:
            return
        names: dict[str, str] = {}
        for atom in (*body, head):
            for term in (atom.subject, atom.object):
                if term.startswith("?"):
                    names.setdefault(term, f"?{'xyzuvw'[len(names)] if len(names) < 6 else f'x{len(names)}'}")
        self._rules.setdefault((tuple(atom.bound(names) for atom in body), head.bound(names)), axiom)

    def add_common(self, choices: list[Choice]) -> None:
        """Whichever of several classes it is: what they have in common follows."""
        for allowed in (False, True):
            engine = self._engine(typing=allowed)
            for choice in choices:
                if (choice.axiom.kind in TYPING) is allowed:
                    sets = [{atom, *(Atom(*fact) for fact in engine.simple_heads(atom))} for atom in choice.atoms]
                    for head in sorted(set.intersection(*sets)):
                        self.add(choice.conditions, head, choice.axiom)

    def add_unnamed(self, implications: list[Implication]) -> None:
        """Whoever has some unnamed thing: what follows from that for the one who has it."""
        for typing in (False, True):
            engine = self._engine(typing=typing)
            for implication in implications:
                conditions, some = implication.conditions, implication.consequence.some
                own = {term for atom in conditions for term in (atom.subject, atom.object)}
                # variables stand for themselves here, as if they were things
                facts = [_frozen(atom) for atom in conditions]
                without = engine.forward(facts, Memory())
                for fact in sorted(engine.forward([*facts, *map(_frozen, some)], Memory()) - without):
                    head = Atom(*(term.replace("_:", "?") for term in fact))
                    if head.variables() <= own and head not in conditions:
                        kind = implication.axiom.kind if not typing else "domain"
                        self.add(conditions, head, Axiom(kind, implication.axiom.words, implication.axiom.terms))

    def finished(self) -> list[Rule]:
        """The rules in canonical order, with ids."""
        from kgbuild.ontology.names import local_name

        order = {kind: number for number, kind in enumerate(KINDS)}
        found = sorted(self._rules.items(), key=lambda item: (order[item[1].kind], item[1].terms, item[0]))
        rules, taken = [], set[str]()
        for (body, head), axiom in found:
            start = "-".join([axiom.kind, *map(local_name, axiom.terms)])
            number = 1
            while (name := start if number == 1 else f"{start}-{number}") in taken:
                number += 1
            taken.add(name)
            rules.append(Rule(name, body, head, axiom))
        return rules

    def _engine(self, *, typing: bool) -> Engine:
        rules = (Rule("", body, head, axiom) for (body, head), axiom in self._rules.items() if typing or axiom.kind not in TYPING)
        return Engine(rules)


def _frozen(atom: Atom) -> Fact:
    return atom.subject.replace("?", "_:"), atom.predicate, atom.object.replace("?", "_:")
