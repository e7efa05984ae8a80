"""One proposal after the other on a terminal: read two sentences, press a key."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.errors import DecisionError

if TYPE_CHECKING:
    from kgbuild.linking.showing import Shown
    from kgbuild.pipeline.linking import Proposing

_KEYS = {"s": "same", "d": "different", "u": "unsure"}


def ask_each(shown: Iterable[Shown], found: Proposing, file: Path, *, base: str) -> int:
    """Show proposals and take decisions, each written to the file at once; return how many were taken.

    Left out is what follows from the decisions taken on the way. One that would contradict them is told, and not taken.
    """
    from kgbuild.decisions.decision import decision
    from kgbuild.pipeline.linking import add_to_file

    taken = number = 0
    decisions = found.decisions
    for one in shown:
        number += 1
        if decisions.verdict(one.proposal.one, one.proposal.other) is not None:
            continue
        _show(one, number, found.proposals.total, base)
        while True:
            key = click.getchar().lower()
            if key in ("q", "\x04", "\x1b"):
                click.echo("quit")
                return taken
            if key in _KEYS:
                break
        click.echo(_KEYS[key])
        named = (f"{one.one.name} — {one.other.name}",)
        try:
            decisions = add_to_file(file, decisions, [decision(one.one.iri, one.other.iri, _KEYS[key], comments=named)], base=base)
            taken += 1
        except DecisionError as error:
            click.echo(f"not taken: {error}")
    click.echo("no more proposals" if number else "nothing to propose")
    return taken


def _show(shown: Shown, number: int, total: int, base: str) -> None:
    from kgbuild.linking.showing import lines

    click.echo()
    for line in lines(shown, number, total, base=base, width=shutil.get_terminal_size((100, 24)).columns):
        click.echo(line)
    click.echo("  [s]ame  [d]ifferent  [u]nsure  [q]uit  ", nl=False)
