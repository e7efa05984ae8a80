"""The campaign that damages sample files: it runs over every reader, repeats itself by its seed, and notices what it looks for."""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from kgbuild.document import Document, Mention, Unit
from kgbuild.readers import BUILT_IN, Source

from ..conftest import sampled  # noqa: TID252 - the tests are no installed package

FUZZ = Path(__file__).parents[2] / "benchmarks" / "fuzz_readers.py"


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_readers", FUZZ)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz_readers"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sampled(BUILT_IN, 3))
def test_no_damage_is_too_much_for_a_reader(fuzz: ModuleType, name: str) -> None:
    try:
        assert fuzz.samples(name)
    except LookupError as error:
        pytest.skip(str(error))
    command = [sys.executable, FUZZ, "--reader", name, "--count", "150", "--seed", "7"]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.startswith(f"{name}: 150 cases, 0 failures")


def test_every_reader_has_its_samples_in_the_table(fuzz: ModuleType) -> None:
    assert set(BUILT_IN) <= set(fuzz.SAMPLES)


def test_a_case_is_repeated_by_its_number(fuzz: ModuleType, tmp_path: Path) -> None:
    def content(folder: str) -> list[tuple[str, bytes]]:
        fuzz.lay("native", random.Random("1 native 5"), tmp_path / folder)
        return [(path.name, path.read_bytes()) for path in sorted((tmp_path / folder).rglob("*")) if path.is_file()]

    assert content("a") == content("b")
    assert content("a")


WRONG = [
    Document("a", text="text", units=(Unit("e", "entity", mentions=(Mention(((0, 9),), "text"),)),)),
    Document("a", text="text", units=(Unit("e", "entity", mentions=(Mention(((0, 4),), "test"),)),)),
    Document("a", text="text", units=(Unit("e", "entity", mentions=(Mention(((2, 4), (0, 1)), "xt t"),)),)),
    Document("a", text="text", units=(Unit("e", "entity"), Unit("e", "entity"))),
    Document("a", text="\ud800"),
    None,
]


@pytest.mark.parametrize("document", WRONG)
def test_what_must_not_be_is_noticed(fuzz: ModuleType, document: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(_source: Source, _name: str) -> Iterator[Document]:
        yield document

    monkeypatch.setattr(fuzz, "documents", broken)
    with pytest.raises((AssertionError, ValueError)):
        list(fuzz.check(Source(tmp_path, tmp_path), "native"))
