"""``kgbuild ontology check``: what an edit of the ontology broke, with file and line."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli import outputs
from kgbuild.errors import MissingExtra

if TYPE_CHECKING:
    from kgbuild.checking import Check, Finding, Report

#: narrower than this, a terminal's lines are not wrapped
_NARROW = 60


@click.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option(
    "--format", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True, help="How findings are written."
)
@click.option(
    "--logic/--no-logic",
    default=None,
    help="Ask the OWL API and HermiT too, or do not; without it, where Java and kgbuild[owl] are there.",
)
@click.option("--list", "listing", is_flag=True, help="List the checks, and check nothing.")
def command(*, folder: Path | None, format: str, logic: bool | None, listing: bool) -> int:
    """Find what an edit broke: syntax, names, labels, definitions, identity, imports, logic.

    DIR is a folder of Turtle files; without it, ./ontology if there is one, else the ontology that ships with kgbuild. The exit status
    is 1 if there are errors or warnings; advice alone leaves it 0.
    """
    from kgbuild.checking import TABLE, check, gather
    from kgbuild.checking.logic import LOGIC_CHECKS, look, unfit

    if listing:
        outputs.write(_list([*TABLE.values(), *LOGIC_CHECKS]))
        return 0
    started = time.perf_counter()
    here = Path("ontology")
    chosen = folder or (here if folder is None and any(here.glob("*.ttl")) else None)
    draft = gather(chosen)
    report = check(draft)
    note = ""
    if logic is not False:
        try:
            note = unfit(draft)
            if not note:
                findings, note = look(draft)
                report = report.with_more(findings)
            else:
                note = f"logic: not checked: {note}"
        except MissingExtra as error:
            if logic:
                raise
            note = f"logic: not checked: {error}; to have it: {error.hint}"
    outputs.write({"table": _table, "json": _json, "jsonl": _jsonl}[format](report))
    if note:
        click.echo(note, err=True)
    place = str(chosen) if chosen else "the shipped ontology"
    click.echo(f"{place}: {_summary(report)}, in {time.perf_counter() - started:.1f} s", err=True)
    return 0 if report.is_clean else 1


def _summary(report: Report) -> str:
    counted = [_count(report.count("error"), "error"), _count(report.count("warning"), "warning")]
    advice = report.count("advice")
    found = [words for words in counted if words] + ([f"{advice} piece{'s' * (advice > 1)} of advice"] if advice else [])
    return f"{_count(report.files, 'file')}, {_count(report.terms, 'term')}: {', '.join(found) or 'nothing found'}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else ""


def _jsonl(report: Report) -> Iterator[str]:
    for finding in report.findings:
        yield json.dumps(finding.record(), ensure_ascii=False) + "\n"


def _json(report: Report) -> Iterator[str]:
    yield "["
    for number, finding in enumerate(report.findings):
        yield ("," if number else "") + "\n" + json.dumps(finding.record(), ensure_ascii=False)
    yield "\n]\n" if report.findings else "]\n"


def _table(report: Report) -> Iterator[str]:
    """The findings of each check together: its heading, a line each, what to do."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for check, findings in groupby(report.findings, key=lambda finding: finding.check):
        yield from _group(check, list(findings), width)


def _group(check: Check, findings: list[Finding], width: int) -> Iterator[str]:
    yield f"{check.severity}  {check.id}: {check.title}  [{check.source}]\n"
    places = [str(finding.place) or "-" for finding in findings]
    widest = max(map(len, places))
    for place, finding in zip(places, findings, strict=True):
        said = f"{finding.term} {finding.says}" if finding.term else finding.says
        yield from _wrapped(f"  {place:<{widest}}  ", said, width)
    yield from _wrapped("  → ", check.remedy, width)
    yield "\n"


def _wrapped(start: str, text: str, width: int) -> Iterator[str]:
    """A line; on a terminal, several, indented below the first. Lines of a text stay lines."""
    indent = " " * len(start)
    for number, line in enumerate(text.split("\n")):
        head = start if number == 0 else indent + "  "
        room = width - len(head)
        parts = textwrap.wrap(line, room, break_long_words=False, break_on_hyphens=False) if width >= _NARROW and room > 20 else [line]
        for part in parts or [""]:
            yield f"{head}{part}\n"
            head = indent + "  " * (number > 0)


def _list(checks: list[Check]) -> Iterator[str]:
    widest = max(len(check.id) for check in checks)
    for check in checks:
        yield f"{check.id:<{widest}}  {check.severity:<7}  {check.title} ({check.source})\n"
