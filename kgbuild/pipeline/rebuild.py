"""Map the store's own records again: after an edit of the ontology, new reference data, or a newer kgbuild."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kgbuild import __version__
from kgbuild.document import decode_record
from kgbuild.pipeline.decisions import beside, missing
from kgbuild.pipeline.inputs import graphs_of, meta_of, resolve
from kgbuild.pipeline.options import LoadOptions, LoadReport, OnProblem, OnProgress
from kgbuild.pipeline.settling import settle
from kgbuild.pipeline.statuses import BEHIND, refresh_all
from kgbuild.pipeline.validate import usable_shapes, validate_loaded
from kgbuild.pipeline.work import Build
from kgbuild.provenance import new_run, run_lines
from kgbuild.stores import EmbeddedStore, Place, open_store

#: articles of one transaction
_BATCH = 100


def rebuild(store: Place, options: LoadOptions, *, on_problem: OnProblem, on_progress: OnProgress) -> LoadReport:
    """Map all articles again from their records; write those whose graphs change, and nothing else.

    What SPARQL updates wrote into graphs stays there; what they left untrue, the default graph and what is inferred, is made true again.
    With an ontology or reference folder in ``options``, the store is built with these from now on.
    Raises StoreError, StoreMissing, OntologyError, ReferenceDataError and DecisionError; the batches done before stay done.
    """
    started = time.monotonic()
    report = LoadReport(notes=missing(options.decisions))
    options = replace(options, decisions=options.decisions or (beside(store) if isinstance(store, Path) else None))
    if options.validate:
        usable_shapes(store, options)
    run = new_run(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), __version__)
    with open_store(store, base=options.base) as database:
        inputs = resolve(database, options)
        updated = database if isinstance(database, EmbeddedStore) and database.is_updated else None
        if updated is not None and (foreign := updated.drop_foreign()):
            report.notes.append(f"{foreign:,} triples with blank nodes or triple terms were removed from the store's own graphs")
        work = Build(inputs.mapper(), inputs.built_with, inputs.base)
        if database.is_inferred_by(inputs.rules):
            database.reason_with(inputs.rules)
        database.set_graphs(graphs_of(inputs), meta={**meta_of(inputs), **BEHIND})
        report.relinked = settle(database, inputs, run)
        articles = sorted(database.articles())
        for first in range(0, len(articles), _BATCH):
            batch = articles[first : first + _BATCH]
            graphs = []
            for iri in batch:
                encoded = database.record(iri)
                assert encoded is not None  # an article without a record was never written
                item = work.item(decode_record(encoded))
                report.units += item.units
                report.ignored += item.ignored
                for problem in item.problems:
                    report.count(problem)
                    on_problem(problem)
                graphs.append(item.graph(work.built_with))
            done = database.put(graphs, run_lines(run, batch, work.base))
            report.replaced += done.replaced
            report.unchanged += done.unchanged
            on_progress(len(batch))
        refresh_all(database, inputs.ontology)
        database.reason_with(inputs.rules)
        if updated is not None:
            came, left = updated.mend(inputs.rules)
            report.notes.append(f"after SPARQL updates, the default graph is true again: {came:,} triples came, {left:,} left")
        elif database.is_far:
            from kgbuild.stores.remote.store import RemoteStore  # which only stores elsewhere need

            assert isinstance(database, RemoteStore)
            came, left = database.merge_again()
            if came or left:
                report.notes.append(f"others had changed the default graph, which is true again: {came:,} triples came, {left:,} left")
    if options.validate:
        validate_loaded(store, options, dict.fromkeys(articles, ""), report, on_problem)
    report.seconds = time.monotonic() - started
    return report
