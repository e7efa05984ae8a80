"""Which run of kgbuild wrote which article: PROV-O lines for the runs graph."""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild import iris, literals
from kgbuild import vocabulary as v
from kgbuild.document import Run


def run_iri(run: Run, base: str) -> str:
    """The IRI of a load run."""
    return f"{base}run/{run.id}"


def run_lines(run: Run, articles: Iterable[str], base: str) -> list[str]:
    """Say that a run took place, with which version of kgbuild, and which articles it wrote."""
    node = run_iri(run, base)
    software = f"{base}software/kgbuild-{run.version}"
    lines = [
        f"<{node}> <{v.TYPE}> <{v.LOAD_RUN}>",
        f"<{node}> <{v.STARTED}> {literals.typed(run.started, literals.XSD + 'dateTime')}",
        f"<{node}> <{v.ASSOCIATED_WITH}> <{software}>",
        f"<{software}> <{v.TYPE}> <{v.SOFTWARE_AGENT}>",
        f"<{software}> <{v.VERSION}> {literals.string(run.version)}",
        f"<{software}> <{v.LABEL}> {literals.string('kgbuild ' + run.version)}",
    ]
    return lines + [f"<{article}> <{v.GENERATED_BY}> <{node}>" for article in articles]


def new_run(started: str, version: str) -> Run:
    """A run, named by when it started and with what: the one value that a load takes from the clock."""
    return Run(iris.digest(started, version), started, version)
