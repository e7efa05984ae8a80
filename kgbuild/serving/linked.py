"""Linked data: the IRI of a thing answers with what is said of it (Cool URIs for the Semantic Web, section 4.3).

``/id/X`` stands for the thing, and answers 303 with the address of a document about it: ``/data/X.ttl`` (nt, rdf, jsonld) or ``/page/X``,
as the client accepts. ``X`` follows the store's base IRI. ``/describe?iri=…`` does the same for IRIs of others.
"""

from __future__ import annotations

from urllib.parse import unquote

from starlette.requests import Request

from kgbuild.iris import segment
from kgbuild.serving.api import integer
from kgbuild.serving.jobs import Thing
from kgbuild.serving.negotiation import TRIPLES, choose
from kgbuild.serving.refusal import Refused
from kgbuild.serving.requests import check_iri, header, parameters, single

__all__ = ["ENDINGS", "document", "iri_of", "page", "see_other"]

#: ending of a document -> its media type
ENDINGS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
_HTML = "text/html"


def iri_of(request: Request, base: str, root: str) -> str:
    """The IRI that an address below ``root`` stands for: the store's base and the rest of the path, as it was encoded."""
    raw = request.scope.get("raw_path", request.url.path.encode()).decode("latin-1")
    rest = raw.partition("?")[0].removeprefix(root)
    return check_iri(base + _normal(rest), "the address")


def see_other(request: Request) -> str:
    """Where the document is that the client wants: a page for browsers, RDF for others. Raises Refused (406)."""
    raw = request.scope.get("raw_path", request.url.path.encode()).decode("latin-1").partition("?")[0]
    offered = {"text/turtle": "text/turtle", **TRIPLES, _HTML: _HTML, "application/xhtml+xml": _HTML}
    chosen = choose(header(request.scope, b"accept"), offered)
    rest = raw.removeprefix("/id/")
    if chosen == _HTML:
        return f"/page/{rest}"
    ending = next(ending for ending, media_type in ENDINGS.items() if media_type == chosen)
    return f"/data/{rest}.{ending}"


def document(request: Request, base: str) -> Thing:
    """The RDF document that ``/data/X.ttl`` asks for. Raises Refused (400, 404)."""
    given = parameters(request.scope["query_string"])
    page = integer("page", single(given, "page") or "1", 1, 1_000_000_000)
    iri, dot, ending = iri_of(request, base, "/data/").rpartition(".")
    if not dot or ending not in ENDINGS:
        raise Refused(404, "there is no such document", hint=f"its address ends with one of .{', .'.join(ENDINGS)}")
    return Thing(iri, ENDINGS[ending], page)


def page(request: Request, base: str) -> Thing:
    """The page that ``/page/X`` asks for. Raises Refused (400)."""
    given = parameters(request.scope["query_string"])
    number = integer("page", single(given, "page") or "1", 1, 1_000_000_000)
    return Thing(iri_of(request, base, "/page/"), "text/html", number, single(given, "lang") or "en")


def _normal(path: str) -> str:
    """A path as the IRIs of the store have it: letters and digits of every script as they are, the rest percent-encoded."""
    try:
        return "/".join(segment(unquote(part, errors="strict")) for part in path.split("/"))
    except UnicodeDecodeError as error:
        raise Refused(400, "the address is not percent-encoded UTF-8") from error
