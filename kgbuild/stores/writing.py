"""The half of a store that writes: articles, the store's own graphs, what it remembers; the same wherever the graph is kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import pyoxigraph as ox

from kgbuild.rules import Rules
from kgbuild.stores import article as kept
from kgbuild.stores import materialising
from kgbuild.stores import meta as metadata
from kgbuild.stores.article import ArticleGraph, PutReport
from kgbuild.stores.database import Database
from kgbuild.stores.difference import Difference
from kgbuild.stores.materialising import Materialised
from kgbuild.stores.reading import WRITTEN, Reading

NOTHING: Mapping[str, str] = MappingProxyType({})


class Store(Reading, ABC):
    """A dataset of article graphs, the store's own graphs, and the default graph, which every write keeps true.

    Where it is kept is told by those below; see :func:`kgbuild.stores.open_store`. A context manager.
    """

    def __init__(self, store: Database, base: str, *, path: Path | None = None) -> None:
        super().__init__(store, base, path=path)
        self._rules: Rules | None = None
        #: something was written since it was opened
        self._changed = False

    @abstractmethod
    def close(self) -> None:
        """Let go of the store. Twice is fine."""

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

        def compare() -> tuple[Difference, int, int, set[str]]:
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
            return difference, added, replaced, unchanged

        difference, added, replaced, unchanged = self.foreseen(compare)
        if added or replaced:
            lines = [line for line in run_lines if line.partition(" ")[0] not in unchanged]
            difference.change(self.graphs.runs, (), lines, facts=False)
        self._write(difference, meta)
        return PutReport(added, replaced, len(unchanged), 0, difference.touched())

    def remove(self, articles: Iterable[str], *, meta: Mapping[str, str] = NOTHING) -> PutReport:
        """Take articles out, with all that only they say; those that the store does not have are passed over."""
        named = list(dict.fromkeys(articles))

        def compare() -> tuple[Difference, list[str]]:
            difference = Difference()
            known = [article for article in named if self.fingerprint(article) is not None]
            for article in known:
                self._replace(difference, article, None, known=True)
            return difference, known

        difference, known = self.foreseen(compare)
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
        """Run a SPARQL update, in one transaction. It may make the default graph untrue: nobody looks after it here."""
        with self._mapped("cannot update the store", sparql=sparql):
            self._store.update(sparql)
            self._changed = True

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
            self._apply(self.foreseen(lambda: self._settled(difference.copy(), values)))

    def _settled(self, difference: Difference, values: Mapping[str, str]) -> Difference:
        """A change with all that follows from it; only looks."""
        metadata.write(difference, self._store, self.graphs, values)
        difference.settle(self._store, self.graphs, self._rules)
        return difference

    @abstractmethod
    def _apply(self, difference: Difference) -> None:
        """Write a change with all that follows from it."""
