"""Options that several commands share, so that they are spelled and explained once."""

from __future__ import annotations

from pathlib import Path

import click

#: where the store stands when nothing is said
DEFAULT_STORE = "kgbuild-store"

store = click.option(
    "--store",
    type=click.Path(path_type=Path),
    default=DEFAULT_STORE,
    envvar="KGBUILD_STORE",
    show_default=True,
    show_envvar=True,
    metavar="DIR",
    help="The store's folder.",
)

ontology = click.option(
    "--ontology",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of Turtle files to use instead of the ontology that ships with kgbuild.",
)

reference = click.option(
    "--reference",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of Turtle files with reference data, added to what ships with kgbuild.",
)

decisions = click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="KGBUILD_DECISIONS",
    show_envvar=True,
    metavar="FILE",
    help="The file of decisions on links (Turtle).  [default: beside the store, STORE.links.ttl]",
)
