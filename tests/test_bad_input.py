"""Wrong input of every kind, given to the command line: each has its message and exit status, none a traceback.

A case says what lies in the folder, what is typed there, and what must come of it. ``STORE`` in a command line stands for a store
that holds one sound article; a command line without it works on a store that does not exist.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from kgbuild.stores import EmbeddedStore

TEXT = "Russia thanked North Korea for its support on 16 January 2024."
STATES: list[dict[str, Any]] = [
    {"id": "ru", "kind": "entity", "label": "State", "mentions": [{"spans": [[0, 6]], "text": "Russia"}]},
    {"id": "kp", "kind": "entity", "label": "State", "mentions": [{"spans": [[15, 26]], "text": "North Korea"}]},
]
SUPPORT: dict[str, Any] = {
    "id": "support",
    "kind": "event",
    "label": "SupportProvision",
    "mentions": [{"spans": [[35, 42]], "text": "support"}],
    "args": [{"role": "supporter", "target": "kp"}, {"role": "beneficiary", "target": "ru"}],
}


def document(*units: dict[str, Any], **fields: Any) -> bytes:
    """A line of annotation: a sound article with these units, some of its fields replaced (by None: left out)."""
    whole = {"kgbuild": 1, "id": "a1", "text": TEXT, "meta": {"title": "Thanks", "lang": "en", "published": "2024-01-17"}}
    whole["units"] = [*STATES, *units]
    whole |= fields
    return json.dumps({name: value for name, value in whole.items() if value is not None}, ensure_ascii=False).encode() + b"\n"


def changed(unit: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**unit, **fields}


def dated(edtf: str) -> bytes:
    """The sound article, its event dated so."""
    date = {"id": "d", "kind": "value", "label": "Date", "attrs": {"edtf": edtf}}
    return document(changed(SUPPORT, args=[*SUPPORT["args"], {"role": "date", "target": "d"}]), date)


SOUND = document(SUPPORT)


@dataclass(frozen=True)
class Case:
    """``says``: fragments of standard error, all of which must be there."""

    name: str
    command: str
    status: int
    says: tuple[str, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    stdin: bytes = b""


def reads(name: str, content: bytes, status: int, *says: str, options: str = "") -> Case:
    """A case of one annotation file, loaded into a store with one sound article."""
    return Case(name, f"load a.kga.jsonl STORE {options}", status, says, {"a.kga.jsonl": content})


def asks(name: str, command: str, status: int, *says: str, **fields: Any) -> Case:
    """A case of a command on a store with one article."""
    return Case(name, command, status, says, **fields)


CASES = [
    # --- files ---------------------------------------------------------------------------------------------------------
    Case("a path that does not exist", "load nowhere.jsonl", 3, ("KGB-110: nowhere.jsonl: no such file",)),
    Case("a folder without annotation", "load empty", 3, ("KGB-110: empty: no annotation file",), {"empty/.keep": b""}),
    Case("a file of no known format", "load a.pdf", 3, ("a.pdf: no reader knows this format", "hint: known formats"), {"a.pdf": b"%PDF-1.7\n\x00"}),
    Case("an unknown format asked for", "load a.kga.jsonl --format bratt", 3, ("there is no format", "bratt"), {"a.kga.jsonl": SOUND}),
    reads("an empty file", b"", 1, "empty-file", "a.kga.jsonl"),
    reads("not UTF-8", SOUND.replace(b"Thanks", b"Thank\xff"), 1, "not-utf8", "a.kga.jsonl:1"),
    reads("a binary file", b"\x00\x01\x02" * 2000, 1, "binary-file", "a.kga.jsonl"),
    reads("not JSON", b"{kgbuild: 1}\n", 1, "broken-json", "a.kga.jsonl:1"),
    reads("a line cut short at the end", SOUND + SOUND[: len(SOUND) // 2], 1, "truncated-line", "a.kga.jsonl:2"),
    reads("a JSON list", b"[1, 2]\n", 1, "annotation-invalid", "a.kga.jsonl:1"),
    reads("one key twice", b'{"id": "b", ' + SOUND[1:], 1, "duplicate-key", "'id'"),
    # --- the annotation ------------------------------------------------------------------------------------------------
    reads("no format version", document(kgbuild=None), 1, "annotation-invalid", "kgbuild"),
    reads("a format version of the future", document(kgbuild=2), 1, "annotation-invalid", "kgbuild"),
    reads("no document id", document(id=None), 1, "annotation-invalid", "id"),
    reads("an empty document id", document(id=""), 1, "annotation-invalid", "id"),
    reads("a field misspelled", document(unit=[]), 1, "annotation-invalid", "unit"),
    reads("a unit of no known kind", document(changed(SUPPORT, kind="happening")), 1, "annotation-invalid", "happening"),
    reads("a unit without id", document({"kind": "entity"}), 1, "annotation-invalid", "id"),
    reads("a negative offset", document(changed(SUPPORT, mentions=[{"spans": [[-1, 4]]}])), 1, "annotation-invalid"),
    reads("a confidence over one", document(changed(SUPPORT, prov={"confidence": 1.5})), 1, "annotation-invalid", "confidence"),
    reads("a language that is no tag", document(meta={"lang": "Romanian (old)"}), 1, "lang"),
    reads("a date of publication that is no date", document(meta={"published": "soon"}), 1, "published"),
    reads("one unit id twice", document(SUPPORT, SUPPORT), 1, "unit-repeated", "support"),
    reads("one document id twice", SOUND + document(text=TEXT + " Again."), 1, "repeated-id", "a1", "a.kga.jsonl:1", "a.kga.jsonl:2"),
    reads("a checksum of another text", document(sha256="0" * 64), 1, "hash-mismatch", "sha256"),
    reads("a span that covers another text", document(changed(SUPPORT, mentions=[{"spans": [[0, 7]], "text": "missiles"}])), 1, "span-mismatch"),
    reads("a span off by a few", document(changed(SUPPORT, mentions=[{"spans": [[37, 44]], "text": "support"}])), 1, "span-repaired"),
    reads("a span beyond the text", document(changed(SUPPORT, mentions=[{"spans": [[900, 907]]}])), 1, "span-outside"),
    reads("a span that ends before it begins", document(changed(SUPPORT, mentions=[{"spans": [[7, 3]]}])), 1, "span-invalid"),
    # --- labels, roles, values -----------------------------------------------------------------------------------------
    reads("an unknown label", document(changed(SUPPORT, label="Sightseeing")), 1, "kept", "Sightseeing", "unit support"),
    reads("an unknown label under --strict", document(changed(SUPPORT, label="Sightseeing")), 3, "KGB-120", "Sightseeing", options="--strict"),
    reads("an unknown role", document(changed(SUPPORT, args=[{"role": "onlooker", "target": "ru"}])), 1, "kept", "onlooker", "unit support"),
    reads("an unknown attribute", document(changed(SUPPORT, attrs={"colour": "red"})), 1, "kept", "colour", "unit support"),
    reads("an argument that leads nowhere", document(changed(SUPPORT, args=[{"role": "supporter", "target": "kpp"}])), 1, "kpp", "unit support"),
    reads("a date that is none", dated("16.01.2024"), 1, "16.01.2024", "unit d"),
    reads("a day that the calendar lacks", dated("2024-02-30"), 1, "February 2024 has 29 days", "unit d"),
    reads("a stance that nobody takes", document({"id": "s", "kind": "statement", "attrs": {"stance": "mumbles"}}), 1, "mumbles", "unit s"),
    reads("a count that is no number", document({"id": "t", "kind": "value", "label": "TargetTally", "attrs": {"count": "many"}}), 1, "many", "unit t"),
    # --- queries and parameters ----------------------------------------------------------------------------------------
    asks("an unknown query", "query transfer STORE", 3, "KGB-150", "no query “transfer”; did you mean “transfers”?"),
    asks("no query at all", "query STORE", 2, "--list"),
    asks("a parameter missing", "query evidence STORE", 3, "evidence needs thing"),
    asks("a parameter unknown", "query transfers STORE --param supplyer=PRK", 3, "no parameter “supplyer”; did you mean “supplier”?"),
    asks("a parameter without a value", "query transfers STORE --param supplier", 2, "supplier"),
    asks("a parameter given twice", "query transfers STORE --param supplier=PRK --param supplier=RUS", 2, "supplier", "twice"),
    asks("a state that is none", "query transfers STORE --param supplier=Atlantis", 3, "no agent “Atlantis”", "ISO code"),
    asks("a name of several states", "query transfers STORE --param supplier=Korea", 3, "supplier"),
    asks("a date parameter that is no date", "query transfers STORE --param since=yesterday", 3, "since", "yesterday"),
    asks("SPARQL that does not parse", "query STORE -", 3, "KGB-150", stdin=b"SELECT * WHERE { ?s ?p }"),
    asks("an update where a query is asked", "query STORE -", 3, "KGB-150", stdin=b"DROP ALL"),
    asks("a query file that does not exist", "query STORE --file nothing.rq", 3, "nothing.rq"),
    asks("an output format that does not exist", "query transfers STORE --format xlsx", 2, "xlsx"),
    # --- the store -----------------------------------------------------------------------------------------------------
    asks("a query without a store", "query transfers --store nowhere", 4, "KGB-201", "nowhere"),
    asks("a dump without a store", "dump --store nowhere", 4, "KGB-201", "nowhere"),
    asks("a removal without a store", "remove a1 --store nowhere", 4, "KGB-201", "nowhere"),
    asks("a rebuilding without a store", "load --rebuild --store nowhere", 4, "KGB-201", "nowhere"),
    Case("a file where the store should be", "load a.kga.jsonl --store file", 4, ("file",), {"file": b"", "a.kga.jsonl": SOUND}),
    Case("a folder of something else where the store should be", "query transfers --store other", 4, ("other",), {"other/notes.txt": b"mine"}),
    asks("an article to remove that is not there", "remove a2 STORE", 4, "article “a2” is not in the store; nothing was removed"),
    asks("a graph to dump that is not there", "dump STORE --graph https://example.org/none", 3, "https://example.org/none"),
    asks("all graphs in a format for one", "dump STORE --format docx", 2, "docx"),
    asks("an output that cannot be written", "dump STORE -o no/such/folder/out.nq", 3, "no/such/folder/out.nq"),
    # --- options -------------------------------------------------------------------------------------------------------
    Case("nothing to load", "load", 2, ("which files?",)),
    asks("paths beside --rebuild", "load --rebuild a.kga.jsonl STORE", 2, "--rebuild takes no PATH"),
    Case("a base that is no IRI", "load a.kga.jsonl --base example.org/id", 2, ("example.org/id",), {"a.kga.jsonl": SOUND}),
    asks("another base than the store's", "load a.kga.jsonl STORE --base https://example.org/id/", 4, "https://example.org/id/", "leave --base out", files={"a.kga.jsonl": SOUND}),
    Case("no jobs", "load a.kga.jsonl --jobs 0", 2, ("--jobs",), {"a.kga.jsonl": SOUND}),
    Case("jobs that are no number", "load a.kga.jsonl --jobs many", 2, ("many",), {"a.kga.jsonl": SOUND}),
    Case("a problems file in no folder", "load a.kga.jsonl --problems no/such/p.jsonl", 3, ("no/such/p.jsonl",), {"a.kga.jsonl": SOUND}),
    Case("an ontology folder that does not exist", "load a.kga.jsonl --ontology nowhere", 3, ("KGB-130", "nowhere"), {"a.kga.jsonl": SOUND}),
    Case(
        "an ontology that is not Turtle", "load a.kga.jsonl --ontology own", 3, ("KGB-130", "own.ttl:2"),
        {"a.kga.jsonl": SOUND, "own/own.ttl": b"@prefix kg: <https://w3id.org/kgbuild/ontology#> .\nkg:Meeting a a a .\n"},
    ),
    Case(
        "reference data that is not Turtle", "load a.kga.jsonl --reference own", 3, ("KGB-140", "own.ttl:1"),
        {"a.kga.jsonl": SOUND, "own/own.ttl": b"<< this is not Turtle\n"},
    ),
    Case("a command that does not exist", "lod a.kga.jsonl", 2, ("no command “lod”; did you mean “load”?",)),
    asks("a topic of info that does not exist", "info queris", 2, "queris"),
    asks("a class that the ontology lacks", "info ontology Meting", 3, "Meting", "did you mean “Meeting”"),
    asks("a query that info does not know", "info queries transfer", 3, "did you mean “transfers”?"),
]  # fmt: skip


def _run(case: Case, folder: Path, sound: Callable[[], Path], kgbuild: Callable[..., Result]) -> Result:
    for name, content in case.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    arguments = case.command.split()
    if "STORE" in arguments:
        at = arguments.index("STORE")
        arguments[at : at + 1] = ["--store", str(sound())]
    return kgbuild(*arguments, stdin=case.stdin)


@pytest.fixture(scope="module")
def sound_store(tmp_path_factory: pytest.TempPathFactory, kgbuild: Callable[..., Result]) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    (folder / "a.kga.jsonl").write_bytes(SOUND)
    result = kgbuild("load", folder / "a.kga.jsonl", "--store", folder / "store")
    assert result.exit_code == 0, result.output
    return folder / "store"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_wrong_input_is_answered_with_a_message_and_a_status(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound_store: Path, kgbuild: Callable[..., Result]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = _run(case, tmp_path, lambda: shutil.copytree(sound_store, tmp_path / "sound-store"), kgbuild)
    assert "Traceback" not in result.stderr
    assert result.exit_code == case.status, result.output
    for fragment in case.says:
        assert fragment in result.stderr
    if case.status in (3, 4):
        assert result.stderr.startswith("KGB-")
    if case.status > 1:
        assert result.stdout == ""


def test_there_are_at_least_forty_cases_and_no_two_are_the_same() -> None:
    assert len({(case.command, *case.files.values(), case.stdin) for case in CASES}) == len(CASES) >= 40


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, kgbuild: Callable[..., Result]) -> None:
    path = tmp_path / "a.kga.jsonl"
    path.write_bytes(SOUND)
    path.chmod(0)
    result = kgbuild("load", path, "--store", tmp_path / "store")
    assert result.exit_code == 3
    assert "cannot be read" in result.stderr


def test_a_store_in_use_is_named_and_left_alone(tmp_path: Path, sound_store: Path, kgbuild: Callable[..., Result]) -> None:
    store = shutil.copytree(sound_store, tmp_path / "store")
    with EmbeddedStore.open(store):
        result = kgbuild("query", "articles", "--store", store)
    assert result.exit_code == 4
    assert result.stderr.startswith("KGB-202")
    assert str(store) in result.stderr
    assert kgbuild("query", "articles", "--store", store).exit_code == 0
