"""Chunks of bytes as a file that can be read once."""

from __future__ import annotations

from collections.abc import Iterable


class ByteStream:
    """Reads chunks as they come; never more of them in memory than one read asks for, and no chunk copied twice.

    An error of the chunks' own ends the stream and is kept in ``error``: the engine would wrap it.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest = memoryview(b"")
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        """Read up to ``size`` bytes; fewer, or none, only at the end."""
        parts: list[memoryview] = []
        wanted = size
        while wanted:
            if not self._rest:
                try:
                    chunk = next(self._chunks, None)
                except BaseException as error:
                    self.error = error
                    raise
                if chunk is None:
                    break
                self._rest = memoryview(chunk)
                continue
            part = self._rest if size < 0 else self._rest[:wanted]
            self._rest = self._rest[len(part) :]
            parts.append(part)
            wanted -= len(part) if size >= 0 else 0
        return b"".join(parts)
