"""Requests that want harm: each is refused, written down, and changes nothing; and nothing is fetched from elsewhere."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from kgbuild.stores import EmbeddedStore

if TYPE_CHECKING:
    from tests.serving.conftest import Serve, Server


class Listener:
    """A port of the loopback that must hear nothing."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.heard: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.heard.append(connection.recv(1000))
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    one = Listener()
    yield one
    one.close()


@pytest.fixture(scope="module")
def guarded(serve: Serve, tmp_path_factory: pytest.TempPathFactory, token_file: Path) -> Iterator[Server]:
    """A writable server with one fact."""
    store = tmp_path_factory.mktemp("guarded") / "store"
    with EmbeddedStore.open(store, create=True) as opened:
        opened.update("INSERT DATA { GRAPH <urn:kept> { <urn:a> <urn:b> <urn:c> } }")
    server = serve(store, "--update", "--token-file", str(token_file), "--timeout", "5")
    yield server
    assert server.values("SELECT * { GRAPH <urn:kept> { ?s ?p ?o } }") == [("urn:a", "urn:b", "urn:c")]
    server.stop()


#: AT stands for the listener's address
SERVICES = [
    "SELECT * { SERVICE <AT> { ?s ?p ?o } }",
    "SELECT * { service<AT>{ ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <AT> { ?s ?p ?o } }",
    "SELECT * { SERVICE # comment\n <AT> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <AT> { ?a ?b ?c } } }",
    "SELECT * { { SELECT * { SERVICE <AT> { ?s ?p ?o } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <AT> { ?s ?p ?o } }",
    "ASK { SERVICE <AT> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <AT> { ?s ?p ?o } }",
    "SELECT * { VALUES ?e { <AT> } SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { BIND(<AT> AS ?e) SERVICE ?e { ?s ?p ?o } }",
    "PREFIX x: <AT> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "BASE <AT> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "BASE <AT> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'a' .SERVICE <AT> { ?s ?p ?o } }",
    "SELECT * { OPTIONAL { SERVICE <AT> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE <AT> { ?s ?p ?o } } }",
    "SELECT * { GRAPH <urn:kept> { SERVICE <AT> { ?s ?p ?o } } }",
    "SELECT * { \\u0053ERVICE <AT> { ?s ?p ?o } }",
    "SELECT * { SERVICE <\\u0068ttp://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
]
LOADS = [
    "LOAD <AT>",
    "LOAD SILENT <AT>",
    "load <AT> into graph <urn:x>",
    "LOAD <file:///etc/passwd> INTO GRAPH <urn:x>",
    "CLEAR DEFAULT ; LOAD <AT>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <AT> { ?s ?p ?o } }",
    "DELETE { ?s ?p ?o } WHERE { SERVICE SILENT <AT> { ?s ?p ?o } }",
    "PREFIX x: <AT> LOAD x:",
]


@pytest.mark.parametrize("query", SERVICES)
def test_nothing_is_asked_of_others(guarded: Server, listener: Listener, query: str) -> None:
    reply = guarded.query(query.replace("AT", f"http://127.0.0.1:{listener.port}/").replace("PORT", str(listener.port)))
    assert reply.status in (400, 403), reply.text
    assert listener.heard == []


@pytest.mark.parametrize("update", LOADS)
def test_nothing_is_loaded_from_elsewhere(guarded: Server, listener: Listener, update: str) -> None:
    reply = guarded.update(update.replace("AT", f"http://127.0.0.1:{listener.port}/"))
    assert reply.status in (400, 403), reply.text
    assert listener.heard == []


@pytest.mark.parametrize("word", ["'SERVICE <x>'", '"""LOAD <x>"""', "<http://SERVICE/LOAD>", "<urn:x> # SERVICE <x>\n"])
def test_the_words_themselves_are_harmless(guarded: Server, word: str) -> None:
    assert guarded.query(f"SELECT (1 AS ?service) {{ BIND({word} AS ?load) }}").status == 200
    assert guarded.query("PREFIX service: <urn:> SELECT * { ?LOAD service:SERVICE ?x . ?x a service:a-SERVICE.LOAD }").status == 200


def test_readers_have_no_network_even_where_the_guard_is_passed_by(listener: Listener) -> None:
    """Not by HTTP: what a reader's isolation does, in a process of its own."""
    import subprocess
    import sys

    code = (
        "import sys, pyoxigraph\nfrom kgbuild.serving import isolation\nmeans = isolation.without_network()\n"
        f"print(means, isolation.reaches('127.0.0.1', {listener.port}))\n"
        f"try: list(pyoxigraph.Store().query('SELECT * {{ SERVICE <http://127.0.0.1:{listener.port}/> {{ ?s ?p ?o }} }}'))\n"
        "except (OSError, RuntimeError) as error: print('failed')\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True).stdout.split()
    if said[0] == "none":
        pytest.skip("this system offers neither network namespaces nor Landlock")
    assert said[1:] == ["False", "failed"]
    assert listener.heard == []


WRITE = "INSERT DATA { GRAPH <urn:evil> { <urn:x> <urn:y> <urn:z> } }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({"Authorization": "Basic a2didWlsZDprZ2J1aWxk"}, 401),
        ({"Authorization": "TOKEN"}, 401),
        ({"Authorization": "Bearer TOKEN", "Origin": "http://evil.example"}, 403),
        ({"Authorization": "Bearer TOKEN", "Origin": "null"}, 403),
        ({"Authorization": "Bearer TOKEN", "Origin": "http://[::1"}, 403),
        ({"Authorization": "Bearer TOKEN", "Host": "[::1"}, 403),
        ({"Authorization": "Bearer TOKEN", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Authorization": "Bearer TOKEN", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Authorization": "Bearer TOKEN", "Host": "evil.example"}, 403),
        ({"Authorization": "Bearer TOKEN", "Host": "127.0.0.1.evil.example:80"}, 403),
        ({"Authorization": "Bearer TOKEN", "Host": "evil.example", "Origin": "http://evil.example"}, 403),
        ({"Cookie": "token=TOKEN"}, 401),
    ],
)
def test_no_passer_by_writes(guarded: Server, headers: dict[str, str], status: int) -> None:
    given = {name: value.replace("TOKEN", guarded.token) for name, value in headers.items()}
    reply = guarded.request("POST", "/sparql", f"update={quote(WRITE)}", {**FORM, **given})
    assert reply.status == status
    graph = guarded.request("PUT", "/store?graph=urn:evil", "<urn:x> <urn:y> <urn:z> .", {"Content-Type": "text/turtle", **given})
    assert graph.status == status
    assert guarded.request("DELETE", "/store?graph=urn:kept", headers=given).status == status
    assert guarded.values("SELECT * { GRAPH <urn:evil> { ?s ?p ?o } }") == []
    assert "access-control-allow-origin" not in reply.headers


def test_a_read_only_server_takes_no_update_even_with_a_token(reading: Server) -> None:
    reply = reading.update(WRITE)
    assert (reply.status, reply.text.splitlines()[0]) == (403, "this server is read-only")
    assert reading.request("DELETE", "/store?default").status == 403
    assert reading.request("GET", "/queries").status == 401


PATHS = [
    "/data/../../etc/passwd.ttl",
    "/data/%2e%2e/%2e%2e/etc/passwd.ttl",
    "/data//etc/passwd.ttl",
    "/data/state/PRK%00.ttl",
    "/data/state/PRK%0d%0aSet-Cookie:x=1.ttl",
    "/page/%3Cscript%3Ealert(1)%3C/script%3E",
    "/page/state%2FPRK%3Fx",
    "/site/../app.py",
    "/site/%2e%2e%2fapp.py",
    "/site/base.html",
    "/ontology/../secret",
    "/ontology/%2e%2e%2fsecret",
    "/ontology.exe",
    "/api/../queries",
    "/api/transfers.py",
    "/id/%ff",
    "/store/%0d%0aX: y",
    "/store?graph=file:///etc/passwd",
    "/store?graph=http://x/%3E%20%7D%20%3B%20DROP%20ALL%20%3B",
    "/sparql?query=%ff%fe",
    "/sparql?query=ASK%7B%7D&query=ASK%7B%7D",
    "/sparql?query=ASK%7B%7D&default-graph-uri=%3E%3C",
    "/sparql?update=DROP%20ALL",
    "/queries/1%20OR%201",
    "/%00",
]


@pytest.mark.parametrize("path", PATHS)
def test_addresses_that_lead_elsewhere_lead_nowhere(guarded: Server, path: str) -> None:
    with socket.create_connection(("127.0.0.1", guarded.port), timeout=20) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html, */*\r\nConnection: close\r\n\r\n".encode())
        received = b""
        while piece := connection.recv(1 << 16):
            received += piece
    status = int(received.split()[1])
    assert 400 <= status < 500 or status == 303, received[:300]
    assert b"root:" not in received
    assert b"<script>alert" not in received
    assert b"\r\nSet-Cookie" not in received


RAW = [
    b"GET / HTTP/1.1\r\n" + b"X: " + b"a" * 100_000 + b"\r\n\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /evil",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: -1\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 99999999999\r\n\r\nASK {}",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET  / HTTP/1.1\r\nHost : x\r\n\r\n",
    b"\r\n\r\n\r\n\x00\x00\x00",
]


@pytest.mark.parametrize("data", RAW, ids=range(len(RAW)))
def test_what_is_no_proper_http_is_refused(guarded: Server, data: bytes) -> None:
    with socket.create_connection(("127.0.0.1", guarded.port), timeout=20) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        try:
            while piece := connection.recv(1 << 16):
                received += piece
        except ConnectionResetError:
            pass
    assert not received or 400 <= int(received.split()[1]) < 500, received[:200]
    assert guarded.query("ASK {}").status == 200


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"\xff\xfe", {"Content-Type": "application/sparql-query"}, 400),
        ("ASK {}".encode("utf-16"), {"Content-Type": "application/sparql-query; charset=utf-16"}, 415),
        (b"query=%C3%28", FORM, 400),
        (b"query=ASK%7B%7D&update=DROP%20ALL", FORM, 400),
        (b"<x/>", {"Content-Type": "application/xml"}, 415),
        (b"ASK {}", {"Content-Type": "text/plain"}, 415),
        (b"ASK {}", {}, 415),
        (b"&".join(b"a=%d" % number for number in range(5000)), FORM, 400),
        (b"ASK { " + b"{" * 50_000 + b"}" * 50_000 + b" }", {"Content-Type": "application/sparql-query"}, 400),
        (b"SELECT * { ?s ?p " + b"(" * 100_000, {"Content-Type": "application/sparql-query"}, 400),
        (b" " * (17 << 20), {"Content-Type": "application/sparql-query"}, 413),
        (gzip.compress(b"ASK {}"), {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}, 415),
        (b"query=ASK%7B%7D", {**FORM, "Content-Encoding": "br"}, 415),
    ],
    ids=range(13),
)
def test_bodies_that_cannot_be_meant_are_refused(guarded: Server, body: bytes, headers: dict[str, str], status: int) -> None:
    reply = guarded.request("POST", "/sparql", body, headers)
    assert reply.status in ((status, 500, 507) if b"{{{" in body or b"(((" in body else (status,)), reply.text[:300]
    assert guarded.query("ASK {}").status == 200


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"<urn:x> <urn:y> ", "text/turtle", 400),
        (b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>', "application/rdf+xml", 400),
        (b'{"@context": "http://127.0.0.1:1/context", "a": 1}', "application/ld+json", 400),
        (b"\xff\xff", "text/turtle", 400),
        (b"GIF89a", "image/gif", 415),
        (b"", "", 415),
        (b"--x\r\n\r\nbroken", "multipart/form-data; boundary=x", 400),
        (b"no boundary", "multipart/form-data", 400),
    ],
)
def test_graphs_that_are_none_change_nothing(guarded: Server, body: bytes, kind: str, status: int) -> None:
    given = {"Authorization": f"Bearer {guarded.token}", **({"Content-Type": kind} if kind else {})}
    reply = guarded.request("PUT", "/store?graph=urn:kept", body, given)
    assert reply.status == status, reply.text
    assert guarded.values("SELECT * { GRAPH <urn:kept> { ?s ?p ?o } }") == [("urn:a", "urn:b", "urn:c")]


def test_what_was_refused_is_in_the_log(guarded: Server) -> None:
    before = len(guarded.lines())
    guarded.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    line = guarded.lines()[before]
    assert (line["status"], line["path"]) == (403, "/sparql")
    assert "SERVICE" in str(line["refused"])
    secret = "SELECT ('a private matter' AS ?x) {}"
    assert guarded.query(secret).status == 200
    assert "private matter" not in guarded.log.read_text(), "the text of queries is logged only if that is asked for"


def test_pages_run_no_script_of_the_data(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = tmp_path_factory.mktemp("page") / "store"
    with EmbeddedStore.open(store, create=True) as opened:
        base = "https://w3id.org/kgbuild/id/"
        label = "<http://www.w3.org/2000/01/rdf-schema#label>"
        opened.update(
            f"INSERT DATA {{ <{base}x> {label} '<script>alert(1)</script>' ; <urn:p> <javascript:alert(1)>, '\"><img src=x onerror=alert(1)>' }}"
        )
    server = serve(store)
    page = server.request("GET", "/page/x")
    assert page.status == 200
    assert "<script>alert" not in page.text
    assert 'href="javascript:' not in page.text
    assert "<img" not in page.text
    assert "script-src" not in page.headers["content-security-policy"]  # default-src: this server's own, none inline
    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    server.stop()
