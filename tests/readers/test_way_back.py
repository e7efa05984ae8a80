"""Ways of writing that converted files rely on, and annotators may use: names, things outside the text, attributes of relations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kgbuild import readers
from kgbuild.document import Arg, Document, Unit

TEXT = "Anna met Bob."


def units(folder: Path) -> dict[str, Unit]:
    (found,) = readers.read([folder])
    assert isinstance(found, Document)
    assert found.problems == ()
    return {unit.id: unit for unit in found.units}


def brat(folder: Path, *lines: str) -> dict[str, Unit]:
    (folder / "a.txt").write_text(TEXT)
    anchored = ("T1\tPerson 0 4\tAnna", "T2\tMeeting 5 8\tmet", "T3\tPerson 9 12\tBob", "E1\tMeeting:T2 participant:T1", *lines)
    (folder / "a.ann").write_text("".join(f"{line}\n" for line in anchored), encoding="utf-8")
    return units(folder)


@pytest.mark.parametrize(
    ("note", "name"),
    [("name=Anna Popa", "Anna Popa"), ('name="3"', "3"), ("name=3", "3"), ('name="a; b"', "a; b")],
    ids=lambda value: value,
)
def test_in_brat_a_note_gives_a_thing_its_name(tmp_path: Path, note: str, name: str) -> None:
    found = brat(tmp_path, f"#1\tAnnotatorNotes T1\t{note}")["T1"]
    assert (found.name, found.args) == (name, ())


def test_in_brat_a_note_names_a_thing_outside_the_text(tmp_path: Path) -> None:
    found = brat(tmp_path, '#1\tAnnotatorNotes E1\tplace=wd:Q218; medium="wd:Q1"; topic=arms')["E1"]
    assert found.args[1:] == (Arg("place", target="wd:Q218"), Arg("medium", value="wd:Q1"), Arg("topic", value="arms"))


def labelstudio(folder: Path, *results: dict[str, Any]) -> dict[str, Unit]:
    regions = [("a", "Person", 0, 4), ("m", "Meeting", 5, 8), ("b", "Person", 9, 12)]
    marked = [
        {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": {"start": begin, "end": end, "labels": [label]}}
        for name, label, begin, end in regions
    ]
    task = {"data": {"id": "d", "text": TEXT}, "annotations": [{"result": [*marked, *results]}]}
    (folder / "a.json").write_text(json.dumps([task]), encoding="utf-8")
    return units(folder)


def test_in_label_studio_a_line_of_arguments_names_a_thing_outside_the_text(tmp_path: Path) -> None:
    value = {"start": 5, "end": 8, "text": ["place=wd:Q218\ntopic=arms"]}
    found = labelstudio(tmp_path, {"id": "m", "from_name": "arguments", "to_name": "text", "type": "textarea", "value": value})["m"]
    assert found.args == (Arg("place", target="wd:Q218"), Arg("topic", value="arms"))


def test_in_label_studio_the_notes_on_a_relation_give_its_attributes(tmp_path: Path) -> None:
    relation = {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right", "labels": ["memberOf"]}
    found = labelstudio(tmp_path, relation | {"notes": "from=2007\nfrom=2009\nso they say\nuntil = 2010"})
    (one,) = [unit for unit in found.values() if unit.kind == "relation"]
    assert one.attrs == {"from": [2007, 2009], "until": 2010}
    assert one.prov is not None
    assert one.prov.note == "so they say"
