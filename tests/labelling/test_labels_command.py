"""``kgbuild labels``: files into a folder, one file to standard output, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.labelling import TOOLS
from kgbuild.resources import read_bundled
from tests.conftest import Kgbuild


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_files_are_written_and_named(kgbuild: Kgbuild, tmp_path: Path, name: str) -> None:
    result = kgbuild("labels", "--for", name, "-o", tmp_path / "new" / "folder")
    assert result.exit_code == 0, result.output
    written = sorted(path.name for path in (tmp_path / "new" / "folder").iterdir())
    assert sorted(Path(line.partition("  ")[0]).name for line in result.stdout.splitlines()) == written
    again = {path.name: path.read_bytes() for path in (tmp_path / "new" / "folder").iterdir()}
    assert kgbuild("labels", "--for", name, "-o", tmp_path / "new" / "folder").exit_code == 0
    assert again == {path.name: path.read_bytes() for path in (tmp_path / "new" / "folder").iterdir()}


def test_one_file_goes_to_standard_output(kgbuild: Kgbuild, tmp_path: Path) -> None:
    result = kgbuild("labels", "--for", "labelstudio")
    assert result.exit_code == 0
    assert kgbuild("labels", "--for", "labelstudio", "-o", tmp_path).exit_code == 0
    assert (tmp_path / "labelstudio.xml").read_text(encoding="utf-8") == result.stdout


def test_several_files_need_a_folder(kgbuild: Kgbuild) -> None:
    result = kgbuild("labels", "--for", "brat")
    assert result.exit_code == 2
    assert "annotation.conf, visual.conf, tools.conf" in result.stderr
    assert "-o DIR" in result.stderr


def test_an_unknown_tool_is_named(kgbuild: Kgbuild) -> None:
    result = kgbuild("labels", "--for", "gate")
    assert result.exit_code == 2
    assert "'gate' is not one of 'brat', 'labelstudio', 'inception', 'doccano', 'prodigy'" in result.stderr


def test_the_tools_are_those_of_the_package() -> None:
    from kgbuild.cli.labels import command

    option = next(parameter for parameter in command.params if parameter.name == "name")
    assert list(option.type.choices) == list(TOOLS)  # type: ignore[attr-defined]


def test_an_editors_own_ontology_is_used_and_what_has_no_word_is_said(kgbuild: Kgbuild, tmp_path: Path) -> None:
    for name, data in read_bundled("ontology", ".ttl").items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "mine.ttl").write_text(
        "@prefix kg: <https://w3id.org/kgbuild/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> ."
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix my: <https://example.org/my#> ."
        'my:Raid a owl:Class ; rdfs:subClassOf kg:Event . my:Foray a owl:Class ; rdfs:subClassOf kg:Event ; kg:annotationLabel "raid" .',
        encoding="utf-8",
    )
    result = kgbuild("labels", "--for", "labelstudio", "--ontology", tmp_path)
    assert result.exit_code == 1
    assert 'value="Foray"' in result.stdout
    assert 'value="Raid"' not in result.stdout
    assert (
        result.stderr == "left out: https://example.org/my#Raid has no word that names it alone; give it a kg:annotationLabel of its own\n"
    )


def test_a_folder_that_cannot_be_made_is_an_error(kgbuild: Kgbuild, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = kgbuild("labels", "--for", "brat", "-o", tmp_path / "file" / "below")
    assert result.exit_code == 3
    assert "cannot be made: Not a directory" in result.stderr
