"""Units get the names that the file beside them gives, wherever they are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgbuild import readers
from kgbuild.document import Arg, Document, Problem, Unit
from kgbuild.readers.renaming import UnitSaid, renamed

A = Unit("T1", "entity", "Person")
B = Unit("E1", "event", "Denial", args=(Arg("speaker", target="T1"), Arg("place", target="wd:Q1"), Arg("medium", value="T1")))


@pytest.mark.parametrize(
    ("said", "ids", "targets"),
    [
        ({"T1": UnitSaid("pm")}, ["pm", "E1"], ["pm", "wd:Q1", None]),
        ({"T1": UnitSaid("E1"), "E1": UnitSaid("T1")}, ["E1", "T1"], ["E1", "wd:Q1", None]),
        ({"T1": UnitSaid("E1")}, ["E1", "E1~"], ["E1", "wd:Q1", None]),
        ({"T1": UnitSaid("x"), "E1": UnitSaid("x")}, ["x", "E1"], ["x", "wd:Q1", None]),
        ({"T9": UnitSaid("gone")}, ["T1", "E1"], ["T1", "wd:Q1", None]),
    ],
    ids=["one", "crosswise", "another's own", "one name for two", "of no unit"],
)
def test_names_are_given(said: dict[str, UnitSaid], ids: list[str], targets: list[str | None]) -> None:
    units = renamed((A, B), said)
    assert [unit.id for unit in units] == ids
    assert [arg.target for arg in units[1].args] == targets
    assert units[1].args[2].value == "T1"


def test_a_kind_is_given() -> None:
    assert [unit.kind for unit in renamed((A, B), {"E1": UnitSaid(kind="statement")})] == ["entity", "statement"]


def test_the_file_beside_an_annotation_names_its_units(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Anna left.")
    (tmp_path / "a.ann").write_text("T1\tPerson 0 4\tAnna\n")
    (tmp_path / "a.meta.json").write_text(json.dumps({"units": {"T1": {"id": "anna"}}}))
    (found,) = readers.read([tmp_path])
    assert isinstance(found, Document)
    assert [unit.id for unit in found.units] == ["anna"]


def test_what_is_no_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Anna left.")
    (tmp_path / "a.ann").write_text("T1\tPerson 0 4\tAnna\n")
    (tmp_path / "a.meta.json").write_text(json.dumps({"units": {"T1": {"kind": "thing"}}}))
    problem, document = readers.read([tmp_path])
    assert isinstance(problem, Problem)
    assert (problem.code, "kind" in problem.message or "enum" in problem.message) == ("metadata-invalid", True)
    assert isinstance(document, Document)
