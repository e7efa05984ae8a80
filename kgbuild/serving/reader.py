"""A reader: a process that answers jobs from checkpoints of the store, one at a time, until the front closes its pipe or ends it.

Run by the front as ``python -m kgbuild.serving.reader PARENT MEMORY NETWORK``.
"""

from __future__ import annotations

import os
import sys

import pyoxigraph as ox

from kgbuild.errors import KgbuildError
from kgbuild.serving import isolation, querying
from kgbuild.serving.jobs import PIECE, Description, End, Failure, Graph, Home, Order, Query, Stored, Thing, receive
from kgbuild.serving.output import Output
from kgbuild.serving.refusal import Refused

#: a reader that has grown beyond this many bytes is replaced: the engine keeps what it once had
_LARGE = 256 << 20


def main(parent: int, memory: int, network: bool) -> None:
    """Answer until there is nothing more to answer."""
    isolation.die_with_parent(parent)
    if not network:
        isolation.without_network()
    pipe_in = sys.stdin.buffer
    pipe_out = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=2 * PIECE)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else may write into the pipe
    Output(pipe_out).finish(End())  # ready
    checkpoint, store, addressed = "", ox.Store(), 0
    while (order := receive(pipe_in)) is not None:
        output = Output(pipe_out)
        try:
            if order.checkpoint != checkpoint:
                isolation.limit_memory(0)
                store = ox.Store.read_only(order.checkpoint)
                checkpoint, addressed = order.checkpoint, 0
            if (now := isolation.addressed()) != addressed:  # the limit is beyond what it addresses now
                isolation.limit_memory(memory)
                addressed = now
            _answer(store, order, output)
            output.finish(End(retiring=isolation.resident() > _LARGE))
        except Refused as refused:
            output.fail(Failure(refused.status, str(refused), refused.hint))
        except KgbuildError as error:
            output.fail(Failure(400, str(error), error.hint))
        except MemoryError:
            os._exit(77)  # the front takes it for what it is, and starts another reader
        except (OSError, RuntimeError, ValueError) as error:
            output.fail(Failure(500, f"the query cannot be evaluated: {' '.join(str(error).split())[:2000]}"))


def _answer(store: ox.Store, order: Order, output: Output) -> None:
    """Answer one job; what only some jobs need is imported when one comes, so that a new reader is ready soon."""
    job = order.job
    if isinstance(job, Query):
        querying.run_query(store, job, output, order.allowed)
    elif isinstance(job, Graph):
        querying.run_graph(store, job, output)
    elif isinstance(job, Stored):
        from kgbuild.serving import stored

        stored.run_stored(store, job, output, base=order.base)
    elif isinstance(job, Home):
        from kgbuild.serving import stored

        stored.run_home(store, job, output)
    elif isinstance(job, Thing):
        from kgbuild.serving import things

        things.run_thing(store, job, output, base=order.base)
    elif isinstance(job, Description):
        from kgbuild.serving import description

        description.run_description(store, job, output, base=order.base)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "network")
