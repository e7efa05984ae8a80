"""OWL in words: class expressions, chains and restrictions as pieces with links ("holds post some post")."""

from __future__ import annotations

from kgbuild.documentation.entries import Piece, Value
from kgbuild.documentation.links import Links, words
from kgbuild.iris import PREFIXES
from kgbuild.ontology.parsing import Statements, Text

_OWL, _RDF, _RDFS, _XSD = (PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))
_BLANK = Piece(" ")
#: what a restriction says -> its word; the filler follows
_QUANTIFIERS = (("someValuesFrom", "some"), ("allValuesFrom", "only"), ("hasValue", "is"))
_CARDINALITIES = (
    ("cardinality", "exactly"),
    ("qualifiedCardinality", "exactly"),
    ("minCardinality", "at-least"),
    ("minQualifiedCardinality", "at-least"),
    ("maxCardinality", "at-most"),
    ("maxQualifiedCardinality", "at-most"),
)
_FACETS = (("minInclusive", "≥"), ("minExclusive", ">"), ("maxInclusive", "≤"), ("maxExclusive", "<"), ("pattern", "~"))


class Expressions:
    """Says class expressions, properties and chains in words."""

    def __init__(self, statements: Statements, links: Links) -> None:
        self._statements = statements
        self._links = links

    def words(self, node: str | Text, *, nested: bool = False) -> Value:
        """A class expression, data range or value. What is not known is shown as "…", never left out."""
        if isinstance(node, Text) or not node.startswith("_:"):
            return (self._links.node(node),)
        for predicate, joint in (("intersectionOf", "and"), ("unionOf", "or"), ("oneOf", "one-of")):
            for head in self._statements.nodes(node, _OWL + predicate):
                return self._joined(head, joint, nested)
        for part in self._statements.nodes(node, _OWL + "complementOf"):
            return (words("not"), _BLANK, *self.words(part, nested=True))
        for base in self._statements.nodes(node, _OWL + "onDatatype"):
            return (self._links.term(base), *self._facets(node))
        for prop in self._statements.nodes(node, _OWL + "onProperty"):
            said = self._restriction(node, prop)
            return (Piece("("), *said, Piece(")")) if nested else said
        return (Piece("…"),)

    def property(self, node: str) -> Value:
        """A property, or the inverse of one."""
        for inverse in self._statements.nodes(node, _OWL + "inverseOf") if node.startswith("_:") else ():
            return (self._links.term(inverse), Piece(" ("), words("backwards"), Piece(")"))
        return (self._links.term(node),)

    def chain(self, head: str) -> Value:
        """A property chain: its steps with "then" between them."""
        said: Value = ()
        for step in self._statements.members(head):
            said += (*((_BLANK, words("then"), _BLANK) if said else ()), *self.property(step))
        return said

    def _joined(self, head: str, joint: str, nested: bool) -> Value:
        members = self._list(head)
        if joint == "one-of":
            commas = [piece for member in members for piece in (Piece(", "), *self.words(member))]
            return (words(joint), _BLANK, *commas[1:])
        said: Value = ()
        for member in members:
            said += (*((_BLANK, words(joint), _BLANK) if said else ()), *self.words(member, nested=True))
        return (Piece("("), *said, Piece(")")) if nested else said

    def _list(self, head: str) -> list[str | Text]:
        members: list[str | Text] = []
        while head != _RDF + "nil" and len(members) < 1000:
            members += sorted(self._statements.values(head, _RDF + "first"), key=str)[:1]
            head = next(iter(self._statements.nodes(head, _RDF + "rest")), _RDF + "nil")
        return members

    def _restriction(self, node: str, prop: str) -> Value:
        said = (*self.property(prop), _BLANK)
        for predicate, word in _QUANTIFIERS:
            for filler in sorted(self._statements.values(node, _OWL + predicate), key=str):
                return (*said, words(word), _BLANK, *self.words(filler, nested=True))
        if self._statements.claims(node, _OWL + "hasSelf"):
            return (*said, words("itself"))
        for predicate, word in _CARDINALITIES:
            for count in self._statements.texts(node, _OWL + predicate):
                return (*said, words(word), Piece(f" {count.value}"), *self._filler(node))
        return (*said, Piece("…"))

    def _filler(self, node: str) -> Value:
        for predicate in ("onClass", "onDataRange"):
            for filler in self._statements.nodes(node, _OWL + predicate):
                return (_BLANK, *self.words(filler, nested=True))
        return ()

    def _facets(self, node: str) -> Value:
        said: Value = ()
        for head in self._statements.nodes(node, _OWL + "withRestrictions"):
            for facet in self._statements.members(head):
                for name, sign in _FACETS:
                    said += tuple(Piece(f" {sign} {text.value}") for text in self._statements.texts(facet, _XSD + name))
        return said
