"""The OWL API, in the worker's process: loading modules among each other, the OWL 2 DL profile, saving.

Written for what the lines 3.4 and 4.5 of the OWL API have in common; where they differ, it looks which one is there.
"""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kgbuild.owl.bridge import implementation, java_class, java_error, start_java

#: a file as it comes over the wire: name, ontology IRI (may be empty), bytes in base64
Wire = dict[str, str]

#: what resave can write: name -> class in the OWL API 4.5, class in 3.4
FORMATS = {
    "turtle": ("org.semanticweb.owlapi.formats.TurtleDocumentFormat", "org.coode.owlapi.turtle.TurtleOntologyFormat"),
    "rdfxml": ("org.semanticweb.owlapi.formats.RDFXMLDocumentFormat", "org.semanticweb.owlapi.io.RDFXMLOntologyFormat"),
    "functional": (
        "org.semanticweb.owlapi.formats.FunctionalSyntaxDocumentFormat",
        "org.semanticweb.owlapi.io.OWLFunctionalSyntaxOntologyFormat",
    ),
    "manchester": (
        "org.semanticweb.owlapi.formats.ManchesterSyntaxDocumentFormat",
        "org.coode.owlapi.manchesterowlsyntax.ManchesterOWLSyntaxOntologyFormat",
    ),
}


class Unloadable(Exception):
    """No parser of the OWL API takes a file; says which and why."""


def start(jars: list[str]) -> dict[str, str]:
    """Start Java with these jars; the versions of the OWL API and the reasoner. Raises what JPype raises."""
    start_java(jars)
    version = java_class("org.semanticweb.owlapi.util.VersionInfo").getVersionInfo().getVersion()
    package = java_class("org.semanticweb.HermiT.Reasoner").class_.getPackage()
    # owlready2's jar gives HermiT's version for the OWL API's
    owlapi = "3.4" if hasattr(new_manager(), "setSilentMissingImportsHandling") else ".".join(str(version).split(".")[:3])
    return {"owlapi": owlapi, "reasoner": f"HermiT {'.'.join(str(package.getImplementationVersion() or '').split('.')[:3])}".strip()}


def tell(error: Exception) -> str:
    """An error in few lines: its kind, the first lines of what it says, and for Java where it arose."""
    if isinstance(error, Unloadable):
        return str(error)
    if not isinstance(error, java_error()):
        return f"{type(error).__name__}: {error}"
    said = [line.strip() for line in str(error.getMessage() or "").splitlines() if line.strip()]
    where = [f"at {frame}" for frame in list(error.getStackTrace())[:3]]
    return "\n".join([f"{error.getClass().getSimpleName()}: {' '.join(said[:2])[:400]}", *where])


@contextmanager
def manager(files: list[Wire]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Load files with their imports found among themselves, never on the network: the manager, and file name -> ontology."""
    owl_manager = new_manager()
    document = java_class("org.semanticweb.owlapi.model.IRI").create
    with tempfile.TemporaryDirectory(prefix="kgbuild-owl-") as folder:
        places = {}
        for number, file in enumerate(files):
            places[file["name"]] = Path(folder, f"{number}-{Path(file['name']).name}")
            places[file["name"]].write_bytes(base64.b64decode(file["data"]))
        known = {file["iri"]: document(places[file["name"]].as_uri()) for file in files if file["iri"]}
        nowhere = document(Path(folder, "missing").as_uri())

        def find(iri: Any) -> Any:
            return known.get(str(iri), nowhere)

        owl_manager.addIRIMapper(implementation("org.semanticweb.owlapi.model.OWLOntologyIRIMapper", getDocumentIRI=find))
        loaded = {}
        for name, place in places.items():
            here = {str(owl_manager.getOntologyDocumentIRI(ontology)): ontology for ontology in owl_manager.getOntologies()}
            iri = document(place.as_uri())
            try:
                loaded[name] = here.get(str(iri)) or owl_manager.loadOntologyFromOntologyDocument(iri)
            except java_error() as error:
                raise Unloadable(f"{name}: {tell(error)}") from None
        yield owl_manager, loaded


def new_manager() -> Any:
    """A manager of ontologies that takes a missing import as Protégé does: silently."""
    owl_manager = java_class("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    if hasattr(owl_manager, "setSilentMissingImportsHandling"):
        owl_manager.setSilentMissingImportsHandling(True)
    else:
        silent = java_class("org.semanticweb.owlapi.model.MissingImportHandlingStrategy").SILENT
        configuration = owl_manager.getOntologyLoaderConfiguration().setMissingImportHandlingStrategy(silent)
        owl_manager.setOntologyLoaderConfiguration(configuration)
    return owl_manager


def open_files(files: list[Wire]) -> list[dict[str, Any]]:
    """What became of each file: format class, counts, imports that were not found."""
    with manager(files) as (owl_manager, loaded):
        found = []
        for file in files:
            ontology = loaded[file["name"]]
            taken_as = owl_manager.getOntologyFormat(ontology)
            unparsed = getattr(taken_as.getOntologyLoaderMetaData(), "getUnparsedTriples", None)
            declared = list(ontology.getImportsDeclarations())
            found.append(
                {
                    "name": file["name"],
                    "iri": file["iri"],
                    "format": str(taken_as.getClass().getSimpleName()),
                    "axioms": int(ontology.getAxiomCount()),
                    "logical_axioms": int(ontology.getLogicalAxiomCount()),
                    "unparsed_triples": int(unparsed().size()) if unparsed else 0,
                    "imports_missing": sorted(str(d.getIRI()) for d in declared if owl_manager.getImportedOntology(d) is None),
                }
            )
        return found


def profile(files: list[Wire]) -> dict[str, list[list[str]]]:
    """Breaches of OWL 2 DL by file, each module with its imports: the rule, and the axiom in functional syntax (may be empty)."""
    checker = java_class("org.semanticweb.owlapi.profiles.OWL2DLProfile")
    with manager(files) as (_, loaded):
        found = {}
        for name, ontology in loaded.items():
            violations = checker().checkOntology(ontology).getViolations()
            found[name] = sorted({(_rule(violation), _axiom(violation)) for violation in violations})
        return {name: [list(pair) for pair in pairs] for name, pairs in found.items()}


def _rule(violation: Any) -> str:
    """The rule that is broken, in the OWL API's words, without the axiom, which it repeats in one way or another."""
    said = str(violation.toString()).partition(" [")[0].strip()
    axiom = _axiom(violation)
    return said.removesuffix(axiom) if axiom else said


def _axiom(violation: Any) -> str:
    try:
        axiom = violation.getAxiom()
    except java_error():  # the OWL API 4 wants there to be one, but what is said of an ontology itself is none
        return ""
    return str(axiom.toString()) if axiom is not None else ""


def resave(files: list[Wire], name: str, format: str) -> str:
    """Load one of the files and write it again, in base64; prefixes are kept."""
    with manager(files) as (owl_manager, loaded):
        new, old = FORMATS[format]
        try:
            target = java_class(new)()
        except TypeError:
            target = java_class(old)()
        source = owl_manager.getOntologyFormat(loaded[name])
        if source.isPrefixOWLOntologyFormat():
            target.copyPrefixesFrom(source.asPrefixOWLOntologyFormat())
        output = java_class("java.io.ByteArrayOutputStream")()
        owl_manager.saveOntology(loaded[name], target, output)
        return base64.b64encode(bytes(output.toByteArray())).decode()
