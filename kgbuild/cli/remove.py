"""``kgbuild remove``: take articles out of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kgbuild.cli import options

if TYPE_CHECKING:
    from kgbuild.stores import Place


@click.command("remove")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@options.store_or_url
def command(*, articles: tuple[str, ...], store: Place) -> int:
    """Take articles out of the store, with all that only they say.

    ARTICLE is an article's document id, CURIE or IRI, as kgbuild query articles lists them. What other articles say too stays. If one
    is not in the store, none is removed.
    """
    from kgbuild import pipeline

    removed = pipeline.remove(store, articles)
    click.echo(f"{store}: removed {len(removed):,} of {len(articles):,}: {', '.join(removed)}", err=True)
    return 0
