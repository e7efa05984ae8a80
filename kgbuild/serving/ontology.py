"""The ontology's own address: ``/ontology`` answers 303 with its documentation or with its triples, as the client accepts."""

from __future__ import annotations

from functools import cache

from starlette.requests import Request

from kgbuild.documentation import read, render
from kgbuild.iris import graph
from kgbuild.query import load_queries
from kgbuild.resources import bundled, read_bundled
from kgbuild.serving.jobs import Graph
from kgbuild.serving.linked import ENDINGS
from kgbuild.serving.negotiation import TRIPLES, choose
from kgbuild.serving.refusal import Refused
from kgbuild.serving.requests import header

__all__ = ["document", "documentation", "see_other"]

_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript"}


def see_other(request: Request) -> str:
    """Where the form is that the client wants. Raises Refused (406)."""
    offered = {"text/turtle": "text/turtle", **TRIPLES, "text/html": "text/html", "application/xhtml+xml": "text/html"}
    chosen = choose(header(request.scope, b"accept"), offered)
    if chosen == "text/html":
        return "/ontology/index.html"
    return f"/ontology.{next(ending for ending, media_type in ENDINGS.items() if media_type == chosen)}"


def document(ending: str, base: str) -> Graph:
    """The ontology that the store was built with, in one of the formats of RDF. Raises Refused (404)."""
    if ending not in ENDINGS:
        raise Refused(404, "there is no such document", hint=f"its address ends with one of .{', .'.join(ENDINGS)}")
    return Graph(graph("ontology", base=base), ENDINGS[ending])


def documentation(name: str) -> tuple[bytes, str]:
    """A page of the documentation of the ontology that ships with kgbuild, and its media type; the first takes a second.

    Raises Refused (404).
    """
    pages = _pages()
    if name not in pages:
        raise Refused(404, f"the documentation has no page “{name}”")
    return pages[name], _TYPES[name.rpartition(".")[2]]


@cache
def _pages() -> dict[str, bytes]:
    folder = bundled("ontology") / "shapes"
    shapes = {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.endswith(".ttl")}
    rules = {f"store/{entry.name}": entry.read_bytes() for entry in (folder / "store").iterdir() if entry.name.endswith(".rq")}
    return render(read(read_bundled("ontology", ".ttl"), load_queries(read_bundled("queries", ".rq")), shapes | rules))
