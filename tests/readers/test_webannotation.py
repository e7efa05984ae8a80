"""W3C Web Annotation: the examples of its specification, what tools write, what carries the whole model, and dirt."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kgbuild import readers
from kgbuild.document import Arg, Document, Mention, Problem, Prov, Unit, encode_record
from kgbuild.readers.webannotation import READER
from kgbuild.readers.webannotation.selectors import fragment
from kgbuild.readers.webannotation.tags import literal, pair

from . import one_article  # noqa: TID252 - the tests are no installed package

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "webannotation"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files of the W3C are not beside this checkout")

TEXT = "😀 Țara: Kim met Putin, and Kim left."


def read(tmp_path: Path, content: Any, text: str | None = TEXT) -> list[Document | Problem]:
    path = tmp_path / "a.jsonld"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    if text is not None:
        (tmp_path / "a.txt").write_bytes(text.encode())
    return list(READER.read(path, tmp_path))


def read_one(tmp_path: Path, content: Any, text: str | None = TEXT) -> Document:
    (document,) = read(tmp_path, content, text)
    assert isinstance(document, Document), document
    return document


def codes(document: Document | Problem) -> list[str]:
    return [document.code] if isinstance(document, Problem) else [problem.code for problem in document.problems]


def label(value: str, purpose: str = "classifying") -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def position(start: Any, end: Any) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, str]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def marking(selector: Any, *, id: str = "http://example.org/1", **rest: Any) -> dict[str, Any]:
    return {
        "id": id,
        "type": "Annotation",
        "body": label("Person"),
        "target": {"source": "http://example.org/a", "selector": selector},
        **rest,
    }


# --- the specification's examples


@needs_samples
def test_every_example_of_the_specification_is_read() -> None:
    files = sorted(SAMPLES.glob("anno*.json"))
    found = [document for path in files for document in READER.read(path, SAMPLES)]
    documents = [document for document in found if isinstance(document, Document)]
    assert (len(files), len(found), len(documents)) == (43, 52, 52)
    assert sum(len(document.units) for document in documents) == 51
    counted = Counter(code for document in documents for code in codes(document))
    # XPath, CSS, SVG, fragments of XML, selectors that lie elsewhere; no example holds a text
    assert counted == {"selector-unread": 9, "body-unread": 2, "quote-unplaced": 2, "span-without-text": 1, "annotation-empty": 1}


@needs_samples
def test_a_collection_gives_what_its_annotations_give_alone() -> None:
    documents = [document for document in READER.read(SAMPLES / "collection1.json", SAMPLES) if isinstance(document, Document)]
    assert len(documents) == len({document.id for document in documents}) == 32
    alone = Counter(
        unit.id
        for path in SAMPLES.glob("anno*.json")
        for document in READER.read(path, SAMPLES)
        if isinstance(document, Document)
        for unit in document.units
    )
    together = Counter(unit.id.partition("~")[0] for document in documents for unit in document.units)
    assert set(together) == set(alone)


@needs_samples
def test_what_only_looks_like_it_is_told_apart() -> None:
    heads = {path.name: path.read_bytes()[:65536] for path in SAMPLES.glob("*.json*")}
    assert [name for name, head in sorted(heads.items()) if not READER.sniff(head)] == ["anno.jsonld", "anno.jsonld.context"]
    (problem,) = READER.read(SAMPLES / "page_frame.jsonld", SAMPLES)
    assert isinstance(problem, Problem)
    assert "no annotation in the file" in problem.message


# --- selectors

SELECTORS = {
    "position": (position(8, 11), ["Kim"]),
    "position and quote": ([quote("Kim"), position(8, 11)], ["Kim"]),
    "numbers as text": (position("8", "11"), ["Kim"]),
    "quote that stands once": (quote("Putin"), ["Putin"]),
    "quote with prefix": (quote("Kim", "and "), ["Kim", (27, 30)]),
    "quote with suffix": (quote("Kim", "", " met"), ["Kim", (8, 11)]),
    "quote over a line": (quote("Kim  met\n Putin"), ["Kim met Putin"]),
    "fragment": ({"type": "FragmentSelector", "value": "char=8,11", "conformsTo": "http://tools.ietf.org/rfc/rfc5147"}, ["Kim"]),
    "fragment to the end": ({"type": "FragmentSelector", "value": "char=31,"}, ["left."]),
    "range": ({"type": "RangeSelector", "startSelector": quote("Kim", "", " met"), "endSelector": quote(", and")}, ["Kim met Putin"]),
    "position in a passage": (position(8, 21) | {"refinedBy": position(8, 13)}, ["Putin"]),
    "quote in a passage": (position(20, 37) | {"refinedBy": quote("Kim")}, ["Kim", (27, 30)]),
    "quote in a part that needs the page's layout": ({"type": "XPathSelector", "value": "/p", "refinedBy": quote("Putin")}, ["Putin"]),
    "an unknown one beside a known": ([{"type": "SvgSelector", "value": "…"}, position(8, 11)], ["Kim"]),
    "UTF-16 beside its quote": ([position(17, 22), quote("Putin")], ["Putin"]),
    "a wrong position, far off": ([position(900, 905), quote("Putin")], ["Putin"]),
}


@pytest.mark.parametrize("case", SELECTORS)
def test_a_selector_finds_its_passage(tmp_path: Path, case: str) -> None:
    selector, (words, *place) = SELECTORS[case]
    document = read_one(tmp_path, marking(selector))
    ((mention,),) = (unit.mentions for unit in document.units)
    assert mention.text == words
    if place:
        assert mention.spans == (place[0],)
    assert (codes(document) == []) is (case not in ("UTF-16 beside its quote", "a wrong position, far off"))


def test_a_quote_that_stands_twice_is_known_by_its_words(tmp_path: Path) -> None:
    document = read_one(tmp_path, marking(quote("Kim")))
    assert document.units[0].mentions == (Mention((), "Kim"),)
    assert codes(document) == ["quote-unplaced"]
    assert "more than one place" in document.problems[0].message


def test_what_needs_the_layout_of_the_page_is_reported_and_the_unit_stays(tmp_path: Path) -> None:
    document = read_one(tmp_path, marking({"type": "CssSelector", "value": "p"}))
    assert document.units == (Unit("http://example.org/1", "topic", "Person"),)
    assert codes(document) == ["selector-unread"]


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("char=3,9", (3, 9)),
        ("char=,9", (0, 9)),
        ("char=3,", (3, 12)),
        ("char=5", (5, 5)),
        ("char=3,9;length=12,UTF-8", (3, 9)),
        ("line=1,2", None),
        ("char=", None),
    ],
)
def test_fragments_of_plain_text(value: str, span: tuple[int, int] | None) -> None:
    assert fragment(value, 12) == span


# --- bodies and tags


def test_bodies_say_labels_attributes_links_names_and_notes(tmp_path: Path) -> None:
    bodies = [
        label("Person"),
        label("Official", "tagging"),
        label("role in office=head of state", "tagging"),
        label("certain=true", "tagging"),
        label("seen=1", "tagging"),
        label("seen=2", "tagging"),
        label("a word", "commenting"),
        {"type": "TextualBody", "value": "another", "purpose": "describing"},
        {
            "type": "SpecificResource",
            "purpose": "identifying",
            "source": {"id": "http://www.wikidata.org/entity/Q56226", "label": "Kim Jong Un"},
        },
        {"id": "http://example.org/video1"},
    ]
    document = read_one(tmp_path, marking(position(8, 11)) | {"body": bodies, "creator": {"name": "mp"}, "created": "2024-01-01"})
    assert document.prov == Prov(annotator="mp")
    (unit,) = document.units
    assert unit.labels == ("Person", "Official")
    assert unit.attrs == {"role in office": "head of state", "certain": True, "seen": [1, 2], "body": "http://example.org/video1"}
    assert unit.links == ("http://www.wikidata.org/entity/Q56226",)
    assert unit.name == "Kim Jong Un"
    assert unit.prov == Prov(created="2024-01-01", note="a word\nanother")


@pytest.mark.parametrize(
    ("written", "value"),
    [("3", 3), ("-1.5", -1.5), ("true", True), ("2024", 2024), ("2024-01", "2024-01"), ("007", "007"), ('"3"', "3"), ('["a", 2]', ["a", 2]),
     ("[1]", [1]), ("[", "["), ("[]", "[]"), ('[{"a": 1}]', '[{"a": 1}]'), ("1e999", "1e999"), ("NaN", "NaN"), ('"\\ud800"', '"\\ud800"'), ("null", "null"), ("", ""), ("1" * 5000, "1" * 5000)],
)  # fmt: skip
def test_literals_are_json_or_the_text_itself(written: str, value: Any) -> None:
    assert literal(written) == value
    assert type(literal(written)) is type(value)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("stance=denies", ("stance", "denies")),
        ("a=b=c", ("a", "b=c")),
        ('"a=b"=3', ("a=b", 3)),
        ("=x", None),
        ("important", None),
        ('"quoted" word', None),
        ('"\\ud800"=3', None),
    ],
)
def test_tags_are_pairs_or_labels(tag: str, expected: Any) -> None:
    assert pair(tag) == expected


# --- annotations on annotations


def test_a_relation_of_two_targets_as_recogito_writes_it(tmp_path: Path) -> None:
    marked = [
        {"id": "#a", "type": "Annotation", "body": [label("Person", "tagging")], "target": {"selector": [quote("Kim"), position(8, 11)]}},
        {
            "id": "#b",
            "type": "Annotation",
            "body": [label("Person", "tagging")],
            "target": {"selector": [quote("Putin"), position(16, 21)]},
        },
        {
            "id": "#c",
            "type": "Annotation",
            "motivation": "linking",
            "body": [label("ally", "tagging")],
            "target": [{"id": "#a"}, {"id": "#b"}],
        },
    ]
    document = read_one(tmp_path, marked)
    assert document.id == "a"
    assert document.units[2] == Unit("c", "relation", "ally", args=(Arg("source", "a"), Arg("target", "b")))
    assert [unit.mentions[0].text for unit in document.units[:2]] == ["Kim", "Putin"]


def test_what_another_annotation_says_of_one_is_the_units_own(tmp_path: Path) -> None:
    more = {
        "type": "Annotation",
        "motivation": "replying",
        "body": [label("sure?"), label("x=1", "tagging")],
        "target": "http://example.org/1",
    }
    document = read_one(tmp_path, [more, marking(position(8, 11))])
    assert [(unit.labels, unit.attrs) for unit in document.units] == [(("Person", "sure?"), {"x": 1})]


INCOMPLETE = {
    "no other end": {"type": "Annotation", "motivation": "linking", "body": label("knows", "tagging"), "target": "http://example.org/1"},
    "a role of nothing": {
        "type": "Annotation",
        "motivation": "linking",
        "body": label("role=item", "tagging"),
        "target": "http://example.org/1",
    },
    "of itself": {"id": "http://example.org/2", "type": "Annotation", "body": label("x"), "target": "http://example.org/2"},
}


@pytest.mark.parametrize("case", INCOMPLETE)
def test_a_link_that_leads_nowhere_is_reported(tmp_path: Path, case: str) -> None:
    found = read(tmp_path, [marking(position(8, 11)), INCOMPLETE[case]])
    assert [code for one in found for code in codes(one)] == ["link-incomplete"]


def test_the_shape_that_carries_the_model_is_read(tmp_path: Path) -> None:
    document = read_one(tmp_path, one_article.web_annotation("http://example.org/articles/1"), None)
    assert (document.id, document.text, document.meta) == (
        "http://example.org/articles/1",
        one_article.TEXT,
        {"uri": "http://example.org/articles/1"},
    )
    assert [unit.id for unit in document.units] == list(one_article.UNITS)
    units = {unit.id: unit for unit in document.units}
    assert [mention.text for mention in units["p"].mentions] == ["Maria Zakharova", "She"]
    assert units["s"].args == (Arg("speaker", "p"), Arg("about", "x"), Arg("date", "d2"), Arg("quote", "q"))
    assert (units["s"].kind, units["x"].kind, units["d1"].kind, units["e1"].kind) == ("statement", "event", "value", "entity")
    assert not document.problems


# --- documents


def test_the_text_is_that_of_the_source_or_lies_beside(tmp_path: Path) -> None:
    inline = marking(position(0, 3)) | {
        "target": {"source": {"id": "urn:a", "type": "TextualBody", "value": "Kim"}, "selector": position(0, 3)}
    }
    assert read_one(tmp_path, inline).text == "Kim"
    assert read_one(tmp_path, marking(position(8, 11))).text == TEXT
    (tmp_path / "b.txt").write_text("Kim and Un", encoding="utf-8")
    other = marking(position(0, 3)) | {"target": {"source": "http://example.org/b.txt", "selector": position(0, 3)}}
    first, second = read(tmp_path, [marking(position(8, 11)), other], None)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.text, second.text) == (None, "Kim and Un")


def test_tags_on_the_documents_own_annotation_are_its_metadata(tmp_path: Path) -> None:
    own = {
        "type": "Annotation",
        "creator": "mailto:mp@example.org",
        "target": "urn:a",
        "body": [{"id": "urn:a", "type": "TextualBody", "value": "Kim", "language": "ro"}, label("title=O veste", "tagging")],
    }
    document = read_one(tmp_path, own, None)
    assert (document.meta, document.prov, document.units) == ({"lang": "ro", "title": "O veste"}, Prov(annotator="mp@example.org"), ())


def test_pages_elsewhere_are_named_and_not_fetched(tmp_path: Path) -> None:
    collection = {
        "type": "AnnotationCollection",
        "first": {"type": "AnnotationPage", "items": [marking(position(8, 11))], "next": "http://example.org/p2"},
    }
    document, problem = sorted(read(tmp_path, collection), key=lambda one: isinstance(one, Problem))
    assert isinstance(document, Document)
    assert codes(problem) == ["page-elsewhere"]


def test_ids_that_repeat_are_told_apart(tmp_path: Path) -> None:
    document = read_one(tmp_path, [marking(position(8, 11)), marking(position(27, 30))])
    assert [unit.id for unit in document.units] == ["http://example.org/1", "http://example.org/1~2"]
    assert codes(document) == ["id-repeated"]


REJECTED = {
    "no JSON": ("{", "broken-json"),
    "a key twice": ('{"type": "Annotation", "type": "x"}', "duplicate-key"),
    "no annotation": ('{"type": "AnnotationPage", "items": []}', "annotation-invalid"),
    "no target": ('{"type": "Annotation", "body": "http://example.org/x"}', "annotation-invalid"),
    "nested beyond measure": ('{"type": "Annotation", "target": ' * 3000, "broken-json"),
    "a changed text": (
        json.dumps(
            {"type": "Annotation", "target": "urn:a", "kga:sha256": "0" * 64, "body": {"id": "urn:a", "type": "TextualBody", "value": "x"}}
        ),
        "hash-mismatch",
    ),
}


@pytest.mark.parametrize("case", REJECTED)
def test_what_cannot_be_read_is_rejected(tmp_path: Path, case: str) -> None:
    content, code = REJECTED[case]
    assert [one for found in read(tmp_path, content) for one in codes(found)] == [code]


def test_selectors_nested_beyond_measure_are_no_crash(tmp_path: Path) -> None:
    selector: dict[str, Any] = position(0, 1)
    for _ in range(400):
        selector = position(0, 3) | {"refinedBy": selector}
    assert read(tmp_path, json.dumps(marking(selector)))


def test_mutated_files_never_crash(tmp_path: Path) -> None:
    dice = random.Random(5)
    original = json.loads(one_article.web_annotation())
    words: list[Any] = [
        None,
        3,
        -1,
        "x",
        [],
        {},
        "urn:kgbuild:document:a#p",
        {"type": "List", "items": ["x"]},
        [position(0, 5)],
        True,
        1e300,
    ]
    for _ in range(300):
        mutated = json.loads(json.dumps(original))
        for _ in range(dice.randint(1, 5)):
            _mutate(mutated, dice, words)
        for found in read(tmp_path, mutated, None):
            if isinstance(found, Document):
                encode_record((found,))
                for mention in (mention for unit in found.units for mention in unit.mentions):
                    assert found.text is None or not mention.spans or " ".join(found.text[b:e] for b, e in mention.spans) == mention.text


def _mutate(value: Any, dice: random.Random, words: list[Any]) -> None:
    """Change, drop or double something at a random place."""
    while isinstance(value, (dict, list)) and value:
        key = dice.choice(list(value)) if isinstance(value, dict) else dice.randrange(len(value))
        if dice.random() < 0.3 or not isinstance(value[key], (dict, list)):
            match dice.randrange(3):
                case 0:
                    value[key] = dice.choice(words)
                case 1:
                    del value[key]
                case _:
                    value[key] = [value[key], dice.choice(words)]
            return
        value = value[key]


# --- what Hypothes.is exports


def hypothesis(id: str, selector: Any, *tags: str, **more: Any) -> dict[str, Any]:
    target = [{"source": "http://example.org/a"} | ({"selector": selector} if selector else {})]
    account = {
        "user": "acct:mp@hypothes.is",
        "uri": "http://example.org/a",
        "document": {"title": ["Un titlu"]},
        "permissions": {"read": []},
    }
    return {"id": id, "created": "2024-01-02T00:00:00+00:00", "text": "", "tags": list(tags), "target": target, **account, **more}


@pytest.mark.parametrize("container", ["rows", "annotations"])
def test_what_hypothesis_exports_is_read(tmp_path: Path, container: str) -> None:
    boxes = {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]", "startOffset": 8, "endOffset": 11}
    listed = [
        hypothesis("x1", [boxes, position(8, 11), quote("Kim")], "Person", "seen=true", text="liderul"),
        hypothesis("x2", None, text="da", references=["x0", "x1"]),
        hypothesis("x3", None, "Arms", text="despre tot", references=["gone"]),
    ]
    document = read_one(tmp_path, {"total": 3, container: listed})
    assert (document.id, document.meta) == ("http://example.org/a", {"uri": "http://example.org/a", "title": "Un titlu"})
    assert document.prov == Prov("mp@hypothes.is", "Hypothes.is")
    kim, whole = document.units
    assert (kim.labels, kim.attrs, [mention.text for mention in kim.mentions]) == (("Person",), {"seen": True}, ["Kim"])
    assert kim.prov == Prov(created="2024-01-02T00:00:00+00:00", note="liderul\nda")
    assert (whole.kind, whole.labels, whole.mentions) == ("topic", ("Arms",), ())
    assert codes(document) == []
    assert readers.choose(tmp_path / "a.jsonld") is READER
    (tmp_path / "a.jsonld").rename(tmp_path / "a.json")
    assert readers.choose(tmp_path / "a.json") is READER


def test_names_of_open_annotation_are_told(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, {"@id": "http://example.org/o", "@type": "oa:Annotation", "oa:hasTarget": "http://example.org/a"})
    assert isinstance(problem, Problem)
    assert "“oa:hasTarget” is not read: write it with the names of http://www.w3.org/ns/anno.jsonld" in problem.message


# --- a page whose annotations are files of their own


def written(tmp_path: Path, files: dict[str, Any], text: str | None = TEXT) -> list[Document | Problem]:
    for name, content in files.items():
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
    if text is not None:
        (tmp_path / "a.txt").write_bytes(text.encode())
    return list(readers.read([tmp_path]))


def test_files_that_annotate_one_page_are_one_document(tmp_path: Path) -> None:
    """As a server of annotations hands them out: one a file, by several people, one speaking of another; and a page of its own."""
    link = {
        "id": "http://example.org/3",
        "type": "Annotation",
        "motivation": "linking",
        "target": "http://example.org/1",
        "body": [
            {"type": "SpecificResource", "purpose": "linking", "source": "http://example.org/2"},
            label("role=participant", "tagging"),
        ],
    }
    files = {
        "a.jsonld": marking(position(8, 11), creator="mp"),
        "b.json": marking(position(16, 21), id="http://example.org/2", creator="ab"),
        "c.json": {**marking(None, id="http://example.org/4"), "target": "http://example.org/other"},
        "d.json": link,
    }
    one, other = written(tmp_path, files)
    assert isinstance(one, Document)
    assert isinstance(other, Document)
    assert (one.id, one.where, codes(one)) == ("http://example.org/a", str(tmp_path / "a.jsonld"), [])
    assert [unit.mentions[0].text for unit in one.units if unit.mentions] == ["😀 Țara: Kim met Putin, and Kim left."[8:11], "Putin"]
    assert [unit.prov.annotator for unit in one.units if unit.prov] == ["mp", "ab"]
    assert one.units[0].args == (Arg("participant", target="http://example.org/2"),)
    assert other.id == "http://example.org/other"


def test_problems_of_a_spread_page_name_the_file_that_has_them(tmp_path: Path) -> None:
    css = {"type": "CssSelector", "value": "p"}
    found = written(
        tmp_path, {"a.json": marking(position(8, 11)), "b.json": marking(css, id="http://example.org/2"), "c.json": {"type": "Annotation"}}
    )
    document, stray = sorted(found, key=lambda one: isinstance(one, Problem))
    assert isinstance(document, Document)
    assert [(problem.code, problem.where) for problem in document.problems] == [("selector-unread", str(tmp_path / "b.json"))]
    assert isinstance(stray, Problem)
    assert (stray.code, stray.where) == ("annotation-invalid", str(tmp_path / "c.json"))


def test_the_same_annotation_in_two_files_is_read_once(tmp_path: Path) -> None:
    again, document = written(
        tmp_path, {"a.json": marking(position(8, 11)), "b.json": [marking(position(8, 11)), marking(position(16, 21), id="x")]}
    )
    assert isinstance(document, Document)
    assert [unit.id for unit in document.units] == ["http://example.org/1", "x"]
    assert isinstance(again, Problem)
    assert (again.code, again.where) == ("annotation-repeated", str(tmp_path / "b.json"))
    assert "a.json" in again.message


def test_whole_documents_by_two_annotators_stay_two(tmp_path: Path) -> None:
    def whole(creator: str) -> list[Any]:
        text = {"id": "urn:kgbuild:document:d", "type": "TextualBody", "value": TEXT}
        about = {"id": "urn:kgbuild:document:d#&document", "type": "Annotation", "target": "urn:kgbuild:document:d", "body": text}
        return [{**about, "creator": creator}, marking(position(8, 11), id="urn:kgbuild:document:d#e1")]

    found = written(tmp_path, {"a.json": whole("mp"), "b.json": whole("ab")})
    documents = [one for one in found if isinstance(one, Document) and one.id == "d"]
    assert [document.annotator for document in documents] == ["mp", "ab"]


def test_what_is_broken_beside_a_spread_page_leaves_the_rest(tmp_path: Path) -> None:
    found = written(tmp_path, {"a.json": marking(position(8, 11)), "b.json": marking(position(16, 21), id="x")})
    assert len(found) == 1
    (tmp_path / "b.json").write_text((tmp_path / "b.json").read_text()[:-20])
    document, broken = sorted(readers.read([tmp_path]), key=lambda one: isinstance(one, Problem))
    assert isinstance(document, Document)
    assert isinstance(broken, Problem)
    assert (len(document.units), broken.code, broken.where) == (1, "broken-json", str(tmp_path / "b.json"))
