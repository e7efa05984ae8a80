"""Blocks on disk: what is to be compared, sorted by what it shares, so that memory stays the same however large the store is.

SQLite's file is a temporary one; a block is read whole, so blocks are capped and what is cut is told.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

import msgspec

from kgbuild.linking.proposal import Proposal
from kgbuild.linking.records import Happening, Named

T = TypeVar("T", Named, Happening)

#: things of one block that are compared, each with each: 300 make 45,000 pairs, about a second; more, where there are no more pairs
LARGEST = 300
#: rows written at a time
_BATCH = 5000
_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -16384;
CREATE TABLE thing (id INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE block (key TEXT, lone INTEGER, id INTEGER);
CREATE TABLE proposal (score REAL, kind TEXT, one TEXT, other TEXT, why TEXT);
"""


class Blocks:
    """Things by key, and the proposals that come of them. A context manager: the file goes with it."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # an unnamed file that SQLite deletes when it is closed
        self._database.executescript(_SCHEMA)
        self._count = 0
        self._things: list[tuple[int, bytes]] = []
        self._keys: list[tuple[str, int, int]] = []
        #: keys of blocks that were cut, with their sizes
        self.cut: list[tuple[str, int]] = []

    def add(self, thing: Named | Happening) -> None:
        """Take a thing with its keys."""
        self._count += 1
        self._things.append((self._count, msgspec.msgpack.encode(thing)))
        self._keys += [(key, 0, self._count) for key in thing.keys]
        self._keys += [(key, 1, self._count) for key in thing.lone]
        if len(self._things) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._database.executemany("INSERT INTO thing VALUES (?, ?)", self._things)
        self._database.executemany("INSERT INTO block VALUES (?, ?, ?)", self._keys)
        self._things, self._keys = [], []

    def pairs(self, cls: type[T]) -> Iterator[tuple[T, T]]:
        """Yield each pair that shares a key, once. Where a key begins with 1, one of the two has it as ``lone``.

        So two things of the reference data are never compared: whoever keeps it knows that they are two.
        """
        self._flush()
        self._database.execute("CREATE INDEX by_key ON block (key, lone DESC, id)")
        decode = msgspec.msgpack.Decoder(cls).decode
        rows = self._database.execute(
            "SELECT b.key, b.lone, t.data FROM block b JOIN thing t ON t.id = b.id WHERE b.key IN "
            "(SELECT key FROM block GROUP BY key HAVING count(*) > 1 AND (substr(key, 1, 1) <> '1' OR max(lone) = 1)) "
            "ORDER BY b.key, b.lone DESC, b.id"
        )
        for key, group in groupby(rows, key=itemgetter(0)):
            restricted = key[0] == "1"
            block: list[tuple[int, T]] = []
            size = lones = 0
            for _key, lone, data in group:  # those that have it as lone come first, so that none of them is cut for another
                size += 1
                lones += lone
                if size <= LARGEST or (restricted and 2 * lones * size <= LARGEST * LARGEST):
                    block.append((lone, decode(data)))
            if size > len(block):
                self.cut.append((key, size))
            for number, (lone, one) in enumerate(block):
                if restricted and not lone:
                    break
                for _lone, other in block[number + 1 :]:
                    if _first_shared(one, other) == key:
                        yield one, other

    def propose(self, proposals: Iterable[Proposal]) -> None:
        """Keep proposals."""
        rows = ((one.score, one.kind, one.one, one.other, one.why) for one in proposals)
        self._database.executemany("INSERT INTO proposal VALUES (?, ?, ?, ?, ?)", rows)

    def proposals(self, limit: int) -> Iterator[Proposal]:
        """The proposals, best first; ``limit`` 0: all."""
        rows = self._database.execute("SELECT * FROM proposal ORDER BY score DESC, kind, one, other LIMIT ?", (limit or -1,))
        return (Proposal(*row) for row in rows)

    @property
    def proposed(self) -> int:
        """How many proposals there are."""
        (count,) = self._database.execute("SELECT count(*) FROM proposal").fetchone()
        return int(count)

    def clear(self) -> None:
        """Forget the things and their keys, and keep the proposals."""
        self._database.executescript("DROP INDEX IF EXISTS by_key; DELETE FROM thing; DELETE FROM block;")
        self._count = 0

    def close(self) -> None:
        """Delete the file."""
        self._database.close()

    def __enter__(self) -> Blocks:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def _first_shared(one: Named | Happening, other: Named | Happening) -> str:
    """The first of the keys that two things share by which they may be compared: in that block they are, in the others not again."""
    mine, yours, lone_mine, lone_yours = set(one.keys), set(other.keys), set(one.lone), set(other.lone)
    shared = {key for key in mine & yours if key[0] != "1"} | (lone_mine & (yours | lone_yours)) | (mine & lone_yours)
    return min(shared, default="")
