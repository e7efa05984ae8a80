"""How canonical Turtle looks: for a person who reads it, and for a diff."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from kgbuild.turtle import canonical, dropped_comments

MODULES = sorted((Path(__file__).parents[2] / "ontology").glob("*.ttl"))

PREFIXES = """@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def body(turtle: str) -> str:
    """What stands below the prefixes."""
    text = canonical("given.ttl", (PREFIXES + turtle).encode())
    return "\n".join(line for line in text.splitlines() if not line.startswith("@prefix")).strip("\n") + "\n"


LAYOUTS = {
    "a term is one block, predicates in a fixed order, English before Romanian before others": (
        'kg:B rdfs:isDefinedBy kg:x ; skos:altLabel "x"@de, "b"@ro, "b"@en ; rdfs:label "бэ"@ru, "be"@ro, "bee"@en ; rdfs:subClassOf kg:A ; a owl:Class .',
        """kg:B a owl:Class ;
    rdfs:subClassOf kg:A ;
    rdfs:label "bee"@en , "be"@ro , "бэ"@ru ;
    skos:altLabel "b"@en , "b"@ro , "x"@de ;
    rdfs:isDefinedBy kg:x .
""",
    ),
    "what does not fit on a line has a line per language, then a line per text": (
        f'kg:B skos:altLabel "one"@en, "two"@en, "unu"@ro, "doi"@ro, "{"x" * 90}"@de ; skos:definition "{"y" * 100}"@en, "{"z" * 100}"@ro .',
        f"""kg:B skos:definition
        "{"y" * 100}"@en ,
        "{"z" * 100}"@ro ;
    skos:altLabel
        "one"@en , "two"@en ,
        "doi"@ro , "unu"@ro ,
        "{"x" * 90}"@de .
""",
    ),
    "blank nodes stand where they are used, broken at their own brackets, one bracket a predicate": (
        (
            "kg:C a owl:Class ; rdfs:subClassOf kg:A , [ a owl:Restriction ; owl:someValuesFrom kg:Post ; owl:onProperty kg:holdsPost ] ; owl:equivalentClass"
            " [ a owl:Class ; owl:intersectionOf ( [ a owl:Restriction ; owl:onProperty kg:stance ; owl:hasValue kg:aStanceWithAName ] kg:A ) ] ."
        ),
        """kg:C a owl:Class ;
    rdfs:subClassOf kg:A ;
    rdfs:subClassOf [ a owl:Restriction ; owl:onProperty kg:holdsPost ; owl:someValuesFrom kg:Post ] ;
    owl:equivalentClass [
        a owl:Class ;
        owl:intersectionOf (
            kg:A
            [ a owl:Restriction ; owl:onProperty kg:stance ; owl:hasValue kg:aStanceWithAName ]
        )
    ] .
""",
    ),
    "a chain keeps its order, a union is sorted": (
        "kg:p owl:propertyChainAxiom ( kg:z [ owl:inverseOf kg:y ] kg:a ) ; rdfs:domain [ a owl:Class ; owl:unionOf ( kg:Z kg:A ) ] .",
        """kg:p owl:propertyChainAxiom ( kg:z [ owl:inverseOf kg:y ] kg:a ) ;
    rdfs:domain [ a owl:Class ; owl:unionOf ( kg:A kg:Z ) ] .
""",
    ),
    "header, declarations, annotation properties, classes, properties, things, anonymous axioms": (
        (
            '[] a owl:AllDisjointClasses ; owl:members ( kg:C kg:B kg:A ) . kg:i a kg:A . kg:d a owl:DatatypeProperty ; rdfs:label "d" .'
            ' kg:o a owl:ObjectProperty ; rdfs:label "o" . kg:A a owl:Class ; rdfs:label "A" . kg:n a owl:AnnotationProperty ; rdfs:label "n" .'
            " skos:note a owl:AnnotationProperty . skos:Concept a owl:Class . kg: a owl:Ontology ."
        ),
        """<https://w3id.org/kgbuild/ontology#> a owl:Ontology .

skos:note a owl:AnnotationProperty .
skos:Concept a owl:Class .

kg:n a owl:AnnotationProperty ;
    rdfs:label "n" .

kg:A a owl:Class ;
    rdfs:label "A" .

kg:o a owl:ObjectProperty ;
    rdfs:label "o" .

kg:d a owl:DatatypeProperty ;
    rdfs:label "d" .

kg:i a owl:NamedIndividual , kg:A .

[] a owl:AllDisjointClasses ;
    owl:members ( kg:A kg:B kg:C ) .
""",
    ),
    "the annotation of an axiom stands below the term, a node that two refer to below the first": (
        (
            "kg:B rdfs:subClassOf _:x . _:x a owl:Restriction ; owl:onProperty kg:p ; owl:hasSelf true . kg:C rdfs:subClassOf kg:B ."
            ' [] a owl:Axiom ; owl:annotatedTarget _:x ; owl:annotatedProperty rdfs:subClassOf ; owl:annotatedSource kg:B ; rdfs:comment "why" .'
        ),
        """kg:B rdfs:subClassOf _:n75a1338f .

_:n75a1338f a owl:Restriction ;
    owl:onProperty kg:p ;
    owl:hasSelf true .

[] a owl:Axiom ;
    owl:annotatedSource kg:B ;
    owl:annotatedProperty rdfs:subClassOf ;
    owl:annotatedTarget _:n75a1338f ;
    rdfs:comment "why" .

kg:C rdfs:subClassOf kg:B .
""",
    ),
    "a shape: path first, the query as it was written": (
        (
            "kg:S a sh:NodeShape ; sh:property [ sh:minCount 1 ; sh:path kg:speaker ] ; sh:sparql [ a sh:SPARQLConstraint ; sh:select '''\n"
            '    SELECT $this\n    WHERE { $this kg:about "x\\\\d" }\n\'\'\' ; sh:message "No."@en ] ; sh:targetClass kg:Statement .'
        ),
        '''kg:S a sh:NodeShape ;
    sh:targetClass kg:Statement ;
    sh:property [ sh:path kg:speaker ; sh:minCount 1 ] ;
    sh:sparql [
        a sh:SPARQLConstraint ;
        sh:message "No."@en ;
        sh:select """
    SELECT $this
    WHERE { $this kg:about "x\\\\d" }
"""
    ] .
''',
    ),
    "numbers and truths are short, other literals whole, unseen characters are shown": (
        'kg:x kg:v 7 , 0.5 , true , "2024-01-01"^^xsd:date , "a\\u200Bb" , "tab\\t" , "🚀" .',
        """kg:x kg:v 0.5 , "2024-01-01"^^xsd:date , 7 , "a\\u200Bb" , "tab\\t" , true , "🚀" .
""",
    ),
    "a prefix of one's own comes from the header": (
        (
            '<https://example.org/my> a owl:Ontology ; <http://purl.org/vocab/vann/preferredNamespacePrefix> "my" ;'
            ' <http://purl.org/vocab/vann/preferredNamespaceUri> "https://example.org/my#" . <https://example.org/my#A> a owl:Class .'
        ),
        """<https://example.org/my> a owl:Ontology ;
    vann:preferredNamespacePrefix "my" ;
    vann:preferredNamespaceUri "https://example.org/my#" .

my:A a owl:Class .
""",
    ),
}


@pytest.mark.parametrize(("turtle", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_the_layout_is(turtle: str, expected: str) -> None:
    assert body(turtle) == expected


def test_only_used_prefixes_are_declared_in_order() -> None:
    text = canonical("x.ttl", (PREFIXES + "skos:note a owl:AnnotationProperty .").encode())
    assert [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")] == ["owl:", "skos:"]


def test_nothing_gives_nothing() -> None:
    assert canonical("x.ttl", b"\n# nothing\n") == ""


NEW_CLASS = """kg:Parade a owl:Class ;
    rdfs:subClassOf kg:Event ;
    rdfs:subClassOf [ a owl:Restriction ; owl:onProperty kg:place ; owl:someValuesFrom kg:Place ] ;
    rdfs:label "parade"@en , "paradă"@ro ;
    skos:definition "An event in which troops march past."@en , "Un eveniment în care defilează trupe."@ro ;
    kg:annotationLabel "PARADE" ;
    rdfs:isDefinedBy <https://w3id.org/kgbuild/ontology/event> .

"""


def test_a_class_more_is_a_diff_of_that_class() -> None:
    before = canonical("event.ttl", next(path for path in MODULES if path.stem == "event").read_bytes())
    after = canonical("event.ttl", (before + NEW_CLASS).encode())
    lines = list(difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), n=0))[2:]
    assert [line[1:] for line in lines if line[0] == "+"] == NEW_CLASS.splitlines(keepends=True)
    assert [line for line in lines if line[0] == "-"] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"place"@en', '"location"@en'),
        ("rdfs:range", "skos:altLabel 'another'@en ; rdfs:range"),
        ('kg:annotationLabel "', 'kg:annotationLabel "A_NEW_NAME" , "'),
    ],
)
def test_a_change_to_a_term_changes_lines_of_that_term_only(old: str, new: str) -> None:
    for path in [path for path in MODULES if path.stem in ("event", "place")]:
        before = canonical(path.name, path.read_bytes())
        place = before.index(old)
        after = canonical(path.name, (before[:place] + new + before[place + len(old) :]).encode())
        changed = [(a, b) for a, b in zip(before.split("\n\n"), after.split("\n\n"), strict=True) if a != b]
        assert len(changed) == 1


def test_comments_of_people_are_named_and_those_of_tools_are_not() -> None:
    lines = [
        "#################################################################",
        "#    Classes",
        "#################################################################",
        "###  https://w3id.org/kgbuild/ontology#A",
        'kg:A rdfs:label "# no comment" ; # a remark',
        '    rdfs:comment """',
        "# no comment",
        '""" , \'#\' ; rdfs:seeAlso <urn:x#y> .',
        "# another",
    ]
    turtle = PREFIXES + "\n".join(lines)
    first = PREFIXES.count("\n")
    assert dropped_comments("x.ttl", turtle.encode()) == [first + 5, first + 9]
