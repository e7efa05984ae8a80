"""Send a store of this machine elsewhere: all that changed there is to it, or some articles only."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kgbuild.errors import StoreError
from kgbuild.pipeline.inputs import META_ONTOLOGY, resolve
from kgbuild.pipeline.named import find_article
from kgbuild.pipeline.options import LoadOptions
from kgbuild.pipeline.settling import settle
from kgbuild.pipeline.statuses import BEHIND, Touched, is_behind, refresh_all
from kgbuild.status import cases
from kgbuild.stores import Address, ArticleGraph, EmbeddedStore, Store, open_store
from kgbuild.stores.remote import pushing
from kgbuild.stores.remote.planning import reach
from kgbuild.stores.remote.reporting import PushReport

OnProgress = Callable[[int, int], None]
#: articles of one transaction
_BATCH = 100


def push(
    store: Path,
    address: Address,
    articles: Sequence[str] = (),
    *,
    dry: bool = False,
    on_progress: OnProgress = lambda done, total: None,
) -> PushReport:
    """Let the store at an address hold what the store in a folder holds; or only some articles (document ids, CURIEs or IRIs).

    An article that is not in the folder's store any more is removed there. ``dry``: only say what would be done.

    Raises:
        StoreMissing: there is no store in the folder; or, for some articles, none at the address.
        StoreError: the address holds another store, or something else; or an article is in neither store, and nothing is done.
        StoreUnavailable, StoreRefused: a request failed; what was written until then stays, and the next push goes on.
    """
    with EmbeddedStore.open(store, read_only=True) as near:
        if not articles:
            return pushing.push(near, address, dry=dry, on_progress=on_progress)
        return _push_some(near, address, articles, dry=dry, on_progress=on_progress)


def _push_some(near: EmbeddedStore, address: Address, articles: Sequence[str], *, dry: bool, on_progress: OnProgress) -> PushReport:
    """Send some articles: the store elsewhere works out by itself what follows from them, as in a load."""
    started = time.monotonic()
    database, is_store = reach(address, near.base)
    if not is_store:
        raise StoreError(
            f"{address}: no store of kgbuild's is there, or a first push has not been finished",
            hint="the first push sends all: leave the articles out",
        )
    report = PushReport(is_dry=dry, store=database.client.profile.title, left_out=[])
    with open_store(address, read_only=dry, base=near.base) as far:
        named = list(dict.fromkeys(find_article(near, article, so="nothing was sent", other=far) for article in articles))
        for iri in named:
            here, there = near.kept_lines(iri), far.kept_lines(iri)
            if not here:
                report.removed.append(iri)
            elif here <= there:
                report.unchanged += 1
            else:
                report.sent.append(iri)
        report.articles_sent, report.articles_removed = len(report.sent), len(report.removed)
        report.articles_unchanged = report.unchanged
        if not dry and (report.sent or report.removed):
            _write(near, far, report, on_progress)
    report.seconds = time.monotonic() - started
    return report


def _write(near: EmbeddedStore, far: Store, report: PushReport, on_progress: OnProgress) -> None:
    if near.meta(META_ONTOLOGY) != far.meta(META_ONTOLOGY):
        raise StoreError("the store elsewhere was built with another ontology", hint="push all: leave the articles out")
    inputs = resolve(far, LoadOptions())
    far.reason_with(inputs.rules)
    if is_behind(far):
        refresh_all(far, inputs.ontology)
    settle(far, inputs)
    touched = Touched()
    total = len(report.sent) + len(report.removed)
    for start in range(0, len(report.sent), _BATCH):
        some = report.sent[start : start + _BATCH]
        graphs = [_article(near, iri) for iri in some]
        for graph in graphs:
            touched.add(cases(far.facts(graph.iri) or (), inputs.ontology))
            touched.add(cases(graph.facts, inputs.ontology))
            new, old = {*graph.facts, *graph.details}, _lines(far, graph.iri)
            report.added += len(new - old)
            report.taken += len(old - new)
        far.put(graphs, _runs(near, some), anew=True, meta=BEHIND)
        on_progress(len(some), total)
    for iri in report.removed:
        touched.add(cases(far.facts(iri) or (), inputs.ontology))
        report.taken += len(_lines(far, iri))
    far.remove(report.removed, meta=BEHIND)
    on_progress(len(report.removed), total)
    touched.refresh(far, inputs.ontology)
    for iri in report.sent:
        found, wanted = set(map(str, far.triples_of(iri))), _article(near, iri)
        report.verified += len(found)
        if found != {*wanted.facts, *wanted.details}:
            report.wrong[iri] = f"{len(found):,} lines, which are not what was sent"


def _lines(store: Store, iri: str) -> set[str]:
    """All that an article's graph holds; nothing where there is none."""
    return {line for part in store.written(iri) or () for line in part}


def _article(near: EmbeddedStore, iri: str) -> ArticleGraph:
    """An article as it was put into a store."""
    written, record, fingerprint, built_with = near.written(iri), near.record(iri), near.fingerprint(iri), near.built_with(iri)
    assert written is not None
    assert record is not None
    assert fingerprint is not None
    return ArticleGraph(iri, *written, record, fingerprint, built_with or "")


def _runs(near: EmbeddedStore, articles: Sequence[str]) -> set[str]:
    """What graph ``runs`` says of articles, and of the runs that loaded them."""
    lines = near.lines("runs")
    subjects = {f"<{iri}>" for iri in articles}
    own = {line for line in lines if line.partition(" ")[0] in subjects}
    runs = {line.split(" ", 2)[2] for line in own}
    return own | {line for line in lines if line.partition(" ")[0] in runs}
