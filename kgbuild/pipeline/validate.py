"""Validate what a store holds: with which ontology, which shapes, in how many processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kgbuild.document import Problem
from kgbuild.executors import processes
from kgbuild.iris import article as article_iri
from kgbuild.ontology import Ontology
from kgbuild.pipeline.inputs import META_ONTOLOGY_FILES, META_REFERENCE_FILES, called, load_ontology, own_shapes, shipped_shapes, unpack
from kgbuild.pipeline.named import find_article
from kgbuild.pipeline.options import LoadOptions, LoadReport, OnProblem, OnProgress
from kgbuild.registry import parsing
from kgbuild.resources import read_bundled
from kgbuild.stores import Place, Store, open_store, store_exists
from kgbuild.validation import (
    ArticleCheck,
    Context,
    Finding,
    Hierarchy,
    Rule,
    Shapes,
    Summary,
    load_rules,
    reference_findings,
    rule_findings,
)

#: with fewer articles, starting processes costs more than it saves
_WORTH_PROCESSES = 20
#: shapes in this file are for reference data only
_FOR_REFERENCE = "reference.ttl"


@dataclass(frozen=True)
class ValidateOptions:
    """What to validate: these articles, the reference data, or everything where neither is named; ``ontology``: see ``LoadOptions``."""

    articles: tuple[str, ...] = ()
    reference: bool = False
    ontology: Path | None = None
    jobs: int | None = None
    lang: str = "en"

    @property
    def everything(self) -> bool:
        """Claim that nothing in particular was named."""
        return not self.articles and not self.reference


def validate(store: Place, options: ValidateOptions, summary: Summary, *, on_progress: OnProgress) -> Iterator[list[Finding]]:
    """Give findings, a group at a time: each article's, then those on reference data, then those of the whole store; count what was done.

    What is asked for is looked at before anything is given.

    Raises:
        StoreError: there is no store, or it has no such article.
        OntologyError: the ontology, a shape or a rule is not valid.
        MissingExtra: pyshacl is not installed.
    """
    with open_store(store, read_only=True) as database:
        summary.base = database.base
        ontology, files = _inputs(database, options.ontology)
        shapes = Shapes(_shapes(files, reference=True))
        rules = load_rules(_rules(files)) if options.everything or options.reference else []
        named = [find_article(database, article, so="nothing was checked") for article in options.articles]
        articles = sorted(database.articles()) if options.everything else list(dict.fromkeys(named))
    checked = _articles(store, ontology, files, articles, options.jobs)

    def groups() -> Iterator[list[Finding]]:
        for group in checked:
            summary.articles += 1
            yield group
            on_progress(1)
        if rules:
            yield from _beside_articles(store, ontology, shapes, rules, options, summary)

    return groups()


def _beside_articles(
    store: Place, ontology: Ontology, shapes: Shapes, rules: list[Rule], options: ValidateOptions, summary: Summary
) -> Iterator[list[Finding]]:
    """The findings on reference data, and those of the whole store: all, or those on things of the reference data."""
    with open_store(store, read_only=True) as database:
        where = _places(database)
        for group in reference_findings(database, Context(database, Hierarchy(ontology)), shapes):
            yield [replace(finding, where=where(finding.thing)) for finding in group]
        summary.reference = True
        found = [finding for rule in rules for finding in rule_findings(database, rule, lang=options.lang)]
        if options.everything:
            summary.rules = len(rules)
        else:
            graph = database.graphs.iri("reference")
            found = [one for one in found if database.query(f"ASK {{ GRAPH <{graph}> {{ <{one.thing}> ?p ?o }} }}")]
        found = [one if one.article else replace(one, where=where(one.thing)) for one in found]
        yield sorted(found, key=lambda finding: finding.article)


def _places(database: Store) -> Callable[[str], str]:
    """Ask where reference data describe a thing, the user's own (``own/…``) before the shipped; empty for what they do not describe."""
    base = database.base
    own = called(unpack(database.meta(META_REFERENCE_FILES) or ""), None)
    shipped = {f"reference/{name}": data for name, data in read_bundled("reference", ".ttl").items()}

    @cache
    def where(thing: str) -> str:
        if not thing.startswith(base):
            return ""
        found = (parsing.where(f"<{thing}>", files) for files in (own, shipped))
        return next((place for place in found if ":" in place), "")

    return where


def usable_shapes(store: Place, options: LoadOptions) -> None:
    """Make sure, before a load, that the shapes that it asks for can be used. Raises OntologyError and MissingExtra."""
    if options.ontology is None and store_exists(store):
        with open_store(store, read_only=True) as database:
            files = own_shapes(database, None)
    else:
        files = own_shapes(None, options.ontology)
    files = files or shipped_shapes()
    Shapes(_shapes(files, reference=True)).validate([])
    load_rules(_rules(files))


def validate_loaded(store: Place, options: LoadOptions, met: Mapping[str, str], report: LoadReport, on_problem: OnProblem) -> None:
    """Check the articles that a load met (IRI -> where it was read); a violation is a problem of severity *kept*, the rest is told."""
    summary = Summary()
    with open_store(store, read_only=True) as database:
        ontology, files = _inputs(database, options.ontology)
        start = len(article_iri("", base=database.base))
    for group in summary.seen(_articles(store, ontology, files, list(met), options.jobs), "violation"):
        for finding in group:
            problem = _problem(finding, met[finding.article], finding.article[start:])
            report.count(problem)
            on_problem(problem)
    warnings, infos = summary.found["warning"], summary.found["info"]
    if warnings or infos:
        report.notes.append(
            f"validation: {warnings:,} warnings and {infos:,} remarks beside; `kgbuild validate --severity info` shows them"
        )


def _problem(finding: Finding, where: str, document: str) -> Problem:
    thing = f"“{finding.label}”" if finding.label else f"<{finding.thing}>"
    value = finding.value_label or finding.value
    said = f" ({finding.path.rpartition('#')[2]}: {value})" if value and finding.path else f" ({value})" if value else ""
    code = finding.rule.rpartition("#")[2] or finding.rule
    return Problem(code, "kept", f"{thing}{said}: {finding.message('en')}", document=document, where=where)


def _inputs(database: Store, folder: Path | None) -> tuple[Ontology, dict[str, bytes]]:
    """The ontology and the shapes and rules: those of a folder, else what the store was built with, else the shipped."""
    kept = unpack(database.meta(META_ONTOLOGY_FILES) or "") if folder is None else {}
    ontology = Ontology.parse(kept) if kept else load_ontology(folder)
    return ontology, own_shapes(database, folder) or shipped_shapes()


def _shapes(files: Mapping[str, bytes], *, reference: bool) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.endswith(".ttl") and (reference or name != _FOR_REFERENCE)}


def _rules(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.endswith(".rq")}


def _articles(
    store: Place, ontology: Ontology, files: Mapping[str, bytes], articles: list[str], jobs: int | None
) -> Iterator[list[Finding]]:
    check = ArticleCheck(store, ontology, _shapes(files, reference=False))
    if jobs is None:
        jobs = (os.cpu_count() or 1) if len(articles) >= _WORTH_PROCESSES else 1
    try:
        yield from processes(check, articles, jobs)
    finally:
        check.close()
