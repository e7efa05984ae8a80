"""What lies between a reader and a client: a reader is free as soon as it has answered, however slowly the client takes it.

The first megabyte is kept in memory, the rest in a temporary file without a name; a reader that is further ahead of its client than the
limit waits (and its deadline goes on).
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import deque
from collections.abc import AsyncIterator
from typing import IO

__all__ = ["Broken", "Spool"]

_IN_MEMORY = 1 << 20
#: how far a reader may be ahead of its client, in bytes
AHEAD = 512 << 20
_PIECE = 1 << 18


class Broken(Exception):
    """The answer ended before its end: the transfer must be broken off, so that the client knows."""


class Spool:
    """Bytes that are added at once and taken by one task, in order."""

    def __init__(self) -> None:
        self.written = self._taken = 0
        self._pieces: deque[bytes] = deque()
        #: what follows the pieces; nothing is added to them before it is taken
        self._file: IO[bytes] | None = None
        self._read = self._filed = 0
        self.is_ended = False
        self._error: Broken | None = None
        self._changed: asyncio.Future[None] | None = None

    @property
    def is_full(self) -> bool:
        """Whether the client is too far behind."""
        return self.written - self._taken >= AHEAD

    def add(self, data: bytes) -> None:
        """Append."""
        if self._read == self._filed and (not self._pieces or self.written - self._taken + len(data) <= _IN_MEMORY):
            self._pieces.append(data)
        else:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
            self._file.seek(self._filed)
            self._file.write(data)
            self._filed += len(data)
        self.written += len(data)
        self._wake()

    def end(self, error: Broken | None = None) -> None:
        """Say that nothing follows; or that something would have, and will not come."""
        self.is_ended, self._error = True, error
        self._wake()

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the bytes as they come. Raises Broken where the answer ended early."""
        while True:
            while self._error is None and self._taken == self.written and not self.is_ended:
                self._changed = asyncio.get_running_loop().create_future()
                await self._changed
            if self._error is not None:
                raise self._error
            if self._taken == self.written:
                return
            yield self._next()

    def whole(self) -> bytes:
        """All bytes at once, where nothing follows and none were taken; then there are none any more."""
        assert self.is_ended
        assert self._error is None
        data = b"".join(self._pieces)
        if self._file is not None:
            self._file.seek(0)
            data += self._file.read()
        self.close()
        return data

    def close(self) -> None:
        """Free the memory and the file."""
        self._pieces.clear()
        self._taken = self.written
        if self._file is not None:
            self._file.close()

    def _next(self) -> bytes:
        if self._pieces:
            data = self._pieces.popleft()
        else:
            assert self._file is not None
            self._file.seek(self._read)
            data = self._file.read(_PIECE)
            self._read += len(data)
            if self._read == self._filed:  # all is taken: from the beginning again
                self._file.truncate(0)
                self._read = self._filed = 0
        self._taken += len(data)
        return data

    def _wake(self) -> None:
        if self._changed is not None and not self._changed.done():
            self._changed.set_result(None)
