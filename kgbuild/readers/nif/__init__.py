"""NIF 2.0, the NLP Interchange Format: RDF about the strings of a text, as Turtle, N-Triples, RDF/XML or JSON-LD.

What INCEpTION, DBpedia Spotlight, GERBIL's corpora and their kin write. Offsets count code points; each string carries its text
(``nif:anchorOf``), which is verified. A relative IRI belongs to the document of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from kgbuild.document import Document, Problem
from kgbuild.errors import FormatError
from kgbuild.readers import anchoring
from kgbuild.readers.conventions import Convention
from kgbuild.readers.lines import BOM
from kgbuild.readers.nif.contexts import documents
from kgbuild.readers.nif.graph import NIF, parse
from kgbuild.readers.places import below, place
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.whole import decode, read_whole

__all__ = ["READER", "Nif"]

_WORDS = (b"isString", b"referenceContext", b"anchorOf", b"beginIndex")
_BASE = "urn:kgbuild:document:"


class Nif:
    """NIF 2.0, the NLP Interchange Format: Turtle, N-Triples, RDF/XML or JSON-LD."""

    name = "nif"
    suffixes = (".ttl", ".nt", ".rdf")
    conventions = (
        Convention("label", "itsrdf:taClassRef, or rdf:type: a class of the ontology, or urn:inception:LABEL"),
        Convention("role", "a property of the ontology from the event's string to the other's: kg:supplier, kg:recipient"),
        Convention("statement", "a string of the type kg:Statement, with kg:speaker, kg:about, kg:date, kg:quote to other strings"),
        Convention("stance", "kg:stance with the stance's name as text"),
        Convention("date", "a string of the type kg:Date with kg:edtf and its value as text"),
        Convention("quote", "a string of the type kg:Quote, which the statement's kg:quote leads to"),
        Convention("link", "itsrdf:taIdentRef"),
        Convention("coreference", "owl:sameAs from one string to another"),
        Convention("attribute", "any property of another vocabulary, with text or number"),
        Convention("literal", "a property of the ontology with text or number: kg:quantity 3"),
        Convention("metadata", "nif:sourceUrl, dct:title, dct:publisher, dct:issued, dct:language of the context"),
        Convention("annotator", "itsrdf:taAnnotatorsRef; how sure, from 0 to 1: itsrdf:taConfidence"),
        Convention("note", "rdfs:comment"),
    )

    def sniff(self, head: bytes) -> bool:
        """Tell from the first bytes: RDF with the vocabulary of NIF, and strings or a text."""
        is_markup = head.lstrip().lower().startswith((b"<!doctype html", b"<html"))
        return NIF.encode() in head and not is_markup and any(word in head for word in _WORDS)

    def read(self, path: Path, root: Path) -> Iterator[Document | Problem]:
        """Yield a document for each context. Raises FormatError where the file cannot be opened."""
        where = place(path)
        try:
            data = read_whole(path).removeprefix(BOM)
            decode(data)
            own_id = below(path, root)
            base = _BASE + quote(own_id, safe="")
            found = False
            for document in documents(parse(data, base), base, own_id, where):
                found = True
                yield anchoring.verify(document)
            if not found:
                raise Rejected("annotation-invalid", "there is no nif:Context with a text (nif:isString) in the file")
        except Rejected as why:
            yield why.problem(path)
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror}", path=where) from error


READER = Nif()
