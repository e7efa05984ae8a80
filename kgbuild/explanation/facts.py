"""Triples explained: each with its proof, and the sentences behind what the proof rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgbuild import vocabulary as v
from kgbuild.explanation.asking import Asking, Fact
from kgbuild.explanation.evidence import Sentence, supporting
from kgbuild.explanation.proofs import Proof, Prover, Rule
from kgbuild.explanation.statuses import Status, statuses

#: values of one property that are explained; a state is the party of thousands of events
MANY = 20
#: articles whose sentences are shown for one triple
ARTICLES = 5
#: through what a triple is explained where several things would do: the relation of two states before one shipment, what its own
#: party acknowledged before what is only told, what has a date before what has none
PREFER = (f"?it a <{v.ARMS_SUPPLY}>", f"?it a <{v.ACKNOWLEDGED_SUPPLY}>", f"?it <{v.EARLIEST}>|<{v.LATEST}> []")


@dataclass(frozen=True, slots=True)
class Explained:
    """A question (subject, property and perhaps object) and its answer.

    ``proofs``: one a triple that holds. ``near``: where none does, the triples of the same subject and property, else those of the same
    ends. ``more``: triples that were left out. ``evidence``: for each stated triple and article, the sentences that bear on it.
    ``statuses``: for the subject of each triple that a policy concluded, what policies make of it. ``computed``: properties that no
    annotator writes.
    """

    subject: str
    property: str
    object: str
    proofs: tuple[Proof, ...]
    near: tuple[Fact, ...] = ()
    more: int = 0
    evidence: dict[tuple[Fact, str], tuple[Sentence, ...]] | None = None
    statuses: dict[str, tuple[Status, ...]] | None = None
    computed: frozenset[str] = frozenset()


def explain_facts(subject: str, property: str, object_: str, rules: Iterable[Rule], asking: Asking) -> Explained:
    """Explain a triple, or with an empty object every triple of a subject and a property; terms in N-Triples syntax."""
    values = [value for (value,) in asking.rows(f"{subject} {property} ?o", "o")]
    wanted = [value for value in values if object_ in ("", value)]
    if not wanted:
        near: list[Fact] = [(subject, property, value) for value in values]
        if not near and object_.startswith("<"):
            near = [(subject, p, object_) for (p,) in asking.rows(f"{subject} ?p {object_}", "p")]
            near += [(object_, p, subject) for (p,) in asking.rows(f"{object_} ?p {subject}", "p")]
        return Explained(subject, property, object_, (), tuple(near[:MANY]), max(0, len(near) - MANY))
    prover = Prover(asking, rules, prefer=PREFER)
    proofs = tuple(prover.prove((subject, property, value)) for value in wanted[:MANY])
    leaves = {leaf.fact: leaf for proof in proofs for leaf in proof.leaves()}
    evidence = {
        (fact, graph): supporting(fact[0], fact[2], graph, asking)
        for fact, leaf in leaves.items()
        for graph in [graph for graph in leaf.graphs if not asking.own_graph(graph)][:ARTICLES]
    }
    concluded = {leaf.fact[0] for leaf in leaves.values() if "derived" in map(asking.own_graph, leaf.graphs)}
    found = {thing: statuses(thing[1:-1], asking) for thing in concluded}
    predicates = " ".join(sorted({fact[1] for fact in leaves}))
    computed = frozenset(p for (p,) in asking.rows(f"VALUES ?p {{ {predicates} }} ?p kg:computed true", "p"))
    asking.learn(term for proof in proofs for leaf in proof.leaves() for term in leaf.fact)
    return Explained(subject, property, object_, proofs, (), max(0, len(wanted) - MANY), evidence, found, computed - {f"<{v.TYPE}>"})
