"""All rows of a query from a store that gives only so many at a time: page by page, and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kgbuild.errors import StoreError


def rows(ask: Callable[[str], Any], select: str, limit: int, *, where: str, told: bool = True) -> Iterator[Any]:
    """The rows of a SELECT, or the triples of a CONSTRUCT, without solution modifiers; ``limit``: the most that the store gives, 0 for all.
    ``told``: an answer says where the store gives fewer than that; else only an empty page is the end.

    A store need not give rows in the same order twice, though those that limit them do as long as nobody writes. So none may be of
    two pages where all are different. Raises StoreError where a page repeats what another one had.
    """
    if not limit:
        yield from ask(select)
        return
    size = limit - 1  # a full page would be taken for one that was cut
    least = size if told else 1
    found = list(ask(f"{select} LIMIT {size}"))
    yield from found
    if len(found) < least:
        return
    seen = _hashes(found)
    offset = len(found)
    while len(found) >= least:
        found = list(ask(f"{select} LIMIT {size} OFFSET {offset}"))
        offset += len(found)
        page = _hashes(found)
        if seen & page:
            raise StoreError(
                f"{where}: the store repeats rows from page to page; what lies between is not known",
                hint="let nobody write meanwhile, or raise the store's limit of rows (Virtuoso: ResultSetMaxRows)",
            )
        seen |= page
        yield from found


def _hashes(page: list[Any]) -> set[int]:
    """What tells rows apart; a store may write two values in one way, and give them both."""
    return {hash(tuple(map(str, row))) for row in page}
