"""A SPARQL query and a whole graph, asked of a checkpoint and written in the format that the client accepts."""

from __future__ import annotations

import re
from typing import BinaryIO, cast

import pyoxigraph as ox

from kgbuild.binding import Token
from kgbuild.iris import PREFIXES
from kgbuild.serving import guard
from kgbuild.serving.jobs import Graph, Head, Query
from kgbuild.serving.negotiation import RESULTS, TRIPLES, choose
from kgbuild.serving.output import Output
from kgbuild.serving.refusal import Refused
from kgbuild.stores.syntax import explained

__all__ = ["run_graph", "run_query", "shown_in_order"]

_RESULT_FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
RDF_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
_EMPTY = ox.Store()
#: what a query holds that reaches out or shows all variables; the words may also stand where they mean nothing
_LOOKED_AT = re.compile(r"service|load|\*|\\", re.IGNORECASE)
#: what a query holds that may be relative to a base IRI, whose use costs as much as a small query
_RELATIVE = re.compile(r"<(?![a-z][a-z0-9+.-]*:)|\b[ui]ri\b|/\.|\\", re.IGNORECASE)


def run_query(store: ox.Store, job: Query, output: Output, allowed: tuple[str, ...] = ()) -> None:
    """Answer a query. Raises Refused for SERVICE (403), what does not parse (400), and a format that cannot be had (406)."""
    text = job.text
    if _LOOKED_AT.search(text):  # most queries need no look at their tokens
        stream = guard.words(text)
        if job.default_graphs is None and (here := guard.unwrapped(text, stream, job.base)) != text:
            text, stream = here, guard.words(here)
        guard.check(stream, allowed)
    else:
        stream = []
    try:
        text = shown_in_order(text, stream, job.base)
        found = store.query(
            text,
            base_iri=(job.base or None) if _RELATIVE.search(text) else None,
            default_graph=None if job.default_graphs is None else [ox.NamedNode(iri) for iri in job.default_graphs],
            named_graphs=None if job.named_graphs is None else [ox.NamedNode(iri) for iri in job.named_graphs],
        )
    except (SyntaxError, ValueError) as error:
        message, hint = explained(error, job.text)
        raise Refused(400, f"the query does not parse: {message}", hint=hint) from error
    if isinstance(found, ox.QueryTriples):
        media_type = choose(job.accept, TRIPLES)
        output.begin(Head(media_type=media_type))
        found.serialize(cast("BinaryIO", output), RDF_FORMATS[media_type])
    else:
        media_type = choose(job.accept, RESULTS)
        output.begin(Head(media_type=media_type))
        found.serialize(cast("BinaryIO", output), _RESULT_FORMATS[media_type])


def run_graph(store: ox.Store, job: Graph, output: Output) -> None:
    """Send one graph. Raises Refused: 404 where there is none of that name, 406."""
    media_type = choose(job.accept, TRIPLES)
    graph = ox.DefaultGraph() if job.iri is None else ox.NamedNode(job.iri)
    if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
        raise Refused(404, f"there is no graph <{graph.value}>")
    output.begin(Head(media_type=media_type))
    prefixes = dict(PREFIXES) if media_type in ("text/turtle", "application/rdf+xml") else None
    store.dump(cast("BinaryIO", output), RDF_FORMATS[media_type], from_graph=graph, prefixes=prefixes)


def shown_in_order(text: str, stream: list[Token], base: str = "") -> str:
    """Write the variables of an outermost ``SELECT *`` in their order of appearance, where the engine would sort them by name.

    >>> shown_in_order("SELECT * { ?s ?p ?o }", guard.words("SELECT * { ?s ?p ?o }"))
    'SELECT  ?s ?p ?o  { ?s ?p ?o }'
    >>> shown_in_order("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", guard.words("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }'
    """
    star = _star(stream)
    if star is None:
        return text
    solutions = _EMPTY.query(text, base_iri=base or None)
    if not isinstance(solutions, ox.QuerySolutions):
        return text
    shown = {variable.value for variable in solutions.variables}
    names = dict.fromkeys(token.text[1:] for token in stream if token.kind in ("variable", "param"))
    ordered = [f"?{name}" for name in names if name in shown]
    if len(ordered) != len(shown) or not ordered:
        return text
    return f"{text[: star.begin]} {' '.join(ordered)} {text[star.end :]}"


def _star(stream: list[Token]) -> Token | None:
    """The ``*`` of the outermost SELECT; that of ``COUNT(*)`` is another."""
    for index, token in enumerate(stream):
        if token.text == "{":
            return None
        if token.kind == "word" and token.text.upper() == "SELECT":
            following = stream[index + 1 : index + 3]
            if following and following[0].text.upper() in ("DISTINCT", "REDUCED"):
                following = following[1:]
            return following[0] if following and following[0].text == "*" else None
    return None
