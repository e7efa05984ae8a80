"""What brat's files look like, and what brat has no place for."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from kgbuild.document import Arg, Document, Mention, Prov, Unit
from kgbuild.writers import writer

from .good_document import DOCUMENT, TEXT, span  # noqa: TID252 - the tests are no installed package

WRITTEN = writer("brat").write(DOCUMENT)


def test_the_lines_are_brats_own() -> None:
    assert WRITTEN.problems == ()
    assert WRITTEN.files[".txt"].decode() == TEXT
    assert WRITTEN.files[".ann"].decode().splitlines() == [
        "T1\tPerson 0 9\tPremierul",
        "T2\tPerson 74 76\tEl",
        "T3\tState 28 35\tRomânia",
        "T4\tState 63 71\tUcrainei",
        "T5\tDate 21 25\tluni",
        "T6\tQuote 28 71\tRomânia va livra un sistem Patriot Ucrainei",
        "T7\tArmsTransfer 36 38;39 44\tva livra",
        "T8\tStatement 10 20\ta declarat",
        "T9\tDenial 77 84\ta negat",
        "E1\tArmsTransfer:T7 supplier:T3 recipient:T4",
        "E2\tStatement:T8 speaker:T1 about:E1 quote:T6 date:T5",
        "E3\tDenial:T9 about:E1 about2:E2",
        "R1\tmemberOf Arg1:T3 Arg2:T4",
        "*\tCoreference T1 T2",
        "A1\ttense E1 future",
        "A2\tstance E2 pledges",
        "A3\tfrom R1 2007",
        "N1\tReference T1 Wikidata:Q12730416\tMarcel Ciolacu",
        "N2\tReference T3 Wikidata:Q218\t",
        "#1\tAnnotatorNotes E1\titem=wd:Q180790",
        "#2\tAnnotatorNotes E1\tquantity=1",
        "#3\tAnnotatorNotes E3\tmedium=facebook",
        "#4\tAnnotatorNotes T4\tname=Ucraina",
        "#5\tAnnotatorNotes T5\t2024-03-11",
        "#6\tAnnotatorNotes E1\tpromised only",
    ]


def test_what_has_no_line_stands_beside_them() -> None:
    beside = json.loads(WRITTEN.files[".meta.json"])
    assert (beside["id"], beside["meta"], beside["prov"]["annotator"]) == ("agerpres/17", DOCUMENT.meta, "mp")
    assert beside["units"]["T1"] == {"id": "pm"}
    # brat's form tells that Denial is an event, not that it is a statement
    assert beside["units"]["E3"] == {"id": "d", "kind": "statement"}


HERE = Mention(((0, 9),), "Premierul")


@pytest.mark.parametrize(
    ("unit", "lost"),
    [
        (Unit("u", "topic", "Topic", "arms"), "a Topic that stands nowhere in the text"),
        (Unit("u", "entity", "State", mentions=(Mention((), "elsewhere"), HERE)), "a mention “elsewhere” without a place"),
        (Unit("u", "entity", ("State", "Agent"), mentions=(HERE,)), "the label “Agent” beside “State”"),
        (Unit("u", "entity", "Armed Group", mentions=(HERE,)), "label “Armed Group” written as “Armed_Group”"),
        (Unit("u", "entity", "State", mentions=(replace(HERE, head=(0, 3)),)), "head 0-3 of a mention"),
        (Unit("u", "entity", "State", mentions=(HERE,), links=("not a link",)), "the link 'not a link'"),
        (Unit("u", "entity", "State", mentions=(HERE,), attrs={"a": " x  y"}), "white space in the value of the attribute “a”"),
        (Unit("u", "entity", "State", mentions=(HERE,), attrs={"a": ""}), "the attribute 'a' with an empty value"),
        (Unit("u", "entity", "State", mentions=(HERE,), prov=Prov(confidence=0.5)), "confidence of its own, 0.5"),
        (Unit("u", "entity", "State", mentions=(HERE,), prov=Prov(note="a=b")), "the note “a=b”, which would be read as a value"),
        (Unit("u", "event", "Meeting", mentions=(HERE,), args=(Arg("place", target="nowhere"),)), "argument 'place' to 'nowhere'"),
        (Unit("u", "event", "Meeting", mentions=(HERE,), args=(Arg("9", value="x"),)), "the argument 9=x"),
        (Unit("u", "event", "Meeting", mentions=(HERE,), args=(Arg("name", value="x"),)), "the argument name=x"),
        (
            Unit("u", "event", "Meeting", mentions=(HERE,), args=(Arg("place", target="wd:Q1", attrs={"sure": True}),)),
            "attribute 'sure' of the argument 'place'",
        ),
        (Unit("u", "relation", "owns", args=(Arg("source", target="wd:Q1"), Arg("target", value=3))), "the relation owns between wd:Q1, 3"),
    ],
)
def test_what_brat_cannot_hold_is_named_with_its_unit(unit: Unit, lost: str) -> None:
    problems = writer("brat").write(replace(DOCUMENT, units=(unit,))).problems
    assert [(problem.unit, problem.document) for problem in problems] == [("u", "agerpres/17")]
    assert lost in problems[0].message
    assert problems[0].code in ("not-in-format", "changed-in-format")


def test_a_document_without_a_text_is_not_written() -> None:
    written = writer("brat").write(Document("a", sha256="0" * 64))
    assert written.files == {}
    assert [(problem.code, problem.severity) for problem in written.problems] == [("document-not-in-format", "rejected")]


def test_an_event_with_several_triggers_has_its_arguments_once() -> None:
    unit = Unit("u", "event", "Meeting", mentions=(span("luni"), span("apoi")), args=(Arg("place", target="u"),))
    lines = writer("brat").write(replace(DOCUMENT, units=(unit,))).files[".ann"].decode().splitlines()
    assert lines[2:] == ["E1\tMeeting:T1 place:E1", "E2\tMeeting:T2", "*\tCoreference E1 E2"]
