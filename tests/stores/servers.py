"""Real stores of other makers, and our own, started for tests: on a free port of the loopback, each in a folder that is thrown away."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kgbuild.stores import Address, EmbeddedStore

CHECKOUT = Path(__file__).parents[2]
TOKEN = "a token for tests only"
KINDS = ("kgbuild", "oxigraph", "fuseki", "virtuoso")

_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 10000
"""


@dataclass
class Running:
    """A server that runs, and how it is reached."""

    kind: str
    url: str
    process: subprocess.Popen[bytes]
    folder: Path
    credentials: Path | None = None
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> Address:
        return Address(self.url, credentials=self.credentials)

    def clear(self) -> None:
        """Throw away all that tests have left."""
        from kgbuild.stores.remote.connecting import connect

        client = connect(self.address)
        if self.kind != "virtuoso":
            client.update("DROP SILENT ALL" if self.kind != "kgbuild" else "CLEAR ALL")
            return
        for row in client.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"):  # type: ignore[union-attr]
            if not row[0].value.startswith(client.profile.foreign):
                client.drop_graph(row[0].value)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


def missing(kind: str) -> str:
    """Why a kind of server cannot be started here; empty where it can."""
    if kind == "kgbuild":
        try:
            import starlette  # noqa: F401
            import uvicorn  # noqa: F401
        except ModuleNotFoundError:
            return "the extra kgbuild[serve] is not installed"
    elif kind == "oxigraph" and _oxigraph() is None:
        return "oxigraph is not installed (PyPI: oxigraph)"
    elif kind == "virtuoso" and (shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None):
        return "Virtuoso is not installed (Debian: virtuoso-opensource-7-bin)"
    elif kind == "fuseki" and (fuseki_jar() is None or shutil.which("java") is None):
        return "Fuseki is not there: KGBUILD_FUSEKI names the file jena-fuseki-server-5.….jar (Maven Central), which needs Java 17"
    return ""


def fuseki_jar() -> Path | None:
    path = Path(os.environ.get("KGBUILD_FUSEKI", ""))
    return path if path.is_file() else None


def _oxigraph() -> str | None:
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(kind: str, folder: Path, *arguments: str, port: int | None = None, update: bool = True) -> Iterator[Running]:
    """Start a server; skip the test with the reason where it is not installed."""
    if reason := missing(kind):
        pytest.skip(reason)
    server = start(kind, folder, port or free_port(), *arguments, update=update)
    try:
        yield server
    finally:
        server.stop()


def start(kind: str, folder: Path, port: int, *arguments: str, update: bool = True) -> Running:
    """Start a server in a folder, which may hold what an earlier one left; wait until it listens, and is the one who does.

    ``arguments``: more options, for Fuseki. ``update``: kgbuild's own takes writes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    credentials: Path | None = folder / "credentials.toml"
    url, environment = f"http://127.0.0.1:{port}/", dict(os.environ)
    sql = 0
    if kind == "kgbuild":
        if not (folder / "store").exists():
            EmbeddedStore.open(folder / "store", create=True).close()
        (folder / "token").write_text(TOKEN)
        environment |= {"PYTHONPATH": str(CHECKOUT)}
        command = [sys.executable, "-m", "kgbuild", "serve", "--store", "store", "--port", str(port)]
        command += ["--timeout", "300", *(["--update", "--token-file", "token"] if update else [])]
        (folder / "credentials.toml").write_text(f'["{url}"]\ntoken-file = "token"\n')
    elif kind == "oxigraph":
        command = [_oxigraph() or "", "serve", "--bind", f"127.0.0.1:{port}", "--location", "data"]
        credentials = None
    elif kind == "fuseki":
        url += "ds"
        jar = str(fuseki_jar())
        kept = ["--tdb2", "--loc", "data"] if (folder / "data").exists() else ["--mem"]
        command = ["java", "-Xmx1g", "-jar", jar, "--localhost", "--port", str(port), *kept, "--update", *arguments, "/ds"]
        credentials = None
    else:
        sql = free_port()
        (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(port=port, sql=sql))
        (folder / "credentials.toml").write_text(f'["{url}"]\nuser = "dba"\npassword = "dba"\n')
        command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
    deadline = time.monotonic() + 90
    while not _listens(process.pid, port):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            process.wait()
            raise AssertionError(f"{kind} did not start: {(folder / 'log').read_text()[-2000:]}")
        time.sleep(0.05)
    if sql:
        grant = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", 'exec=GRANT SPARQL_UPDATE TO "SPARQL";']
        while subprocess.run(grant, capture_output=True).returncode and time.monotonic() < deadline:
            time.sleep(0.2)
    return Running(kind, url, process, folder, credentials, {"sql": str(sql)})


def _listens(process: int, port: int) -> bool:
    """Claim that a process itself listens at a port, and no stranger that was there before."""
    sockets = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                sockets.add(f"socket:[{fields[9]}]")
    try:
        return any(os.readlink(handle) in sockets for handle in Path(f"/proc/{process}/fd").iterdir())
    except OSError:
        return False
