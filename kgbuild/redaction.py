"""Take the text out of a document that may be annotated but not kept (``load --no-text``).

Offsets, names and the sentences' boundaries stay; the text, the covered texts, and the quotes go. The boundaries are kept because
they cannot be found again without the text, and mapping from the record must give what mapping gave at first.
"""

from __future__ import annotations

import hashlib

import msgspec

from kgbuild.document import Document, Mention, Unit
from kgbuild.sentences import split


def without_text(document: Document) -> Document:
    """A document with offsets only; an entity that has no name takes its first mention as its name, since a name is no text."""
    if document.text is None:
        return document
    return msgspec.structs.replace(
        document,
        text=None,
        sha256=document.sha256 or hashlib.sha256(document.text.encode()).hexdigest(),
        units=tuple(_without_text(unit) for unit in document.units),
        sentences=tuple(split(document.text, document.language)),
    )


def _without_text(unit: Unit) -> Unit:
    name = unit.name
    if name is None and unit.kind == "entity":
        name = next((mention.text for mention in unit.mentions if mention.text), None)
    mentions = tuple(_offsets(mention) for mention in unit.mentions)
    return msgspec.structs.replace(unit, name=name, mentions=tuple(mention for mention in mentions if mention.spans))


def _offsets(mention: Mention) -> Mention:
    return msgspec.structs.replace(mention, text=None)
