"""Propose links in a store, and take decisions on them: written to the file, and in force at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kgbuild import __version__
from kgbuild.decisions import Decision, Decisions, write
from kgbuild.errors import DecisionError, QueryError
from kgbuild.linking import KINDS, Proposals, propose
from kgbuild.linking.proposing import OnProgress, classes_of
from kgbuild.linking.sources import Source
from kgbuild.pipeline.decisions import beside, kept, read_file
from kgbuild.pipeline.inputs import built_ontology, resolve
from kgbuild.pipeline.options import LoadOptions
from kgbuild.pipeline.settling import settle
from kgbuild.pipeline.statuses import is_behind, refresh_all
from kgbuild.provenance import new_run
from kgbuild.stores import EmbeddedStore


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


@contextmanager
def proposals(
    store: EmbeddedStore, kinds: Sequence[str], *, min_score: float, lang: str, on_progress: OnProgress
) -> Iterator[Proposals]:
    """Propose links in an open store; ``kinds``: as in ``KINDS``, or names of classes; none: all. Raises QueryError for no such kind."""
    ontology, _rules = built_ontology(store)
    source = Source(store, ontology, lang=lang)
    with propose(source, kept(store), _kinds(source, kinds), min_score=min_score, on_progress=on_progress) as found:
        yield found


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
