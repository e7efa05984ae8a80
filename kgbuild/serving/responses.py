"""Answers as HTTP: whole or streamed, refusals in words, entity tags."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kgbuild.serving.answer import Answer
from kgbuild.serving.jobs import PIECE, Head
from kgbuild.serving.leaving import Leaving
from kgbuild.serving.refusal import Refused
from kgbuild.serving.spool import Broken

__all__ = ["Streamed", "TransferBroken", "Whole", "etag", "is_known", "is_short", "refused", "told"]


class TransferBroken(Exception):
    """Raised out of the application so that the server closes the connection without the last chunk."""


class Whole:
    """An answer that is there, ready to be sent any number of times."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        self.status = status
        self.headers = _raw(headers)
        self.body = body
        if status != 304:
            self.headers.append((b"content-length", b"%d" % len(body)))

    def vary(self, name: bytes) -> None:
        """Say that another header of the request would have brought another answer, too."""
        self.headers = [(key, value + b", " + name if key == b"vary" else value) for key, value in self.headers]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers.copy()})
        await send({"type": "http.response.body", "body": self.body})


class Streamed:
    """Sends an answer as it comes; breaks the transfer off where the answer is stopped."""

    def __init__(self, answer: Answer, headers: Mapping[str, str], leaving: Leaving) -> None:
        self._answer = answer
        self._leaving = leaving
        self.headers = _raw(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it. Raises TransferBroken."""
        answer = self._answer
        try:
            await send({"type": "http.response.start", "status": answer.head.status, "headers": self.headers})
            async for piece in answer.body():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        except Broken as broken:
            raise TransferBroken(str(broken)) from broken
        finally:
            self._leaving.end()
            if answer.end is None:
                answer.cancel()
            answer.spool.close()


def is_short(answer: Answer) -> bool:
    """Whether an answer is there to its end, and can be sent at once."""
    return answer.end is not None and answer.spool.written <= PIECE


def told(head: Head, headers: Mapping[str, str], more: Callable[[Head], dict[str, str]] | None = None) -> dict[str, str]:
    """All headers of an answer; text types say that they are UTF-8."""
    kind = head.media_type
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    return {"Content-Type": kind, "Vary": "Accept", **headers, **head.headers, **(more(head) if more is not None else {})}


def refused(refusal: Refused, accept: str = "") -> Response:
    """A refusal as a problem document (RFC 9457), or as plain text for who does not ask for JSON."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept", **refusal.headers}
    if "json" in accept:
        problem = {"status": refusal.status, "title": str(refusal), **({"detail": refusal.hint} if refusal.hint else {})}
        return Response(json.dumps(problem, ensure_ascii=False) + "\n", refusal.status, headers, "application/problem+json")
    text = str(refusal) + (f"\n{refusal.hint}" if refusal.hint else "") + "\n"
    return Response(text, refusal.status, headers, "text/plain; charset=utf-8")


def etag(scope: Scope, accept: str, generation: str) -> str:
    """A weak entity tag of what a request gets from one checkpoint: it depends on the address and on what the client accepts."""
    asked = f"{generation} {scope['path']}?{scope['query_string'].decode('latin-1')} {accept}"
    return f'W/"{generation}-{hashlib.sha256(asked.encode()).hexdigest()[:12]}"'


def is_known(known: str, tag: str) -> bool:
    """Whether the client has just that already (If-None-Match, weak comparison). ``*`` is no tag: what is not there cannot be known."""
    return any(one.strip().removeprefix("W/") == tag.removeprefix("W/") for one in known.split(",") if one.strip())


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
