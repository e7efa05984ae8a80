"""The door to pyoxigraph's errors: whatever the engine or the disk raises becomes a StoreError that says what to do."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kgbuild.errors import QueryError, StoreError, StoreUnavailable
from kgbuild.stores.locking import HINT
from kgbuild.stores.syntax import explained

DAMAGED = "the files of the store are damaged: put a copy back, or load again into a new folder"
_PLACE = re.compile(r"error at (\d+):(\d+): ")

#: what the message of the system or of RocksDB has in it -> what to do
_HINTS = (
    (("No space left", "Disk quota"), "free some space on this disk; what was loaded before is still there"),
    (("File too large",), "the system limits the size of files (ulimit -f)"),
    (("Permission denied", "Read-only file system", "Operation not permitted"), "check who may write there, or name another --store"),
    (("Too many open files",), "the system limits the number of open files (ulimit -n)"),
    (("Corruption", "corrupted", "CURRENT", "checksum"), DAMAGED),
)


@contextmanager
def mapped(path: Path | None, doing: str, *, sparql: str | None = None) -> Iterator[None]:
    """Map the engine's errors. ``doing``: what was being done, as in "cannot open the store"; ``sparql``: the user's own, by which."""
    where = f"{path}: " if path else ""
    try:
        yield
    except SyntaxError as error:
        if sparql is not None:
            raise _syntax(error, sparql) from error
        raise StoreError(f"{where}{doing}: {error}") from error
    except BrokenPipeError:
        raise  # whoever reads a dump has seen enough
    except (OSError, RuntimeError) as error:
        if isinstance(error, RuntimeError):
            if "read-write" in str(error):
                raise StoreError(f"{where}{doing}: the store was opened for reading only") from error
            if "Corruption" not in str(error):
                raise
        message = (error.strerror or str(error)) if isinstance(error, OSError) and error.errno else str(error)
        if "lock file" in message or "lock hold" in message:
            raise StoreUnavailable(f"{where}another process is using this store", hint=HINT) from error
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        hint = next((hint for words, hint in _HINTS if any(word in message for word in words)), _HINTS[0][1] if full else "")
        raise StoreError(f"{where}{doing}: {message.removeprefix('IO error: ')}", hint=hint) from error


def _syntax(error: SyntaxError, sparql: str) -> QueryError:
    """Say where SPARQL does not parse."""
    message, hint = explained(error, sparql)
    place = _PLACE.match(message)
    if place:
        message = f"line {place[1]}, column {place[2]}: {message[place.end() :]}"
    return QueryError(f"SPARQL that does not parse: {message}", hint=hint)
