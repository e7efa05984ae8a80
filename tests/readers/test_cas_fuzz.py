"""No mutation of a CAS stops a reader: it is read, or rejected in words, and every document that comes out is in order."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from kgbuild.document import Document, Problem, decode_record, encode_record
from kgbuild.readers import anchoring
from kgbuild.readers.casjson import READER as JSON
from kgbuild.readers.xmi import READER as XMI_READER
from tests.readers.making_cas import denial
from tests.readers.test_cas_xmi import TYPES, XMI

#: mutations of each kind; a campaign is run with more
COUNT = 400
_ODD: list[Any] = [
    None,
    True,
    -1,
    0,
    1.5,
    10**18,
    "",
    "x",
    "\u2028",
    [],
    {},
    [1, 2],
    [None],
    {"a": 1},
    "http://www.wikidata.org/entity/Q1",
    "edtf=x",
]


def _values(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything inside a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [each for key, held in inner for each in ((*path, key), *_values(held, (*path, key)))]


def _structural(chance: random.Random, whole: str) -> bytes:
    """Change, remove or copy some members of a CAS, which stays JSON."""
    cas = json.loads(whole)
    for _ in range(chance.randint(1, 5)):
        *above, last = chance.choice(_values(cas))
        owner = cas
        for key in above:
            owner = owner[key]
        match chance.randrange(4):
            case 0:
                del owner[last]
            case 1:
                owner[last] = chance.choice(_ODD)
            case 2 if isinstance(owner, dict):
                owner[chance.choice("%@#^") + str(last).lstrip("%@#^")] = owner.pop(last)
            case _:
                owner[last] = chance.choice([chance.randint(-2, 60), owner[last]])
        if not _values(cas):
            break
    return json.dumps(cas).encode()


def _bytes(chance: random.Random, whole: bytes) -> bytes:
    """Change, cut out or double some bytes."""
    data = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 40)]
            case 2:
                data[at:at] = data[at : at + chance.randint(1, 40)]
            case _:
                data[at:at] = chance.choice([b'"', b"<", b"&", b"\x00", b"\xff", "😀".encode(), b"\r\n", b"9", b" 0 "])
        if not data:
            break
    return bytes(data)


def _check(found: list[Document | Problem], data: bytes) -> None:
    assert len(found) == 1
    [one] = found
    if isinstance(one, Problem):
        assert (one.severity, bool(one.message)) == ("rejected", True), data
        return
    assert anchoring.verify(one) is one, data
    again = decode_record(encode_record((one,)))[0]
    assert again.units == one.units, data
    ids = {unit.id for unit in one.units}
    assert len(ids) == len(one.units)
    assert all(arg.target is None or arg.target in ids for unit in one.units for arg in unit.args), data


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
def test_changed_members_of_cas_json_are_read_or_rejected(seed: int, tmp_path: Path) -> None:
    chance, whole, path = random.Random(seed), json.dumps(denial().cas()), tmp_path / "a.json"
    for _ in range(COUNT):
        data = _structural(chance, whole)
        path.write_bytes(data)
        _check(list(JSON.read(path, tmp_path)), data)


def test_changed_bytes_of_cas_json_are_read_or_rejected(tmp_path: Path) -> None:
    chance, whole, path = random.Random(7), json.dumps(denial().cas(), ensure_ascii=False).encode(), tmp_path / "a.json"
    for _ in range(COUNT):
        data = _bytes(chance, whole)
        path.write_bytes(data)
        _check(list(JSON.read(path, tmp_path)), data)


@pytest.mark.parametrize("types", [TYPES, None])
def test_changed_bytes_of_cas_xmi_are_read_or_rejected(types: str | None, tmp_path: Path) -> None:
    chance, path, beside = random.Random(11), tmp_path / "a.xmi", tmp_path / "TypeSystem.xml"
    for _ in range(COUNT):
        data = _bytes(chance, XMI.encode())
        path.write_bytes(data)
        if types is not None:
            beside.write_bytes(types.encode() if chance.random() < 0.8 else _bytes(chance, types.encode()))
        _check(list(XMI_READER.read(path, tmp_path)), data)
