"""``kgbuild link decide``: write decisions to their file, and let the store follow."""

from __future__ import annotations

import re
from pathlib import Path

import click

from kgbuild.cli import options

VERDICTS = ("same", "different", "unsure")


def _date(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str:
    if value and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", value):
        raise click.BadParameter(f"“{value}” is not a day such as 2024-01-16")
    return value or ""


@click.command("decide")
@click.argument("one", required=False, metavar="[A")
@click.argument("other", required=False, metavar="B")
@click.argument("verdict", required=False, type=click.Choice(VERDICTS), metavar="same|different|unsure]")
@options.store
@options.decisions
@click.option("--note", default="", metavar="TEXT", help="Why: kgbuild explain shows it.")
@click.option("--date", callback=_date, metavar="DAY", help="When this was decided, if the file is to say so.")
@click.option(
    "--from", "sheet", type=click.Path(path_type=Path), metavar="FILE", help="A CSV file of kgbuild link with decisions filled in."
)
@click.option("--lang", default="en", show_default=True, metavar="TAG", help="The language in which candidates are named.")
def command(
    *,
    one: str | None,
    other: str | None,
    verdict: str | None,
    store: Path,
    decisions: Path | None,
    note: str,
    date: str,
    sheet: Path | None,
    lang: str,
) -> int:
    """Say that two things are the same, are different, or that you are unsure.

    A and B are things by name, CURIE (data:name/person/…) or IRI. A single mention that was recognised wrongly is named by the unit that
    annotates it, data:article/DOCUMENT/UNIT: different from what it was taken for, or the same as something else. A decision takes the
    place of an earlier one on the same pair. The articles that it touches are mapped again at once; delete its line to undo it.
    """
    complete = one is not None and other is not None and verdict is not None
    if (sheet is not None) == complete or (sheet is not None and (one is not None or note)):
        raise click.UsageError("give two things and same, different or unsure; or --from FILE.csv alone")
    from kgbuild.cli.link import tell
    from kgbuild.pipeline import linking
    from kgbuild.pipeline.sheets import read_sheet

    if sheet is not None:
        given = read_sheet(sheet, store, date=date, lang=lang)
        if not given:
            click.echo(f"{sheet}: no decision is filled in", err=True)
            return 0
    else:
        given = [linking.find_decision(store, one or "", other or "", verdict or "", note=note, date=date, lang=lang)]
    tell(linking.apply(store, decisions, given))
    return 0
