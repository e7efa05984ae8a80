"""The shipped ontology files: complete by the model, each whole in itself, and found by the tools that open them.

The files are read here with rdflib, which shares no code with the program's own reading.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, VANN, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from kgbuild import vocabulary
from kgbuild.iris import PREFIXES
from tests.shipped_ontology import ALL, BASE, DCT, FOLDER, GRAPHS, KG, KGS, LANGUAGES, ONTOLOGY, PATHS, PROPERTIES, TERMS

VERSION, PRIOR = "0.2.0", "0.1.0"

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
    versions = {OWL.versionIRI, OWL.priorVersion, OWL.backwardCompatibleWith}
    mappings = {SKOS[f"{kind}Match"] for kind in ("exact", "close", "broad", "narrow", "related")}
    ignored = annotations | versions | mappings
    used |= {o for _, p, o in GRAPHS[name] if p not in ignored and not p.startswith(str(DCT))}
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
    for predicate in (DCT.title, DCT.description, DCT.abstract, RDFS.label, SKOS.changeNote, SKOS.historyNote):
        assert sorted(text.language for text in GRAPHS[name].objects(own, predicate)) == list(LANGUAGES), predicate
    for predicate in (DCT.creator, DCT.publisher, DCT.created, DCT.issued, DCT.modified, DCT.bibliographicCitation):
        assert GRAPHS[name].value(own, predicate) is not None, predicate
    assert isinstance(GRAPHS[name].value(own, DCT.license), URIRef)
    assert str(GRAPHS[name].value(own, VANN.preferredNamespacePrefix)) == "kg"
    assert str(GRAPHS[name].value(own, VANN.preferredNamespaceUri)) == str(KG)


@pytest.mark.parametrize("name", GRAPHS)
def test_a_header_gives_one_version_everywhere(name: str) -> None:
    own = next(GRAPHS[name].subjects(RDF.type, OWL.Ontology))
    assert GRAPHS[name].value(own, OWL.versionInfo) == Literal(VERSION)
    assert GRAPHS[name].value(own, OWL.versionIRI) == URIRef(f"{own}/{VERSION}")
    assert GRAPHS[name].value(own, OWL.priorVersion) == URIRef(f"{own}/{PRIOR}")
    assert f"version {VERSION}." in str(GRAPHS[name].value(own, DCT.bibliographicCitation))
    assert all(note.startswith(f"{VERSION}: ") for note in GRAPHS[name].objects(own, SKOS.changeNote))
    assert all(note.startswith(f"{PRIOR}: ") for note in GRAPHS[name].objects(own, SKOS.historyNote))


def test_the_root_imports_every_module_and_nothing_else() -> None:
    root = GRAPHS["kgbuild"]
    assert set(root.objects(URIRef(BASE), OWL.imports)) == {URIRef(f"{BASE}/{name}") for name in GRAPHS if name != "kgbuild"}
    assert set(root.subjects()) == {URIRef(BASE)}
    assert not [node for graph in GRAPHS.values() for node in graph.objects(None, OWL.imports) if not str(node).startswith(BASE)]


def _catalogue(files: dict[str, str]) -> str:
    """What Protégé reads, file -> ontology IRI: one group that it leaves alone, since it may not update it."""
    entries = sorted((iri, uri, Path(uri).stem) for uri, iri in files.items())
    names = [(iri, uri, "kgbuild" if stem == "kgbuild" else f"kgbuild {stem}") for iri, uri, stem in entries]
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
        '<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">',
        '    <group id="Folder Repository, directory=, recursive=false, Auto-Update=false, version=2" prefer="public" xml:base="">',
        *(f'        <uri id="{name}" name="{iri}" uri="{uri}"/>' for iri, uri, name in names),
        "    </group>",
        "</catalog>",
        "",
    ])  # fmt: skip


def test_the_catalogue_is_what_the_headers_say() -> None:
    headers = {f"{name}.ttl": str(next(graph.subjects(RDF.type, OWL.Ontology))) for name, graph in GRAPHS.items()}
    assert (FOLDER / "catalog-v001.xml").read_text() == _catalogue(headers)
    beside = {f"../{name}": iri for name, iri in headers.items()} | {"alignment.ttl": f"{BASE}/alignment"}
    assert (FOLDER / "alignment" / "catalog-v001.xml").read_text() == _catalogue(beside)


def test_imports_name_ontologies_and_never_a_version() -> None:
    imported = {str(iri) for graph in GRAPHS.values() for iri in graph.objects(None, OWL.imports)}
    assert imported == {f"{BASE}/{name}" for name in GRAPHS if name != "kgbuild"}


@pytest.mark.parametrize("name", GRAPHS)
def test_no_module_imports_itself_through_others(name: str) -> None:
    below = {str(iri).rpartition("/")[2] for iri in GRAPHS[name].objects(None, OWL.imports)}
    assert name not in set().union(*map(_imports, below))


def test_no_blank_node_is_named_in_the_files() -> None:
    assert [path.name for path in PATHS if re.search(r"_:\w", path.read_text())] == []
    assert [s for s in ALL.subjects() if isinstance(s, BNode)], "restrictions and lists are there, nameless"
