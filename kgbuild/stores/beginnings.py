"""What every new store begins with, made once for a machine: a database of the shipped ontology and reference data is kept in the user's
cache folder, and a new store starts from links to its files.

CACHE/stores/<key>/   the files of a database that nobody opens there; whole or not there

RocksDB never changes a table file (``*.sst``), so that stores may share them by hard links, as its own checkpoints do; the rest, some
kilobytes, is copied. Where the cache cannot be written, or is on another disk, all is made or copied: slower, and the same.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import platformdirs
import pyoxigraph as ox

from kgbuild.stores.streaming import ByteStream

#: databases kept, 65 MB each: those used last
_KEPT = 3


@dataclass(frozen=True)
class Beginning:
    """What a new store holds before its first article."""

    #: what it is made from; with the same one the chunks hold the same, as long as kgbuild itself does not change
    made_from: tuple[str, ...]
    #: N-Quads, cut anywhere; asked for only where nothing was kept
    chunks: Callable[[], Iterable[bytes]]

    @property
    def key(self) -> str:
        """The name that it is kept under: of what it is made from, of kgbuild as it is installed, and of the engine."""
        package = Path(__file__).parents[1]
        changed = max((path.stat().st_mtime_ns for path in package.rglob("*.py")), default=0)
        parts = (*self.made_from, str(package), str(changed), version("pyoxigraph"))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def begin(place: Path, beginning: Beginning) -> ox.Store:
    """Make a database at a place where there is none, with what it begins with. Raises OSError where the place cannot be written."""
    cache = platformdirs.user_cache_path("kgbuild") / "stores"
    kept = cache / beginning.key
    try:
        shutil.copytree(kept, place, copy_function=_link)
        os.utime(kept)
        return ox.Store(place)
    except (OSError, RuntimeError):  # there is none, or it is not whole (RocksDB's word is Corruption)
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(kept, ignore_errors=True)
    database = ox.Store(place)
    database.bulk_load(ByteStream(beginning.chunks()), ox.RdfFormat.N_QUADS, lenient=True)  # type: ignore[arg-type]
    with suppress(OSError):
        _keep(database, kept)
    return database


def _link(source: str, target: str) -> str:
    """Copy a file; one that is never changed may be shared."""
    if source.endswith(".sst"):
        try:
            os.link(source, target)
        except OSError:  # another disk, or one without hard links
            pass
        else:
            return target
    return shutil.copy2(source, target)


def _keep(database: ox.Store, kept: Path) -> None:
    """Put a database into the cache: at once, whole."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="new-", dir=kept.parent) as folder:
        made = Path(folder) / "db"
        database.backup(made)
        made.rename(kept)
    entries = sorted(kept.parent.iterdir(), key=lambda entry: entry.stat().st_mtime, reverse=True)
    for old in entries[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
