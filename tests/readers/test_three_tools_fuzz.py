"""Mutated exports of three tools: never an exception but a problem, and whatever is read is a document that the schema allows.

``KGBUILD_FUZZ=20000`` tries that many instead of a few hundred; the seed is fixed.
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kgbuild.document import Document, decode_record, encode_record
from kgbuild.readers.anchoring import verify
from kgbuild.readers.choosing import named
from kgbuild.readers.conformance import faults

from . import three_tools  # noqa: TID252 - the tests are no installed package

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
TRIES = int(os.environ.get("KGBUILD_FUZZ", "300"))
STRANGE = (
    'null true -1 0 3 1000000000000000000000000000000 1e308 1e999 0.5 "" "x" "Q5" [] {} [[]] [1,2] {"a":1} ["a",null] "\\\\n" "1"'.split()
)
BYTES = [b'"', b"{", b"}", b"[", b"]", b"\\", b",", b":", b"\xff", b"\0", b"\n", b"\\ud800", b"\xf0\x9f\x98\x80"]


def exports(tool: str) -> list[bytes]:
    made = {"labelstudio": three_tools.label_studio, "doccano": three_tools.doccano, "prodigy": three_tools.prodigy}[tool]()
    real = [path for path in sorted((SAMPLES / tool).rglob("*.json*")) if path.stat().st_size < 30_000]
    return [json.dumps(made).encode(), *(path.read_bytes() for path in real)]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container of a value with each key or index in it."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


def mutated(data: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.3:
        changed = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(changed) + 1)
            changed[place : place + chance.choice([0, 0, 1, 20])] = chance.choice([*BYTES, b""])
        return bytes(changed)
    try:
        values = [json.loads(data)]
    except ValueError:
        values = [json.loads(line) for line in data.split(b"\n") if line.strip()]
    for _ in range(chance.randint(1, 3)):
        container, key = chance.choice(places(values))
        if isinstance(container, dict) and chance.random() < 0.3:
            del container[key]
        elif isinstance(container, list) and chance.random() < 0.3:
            container.append(json.loads(json.dumps(container[key])))
        else:
            container[key] = json.loads(chance.choice(STRANGE))
    return b"\n".join(json.dumps(value).encode() for value in values)


@pytest.mark.parametrize("tool", ["labelstudio", "doccano", "prodigy"])
def test_whatever_an_export_holds_it_is_read_or_told(tool: str, tmp_path: Path) -> None:
    chance = random.Random(5)
    sources = exports(tool)
    path = tmp_path / "export.json"
    documents = 0
    for _ in range(TRIES):
        path.write_bytes(mutated(chance.choice(sources), chance))
        for found in named(tool, path).read(path, tmp_path):
            if isinstance(found, Document):
                documents += 1
                judge(found)
    assert documents > TRIES / 4


def judge(document: Document) -> None:
    bare = msgspec.structs.replace(document, problems=())
    assert verify(bare).problems == ()
    assert decode_record(encode_record((document,)))
    assert len({unit.id for unit in document.units}) == len(document.units)
    line = {"kgbuild": 1, **json.loads(msgspec.json.encode(bare))}
    line.pop("where", None)
    assert list(faults(line)) == []
