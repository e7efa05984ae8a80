"""An editor adds a class of events with Protégé's library: the next load knows it, and a rebuild brings what was loaded up to date."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kgbuild.owl import Jvm
from kgbuild.stores import EmbeddedStore

from ..conftest import Kgbuild  # noqa: TID252 - the tests are no installed package
from .files import ONTOLOGY, protege_jars, shipped  # noqa: TID252

KG = "https://w3id.org/kgbuild/ontology#"
SHAPE = """
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

kg:CyberAttackShape a sh:NodeShape ;
    sh:targetClass kg:CyberAttack ;
    sh:property [ sh:path kg:victim ; sh:minCount 1 ; sh:message "A cyber attack has a victim."@en ] .
"""


def article(name: str, text: str, label: str) -> str:
    """An annotated article, as one line, about hackers (``intruder``) who attack a ministry (``victim``) on a day."""
    who, verb, whom, day = text.rstrip(".").split("|")
    text = text.replace("|", " ")

    def mention(words: str) -> list[dict[str, object]]:
        begin = text.index(words)
        return [{"spans": [[begin, begin + len(words)]], "text": words}]

    units = [
        {"id": "e1", "kind": "entity", "label": "ArmedGroup", "name": who, "mentions": mention(who)},
        {"id": "e2", "kind": "entity", "label": "Ministry", "name": whom, "mentions": mention(whom)},
        {"id": "d1", "kind": "value", "label": "Date", "mentions": mention(day), "attrs": {"edtf": day}},
        {
            "id": "x1",
            "kind": "event",
            "label": label,
            "mentions": mention(verb),
            "args": [{"role": "intruder", "target": "e1"}, {"role": "victim", "target": "e2"}, {"role": "date", "target": "d1"}],
        },
    ]
    meta = {"published": "2024-02-01", "lang": "ro"}
    return json.dumps({"kgbuild": 1, "id": name, "text": text, "meta": meta, "units": units}, ensure_ascii=False) + "\n"


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory, protege: Jvm) -> Path:
    """A folder with the shipped ontology after the editing session, and a shape for the new class."""
    folder = tmp_path_factory.mktemp("edited") / "ontology"
    shutil.copytree(ONTOLOGY, folder)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(entry or os.getcwd() for entry in sys.path)}
    session = [sys.executable, str(Path(__file__).with_name("editing_session.py")), str(folder), str(protege_jars())]
    done = subprocess.run(session, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    (folder / "shapes").mkdir(exist_ok=True)
    (folder / "shapes" / "cyber-attack.ttl").write_text(SHAPE, encoding="utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.ttl"))}


def ask(store: Path, query: str) -> list[tuple[str, ...]]:
    with EmbeddedStore.open(store, read_only=True) as opened:
        solutions = opened.select(f"PREFIX kg: <{KG}> {query}")
        return sorted(tuple("" if cell is None else cell.value for cell in row) for row in solutions)  # type: ignore[union-attr]


FIRST = "Grupul Negru|a atacat|Ministerul Rețelelor|2024-01-30."
SECOND = "Grupul Negru|a paralizat 💻|Ministerul Rețelelor|2024-01-30."


def test_the_edit_is_sound_and_touches_its_module_alone(edited: Path, protege: Jvm) -> None:
    assert [name for name, data in files(edited).items() if data != shipped()[name]] == ["event.ttl"]
    report = protege.logic(files(edited))
    assert report.is_sound, report
    before = protege.open(shipped())["event.ttl"].axioms
    assert report.opened["event.ttl"].axioms == before + 3 * 6 + 1 + 4 + 2 * 2


def test_an_article_with_the_new_label_loads_at_once(edited: Path, kgbuild: Kgbuild, tmp_path: Path) -> None:
    (tmp_path / "one.kga.jsonl").write_text(article("one", FIRST, "CYBER_ATTACK"), encoding="utf-8")
    result = kgbuild("load", "--store", tmp_path / "store", "--ontology", edited, "--strict", tmp_path / "one.kga.jsonl")
    assert result.exit_code == 0, result.output
    events = ask(tmp_path / "store", "SELECT ?class { ?x a ?class ; kg:victim ?whom }")
    assert (KG + "CyberAttack",) in events


@pytest.mark.parametrize("label", ["CYBER_ATTACK", "CyberAttack", "cyber attack", "Atac cibernetic"])
def test_every_label_of_the_new_class_serves(edited: Path, kgbuild: Kgbuild, tmp_path: Path, label: str) -> None:
    (tmp_path / "one.kga.jsonl").write_text(article("one", FIRST, label), encoding="utf-8")
    result = kgbuild("load", "--store", tmp_path / "store", "--ontology", edited, tmp_path / "one.kga.jsonl")
    assert result.exit_code == 0, result.output


def test_a_rebuild_brings_articles_loaded_before_up_to_date(edited: Path, kgbuild: Kgbuild, tmp_path: Path) -> None:
    store = tmp_path / "store"
    for name, text in (("one", FIRST), ("two", SECOND)):
        (tmp_path / f"{name}.kga.jsonl").write_text(article(name, text, "CYBER_ATTACK"), encoding="utf-8")
    before = kgbuild("load", "--store", store, tmp_path / "one.kga.jsonl", tmp_path / "two.kga.jsonl")
    assert before.exit_code == 1, "an unknown label is kept, and said"
    raw = ask(store, "SELECT DISTINCT ?label { GRAPH ?g { ?x kg:rawLabel ?label } }")
    assert raw == [("CYBER_ATTACK",)]
    assert ask(store, "SELECT ?x { ?x a kg:CyberAttack }") == []

    after = kgbuild("load", "--store", store, "--rebuild", "--ontology", edited)
    assert after.exit_code == 0, after.output
    assert ask(store, "SELECT DISTINCT ?label { GRAPH ?g { ?x kg:rawLabel ?label } }") == []
    attacks = ask(store, "SELECT ?x { ?x a kg:CyberAttack }")
    assert len(attacks) == 1, "one attack, by day, intruder and victim, told by two articles"
    articles = ask(store, f"SELECT ?article {{ <{attacks[0][0]}> kg:reportedIn ?article }}")
    assert [iri.rpartition("/")[2] for (iri,) in articles] == ["one", "two"]


def test_what_was_rebuilt_opens_in_protege_again(edited: Path, kgbuild: Kgbuild, protege: Jvm, tmp_path: Path) -> None:
    (tmp_path / "one.kga.jsonl").write_text(article("one", FIRST, "CYBER_ATTACK"), encoding="utf-8")
    assert kgbuild("load", "--store", tmp_path / "store", "--ontology", edited, tmp_path / "one.kga.jsonl").exit_code == 0
    assert kgbuild("dump", "--store", tmp_path / "store", "--for", "protege", "-o", tmp_path / "graph.owl").exit_code == 0
    report = protege.logic({"graph.owl": (tmp_path / "graph.owl").read_bytes()})
    assert report.is_sound
    found = protege.entailments({"graph.owl": (tmp_path / "graph.owl").read_bytes()})
    attack = next(individual for individual, cls in found.types if cls == KG + "CyberAttack")
    assert (attack, KG + "Event") in found.types
