"""The shipped ontology files: complete by the model, labelled in both languages, and fit for OWL tools.

The files are read here with rdflib, which shares no code with the program's own reading.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from kgbuild import vocabulary
from kgbuild.folding import fold
from kgbuild.ontology import Ontology

FOLDER = Path(__file__).parents[1] / "ontology"
PATHS = sorted(FOLDER.glob("*.ttl"))
KG = Namespace("https://w3id.org/kgbuild/ontology#")
KGS = Namespace("https://w3id.org/kgbuild/scheme/")
DCT = Namespace("http://purl.org/dc/terms/")
BASE = "https://w3id.org/kgbuild/ontology"
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
LANGUAGES = ("en", "ro")

GRAPHS = {path.stem: Graph().parse(path) for path in PATHS}
ALL = Graph()
for _graph in GRAPHS.values():
    ALL += _graph
ONTOLOGY = Ontology.parse({path.name: path.read_bytes() for path in PATHS})


def ours(kind: URIRef) -> list[URIRef]:
    return sorted(s for s in set(ALL.subjects(RDF.type, kind)) if isinstance(s, URIRef) and s.startswith((str(KG), str(KGS))))


CLASSES = ours(OWL.Class)
PROPERTIES = sorted({p for kind in PROPERTY_TYPES for p in ours(kind)})
CONCEPTS = sorted(s for s in ours(OWL.NamedIndividual) if (s, RDF.type, SKOS.ConceptScheme) not in ALL)
SCHEMES = ours(SKOS.ConceptScheme)
TERMS = [*CLASSES, *PROPERTIES, *CONCEPTS, *SCHEMES]

# --- completeness, by section 4 of the model

MODEL_CLASSES = """
    State Person Organization GovernmentBody Ministry DiplomaticMission Embassy ArmedForces ArmedGroup InternationalOrganization
    PoliticalParty Coalition MediaOutlet Blog Official Post Article SocialMediaPost
    Place Territory Settlement Facility Cosmodrome MilitaryObject Weapon Missile BallisticMissile Munition
    Meeting Visit PhoneCall Agreement Cooperation SupportProvision SanctionImposition ArmsTransfer Strike WeaponUse MilitaryOperation
    Disinformation Statement Denial Date Quote TargetTally Quantity ArmsSupply PostTenure StatusAssessment
    Agent Document Entity Event Value Topic
""".split()

MODEL_ROLES = {
    "Meeting": "participant place date topic",
    "Visit": "visitor host place date",
    "PhoneCall": "participant date topic",
    "Agreement": "participant date place",
    "ArmsTransfer": "supplier recipient item quantity via date",
    "Strike": "attacker target item tally place date",
    "WeaponUse": "attacker target item tally place date",
    "MilitaryOperation": "attacker target date place",
    "SupportProvision": "supporter beneficiary forum",
    "SanctionImposition": "sanctioner sanctioned date",
    "Cooperation": "participant forum",
    "Disinformation": "actor",
    "Event": "date place subEventOf",
    "Statement": "speaker onBehalfOf addressee accused about quote medium date madeDuring expressedIn conveys respondsTo interprets after",
}
MODEL_RELATIONS = "holdsPost postOf organOf accreditedTo memberOf spouseOf owns author publishedBy attaches locatedIn".split()
MODEL_STATUSES = "acknowledged contested alleged denied pledged unanswered reported self-claimed".split()


@pytest.mark.parametrize("name", MODEL_CLASSES)
def test_every_class_of_the_model_is_found_by_its_name(name: str) -> None:
    assert ONTOLOGY.find_class(name) == str(KG[name])


@pytest.mark.parametrize(("owner", "role"), [(owner, role) for owner, roles in MODEL_ROLES.items() for role in roles.split()])
def test_every_role_of_the_model_is_found_on_its_class(owner: str, role: str) -> None:
    assert ONTOLOGY.find_role(role, str(KG[owner])) == str(KG[role])


@pytest.mark.parametrize("name", MODEL_RELATIONS)
def test_every_relation_of_the_model_is_found(name: str) -> None:
    assert ONTOLOGY.find_relation(name) == str(KG[name])


@pytest.mark.parametrize("code", MODEL_STATUSES)
def test_every_status_of_the_model_exists(code: str) -> None:
    assert ONTOLOGY.find_concept(code, str(KG.status)) == str(KGS[f"status-{code}"])


def test_every_term_that_the_code_names_is_in_the_files() -> None:
    named = {URIRef(value) for value in vars(vocabulary).values() if isinstance(value, str) and value.startswith(str(KG)) and value != str(KG)}
    assert sorted(named - set(TERMS)) == []


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES], ids=lambda term: term.rpartition("#")[2])
def test_every_local_name_names_its_own_term(term: URIRef) -> None:
    name = term.rpartition("#")[2]
    if term in CLASSES:
        assert ONTOLOGY.find_class(name) == str(term)
    elif not list(ALL.objects(term, KG.computed)) and (term, RDF.type, OWL.AnnotationProperty) not in ALL:
        owners = ONTOLOGY.domains(str(term)) or (str(KG.Event),)
        assert {ONTOLOGY.find_role(name, owner) for owner in owners} == {str(term)}


# --- labels and definitions


@pytest.mark.parametrize("term", TERMS, ids=lambda term: re.split("[#/]", term)[-1])
def test_every_term_is_labelled_and_defined_in_both_languages(term: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition, *([SKOS.prefLabel] if term in CONCEPTS else [])):
        languages = Counter(text.language for text in ALL.objects(term, predicate) if isinstance(text, Literal))
        assert languages == dict.fromkeys(LANGUAGES, 1), predicate
    assert set(ALL.objects(term, RDFS.label)) == set(ALL.objects(term, SKOS.prefLabel)) or term not in CONCEPTS
    assert len(list(ALL.objects(term, RDFS.isDefinedBy))) == 1


@pytest.mark.parametrize("term", TERMS, ids=lambda term: re.split("[#/]", term)[-1])
def test_every_definition_is_a_sentence_of_one_form(term: URIRef) -> None:
    for text in ALL.objects(term, SKOS.definition):
        assert isinstance(text, Literal)
        start = r"An? \w" if text.language == "en" else r"(Un|O) \w"
        assert re.match(start, text), text
        assert text.endswith(".")
        assert not re.search(r"\s\s|^\s|\s$", text)


@pytest.mark.parametrize(("kind", "terms"), [("classes", CLASSES), ("properties", PROPERTIES), ("concepts", CONCEPTS), ("schemes", SCHEMES)])
@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition], ids=["label", "definition"])
def test_no_two_terms_of_a_kind_share_a_label_or_a_definition(kind: str, terms: list[URIRef], predicate: URIRef) -> None:
    seen = Counter((text.language, fold(text)) for term in terms for text in ALL.objects(term, predicate) if isinstance(text, Literal))
    assert [text for text, times in seen.items() if times > 1] == []


def test_romanian_is_written_with_commas_below_and_all_text_in_nfc() -> None:
    texts = [text for text in ALL.objects() if isinstance(text, Literal)]
    assert [text for text in texts if re.search("[şţŞŢ]", text)] == []
    assert [text for text in texts if unicodedata.normalize("NFC", text) != str(text)] == []


def test_names_have_the_usual_form() -> None:
    assert [cls for cls in CLASSES if not re.fullmatch("[A-Z][A-Za-z0-9]+", cls.rpartition("#")[2])] == []
    assert [prop for prop in PROPERTIES if not re.fullmatch("[a-z][A-Za-z0-9]+", prop.rpartition("#")[2])] == []
    assert [concept for concept in CONCEPTS if not re.fullmatch("[a-z]+-[A-Za-z0-9-]+", concept.rpartition("/")[2])] == []


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda term: term.rpartition("/")[2])
def test_every_concept_is_in_one_scheme_and_found_by_its_code(concept: URIRef) -> None:
    schemes = list(ALL.objects(concept, SKOS.inScheme))
    assert len(schemes) == 1
    code = concept.removeprefix(f"{schemes[0]}-")
    assert Literal(code) in set(ALL.objects(concept, KG.annotationLabel))


def test_code_lists_name_their_source() -> None:
    borrowed = [concept for concept in CONCEPTS if (concept, RDF.type, KG.WeaponCategory) in ALL]
    assert len(borrowed) > 20
    assert [term for term in borrowed if not list(ALL.objects(term, DCT.source))] == []
    assert {str(code) for code in ALL.objects(None, KG.cameoCode)} >= {"042", "041", "072", "111", "112", "015", "016"}
    assert {str(code) for code in ALL.objects(None, KG.ploverType)} <= {
        "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION",
        "MOBILIZE", "COERCE", "ASSAULT", "RETREAT",
    }  # fmt: skip


# --- OWL


@pytest.mark.parametrize("prop", PROPERTIES, ids=lambda term: term.rpartition("#")[2])
def test_every_property_has_one_type_and_at_most_one_domain_and_range(prop: URIRef) -> None:
    assert sum((prop, RDF.type, kind) in ALL for kind in PROPERTY_TYPES) == 1
    domains, ranges = list(ALL.objects(prop, RDFS.domain)), list(ALL.objects(prop, RDFS.range))
    assert len(domains) <= 1
    assert len(ranges) <= 1
    if (prop, RDF.type, OWL.AnnotationProperty) not in ALL:
        assert domains or ranges or list(ALL.objects(prop, SKOS.scopeNote)), "a property without domain and range says why"
        assert domains or list(ALL.objects(prop, SKOS.scopeNote)), "a property without a domain says why"


def test_ranges_are_of_the_right_kind() -> None:
    literal = {XSD.string, XSD.integer, XSD.decimal, XSD.anyURI, RDF.PlainLiteral}
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
    tops = [KG[name] for name in "Entity Event Statement Value Topic ArmsSupply PostTenure StatusAssessment Mention Sentence Problem".split()]
    tops += [KG.Annotation, KG.LoadRun, SKOS.Concept]
    below = [KG[name] for name in "Agent Post Document Place MilitaryObject".split()]
    pairs = _disjoint()
    missing = [(a, b) for group in (tops, below) for a in group for b in group if a < b and frozenset((a, b)) not in pairs]
    assert missing == []
    above = {URIRef(cls): {top for top in tops if ONTOLOGY.is_a(cls, str(top))} for cls in ONTOLOGY.classes}
    assert {cls: found for cls, found in above.items() if len(found) != 1} == {}, "every class is below one root"


def test_a_stance_class_is_defined_by_its_stance() -> None:
    for concept in ours(KG.Stance):
        cls = ALL.value(concept, KG.stanceClass)
        definition = ALL.value(cls, OWL.equivalentClass)
        members = list(ALL.items(ALL.value(definition, OWL.intersectionOf)))
        assert KG.Statement in members
        assert {ALL.value(member, OWL.hasValue) for member in members} - {None} == {concept}
        assert (cls, RDFS.subClassOf, KG.Statement) in ALL


def test_concepts_of_a_scheme_are_different_things() -> None:
    for scheme in SCHEMES:
        expected = set(ALL.subjects(SKOS.inScheme, scheme))
        stated = [set(ALL.items(ALL.value(axiom, OWL.distinctMembers))) for axiom in ALL.subjects(RDF.type, OWL.AllDifferent)]
        assert expected in stated, scheme


def test_identity_names_properties_that_the_class_has() -> None:
    for cls, prop in ALL.subject_objects(KG.identifiedBy):
        domains = ONTOLOGY.domains(str(prop))
        owner_of_value = prop == KG.tally  # a tally is identified by the event that has it
        assert owner_of_value or not domains or any(ONTOLOGY.is_a(str(cls), domain) for domain in domains), (cls, prop)


# --- files


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_file_survives_writing_and_reading(path: Path) -> None:
    graph = GRAPHS[path.stem]
    assert isomorphic(graph, Graph().parse(data=graph.serialize(format="turtle"), format="turtle"))


def _imports(name: str) -> set[str]:
    direct = {str(iri).rpartition("/")[2] for iri in GRAPHS[name].objects(None, OWL.imports)}
    return direct.union(*(_imports(other) for other in direct)) | {name}


@pytest.mark.parametrize("name", GRAPHS)
def test_a_module_uses_only_terms_that_it_or_its_imports_declare(name: str) -> None:
    declared = {s for module in _imports(name) for s in GRAPHS[module].subjects(RDF.type) if isinstance(s, URIRef)}
    builtin = (str(RDF), str(RDFS), str(OWL), str(XSD))
    annotations = {p for p in PROPERTIES if (p, RDF.type, OWL.AnnotationProperty) in ALL}
    used = set(GRAPHS[name].predicates())
    # values of annotations are mere IRIs: a concept may name a class of a module that it does not import
    used |= {o for _, p, o in GRAPHS[name] if p not in annotations and p != OWL.versionIRI and not p.startswith(str(DCT))}
    unknown = {term for term in used if isinstance(term, URIRef) and not term.startswith(builtin) and term not in declared}
    assert unknown == set()


@pytest.mark.parametrize("name", GRAPHS)
def test_a_module_defines_its_terms_under_its_own_name(name: str) -> None:
    own = URIRef(BASE if name == "kgbuild" else f"{BASE}/{name}")
    assert set(GRAPHS[name].subjects(RDF.type, OWL.Ontology)) == {own}
    assert set(GRAPHS[name].objects(None, RDFS.isDefinedBy)) <= {own}


@pytest.mark.parametrize("name", GRAPHS)
def test_a_header_says_what_a_catalogue_asks(name: str) -> None:
    own = next(GRAPHS[name].subjects(RDF.type, OWL.Ontology))
    for predicate in (DCT.title, DCT.description, DCT.abstract, RDFS.label):
        assert {text.language for text in GRAPHS[name].objects(own, predicate)} == set(LANGUAGES)
    for predicate in (DCT.license, DCT.creator, DCT.publisher, DCT.created, DCT.issued, DCT.bibliographicCitation, OWL.versionInfo):
        assert GRAPHS[name].value(own, predicate) is not None, predicate
    assert GRAPHS[name].value(own, OWL.versionIRI) not in (None, own)


def test_the_root_imports_every_module_and_nothing_else() -> None:
    root = GRAPHS["kgbuild"]
    assert set(root.objects(URIRef(BASE), OWL.imports)) == {URIRef(f"{BASE}/{name}") for name in GRAPHS if name != "kgbuild"}
    assert set(root.subjects()) == {URIRef(BASE)}
    assert not [node for graph in GRAPHS.values() for node in graph.objects(None, OWL.imports) if not str(node).startswith(BASE)]


def test_the_catalogue_finds_every_module_beside_itself() -> None:
    space = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}"
    entries = ElementTree.parse(FOLDER / "catalog-v001.xml").getroot().findall(f"{space}uri")
    listed = {entry.get("name"): entry.get("uri") for entry in entries}
    assert listed == {BASE if name == "kgbuild" else f"{BASE}/{name}": f"{name}.ttl" for name in GRAPHS}


def test_no_blank_node_is_named_in_the_files() -> None:
    assert [path.name for path in PATHS if re.search(r"_:\w", path.read_text())] == []
    assert [s for s in ALL.subjects() if isinstance(s, BNode)], "restrictions and lists are there, nameless"
