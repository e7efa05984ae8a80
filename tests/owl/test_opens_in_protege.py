"""The shipped ontology opens with Protégé's own loading library and loses nothing there.

A runnable Protégé is not needed for that: its releases of the 5.6 line read and write files with the OWL API 4.5.29, and so do these
tests where ``KGBUILD_JARS`` names a folder that has it.
"""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.term import Node

from kgbuild.errors import OntologyError
from kgbuild.owl import Jvm

from .files import HEAD, shipped  # noqa: TID252 - the tests are no installed package

FILES = shipped()
N_ARY = (OWL.AllDisjointClasses, OWL.AllDisjointProperties, OWL.AllDifferent)


def predicted(data: bytes) -> int:
    """How many axioms a module has, counted without the OWL API.

    Each triple whose subject is named and is not the ontology is one axiom: a declaration, an assertion, an annotation, or an axiom whose
    object may be a structure of blank nodes. Of the triples about blank nodes, only those make axioms that begin a disjointness or
    difference of many, or a subclass axiom about an unnamed class.
    """
    graph = Graph().parse(data=data, format="turtle")
    headers = set(graph.subjects(RDF.type, OWL.Ontology))
    named = sum(1 for subject in graph.subjects() if isinstance(subject, URIRef) and subject not in headers)
    many = sum(1 for kind in N_ARY for _ in graph.subjects(RDF.type, kind))
    unnamed = sum(1 for subject in graph.subjects(RDFS.subClassOf) if isinstance(subject, BNode))
    return named + many + unnamed


def test_every_module_is_taken_as_turtle_and_whole(protege: Jvm) -> None:
    assert protege.owlapi == "4.5.29"
    opened = protege.open(FILES)
    assert [module.name for module in opened.modules] == sorted(FILES)
    for module in opened.modules:
        assert module.format in ("RioTurtleDocumentFormat", "TurtleDocumentFormat"), module.name
        assert module.unparsed_triples == 0, module.name
        assert module.imports_missing == (), module.name
        assert module.axioms == predicted(FILES[module.name]), module.name
    assert sum(module.axioms for module in opened.modules) > 4000


def test_the_old_owl_api_takes_the_same_axioms(jvm: Jvm) -> None:
    opened = jvm.open(FILES)
    assert {module.name: module.axioms for module in opened.modules} == {name: predicted(data) for name, data in FILES.items()}
    assert all(module.is_rdf for module in opened.modules)


def test_the_catalog_and_the_imports_name_the_same_modules(protege: Jvm) -> None:
    alone = protege.open({"kgbuild.ttl": FILES["kgbuild.ttl"]})["kgbuild.ttl"]
    whole = protege.open(FILES, root="kgbuild.ttl")
    assert len(alone.imports_missing) == len(FILES) - 1, "the network is never asked"
    assert {module.name for module in whole.modules} == set(FILES)


def test_only_what_the_root_leads_to_is_opened(protege: Jvm) -> None:
    names = {module.name for module in protege.open(FILES, root="place.ttl").modules}
    assert "place.ttl" in names
    assert "arms.ttl" not in names


TRIPLE_TERM = b"<http://x/a> <http://x/b> <<( <http://x/c> <http://x/d> <http://x/e> )>> .\n"


def test_a_text_that_another_parser_takes_is_not_passed_off_as_turtle(protege: Jvm) -> None:
    module = protege.open({"odd.ttl": TRIPLE_TERM})["odd.ttl"]
    assert module.format == "OBODocumentFormat"
    assert module.logical_axioms == 0
    assert not module.is_rdf, "the OWL API tries every parser that it has; the format tells"


def test_a_triple_term_is_said_to_be_the_fault(jvm: Jvm) -> None:
    with pytest.raises(OntologyError, match=r"odd\.ttl: holds a triple term"):
        jvm.logic({"odd.ttl": TRIPLE_TERM})


def test_broken_turtle_is_no_ontology(jvm: Jvm) -> None:
    with pytest.raises(OntologyError, match=r"broken\.ttl"):
        jvm.open({"broken.ttl": b'<http://x/a> <http://x/b> "open .\n'})


def test_a_missing_import_is_told(protege: Jvm) -> None:
    found = protege.open({"planted.ttl": HEAD.encode()})["planted.ttl"]
    assert found.imports_missing == ("https://w3id.org/kgbuild/ontology",)


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("format", ["turtle", "rdfxml"])
def test_loading_saving_and_loading_again_changes_nothing(protege: Jvm, name: str, format: str) -> None:
    others = {other: data for other, data in FILES.items() if other != name}
    saved = protege.resave(FILES[name], format, imports=others)
    once = protege.resave(FILES[name], "functional", imports=others)
    twice = protege.resave(saved, "functional", imports=others)
    assert _axioms(twice) == _axioms(once)
    again = protege.resave(saved, format, imports=others)  # takes over what the first saving chose as prefixes
    assert protege.resave(again, format, imports=others) == again, "no byte changes any more"


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("format", ["turtle", "rdfxml"])
def test_the_canonical_form_is_the_same_after_a_saving(protege: Jvm, name: str, format: str) -> None:
    turtle = pytest.importorskip("kgbuild.turtle", reason="the canonical form has no code yet")
    saved = protege.resave(FILES[name], format, imports={other: data for other, data in FILES.items() if other != name})
    assert turtle.canonical(name, saved) == turtle.canonical(name, FILES[name])


@pytest.mark.parametrize("name", FILES)
def test_turtle_saved_there_says_of_each_term_what_it_said(protege: Jvm, name: str) -> None:
    saved = Graph().parse(data=protege.resave(FILES[name], "turtle", imports=FILES), format="turtle")
    before = Graph().parse(data=FILES[name], format="turtle")
    lost = [triple for triple in before - saved if not any(isinstance(node, BNode) for node in triple)]
    assert [triple for triple in lost if not _as_an_inverse(triple, saved)] == []


def _as_an_inverse(triple: tuple[Node, Node, Node], graph: Graph) -> bool:
    """The OWL API writes one of two names for one axiom: which of two is the inverse of, or disjoint with, the other."""
    subject, predicate, value = triple
    return predicate in (OWL.inverseOf, OWL.disjointWith, OWL.propertyDisjointWith) and (value, predicate, subject) in graph


def _axioms(functional: bytes) -> set[str]:
    return {line for line in functional.decode().splitlines() if line and not line.startswith(("#", "Prefix("))}
