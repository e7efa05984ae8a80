"""Work over sources, here or in other processes: the same results, in the same order, and the same errors."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from kgbuild import errors
from kgbuild.executors import processes


def letters(source: str) -> Iterator[str]:
    """Yield the letters of a word; a word may ask for an error, or for the death of the process that reads it."""
    if source == "error":
        raise errors.FormatError("cannot be read", path="a.jsonl", line=7, hint="look at it")
    if source == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    yield from source


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_results_come_in_the_order_of_the_sources(count: int) -> None:
    sources = ["one", "", "three", "four", "five", "x" * 1000]
    assert list(processes(letters, sources, count)) == list("".join(sources))


@pytest.mark.parametrize("count", [1, 2])
def test_an_error_of_the_work_is_raised_whole_after_what_came_before_it(count: int) -> None:
    results = processes(letters, ["one", "error", "three"], count)
    assert [next(results) for _ in "one"] == list("one")
    with pytest.raises(errors.FormatError, match=r"a\.jsonl:7: cannot be read") as caught:
        next(results)
    assert (caught.value.path, caught.value.line, caught.value.hint) == ("a.jsonl", 7, "look at it")


def test_a_killed_worker_is_noticed() -> None:
    with pytest.raises(errors.WorkerDied, match="killed"):
        list(processes(letters, ["one", "die", "three"], 2))


STOPS_EARLY = """
import os
from kgbuild.executors import processes
results = processes(iter, ["endless" * 100_000, "two" * 100_000], 2)
next(results)
results.close()
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("no child is left")
"""


def test_a_driver_that_stops_early_leaves_no_process_behind() -> None:
    # in a process of its own: one that runs tests may have children of other tests, such as a JVM
    run = subprocess.run([sys.executable, "-c", STOPS_EARLY], capture_output=True, text=True, check=False)
    assert run.stdout == "no child is left\n", run.stderr


@pytest.mark.parametrize("name", [name for name in errors.__all__ if name != "FormatError"])
def test_every_error_survives_the_way_between_processes(name: str) -> None:
    error = getattr(errors, name)("what happened", hint="what to do")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.hint) == (type(error), "what happened", "what to do")
