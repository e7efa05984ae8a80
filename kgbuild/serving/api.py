"""Addresses of the stored queries: ``/api/<name>`` and ``/api/<name>.csv``, their parameters, pages, and the OpenAPI description of all."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from kgbuild import __version__
from kgbuild.parameters import TYPES
from kgbuild.query import Query
from kgbuild.serving.jobs import Head, Stored
from kgbuild.serving.negotiation import choose
from kgbuild.serving.refusal import Refused
from kgbuild.serving.requests import header, parameters, single
from kgbuild.serving.stored import ENDINGS, FORMATS

__all__ = ["integer", "links", "openapi", "stored"]

#: rows of a page where only its number is given
_ROWS = 100
_OWN = ("lang", "page", "size")


def stored(request: Request, queries: dict[str, Query]) -> Stored:
    """Read a request for a stored query. Raises Refused: 404, 400 with the parameter's name, 406."""
    name, dot, ending = request.path_params["name"].partition(".")
    if name not in queries:
        raise Refused(404, f"there is no query “{name}”", hint=f"there are: {', '.join(queries)}")
    if dot and ending not in ENDINGS:
        raise Refused(404, f"there is no format “{ending}”", hint=f"there are: {', '.join(ENDINGS)}")
    if not dot:
        offered = {media_type: media_type for media_type in ENDINGS.values()} | {"application/json": ENDINGS["json"]}
        chosen = choose(header(request.scope, b"accept"), offered)
        ending = next(name for name, media_type in ENDINGS.items() if media_type == chosen)
    given = parameters(request.scope["query_string"])
    values = {key: single(given, key) or "" for key in given}
    lang = values.pop("lang", "en")
    paged = {"page", "size"} & values.keys()
    page = integer("page", values.pop("page", "1"), 1, 1_000_000_000)
    size = integer("size", values.pop("size", str(_ROWS)), 1, 1_000_000) if paged else 0
    for key in values:
        if key not in {param.name for param in queries[name].params}:
            known = ", ".join([*(param.name for param in queries[name].params), *_OWN])
            raise Refused(400, f"{name} has no parameter “{key}”", hint=f"its parameters: {known}")
    return Stored(name, {key: value for key, value in values.items() if value}, ending, lang, page, size)


def links(request: Request, job: Stored, head: Head) -> dict[str, str]:
    """The Link header of a page (RFC 8288): first, prev, next, last."""
    if not job.size:
        return {}
    last = max(1, -(-int(head.headers.get("X-Total-Rows", "0")) // job.size))
    pages = {"first": 1, "last": last}
    if job.page > 1:
        pages["prev"] = min(job.page - 1, last)
    if job.page < last:
        pages["next"] = job.page + 1

    def address(page: int) -> str:
        given = {**job.values, "lang": job.lang, "page": str(page), "size": str(job.size)}
        return f"{request.url.path}?{urlencode(given)}"

    return {"Link": ", ".join(f'<{address(page)}>; rel="{name}"' for name, page in sorted(pages.items()))}


def openapi(queries: dict[str, Query], address: str) -> dict[str, Any]:
    """The API in OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kgbuild",
            "version": __version__,
            "summary": "Who armed whom, who met whom, who said, denied and later admitted what, and which sentence says so.",
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": address.rstrip("/")}],
        "paths": {f"/api/{query.name}": {"get": _operation(query)} for query in queries.values()},
    }


def _operation(query: Query) -> dict[str, Any]:
    own: list[dict[str, Any]] = [
        {"name": "lang", "in": "query", "description": "language of labels", "schema": {"type": "string", "default": "en"}},
        {"name": "page", "in": "query", "description": "which page of rows", "schema": {"type": "integer", "minimum": 1}},
        {"name": "size", "in": "query", "description": "rows of a page", "schema": {"type": "integer", "minimum": 1}},
    ]
    given = [
        {
            "name": param.name,
            "in": "query",
            "required": param.required and param.default is None,
            "description": f"{param.means} ({TYPES[param.type].means})",
            "schema": {"type": "string", **({"default": param.default} if param.default else {})},
            **({"example": param.example} if param.example else {}),
        }
        for param in query.params
    ]
    columns = "\n".join(f"- `{column.name}`: {column.means}" for column in query.columns)
    return {
        "operationId": query.name,
        "summary": query.summary,
        "description": f"{query.description}\n\nColumns:\n\n{columns}",
        "tags": list(query.tags),
        "parameters": given + own,
        "responses": {
            "200": {
                "description": "rows",
                "headers": {
                    "X-Total-Rows": {"description": "how many rows there are in all", "schema": {"type": "integer"}},
                    "Link": {"description": "first, prev, next, last", "schema": {"type": "string"}},
                },
                "content": {media_type: {} for _, media_type in FORMATS.values()},
            },
            "400": {"description": "a parameter is missing, unknown, ambiguous or ill-typed; says which"},
            "503": {"description": "the query took too long"},
        },
    }


def integer(name: str, value: str, least: int, most: int) -> int:
    """A whole number between two others. Raises Refused (400)."""
    if not (value.isascii() and value.isdecimal() and len(value) <= 20) or not least <= int(value) <= most:
        raise Refused(400, f"{name}: “{value[:100]}” is not a number from {least} to {most:,}")
    return int(value)
