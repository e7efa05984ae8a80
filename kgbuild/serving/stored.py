"""Bundled queries as an API: a person's values in, rows out, as the command line gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox

from kgbuild import formats
from kgbuild.answers import answer
from kgbuild.query import Query, find_query, load_queries
from kgbuild.resources import read_bundled
from kgbuild.result import Result
from kgbuild.serving.jobs import Head, Stored
from kgbuild.serving.output import Output

__all__ = ["FORMATS", "queries", "run_stored"]

#: what stands behind the dot -> writer, media type
FORMATS: dict[str, tuple[Callable[[Result], Iterator[str]], str]] = {
    "json": (formats.sparql_json, "application/sparql-results+json"),
    "csv": (formats.csv, "text/csv"),
    "tsv": (formats.tsv, "text/tab-separated-values"),
    "jsonl": (formats.jsonl, "application/jsonl"),
    "md": (formats.markdown, "text/markdown"),
}


def queries() -> dict[str, Query]:
    """The bundled queries by name."""
    return load_queries(read_bundled("queries", ".rq"))


def run_stored(store: ox.Store, job: Stored, output: Output, *, base: str) -> None:
    """Answer a bundled query. A page has ``size`` rows; the header ``X-Total-Rows`` tells how many there are in all.

    Raises QueryError for an unknown query, an unknown or missing parameter, and a value that means nothing or several things.
    """

    def ask(text: str) -> ox.QuerySolutions:
        found = store.query(text)
        assert isinstance(found, ox.QuerySolutions)
        return found

    result = answer(find_query(queries(), job.name), job.values, ask, job.lang, base=base)
    total = len(result.rows)
    if job.size:
        first = (job.page - 1) * job.size
        passages = result.passages[first : first + job.size] if result.passages is not None else None
        result = Result(result.columns, result.rows[first : first + job.size], passages)
    write, media_type = FORMATS[job.format]
    output.begin(Head(media_type=media_type, headers={"X-Total-Rows": str(total)}))
    for line in write(result):
        output.write(line.encode())
