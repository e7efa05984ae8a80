"""The store of one machine: oxigraph in this process, on disk or in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Self, cast

import pyoxigraph as ox

from kgbuild.errors import StoreError
from kgbuild.iris import DATA
from kgbuild.rules import Rules
from kgbuild.stores import folder, truth
from kgbuild.stores import meta as metadata
from kgbuild.stores.beginnings import Beginning, begin
from kgbuild.stores.difference import Difference
from kgbuild.stores.door import mapped
from kgbuild.stores.graphs import Graphs
from kgbuild.stores.locking import FolderLock
from kgbuild.stores.streaming import ByteStream
from kgbuild.stores.writing import Store

#: The bulk loader leaves a file for each of its dozen indexes while it sorts its input in one go (0.5 M quads; 0.95 M took two), beside
#: those that the store began with. More of them overlap, and each look-up has to search several: at 6.8 M quads it takes 45 µs, and 5 once
#: the files are compacted.
_FEW_FILES = 28


class EmbeddedStore(Store):
    """A store in this process. Every method that writes does so in one transaction: killed at any moment, it holds all of it or nothing."""

    def __init__(self, store: ox.Store, base: str, *, path: Path | None = None, lock: FolderLock | None = None) -> None:
        """Take an open database; callers use :meth:`open` and :meth:`build`."""
        super().__init__(store, base, path=path)
        self._lock = lock
        self._changed = path is None

    @classmethod
    def open(cls, path: Path | None, *, create: bool = False, read_only: bool = False, base: str | None = None) -> Self:
        """Open the store in a folder; ``None``: a new one in memory.

        ``read_only`` admits other readers beside this one. ``base`` is what the IRIs of a new store begin with; an existing one keeps its
        own, and another one given is an error.

        Raises:
            StoreMissing: there is no store, and ``create`` does not ask for one.
            StoreUnavailable: another process uses it, still after 2 s.
            StoreError: the place holds something else, is not writable, is damaged, or a newer kgbuild wrote it; or ``base`` differs.
        """
        if path is None:
            return cls._found(ox.Store(), base or DATA)
        with mapped(path, "cannot open the store"):
            if not folder.check(path, create=create):
                path.mkdir(parents=True, exist_ok=True)
            lock = FolderLock(path, shared=read_only)
            try:
                if not read_only:
                    folder.sweep(path)
                if not folder.check(path, create=create):  # looked at again, for another process may have made one
                    return cls._build(path, lock, (), base or DATA, None)
                database = folder.database(path)
                store = ox.Store.read_only(str(database)) if read_only else ox.Store(database)
                known = metadata.read_base(store, path)
                if known is None and (known := folder.updated(path)) and not read_only:
                    cls._found(store, known)  # DROP ALL took away what it said of itself
                if known is None:
                    raise StoreError(f"{path}: holds a database that kgbuild did not write", hint="name another --store")
                if base is not None and base != known:
                    raise StoreError(f"{path}: its IRIs begin with {known}, not {base}", hint="leave --base out, or name a new --store")
                return cls(store, known, path=path, lock=lock)
            except BaseException:
                lock.release()
                raise

    @classmethod
    def build(
        cls,
        path: Path,
        chunks: Iterable[bytes],
        *,
        base: str = DATA,
        beginning: Beginning | None = None,
        finish: Callable[[EmbeddedStore], None] | None = None,
    ) -> Self:
        """Create a store from N-Quads (see ``article_nquads``, ``graph_nquads``), fast, and open it. Not validated: canonical lines only.

        ``chunks`` are cut anywhere and are read as they come, after those of ``beginning``, which are the same for many stores. ``finish``
        may write to the store before anyone sees it. Until all is done the folder has no store, whatever happens.

        Raises:
            StoreUnavailable: another process uses the folder.
            StoreError: there is a store already, or the disk refuses.
        """
        with mapped(path, "cannot create the store"):
            path.mkdir(parents=True, exist_ok=True)
            lock = FolderLock(path, shared=False)
            try:
                if folder.check(path, create=True):
                    raise StoreError(f"{path}: there is a store already", hint="name another --store")
                folder.sweep(path)
                return cls._build(path, lock, chunks, base, finish, beginning)
            except BaseException:
                folder.sweep(path)
                lock.release()
                raise

    @classmethod
    def _build(
        cls,
        path: Path,
        lock: FolderLock,
        chunks: Iterable[bytes],
        base: str,
        finish: Callable[[EmbeddedStore], None] | None,
        beginning: Beginning | None = None,
    ) -> Self:
        place = folder.new_building(path)
        database = begin(place, beginning) if beginning else ox.Store(place)
        database.bulk_load(ByteStream(chunks), ox.RdfFormat.N_QUADS, lenient=True)  # type: ignore[arg-type]
        new = cls._found(database, base)
        del database
        if finish is not None:
            finish(new)
        if sum(1 for _ in place.glob("*.sst")) > _FEW_FILES:
            new.optimize()
        new.close()
        if finish is not None:
            try:
                ox.Store(place)
            except OSError:
                raise ValueError("finish() left an answer half read: it keeps the database open, which must not be moved so") from None
        folder.publish(path, place)
        return cls(ox.Store(folder.database(path)), base, path=path, lock=lock)

    @classmethod
    def _found(cls, store: ox.Store, base: str) -> Self:
        """Let an empty database become a store."""
        founding = Difference()
        founding.change(Graphs(base).records, [], metadata.founding_lines(base), facts=False)
        founding.write(store)
        return cls(store, base)

    def close(self) -> None:
        """Write out what is in memory and let others in. Answers not read to their end keep the database open. Twice is fine."""
        store, self._open = self._open, None
        while self._views:
            self._views.pop().close()  # or it would keep the database open, whatever another process does to its files
        try:
            if store is not None and self._changed:
                with suppress(OSError):  # what was acknowledged is in the log, whatever the disk says now
                    store.flush()  # or every later opening would replay the log: 50 ms instead of 8
        finally:
            del store
            if self._lock is not None:
                self._lock.release()

    def update(self, sparql: str) -> None:
        """Run a SPARQL update, in one transaction. It may make the default graph untrue, which is noted; see ``mend``."""
        with self._mapped("cannot update the store", sparql=sparql):
            if self.path is not None:
                folder.mark_updated(self.path, self.base)
            self._store.update(sparql)
            self._changed = True

    def drop_foreign(self) -> int:
        """Take out of the store's own graphs what only an update writes: blank nodes, triple terms. Returns how many triples."""
        with self._mapped("cannot write to the store"):
            return truth.drop_foreign(cast("ox.Store", self._store), self.graphs)

    def mend(self, rules: Rules) -> tuple[int, int]:
        """After SPARQL updates, let graph ``inferred`` and the default graph be true to the other graphs again, and go on with these rules.

        Returns how many triples came into the default graph, and how many left it.
        """
        self.reason_with(rules, materialise=True)
        with self._mapped("cannot write to the store"):
            done = truth.mend(cast("ox.Store", self._store), self.graphs)
        if self.path is not None:
            folder.unmark_updated(self.path)
        return done

    def optimize(self) -> None:
        """Compact the files, for faster reading after many writes: 40 s for seven million quads on two cores."""
        with self._mapped("cannot optimize the store"):
            self._store.optimize()

    def _apply(self, difference: Difference) -> None:
        difference.write(self._store)
        self._changed |= bool(difference.removed or difference.added)
