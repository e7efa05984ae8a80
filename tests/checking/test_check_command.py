"""``kgbuild ontology check`` from the shell: what a person sees, what a machine gets, what the exit status says."""

from __future__ import annotations

import json
import shutil
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kgbuild.checking import TABLE
from tests.conftest import Kgbuild

if TYPE_CHECKING:
    from tests.checking.conftest import Sound

WITH_JAVA = pytest.mark.skipif(
    shutil.which("java") is None or find_spec("jpype") is None, reason="needs a Java runtime and JPype1 (kgbuild[owl])"
)


@pytest.fixture
def folder(sound: Sound, tmp_path: Path) -> Path:
    """The shipped ontology in a folder that may be edited."""
    for name, data in sound.files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "catalog-v001.xml").write_bytes(sound.around.catalog or b"")
    return tmp_path


def _edit(path: Path, old: str, new: str) -> int:
    """Replace a text; the line that it stands on."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_shipped_ontology_is_clean(kgbuild: Kgbuild) -> None:
    result = kgbuild("ontology", "check", "--no-logic")
    assert result.stdout == ""
    assert result.exit_code == 0


@WITH_JAVA
@pytest.mark.long
def test_the_shipped_ontology_is_in_owl_2_dl_and_consistent(kgbuild: Kgbuild) -> None:
    result = kgbuild("ontology", "check", "--logic", "--format", "jsonl")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [finding for finding in found if finding["check"] in ("opens", "owl-dl", "inconsistent", "unsatisfiable", "reasoner")] == []
    assert "HermiT" in result.stderr


def test_a_finding_has_file_line_term_words_and_remedy(kgbuild: Kgbuild, folder: Path) -> None:
    line = _edit(folder / "agent.ttl", 'rdfs:label "embassy"@en , "ambasadă"@ro ;', 'rdfs:label "embassy"@en ;')
    result = kgbuild("ontology", "check", "--no-logic", folder)
    assert result.exit_code == 1
    assert "warning  label-missing: Every term has a label in English and in Romanian" in result.stdout
    assert f"agent.ttl:{line}  kg:Embassy has no rdfs:label in Romanian" in result.stdout
    assert "→ add rdfs:label" in result.stdout
    assert "warning" in result.stderr


def test_machines_get_a_record_a_finding(kgbuild: Kgbuild, folder: Path) -> None:
    line = _edit(folder / "agent.ttl", "rdfs:subClassOf kg:DiplomaticMission", "rdfs:subClassOf kg:DiplomaticMision")
    as_lines = kgbuild("ontology", "check", "--no-logic", "--format", "jsonl", folder)
    records = [json.loads(record) for record in as_lines.stdout.splitlines()]
    undeclared = next(record for record in records if record["check"] == "undeclared")
    assert undeclared["file"] == "agent.ttl"
    assert undeclared["line"] == line
    assert undeclared["term"] == "kg:DiplomaticMision"
    assert undeclared["severity"] == "error"
    assert "did you mean kg:DiplomaticMission?" in undeclared["message"]
    assert json.loads(kgbuild("ontology", "check", "--no-logic", "--format", "json", folder).stdout) == records


def test_advice_alone_leaves_the_status_0(kgbuild: Kgbuild, folder: Path) -> None:
    before = kgbuild("ontology", "check", "--no-logic", "--format", "jsonl", folder).stdout.splitlines()
    with (folder / "event.ttl").open("a", encoding="utf-8") as file:
        file.write(
            '\nkg:Zorbing a owl:Class ;\n    rdfs:subClassOf kg:Event ;\n    rdfs:label "zorbing"@en , "zorbit"@ro ;\n    skos:definition\n'
            '        "An event in which somebody rolls downhill."@en , "Un eveniment în care cineva se rostogolește la vale."@ro ;\n'
            "    rdfs:isDefinedBy <https://w3id.org/kgbuild/ontology/event> .\n"
        )
    kgbuild("ontology", "format", folder)
    result = kgbuild("ontology", "check", "--no-logic", "--format", "jsonl", folder)
    new = [json.loads(line) for line in result.stdout.splitlines() if line not in before]
    assert [(record["check"], record["severity"], record["term"]) for record in new if record["term"] == "kg:Zorbing"] == [
        ("unused", "advice", "kg:Zorbing")
    ]
    if not any(json.loads(line)["severity"] != "advice" for line in before):
        assert result.exit_code == 0


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("", b"", "holds no Turtle file"),
        ("notes.txt", b"hello", "holds no Turtle file"),
    ],
    ids=["an empty folder", "a folder of other files"],
)
def test_a_folder_without_an_ontology_is_an_error(kgbuild: Kgbuild, tmp_path: Path, name: str, content: bytes, says: str) -> None:
    if name:
        (tmp_path / name).write_bytes(content)
    result = kgbuild("ontology", "check", "--no-logic", tmp_path)
    assert result.exit_code == 3
    assert says in result.stderr
    assert "hint:" in result.stderr


def test_a_folder_that_is_not_there_is_an_error(kgbuild: Kgbuild, tmp_path: Path) -> None:
    result = kgbuild("ontology", "check", tmp_path / "ontologie 🚀")
    assert result.exit_code == 3
    assert "not a folder" in result.stderr


def test_a_folder_of_broken_files_still_gives_findings(kgbuild: Kgbuild, tmp_path: Path) -> None:
    (tmp_path / "rău 🚀.ttl").write_text("@prefix kg: <x> .\nkg:a kg:b\n\nthis is no Turtle ț\n", encoding="utf-8")
    result = kgbuild("ontology", "check", tmp_path)
    assert result.exit_code == 1
    assert "rău 🚀.ttl:" in result.stdout
    assert "logic: not checked: first rău 🚀.ttl must be readable" in result.stderr


def test_ontologies_that_no_loader_reads_are_named(kgbuild: Kgbuild, folder: Path) -> None:
    (folder / "mine.owl").write_text("<rdf:RDF/>", encoding="utf-8")
    assert "mine.owl  is left aside" in kgbuild("ontology", "check", "--no-logic", folder).stdout


def test_the_checks_are_listed_each_once(kgbuild: Kgbuild) -> None:
    listed = [line.split()[0] for line in kgbuild("ontology", "check", "--list").stdout.splitlines()]
    assert set(TABLE) < set(listed)
    assert len(listed) == len(set(listed))
    assert all(check.title and check.source and check.remedy for check in TABLE.values())


def test_the_check_without_java_takes_seconds(kgbuild: Kgbuild) -> None:
    started = time.process_time()
    kgbuild("ontology", "check", "--no-logic")
    assert time.process_time() - started < 3


@pytest.mark.long
def test_without_jpype_the_rest_is_checked_and_the_way_to_it_is_told(
    kgbuild: Kgbuild, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kgbuild.owl.jars.find_spec", lambda name: None)
    _edit(folder / "agent.ttl", 'rdfs:label "embassy"@en , "ambasadă"@ro ;', 'rdfs:label "embassy"@en ;')
    result = kgbuild("ontology", "check", folder)
    assert "label-missing" in result.stdout
    assert "logic: not checked" in result.stderr
    assert "pip install 'kgbuild[owl]'" in result.stderr
    assert kgbuild("ontology", "check", "--logic", folder).exit_code == 5


LOGIC = {
    "a class that nothing can be of": (
        "agent.ttl", "kg:Embassy a owl:Class ;\n    rdfs:subClassOf kg:DiplomaticMission ;",
        "kg:Embassy a owl:Class ;\n    rdfs:subClassOf kg:DiplomaticMission , kg:Person ;", "unsatisfiable", "kg:Embassy",
    ),
    "a property made of chains that is irreflexive": (
        "agent.ttl", "kg:represents a owl:ObjectProperty ;", "kg:represents a owl:ObjectProperty , owl:IrreflexiveProperty ;", "owl-dl", "kg:represents",
    ),
}  # fmt: skip


@WITH_JAVA
@pytest.mark.long
@pytest.mark.parametrize(("name", "old", "new", "check", "term"), LOGIC.values(), ids=LOGIC)
def test_a_defect_of_logic_is_explained(kgbuild: Kgbuild, folder: Path, name: str, old: str, new: str, check: str, term: str) -> None:
    _edit(folder / name, old, new)
    result = kgbuild("ontology", "check", "--logic", "--format", "jsonl", folder)
    found = [json.loads(line) for line in result.stdout.splitlines()]
    told = [finding for finding in found if finding["check"] == check and finding["term"] == term]
    assert told, [finding for finding in found if finding["severity"] == "error"]
    assert told[0]["file"] == name
    assert told[0]["line"]
    if check == "unsatisfiable":
        assert "embassy" in told[0]["message"]
        assert "person" in told[0]["message"]


@WITH_JAVA
@pytest.mark.long
def test_an_inconsistency_is_explained(kgbuild: Kgbuild, folder: Path) -> None:
    _edit(
        folder / "scheme.ttl",
        "kgs:medium-radio a owl:NamedIndividual , kg:Medium ;",
        "kgs:medium-radio a owl:NamedIndividual , kg:Medium , kg:Stance ;",
    )
    result = kgbuild("ontology", "check", "--logic", folder)
    assert "error  inconsistent" in result.stdout
    assert "radio" in result.stdout


def test_a_file_that_cannot_be_opened_is_a_finding(kgbuild: Kgbuild, folder: Path) -> None:
    (folder / "lost.ttl").symlink_to(folder / "nowhere.ttl")
    result = kgbuild("ontology", "check", "--no-logic", folder)
    assert result.exit_code == 1
    assert "lost.ttl  cannot be read: No such file or directory" in result.stdout


def test_what_cannot_be_read_stands_first(kgbuild: Kgbuild, folder: Path) -> None:
    with (folder / "place.ttl").open("a", encoding="utf-8") as file:
        file.write("\nkg:Meeting rdfs:subClassOf kg:Nowhere\n")
    _edit(folder / "agent.ttl", "rdfs:subClassOf kg:DiplomaticMission", "rdfs:subClassOf kg:DiplomaticMision")
    assert kgbuild("ontology", "check", "--no-logic", folder).stdout.startswith("error  syntax: ")
