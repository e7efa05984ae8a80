"""Terms as pieces: each with its labels and a link, to its place on the page or, for terms of other vocabularies, to their IRI."""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild.documentation.entries import Piece, Value
from kgbuild.documentation.phrases import phrase
from kgbuild.iris import KG, PREFIXES, compress
from kgbuild.ontology.names import local_name
from kgbuild.ontology.parsing import Statements, Text

_LABELS = (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel")
_VANN = "http://purl.org/vocab/vann/"


def labels(statements: Statements, iri: str) -> dict[str, str]:
    """The labels of a term by language tag, rdfs:label before skos:prefLabel, the first in order of each; sorted by tag."""
    found: dict[str, str] = {}
    for predicate in _LABELS:
        for text in statements.texts(iri, predicate):
            found.setdefault(text.language, text.value)
    return dict(sorted(found.items()))


def words(key: str) -> Piece:
    """A phrase of the pages as a piece."""
    return Piece(phrase(key), phrase(key, "ro"))


def curie(iri: str) -> str:
    """An IRI as people write it; whole where no prefix fits."""
    return f"vann:{iri.removeprefix(_VANN)}" if iri.startswith(_VANN) else compress(iri)


class Links:
    """The anchors and labels of the terms that the page shows, by IRI."""

    def __init__(self, statements: Statements, iris: Iterable[str]) -> None:
        self._statements = statements
        self.anchors: dict[str, str] = {}
        taken: set[str] = set()
        # kgbuild's own terms first: the part of their IRI behind # or / is their anchor, so that the IRI itself leads there
        for iri in sorted(iris, key=lambda iri: (not iri.startswith(KG), iri)):
            anchor = safe(local_name(iri))
            if anchor in taken or not anchor:
                anchor = safe(curie(iri).replace(":", "-", 1))
            while anchor in taken:
                anchor += "_"
            taken.add(anchor)
            self.anchors[iri] = anchor

    def term(self, iri: str) -> Piece:
        """A term by its label, with a link to where it is told or, for another vocabulary's, to its IRI."""
        anchor = self.anchors.get(iri)
        if anchor is None:
            return Piece(curie(iri), href=iri if iri.startswith(("http://", "https://")) else "")
        named = labels(self._statements, iri)
        label = named.get("en") or next(iter(named.values()), local_name(iri))
        return Piece(label, named.get("ro") or label, href=f"#{anchor}")

    def terms(self, iris: Iterable[str]) -> tuple[Value, ...]:
        """Several terms, a value each, in the order of their English labels."""
        return tuple((piece,) for piece in sorted(map(self.term, iris), key=lambda piece: (piece.text.casefold(), piece.href)))

    def node(self, node: str | Text) -> Piece:
        """Any value: a term, or a literal in its language."""
        return Piece(node.value, lang=node.language) if isinstance(node, Text) else self.term(node)


def safe(text: str) -> str:
    """A text as an HTML id and URL fragment that needs no escaping: what may not stand there becomes its code point in hexadecimal."""
    return "".join(char if char.isascii() and (char.isalnum() or char in "-._") else f"~{ord(char):x}" for char in text)
