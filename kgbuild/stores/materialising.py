"""All that rules infer in a store, worked out at once: after a first load, a change of rules, or to mend.

Rules of one atom are applied to facts as they stream by; those that join facts are asked as SPARQL, each once, and what they give goes
on fact by fact. Memory is a batch's, whatever the store's size: a copy of the facts that matter is made on disk.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from kgbuild.rules import Engine, Fact, Rules
from kgbuild.stores.database import Database
from kgbuild.stores.difference import Difference
from kgbuild.stores.graphs import Graphs
from kgbuild.stores.knowledge import StoreKnowledge
from kgbuild.stores.streaming import ByteStream

T = TypeVar("T")

#: facts that are worked on, or lines that are written, at a time
_BATCH = 20_000
#: facts remembered so that what many articles say is worked out once
_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Materialised:
    """What working everything out came to, in triples of graph ``inferred``."""

    total: int
    added: int
    removed: int


def join(store: Database, inferred: str, engine: Engine) -> None:
    """Add to a store what the rules that join facts infer, where it has all that the others do: to graph ``inferred`` and the default."""
    for rule in engine.joining:
        for batch in _batches(_rows(store, rule.select(unless_in=inferred))):
            found = set(batch) | engine.forward(batch, StoreKnowledge(store, inferred))
            store.load(b"".join(_both(fact, inferred) for fact in sorted(found)), ox.RdfFormat.N_QUADS, lenient=True)


def materialise(store: Database, graphs: Graphs, rules: Rules, write: Callable[[Difference, bool], None]) -> Materialised:
    """Let graph ``inferred`` hold what the rules infer and nothing else.

    ``write`` takes changes one after the other, and whether it is the last one; there is always a last one.
    """
    total = added = removed = 0
    graph = ox.NamedNode(graphs.inferred)
    with tempfile.TemporaryDirectory(prefix="kgbuild-") as place:
        fresh = ox.Store(place)
        fresh.bulk_load(ByteStream(_facts(store, graphs, rules)), ox.RdfFormat.N_QUADS, lenient=True)  # type: ignore[arg-type]
        join(fresh, graphs.inferred, rules.engine)
        for batch in _batches(quad for quad in store.quads_for_pattern(None, None, None, graph) if quad not in fresh):
            removed += len(batch)
            write(_difference(graphs.inferred, map(_line, batch), ()), False)
        for quad_batch in _batches(fresh.quads_for_pattern(None, None, None, graph)):
            total += len(quad_batch)
            missing = [_line(quad) for quad in quad_batch if quad not in store]
            added += len(missing)
            if missing:
                write(_difference(graphs.inferred, (), missing), False)
        del fresh
    write(Difference(), True)
    return Materialised(total, added, removed)


def _facts(store: Database, graphs: Graphs, rules: Rules) -> Iterator[bytes]:
    """What is said in a store, as far as rules ask for it, with what rules of one atom infer: N-Quads."""
    engine = rules.engine
    yield "".join(f"{line} .\n{line} <{graphs.inferred}> .\n" for line in sorted(rules.always)).encode()
    for predicate in sorted(engine.predicates):
        seen: set[Fact] = set()
        lines: list[bytes] = []
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate[1:-1]), None, None):
            fact = (str(quad.subject), predicate, str(quad.object))
            if isinstance(quad.graph_name, ox.DefaultGraph) or fact in seen or quad.graph_name.value == graphs.inferred:
                continue
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode | ox.Triple):
                continue  # of a SPARQL update: nobody could name what follows from it
            if not engine.is_relevant(fact) or not graphs.says(quad.graph_name.value, " ".join(fact)):
                continue
            if len(seen) >= _REMEMBERED:
                seen.clear()
            seen.add(fact)
            lines.append(f"{' '.join(fact)} .\n".encode())
            lines += (_both(head, graphs.inferred) for head in engine.simple_heads(fact))
            if len(lines) >= _BATCH:
                yield b"".join(lines)
                lines = []
        yield b"".join(lines)


def _rows(store: Database, select: str) -> Iterator[Fact]:
    solutions = store.query(select)
    assert isinstance(solutions, ox.QuerySolutions)
    for subject, predicate, object_ in solutions:
        yield str(subject), str(predicate), str(object_)


def _both(fact: Fact, inferred: str) -> bytes:
    line = " ".join(fact)
    return f"{line} .\n{line} <{inferred}> .\n".encode()


def _difference(inferred: str, removed: Iterable[str], added: Iterable[str]) -> Difference:
    difference = Difference()
    difference.change(inferred, list(removed), list(added), facts=False)
    return difference


def _line(quad: ox.Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object}"


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
