"""Writes a change: in one request, which the stores here carry out whole or not at all; or in several, in an order that can be mended.

Where it takes several, graph ``records`` says from the first to the last which graphs are unfinished (see mending.py).
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping

from kgbuild.iris import KG
from kgbuild.literals import string
from kgbuild.stores.difference import sparql
from kgbuild.stores.graphs import Graphs
from kgbuild.stores.remote.contents import CONTENT
from kgbuild.stores.remote.database import RemoteDatabase

UNFINISHED = f"<{KG}store.unfinished>"

Lines = Mapping[str, set[str]]


def change(database: RemoteDatabase, graphs: Graphs, removed: Lines, added: Lines) -> None:
    """Take lines out of graphs and add others. Hashes that a push has left beside these graphs go first: the next push looks anew."""
    removed = {graph: lines for graph, lines in removed.items() if lines}
    added = {graph: lines for graph, lines in added.items() if lines}
    number = sum(map(len, removed.values())) + sum(map(len, added.values()))
    if not number:
        return
    batch = database.client.profile.batch
    forgetting = forget(graphs, {*removed, *added})
    if number <= batch:
        database.update(forgetting + sparql(removed, added))
        return
    note = unfinished_line(graphs, {*removed, *added})
    database.update(f"{forgetting}INSERT DATA {{ GRAPH <{graphs.records}> {{ {note} }} }}")
    # what is kept of articles tells what their graphs must hold: it comes after them
    order = sorted({*removed, *added}, key=lambda graph: graph == graphs.records)
    for graph in order:
        remove(database, graph, sorted(removed.get(graph, ())))
        if graph != graphs.records and len(added.get(graph, ())) > batch:
            database.add(graph, added[graph])
        else:
            for part in _parts(sorted(added.get(graph, ())), batch):
                database.update(sparql({}, {graph: part}))
    database.update(f"DELETE DATA {{ GRAPH <{graphs.records}> {{ {note} }} }}")


def remove(database: RemoteDatabase, graph: str, lines: list[str]) -> None:
    """Take lines out of a graph, in as many requests as it takes; an empty name: of the default graph."""
    for part in _parts(lines, database.client.profile.batch):
        database.update(sparql({graph: part}, {}))


def forget(graphs: Graphs, names: Iterable[str]) -> str:
    """The beginning of an update: that takes the hashes out which a push has left beside graphs."""
    written = [f"<{name}>" for name in sorted(names) if name not in ("", graphs.records)]
    if not written:
        return ""
    line = f"?g <{CONTENT}> ?h"
    values = " ".join(written)
    return (
        f"DELETE {{ GRAPH <{graphs.records}> {{ {line} }} }} WHERE {{ GRAPH <{graphs.records}> {{ {line} }} VALUES ?g {{ {values} }} }} ;\n"
    )


def unfinished_line(graphs: Graphs, names: set[str]) -> str:
    """What graph ``records`` says of graphs that are being written."""
    packed = base64.b64encode(zlib.compress(json.dumps(sorted(names)).encode())).decode("ascii")
    return f"<{graphs.records}> {UNFINISHED} {string(packed)}"


def unfinished_graphs(packed: str) -> set[str]:
    """The graphs that such a literal names."""
    return set(json.loads(zlib.decompress(base64.b64decode(packed))))


def _parts(lines: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(lines), size):
        yield lines[start : start + size]
