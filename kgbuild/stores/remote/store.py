"""The store elsewhere: the same logic as on this machine, over a database that is asked by HTTP.

A first load is made on this machine and sent graph by graph. Later ones send what changes, in one request where the store takes so much at
once (profiles.toml: batch); else in several, and then the store says meanwhile which graphs are unfinished: the next one who opens it for
writing mends them. Nobody keeps a second writer away: one at a time is the users' own care.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self, TypeVar

from kgbuild.errors import StoreError, StoreMissing
from kgbuild.iris import DATA, KG
from kgbuild.stores import meta as metadata
from kgbuild.stores.difference import DEFAULT, Difference
from kgbuild.stores.embedded import EmbeddedStore
from kgbuild.stores.graphs import Graphs
from kgbuild.stores.places import Address
from kgbuild.stores.remote import changing, mending
from kgbuild.stores.remote.connecting import connect
from kgbuild.stores.remote.database import RemoteDatabase
from kgbuild.stores.remote.transport import shown
from kgbuild.stores.writing import Store

T = TypeVar("T")

#: in graph ``records`` while a first load is on its way: there is no store yet, and what lies there is ours
BUILDING = f"<{KG}store.building>"


class RemoteStore(Store):
    """A store at an address. What was written is there when a method returns; see the module for what happens when it does not."""

    is_far = True

    def __init__(self, database: RemoteDatabase, base: str, address: Address) -> None:
        """Take a database; callers use :meth:`open` and :meth:`build`."""
        super().__init__(database, base)
        database.graphs = self.graphs
        self.database = database
        self.address = address

    @classmethod
    def open(cls, address: Address, *, create: bool = False, read_only: bool = False, base: str | None = None) -> Self:
        """Open the store at an address; the arguments are those of ``EmbeddedStore.open``.

        Raises:
            StoreMissing: there is no store of kgbuild's, and ``create`` does not ask for one.
            StoreUnavailable: it cannot be reached.
            StoreRefused: it answers with an error, as where credentials are missing.
            StoreError: a newer kgbuild wrote it; or ``base`` differs; or it holds something else.
        """
        database = RemoteDatabase(connect(address))
        known = metadata.read_base(database, shown(address.url))
        if known is None:
            if not create:
                message = f"{shown(address.url)}: no store of kgbuild's is there"
                raise StoreMissing(message, hint="run `kgbuild load` first, or name another --store")
            check_empty(database, address, base or DATA)
            store = cls(database, base or DATA, address)
            founding = Difference()
            founding.change(store.graphs.records, [], metadata.founding_lines(store.base), facts=False)
            store._apply(founding)
            return store
        if base is not None and base != known:
            raise StoreError(
                f"{shown(address.url)}: its IRIs begin with {known}, not {base}", hint="leave --base out, or name a new --store"
            )
        store = cls(database, known, address)
        if not read_only:
            mending.mend(database, store.graphs)
        return store

    @classmethod
    def exists(cls, address: Address) -> bool:
        """Claim that a store of kgbuild's is at an address. Raises as :meth:`open` does."""
        return metadata.read_base(RemoteDatabase(connect(address)), shown(address.url)) is not None

    @classmethod
    def build(cls, address: Address, build: Callable[[Path], EmbeddedStore], base: str) -> Self:
        """Create a store: one built in a folder of this machine, and then sent graph by graph; that it is a store it says last. Broken off,
        the next one begins anew.

        Raises StoreError: there is a store already, or something else; and as :meth:`open` does.
        """
        from kgbuild.stores.remote.pushing import push  # which asks this module what an empty place is

        database = RemoteDatabase(connect(address))
        if metadata.read_base(database, shown(address.url)) is not None:
            raise StoreError(f"{shown(address.url)}: there is a store already", hint="name another --store")
        check_empty(database, address, base)
        with TemporaryDirectory(prefix="kgbuild-") as place, build(Path(place) / "store") as local:
            report = push(local, address)
        if report.wrong:
            graph, said = next(iter(report.wrong.items()))
            raise StoreError(f"{shown(address.url)}: <{graph}> is not there as it was sent: {said}", hint="run the command again")
        return cls(database, base, address)

    @property
    def is_union(self) -> bool:
        """Claim that the default graph is not the store's own, but what all named graphs hold together."""
        return self.database.is_union

    def close(self) -> None:
        """Let go of the store."""
        self._open = None

    def merge_again(self) -> tuple[int, int]:
        """Let the default graph be what the other graphs say, whatever others have written there. Reads everything.

        Returns how many triples came into it, and how many left it.
        """
        return (0, 0) if self.is_union else mending.merge_again(self.database, self.graphs)

    def foreseen(self, work: Callable[[], T]) -> T:
        """Do some work that only looks, in few requests; it is done several times."""
        return self.database.foreseeing(work)

    def optimize(self) -> None:
        """How a store elsewhere keeps its files is its own affair."""

    def _mapped(self, doing: str, *, sparql: str | None = None) -> AbstractContextManager[None]:
        return nullcontext()  # the client has mapped what went wrong

    def _apply(self, difference: Difference) -> None:
        if self.database.is_union:
            difference.added.pop(DEFAULT, None)
            difference.removed.pop(DEFAULT, None)
        changing.change(self.database, self.graphs, difference.removed, difference.added)
        self._changed |= bool(difference.removed or difference.added)


def check_empty(database: RemoteDatabase, address: Address, base: str) -> None:
    """Raises StoreError where the default graph, which a store of kgbuild's keeps true, holds something else."""
    graphs = Graphs(base)
    if database.is_union or database.client.has_graph(graphs.records):
        return
    if bool(database.client.query("ASK { ?s ?p ?o }")):
        raise StoreError(
            f"{shown(address.url)}: holds data in its default graph that kgbuild did not write", hint="name an empty dataset with --store"
        )
