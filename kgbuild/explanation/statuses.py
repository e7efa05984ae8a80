"""What policies make of what is said of a thing, and on which statements that rests."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.explanation.asking import Asking
from kgbuild.explanation.evidence import Sentence, sentences

#: statements that a status rests on that are shown with their sentences
BASIS = 6


@dataclass(frozen=True, slots=True)
class Status:
    """What a policy makes of a thing: terms in N-Triples syntax. ``basis``: the statements that it rests on, each with a sentence or none.

    ``more`` statements were left out.
    """

    policy: str
    status: str
    basis: tuple[tuple[str, tuple[Sentence, ...]], ...]
    more: int = 0


def statuses(thing: str, asking: Asking) -> tuple[Status, ...]:
    """The statuses of a thing (IRI), a policy each, in the order of their policies."""
    found = asking.rows(f"?n kg:assesses <{thing}> ; kg:policy ?p ; kg:status ?s", "p", "s", "n")
    made = []
    for policy, status, node in found:
        basis = [statement for (statement,) in asking.rows(f"{node} kg:basis ?b", "b")]
        asking.learn([policy, status, *basis])
        shown = tuple((statement, tuple(sentences([statement[1:-1]], asking)[:1])) for statement in basis[:BASIS])
        made.append(Status(policy, status, shown, max(0, len(basis) - BASIS)))
    return tuple(made)
