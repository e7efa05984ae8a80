"""Bundled queries as an API: a person's values in, rows out, as the command line gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox

from kgbuild import formats
from kgbuild.answers import answer, prepare
from kgbuild.iris import KG
from kgbuild.query import Query, find_query, load_queries
from kgbuild.resources import read_bundled
from kgbuild.result import Result
from kgbuild.serving.jobs import Head, Home, Stored
from kgbuild.serving.output import Output

__all__ = ["ENDINGS", "FORMATS", "queries", "run_home", "run_stored"]

#: what stands behind the dot -> writer, media type
FORMATS: dict[str, tuple[Callable[[Result], Iterator[str]], str]] = {
    "json": (formats.sparql_json, "application/sparql-results+json"),
    "csv": (formats.csv, "text/csv"),
    "tsv": (formats.tsv, "text/tab-separated-values"),
    "jsonl": (formats.jsonl, "application/jsonl"),
    "md": (formats.markdown, "text/markdown"),
}
#: a page for people, and the SPARQL that asks, with the values in it
PAGE, SPARQL = ("html", "text/html"), ("rq", "application/sparql-query")
ENDINGS = {**{ending: media_type for ending, (_, media_type) in FORMATS.items()}, PAGE[0]: PAGE[1], SPARQL[0]: SPARQL[1]}

_COUNTED = {"statements": "Statement", "transfers of arms": "ArmsTransfer", "meetings, visits and calls": "Meeting", "strikes": "Strike"}


def queries() -> dict[str, Query]:
    """The bundled queries by name."""
    return load_queries(read_bundled("queries", ".rq"))


def run_home(store: ox.Store, job: Home, output: Output) -> None:
    """Write the first page, with counts of what there is."""
    from kgbuild.serving import pages

    counts = {}
    for name, cls in _COUNTED.items():
        found = store.query(
            f"SELECT (COUNT(DISTINCT ?thing) AS ?n) {{ ?thing a <{KG}{cls}> FILTER EXISTS {{ ?thing <{KG}reportedIn> ?in }} }}"
        )
        assert isinstance(found, ox.QuerySolutions)
        counts[name] = int(next(iter(found))[0].value)
    output.begin(Head(media_type="text/html", headers={"Content-Security-Policy": pages.POLICY}))
    output.write(pages.home(queries().values(), counts, job.lang))


def run_stored(store: ox.Store, job: Stored, output: Output, *, base: str) -> None:
    """Answer a bundled query. A page has ``size`` rows; the header ``X-Total-Rows`` tells how many there are in all.

    Raises QueryError for an unknown query, an unknown or missing parameter, and a value that means nothing or several things.
    """

    def ask(text: str) -> ox.QuerySolutions:
        found = store.query(text)
        assert isinstance(found, ox.QuerySolutions)
        return found

    query = find_query(queries(), job.name)
    if job.format == SPARQL[0]:
        output.begin(Head(media_type=SPARQL[1]))
        output.write(prepare(query, job.values, ask, job.lang, base=base).encode())
        return
    result = answer(query, job.values, ask, job.lang, base=base)
    total = len(result.rows)
    if job.size:
        first = (job.page - 1) * job.size
        passages = result.passages[first : first + job.size] if result.passages is not None else None
        result = Result(result.columns, result.rows[first : first + job.size], passages)
    if job.format == PAGE[0]:
        from kgbuild.serving import pages

        output.begin(Head(media_type=PAGE[1], headers={"X-Total-Rows": str(total), "Content-Security-Policy": pages.POLICY}))
        output.write(pages.rows(query, result, job.values, total, base=base, lang=job.lang))
        return
    write, media_type = FORMATS[job.format]
    output.begin(Head(media_type=media_type, headers={"X-Total-Rows": str(total)}))
    for line in write(result):
        output.write(line.encode())
