"""Metadata beside annotations: a file for one document, a table for a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgbuild import readers
from kgbuild.document import Document, Problem

LINE = {"kgbuild": 1, "id": "a1", "text": "Text.", "meta": {"title": "Own"}}


def _read(folder: Path) -> tuple[list[Document], list[Problem]]:
    found = list(readers.read([folder]))
    return [one for one in found if isinstance(one, Document)], [one for one in found if isinstance(one, Problem)]


def _file(folder: Path, name: str, **fields: object) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**LINE, **fields}) + "\n", encoding="utf-8")
    return path


def test_a_file_beside_names_title_and_date(tmp_path: Path) -> None:
    _file(tmp_path, "a.kga.jsonl")
    (tmp_path / "a.kga.meta.json").write_text('{"title": "Întâlnire 🚀", "published": "2024-01-16"}', encoding="utf-8")
    documents, problems = _read(tmp_path)
    assert problems == []
    assert documents[0].meta == {"title": "Întâlnire 🚀", "published": "2024-01-16"}


def test_an_envelope_names_annotator_too_and_an_id_replaces_only_one_made_of_the_file_name(tmp_path: Path) -> None:
    _file(tmp_path, "a.kga.jsonl", id="a.kga", prov={"tool": "x"})
    _file(tmp_path, "b.kga.jsonl", id="own")
    for name in "ab":
        (tmp_path / f"{name}.kga.meta.json").write_text('{"id": "new", "meta": {"lang": "ro"}, "prov": {"annotator": "mp"}}')
    documents, problems = _read(tmp_path)
    assert problems == []
    assert [(one.id, one.annotator, one.prov and one.prov.tool, one.language) for one in documents] == [
        ("new", "mp", "x", "ro"),
        ("own", "mp", None, "ro"),
    ]


def test_a_table_speaks_for_folders_below_and_the_nearest_holds(tmp_path: Path) -> None:
    _file(tmp_path, "a.kga.jsonl")
    _file(tmp_path, "sub/b.kga.jsonl", id="b1")
    _file(tmp_path, "sub/c.kga.jsonl", id="c1")
    (tmp_path / "metadata.tsv").write_text("document\ttitle\tannotator\na1\tA\tmp\nsub/b.kga\tB\t\nc1\tfar\t\n", encoding="utf-8")
    (tmp_path / "sub" / "metadata.tsv").write_bytes(b"\xef\xbb\xbfdocument\ttitle\tlang\r\nc1\tnear\tro\r\n\r\n")
    documents, problems = _read(tmp_path)
    assert problems == []
    assert [(one.id, one.meta["title"], one.annotator) for one in documents] == [("a1", "A", "mp"), ("b1", "B", ""), ("c1", "near", "")]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("metadata.tsv", "title\tlang\nx\tro\n", "metadata.tsv:1: the first line must name columns"),
        ("metadata.tsv", "document\ttitle\na1\tA\na1\tB\n", "metadata.tsv:3: document 'a1' has a line already"),
        ("metadata.tsv", "document\ttitle\n\tA\n", "metadata.tsv:2: no document is named"),
        ("metadata.tsv", "document\na1\tA\n", "metadata.tsv:2: 2 cells where the first line has 1"),
        ("metadata.tsv", b"document\n\xff\n", "metadata.tsv:2: not UTF-8: byte 0xff at position 1"),
        ("a.kga.meta.json", "[]", "a.kga.meta.json: expected an object of metadata"),
        ("a.kga.meta.json", '{"id": 3}', "a.kga.meta.json: “id” must be text"),
        ("a.kga.meta.json", '{"prov": {"who": "x"}}', "a.kga.meta.json: “prov”: Object contains unknown field `who`"),
        ("a.kga.meta.json", "{", "a.kga.meta.json: not JSON"),
        ("a.kga.meta.json", "", "a.kga.meta.json: the file holds nothing"),
    ],
)
def test_what_cannot_be_read_is_said_once_and_the_documents_are_loaded(
    tmp_path: Path, name: str, content: str | bytes, message: str
) -> None:
    _file(tmp_path, "a.kga.jsonl")
    _file(tmp_path, "b.kga.jsonl", id="b1")
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    documents, problems = _read(tmp_path)
    assert [one.meta for one in documents] == [{"title": "Own"}] * 2
    (problem,) = problems
    assert (problem.code, problem.severity) == ("metadata-invalid", "skipped")
    assert f"{problem.where}: {problem.message}".startswith(f"{tmp_path}/{message}")
    assert problem.message.endswith("; its metadata were left out")
