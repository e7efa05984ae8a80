"""What an ontology editor does in Protégé, done through the library that Protégé does it with: run as a program, with Java.

    python editing_session.py FOLDER JARS

Opens ``event.ttl`` of a folder with its imports, adds a class of events with labels, identity and two roles, and saves the module in
place, as Turtle.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kgbuild.owl.jars import find_jars

KG = "https://w3id.org/kgbuild/ontology#"
MODULE = "https://w3id.org/kgbuild/ontology/event"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TEXTS = {
    "CyberAttack": (
        ("cyber attack", "An event in which an intruder enters or stops the computers of a victim."),
        ("atac cibernetic", "Un eveniment în care un intrus pătrunde în calculatoarele unei victime sau le oprește."),
    ),
    "intruder": (
        ("intruder", "A relation from a cyber attack to an agent that carries it out."),
        ("intrus", "O relație de la un atac cibernetic la un agent care îl săvârșește."),
    ),
    "victim": (
        ("victim", "A relation from a cyber attack to an agent whose computers are entered or stopped."),
        ("victimă", "O relație de la un atac cibernetic la un agent ale cărui calculatoare sunt sparte sau oprite."),
    ),
}


def main(folder: Path, jars: Path) -> None:
    import jpype

    jpype.startJVM(classpath=[str(path) for path in find_jars(jars)], convertStrings=True)
    java = jpype.JClass
    iri, file = java("org.semanticweb.owlapi.model.IRI"), java("java.io.File")
    manager = java("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    for path in folder.glob("*.ttl"):  # what Protégé reads in catalog-v001.xml
        name = f"https://w3id.org/kgbuild/ontology/{path.stem}".removesuffix("/kgbuild")
        manager.addIRIMapper(java("org.semanticweb.owlapi.util.SimpleIRIMapper")(iri.create(name), iri.create(path.resolve().as_uri())))
    ontology = manager.loadOntologyFromOntologyDocument(file(str(folder / "event.ttl")))
    make = manager.getOWLDataFactory()

    def add(axiom: object) -> None:
        manager.addAxiom(ontology, axiom)

    def annotate(term: object, predicate: str, value: object) -> None:
        add(make.getOWLAnnotationAssertionAxiom(make.getOWLAnnotationProperty(iri.create(predicate)), term.getIRI(), value))  # type: ignore[attr-defined]

    def describe(term: object, name: str) -> None:
        add(make.getOWLDeclarationAxiom(term))
        for language, (label, definition) in zip(("en", "ro"), TEXTS[name], strict=True):
            annotate(term, "http://www.w3.org/2000/01/rdf-schema#label", make.getOWLLiteral(label, language))
            annotate(term, SKOS + "definition", make.getOWLLiteral(definition, language))
        annotate(term, "http://www.w3.org/2000/01/rdf-schema#isDefinedBy", iri.create(MODULE))

    attack = make.getOWLClass(iri.create(KG + "CyberAttack"))
    describe(attack, "CyberAttack")
    add(make.getOWLSubClassOfAxiom(attack, make.getOWLClass(iri.create(KG + "Event"))))
    annotate(attack, KG + "annotationLabel", make.getOWLLiteral("CYBER_ATTACK"))
    for name in ("date", "intruder", "victim"):
        annotate(attack, KG + "identifiedBy", iri.create(KG + name))
    for name in ("intruder", "victim"):
        role = make.getOWLObjectProperty(iri.create(KG + name))
        describe(role, name)
        add(make.getOWLObjectPropertyDomainAxiom(role, attack))
        add(make.getOWLObjectPropertyRangeAxiom(role, make.getOWLClass(iri.create(KG + "Agent"))))

    turtle = java("org.semanticweb.owlapi.formats.TurtleDocumentFormat")()
    turtle.copyPrefixesFrom(manager.getOntologyFormat(ontology).asPrefixOWLOntologyFormat())
    manager.saveOntology(ontology, turtle, iri.create(file(str(folder / "event.ttl"))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
