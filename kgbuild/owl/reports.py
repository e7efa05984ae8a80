"""What the OWL API and the reasoner say of an ontology, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: an individual and a class it is of; a subject, an object property and an object: all as IRIs
Type = tuple[str, str]
Relation = tuple[str, str, str]


@dataclass(frozen=True)
class Module:
    """One file as the OWL API took it.

    ``format`` is the simple name of the format class that accepted the file. It must be looked at: the OWL API tries every parser it
    has, and one for OBO accepts almost any text, with no axiom in it.
    """

    name: str
    iri: str
    format: str
    axioms: int
    logical_axioms: int
    unparsed_triples: int
    imports_missing: tuple[str, ...]

    @property
    def is_rdf(self) -> bool:
        """Claim that the file was taken as Turtle or, converted for an old OWL API, as RDF/XML."""
        return "Turtle" in self.format or "RDFXML" in self.format


@dataclass(frozen=True)
class Opened:
    """All files as the OWL API took them, in the order of their names, and which OWL API that was."""

    modules: tuple[Module, ...]
    owlapi: str

    def __getitem__(self, name: str) -> Module:
        return next(module for module in self.modules if module.name == name)


@dataclass(frozen=True)
class Violation:
    """A breach of OWL 2 DL: in which module (``merged`` for all together), what rule, and by which axiom, in words (may be empty)."""

    module: str
    message: str
    axiom: str


@dataclass(frozen=True)
class LogicReport:
    """What profile checker and reasoner found.

    ``consistent`` says that the reasoner found a model. ``refused`` is empty, or the reason why the reasoner would not take the
    ontology at all; then ``consistent`` is False, since nothing was shown. ``unsatisfiable`` are IRIs, sorted. ``explanations`` has a
    key for each unsatisfiable class that was explained, or the empty string for an inconsistency, and one or two sets of axioms in
    words, each set a text of one sentence a line; no sentence of a set can be left out.
    """

    violations: tuple[Violation, ...]
    consistent: bool
    unsatisfiable: tuple[str, ...]
    explanations: Mapping[str, tuple[str, ...]]
    opened: Opened
    reasoner: str
    seconds: float
    refused: str = ""

    @property
    def is_sound(self) -> bool:
        """Claim that there is nothing to mend: in OWL 2 DL, consistent, every class satisfiable."""
        return self.consistent and not (self.violations or self.unsatisfiable or self.refused)


@dataclass(frozen=True)
class Entailments:
    """All that follows about named individuals: their named classes (without ``owl:Thing``) and object properties (without the top one).

    Both sets are empty where the data is inconsistent: then everything would follow.
    """

    consistent: bool
    types: frozenset[Type]
    relations: frozenset[Relation]
    seconds: float = 0.0
