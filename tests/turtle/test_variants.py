"""Whatever tool saved a file, its canonical Turtle is the same, byte for byte."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import owlready2
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, XSD, NamespaceManager
from rdflib.term import Node

from kgbuild.iris import PREFIXES
from kgbuild.turtle import canonical

MODULES = sorted((Path(__file__).parents[2] / "ontology").glob("*.ttl"))
NAMES = [path.stem for path in MODULES]
CANONICAL = {path.stem: canonical(path.name, path.read_bytes()) for path in MODULES}

#: axioms that the shipped modules may lack but that tools rewrite
RICH = """
@prefix : <https://w3id.org/kgbuild/ontology#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://w3id.org/kgbuild/ontology/rich> a owl:Ontology ; rdfs:label "rich"@en , "bogată"@ro .
skos:note a owl:AnnotationProperty . dct:date a owl:AnnotationProperty .
:A a owl:Class ; rdfs:label "a \\"q\\" \\\\ x"@en-GB , "ă 🚀"@ro ; dct:date "2024-01-01"^^xsd:date ; rdfs:comment "one\\ntwo" ;
    rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:minCardinality 2 ] ,
        [ a owl:Restriction ; owl:onProperty :p ; owl:maxQualifiedCardinality 3 ; owl:onClass :B ] ,
        [ a owl:Restriction ; owl:onProperty [ owl:inverseOf :p ] ; owl:allValuesFrom [ a owl:Class ; owl:unionOf ( :D :C ) ] ] ;
    owl:disjointWith :C .
:B a owl:Class . :C a owl:Class ; owl:hasKey ( :q :d ) . :D a owl:Class ; owl:disjointUnionOf ( :C :B ) .
:F a owl:Class ; owl:equivalentClass :E . :E a owl:Class ; rdfs:subClassOf :A .
[] a owl:Axiom ; owl:annotatedSource :E ; owl:annotatedProperty rdfs:subClassOf ; owl:annotatedTarget :A ; rdfs:comment "why" .
:H a owl:Class ; rdfs:subClassOf _:r . _:r a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :A .
[] a owl:Axiom ; owl:annotatedSource :H ; owl:annotatedProperty rdfs:subClassOf ; owl:annotatedTarget _:r ; rdfs:comment "why so" .
:J a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:oneOf ( :y :x ) ] . :K a owl:Class ; owl:deprecated true .
[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] rdfs:subClassOf :C .
:p a owl:ObjectProperty ; owl:inverseOf :r ; owl:propertyChainAxiom ( :p :q ) , ( [ owl:inverseOf :p ] :q ) .
:q a owl:ObjectProperty ; rdfs:domain [ a owl:Class ; owl:unionOf ( :C :B ) ] . :r a owl:ObjectProperty , owl:IrreflexiveProperty .
:s a owl:ObjectProperty ; owl:inverseOf :q ; owl:propertyDisjointWith :r .
:d a owl:DatatypeProperty ;
    rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions ( [ xsd:minInclusive 0 ] [ xsd:maxInclusive 9 ] ) ] .
:e a owl:DatatypeProperty ; rdfs:range [ a rdfs:Datatype ; owl:oneOf ( "b" "a" ) ] .
:x a :A ; :p :y ; :d 5 ; skos:note "hi"@en . :y a :A ; owl:differentFrom :x . :z a :B ; owl:sameAs :x .
[] a owl:AllDisjointClasses ; owl:members ( :K :J ) . [] a owl:AllDisjointClasses ; owl:members ( :K :H :C ) .
[] a owl:AllDifferent ; owl:members ( :z :y :x ) .
[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :x .
"""


@cache
def triples_of(text: str) -> list[tuple[Node, Node, Node]]:
    return list(Graph().parse(data=text, format="turtle"))


def graph_of(text: str) -> Graph:
    graph = Graph(bind_namespaces="none")
    for triple in triples_of(text):
        graph.add(triple)
    return graph


def rdflib_again(text: str, format: str) -> str:
    """The file as rdflib writes it, from triples in another order and with other names of blank nodes."""
    triples = list(triples_of(text))
    random.Random(1).shuffle(triples)
    renamed = {node: BNode() for triple in triples for node in triple if isinstance(node, BNode)}
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(tuple(renamed.get(node, node) for node in triple))  # type: ignore[arg-type]
    return graph.serialize(format=format)


def owlready_again(texts: Mapping[str, str], format: str, folder: Path) -> dict[str, bytes]:
    """The files as owlready2 saves them, loaded with their imports."""
    iris = {name: re.findall(r"^<(\S+)> a owl:Ontology", text, flags=re.MULTILINE)[0] for name, text in texts.items()}
    for name, text in texts.items():
        (folder / f"{name}.nt").write_bytes(graph_of(text).serialize(format="nt", encoding="utf-8"))
    world = owlready2.World()
    saved = {}
    with pytest.MonkeyPatch.context() as patch:
        for name, iri in iris.items():
            patch.setitem(owlready2.namespace.PREDEFINED_ONTOLOGIES, iri, str(folder / f"{name}.nt"))
        for name, iri in iris.items():
            world.get_ontology(iri).load().save(str(folder / "out"), format=format)
            saved[name] = (folder / "out").read_bytes()
    world.close()
    return saved


def rewritten(change: Callable[[Graph], None]) -> Callable[[str], str]:
    """A variant by a change to the graph."""

    def vary(text: str) -> str:
        graph = graph_of(text)
        change(graph)
        return graph.serialize(format="nt")

    return vary


def sort_lists(graph: Graph) -> None:
    for predicate in (OWL.unionOf, OWL.intersectionOf, OWL.members, OWL.distinctMembers, OWL.oneOf):
        for head in list(graph.objects(None, predicate)):
            collection = Collection(graph, head)
            members = sorted(collection, reverse=True)
            for place, member in enumerate(members):
                collection[place] = member


def widen_integers(graph: Graph) -> None:
    for subject, predicate, value in list(graph):
        if "ardinality" in predicate and isinstance(value, Literal):
            graph.set((subject, predicate, Literal(str(value), datatype=XSD.nonNegativeInteger)))


def type_strings(graph: Graph) -> None:
    for subject, predicate, value in list(graph):
        if isinstance(value, Literal) and value.datatype is None and value.language is None:
            graph.remove((subject, predicate, value))
            graph.add((subject, predicate, Literal(str(value), datatype=XSD.string)))


def declare(graph: Graph) -> None:
    for built_in in (XSD.date, XSD.dateTime, XSD.string, RDF.PlainLiteral):
        graph.add((built_in, RDF.type, RDFS.Datatype))
    graph.add((RDFS.label, RDF.type, OWL.AnnotationProperty))
    graph.add((OWL.Thing, RDF.type, OWL.Class))
    for subject, kind in list(graph.subject_objects(RDF.type)):
        if isinstance(subject, URIRef) and isinstance(kind, URIRef) and not str(kind).startswith((PREFIXES["owl"], PREFIXES["rdfs"])):
            graph.add((subject, RDF.type, OWL.NamedIndividual))


def type_list_cells(graph: Graph) -> None:
    for cell in set(graph.subjects(RDF.first)):
        graph.add((cell, RDF.type, RDF.List))


def untype_expressions(graph: Graph) -> None:
    for subject in set(graph.subjects(OWL.onProperty)):
        graph.remove((subject, RDF.type, OWL.Restriction))
    for subject in {s for p in (OWL.unionOf, OWL.intersectionOf) for s in graph.subjects(p)}:
        if isinstance(subject, BNode):
            graph.remove((subject, RDF.type, OWL.Class))


def turn_around(graph: Graph) -> None:
    for predicate in (OWL.disjointWith, OWL.propertyDisjointWith, OWL.inverseOf, OWL.differentFrom, OWL.sameAs, OWL.equivalentClass):
        for subject, value in list(graph.subject_objects(predicate)):
            if isinstance(subject, URIRef) and isinstance(value, URIRef):
                graph.remove((subject, predicate, value))
                graph.add((value, predicate, subject))


def gather_pairs(graph: Graph) -> None:
    for predicate, kind, members in (
        (OWL.disjointWith, OWL.AllDisjointClasses, OWL.members),
        (OWL.differentFrom, OWL.AllDifferent, OWL.distinctMembers),
    ):
        for subject, value in list(graph.subject_objects(predicate)):
            node, head = BNode(), BNode()
            graph.remove((subject, predicate, value))
            graph.add((node, RDF.type, kind))
            graph.add((node, members, head))
            Collection(graph, head, [value, subject])


def say_twice(graph: Graph) -> None:
    for subject, restriction in list(graph.subject_objects(RDFS.subClassOf)):
        if isinstance(restriction, BNode):
            copy = BNode()
            graph.add((subject, RDFS.subClassOf, copy))
            for predicate, value in list(graph.predicate_objects(restriction)):
                graph.add((copy, predicate, value))


def strange_prefixes(text: str) -> str:
    graph = graph_of(text)
    graph.namespace_manager = NamespaceManager(graph, bind_namespaces="none")
    graph.bind("ns1", "http://www.w3.org/2002/07/owl#")
    graph.bind("", "https://w3id.org/kgbuild/scheme/")
    graph.bind("unused", "urn:unused:")
    return graph.serialize(format="turtle")


BY_HAND: dict[str, Callable[[str], str | bytes]] = {
    "itself": lambda text: text,
    "rdflib, Turtle": lambda text: rdflib_again(text, "turtle"),
    "rdflib, long Turtle": lambda text: rdflib_again(text, "longturtle"),
    "rdflib, RDF/XML": lambda text: rdflib_again(text, "xml"),
    "rdflib, N-Triples": lambda text: rdflib_again(text, "nt"),
    "rdflib, JSON-LD": lambda text: rdflib_again(text, "json-ld"),
    "Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "empty lines": lambda text: re.sub(r" ;\n(?=    [a-z]+:)", " ;\n\n", text) + "\n\n",
    "comments": lambda text: re.sub(r"^(?=[a-z]+:)", "# a remark\n", text, flags=re.MULTILINE),
    "other prefixes": strange_prefixes,
    "lists sorted otherwise": rewritten(sort_lists),
    "cardinalities as xsd:nonNegativeInteger": rewritten(widen_integers),
    "strings with a datatype": rewritten(type_strings),
    "superfluous declarations": rewritten(declare),
    "typed list cells": rewritten(type_list_cells),
    "untyped class expressions": rewritten(untype_expressions),
    "symmetric axioms from the other side": rewritten(turn_around),
    "pairs as AllDisjointClasses and AllDifferent": rewritten(gather_pairs),
    "restrictions said twice": rewritten(say_twice),
}


@pytest.mark.parametrize("variant", BY_HAND)
def test_every_way_to_save_a_module_gives_the_same_bytes(variant: str) -> None:
    # tools are tried on every module; changes to the graph on those that have what they change
    names = CANONICAL if variant.startswith("rdflib") else ("agent", "arms", "statement")
    for name, expected in ((name, CANONICAL[name]) for name in names):
        saved = BY_HAND[variant](expected)
        assert canonical(name, saved.encode() if isinstance(saved, str) else saved) == expected, name


@pytest.mark.parametrize("variant", BY_HAND)
def test_every_way_to_save_a_rich_ontology_gives_the_same_bytes(variant: str) -> None:
    expected = canonical("rich", RICH.encode())
    saved = BY_HAND[variant](RICH if variant != "untyped class expressions" else expected)
    assert canonical("rich", saved.encode() if isinstance(saved, str) else saved) == expected


@pytest.mark.parametrize("format", ["rdfxml", "ntriples"])
def test_what_owlready2_saves_gives_the_same_bytes(format: str, tmp_path: Path) -> None:
    for name, saved in owlready_again(CANONICAL, format, tmp_path).items():
        assert canonical(name, saved) == CANONICAL[name], name


@pytest.mark.parametrize("suffix", [".ttl", ".owl"])
def test_what_protege_s_library_saves_gives_the_same_bytes(suffix: str, saved_by_protege: Path) -> None:
    for name, expected in CANONICAL.items():
        assert canonical(name, (saved_by_protege / f"{name}{suffix}").read_bytes()) == expected, name


@pytest.mark.parametrize("suffix", [".ttl", ".owl"])
def test_what_the_old_owl_api_saves_gives_the_same_bytes(suffix: str, saved_by_old_owl_api: Path) -> None:
    for name, expected in CANONICAL.items():
        assert canonical(name, (saved_by_old_owl_api / f"{name}{suffix}").read_bytes()) == expected, name
