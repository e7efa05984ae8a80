"""What one annotated document says, while it is being put together.

A draft holds one document's units, the class and node of each, and the lines said so far: *facts* (the article's graph and the merged
default graph) and *details* (the article's graph only: mentions, sentences, annotation, raw labels, problems).
A line is ``subject predicate object`` in N-Triples syntax, without graph and dot.
"""

from __future__ import annotations

from kgbuild import literals
from kgbuild.document import Document, Problem, Severity, Unit
from kgbuild.mapping.terms import Terms


class Draft:
    """The lines and problems of one document, filled by the functions of this package in their order."""

    def __init__(self, document: Document, *, article: str, own: str, terms: Terms) -> None:
        #: the article's IRI, which is also its graph's
        self.article = article
        #: base of the IRIs of things that only this article knows
        self.own = own
        self.document = document
        #: of the literals; empty where the document's tag is not one that RDF admits
        self.language = document.language if literals.is_language(document.language) else ""
        self.terms = terms
        self.units: dict[str, Unit] = {}
        #: unit id -> class IRI
        self.classes: dict[str, str] = {}
        #: unit id -> the annotator's labels that no class bears, or that a scheme gave a term
        self.raw_labels: dict[str, tuple[str, ...]] = {}
        self.facts: set[str] = set()
        self.details: set[str] = set()
        self.problems: list[tuple[Problem, str | None]] = [(problem, None) for problem in document.problems]

    def fact(self, subject: str, predicate: str, term: str) -> None:
        """Say a fact whose object is a term in N-Triples syntax."""
        self.facts.add(f"<{subject}> <{predicate}> {term}")

    def link(self, subject: str, predicate: str, target: str) -> None:
        """Say a fact whose object is a node."""
        self.facts.add(f"<{subject}> <{predicate}> <{target}>")

    def detail(self, subject: str, predicate: str, term: str) -> None:
        """Say a detail of the annotation, whose object is a term in N-Triples syntax."""
        self.details.add(f"<{subject}> <{predicate}> {term}")

    def own_iri(self, unit_id: str) -> str:
        """The IRI of a thing that nothing but this article identifies."""
        return f"{self.own}/{self.terms.segment(unit_id)}"

    def report(self, code: str, severity: Severity, unit_id: str, message: str, thing: str | None = None) -> None:
        """Note a problem, and the node that it concerns; once, from however many places it is seen."""
        noted = (Problem(code, severity, message, document=self.document.id, unit=unit_id), thing)
        if noted not in self.problems:
            self.problems.append(noted)
