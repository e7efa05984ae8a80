"""Each kind of axiom gives the rules that it should, or only forbids; any other is an error that names it."""

from __future__ import annotations

import pytest

from kgbuild.errors import OntologyError
from kgbuild.ontology.parsing import parse
from kgbuild.rules import Memory, Rules
from kgbuild.rules.evaluation import parse as fact

PREFIXES = """
    @prefix : <http://x/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    :p a owl:ObjectProperty . :q a owl:ObjectProperty . :r a owl:ObjectProperty . :d a owl:DatatypeProperty . :n a owl:AnnotationProperty .
"""


def rules_of(turtle: str) -> Rules:
    return Rules.from_ontology(parse({"own.ttl": (PREFIXES + turtle).encode()})[0])


def short(text: str) -> str:
    return text.replace("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "a").replace("<http://x/", "").replace(">", "")


def long(text: str) -> str:
    one, prop, other = text.split(" ", 2)
    prop = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" if prop == "a" else f"<http://x/{prop}>"
    return f"<http://x/{one}> {prop} " + (other if other.startswith('"') else f"<http://x/{other}>")


#: axiom -> facts -> what follows from them
GIVES = {
    "a class above": (":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .", "i a A", "i a B, i a C"),
    "equivalent classes": (":A owl:equivalentClass :B .", "i a A; j a B", "i a A, i a B, j a A, j a B"),
    "an intersection below": (":A owl:equivalentClass [ owl:intersectionOf ( :B :C ) ] .", "i a B; i a C; j a B", "i a A, i a B, i a C"),
    "an intersection above": (":A rdfs:subClassOf [ owl:intersectionOf ( :B :C ) ] .", "i a A", "i a B, i a C"),
    "a union below": ("[ owl:unionOf ( :B :C ) ] rdfs:subClassOf :A .", "i a B; j a C", "i a A, j a A"),
    "what all of a union are": (":A rdfs:subClassOf [ owl:unionOf ( :B :C ) ] . :B rdfs:subClassOf :D . :C rdfs:subClassOf :D .", "i a A", "i a D"),
    "some value": ("[ owl:onProperty :p ; owl:someValuesFrom :B ] rdfs:subClassOf :A .", "i p j; j a B; k p i", "i a A"),
    "some value, of anything": ("[ owl:onProperty :p ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf :A .", "i p j", "i a A"),
    "some value, of a union": ("[ owl:onProperty :p ; owl:someValuesFrom [ owl:unionOf ( :B :C ) ] ] rdfs:subClassOf :A .", "i p j; j a C", "i a A"),
    "some value among named things": ("[ owl:onProperty :p ; owl:someValuesFrom [ owl:oneOf ( :j :k ) ] ] rdfs:subClassOf :A .", "i p j; l p m", "i a A"),
    "at least one value": ("[ owl:onProperty :p ; owl:minCardinality 1 ] rdfs:subClassOf :A .", "i p j", "i a A"),
    "some literal": ("[ owl:onProperty :d ; owl:someValuesFrom rdfs:Literal ] rdfs:subClassOf :A .", 'i d "x"', "i a A"),
    "a value": (":A owl:equivalentClass [ owl:onProperty :p ; owl:hasValue :v ] .", "i a A; j p v; k p i", "i a A, i p v, j a A, j p v"),
    "a literal value": (":A owl:equivalentClass [ owl:onProperty :d ; owl:hasValue \"x\" ] .", 'i a A; j d "x"; k d "y"', 'i a A, i d "x", j a A, j d "x"'),
    "all values": (":A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom :B ] .", "i a A; i p j; k p l", "j a B"),
    "itself": (":A owl:equivalentClass [ owl:onProperty :p ; owl:hasSelf true ] .", "i a A; j p j; k p l", "i a A, i p i, j a A, j p j"),
    "an enumeration": (":A owl:equivalentClass [ owl:oneOf ( :i :j ) ] .", "", "i a A, j a A"),
    "one value only": (":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom [ owl:oneOf ( :v ) ] ] .", "i a A", "i p v"),
    "a thing's unnamed class": (":i a [ owl:onProperty :p ; owl:hasValue :v ] .", "", "i p v"),
    "a disjoint union": (":A owl:disjointUnionOf ( :B :C ) .", "i a B", "i a A"),
    "a property above": (":p rdfs:subPropertyOf :q .", "i p j", "i q j"),
    "an attribute above": (":d rdfs:subPropertyOf :e . :e a owl:DatatypeProperty .", 'i d "x"@en', 'i e "x"@en'),
    "equivalent properties": (":p owl:equivalentProperty :q .", "i p j; k q l", "i p j, i q j, k p l, k q l"),
    "an inverse": (":p owl:inverseOf :q .", "i p j; k q l", "i p j, j q i, k q l, l p k"),
    "an unnamed inverse above": (":p rdfs:subPropertyOf [ owl:inverseOf :q ] .", "i p j", "j q i"),
    "symmetric": (":p a owl:SymmetricProperty .", "i p j", "i p j, j p i"),
    "transitive": (":p a owl:TransitiveProperty .", "i p j; j p k; k p l", "i p k, i p l, j p l"),
    "a chain of two": (":r owl:propertyChainAxiom ( :p :q ) .", "i p j; j q k", "i r k"),
    "a chain of three with an inverse": (":r owl:propertyChainAxiom ( [ owl:inverseOf :p ] :q :p ) .", "i p j; i q k; k p l", "j r l"),
    "a chain that grows": (":r owl:propertyChainAxiom ( :r :q ) . :p rdfs:subPropertyOf :r .", "i p j; j q k; k q l", "i r j, i r k, i r l"),
    "an unnamed inverse in a restriction": ("[ owl:onProperty [ owl:inverseOf :p ] ; owl:someValuesFrom :B ] rdfs:subClassOf :A .", "j a B; j p i", "i a A"),
    "something unnamed that tells a class": (":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :B ] . [ owl:onProperty :p ; owl:someValuesFrom :B ] rdfs:subClassOf :C .", "i a A", "i a C"),
    "no domain and no range": (":p rdfs:domain :A ; rdfs:range :B . :n rdfs:domain :A .", "i p j", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", GIVES)
def test_an_axiom_gives(case: str) -> None:
    turtle, facts, expected = GIVES[case]
    rules = rules_of(turtle)
    known = [fact(long(each)) for each in facts.split("; ") if each]
    found = rules.engine.forward([*known, *rules.engine.given], Memory()) | rules.engine.given
    assert sorted(short(" ".join(each)) for each in found) == sorted(each for each in expected.split(", ") if each)
    if not rules.engine.given and not any('"' in each for each in facts.split("; ")):
        assert rules.entailed([long(each) for each in facts.split("; ") if each]) == sorted(" ".join(each) for each in found)


FORBIDS = {
    "disjoint classes": (":A owl:disjointWith :B .", "disjoint classes"),
    "many disjoint classes": ("[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .", "disjoint classes"),
    "disjoint properties": (":p owl:propertyDisjointWith :q .", "disjoint properties"),
    "functional": (":p a owl:FunctionalProperty .", "one value at most"),
    "inverse functional": (":p a owl:InverseFunctionalProperty .", "one subject at most"),
    "irreflexive": (":p a owl:IrreflexiveProperty .", "never to itself"),
    "asymmetric": (":p a owl:AsymmetricProperty .", "never both ways"),
    "a key": (":A owl:hasKey ( :d ) .", "a key"),
    "different things": ("[] a owl:AllDifferent ; owl:distinctMembers ( :i :j ) .", "different things"),
}


@pytest.mark.parametrize("case", FORBIDS)
def test_an_axiom_that_only_forbids_gives_no_rule_but_is_listed(case: str) -> None:
    turtle, kind = FORBIDS[case]
    rules = rules_of(turtle)
    assert rules.rules == ()
    assert [axiom.kind for axiom in rules.forbidding] == [kind]


SAYS_NOTHING = {
    "at most": ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 1 ] .",
    "not": ":A rdfs:subClassOf [ owl:complementOf :B ] .",
    "some unnamed thing": ":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :B ] .",
    "a datatype with facets": ":d rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions ( [ xsd:minInclusive 0 ] ) ] .",
    "a named datatype": ":D a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; owl:oneOf ( 1 2 ) ] .",
    "labels, notes and annotation properties": ':A rdfs:label "a" ; skos:definition "b" . :n rdfs:range :A ; rdfs:subPropertyOf rdfs:comment .',
    "deprecation and versions": '<http://o> a owl:Ontology ; owl:versionInfo "1" . :A owl:deprecated true .',
    "the top class": ":A rdfs:subClassOf owl:Thing .",
}


@pytest.mark.parametrize("case", SAYS_NOTHING)
def test_from_some_axioms_nothing_follows_for_named_things(case: str) -> None:
    assert rules_of(SAYS_NOTHING[case]).rules == ()


ERRORS = {
    "everything reflexive": (":p a owl:ReflexiveProperty .", "owl:ReflexiveProperty"),
    "one thing under two names": (":i owl:sameAs :j .", "owl:sameAs"),
    "a complement to be told": ("[ owl:complementOf :B ] rdfs:subClassOf :A .", "owl:complementOf"),
    "all values to be told": (":A owl:equivalentClass [ owl:onProperty :p ; owl:allValuesFrom :B ] .", "owl:allValuesFrom"),
    "at most to be told": (":A owl:equivalentClass [ owl:onProperty :p ; owl:maxCardinality 2 ] .", "owl:maxCardinality"),
    "two values to be told": ("[ owl:onProperty :p ; owl:minCardinality 2 ] rdfs:subClassOf :A .", "owl:minCardinality"),
    "a datatype to be told": ("[ owl:onProperty :d ; owl:someValuesFrom xsd:integer ] rdfs:subClassOf :A .", "xsd:integer"),
    "a class that is a list": (":A owl:unionOf ( :B :C ) .", "owl:unionOf"),
    "a misspelled construct": (":A rdfs:subClassOf [ owl:onProperty :p ; owl:sumValuesFrom :B ] .", "no construct that OWL knows"),
    "an invented type": (":p a owl:ShinyProperty .", "owl:ShinyProperty"),
    "an invented axiom": (":A owl:resembles :B .", "owl:resembles"),
    "a choice between unnamed classes": (":A rdfs:subClassOf [ owl:unionOf ( :B [ owl:onProperty :p ; owl:hasValue :v ] ) ] .", "owl:unionOf"),
}  # fmt: skip


@pytest.mark.parametrize("case", ERRORS)
def test_any_other_axiom_is_an_error_that_names_term_and_construct(case: str) -> None:
    turtle, construct = ERRORS[case]
    with pytest.raises(OntologyError) as caught:
        rules_of(turtle)
    assert construct in str(caught.value)
    assert caught.value.hint


def test_rules_and_their_names_do_not_depend_on_the_order_or_layout_of_files() -> None:
    parts = [":A rdfs:subClassOf :B .", ":r owl:propertyChainAxiom ( :p :q ) .", ":A owl:equivalentClass [ owl:oneOf ( :i ) ] ."]
    one, other = rules_of("".join(parts)), rules_of("\n\n".join(reversed(parts)))
    assert [(rule.id, rule.sparql) for rule in one.rules] == [(rule.id, rule.sparql) for rule in other.rules]
    assert one.digest == other.digest


def test_an_axiom_is_told_in_words() -> None:
    (rule,) = rules_of(':A rdfs:subClassOf :B ; rdfs:label "embassy"@en . :B rdfs:label "misiune"@ro , "diplomatic mission"@en .').rules
    assert rule.axiom.words == "every embassy is a diplomatic mission"
    assert rule.axiom.terms == ("http://x/A", "http://x/B")
