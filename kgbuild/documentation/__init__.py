"""The ontology's documentation: HTML pages for people, from the ontology's files, the queries and the shapes.

Everything about a term stands in one place: both languages, what annotators write for it, where it stands in the hierarchy, what
identifies its things, and which queries and shapes use it. The pages load nothing from elsewhere and work from a folder.
"""

from __future__ import annotations

from kgbuild.documentation.entries import Book, Entry, Piece, Row
from kgbuild.documentation.reading import read
from kgbuild.documentation.rendering import render

__all__ = ["Book", "Entry", "Piece", "Row", "read", "render"]
