"""What one transaction changes: lines that leave and lines that come, per graph, and what follows for the default graph.

Several articles of one transaction are taken together: a triple that one of them drops and another one says stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Set

import pyoxigraph as ox

from kgbuild.rules import Fact, Rules, parse
from kgbuild.rules.maintenance import change
from kgbuild.stores.database import Database
from kgbuild.stores.graphs import Graphs
from kgbuild.stores.knowledge import StoreKnowledge
from kgbuild.stores.probing import said_elsewhere

#: stands for the default graph
DEFAULT = ""


class Difference:
    """Collects changes graph by graph; :meth:`settle` adds those of the default graph, :meth:`write` writes all in one transaction."""

    def __init__(self) -> None:
        #: graph IRI -> lines
        self.removed: dict[str, set[str]] = {}
        self.added: dict[str, set[str]] = {}
        #: fact -> the graphs that say it no more; graph ``inferred`` is not among them, for what it holds nobody says
        self._leaving: dict[str, set[str]] = {}
        self._coming: set[str] = set()

    def change(self, graph: str, removed: Collection[str], added: Collection[str], *, facts: bool) -> None:
        """Note that lines leave a graph and others come to it; ``facts``: these lines count for the default graph."""
        if removed:
            self.removed.setdefault(graph, set()).update(removed)
        if added:
            self.added.setdefault(graph, set()).update(added)
        if facts:
            self._coming.update(added)
            for line in removed:
                self._leaving.setdefault(line, set()).add(graph)

    def replace(self, graph: str, old: Set[str], new: Set[str], *, facts: bool) -> None:
        """Note that a graph's lines become others; what is in both stays untouched."""
        self.change(graph, old - new, new - old, facts=facts)

    def copy(self) -> Difference:
        """The same, to be settled."""
        other = Difference()
        for mine, its in ((self.removed, other.removed), (self.added, other.added), (self._leaving, other._leaving)):
            its.update({key: set(values) for key, values in mine.items()})
        other._coming = set(self._coming)
        return other

    def touched(self) -> frozenset[str]:
        """The subjects of the facts that come or leave, as ``<iri>``."""
        return frozenset(line.partition(" ")[0] for lines in (self._leaving, self._coming) for line in lines)

    def settle(self, store: Database, graphs: Graphs, rules: Rules | None = None) -> None:
        """Keep true what follows: graph ``inferred``, by the rules if there are any, and the default graph.

        Facts that come enter the default graph; those leave it that nobody says any more, and no rule gives.
        """
        leaving = {line: places for line, places in self._leaving.items() if line not in self._coming}
        left = leaving.keys() - said_elsewhere(store, graphs, leaving)

        def said(lines: Collection[str]) -> set[str]:
            """Those lines that somebody says after the change."""
            asked = {line: self._leaving.get(line) or {graphs.inferred} for line in lines if line not in self._coming}
            return {line for line in lines if line in self._coming} | said_elsewhere(store, graphs, asked)

        if rules is not None and (left or self._coming):
            self.change(graphs.inferred, *_inferences(rules, store, graphs, left, self._coming, said), facts=False)
        no_more, newly = self.removed.get(graphs.inferred, set()), self.added.get(graphs.inferred, set())
        if self._coming or newly:
            self.added[DEFAULT] = self._coming | newly
        gone = {line for line in left - no_more - newly if not _holds(store, graphs.inferred, line)}
        if doubtful := no_more - newly:
            gone |= doubtful - said(doubtful)
        if gone:
            self.removed[DEFAULT] = gone

    def write(self, store: Database) -> None:
        """Write everything in one transaction.

        Only an update can remove and add in one transaction; where nothing is removed, loading bytes takes two thirds of its time.
        """
        if self.removed:
            store.update(sparql(self.removed, self.added))
        elif self.added:
            store.load(self._nquads(), ox.RdfFormat.N_QUADS, lenient=True)

    def _nquads(self) -> bytes:
        ends = {graph: f" <{graph}> .\n" if graph else " .\n" for graph in self.added}
        return "".join([line + ends[graph] for graph, lines in self.added.items() for line in lines]).encode()


def sparql(removed: Mapping[str, Collection[str]], added: Mapping[str, Collection[str]]) -> str:
    """The SPARQL update that takes lines out of graphs and adds others (graph IRI -> lines, one at least); N-Triples terms are SPARQL's.

    An operation for each graph: Virtuoso 7, given several at once, leaves typed literals where they are.
    """
    operations = []
    for verb, changes in (("DELETE", removed), ("INSERT", added)):
        for graph, lines in changes.items():
            block = " .\n".join(lines)
            operations.append(f"{verb} DATA {{\nGRAPH <{graph}> {{\n{block} .\n}}\n}}" if graph else f"{verb} DATA {{\n{block} .\n}}")
    return ";\n".join(operations)


def _inferences(
    rules: Rules, store: Database, graphs: Graphs, left: Collection[str], came: Collection[str], said: Callable[[Collection[str]], set[str]]
) -> tuple[set[str], set[str]]:
    """The lines that leave graph ``inferred`` and those that come to it."""
    known = StoreKnowledge(store, graphs.inferred)
    removed, added = change(
        rules.engine,
        known,
        map(parse, left),
        map(parse, came),
        inferred=known.is_inferred,
        said=lambda facts: set(map(parse, said(list(map(_line, facts))))),
    )
    always = rules.always
    return set(map(_line, removed)) - always, {_line(fact) for fact in added if not known.is_inferred(fact)}


def _line(fact: Fact) -> str:
    return " ".join(fact)


def _holds(store: Database, graph: str, line: str) -> bool:
    (quad,) = ox.parse(f"{line} <{graph}> .", ox.RdfFormat.N_QUADS, lenient=True)
    return quad in store
