"""What is annotated in INCEpTION is answered: the same rows from CAS JSON, from XMI, and from the export of a project."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from kgbuild.mapping import Mapper
from kgbuild.ontology import Ontology
from kgbuild.readers import read
from kgbuild.registry import Registry
from tests.conftest import Kgbuild
from tests.readers.making_cas import denial


def _rows(kgbuild: Kgbuild, store: Path, name: str) -> list[dict[str, str]]:
    result = kgbuild("query", "--store", store, name, "--format", "jsonl", "--lang", "en")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_denial_annotated_in_inception_is_answered(kgbuild: Kgbuild, tmp_path: Path) -> None:
    source = denial().write(tmp_path / "articles" / "kcna.json")
    loaded = kgbuild("load", "--store", tmp_path / "store", source)
    assert loaded.exit_code == 0, loaded.output

    [transfer] = _rows(kgbuild, tmp_path / "store", "transfers")
    named = {
        name: transfer.get(f"{name}Label", transfer.get(name)) for name in ("supplier", "recipient", "item", "earliest", "latest", "status")
    }
    assert named["supplier"] == "North Korea"
    assert named["recipient"] == "Russia"
    assert named["item"] == "rachete"
    assert (named["earliest"], named["latest"]) == ("2023-09-01", "2023-09-30")

    [statement] = _rows(kgbuild, tmp_path / "store", "statements")
    assert statement["stance"].endswith("stance-denies")
    assert statement["speakerLabel"] == "Choe Son Hui"
    assert statement["stateLabel"] == "North Korea"
    assert (statement["earliest"], statement["latest"]) == ("2023-09-19", "2023-09-19")
    assert statement["quote"] == "Nu am trimis nimic"
    assert statement["about"] == transfer["transfer"]


def _lines(path: Path, ontology: Ontology, registry: Registry) -> list[str]:
    [document] = read([path])
    mapped = Mapper(ontology, registry).map((document,))
    return [*mapped.facts, *mapped.details]


def test_xmi_and_json_of_one_cas_give_one_graph(ontology: Ontology, registry: Registry, tmp_path: Path) -> None:
    cassis = pytest.importorskip("cassis", reason="dkpro-cassis is not installed: pip install -e '.[dev]'")
    source = denial().write(tmp_path / "json" / "kcna.json")
    with source.open("rb") as file:
        cas = cassis.load_cas_from_json(file)
    beside = tmp_path / "xmi"
    beside.mkdir()
    cas.to_xmi(beside / "kcna.xmi")
    cas.typesystem.to_xml(beside / "TypeSystem.xml")
    with zipfile.ZipFile(tmp_path / "kcna.zip", "w") as archive:
        for path in beside.iterdir():
            archive.write(path, path.name)
    expected = _lines(source, ontology, registry)
    assert len(expected) > 150
    assert _lines(beside / "kcna.xmi", ontology, registry) == expected
    assert _lines(tmp_path / "kcna.zip", ontology, registry) == expected


def test_a_project_export_gives_the_same_answers_and_names_its_annotators(kgbuild: Kgbuild, tmp_path: Path) -> None:
    described = {
        "source_documents": [{"name": "kcna.txt", "state": "ANNOTATION_IN_PROGRESS"}],
        "annotation_documents": [{"name": "kcna.txt", "user": user, "state": "FINISHED"} for user in ("ana", "ion")],
    }
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("exportedproject1.json", json.dumps(described))
        for user in ("ana", "ion"):
            archive.writestr(f"annotation/kcna.txt/{user}.json", json.dumps(denial().cas()))
    loaded = kgbuild("load", "--store", tmp_path / "store", tmp_path / "export.zip")
    assert loaded.exit_code == 0, loaded.output
    rows = _rows(kgbuild, tmp_path / "store", "statements")
    # the missiles have no name of their own, so each annotator's transfer is a transfer, and denied as such
    assert {(row["stanceLabel"], row["speakerLabel"], row["earliest"]) for row in rows} == {("denies", "Choe Son Hui", "2023-09-19")}
    annotators = set()
    for row in rows:
        evidence = kgbuild("query", "--store", tmp_path / "store", "evidence", "--param", f"thing={row['statement']}", "--format", "jsonl")
        annotators |= {json.loads(line)["annotator"].rpartition("/")[2] for line in evidence.stdout.splitlines()}
    assert annotators == {"ana", "ion"}
