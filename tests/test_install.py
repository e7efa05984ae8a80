"""What installing gives: wheel, source distribution and checkout hold the same, and run away from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "kgbuild-store")

pytestmark = pytest.mark.long


def _run(*command: str | Path, cwd: Path, **variables: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTEST_ADDOPTS", "KGBUILD_STORE")}
    result = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment | variables, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, so that building leaves nothing behind, with files that must not ship."""
    folder = shutil.copytree(CHECKOUT, tmp_path_factory.mktemp("copy") / "kgbuild", ignore=NOT_COPIED)
    for stray in ("kgbuild/__pycache__/errors.cpython-311.pyc", "queries/__pycache__/stray.pyc"):
        (folder / stray).parent.mkdir(exist_ok=True)
        (folder / stray).write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def built(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheel built from the checkout, the source distribution, and the wheel built from that."""
    build = (sys.executable, "-m", "build", "--no-isolation", "--outdir")
    direct, staged = tmp_path_factory.mktemp("direct"), tmp_path_factory.mktemp("staged")
    _run(*build, direct, "--wheel", copy, cwd=direct)
    _run(*build, staged, copy, cwd=staged)
    return {"wheel": next(direct.glob("*.whl")), "sdist": next(staged.glob("*.tar.gz")), "from sdist": next(staged.glob("*.whl"))}


def _content(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _environment(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    return folder / "bin"


def _answers_the_main_job(bin_folder: Path, elsewhere: Path) -> None:
    assert str(CHECKOUT) not in _run(bin_folder / "python", "-c", "import kgbuild; print(kgbuild.__file__)", cwd=elsewhere)
    _run(bin_folder / "kgbuild", "load", CHECKOUT / "data" / "articles", cwd=elsewhere)
    rows = _run(bin_folder / "kgbuild", "query", "transfers", "--format", "csv", cwd=elsewhere).splitlines()
    assert rows[0].startswith("transfer,")
    assert len(rows) > 1


def test_the_wheel_holds_code_ontology_queries_and_reference_data_and_nothing_else(built: dict[str, Path]) -> None:
    names = set(_content(built["wheel"]))
    for folder, suffix, source in (
        ("ontology", ".ttl", "ontology"),
        ("ontology", ".rq", "ontology"),
        ("ontology", ".xml", "ontology"),
        ("queries", ".rq", "queries"),
        ("reference", ".ttl", "data/reference"),
        ("schemes", ".tsv", "data/schemes"),
    ):
        place = f"kgbuild/share/{folder}/"
        shipped = {name.removeprefix(place) for name in names if name.startswith(place) and name.endswith(suffix)}
        assert shipped == {path.relative_to(CHECKOUT / source).as_posix() for path in (CHECKOUT / source).rglob(f"*{suffix}")}
    assert "kgbuild/py.typed" in names
    assert {name.partition("/")[0] for name in names} == {"kgbuild", built["wheel"].name.rpartition("-py3")[0] + ".dist-info"}
    assert not [name for name in names if name.endswith(".pyc")]


def test_the_wheel_from_the_source_distribution_is_the_wheel_from_the_checkout(built: dict[str, Path]) -> None:
    assert _content(built["from sdist"]) == _content(built["wheel"])


def test_the_shipped_folders_can_be_read_from_a_zip(built: dict[str, Path], tmp_path: Path) -> None:
    code = "from kgbuild.resources import read_bundled as r; print(*r('queries', '.rq'), *r('ontology', '.ttl'), *r('reference', '.ttl'))"
    names = _run(sys.executable, "-S", "-c", code, cwd=tmp_path, PYTHONPATH=str(built["wheel"])).split()
    assert "transfers.rq" in names
    assert "states.ttl" in names


def test_the_wheel_runs_in_an_empty_environment_away_from_the_checkout(built: dict[str, Path], tmp_path: Path) -> None:
    bin_folder = _environment(tmp_path / "empty")
    _run(bin_folder / "pip", "install", "--quiet", built["wheel"], cwd=tmp_path)
    _answers_the_main_job(bin_folder, tmp_path)


def test_an_editable_install_runs_and_sees_new_files(copy: Path, tmp_path: Path) -> None:
    bin_folder = _environment(tmp_path / "editable")
    _run(bin_folder / "pip", "install", "--quiet", "--editable", copy, cwd=tmp_path)
    _answers_the_main_job(bin_folder, tmp_path)
    shutil.copy(copy / "queries" / "transfers.rq", copy / "queries" / "transfers-again.rq")
    assert "transfers-again" in _run(bin_folder / "kgbuild", "query", "--list", cwd=tmp_path)
