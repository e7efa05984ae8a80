"""What a push must do: which graphs of a store of this machine another store lacks, or has otherwise; and which of its own are gone here.

Beside each graph that was sent whole, the other store keeps in graph ``records`` how many lines it was sent as, and their hash. Equal ones
are not sent again, if the graph still has as many. What kgbuild itself writes there later takes these hashes away.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from kgbuild.errors import StoreError
from kgbuild.stores import meta as metadata
from kgbuild.stores.graphs import MERGED, Graphs
from kgbuild.stores.places import Address
from kgbuild.stores.reading import FINGERPRINT
from kgbuild.stores.remote import changing
from kgbuild.stores.remote.connecting import connect
from kgbuild.stores.remote.contents import CONTENT, Near
from kgbuild.stores.remote.database import RemoteDatabase
from kgbuild.stores.remote.store import BUILDING, check_empty
from kgbuild.stores.remote.transport import shown


@dataclass(slots=True)
class Plan:
    """What a push must do."""

    #: the other store is no store of kgbuild's yet, or one that an earlier push has not finished
    is_first: bool
    #: graphs to be sent, in this order
    send: list[str] = field(default_factory=list)
    #: graphs of the other store that are gone here
    remove: list[str] = field(default_factory=list)
    #: how many graphs are there already
    unchanged: int = 0
    #: how many of these are articles'
    unchanged_articles: int = 0
    #: those of ``send`` that the other store has something of
    stale: set[str] = field(default_factory=set)
    #: graph -> triples, in the other store
    sizes: dict[str, int] = field(default_factory=dict)
    #: what graph ``records`` says there of a writer who was broken off (terms)
    notes: list[str] = field(default_factory=list)
    #: the default graph may be untrue there
    is_doubtful: bool = False


def reach(address: Address, base: str) -> tuple[RemoteDatabase, bool]:
    """Find what is at an address, and whether a store of kgbuild's is there; writes nothing.

    Raises:
        StoreUnavailable, StoreRefused: as ``RemoteStore.open`` does.
        StoreError: the store there has another base, or a newer format; or its default graph holds what kgbuild did not write.
    """
    database = RemoteDatabase(connect(address))
    known = metadata.read_base(database, shown(address.url))
    if known is None:
        check_empty(database, address, base)
    elif known != base:
        raise StoreError(
            f"{shown(address.url)}: a store is there whose IRIs begin with {known}, not {base} as in the one to be pushed",
            hint="push to another dataset",
        )
    database.graphs = Graphs(base)
    return database, known is not None


def plan(near: Near, database: RemoteDatabase, *, is_store: bool) -> Plan:
    """Compare; reads hashes and counts, no graphs."""
    records = ox.NamedNode(near.graphs.records)
    found = Plan(not is_store)
    marks = {
        quad.subject.value: quad.object.value  # type: ignore[union-attr]
        for quad in database.quads_for_pattern(None, ox.NamedNode(CONTENT), None, records)
    }
    names = near.names()
    articles = _articles(database, near.graphs)
    known = {*names, *marks, *articles, near.graphs.records, *map(near.graphs.iri, MERGED), near.graphs.runs}
    for quad in database.quads_for_pattern(records, ox.NamedNode(changing.UNFINISHED[1:-1]), None, records):
        found.notes.append(str(quad.object))
        unfinished = changing.unfinished_graphs(quad.object.value)  # type: ignore[union-attr]
        found.is_doubtful |= "" in unfinished
        known |= unfinished - {""}
    if found.is_first:  # what a broken push has left, of which nothing is written down yet
        known |= {graph.value for graph in database.named_graphs()}
    found.sizes = database.sizes(known)
    for name in names:
        mark = marks.get(name, "")
        size = found.sizes.get(name, 0)
        if mark.partition(":")[0] == str(size) and mark.partition(":")[2] == near.digest(name):
            found.unchanged += 1
            found.unchanged_articles += near.graphs.is_article(name)
        else:
            found.send.append(name)
    there = {name for name in known if name in found.sizes or name in marks or name in articles}
    found.stale = there & set(found.send)
    found.remove = sorted(there - {*names, near.graphs.records})
    return found


def building(graphs: Graphs) -> str:
    """What graph ``records`` says as long as a first push or load is on its way."""
    return f'<{graphs.records}> {BUILDING} "yes"'


def _articles(database: RemoteDatabase, graphs: Graphs) -> set[str]:
    """The articles that the other store keeps anything of."""
    found = database.quads_for_pattern(None, FINGERPRINT, None, ox.NamedNode(graphs.records))
    return {quad.subject.value for quad in found}  # type: ignore[union-attr]
