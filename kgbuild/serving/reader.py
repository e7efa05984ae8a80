"""A reader: a process that answers jobs from checkpoints of the store, one at a time, until the front closes its pipe or ends it.

Run by the front as ``python -m kgbuild.serving.reader PARENT MEMORY NETWORK``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pyoxigraph as ox

from kgbuild.errors import KgbuildError
from kgbuild.iris import DATA
from kgbuild.serving import description, isolation, querying, stored, things
from kgbuild.serving.jobs import Description, End, Failure, Graph, Query, Stored, Thing, receive
from kgbuild.serving.output import Output
from kgbuild.serving.refusal import Refused
from kgbuild.stores.meta import read_base


def main(parent: int, memory: int, network: bool) -> None:
    """Answer until there is nothing more to answer."""
    isolation.die_with_parent(parent)
    if not network:
        isolation.without_network()
    isolation.limit_memory(memory)
    pipe_in = sys.stdin.buffer
    pipe_out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else may write into the pipe
    checkpoint, store, base = "", ox.Store(), DATA
    while (order := receive(pipe_in)) is not None:
        output = Output(pipe_out)
        try:
            if order.checkpoint != checkpoint:
                store = ox.Store.read_only(order.checkpoint)
                checkpoint = order.checkpoint
                base = read_base(store, Path(checkpoint)) or DATA
            job = order.job
            if isinstance(job, Query):
                querying.run_query(store, job, output, order.allowed)
            elif isinstance(job, Graph):
                querying.run_graph(store, job, output)
            elif isinstance(job, Stored):
                stored.run_stored(store, job, output, base=base)
            elif isinstance(job, Thing):
                things.run_thing(store, job, output)
            elif isinstance(job, Description):
                description.run_description(store, job, output, base=base)
            output.finish(End())
        except Refused as refused:
            output.fail(Failure(refused.status, str(refused), refused.hint))
        except KgbuildError as error:
            output.fail(Failure(400, str(error), error.hint))
        except MemoryError:
            os._exit(77)  # the front takes it for what it is, and starts another reader
        except (OSError, RuntimeError, ValueError) as error:
            output.fail(Failure(500, f"the query cannot be evaluated: {' '.join(str(error).split())[:2000]}"))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "network")
