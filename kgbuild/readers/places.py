"""How a place in a file is written in problems and errors: ``path`` or ``path:line``; and how a file's path names its document."""

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
    """A file's path below a folder, without its last ending: the id of its document in formats that give it none.

    >>> below(Path("articles/2024/a.json"), Path("articles"))
    '2024/a'
    """
    try:
        path = path.relative_to(folder)
    except ValueError:
        path = Path(path.name)
    return place(Path(path.with_suffix("").as_posix()))
