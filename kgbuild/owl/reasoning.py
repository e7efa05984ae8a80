"""HermiT, in the worker's process: consistency, unsatisfiable classes, what follows for individuals, and why.

Every ontology comes here as one document without imports.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Any

from kgbuild.owl import java
from kgbuild.owl.bridge import java_class, java_error
from kgbuild.owl.minimal import minimal

#: seconds after which no further explanation is looked for: one is what matters
_PATIENCE = 5.0
_NOTHING = "http://www.w3.org/2002/07/owl#Nothing"
_THING = "http://www.w3.org/2002/07/owl#Thing"
_TOP = "http://www.w3.org/2002/07/owl#topObjectProperty"


def reason(document: str) -> dict[str, Any]:
    """Is there a model, and which classes have none? ``refused`` says why HermiT would not take the ontology."""
    found: dict[str, Any] = {"consistent": False, "unsatisfiable": [], "refused": ""}
    ontology = _load(document)
    try:
        reasoner = _hermit(ontology)
        found["consistent"] = bool(reasoner.isConsistent())
        if found["consistent"]:
            bottom = {str(cls.getIRI()) for cls in reasoner.getUnsatisfiableClasses().getEntities()}
            found["unsatisfiable"] = sorted(bottom - {_NOTHING})
    except java_error() as error:
        found["refused"] = java.tell(error).splitlines()[0]
    return found


def entail(document: str) -> dict[str, Any]:
    """All types and relations of named individuals. Datatypes that OWL 2 lacks are passed over, as if their values were not there."""
    ontology = _load(document)
    reasoner = _hermit(ontology, lenient=True)
    if not reasoner.isConsistent():
        return {"consistent": False, "types": [], "relations": []}
    kinds = java_class("org.semanticweb.owlapi.reasoner.InferenceType")
    reasoner.precomputeInferences(kinds.CLASS_HIERARCHY, kinds.CLASS_ASSERTIONS, kinds.OBJECT_PROPERTY_ASSERTIONS)
    types, relations = [], []
    for cls in ontology.getClassesInSignature():
        iri = str(cls.getIRI())
        if iri != _THING:
            types += [[str(individual.getIRI()), iri] for individual in reasoner.getInstances(cls, False).getFlattened()]
    for prop in ontology.getObjectPropertiesInSignature():
        iri = str(prop.getIRI())
        if iri != _TOP:
            for entry in reasoner.getObjectPropertyInstances(prop).entrySet():
                subject = str(entry.getKey().getIRI())
                relations += [[subject, iri, str(value.getIRI())] for value in entry.getValue()]
    return {"consistent": True, "types": types, "relations": relations}


def explain(document: str, cls: str, count: int) -> list[list[str]]:
    """Up to ``count`` minimal sets of axioms, in functional syntax, that make a class unsatisfiable or, for "", all inconsistent."""
    ontology = _load(document)
    factory = ontology.getOWLOntologyManager().getOWLDataFactory()
    target = factory.getOWLClass(java_class("org.semanticweb.owlapi.model.IRI").create(cls)) if cls else None
    axioms = sorted(_near(ontology, target), key=lambda axiom: str(axiom.toString()))
    fails = _failing(target)
    if not fails(axioms):
        return []
    started = time.monotonic()
    first = _minimal(fails, axioms)
    found = [first]
    for left_out in first:
        rest = [axiom for axiom in axioms if axiom is not left_out]
        if len(found) < count and time.monotonic() - started < _PATIENCE and fails(rest):
            found.append(_minimal(fails, rest))
    return [[str(axiom.toString()) for axiom in each] for each in found]


def _near(ontology: Any, target: Any) -> list[Any]:
    """The logical axioms that can matter: for a class, those of its locality module; the others cannot make it unsatisfiable."""
    axioms = ontology.getLogicalAxioms()
    if target is not None:
        modularity = "uk.ac.manchester.cs.owlapi.modularity."
        star = java_class(modularity + "ModuleType").STAR
        manager = ontology.getOWLOntologyManager()
        extractor = java_class(modularity + "SyntacticLocalityModuleExtractor")(manager, ontology, star)
        signature = java_class("java.util.HashSet")([target])
        axioms = [axiom for axiom in extractor.extract(signature) if axiom.isLogicalAxiom()]
    return list(axioms)


def _minimal(fails: Callable[[list[Any]], bool], axioms: list[Any]) -> list[Any]:
    """First the facts are cut down under all rules, then the rules under the few facts left: far cheaper than both at once."""
    kinds = ("ClassAssertion", "ObjectPropertyAssertion", "DataPropertyAssertion", "SameIndividual", "DifferentIndividuals")
    facts = [axiom for axiom in axioms if str(axiom.getAxiomType().getName()) in kinds]
    rules = [axiom for axiom in axioms if str(axiom.getAxiomType().getName()) not in kinds]
    facts = minimal(fails, facts, rules)
    return [*minimal(fails, rules, facts), *facts]


def _failing(target: Any) -> Callable[[list[Any]], bool]:
    """The test of a set of axioms: does it leave no model, or the class no member? A set that HermiT refuses does not fail."""
    manager = java.new_manager()
    hash_set = java_class("java.util.HashSet")

    def fails(axioms: list[Any]) -> bool:
        ontology = manager.createOntology(hash_set(axioms))
        try:
            reasoner = _hermit(ontology)
            return not (reasoner.isConsistent() if target is None else reasoner.isSatisfiable(target))
        except java_error():
            return False
        finally:
            manager.removeOntology(ontology)

    return fails


def _load(document: str) -> Any:
    stream = java_class("java.io.ByteArrayInputStream")(base64.b64decode(document))
    return java.new_manager().loadOntologyFromOntologyDocument(stream)


def _hermit(ontology: Any, *, lenient: bool = False) -> Any:
    configuration = java_class("org.semanticweb.HermiT.Configuration")()
    configuration.ignoreUnsupportedDatatypes = lenient
    return java_class("org.semanticweb.HermiT.Reasoner")(configuration, ontology)
