"""The alignment module: links to other vocabularies, beside the ontology, which works without it.

Whether it is consistent with the ontology is for a reasoner to say; here stands what can be said without one.
"""

from __future__ import annotations

import re

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from tests.shipped_ontology import ALL, DCT, FOLDER, MAPPINGS, is_ours

IRI = URIRef("https://w3id.org/kgbuild/ontology/alignment")
LOGICAL = {RDFS.subClassOf: OWL.Class, RDFS.subPropertyOf: OWL.ObjectProperty}
VOCABULARIES = {
    "SEM": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "PROV-O": "http://www.w3.org/ns/prov#",
    "ORG": "http://www.w3.org/ns/org#",
    "schema.org": "https://schema.org/",
    "Web Annotation": "http://www.w3.org/ns/oa#",
    "Common Core Ontologies": "https://www.commoncoreontologies.org/",
    "AIDA Interchange Format": (
        "https://raw.githubusercontent.com/NextCenturyCorporation/AIDA-Interchange-Format/"
        "master/java/src/main/resources/com/ncc/aif/ontologies/InterchangeOntology#"
    ),
    "Wikidata": "http://www.wikidata.org/",
}

ALIGNMENT = Graph().parse(FOLDER / "alignment" / "alignment.ttl")
LINKS = [(s, p, o) for s, p, o in ALIGNMENT if p in MAPPINGS | set(LOGICAL)]


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_a_vocabulary_of_the_field_is_linked(vocabulary: str) -> None:
    linked = {s for s, _, o in LINKS if str(o).startswith(VOCABULARIES[vocabulary])}
    assert len(linked) >= 4


def test_every_link_goes_from_a_term_of_ours_to_one_of_another_vocabulary() -> None:
    declared = set(ALL.subjects(RDF.type))
    assert sorted({s for s, _, _ in LINKS if is_ours(s)} - declared) == []
    assert [(s, p, o) for s, p, o in LINKS if not is_ours(s) or is_ours(o) or not isinstance(o, URIRef)] == []


def test_a_pair_of_terms_is_linked_once() -> None:
    pairs = [(s, o) for s, _, o in LINKS]
    assert len(pairs) == len(set(pairs)) >= 100


def test_nothing_of_ours_is_declared_or_described_anew() -> None:
    assert {p for s, p, _ in ALIGNMENT if is_ours(s)} <= MAPPINGS | set(LOGICAL)


def test_a_term_in_a_logical_link_is_declared_as_what_ours_is() -> None:
    for low, predicate, high in LINKS:
        if predicate in LOGICAL:
            kinds = set(ALL.objects(low, RDF.type)) & {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
            assert set(ALIGNMENT.objects(high, RDF.type)) == kinds, (low, high)


def test_no_other_vocabulary_is_imported_and_nothing_imports_the_alignment() -> None:
    assert set(ALIGNMENT.objects(IRI, OWL.imports)) == {URIRef("https://w3id.org/kgbuild/ontology")}
    assert (None, OWL.imports, IRI) not in ALL


def test_an_identifier_that_says_nothing_by_itself_carries_its_label() -> None:
    opaque = {o for _, _, o in LINKS if re.search(r"/(ont\d+|[QP]\d+)$", str(o))}
    assert len(opaque) > 40
    assert [term for term in opaque if ALIGNMENT.value(term, RDFS.label) is None] == []


def test_the_header_is_that_of_a_module_of_this_version() -> None:
    version = ALL.value(URIRef("https://w3id.org/kgbuild/ontology"), OWL.versionInfo)
    assert isinstance(version, Literal)
    assert ALIGNMENT.value(IRI, OWL.versionInfo) == version
    assert ALIGNMENT.value(IRI, OWL.versionIRI) == URIRef(f"{IRI}/{version}")
    for predicate in (DCT.title, DCT.description, DCT.abstract, RDFS.label, SKOS.changeNote):
        assert sorted(text.language or "" for text in ALIGNMENT.objects(IRI, predicate) if isinstance(text, Literal)) == ["en", "ro"]
    for predicate in (DCT.license, DCT.creator, DCT.publisher, DCT.created, DCT.issued, DCT.bibliographicCitation):
        assert ALIGNMENT.value(IRI, predicate) is not None, predicate
