"""What can be asked of the OWL API and HermiT: opening as Protégé does, logic, entailments, saving in another format."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Literal

from kgbuild import iris
from kgbuild.errors import OntologyError
from kgbuild.owl import documents
from kgbuild.owl.jars import find_jars
from kgbuild.owl.process import Worker
from kgbuild.owl.reports import Entailments, LogicReport, Module, Opened, Violation
from kgbuild.owl.wording import Wording

Files = Mapping[str, bytes]

#: how many unsatisfiable classes are explained, and how many explanations each gets: what a person reads
EXPLAINED, EXPLANATIONS = 20, 2
#: the module name of violations that appear only when all modules are taken together
MERGED = "merged"


class Jvm:
    """A Java virtual machine in a process of its own, as a context manager. Files are name -> content, .ttl, .nt, .rdf or .owl."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self.owlapi = worker.versions["owlapi"]
        self.reasoner = worker.versions["reasoner"]

    def __enter__(self) -> Jvm:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._worker.close()

    def open(self, files: Files, root: str | None = None) -> Opened:
        """Load files through the OWL API, each import found among the files by its ontology IRI, never on the network.

        With ``root``, the name of a file, only what it imports, directly or not, is there to be found: all other files are left out.
        Raises OntologyError for a file that no parser takes.
        """
        chosen = _reachable(files, root) if root else files
        found = self._worker.ask("open", files=self._wire(chosen))
        modules = tuple(Module(**{**each, "imports_missing": tuple(each["imports_missing"])}) for each in found)
        return Opened(modules, self.owlapi)

    def logic(self, files: Files) -> LogicReport:
        """Check OWL 2 DL module by module and merged, and let the reasoner judge all together.

        Raises OntologyError for a file that does not parse; what is wrong with the logic is in the report.
        """
        started = time.perf_counter()
        wording = Wording(documents.labels(files))
        opened = self.open(files)
        for module in opened.modules:
            if not module.is_rdf:  # nothing would be wrong with it, since nothing is in it
                hint = "kgbuild ontology format writes plain Turtle"
                raise OntologyError(f"{module.name}: the OWL API takes it for another format ({module.format})", hint=hint)
        merged = documents.merge(files)
        violations = self._violations(files, merged, wording)
        document = base64.b64encode(merged).decode()
        found = self._worker.ask("reason", document=document)
        refused: str = found["refused"]
        if refused and (foreign := documents.foreign_datatypes(files)):
            refused += f" In use here, but not in OWL 2: {', '.join(map(iris.compress, foreign))}"
        explanations: dict[str, tuple[str, ...]] = {}
        if not refused:
            for cls in found["unsatisfiable"][:EXPLAINED] if found["consistent"] else [""]:
                sets = self._worker.ask("explain", document=document, cls=cls, count=EXPLANATIONS)
                explanations[cls] = tuple(wording.explanation(axioms, cls) for axioms in sets)
        return LogicReport(
            violations=violations,
            consistent=found["consistent"],
            unsatisfiable=tuple(found["unsatisfiable"]),
            explanations=explanations,
            opened=opened,
            reasoner=self.reasoner,
            seconds=time.perf_counter() - started,
            refused=refused,
        )

    def entailments(self, files: Files) -> Entailments:
        """Everything that follows from all files together for named individuals.

        Values of datatypes that OWL 2 lacks (``xsd:date``) are passed over. Raises OntologyError where HermiT refuses the ontology.
        """
        started = time.perf_counter()
        found = self._worker.ask("entail", document=base64.b64encode(documents.merge(files)).decode())
        return Entailments(
            found["consistent"],
            frozenset((individual, cls) for individual, cls in found["types"]),
            frozenset((subject, prop, value) for subject, prop, value in found["relations"]),
            time.perf_counter() - started,
        )

    def resave(
        self, file: bytes, format: Literal["turtle", "rdfxml", "functional", "manchester"], *, imports: Files | None = None
    ) -> bytes:
        """Load one Turtle file, its imports being found among others, and save it as the OWL API does.

        Without the files that it imports, terms declared there are not known to be classes or properties, and axioms change.
        """
        name = "resaved.ttl"
        return base64.b64decode(self._worker.ask("resave", files=self._wire({**(imports or {}), name: file}), name=name, format=format))

    def _violations(self, files: Files, merged: bytes, wording: Wording) -> tuple[Violation, ...]:
        found = self._worker.ask("profile", files=self._wire({**files, f"{MERGED}.rdf": merged}))
        together = found.pop(f"{MERGED}.rdf")
        alone = [(name, message, axiom) for name in sorted(found) for message, axiom in found[name]]
        known = {(message, axiom) for _, message, axiom in alone}
        alone += [(MERGED, message, axiom) for message, axiom in together if (message, axiom) not in known]
        return tuple(Violation(name, wording.message(message), wording.sentence(axiom) if axiom else "") for name, message, axiom in alone)

    def _wire(self, files: Files) -> list[dict[str, str]]:
        """Files as the worker takes them. The Turtle parser of the OWL API 3 is too old for today's Turtle: it gets RDF/XML."""
        wire = []
        for name in sorted(files):
            data = documents.as_rdfxml(name, files[name]) if self.owlapi.startswith("3.") else files[name]
            text = base64.b64encode(data).decode()
            wire.append({"name": name, "iri": documents.ontology_iri(name, files[name]), "data": text})
        return wire


def start(jars: Path | None = None) -> Jvm:
    """Start a JVM with the jars of a folder, else of the folder that ``KGBUILD_JARS`` names, else owlready2's.

    Raises:
        MissingExtra: JPype1 or Java is missing.
        WorkerDied: Java does not start with these jars.
    """
    return Jvm(Worker(find_jars(jars)))


def _reachable(files: Files, root: str) -> dict[str, bytes]:
    by_iri: dict[str, str] = {documents.ontology_iri(name, data): name for name, data in files.items()}
    found: dict[str, bytes] = {}
    waiting = [root]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = files[name]
            waiting += [by_iri[iri] for iri in documents.imports(name, files[name]) if iri in by_iri]
    return found
