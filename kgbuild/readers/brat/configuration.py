"""What a brat project's configuration says that its annotations do not: roles of events, and what databases of links are called.

Of ``annotation.conf`` the types of entities and events and the roles of events are read; of ``tools.conf`` the section
``[normalization]``. Each holds for its own folder and those below, unless a nearer one stands there.
Source: brat's manual, "Annotation configuration" and "Normalization".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kgbuild.readers.rejection import Rejected
from kgbuild.readers.whole import read_whole

__all__ = ["FILES", "Configuration", "configuration"]

#: files of a brat project beside its documents
FILES = ("annotation.conf", "kb_shortcuts.conf", "tools.conf", "visual.conf")

_URLBASE = re.compile(r"<URLBASE>:\s*(\S+?)(?:,?\s|,?$)")
#: what may follow a role's name: how often it may occur
_TIMES = re.compile(r"[?*+]$|\{[0-9-]+\}$")


class Configuration(NamedTuple):
    """``roles`` of events by type; ``bases``: database of links -> address with ``%s`` for the id."""

    entities: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    roles: dict[str, frozenset[str]] = {}  # noqa: RUF012  never changed
    bases: dict[str, str] = {}  # noqa: RUF012  never changed


def configuration(folder: Path, root: Path) -> Configuration:
    """The configuration of a folder's documents: the nearest files in it or above it, up to ``root``. Raises OSError and Rejected."""
    above = [folder]
    while above[-1] != root and root in above[-1].parents:
        above.append(above[-1].parent)
    found = Configuration()
    if path := _nearest(above, "annotation.conf"):
        found = _annotation(path, path.stat().st_mtime_ns)
    if path := _nearest(above, "tools.conf"):
        found = found._replace(bases=_bases(path, path.stat().st_mtime_ns))
    return found


def _nearest(folders: list[Path], name: str) -> Path | None:
    return next((path for folder in folders if (path := folder / name).is_file()), None)


@lru_cache(maxsize=64)
def _annotation(path: Path, _changed: int) -> Configuration:
    sections = {name: list(lines) for name, lines in _sections(path)}
    roles = {}
    for line in sections.get("events", ()):
        name, _, written = line.partition(" ")
        declared = (part.partition(":")[0].strip() for part in written.split(",") if ":" in part and not part.strip().startswith("<"))
        roles[name] = frozenset(_TIMES.sub("", role) for role in declared)
    entities = frozenset(line.split()[0] for line in sections.get("entities", ()))
    return Configuration(entities, frozenset(roles), roles)


@lru_cache(maxsize=64)
def _bases(path: Path, _changed: int) -> dict[str, str]:
    found = {}
    for section, lines in _sections(path):
        if section == "normalization":
            for line in lines:
                base = _URLBASE.search(line)
                if base and "%s" in base[1]:
                    found[line.split()[0]] = base[1]
    return found


def _sections(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The sections of a file with their lines: without comments, macros, separators, indentation and ``!``; blanks made one."""
    try:
        content = read_whole(path).decode("utf-8-sig", "replace")
    except Rejected as error:
        if error.code == "empty-file":
            return
        raise
    name, lines = "", list[str]()
    for line in content.replace("\r\n", "\n").split("\n"):
        words = line.split()
        if not words or words[0].startswith(("#", "---")) or re.match(r"\s*<[^>]*>\s*=", line):
            continue
        if (header := re.fullmatch(r"\s*\[(\w+)\]\s*", line)) is not None:
            yield name, lines
            name, lines = header[1].casefold(), []
        elif bare := " ".join(words).removeprefix("!").strip():
            lines.append(bare)
    yield name, lines
