"""One Turtle text for an ontology, whatever tool saved it: equal ontologies give equal bytes, and a change shows as that change.

:func:`canonical` reads a file of any RDF syntax, undoes the choices that tools make (:mod:`kgbuild.turtle.normalising`) and writes
the rest in one order and layout. Shapes (SHACL) have the same form. :func:`release` makes the merged ontology in every syntax.
"""

from __future__ import annotations

from kgbuild.turtle.graph import Graph
from kgbuild.turtle.normalising import normalise
from kgbuild.turtle.reading import triples
from kgbuild.turtle.releasing import release
from kgbuild.turtle.text import canonical, digest, dropped_comments, format_graph, simplify

__all__ = ["Graph", "canonical", "digest", "dropped_comments", "format_graph", "normalise", "release", "simplify", "triples"]
