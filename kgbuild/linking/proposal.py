"""A proposal: two things, how likely they are one, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two things (IRIs, the smaller first) that may be one; ``score`` from 0 to 1, ``why`` in words, what speaks for it first."""

    score: float
    kind: str
    one: str
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """What proposing came to. ``rows(limit)`` gives the best first, from disk; the number of pairs compared; what was cut short."""

    total: int
    compared: int
    #: sentences on blocks that were too large to be compared whole
    cut: tuple[str, ...]
    rows: Callable[[int], Iterator[Proposal]]
