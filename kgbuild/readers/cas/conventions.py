"""How what kgbuild's model holds is annotated in INCEpTION, whatever form it is exported in."""

from __future__ import annotations

from kgbuild.readers.conventions import Convention

__all__ = ["CONVENTIONS"]

CONVENTIONS = (
    Convention("label", "the class is in text feature “value” or “label”, or in a layer's only one; else the layer is named as it"),
    Convention("role", "a slot of the event or statement: the link's role, or the name of the link feature where it has none"),
    Convention("statement", "a span on the cue (“said”), in a layer Statement or so labelled, with slots speaker, about, date, quote …"),
    Convention("stance", "text feature “stance” of the statement (denies, claims …), or the stance's class as label (Denial)"),
    Convention("date", "a span labelled Date with its value in text feature “edtf” (2024-01-16, 2023-09), in the slot “date”"),
    Convention("quote", "a span labelled Quote on the quoted words, in the statement's slot “quote”"),
    Convention("link", "concept feature “identifier”, or any concept feature: a Wikidata item or another address"),
    Convention("coreference", "a chain (what is annotated on its links is one thing), or a relation labelled coreference"),
    Convention(
        "attribute", "any other feature under its own name, several values as a list; a number 0 and false mean that it was not filled"
    ),
    Convention(
        "literal",
        "text feature “note” with a line role=value, or several with semicolons; role=IRI is a thing outside; "
        "text feature “name” is the own name of a thing",
    ),
    Convention("metadata", "a layer of type document metadata with features title, publisher, published, lang, uri, author"),
    Convention("annotator", "in a project's export the annotator's name; a curated document has none, and the status curated"),
    Convention("note", "text feature “note”; how sure the annotator is, from 0 to 1, in number feature “confidence”"),
)
