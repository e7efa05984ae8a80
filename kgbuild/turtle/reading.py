"""From the bytes of a file to triples, whatever RDF syntax a tool saved them in; the syntax is told by the content, not by the name.

Line ends and a byte order mark are the editor's and not the text's: ``\\r\\n`` counts as ``\\n`` even inside a literal.
"""

from __future__ import annotations

import codecs
import re
from xml.parsers import expat

import pyoxigraph as ox

from kgbuild.errors import OntologyError
from kgbuild.turtle.graph import Triple

#: how what is not RDF begins, and what to do about it
_NOT_RDF = (
    (re.compile(r"(<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(\[.*?\])?\s*>\s*)*<(owl:)?Ontology\b", re.DOTALL), "OWL/XML"),
    (re.compile(r"(Prefix|Ontology)\s*\("), "OWL functional syntax"),
    (re.compile(r"(Prefix|Ontology):"), "Manchester syntax"),
    (re.compile(r"format-version:"), "OBO"),
)
_XML = re.compile(r"<\?xml|<!DOCTYPE|<!--|<[A-Za-z_][\w.-]*(:[\w.-]+)?\s")
_JSON = re.compile(r"\{|\[\s*\{|\[\s*\]\s*$")
_HINTS = {
    ox.RdfFormat.TURTLE: "correct the Turtle at that place",
    ox.RdfFormat.RDF_XML: "correct the XML at that place, or save the file again",
    ox.RdfFormat.JSON_LD: "correct the JSON-LD; contexts that lie elsewhere are not fetched",
}


def text_of(name: str, data: bytes) -> str:
    """Decode a file, without byte order mark and with ``\\n`` at line ends. Raises OntologyError where it is not UTF-8."""
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = len(data[: error.start].splitlines()) or 1
        raise OntologyError(f"{name}:{line}: not UTF-8: {error.reason}", hint="save the file as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def syntax_of(name: str, text: str) -> ox.RdfFormat:
    """Tell the syntax by how the text begins: RDF/XML, JSON-LD, else Turtle, of which N-Triples is a part.

    Raises:
        OntologyError: it begins as one of OWL's syntaxes that are not RDF.
    """
    start = text.lstrip()
    for begins, called in _NOT_RDF:
        if begins.match(start):
            raise OntologyError(
                f"{name}: this is {called}, which is not read here", hint="save it as Turtle or RDF/XML (in Protégé: Save as…)"
            )
    if _XML.match(start):
        return ox.RdfFormat.RDF_XML
    return ox.RdfFormat.JSON_LD if _JSON.match(start) else ox.RdfFormat.TURTLE


def triples(name: str, data: bytes, syntax: ox.RdfFormat | None = None) -> list[Triple]:
    """Parse a file into its triples, in the file's order; blank nodes get names of their own, so that no two files share one.

    Args:
        name: what messages call the file.
        data: its content.
        syntax: the one that it must have; without it, the one that it looks like.

    Raises:
        OntologyError: the file is not UTF-8 or breaks off its syntax (the message starts with ``file:line``), is no RDF, or says
            what only RDF 1.2 can.
    """
    text = text_of(name, data)
    chosen = syntax or syntax_of(name, text)
    try:
        return _parsed(name, text, chosen)
    except SyntaxError as error:
        if chosen == ox.RdfFormat.TURTLE and syntax is None:
            try:
                return _parsed(name, text, ox.RdfFormat.N3)
            except (SyntaxError, OntologyError):
                pass  # the Turtle parser's words are the ones to hear
        line = error.lineno or (_broken_xml(text) if chosen == ox.RdfFormat.RDF_XML else None)
        raise OntologyError(f"{name if line is None else f'{name}:{line}'}: {_what(error)}", hint=_HINTS[chosen]) from None


def _parsed(name: str, text: str, syntax: ox.RdfFormat) -> list[Triple]:
    found = []
    for quad in ox.parse(text, format=syntax, rename_blank_nodes=True):
        subject, value = quad.subject, quad.object
        if isinstance(value, ox.Triple) or isinstance(subject, ox.Triple):
            raise OntologyError(f"{name}: a triple term stands in the ontology", hint="use plain RDF 1.1: OWL knows no triple terms")
        if isinstance(value, ox.Literal) and value.direction is not None:
            raise OntologyError(f"{name}: a text with a direction stands in the ontology", hint="use plain RDF 1.1: @ar, not @ar--rtl")
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            raise OntologyError(f"{name}: a named graph stands in the ontology", hint="use plain triples")
        found.append((subject, quad.predicate, value))
    return found


def _broken_xml(text: str) -> int | None:
    """The line at which XML is not well formed, which oxigraph does not tell."""
    try:
        expat.ParserCreate().Parse(text, True)
    except expat.ExpatError as error:
        return error.lineno
    return None


def _what(error: SyntaxError) -> str:
    """The parser's reason without the place, which it puts in front ("Parser error at line 3 between columns 9 and 13: …")."""
    return re.sub(r"^Parser error (at|between) line[^:]*: (?=.)", "", error.msg)
