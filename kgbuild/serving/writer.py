"""The writer: the one process that holds the store while the server may write. After each write it makes a checkpoint for the readers.

Run by the front as ``python -m kgbuild.serving.writer PARENT STORE PLACE ADDRESS``: PLACE is a folder for checkpoints on the store's file
system, ADDRESS is where others reach the store meanwhile.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from kgbuild.errors import KgbuildError
from kgbuild.iris import DATA
from kgbuild.serving import isolation, updating
from kgbuild.serving.jobs import End, Failure, GraphDrop, GraphWrite, Update, receive
from kgbuild.serving.output import Output
from kgbuild.serving.refusal import Refused
from kgbuild.stores import folder
from kgbuild.stores.locking import FolderLock
from kgbuild.stores.meta import read_base


def main(parent: int, path: Path, place: Path, address: str) -> None:
    """Write until there is nothing more to write."""
    isolation.die_with_parent(parent)
    isolation.without_network()
    pipe_in = sys.stdin.buffer
    pipe_out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    output = Output(pipe_out)
    numbers = count(1)
    try:
        lock = FolderLock(path, shared=False, note=address)  # the kernel releases it when this process ends
        store = ox.Store(str(folder.database(path)))
        base = read_base(store, path) or folder.updated(path) or DATA
        output.finish(End(checkpoint=_checkpoint(store, place, next(numbers))))  # says that the store is held
    except KgbuildError as error:
        output.fail(Failure(503, str(error), error.hint))
        return
    except OSError as error:
        output.fail(Failure(503, f"{path}: cannot open the store: {error}"))
        return
    while (order := receive(pipe_in)) is not None:
        output, job = Output(pipe_out), order.job
        noted = folder.mark_updated(path, base)
        try:
            if isinstance(job, Update):
                head = updating.run_update(store, job, order.allowed)
            else:
                assert isinstance(job, GraphWrite | GraphDrop)
                head = updating.write_graph(store, job)
            output.begin(head)
            output.finish(End(checkpoint=_checkpoint(store, place, next(numbers))))
        except Refused as refused:
            if noted:
                folder.unmark_updated(path)  # nothing was written
            output.fail(Failure(refused.status, str(refused), refused.hint))
        except MemoryError:
            os._exit(77)
        except (OSError, RuntimeError, ValueError) as error:
            output.fail(Failure(500, f"cannot be written: {' '.join(str(error).split())[:2000]}"))
    lock.release()


def _checkpoint(store: ox.Store, place: Path, number: int) -> str:
    place.mkdir(exist_ok=True)
    path = place / f"w{os.getpid()}-{number}"
    store.backup(str(path))
    return str(path)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
