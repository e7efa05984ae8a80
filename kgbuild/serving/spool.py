"""What lies between a reader and a client: a reader is free as soon as it has answered, however slowly the client takes it.

The first megabyte is kept in memory, the rest in a temporary file without a name; a reader that is further ahead of its client than the
limit waits (and its deadline goes on).
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator

__all__ = ["Broken", "Spool"]

_IN_MEMORY = 1 << 20
#: how far a reader may be ahead of its client, in bytes
AHEAD = 512 << 20
_PIECE = 1 << 18


class Broken(Exception):
    """The answer ended before its end: the transfer must be broken off, so that the client knows."""


class Spool:
    """Bytes that one task adds and another takes, in order."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  closed by close()
        self.written = self._taken = 0
        self._ended = False
        self._error: Broken | None = None
        self._changed = asyncio.Condition()

    async def add(self, data: bytes) -> None:
        """Append; waits while the client is too far behind."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.written - self._taken < AHEAD or self._file.closed)
            if self._file.closed:
                raise Broken("the client is gone")
            self._file.seek(self.written)
            self._file.write(data)
            self.written += len(data)
            self._changed.notify_all()

    async def end(self, error: Broken | None = None) -> None:
        """Say that nothing follows; or that something would have, and will not come."""
        async with self._changed:
            self._ended, self._error = True, error
            self._changed.notify_all()

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the bytes as they come. Raises Broken where the answer ended early."""
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: self._taken < self.written or self._ended)
                if self._error is not None:
                    raise self._error
                if self._taken == self.written:
                    return
                self._file.seek(self._taken)
                data = self._file.read(_PIECE)
                self._taken += len(data)
                self._changed.notify_all()
            yield data

    def whole(self) -> bytes:
        """All bytes at once, where nothing follows; then there are none any more."""
        assert self._ended
        assert self._error is None
        self._file.seek(self._taken)
        data = self._file.read()
        self._taken = self.written
        self._file.close()
        return data

    async def close(self) -> None:
        """Free the memory and the file."""
        async with self._changed:
            self._file.close()
            self._changed.notify_all()
