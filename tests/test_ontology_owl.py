"""The shipped ontology's terms: labelled and defined in both languages, and put together as OWL 2 DL wants it.

The files are read here with rdflib, which shares no code with the program's own reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Literal, Namespace, URIRef
from rdflib.term import Node

from kgbuild.folding import fold
from kgbuild.iris import PREFIXES
from tests.shipped_ontology import ALL, CLASSES, CONCEPTS, DCT, KG, LANGUAGES, ONTOLOGY, PROPERTIES, PROPERTY_TYPES, SCHEMES, TERMS, ours

XSD = Namespace(PREFIXES["xsd"])
#: roles that one agent cannot have in one event
OPPOSITE_ROLES = [
    (KG.supplier, KG.recipient), (KG.attacker, KG.target), (KG.visitor, KG.host), (KG.supporter, KG.beneficiary),
    (KG.sanctioner, KG.sanctioned),
]  # fmt: skip


def test_every_local_name_names_its_own_term() -> None:
    for cls in CLASSES:
        written = not list(ALL.objects(cls, KG.computed)) and not ONTOLOGY.is_a(str(cls), str(SKOS.Concept))
        assert (ONTOLOGY.find_class(cls.rpartition("#")[2]) == str(cls)) is written, cls
    for prop in PROPERTIES:
        if (prop, RDF.type, OWL.AnnotationProperty) not in ALL:
            owners = ONTOLOGY.domains(str(prop)) or (str(KG.Event),)
            found = {ONTOLOGY.find_role(prop.rpartition("#")[2], owner) for owner in owners}
            assert found == ({None} if list(ALL.objects(prop, KG.computed)) else {str(prop)}), prop


# --- labels and definitions


def test_every_term_is_labelled_and_defined_in_both_languages() -> None:
    for term in TERMS:
        for predicate in (RDFS.label, SKOS.definition, *([SKOS.prefLabel] if term in CONCEPTS else [])):
            languages = Counter(text.language for text in ALL.objects(term, predicate) if isinstance(text, Literal))
            assert languages == dict.fromkeys(LANGUAGES, 1), (term, predicate)
        assert term not in CONCEPTS or set(ALL.objects(term, RDFS.label)) == set(ALL.objects(term, SKOS.prefLabel)), term
        assert len(list(ALL.objects(term, RDFS.isDefinedBy))) == 1, term


def test_every_definition_is_a_sentence_of_one_form() -> None:
    for term in TERMS:
        for text in ALL.objects(term, SKOS.definition):
            assert isinstance(text, Literal)
            start = r"An? \w" if text.language == "en" else r"(Un|O) \w"
            assert re.match(start, text), text
            assert text.endswith("."), text
            assert not re.search(r"\s\s|^\s|\s$", text), text


@pytest.mark.parametrize("terms", [CLASSES, PROPERTIES, CONCEPTS, SCHEMES], ids=["classes", "properties", "concepts", "schemes"])
@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition], ids=["label", "definition"])
def test_no_two_terms_of_a_kind_share_a_label_or_a_definition(terms: list[URIRef], predicate: URIRef) -> None:
    seen = Counter((text.language, fold(text)) for term in terms for text in ALL.objects(term, predicate) if isinstance(text, Literal))
    assert [text for text, times in seen.items() if times > 1] == []


def test_romanian_is_written_with_commas_below_and_all_text_in_nfc() -> None:
    texts = [text for text in ALL.objects() if isinstance(text, Literal)]
    assert [text for text in texts if re.search("[şţŞŢ]", text)] == []
    assert [text for text in texts if unicodedata.normalize("NFC", str(text)) != str(text)] == []


def test_names_have_the_usual_form() -> None:
    assert [cls for cls in CLASSES if not re.fullmatch("[A-Z][A-Za-z0-9]+", cls.rpartition("#")[2])] == []
    assert [prop for prop in PROPERTIES if not re.fullmatch("[a-z][A-Za-z0-9]+", prop.rpartition("#")[2])] == []
    assert [concept for concept in CONCEPTS if not re.fullmatch("[a-z]+-[A-Za-z0-9-]+", concept.rpartition("/")[2])] == []


def test_every_term_names_its_source() -> None:
    assert [term for term in TERMS if not list(ALL.objects(term, DCT.source))] == []
    borrowed = {source for term in TERMS for source in ALL.objects(term, DCT.source)} - {Literal("kgbuild annotation model", lang="en")}
    assert len(borrowed) > 30


def test_event_classes_and_stances_come_with_an_example_in_both_languages() -> None:
    shown = [cls for cls in CLASSES if ONTOLOGY.is_a(cls, str(KG.Event)) or ONTOLOGY.is_a(cls, str(KG.Statement))]
    shown += [concept for concept in CONCEPTS if set(ALL.objects(concept, RDF.type)) & {KG.Stance, KG.Factuality, KG.EventStatus}]
    shown += [prop for pair in OPPOSITE_ROLES for prop in pair]
    for term in shown:
        assert sorted(text.language for text in ALL.objects(term, SKOS.example)) == list(LANGUAGES), term
    for term in set(ALL.subjects(SKOS.example)):
        assert sorted(text.language for text in ALL.objects(term, SKOS.example)) == list(LANGUAGES), term


def test_notes_are_in_both_languages() -> None:
    for predicate in (SKOS.scopeNote, SKOS.changeNote, SKOS.historyNote):
        for term in set(ALL.subjects(predicate)):
            assert sorted(text.language for text in ALL.objects(term, predicate)) == list(LANGUAGES), (term, predicate)


# --- OWL


def test_every_property_has_one_type_and_at_most_one_domain_and_range() -> None:
    for prop in PROPERTIES:
        assert sum((prop, RDF.type, kind) in ALL for kind in PROPERTY_TYPES) == 1, prop
        domains, ranges = list(ALL.objects(prop, RDFS.domain)), list(ALL.objects(prop, RDFS.range))
        assert len(domains) <= 1, prop
        assert len(ranges) <= 1, prop
        if (prop, RDF.type, OWL.AnnotationProperty) not in ALL:
            assert domains or list(ALL.objects(prop, SKOS.scopeNote)), f"{prop} has no domain and does not say why"


def test_ranges_are_of_the_right_kind() -> None:
    literal = {XSD.string, XSD.boolean, XSD.integer, XSD.decimal, XSD.anyURI, RDF.PlainLiteral}
    for prop in ours(OWL.DatatypeProperty):
        assert set(ALL.objects(prop, RDFS.range)) <= literal, prop
    for prop in ours(OWL.ObjectProperty):
        assert not set(ALL.objects(prop, RDFS.range)) & literal, prop


def test_no_axiom_uses_a_datatype_that_owl_2_lacks() -> None:
    allowed = {None, XSD.string, XSD.boolean, XSD.dateTime, RDF.langString}
    assert {text.datatype for text in ALL.objects() if isinstance(text, Literal)} <= allowed
    assert (None, None, XSD.date) not in ALL


def test_no_term_is_class_and_property_or_class_and_concept() -> None:
    assert set(CLASSES) & set(PROPERTIES) == set()
    assert (set(CLASSES) | set(PROPERTIES)) & (set(CONCEPTS) | set(SCHEMES)) == set()


def _disjoint() -> set[frozenset[URIRef]]:
    pairs = {frozenset(pair) for pair in ALL.subject_objects(OWL.disjointWith)}
    for axiom in ALL.subjects(RDF.type, OWL.AllDisjointClasses):
        members = list(ALL.items(ALL.value(axiom, OWL.members)))
        pairs |= {frozenset((a, b)) for a in members for b in members if a != b}
    return pairs


def test_the_roots_are_pairwise_disjoint() -> None:
    tops = [KG[name] for name in "Entity Event Statement Value Topic ArmsSupply PostTenure StatusAssessment".split()]
    tops += [KG.Mention, KG.Sentence, KG.Problem, KG.Annotation, KG.LoadRun, SKOS.Concept]
    below = [KG[name] for name in "Agent Post Document Place MilitaryObject".split()]
    pairs = _disjoint()
    missing = [(a, b) for group in (tops, below) for a in group for b in group if a < b and frozenset((a, b)) not in pairs]
    assert missing == []
    above = {URIRef(cls): {top for top in tops if ONTOLOGY.is_a(cls, str(top))} for cls in ONTOLOGY.classes}
    assert above.pop(KG.AcknowledgedSupply) == set(), "a transfer, an event, may be acknowledged, and so may a supply relation"
    assert {cls: found for cls, found in above.items() if len(found) != 1} == {}, "every class is below one root"


def test_a_stance_class_is_defined_by_its_stance() -> None:
    for concept in ours(KG.Stance):
        cls = ALL.value(concept, KG.stanceClass)
        definition = ALL.value(cls, OWL.equivalentClass)
        members = list(ALL.items(ALL.value(definition, OWL.intersectionOf)))
        assert KG.Statement in members
        assert {ALL.value(member, OWL.hasValue) for member in members} - {None} == {concept}
        assert (cls, RDFS.subClassOf, KG.Statement) in ALL


@pytest.mark.parametrize(
    ("prop", "links"),
    [
        ("represents", ["holdsPost", "postOf"]),
        ("represents", ["represents", "organOf"]),
        ("holdsPost", ["^holder", "post"]),
        ("amplifies", ["^author", "attaches", "publishedBy"]),
        ("reportedlySuppliedArmsTo", ["^supplier", "recipient"]),
        ("suppliedArmsTo", ["^supplier", "acknowledgedSelf", "recipient"]),
    ],
)
def test_a_relation_follows_from_a_chain(prop: str, links: list[str]) -> None:
    chains = [[_link(link) for link in ALL.items(head)] for head in ALL.objects(KG[prop], OWL.propertyChainAxiom)]
    assert links in chains


def _link(node: Node) -> str:
    inverse = ALL.value(node, OWL.inverseOf) if isinstance(node, BNode) else None
    return f"^{inverse}".replace(KG, "") if inverse else str(node).replace(KG, "")


def test_only_simple_properties_are_irreflexive_functional_or_disjoint() -> None:
    """OWL 2 DL: a property with a chain or transitive, and any above it, may not be so restricted."""
    complex_ = set(ALL.subjects(OWL.propertyChainAxiom)) | set(ALL.subjects(RDF.type, OWL.TransitiveProperty))
    above = {URIRef(p) for p in ONTOLOGY.properties if any(ONTOLOGY.subproperty(str(low), p) for low in complex_)}
    restricted = {p for kind in ("Irreflexive", "Asymmetric", "Functional") for p in ALL.subjects(RDF.type, OWL[f"{kind}Property"])}
    restricted |= {p for pair in ALL.subject_objects(OWL.propertyDisjointWith) for p in pair}
    restricted |= {ALL.value(node, OWL.onProperty) for node in ALL.subjects(OWL.hasSelf)}
    assert restricted & above == set()
    assert restricted >= {KG.supplier, KG.recipient, KG.acknowledgedSelf, KG.spouseOf, KG.conveys}


@pytest.mark.parametrize(("one", "other"), OPPOSITE_ROLES)
def test_nobody_has_opposite_roles_in_one_event(one: URIRef, other: URIRef) -> None:
    assert {(one, other), (other, one)} & set(ALL.subject_objects(OWL.propertyDisjointWith))


def test_a_key_is_made_of_functional_properties() -> None:
    keys = {cls: list(ALL.items(head)) for cls, head in ALL.subject_objects(OWL.hasKey)}
    assert keys == {KG.State: [KG.isoAlpha3], KG.Territory: [KG.isoAlpha3]}
    assert all((prop, RDF.type, OWL.FunctionalProperty) in ALL for props in keys.values() for prop in props)


def test_identity_names_properties_that_the_class_has() -> None:
    for cls, prop in ALL.subject_objects(KG.identifiedBy):
        domains = ONTOLOGY.domains(str(prop))
        owner_of_value = prop == KG.tally  # a tally is identified by the event that has it
        assert owner_of_value or not domains or any(ONTOLOGY.is_a(str(cls), domain) for domain in domains), (cls, prop)
