"""The store as explanations ask it: triples in N-Triples syntax, the graphs that hold them, labels remembered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.iris import PREFIXES, compress
from kgbuild.labels import labels
from kgbuild.result import Ask

#: (subject, predicate, object), as in N-Triples
Fact = tuple[str, str, str]
TYPE = f"<{v.TYPE}>"
HEAD = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("kg", "rdf", "rdfs", "skos", "gaf", "owl"))
#: the store's own graphs as people know them
GRAPHS = {
    "reference": "the reference data",
    "links": "a decision that two names mean one thing",
    "ontology": "the ontology",
    "derived": "a status policy",
    "inferred": "inference",
}


@dataclass
class Asking:
    """Whom to ask, the reader's language, and the base of the store's IRIs."""

    ask: Ask
    lang: str
    base: str
    _labels: dict[str, str] = field(default_factory=dict)

    def rows(self, pattern: str, *names: str, limit: int | None = None) -> list[tuple[str, ...]]:
        """Ask a graph pattern; the values of the named variables in N-Triples syntax ("" where unbound), each row once, sorted.

        With a ``limit``, the first rows in the store's order are kept.
        """
        bound = f" ORDER BY {' '.join('?' + name for name in names)} LIMIT {limit}" if limit else ""
        found = self.ask(f"{HEAD}SELECT DISTINCT {' '.join('?' + name for name in names)} WHERE {{ {pattern} }}{bound}")
        return sorted({tuple("" if row[name] is None else str(row[name]) for name in names) for row in found})

    def graphs(self, fact: Fact) -> tuple[str, ...]:
        """The named graphs that hold a fact, as IRIs without brackets; the runs and the records left out."""
        found = {graph[1:-1] for (graph,) in self.rows(f"GRAPH ?g {{ {' '.join(fact)} }}", "g")}
        return tuple(sorted(found - {iris.graph(name, base=self.base) for name in ("runs", "records")}))

    def own_graph(self, graph: str) -> str:
        """The name of one of the store's own graphs; "" for an article's."""
        start = iris.graph("", base=self.base)
        return graph.removeprefix(start) if graph.startswith(start) else ""

    def learn(self, terms: Iterable[str]) -> None:
        """Fetch the labels of terms (in N-Triples syntax) that are not known yet, at once."""
        wanted = {term[1:-1] for term in terms if term.startswith("<")} - self._labels.keys()
        if wanted:
            self._labels |= dict.fromkeys(wanted, "") | labels(wanted, self.ask, self.lang)

    def say(self, term: str) -> str:
        """A term for reading: its label, else its CURIE; a literal's text."""
        if not term.startswith("<"):
            return text_of(term)
        if term == TYPE:
            return "is a"
        self.learn([term])
        return self._labels[term[1:-1]] or compress(term[1:-1], base=self.base)

    def name(self, iri: str) -> str:
        """A thing for reading, by its IRI without brackets."""
        return self.say(f"<{iri}>")

    def say_fact(self, fact: Fact) -> str:
        """A triple for reading."""
        subject, predicate, object_ = fact
        self.learn(fact)
        said = self.say(object_) if object_.startswith("<") else f"“{self.say(object_)}”"
        return f"{self.say(subject)} — {self.say(predicate)} → {said}"


def text_of(term: str) -> str:
    """The text of a literal in N-Triples syntax; an IRI without its brackets.

    >>> text_of('"a \\\\"b\\\\""@ro'), text_of("<urn:x>")
    ('a "b"', 'urn:x')
    """
    if not term.startswith('"'):
        return term[1:-1]
    (quad,) = ox.parse(f"<urn:s> <urn:p> {term} .".encode(), ox.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, ox.Literal)
    return quad.object.value
