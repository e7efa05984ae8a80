"""Metadata of articles out of the fields that a tool keeps beside a text: the keys that kgbuild knows, by their usual other names too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kgbuild.readers.conformance import META
from kgbuild.readers.scalars import scalar, word

__all__ = ["KNOWN", "id_in", "metadata"]

#: folded name of a field -> the key that it stands for
_ALIASES = {
    "url": "uri",
    "language": "lang",
    "headline": "title",
    "outlet": "publisher",
    "authors": "author",
    "date": "published",
    "publicationdate": "published",
    "publishdate": "published",
    "publishedat": "published",
}
#: folded names of fields that say something of the article
KNOWN = frozenset({*META, *_ALIASES})
_DEPTH = 8
_IDS = ("document_id", "doc_id", "article_id")


def fold(name: str) -> str:
    """A field's name without case, blanks and signs."""
    return "".join(filter(str.isalnum, name)).casefold()


def metadata(fields: Mapping[str, Any], *, leave: Iterable[str] = ()) -> tuple[dict[str, Any], list[str]]:
    """The metadata that fields give, in their order, and what is wrong with them, in words; those of the names in ``leave`` are none.

    A field that kgbuild does not know is kept under its own name; so is one that goes by another name and has a value that does not fit.

    >>> metadata({"title": "T", "URL": "https://a.example/1", "section": 3, "published": "last week"})[0]
    {'title': 'T', 'uri': 'https://a.example/1', 'section': 3}
    """
    left = set(leave)
    said: dict[str, Any] = {}
    faults: list[str] = []
    for name, value in fields.items():
        if name in left or not name or value is None or value == "" or value == [] or value == {}:
            continue
        if name in META:
            wrong = next(META[name](value, name), None)
            if wrong is None:
                said[name] = value
            else:
                faults.append(wrong)
        elif not _is_plain(value, _DEPTH):
            faults.append(f"{name}: nested too deeply, or a number too large")
        else:
            key = _ALIASES.get(fold(name), name)
            fits = key != name and key not in fields and key not in said and next(META[key](value, key), None) is None
            said[key if fits else name] = value
    return said, faults


def id_in(*fields: Mapping[str, Any]) -> str:
    """The id of the document that its fields give (``document_id``, ``doc_id``, ``article_id``); empty where they give none."""
    return next((found for each in fields for name in _IDS if (found := word(each.get(name)))), "")


def _is_plain(value: Any, depth: int) -> bool:
    if isinstance(value, (list, dict)):
        inner = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(one is None or one == "" or _is_plain(one, depth - 1) for one in inner)
    return bool(scalar(value) == value)
