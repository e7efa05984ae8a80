"""Load annotated articles into a store, new or not."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from kgbuild import __version__, readers
from kgbuild.decisions import lines as decision_lines
from kgbuild.document import Problem, Run, decode_record
from kgbuild.errors import MappingError
from kgbuild.executors import processes
from kgbuild.pipeline.decisions import beside, missing
from kgbuild.pipeline.findings import problems_of
from kgbuild.pipeline.inputs import Inputs, beginning_of, graphs_of, is_made_with, meta_of, remarks, resolve, shapes_meta_of, with_inferred
from kgbuild.pipeline.options import LoadOptions, LoadReport, OnProblem, OnProgress
from kgbuild.pipeline.preparing import Prepare, find_scheme
from kgbuild.pipeline.repeats import Seen, is_second_annotation, refusal
from kgbuild.pipeline.settling import settle
from kgbuild.pipeline.statuses import BEHIND, CURRENT, Spool, Touched, is_behind, refresh_all
from kgbuild.pipeline.validate import usable_shapes, validate_loaded
from kgbuild.pipeline.work import Build, Item, Known, merge, text_hash
from kgbuild.provenance import new_run, run_lines
from kgbuild.status import cases
from kgbuild.stores import Place, Store, build_store, graph_nquads, open_store, store_exists

#: below this many bytes of input, starting processes costs more than it saves
_WORTH_PROCESSES = 3_000_000
#: a transaction of a later load ends with this many articles or quads, whichever comes first
_BATCH_ARTICLES, _BATCH_QUADS = 100, 150_000
#: what of a mapping --strict refuses
_STRICT = {"unknown-label", "unknown-role", "unknown-relation", "unknown-attribute", "unknown-value"}


def load(paths: Sequence[Path], store: Place, options: LoadOptions, *, on_problem: OnProblem, on_progress: OnProgress) -> LoadReport:
    """Load files and folders into the store at ``store``; make it if there is none.

    Every problem goes to ``on_problem`` as it is found. An unchanged article writes nothing; a document that cannot be read is
    reported, and the rest goes on.

    Raises:
        FormatError: a path does not exist, or a file named directly is of no known format; nothing is loaded.
        MappingError: with ``strict``, a label, role or attribute is not in the ontology; nothing is loaded.
        OntologyError, ReferenceDataError: the ontology or the reference data is not valid; nothing is loaded.
        DecisionError: the decisions on links are not valid, or contradict each other; nothing is loaded.
        SchemeError: there is no such scheme, or its table is not valid for the ontology; nothing is loaded.
        StoreError: the store is locked or broken; the batches reported before stay loaded.
        MissingExtra: with ``validate``, pyshacl is not installed; nothing is loaded.
    """
    started = time.monotonic()
    decisions = options.decisions or (beside(store) if isinstance(store, Path) else None)
    session = _Session(replace(options, decisions=decisions), on_problem, on_progress)
    session.report.notes += missing(options.decisions)
    session.discover(paths)
    if options.validate:
        usable_shapes(store, options)  # before anything is loaded: they may be broken, or pyshacl missing
    if store_exists(store):
        with open_store(store, base=options.base) as database:
            session.add_to(database)
    else:
        session.create(store)
    if options.validate:
        validate_loaded(store, options, session.met, session.report, on_problem)
    session.report.seconds = time.monotonic() - started
    return session.report


def load_into(
    paths: Sequence[Path],
    store: Store,
    options: LoadOptions,
    *,
    on_problem: OnProblem,
    on_progress: OnProgress = lambda done: None,
) -> LoadReport:
    """Load into an open store, also one in memory. Arguments and errors are those of :func:`load`; ``validate`` is not for this way."""
    if options.validate:
        raise ValueError("an open store is validated after the load: kgbuild.pipeline.validate")
    started = time.monotonic()
    named = options.decisions or (beside(store.path) if store.path else None)
    session = _Session(replace(options, decisions=named), on_problem, on_progress)
    session.report.notes += missing(options.decisions)
    session.discover(paths)
    session.add_to(store)
    session.report.seconds = time.monotonic() - started
    return session.report


class _Session:
    """One load: what was asked, what was met, what came of it."""

    def __init__(self, options: LoadOptions, on_problem: OnProblem, on_progress: OnProgress) -> None:
        self._options = options
        self._on_problem = on_problem
        self._on_progress = on_progress
        self._sources: list[readers.Source] = []
        self._seen = Seen()
        self._later: list[tuple[Item, str]] = []
        self._run: Run = new_run(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), __version__)
        self.report = LoadReport()
        #: article -> where it was read; kept only for validation
        self.met: dict[str, str] = {}

    def discover(self, paths: Sequence[Path]) -> None:
        """Find the files; report those that cannot be read."""
        for found in readers.discover(paths, format=self._options.format):
            if isinstance(found, Problem):
                self._problem(found)
            else:
                self._sources.append(found)

    def create(self, path: Place) -> None:
        """Build a new store of everything."""
        inputs = self._inputs(None)
        work = self._work(inputs, Known())
        first = replace(work, first_run=self._run)
        with Spool() as spool:

            def chunks() -> Iterator[bytes]:
                yield from with_inferred("links", decision_lines(inputs.decisions, base=inputs.base), inputs)
                yield graph_nquads("runs", run_lines(self._run, (), inputs.base), base=inputs.base)
                for item in self._items(first):
                    spool.add(item.spooled)
                    yield item.chunk
                    self._count(item, "added")
                for assessments in spool.assessments(inputs.ontology, inputs.base):
                    yield graph_nquads("derived", assessments, base=inputs.base)
                    yield graph_nquads("inferred", inputs.rules.entailed(assessments), base=inputs.base)

            def finish(store: Store) -> None:
                store.join(inputs.rules)
                store.set_meta({**meta_of(inputs), **CURRENT})
                self._second_annotations(store, work)

            build_store(path, chunks(), base=inputs.base, beginning=beginning_of(inputs), finish=finish).close()

    def add_to(self, store: Store) -> None:
        """Add to a store, batch by batch."""
        inputs = self._inputs(store)
        work = self._work(inputs, self._known(store))
        if not is_made_with(store, inputs):
            if store.is_inferred_by(inputs.rules):
                store.reason_with(inputs.rules)
            store.set_graphs(graphs_of(inputs), meta={**meta_of(inputs), **BEHIND})
        else:
            store.set_meta(shapes_meta_of(inputs))
        store.reason_with(inputs.rules)
        if is_behind(store):
            refresh_all(store, inputs.ontology)
        self.report.relinked = settle(store, inputs, self._run)
        touched = Touched()
        pending: list[Item] = []
        quads = 0
        for item in self._items(work):
            if item.unchanged or store.fingerprint(item.iri) == item.fingerprint:
                self._count(item, "unchanged", problems_of(store, item))
                continue
            pending.append(item)
            quads += item.quads
            if len(pending) >= _BATCH_ARTICLES or quads >= _BATCH_QUADS:
                self._put(store, pending, work, touched)
                pending, quads = [], 0
        self._put(store, pending, work, touched)
        touched.refresh(store, inputs.ontology)
        self._second_annotations(store, work)
        stale = sum(1 for _ in store.stale(inputs.built_with))
        if stale:
            articles = "1 article was" if stale == 1 else f"{stale:,} articles were"
            advice = "run `kgbuild load --rebuild` to bring them up to date"
            self.report.notes.append(f"{articles} mapped with another ontology or other reference data: {advice}")

    def _inputs(self, store: Store | None) -> Inputs:
        """What the load is built with; what is doubtful in reference data that the user has named is reported."""
        inputs = resolve(store, self._options)
        if self._options.reference is not None:
            for problem in remarks(inputs, self._options.reference):
                self._problem(problem)
        return inputs

    def _work(self, inputs: Inputs, known: Known) -> Build:
        work = Build(
            inputs.mapper(),
            inputs.built_with,
            inputs.base,
            self._options.format,
            self._options.keep_text,
            Prepare(
                inputs.ontology,
                find_scheme(self._options.scheme) if self._options.scheme is not None else None,
                keep_text=self._options.keep_text,
            ),
            known,
            rules=inputs.rules,
        )
        if self._options.strict:
            self._refuse_unknown(work)
        return work

    def _known(self, store: Store) -> Known:
        """The fingerprints of a store, where so much is to be read that mapping unchanged articles would cost more than
        asking, or where each asking takes a request."""
        if self._size() < _WORTH_PROCESSES and not store.is_far:
            return Known()
        return Known(frozenset(Known.digest(article, fingerprint) for article, fingerprint in store.fingerprints()))

    def _size(self) -> int:
        return sum(one.path.stat().st_size for source in self._sources for one in (source, *source.others) if one.path.exists())

    def _jobs(self) -> int:
        if self._options.jobs is not None:
            return self._options.jobs
        return (os.cpu_count() or 1) if self._size() >= _WORTH_PROCESSES else 1

    def _refuse_unknown(self, work: Build) -> None:
        """Read and map everything once, before anything is written. Raises MappingError at the first thing unknown."""
        for batch in processes(work, self._sources, self._jobs()):
            for problem in (*batch.problems, *(problem for item in batch.items for problem in item.problems)):
                if problem.code in _STRICT or problem.severity == "rejected":
                    raise MappingError(
                        f"{problem.where}: {problem.message}", hint="nothing was loaded; leave --strict out to load what can be"
                    )

    def _items(self, work: Build) -> Iterator[Item]:
        """The articles of all sources that are met for the first time; problems are reported on the way, repetitions put aside."""
        for batch in processes(work, self._sources, self._jobs()):
            for problem in batch.problems:
                self._problem(problem)
            for item in batch.items:
                first = self._seen.first(item)
                if first is None:
                    yield item
                else:
                    self._later.append((item, first))
            self._on_progress(len(batch.items))

    def _put(self, store: Store, items: list[Item], work: Build, touched: Touched) -> None:
        """Write articles in one transaction, and note which cases they touch."""
        if not items:
            return
        for item in items:
            before = store.facts(item.iri)
            if before is not None:
                touched.add(cases(before, work.mapper.ontology))
                self._compare_texts(store, item)
            touched.add(item.cases)
            self._count(item, "added" if before is None else "replaced")
        lines = run_lines(self._run, [item.iri for item in items], work.base)
        store.put([item.graph(work.built_with) for item in items], lines, meta=BEHIND)

    def _compare_texts(self, store: Store, item: Item) -> None:
        record = store.record(item.iri)
        if record is not None and text_hash(decode_record(record)[0]) != item.text_hash:
            message = f"document “{item.document_id}” has another text than the one loaded before under this id: replaced"
            self._problem(Problem("text-replaced", "kept", message, document=item.document_id, where=item.where))

    def _second_annotations(self, store: Store, work: Build) -> None:
        """Merge what other annotators say of texts of this load; refuse every other repetition of an id."""
        touched = Touched()
        for item, first in self._later:
            encoded = store.record(item.iri)
            record = decode_record(encoded) if encoded is not None else ()
            if not record or not is_second_annotation(item, text_hash(record[0]), record):
                self._problem(refusal(item, first))
                continue
            both = work.item(merge(record, decode_record(item.record)))
            touched.add(cases(store.facts(item.iri) or (), work.mapper.ontology))
            touched.add(both.cases)
            for problem in item.problems:
                self._problem(problem)
            self.report.units += item.units
            self.report.ignored += item.ignored
            self.report.merged += 1
            store.put([both.graph(work.built_with)], run_lines(self._run, [both.iri], work.base), meta=BEHIND)
        if self._later:
            touched.refresh(store, work.mapper.ontology)

    def _count(self, item: Item, what: Literal["added", "replaced", "unchanged"], problems: Sequence[Problem] | None = None) -> None:
        setattr(self.report, what, getattr(self.report, what) + 1)
        self.report.units += item.units
        self.report.ignored += item.ignored
        if self._options.validate:
            self.met[item.iri] = item.where
        if what != "unchanged":
            self.report.quads += item.quads
        for problem in item.problems if problems is None else problems:
            self._problem(problem)

    def _problem(self, problem: Problem) -> None:
        self.report.count(problem)
        self._on_problem(problem)
