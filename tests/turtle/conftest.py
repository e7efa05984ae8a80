"""The shipped ontology as other tools save it. Java runs in a process of its own, once for all tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
MODULES = sorted((CHECKOUT / "ontology").glob("*.ttl"))


def _resave(output: Path, jars: list[Path]) -> Path:
    if shutil.which("java") is None or find_spec("jpype") is None:
        pytest.skip("needs Java and JPype1")
    program = Path(__file__).with_name("resave.py")
    command = [sys.executable, program, output, *jars, "--", *MODULES]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return output


@pytest.fixture(scope="session")
def saved_by_protege(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The modules as the OWL API 4.5 saves them, which Protégé 5.6 loads and saves with: Turtle (.ttl) and RDF/XML (.owl)."""
    folder = os.environ.get("KGBUILD_JARS")
    if not folder:
        pytest.skip("KGBUILD_JARS names no folder with the jars of the OWL API")
    return _resave(tmp_path_factory.mktemp("owlapi45"), sorted(Path(folder).glob("*.jar")))


@pytest.fixture(scope="session")
def saved_by_old_owl_api(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The modules as the OWL API 3.4 saves them, which owlready2 carries inside its HermiT.jar."""
    spec = find_spec("owlready2")
    assert spec is not None
    assert spec.origin is not None
    return _resave(tmp_path_factory.mktemp("owlapi34"), [Path(spec.origin).parent / "hermit" / "HermiT.jar"])
