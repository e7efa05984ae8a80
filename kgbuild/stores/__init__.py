"""Stores: where the graph is kept, and kept true.

The names that other floors use. pyoxigraph is imported here and, for parsing RDF, in the ontology and the registry; nowhere above.
"""

from __future__ import annotations

from kgbuild.stores.article import ArticleGraph, PutReport, article_nquads, graph_nquads
from kgbuild.stores.beginnings import Beginning
from kgbuild.stores.database import Answer
from kgbuild.stores.dumping import FORMATS
from kgbuild.stores.embedded import EmbeddedStore
from kgbuild.stores.graphs import MERGED, UNMERGED, Graphs
from kgbuild.stores.opening import build_store, open_store, store_exists
from kgbuild.stores.places import Address, Place, parse_place
from kgbuild.stores.reading import Counts
from kgbuild.stores.writing import Store

__all__ = [
    "FORMATS",
    "MERGED",
    "UNMERGED",
    "Address",
    "Answer",
    "ArticleGraph",
    "Beginning",
    "Counts",
    "EmbeddedStore",
    "Graphs",
    "Place",
    "PutReport",
    "Store",
    "article_nquads",
    "build_store",
    "graph_nquads",
    "open_store",
    "parse_place",
    "store_exists",
]
