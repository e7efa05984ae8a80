"""A process at the other end of a pipe, seen from the front: orders out, frames in, an end that is always possible."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process

import msgspec

from kgbuild.serving.jobs import PREFIX_SIZE, End, Failure, FrameKind, Head, Order, frame, prefix

__all__ = ["Died", "Peer"]


class Died(Exception):
    """The process ended before it had answered: killed, out of memory, or crashed."""


class Peer:
    """One reader or writer process."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.killed = False

    @classmethod
    async def start(cls, module: str, *arguments: str) -> Peer:
        """Start ``python -m MODULE PARENT ARGUMENTS``; it takes orders at once, and answers when it is ready."""
        command = (sys.executable, "-m", module, str(os.getpid()), *arguments)
        environment = {**os.environ, "MALLOC_ARENA_MAX": "2"}  # each arena takes address space, which is limited
        return cls(await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, limit=1 << 20, env=environment))

    @property
    def pid(self) -> int:
        """Of the operating system."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it can take an order."""
        return self._process.returncode is None and not self.killed

    async def send(self, order: Order) -> None:
        """Hand over an order. Raises Died."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(frame("job", order))
            await self._process.stdin.drain()
        except (ConnectionError, RuntimeError) as error:
            raise Died(str(error)) from error

    async def receive(self) -> Head | bytes | End | Failure:
        """The next frame of the answer. Raises Died."""
        kind, data = await self._frame()
        if kind == "data":
            return data
        types: dict[FrameKind, type[Head | End | Failure]] = {"head": Head, "end": End, "failure": Failure}
        return msgspec.msgpack.decode(data, type=types[kind])

    async def _frame(self) -> tuple[FrameKind, bytes]:
        assert self._process.stdout is not None
        try:
            kind, length = prefix(await self._process.stdout.readexactly(PREFIX_SIZE))
            return kind, await self._process.stdout.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError, ValueError) as error:
            raise Died(str(error)) from error

    def kill(self) -> None:
        """End it now, whatever it does."""
        self.killed = True
        if self._process.returncode is None:
            self._process.kill()

    async def close(self) -> int:
        """Let it end by itself, for two seconds; then end it. Returns its exit status."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            return await asyncio.wait_for(self._process.wait(), 2)
        except TimeoutError:
            self.kill()
            return await self._process.wait()
