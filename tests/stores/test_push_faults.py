"""Whatever breaks a push off, nothing is reported that is not there, and the next push completes the work without doing all again."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import Result

from kgbuild.errors import StoreError
from kgbuild.pipeline.push import push
from kgbuild.stores import Address, EmbeddedStore, build_store
from kgbuild.stores.remote.connecting import connect
from kgbuild.stores.remote.store import RemoteStore

from .faults import forward, gate, response  # noqa: TID252 - the tests are no installed package
from .pushed import check_same, make, numbered, through  # noqa: TID252
from .servers import CHECKOUT, Running, free_port, missing, start  # noqa: TID252
from .small import iri  # noqa: TID252

Kgbuild = Callable[..., Result]

#: several requests for what goes into one elsewhere
SMALL = 'update = "direct"\nbatch = 40\ngraph-batch = 60\nreplacing = "atomic"\n{}\n'
WAYS = {
    "quads": 'first = "quads"\npaths = { query = "query", update = "update", graph = "store", quads = "store" }',
    "update": 'first = "update"\npaths = { query = "query", update = "update", graph = "store" }',
    "graphs": 'first = "graphs"\npaths = { query = "query", update = "update", graph = "store" }',
    "stepwise": 'first = "graphs"\npaths = { query = "query", update = "update", graph = "store" }',
}


@pytest.fixture
def near(tmp_path: Path) -> Path:
    return make(tmp_path / "near")


def profile(folder: Path, way: str) -> str:
    text = SMALL.format(WAYS[way])
    path = folder / f"{way}.toml"
    path.write_text(text.replace('"atomic"', '"stepwise"') if way == "stepwise" else text)
    return str(path)


def is_write(head: str, body: bytes) -> bool:
    return head[:3] in ("PUT", "DEL") or b"INSERT" in body or b"DELETE" in body or head.startswith("POST /store")


def breaking(port: int, number: int, *, arrives: bool) -> Callable[[str, bytes], bytes]:
    """Pass on, until the n-th write from now: that one reaches the server or not, and after it nothing does."""
    count = [0]
    send = forward(port)

    def answer(head: str, body: bytes) -> bytes:
        count[0] += is_write(head, body)
        if count[0] < number:
            return send(head, body)
        if count[0] == number and arrives and is_write(head, body):
            count[0] += 1
            send(head, body)
        return b""

    return answer


def broken_off(real: Running, near: Path, number: int, chosen: str, *, arrives: bool) -> bool:
    """Push through a line that breaks; claim that it broke."""
    with gate(breaking(urlsplit(real.url).port or 0, number, arrives=arrives)) as proxy:
        try:
            done = push(near, Address(proxy.url, profile=chosen))
        except StoreError:
            return True
        assert done.wrong == {}
        return False


@pytest.mark.parametrize("way", ["quads", *(pytest.param(way, marks=pytest.mark.long) for way in ("update", "graphs", "stepwise"))])
@pytest.mark.parametrize("arrives", [True, False])
def test_a_first_push_that_breaks_off_anywhere_is_no_store_and_the_next_goes_on(
    oxigraph: Running, near: Path, tmp_path: Path, way: str, arrives: bool
) -> None:
    chosen, completed = profile(tmp_path, way), []
    for number in (1, 2, 4, 9, 14, 20, 28):
        oxigraph.clear()
        if not broken_off(oxigraph, near, number, chosen, arrives=arrives):
            break
        if number < 20:
            assert not RemoteStore.exists(oxigraph.address)
        done = push(near, Address(oxigraph.url, profile=chosen))
        assert done.wrong == {}
        completed.append(done.unchanged)
        check_same(near, oxigraph.address)
        assert push(near, Address(oxigraph.url, profile=chosen)).sent == []
    assert completed == sorted(completed)
    assert completed[-1] > 3, "what was completed was sent again"


@pytest.mark.long
@pytest.mark.parametrize("way", ["quads", "stepwise"])
@pytest.mark.parametrize("arrives", [True, False])
def test_a_later_push_that_breaks_off_anywhere_is_completed_by_the_next(
    oxigraph: Running, near: Path, tmp_path: Path, way: str, arrives: bool
) -> None:
    chosen, completed = profile(tmp_path, way), []
    push(near, Address(oxigraph.url, profile=chosen))
    for number in range(1, 40, 4):
        version = number + 100
        with EmbeddedStore.open(near) as store:
            store.put([numbered(n, version=version) for n in range(4)] + [numbered(version)])
            store.remove([iri(f"a{number + 97}")])
            store.change_graph("derived", [], [f'<x:s{number}> <x:p> "{n}"' for n in range(60)])
        broke = broken_off(oxigraph, near, number, chosen, arrives=arrives)
        done = push(near, Address(oxigraph.url, profile=chosen))
        assert done.wrong == {}
        completed.append(done.unchanged)
        check_same(near, oxigraph.address)
        if not broke:
            break
    assert max(completed[:-1]) > min(completed), "what was completed was sent again"


def test_what_a_broken_push_leaves_is_a_whole_store_for_the_next_writer(oxigraph: Running, near: Path, tmp_path: Path) -> None:
    chosen = profile(tmp_path, "stepwise")
    push(near, Address(oxigraph.url, profile=chosen))
    with EmbeddedStore.open(near) as store:
        store.put([numbered(n, version=2) for n in range(4)])
    assert broken_off(oxigraph, near, 5, chosen, arrives=True)
    with RemoteStore.open(oxigraph.address) as far:  # as a load does
        assert far.is_true()
        assert set(far.articles()) <= {iri(f"a{n}") for n in range(12)}
    push(near, oxigraph.address)
    check_same(near, oxigraph.address)


def test_a_first_push_goes_on_though_the_store_here_has_changed_since(oxigraph: Running, near: Path, tmp_path: Path) -> None:
    chosen = profile(tmp_path, "quads")
    assert broken_off(oxigraph, near, 14, chosen, arrives=True)
    with EmbeddedStore.open(near) as store:
        store.put([numbered(n, version=2) for n in range(12)])
        store.remove([iri("a1"), iri("a10")])
    push(near, oxigraph.address)
    check_same(near, oxigraph.address)


def test_a_load_over_what_a_broken_first_push_left_begins_anew(oxigraph: Running, near: Path, tmp_path: Path) -> None:
    assert broken_off(oxigraph, near, 14, profile(tmp_path, "graphs"), arrives=True)
    build_store(oxigraph.address, []).close()
    with RemoteStore.open(oxigraph.address, read_only=True) as far:
        assert list(far.articles()) == []
        assert far.is_true()


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_in_a_storm_reads_wait_as_long_as_they_are_told_and_a_write_is_sent_once(oxigraph: Running, near: Path, status: str) -> None:
    send, chance = forward(urlsplit(oxigraph.url).port or 0), random.Random(4)
    refused: list[bool] = []

    def stormy(writes: float) -> Callable[[str, bytes], bytes]:
        def answer(head: str, body: bytes) -> bytes:
            write = is_write(head, body)
            if chance.random() < (writes if write else 0.3) and not (refused[-2:] == [False, False] and not write):
                refused.append(write)
                return response(status, b"busy", "Retry-After: 0")
            return send(head, body)

        return answer

    for attempt in range(20):
        with gate(stormy(0.3 if attempt < 19 else 0.0)) as proxy:
            before = sum(refused)
            try:
                done = push(near, Address(proxy.url))
            except StoreError as error:
                said = str(error)
            else:
                assert sum(refused) == before
                break
        assert status[:3] in said
        assert sum(refused) - before <= 1
    assert done.wrong == {}
    assert refused
    check_same(near, oxigraph.address)


@pytest.mark.long
@pytest.mark.parametrize("share", [0.1, 0.6, 0.98])
def test_a_proxy_that_cuts_every_second_answer_off_makes_no_push_wrong(oxigraph: Running, near: Path, share: float) -> None:
    send, count = forward(urlsplit(oxigraph.url).port or 0), [0]

    def cutting(head: str, body: bytes) -> bytes:
        count[0] += 1
        whole = send(head, body)
        return whole[: int(len(whole) * share)] if count[0] % 2 and not is_write(head, body) else whole

    with gate(cutting) as proxy:
        assert push(near, Address(proxy.url)).wrong == {}
    check_same(near, oxigraph.address)


def losing(real: Running, what: bytes) -> Callable[[str, bytes], bytes]:
    """Pass on, but for lines that have some bytes in them: they are acknowledged, and lost."""
    send = forward(urlsplit(real.url).port or 0)

    def answer(head: str, body: bytes) -> bytes:
        if not is_write(head, body) or what not in body:
            return send(head, body)
        kept = b"\n".join(line for line in body.split(b"\n") if what not in line)
        lines = [line for line in head.split("\r\n") if not line.lower().startswith("content-length")]
        return send("\r\n".join([*lines, f"Content-Length: {len(kept)}"]), kept)

    return answer


@pytest.mark.parametrize("first", [True, False])
def test_lines_that_the_store_loses_are_found_said_and_sent_again(oxigraph: Running, near: Path, kgbuild: Kgbuild, first: bool) -> None:
    if not first:
        push(near, oxigraph.address)
        with EmbeddedStore.open(near) as store:
            store.put([numbered(3, version=2)])
    lost = f'event/a3-4> <https://w3id.org/kgbuild/ontology#name> "4 în {1 if first else 2}"'.encode()
    with gate(losing(oxigraph, lost)) as proxy:
        result = kgbuild("push", proxy.url, "--store", near)
    assert result.exit_code == 4
    assert f"{iri('a3')}: lines 1 missing" in result.stderr
    assert RemoteStore.exists(oxigraph.address) is not first
    done = push(near, oxigraph.address)
    assert iri("a3") in done.sent
    assert done.articles_unchanged == 11
    check_same(near, oxigraph.address)


def test_literals_that_a_store_keeps_in_another_form_are_said_once_and_not_sent_for_ever(
    oxigraph: Running, near: Path, kgbuild: Kgbuild
) -> None:
    send = forward(urlsplit(oxigraph.url).port or 0)

    def rewriting(head: str, body: bytes) -> bytes:
        """A store that knows no ro."""
        return send(head, body).replace(b"@ro ", b"    ").replace(b"@ro\t", b"   \t")

    with gate(rewriting) as proxy:
        first = kgbuild("push", proxy.url, "--store", near)
        assert (first.exit_code, "in another form" in first.stderr) == (1, True)
        second = kgbuild("push", proxy.url, "--store", near)
        assert (second.exit_code, "nothing to send" in second.stderr) == (0, True)


def pusher(near: Path, address: Address) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kgbuild", "push", address.url, "--store", str(near), "--profile", address.profile]
    command += ["--credentials", str(address.credentials)] if address.credentials else []
    return subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


#: server, articles, rounds, into how many empty places, the last request at which it is killed
KILLS = [("oxigraph", 150, 20, 4, 40), ("fuseki", 25, 4, 2, 30), ("virtuoso", 25, 4, 2, 60)]


@pytest.mark.long
@pytest.mark.parametrize("victim", ["server", "push"])
@pytest.mark.parametrize(("kind", "articles", "rounds", "places", "latest"), KILLS, ids=[kind for kind, *_ in KILLS])
def test_killed_at_many_moments_the_next_push_completes(
    tmp_path: Path, bare: None, kind: str, articles: int, rounds: int, places: int, latest: int, victim: str
) -> None:
    """A moment: some request of the push has come to the server, and some milliseconds have passed. Fuseki keeps its data on disk."""
    if reason := missing(kind):
        pytest.skip(reason)
    near, chance, port = make(tmp_path / "near", articles), random.Random(5), free_port()
    chosen, send = profile(tmp_path, "quads") if kind == "oxigraph" else kind, forward(port)
    killed, unchanged = 0, []
    server: Running | None = None
    try:
        for round_ in range(rounds):
            folder = tmp_path / f"server-{round_ * places // rounds}"  # an empty one now and then: a first push
            with EmbeddedStore.open(near) as store:
                store.put([numbered(n, version=round_ + 2) for n in range(chance.randrange(articles // 8, articles))])
            if server is None or server.folder != folder:
                if server is not None:
                    server.stop()
                (folder / "data").mkdir(parents=True)
                server = start(kind, folder, port)
            victims: list[subprocess.Popen[bytes]] = [server.process] if victim == "server" else []
            requests, last, wait = itertools.count(1), chance.randrange(3, latest), chance.uniform(0.0, 0.02)

            def answer(
                head: str,
                body: bytes,
                victims: list[subprocess.Popen[bytes]] = victims,
                requests: Iterator[int] = requests,
                last: int = last,
                wait: float = wait,
            ) -> bytes:
                if next(requests) == last:
                    threading.Timer(wait, victims[0].kill).start()
                return send(head, body)

            with gate(answer) as proxy:
                address = replace(through(proxy.url, server, tmp_path), profile=chosen)
                if victim == "server":
                    with suppress(StoreError):
                        assert push(near, address).wrong == {}
                else:
                    victims.append(pusher(near, address))
                    victims[0].wait()
            reached = next(requests) > last
            if reached and victim == "server":
                server.process.wait()
                server = start(kind, folder, port)
            killed += reached
            address = replace(server.address, profile=chosen)
            done = push(near, address)
            assert done.wrong == {}
            unchanged.append(done.unchanged)
            check_same(near, address)
            assert push(near, address).sent == []
    finally:
        if server is not None:
            server.stop()
    assert killed > rounds * 3 // 4, "most had ended before"
    assert len(set(unchanged)) > rounds // 4, "it was killed before or after all, always"


def test_the_mark_of_a_push_that_broke_off_is_gone_after_the_next(oxigraph: Running, near: Path, tmp_path: Path) -> None:
    chosen = profile(tmp_path, "stepwise")
    push(near, Address(oxigraph.url, profile=chosen))
    with EmbeddedStore.open(near) as store:
        store.put([numbered(n, version=2) for n in range(4)])
    assert broken_off(oxigraph, near, 4, chosen, arrives=True)
    marks = "ASK { GRAPH ?g { ?g <https://w3id.org/kgbuild/ontology#store.unfinished> ?o } }"
    assert bool(connect(oxigraph.address).query(marks))
    assert push(near, oxigraph.address).continued
    assert not bool(connect(oxigraph.address).query(marks))


def test_a_line_that_breaks_before_anything_is_said_with_the_address_and_nothing_is_sent(near: Path) -> None:
    with gate(lambda _head, _body: b"") as silent:
        with pytest.raises(StoreError, match=silent.url):
            push(near, Address(silent.url))
        assert silent.writes() == []
