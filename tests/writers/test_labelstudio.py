"""What a task for Label Studio looks like: names as in the configuration, and what Label Studio has no place for."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from kgbuild.document import Arg, Document, Mention, Prov, Unit
from kgbuild.labelling import gather, tool
from kgbuild.resources import read_bundled
from kgbuild.writers.labelstudio import LabelStudio

from .good_document import DOCUMENT, TEXT  # noqa: TID252 - the tests are no installed package

LABELS = gather(read_bundled("ontology", ".ttl"))
WRITER = LabelStudio(frozenset(attribute.name for attribute in LABELS.attributes if attribute.kind == "choice"))
WRITTEN = WRITER.write(DOCUMENT)
TASK = json.loads(WRITTEN.files[".json"])[0]
RESULTS: list[dict[str, Any]] = TASK["annotations"][0]["result"]


def test_the_task_holds_the_text_and_its_metadata() -> None:
    assert TASK["data"] == {"id": "agerpres/17", "text": TEXT, **DOCUMENT.meta}
    assert TASK["annotations"][0]["completed_by"] == {"email": "mp"}
    assert TASK["annotations"][0]["ground_truth"] is True


def test_only_what_stands_in_parts_is_changed() -> None:
    assert [(problem.code, problem.unit) for problem in WRITTEN.problems] == [("changed-in-format", "x")]
    assert "2 parts written as all that stands between them, “va livra”" in WRITTEN.problems[0].message


def test_regions_are_named_by_their_units_and_joined() -> None:
    regions = {result["id"]: result["value"] for result in RESULTS if result["type"] == "labels"}
    assert list(regions) == ["pm", "pm~2", "ro", "ua", "day", "q", "x", "s", "d"]
    assert regions["pm"] == {"start": 0, "end": 9, "text": "Premierul", "labels": ["Person"]}
    arcs = [(result["from_id"], result["labels"][0], result["to_id"]) for result in RESULTS if result["type"] == "relation"]
    assert arcs == [
        ("pm", "coreference", "pm~2"), ("x", "supplier", "ro"), ("x", "recipient", "ua"), ("s", "speaker", "pm"), ("s", "about", "x"),
        ("s", "quote", "q"), ("s", "date", "day"), ("d", "about", "x"), ("d", "about", "s"), ("ro", "memberOf", "ua"),
    ]  # fmt: skip
    assert RESULTS[-1]["notes"] == 'from="2007"'


def test_answers_are_of_the_types_of_the_configurations_controls() -> None:
    view = ElementTree.fromstring(tool("labelstudio").files(LABELS)["labelstudio.xml"])
    controls = {element.attrib["name"]: element.tag.lower() for element in view.iter() if "toName" in element.attrib}
    answers = [result for result in RESULTS if result["type"] != "relation"]
    assert {result["from_name"] for result in answers} == {"label", "name", "link", "edtf", "tense", "arguments", "stance"}
    for result in answers:
        assert controls[result["from_name"]] == result["type"]
        assert result["to_name"] == "text"
    labels = {label.attrib["value"] for label in view.iter("Label")}
    arcs = {relation.attrib["value"] for relation in view.iter("Relation")}
    assert {label for result in answers if result["type"] == "labels" for label in result["value"]["labels"]} <= labels
    assert {label for result in RESULTS if result["type"] == "relation" for label in result["labels"]} <= arcs


def test_literals_and_things_outside_are_lines_of_arguments() -> None:
    lines = {result["id"]: result["value"]["text"] for result in RESULTS if result.get("from_name") == "arguments"}
    assert lines == {"x": ["item=wd:Q180790", "quantity=1"], "d": ["medium=facebook"]}
    assert next(result for result in RESULTS if result.get("id") == "x")["meta"] == {"text": ["promised only"]}


HERE = Mention(((0, 9),), "Premierul")


@pytest.mark.parametrize(
    ("unit", "lost"),
    [
        (Unit("u", "topic", "Topic", "arms"), "a Topic that stands nowhere in the text"),
        (Unit("u", "entity", "State", mentions=(replace(HERE, head=(0, 3)),)), "head 0-3 of a mention"),
        (Unit("u", "entity", "State", mentions=(HERE,), attrs={"link": "x"}), "the attribute 'link'"),
        (Unit("u", "entity", "State", mentions=(HERE,), links=("nothing",)), "the link 'nothing'"),
        (Unit("u", "entity", "State", mentions=(HERE,), prov=Prov(annotator="zz")), "annotator of its own, 'zz'"),
        (Unit("u", "entity", "State", mentions=(HERE,), prov=Prov(note="a=b")), "the note “a=b”, which would be read as an argument"),
        (Unit("u", "event", "Meeting", mentions=(HERE,), args=(Arg("coreference", target="u"),)), "the argument coreference=u"),
        (Unit("u", "event", "Meeting", mentions=(HERE,), args=(Arg("about", target="nobody"),)), "the argument about=nobody"),
        (
            Unit("u", "relation", "owns", args=(Arg("source", target="wd:Q1"), Arg("target", target="u"))),
            "the relation owns between wd:Q1, u",
        ),
    ],
)
def test_what_label_studio_cannot_hold_is_named_with_its_unit(unit: Unit, lost: str) -> None:
    problems = WRITER.write(replace(DOCUMENT, units=(unit,))).problems
    assert [problem.unit for problem in problems] == ["u"]
    assert lost in problems[0].message


def test_what_a_model_did_is_a_prediction() -> None:
    written = WRITER.write(replace(DOCUMENT, prov=Prov(annotator="m1", status="auto", confidence=0.7)))
    (task,) = json.loads(written.files[".json"])
    assert (task["predictions"][0]["model_version"], task["predictions"][0]["score"]) == ("m1", 0.7)
    assert "annotations" not in task


def test_a_document_without_a_text_is_not_written() -> None:
    assert WRITER.write(Document("a")).files == {}
