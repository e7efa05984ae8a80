"""The reader's end of the pipe: a file that engines can write to, which sends frames."""

from __future__ import annotations

import io
from typing import BinaryIO

from kgbuild.serving.jobs import PIECE, End, Failure, Head, frame

__all__ = ["Output"]


class Output(io.BufferedIOBase):
    """Sends the head before the first byte, and bytes in pieces of 64 KiB."""

    def __init__(self, pipe: BinaryIO) -> None:
        super().__init__()
        self._pipe = pipe
        self._head: Head | None = None
        self._sent = False
        self._kept = bytearray()

    def begin(self, head: Head) -> None:
        """Say how the answer begins; sent with the first piece, so that a failure before it is still one."""
        self._head = head

    def writable(self) -> bool:  # noqa: D102
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # noqa: D102
        self._kept += data
        if len(self._kept) >= PIECE:
            self._send()
        return len(data)

    def finish(self, end: End) -> None:
        """Send what is kept, and the end: both at once, so that the front can send a short answer whole."""
        self._put()
        self._pipe.write(frame("end", end))
        self._pipe.flush()

    def fail(self, failure: Failure) -> None:
        """Send a failure; what is kept is dropped."""
        self._kept.clear()
        self._pipe.write(frame("failure", failure))
        self._pipe.flush()

    def _send(self) -> None:
        self._put()
        self._pipe.flush()

    def _put(self) -> None:
        if not self._sent and self._head is not None:
            self._pipe.write(frame("head", self._head))
            self._sent = True
        if self._kept:
            self._pipe.write(frame("data", bytes(self._kept)))
            self._kept.clear()
