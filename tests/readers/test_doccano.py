"""doccano: every kind of project, archives by member, offsets in two units, and what is dirty."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.document import Document, Mention, Problem, Prov, Unit
from kgbuild.errors import FormatError
from kgbuild.readers import choose
from kgbuild.readers.doccano import READER

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples" / "doccano"


def read(content: Any, name: str = "export.jsonl") -> list[Document | Problem]:
    if not isinstance(content, bytes):
        lines = content if isinstance(content, list) else [content]
        content = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines).encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return list(READER.read(path, Path(folder)))


def one(content: Any) -> Document:
    (found,) = read(content)
    assert isinstance(found, Document), found
    return found


def codes(found: list[Document | Problem]) -> list[str]:
    return [problem.code for each in found for problem in (each.problems if isinstance(each, Document) else (each,))]


def marks(document: Document) -> list[tuple[Any, ...]]:
    return [
        (unit.label, unit.mentions[0].text) if unit.mentions else (unit.kind, unit.name)
        for unit in document.units
        if unit.kind != "relation"
    ]


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ({"text": "Ana are", "label": [[0, 3, "PER"]]}, [("PER", "Ana")]),
        ({"text": "Ana are", "labels": [[0, 3, "PER"], [0, 7, "X"]]}, [("PER", "Ana"), ("X", "Ana are")]),
        ({"data": "Ana are", "label": [[0, 3, 12]]}, [("12", "Ana")]),
        ({"text": "Ana", "entities": [{"id": 5, "start_offset": 0, "end_offset": 3, "label": "PER"}]}, [("PER", "Ana")]),
        ({"text": "Ana", "entities": [[0, 1, "LOC"]], "cats": ["positive"]}, [("LOC", "A"), ("topic", "positive")]),
        ({"text": "Ana", "label": ["positive", "long"]}, [("topic", "positive"), ("topic", "long")]),
        ({"text": "Ana", "label": "positive"}, [("topic", "positive")]),
        ({"text": "Ana", "labels": []}, []),
        ({"text": "Ana", "annotations": [{"label": 15, "user": 1}]}, [("topic", "15")]),
        ({"text": "Ana", "annotations": [{"text": "Ann", "user": 1}]}, [("topic", "Ann")]),
    ],
)
def test_every_kind_of_project(example: Any, expected: Any) -> None:
    found = one(example)
    assert (marks(found), found.problems) == (expected, ())


def test_entities_and_relations() -> None:
    entities = [{"id": number, "label": label, "start_offset": begin, "end_offset": end} for number, label, begin, end in
                ((7, "Official", 0, 3), (9, "Denial", 4, 8), (8, "Person", 9, 11))]  # fmt: skip
    relations = [{"id": 3, "from_id": 9, "to_id": 7, "type": "speaker"}, {"id": 4, "from_id": 8, "to_id": 7, "type": "coreference"},
                 {"id": 5, "from_id": 9, "to_id": 1, "type": "about"}]  # fmt: skip
    found = one({"id": 1, "text": "Ana zice ea", "entities": entities, "relations": relations})
    assert found.units[0] == Unit("e7", "entity", ("Official", "Person"), mentions=(Mention(((0, 3),), "Ana"), Mention(((9, 11),), "ea")))
    relation = found.units[-1]
    assert (relation.label, [arg.target for arg in relation.args]) == ("speaker", ["e9", "e7"])
    assert codes([found]) == ["relation-dangling"]


def test_what_stands_beside_is_metadata() -> None:
    example = {
        "id": 4,
        "text": "Ana",
        "label": [],
        "title": "T",
        "published": "2024-01-17",
        "Comments": ["vezi", {"id": 1, "comment": "iar"}],
    }
    found = one(example | {"annotation_approver": "sef", "meta": {"outlet": "X"}})
    assert found.id == "doccano/4"
    assert found.meta == {"publisher": "X", "title": "T", "published": "2024-01-17", "note": "vezi\niar"}
    assert found.prov == Prov(tool="doccano", status="curated", note="approved by sef")


def test_users_of_old_exports_have_a_document_each() -> None:
    spans = [{"label": 1, "start_offset": 0, "end_offset": 3, "user": user} for user in (1, 2, 1)]
    spans[2] |= {"start_offset": 4, "end_offset": 7}
    found = [each for each in read({"id": 2, "text": "Ana are", "annotations": spans}) if isinstance(each, Document)]
    assert [(each.id, each.annotator, marks(each)) for each in found] == [
        ("doccano/2", "1", [("1", "Ana"), ("1", "are")]),
        ("doccano/2", "2", [("1", "Ana")]),
    ]


def archive(**members: Any) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in members.items():
            made.writestr(name, content if isinstance(content, str) else json.dumps(content))
    return file.getvalue()


def test_a_member_of_an_archive_is_an_annotator() -> None:
    example = {"id": 1, "text": "Ana", "label": [[0, 3, "PER"]]}
    content = archive(**{"ana.pop.jsonl": example, "all.jsonl": example, "notes.jsonl": "# nothing"})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(content)
        assert choose(path) is READER
    found = read(content, "a.zip")
    assert [(each.id, each.annotator) for each in found if isinstance(each, Document)] == [("doccano/1", "ana.pop"), ("doccano/1", "")]
    assert codes(found) == ["unknown-format"]
    assert [each.where.rpartition("/")[2] for each in found] == ["ana.pop.jsonl:1", "all.jsonl:1", "notes.jsonl"]


@pytest.mark.parametrize("name", ["../x.jsonl", "/x.jsonl"])
def test_unsafe_archives_are_refused(name: str) -> None:
    assert codes(read(archive(**{name: {"text": "a", "label": []}}), "a.zip")) == ["archive-unsafe"]


EMOJI = "😀😀 Ana are 🚀 mere și pere"


@pytest.mark.parametrize("counted", ["code points", "UTF-16"])
def test_both_countings_are_told_apart(counted: str) -> None:
    def offset(place: int) -> int:
        return place if counted == "code points" else len(EMOJI[:place].encode("utf-16-le")) // 2

    words = ["Ana", "mere", "pere"]
    spans = [[offset(EMOJI.index(word)), offset(EMOJI.index(word) + len(word)), "X"] for word in words]
    found = one({"text": EMOJI, "label": spans})
    assert [text for _label, text in marks(found)] == words
    assert codes([found]) == ([] if counted == "code points" else ["offsets-recounted"])


def test_an_offset_inside_a_character_is_widened_and_told() -> None:
    found = one({"text": "🚀 Kim", "label": [[1, 6, "X"], [3, 6, "Y"]]})
    assert [text for _label, text in marks(found)] == ["🚀 Kim", "Kim"]
    assert codes([found]) == ["offsets-recounted", "span-widened"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ["empty-file"]),
        ({"label": [[0, 1, "X"]]}, ["no-text"]),
        ({}, ["no-text"]),
        ({"text": "a"}, ["not-annotated"]),
        ({"text": "Ana", "label": [[0, 9, "X"]]}, ["span-outside"]),
        ({"text": "Ana", "label": [[2, 2, "X"]]}, ["span-invalid"]),
        ({"text": "Ana", "label": [[-1, 2, "X"], [0, 1], None, 1.5]}, ["result-invalid"] * 4),
        ({"text": "Ana", "entities": [{"id": 1, "start_offset": "0", "end_offset": 1}]}, ["result-invalid"]),
        ({"text": "Ana", "label": [], "relations": [7]}, ["relation-dangling"]),
        ({"text": "Ana", "label": [], "published": "ieri"}, ["metadata-invalid"]),
        (['{"text": "a", "label": []}', "{broken}", '{"text": "b", "label": []}'], ["broken-json"]),
    ],
)
def test_dirt_is_told(content: Any, expected: list[str]) -> None:
    assert codes(read(content)) == expected


@settings(deadline=None)
@given(text=st.text("aș 😀.", min_size=1, max_size=20), data=st.data())
def test_spans_of_texts_without_emoji_stay_and_none_is_lost(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    found = one({"text": text, "label": [[begin, end, "X"]]})
    ((span,),) = (unit.mentions[0].spans for unit in found.units)
    if "😀" not in text:
        assert (span, found.problems) == ((begin, end), ())
    assert 0 <= span[0] < span[1] <= len(text)


def test_the_samples_are_read_with_every_span_in_its_place() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the samples of doccano are not beside this checkout")
    counted: Counter[str] = Counter()
    for path in sorted([*SAMPLES.rglob("*.jsonl"), *SAMPLES.rglob("*.json")]):
        try:
            reader = choose(path)
        except FormatError:
            counted["unreadable"] += 1
            continue
        assert reader is READER, path
        for found in reader.read(path, SAMPLES):
            counted.update(codes([found]))
            if isinstance(found, Document):
                counted["documents"] += 1
                counted["spans"] += sum(len(unit.mentions) for unit in found.units)
                counted["relations"] += sum(unit.kind == "relation" for unit in found.units)
                counted["topics"] += sum(unit.kind == "topic" for unit in found.units)
    # the lines without a text are the tool's own examples of faulty imports
    assert counted == {"documents": 28, "spans": 36, "relations": 3, "topics": 16, "no-text": 7, "not-annotated": 1}


def test_what_is_no_doccano_is_left_to_others() -> None:
    others = [
        b'{"kgbuild":1,"id":"a","text":"a"}',
        b'{"text": "a", "spans": []}',
        b'{"text": "a", "label": "POS", "answer": "accept"}',
        b'[{"data": {"text": "a"}, "annotations": [{"result": []}]}]',
        b"text,label",
    ]
    assert not any(READER.sniff(head) for head in others)
    assert not READER.sniff_archive(["a/b.jsonl"])
    assert not READER.sniff_archive(["a.kga.jsonl"])
