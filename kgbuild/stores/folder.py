"""A store's folder: the database, the lock file, and databases that are still being built.

DIR/lock                  see locking.py
DIR/db                    the database; there or not, never half
DIR/db.building-<pid>     a first load; renamed to db when it is complete, an orphan once its process is dead
DIR/serving-<pid>         checkpoints that a server reads; an orphan once its process is dead
"""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path

from kgbuild.errors import StoreError, StoreMissing

_BUILDING = "db.building-"
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
    return name in ("lock", "db") or name.startswith((_BUILDING, SERVING))


def sweep(folder: Path) -> None:
    """Remove what a killed first load left behind. Only for the holder of the writer's lock: then none of these is in use."""
    for orphan in folder.glob(_BUILDING + "*"):
        shutil.rmtree(orphan, ignore_errors=True)
    for checkpoints in folder.glob(SERVING + "*"):
        process = checkpoints.name.removeprefix(SERVING)
        if process.isdecimal() and not _is_running(int(process)):
            shutil.rmtree(checkpoints, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def publish(folder: Path, built: Path) -> None:
    """Make what was built the folder's database: at once, and so that a loss of power keeps it."""
    os.rename(built, database(folder))
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
