"""An answer as it comes from a reader or the writer: its head, its bytes, its end; or why there is none."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from typing import Protocol

import msgspec

from kgbuild.serving.jobs import End, Failure, FrameKind, Head
from kgbuild.serving.process import Died, Peer
from kgbuild.serving.refusal import Refused
from kgbuild.serving.spool import Broken, Spool

__all__ = ["Answer", "Owner"]

_HEAD, _END, _FAILURE = msgspec.msgpack.Decoder(Head), msgspec.msgpack.Decoder(End), msgspec.msgpack.Decoder(Failure)


class Owner(Protocol):
    """Whose process answers; told once for each answer how it ended."""

    def answered(self, answer: Answer) -> None:
        """The process has said all, and is free."""

    def died(self, answer: Answer, status: int) -> Exception:
        """The process has ended too early; tells why there is no answer."""

    def cancel(self, answer: Answer, refused: Refused) -> None:
        """Nobody wants an answer that has not ended."""


class Answer:
    """One job that is being done, as ``GET /queries`` shows it, and its answer."""

    def __init__(self, id: str = "", text: str = "", owner: Owner | None = None) -> None:
        self.id = id
        self.text = text
        self.started = time.monotonic()
        self.head = Head()
        self.spool = Spool()
        #: how it ended; None before, and where it was stopped
        self.end: End | None = None
        #: done when the first bytes are there, or the end
        self.begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.peer: Peer | None = None
        #: of the loop's clock: when it is stopped, or waits no longer for a reader; what looks after it
        self.deadline = 0.0
        self.timer: asyncio.TimerHandle | None = None
        self._owner = owner
        self._paused = False

    @property
    def hash(self) -> str:
        """Stands for the query's text in logs."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    @property
    def seconds(self) -> float:
        """Since it was asked."""
        return time.monotonic() - self.started

    def cancel(self, refused: Refused | None = None) -> None:
        """Stop it now; where it has ended, what is left of it is not wanted."""
        refused = refused or Refused(503, "the query was cancelled")
        if self._owner is not None and not self.spool.is_ended:
            self._owner.cancel(self, refused)
        else:
            self.spool.end(Broken(str(refused)))

    async def body(self) -> AsyncIterator[bytes]:
        """The bytes. Raises Broken where the answer is stopped before its end."""
        async for piece in self.spool.pieces():
            if self._paused and not self.spool.is_full and self.peer is not None:
                self._paused = False
                self.peer.resume()
            yield piece

    def frame(self, kind: FrameKind, data: bytes) -> None:
        """Take what the process says."""
        if kind == "data":
            self.spool.add(data)
            if self.spool.is_full and self.peer is not None:
                self._paused = True
                self.peer.pause()
            self._begin()
        elif kind == "head":
            self.head = _HEAD.decode(data)
        elif kind == "end":
            self.end = _END.decode(data)
            self.spool.end()
            self._answered()
            self._begin()
        else:
            failure = _FAILURE.decode(data)
            self.stop(Refused(failure.status, failure.message, hint=failure.hint))
            self._answered()

    def lost(self, status: int) -> None:
        """The process has ended."""
        self.stop(Died(f"status {status}") if self._owner is None else self._owner.died(self, status))

    def stop(self, error: Exception) -> None:
        """There is no more: an error for who waits for the beginning, and a broken transfer for who has it."""
        if not self.begun.done():
            self.begun.set_exception(error)
            self.begun.exception()  # it may be that nobody waits
        self.spool.end(Broken(str(error)))

    def _begin(self) -> None:
        if not self.begun.done():
            self.begun.set_result(None)

    def _answered(self) -> None:
        if self.peer is not None:
            self.peer.listener = None
        if self._owner is not None:
            self._owner.answered(self)
