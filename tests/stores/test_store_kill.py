"""Killed at any moment, a store keeps what was acknowledged, holds no half article, and cleans up after itself."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kgbuild.stores import EmbeddedStore, store_exists

from .small import iri, lines_of  # noqa: TID252 - the tests are no installed package

CHECKOUT = Path(__file__).parents[2]

#: what the killed processes run; ``version_of`` makes three articles whose lines all bear one number
WORK = """
import resource, signal, sys
from pathlib import Path
from kgbuild.iris import DATA, KG
from kgbuild.errors import StoreError
from kgbuild.stores import ArticleGraph, EmbeddedStore, article_nquads

def version_of(number):
    for name in ("a1", "a2", "a3"):
        iri = f"{DATA}article/{name}"
        facts = {f'<{DATA}event/e{n}> <{KG}name> "{number}"' for n in range(60)}
        details = {f'<{iri}#char={n},{n}> <{KG}begin> "{number}"' for n in range(60)}
        yield ArticleGraph(iri, facts, details, str(number).encode(), str(number), "b")

def replace(folder, first, last):
    with EmbeddedStore.open(folder) as store:
        for number in range(first, last):
            store.put(list(version_of(number)))
            print(number, flush=True)

def build(folder, first, last):
    def chunks():
        for number in range(first, last):
            print(number, flush=True)
            for article in version_of(0):
                yield article_nquads(ArticleGraph(f"{article.iri}-{number}", article.facts, (), b"", str(number), "b"), base=DATA)
    EmbeddedStore.build(folder, chunks()).close()
    print("done", flush=True)

def fill(folder, first, last):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    try:
        replace(folder, first, last)
    except StoreError as error:
        print("refused:", error, "|", error.hint, flush=True)

globals()[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
"""


def start(work: str, folder: Path, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORK, work, str(folder), str(first), str(last)]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def killed(process: subprocess.Popen[str], after: float) -> list[str]:
    """Kill a process some seconds after its first word; what it said, whole lines only."""
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    return [line for line in (first + rest).split("\n")[:-1] if line]


def whole(store: EmbeddedStore) -> int:
    """The number that all lines of the three articles bear; fails if it is not one, or the default graph is untrue."""
    assert store.is_true()
    values = {line.rsplit(" ", 1)[1] for name in ("a1", "a2", "a3") for line in lines_of(store, iri(name))}
    values |= {line.rsplit(" ", 1)[1] for line in lines_of(store)}
    (value,) = values
    for name in ("a1", "a2", "a3"):
        assert store.record(iri(name)) == value.strip('"').encode()
        assert len(lines_of(store, iri(name))) == 120
    return int(value.strip('"'))


def replacements(folder: Path, kills: int, chance: random.Random) -> None:
    acknowledged = 0
    for _ in range(kills):
        said = killed(start("replace", folder, acknowledged + 1, 1_000_000), chance.uniform(0, 0.25))
        acknowledged = int(said[-1])
        with EmbeddedStore.open(folder) as store:
            number = whole(store)
        assert acknowledged <= number <= acknowledged + 1
        acknowledged = number


def first_loads(folder: Path, kills: int, chance: random.Random) -> None:
    for _ in range(kills):
        said = killed(start("build", folder, 0, 400), chance.uniform(0, 0.4))
        if store_exists(folder):  # it was faster than the kill
            with EmbeddedStore.open(folder) as store:
                assert store.counts().articles == 1200
            return
        assert "done" not in said
    with EmbeddedStore.build(folder, []) as store:
        assert store.counts().articles == 0
    assert sorted(entry.name for entry in folder.iterdir()) == ["db", "lock"]


def test_killed_while_replacing_articles_a_store_has_all_or_nothing_of_each_batch(folder: Path) -> None:
    replacements(folder, 4, random.Random(1))


def test_killed_in_a_first_load_there_is_no_store_or_the_whole(tmp_path: Path) -> None:
    first_loads(tmp_path / "store", 3, random.Random(2))


@pytest.mark.long
def test_killed_a_hundred_times_while_replacing_articles(folder: Path) -> None:
    replacements(folder, 100, random.Random())


@pytest.mark.long
@pytest.mark.parametrize("round_", range(20))
def test_killed_in_many_first_loads(tmp_path: Path, round_: int) -> None:
    first_loads(tmp_path / "store", 4, random.Random(round_))


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="needs a limit on the size of files")
def test_a_disk_that_takes_no_more_is_said_and_what_was_acknowledged_stays(folder: Path) -> None:
    process = start("fill", folder, 1, 1000)
    said = process.communicate(timeout=60)[0].split("\n")[:-1]
    assert said[-1].startswith("refused: ")
    assert str(folder) in said[-1]
    assert "ulimit" in said[-1]
    acknowledged = int(said[-2]) if len(said) > 1 else 0
    with EmbeddedStore.open(folder) as store:
        assert whole(store) >= acknowledged
