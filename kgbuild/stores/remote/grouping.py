"""What goes together in one request of a push: whole graphs, or changes of graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from kgbuild.stores.remote.contents import Content

T = TypeVar("T")


@dataclass
class Change:
    """What changes with one graph: graph -> lines."""

    content: Content
    stays: bool
    removed: dict[str, set[str]]
    added: dict[str, set[str]]

    @property
    def size(self) -> int:
        """In lines."""
        return sum(map(len, self.removed.values())) + sum(map(len, self.added.values()))


@dataclass
class Group:
    """Changes that go together."""

    changes: list[Change] = field(default_factory=list)

    @property
    def size(self) -> int:
        """In lines."""
        return sum(change.size for change in self.changes)

    def together(self, which: str) -> dict[str, set[str]]:
        """The lines of all, by graph."""
        found: dict[str, set[str]] = {}
        for change in self.changes:
            for graph, lines in getattr(change, which).items():
                found.setdefault(graph, set()).update(lines)
        return found


def batches(contents: Iterable[Content], limit: int) -> Iterator[list[Content]]:
    """Graphs, as many at a time as make up so many lines; one at least."""
    batch: list[Content] = []
    size = 0
    for content in contents:
        lines = 2 * len(content.facts) + len(content.details)
        if batch and size + lines > limit:
            yield batch
            batch, size = [], 0
        batch.append(content)
        size += lines
    if batch:
        yield batch


def parts(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Things, so many at a time."""
    part: list[T] = []
    for item in items:
        part.append(item)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
