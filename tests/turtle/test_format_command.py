"""``kgbuild ontology format``: rewrites what is not canonical, and destroys nothing."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kgbuild.ontology import Ontology
from kgbuild.turtle import canonical

ONTOLOGY = Path(__file__).parents[2] / "ontology"
Kgbuild = Callable[..., Result]

XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#">
<owl:Class rdf:about="https://w3id.org/kgbuild/ontology#Parade"/></rdf:RDF>"""
TURTLE = "@prefix kg: <https://w3id.org/kgbuild/ontology#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n\nkg:Parade a owl:Class .\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ONTOLOGY, tmp_path / "ontology")
    return tmp_path / "ontology"


@pytest.mark.long
def test_a_folder_is_formatted_once_and_then_left_alone(kgbuild: Kgbuild, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in sorted(folder.glob("*.ttl"))}
    first = kgbuild("ontology", "format", folder)
    after = {path.name: path.read_bytes() for path in sorted(folder.glob("*.ttl"))}
    assert first.exit_code == 0
    assert after == {name: canonical(name, data).encode() for name, data in before.items()}
    times = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    second = kgbuild("ontology", "format", folder)
    assert (second.exit_code, second.stdout) == (0, "")
    assert "0 formatted" in second.stderr
    assert times == {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert kgbuild("ontology", "format", "--check", folder).exit_code == 0
    assert Ontology.parse(after).hash == Ontology.parse(before).hash
    assert Ontology.parse(after).lines == Ontology.parse(before).lines


def test_check_writes_nothing_and_names_the_files(kgbuild: Kgbuild, folder: Path) -> None:
    kgbuild("ontology", "format", folder)
    (folder / "event.ttl").write_text((folder / "event.ttl").read_text("utf-8").replace(" ;\n", ";\n", 1), "utf-8")
    before = (folder / "event.ttl").read_bytes()
    result = kgbuild("ontology", "format", "--check", folder)
    assert (result.exit_code, result.stdout) == (1, f"{folder / 'event.ttl'}\n")
    assert (folder / "event.ttl").read_bytes() == before


def test_without_paths_it_is_the_ontology_here(kgbuild: Kgbuild, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    (folder / "shapes" / "more").mkdir(parents=True, exist_ok=True)
    (folder / "alignment").mkdir(exist_ok=True)
    for place in ("shapes/s.ttl", "shapes/more/m.ttl", "alignment/a.ttl", "notes.md"):
        (folder / place).write_text("<urn:a>   a <urn:b>.")
    result = kgbuild("ontology", "format")
    assert result.exit_code == 0
    assert {"ontology/shapes/s.ttl", "ontology/shapes/more/m.ttl", "ontology/alignment/a.ttl"} <= set(result.stdout.splitlines())
    assert (folder / "notes.md").read_text() == "<urn:a>   a <urn:b>."
    monkeypatch.chdir(folder)
    assert kgbuild("ontology", "format").exit_code == 2


def test_a_broken_file_is_named_and_the_others_are_done(kgbuild: Kgbuild, folder: Path) -> None:
    (folder / "broken.ttl").write_text("<urn:a> a\n\n")
    result = kgbuild("ontology", "format", folder, folder / "missing.ttl")
    assert result.exit_code == 3
    assert f"KGB-130: {folder / 'broken.ttl'}:" in result.stderr
    assert f"KGB-130: {folder / 'missing.ttl'}: No such file" in result.stderr
    assert "2 failed" in result.stderr
    assert (folder / "broken.ttl").read_text() == "<urn:a> a\n\n"
    assert kgbuild("ontology", "format", "--check", *sorted(set(folder.glob("*.ttl")) - {folder / "broken.ttl"})).exit_code == 0


def test_rdf_xml_becomes_turtle_beside_it(kgbuild: Kgbuild, tmp_path: Path) -> None:
    saved = tmp_path / "parade.owl"
    saved.write_text(XML)
    checked = kgbuild("ontology", "format", "--check", saved)
    assert (checked.exit_code, checked.stdout) == (1, f"{saved}: {tmp_path / 'parade.ttl'} is not written\n")
    result = kgbuild("ontology", "format", saved)
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path / 'parade.ttl'}, from {saved}\n")
    assert saved.read_text() == XML
    assert (tmp_path / "parade.ttl").read_text() == TURTLE
    assert kgbuild("ontology", "format", "--check", tmp_path).exit_code == 0


def test_turtle_that_says_something_else_is_not_overwritten(kgbuild: Kgbuild, tmp_path: Path) -> None:
    saved, there = tmp_path / "parade.owl", tmp_path / "parade.ttl"
    saved.write_text(XML)
    there.write_text("<urn:a> a <urn:b> .\n")
    result = kgbuild("ontology", "format", saved)
    assert result.exit_code == 3
    assert "says something else" in result.stderr
    assert there.read_text() == "<urn:a> a <urn:b> .\n"
    assert kgbuild("ontology", "format", saved, "-o", there).exit_code == 0
    assert there.read_text() == TURTLE


def test_rdf_xml_under_a_turtle_name_becomes_turtle(kgbuild: Kgbuild, tmp_path: Path) -> None:
    (tmp_path / "parade.ttl").write_text(XML)
    assert kgbuild("ontology", "format", tmp_path).exit_code == 0
    assert (tmp_path / "parade.ttl").read_text() == TURTLE


def test_it_is_a_filter(kgbuild: Kgbuild) -> None:
    assert kgbuild("ontology", "format", "-", stdin=XML).stdout == TURTLE
    assert kgbuild("ontology", "format", "-", stdin=TURTLE).stdout == TURTLE
    assert kgbuild("ontology", "format", "-o", "-", "-", stdin=TURTLE).stdout == TURTLE


def test_dropped_comments_are_named(kgbuild: Kgbuild, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(f"# first\n{TURTLE}# last\n")
    assert f"would lose 2 lines with comments ({path}:1, {path}:6)" in kgbuild("ontology", "format", "--check", path).stderr
    assert f"lost 2 lines with comments ({path}:1, {path}:6)" in kgbuild("ontology", "format", path).stderr
    assert path.read_text() == TURTLE


def test_a_link_stays_a_link(kgbuild: Kgbuild, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.ttl").write_text("<urn:a>   a <urn:b> .")
    (tmp_path / "x.ttl").symlink_to(tmp_path / "real" / "x.ttl")
    assert kgbuild("ontology", "format", tmp_path / "x.ttl").exit_code == 0
    assert (tmp_path / "x.ttl").is_symlink()
    assert (tmp_path / "real" / "x.ttl").read_text() == "<urn:a> a <urn:b> .\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(kgbuild: Kgbuild, tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("<urn:a>   a <urn:b> .")
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    result = kgbuild("ontology", "format", tmp_path / "x.ttl")
    tmp_path.chmod(stat.S_IRWXU)
    assert result.exit_code == 3
    assert "cannot be written" in result.stderr


@pytest.mark.parametrize("arguments", [("-o", "x.ttl", "a.ttl", "b.ttl"), ("-o", "x.ttl", "--check", "a.ttl")])
def test_one_output_needs_one_file(kgbuild: Kgbuild, arguments: tuple[str, ...]) -> None:
    assert kgbuild("ontology", "format", *arguments).exit_code == 2


def test_a_folder_without_ontology_files_is_an_error(kgbuild: Kgbuild, tmp_path: Path) -> None:
    result = kgbuild("ontology", "format", tmp_path)
    assert result.exit_code == 3
    assert "holds no ontology file" in result.stderr
