"""Archives, XML and JSON from strangers: limits and refusals."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest

from kgbuild.readers import archives, objects, trees, whole
from kgbuild.readers.rejection import Rejected


def _zip(entries: dict[str, bytes]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    file.seek(0)
    return file


def _open(file: io.BytesIO) -> None:
    with archives.opened(file):
        pass


def test_members_are_read_in_order_without_folders() -> None:
    file = _zip({"b/": b"", "b/x.txt": b"x", "a.txt": "ț😀".encode()})
    with archives.opened(file) as members:
        assert [(member.name, member.read()) for member in members] == [("b/x.txt", b"x"), ("a.txt", "ț😀".encode())]


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a/../../x", "..\\x", "C:\\x"])
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(Rejected, match="leads out of the archive") as caught:
        _open(_zip({name: b"x"}))
    assert caught.value.code == "archive-unsafe"


def test_bombs_and_crowds_are_refused_with_the_limit_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Rejected, match="more than 200 times its size"):
        _open(_zip({"a": bytes(8 << 20)}))
    monkeypatch.setattr(archives, "MEMBERS", 3)
    with pytest.raises(Rejected, match="has 4 members; at most 3 are read"):
        _open(_zip({str(number): b"x" for number in range(4)}))
    monkeypatch.setattr(archives, "TOTAL", 10)
    with pytest.raises(Rejected, match="unpacked; split it"):
        _open(_zip({"a": b"123456", "b": b"123456"}))


def test_a_member_larger_than_it_says_is_refused() -> None:
    data = bytearray(_zip({"a": b"x" * 1000}).getvalue())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):  # the size in the member's own head and in the directory
        place = data.index(mark) + at
        data[place : place + 4] = (10).to_bytes(4, "little")
    crc = zlib.crc32(b"x" * 10).to_bytes(4, "little")
    for mark, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        data[data.index(mark) + at : data.index(mark) + at + 4] = crc
    with archives.opened(io.BytesIO(bytes(data))) as (member,):
        assert member.read() == b"x" * 10  # never more than was promised


def test_two_members_of_one_name_and_damage_are_refused(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", b"2")
    file.seek(0)
    with pytest.raises(Rejected, match="two members of one name"):
        _open(file)
    with pytest.raises(Rejected, match="not a ZIP archive") as caught:
        _open(io.BytesIO(b"PK\x03\x04 no"))
    assert caught.value.code == "archive-broken"
    data = bytearray(_zip({"a": b"hello " * 50}).getvalue())
    data[40] ^= 0xFF
    with archives.opened(io.BytesIO(bytes(data))) as (member,), pytest.raises(Rejected, match="member a: "):
        member.read()


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"<a><b></a>", "broken-xml", "mismatched tag at character 9"),
        (b"", "broken-xml", "no element found"),
        (b'<!DOCTYPE a [<!ENTITY x "lol">]><a>&x;</a>', "unsafe-xml", "declares a document type"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>', "unsafe-xml", "declares a document type"),
        (b"<a>" * 300 + b"</a>" * 300, "unsafe-xml", "nested more than 200 deep"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', "broken-xml", "unknown encoding"),
    ],
)
def test_xml_is_read_without_entities_or_depth(data: bytes, code: str, message: str) -> None:
    with pytest.raises(Rejected, match=message) as caught:
        trees.parse(data)
    assert caught.value.code == code


def test_xml_comes_with_namespaces_and_every_character() -> None:
    root = trees.parse('<x:a xmlns:x="urn:x" x:n="1" m="2&#10;ț"><b>😀\r\n&amp;</b></x:a>'.encode())
    assert (root.tag, root.attrib, root[0].text) == ("{urn:x}a", {"{urn:x}n": "1", "m": "2\nț"}, "😀\n&")


@pytest.mark.parametrize(
    ("data", "code"),
    [(b'{"a": 1, "a": 2}', "duplicate-key"), (b"[NaN]", "broken-json"), (b'["\\ud800"]', "broken-json"), (b'["\xed\xa0\x80"]', "not-utf8"), (b"[" * 100_000, "broken-json"),
     (b"[1" + b"0" * 5000 + b"]", "annotation-invalid"), (b'["\xff"]', "not-utf8"), (b"[1,\n 2", "broken-json")],
)  # fmt: skip
def test_json_that_could_be_read_in_two_ways_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        objects.loads(data)
    assert caught.value.code == code


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.json"
    path.write_bytes(b"[1234567]")
    monkeypatch.setattr(whole, "LIMIT", 8)
    with pytest.raises(Rejected, match="larger than 0 MiB") as caught:
        whole.read_whole(path)
    assert caught.value.code == "file-too-large"


@pytest.mark.parametrize(("data", "message"), [(b"ok\nx\xff", "0xff at position 2"), (b"\xff\xfea\0", "UTF-16"), (b"\x1f\x8b\x08", "gzip")])
def test_text_must_be_utf8(data: bytes, message: str) -> None:
    with pytest.raises(Rejected, match=message) as caught:
        whole.decode(data)
    assert caught.value.line == (2 if message.startswith("0x") else None)
