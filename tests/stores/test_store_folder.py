"""A store's folder: what may stand there, first loads, locks, and what is said when something is wrong."""

from __future__ import annotations

import multiprocessing
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgbuild.errors import KgbuildError, StoreError, StoreMissing, StoreUnavailable
from kgbuild.iris import DATA, KG
from kgbuild.stores import EmbeddedStore, article_nquads, graph_nquads, store_exists

from .small import MEETING, MOSCOW, article, iri, lines_of  # noqa: TID252 - the tests are no installed package


def newer(folder: Path) -> None:
    EmbeddedStore.open(folder, create=True).close()
    database = ox.Store(folder / "db")
    database.update(f'DELETE {{ GRAPH ?g {{ ?s <{KG}store.format> ?o }} }} INSERT {{ GRAPH ?g {{ ?s <{KG}store.format> "99" }} }} '
                    f"WHERE {{ GRAPH ?g {{ ?s <{KG}store.format> ?o }} }}")  # fmt: skip


def damaged(folder: Path, name: str = "MANIFEST-*") -> None:
    EmbeddedStore.open(folder, create=True).close()
    for file in (folder / "db").glob(name):
        file.write_bytes(b"damaged" * 9)


def beheaded(folder: Path) -> None:
    EmbeddedStore.open(folder, create=True).close()
    (folder / "db" / "CURRENT").write_bytes(b"")


def foreign(folder: Path) -> None:
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")


def oxigraph_inside(folder: Path) -> None:
    folder.mkdir()
    ox.Store(folder / "db").update(f"INSERT DATA {{ {MEETING} }}")


CASES: list[tuple[str, Callable[[Path], object], type[StoreError], str, str]] = [
    ("no folder", lambda folder: None, StoreMissing, "there is no store", "kgbuild load"),
    ("an empty folder", Path.mkdir, StoreMissing, "there is no store", "kgbuild load"),
    ("a file", Path.touch, StoreError, "is a file", "--store"),
    ("a folder of other things", foreign, StoreError, "holds other files (notes.txt)", "--store"),
    ("an oxigraph database in its own right", lambda folder: ox.Store(folder) and None, StoreError, "holds other files", "--store"),
    ("a database that kgbuild did not write", oxigraph_inside, StoreError, "did not write", "--store"),
    ("the store of a newer kgbuild", newer, StoreError, "format 99", "newer kgbuild"),
    ("a damaged database", damaged, StoreError, "orruption", "damaged"),
    ("a database without its entry point", beheaded, StoreError, "CURRENT", "damaged"),
]


@pytest.mark.parametrize(("make", "error", "message", "hint"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
def test_what_is_no_store_is_not_opened(
    make: Callable[[Path], object], error: type[StoreError], message: str, hint: str, read_only: bool, tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    make(folder)
    with pytest.raises(error, match=re.escape(message)) as caught:
        EmbeddedStore.open(folder, read_only=read_only)
    assert str(folder) in str(caught.value)
    assert hint in caught.value.hint


@pytest.mark.parametrize("make", [Path.touch, foreign, newer, damaged])
def test_nothing_is_created_where_something_else_stands(make: Callable[[Path], object], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    make(folder)
    before = sorted(folder.rglob("*.txt")) if folder.is_dir() else folder.read_bytes()
    with pytest.raises(StoreError):
        EmbeddedStore.open(folder, create=True)
    with pytest.raises(StoreError):
        EmbeddedStore.build(folder, [])
    assert before == (sorted(folder.rglob("*.txt")) if folder.is_dir() else folder.read_bytes())


def test_a_place_where_nobody_may_write_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    places = [tmp_path / "file" / "store"]
    if sys.platform == "linux":
        places.append(Path("/proc/store"))
    for place in places:
        with pytest.raises(StoreError, match=re.escape(f"{place}: cannot open the store")):
            EmbeddedStore.open(place, create=True)


def test_a_store_exists_once_it_is_complete(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    assert not store_exists(folder)
    (folder / "db.building-1").mkdir(parents=True)
    (folder / "lock").touch()
    assert not store_exists(folder)
    EmbeddedStore.open(folder, create=True).close()
    assert store_exists(folder)
    (tmp_path / "file").touch()
    with pytest.raises(StoreError):
        store_exists(tmp_path / "file")


def test_a_store_remembers_what_its_iris_begin_with(tmp_path: Path) -> None:
    base = "https://example.org/id/"
    EmbeddedStore.open(tmp_path / "store", create=True, base=base).close()
    with EmbeddedStore.open(tmp_path / "store", create=True) as store:
        assert (store.base, store.graphs.records) == (base, base + "graph/records")
    with EmbeddedStore.open(tmp_path / "store", base=base) as store:
        assert store.base == base
    with pytest.raises(StoreError, match=r"begin with https://example\.org/id/") as caught:
        EmbeddedStore.open(tmp_path / "store", base=DATA)
    assert "--base" in caught.value.hint


def test_what_was_written_is_there_when_the_store_is_opened_again(folder: Path) -> None:
    with EmbeddedStore.open(folder) as store:
        store.put([article("a1")], meta={"ontology": "h"})
    with EmbeddedStore.open(folder) as store:
        assert lines_of(store) == {MEETING}
        assert store.record(iri("a1")) == article("a1").record
        assert store.meta("ontology") == "h"


def test_a_closed_store_says_so(folder: Path) -> None:
    store = EmbeddedStore.open(folder)
    store.close()
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.query("ASK {}")


# --- first loads ------------------------------------------------------------------------------------------------------------------


def chunks_of(count: int) -> Iterator[bytes]:
    yield graph_nquads("reference", [MOSCOW], base=DATA)
    for number in range(count):
        yield article_nquads(article(f"a{number}", [MEETING, f'<{iri(f"a{number}")}/u1> <{KG}name> "{number}"']), base=DATA)


def test_a_first_load_gives_the_store_that_single_writes_give(tmp_path: Path) -> None:
    data = b"".join(chunks_of(50))
    cut = [data[at : at + 1000] for at in range(0, len(data), 1000)]
    with EmbeddedStore.build(tmp_path / "built", [b"", *cut, b""]) as built, EmbeddedStore.open(None) as single:
        single.set_graph("reference", [MOSCOW])
        single.put([article(f"a{number}", [MEETING, f'<{iri(f"a{number}")}/u1> <{KG}name> "{number}"']) for number in range(50)])
        assert built.counts() == single.counts()
        assert lines_of(built) == lines_of(single)
        assert built.is_true()
        assert built.put([article("a7", [MOSCOW], version=2)]).replaced == 1
        assert built.remove([iri("a8")]).removed == 1
        assert built.is_true()
    assert sorted(entry.name for entry in (tmp_path / "built").iterdir()) == ["db", "lock"]


def test_what_finishes_a_first_load_is_in_the_store_from_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "store"

    def finish(store: EmbeddedStore) -> None:
        assert not store_exists(folder)
        assert store.counts().articles == 3
        store.change_graph("derived", [], [MOSCOW], meta={"state": "done"})

    with EmbeddedStore.build(folder, chunks_of(3), finish=finish) as store:
        assert store.meta("state") == "done"
        assert MOSCOW in lines_of(store)


def test_a_large_first_load_is_compacted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def files(few: int) -> int:
        monkeypatch.setattr("kgbuild.stores.embedded._FEW_FILES", few)
        folder = tmp_path / f"few-{few}"
        EmbeddedStore.build(folder, chunks_of(30), finish=lambda store: store.set_graph("derived", [MOSCOW])).close()
        with EmbeddedStore.open(folder, read_only=True) as store:
            assert store.counts().articles == 30
            assert MOSCOW in lines_of(store)
        return len(list(folder.glob("db/*.sst")))

    assert files(0) < files(16)


class Mine(Exception):
    """An error of the one who loads."""


def failing() -> Iterator[bytes]:
    yield from chunks_of(3)
    raise Mine


def fail(_store: EmbeddedStore) -> None:
    raise Mine


@pytest.mark.parametrize(
    ("build", "error"),
    [
        pytest.param(lambda folder: EmbeddedStore.build(folder, failing()), Mine, id="the chunks fail"),
        pytest.param(lambda folder: EmbeddedStore.build(folder, [], finish=fail), Mine, id="the finish fails"),
        pytest.param(lambda folder: EmbeddedStore.build(folder, [b"<a:> nonsense\n"]), StoreError, id="lines that are no N-Quads"),
    ],
)
def test_a_first_load_that_fails_leaves_no_store(build: Callable[[Path], object], error: type[Exception], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with pytest.raises(error):
        build(folder)
    assert not store_exists(folder)
    assert [entry.name for entry in folder.iterdir()] == ["lock"]
    with EmbeddedStore.build(folder, chunks_of(2)) as store:
        assert store.counts().articles == 2


def test_a_finish_that_leaves_an_answer_half_read_is_told(tmp_path: Path) -> None:
    kept = []

    def finish(store: EmbeddedStore) -> None:
        answer = store.query("SELECT * { ?s ?p ?o }")
        next(answer)  # type: ignore[arg-type]
        kept.append(answer)

    with pytest.raises(ValueError, match="half read"):
        EmbeddedStore.build(tmp_path / "store", chunks_of(3), finish=finish)


def test_a_first_load_does_not_touch_a_store_that_is_there(folder: Path) -> None:
    with EmbeddedStore.open(folder) as store:
        store.put([article("a1")])
    with pytest.raises(StoreError, match="already"):
        EmbeddedStore.build(folder, chunks_of(1))
    with EmbeddedStore.open(folder) as store:
        assert list(store.articles()) == [iri("a1")]


def test_what_a_dead_first_load_left_is_cleaned_by_the_next_writer_only(folder: Path) -> None:
    orphan = folder / "db.building-4194303"
    orphan.mkdir()
    (orphan / "000001.sst").write_bytes(b"x")
    EmbeddedStore.open(folder, read_only=True).close()
    assert orphan.exists()
    EmbeddedStore.open(folder).close()
    assert not orphan.exists()


# --- locks ------------------------------------------------------------------------------------------------------------------------


def test_readers_read_beside_each_other_and_write_nothing(folder: Path) -> None:
    with EmbeddedStore.open(folder) as store:
        store.put([article("a1")])
    with EmbeddedStore.open(folder, read_only=True) as one, EmbeddedStore.open(folder, read_only=True) as other:
        assert lines_of(one) == lines_of(other) == {MEETING}
        writes: list[Callable[[], object]] = [
            lambda: one.put([article("a2")]),
            lambda: one.put([article("a1", [], version=2)]),
            lambda: one.remove([iri("a1")]),
            lambda: one.set_meta({"a": "b"}),
            lambda: one.update(f"INSERT DATA {{ {MOSCOW} }}"),
        ]
        for write in writes:
            with pytest.raises(StoreError, match="reading only"):
                write()


HOLDER = """
import sys, time
from pathlib import Path
from kgbuild.stores import EmbeddedStore
store = EmbeddedStore.open(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


def holding(folder: Path) -> subprocess.Popen[bytes]:
    """Another process that has the store open."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline() == b"open\n"
    return process


def test_a_store_in_use_is_unavailable_until_its_user_is_gone(folder: Path) -> None:
    process = holding(folder)
    try:
        begin = time.monotonic()
        with pytest.raises(StoreUnavailable, match="another process") as caught:
            EmbeddedStore.open(folder)
        assert 1.5 < time.monotonic() - begin < 4
        assert "kgbuild serve" in caught.value.hint
        threading.Timer(0.3, process.kill).start()
        with EmbeddedStore.open(folder) as store:
            assert store.is_true()
    finally:
        process.kill()
        process.communicate()


def test_a_database_that_another_program_has_open_is_unavailable(folder: Path) -> None:
    database = ox.Store(folder / "db")
    with pytest.raises(StoreUnavailable, match=str(folder)):
        EmbeddedStore.open(folder)
    del database
    EmbeddedStore.open(folder).close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_worker_does_not_keep_the_lock_of_its_parent(folder: Path) -> None:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    with EmbeddedStore.open(folder):
        worker = context.Process(target=theirs.recv, daemon=True)
        worker.start()
    try:
        EmbeddedStore.open(folder).close()
    finally:
        ours.send(None)
        worker.join()


def test_a_failed_opening_lets_others_in(folder: Path) -> None:
    with pytest.raises(KgbuildError):
        EmbeddedStore.open(folder, base="https://example.org/other/")
    EmbeddedStore.open(folder).close()
