"""Queries in files for ``kgbuild query``: the bundled ones, those of a user's folder beside them, and the check of such a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli import outputs
from kgbuild.errors import QueryError, StoreMissing

if TYPE_CHECKING:
    from kgbuild.query import Query
    from kgbuild.stores import Place

#: what a bundled query may be called; no path
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def load(folder: Path | None) -> dict[str, Query]:
    """Read the bundled queries and, where a folder is given, those in it. Raises QueryError: also on a name that both have."""
    from kgbuild.query import load_queries
    from kgbuild.resources import read_bundled

    bundled = load_queries(read_bundled("queries", ".rq"))
    if folder is None:
        return bundled
    own = load_queries(read(folder))
    for name in own:
        if name in bundled:
            raise QueryError(f"{folder / name}.rq: a bundled query is called {name} too", hint="give the file another name")
    return dict(sorted((bundled | own).items()))


def find(name: str, folder: Path | None) -> Query:
    """Find a query by name. Raises as :func:`load` does, and QueryError with the nearest name.

    Of the bundled ones only that one is read, where no folder is given: reading them all takes longer than most answers.
    """
    from kgbuild.query import Query, find_query
    from kgbuild.resources import bundled

    if folder is None and _NAME.fullmatch(name) and (file := bundled("queries") / f"{name}.rq").is_file():
        return Query.parse(file.name, file.read_bytes())
    return find_query(load(folder), name)


def read(folder: Path) -> dict[str, bytes]:
    """Read the query files of a folder, by path. Raises QueryError: none, or one that cannot be read."""
    try:
        files = {str(path): path.read_bytes() for path in sorted(folder.glob("*.rq"))}
    except OSError as error:
        raise QueryError(f"{error.filename or folder}: cannot be read: {error.strerror or error}") from error
    if not files:
        raise QueryError(f"{folder}: no query file there", hint="name a folder with files that end in .rq")
    return files


def check(folder: Path, store: Place) -> int:
    """Write what is wrong with the queries of a folder; the exit status. They are run on the store where there is one."""
    from kgbuild.linting import Finding, lint
    from kgbuild.stores import open_store

    files = read(folder)
    found = 0

    def lines(findings: Iterator[Finding]) -> Iterator[str]:
        nonlocal found
        for finding in findings:
            found += 1
            yield f"{finding}\n"

    try:
        with open_store(store, read_only=True) as opened:
            outputs.write(lines(lint(files, opened.select, base=opened.base)))
        run = f"run on {store}"
    except StoreMissing:
        outputs.write(lines(lint(files)))
        run = f"not run: there is no store at {store}"
    queries, findings = ("query" if len(files) == 1 else "queries"), ("finding" if found == 1 else "findings")
    click.echo(f"{len(files)} {queries}, {found or 'no'} {findings}; {run}", err=True)
    return 1 if found else 0
