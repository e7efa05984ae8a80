"""The files that one brat document consists of: its text, and its annotations in one file or in parts.

``NAME.txt`` is the text, ``NAME.ann`` holds the annotations; where there is no ``NAME.ann``, those of the parts ``NAME.a1``, ``.a2``,
``.co`` and ``.rel`` are read together, as brat does. Several annotators of one text are told apart as ``NAME_ANNOTATOR.ann`` beside
``NAME.txt``: where there is no ``NAME_ANNOTATOR.txt``, and the annotations fit that text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = ["PARTS", "Parts", "is_part"]

#: endings of files with a part of the annotations, in the order that they are read
PARTS = (".a1", ".a2", ".co", ".rel")
ANN, TEXT = ".ann", ".txt"


class Parts(NamedTuple):
    """``text`` is None where there is no text; ``ignored`` are parts that brat does not read, since there is an ``.ann`` file."""

    name: str
    annotator: str | None
    text: Path | None
    annotations: tuple[Path, ...]
    ignored: tuple[Path, ...]

    @classmethod
    def of(cls, path: Path) -> Parts:
        """Find the files beside any one of them."""
        stem = path.name.removesuffix(path.suffix)
        whole = path.with_name(stem + ANN)
        if path.suffix == TEXT and whole.is_file():
            path = whole
        others = tuple(part for ending in PARTS if (part := path.with_name(stem + ending)) != path and part.is_file())
        annotations: tuple[Path, ...] = (path, *others)
        ignored: tuple[Path, ...] = ()
        if path.suffix not in PARTS or whole.is_file():
            annotations, ignored = (path if path.suffix not in PARTS else whole,), others
        annotations = tuple(sorted(annotations, key=lambda part: PARTS.index(part.suffix) if part.suffix in PARTS else -1))
        for name, annotator in _names(stem):
            text = path.with_name(name + TEXT)
            if text.is_file():
                return cls(name, annotator, text, annotations, ignored)
        return cls(stem, None, None, annotations, ignored)


def _names(stem: str) -> Iterator[tuple[str, str | None]]:
    """What the text's name may be, longest first, and who annotated it then."""
    yield stem, None
    place = stem.rfind("_")
    while place > 0:
        if annotator := stem[place + 1 :]:
            yield stem[:place], annotator
        place = stem.rfind("_", 0, place)


def is_part(name: str, beside: Sequence[str]) -> bool:
    """Whether a file is read together with another of its folder (whose names are ``beside``, sorted), and not by itself."""
    stem, dot, ending = name.rpartition(".")
    if dot + ending in PARTS:
        earlier = (ANN, *PARTS[: PARTS.index(dot + ending)])
        return any(_has(beside, stem + other) for other in earlier)
    if dot + ending != TEXT:
        return False
    place = bisect_left(beside, f"{stem}_")
    while place < len(beside) and beside[place].startswith(f"{stem}_"):
        if beside[place].endswith(ANN):
            return True
        place += 1
    return False


def _has(names: Sequence[str], name: str) -> bool:
    place = bisect_left(names, name)
    return place < len(names) and names[place] == name
