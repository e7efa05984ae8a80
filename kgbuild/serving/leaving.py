"""Clients that leave before they are answered: what was being done for them is stopped."""

from __future__ import annotations

import asyncio

from starlette.types import Receive

from kgbuild.serving.answer import Answer
from kgbuild.serving.refusal import Refused

__all__ = ["Leaving"]


class Leaving:
    """Sees whether a client leaves. The request's body must have been read."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._task: asyncio.Task[None] | None = None

    def watch(self, answer: Answer) -> None:
        """From now on stop the answer where its client leaves."""
        if self._task is None:
            self._task = asyncio.create_task(self._left(answer))

    def end(self) -> None:
        """Watch no longer."""
        if self._task is not None:
            self._task.cancel()

    async def _left(self, answer: Answer) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        answer.cancel(Refused(499, "the client has gone"))  # which nobody will read
