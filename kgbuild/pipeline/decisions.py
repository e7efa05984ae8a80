"""Where decisions on links are kept: the file beside the store, and the store's graph ``links``."""

from __future__ import annotations

from pathlib import Path

from kgbuild.decisions import Decisions, from_lines, parse
from kgbuild.errors import DecisionError
from kgbuild.stores import Store


def beside(store: Path) -> Path:
    """The file of decisions of a store for which none is named: it stands beside the store's folder, not in it."""
    return store.with_name(f"{store.resolve().name}.links.ttl")


def read_file(path: Path, *, base: str) -> Decisions | None:
    """Read a file of decisions; None where there is none. Raises DecisionError, with file and line."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DecisionError(f"{path}: {error.strerror or error}", hint="name a file with decisions (Turtle)") from error
    return parse(str(path), data, base=base)


def kept(store: Store) -> Decisions:
    """The decisions that a store holds in graph ``links``."""
    return from_lines(store.lines("links"), base=store.base)


def missing(path: Path | None) -> list[str]:
    """What to tell the user of a file that was named and is not there: it may be a slip, or a file yet to be written."""
    if path is None or path.exists():
        return []
    return [f"{path}: there is no such file; decisions on links stay as the store holds them"]
