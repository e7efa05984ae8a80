"""One writer at a time, beside no reader: the lock file of a store's folder.

The kernel releases the lock when its process ends, in whatever way. RocksDB's own lock guards a database only while it is open; this one
also guards what happens to the folder: a first load beside it, the renaming, the cleaning up.
"""

from __future__ import annotations

import fcntl
import os
import time
import weakref
from pathlib import Path

from kgbuild.errors import StoreUnavailable

#: how long to wait for another process that is about to finish, and how often to look; seconds
PATIENCE = 2.0
_INTERVAL = 0.05

HINT = "wait until the other kgbuild is done (or stop it: kgbuild serve, a shell with an open store), then run this again"


class FolderLock:
    """A lock on a folder; shared among readers, or a writer's alone. Raises StoreUnavailable if others hold it longer than 2 s.

    ``note``: the address of a server that holds the store for long; who waits in vain is told to go there.
    """

    def __init__(self, folder: Path, *, shared: bool, patience: float = PATIENCE, note: str = "") -> None:
        self._file: int | None = self._open(folder / "lock", shared)
        if self._file is None:
            return
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    address = os.pread(self._file, 500, 0).decode("ascii", "replace")
                    self.release()
                    if address:
                        message = f"{folder}: the server at {address} holds this store"
                        raise StoreUnavailable(message, hint=f"go through it: --store {address} (or stop it)") from None
                    raise StoreUnavailable(f"{folder}: another process is using this store", hint=HINT) from None
                time.sleep(_INTERVAL)
        if not shared:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, note.encode("ascii"), 0)
        _held.add(self)

    @staticmethod
    def _open(file: Path, shared: bool) -> int | None:
        try:
            return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError:
            if not shared:
                raise
        try:
            return os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None  # a reader of a folder that nobody here may write: no writer to fear

    def release(self) -> None:
        """Let others in. Does nothing the second time."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
            _held.discard(self)


_held: weakref.WeakSet[FolderLock] = weakref.WeakSet()


def _let_go() -> None:
    # A forked worker shares its parent's lock and would keep it after the parent is killed.
    for lock in list(_held):
        lock.release()


os.register_at_fork(after_in_child=_let_go)
