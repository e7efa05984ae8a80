"""The readers: so many at a time, each on the newest checkpoint, each ended at its deadline and replaced.

A query waits for a reader no longer than the limit of a query's time; then it is refused (503) with a Retry-After.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from kgbuild.serving.answer import Answer
from kgbuild.serving.jobs import Order
from kgbuild.serving.process import Died, Peer
from kgbuild.serving.refusal import Refused

__all__ = ["Pool"]

READER = "kgbuild.serving.reader"
#: exit statuses: the reader's own, abort (the engine could not allocate), killed by the system
_OUT_OF_MEMORY = (77, -6, -9)
#: seconds after which a query is looked after: most are answered before, and cost neither a task nor a second timer
_SOON = 0.05


class Pool:
    """Readers for at most ``size`` queries at a time."""

    def __init__(self, size: int, *, timeout: float, memory: int = 0) -> None:
        self.size = size
        self.timeout = timeout
        self.running: dict[str, Answer] = {}
        #: what was killed, and why: for /metrics
        self.stopped = {"timeout": 0, "memory": 0, "cancelled": 0}
        self._memory = memory
        self._idle: list[Peer] = []
        self._waiting: deque[tuple[Answer, Order]] = deque()
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Start the readers."""
        for peer in await asyncio.gather(*(self._new() for _ in range(self.size))):
            self._free(peer)

    async def close(self) -> None:
        """End all readers; what runs is stopped."""
        self._closed = True
        for answer in list(self.running.values()):
            answer.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)
        for peer in self._idle:
            await peer.close()

    async def ask(self, order: Order, text: str, watch: Callable[[Answer], None] | None = None) -> Answer:
        """Begin to answer: returns when the first piece of the answer, or its end, is there.

        ``watch`` is called for a query that is not answered at once, to see whether its client leaves.

        Raises Refused: what the reader refuses; 503 for no reader in time, for a query beyond its time, and for one that was cancelled;
        507 for one beyond its memory. A cancelled task stops the query.
        """
        loop = asyncio.get_running_loop()
        answer = Answer(str(next(self._numbers)), text, self)
        answer.deadline = loop.time() + self.timeout
        answer.timer = loop.call_later(_SOON, self._tend, answer, watch)
        if (peer := self._borrow()) is not None:
            self._give(peer, answer, order)
        else:
            self._waiting.append((answer, order))
        try:
            await answer.begun
        except BaseException:
            answer.cancel()
            raise
        return answer

    def answered(self, answer: Answer) -> None:
        """A reader is free, or is to be replaced: it has grown."""
        peer = self._ended(answer)
        if answer.end is not None and answer.end.retiring:
            peer.kill()
            self._replace()
        else:
            self._free(peer)

    def died(self, answer: Answer, status: int) -> Refused:
        """A reader has ended while it answered."""
        self._ended(answer)
        self._replace()
        if status not in _OUT_OF_MEMORY:
            return Refused(500, f"the reader ended unexpectedly (status {status})")
        self.stopped["memory"] += 1
        limit = f"its {self._memory >> 20} MiB of memory" if self._memory else "the memory there is"
        return Refused(507, f"the query needed more than {limit} and was stopped; ask for less, or for a smaller part")

    def cancel(self, answer: Answer, refused: Refused, why: str = "cancelled") -> None:
        """Stop a query: its reader is ended, whatever it does."""
        self.stopped[why] += 1
        if answer.peer is not None:
            peer = self._ended(answer)
            peer.listener = None
            peer.kill()
            self._replace()
        elif answer.timer is not None:
            answer.timer.cancel()
        answer.stop(refused)

    def _borrow(self) -> Peer | None:
        while self._idle:
            peer = self._idle.pop()
            if peer.is_alive:
                return peer
            self._replace()
        return None

    def _give(self, peer: Peer, answer: Answer, order: Order) -> None:
        answer.peer = peer
        answer.deadline = asyncio.get_running_loop().time() + self.timeout
        self.running[answer.id] = answer
        peer.send(order, answer)

    def _free(self, peer: Peer) -> None:
        """Let a reader do what waits for one."""
        while self._waiting:
            answer, order = self._waiting.popleft()
            if not answer.begun.done():
                self._give(peer, answer, order)
                return
        self._idle.append(peer)

    def _ended(self, answer: Answer) -> Peer:
        assert answer.peer is not None
        peer, answer.peer = answer.peer, None
        del self.running[answer.id]
        if answer.timer is not None:
            answer.timer.cancel()
        return peer

    def _tend(self, answer: Answer, watch: Callable[[Answer], None] | None) -> None:
        """Look after a query that takes its time: soon whether its client leaves, then at its deadline."""
        if answer.spool.is_ended:
            return
        if watch is not None and not answer.begun.done():
            watch(answer)
        loop = asyncio.get_running_loop()
        if answer.deadline > loop.time():
            answer.timer = loop.call_at(answer.deadline, self._tend, answer, None)
        elif answer.peer is None:
            message = f"all {self.size} readers are busy, and none was free within {self.timeout:g} s"
            answer.stop(Refused(503, message, headers={"Retry-After": "5"}))
        else:
            message = f"the query took longer than {self.timeout:g} s and was stopped; ask for less, or for a smaller part"
            self.cancel(answer, Refused(503, message, headers={"Retry-After": "30"}), "timeout")

    def _replace(self) -> None:
        if self._closed:
            return

        async def replace() -> None:
            while not self._closed:
                with suppress(OSError, Died):
                    self._free(await self._new())
                    return
                await asyncio.sleep(1)  # no memory, no processes: there may be some later

        task = asyncio.create_task(replace())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _new(self) -> Peer:
        ready = Answer()
        peer = await Peer.start(ready, READER, str(self._memory), "isolated")
        await ready.begun  # what it takes to start is not counted as a query's time
        peer.listener, peer.ended = None, self._lost
        return peer

    def _lost(self, peer: Peer) -> None:
        """A reader that did nothing has ended."""
        if peer in self._idle:
            self._idle.remove(peer)
            self._replace()
