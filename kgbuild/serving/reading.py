"""A read request, from its job to its reply: the newest checkpoint, what the client has already, what is kept, the readers."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from starlette.types import Receive, Scope

from kgbuild.serving.jobs import Head, Reading
from kgbuild.serving.kept import KeptAnswer, is_repeatable
from kgbuild.serving.leaving import Leaving
from kgbuild.serving.requests import header
from kgbuild.serving.responses import Streamed, Whole, etag, is_known, is_short, told
from kgbuild.serving.server import Server

__all__ = ["read"]


async def read(
    server: Server, scope: Scope, receive: Receive, job: Reading, text: str, more: Callable[[Head], dict[str, str]] | None = None
) -> Whole | Streamed:
    """Answer from the newest checkpoint, unless the client has the answer already. ``more``: headers that depend on the answer's head.

    Raises Refused.
    """
    if server.is_due:
        await server.renewed()
    generation = server.generation
    headers: dict[str, str] = {}
    repeatable = is_repeatable(job)
    if scope["method"] != "POST" and not repeatable:
        headers = {"Cache-Control": "no-store"}
    elif scope["method"] != "POST":
        tag = etag(scope, header(scope, b"accept"), generation)
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if (known := header(scope, b"if-none-match")) and is_known(known, tag):
            return Whole(304, {**headers, "Vary": "Accept, Accept-Encoding"})
    key = msgspec.msgpack.encode(job)
    kept = server.kept.get(key, generation)
    if kept is None:
        leaving = Leaving(receive)
        try:
            answer = await server.read(job, text, leaving.watch)
            if not is_short(answer):
                leaving.watch(answer)
                _note(server, scope, text, answer.hash)
                return Streamed(answer, told(answer.head, headers, more), leaving)
        except BaseException:
            leaving.end()
            raise
        leaving.end()
        kept = KeptAnswer(answer.head, answer.spool.whole(), answer.hash)
        if repeatable:
            server.kept.put(key, generation, kept)
    _note(server, scope, text, kept.hash)
    return Whole(kept.head.status, told(kept.head, headers, more), kept.body)


def _note(server: Server, scope: Scope, text: str, hash: str) -> None:
    """Write to the log what was asked."""
    line = scope["journal"]
    if server.settings.log_queries:
        line["query"] = text
    line["hash"] = hash
