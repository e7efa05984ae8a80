"""Java runs beside kgbuild, never in it: what happens when it is missing, dies, hangs or fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgbuild.errors import KgbuildError, MissingExtra, OntologyError, WorkerDied
from kgbuild.owl import jars, start
from kgbuild.owl.process import Worker

from .files import own_jars, shipped  # noqa: TID252 - the tests are no installed package


@pytest.fixture
def worker() -> Iterator[Worker]:
    try:
        worker = Worker(jars.find_jars(own_jars()), timeout=60)
    except MissingExtra as missing:
        pytest.skip(str(missing))
    yield worker
    worker.close()


def test_no_java_enters_this_process(worker: Worker) -> None:
    jpype = sys.modules.get("jpype")
    assert jpype is None or not jpype.isJVMStarted()
    assert worker.versions["owlapi"] == "3.4"


def test_it_ends_with_the_block_and_when_an_error_leaves_it() -> None:
    try:
        with start(own_jars()) as jvm:
            process = jvm._worker._process
            raise KeyError("of the caller")
    except MissingExtra as missing:
        pytest.skip(str(missing))
    except KeyError:
        assert process.poll() is not None


def test_a_worker_that_is_killed_is_said_to_have_died(worker: Worker) -> None:
    worker._process.kill()
    with pytest.raises(WorkerDied, match="ended with status -9") as caught:
        worker.ask("reason", document="")
    assert caught.value.hint


def test_a_worker_that_takes_too_long_is_ended(worker: Worker) -> None:
    worker._timeout = 0.001
    with pytest.raises(WorkerDied, match="no answer in 0 s"):
        worker.ask("open", files=[])
    assert worker._process.poll() is not None


def test_an_error_in_java_leaves_the_worker_at_work(worker: Worker) -> None:
    with pytest.raises(OntologyError, match="Exception") as caught:
        worker.ask("reason", document="bm8gb250b2xvZ3k=")
    assert len(str(caught.value).splitlines()) <= 5, "the stack trace is cut short"
    assert worker.ask("open", files=[]) == []


def test_the_worker_does_not_outlive_its_parent() -> None:
    program = f"""
import os, sys
from pathlib import Path
from kgbuild.owl import start
jvm = start(Path({str(own_jars())!r}))
print(jvm._worker._process.pid, flush=True)
os._exit(9)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(entry or os.getcwd() for entry in sys.path)}
    parent = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment, check=False, timeout=60)
    if parent.returncode != 9:
        pytest.skip("Java does not start here")
    child = int(parent.stdout)
    deadline = time.monotonic() + 10
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(child)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
        # an orphan that nobody waits for stays as a zombie
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_without_jpype_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jars, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match="JPype1") as caught:
        start()
    assert "kgbuild[owl]" in caught.value.hint
    assert caught.value.exit_status == 5


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if jars.find_spec("jpype") is None:
        pytest.skip("JPype1 is not installed")
    # what JPype does on a machine without Java, whatever this one has
    (tmp_path / "jpype.py").write_text(
        "class JVMNotFoundException(ValueError): ...\n"
        "class JException(Exception): ...\n"
        "def startJVM(*arguments, **options): raise JVMNotFoundException('No JVM shared library file (libjvm.so) found')\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(MissingExtra, match="no Java") as caught:
        start(own_jars())
    assert "Java" in caught.value.hint


def test_a_folder_without_jars_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if jars.find_spec("jpype") is None:
        pytest.skip("JPype1 is not installed")
    monkeypatch.setenv(jars.VARIABLE, str(tmp_path))
    with pytest.raises(KgbuildError, match="holds no jar") as caught:
        start()
    assert jars.VARIABLE in caught.value.hint


def test_jars_without_the_owl_api_do_not_start(tmp_path: Path) -> None:
    (tmp_path / "other.jar").write_bytes(b"PK\x05\x06" + bytes(18))
    try:
        with pytest.raises(OntologyError, match="semanticweb"):
            start(tmp_path)
    except MissingExtra as missing:
        pytest.skip(str(missing))


def test_parts_of_the_owl_api_beside_the_whole_are_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    names = ("guava-33", "org.semanticweb.hermit-1.4.5", "owlapi-api-4.5.29", "owlapi-distribution-4.5.29", "owlapi-rio-4.5.29")
    for name in names:
        (tmp_path / f"{name}.jar").touch()
    monkeypatch.setattr(jars, "find_spec", lambda name: "found")
    assert [path.stem for path in jars.find_jars(tmp_path)] == [names[0], names[1], names[3]]


def test_a_file_that_does_not_parse_is_named_with_its_line() -> None:
    try:
        with start(own_jars()) as jvm, pytest.raises(OntologyError, match=r"broken\.ttl:2: "):
            jvm.logic({**shipped(), "broken.ttl": b"# one\n<a> <b> .\n"})
    except MissingExtra as missing:
        pytest.skip(str(missing))
