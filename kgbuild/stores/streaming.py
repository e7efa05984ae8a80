"""Chunks of bytes as a file that can be read once."""

from __future__ import annotations

from collections.abc import Iterable


class ByteStream:
    """Reads chunks as they come; no more of them in memory than one. Nothing is joined: the engine asks for 8 kB at a time."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._chunk = b""
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        """Read up to ``size`` bytes, and no further than the chunk at hand; none at the end."""
        while self._position >= len(self._chunk):
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._chunk, self._position = chunk, 0
        begin = self._position
        self._position = len(self._chunk) if size < 0 else begin + size
        return self._chunk[begin : self._position]
