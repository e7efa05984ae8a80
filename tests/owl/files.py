"""What these tests feed to Java, and the jars that they start it with."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from kgbuild.owl.jars import VARIABLE

ONTOLOGY = Path(__file__).parents[2] / "ontology"
HEAD = """
@prefix data: <https://w3id.org/kgbuild/id/> .
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix kgs: <https://w3id.org/kgbuild/scheme/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/planted> a owl:Ontology ; owl:imports <https://w3id.org/kgbuild/ontology> .
"""


def shipped() -> dict[str, bytes]:
    """The shipped ontology: the modules, without shapes and alignment."""
    return {path.name: path.read_bytes() for path in sorted(ONTOLOGY.glob("*.ttl"))}


def planted(turtle: str) -> dict[str, bytes]:
    """The shipped ontology and a module beside it."""
    return {**shipped(), "planted.ttl": (HEAD + turtle).encode()}


def protege_jars() -> Path:
    """The folder with the jars of Protégé's own OWL API; skips the test where none is named."""
    if not os.environ.get(VARIABLE):
        pytest.skip(f"{VARIABLE} names no folder with the OWL API that Protégé uses")
    return Path(os.environ[VARIABLE])


def own_jars() -> Path:
    """The folder with the jar that comes with owlready2."""
    spec = find_spec("owlready2")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "hermit"
