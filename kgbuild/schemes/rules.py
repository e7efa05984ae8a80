"""What one line of a scheme says, and which lines come before which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kgbuild.schemes.globs import Glob

#: kinds of units that a label names a class for; tools tell them apart by form alone, so a rule of one serves the others too
THINGS = ("entity", "value", "topic", "event", "statement")
KINDS = (*THINGS, "relation", "role", "attr")
#: the term of what is left out on purpose
IGNORED = "-"
#: how a label and its term relate, as SSSOM and SKOS name it; for readers of the table, kgbuild does the same for each
PREDICATES = tuple(f"skos:{relation}Match" for relation in ("exact", "close", "broad", "narrow", "related"))
#: in a condition, the words of the unit itself
OWN_TEXT = "@text"


@dataclass(frozen=True)
class Condition:
    """``role=one|other``: some filler of the role is one of the alternatives, by its label, its class or its text."""

    role: str
    alternatives: tuple[Glob, ...]


@dataclass(frozen=True)
class Rule:
    """One line: a label of a kind, in a context, under conditions, is a term."""

    kind: str
    label: Glob
    context: Glob
    when: tuple[Condition, ...]
    predicate: str
    term: str
    note: str
    line: int
    #: of an attribute with a value: the glob on the value
    value: Glob | None = None

    @cached_property
    def rank(self) -> tuple[bool, int]:
        """The higher goes first: a rule with a condition before one without, then the one with the most literal characters."""
        value = self.value.literals if self.value is not None else 0
        return bool(self.when), self.label.literals + value + self.context.literals

    def ties(self, other: Rule) -> bool:
        """Claim that both may apply to one thing at one rank, and say different terms of it, whatever the document."""
        return (
            self.kind == other.kind
            and self.term != other.term
            and self.rank == other.rank
            and set(self.when) == set(other.when)
            and self.label.meets(other.label)
            and self.context.meets(other.context)
            and (self.value or _ANYTHING).meets(other.value or _ANYTHING)
        )


_ANYTHING = Glob("*")
