"""The store of one machine: oxigraph in this process, on disk or in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import pyoxigraph as ox

from kgbuild.errors import StoreError
from kgbuild.iris import DATA
from kgbuild.rules import Rules
from kgbuild.stores import article as kept
from kgbuild.stores import folder, materialising, truth
from kgbuild.stores import meta as metadata
from kgbuild.stores.article import ArticleGraph, PutReport
from kgbuild.stores.difference import Difference
from kgbuild.stores.door import mapped
from kgbuild.stores.graphs import Graphs
from kgbuild.stores.locking import FolderLock
from kgbuild.stores.materialising import Materialised
from kgbuild.stores.reading import WRITTEN, Reading
from kgbuild.stores.streaming import ByteStream

NOTHING: Mapping[str, str] = MappingProxyType({})


class EmbeddedStore(Reading):
    """A dataset of article graphs, the store's own graphs, and the default graph, which every write keeps true.

    Every method that writes does so in one transaction: killed at any moment, a store holds all of it or nothing. A context manager.
    """

    def __init__(self, store: ox.Store, base: str, *, path: Path | None = None, lock: FolderLock | None = None) -> None:
        """Take an open database; callers use :meth:`open` and :meth:`build`."""
        super().__init__(store, base, path=path)
        self._lock = lock
        self._changed = path is None
        self._rules: Rules | None = None

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
    def build(cls, path: Path, chunks: Iterable[bytes], *, base: str = DATA, finish: Callable[[EmbeddedStore], None] | None = None) -> Self:
        """Create a store from N-Quads (see ``article_nquads``, ``graph_nquads``), fast, and open it. Not validated: canonical lines only.

        ``chunks`` are cut anywhere and are read as they come. ``finish`` may write to the store before anyone sees it. Until all is
        done the folder has no store, whatever happens.

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
                return cls._build(path, lock, chunks, base, finish)
            except BaseException:
                folder.sweep(path)
                lock.release()
                raise

    @classmethod
    def _build(
        cls, path: Path, lock: FolderLock, chunks: Iterable[bytes], base: str, finish: Callable[[EmbeddedStore], None] | None
    ) -> Self:
        place = folder.new_building(path)
        database = ox.Store(place)
        database.bulk_load(ByteStream(chunks), ox.RdfFormat.N_QUADS, lenient=True)  # type: ignore[arg-type]
        new = cls._found(database, base)
        del database
        if finish is not None:
            finish(new)
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def put(
        self,
        articles: Sequence[ArticleGraph],
        run_lines: Iterable[str] = (),
        *,
        anew: bool = False,
        meta: Mapping[str, str] = NOTHING,
    ) -> PutReport:
        """Store articles, each in place of what it said before; unchanged ones write nothing.

        ``run_lines`` go to graph ``runs``, but those whose subject is an unchanged article; none if all are unchanged. ``anew``: compare
        what they say and not their fingerprints, which know nothing of decisions. ``meta``: see ``set_meta``.
        Raises ValueError if one article comes twice.
        """
        if len({article.iri for article in articles}) < len(articles):
            raise ValueError("one article comes twice in one transaction")
        difference = Difference()
        added = replaced = 0
        unchanged: set[str] = set()
        for article in articles:
            before = self.fingerprint(article.iri)
            if before == article.fingerprint and not anew:
                unchanged.add(f"<{article.iri}>")
                continue
            added, replaced = (added + 1, replaced) if before is None else (added, replaced + 1)
            self._replace(difference, article.iri, article, known=before is not None)
        if added or replaced:
            lines = [line for line in run_lines if line.partition(" ")[0] not in unchanged]
            difference.change(self.graphs.runs, (), lines, facts=False)
        self._write(difference, meta)
        return PutReport(added, replaced, len(unchanged), 0, difference.touched())

    def remove(self, articles: Iterable[str], *, meta: Mapping[str, str] = NOTHING) -> PutReport:
        """Take articles out, with all that only they say; those that the store does not have are passed over."""
        difference = Difference()
        known = [article for article in dict.fromkeys(articles) if self.fingerprint(article) is not None]
        for article in known:
            self._replace(difference, article, None, known=True)
        self._write(difference, meta)
        return PutReport(0, 0, 0, len(known), difference.touched())

    def set_graphs(self, graphs: Mapping[str, Collection[str]], *, meta: Mapping[str, str] = NOTHING) -> frozenset[str]:
        """Let some of the store's own graphs hold these lines and no others, in one transaction. Returns the subjects touched."""
        difference = Difference()
        for name, lines in graphs.items():
            iri = self.graphs.iri(name)
            difference.replace(iri, self.lines(name), frozenset(lines), facts=self.graphs.is_said(iri))
        self._write(difference, meta)
        return difference.touched()

    def set_graph(self, name: str, lines: Collection[str], *, meta: Mapping[str, str] = NOTHING) -> frozenset[str]:
        """Let one of the store's own graphs hold these lines and no others; see ``set_graphs``."""
        return self.set_graphs({name: lines}, meta=meta)

    def change_graph(self, name: str, removed: Iterable[str], added: Iterable[str], *, meta: Mapping[str, str] = NOTHING) -> None:
        """Take lines out of one of the store's own graphs and add others, without reading it. A line in both stays."""
        iri, gone, come = self.graphs.iri(name), frozenset(removed), frozenset(added)
        difference = Difference()
        difference.change(iri, gone - come, come, facts=self.graphs.is_said(iri))
        self._write(difference, meta)

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Remember values by name, such as the ontology's hash. Other writes take ``meta=`` to do so in their own transaction."""
        self._write(Difference(), values)

    def reason_with(self, rules: Rules, *, materialise: bool = False) -> Materialised | None:
        """Keep graph ``inferred`` true to some rules from now on, with every write and in its transaction.

        What was inferred by other rules, or written without any, is worked out anew first, and so it is with ``materialise``; returns
        what that came to.
        """
        done = None
        if materialise or not self.is_inferred_by(rules):
            self._rules = None
            finished = {metadata.INFERRED_BY: rules.digest, "format": str(metadata.FORMAT)}
            with self._mapped("cannot write what is inferred"):
                done = materialising.materialise(
                    self._store, self.graphs, rules, lambda difference, last: self._write(difference, finished if last else NOTHING)
                )
        self._rules = rules
        return done

    def is_inferred_by(self, rules: Rules) -> bool:
        """Claim that graph ``inferred`` holds what these rules infer."""
        return self.meta(metadata.INFERRED_BY) == rules.digest

    def infers(self, predicate: str) -> bool:
        """Claim that a rule in force may give facts with a predicate. Without rules in force, any may have been in force."""
        return self._rules is None or f"<{predicate}>" in self._rules.engine.given_predicates

    def join(self, rules: Rules) -> None:
        """Infer what follows from several facts together, in a store built with all that follows from each one; then as ``reason_with``."""
        with self._mapped("cannot write what is inferred"):
            materialising.join(self._store, self.graphs.inferred, rules.engine)
        self.set_meta({metadata.INFERRED_BY: rules.digest})
        self._rules = rules

    def update(self, sparql: str) -> None:
        """Run a SPARQL update, in one transaction. It may make the default graph untrue, which is noted; see ``mend``."""
        with self._mapped("cannot update the store", sparql=True):
            if self.path is not None:
                folder.mark_updated(self.path, self.base)
            self._store.update(sparql)
            self._changed = True

    def drop_foreign(self) -> int:
        """Take out of the store's own graphs what only an update writes: blank nodes, triple terms. Returns how many triples."""
        with self._mapped("cannot write to the store"):
            return truth.drop_foreign(self._store, self.graphs)

    def mend(self, rules: Rules) -> tuple[int, int]:
        """After SPARQL updates, let graph ``inferred`` and the default graph be true to the other graphs again, and go on with these rules.

        Returns how many triples came into the default graph, and how many left it.
        """
        self.reason_with(rules, materialise=True)
        with self._mapped("cannot write to the store"):
            done = truth.mend(self._store, self.graphs)
        if self.path is not None:
            folder.unmark_updated(self.path)
        return done

    def optimize(self) -> None:
        """Compact the files, for faster reading after many writes. Takes minutes on millions of quads."""
        with self._mapped("cannot optimize the store"):
            self._store.optimize()

    def _replace(self, difference: Difference, iri: str, article: ArticleGraph | None, *, known: bool) -> None:
        """Note what changes when an article takes the place of what is known of it; None: nothing does."""
        before, facts, details = set[str](), frozenset[str](), frozenset[str]()
        if known:
            for quad in self._store.quads_for_pattern(ox.NamedNode(iri), None, None, self._records):
                before.add(f"{quad.subject} {quad.predicate} {quad.object}")
                if quad.predicate == WRITTEN:
                    facts, details = self._unpacked(iri, partial(kept.unpack_lines, iri), quad.object.value)  # type: ignore[union-attr]
        after = set() if article is None else kept.record_lines(article)
        difference.replace(self.graphs.records, before, after, facts=False)
        new_facts = frozenset(article.facts if article else ())
        difference.replace(iri, facts, new_facts, facts=True)
        difference.replace(iri, details, frozenset(article.details if article else ()) - new_facts, facts=False)

    def _write(self, difference: Difference, values: Mapping[str, str]) -> None:
        with self._mapped("cannot write to the store"):
            if self._rules is None and difference.touched() and self.meta(metadata.INFERRED_BY):
                values = {metadata.INFERRED_BY: "", **values}  # whoever writes without rules leaves what is inferred behind
            metadata.write(difference, self._store, self.graphs, values)
            difference.settle(self._store, self.graphs, self._rules)
            difference.write(self._store)
            self._changed |= bool(difference.removed or difference.added)
