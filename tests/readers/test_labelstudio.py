"""Label Studio: regions, answers, relations, annotators, predictions, hypertexts, dialogues, JSON-MIN, and what is dirty in each."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.document import Arg, Document, Mention, Problem, Prov, Unit
from kgbuild.errors import FormatError
from kgbuild.readers import choose
from kgbuild.readers.labelstudio import READER

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples" / "labelstudio"
TEXT = "Lavrov a negat.\nEl a spus 🚀 „nu”."


def read(tasks: Any, name: str = "export.json") -> list[Document | Problem]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(tasks if isinstance(tasks, str) else json.dumps(tasks), encoding="utf-8")
        return list(READER.read(path, Path(folder)))


def one(tasks: Any) -> Document:
    (found,) = read(tasks)
    assert isinstance(found, Document), found
    return found


def codes(found: list[Document | Problem]) -> list[str]:
    return [problem.code for each in found for problem in (each.problems if isinstance(each, Document) else (each,))]


def task(*results: Any, data: Any = None, **annotation: Any) -> dict[str, Any]:
    return {"id": 7, "project": 2, "data": data or {"text": TEXT}, "annotations": [{"id": 1, "result": list(results), **annotation}]}


def region(name: str, start: int, end: int, label: str | None = "Person", **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": TEXT[start:end]} | ({"labels": [label]} if label else {})
    return {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value, **more}


def answer(name: str, control: str, kind: str, **value: Any) -> dict[str, Any]:
    return {"id": name, "from_name": control, "to_name": "text", "type": kind, "value": value}


def relation(source: str, target: str, *labels: str, direction: str = "right", **more: Any) -> dict[str, Any]:
    return {"from_id": source, "to_id": target, "type": "relation", "direction": direction, "labels": list(labels), **more}


def edges(document: Document) -> list[tuple[Any, ...]]:
    return [(unit.args[0].target, unit.label, unit.args[1].target) for unit in document.units if unit.kind == "relation"]


# --- regions and what is said of them ----------------------------------------------------------------------------------------------------


def test_a_task_is_a_document() -> None:
    data = {"text": TEXT, "title": "T", "url": "https://a.example/1", "language": "ro", "section": "x"}
    found = one(task(region("a", 0, 6), data=data, completed_by={"id": 4, "email": "a@b.example"}, created_at="2024-01-01T00:00:00Z"))
    assert (found.id, found.text) == ("labelstudio/2/7", TEXT)
    assert found.meta == {"title": "T", "uri": "https://a.example/1", "lang": "ro", "section": "x"}
    assert found.prov == Prov("a@b.example", "Label Studio", "2024-01-01T00:00:00Z", status="manual", ref="1")
    assert found.units == (Unit("a", "entity", "Person", mentions=(Mention(((0, 6),), "Lavrov", id="a"),)),)


@pytest.mark.parametrize(
    ("data", "number", "expected"),
    [
        ({"id": "own", "text": "a"}, 7, "own"),
        ({"doc_id": 12, "text": "a"}, 7, "12"),
        ({"text": "a"}, 7, "export/7"),
        ({"text": "a"}, None, "export/1"),
    ],
)
def test_the_id_of_a_document(data: Any, number: Any, expected: str) -> None:
    assert one([{"id": number, "data": data, "annotations": [{"result": []}]}]).id == expected


def test_answers_per_region() -> None:
    found = one(
        task(
            region("a", 0, 6, score=0.5, meta={"text": ["first note"]}),
            answer("a", "stance", "choices", start=0, end=6, text="Lavrov", choices=["denies"]),
            answer("a", "also", "choices", start=0, end=6, choices=["x", "y"]),
            answer("a", "rank", "number", start=0, end=6, number=3),
            answer("a", "stars", "rating", start=0, end=6, rating=4),
            answer("a", "edtf", "datetime", start=0, end=6, datetime="2024-01-16"),
            answer("a", "type", "taxonomy", start=0, end=6, taxonomy=[["Weapon", "Missile"], ["Thing"]]),
            answer("a", "free", "textarea", start=0, end=6, text=["one", "two"]),
            answer("a", "link", "textarea", start=0, end=6, text=["Q58217 https://ro.wikipedia.org/wiki/Serghei_Lavrov"]),
            answer("a", "name", "textarea", start=0, end=6, text="Serghei Lavrov"),
            answer("a", "note", "textarea", text=["second note"]),
            answer("a", "arguments", "textarea", start=0, end=6, text=["quantity = 12", "place=Moscova"]),
        )
    )
    (unit,) = found.units
    assert unit.attrs == {
        "stance": "denies", "also": ["x", "y"], "rank": 3, "stars": 4, "edtf": "2024-01-16", "type": ["Missile", "Thing"], "free": ["one", "two"],
    }  # fmt: skip
    assert unit.links == ("wd:Q58217", "https://ro.wikipedia.org/wiki/Serghei_Lavrov")
    assert unit.name == "Serghei Lavrov"
    assert unit.prov == Prov(confidence=0.5, note="first note\ntype: Weapon / Missile\nsecond note")
    assert unit.args == (Arg("quantity", value=12), Arg("place", value="Moscova"))
    assert found.problems == ()


def test_several_labels_and_none() -> None:
    both = region("a", 0, 6)
    both["value"]["labels"] = ["Person", "Official"]
    found = one(task(both, region("b", 7, 14, None), answer("b", "stance", "choices", start=7, end=14, choices=["denies"])))
    assert [unit.label for unit in found.units] == [("Person", "Official"), None]


def test_answers_about_the_whole_text() -> None:
    found = one(
        task(
            answer("t", "topic", "choices", choices=["Arms", "Talks"]),
            answer("u", "tree", "taxonomy", taxonomy=[["A", "B"]]),
            answer("v", "summary", "textarea", text=["short"]),
            answer("w", "grade", "number", number=2),
        )
    )
    assert [(unit.kind, unit.name, unit.mentions) for unit in found.units] == [
        ("topic", "Arms", ()),
        ("topic", "Talks", ()),
        ("topic", "B", ()),
    ]
    assert found.meta == {"summary": "short", "grade": 2}


@pytest.mark.parametrize(("label", "kind"), [("Statement", "statement"), ("Date", "value"), ("Quote", "value"), ("State", "entity")])
def test_the_kind_comes_from_the_label(label: str, kind: str) -> None:
    assert one(task(region("a", 0, 6, label))).units[0].kind == kind


# --- relations -----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "expected"),
    [("right", [("a", "speaker", "b")]), ("left", [("b", "speaker", "a")]), ("bi", [("a", "speaker", "b"), ("b", "speaker", "a")])],
)
def test_relations_have_a_direction(direction: str, expected: Any) -> None:
    found = one(task(region("a", 0, 6), region("b", 7, 14), relation("a", "b", "speaker", direction=direction)))
    assert edges(found) == expected
    assert len({unit.id for unit in found.units}) == len(found.units)


def test_a_relation_may_stand_before_its_regions_and_have_labels_and_notes() -> None:
    found = one(task(relation("a", "b", "speaker", "about", notes="sure"), region("a", 0, 6), region("b", 7, 14)))
    assert edges(found) == [("a", "speaker", "b"), ("a", "about", "b")]
    assert found.units[-1].prov == Prov(note="sure")


def test_coreference_makes_one_unit() -> None:
    regions = [region("a", 16, 18, "Official"), region("b", 0, 6), region("c", 7, 14, "Denial")]
    asked = answer("b", "link", "textarea", start=0, end=6, text=["Q58217"])
    found = one(task(*regions, asked, relation("b", "a", "coreference"), relation("c", "b", "speaker")))
    assert edges(found) == [("c", "speaker", "a")]
    assert found.units[0] == Unit(
        "a", "entity", ("Official", "Person"), links=("wd:Q58217",),
        mentions=(Mention(((16, 18),), "El", id="a"), Mention(((0, 6),), "Lavrov", id="b")),
    )  # fmt: skip


def test_an_unlabelled_relation_is_kept_and_told() -> None:
    found = one(task(region("a", 0, 6), region("b", 7, 14), relation("a", "b")))
    assert edges(found) == [("a", "relatedTo", "b")]
    assert codes([found]) == ["relation-unlabelled"]


def test_a_relation_to_nothing_is_told() -> None:
    found = one(task(region("a", 0, 6), relation("a", "gone", "speaker")))
    assert (edges(found), codes([found])) == ([], ["relation-dangling"])


# --- offsets ----------------------------------------------------------------------------------------------------------------------------------


def test_offsets_in_utf16_of_old_projects() -> None:
    begin = TEXT.index("nu")
    moved = region("a", begin + 1, begin + 3)
    moved["value"]["text"] = "nu"
    found = one(task(region("b", 0, 6), moved))
    assert [unit.mentions[0].spans for unit in found.units] == [((0, 6),), ((begin, begin + 2),)]
    assert codes([found]) == ["offsets-recounted"]


def test_line_ends_in_a_regions_text() -> None:
    marked = region("a", 7, 18)
    marked["value"]["text"] = "a negat.\\nEl"
    assert (one(task(marked)).units[0].mentions[0].text, codes([one(task(marked))])) == ("a negat.\nEl", [])


def test_a_region_whose_text_is_elsewhere_is_told() -> None:
    wrong = region("a", 0, 6)
    wrong["value"]["text"] = "Peskov"
    found = one(task(wrong))
    assert (found.units[0].mentions, codes([found])) == ((), ["span-mismatch"])


HTML = "<div><h1>Titlu</h1><p>Lavrov <b>a negat</b>.<br>Da 🚀 așa.</p></div>"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"globalOffsets": {"start": 5, "end": 11}}, "Lavrov"),
        ({"globalOffsets": {"start": 12, "end": 25}}, "a negat.\nDa 🚀"),
        ({"start": "/div[1]/p[1]/b[1]/text()[1]", "end": "/div[1]/p[1]/b[1]/text()[1]", "startOffset": 2, "endOffset": 7}, "negat"),
        ({"start": "/gone[1]", "end": "/gone[1]", "startOffset": 0, "endOffset": 4, "globalOffsets": {"start": 0, "end": 5}}, "Titlu"),
        (
            {
                "start": "/div[1]/h1[1]/text()[1]",
                "end": "/div[1]/p[1]/text()[1]",
                "startOffset": 0,
                "endOffset": 6,
                "text": "Titlu\\n\\nLavrov",
            },
            "Titlu\nLavrov",
        ),
        ({"start": "/gone[1]/text()[1]", "end": "/gone[1]/text()[1]", "startOffset": 0, "endOffset": 4, "text": "așa"}, "așa"),
    ],
)
def test_hypertext(value: dict[str, Any], text: str) -> None:
    result = {"id": "a", "from_name": "label", "to_name": "text", "type": "hypertextlabels", "value": {**value, "hypertextlabels": ["X"]}}
    found = one(task(result, data={"text": HTML}))
    assert found.text == "Titlu\nLavrov a negat.\nDa 🚀 așa.\n"
    assert [mention.text for unit in found.units for mention in unit.mentions] == [text]
    assert codes([found]) == []


def test_paragraphs() -> None:
    turns = [{"author": "Ana:", "text": "Unu doi."}, {"author": "Ion", "text": "Trei."}, {"text": "patru cinci"}]
    value = {"start": "0", "end": "2", "startOffset": 4, "endOffset": 5, "paragraphlabels": ["X"], "text": "doi.\\nTrei.\\npatru"}
    result = {"id": "a", "from_name": "label", "to_name": "text", "type": "paragraphlabels", "value": value}
    found = one(task(result, data={"talk": turns}))
    assert found.text == "Ana: Unu doi.\nIon: Trei.\npatru cinci"
    assert found.units[0].mentions[0].text == "doi. Trei. patru"
    assert codes([found]) == []


# --- which field is the text ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "results", "text"),
    [
        ({"body": "Lavrov", "title": "Un titlu"}, [], "Lavrov"),
        ({"a": "alt text", "b": "Lavrov"}, [answer("x", "c", "choices", choices=["y"]) | {"source": "$b"}], "Lavrov"),
        ({"a": "un text lung", "text": "Lavrov"}, [region("x", 0, 6)], "Lavrov"),
        ({"a": "un text lung", "b": "Lavrov"}, [region("x", 0, 6) | {"to_name": "t"}], "Lavrov"),
        ({"image": "https://a.example/x.png", "b": "Lavrov"}, [], "Lavrov"),
    ],
)
def test_the_text_is_found(data: Any, results: list[Any], text: str) -> None:
    found = one(task(*results, data=data))
    assert (found.text, codes([found])) == (text, [])


def test_a_guess_is_told() -> None:
    found = one(task(data={"a": "un text mai lung", "b": "scurt"}))
    assert (found.text, codes([found]), found.meta) == ("un text mai lung", ["text-guessed"], {"b": "scurt"})


def test_two_texts_of_one_task_are_one_document() -> None:
    first = region("a", 0, 6) | {"to_name": "headline"}
    second = region("b", 0, 6) | {"to_name": "body"}
    found = one(task(first, second, data={"headline": "Lavrov neagă", "body": TEXT}))
    assert found.text == f"Lavrov neagă\n\n{TEXT}"
    assert [unit.mentions[0].spans for unit in found.units] == [((0, 6),), ((14, 20),)]


def test_a_text_elsewhere_is_told() -> None:
    found = one(task(region("a", 0, 6), data={"text": "https://a.example/1.txt"}))
    assert (found.text, found.units[0].mentions) == (None, (Mention(text="Lavrov", id="a"),))
    assert codes([found]) == ["text-elsewhere", "span-without-text"]


def test_a_task_of_images_is_rejected_and_regions_elsewhere_are_told() -> None:
    box = answer("b", "box", "rectanglelabels", x=1, y=2, width=3, height=4, rectanglelabels=["Car"])
    sound = answer("s", "label", "labels", start=0.5, end=1.5, channel=0, labels=["Speech"])
    assert codes(read(task(box, data={"image": "https://a.example/x.png"}))) == ["no-text"]
    found = one(task(region("a", 0, 6), box, sound, relation("a", "b", "x")))
    assert (codes([found]), len(found.units)) == (["region-not-text"], 1)


# --- who annotated --------------------------------------------------------------------------------------------------------------------------------


def test_annotators_predictions_and_what_is_left_out() -> None:
    given = task()
    given["annotations"] = [
        {"id": 1, "completed_by": 1, "result": [region("a", 0, 6)]},
        {"id": 2, "completed_by": {"id": 2, "first_name": "Ana", "last_name": "Pop", "email": ""}, "result": [], "ground_truth": True},
        {"id": 3, "completed_by": 3, "result": [region("a", 0, 6)], "was_cancelled": True},
        {"id": 4, "completed_by": 4, "result": [region("a", 0, 6)], "reviews": [{"accepted": True}, {"accepted": False}]},
        {"id": 5, "completed_by": 1, "result": [region("b", 7, 14)]},
    ]
    given["predictions"] = [{"model_version": "m", "result": [region("p", 0, 6)]}]
    given["drafts"] = [{"result": [region("d", 0, 6)]}]
    found = read([given])
    documents = [each for each in found if isinstance(each, Document)]
    assert [(each.id, each.annotator, each.prov and each.prov.status, [unit.id for unit in each.units]) for each in documents] == [
        ("labelstudio/2/7", "Ana Pop", "curated", []),
        ("labelstudio/2/7", "1", "manual", ["b"]),
    ]
    assert codes(found) == ["annotation-cancelled", "annotation-refused", "annotation-repeated"]


def test_predictions_where_nobody_annotated() -> None:
    models = [{"id": 8, "model_version": version, "score": 0.7, "result": [region("p", 0, 6)]} for version in ("m1", "m2")]
    found = read([{"id": 7, "project": 2, "data": {"text": TEXT}, "annotations": [], "predictions": models}])
    assert [each.prov for each in found if isinstance(each, Document)] == [
        Prov("m1", "Label Studio", None, 0.7, "auto", ref="8"),
        Prov("m2", "Label Studio", None, 0.7, "auto", ref="8"),
    ]


def test_old_completions_and_storages() -> None:
    old = {
        "id": 3,
        "data": {"text": TEXT},
        "completions": [{"id": 1001, "created_username": " ana@b.example, 12", "result": [region("a", 0, 6)]}],
    }
    stored = {"id": 9, "result": [region("a", 0, 6)], "completed_by": {"id": 4}, "task": {"id": 3, "project": 1, "data": {"text": TEXT}}}
    assert [(found.id, found.annotator, len(found.units)) for found in (one(old), one(stored))] == [
        ("export/3", "ana@b.example", 1),
        ("labelstudio/1/3", "4", 1),
    ]


def test_a_task_that_nobody_annotated_is_told() -> None:
    assert codes(read([{"id": 1, "data": {"text": "a"}}, {"id": 2, "data": {"text": "b"}, "annotations": [{"result": []}]}])) == [
        "not-annotated"
    ]


def test_answers_about_the_whole_text_are_metadata_as_the_task_data_are() -> None:
    answers = [answer("w", "url", "textarea", text=["https://a.example/1"]), answer("x", "published", "textarea", text=["yesterday"])]
    found = one(task(*answers, answer("y", "title", "textarea", text=["Alt titlu"]), data={"text": TEXT, "title": "Un titlu"}))
    assert found.meta == {"uri": "https://a.example/1", "title": "Un titlu"}
    assert [problem.message for problem in found.problems] == [
        "published: 'yesterday' is not as expected: a date as 2024-01-17, 2024-01, 2024 or 2024-01-17T10:00:00Z; left out, correct the answer",
        "title: the answer 'Alt titlu' is not what the task's data say, 'Un titlu'; left out, correct one of the two",
    ]


# --- JSON-MIN ---------------------------------------------------------------------------------------------------------------------------------------


def test_json_min_is_read_with_a_warning() -> None:
    common = {"annotator": 1, "annotation_id": 5, "created_at": "2024-01-01T00:00:00Z", "lead_time": 2.5}
    found = read(
        [
            {
                "id": 7,
                "text": TEXT,
                "title": "T",
                **common,
                "label": [
                    {"start": 0, "end": 6, "text": "Lavrov", "labels": ["Person"]},
                    {"start": 7, "end": 14, "text": "a negat", "labels": ["Denial"]},
                ],
                "stance": [{"start": 7, "end": 14, "text": "a negat", "choices": ["denies"]}],
                "edtf": [{"start": 0, "end": 6, "text": ["2024"]}],
                "sentiment": "Negative",
            },
            {"id": 8, "text": "b", **common},
        ]
    )
    assert codes(found) == ["export-minimal"]
    first = found[1]
    assert isinstance(first, Document)
    assert (first.id, first.annotator, first.meta) == ("export/7", "1", {"title": "T", "sentiment": "Negative"})
    assert [(unit.label, unit.attrs) for unit in first.units] == [("Person", {"edtf": "2024"}), ("Denial", {"stance": "denies"})]


def test_json_min_whose_control_is_called_label_is_not_taken_for_doccano(tmp_path: Path) -> None:
    regions = [{"start": 0, "end": 6, "text": "Lavrov", "labels": ["Person"]}]
    path = tmp_path / "export.json"
    path.write_text(json.dumps([{"text": TEXT, "id": 7, "label": regions, "annotator": 1, "annotation_id": 5}], indent=2))
    assert choose(path) is READER


# --- dirt ---------------------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (7, "result-invalid"),
        ({"id": "a", "type": "labels"}, "result-invalid"),
        ({"id": "a", "type": "labels", "value": {"start": -1, "end": 5, "labels": ["X"]}}, "span-invalid"),
        ({"id": "a", "type": "labels", "value": {"start": 6, "end": 0, "labels": ["X"]}}, "span-invalid"),
        ({"id": "a", "type": "labels", "value": {"start": 0, "end": 999, "labels": ["X"]}}, "span-outside"),
        ({"id": "a", "type": "chatmessage", "value": {"chatmessage": {}}}, "control-unknown"),
        (region("first", 7, 14), "region-repeated"),
    ],
)
def test_a_broken_result_is_told_and_the_others_stay(result: Any, expected: str) -> None:
    found = one(task(region("first", 0, 6), result, region("last", 16, 18)))
    assert codes([found]) == [expected]
    assert {"first", "last"} <= {unit.id for unit in found.units}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "empty-file"),
        ('[{"id": 1}]', "annotation-invalid"),
        ('[{"data": []}]', "annotation-invalid"),
        ('[{"data": {"text": "a"}, "annotations": [{"id": 1}]}]', "result-invalid"),
        ('[{"data": {"text": "a", "text": "b"}}]', "duplicate-key"),
    ],
)
def test_a_broken_task_is_told(content: str, expected: str) -> None:
    assert codes(read(content)) == [expected]


def test_metadata_that_does_not_fit_is_told() -> None:
    found = one(task(data={"text": TEXT, "published": "ieri", "lang": "ro"}))
    assert (found.meta, codes([found])) == ({"lang": "ro"}, ["metadata-invalid"])


@given(text=st.text("aĂ😀\n \u0301", min_size=1, max_size=30), data=st.data())
def test_any_span_of_any_text_stays_where_it_is(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    value = {"start": begin, "end": end, "text": text[begin:end].replace("\n", "\\n"), "labels": ["X"]}
    found = one(
        task(
            {"id": "a", "to_name": "text", "type": "labels", "value": value},
            data={"text": f"x{text}"} if not text.strip() else {"text": text},
        )
    )
    if text.strip():
        assert (found.units[0].mentions[0].spans, found.problems) == (((begin, end),), ())


# --- real files ----------------------------------------------------------------------------------------------------------------------------------------


def test_the_samples_are_read_with_every_span_in_its_place() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the samples of Label Studio are not beside this checkout")
    counted: Counter[str] = Counter()
    for path in sorted(SAMPLES.rglob("*.json")):
        try:
            reader = choose(path)
        except FormatError:  # tasks that only wait for annotation are no annotation
            counted["unreadable"] += 1
            continue
        assert reader is READER, path
        for found in reader.read(path, SAMPLES):
            counted.update(codes([found]))
            if isinstance(found, Document):
                counted["documents"] += 1
                counted["spans"] += sum(len(unit.mentions) for unit in found.units)
    assert counted == {
        "documents": 28, "spans": 14, "span-repaired": 2, "span-mismatch": 2,  # both mismatches are the tool's own faulty example
        "not-annotated": 107, "no-text": 5, "text-guessed": 8, "annotation-refused": 2, "region-not-text": 2, "control-unknown": 1, "unreadable": 3,
    }  # fmt: skip


def test_what_is_no_label_studio_is_left_to_others() -> None:
    others = [
        b'{"kgbuild":1,"id":"a"}',
        b'{"text": "a", "label": [[0, 1, "X"]]}',
        b'{"annotations": [{"label": 3, "user": 1}]}',
        b"<a/>",
        b"[]",
    ]
    assert not any(READER.sniff(head) for head in others)
