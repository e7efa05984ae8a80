"""What a store of this machine holds, graph by graph, as it is sent elsewhere and compared: lines, how many, and a hash over all of them.

A hash is over canonical lines, sorted. That of an article is over what is kept with it, which holds the lines of its graph; so it costs
0.1 ms, where reading the graph would cost 5. It is kept beside the graph in the store elsewhere, in graph ``records``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kgbuild.errors import StoreError
from kgbuild.iris import KG
from kgbuild.literals import string
from kgbuild.stores.embedded import EmbeddedStore
from kgbuild.stores.graphs import MERGED
from kgbuild.stores.remote.comparing import canonical

#: graph -> how many lines it was sent as, and their hash
CONTENT = f"{KG}contentHash"

_UNNAMED = re.compile(r"_:[^ ]+ |.* (?:_:[^ \"]+|<<.*>>)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Content:
    """One graph: what it is sent as."""

    graph: str
    #: lines that the default graph holds too
    facts: frozenset[str]
    details: frozenset[str]
    #: the lines of graph ``records`` that keep it; none for the store's own graphs
    kept: frozenset[str]
    digest: str

    @property
    def lines(self) -> frozenset[str]:
        """All lines of the graph."""
        return self.facts | self.details

    @property
    def mark(self) -> str:
        """The line of graph ``records`` that says what was sent."""
        return f"<{self.graph}> <{CONTENT}> {string(self.value)}"

    @property
    def value(self) -> str:
        """What is said in that line."""
        return f"{len(self.facts) + len(self.details)}:{self.digest}"


class Near:
    """A store of this machine, to be sent."""

    def __init__(self, store: EmbeddedStore) -> None:
        self.store = store
        self.graphs = store.graphs
        #: graphs that are none of kgbuild's, which a SPARQL update made: they stay here
        self.foreign = sorted(name for name in store.graph_names() if not name.startswith(store.base) and self._holds(name))

    def names(self) -> list[str]:
        """The graphs to be sent: the store's own that hold anything, the articles', and what else lies below the base; not ``records``."""
        own = [*map(self.graphs.iri, MERGED), self.graphs.runs]
        articles = set(self.store.articles())
        # the engine remembers graphs that are empty by now
        others = {
            name for name in self.store.graph_names() if name.startswith(self.store.base) and name not in articles and self._holds(name)
        }
        return [name for name in own if name in others] + sorted((articles | others) - {*own, self.graphs.records})

    def digest(self, graph: str) -> str:
        """The hash of a graph."""
        kept = self.store.kept_lines(graph) if self.graphs.is_article(graph) else frozenset[str]()
        if kept and not self.store.is_updated:
            return _hashed(kept)
        return _hashed(kept, self._read(graph))

    def content(self, graph: str) -> Content:
        """A whole graph. Raises StoreError where it holds what has no name."""
        kept = self.store.kept_lines(graph) if self.graphs.is_article(graph) else frozenset[str]()
        written = self.store.written(graph) if kept and not self.store.is_updated else None
        if written is not None and sum(map(len, written)) == self.store.size(graph):
            return Content(graph, *written, kept, _hashed(kept))
        # a SPARQL update may have changed the graph behind the record's back
        lines = self._read(graph)
        facts = frozenset(line for line in lines if self.graphs.says(graph, line))
        digest = _hashed(kept, lines) if written is None else _hashed(kept)
        return Content(graph, facts, lines - facts, kept, digest)

    def memory(self) -> set[str]:
        """What the store remembers of itself, in graph ``records``."""
        return set(self.store.kept_lines(self.graphs.records))

    def default_lines(self) -> Iterator[str]:
        """The lines of the default graph."""
        return map(str, self.store.triples_of(""))

    def holds(self, line: str) -> bool:
        """Claim that the default graph holds a line, or one that says the same (see ``canonical``)."""
        (quad,) = ox.parse(f"{line} .", ox.RdfFormat.N_TRIPLES, lenient=True)
        if not isinstance(quad.object, ox.Literal):
            return self.store.says(quad.subject.value, quad.predicate.value, quad.object.value)
        said = (str(value) for name, value in self.store.facts_of(quad.subject.value) if name == quad.predicate.value)
        wanted, start = canonical(line), f"{quad.subject} {quad.predicate} "
        return any(canonical(start + value) == wanted for value in said)

    def _holds(self, graph: str) -> bool:
        return next(self.store.triples_of(graph), None) is not None

    def _read(self, graph: str) -> frozenset[str]:
        lines = frozenset(map(str, self.store.triples_of(graph)))
        if unnamed := next((line for line in lines if _UNNAMED.match(line)), None):
            raise StoreError(
                f"<{graph}>: holds what has no name, which cannot be compared from store to store: {unnamed[:200]}",
                hint="a SPARQL update wrote it: `kgbuild load --rebuild`, or give it an IRI",
            )
        return lines


def _hashed(*parts: Iterable[str]) -> str:
    """A hash of sets of lines."""
    whole = hashlib.sha256()
    for lines in parts:
        whole.update("\n".join([*sorted(lines), ""]).encode())
        whole.update(b"\0")
    return whole.hexdigest()[:32]
