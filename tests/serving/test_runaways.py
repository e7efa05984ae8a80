"""Queries that would never end, or take all memory: each is stopped with the right status or a broken transfer, and leaves nothing behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kgbuild.stores import EmbeddedStore

if TYPE_CHECKING:
    from tests.serving.conftest import Reply, Serve, Server

THREE = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
DEADLINE = 1.0


@pytest.fixture(scope="module")
def limited(serve: Serve, tmp_path_factory: pytest.TempPathFactory, token_file: Path) -> Iterator[Server]:
    """A writable server with a limit of one second and 300 MiB, of a store with 3,000 triples."""
    store = tmp_path_factory.mktemp("runaways") / "store"
    with EmbeddedStore.open(store, create=True) as opened:
        rows = "".join(f"<urn:s{number}> <urn:p{number % 7}> <urn:s{(number * 7919) % 3000}> .\n" for number in range(3000))
        opened.update(f"INSERT DATA {{ {rows} }}")
    server = serve(store, "--timeout", str(DEADLINE), "--max-memory", "300", "--update", "--token-file", str(token_file))
    yield server
    server.stop()


def _memory(server: Server) -> int:
    """Resident bytes of the server and all its processes."""
    children = {0: server.process.pid}
    pages = 0
    pending = list(children.values())
    while pending:
        pid = pending.pop()
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            for task in Path(f"/proc/{pid}/task").iterdir():
                pending += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return pages * 4096


def _settled(server: Server, base: int) -> bool:
    """Whether memory is back, and a query is answered at once: new readers may take a moment to start on a busy machine."""
    for _ in range(100):
        started = time.perf_counter()
        quick = server.query("ASK {}").status == 200 and time.perf_counter() - started < 0.1
        if quick and _memory(server) < base + (60 << 20):
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def base(limited: Server) -> int:
    for _ in range(4):
        assert limited.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").status == 200
    return _memory(limited)


@pytest.mark.parametrize(
    ("query", "accept", "statuses"),
    [
        pytest.param(f"SELECT (COUNT(*) AS ?n) {{ {THREE} }}", "*/*", {503}, id="count of a cross product"),
        pytest.param(f"SELECT * {{ {THREE} }}", "*/*", {200}, id="endless stream in JSON"),
        pytest.param(f"SELECT * {{ {THREE} }}", "text/csv", {200}, id="endless stream in CSV"),
        pytest.param("SELECT DISTINCT ?a ?d ?g { " + THREE + " }", "text/csv", {200, 503, 507}, id="endless distinct"),
        pytest.param(f"SELECT * {{ {THREE} }} ORDER BY ?i ?a", "*/*", {503, 507}, id="order of an endless stream"),
        pytest.param(f"SELECT ?a (COUNT(*) AS ?n) {{ {THREE} }} GROUP BY ?a", "*/*", {503, 507}, id="group by"),
        pytest.param(
            "SELECT (COUNT(*) AS ?n) { ?a (<urn:p0>|!<urn:p0>)* ?b . ?b (<urn:p0>|!<urn:p0>)* ?c }", "*/*", {503, 507}, id="paths"
        ),
        pytest.param("CONSTRUCT { ?a ?e ?i } { " + THREE + " }", "text/turtle", {200, 503, 507}, id="endless graph"),
        pytest.param("ASK { " + THREE + " FILTER(STR(?a) = CONCAT(STR(?d), STR(?i))) }", "*/*", {503}, id="filter that never holds"),
        pytest.param(
            "SELECT (STRLEN(GROUP_CONCAT(?x)) AS ?n) { { SELECT (STR(?a) AS ?x) { " + THREE + " } } }", "*/*", {503, 507}, id="text"
        ),
        pytest.param("SELECT ?x { BIND(REPLACE('" + "a" * 30 + "b', '(a+)+c', '') AS ?x) " + THREE + " }", "*/*", {200, 503}, id="regex"),
    ],
)
def test_a_query_that_goes_too_far_is_stopped(limited: Server, base: int, query: str, accept: str, statuses: set[int]) -> None:
    started = time.perf_counter()
    reply = limited.query(query, accept)
    assert time.perf_counter() - started < DEADLINE + 4
    assert reply.status in statuses, reply.text[:300]
    assert reply.broken == (reply.status == 200), "a cut answer must not look whole"
    if reply.status == 503:
        assert reply.headers["retry-after"].isdecimal()
    assert _settled(limited, base), f"{_memory(limited) >> 20} MiB, before it {base >> 20}"


def test_an_update_that_goes_too_far_leaves_nothing(limited: Server, base: int) -> None:
    reply = limited.update(f"INSERT {{ GRAPH <urn:huge> {{ ?a ?e ?i }} }} WHERE {{ {THREE} }}")
    assert reply.status in (503, 507), reply.text
    assert limited.update("INSERT DATA { GRAPH <urn:next> { <urn:x> <urn:y> 1 } }").status == 204
    assert limited.values("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g HAVING(STRSTARTS(STR(?g), 'urn:'))") == [
        ("urn:next", "1")
    ]
    assert _settled(limited, base)


def test_a_client_that_leaves_stops_its_query(limited: Server, base: int) -> None:
    import socket

    with socket.create_connection(("127.0.0.1", limited.port)) as connection:
        query = f"SELECT (COUNT(*) AS ?n) {{ {THREE} }}"
        body = f"query={query}".replace("+", "%2B").replace(" ", "+")
        head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall((head + body).encode())
        time.sleep(0.3)
        assert '"query"' in limited.request("GET", "/queries", headers={"Authorization": f"Bearer {limited.token}"}).text
    deadline = time.monotonic() + DEADLINE * 0.6
    while limited.request("GET", "/queries", headers={"Authorization": f"Bearer {limited.token}"}).text.strip() != "[]":
        assert time.monotonic() < deadline, "still running, though nobody waits"
        time.sleep(0.02)
    assert _settled(limited, base)


def test_a_query_can_be_stopped_by_who_has_the_token(limited: Server, base: int) -> None:
    replies: list[Reply] = []
    asking = threading.Thread(target=lambda: replies.append(limited.query(f"SELECT (COUNT(*) AS ?n) {{ {THREE} }}")))
    asking.start()
    shown: list[dict[str, object]] = []
    while not shown:
        shown = __import__("json").loads(limited.request("GET", "/queries", headers={"Authorization": f"Bearer {limited.token}"}).body)
    path = f"/queries/{shown[0]['id']}"
    assert limited.request("DELETE", path).status == 401
    assert limited.request("DELETE", path, headers={"Authorization": f"Bearer {limited.token}"}).status == 204
    asking.join()
    assert (replies[0].status, replies[0].text) == (503, '{"status": 503, "title": "the query was cancelled"}\n')
    assert limited.request("DELETE", path, headers={"Authorization": f"Bearer {limited.token}"}).status == 404
    assert _settled(limited, base)


def test_a_hundred_at_once(limited: Server, base: int) -> None:
    replies: list[Reply] = []
    threads = [threading.Thread(target=lambda: replies.append(limited.query(f"SELECT (COUNT(*) AS ?n) {{ {THREE} }}"))) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {reply.status for reply in replies} == {503}
    assert len(replies) == 100
    assert _settled(limited, base), f"{_memory(limited) >> 20} MiB, before it {base >> 20}"
    running = [line for line in limited.request("GET", "/metrics").text.splitlines() if line.startswith("kgbuild_queries_running")]
    assert running == ["kgbuild_queries_running 0"]


def test_a_slow_client_holds_no_reader(limited: Server) -> None:
    """Both readers have answered, though nobody takes the answers; a third query is answered at once."""
    import socket

    query = "SELECT * { ?a ?b ?c . ?d <urn:p0> ?f } LIMIT 10000"
    body = f"query={query}".replace(" ", "+").replace("?", "%3F")
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    connections = []
    for _ in range(4):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", limited.port))
        connection.sendall((head + body).encode())
        connections.append(connection)
    time.sleep(1)
    started = time.perf_counter()
    assert limited.query("ASK {}").status == 200
    assert time.perf_counter() - started < DEADLINE
    for connection in connections:
        received = b""
        connection.settimeout(20)
        while not received.endswith(b"0\r\n\r\n"):
            piece = connection.recv(1 << 16)
            assert piece, "the transfer was broken off, though the query had ended in time"
            received += piece
        connection.close()
