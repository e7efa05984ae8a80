"""The shipped ontology files, read once for all tests that look at them: with rdflib, which shares no code with the program's own reading."""

from __future__ import annotations

from pathlib import Path

from rdflib import OWL, RDF, SKOS, Graph, Namespace, URIRef

from kgbuild.ontology import Ontology

FOLDER = Path(__file__).parents[1] / "ontology"
PATHS = sorted(FOLDER.glob("*.ttl"))
KG = Namespace("https://w3id.org/kgbuild/ontology#")
KGS = Namespace("https://w3id.org/kgbuild/scheme/")
DCT = Namespace("http://purl.org/dc/terms/")
BASE = "https://w3id.org/kgbuild/ontology"
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
LANGUAGES = ("en", "ro")
MAPPINGS = frozenset(SKOS[f"{kind}Match"] for kind in ("exact", "close", "broad", "narrow", "related"))

GRAPHS = {path.stem: Graph().parse(path) for path in PATHS}
ALL = Graph()
for _graph in GRAPHS.values():
    ALL += _graph
ONTOLOGY = Ontology.parse({path.name: path.read_bytes() for path in PATHS})


def is_ours(term: object) -> bool:
    return str(term).startswith((str(KG), str(KGS)))


def ours(kind: URIRef) -> list[URIRef]:
    return sorted(s for s in set(ALL.subjects(RDF.type, kind)) if isinstance(s, URIRef) and is_ours(s))


CLASSES = ours(OWL.Class)
PROPERTIES = sorted({p for kind in PROPERTY_TYPES for p in ours(kind)})
CONCEPTS = sorted(s for s in ours(OWL.NamedIndividual) if (s, RDF.type, SKOS.ConceptScheme) not in ALL)
SCHEMES = ours(SKOS.ConceptScheme)
TERMS = [*CLASSES, *PROPERTIES, *CONCEPTS, *SCHEMES]
