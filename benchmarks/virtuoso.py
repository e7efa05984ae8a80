"""A Virtuoso of its own for a benchmark: started on free ports over N-Quads, bulk loaded, asked over HTTP, stopped at the end.

Virtuoso is Debian's package virtuoso-opensource-7-bin. Its default graph is the union of all named graphs, so it is given these alone.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

_SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = {sql}
DirsAllowed = {folder}, {data}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
MaxMemPoolSize = 200000000
[HTTPServer]
ServerPort = {http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryExecutionTime = {limit}
"""
_TICKS = os.sysconf("SC_CLK_TCK")


def installed() -> bool:
    """Claim that Virtuoso and its command-line client are there."""
    return bool(shutil.which("virtuoso-t") and _client())


def _client() -> str | None:
    return shutil.which("isql-vt") or shutil.which("isql-v")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Virtuoso:
    """A server over one file of N-Quads. A context manager."""

    def __init__(self, folder: Path, data: Path, *, seconds: int) -> None:
        """Start it in an empty folder and load the data; ``seconds`` is how long a query may take."""
        folder.mkdir(parents=True, exist_ok=True)
        self._sql, self._http, self._seconds = _free_port(), _free_port(), seconds
        settings = _SETTINGS.format(folder=folder, data=data.parent, sql=self._sql, http=self._http, limit=seconds)
        (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
        self._server = subprocess.Popen(
            ["virtuoso-t", "+foreground", "+configfile", str(folder / "virtuoso.ini")],
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            self._await()
            self._command(f"ld_dir('{data.parent}', '{data.name}', 'urn:unused');")
            self._command("rdf_loader_run();")
            failed = self._command("SELECT ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL;")
            if "\n0 Rows." not in failed:
                raise SystemExit(f"Virtuoso did not load {data}: {failed}")
            self._command("checkpoint;")
        except BaseException:
            self.close()
            raise

    def _await(self) -> None:
        for _ in range(240):
            try:
                self._command("SELECT 1;")
                return
            except subprocess.CalledProcessError:
                if self._server.poll() is not None:
                    raise SystemExit("Virtuoso did not start") from None
                time.sleep(0.5)
        raise SystemExit("Virtuoso did not answer within two minutes")

    def _command(self, command: str) -> str:
        arguments = [_client() or "", str(self._sql), "dba", "dba", "VERBOSE=ON", f"EXEC={command}"]
        return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout

    def ask(self, sparql: str) -> int:
        """Answer a query: how many rows. Raises ValueError with Virtuoso's message, TimeoutError."""
        # Virtuoso reads the keyword of a form of its own where SPARQL has a comment before PREFIX
        fields = urllib.parse.urlencode({"query": sparql, "format": "text/csv"}).encode()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._http}/sparql", fields, timeout=self._seconds + 5) as answer:
                text = answer.read().decode()
        except urllib.error.HTTPError as error:
            raise ValueError(error.read().decode(errors="replace").partition("\n")[0]) from None
        return sum(1 for _row in csv.reader(io.StringIO(text))) - 1

    def cpu(self) -> float:
        """CPU seconds of the server so far."""
        fields = Path(f"/proc/{self._server.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def close(self) -> None:
        """Stop the server."""
        self._server.terminate()
        try:
            self._server.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
