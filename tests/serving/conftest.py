"""Real servers on free ports of the loopback, and what speaks HTTP to them."""

from __future__ import annotations

import http.client
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from kgbuild.stores import EmbeddedStore

TOKEN = "a token for tests only"
CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Reply:
    """A whole response; ``broken`` where the transfer ended before its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    broken: bool = False

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass
class Server:
    """A running ``kgbuild serve``."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    token: str = TOKEN
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0

    def request(
        self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None, *, timeout: float = 30
    ) -> Reply:
        """Send one request as it stands; the path must be encoded."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, {**self.headers, **(headers or {})})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            try:
                return Reply(response.status, found, response.read())
            except http.client.IncompleteRead as cut:
                return Reply(response.status, found, cut.partial, broken=True)
            except ConnectionError:
                return Reply(response.status, found, b"", broken=True)
        finally:
            connection.close()

    def query(self, text: str, accept: str = "application/sparql-results+json", **headers: str) -> Reply:
        """Ask by GET."""
        return self.request("GET", f"/sparql?query={quote(text, safe='')}", headers={"Accept": accept, **headers})

    def update(self, text: str, **headers: str) -> Reply:
        """Write, with the token."""
        given = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {self.token}", **headers}
        return self.request("POST", "/sparql", text, given)

    def values(self, text: str) -> list[tuple[str, ...]]:
        """The values of a SELECT's rows."""
        reply = self.query(text)
        assert reply.status == 200, reply.text
        found = json.loads(reply.body)
        names = found["head"]["vars"]
        return [tuple(row[name]["value"] if name in row else "" for name in names) for row in found["results"]["bindings"]]

    def lines(self) -> list[dict[str, object]]:
        """The log so far; a request's line is written just after its answer, so that it is awaited until the log is still."""
        size = -1
        while size != (size := self.log.stat().st_size):
            time.sleep(0.2)
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)


Serve = Callable[..., Server]


def start(store: Path, folder: Path, *arguments: str) -> Server:
    """Start a server and wait until it says where it listens."""
    pytest.importorskip("starlette", reason="the extra kgbuild[serve] is not installed")
    pytest.importorskip("uvicorn", reason="the extra kgbuild[serve] is not installed")
    pytest.importorskip("httptools", reason="the extra kgbuild[serve] is not installed")
    log = folder / f"{store.name}.log"
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "kgbuild", "serve", "--store", str(store), "--port", "0", *arguments]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stderr=file, stdin=subprocess.DEVNULL, env=environment)
    for _ in range(600):
        said = log.read_text()
        if " at http://" in said:
            url = said.partition(" at ")[2].partition("sparql;")[0]
            return Server(url, process, log)
        if process.poll() is not None:
            raise AssertionError(f"the server ended: {said}")
        select.select([], [], [], 0.05)
    process.kill()
    raise AssertionError(f"the server did not start: {log.read_text()}")


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Start servers: ``serve(store, "--timeout", "1")``; all are stopped at the end."""
    started: list[Server] = []

    def one(store: Path, *arguments: str) -> Server:
        server = start(store, tmp_path_factory.mktemp("server"), *arguments)
        started.append(server)
        return server

    yield one
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def token_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("token") / "token"
    path.write_text(TOKEN)
    return path


@pytest.fixture(scope="module")
def writable(serve: Serve, tmp_path_factory: pytest.TempPathFactory, token_file: Path) -> Iterator[Server]:
    """A server of an empty store of this module's own, which may be written to."""
    store = tmp_path_factory.mktemp("writable") / "store"
    EmbeddedStore.open(store, create=True).close()
    server = serve(store, "--update", "--token-file", str(token_file))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def reading(serve: Serve, _articles_store: Path) -> Server:
    """A read-only server of the shipped articles."""
    return serve(_articles_store)
