"""Work out everything that the ontology's axioms entail for a store, and say what that came to."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from kgbuild.pipeline.inputs import resolve
from kgbuild.pipeline.options import LoadOptions
from kgbuild.pipeline.settling import settle
from kgbuild.pipeline.statuses import is_behind, refresh_all
from kgbuild.rules import KINDS, Rule, Rules
from kgbuild.stores import EmbeddedStore, Store, store_exists


@dataclass(frozen=True)
class ReasonReport:
    """What reasoning came to. ``triples`` counts graph ``inferred``; of a triple that several kinds give, each kind counts it."""

    #: kind of axiom, how many rules its axioms give, how many triples these infer
    kinds: tuple[tuple[str, int, int], ...]
    #: axioms that only forbid, from which nothing follows
    forbidding: int
    triples: int
    added: int
    removed: int
    seconds: float


def reason(store: Path) -> ReasonReport:
    """Infer everything anew from what is said in a store, and write what differs; nothing, where nothing does.

    Statuses that a stopped run left behind are brought up to date first. Raises StoreError, StoreMissing and OntologyError.
    """
    started = time.monotonic()
    with EmbeddedStore.open(store) as database:
        inputs = resolve(database, LoadOptions())
        if database.is_inferred_by(inputs.rules):
            database.reason_with(inputs.rules)
        if is_behind(database):
            refresh_all(database, inputs.ontology)
        settle(database, inputs)
        done = database.reason_with(inputs.rules, materialise=True)
        assert done is not None
        seconds = time.monotonic() - started
        counted: dict[str, list[int]] = {}
        for rule in inputs.rules:
            counted.setdefault(rule.axiom.kind, []).append(_triples(database, rule))
    kinds = tuple((kind, len(counted[kind]), sum(counted[kind])) for kind in KINDS if kind in counted)
    return ReasonReport(kinds, len(inputs.rules.forbidding), done.total, done.added, done.removed, seconds)


def rules_of(store: Path, ontology: Path | None = None) -> Rules:
    """The rules of an ontology's folder; without one, of the store's ontology, and without a store, of the shipped one."""
    options = LoadOptions(ontology=ontology)
    if ontology is None and store_exists(store):
        with EmbeddedStore.open(store, read_only=True) as database:
            return resolve(database, options).rules
    return resolve(None, options).rules


def _triples(store: Store, rule: Rule) -> int:
    """How many triples a rule infers in a store."""
    (row,) = store.select(rule.count)
    return int(row[0].value)
