"""What annotators may write, as every tool's configuration needs it: labels in their tree, roles, attributes, relations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: what joins two mentions of one thing, in tools that join any two marks
COREFERENCE = "coreference"
#: how many values a role or an attribute may have: one at most, any number, at least one, exactly one
Cardinality = Literal["?", "*", "+", ""]
#: the class at the top of a label's tree, by local name
Root = Literal["Entity", "Value", "Topic", "Event", "Statement"]
#: how an attribute is written: a word to choose, free text, a number, yes or no
Kind = Literal["choice", "text", "integer", "number", "flag"]
#: the roots whose labels have arguments
HAPPENINGS: tuple[Root, ...] = ("Event", "Statement")


@dataclass(frozen=True)
class Label:
    """A class as annotators mark it. ``parent`` is the label next above it; ``marked`` False: it only orders those below it."""

    name: str
    root: Root
    parent: str | None
    title: str
    definition: str
    marked: bool = True


@dataclass(frozen=True)
class Role:
    """What an event or a statement of one class has: its fillers are labels, none for any."""

    name: str
    owner: str
    fillers: tuple[str, ...]
    cardinality: Cardinality
    title: str


@dataclass(frozen=True)
class Attribute:
    """A value of a thing. ``owners``: labels, none for all; ``values``: the words to choose from, none for free text."""

    name: str
    owners: tuple[str, ...]
    values: tuple[str, ...]
    kind: Kind
    title: str
    several: bool = False


@dataclass(frozen=True)
class Relation:
    """A relation between two things that are no events: labels at its two ends, none for any."""

    name: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    symmetric: bool
    transitive: bool
    title: str


@dataclass(frozen=True)
class LabelSet:
    """Everything of one ontology that annotators may write.

    ``left_out`` says in whole sentences which terms have no word that leads back to them.
    """

    version: str
    labels: tuple[Label, ...]
    roles: tuple[Role, ...]
    attributes: tuple[Attribute, ...]
    relations: tuple[Relation, ...]
    left_out: tuple[str, ...] = ()

    def of(self, *roots: Root) -> tuple[Label, ...]:
        """The labels of some trees, each parent before its children."""
        return tuple(label for label in self.labels if label.root in roots)

    def marked(self, *roots: Root) -> tuple[str, ...]:
        """The names that annotators may mark, of some trees or of all."""
        return tuple(label.name for label in self.labels if label.marked and (not roots or label.root in roots))

    def roles_of(self, owner: str) -> tuple[Role, ...]:
        """The roles of one label."""
        return tuple(role for role in self.roles if role.owner == owner)

    def role_names(self, *roots: Root) -> tuple[str, ...]:
        """The names of the roles of some trees or of all, each once, in order."""
        owners = {label.name for label in self.of(*roots or HAPPENINGS)}
        return tuple(sorted({role.name for role in self.roles if role.owner in owners}))

    def arcs(self) -> tuple[str, ...]:
        """The names of what joins two marks in tools that know nothing but such arcs: coreference, the roles, the relations."""
        return tuple(dict.fromkeys((COREFERENCE, *self.role_names(), *(relation.name for relation in self.relations))))
