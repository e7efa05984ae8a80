"""Save ontology files again as the OWL API saves them: a program of its own, because a Java machine must not live in the tests' process.

    python resave.py OUTPUT_FOLDER JAR [JAR…] -- FILE [FILE…]

Each file is loaded as Protégé would: missing imports are passed over, imports that lie beside it are found there. It is written to
OUTPUT_FOLDER as ``NAME.ttl`` and ``NAME.owl`` (RDF/XML). OWL API 3.4 (inside owlready2's HermiT.jar) and 4.5 both serve.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import jpype

#: where the two formats live: in OWL API 4, in OWL API 3
_FORMATS = (
    ("org.semanticweb.owlapi.formats.TurtleDocumentFormat", "org.coode.owlapi.turtle.TurtleOntologyFormat"),
    ("org.semanticweb.owlapi.formats.RDFXMLDocumentFormat", "org.semanticweb.owlapi.io.RDFXMLOntologyFormat"),
)


def _class(*names: str) -> jpype.JClass:
    for name in names[:-1]:
        try:
            return jpype.JClass(name)
        except TypeError:
            continue
    return jpype.JClass(names[-1])


def resave(files: list[Path], output: Path) -> None:
    api = "org.semanticweb.owlapi."
    manager_class = jpype.JClass(api + "apibinding.OWLManager")
    simple, configuration = jpype.JClass(api + "util.SimpleIRIMapper"), jpype.JClass(api + "model.OWLOntologyLoaderConfiguration")
    source, iri = jpype.JClass(api + "io.FileDocumentSource"), jpype.JClass(api + "model.IRI")
    silent = jpype.JClass(api + "model.MissingImportHandlingStrategy").SILENT
    java_file, stream = jpype.JClass("java.io.File"), jpype.JClass("java.io.FileOutputStream")
    beside = {path for file in files for path in file.parent.glob("*.ttl")}
    for file in files:
        manager = manager_class.createOWLOntologyManager()
        mappers = [
            simple(iri.create(name[1]), iri.create(java_file(str(path))))
            for path in sorted(beside)
            if path != file and (name := re.search(r"<(\S+)>\s+a\s+owl:Ontology", path.read_text(encoding="utf-8")))
        ]
        for mapper in mappers:
            if hasattr(manager, "getIRIMappers"):
                manager.getIRIMappers().add(mapper)
            else:
                manager.addIRIMapper(mapper)
        settings = configuration().setMissingImportHandlingStrategy(silent)
        ontology = manager.loadOntologyFromOntologyDocument(source(java_file(str(file))), settings)
        prefixes = manager.getOntologyFormat(ontology)
        for suffix, names in zip((".ttl", ".owl"), _FORMATS, strict=True):
            saved_as = _class(*names)()
            if prefixes.isPrefixOWLOntologyFormat():
                saved_as.copyPrefixesFrom(prefixes.asPrefixOWLOntologyFormat())
            out = stream(java_file(str(output / (file.stem + suffix))))
            manager.saveOntology(ontology, saved_as, out)
            out.close()


if __name__ == "__main__":
    output_folder, *rest = sys.argv[1:]
    jars, sources = rest[: rest.index("--")], rest[rest.index("--") + 1 :]
    jpype.startJVM("-Xmx600m", classpath=jars)
    Path(output_folder).mkdir(parents=True, exist_ok=True)
    resave([Path(name).resolve() for name in sources], Path(output_folder).resolve())
