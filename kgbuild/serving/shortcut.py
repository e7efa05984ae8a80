"""The way of most requests: past Starlette's routing, whose layers take longer than a small query, and short answers past compression."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from kgbuild.serving.negotiation import takes
from kgbuild.serving.requests import header
from kgbuild.serving.responses import Whole

__all__ = ["Endpoint", "Shortcut", "packing"]

#: what Starlette calls a response is an application that sends it
Endpoint = Callable[[Request], Awaitable[ASGIApp]]
#: bytes from which on an answer is compressed
_PACKED = 1000


class Shortcut:
    """One address whose endpoint is called at once; all others are passed on."""

    def __init__(self, path: str, methods: Collection[str], endpoint: Endpoint, app: ASGIApp) -> None:
        self._path = path
        self._methods = methods
        self._endpoint = endpoint
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "http" or scope["path"] != self._path or scope["method"] not in self._methods:
            await self._app(scope, receive, send)
            return
        reply = await self._endpoint(Request(scope, receive, send))
        if not isinstance(reply, Whole) or (len(reply.body) >= _PACKED and _takes_gzip(scope)):
            reply = packing(reply)
        elif len(reply.body) >= _PACKED:
            reply.vary(b"Accept-Encoding")
        await reply(scope, receive, send)


def packing(app: ASGIApp) -> ASGIApp:
    """Compress what is long, for who can take it."""
    packed = GZipMiddleware(app, minimum_size=_PACKED, compresslevel=1)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _takes_gzip(scope):  # the middleware sees the word, and not its q=0
            scope = {**scope, "headers": [(key, value) for key, value in scope["headers"] if key != b"accept-encoding"]}
        await packed(scope, receive, send)

    return answer


def _takes_gzip(scope: Scope) -> bool:
    return takes("gzip", header(scope, b"accept-encoding"))
