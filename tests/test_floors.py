"""The house rules that tools check: floors, style, types; and that starting up loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
HEAVY = {"SPARQLWrapper", "matplotlib", "msgspec", "owlready2", "oxrdflib", "pandas", "pyoxigraph", "rdflib", "rich", "yaml"}


def _tool(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], cwd=CHECKOUT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("-m", "ruff", "check", "."), id="ruff finds nothing"),
        pytest.param(("-m", "ruff", "format", "--check", "."), id="the code is formatted"),
        pytest.param(("-m", "mypy"), id="mypy, strict, finds nothing"),
        pytest.param(("-c", "from importlinter.cli import lint_imports_command as lint; lint()"), id="every import goes down"),
    ],
)
def test_the_house_rules_hold(command: tuple[str, ...]) -> None:
    result = _tool(*command)
    assert result.returncode == 0, result.stdout + result.stderr


def _imported_by(*arguments: str) -> set[str]:
    """List the top-level modules that a command line imports, by ``-X importtime``."""
    command = [sys.executable, "-X", "importtime", "-m", "kgbuild", *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = [line for line in result.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("load", "--help")], ids=" ".join)
def test_starting_up_imports_no_heavy_library(arguments: tuple[str, ...]) -> None:
    imported = _imported_by(*arguments)
    assert "click" in imported
    assert not imported & HEAVY


def test_importing_the_package_imports_no_heavy_library() -> None:
    code = "import sys, kgbuild; print(*sorted(name.partition('.')[0] for name in sys.modules))"
    imported = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not set(imported) & (HEAVY | {"click"})


def test_asking_a_store_loads_nothing_that_only_loading_needs() -> None:
    # kgbuild query answers in 0.2 s of CPU, of which this is most
    code = "import sys, kgbuild.cli.query, kgbuild.stores, kgbuild.answers, kgbuild.formats, kgbuild.table; print(*sys.modules)"
    imported = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    needless = {
        "kgbuild.ontology",
        "kgbuild.turtle",
        "kgbuild.registry",
        "kgbuild.pipeline",
        "kgbuild.networks.graphml",
        "kgbuild.plotting.picture",
    }
    assert not imported & (HEAVY - {"pyoxigraph", "yaml"} | needless)


def test_every_public_name_resolves() -> None:
    import kgbuild

    for name in kgbuild.__all__:
        assert getattr(kgbuild, name) is not None
    assert set(kgbuild.__all__) <= set(dir(kgbuild))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kgbuild.nothing


def test_every_module_fits_on_a_page() -> None:
    long = {str(path.relative_to(CHECKOUT)): lines for path in (CHECKOUT / "kgbuild").rglob("*.py") if (lines := _lines(path)) > 300}
    assert not long


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_the_version_has_an_entry_in_the_changelog() -> None:
    from kgbuild import __version__

    assert f"## [{__version__}]" in (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_folder_that_ships_is_in_the_wheel_configuration() -> None:
    wheel = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert set(wheel["only-include"]) == {"kgbuild", "ontology", "queries", "data/reference", "data/schemes"}
