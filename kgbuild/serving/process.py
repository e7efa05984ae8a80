"""A process at the other end of a pipe, seen from the front: orders out, frames in, an end that is always possible."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio import ReadTransport, SubprocessTransport, WriteTransport
from collections.abc import Callable
from typing import Protocol, cast

from kgbuild.serving.jobs import PREFIX_SIZE, FrameKind, Order, frame, prefix

__all__ = ["Died", "Listener", "Peer"]


class Died(Exception):
    """The process ended before it had answered: killed, out of memory, or crashed."""


class Listener(Protocol):
    """Who waits for what a process says."""

    def frame(self, kind: FrameKind, data: bytes) -> None:
        """Take the next frame."""

    def lost(self, status: int) -> None:
        """Learn that the process has ended, with its exit status."""


class Peer(asyncio.SubprocessProtocol):
    """One reader or writer process. All that it says is handed on at once, without a task of its own: most answers are one read."""

    _process: SubprocessTransport

    def __init__(self) -> None:
        self.killed = False
        self.listener: Listener | None = None
        #: told when it ends while nobody listens
        self.ended: Callable[[Peer], None] | None = None
        self._rest = bytearray()
        self._needed = PREFIX_SIZE
        self._paused = False
        self._gone = asyncio.get_running_loop().create_future()

    @classmethod
    async def start(cls, listener: Listener, module: str, *arguments: str) -> Peer:
        """Start ``python -m MODULE PARENT ARGUMENTS``; it takes orders at once, and tells the listener when it is ready."""
        command = (sys.executable, "-m", module, str(os.getpid()), *arguments)
        environment = {**os.environ, "MALLOC_ARENA_MAX": "2"}  # each arena takes address space, which is limited
        peer = cls()
        peer.listener = listener
        await asyncio.get_running_loop().subprocess_exec(lambda: peer, *command, stderr=None, env=environment)
        return peer

    @property
    def is_alive(self) -> bool:
        """Whether it can take an order."""
        return not self.killed and self._process.get_returncode() is None

    def send(self, order: Order, listener: Listener) -> None:
        """Hand over an order; the listener is told the answer, or that there is none."""
        self.listener = listener
        cast("WriteTransport", self._process.get_pipe_transport(0)).write(frame("job", order))

    def pause(self) -> None:
        """Take nothing more from it for a while: it waits."""
        if not self._paused:
            self._paused = True
            cast("ReadTransport", self._process.get_pipe_transport(1)).pause_reading()

    def resume(self) -> None:
        """Take from it again."""
        if self._paused:
            self._paused = False
            cast("ReadTransport", self._process.get_pipe_transport(1)).resume_reading()

    def kill(self) -> None:
        """End it now, whatever it does."""
        self.killed = True
        self.resume()  # that its pipe has ended is seen only by who reads
        if self._process.get_returncode() is None:
            self._process.kill()

    async def close(self) -> None:
        """Let it end by itself, for two seconds; then end it."""
        self.ended = None
        if (pipe := self._process.get_pipe_transport(0)) is not None:
            pipe.close()
        try:
            await asyncio.wait_for(asyncio.shield(self._gone), 2)
        except TimeoutError:
            self.kill()
            await self._gone

    def connection_made(self, transport: asyncio.BaseTransport) -> None:  # noqa: D102
        self._process = cast("SubprocessTransport", transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: D102
        if self._rest:
            self._rest += data
            if len(self._rest) < self._needed:  # a long frame is put together once
                return
            data = bytes(self._rest)
        begin, size, self._needed = 0, len(data), PREFIX_SIZE
        try:
            while size - begin >= PREFIX_SIZE and self.listener is not None:
                kind, length = prefix(data, begin)
                end = begin + PREFIX_SIZE + length
                if end > size:
                    self._needed = end - begin
                    break
                self.listener.frame(kind, data[begin + PREFIX_SIZE : end])
                begin = end
        except ValueError:  # no frame: it is not what it should be
            self.kill()
        self._rest = bytearray(data[begin:])

    def connection_lost(self, error: Exception | None) -> None:  # noqa: D102
        status = self._process.get_returncode()
        self.killed = True
        if not self._gone.done():
            self._gone.set_result(status)
        if self.listener is not None:
            self.listener.lost(-1 if status is None else status)
        elif self.ended is not None:
            self.ended(self)
