"""What comes first: kinds of terms in a file, predicates in a block, values of a predicate."""

from __future__ import annotations

import pyoxigraph as ox

from kgbuild.iris import PREFIXES
from kgbuild.turtle.graph import TYPE, Graph, Node, Subject, names

_SPACES = PREFIXES | {
    "sh": "http://www.w3.org/ns/shacl#",
    "vann": "http://purl.org/vocab/vann/",
}
#: predicates in the order of a block: what a term is, how it is built, what it is called and means, how it is used; any other
#: predicate stands before the last line, by its IRI
_FIRST = """
    rdf:type
    owl:versionIRI owl:versionInfo owl:priorVersion owl:backwardCompatibleWith owl:incompatibleWith owl:imports
    owl:annotatedSource owl:annotatedProperty owl:annotatedTarget
    owl:sourceIndividual owl:assertionProperty owl:targetIndividual owl:targetValue
    owl:onProperty owl:onProperties owl:someValuesFrom owl:allValuesFrom owl:hasValue owl:hasSelf
    owl:minCardinality owl:maxCardinality owl:cardinality
    owl:minQualifiedCardinality owl:maxQualifiedCardinality owl:qualifiedCardinality owl:onClass owl:onDataRange
    owl:onDatatype owl:withRestrictions owl:complementOf owl:datatypeComplementOf owl:intersectionOf owl:unionOf owl:oneOf
    owl:members owl:distinctMembers
    rdfs:subClassOf rdfs:subPropertyOf owl:equivalentClass owl:equivalentProperty owl:disjointUnionOf
    owl:disjointWith owl:propertyDisjointWith owl:inverseOf owl:propertyChainAxiom owl:hasKey rdfs:domain rdfs:range
    owl:sameAs owl:differentFrom
    skos:inScheme skos:topConceptOf skos:hasTopConcept skos:broader skos:broaderTransitive skos:narrower skos:related
    sh:prefix sh:namespace sh:declare
    sh:targetClass sh:targetNode sh:targetSubjectsOf sh:targetObjectsOf sh:target sh:path sh:inversePath sh:alternativePath
    sh:zeroOrMorePath sh:oneOrMorePath sh:zeroOrOnePath sh:name sh:description sh:order sh:group
    sh:nodeKind sh:class sh:datatype sh:node sh:in sh:hasValue sh:minCount sh:maxCount sh:uniqueLang sh:languageIn
    sh:minInclusive sh:minExclusive sh:maxInclusive sh:maxExclusive sh:minLength sh:maxLength sh:pattern sh:flags
    sh:equals sh:disjoint sh:lessThan sh:lessThanOrEquals sh:not sh:and sh:or sh:xone
    sh:qualifiedValueShape sh:qualifiedMinCount sh:qualifiedMaxCount sh:closed sh:ignoredProperties
    sh:severity sh:message sh:deactivated sh:prefixes sh:select sh:ask sh:construct sh:property sh:sparql
    rdfs:label skos:prefLabel dct:title skos:definition dct:description dct:abstract rdfs:comment skos:altLabel skos:hiddenLabel
    skos:notation skos:example skos:scopeNote skos:note skos:editorialNote skos:changeNote skos:historyNote
    kg:annotationLabel kg:identifiedBy
""".split()
_LAST = (
    "skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch rdfs:seeAlso dct:source rdfs:isDefinedBy".split()
)
_LAST += "dct:isReplacedBy owl:deprecated".split()


def _iri(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return _SPACES[prefix] + local


_PLACE = {_iri(curie): place for place, curie in enumerate(_FIRST)}
_OTHER = len(_PLACE)
_PLACE |= {_iri(curie): _OTHER + 1 + place for place, curie in enumerate(_LAST)}

#: what a term is -> its group in the file
_GROUPS = {
    kind: group
    for group, kinds in enumerate(
        (
            names("owl", "Ontology"),
            (),  # what is only declared
            names("owl", "AnnotationProperty", "OntologyProperty"),
            names("rdfs", "Datatype"),
            (*names("owl", "Class", "DeprecatedClass"), *names("rdfs", "Class")),
            (
                *names("owl", "ObjectProperty", "FunctionalProperty", "InverseFunctionalProperty", "TransitiveProperty"),
                *names("owl", "SymmetricProperty", "AsymmetricProperty", "ReflexiveProperty", "IrreflexiveProperty"),
                *names("rdf", "Property"),
            ),
            names("owl", "DatatypeProperty"),
        )
    )
    for kind in kinds
}
_DECLARED_ONLY, _THINGS, _UNTYPED = 1, 7, 8
_DECLARATIONS = {
    *names("owl", "AnnotationProperty", "Class", "ObjectProperty", "DatatypeProperty", "NamedIndividual"),
    *names("rdfs", "Datatype"),
}
_DATATYPE_PROPERTY = names("owl", "DatatypeProperty")[0]
#: with names: the languages of the ontology, the text without a language before them, all others after them by their tag
_LANGUAGES = {"": 0, "en": 1, "ro": 2}


def is_only_declared(graph: Graph, subject: Subject) -> bool:
    """Claim that no more is said of a named node than that it is a class, a property, an individual or a datatype."""
    return (
        isinstance(subject, ox.NamedNode) and graph.predicates(subject) == [TYPE] and _DECLARATIONS.issuperset(graph.values(subject, TYPE))
    )


def of_subject(graph: Graph, subject: ox.NamedNode) -> tuple[int, int, str]:
    """Where a term stands in its file: header, declarations, annotation properties, datatypes, classes, relations, attributes, things."""
    kinds = graph.values(subject, TYPE)
    if _DATATYPE_PROPERTY in kinds:
        group = _GROUPS[_DATATYPE_PROPERTY]  # a functional one too
    else:
        known = [_GROUPS[kind] for kind in kinds if isinstance(kind, ox.NamedNode) and kind in _GROUPS]
        group = min(known, default=_THINGS if kinds else _UNTYPED)
    if is_only_declared(graph, subject):
        return _DECLARED_ONLY, group, subject.value
    return group, 0, subject.value


def of_predicate(predicate: ox.NamedNode) -> tuple[int, str]:
    """Where a predicate stands in a block."""
    return _PLACE.get(predicate.value, _OTHER), predicate.value


def of_named(value: ox.NamedNode) -> tuple[int, str]:
    """Where an IRI stands among others: first what declares a kind of term, then the other words of OWL and RDF."""
    if value in _DECLARATIONS:
        return 0, value.value
    return 1 if value.value.startswith((PREFIXES["owl"], PREFIXES["rdf"], PREFIXES["rdfs"])) else 2, value.value


def of_literal(value: ox.Literal) -> tuple[int, str, str, str]:
    """Where a literal stands among others: without a language, English, Romanian, other languages; then by its text."""
    tag = value.language or ""
    return _LANGUAGES.get(tag, len(_LANGUAGES)), tag, value.value, value.datatype.value


def of_value(value: Node) -> tuple[int, tuple[object, ...]]:
    """Where a value stands among all values of a predicate: IRIs, literals. Blank nodes come last, by what is written of them."""
    if isinstance(value, ox.NamedNode):
        return 0, of_named(value)
    return (1, of_literal(value)) if isinstance(value, ox.Literal) else (2, ())
