"""The worker process from outside: start it, ask it, and be rid of it, whatever happens."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any

from kgbuild.errors import MissingExtra, OntologyError, WorkerDied

#: seconds that Java may take to start, and to answer; the largest request on shipped data takes ten
START_TIMEOUT, ANSWER_TIMEOUT = 60.0, 600.0


class Worker:
    """A running worker. Use it in one thread, and close it.

    Raises:
        MissingExtra: there is no Java on this machine.
        WorkerDied: Java does not start.
    """

    def __init__(self, jars: list[Path], *, timeout: float = ANSWER_TIMEOUT) -> None:
        self._timeout = timeout
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
        path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kgbuild.owl.worker", *map(str, jars)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        )
        self._answers: queue.Queue[bytes] = queue.Queue()
        assert self._process.stdout is not None
        threading.Thread(target=_pump, args=(self._process.stdout, self._answers), daemon=True).start()
        try:
            self.versions: dict[str, str] = self._receive(START_TIMEOUT)
        except BaseException:
            self.close()
            raise

    def ask(self, task: str, **arguments: Any) -> Any:
        """Send one request and wait for its answer.

        Raises:
            OntologyError: Java could not do it; the message has the first lines of its stack trace.
            WorkerDied: the process died, or did not answer in time and was killed.
        """
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"do": task, **arguments}).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise self._died() from None
        return self._receive(self._timeout)

    def close(self) -> None:
        """End the process; if it does not end by itself within two seconds, kill it."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it died with a request unread
            self._process.stdin.close()
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._said.close()

    def _receive(self, timeout: float) -> Any:
        try:
            line = self._answers.get(timeout=timeout)
        except queue.Empty:
            self._process.kill()
            self._process.wait()
            hint = "try with fewer articles, or a part of the ontology"
            raise WorkerDied(f"the Java process gave no answer in {timeout:.0f} s and was ended", hint=hint) from None
        if not line:
            raise self._died()
        answer = json.loads(line)
        if answer.get("java"):
            raise MissingExtra("there is no Java on this machine", hint="install a Java runtime, 11 or later, or set JAVA_HOME")
        if "error" in answer:
            raise OntologyError(f"the OWL API failed: {answer['error']}", hint="kgbuild ontology check finds what it can without Java")
        return answer["result"]

    def _died(self) -> WorkerDied:
        status = self._process.wait()
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()[-3:]
        told = f": {' | '.join(lines)}" if lines else ""
        return WorkerDied(f"the Java process ended with status {status}{told}", hint="is there enough memory?")


def _pump(stream: IO[bytes], answers: queue.Queue[bytes]) -> None:
    """Pass lines on, and an empty one at the end, so that waiting for an answer can have a limit on any system."""
    with stream:
        for line in stream:
            answers.put(line)
    answers.put(b"")
