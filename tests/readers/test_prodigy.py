"""Prodigy: spans, relations, links, categories, answers, people, and several tasks on one text."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from kgbuild import readers
from kgbuild.document import Document, Mention, Problem, Prov, Unit
from kgbuild.readers import choose, grouping
from kgbuild.readers.prodigy import READER

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples" / "prodigy"
TEXT = "Emerson scrie. El pleacă."
TOKENS = [
    {"text": TEXT[begin:end], "start": begin, "end": end, "id": number, "ws": True}
    for number, (begin, end) in enumerate([(0, 7), (8, 13), (13, 14), (15, 17), (18, 24), (24, 25)])
]


def read(*tasks: Any) -> list[Document | Problem]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.jsonl"
        path.write_text("\n".join(task if isinstance(task, str) else json.dumps(task) for task in tasks), encoding="utf-8")
        return list(READER.read(path, Path(folder)))


def task(*spans: Any, **more: Any) -> dict[str, Any]:
    return {"text": TEXT, "_input_hash": 1, "_task_hash": 2, "tokens": TOKENS, "spans": list(spans), "answer": "accept", **more}


def span(begin: int, end: int, label: str = "Person", **more: Any) -> dict[str, Any]:
    return {"start": begin, "end": end, "label": label, **more}


def one(*tasks: Any) -> Document:
    (found,) = read(*tasks)
    assert isinstance(found, Document), found
    return found


def codes(found: list[Document | Problem]) -> list[str]:
    return [problem.code for each in found for problem in (each.problems if isinstance(each, Document) else (each,))]


def test_spans_with_all_that_they_carry() -> None:
    first = span(0, 7, text="Emerson", kb_id="Q48226", score=0.5, source="en_core_web_lg", rank=0, edtf="2024", sure=True)
    found = one(
        task(first, span(0, 13, "X"), meta={"title": "T", "id": "own"}, _annotator_id="ana", _session_id="set-ana", _timestamp=1633999979)
    )
    assert (found.id, found.text, found.meta) == ("own", TEXT, {"title": "T"})
    assert found.prov == Prov("ana", "Prodigy", "2021-10-12T00:52:59Z", status="manual")
    assert found.units == (
        Unit("s1", "entity", "Person", mentions=(Mention(((0, 7),), "Emerson"),), links=("wd:Q48226",), attrs={"edtf": "2024", "sure": True}, prov=Prov(confidence=0.5)),
        Unit("s2", "entity", "X", mentions=(Mention(((0, 13),), "Emerson scrie"),)),
    )  # fmt: skip


def test_the_last_token_is_inside() -> None:
    found = one(task({"token_start": 0, "token_end": 1, "label": "X"}))
    assert found.units[0].mentions[0].text == "Emerson scrie"


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ({"head_span": span(8, 13, "Statement"), "child_span": span(0, 7)}, ("s2", "s1")),
        ({"head": 1, "child": 0}, ("s2", "s1")),
        ({"head": 1, "child": 4}, ("s2", "s4")),
        ({"head": 1, "child": 3, "child_span": {"token_start": 3, "token_end": 4, "label": None}}, ("s2", "s4")),
    ],
)
def test_relations_end_at_spans_or_tokens(ends: Any, expected: tuple[str, str]) -> None:
    found = one(
        task(span(0, 7), span(8, 13, "Statement"), span(0, 14, "Sentence"), relations=[{"head": 1, "child": 0, **ends, "label": "speaker"}])
    )
    relation = found.units[-1]
    assert (relation.label, *(arg.target for arg in relation.args)) == ("speaker", *expected)
    assert found.problems == ()


def test_coreference_makes_one_unit() -> None:
    relation = {"head": 3, "child": 0, "head_span": span(15, 17), "child_span": span(0, 7), "label": "COREF"}
    found = one(task(span(0, 7), span(15, 17), relations=[relation]))
    assert [[mention.text for mention in unit.mentions] for unit in found.units] == [["Emerson", "El"]]


OPTIONS = [{"id": "Q48226", "html": "…"}, {"id": "Q312545", "html": "…"}, {"id": "NIL_ambiguous", "text": "…"}]


@pytest.mark.parametrize(
    ("accept", "links", "note"), [(["Q312545"], ("wd:Q312545",), None), (["NIL_ambiguous"], (), "NIL_ambiguous"), ([], (), None)]
)
def test_a_choice_on_one_span_links_it(accept: list[str], links: tuple[str, ...], note: str | None) -> None:
    (unit,) = one(task(span(0, 7), options=OPTIONS, accept=accept)).units
    assert (unit.links, unit.prov.note if unit.prov else None) == (links, note)


def test_a_choice_on_several_spans_is_told() -> None:
    found = one(task(span(0, 7), span(15, 17), options=OPTIONS, accept=["Q312545"]))
    assert codes([found]) == ["link-ambiguous"]


@pytest.mark.parametrize(
    "more",
    [{"options": [{"id": "ARMS", "text": "…"}], "accept": ["ARMS"]}, {"label": "ARMS"}, {"accept": ["ARMS"]}],
)
def test_categories_are_topics(more: Any) -> None:
    assert [(unit.kind, unit.name) for unit in one(task(**more)).units] == [("topic", "ARMS")]


def test_only_what_was_accepted_is_read() -> None:
    found = read(task(span(0, 7)), task(span(8, 13), answer="reject"), task(answer="ignore"), task(answer="ignore"))
    assert [len(each.units) for each in found if isinstance(each, Document)] == [1]
    assert [each.message for each in found if isinstance(each, Problem)] == [
        "1 task(s) answered with reject were left out: line 2",
        "2 task(s) answered with ignore were left out: line 3, 4",
    ]


def test_tasks_of_one_person_on_one_text_are_one_document() -> None:
    other = {"text": "Altceva", "spans": [span(0, 7)], "answer": "accept"}
    found = read(
        task(span(0, 7), _annotator_id="ana"),
        other,
        task(span(15, 17), _annotator_id="ana", user_input="de văzut"),
        task(span(0, 7), _annotator_id="ion"),
        task(span(0, 7), span(8, 13), _annotator_id="ana", meta={"outlet": "X"}),
    )
    documents = [each for each in found if isinstance(each, Document)]
    assert [(each.annotator, [unit.mentions[0].text for unit in each.units]) for each in documents] == [
        ("", ["Altceva"]),
        ("ion", ["Emerson"]),
        ("ana", ["Emerson", "El", "scrie"]),
    ]
    assert (documents[1].id, documents[1].text) == (documents[2].id, documents[2].text)
    assert documents[2].meta == {"note": "de văzut", "publisher": "X"}


def test_what_nobody_answered_is_read_without_a_status() -> None:
    unanswered = {"text": TEXT, "spans": [span(0, 7)]}
    assert one(unanswered).prov == Prov(tool="Prodigy")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ["empty-file"]),
        ({"image": "x", "answer": "accept"}, ["no-text"]),
        (task(7, {"label": "X"}, {"token_start": 0, "token_end": 99}), ["result-invalid"] * 3),
        (task(span(0, 99)), ["span-outside"]),
        (task(span(7, 7)), ["span-invalid"]),
        (task(span(0, 7, text="Peskov")), ["span-mismatch"]),
        (task(relations=[{"head": 99, "child": 0}, None]), ["relation-dangling"] * 2),
        (task(relations=[{"head": 0, "child": 1}]), ["relation-unlabelled"]),
        (task(meta={"published": "ieri"}), ["metadata-invalid"]),
        ('{"text": "a", "spans": [', ["truncated-line"]),
    ],
)
def test_dirt_is_told(given: Any, expected: list[str]) -> None:
    assert codes(read(given)) == expected


def test_the_samples_are_read_with_every_span_in_its_place() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the samples of Prodigy are not beside this checkout")
    counted: Counter[str] = Counter()
    for path in sorted(SAMPLES.rglob("*.jsonl")):
        assert choose(path) is READER, path
        for found in READER.read(path, SAMPLES):
            counted.update(codes([found]))
            if isinstance(found, Document):
                counted["documents"] += 1
                counted["spans"] += sum(len(unit.mentions) for unit in found.units)
                counted["relations"] += sum(unit.kind == "relation" for unit in found.units)
                counted["links"] += sum(len(unit.links) for unit in found.units)
    assert counted == {"documents": 1188, "spans": 976, "relations": 263, "links": 30, "answer-not-accepted": 1}


def test_what_is_no_prodigy_is_left_to_others() -> None:
    others = [
        b'{"kgbuild":1,"units":[{"mentions":[{"spans":[[0,1]],"text":"a"}]}]}',
        b'{"text": "a", "label": []}',
        b'[{"data": {"text": ""}}]',
    ]
    assert not any(READER.sniff(head) for head in others)


def test_datasets_on_one_text_are_one_document(tmp_path: Path) -> None:
    """Each recipe saves to a dataset of its own, and db-out writes a file for each: names, then links chosen for them, then relations."""
    linked = task(span(0, 7), options=[{"id": "Q48226", "text": "E"}], accept=["Q48226"], _annotator_id="ana")
    spans = [span(0, 7), span(8, 13, "Event")]
    relations = [{"head": 1, "child": 0, "head_span": spans[1], "child_span": spans[0], "label": "participant"}]
    files = {
        "choice": [linked, task(answer="ignore")],
        "names": [task(span(0, 7), span(15, 17), _annotator_id="ana"), task(span(15, 17), _annotator_id="ion")],
        "relations": [task(*spans, relations=relations, _annotator_id="ana")],
        "texts": [{**task(span(0, 3)), "text": "Alt text."}],
    }
    for name, tasks in files.items():
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, tasks)), encoding="utf-8")
    found = list(readers.read([tmp_path]))
    documents = {(document.text, document.annotator): document for document in found if isinstance(document, Document)}
    assert sorted(documents) == [("Alt text.", ""), (TEXT, "ana"), (TEXT, "ion")]
    ana = documents[TEXT, "ana"]
    assert [(unit.label, unit.links) for unit in ana.units if unit.kind != "relation"] == [
        ("Person", ("wd:Q48226",)),
        ("Person", ()),
        ("Event", ()),
    ]
    assert [unit.label for unit in ana.units if unit.kind == "relation"] == ["participant"]
    (left,) = (problem for problem in found if isinstance(problem, Problem))
    assert (left.code, left.where) == ("answer-not-accepted", str(tmp_path / "choice.jsonl"))


def test_files_are_read_together_up_to_what_is_kept_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / f"{name}.jsonl" for name in "abc"]
    for path in paths:
        path.write_text(json.dumps(task(span(0, 7))), encoding="utf-8")
    assert list(READER.together(paths)) == [tuple(paths)]
    monkeypatch.setattr(grouping, "LIMIT", int(2.5 * paths[0].stat().st_size))
    assert list(READER.together(paths)) == [tuple(paths[:2]), tuple(paths[2:])]
