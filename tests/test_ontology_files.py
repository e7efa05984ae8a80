"""The shipped ontology files: complete by the model, each whole in itself, and found by the tools that open them.

The files are read here with rdflib, which shares no code with the program's own reading.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from kgbuild import vocabulary
from kgbuild.iris import PREFIXES
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
    return sorted(s for s in set(ALL.subjects(RDF.type, kind)) if isinstance(s, URIRef) and str(s).startswith((str(KG), str(KGS))))


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
    Disinformation Statement Denial Date Quote TargetTally Quantity
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
    named = {URIRef(value) for value in vars(vocabulary).values() if isinstance(value, str) and str(KG) in value and value != str(KG)}
    assert sorted(named - set(TERMS)) == []


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
    builtin = tuple(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))
    annotations = {p for p in PROPERTIES if (p, RDF.type, OWL.AnnotationProperty) in ALL}
    used = set(GRAPHS[name].predicates())
    # values of annotations are mere IRIs: a concept may name a class of a module that it does not import
    used |= {o for _, p, o in GRAPHS[name] if p not in annotations and p != OWL.versionIRI and not p.startswith(str(DCT))}
    unknown = {term for term in used if isinstance(term, URIRef) and not str(term).startswith(builtin) and term not in declared}
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
