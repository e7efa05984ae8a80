"""What one transaction changes: lines that leave and lines that come, per graph, and what follows for the default graph.

Several articles of one transaction are taken together: a triple that one of them drops and another one says stays.
"""

from __future__ import annotations

from collections.abc import Collection, Set

import pyoxigraph as ox

from kgbuild.stores.graphs import Graphs
from kgbuild.stores.probing import said_elsewhere

#: stands for the default graph
DEFAULT = ""


class Difference:
    """Collects changes graph by graph; :meth:`settle` adds those of the default graph, :meth:`write` writes all in one transaction."""

    def __init__(self) -> None:
        #: graph IRI -> lines
        self.removed: dict[str, set[str]] = {}
        self.added: dict[str, set[str]] = {}
        #: fact -> the graphs that say it no more
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

    def touched(self) -> frozenset[str]:
        """The subjects of the facts that come or leave, as ``<iri>``."""
        return frozenset(line.partition(" ")[0] for lines in (self._leaving, self._coming) for line in lines)

    def settle(self, store: ox.Store, graphs: Graphs) -> None:
        """Keep the default graph true: facts that come enter it, those that nobody says any more leave it."""
        if self._coming:
            self.added[DEFAULT] = self._coming
        leaving = {line: places for line, places in self._leaving.items() if line not in self._coming}
        gone = leaving.keys() - said_elsewhere(store, graphs, leaving)
        if gone:
            self.removed[DEFAULT] = gone

    def write(self, store: ox.Store) -> None:
        """Write everything in one transaction.

        Only an update can remove and add in one transaction; where nothing is removed, loading bytes takes two thirds of its time.
        """
        if self.removed:
            operations = [("DELETE", self.removed), ("INSERT", self.added)]
            store.update(";\n".join(f"{verb} DATA {{\n{_sparql(lines)}}}" for verb, lines in operations if lines))
        elif self.added:
            store.load(self._nquads(), ox.RdfFormat.N_QUADS, lenient=True)

    def _nquads(self) -> bytes:
        ends = {graph: f" <{graph}> .\n" if graph else " .\n" for graph in self.added}
        return "".join([line + ends[graph] for graph, lines in self.added.items() for line in lines]).encode()


def _sparql(changes: dict[str, set[str]]) -> str:
    """Write lines as the quads of a SPARQL update: N-Triples terms are SPARQL terms."""
    blocks = []
    for graph, lines in changes.items():
        block = " .\n".join(lines)
        blocks.append(f"GRAPH <{graph}> {{\n{block} .\n}}\n" if graph else f"{block} .\n")
    return "".join(blocks)
