"""The same document id more than once in one load.

The same text by another annotator is merged into one article; anything else is an error that names both places, and the first stays.
Remembered per article are a few bytes: a hash of its IRI, and where it stands.
"""

from __future__ import annotations

import hashlib

from kgbuild.document import Problem, Record
from kgbuild.pipeline.work import Item


class Seen:
    """The articles that one load has met so far."""

    def __init__(self) -> None:
        self._files: list[str] = []
        self._numbers: dict[str, int] = {}
        self._places: dict[int, tuple[int, int]] = {}

    def first(self, item: Item) -> str | None:
        """Note an article; where it was met before, the place of that."""
        key = int.from_bytes(hashlib.blake2b(item.iri.encode(), digest_size=8).digest(), "big")
        known = self._places.get(key)
        if known is not None:
            path, line = self._files[known[0]], known[1]
            return f"{path}:{line}" if line else path
        path, _, line_text = item.where.rpartition(":")
        if not path or not line_text.isdigit():
            path, line_text = item.where, "0"
        number = self._numbers.get(path)
        if number is None:
            number = self._numbers[path] = len(self._files)
            self._files.append(path)
        self._places[key] = (number, int(line_text))
        return None


def refusal(item: Item, first: str) -> Problem:
    """The problem of a document whose id was taken by another in the same load."""
    message = (
        f"document id “{item.document_id}” was met before in this load, at {first}: a second document is taken only with the same text by "
        "another annotator; this one is left out; give it an id of its own, or remove one of the two"
    )
    return Problem("repeated-id", "rejected", message, document=item.document_id, where=item.where)


def is_second_annotation(item: Item, text_hash: str, record: Record) -> bool:
    """Claim that an article is the same text as the record's, by someone who has not annotated it there."""
    known = {document.annotator for document in record}
    return bool(item.text_hash) and item.text_hash == text_hash and not known & set(item.annotators)
