"""``kgbuild remove``: take articles out of the store."""

from __future__ import annotations

from pathlib import Path

import click

from kgbuild.cli import options


@click.command("remove")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@options.store
def command(*, articles: tuple[str, ...], store: Path) -> int:
    """Take articles out of the store, with all that only they say.

    ARTICLE is an article's document id, CURIE or IRI, as kgbuild query articles lists them. What other articles say too stays. If one
    is not in the store, none is removed.
    """
    from kgbuild import pipeline

    removed = pipeline.remove(store, articles)
    click.echo(f"{store}: removed {len(removed):,} of {len(articles):,}: {', '.join(removed)}", err=True)
    return 0
