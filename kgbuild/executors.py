"""Run picklable work over sources, here or in other processes; the results come in the order of the sources either way.

Work is a generator function: a source may be one file of a gigabyte, whose results must not wait for its end. Each process takes every
n-th source and writes into a pipe of its own, which the driver reads in turn: order is kept, nothing piles up (a full pipe blocks its
writer), and a run with two processes equals a run with none.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from kgbuild.errors import WorkerDied

S = TypeVar("S")
R = TypeVar("R")
Work = Callable[[S], Iterator[R]]


def serial(work: Work[S, R], sources: Sequence[S]) -> Iterator[R]:
    """Do the work here, one source after the other."""
    for source in sources:
        yield from work(source)


def processes(work: Work[S, R], sources: Sequence[S], count: int) -> Iterator[R]:
    """Do the work in ``count`` processes. Raises what the work raises, and WorkerDied when a process is killed.

    Closing the iterator ends the processes.
    """
    if count <= 1 or len(sources) <= 1:
        yield from serial(work, sources)
        return
    context = multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")
    pipes: list[Connection] = []
    workers = []
    try:
        for number in range(min(count, len(sources))):
            receiver, sender = context.Pipe(duplex=False)
            worker = context.Process(target=_run, args=(work, list(sources[number::count]), sender, pipes), daemon=True)
            worker.start()
            sender.close()
            pipes.append(receiver)
            workers.append(worker)
        for position in range(len(sources)):
            yield from _receive(pipes[position % len(pipes)])
    finally:
        for pipe in pipes:
            pipe.close()
        for worker in workers:
            worker.terminate()
            worker.join()


def _receive(pipe: Connection) -> Iterator[Any]:
    while True:
        try:
            kind, value = pipe.recv()
        except EOFError:
            raise WorkerDied("a worker process was killed before its work was done", hint="give it more memory, or use --jobs 1") from None
        if kind == "end":
            return
        if kind == "error":
            error, trace = value
            error.add_note(trace)
            raise error
        yield value


def _run(work: Work[S, R], sources: list[S], pipe: Connection, inherited: list[Connection]) -> None:
    """The life of a worker process."""
    for other in inherited:
        other.close()  # a copy of a sibling's pipe would keep that sibling from noticing that the driver is gone
    gc.freeze()  # the ontology and all else that the work brought is there to stay: collections need not walk it again and again
    try:
        for source in sources:
            try:
                for result in work(source):
                    pipe.send(("result", result))
                pipe.send(("end", None))
            except (BrokenPipeError, KeyboardInterrupt):
                return
            except Exception as error:  # noqa: BLE001 - whatever it is, the driver raises it
                pipe.send(("error", (error, traceback.format_exc())))
                return
    except (BrokenPipeError, KeyboardInterrupt):
        return
