"""A store's folder: the database, the lock file, and databases that are still being built.

DIR/lock                  see locking.py
DIR/db                    the database; there or not, never half
DIR/db.building-<pid>     a first load; renamed to db when it is complete, an orphan once its process is dead
DIR/updated               there once a SPARQL update, which keeps nothing true, was made; holds the store's base, which DROP ALL takes away
DIR/serving-<random>      checkpoints that a server reads and holds a lock on; an orphan once nobody does
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from itertools import count
from pathlib import Path

from kgbuild.errors import StoreError, StoreMissing

_BUILDING = "db.building-"
_UPDATED = "updated"
SERVING = "serving-"
_numbers = count()


def database(folder: Path) -> Path:
    """Where the database is."""
    return folder / "db"


def new_building(folder: Path) -> Path:
    """A place to build a database. Never one used before: what failed there may still be open in this process."""
    return folder / f"{_BUILDING}{os.getpid()}-{next(_numbers)}"


def check(folder: Path, *, create: bool) -> bool:
    """Claim that the folder has a database; False: it may be created there.

    Raises:
        StoreMissing: there is none, and none is to be created.
        StoreError: something else is at that place.
    """
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: is a file, not the folder of a store", hint="name another --store")
    if database(folder).is_dir():
        return True
    foreign = sorted(entry.name for entry in folder.iterdir() if not _ours(entry.name)) if folder.is_dir() else []
    if foreign:
        raise StoreError(
            f"{folder}: holds other files ({', '.join(foreign[:3])}{', …' if len(foreign) > 3 else ''}) and no store",
            hint="name a new or empty folder with --store",
        )
    if not create:
        raise StoreMissing(f"{folder}: there is no store", hint="run `kgbuild load` first, or name another --store")
    return False


def store_exists(folder: Path) -> bool:
    """Claim that there is a store at that place. Raises StoreError if something else is."""
    return check(folder, create=True)


def _ours(name: str) -> bool:
    return name in ("lock", "db", _UPDATED) or name.startswith((_BUILDING, SERVING))


def sweep(folder: Path) -> None:
    """Remove what a killed first load left behind. Only for the holder of the writer's lock: then none of these is in use."""
    for orphan in folder.glob(_BUILDING + "*"):
        shutil.rmtree(orphan, ignore_errors=True)
    sweep_checkpoints(folder)


def sweep_checkpoints(folder: Path) -> None:
    """Remove the checkpoints of servers that are dead, whatever ended them."""
    for place in folder.glob(SERVING + "*"):
        handle = _held(place)
        if handle is not None:
            shutil.rmtree(place, ignore_errors=True)
            os.close(handle)


def new_serving(folder: Path) -> tuple[Path, int]:
    """Make a place for the checkpoints of a server; in use until the handle is closed, or this process ends."""
    while True:
        place = folder / f"{SERVING}{secrets.token_hex(8)}"
        place.mkdir()
        handle = _held(place)
        if handle is not None and place.exists():
            return place, handle  # else another process took it for an orphan, in the moment before it was held


def _held(place: Path) -> int | None:
    """A lock on a folder, which the kernel releases when its process ends; None where another process has it.

    Process ids would not tell: servers in several containers can share a folder, and all be number 1.
    """
    try:
        handle = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def publish(folder: Path, built: Path) -> None:
    """Make what was built the folder's database: at once, and so that a loss of power keeps it."""
    os.rename(built, database(folder))
    _keep_names(folder)


def mark_updated(folder: Path, base: str) -> bool:
    """Note, before an update, that the default graph may be untrue from now on. True if that was not noted before."""
    mark = folder / _UPDATED
    if mark.exists():
        return False
    mark.write_text(base, encoding="utf-8")
    _keep_names(folder)
    return True


def unmark_updated(folder: Path) -> None:
    """Take the note away: the default graph is true."""
    (folder / _UPDATED).unlink(missing_ok=True)


def updated(folder: Path) -> str | None:
    """The base of a store whose default graph may be untrue; None where that was not noted."""
    try:
        return (folder / _UPDATED).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def _keep_names(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
