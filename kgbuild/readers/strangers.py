"""What is wrong with a file or a folder that no reader knows, where that can be told, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

__all__ = ["reason", "without_annotation"]


def reason(path: Path, head: bytes) -> tuple[str, str] | None:
    """What a file is that begins so, and what to do; None where nothing more can be said than that it is of no known format."""
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        return "the file holds nothing", "remove it, or export it again"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "the file is UTF-16", "save it as UTF-8"
    if head.startswith(b"\x1f\x8b"):
        return "the file is compressed with gzip", "unpack it first"
    if path.suffix.lower() == ".txt" and b"\0" not in head:
        beside = f"put its annotation beside it, such as {path.stem}.ann of brat, or remove it"
        return "a text without annotation, of no format that a reader knows", beside
    return None


def without_annotation(unknown: Sequence[str], suffixes: Sequence[str]) -> str:
    """What to say of a folder without annotation: which of its files no reader knows; or which endings a format asked for has.

    >>> without_annotation(["a.md", "b/c.xml"], ())
    'its 2 files are of no known format, the first is a.md; '
    >>> without_annotation([], [".ann"])
    'with --format, only files that end in .ann are taken from a folder: name the file itself; '
    """
    if suffixes:
        return f"with --format, only files that end in {' or '.join(suffixes)} are taken from a folder: name the file itself; "
    if not unknown:
        return ""
    if len(unknown) == 1:
        return f"its one file is of no known format, {unknown[0]}; "
    return f"its {len(unknown):,} files are of no known format, the first is {unknown[0]}; "
