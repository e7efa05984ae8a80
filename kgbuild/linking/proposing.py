"""Propose pairs: kind by kind, what is decided already left out, the best first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from kgbuild import vocabulary as v
from kgbuild.decisions import Decisions
from kgbuild.iris import KG
from kgbuild.linking import happenings, named
from kgbuild.linking.blocks import LARGEST, Blocks
from kgbuild.linking.proposal import Proposal, Proposals
from kgbuild.linking.records import Happening, Named
from kgbuild.linking.sources import Name, Source

#: kind -> the class at its head; a thing is of the first that it fits
KINDS = {
    "person": (v.PERSON,),
    "outlet": (KG + "MediaOutlet",),
    "organization": (v.ORGANIZATION, KG + "Coalition"),
    "place": (KG + "Place", v.STATE),
    "event": (v.EVENT,),
}
T = TypeVar("T", Named, Happening)
#: score and why
Likeness = tuple[float, str]
#: proposals written at a time
_BATCH = 1000


@contextmanager
def propose(
    source: Source,
    decisions: Decisions,
    kinds: dict[str, frozenset[str]],
    *,
    min_score: float,
) -> Iterator[Proposals]:
    """Propose pairs of things that may be one and on which nothing is decided.

    Args:
        source: the store.
        decisions: what is decided; also what follows from it is not asked again.
        kinds: kind -> the classes (IRIs) to look at.
        min_score: the least score that is proposed.
    """
    decided = decisions.classes.keys() | {thing for decision in decisions for thing in decision.pair}
    cut: list[str] = []
    compared = 0
    with Blocks() as blocks:
        for kind, classes in kinds.items():
            compared += _kind(blocks, source, kind, classes, decisions, decided, min_score)
            cut += _said(kind, blocks.cut)
            blocks.cut = []
            blocks.clear()
        yield Proposals(blocks.proposed, compared, tuple(cut), blocks.proposals)


def classes_of(source: Source, heads: tuple[str, ...], taken: frozenset[str] = frozenset()) -> frozenset[str]:
    """The classes of a kind, less those that another kind has."""
    return frozenset().union(*(source.below(head) for head in heads)) - taken


def _kind(
    blocks: Blocks,
    source: Source,
    kind: str,
    classes: frozenset[str],
    decisions: Decisions,
    decided: set[str],
    min_score: float,
) -> int:
    if kind == "event":
        found = _compared(blocks, happenings.events(source, kind, classes), Happening, happenings.compare, source, min_score)
    else:
        found = _compared(blocks, named.things(source, kind, classes), Named, named.compare, source, min_score)
    compared = 0
    waiting: list[Proposal] = []
    for one, other, likeness in found:
        compared += 1
        if likeness is None:
            continue
        first, second = sorted((one, other))
        if first in decided and second in decided and decisions.verdict(first, second) is not None:
            continue
        waiting.append(Proposal(likeness[0], kind, first, second, likeness[1]))
        if len(waiting) >= _BATCH:
            blocks.propose(waiting)
            waiting = []
    blocks.propose(waiting)
    return compared


def _compared(
    blocks: Blocks,
    things: Iterator[T],
    cls: type[T],
    compare: Callable[[T, T, Source, Name, float], Likeness | None],
    source: Source,
    least: float,
) -> Iterator[tuple[str, str, Likeness | None]]:
    """Put things into blocks, and compare what shares one: the two, and where their score is at least so high, score and reasons.

    Reasons name things, and names are asked of the store: so only for what is proposed.
    """
    for thing in things:
        blocks.add(thing)
    for one, other in blocks.pairs(cls):
        found = compare(one, other, source, str, least) and compare(one, other, source, source.name, least)
        yield one.iri, other.iri, found and (round(min(found[0], 0.99), 2), found[1])


def _said(kind: str, cut: list[tuple[str, int]]) -> list[str]:
    """Say what was cut: what does not fit into a block of its size was compared in the other blocks that it is in, if at all."""
    if not cut:
        return []
    largest, size = max(cut, key=lambda block: block[1])
    shared = largest.split("|", 1)[1].replace("|", ", ")
    groups = f"{kind}: {len(cut):,} groups were too large, and only their first {LARGEST} or more were compared"
    return [f"{groups}; the largest has {size:,} (those that share {shared})"]
