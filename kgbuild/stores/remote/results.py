"""Answers as they come over HTTP, made into what pyoxigraph gives: solutions, triples, a boolean. Nothing short, nothing rewritten."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO

import pyoxigraph as ox

from kgbuild.errors import StoreError
from kgbuild.stores.remote.profiles import Profile
from kgbuild.stores.remote.transport import IN_MEMORY, Body, Reply, shown

#: media type -> how it is read
RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
}
TRIPLES = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}
ACCEPT_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
ACCEPT_TRIPLES = "application/n-triples, text/turtle;q=0.5"
_BROKEN = "the store's answer is not what it should be; ask again, or look at the server's log"


def solutions(reply: Reply, profile: Profile, url: str) -> ox.QuerySolutions:
    """The rows of a SELECT.

    Raises StoreError: the answer is no result, or ends in the middle; or the store may have left rows out.
    """
    rows, restored = _looked_through(reply, profile, url)
    check_rows(rows, reply, profile, url)
    whole = _parsed(reply, url) if restored is None else ox.parse_query_results(restored, ox.QueryResultsFormat.JSON)
    assert isinstance(whole, ox.QuerySolutions)
    return whole


def _looked_through(reply: Reply, profile: Profile, url: str) -> tuple[int, IO[bytes] | None]:
    """Read an answer to its end, before anyone sees a row: how many rows it has, and the same with literals restored, if some must be."""
    answer: ox.QuerySolutions | ox.QueryBoolean | None = _parsed(reply, url)
    rows = 0
    try:
        if not isinstance(answer, ox.QuerySolutions):
            raise StoreError(f"{shown(url)}: a boolean came in answer to SELECT", hint=_BROKEN)
        if not profile.rewritten:
            for _ in answer:
                rows += 1
            return rows, None
        names = [variable.value for variable in answer.variables]
        body: IO[bytes] = Body(max_size=IN_MEMORY)
        body.write(json.dumps({"head": {"vars": names}})[:-1].encode() + b',"results":{"bindings":[')
        for solution in answer:
            row = {name: _json(term, profile) for name, term in zip(names, solution, strict=True) if term is not None}
            body.write((b"," if rows else b"") + json.dumps(row, ensure_ascii=False).encode())
            rows += 1
        body.write(b"]}}")
        body.seek(0)
        return rows, body
    except (SyntaxError, ValueError, OSError) as error:
        raise _unreadable(url, error) from error
    finally:
        answer = None  # an error keeps this frame for a while, and another thread must not be the one to drop an answer


def boolean(reply: Reply, profile: Profile, url: str) -> ox.QueryBoolean:
    """The answer of an ASK: a boolean or, from some stores, one row with 1 or 0. Raises StoreError."""
    answer = _parsed(reply, url)
    if isinstance(answer, ox.QueryBoolean):
        return answer
    if profile.ask != "row":
        raise StoreError(f"{shown(url)}: rows came in answer to ASK", hint=_BROKEN)
    try:
        values = [getattr(row[0], "value", "") for row in answer]
    except (SyntaxError, ValueError, OSError) as error:
        raise _unreadable(url, error) from error
    yes = values == ["1"]  # no row: no
    made = ox.parse_query_results(json.dumps({"head": {}, "boolean": yes}).encode(), ox.QueryResultsFormat.JSON)
    assert isinstance(made, ox.QueryBoolean)
    return made


def triples(reply: Reply, profile: Profile, url: str) -> Iterator[ox.Triple]:
    """The triples of a graph or a CONSTRUCT, with literals as they came. Raises StoreError, also on the way."""
    kind = TRIPLES.get(reply.media_type)
    if kind is None:
        raise StoreError(f"{shown(url)}: the answer is no graph but “{reply.media_type}”: {_line(reply)}", hint=_BROKEN)
    if not reply.framed:
        raise StoreError(
            f"{shown(url)}: the server does not say how long its answer is, so that nobody could tell if half of it were missing",
            hint="reach the server without the proxy in between, or by HTTP/1.1",
        )
    reply.body.seek(0)
    try:
        for quad in ox.parse(reply.body, kind, base_iri=url, lenient=True):
            term = quad.object
            if profile.rewritten and isinstance(term, ox.Literal):
                term = profile.restored(term)
            yield ox.Triple(quad.subject, quad.predicate, term)
    except (SyntaxError, ValueError) as error:
        raise _unreadable(url, error) from error


def as_query_triples(found: Iterable[ox.Triple]) -> ox.QueryTriples:
    """Triples of a CONSTRUCT in pyoxigraph's own type, which only a query makes."""
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in found)
    answer = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(answer, ox.QueryTriples)
    return answer


def _parsed(reply: Reply, url: str) -> ox.QuerySolutions | ox.QueryBoolean:
    kind = RESULTS.get(reply.media_type)
    if kind is None:
        raise StoreError(f"{shown(url)}: the answer is no SPARQL result but “{reply.media_type}”: {_line(reply)}", hint=_BROKEN)
    _must_end(reply, b"}" if kind == ox.QueryResultsFormat.JSON else b">", url)
    reply.body.seek(0)
    try:
        return ox.parse_query_results(reply.body, kind)
    except (SyntaxError, ValueError) as error:
        raise _unreadable(url, error) from error


def check_rows(number: int, reply: Reply, profile: Profile, url: str) -> None:
    """Raises StoreError where an answer of so many rows, or triples, may be one that the store has cut."""
    told = (reply.headers.get(profile.row_limit_header) or "").strip() if profile.row_limit_header else ""
    limit = int(told) if told.isdecimal() else profile.row_limit
    if limit and number >= limit:
        raise StoreError(
            f"{shown(url)}: the store gives no more than {limit:,} rows and does not say whether there are more",
            hint="ask for less (a filter, LIMIT below that), or raise the server's limit (Virtuoso: ResultSetMaxRows in its ini file)",
        )


def _must_end(reply: Reply, sign: bytes, url: str) -> None:
    """Raises StoreError where an answer does not end as its format does: some servers write an error into it, and call it done."""
    size = reply.body.seek(0, 2)
    reply.body.seek(max(0, size - 300))
    end = reply.body.read().rstrip()
    if not end.endswith(sign):
        said = " ".join(end[-200:].decode("utf-8", "replace").split())
        raise StoreError(f"{shown(url)}: the answer ends in the middle: …{said}", hint=_BROKEN)


def _unreadable(url: str, error: Exception) -> StoreError:
    return StoreError(f"{shown(url)}: the answer cannot be read: {str(error)[:300]}", hint=_BROKEN)


def _line(reply: Reply) -> str:
    return " ".join(reply.text(300).split())[:200]


def _json(term: object, profile: Profile) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    assert isinstance(term, ox.Literal)
    literal = profile.restored(term)
    if literal.language:
        return {"type": "literal", "value": literal.value, "xml:lang": literal.language}
    return {"type": "literal", "value": literal.value, "datatype": literal.datatype.value}
