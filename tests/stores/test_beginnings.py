"""What every new store begins with is made once, kept, and shared; whatever becomes of what was kept, a new store is the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgbuild.iris import DATA, KG
from kgbuild.stores import Beginning, EmbeddedStore, article_nquads, graph_nquads

from .small import MOSCOW, article, lines_of  # noqa: TID252 - the tests are no installed package

LINES = [MOSCOW, *(f'<{DATA}state/S{n}> <{KG}name> "state {n} 🇷🇴"@ro' for n in range(500))]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "kgbuild" / "stores"


def reference(*made_from: str) -> tuple[Beginning, list[str]]:
    """A beginning, and a list that grows with each time that it is made."""
    made: list[str] = []

    def chunks() -> Iterator[bytes]:
        made.append("made")
        yield graph_nquads("reference", LINES, base=DATA)

    return Beginning(made_from or ("these lines",), chunks), made


def build(folder: Path, beginning: Beginning | None) -> set[str]:
    """Build a store with an article, and give what it holds."""
    own = [article_nquads(article("a1", {f'<{DATA}event/e1> <{KG}name> "e"'}, []), base=DATA)]
    before = [] if beginning else [graph_nquads("reference", LINES, base=DATA)]
    EmbeddedStore.build(folder, [*before, *own], base=DATA, beginning=beginning).close()
    return held(folder)


def held(folder: Path) -> set[str]:
    with EmbeddedStore.open(folder, read_only=True) as store:
        assert store.is_true()
        return {f"{graph} {line}" for graph in store.graph_names() for line in lines_of(store, graph)}


def test_a_store_is_the_same_with_what_was_kept_as_without(tmp_path: Path, cache: Path) -> None:
    beginning, made = reference()
    anew = build(tmp_path / "anew", None)
    assert [build(tmp_path / f"store{n}", beginning) == anew for n in range(3)] == [True, True, True]
    assert made == ["made"]
    assert [entry.name for entry in cache.iterdir()] == [beginning.key]


def test_stores_that_share_files_change_nothing_of_each_other(tmp_path: Path, cache: Path) -> None:
    beginning, made = reference()
    first = build(tmp_path / "one", beginning)
    with EmbeddedStore.open(tmp_path / "one") as store:
        store.set_graph("reference", [MOSCOW])
        store.optimize()
    changed = held(tmp_path / "one")
    assert build(tmp_path / "two", beginning) == first != changed
    shutil.rmtree(tmp_path / "two")
    shutil.rmtree(cache)
    assert held(tmp_path / "one") == changed
    assert len(made) == 1


def test_what_is_made_from_something_else_is_another_beginning(tmp_path: Path, cache: Path) -> None:
    for name in ("a", "b", "c", "d", "a"):
        beginning, made = reference(name)
        build(tmp_path / f"store-{name}{len(list(tmp_path.iterdir()))}", beginning)
        assert made == ["made"], "of four, the three used last are kept"
    assert len(list(cache.iterdir())) == 3
    beginning, made = reference("c")
    build(tmp_path / "last", beginning)
    assert made == []


def test_what_was_kept_and_is_not_whole_is_made_anew(tmp_path: Path, cache: Path) -> None:
    beginning, made = reference()
    anew = build(tmp_path / "store", beginning)
    for number, what in enumerate(("CURRENT", "*.sst", "MANIFEST-*")):
        next((cache / beginning.key).glob(what)).unlink()
        assert build(tmp_path / f"store{number}", beginning) == anew
        assert len(made) == number + 2
    assert build(tmp_path / "again", beginning) == anew
    assert len(made) == 4


def test_where_nothing_can_be_kept_all_is_made(tmp_path: Path, cache: Path) -> None:
    cache.parent.parent.mkdir()
    cache.parent.write_text("a file where the folder should be")
    beginning, made = reference()
    anew = build(tmp_path / "anew", None)
    assert build(tmp_path / "one", beginning) == build(tmp_path / "two", beginning) == anew
    assert len(made) == 2


def test_where_links_are_refused_files_are_copied(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: str, target: str) -> None:
        raise OSError(18, "Invalid cross-device link")

    beginning, made = reference()
    anew = build(tmp_path / "anew", beginning)
    monkeypatch.setattr(os, "link", refuse)
    assert build(tmp_path / "store", beginning) == anew
    assert made == ["made"]


def test_what_fails_while_it_is_made_leaves_no_store_and_keeps_nothing(tmp_path: Path, cache: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield graph_nquads("reference", LINES, base=DATA)
        raise KeyError("the ontology")

    with pytest.raises(KeyError):
        build(tmp_path / "store", Beginning(("broken",), chunks))
    assert not (tmp_path / "store" / "db").exists()
    assert not cache.exists()
    beginning, _ = reference()
    assert build(tmp_path / "store", beginning) == build(tmp_path / "anew", None)


@pytest.mark.long
def test_two_loads_at_once_make_the_same_stores(tmp_path: Path, articles: Path, cache: Path) -> None:
    source = next(articles.glob("*.kga.jsonl"))
    command = [sys.executable, "-m", "kgbuild", "load", str(source), "--store"]
    loads = [subprocess.Popen([*command, str(tmp_path / name)], stderr=subprocess.PIPE) for name in ("one", "two")]
    assert [load.communicate()[1] and load.returncode for load in loads] == [0, 0]
    assert len(list(cache.iterdir())) == 1
    facts = [{line for line in held(tmp_path / name) if "/run/" not in line} for name in ("one", "two")]
    assert facts[0] == facts[1]
