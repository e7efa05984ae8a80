"""A read request, from its job to its reply: the newest checkpoint, what the client has already, the readers, the line of the log."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import Receive, Scope

from kgbuild.serving.answer import Answer
from kgbuild.serving.jobs import Head, Reading
from kgbuild.serving.leaving import Leaving
from kgbuild.serving.responses import Streamed, Whole, etag, is_known, reply
from kgbuild.serving.server import Server

__all__ = ["header", "read"]


async def read(
    server: Server, scope: Scope, receive: Receive, job: Reading, text: str, more: Callable[[Head], dict[str, str]] | None = None
) -> Whole | Streamed:
    """Answer from the newest checkpoint, unless the client has the answer already. ``more``: headers that depend on the answer's head.

    Raises Refused.
    """
    await server.renewed()
    headers: dict[str, str] = {}
    if scope["method"] != "POST":
        tag = etag(scope, header(scope, b"accept"), server.generation)
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if (known := header(scope, b"if-none-match")) and is_known(known, tag):
            return Whole(304, {**headers, "Vary": "Accept"})
    leaving = Leaving(receive)
    try:
        answer: Answer = await server.read(job, text, leaving.watch)
    except BaseException:
        leaving.end()
        raise
    line = scope["journal"]
    if server.settings.log_queries:
        line["query"] = text
    line["hash"] = answer.hash
    if more is not None:
        headers |= more(answer.head)
    replied = reply(answer, headers, leaving)
    if isinstance(replied, Whole):
        leaving.end()
    return replied


def header(scope: Scope, name: bytes) -> str:
    """The first header of that name (lower case); empty where there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return ""
