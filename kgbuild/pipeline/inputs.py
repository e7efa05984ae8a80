"""What a load is built with: the ontology and the reference data, shipped or the user's own.

A store that was built with a user's own files keeps them, so that it can be rebuilt from itself alone, and a later load without
options goes on with them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from kgbuild import iris
from kgbuild.decisions import Decisions, Links
from kgbuild.document import Problem
from kgbuild.errors import OntologyError, ReferenceDataError
from kgbuild.mapping import MAPPING_VERSION, Mapper
from kgbuild.ontology import Ontology
from kgbuild.ontology.parsing import parse
from kgbuild.pipeline.decisions import kept, read_file
from kgbuild.pipeline.options import LoadOptions
from kgbuild.registry import Registry
from kgbuild.registry.review import review
from kgbuild.resources import read_bundled
from kgbuild.rules import Rules
from kgbuild.stores import Beginning, Store, graph_nquads

#: what a store remembers: hashes of what it was built with, and the user's own files, packed
META_ONTOLOGY, META_REFERENCE = "ontology", "reference"
META_ONTOLOGY_FILES, META_REFERENCE_FILES, META_SHAPES_FILES = "ontology-files", "reference-files", "shapes-files"


@dataclass(frozen=True)
class Inputs:
    """Ontology, registry and base of a load, with the user's own files behind them (empty where the shipped ones serve)."""

    ontology: Ontology
    registry: Registry
    base: str
    own_ontology: dict[str, bytes]
    own_reference: dict[str, bytes]
    #: what the ontology's axioms entail
    rules: Rules
    #: shapes of the user's own, which validation asks for; nothing that is mapped depends on them
    own_shapes: dict[str, bytes] = field(default_factory=dict)
    #: what people decided on links; ``settle`` maps again what another decision touches, so that it is no part of ``built_with``
    decisions: Decisions = field(default_factory=Decisions)

    @property
    def built_with(self) -> str:
        """A hash of all that the mapping of an article depends on, beside its record and the decisions on what it names."""
        parts = (self.ontology.hash, self.registry.hash, self.base, MAPPING_VERSION)
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]

    def mapper(self) -> Mapper:
        """The mapping for these inputs."""
        links = Links(self.decisions, self.registry.types, base=self.base)
        return Mapper(self.ontology, self.registry, base=self.base, links=links)


def gather(own_ontology: dict[str, bytes], own_reference: dict[str, bytes], base: str, *, folder: Path | None = None) -> Inputs:
    """Parse what a load is built with. Raises OntologyError and ReferenceDataError, with file and line.

    ``folder`` is where the user's own reference data were read; what the store has kept of them is called ``own/…``.
    """
    ontology, rules = _ontology(tuple((own_ontology or read_bundled("ontology", ".ttl")).items()))
    reference = {**read_bundled("reference", ".ttl"), **called(own_reference, folder)}
    return Inputs(ontology, _registry(tuple(reference.items()), base), base, own_ontology, own_reference, rules)


@lru_cache(maxsize=4)
def _ontology(files: tuple[tuple[str, bytes], ...]) -> tuple[Ontology, Rules]:
    """Parse an ontology; what one process asks for again (a load that validates, a program that loads twice) is remembered."""
    statements, digest = parse(dict(files))
    ontology = Ontology(statements, digest)
    return ontology, Rules.from_ontology(statements, ontology.closure)


@lru_cache(maxsize=4)
def _registry(files: tuple[tuple[str, bytes], ...], base: str) -> Registry:
    """Parse reference data, remembered as the ontology is: it takes a second."""
    return Registry.parse(dict(files), base=base)


def called(own_reference: Mapping[str, bytes], folder: Path | None) -> dict[str, bytes]:
    """The user's own reference files, by the names that messages call them."""
    return {f"{folder or 'own'}/{name}": data for name, data in own_reference.items()}


def remarks(inputs: Inputs, folder: Path) -> Iterator[Problem]:
    """What is doubtful in the user's own reference data, with file and line."""
    terms = frozenset(line.partition(" ")[0][1:-1] for line in inputs.ontology.lines)
    yield from review(called(inputs.own_reference, folder), inputs.registry, inputs.ontology, terms, base=inputs.base)


def resolve(store: Store | None, options: LoadOptions) -> Inputs:
    """What a load into a store is built with: the folders of its options, else what the store was built with, else the shipped files.

    Decisions are those of the options' file; without one, those that the store holds.
    Raises as :func:`gather` does, OntologyError or ReferenceDataError for a folder that holds nothing, and DecisionError.
    """
    kept_ontology = store.meta(META_ONTOLOGY_FILES) if store else None
    kept_reference = store.meta(META_REFERENCE_FILES) if store else None
    ontology = ontology_files(options.ontology) if options.ontology else unpack(kept_ontology or "")
    reference = reference_files(options.reference) if options.reference else unpack(kept_reference or "")
    base = store.base if store else options.base or iris.DATA
    decisions = read_file(options.decisions, base=base) if options.decisions else None
    if decisions is None:
        decisions = kept(store) if store else Decisions()
    inputs = gather(ontology, reference, base, folder=options.reference)
    return replace(inputs, own_shapes=own_shapes(store, options.ontology), decisions=decisions)


def own_shapes(store: Store | None, ontology: Path | None) -> dict[str, bytes]:
    """The shapes and rules in an ontology folder, DIR/shapes, else those that the store was built with; none: the shipped ones serve.

    File name -> content: ``agent.ttl``, ``store/iso-code.rq``. Raises OntologyError where a file cannot be read.
    """
    if ontology is None:
        return unpack((store.meta(META_SHAPES_FILES) if store else None) or "")
    folder = ontology / "shapes"
    try:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in (*folder.glob("*.ttl"), *folder.glob("store/*.rq"))}
    except OSError as error:
        raise OntologyError(f"{folder}: {error.strerror or error}", hint="check that the files can be read") from error


def shipped_shapes() -> dict[str, bytes]:
    """The shapes and rules that ship with kgbuild, named as :func:`own_shapes` names them."""
    rules = {f"store/{name}": data for name, data in read_bundled("store-rules", ".rq").items()}
    return {**read_bundled("shapes", ".ttl"), **rules}


def graphs_of(inputs: Inputs) -> dict[str, frozenset[str]]:
    """The store's own graphs that these inputs make: name -> lines. What is inferred comes with what it is inferred from."""
    return {"ontology": inputs.ontology.lines, "reference": inputs.registry.lines}


def with_inferred(name: str, lines: Collection[str], inputs: Inputs) -> Iterator[bytes]:
    """One of the store's own graphs and what follows from it alone, as N-Quads."""
    yield graph_nquads(name, lines, base=inputs.base)
    yield graph_nquads("inferred", inputs.rules.entailed(lines), base=inputs.base)


def beginning_of(inputs: Inputs) -> Beginning:
    """What each new store of these inputs holds, whatever is loaded into it."""

    def chunks() -> Iterator[bytes]:
        for name, lines in graphs_of(inputs).items():
            yield from with_inferred(name, lines, inputs)
        yield graph_nquads("inferred", inputs.rules.always, base=inputs.base)

    return Beginning((inputs.base, inputs.ontology.hash, inputs.registry.hash, inputs.rules.digest), chunks)


def meta_of(inputs: Inputs) -> dict[str, str]:
    """What the store remembers of these inputs."""
    return {
        META_ONTOLOGY: inputs.ontology.hash,
        META_REFERENCE: inputs.registry.hash,
        META_ONTOLOGY_FILES: pack(inputs.own_ontology),
        META_REFERENCE_FILES: pack(inputs.own_reference),
        **shapes_meta_of(inputs),
    }


def shapes_meta_of(inputs: Inputs) -> dict[str, str]:
    """The part of it that nothing in the graph depends on."""
    return {META_SHAPES_FILES: pack(inputs.own_shapes)}


def is_made_with(store: Store, inputs: Inputs) -> bool:
    """Claim that a store's ontology and reference data are these."""
    return (store.meta(META_ONTOLOGY), store.meta(META_REFERENCE)) == (inputs.ontology.hash, inputs.registry.hash)


def ontology_files(folder: Path) -> dict[str, bytes]:
    """The Turtle files of a user's ontology folder. Raises OntologyError where there is none."""
    return _turtle(folder, OntologyError, "the modules of the ontology")


def reference_files(folder: Path) -> dict[str, bytes]:
    """The Turtle files of a user's reference folder. Raises ReferenceDataError where there is none."""
    return _turtle(folder, ReferenceDataError, "reference things: states, posts, persons …")


def _turtle(folder: Path, error: type[OntologyError] | type[ReferenceDataError], what: str) -> dict[str, bytes]:
    if not folder.is_dir():
        raise error(f"{folder}: not a folder", hint=f"name a folder with Turtle files (*.ttl) that hold {what}")
    try:
        files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.ttl")) if path.is_file()}
    except OSError as cause:
        raise error(f"{folder}: {cause.strerror or cause}", hint="check that the files can be read") from cause
    if not files:
        raise error(f"{folder}: holds no Turtle file (*.ttl)", hint=f"put {what} there, as .ttl files")
    return files


def load_ontology(folder: Path | None = None) -> Ontology:
    """The shipped ontology, or the one in a folder."""
    return Ontology.parse(ontology_files(folder) if folder else read_bundled("ontology", ".ttl"))


def built_ontology(store: Store) -> tuple[Ontology, Rules]:
    """The ontology that a store was built with and its rules: the user's own, which the store keeps, else the shipped one."""
    return _ontology(tuple((unpack(store.meta(META_ONTOLOGY_FILES) or "") or read_bundled("ontology", ".ttl")).items()))


def load_registry(folder: Path | None = None, base: str | None = None) -> Registry:
    """The shipped reference data, with what a folder adds to it."""
    own = reference_files(folder) if folder else {}
    return gather({}, own, base or iris.DATA, folder=folder).registry


def pack(files: dict[str, bytes]) -> str:
    """Files as one line of text, for keeping in the store; nothing for none."""
    if not files:
        return ""
    named = {name: base64.b64encode(data).decode() for name, data in sorted(files.items())}
    return base64.b64encode(zlib.compress(json.dumps(named).encode())).decode()


def unpack(packed: str) -> dict[str, bytes]:
    """Read what :func:`pack` wrote."""
    if not packed:
        return {}
    named = json.loads(zlib.decompress(base64.b64decode(packed)))
    return {name: base64.b64decode(data) for name, data in named.items()}
