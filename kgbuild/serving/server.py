"""The front's state: readers, the writer, the newest checkpoint; and how a job is done with them."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kgbuild.errors import StoreError, StoreUnavailable
from kgbuild.serving.answer import Answer
from kgbuild.serving.checkpoints import Checkpoints
from kgbuild.serving.jobs import Head, Order, Reading, Writing
from kgbuild.serving.kept import Kept
from kgbuild.serving.pool import Pool
from kgbuild.serving.process import Died, Peer
from kgbuild.serving.refusal import Refused
from kgbuild.serving.settings import Settings

__all__ = ["Server"]

WRITER = "kgbuild.serving.writer"
#: how often the writer and old checkpoints are looked after; seconds
_TENDED = 1.0


class Server:
    """What answers requests; made once, started and closed with the application."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.checkpoints = Checkpoints(settings.store)
        self.pool = Pool(settings.workers, timeout=settings.timeout, memory=settings.memory)
        self.kept = Kept(settings.kept)
        self._writer: Peer | None = None
        self._writing = asyncio.Lock()
        self._renewing = asyncio.Lock()
        self._tending: asyncio.Task[None] | None = None
        #: tells the generations of this server from those of an earlier one, whose processes may have had the same numbers
        self._own = secrets.token_hex(8)

    async def start(self) -> None:
        """Take the first checkpoint and start the processes. Raises StoreError."""
        if self.settings.update:
            await self._start_writer()
        else:
            await asyncio.to_thread(self.checkpoints.renew)
        await self.pool.start()
        self._tending = asyncio.create_task(self._tend())

    async def close(self) -> None:
        """End the processes and remove the checkpoints."""
        if self._tending is not None:
            self._tending.cancel()
        await self.pool.close()
        if self._writer is not None:
            await self._writer.close()
        self.checkpoints.close()

    async def _tend(self) -> None:
        """Remove old checkpoints, and start a writer that has died again: it alone keeps others from the store."""
        while True:
            await asyncio.sleep(_TENDED)
            await asyncio.to_thread(self.checkpoints.clear)
            if self._writer is not None and not self._writer.is_alive and not self._writing.locked():
                async with self._writing:
                    with suppress(StoreError):
                        await self._start_writer()

    @property
    def generation(self) -> str:
        """Stands for what readers see now."""
        return self.checkpoints.generation

    @property
    def is_due(self) -> bool:
        """Whether it is time to see what another process has loaded; never while the server itself holds the store."""
        return not self.settings.update and not self._renewing.locked() and self.checkpoints.is_due

    async def renewed(self) -> None:
        """See what another process has loaded since, where that is due."""
        async with self._renewing:
            await asyncio.to_thread(self.checkpoints.renew)

    async def read(self, job: Reading, text: str, watch: Callable[[Answer], None] | None = None) -> Answer:
        """Begin to answer; ``text`` stands in logs and in the list of running queries. Raises Refused."""
        order = Order(job, str(self.checkpoints.path), self.checkpoints.base, self.settings.services)
        return await self.pool.ask(order, text, watch)

    async def write(self, job: Writing) -> Head:
        """Do an update; what was done is seen by every query that comes after. Raises Refused.

        An update beyond its time is stopped, and nothing of it is kept: the writer is ended and started again.
        """
        async with self._writing:
            if self._writer is None or not self._writer.is_alive:
                await self._start_writer()  # the last attempt failed
            writer, answer = self._writer, Answer()
            assert writer is not None
            try:
                async with asyncio.timeout(self.settings.timeout):
                    writer.send(Order(job, allowed=self.settings.services), answer)
                    await answer.begun
            except BaseException as error:
                if isinstance(error, Refused):
                    raise
                writer.kill()
                await self._start_writer()
                if isinstance(error, TimeoutError):
                    message = f"the update took longer than {self.settings.timeout:g} s and was stopped; nothing of it was kept"
                    raise Refused(503, message, headers={"Retry-After": "30"}) from None
                if isinstance(error, Died):
                    raise Refused(507, "the writer ended before it had answered; the update was kept whole or not at all") from None
                raise  # the client has gone: what is not acknowledged may or may not be there
            self._adopt(answer)
            return answer.head

    async def _start_writer(self) -> None:
        place = self.checkpoints.new_place().parent
        if self._writer is not None:
            await self._writer.close()
        ready = Answer()
        writer = await Peer.start(ready, WRITER, str(self.settings.store), str(place), self.settings.address)
        try:
            await ready.begun
        except (Refused, Died) as error:
            await writer.close()
            if isinstance(error, Died):
                raise StoreUnavailable(f"{self.settings.store}: the writer cannot be started") from error
            raise StoreUnavailable(str(error), hint=error.hint) from error
        self._writer = writer
        self._adopt(ready)

    def _adopt(self, answer: Answer) -> None:
        """Show to readers what the writer has written."""
        assert answer.end is not None
        place = answer.end.checkpoint
        self.checkpoints.adopt(Path(place), hashlib.sha256(f"{self._own} {place}".encode()).hexdigest()[:16])
