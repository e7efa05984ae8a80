"""Propose pairs: kind by kind, what is decided already left out, the best first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kgbuild import vocabulary as v
from kgbuild.decisions import Decisions
from kgbuild.iris import KG
from kgbuild.linking import happenings, named
from kgbuild.linking.blocks import LARGEST, Blocks
from kgbuild.linking.proposal import Proposal, Proposals
from kgbuild.linking.records import Happening, Named
from kgbuild.linking.sources import Source

#: kind -> the class at its head; a thing is of the first that it fits
KINDS = {
    "person": (v.PERSON,),
    "outlet": (KG + "MediaOutlet",),
    "organization": (v.ORGANIZATION, KG + "Coalition"),
    "place": (KG + "Place", v.STATE),
    "event": (v.EVENT,),
}
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
    is_event = kind == "event"
    for thing in (happenings.events if is_event else named.things)(source, kind, classes):
        blocks.add(thing)
    compared = 0
    waiting: list[Proposal] = []
    for one, other in blocks.pairs(Happening if is_event else Named):  # type: ignore[type-var]
        compared += 1
        found = happenings.compare(one, other, source) if isinstance(one, Happening) else named.compare(one, other, source)  # type: ignore[arg-type]
        if found is None or (score := round(min(max(found[0], 0.0), 0.99), 2)) < min_score:
            continue
        first, second = sorted((one.iri, other.iri))
        if first in decided and second in decided and decisions.verdict(first, second) is not None:
            continue
        waiting.append(Proposal(score, kind, first, second, found[1]))
        if len(waiting) >= _BATCH:
            blocks.propose(waiting)
            waiting = []
    blocks.propose(waiting)
    return compared


def _said(kind: str, cut: list[tuple[str, int]]) -> list[str]:
    """Say what was cut: what does not fit into a block of its size was compared in the other blocks that it is in, if at all."""
    if not cut:
        return []
    largest, size = max(cut, key=lambda block: block[1])
    shared = largest.split("|", 1)[1].replace("|", ", ")
    return [
        f"{kind}: {len(cut):,} groups were larger than {LARGEST}, and only the first {LARGEST} of each were compared; "
        f"the largest has {size:,} (those that share {shared})"
    ]
