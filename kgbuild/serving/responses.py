"""Answers as HTTP: a query's answer streamed, a refusal in words, entity tags."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from kgbuild.serving.jobs import PIECE
from kgbuild.serving.pool import Answer
from kgbuild.serving.refusal import Refused
from kgbuild.serving.spool import Broken

__all__ = ["TransferBroken", "etag", "is_known", "refused", "streamed"]


class TransferBroken(Exception):
    """Raised out of the application so that the server closes the connection without the last chunk."""


class Streamed(StreamingResponse):
    """Sends an answer as it comes; breaks the transfer off where the answer is stopped."""

    def __init__(self, answer: Answer, headers: dict[str, str]) -> None:
        self._answer = answer
        super().__init__(self._body(), status_code=answer.head.status, headers=headers)

    async def _body(self) -> AsyncIterator[bytes]:
        try:
            async for piece in self._answer.body():
                yield piece
        except Broken as broken:
            raise TransferBroken(str(broken)) from broken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self._answer.end is None:
                self._answer.running.cancel()
            await self._answer.spool.close()


def streamed(answer: Answer, headers: dict[str, str]) -> Response:
    """An answer, with its media type; text types say that they are UTF-8. A short one that is whole already is sent at once."""
    kind = answer.head.media_type
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    told = {"Content-Type": kind, "Vary": "Accept", **headers, **answer.head.headers}
    if answer.end is not None and answer.spool.written <= PIECE:
        return Response(answer.spool.whole(), answer.head.status, told)
    return Streamed(answer, told)


def refused(refusal: Refused, request: Request | None = None) -> Response:
    """A refusal as a problem document (RFC 9457), or as plain text for who does not ask for JSON."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept", **refusal.headers}
    if request is not None and "json" in request.headers.get("accept", ""):
        problem = {"status": refusal.status, "title": str(refusal), **({"detail": refusal.hint} if refusal.hint else {})}
        return Response(json.dumps(problem, ensure_ascii=False) + "\n", refusal.status, headers, "application/problem+json")
    text = str(refusal) + (f"\n{refusal.hint}" if refusal.hint else "") + "\n"
    return Response(text, refusal.status, headers, "text/plain; charset=utf-8")


def etag(request: Request, generation: str) -> str:
    """A weak entity tag of what a request gets from one checkpoint: it depends on the address and on what the client accepts."""
    asked = f"{generation} {request.url.path}?{request.scope['query_string'].decode('latin-1')} {request.headers.get('accept', '')}"
    return f'W/"{generation}-{hashlib.sha256(asked.encode()).hexdigest()[:12]}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the client has just that already (If-None-Match, weak comparison)."""
    known = request.headers.get("if-none-match", "")
    return any(one.strip().removeprefix("W/") in (tag.removeprefix("W/"), "*") for one in known.split(",") if one.strip())
