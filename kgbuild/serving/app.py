"""The application: which address does what. Starlette's routing answers 404, and 405 with Allow."""

from __future__ import annotations

import asyncio
import json
import string
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.resources import files
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kgbuild.errors import StoreError
from kgbuild.serving import access, api, graphs, linked, ontology, pages, reading, requests, responses
from kgbuild.serving.jobs import Description, Home, Reading, Stored, Update
from kgbuild.serving.journal import Journal
from kgbuild.serving.refusal import Refused
from kgbuild.serving.server import Server
from kgbuild.serving.settings import Settings
from kgbuild.serving.shortcut import Endpoint, Shortcut, packing
from kgbuild.serving.stored import queries

__all__ = ["addresses", "application"]

_STORE = ["GET", "HEAD", "PUT", "POST", "DELETE"]


def application(settings: Settings, *, log: Callable[[str], None] | None = None) -> ASGIApp:
    """The ASGI application of one store. ``log`` takes each line of the log; by default standard error does."""
    front = _Front(Server(settings))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await front.server.start()
        try:
            yield
        finally:
            await front.server.close()

    app: ASGIApp = packing(Starlette(routes=front.routes(), lifespan=lifespan, exception_handlers={404: _no_address, 405: _no_method}))
    app = Shortcut("/sparql", ("GET", "HEAD", "POST"), _answering(front.sparql), app)
    if settings.cors:
        app = CORSMiddleware(
            app,
            allow_origins=list(settings.cors),
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["Accept", "Content-Type", "If-None-Match"],
            expose_headers=["ETag", "Link", "Retry-After", "X-Total-Rows"],
            max_age=3600,
        )
    journal = Journal(app, write=log or _to_stderr)
    front.journal = journal
    return journal


def addresses() -> Iterator[tuple[str, list[str], str]]:
    """Every address: its path, its methods, and what it answers, in a sentence."""
    for path, endpoint, methods in _Front.ENDPOINTS:
        yield path, methods, (endpoint.__doc__ or "").partition("\n")[0].removesuffix(".")


class _Front:
    """The endpoints, each a method."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.settings = server.settings
        self.journal: Journal | None = None
        self.stored = queries()

    def routes(self) -> list[Route]:
        """The endpoints as Starlette routes."""
        return [Route(path, _answering(endpoint.__get__(self)), methods=methods) for path, endpoint, methods in self.ENDPOINTS]

    async def sparql(self, request: Request) -> ASGIApp:
        """The SPARQL 1.1 Protocol; without a query, the description of the service."""
        asked = (await requests.operation(request, limit=self.settings.query_size)).operation
        if isinstance(asked, Update):
            access.check_write(request, self.settings)
            head = await self.server.write(asked)
            return Response(status_code=head.status)
        if asked is None:
            return await self.description(request)
        return await self._read(request, asked, asked.text)

    async def description(self, request: Request) -> ASGIApp:
        """The service description with VoID."""
        endpoint = str(request.base_url).rstrip("/") + "/sparql"
        job = Description(endpoint, requests.header(request.scope, b"accept"), self.settings.update)
        return await self._read(request, job, "service description")

    async def api(self, request: Request) -> ASGIApp:
        """A stored query."""
        job = api.stored(request, self.stored)
        return await self._read(request, job, f"api {job.name} {json.dumps(job.values, ensure_ascii=False, sort_keys=True)}")

    async def thing(self, request: Request) -> Response:
        """A thing's own IRI: another document tells of it."""
        return Response(status_code=303, headers={"Location": linked.see_other(request), "Vary": "Accept"})

    async def home(self, request: Request) -> ASGIApp:
        """The page for people."""
        return await self._read(request, Home(), "home")

    async def site(self, request: Request) -> Response:
        """What pages load."""
        name = request.path_params.get("name", "icon.svg")
        if name not in pages.SITE:
            raise Refused(404, f"there is no file “{name}”")
        content = (files("kgbuild.serving") / "site" / name).read_bytes()
        return Response(content, media_type=pages.SITE[name], headers={"Cache-Control": "public, max-age=3600"})

    async def page(self, request: Request) -> ASGIApp:
        """What is said of a thing, for people."""
        job = linked.page(request, self.server.checkpoints.base)
        return await self._read(request, job, f"page {job.iri}")

    async def ontology(self, request: Request) -> Response:
        """The ontology's IRI."""
        return Response(status_code=303, headers={"Location": ontology.see_other(request), "Vary": "Accept"})

    async def ontology_document(self, request: Request) -> ASGIApp:
        """The ontology in RDF."""
        job = ontology.document(request.path_params["ending"], self.server.checkpoints.base)
        return await self._read(request, job, "ontology")

    async def documentation(self, request: Request) -> Response:
        """The ontology's documentation."""
        content, kind = await asyncio.to_thread(ontology.documentation, request.path_params["name"])
        headers = {"Content-Security-Policy": pages.POLICY, "Cache-Control": "public, max-age=3600"}
        return Response(content, media_type=kind, headers=headers)

    async def document(self, request: Request) -> ASGIApp:
        """What is said of a thing, in RDF."""
        job = linked.document(request, self.server.checkpoints.base)
        return await self._read(request, job, f"thing {job.iri}")

    async def openapi(self, request: Request) -> Response:
        """The stored queries described."""
        described = api.openapi(self.stored, str(request.base_url))
        return Response(json.dumps(described, ensure_ascii=False) + "\n", media_type="application/json")

    async def store(self, request: Request) -> ASGIApp:
        """The Graph Store HTTP Protocol."""
        target = graphs.target(request, "/store")
        if request.method in ("GET", "HEAD"):
            return await self._read(request, graphs.reading(request, target), f"graph {target.iri or 'default'}")
        access.check_write(request, self.settings)
        async with AsyncExitStack() as stack:
            folder = self.server.checkpoints.new_place().with_suffix(".body")
            job = await graphs.writing(request, target, folder, limit=self.settings.graph_size, stack=stack)
            head = await self.server.write(job)
        created = {"Location": quote(target.iri or "", safe=string.printable)} if head.status == 201 or target.is_new else {}
        return Response(status_code=head.status, headers=created)

    async def queries(self, request: Request) -> Response:
        """What is being answered now."""
        access.check_token(request, self.settings)
        shown = [
            {"id": one.id, "seconds": round(one.seconds, 3), "hash": one.hash, "query": one.text[:2000]}
            for one in self.server.pool.running.values()
        ]
        return Response(json.dumps(shown, ensure_ascii=False) + "\n", media_type="application/json", headers={"Cache-Control": "no-store"})

    async def cancel(self, request: Request) -> Response:
        """Stop a query."""
        access.check_token(request, self.settings)
        running = self.server.pool.running.get(request.path_params["id"])
        if running is None:
            raise Refused(404, "no query of this id is being answered")
        running.cancel()
        return Response(status_code=204)

    async def health(self, _: Request) -> Response:
        """Whether the server can answer."""
        return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})

    async def metrics(self, _: Request) -> Response:
        """Numbers for Prometheus."""
        pool = self.server.pool
        lines = ["# TYPE kgbuild_readers gauge", f"kgbuild_readers {pool.size}", "# TYPE kgbuild_queries_running gauge"]
        lines += [f"kgbuild_queries_running {len(pool.running)}", "# TYPE kgbuild_queries_stopped_total counter"]
        lines += [f'kgbuild_queries_stopped_total{{why="{why}"}} {count}' for why, count in pool.stopped.items()]
        lines += ["# TYPE kgbuild_answers_repeated_total counter", f"kgbuild_answers_repeated_total {self.server.kept.given}"]
        lines += ["# TYPE kgbuild_kept_bytes gauge", f"kgbuild_kept_bytes {self.server.kept.bytes}"]
        requested = self.journal.metrics() if self.journal else ""
        content = "\n".join(lines) + "\n" + requested
        return Response(content, media_type="text/plain; version=0.0.4; charset=utf-8", headers={"Cache-Control": "no-store"})

    async def _read(self, request: Request, job: Reading, text: str) -> ASGIApp:
        """Answer from the newest checkpoint, unless the client has the answer already."""
        more = (lambda head: api.links(request, job, head)) if isinstance(job, Stored) else None
        return await reading.read(self.server, request.scope, request.receive, job, text, more)

    #: path, endpoint, methods
    ENDPOINTS = (
        ("/sparql", sparql, ["GET", "HEAD", "POST"]),
        ("/store", store, _STORE),
        ("/store/{path:path}", store, _STORE),
        ("/api/openapi.json", openapi, ["GET", "HEAD"]),
        ("/api/{name}", api, ["GET", "HEAD"]),
        ("/", home, ["GET", "HEAD"]),
        ("/site/{name}", site, ["GET", "HEAD"]),
        ("/favicon.ico", site, ["GET", "HEAD"]),
        ("/page/{thing:path}", page, ["GET", "HEAD"]),
        ("/ontology", ontology, ["GET", "HEAD"]),
        ("/ontology.{ending}", ontology_document, ["GET", "HEAD"]),
        ("/ontology/{name}", documentation, ["GET", "HEAD"]),
        ("/id/{thing:path}", thing, ["GET", "HEAD"]),
        ("/data/{thing:path}", document, ["GET", "HEAD"]),
        ("/.well-known/void", description, ["GET", "HEAD"]),
        ("/queries", queries, ["GET"]),
        ("/queries/{id}", cancel, ["DELETE"]),
        ("/health", health, ["GET", "HEAD"]),
        ("/metrics", metrics, ["GET"]),
    )


def _answering(endpoint: Endpoint) -> Endpoint:
    """Turn refusals into responses."""

    async def answer(request: Request) -> ASGIApp:
        try:
            return await endpoint(request)
        except Refused as error:
            refused = error
        except StoreError as error:
            refused = Refused(503, str(error), hint=error.hint, headers={"Retry-After": "5"})
        return _refused(request, refused)

    return answer


def _refused(request: Request, refused: Refused) -> Response:
    """Say why, to the client and in the log."""
    request.scope["journal"]["refused"] = str(refused)[:300]
    return responses.refused(refused, requests.header(request.scope, b"accept"))


def _no_address(request: Request, _: Exception) -> Response:
    return _refused(request, Refused(404, f"there is nothing at {request.url.path[:200]}", hint=_WHERE))


def _no_method(request: Request, error: Exception) -> Response:
    headers = dict(getattr(error, "headers", None) or {})
    message = f"{request.url.path[:200]} does not take {request.method}"
    return _refused(request, Refused(405, message, hint=f"it takes {headers.get('Allow', '')}", headers=headers))


#: what a lost visitor is told
_WHERE = "SPARQL is at /sparql, the stored queries at /api/NAME (/api/openapi.json lists them), and a page for people at /"


def _to_stderr(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
