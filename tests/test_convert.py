"""``kgbuild convert``: a folder of files another tool takes, nothing overwritten, every loss named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgbuild import readers
from kgbuild.document import Document
from kgbuild.mapping import Mapper
from kgbuild.pipeline import load_ontology, load_registry
from kgbuild.writers import WRITERS
from tests.conftest import ARTICLES, Kgbuild


def line(**more: object) -> str:
    return json.dumps({"kgbuild": 1, "id": "a", "text": "Anna left.", **more}, ensure_ascii=False) + "\n"


UNIT = {"id": "e", "kind": "entity", "label": "Person", "mentions": [{"spans": [[0, 4]], "text": "Anna"}]}
TOPIC = {"id": "t", "kind": "topic", "label": "Topic", "name": "parting"}


def test_what_went_through_all_formats_says_the_same(kgbuild: Kgbuild, tmp_path: Path) -> None:
    before = source = ARTICLES / "xi-putin-moscow-2023-03.zh.kga.jsonl"
    for name in ("brat", "labelstudio", "webannotation", "native"):
        result = kgbuild("convert", source, "--to", name, "-o", tmp_path / name)
        assert (result.exit_code, "no problems" in result.stderr) == (0, True), result.stderr
        source = tmp_path / name
    mapper = Mapper(load_ontology(), load_registry())
    one, other = (mapper.map((document,)) for document in readers.read([before, source]) if isinstance(document, Document))
    assert len(one.facts) > 100
    assert (one.facts, one.details) == (other.facts, other.details)


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_every_format_is_converted_back(kgbuild: Kgbuild, tmp_path: Path, name: str) -> None:
    source = tmp_path / "a.kga.jsonl"
    source.write_text(
        line(units=[UNIT], meta={"title": "T"}, prov={"annotator": "mp", "tool": "by hand", "status": "curated"}), encoding="utf-8"
    )
    assert kgbuild("convert", source, "--to", name, "-o", tmp_path / "out").exit_code == 0
    result = kgbuild("convert", tmp_path / "out", "--to", "native", "-o", tmp_path / "back")
    assert result.exit_code == 0
    assert "1 document in 1 file, " in result.stderr
    back = json.loads((tmp_path / "back" / "a.kga.jsonl").read_text(encoding="utf-8"))
    back["units"][0]["mentions"][0].pop("id", None)  # each tool's own
    back["prov"].pop("ref", None)
    assert back == json.loads(source.read_text(encoding="utf-8"))


def test_what_is_lost_is_named_and_the_status_says_so(kgbuild: Kgbuild, tmp_path: Path) -> None:
    source = tmp_path / "a.kga.jsonl"
    source.write_text(line(units=[UNIT, TOPIC]), encoding="utf-8")
    result = kgbuild("convert", source, "--to", "brat", "-o", tmp_path / "out", "--problems", tmp_path / "problems.jsonl")
    assert result.exit_code == 1
    assert "1 document in 3 files" in result.stderr
    assert "1  skipped   not-in-format" in result.stderr
    (problem,) = [json.loads(one) for one in (tmp_path / "problems.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (problem["unit"], problem["document"], problem["where"]) == ("t", "a", f"{source}:1")
    assert problem["message"] == "a Topic that stands nowhere in the text: brat has no place for it; left out"


def test_a_folder_that_holds_something_is_left_alone(kgbuild: Kgbuild, tmp_path: Path) -> None:
    source = tmp_path / "a.kga.jsonl"
    source.write_text(line(units=[UNIT]), encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine")
    result = kgbuild("convert", source, "--to", "native", "-o", tmp_path / "out")
    assert result.exit_code == 3
    assert f"{tmp_path / 'out'}: holds something already (notes.txt); nothing was written" in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["notes.txt"]


def test_a_folder_inside_what_is_converted_is_refused(kgbuild: Kgbuild, tmp_path: Path) -> None:
    (tmp_path / "a.kga.jsonl").write_text(line(units=[UNIT]), encoding="utf-8")
    result = kgbuild("convert", tmp_path, "--to", "native", "-o", tmp_path / "deep" / "out")
    assert result.exit_code == 3
    assert "lies inside" in result.stderr
    assert not (tmp_path / "deep").exists()


def test_two_annotators_of_one_text_have_files_of_their_own(kgbuild: Kgbuild, tmp_path: Path) -> None:
    source = tmp_path / "a.kga.jsonl"
    lines = [line(units=[UNIT], prov={"annotator": who}) for who in ("mp", "ana")]
    source.write_text("".join(lines), encoding="utf-8")
    assert kgbuild("convert", source, "--to", "brat", "-o", tmp_path / "out").exit_code == 0
    names = sorted(path.name for path in (tmp_path / "out").glob("*.ann"))
    assert names == ["a.ann", "a~2.ann"]
    assert kgbuild("convert", tmp_path / "out", "--to", "native", "-o", tmp_path / "back").exit_code == 0
    back = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((tmp_path / "back").iterdir())]
    assert [(one["id"], one["prov"]["annotator"], one["units"][0]["id"]) for one in back] == [("a", "mp", "e"), ("a", "ana", "e")]


def test_what_cannot_be_read_is_rejected_and_the_rest_is_written(kgbuild: Kgbuild, tmp_path: Path) -> None:
    source = tmp_path / "a.kga.jsonl"
    source.write_text("{}\n" + line(units=[UNIT]), encoding="utf-8")
    result = kgbuild("convert", source, "--to", "webannotation", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "1 rejected" in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.jsonld"]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["convert", "--to", "brat", "-o", "out"], 2, "Missing argument 'PATH...'"),
        (["convert", "a", "--to", "gate", "-o", "out"], 2, "'gate' is not one of 'native', 'brat', 'labelstudio', 'webannotation'"),
        (["convert", "no-such-file", "--to", "brat", "-o", "out"], 3, "no-such-file: no such file or folder"),
    ],
)
def test_wrong_calls_are_explained(kgbuild: Kgbuild, tmp_path: Path, arguments: list[str], status: int, message: str) -> None:
    result = kgbuild(*(str(tmp_path / "out") if argument == "out" else argument for argument in arguments))
    assert (result.exit_code, message in result.stderr) == (status, True), result.stderr
    assert not (tmp_path / "out").exists()


def test_the_formats_are_those_of_the_package() -> None:
    from kgbuild.cli.convert import command

    option = next(parameter for parameter in command.params if parameter.name == "to")
    assert list(option.type.choices) == list(WRITERS)  # type: ignore[attr-defined]


def test_memory_does_not_grow_with_the_documents(tmp_path: Path) -> None:
    import tracemalloc

    from kgbuild.pipeline import convert

    peaks = []
    for count in (10, 60):
        source = tmp_path / f"{count}.kga.jsonl"
        filler = "Anna left. " * 8000
        source.write_text("".join(line(id=f"d{number}", text=filler, units=[UNIT]) for number in range(count)), encoding="utf-8")
        tracemalloc.start()
        convert([source], tmp_path / f"out{count}", "brat")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 500_000
