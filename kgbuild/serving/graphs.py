"""Requests of the Graph Store HTTP Protocol: which graph is meant, and what is to become of it.

A graph is named by ``?graph=IRI`` or ``?default`` (indirectly), or it is the one whose IRI is the request's own (directly).
"""

from __future__ import annotations

import secrets
import shutil
from contextlib import AsyncExitStack
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request

from kgbuild.serving.jobs import Graph, GraphDrop, GraphWrite
from kgbuild.serving.refusal import Refused
from kgbuild.serving.requests import check_coding, check_iri, header, media_type, parameters, single

__all__ = ["READABLE", "Target", "reading", "target", "writing"]

#: media types of graphs that are read
READABLE = (
    "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "text/n3",
    "application/x-turtle", "application/xml", "text/xml", "text/plain",
)  # fmt: skip
_MULTIPART = "multipart/form-data"


class Target:
    """The graph that a request means: ``iri`` None is the default graph. ``is_new``: a graph to be named by the server (POST)."""

    def __init__(self, iri: str | None, *, is_new: bool = False) -> None:
        self.iri = iri
        self.is_new = is_new


def target(request: Request, root: str) -> Target:
    """Which graph a request is about; ``root`` is the path of the graph store. Raises Refused (400, 404)."""
    given = parameters(request.scope["query_string"])
    path = request.scope["raw_path"].partition(b"?")[0].decode("latin-1")
    address = str(request.url.replace(path=path, query="", fragment=""))  # an IRI is what was sent: %2F is no slash
    if request.url.path.rstrip("/") != root:
        if given:
            raise Refused(400, "the address is itself the graph's IRI; leave its parameters out")
        return Target(check_iri(address, "the address"))
    graph = single(given, "graph")
    if unknown := given.keys() - {"graph", "default"}:
        raise Refused(400, f"the graph store has no parameter “{min(unknown)}”; name a graph with ?graph=IRI or ?default")
    if graph is not None and "default" in given:
        raise Refused(400, "name one graph: graph=IRI, or default")
    if graph is not None:
        return Target(check_iri(graph, "graph"))
    if "default" in given:
        return Target(None)
    if request.method == "POST":
        return Target(f"{address.rstrip('/')}/{secrets.token_hex(8)}", is_new=True)
    raise Refused(400, "which graph? name it with ?graph=IRI, or ?default for the default graph")


def reading(request: Request, graph: Target) -> Graph:
    """GET and HEAD."""
    return Graph(graph.iri, header(request.scope, b"accept"))


async def writing(request: Request, graph: Target, folder: Path, *, limit: int, stack: AsyncExitStack) -> GraphWrite | GraphDrop:
    """PUT, POST and DELETE; bodies are written to ``folder``, which the stack's end removes. Raises Refused: 400, 413, 415."""
    if request.method == "DELETE":
        return GraphDrop(graph.iri)
    check_coding(request)
    if "content-range" in request.headers:
        raise Refused(400, "a graph is written whole; leave Content-Range out")
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    folder.mkdir(parents=True)
    base = graph.iri or str(request.url.replace(query="", fragment=""))
    kind = media_type(request)
    if kind == _MULTIPART:
        files = await _parts(request, folder, base, limit)
    else:
        files = ((await _body(request, folder / "body", limit), _readable(kind), base),)
    return GraphWrite(graph.iri, files, replace=request.method == "PUT")


async def _body(request: Request, path: Path, limit: int) -> str:
    size = 0
    try:
        with path.open("wb") as file:
            async for piece in request.stream():
                size += len(piece)
                if size > limit:
                    raise Refused(
                        413, f"the graph is larger than {limit >> 20} MiB; send it in parts with POST, or load it with kgbuild load"
                    )
                file.write(piece)
    except ClientDisconnect:
        raise Refused(400, "the request ended early; nothing was written") from None
    return str(path)


async def _parts(request: Request, folder: Path, base: str, limit: int) -> tuple[tuple[str, str, str], ...]:
    """The files of a form (section 5.5): a graph made of several."""
    try:
        form = await request.form(max_files=100, max_fields=100)
    except MultiPartException as error:
        raise Refused(400, f"the form cannot be read: {error.message}") from error
    except ClientDisconnect:
        raise Refused(400, "the request ended early; nothing was written") from None
    files, size = [], 0
    try:
        for number, (name, part) in enumerate(form.multi_items()):
            if not isinstance(part, UploadFile):
                raise Refused(400, f"the part “{name[:100]}” of the form is no file; send each graph as a file with its Content-Type")
            size += part.size or 0
            if size > limit:
                raise Refused(413, f"the graph is larger than {limit >> 20} MiB")
            kind = _readable((part.content_type or "").partition(";")[0].strip().lower(), part.filename or "")
            path = folder / str(number)
            with path.open("wb") as file:
                shutil.copyfileobj(part.file, file)
            files.append((str(path), kind, base))
    finally:
        await form.close()
    return tuple(files)


def _readable(kind: str, name: str = "") -> str:
    if kind in READABLE:
        return kind
    ending = name.rpartition(".")[2]
    by_name = {"ttl": "text/turtle", "nt": "application/n-triples", "rdf": "application/rdf+xml", "jsonld": "application/ld+json"}
    if kind in ("", "application/octet-stream") and ending in by_name:
        return by_name[ending]
    known = ", ".join(READABLE[:4])
    raise Refused(415, f"“{kind}” is not read here; Content-Type can be {known}" if kind else f"Content-Type is missing; it can be {known}")
