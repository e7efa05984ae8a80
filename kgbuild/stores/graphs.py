"""The graphs of a store, and the rule of the default graph.

A triple is in the default graph if and only if some other graph says it as a fact. The graphs ``ontology``, ``reference``, ``links``,
``inferred`` and ``derived`` say facts only; ``runs`` and ``records`` say none; every other named graph is an article's, and says facts
and details: where in the text, by whom, in which words. Whether a line of an article is a fact or a detail follows from the line
alone (:meth:`Graphs.is_detail`), so that the named graphs alone tell what the default graph must hold.
"""

from __future__ import annotations

import re

from kgbuild.iris import KG, PREFIXES
from kgbuild.iris import graph as graph_iri

#: merged in the default graph, with all their lines
MERGED = ("ontology", "reference", "links", "inferred", "derived")
#: never merged: who loaded what and when, and the articles' records
UNMERGED = ("runs", "records")

#: predicates that say something of the annotation, whatever their subject
DETAIL_PREDICATES = (
    PREFIXES["gaf"] + "denotedBy",
    *(KG + name for name in ("dateValue", "quotation", "rawLabel", "rawRole", "rawAttribute", "note", "confidence", "defaultAnnotation")),
)
#: and so does every property of PROV-O
DETAIL_NAMESPACE = PREFIXES["prov"]


class Graphs:
    """The graphs of a store whose IRIs begin with ``base``."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.records = self.iri("records")
        self.runs = self.iri("runs")
        self.inferred = self.iri("inferred")
        self._merged = frozenset(map(self.iri, MERGED))
        self._unmerged = frozenset(map(self.iri, UNMERGED))
        subject = f"<{re.escape(base)}article/[^#>]*#[^>]*> "
        predicate = "|".join([*(f"{re.escape(iri)}>" for iri in DETAIL_PREDICATES), re.escape(DETAIL_NAMESPACE)])
        self._detail = re.compile(f"{subject}|[^ ]+ <(?:{predicate})")

    def iri(self, name: str) -> str:
        """The IRI of one of the store's own graphs. Raises ValueError on a name that is none."""
        if name not in MERGED and name not in UNMERGED:
            raise ValueError(f"“{name}” is not a graph of the store: {', '.join(MERGED + UNMERGED)}")
        return graph_iri(name, base=self.base)

    def is_merged(self, graph: str) -> bool:
        """Claim that a graph says facts only: one of the store's own, and merged."""
        return graph in self._merged

    def is_said(self, graph: str) -> bool:
        """Claim that a graph of the store's own holds facts that rules infer from, and nothing that they infer."""
        return graph in self._merged and graph != self.inferred

    def is_article(self, graph: str) -> bool:
        """Claim that a named graph is an article's: it is none of the store's own."""
        return graph not in self._merged and graph not in self._unmerged

    def is_detail(self, line: str) -> bool:
        """Claim that a line of an article (``s p o``) is a detail: about a place in the text, an annotation, a problem, a raw label."""
        return self._detail.match(line) is not None

    def says(self, graph: str, line: str) -> bool:
        """Claim that a line, found in a named graph, is a fact there."""
        return graph in self._merged or (graph not in self._unmerged and not self.is_detail(line))
