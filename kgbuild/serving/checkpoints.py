"""Checkpoints: what readers read. Each is the store as it was at one moment, and never changes.

The engine makes one by hard links, in milliseconds and without copying. While the server does not write, the store belongs to whoever
loads: it is held, shared, only for the time that a checkpoint takes, and looked at before each query whether its files have changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections import deque
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from kgbuild.errors import StoreUnavailable
from kgbuild.iris import DATA
from kgbuild.stores import folder
from kgbuild.stores.door import mapped
from kgbuild.stores.locking import FolderLock
from kgbuild.stores.meta import read_base

__all__ = ["Checkpoints"]

#: how often the store's files are looked at, at most; seconds
_INTERVAL = 0.2
#: how long an old checkpoint stays, at least; seconds. Readers that have it open go on reading, and its blocks are freed when they close it
_KEPT = 5.0


class Checkpoints:
    """The newest checkpoint of a store, and the end of those that are no longer used."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._place: Path | None = None
        self._handle = -1
        self._numbers = count(1)
        self._signature = ""
        self._looked = 0.0
        self._old: deque[tuple[float, Path]] = deque()
        self.path = Path()
        #: what the IRIs of the store's things begin with
        self.base = ""
        #: stands for the checkpoint's content in ETags
        self.generation = ""

    @property
    def is_due(self) -> bool:
        """Whether it is time to look for changes again."""
        return not self.generation or time.monotonic() - self._looked >= _INTERVAL

    def renew(self) -> bool:
        """Take a new checkpoint if the store has changed; keep the old one while another process writes. True if it is a new one.

        Raises StoreError where there is none at all, and StoreMissing.
        """
        if not self.is_due:
            return False
        self._looked = time.monotonic()
        signature = _signature(folder.database(self._store))
        if signature == self._signature:
            return False
        try:
            self._take()
        except StoreUnavailable:
            if self.generation:
                return False
            raise
        return True

    def adopt(self, path: Path, generation: str) -> None:
        """Take a checkpoint that the writer has made."""
        if self.generation:
            self._old.append((time.monotonic(), self.path))
        self.path, self.generation = path, generation
        if not self.base:
            self.base = read_base(ox.Store.read_only(str(path)), self._store) or folder.updated(self._store) or DATA

    def clear(self) -> None:
        """Remove what has been old for a while: an order may be on its way to a reader that has not opened it yet."""
        while self._old and time.monotonic() - self._old[0][0] > _KEPT:
            shutil.rmtree(self._old.popleft()[1], ignore_errors=True)

    def new_place(self) -> Path:
        """Where the next checkpoint goes."""
        if self._place is None:
            folder.sweep_checkpoints(self._store)
            self._place, self._handle = folder.new_serving(self._store)
        return self._place / str(next(self._numbers))

    def close(self) -> None:
        """Remove what is left."""
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)
            os.close(self._handle)
            self._place = None

    def _take(self) -> None:
        folder.check(self._store, create=False)
        with mapped(self._store, "cannot take a checkpoint"):
            lock = FolderLock(self._store, shared=True, patience=2.0 if not self.generation else 0.0)
            try:
                database = folder.database(self._store)
                signature = _signature(database)
                place = self.new_place()
                ox.Store.read_only(str(database)).backup(str(place))
            finally:
                lock.release()
        self._signature = signature
        self.adopt(place, hashlib.sha256(signature.encode()).hexdigest()[:16])


def _signature(database: Path) -> str:
    """What changes when anything is written: names, sizes and times of the database's files."""
    try:
        entries = sorted((entry.name, entry.stat()) for entry in os.scandir(database) if not entry.name.startswith(("LOG", "LOCK")))
    except FileNotFoundError:
        return ""
    return " ".join(f"{name}:{status.st_size}:{status.st_mtime_ns}:{status.st_ino}" for name, status in entries)
