"""``kgbuild link``: propose pairs of things that may be one, and take decisions on them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from kgbuild.cli import options, outputs, progress
from kgbuild.cli.lazy import LazyGroup

if TYPE_CHECKING:
    from kgbuild.linking.showing import Shown
    from kgbuild.pipeline.linking import LinkReport, Proposing

#: command -> one line of help. The command itself is ``command`` in the module ``kgbuild.cli.link.<name>``.
COMMANDS = {"decide": "Say that two things are the same, are different, or that you are unsure."}
#: those of ``kgbuild query``
FORMATS = ("table", "csv", "tsv", "json", "md", "jsonl")
_WIDTH = 100


@click.group("link", cls=LazyGroup, table=COMMANDS, package=__name__, invoke_without_command=True)
@options.store
@options.decisions
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.6, show_default=True, metavar="X", help="The least score to propose.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="person, outlet, organization, place, event or a class; repeatable.")
@click.option("--limit", type=click.IntRange(min=0), default=100, show_default=True, metavar="N", help="The best N; 0 for all.")
@click.option("--format", type=click.Choice(FORMATS), help="How to write them; without it, on a terminal, one by one.")
@click.option("--lang", default="en", show_default=True, metavar="TAG", help="The language of labels, where they have it.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    store: Path,
    decisions: Path | None,
    min_score: float,
    kinds: tuple[str, ...],
    limit: int,
    format: str | None,
    lang: str,
) -> int:
    """Propose pairs of things that may be one and on which nothing is decided, the likeliest first.

    On a terminal each pair is shown with its sentences, and one key decides: s same, d different, u unsure, q quit. With --format csv
    a spreadsheet can be filled in and read back: kgbuild link decide --from FILE.csv. Decisions stand in one Turtle file, which you may
    edit and version; what they touch is mapped again at once, and deleting a line undoes it with the next load or link.
    """
    if ctx.invoked_subcommand is not None:
        given = [name for name in ctx.params if ctx.get_parameter_source(name) == ParameterSource.COMMANDLINE]
        if given:
            raise click.UsageError(
                f"options of “{ctx.invoked_subcommand}” stand behind it: kgbuild link {ctx.invoked_subcommand} … --store DIR"
            )
        return 0
    from kgbuild.explanation.asking import Asking
    from kgbuild.linking.showing import show
    from kgbuild.pipeline import linking
    from kgbuild.pipeline.decisions import beside
    from kgbuild.stores import EmbeddedStore

    linking.keep_up(store, decisions)
    taken = 0
    one_by_one = format is None and sys.stdin.isatty() and sys.stdout.isatty()
    with EmbeddedStore.open(store, read_only=True) as opened:
        with progress.working("comparing"):
            found = linking.Proposing(opened, kinds, min_score=min_score, lang=lang)
        with found:
            asking = Asking(opened.select, lang, opened.base)
            shown = show(found.proposals.rows(limit), asking)
            if one_by_one:
                from kgbuild.cli.link.asking import ask_each

                taken = ask_each(shown, found, decisions or beside(store), base=opened.base)
            else:
                _write(shown, format or "table", found.proposals.total, opened.base)
            _summary(found, limit, store)
    if taken:
        tell(linking.apply(store, decisions))
    return 0


def _write(found: Iterator[Shown], format: str, total: int, base: str) -> None:
    from kgbuild.formats import WRITERS
    from kgbuild.linking.showing import lines, result

    if format != "table":
        outputs.write(WRITERS[format](result(found)))
        return
    width = shutil.get_terminal_size((_WIDTH, 24)).columns if sys.stdout.isatty() else _WIDTH
    pages = (lines(one, number, total, base=base, width=width) for number, one in enumerate(found, start=1))
    outputs.write(f"{line}\n" for page in pages for line in (*page, ""))


def _summary(found: Proposing, limit: int, store: Path) -> None:
    total, proposals = found.proposals.total, found.proposals
    listed = f"{total:,} pairs proposed" if total != 1 else "1 pair proposed"
    if limit and total > limit:
        listed += f", the best {limit:,} of them shown (--limit 0 shows all)"
    click.echo(f"{store}: {listed}, of {proposals.compared:,} compared; {len(found.decisions):,} decided", err=True)
    if found.idle:
        first = found.idle[0]
        counted = "1 decision names" if len(found.idle) == 1 else f"{len(found.idle):,} decisions name"
        click.echo(f"{counted} things that nothing in the store tells of, such as {first.one} and {first.other}", err=True)
    for sentence in proposals.cut:
        click.echo(sentence, err=True)


def tell(report: LinkReport) -> None:
    """Say what decisions came to."""
    decided = "1 decision" if len(report.decisions) == 1 else f"{len(report.decisions):,} decisions"
    counted = "1 article" if report.articles == 1 else f"{report.articles:,} articles"
    click.echo(f"{report.file}: {decided}; {counted} mapped again", err=True)
