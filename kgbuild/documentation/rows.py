"""What is said of each term, row by row: names, hierarchy, identity, roles, codes, notes, and what uses it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kgbuild.documentation.entries import Piece, Row, Use, Value
from kgbuild.documentation.expressions import Expressions
from kgbuild.documentation.links import Links, curie, words
from kgbuild.documentation.phrases import PHRASES
from kgbuild.iris import KG, PREFIXES, compress
from kgbuild.ontology import Ontology
from kgbuild.ontology.names import local_name
from kgbuild.ontology.parsing import Node, Statements
from kgbuild.ontology.properties import COMPUTED

_RDF, _RDFS, _OWL, _SKOS, _DCT = (PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "skos", "dct"))
#: predicates that say one thing each -> heading
_NOTES = {
    KG + "cameoCode": "cameo",
    KG + "ploverType": "plover",
    _SKOS + "notation": "notation",
    _SKOS + "example": "example",
    _DCT + "source": "source",
    _SKOS + "scopeNote": "note",
    _SKOS + "note": "note",
    _SKOS + "editorialNote": "note",
    _SKOS + "changeNote": "change",
    _SKOS + "historyNote": "change",
    _DCT + "isReplacedBy": "replaced",
    **{_SKOS + f"{kind}Match": "matches" for kind in ("exact", "close", "broad", "narrow", "related")},
}
#: predicates that other rows, the heading or the marks beside it tell
_TOLD = frozenset(
    (
        _RDF + "type", _RDFS + "label", _RDFS + "comment", _SKOS + "prefLabel", _SKOS + "definition", _SKOS + "altLabel",
        KG + "annotationLabel", KG + "identifiedBy", COMPUTED, _OWL + "deprecated", _RDFS + "isDefinedBy", _RDFS + "subClassOf",
        _RDFS + "subPropertyOf", _OWL + "equivalentClass", _OWL + "equivalentProperty", _OWL + "disjointWith", _RDFS + "domain",
        _RDFS + "range", _OWL + "inverseOf", _OWL + "propertyChainAxiom", _OWL + "propertyDisjointWith", _SKOS + "inScheme",
        _OWL + "hasKey", *_NOTES,
    )
)  # fmt: skip
_ALL_DISJOINT = frozenset((_OWL + "AllDisjointClasses", _OWL + "AllDisjointProperties"))
#: an ontology's header
_HEADER = {
    _OWL + "versionInfo": "version",
    _DCT + "license": "licence",
    _DCT + "creator": "creator",
    _DCT + "publisher": "publisher",
    _DCT + "created": "created",
    _DCT + "issued": "issued",
    _DCT + "bibliographicCitation": "citation",
    "http://purl.org/vocab/vann/preferredNamespaceUri": "namespace",
    _DCT + "source": "source",
    _SKOS + "changeNote": "change",
    _SKOS + "historyNote": "change",
}


def header_rows(statements: Statements, links: Links, iri: str) -> tuple[Row, ...]:
    """What the header of an ontology says, beside its title and description."""
    return tuple(_noted(statements, links, iri, _HEADER))


def _noted(statements: Statements, links: Links, iri: str, headings: Mapping[str, str]) -> Iterable[Row]:
    by_heading: dict[str, list[Value]] = {}
    for predicate, heading in headings.items():
        texts = sorted(statements.texts(iri, predicate), key=lambda text: (_rank(text.language), text))
        values = [Piece(text.value.removesuffix("T00:00:00"), lang=text.language) for text in texts]
        values += [links.term(node) for node in statements.iris(iri, predicate)]
        by_heading.setdefault(heading, []).extend((value,) for value in values)
    for heading, found in by_heading.items():
        if found:
            yield Row(heading, tuple(found), listed=any(len(value[0].text) > 40 for value in found))


class Rows:
    """Makes the rows of each term."""

    def __init__(
        self,
        statements: Statements,
        ontology: Ontology,
        links: Links,
        kinds: Mapping[str, str],
        queries: Mapping[str, list[Use]],
        shapes: Mapping[str, list[Use]],
    ) -> None:
        self._statements = statements
        self._ontology = ontology
        self._links = links
        self._kinds = kinds
        self._queries = queries
        self._shapes = shapes
        self._expressions = Expressions(statements, links)
        self._parents: dict[str, tuple[str, ...]] = {}
        self._children: dict[str, list[str]] = {}
        self._predicates: dict[str, list[str]] = {}
        self._apart: dict[str, set[str]] = {}
        for subject, predicate, values in statements.said():
            self._predicates.setdefault(subject, []).append(predicate)
            self._keep_apart(subject, predicate, values)
        for iri, kind in kinds.items():
            self._parents[iri] = self._find_parents(iri, kind)
            for parent in self._parents[iri]:
                self._children.setdefault(parent, []).append(iri)

    def parents(self, iri: str, kind: str) -> tuple[str, ...]:
        """The terms directly above: classes, properties, or broader concepts; for a concept also its class and scheme are not these."""
        return self._parents.get(iri) or self._find_parents(iri, kind)

    def _find_parents(self, iri: str, kind: str) -> tuple[str, ...]:
        ontology = self._ontology
        if kind == "class":
            return ontology.most_specific(other for other in ontology.classes if other != iri and ontology.is_a(iri, other))
        if kind in ("relation", "attribute"):
            above = {other for other in ontology.properties if other != iri and ontology.subproperty(iri, other)}
            return tuple(sorted(a for a in above if not any(b != a and ontology.subproperty(b, a) for b in above)))
        return tuple(self._statements.iris(iri, _SKOS + "broader"))

    def of(self, iri: str, kind: str) -> tuple[Row, ...]:
        """All rows of a term, in the order in which they are read; rows without a value are left out."""
        rows = [*self._names(iri)]
        if kind == "class":
            rows += self._class(iri)
        elif kind in ("relation", "attribute"):
            rows += self._property(iri)
        else:
            rows += self._concept(iri)
        rows += [*_noted(self._statements, self._links, iri, _NOTES), *self._rest(iri), *self._uses(iri, kind)]
        return tuple(row for row in rows if row.values)

    def _names(self, iri: str) -> Iterable[Row]:
        texts = self._statements.texts(iri, KG + "annotationLabel")
        yield Row("write", tuple((Piece(text.value, code=True),) for text in texts))
        others = sorted(self._statements.texts(iri, _SKOS + "altLabel"), key=lambda text: (_rank(text.language), text))
        yield Row("also", tuple((Piece(text.value, lang=text.language),) for text in others))

    def _class(self, iri: str) -> Iterable[Row]:
        statements, ontology, links = self._statements, self._ontology, self._links
        yield Row("above", links.terms(self._parents[iri]))
        yield Row("below", links.terms(self._children.get(iri, ())))
        same = sorted(statements.values(iri, _OWL + "equivalentClass"), key=str)
        yield Row("means", tuple(map(self._expressions.words, same)), listed=True)
        needs = [node for node in statements.nodes(iri, _RDFS + "subClassOf") if node.startswith("_:")]
        yield Row("needs", tuple(sorted(map(self._expressions.words, needs), key=str)), listed=True)
        yield Row("disjoint", links.terms(self._disjoint(iri)))
        identity = ontology.identity(iri)
        if identity:
            about = () if identity[0] == iri else (words("from"), Piece(" "), links.term(identity[0]))
            yield Row("identity", links.terms(identity[1]), about)
        for head in statements.nodes(iri, _OWL + "hasKey"):
            yield Row("keys", links.terms(statements.members(head)))
        yield from self._roles(iri)
        yield Row("value-of", links.terms(prop for prop in ontology.properties if iri in ontology.ranges(prop)))
        yield Row("members", links.terms(term.iri for term in ontology.concepts_of(iri)))

    def _roles(self, iri: str) -> Iterable[Row]:
        """The properties that things of a class have: its own first, then those of each class above, nearest first."""
        ontology = self._ontology
        # the higher class has the fewer classes above it
        above = sorted((c for c in ontology.classes if ontology.is_a(iri, c)), key=lambda c: (-len(self._above(c)), c))
        for owner in sorted(above, key=lambda c: c != iri):
            own = [prop for prop in ontology.properties if owner in ontology.domains(prop)]
            about = () if owner == iri else (words("from"), Piece(" "), self._links.term(owner))
            computed = [prop for prop in own if self._statements.claims(prop, COMPUTED)]
            written = [prop for prop in own if prop not in computed]
            for heading, props in (
                ("roles", [prop for prop in written if not ontology.is_datatype_property(prop)]),
                ("attributes-of", [prop for prop in written if ontology.is_datatype_property(prop)]),
                ("computed-of", computed),
            ):
                values = sorted((self._joint(prop) for prop in props), key=lambda value: value[0].text.casefold())
                yield Row(heading, tuple(values), about, listed=owner == iri)

    def _above(self, cls: str) -> list[str]:
        return [other for other in self._ontology.classes if self._ontology.is_a(cls, other)]

    def _joint(self, prop: str) -> Value:
        return (self._links.term(prop), Piece(" → "), *self._listed(self.values_of(prop), "or"))

    def values_of(self, prop: str) -> tuple[Piece, ...]:
        """What the values of a property are: classes, a datatype, or anything."""
        datatype = self._ontology.datatype(prop)
        classes = tuple(map(self._links.term, self._ontology.ranges(prop)))
        return classes or ((Piece(compress(datatype), code=True),) if datatype else (words("anything"),))

    def _listed(self, pieces: Iterable[Piece], joint: str) -> Value:
        said: Value = ()
        for piece in pieces:
            said += (*((Piece(" "), words(joint), Piece(" ")) if said else ()), piece)
        return said

    def _keep_apart(self, subject: str, predicate: str, values: Iterable[Node]) -> None:
        """Note who has nothing in common: pairs, and the members of a list."""
        nodes = [value for value in values if isinstance(value, str)]
        if predicate in (_OWL + "disjointWith", _OWL + "propertyDisjointWith"):
            groups = [[subject, node] for node in nodes]
        elif predicate == _OWL + "members" and set(self._statements.iris(subject, _RDF + "type")) & _ALL_DISJOINT:
            groups = [list(self._statements.members(head)) for head in nodes]
        else:
            return
        for group in groups:
            for one in group:
                self._apart.setdefault(one, set()).update(set(group) - {one})

    def _disjoint(self, iri: str) -> list[str]:
        return sorted(other for other in self._apart.get(iri, ()) if not other.startswith("_:"))

    def _property(self, iri: str) -> Iterable[Row]:
        statements, ontology, links = self._statements, self._ontology, self._links
        owners = tuple(map(links.term, ontology.domains(iri))) or (words("anything"),)
        yield Row("joins", ((*self._listed(owners, "or"), Piece(" → "), *self._listed(self.values_of(iri), "or")),))
        yield Row("special", links.terms(self._parents[iri]))
        yield Row("specials", links.terms(self._children.get(iri, ())))
        traits = [local_name(cls) for cls in statements.iris(iri, _RDF + "type") if local_name(cls) in PHRASES]
        yield Row("traits", tuple((words(trait),) for trait in traits), listed=True)
        inverses = {*statements.iris(iri, _OWL + "inverseOf")}
        inverses |= {other for other in ontology.properties if iri in statements.iris(other, _OWL + "inverseOf")}
        yield Row("inverse", links.terms(inverses))
        chains = statements.nodes(iri, _OWL + "propertyChainAxiom")
        yield Row("chain", tuple(sorted(map(self._expressions.chain, chains), key=str)), listed=True)
        yield Row("disjoint", links.terms(self._disjoint(iri)))
        carriers = [cls for cls in ontology.classes if (found := ontology.identity(cls)) and found[0] == cls and iri in found[1]]
        yield Row("identifies", links.terms(carriers))

    def _concept(self, iri: str) -> Iterable[Row]:
        statements, links = self._statements, self._links
        declared = [cls for cls in statements.iris(iri, _RDF + "type") if cls in links.anchors]
        yield Row("of-class", links.terms(declared))
        yield Row("in-scheme", links.terms(statements.iris(iri, _SKOS + "inScheme")))
        yield Row("above", links.terms(self._parents[iri]))
        yield Row("below", links.terms(self._children.get(iri, ())))
        yield Row("members", links.terms(other for other in self._kinds if iri in statements.iris(other, _SKOS + "inScheme")))

    def _rest(self, iri: str) -> Iterable[Row]:
        """Whatever else is said of a term: nothing that an editor writes is left out."""
        values: list[Value] = []
        for predicate in sorted(set(self._predicates.get(iri, ())) - _TOLD):
            name = self._links.term(predicate) if predicate in self._links.anchors else Piece(curie(predicate), code=True)
            values += [(name, Piece(": "), self._links.node(text)) for text in self._statements.texts(iri, predicate)]
            values += [(name, Piece(": "), self._links.term(node)) for node in self._statements.iris(iri, predicate)]
        yield Row("said", tuple(values), listed=True)

    def _uses(self, iri: str, kind: str) -> Iterable[Row]:
        yield Row("queries-of", _anchored(self._queries.get(iri, ())))
        seen = {use.name for use in self._queries.get(iri, ())}
        if kind == "class":
            # the nearest class above that a query names: an instance of this one is an answer there too
            for owner in sorted(set(self._above(iri)) - {iri}, key=lambda c: (-len(self._above(c)), c)):
                further = [use for use in self._queries.get(owner, ()) if use.name not in seen]
                seen.update(use.name for use in further)
                yield Row("queries-through", _anchored(further), (self._links.term(owner),))
        yield Row("shapes-of", _anchored(self._shapes.get(iri, ())))


def _anchored(uses: Iterable[Use]) -> tuple[Value, ...]:
    return tuple((Piece(use.name, href=f"#{use.anchor}", code=True),) for use in uses)


def _rank(language: str) -> int:
    return {"en": 0, "ro": 1}.get(language, 2)
