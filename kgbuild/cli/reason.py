"""``kgbuild reason``: bring what the ontology's axioms entail up to date, or show the rules that they give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli import options, outputs, progress
from kgbuild.errors import QueryError

if TYPE_CHECKING:
    from kgbuild.pipeline import ReasonReport
    from kgbuild.rules import Rule, Rules


@click.command("reason")
@options.store
@options.ontology
@click.option("--show", is_flag=False, flag_value="", metavar="[RULE]", help="Print the rules as SPARQL, or those of a kind, term or id.")
def command(*, store: Path, ontology: Path | None, show: str | None) -> int:
    """Bring what the ontology's axioms entail up to date.

    Every load does so for what it changes. This works everything out anew, by the rules that the axioms give (a relation's inverse, a
    chain, a class above …), and writes what differs to the graph "inferred". With --show nothing is written.
    """
    from kgbuild import pipeline

    if show is not None:
        outputs.write(_shown(pipeline.rules_of(store, ontology), show))
        return 0
    if ontology is not None:
        raise click.UsageError(
            "--ontology goes with --show: a store reasons with its own; kgbuild load --rebuild --ontology DIR changes it"
        )
    with progress.working("reasoning"):
        report = pipeline.reason(store)
    outputs.write(_table(report))
    click.echo(_summary(report, store), err=True)
    return 0


def _table(report: ReasonReport) -> Iterator[str]:
    yield f"{'axioms':<14}{'rules':>8}{'triples':>12}\n"
    for kind, rules, triples in report.kinds:
        yield f"{kind:<14}{rules:>8,}{triples:>12,}\n"
    yield f"{'forbidding':<14}{'none':>8}{'':>12}  {report.forbidding} axioms that only say what cannot be\n"


def _summary(report: ReasonReport, store: Path) -> str:
    changed = f"{report.added:,} added, {report.removed:,} removed" if report.added or report.removed else "nothing had to be changed"
    return f"{store}: {report.triples:,} triples inferred in {report.seconds:.1f} s; {changed}"


def _shown(rules: Rules, name: str) -> Iterator[str]:
    found: list[Rule] = rules.find(name) if name else [*rules.rules, *rules.typing]
    if not found:
        raise QueryError(
            f"no rule “{name}”",
            hint="name a kind of axiom (kgbuild reason lists them), a class or property, or a rule's id; or none, for all",
        )
    for rule in found:
        applied = "" if rule in rules.rules else "# not applied to stores: it would hide errors that kgbuild validate finds\n"
        yield f"# {rule.id}\n{applied}{rule.sparql}\n"
