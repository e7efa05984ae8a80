"""What a store asks of the database under it: a small part of pyoxigraph's ``Store``, which stores elsewhere have too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Protocol

import pyoxigraph as ox

Answer = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


class Database(Protocol):
    """Quads. pyoxigraph's ``Store`` is one."""

    def quads_for_pattern(self, subject: Any, predicate: Any, object: Any, graph_name: Any, /) -> Iterator[ox.Quad]:
        """The quads that fit; None fits any. Without a graph: those of all named graphs, and of the default graph or not."""

    def query(self, query: str, /, *, use_default_graph_as_union: bool = False) -> Answer:
        """Answer a query."""

    def update(self, update: str, /) -> None:
        """Run an update."""

    def load(self, input: bytes, format: ox.RdfFormat, /, *, lenient: bool = False) -> None:
        """Add quads."""

    def dump(self, output: IO[bytes], format: ox.RdfFormat, /, *, from_graph: Any = None, prefixes: dict[str, str] | None = None) -> Any:
        """Write a graph, or all."""

    def named_graphs(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """The names of graphs."""

    def flush(self) -> None:
        """Have all written out."""

    def optimize(self) -> None:
        """Arrange for faster reading."""

    def __contains__(self, quad: Any, /) -> bool: ...

    def __len__(self) -> int: ...
