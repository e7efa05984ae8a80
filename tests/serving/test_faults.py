"""What ends without warning, and what changes while it is read: nothing acknowledged is lost, nothing is half there, nothing stays behind."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kgbuild.stores import EmbeddedStore

if TYPE_CHECKING:
    from tests.serving.conftest import Reply, Serve, Server

CHECKOUT = Path(__file__).parents[2]
GRAPH = "urn:test:versions"
COUNT = f"SELECT ?version (COUNT(*) AS ?n) {{ GRAPH <{GRAPH}> {{ ?s <urn:version> ?version }} }} GROUP BY ?version"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    EmbeddedStore.open(path, create=True).close()
    return path


@pytest.fixture
def writing(serve: Serve, store: Path, token_file: Path) -> Iterator[Server]:
    """A writable server of an empty store."""
    server = serve(store, "--update", "--token-file", str(token_file))
    yield server
    server.stop()


def _children(server: Server, module: str = "") -> set[int]:
    """The server's processes that run a module; all of them without one."""
    found = set()
    for task in Path(f"/proc/{server.process.pid}/task").glob("*/children"):
        for pid in map(int, task.read_text().split()):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it may end while we look
                command = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
                if not module or f"kgbuild.serving.{module}" in command:
                    found.add(pid)
    return found


def _kill_readers(server: Server, most: int) -> int:
    """How many were killed; one that its server ended first, as it does those of an older generation, is none."""
    killed = 0
    for pid in list(_children(server, "reader"))[:most]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            killed += 1
    return killed


def _until(claim: Callable[[], object], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if claim():
            return True
        time.sleep(0.05)
    return bool(claim())


def _graph(version: int, size: int) -> str:
    return "".join(f"<urn:s{number}> <urn:version> {version} .\n" for number in range(size))


def _put(server: Server, version: int, size: int) -> Reply:
    headers = {"Content-Type": "text/turtle", "Authorization": f"Bearer {server.token}"}
    return server.request("PUT", f"/store?graph={GRAPH}", _graph(version, size), headers)


def _version(server: Server, size: int) -> int:
    """The one version that the graph has, whole; -1 for none."""
    rows = server.values(COUNT)
    assert all(count == str(size) for _, count in rows), rows
    assert len(rows) < 2, rows
    return int(rows[0][0]) if rows else -1


def _places(store: Path) -> list[Path]:
    return list(store.glob("serving-*"))


def _size(folder: Path) -> int:
    """Bytes on disk; what is linked twice counts once."""
    found = {}
    for path in folder.rglob("*"):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        found[status.st_ino] = status.st_blocks * 512
    return sum(found.values())


def test_killed_readers_are_replaced(writing: Server) -> None:
    for _ in range(3):
        assert _kill_readers(writing, 99) > 0
        time.sleep(0.2)
        assert [writing.query("ASK {}").status for _ in range(10)] == [200] * 10


def test_a_killed_writer_comes_back_by_itself_and_holds_the_store(writing: Server, store: Path) -> None:
    assert _put(writing, 1, 100).status == 201
    (before,) = _children(writing, "writer")
    os.kill(before, signal.SIGKILL)
    assert _until(lambda: _children(writing, "writer") - {before})
    assert _until(lambda: writing.url.encode() in (store / "lock").read_bytes())
    done = _kgbuild("load", "--store", str(store), str(CHECKOUT / "data" / "articles"))
    assert (done.returncode, writing.url in done.stderr) == (4, True), done.stderr
    assert _version(writing, 100) == 1
    assert _put(writing, 2, 100).status == 204
    assert _version(writing, 100) == 2


@pytest.mark.long
def test_a_killed_front_takes_all_with_it_and_nothing_acknowledged_is_lost(serve: Serve, store: Path, token_file: Path) -> None:
    for version in range(3):
        server = serve(store, "--update", "--token-file", str(token_file))
        assert len(_places(store)) == 1  # that of the killed one is gone
        assert _version(server, 1000) == version - 1
        assert _put(server, version, 1000).status in (201, 204)
        children = _children(server)
        server.process.kill()
        server.process.wait()
        assert _until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), 5)  # noqa: B023
    with EmbeddedStore.open(store):
        assert _places(store) == []


@pytest.mark.long
def test_what_was_written_is_read_a_hundred_times(writing: Server) -> None:
    tags = set()
    for version in range(100):
        assert _put(writing, version, 5).status in (201, 204)
        reply = writing.query(COUNT)
        assert _version(writing, 5) == version
        tags.add(reply.headers["etag"])
    assert len(tags) == 100


def test_readers_see_one_generation_while_they_flip(writing: Server) -> None:
    size, seen, wrong = 500, [list[int]() for _ in range(4)], list[BaseException]()
    assert _put(writing, 0, size).status == 201
    done = threading.Event()

    def read(versions: list[int]) -> None:
        try:
            while not done.is_set():
                versions.append(_version(writing, size))
        except BaseException as error:  # noqa: BLE001  told to the test's own thread
            wrong.append(error)

    threads = [threading.Thread(target=read, args=(versions,)) for versions in seen]
    for thread in threads:
        thread.start()
    for version in range(1, 16):
        assert _put(writing, version, size).status == 204
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    for versions in seen:
        assert versions == sorted(versions)
        assert len(set(versions)) > 3


@pytest.mark.long
def test_disk_does_not_grow(writing: Server, store: Path) -> None:
    for version in range(40):
        assert _put(writing, version, 3000).status in (201, 204)
    assert _until(lambda: len(list(_places(store)[0].iterdir())) == 1, 15)  # what is old is removed without another write
    first = _size(store)
    for version in range(40):
        assert _put(writing, version, 3000).status == 204
    assert _until(lambda: len(list(_places(store)[0].iterdir())) == 1, 15)
    assert _size(store) < 2 * first + (16 << 20)


def test_what_another_process_loads_is_seen_without_a_restart(serve: Serve, articles_store: Path) -> None:
    server = serve(articles_store)
    articles = "SELECT (COUNT(?a) AS ?n) { ?a a <https://w3id.org/kgbuild/ontology#Article> }"
    first = server.query(articles)
    assert server.query(articles, **{"If-None-Match": first.headers["etag"]}).status == 304
    (count,) = server.values(articles)[0]
    (iri,) = server.values(articles.replace("(COUNT(?a) AS ?n)", "?a"))[0]
    tags = {first.headers["etag"]}
    for command, expected in (("remove", int(count) - 1), ("load", int(count))):
        what = iri if command == "remove" else str(CHECKOUT / "data" / "articles")
        done = _kgbuild(command, "--store", str(articles_store), what)
        assert done.returncode in (0, 1), done.stderr
        assert _until(lambda: server.values(articles) == [(str(expected),)], 5)  # noqa: B023
        after = server.query(articles, **{"If-None-Match": first.headers["etag"]})
        assert after.status == 200
        tags.add(after.headers["etag"])
    assert len(tags) == 3
    server.stop()
    assert _places(articles_store) == []


@pytest.mark.parametrize("busy", ["", "query", "update"])
def test_sigterm_ends_it_within_five_seconds_and_leaves_nothing(writing: Server, store: Path, busy: str) -> None:
    assert _put(writing, 1, 3000).status == 201
    endless = f"GRAPH <{GRAPH}> {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}"
    asked = {
        "query": lambda: writing.query(f"SELECT (COUNT(*) AS ?n) {{ {endless} }}"),
        "update": lambda: writing.update(f"INSERT {{ ?a <urn:q> ?i }} WHERE {{ {endless} }}"),
    }
    replies: list[Reply | str] = []

    def ask() -> None:
        try:
            replies.append(asked[busy]())
        except OSError as error:
            replies.append(str(error))

    thread = threading.Thread(target=ask)
    if busy:
        thread.start()
        time.sleep(0.5)
    children = _children(writing)
    started = time.monotonic()
    writing.process.send_signal(signal.SIGTERM)
    writing.process.wait(30)
    assert time.monotonic() - started < 5
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)
    assert _places(store) == []
    if busy:
        thread.join()
        assert [isinstance(reply, str) or reply.status >= 500 or reply.broken for reply in replies] == [True]
    with EmbeddedStore.open(store) as opened:  # which is free again
        assert bool(opened.query(f"ASK {{ GRAPH <{GRAPH}> {{ ?s <urn:version> 1 }} }}"))


@pytest.mark.long
def test_a_writer_killed_again_and_again_never_leaves_half_a_graph(writing: Server) -> None:
    chance = random.Random(7)
    size, acknowledged = 20_000, -1
    assert _put(writing, 0, size).status == 201
    acknowledged = 0
    for version in range(1, 26):
        (pid,) = _children(writing, "writer")
        threading.Timer(chance.uniform(0, 0.6), os.kill, (pid, signal.SIGKILL)).start()
        status = _put(writing, version, size).status
        assert status in (204, 507)
        assert _until(lambda: pid not in _children(writing, "writer") and _children(writing, "writer"))  # noqa: B023
        found = _version(writing, size)
        assert found == version if status == 204 else found in (acknowledged, version)
        acknowledged = found


@pytest.mark.long
def test_a_front_killed_again_and_again_loses_nothing_acknowledged(serve: Serve, store: Path, token_file: Path) -> None:
    chance = random.Random(8)
    size, acknowledged = 2000, -1
    for _ in range(8):
        server = serve(store, "--update", "--token-file", str(token_file))
        found = _version(server, size)
        assert found in (acknowledged, acknowledged + 1)
        acknowledged = found
        threading.Timer(chance.uniform(0.1, 1.5), server.process.kill).start()
        try:
            while _put(server, acknowledged + 1, size).status in (201, 204):
                acknowledged += 1
        except OSError:
            pass
        server.process.wait()
    assert acknowledged > 5


@pytest.mark.long
def test_a_load_and_readers_killed_again_and_again(serve: Serve, store: Path) -> None:
    server, chance = serve(store), random.Random(9)
    every = "SELECT ?a (COUNT(?s) AS ?n) { ?a a <https://w3id.org/kgbuild/ontology#Article> GRAPH ?a { ?s ?p ?o } } GROUP BY ?a"
    command = [sys.executable, "-m", "kgbuild", "load", "--store", str(store), str(CHECKOUT / "data" / "articles")]
    seen = killed = 0
    for _ in range(6):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}) as process:
            deadline = time.monotonic() + chance.uniform(1, 6)
            while time.monotonic() < deadline and process.poll() is None:
                killed += _kill_readers(server, 1)
                reply = server.query(every)
                assert reply.status in (200, 500, 507), reply.text  # it may have been the reader that was asked
            process.kill()
        now = len(server.values(every))
        assert now >= seen
        seen = now
    assert killed > 6
    assert subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}, check=False).returncode in (0, 1)
    assert _until(lambda: len(server.values(every)) > 10, 5)
    server.stop()
    with EmbeddedStore.open(store) as opened:
        assert opened.is_true()


def _kgbuild(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kgbuild", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}, timeout=120, check=False
    )
