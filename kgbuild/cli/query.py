"""``kgbuild query``: ask the store, and show the answer."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli import drawn, options, outputs, query_files
from kgbuild.errors import QueryError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kgbuild.query import Query
    from kgbuild.stores import Place, Store

#: ``table`` is for reading, also in a pipe; the others are for programs. A test keeps them equal to kgbuild.formats.
FORMATS = ("table", "csv", "tsv", "json", "md", "jsonl")
_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
#: places on a line where the output is no terminal
_WIDTH = 100


def _values(ctx: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name:
            raise click.BadParameter(f"“{one}” is not NAME=VALUE, such as supplier=PRK")
        if name in values:
            raise click.BadParameter(f"{name} is given twice: it takes one value")
        values[name] = value
    return values


@click.command("query")
@click.argument("name", required=False, metavar="[NAME|-]")
@options.store_or_url
@click.option("--param", "values", multiple=True, callback=_values, metavar="NAME=VALUE", help="A parameter of the query; repeatable.")
@click.option("--format", type=click.Choice(FORMATS + drawn.GRAPHS), default="table", show_default=True, help="How to write the answer.")
@click.option("--lang", default="en", show_default=True, metavar="TAG", help="The language of labels, where they have it.")
@click.option(
    "--plot",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=drawn.picture_file,
    metavar="FILE",
    help="Also draw the answer, as FILE.svg or FILE.png; for queries that say how.",
)
@click.option("--show", is_flag=True, help="Write the query with its parameters bound, which runs on any endpoint, and do not ask it.")
@click.option("--list", "listing", is_flag=True, help="List the bundled queries, and those of --queries.")
@click.option("--file", type=click.Path(path_type=Path), metavar="FILE", help="Ask the SPARQL in a file, with or without a header.")
@click.option("--queries", type=_FOLDER, metavar="DIR", help="A folder of more queries, in files as the bundled ones are (*.rq).")
@click.option("--check", type=_FOLDER, metavar="DIR", help="Check the queries of a folder: headers, order, slow patterns; run them too.")
def command(
    *,
    name: str | None,
    store: Place,
    values: dict[str, str],
    format: str,
    lang: str,
    plot: Path | None,
    show: bool,
    listing: bool,
    file: Path | None,
    queries: Path | None,
    check: Path | None,
) -> int:
    """Ask the store: a bundled query by name, the SPARQL in a file, or that on standard input (-).

    A state may be given by ISO code, name in any language, CURIE or IRI: PRK, "Coreea de Nord", wd:Q423. The default format is for
    reading; csv, tsv, json, jsonl and md give whole IRIs, and a label column beside each. graphml and mermaid are for queries whose
    rows are a graph, --plot for those that make a picture: kgbuild info queries NAME tells.
    """
    if sum((bool(name), listing, file is not None, check is not None)) != 1:
        raise click.UsageError("what to ask? give one of: the NAME of a query, --file FILE, - for standard input, --list, or --check DIR")
    if show and plot is not None:
        raise click.UsageError("--show asks nothing, so there is nothing to --plot")
    if check is not None:
        return query_files.check(check, store)
    if listing:
        outputs.write(_listing(query_files.load(queries)))
        return 0
    if name == "-":
        query = _given("standard input", sys.stdin.buffer.read())
    elif file is not None:
        query = _given(str(file), _read(file))
    else:
        query = query_files.find(name or "", queries)
    drawn.check(query, format, plot, lambda: query_files.load(queries))
    from kgbuild.stores import open_store

    with open_store(store, read_only=True) as opened:
        _answer(opened, query, values, format=format, lang=lang, plot=plot, show=show)
    return 0


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise QueryError(f"{file}: cannot be read: {error.strerror or error}", hint="name a file with a SPARQL query") from error


def _given(name: str, source: bytes) -> Query:
    """Read a user's query. Without a header it has no parameters: every ``$x`` is a variable, as in SPARQL."""
    from kgbuild.query import Query

    if any(line.startswith(b"#+") for line in source.splitlines()):
        return Query.parse(name, source)
    try:
        return Query(name, source.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise QueryError(f"{name}: not UTF-8 (byte {error.start})", hint="write the query in UTF-8") from error


def _answer(store: Store, query: Query, values: dict[str, str], *, format: str, lang: str, plot: Path | None, show: bool) -> None:
    import pyoxigraph as ox

    from kgbuild.answers import label_rows, prepare

    def ask(sparql: str) -> ox.QuerySolutions:
        answer = store.query(sparql)
        assert isinstance(answer, ox.QuerySolutions)
        return answer

    base = store.base
    sparql = prepare(query, values, ask, lang, base=base) if query.params or values else query.text
    if show:
        outputs.write([sparql])
        return
    answer = store.query(sparql)
    if not isinstance(answer, ox.QuerySolutions):
        outputs.write(_other(answer, format))
        return
    result = label_rows(answer, ask, lang, query=query)
    if plot is not None:
        drawn.write_picture(result, query, plot, drawn.title_of(query, values))
    if format in drawn.GRAPHS:
        drawn.write_graph(result, query, format, ask, lang, drawn.title_of(query, values))
    elif format == "table":
        from kgbuild.table import table

        terminal = sys.stdout.isatty()
        width = shutil.get_terminal_size((_WIDTH, 24)).columns if terminal else _WIDTH
        outputs.write(table(result, width=width, bold=terminal and not os.environ.get("NO_COLOR"), base=base))
    else:
        from kgbuild.formats import WRITERS

        outputs.write(WRITERS[format](result))
    if not result.rows:
        empty = next(store.articles(), None) is None
        click.echo("the store holds no article yet: kgbuild load PATH" if empty else "no rows", err=True)


def _other(answer: ox.QueryBoolean | ox.QueryTriples, format: str) -> Iterator[str]:
    """Write the answer of ASK (true, false; as SPARQL results in json) or of CONSTRUCT and DESCRIBE (N-Triples)."""
    import pyoxigraph as ox

    if isinstance(answer, ox.QueryTriples):
        yield from (f"{triple} .\n" for triple in answer)
    elif format == "json":
        yield f'{{"head": {{}}, "boolean": {str(bool(answer)).lower()}}}\n'
    else:
        yield f"{str(bool(answer)).lower()}\n"


def _listing(queries: dict[str, Query]) -> Iterator[str]:
    """List the queries with what they answer and their parameters, optional ones in brackets."""
    widest = max(map(len, queries), default=0)
    for name, query in queries.items():
        yield f"{name:<{widest}}  {query.summary}\n"
        if query.params:
            params = " ".join(param.name if param.required else f"[{param.name}]" for param in query.params)
            yield f"{'':<{widest}}    {params}\n"
