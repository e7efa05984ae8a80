"""What a server says of itself: a SPARQL 1.1 Service Description, in RDF, at an address of its own or of its queries."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pyoxigraph as ox

from kgbuild.stores.remote.results import TRIPLES
from kgbuild.stores.remote.transport import Transport

_SD = "http://www.w3.org/ns/sparql-service-description#"
_QUERIES = (f"{_SD}SPARQL11Query", f"{_SD}SPARQL10Query")
#: a service description is longer only by mistake
_LONGEST = 4 << 20


@dataclass(frozen=True, slots=True)
class Description:
    """What was said; empty where nothing was."""

    query: str = ""
    update: str = ""
    is_union: bool = False


def describe(transport: Transport, url: str, agent: str) -> Description:
    """Read the description at a URL; an empty one where there is none. Addresses of other servers do not count: who asks here shows
    nothing there. Raises StoreUnavailable.
    """
    reply = transport.read(lambda: urllib.request.Request(url, headers={"Accept": "text/turtle", "User-Agent": agent}))
    kind = TRIPLES.get(reply.media_type)
    if reply.status >= 300 or kind is None or reply.body.seek(0, 2) > _LONGEST:
        return Description()
    reply.body.seek(0)
    try:
        quads = ox.parse(reply.body, kind, base_iri=url, lenient=True)
        said = [(str(quad.subject), quad.predicate.value, getattr(quad.object, "value", "")) for quad in quads]
    except (SyntaxError, ValueError):
        return Description()
    languages = {(subject, value) for subject, name, value in said if name == f"{_SD}supportedLanguage"}

    def endpoints(*wanted: str) -> Iterator[str]:
        for subject, name, value in said:
            if (
                name == f"{_SD}endpoint"
                and urlsplit(value)[:2] == urlsplit(url)[:2]
                and any((subject, each) in languages for each in wanted)
            ):
                yield value

    return Description(
        min(endpoints(*_QUERIES), default=""),
        min(endpoints(f"{_SD}SPARQL11Update"), default=""),
        any((name, value) == (f"{_SD}feature", f"{_SD}UnionDefaultGraph") for _, name, value in said),
    )
