"""The native reader: what it takes, what it refuses beyond the schema, and that reading goes on in little memory."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.document import Arg, Document, Mention, Problem, Prov, Unit
from kgbuild.errors import FormatError
from kgbuild.readers import lines as lines_module
from kgbuild.readers.native import READER

from .good_line import LINE, TEXT  # noqa: TID252 - the tests are no installed package


def encoded(line: Any) -> bytes:
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def read(content: bytes, name: str = "a.kga.jsonl") -> list[Document | Problem]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return list(READER.read(path, Path(folder)))


def ids(content: bytes) -> list[str]:
    return [found.id if isinstance(found, Document) else found.code for found in read(content)]


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
    assert relation == Unit(id="r1", kind="relation", label="owns", args=(Arg(role="source", target="e1"), Arg(role="target", value="x")))


def test_the_smallest_line_has_a_version_and_an_id() -> None:
    assert ids(b'{"kgbuild":1,"id":"a"}') == ["a"]


def test_blank_lines_crlf_and_a_missing_last_line_end_are_passed_over() -> None:
    content = b'\r\n{"kgbuild":1,"id":"a"}\r\n \t\n{"kgbuild":1,"id":"b"}\n\n{"kgbuild":1,"id":"c"}'
    assert ids(content) == ["a", "b", "c"]


def test_a_byte_order_mark_at_the_start_is_passed_over() -> None:
    assert ids(b'\xef\xbb\xbf{"kgbuild":1,"id":"a"}\n') == ["a"]


def test_lines_end_at_lf_only() -> None:
    text = "unu\u2028doi\u0085trei\x0bpatru"
    (found,) = read(b'{"kgbuild":1,"id":"a","text":"' + text.replace("\x0b", "\\u000b").encode() + b'"}\n')
    assert isinstance(found, Document)
    assert found.text == text


def test_concatenated_files_are_a_file() -> None:
    assert len(read(encoded(LINE) * 3)) == 3


def test_documents_and_problems_name_the_file_and_the_line(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    path = folder / "a.kga.jsonl"
    line = {
        "kgbuild": 1,
        "id": "d",
        "text": "Rusia",
        "units": [{"id": "e", "kind": "entity", "mentions": [{"spans": [[0, 3]], "text": "Kiev"}]}],
    }
    path.write_bytes(b"\n" + encoded(line) + b"x\n")
    document, problem = READER.read(path, tmp_path / "in")
    assert isinstance(document, Document)
    assert isinstance(problem, Problem)
    assert document.where == f"{path}:2"
    assert [found.where for found in document.problems] == [f"{path}:2"]
    assert problem.where == f"{path}:3"


# --- texts held once -------------------------------------------------------------------------------------------------------------------


def test_a_line_with_sha256_takes_its_text_from_an_earlier_line_whoever_wrote_it() -> None:
    texts = ["unu doi", "trei 😀 patru", "cinci"]
    first = b"\xef\xbb\xbf\n" + b"".join(encoded({"kgbuild": 1, "id": text, "text": text}) for text in texts) + b"broken\n"
    unit = {"id": "e", "kind": "entity", "mentions": [{"spans": [[0, 4]]}]}
    second = b"".join(
        encoded({"kgbuild": 1, "id": text, "sha256": hashlib.sha256(text.encode()).hexdigest(), "units": [unit]})
        for text in reversed(texts)
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
    ("a number too large", b'{"kgbuild":1,"id":"a","meta":{"x":1e999}}\n', "annotation-invalid", "too large"),
    (
        "an offset as float",
        b'{"kgbuild":1,"id":"a","units":[{"id":"e","kind":"event","mentions":[{"spans":[[0,5.0]]}]}]}\n',
        "annotation-invalid",
        "",
    ),
    (
        "a number with too many digits",
        b'{"kgbuild":1,"id":"a","meta":{"x":' + b"9" * 5000 + b"}}\n",
        "annotation-invalid",
        "a number is too large",
    ),
    ("half a surrogate pair, high", rb'{"kgbuild":1,"id":"a","text":"x\ud800y"}' + b"\n", "broken-json", "surrogate"),
    ("half a surrogate pair, low", rb'{"kgbuild":1,"id":"a","text":"x\udc00y"}' + b"\n", "broken-json", "surrogate"),
    ("half a surrogate pair, in a key", rb'{"kgbuild":1,"id":"a","meta":{"\ud83d":1}}' + b"\n", "broken-json", "surrogate"),
    ("a surrogate in bytes", b'{"kgbuild":1,"id":"a","text":"\xed\xa0\x80"}\n', "not-utf8", "byte 0xed at position 31"),
    ("Latin-2", '{"kgbuild":1,"id":"a","text":"Ţara"}\n'.encode("iso8859-2"), "not-utf8", "byte 0xde at position 31"),
    ("a byte order mark inside", b"\n" + b"\xef\xbb\xbf" + MINIMAL + b"\n", "broken-json", "byte order mark"),
    ("a key twice", b'{"kgbuild":1,"id":"a","units":[{"id":"e","kind":"event"}],"text":"x","units":[]}\n', "duplicate-key", "'units'"),
    ("a key twice deep inside", b'{"kgbuild":1,"id":"a","meta":{"own":{"a":1,"b":2,"a":3}}}\n', "duplicate-key", "'a'"),
    ("the same id twice", b'{"kgbuild":1,"id":"a","id":"a"}\n', "duplicate-key", "'id'"),
    ("nested too deeply", b'{"kgbuild":1,"id":"a","meta":{"x":' + b"[" * 5000 + b"]" * 5000 + b"}}\n", "broken-json", "nested too deeply"),
    ("nested deeply", b'{"kgbuild":1,"id":"a","meta":{"x":' + b'[{"a":' * 60 + b"1" + b"}]" * 60 + b"}}\n", "broken-json", "100 levels"),
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
    assert [one.where.rpartition(":")[2] for one in found if isinstance(one, Problem)] == [
        str(2 * number) for number in range(1, len(bad) + 1)
    ]


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
    (found,) = read(
        rb'{"kgbuild" : 1, "id":"a","text":"\"a\": \"b\": \u0022c\u0022:","units":[{"id":"e","kind":"event","attrs":{}}]}' + b"\n"
    )
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


# --- memory ----------------------------------------------------------------------------------------------------------------------------

MEASURE = """
import resource, sys
from pathlib import Path
from kgbuild.readers.native import READER

path = Path(sys.argv[1])
read = READER.read(path, path.parent)
for _ in range(100):
    next(read)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
documents = 100 + sum(1 for _ in read)
print(documents, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.long
def test_200_mb_are_read_in_the_memory_of_a_few_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.kga.jsonl"
    line = encoded(LINE)
    repeats = 200_000_000 // len(line) // 1000
    with path.open("wb") as file:
        for _ in range(repeats):
            file.write(line * 1000)
    environment = {"PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True, env=environment)
    documents, grown_mib = map(int, run.stdout.split())
    assert documents == repeats * 1000
    assert grown_mib < 16


@pytest.mark.long
def test_a_line_of_200_mb_is_rejected_in_the_memory_of_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.kga.jsonl"
    with path.open("wb") as file:
        file.write(encoded(LINE) * 100 + b'{"kgbuild":1,"id":"long","text":"')
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n' + encoded(LINE))
    environment = {"PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True, env=environment)
    found, grown_mib = map(int, run.stdout.split())
    assert found == 102
    assert grown_mib < 2.5 * (lines_module.LIMIT >> 20)
