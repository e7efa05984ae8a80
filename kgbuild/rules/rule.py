"""A rule: if these triples hold, then so does that one.

Terms are written as in N-Triples (``<iri>``, ``"text"``), variables as in SPARQL (``?x``): so a rule is its own SPARQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kgbuild.iris import PREFIXES, compress

TYPE = f"<{PREFIXES['rdf']}type>"
#: stands between a variable and the thing that it must be, in place of a predicate
EQUALS = "="
#: (subject, predicate, object), as in N-Triples
Fact = tuple[str, str, str]


class Atom(NamedTuple):
    """A triple pattern; the predicate is never a variable."""

    subject: str
    predicate: str
    object: str

    def bound(self, binding: dict[str, str]) -> Atom:
        """The pattern with what its variables stand for."""
        return Atom(binding.get(self.subject, self.subject), self.predicate, binding.get(self.object, self.object))

    def variables(self) -> frozenset[str]:
        """The variables of the pattern."""
        return frozenset(term for term in (self.subject, self.object) if term.startswith("?"))


@dataclass(frozen=True, slots=True)
class Axiom:
    """An axiom of the ontology, as far as a reader is told of it."""

    #: such as "chain", "inverse", "subclass"; see :data:`kgbuild.rules.KINDS`
    kind: str
    #: what it says, in words, by the English labels of its terms
    words: str
    #: the IRIs of its named terms, in the order of the axiom
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A Horn rule that follows from one axiom. Every variable of the head stands in the body; a rule without a body is a fact."""

    #: short, unique in its ontology, and the same as long as the axiom is: ``chain-represents-holdsPost-postOf``
    id: str
    body: tuple[Atom, ...]
    head: Atom
    axiom: Axiom

    @property
    def sparql(self) -> str:
        """The rule as a SPARQL CONSTRUCT query with prefixes, ready to run on any endpoint."""
        terms = {term for atom in (*self.body, self.head) for term in atom if term != TYPE}
        prefixes = sorted(prefix for prefix in PREFIXES if any(_short(term).startswith(f"{prefix}:") for term in terms))
        lines = [f"# {self.axiom.words}", *(f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in prefixes)]
        where = "".join(f"  {_pattern(atom)}\n" for atom in self.body)
        return "\n".join(lines) + f"\nCONSTRUCT {{ {_pattern(self.head)} }}\nWHERE {{\n{where}}}\n"

    def select(self, *, unless_in: str) -> str:
        """SPARQL that finds the facts (subject, predicate, object) which this rule gives and graph ``unless_in`` does not hold yet."""
        head = " ".join(self.head)
        body = " . ".join(" ".join(atom) for atom in self.body)
        columns = " ".join(f"({term} AS ?{name})" for name, term in zip("ABC", self.head, strict=True))
        return f"SELECT DISTINCT {columns} WHERE {{ {body} FILTER NOT EXISTS {{ GRAPH <{unless_in}> {{ {head} }} }} }}"

    @property
    def count(self) -> str:
        """SPARQL that counts the triples which this rule gives (?n)."""
        names = " ".join(sorted(self.head.variables()))
        body = " . ".join(" ".join(atom) for atom in self.body)
        return f"SELECT (COUNT(*) AS ?n) WHERE {{ SELECT DISTINCT {names or '(1 AS ?one)'} WHERE {{ {body} }} }}"


def _pattern(atom: Atom) -> str:
    predicate = "a" if atom.predicate == TYPE else _short(atom.predicate)
    return f"{_short(atom.subject)} {predicate} {_short(atom.object)} ."


def _short(term: str) -> str:
    if not term.startswith("<"):
        return term
    curie = compress(term[1:-1])
    local = curie.partition(":")[2]
    return curie if curie != term[1:-1] and local.replace("-", "").replace("_", "").isalnum() else term
