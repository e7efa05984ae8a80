"""Propose links in a store, and take decisions on them: written to the file, and in force at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kgbuild import __version__
from kgbuild import vocabulary as v
from kgbuild.decisions import Decision, Decisions, write
from kgbuild.decisions.decision import decision
from kgbuild.errors import DecisionError, QueryError
from kgbuild.linking import KINDS, Proposals, propose
from kgbuild.linking.proposing import classes_of
from kgbuild.linking.sources import Source
from kgbuild.pipeline.decisions import beside, kept, read_file
from kgbuild.pipeline.identifying import identify, is_unit, name_of, refuse_unlike
from kgbuild.pipeline.inputs import built_ontology, resolve
from kgbuild.pipeline.options import LoadOptions
from kgbuild.pipeline.settling import META_PENDING, settle
from kgbuild.pipeline.statuses import is_behind, refresh_all
from kgbuild.provenance import new_run
from kgbuild.stores import EmbeddedStore, Store


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What bringing a store up to date with its decisions came to."""

    decisions: Decisions
    #: articles that were mapped again
    articles: int
    file: Path


def apply(store: Path, file: Path | None, given: Iterable[Decision] = ()) -> LinkReport:
    """Bring a store up to date with its file of decisions; first write decisions there that are given.

    The file is written whole or not at all, before the store: if the run is stopped in between, the next one goes on.
    Raises StoreError, StoreMissing, and DecisionError where decisions are not valid or contradict each other: then nothing is written.
    """
    place = file or beside(store)
    with EmbeddedStore.open(store) as database:
        decisions = read_file(place, base=database.base)
        new = list(given)
        if new:
            decisions = (kept(database) if decisions is None else decisions).including(new)
            _write(place, write(decisions, base=database.base))
        inputs = resolve(database, LoadOptions(decisions=place))
        if database.is_inferred_by(inputs.rules):
            database.reason_with(inputs.rules)
        if is_behind(database):
            refresh_all(database, inputs.ontology)
        run = new_run(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), __version__)
        return LinkReport(inputs.decisions, settle(database, inputs, run), place)


def _write(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise DecisionError(f"{path}: cannot be written: {error.strerror or error}", hint="name another file with --decisions") from error
    finally:
        part.unlink(missing_ok=True)


def keep_up(store: Path, file: Path | None) -> None:
    """Bring a store up to date with its file of decisions, where it is not. Raises as :func:`apply` does."""
    with EmbeddedStore.open(store, read_only=True) as database:
        decisions = read_file(file or beside(store), base=database.base)
        current = (decisions is None or decisions == kept(database)) and not database.meta(META_PENDING)
    if not current:
        apply(store, file)


def add_to_file(file: Path, decisions: Decisions, given: Iterable[Decision], *, base: str) -> Decisions:
    """Write decisions with others to a file, and return them all. Raises DecisionError, and then writes nothing."""
    together = decisions.including(given)
    _write(file, write(together, base=base))
    return together


def idle(store: Store, decisions: Decisions) -> list[Decision]:
    """The decisions on a thing that no article and no reference data tells of: not loaded yet, or misspelled."""

    def known(thing: str) -> bool:
        members = decisions.classes.get(thing, {thing})
        return any(next(store.objects(member, v.TYPE), None) is not None or is_unit(store, member, strict=False) for member in members)

    return [decision for decision in decisions if not all(map(known, decision.pair))]


def find_decision(store: Path, one: str, other: str, verdict: str, *, note: str = "", date: str = "", lang: str = "en") -> Decision:
    """Make a decision on two things that a person names. Raises QueryError, and DecisionError for things of different kinds."""
    with EmbeddedStore.open(store, read_only=True) as database:
        first, second = identify(database, one, lang=lang), identify(database, other, lang=lang)
        ontology, _rules = built_ontology(database)
        refuse_unlike(database, ontology, first, second, verdict)
        comment = f"{name_of(database, first, lang)} — {name_of(database, second, lang)}"
        return decision(first, second, verdict, note=note, date=date, comments=(comment,))


class Proposing:
    """Proposals of links in an open store, until it is closed. A context manager."""

    def __init__(self, store: Store, kinds: Sequence[str], *, min_score: float, lang: str = "en") -> None:
        """Compare; ``kinds``: as in ``KINDS``, or names of classes; none: all. Raises QueryError where there is no such kind."""
        ontology, rules = built_ontology(store)
        source = Source(store, ontology, lang=lang, inferred=store.is_inferred_by(rules))
        self.decisions = kept(store)
        #: decisions on things that the store does not know
        self.idle = idle(store, self.decisions)
        self._stack = ExitStack()
        self.proposals: Proposals = self._stack.enter_context(propose(source, self.decisions, _kinds(source, kinds), min_score=min_score))

    def __enter__(self) -> Proposing:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()


def _kinds(source: Source, named: Sequence[str]) -> dict[str, frozenset[str]]:
    """Kind -> classes: of all kinds, or of those that are named."""
    every: dict[str, frozenset[str]] = {}
    for kind, heads in KINDS.items():
        every[kind] = classes_of(source, heads, frozenset().union(*every.values()) if every else frozenset())
    if not named:
        return every
    chosen: dict[str, frozenset[str]] = {}
    for name in named:
        if name in every:
            chosen[name] = every[name]
            continue
        cls = source.ontology.find_class(name)
        fitting = {kind: classes & source.below(cls) for kind, classes in every.items()} if cls else {}
        if not any(fitting.values()):
            raise QueryError(f"no kind “{name}”", hint=f"{', '.join(KINDS)}, or a class of people, organizations, places or events")
        for kind, classes in fitting.items():
            if classes:
                chosen[kind] = chosen.get(kind, frozenset()) | classes
    return chosen
