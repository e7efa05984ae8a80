"""The readers: so many at a time, each on the newest checkpoint, each ended at its deadline and replaced.

A query waits for a reader no longer than the limit of a query's time; then it is refused (503) with a Retry-After.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

from kgbuild.serving.jobs import End, Head, Order
from kgbuild.serving.process import Died, Peer
from kgbuild.serving.refusal import Refused
from kgbuild.serving.spool import Broken, Spool

__all__ = ["Answer", "Pool", "Running"]

READER = "kgbuild.serving.reader"
#: exit statuses: the reader's own, abort (the engine could not allocate), killed by the system
_OUT_OF_MEMORY = (77, -6, -9)


@dataclass
class Running:
    """One query that is being answered, as ``GET /queries`` shows it."""

    id: str
    text: str
    started: float = field(default_factory=time.monotonic)
    peer: Peer | None = None
    cancelled: bool = False

    @property
    def hash(self) -> str:
        """Stands for the query's text in logs."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    @property
    def seconds(self) -> float:
        """Since it was asked."""
        return time.monotonic() - self.started

    def cancel(self) -> None:
        """Stop it now."""
        self.cancelled = True
        if self.peer is not None:
            self.peer.kill()


@dataclass
class Answer:
    """An answer whose beginning is there: its head, its bytes as they come, and how it ended, once it has."""

    head: Head
    spool: Spool
    running: Running
    end: End | None = None

    async def body(self) -> AsyncIterator[bytes]:
        """The bytes. Raises Broken where the answer is stopped before its end."""
        async for piece in self.spool.pieces():
            yield piece


class Pool:
    """Readers for at most ``size`` queries at a time."""

    def __init__(self, size: int, *, timeout: float, memory: int = 0) -> None:
        self.size = size
        self.timeout = timeout
        self.running: dict[str, Running] = {}
        #: what was killed, and why: for /metrics
        self.stopped = {"timeout": 0, "memory": 0, "cancelled": 0}
        self._memory = memory
        self._idle: asyncio.Queue[Peer] = asyncio.Queue()
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Start the readers."""
        for peer in await asyncio.gather(*(self._new() for _ in range(self.size))):
            self._idle.put_nowait(peer)

    async def close(self) -> None:
        """End all readers; what runs is stopped."""
        self._closed = True
        for running in list(self.running.values()):
            running.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)
        while not self._idle.empty():
            await self._idle.get_nowait().close()

    @property
    def idle(self) -> int:
        """How many readers have nothing to do."""
        return self._idle.qsize()

    async def ask(self, order: Order, text: str) -> Answer:
        """Begin to answer: returns when the first piece of the answer, or its end, is there.

        Raises Refused: what the reader refuses; 503 for no reader in time, for a query beyond its time, and for one that was cancelled;
        507 for one beyond its memory. A cancelled task (the client has gone) stops the query.
        """
        running = Running(str(next(self._numbers)), text)
        peer = await self._borrow()
        running.peer = peer
        self.running[running.id] = running
        answer = Answer(Head(), Spool(), running)
        begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._pump(peer, order, answer, begun))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            await begun
        except BaseException:
            running.cancel()
            await answer.spool.close()
            raise
        return answer

    async def _borrow(self) -> Peer:
        deadline = time.monotonic() + self.timeout
        while True:
            try:
                peer = await asyncio.wait_for(self._idle.get(), max(deadline - time.monotonic(), 0.001))
            except TimeoutError:
                message = f"all {self.size} readers are busy, and none was free within {self.timeout:g} s"
                raise Refused(503, message, headers={"Retry-After": "5"}) from None
            if peer.is_alive:
                return peer
            self._replace()

    async def _pump(self, peer: Peer, order: Order, answer: Answer, begun: asyncio.Future[None]) -> None:
        """Carry frames from a reader to the spool, until the end or the deadline; then give the reader back."""
        running = answer.running
        timed_out = False
        try:
            async with asyncio.timeout(self.timeout):
                await peer.send(order)
                await self._carry(peer, answer, begun)
        except TimeoutError:
            timed_out = True
            peer.kill()
            await self._stop(answer, begun, Refused(503, *self._why("timeout"), headers={"Retry-After": "30"}))
        except Died:
            status = await peer.close()
            if running.cancelled:
                refused = Refused(503, *self._why("cancelled"))
            elif status in _OUT_OF_MEMORY:
                refused = Refused(507, *self._why("memory"))
            else:
                refused = Refused(500, f"the reader ended unexpectedly (status {status})")
            await self._stop(answer, begun, refused)
        except Broken:
            peer.kill()  # nobody takes the answer
        except Refused as refused:
            await self._stop(answer, begun, refused)
        finally:
            self.running.pop(running.id, None)
            if running.cancelled or timed_out or not peer.is_alive or (answer.end is not None and answer.end.retiring):
                peer.kill()
                self._replace()
            else:
                self._idle.put_nowait(peer)

    async def _carry(self, peer: Peer, answer: Answer, begun: asyncio.Future[None]) -> None:
        while True:
            got = await peer.receive()
            if isinstance(got, Head):
                answer.head = got
            elif isinstance(got, bytes):
                await answer.spool.add(got)
                if not begun.done():
                    begun.set_result(None)
            elif isinstance(got, End):
                answer.end = got
                await answer.spool.end()
                if not begun.done():
                    begun.set_result(None)
                return
            else:
                raise Refused(got.status, got.message, hint=got.hint)

    async def _stop(self, answer: Answer, begun: asyncio.Future[None], refused: Refused) -> None:
        if not begun.done():
            begun.set_exception(refused)
        await answer.spool.end(Broken(str(refused)))

    def _why(self, what: str) -> tuple[str]:
        self.stopped[what] += 1
        if what == "timeout":
            return (f"the query took longer than {self.timeout:g} s and was stopped; ask for less, or for a smaller part",)
        if what == "cancelled":
            return ("the query was cancelled",)
        limit = f"its {self._memory >> 20} MiB of memory" if self._memory else "the memory there is"
        return (f"the query needed more than {limit} and was stopped; ask for less, or for a smaller part",)

    def _replace(self) -> None:
        if self._closed:
            return

        async def replace() -> None:
            while not self._closed:
                with suppress(OSError, Died):
                    self._idle.put_nowait(await self._new())
                    return
                await asyncio.sleep(1)  # no memory, no processes: there may be some later

        task = asyncio.create_task(replace())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _new(self) -> Peer:
        peer = await Peer.start(READER, str(self._memory), "isolated")
        await peer.receive()  # it is ready: what it takes to start is not counted as a query's time
        return peer
