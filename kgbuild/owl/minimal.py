"""The smallest set of axioms that still goes wrong (QuickXplain: Junker, AAAI 2004)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def minimal(fails: Callable[[list[T]], bool], candidates: Sequence[T], background: Sequence[T] = ()) -> list[T]:
    """Leave out candidates until none can be left out: with the background, what remains still fails. Keeps order.

    ``fails`` must be monotone: a set that fails, fails with more in it. It is asked about k·log(n/k) times for k of n candidates.
    Without any candidate needed, the result is empty. Raises ValueError where all candidates together do not fail.

    >>> minimal(lambda numbers: {3, 7} <= set(numbers), range(10))
    [3, 7]
    """
    fixed, rest = list(background), list(candidates)
    if not fails(fixed + rest):
        raise ValueError("nothing fails")
    if fails(fixed):
        return []
    needed = _narrow(fails, fixed, rest)
    return [candidate for candidate in rest if candidate in needed]


def _narrow(fails: Callable[[list[T]], bool], fixed: list[T], rest: list[T]) -> list[T]:
    """What is needed of the rest; fixed alone does not fail, fixed and rest do."""
    if len(rest) == 1:
        return rest
    left, right = rest[: len(rest) // 2], rest[len(rest) // 2 :]
    with_left = fixed + left
    needed_right = [] if fails(with_left) else _narrow(fails, with_left, right)
    with_right = fixed + needed_right
    needed_left = [] if fails(with_right) else _narrow(fails, with_right, left)
    return needed_left + needed_right
