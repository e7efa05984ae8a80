"""Answers that are drawn, where the query's header says how: as a graph (``--format``) and as a picture (``--plot``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli import outputs
from kgbuild.errors import QueryError
from kgbuild.iris import compress

if TYPE_CHECKING:
    from kgbuild.query import Query
    from kgbuild.result import Ask, Result

#: those of kgbuild.networks.forms, and of kgbuild.plotting.picture; a test keeps them equal
GRAPHS = ("graphml", "mermaid")
PICTURES = ("svg", "png")


def picture_file(ctx: click.Context, parameter: click.Parameter, file: Path | None) -> Path | None:
    """Check, for click, that a file's name says what picture it is to be."""
    if file is not None and file.suffix.lower().removeprefix(".") not in PICTURES:
        raise click.BadParameter(f"{file}: a picture is FILE.svg or FILE.png")
    return file


def check(query: Query, format: str, plot: Path | None, bundled: Callable[[], Mapping[str, Query]]) -> None:
    """Claim, before anything is asked, that a query can be written so. Raises QueryError naming the queries that can."""
    if format in GRAPHS and query.graph is None:
        can = ", ".join(name for name, one in bundled().items() if one.graph)
        raise QueryError(f"the rows of {query.name} are no graph", hint=f"queries that can be written as {format}: {can}")
    if plot is not None and query.plot is None:
        can = ", ".join(name for name, one in bundled().items() if one.plot)
        raise QueryError(f"the rows of {query.name} make no picture", hint=f"queries that --plot can draw: {can}")


def write_graph(result: Result, query: Query, format: str, ask: Ask, lang: str, title: str) -> None:
    """Write the answer of a query that is a graph to standard output."""
    from kgbuild.networks.building import network
    from kgbuild.networks.forms import WRITERS
    from kgbuild.networks.mermaid import too_large

    assert query.graph is not None
    made = network(result, query.graph, ask, lang, title=title)
    pieces = list(WRITERS[format](made))
    outputs.write(pieces)
    if format == "mermaid" and (reason := too_large(made, "".join(pieces))):
        click.echo(f"{reason}; narrow the question, or write graphml", err=True)


def write_picture(result: Result, query: Query, file: Path, title: str) -> None:
    """Draw the answer of a query that makes a picture, into a file."""
    from kgbuild.plotting.picture import draw

    assert query.plot is not None
    picture = draw(result, query.plot, file.suffix.lower().removeprefix("."), title=title)
    with outputs.writing(file) as stream:
        stream.write(picture.data)
    for note in ("written", *picture.notes):
        click.echo(f"{file}: {note}", err=True)


def title_of(query: Query, values: Mapping[str, str]) -> str:
    """What stands above: what the query answers, and what was asked for."""
    given = ", ".join(f"{name} {compress(value)}" for name, value in values.items())
    return (query.summary or query.name) + (f" ({given})" if given else "")
