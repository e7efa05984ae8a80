"""The native reader: what it takes, what it refuses and says, and that reading goes on."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.document import Arg, Document, Mention, Problem, Prov, Unit
from kgbuild.errors import FormatError
from kgbuild.readers import lines as lines_module
from kgbuild.readers.native import READER

SHARED = Path(__file__).parents[2].parent / "shared"
SCHEMA = SHARED / "design" / "kgbuild-annotation.schema.json"

TEXT = "Rusia a lovit o bază. 😀 Kim a tăcut."
LINE: dict[str, Any] = {
    "kgbuild": 1,
    "id": "a-1",
    "text": TEXT,
    "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    "meta": {"uri": "https://example.org/a", "title": "T", "author": ["A", "B"], "published": "2024-01-17", "lang": "ro", "page": 3},
    "prov": {"annotator": "mp", "tool": "T 1", "created": "2024", "confidence": 0.5, "status": "curated", "file": "f", "ref": "1", "note": "n"},
    "units": [
        {
            "id": "e1",
            "kind": "entity",
            "label": ["State", "Agent"],
            "name": "Rusia",
            "mentions": [
                {"spans": [[0, 5]], "text": "Rusia", "head": [0, 5], "id": "m1", "prov": {"annotator": "x"}},
                {"spans": [[0, 5], [24, 27]], "text": "Rusia Kim"},
                {"text": "Moscova"},
            ],
            "links": ["wd:Q159"],
            "attrs": {"certain": True, "rank": 1.5, "also": ["a", 2, False]},
            "prov": {"confidence": 1},
        },
        {
            "id": "x1",
            "kind": "event",
            "label": "Strike",
            "args": [{"role": "attacker", "target": "e1", "attrs": {"head": "e1"}}, {"role": "count", "value": 2}],
        },
        {"id": "r1", "kind": "relation", "label": "owns", "args": [{"role": "source", "target": "e1"}, {"role": "target", "value": "x"}]},
    ],
}


def encoded(line: Any) -> bytes:
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def read(content: bytes, name: str = "a.kga.jsonl") -> list[Document | Problem]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return list(READER.read(path, Path(folder)))


def rejected(content: bytes) -> Problem:
    (found,) = read(content)
    assert isinstance(found, Problem), found
    assert found.severity == "rejected"
    return found


# --- what is taken ---------------------------------------------------------------------------------------------------------------------


def test_a_line_is_read_field_by_field() -> None:
    (found,) = read(encoded(LINE))
    assert isinstance(found, Document)
    assert (found.id, found.text, found.sha256, found.problems) == ("a-1", TEXT, LINE["sha256"], ())
    assert (found.meta, found.language, found.annotator) == (LINE["meta"], "ro", "mp")
    first, event, relation = found.units
    assert first.labels == ("State", "Agent")
    assert first.mentions == (
        Mention(spans=((0, 5),), text="Rusia", head=(0, 5), id="m1", prov=Prov(annotator="x")),
        Mention(spans=((0, 5), (24, 27)), text="Rusia Kim"),
        Mention(text="Moscova"),
    )
    assert first.attrs == {"certain": True, "rank": 1.5, "also": ["a", 2, False]}
    assert event.args == (Arg(role="attacker", target="e1", attrs={"head": "e1"}), Arg(role="count", value=2))
    assert relation == Unit(
        id="r1", kind="relation", label="owns", args=(Arg(role="source", target="e1"), Arg(role="target", value="x"))
    )


def test_the_smallest_line_has_a_version_and_an_id() -> None:
    assert read(b'{"kgbuild":1,"id":"a"}') == [Document(id="a")]


def test_blank_lines_crlf_and_a_missing_last_line_end_are_passed_over() -> None:
    content = b'\r\n{"kgbuild":1,"id":"a"}\r\n \t\n{"kgbuild":1,"id":"b"}\n\n{"kgbuild":1,"id":"c"}'
    assert read(content) == [Document(id="a"), Document(id="b"), Document(id="c")]


def test_a_byte_order_mark_at_the_start_is_passed_over() -> None:
    assert read(b'\xef\xbb\xbf{"kgbuild":1,"id":"a"}\n') == [Document(id="a")]


def test_lines_end_at_lf_only() -> None:
    text = "unu\u2028doi\u0085trei\x0bpatru"
    (found,) = read(b'{"kgbuild":1,"id":"a","text":"' + text.replace("\x0b", "\\u000b").encode() + b'"}\n')
    assert isinstance(found, Document)
    assert found.text == text


def test_concatenated_files_are_a_file() -> None:
    assert len(read(encoded(LINE) * 3)) == 3


def test_problems_of_a_document_name_the_file_below_the_root_and_the_line(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    path = folder / "a.kga.jsonl"
    line = {"kgbuild": 1, "id": "d", "text": "Rusia", "units": [{"id": "e", "kind": "entity", "mentions": [{"spans": [[0, 3]], "text": "Kiev"}]}]}
    path.write_bytes(b"\n" + encoded(line) + b"x\n")
    document, problem = READER.read(path, tmp_path / "in")
    assert isinstance(document, Document)
    assert isinstance(problem, Problem)
    assert [found.where for found in document.problems] == ["deep/a.kga.jsonl:2"]
    assert problem.where == f"{path}:3"


# --- texts held once -------------------------------------------------------------------------------------------------------------------


def test_a_line_with_sha256_takes_its_text_from_an_earlier_line_whoever_wrote_it() -> None:
    texts = ["unu doi", "trei 😀 patru", "cinci"]
    first = b"\xef\xbb\xbf\n" + b"".join(encoded({"kgbuild": 1, "id": text, "text": text}) for text in texts) + b"broken\n"
    unit = {"id": "e", "kind": "entity", "mentions": [{"spans": [[0, 4]]}]}
    second = b"".join(
        encoded({"kgbuild": 1, "id": text, "sha256": hashlib.sha256(text.encode()).hexdigest(), "units": [unit]}) for text in reversed(texts)
    )
    later = encoded({"kgbuild": 1, "id": "z", "text": "zece"}) + encoded(
        {"kgbuild": 1, "id": "z", "sha256": hashlib.sha256(b"zece").hexdigest()}
    )
    found = [one for one in read(first + second + later) if isinstance(one, Document)]
    assert [one.text for one in found] == [*texts, *reversed(texts), "zece", "zece"]
    assert [one.units[0].mentions[0].text for one in found[3:6]] == ["cinc", "trei", "unu "]


def test_a_line_whose_text_is_nowhere_before_stays_without_text() -> None:
    unit = {"id": "e", "kind": "entity", "mentions": [{"spans": [[0, 4]]}]}
    digest = hashlib.sha256(b"zece").hexdigest()
    found = read(encoded({"kgbuild": 1, "id": "z", "sha256": digest, "units": [unit]}) + encoded({"kgbuild": 1, "id": "z", "text": "zece"}))
    assert isinstance(found[0], Document)
    assert found[0].text is None
    assert [problem.code for problem in found[0].problems] == ["text-missing"]


# --- the schema ------------------------------------------------------------------------------------------------------------------------

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


UNIT, MENTION, PARTS, ARG, REL = ("units", 0), ("units", 0, "mentions", 0), ("units", 0, "mentions", 1), ("units", 1, "args", 0), ("units", 2)

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


@pytest.mark.parametrize(("change", "said"), MUTATIONS, ids=[f"{number}-{said or 'good'}"[:60] for number, (_, said) in enumerate(MUTATIONS)])
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
    st.none() | st.booleans() | st.integers(-3, 99) | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(["", "x", "event", "2024"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "kind", "text", "spans", "zz"]), inner, max_size=3),
    max_leaves=5,
)
KEYS = ["id", "kind", "label", "text", "spans", "head", "role", "target", "value", "attrs", "prov", "args", "confidence", "status", "zz", "lang"]


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


# --- what is refused beyond the schema -------------------------------------------------------------------------------------------------

MINIMAL = b'{"kgbuild":1,"id":"a"}'
REFUSED: list[tuple[str, bytes, str, str]] = [
    ("not JSON", b"hello\n", "broken-json", "not JSON: expecting value at character 1"),
    ("a comma too many", b'{"kgbuild":1,"id":"a",}\n', "broken-json", "near"),
    ("cut off in the middle of the file", b'{"kgbuild":1,"id":\n', "broken-json", "not JSON"),
    ("cut off at the end of the file", b'{"kgbuild":1,"id":"a","text":"Rus', "truncated-line", "cut off"),
    ("two documents on a line", MINIMAL + MINIMAL + b"\n", "broken-json", "extra data at character 23"),
    ("NaN", b'{"kgbuild":1,"id":"a","meta":{"x":NaN}}\n', "broken-json", "NaN is no number"),
    ("Infinity", b'{"kgbuild":1,"id":"a","prov":{"confidence":-Infinity}}\n', "broken-json", "-Infinity is no number"),
    ("a number too large", b'{"kgbuild":1,"id":"a","meta":{"x":1e999}}\n', "annotation-invalid", "out of range"),
    ("an offset as float", b'{"kgbuild":1,"id":"a","units":[{"id":"e","kind":"event","mentions":[{"spans":[[0,5.0]]}]}]}\n', "annotation-invalid", ""),
    ("a number with too many digits", b'{"kgbuild":1,"id":"a","meta":{"x":' + b"9" * 5000 + b"}}x\n", "broken-json", "not JSON"),
    ("half a surrogate pair, high", rb'{"kgbuild":1,"id":"a","text":"x\ud800y"}' + b"\n", "broken-json", "surrogate"),
    ("half a surrogate pair, low", rb'{"kgbuild":1,"id":"a","text":"x\udc00y"}' + b"\n", "broken-json", "surrogate"),
    ("half a surrogate pair, in a key", rb'{"kgbuild":1,"id":"a","meta":{"\ud83d":1}}' + b"\n", "broken-json", "surrogate"),
    ("a surrogate in bytes", b'{"kgbuild":1,"id":"a","text":"\xed\xa0\x80"}\n', "not-utf8", "byte 0xed at position 31"),
    ("Latin-2", '{"kgbuild":1,"id":"a","text":"Ţara"}\n'.encode("iso8859-2"), "not-utf8", "byte 0xde at position 31"),
    ("a byte order mark inside", b"\n" + b"\xef\xbb\xbf" + MINIMAL + b"\n", "broken-json", "byte order mark"),
    ("a key twice", b'{"kgbuild":1,"id":"a","units":[],"text":"x","units":[]}\n', "duplicate-key", "'units'"),
    ("a key twice deep inside", b'{"kgbuild":1,"id":"a","meta":{"own":{"a":1,"b":2,"a":3}}}\n', "duplicate-key", "'a'"),
    ("the same id twice", b'{"kgbuild":1,"id":"a","id":"a"}\n', "duplicate-key", "'id'"),
    ("nested too deeply", b'{"kgbuild":1,"id":"a","meta":{"x":' + b"[" * 5000 + b"]" * 5000 + b"}}\n", "broken-json", "nested too deeply"),
    ("a list of documents", b"[" + MINIMAL + b"]\n", "annotation-invalid", "expected an object"),
    ("a JSON text", b'"kgbuild"\n', "annotation-invalid", "expected an object"),
    ("spread over lines", b'{\n  "kgbuild": 1,\n  "id": "a"\n}\n', "not-lines", "one line"),
    ("a list spread over lines", b"[\n" + MINIMAL + b"\n]\n", "not-lines", "one line"),
    ("units of one id", b'{"kgbuild":1,"id":"a","units":[{"id":"e","kind":"event"},{"id":"e","kind":"value"}]}\n', "unit-repeated", "'e'"),
    ("the wrong hash", b'{"kgbuild":1,"id":"a","text":"x","sha256":"' + b"0" * 64 + b'"}\n', "hash-mismatch", "sha256"),
    ("nothing", b"", "empty-file", "no document"),
    ("blank lines only", b"\n \r\n\xef\xbb\xbf"[:-3], "empty-file", "no document"),
    ("zero bytes", b"\x00\x01\x02" + MINIMAL, "binary-file", "not text"),
    ("UTF-16", MINIMAL.decode().encode("utf-16"), "binary-file", "UTF-16"),
    ("gzip", b"\x1f\x8b\x08abc", "binary-file", "gzip"),
]


@pytest.mark.parametrize(("content", "code", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_is_rejected_with_its_code(content: bytes, code: str, said: str) -> None:
    problem = rejected(content)
    assert problem.code == code
    assert said in problem.message
    assert ".kga.jsonl" in problem.where


def test_reading_goes_on_after_every_kind_of_bad_line() -> None:
    bad = [content for name, content, code, _ in REFUSED if content.endswith(b"\n") and content.count(b"\n") == 1]
    found = read(b"".join(MINIMAL + b"\n" + content for content in bad) + MINIMAL)
    assert [isinstance(one, Document) for one in found] == [True, False] * len(bad) + [True]
    assert [one.where.rpartition(":")[2] for one in found if isinstance(one, Problem)] == [str(2 * number) for number in range(1, len(bad) + 1)]


def test_a_problem_names_document_and_unit_where_they_are_known() -> None:
    problem = rejected(b'{"kgbuild":1,"id":"a","units":[{"id":"e","kind":"evnt"}]}\n')
    assert (problem.document, problem.unit) == ("a", "e")
    assert rejected(b'{"kgbuild":1,"id":"a","units":[{"id":"e","kind":"event"},{"id":"e","kind":"value"}]}\n').document == "a"


def test_a_message_names_three_faults_and_says_that_there_are_more() -> None:
    units = [{"id": f"e{number}", "kind": "evnt"} for number in range(5)]
    message = rejected(encoded({"kgbuild": 1, "id": "a", "units": units})).message
    assert [f"'e{number}'" in message for number in range(5)] == [True, True, True, False, False]
    assert message.endswith("and more")


def test_null_in_a_text_or_in_own_metadata_is_no_fault() -> None:
    (found,) = read(b'{"kgbuild":1,"id":"a","text":"say [null, null] : null }","meta":{"own":null}}\n')
    assert isinstance(found, Document)


def test_what_looks_like_a_key_in_a_text_is_no_repeated_key() -> None:
    (found,) = read(rb'{"kgbuild" : 1, "id":"a","text":"\"a\": \"b\": \u0022c\u0022:","units":[{"id":"e","kind":"event","attrs":{}}]}' + b"\n")
    assert isinstance(found, Document)


def test_a_line_over_the_limit_is_rejected_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.kga.jsonl"
    long = b'{"kgbuild":1,"id":"long","text":"' + b"x" * 3000 + b'"}\n'
    path.write_bytes(MINIMAL + b"\n" + long + MINIMAL + b"\n" + long[:-1])
    with path.open("rb") as file:
        found = [(line.number, line.offset, line.data and len(line.data)) for line in lines_module.lines(file, limit=1000)]
    assert found == [(1, 0, 23), (2, 23, None), (3, 23 + len(long), 23), (4, 46 + len(long), None)]
    with path.open("rb") as file:
        assert [line.data is None for line in lines_module.lines(file, limit=len(long))] == [False] * 4


def test_a_file_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        list(READER.read(tmp_path / "none.kga.jsonl", tmp_path))


@given(st.binary(max_size=200) | st.text(alphabet='{}[]",:0e1.-nul\\ud8x "kgbuild""id"', max_size=80).map(str.encode))
def test_any_bytes_are_read_or_rejected_and_never_raise(content: bytes) -> None:
    for found in read(content):
        assert isinstance(found, Document) or found.severity == "rejected"


@pytest.mark.parametrize(
    ("head", "native"),
    [
        (MINIMAL, True),
        (b'\xef\xbb\xbf\r\n {"id":"a", "kgbuild": 1}', True),
        (b"", False),
        (b'{"id":"a"}', False),
        (b'["kgbuild"]', False),
        (b'"kgbuild"', False),
    ],
)
def test_the_format_is_told_by_its_first_object(head: bytes, native: bool) -> None:
    assert READER.sniff(head) is native


# --- the founding article --------------------------------------------------------------------------------------------------------------


def test_the_founding_article_is_read_without_a_problem(founding_article: Path) -> None:
    (found,) = READER.read(founding_article, founding_article.parent)
    assert isinstance(found, Document)
    assert found.problems == ()
    assert len(found.units) > 80
    assert found.text == founding_article.with_name(f"{found.id}.txt").read_bytes().decode()
