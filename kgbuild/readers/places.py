"""How a place in a file is written in problems and errors (``path`` or ``path:line``), and a file's name in ids of documents."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["below", "place"]


def place(path: Path, line: int | None = None) -> str:
    """Write a path, with a line number where there is one; bytes of a name that are not UTF-8 are shown as U+FFFD.

    >>> place(Path("articles/a.kga.jsonl"), 7)
    'articles/a.kga.jsonl:7'
    """
    shown = os.fsencode(path).decode("utf-8", "replace")
    return shown if line is None else f"{shown}:{line}"


def below(path: Path, folder: Path) -> str:
    """A file's path below a folder, without its last ending.

    >>> below(Path("corpus/a/1.ann"), Path("corpus"))
    'a/1'
    """
    try:
        return place(path.relative_to(folder).with_suffix(""))
    except ValueError:
        return place(Path(path.stem))
