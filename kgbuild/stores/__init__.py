"""Stores: where the graph is kept, and kept true.

The names that other floors use. pyoxigraph is imported here and, for parsing RDF, in the ontology and the registry; nowhere above.
"""

from __future__ import annotations

from kgbuild.stores.article import ArticleGraph, PutReport, article_nquads, graph_nquads
from kgbuild.stores.dumping import FORMATS
from kgbuild.stores.embedded import EmbeddedStore
from kgbuild.stores.folder import store_exists
from kgbuild.stores.graphs import MERGED, UNMERGED, Graphs
from kgbuild.stores.reading import Answer, Counts

__all__ = [
    "FORMATS",
    "MERGED",
    "UNMERGED",
    "Answer",
    "ArticleGraph",
    "Counts",
    "EmbeddedStore",
    "Graphs",
    "PutReport",
    "article_nquads",
    "graph_nquads",
    "store_exists",
]
