"""The knowledge graph as one OWL 2 DL document, for Protégé, reasoners and owlready2: the ontology, and what chosen articles say.

What OWL tools cannot take or do not need stays out: where in the text a thing stands, look-up keys, labels in languages that are
neither English, Romanian nor an article's own. Days become ``xsd:dateTime``, since HermiT refuses ``xsd:date``.
"""

from __future__ import annotations

from kgbuild.exporting.document import FORMATS, owl_document, write
from kgbuild.exporting.selection import select

__all__ = ["FORMATS", "owl_document", "select", "write"]
