"""Where results go: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from kgbuild.errors import KgbuildError


class _Guarded:
    """A stream that remembers why it could not be written to: what writes through an engine gets the error back as the engine's."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.failure: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._stream.write(data)
        except OSError as error:
            self.failure = error
            raise

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as error:
            self.failure = error
            raise


@contextmanager
def writing(path: Path | None) -> Iterator[BinaryIO]:
    """Open a file to write, or standard output for None and ``-``.

    A regular file appears under its name when the block ends well; if it fails, what stood there before still stands. Devices and
    pipes are written directly.

    Raises:
        KgbuildError: it cannot be written.
        BrokenPipeError: whoever reads it has gone.
    """
    if path is None or str(path) == "-":
        sys.stdout.flush()
        with _guarded(sys.stdout.buffer, "standard output") as stream:
            yield stream
        return
    regular = path.is_file() or not path.exists()
    target = path.with_name(f".{path.name}.{os.getpid()}.part") if regular else path
    try:
        opened = target.open("wb")
    except OSError as error:
        raise _cannot_write(str(path), error) from error
    try:
        with opened, _guarded(opened, str(path)) as stream:
            yield stream
        if regular:
            target.replace(path)
    finally:
        if regular:
            target.unlink(missing_ok=True)


def write(lines: Iterable[str]) -> None:
    """Write results to standard output, in UTF-8 whatever the locale. Raises as :func:`writing` does."""
    with writing(None) as stream:
        for line in lines:
            stream.write(line.encode("utf-8", "backslashreplace"))


@contextmanager
def _guarded(opened: BinaryIO, name: str) -> Iterator[BinaryIO]:
    stream = _Guarded(opened)
    try:
        yield cast("BinaryIO", stream)
        stream.flush()
    except (OSError, KgbuildError) as error:
        if isinstance(stream.failure, BrokenPipeError):
            raise stream.failure from None
        if stream.failure is not None:
            raise _cannot_write(name, stream.failure) from error
        raise


def _cannot_write(name: str, error: OSError) -> KgbuildError:
    return KgbuildError(
        f"{name}: cannot be written: {error.strerror or error}",
        hint="write to a folder that exists, on a disk with room, where you may write",
    )
