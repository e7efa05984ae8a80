"""Files that are to be read together since they speak of the same thing: annotations of one page, tasks on one text."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from pathlib import Path

from kgbuild.readers.whole import LIMIT

__all__ = ["groups"]


def groups(paths: Sequence[Path], spoken_of: Callable[[Path], tuple[Iterable[Hashable], int]]) -> Iterator[tuple[Path, ...]]:
    """Sort files into groups that are read together, in the order of their first files.

    ``spoken_of`` says what a file speaks of (nothing, where it must stand alone), and how large it is, in bytes. What is read together is
    in memory together: a file that would make its group larger than what is read whole stands alone.
    """
    first = list(range(len(paths)))  # file -> an earlier file of its group, or itself
    sizes = [0] * len(paths)
    keepers: dict[Hashable, int] = {}  # a thing -> a file that speaks of it
    for number, path in enumerate(paths):
        things, sizes[number] = spoken_of(path)
        for thing in things:
            one, other = sorted((_top(first, keepers.setdefault(thing, number)), _top(first, number)))
            if one != other and sizes[one] + sizes[other] <= LIMIT:
                first[other] = one
                sizes[one] += sizes[other]
    together: dict[int, list[Path]] = {}
    for number, path in enumerate(paths):
        together.setdefault(_top(first, number), []).append(path)
    yield from map(tuple, together.values())


def _top(first: list[int], number: int) -> int:
    while first[number] != number:
        first[number] = first[first[number]]
        number = first[number]
    return number
