"""Objects out of JSON files: lines, arrays, one after the other; whatever the layout, and wherever a block of the file ends."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.readers import elements as module
from kgbuild.readers.elements import elements
from kgbuild.readers.rejection import Rejected

KEYS = st.text('ab"\\{}[],:é😀\u2028', max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.lists(st.dictionaries(KEYS, VALUES, min_size=1, max_size=3), min_size=1, max_size=5)


def read(content: bytes) -> list[Any]:
    return [found.value if isinstance(found.value, dict) else found.value.code for found in elements(io.BytesIO(content))]


@given(
    objects=OBJECTS, indent=st.none() | st.integers(0, 2), chunk=st.integers(1, 40), ascii_only=st.booleans(), shape=st.sampled_from("alo")
)
def test_objects_come_out_as_they_went_in(objects: list[Any], indent: int | None, chunk: int, ascii_only: bool, shape: str) -> None:
    def dumped(value: Any) -> str:
        return json.dumps(value, indent=indent if shape != "l" else None, ensure_ascii=ascii_only)

    text = dumped(objects) if shape == "a" else "\n".join(map(dumped, objects))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CHUNK", chunk)
        assert read(text.encode()) == objects


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ["empty-file"]),
        (b" \n[ ]\n", ["empty-file"]),
        (b'\xef\xbb\xbf[{"a": 1}]', [{"a": 1}]),
        (b'\xef\xbb\xbf{"a": 1}\r\n{"a": 2}\r\n', [{"a": 1}, {"a": 2}]),
        (b'[{"a": 1}, {"a": }, {"a": 3}]', [{"a": 1}, "broken-json", {"a": 3}]),
        (b'[{"a": 1}, 7, {"a": 3}]', [{"a": 1}, "broken-json", {"a": 3}]),
        (b'[{"a": 1}, {"a": [1, 2', [{"a": 1}, "truncated-line"]),
        (b'[{"a": 1}, {"a": "x', [{"a": 1}, "truncated-line"]),
        (b'[{"a": 1}', [{"a": 1}, "truncated-line"]),
        (b'[{"a": 1}][{"a": 2}]', [{"a": 1}, {"a": 2}]),
        (b'[[1], {"a": 2}]', ["annotation-invalid", {"a": 2}]),
        (b'[{"a": 1, "a": 2}, {"a": NaN}]', ["duplicate-key", "broken-json"]),
        (b'[{"a": "\xff"}, {"a": "\\ud800"}]', ["not-utf8", "broken-json"]),
        (b'[{"a": "\xed\xa0\x80"}]', ["not-utf8"]),
        (b'{"a": 1}}\n{"a": 2}\n', ["broken-json", {"a": 2}]),
        (b'{"a": 1}\nnot JSON\n{"a": 3}', [{"a": 1}, "broken-json", {"a": 3}]),
        (b'{"a": 1}\n{"a": 2', [{"a": 1}, "truncated-line"]),
        (b"hello", ["broken-json"]),
        (b"]", ["broken-json"]),
        (b"\x1f\x8b\x08", ["binary-file"]),
        (b"[\0", ["binary-file"]),
        (b'[{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b'}, {"a": 2}]', ["broken-json", {"a": 2}]),
    ],
)
def test_what_is_wrong_is_told_and_reading_goes_on(content: bytes, expected: list[Any]) -> None:
    assert read(content) == expected


def test_lines_are_counted() -> None:
    content = b'[\n {"a": 1},\n\n {"a":\n  2}, {"a": 3},\n {"a": x}]'
    assert [found.line for found in elements(io.BytesIO(content))] == [2, 4, 5, 6]


def test_an_object_beyond_the_limit_ends_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMIT", 1 << 20)
    monkeypatch.setattr(module, "_CHUNK", 1 << 10)
    content = b'[{"a": 1}, {"a": "' + b"x" * (3 << 20) + b'"}, {"a": 3}]'
    *_, (line, why) = elements(io.BytesIO(content))
    assert isinstance(why, Rejected)
    assert (line, why.code, "larger than 1 MiB" in str(why)) == (1, "file-too-large", True)


@pytest.mark.long
def test_memory_is_that_of_one_object() -> None:
    one = json.dumps({"text": "x" * 1000, "results": [{"start": number} for number in range(200)]})
    content = io.BytesIO(("[" + ",\n".join([one] * 2000) + "]").encode())
    tracemalloc.start()
    assert sum(isinstance(found.value, dict) for found in elements(content)) == 2000
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 6 << 20 < len(content.getvalue())
