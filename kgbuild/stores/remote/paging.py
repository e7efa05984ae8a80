"""All rows of a query from a store that gives only so many at a time: page by page, and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kgbuild.errors import StoreError


def rows(ask: Callable[[str], Any], select: str, limit: int, *, where: str) -> Iterator[Any]:
    """The rows of a SELECT without solution modifiers; ``limit``: the most that the store gives, 0 for all.

    A store need not give rows in the same order twice, though those that limit them do as long as nobody writes. So rows are counted: none
    may come twice where all are different. Raises StoreError where a page repeats what another one had.
    """
    if not limit:
        yield from ask(select)
        return
    size = limit - 1  # a full page would be taken for one that was cut
    found = list(ask(f"{select} LIMIT {size}"))
    yield from found
    if len(found) < size:
        return
    seen = {hash(tuple(map(str, row))) for row in found}
    offset = len(found)
    while len(found) == size:
        found = list(ask(f"{select} LIMIT {size} OFFSET {offset}"))
        offset += len(found)
        seen.update(hash(tuple(map(str, row))) for row in found)
        if len(seen) != offset:
            raise StoreError(
                f"{where}: the store repeats rows from page to page; what lies between is not known",
                hint="let nobody write meanwhile, or raise the store's limit of rows (Virtuoso: ResultSetMaxRows)",
            )
        yield from found
