"""The native reader and the JSON Schema judge alike: a table of changes to a good line, and changes made at random."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.document import Document, Problem
from kgbuild.readers.native import READER

from .good_line import LINE  # noqa: TID252 - the tests are no installed package

SCHEMA = Path(__file__).parents[2].parent / "shared" / "design" / "kgbuild-annotation.schema.json"


def encoded(line: Any) -> bytes:
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def read(content: bytes) -> list[Document | Problem]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.kga.jsonl"
        path.write_bytes(content)
        return list(READER.read(path, Path(folder)))


Change = Callable[[dict[str, Any]], Any]


def put(*path: Any, value: Any) -> Change:
    def change(line: dict[str, Any]) -> None:
        target: Any = line
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value

    return change


def drop(*path: Any) -> Change:
    def change(line: dict[str, Any]) -> None:
        target: Any = line
        for step in path[:-1]:
            target = target[step]
        del target[path[-1]]

    return change


UNIT, MENTION, PARTS, ARG, REL = (
    ("units", 0),
    ("units", 0, "mentions", 0),
    ("units", 0, "mentions", 1),
    ("units", 1, "args", 0),
    ("units", 2),
)

#: change to LINE -> what the message says; "" where the line stays good
MUTATIONS: list[tuple[Change, str]] = [
    (drop("kgbuild"), "the field 'kgbuild' is missing"),
    (put("kgbuild", value=2), "the format version is the number 2; this kgbuild reads version 1"),
    (put("kgbuild", value="1"), "reads version 1"),
    (put("kgbuild", value=True), "reads version 1"),
    (drop("id"), "the field 'id' is missing"),
    (put("id", value=""), "field 'id': must not be empty"),
    (put("id", value=7), "field 'id': expected text, got the number 7"),
    (put("id", value=None), "got null (leave the field out instead)"),
    (put("titel", value="x"), "unknown field 'titel'"),
    (put("unit", value=[]), "unknown field 'unit', did you mean 'units'?"),
    (put("problems", value=[]), "unknown field 'problems'"),
    (put("sentences", value=[]), "unknown field 'sentences'"),
    (put("text", value=None), "field 'text': expected text"),
    (put("sha256", value="abc"), "64 hexadecimal digits"),
    (put("sha256", value="A" * 64), "64 hexadecimal digits"),
    (put("meta", value=[]), "field 'meta': expected an object"),
    (put("meta", "uri", value=5), "field 'meta', field 'uri': expected text"),
    (put("meta", "uri", value="not a uri"), ""),
    (put("meta", "title", value=None), "field 'title'"),
    (put("meta", "author", value="A"), ""),
    (put("meta", "author", value=["A", 1]), "field 'author'"),
    (put("meta", "author", value={}), "text or a list of texts"),
    (put("meta", "published", value="2024-1-7"), "a date as 2024-01-17"),
    (put("meta", "published", value="17.01.2024"), "a date as 2024-01-17"),
    (put("meta", "published", value="2024-01-17T10:00:00Z"), ""),
    (put("meta", "published", value="2024-13"), ""),
    (put("meta", "published", value=2024), "expected text, got the number 2024"),
    (put("meta", "lang", value="romanian"), "a language tag"),
    (put("meta", "lang", value="ro_RO"), "a language tag"),
    (put("meta", "lang", value="ro-RO"), ""),
    (put("meta", "scheme", value=False), "field 'scheme': expected text, got false"),
    (put("meta", "own", value={"a": [None, {"b": 1}]}), ""),
    (put("prov", value="mp"), "field 'prov': expected an object"),
    (put("prov", "who", value="x"), "unknown field 'who'"),
    (put("prov", "anotator", value="x"), "did you mean 'annotator'?"),
    (put("prov", "status", value="done"), "'done' is not one of manual, curated, auto, rejected"),
    (put("prov", "status", value="curatd"), "did you mean 'curated'?"),
    (put("prov", "confidence", value=1.01), "expected a number from 0 to 1"),
    (put("prov", "confidence", value=-1), "expected a number from 0 to 1"),
    (put("prov", "confidence", value="0.5"), "expected a number from 0 to 1, got '0.5'"),
    (put("prov", "confidence", value=True), "expected a number from 0 to 1"),
    (put("prov", "confidence", value=1), ""),
    (put("prov", "created", value=None), "field 'created'"),
    (put("units", value={}), "field 'units': expected a list"),
    (put("units", value=None), "field 'units': expected a list"),
    (put("units", value=[]), ""),
    (put("units", 0, value="e1"), "unit number 1: expected an object"),
    (drop(*UNIT, "id"), "unit number 1: the field 'id' is missing"),
    (put(*UNIT, "id", value=""), "unit number 1, field 'id': must not be empty"),
    (drop(*UNIT, "kind"), "unit 'e1': the field 'kind' is missing"),
    (put(*UNIT, "kind", value="entities"), "unit 'e1', field 'kind': 'entities' is not one of"),
    (put(*UNIT, "kind", value=None), "unit 'e1', field 'kind'"),
    (put(*UNIT, "labels", value="State"), "unit 'e1': unknown field 'labels', did you mean 'label'?"),
    (put(*UNIT, "label", value="State"), ""),
    (put(*UNIT, "label", value=[]), ""),
    (put(*UNIT, "label", value=["State", None]), "unit 'e1', field 'label', item 2: expected text"),
    (put(*UNIT, "label", value=3), "text or a list of texts"),
    (put(*UNIT, "name", value=None), "unit 'e1', field 'name'"),
    (put(*UNIT, "links", value="wd:Q159"), "unit 'e1', field 'links': expected a list"),
    (put(*UNIT, "links", value=[159]), "unit 'e1', link 1: expected text, got the number 159"),
    (put(*UNIT, "links", value=[]), ""),
    (put(*UNIT, "attrs", value=[]), "unit 'e1', field 'attrs': expected an object of attributes"),
    (put(*UNIT, "attrs", "rank", value=None), "unit 'e1', field 'attrs', attribute 'rank'"),
    (put(*UNIT, "attrs", "rank", value=[]), "attribute 'rank': an empty list"),
    (put(*UNIT, "attrs", "rank", value=["a", None]), "attribute 'rank', value 2"),
    (put(*UNIT, "attrs", "rank", value=[["a"]]), "attribute 'rank', value 1"),
    (put(*UNIT, "attrs", "rank", value={"a": 1}), "attribute 'rank': expected text, a number, true or false, got an object"),
    (put(*UNIT, "attrs", value={}), ""),
    (put(*UNIT, "mentions", value=[]), ""),
    (put(*UNIT, "mentions", value=None), "unit 'e1', field 'mentions': expected a list"),
    (put(*MENTION, value=[0, 5]), "unit 'e1', mention 1: expected an object"),
    (put(*MENTION, "span", value=[0, 5]), "unit 'e1', mention 1: unknown field 'span', did you mean 'spans'?"),
    (put(*MENTION, "spans", value=[]), "unit 'e1', mention 1, field 'spans': needs at least 1 span, has 0"),
    (put(*UNIT, "mentions", 2, "spans", value=[]), "needs at least 1 span"),
    (put(*MENTION, "spans", value=[0, 5]), "unit 'e1', mention 1, span 1: expected [begin, end]"),
    (put(*MENTION, "spans", value=[[0, 5, 7]]), "span 1: expected [begin, end]"),
    (put(*MENTION, "spans", value=[[0]]), "span 1: expected [begin, end]"),
    (put(*MENTION, "spans", value=[[-1, 5]]), "an offset is negative"),
    (put(*MENTION, "spans", value=[["0", 5]]), "two whole numbers"),
    (put(*MENTION, "spans", value=[[0, 5.5]]), "two whole numbers"),
    (put(*MENTION, "spans", value=[[False, 5]]), "two whole numbers"),
    (put(*MENTION, "spans", value=[[0, None]]), "two whole numbers"),
    (put(*MENTION, "spans", value=None), "field 'spans': expected a list"),
    (put(*PARTS, "spans", 1, value=[24, "27"]), "unit 'e1', mention 2, span 2"),
    (put(*MENTION, "text", value=None), "mention 1, field 'text'"),
    (drop(*MENTION, "text"), ""),
    (put(*MENTION, "head", value=[[0, 5]]), "mention 1, field 'head': expected [begin, end]"),
    (put(*MENTION, "head", value=None), "mention 1, field 'head'"),
    (put(*MENTION, "prov", "x", value=1), "mention 1, field 'prov': unknown field 'x'"),
    (put(*MENTION, value={"id": "m"}), "unit 'e1', mention 1: needs 'spans' or 'text'"),
    (drop(*ARG, "role"), "unit 'x1', argument 1: the field 'role' is missing"),
    (put(*ARG, "role", value=""), "unit 'x1', argument 1, field 'role': must not be empty"),
    (put(*ARG, "target", value=1), "unit 'x1', argument 1, field 'target': expected text, got the number 1"),
    (put(*ARG, "target", value=None), "unit 'x1', argument 1, field 'target'"),
    (put(*ARG, "value", value="x"), "argument 1: needs either 'target' or 'value', not both"),
    (put(*ARG, "value", value=None), "not both"),
    (drop(*ARG, "target"), "argument 1: needs either 'target' or 'value', it has none"),
    (put("units", 1, "args", 1, "value", value=None), "argument 2, field 'value'"),
    (put("units", 1, "args", 1, "value", value=["x"]), "argument 2, field 'value'"),
    (put("units", 1, "args", 1, "value", value=False), ""),
    (put(*ARG, "attrs", "head", value=[]), "argument 1, field 'attrs', attribute 'head': an empty list"),
    (put(*ARG, "weight", value=1), "argument 1: unknown field 'weight'; known here: role, target, value, attrs"),
    (drop(*REL, "label"), "unit 'r1': a relation needs a label"),
    (put(*REL, "label", value=[]), ""),
    (drop(*REL, "args"), "unit 'r1': a relation needs at least two arguments"),
    (drop(*REL, "args", 0), "unit 'r1': a relation needs at least two arguments"),
    (put(*REL, "args", value={}), "unit 'r1', field 'args': expected a list"),
]


def mutated(change: Change) -> dict[str, Any]:
    line = copy.deepcopy(LINE)
    change(line)
    if line.get("sha256") == LINE["sha256"]:
        del line["sha256"]
    return line


@pytest.mark.parametrize(
    ("change", "said"), MUTATIONS, ids=[f"{number}-{said or 'good'}"[:60] for number, (_, said) in enumerate(MUTATIONS)]
)
def test_a_line_against_the_schema_is_rejected_with_the_place_in_words(change: Change, said: str) -> None:
    (found,) = read(encoded(mutated(change)))
    if not said:
        assert isinstance(found, Document)
        return
    assert isinstance(found, Problem)
    assert (found.code, found.severity) == ("annotation-invalid", "rejected")
    assert said in found.message
    if found.message.startswith("unit '"):
        assert found.unit == found.message.split("'")[1]


@pytest.fixture(scope="module")
def conforms() -> Callable[[Any], bool]:
    if not SCHEMA.exists():
        pytest.skip("the schema is not beside this checkout")
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    return lambda line: bool(validator.is_valid(line))


def test_the_schema_judges_every_mutation_as_the_reader_does(conforms: Callable[[Any], bool]) -> None:
    assert [said for change, said in MUTATIONS if conforms(mutated(change)) is bool(said)] == []
    assert conforms(LINE)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 99)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "x", "event", "2024"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "kind", "text", "spans", "zz"]), inner, max_size=3),
    max_leaves=5,
)
KEYS = [
    "id",
    "kind",
    "label",
    "text",
    "spans",
    "head",
    "role",
    "target",
    "value",
    "attrs",
    "prov",
    "args",
    "confidence",
    "status",
    "zz",
    "lang",
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, step))


PLACES = sorted(places(LINE), key=str)


@st.composite
def broken_lines(draw: st.DrawFn) -> Any:
    line = copy.deepcopy(LINE)
    del line["sha256"]
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(PLACES))
        how = draw(st.sampled_from(["put", "drop", "add"]))
        target: Any = line
        try:
            for step in path[:-1]:
                target = target[step]
            if how == "drop":
                del target[path[-1]]
            elif how == "put":
                target[path[-1]] = draw(JSON)
            elif isinstance(target[path[-1]], dict):
                target[path[-1]][draw(st.sampled_from(KEYS))] = draw(JSON)
            elif isinstance(target[path[-1]], list):
                target[path[-1]].append(draw(JSON))
        except (KeyError, IndexError, TypeError):
            continue
    return line


def _has_float_offset(line: Any) -> bool:
    """An offset written 10.0 is a whole number to the schema, and not to the reader."""
    if isinstance(line, dict):
        offsets = [line.get("head"), *(line["spans"] if isinstance(line.get("spans"), list) else [])]
        spans = [offset for span in offsets if isinstance(span, list) for offset in span]
        return any(isinstance(offset, float) for offset in spans) or any(map(_has_float_offset, line.values()))
    return isinstance(line, list) and any(map(_has_float_offset, line))


@settings(max_examples=400, deadline=None)
@given(line=broken_lines() | JSON)
def test_the_reader_rejects_just_what_the_schema_rejects(conforms: Callable[[Any], bool], line: Any) -> None:
    (found,) = read(encoded(line))
    if isinstance(found, Problem) and found.code in ("unit-repeated", "hash-mismatch"):
        assert conforms(line)  # beyond the schema
    elif not (_has_float_offset(line) or (isinstance(line, dict) and isinstance(line.get("kgbuild"), float))):
        assert isinstance(found, Document) is conforms(line), found
