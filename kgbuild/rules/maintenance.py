"""What is inferred, kept true: after a change of facts, only what that change bears on is looked at.

Inferred is exactly what some rule gives for what is known, said by someone or inferred itself, provided that it rests on something said:
a function of what is said, whatever the order in which it came to be.

The way is delete-and-rederive. First goes everything that a fact which left had a part in; then what still rests on something else comes
back; then what new facts give is added. Rules in a circle (a relation that holds both ways) are thereby no support for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Protocol

from kgbuild.rules.evaluation import Engine, Knowledge
from kgbuild.rules.rule import Fact


class Changing(Knowledge, Protocol):
    """What is known, before the change at first; facts can be taken from it."""

    def discard(self, fact: Fact) -> None:
        """Take a fact out."""


def change(
    engine: Engine,
    known: Changing,
    left: Iterable[Fact],
    came: Iterable[Fact],
    *,
    inferred: Callable[[Fact], bool],
    said: Callable[[Collection[Fact]], Collection[Fact]],
) -> tuple[set[Fact], set[Fact]]:
    """What is no more inferred, and what newly is (some of which may have been before).

    ``left``: facts that nobody says any more; ``came``: facts that somebody says now. ``inferred`` tells whether a fact was inferred
    before the change; ``said`` picks the facts that somebody says after it. ``known`` holds what was said or inferred before, and
    ends as what is after.
    """
    left = list(left)
    doubtful, gone = _doubtful(engine, known, left, inferred, said)
    for fact in gone:
        known.discard(fact)
    doubtful -= _rederived(engine, known, doubtful)
    added = engine.forward((fact for fact in came if engine.is_relevant(fact)), known)
    return doubtful - added, added


def _doubtful(
    engine: Engine,
    known: Changing,
    left: list[Fact],
    inferred: Callable[[Fact], bool],
    said: Callable[[Collection[Fact]], Collection[Fact]],
) -> tuple[set[Fact], set[Fact]]:
    """What was inferred with any part in it of facts that left; and all that is known no more, until it is rederived."""
    doubtful: set[Fact] = set()
    wave = [fact for fact in left if engine.is_relevant(fact)]
    gone = set(wave)
    while wave:
        heads = {head for fact in wave for head in engine.heads(fact, known)} - doubtful
        reached = {head for head in heads if inferred(head)}
        doubtful |= reached
        wave = list(reached - gone - set(said(reached)))
        gone.update(wave)
    # what left but was inferred too, by rules that no lost fact had a part in, is known as before
    return doubtful, {fact for fact in gone if fact in doubtful or not inferred(fact)}


def _rederived(engine: Engine, known: Changing, doubtful: set[Fact]) -> set[Fact]:
    """Those of the doubtful that still follow; ``known`` takes them in."""
    found: set[Fact] = set()
    waiting = set(doubtful)
    while again := {fact for fact in waiting if engine.derivable(fact, known)}:
        for fact in again:
            known.add(fact)
        waiting -= again
        found |= again
    return found
