"""The words of RDF, RDFS, OWL 2 and XML Schema that may stand in an ontology: anything else there is a slip of the pen."""

from __future__ import annotations

from kgbuild.iris import PREFIXES

_WORDS = {
    "rdf": """
        type Property Statement subject predicate object List first rest nil value PlainLiteral langString XMLLiteral HTML JSON Bag
        Seq Alt dirLangString reifies langRange
    """,
    "rdfs": """
        Resource Class Literal Datatype subClassOf subPropertyOf domain range label comment seeAlso isDefinedBy member Container
        ContainerMembershipProperty
    """,
    "owl": """
        Class ObjectProperty DatatypeProperty AnnotationProperty OntologyProperty NamedIndividual Ontology Restriction Axiom
        Annotation AllDifferent AllDisjointClasses AllDisjointProperties NegativePropertyAssertion Thing Nothing topObjectProperty
        bottomObjectProperty topDataProperty bottomDataProperty FunctionalProperty InverseFunctionalProperty TransitiveProperty
        SymmetricProperty AsymmetricProperty ReflexiveProperty IrreflexiveProperty DeprecatedClass DeprecatedProperty DataRange
        imports versionIRI versionInfo priorVersion backwardCompatibleWith incompatibleWith deprecated equivalentClass disjointWith
        disjointUnionOf complementOf intersectionOf unionOf oneOf hasKey equivalentProperty propertyDisjointWith inverseOf
        propertyChainAxiom sameAs differentFrom members distinctMembers onProperty onProperties onClass onDataRange onDatatype
        withRestrictions datatypeComplementOf someValuesFrom allValuesFrom hasValue hasSelf cardinality minCardinality maxCardinality
        qualifiedCardinality minQualifiedCardinality maxQualifiedCardinality annotatedSource annotatedProperty annotatedTarget
        sourceIndividual assertionProperty targetIndividual targetValue real rational
    """,
    "xsd": """
        string boolean decimal integer double float date time dateTime dateTimeStamp gYear gMonth gDay gYearMonth gMonthDay duration
        yearMonthDuration dayTimeDuration byte short int long unsignedByte unsignedShort unsignedInt unsignedLong positiveInteger
        nonNegativeInteger negativeInteger nonPositiveInteger hexBinary base64Binary anyURI language normalizedString token NMTOKEN
        Name NCName QName anySimpleType anyType anyAtomicType length minLength maxLength pattern minInclusive maxInclusive
        minExclusive maxExclusive totalDigits fractionDigits ENTITY ID IDREF NOTATION
    """,
}

#: every word, as an IRI
KNOWN = frozenset(PREFIXES[prefix] + word for prefix, words in _WORDS.items() for word in words.split())
