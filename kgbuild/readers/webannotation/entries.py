"""What the annotations of a file are about: the documents, and the annotations that speak of other annotations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from kgbuild.readers.webannotation.bodies import Said, read_bodies
from kgbuild.readers.webannotation.nodes import Node, iri, string
from kgbuild.readers.webannotation.targets import Target, targets

__all__ = ["DOCUMENTS", "Entry", "Placed", "entries", "texts", "unit_id"]

#: how the IRI of a document begins that has none of its own
DOCUMENTS = "urn:kgbuild:document:"

#: what the IRI of the annotation that describes the document itself ends with, after the document's
_OWN = "#&document"

_TITLES = ("title", "dcterms:title", "dc:title", "schema:name")


class Placed(NamedTuple):
    """An annotation as it stands in a file: the file, for messages, and its number there, from 1."""

    where: str
    number: int
    node: Node


@dataclass(slots=True)
class Entry:
    """One annotation: its file and its place there (from 1), its IRI or what stands for one, and what it says of what."""

    where: str
    number: int
    iri: str
    node: Node
    targets: tuple[Target, ...]
    said: Said
    #: the annotations that it speaks of, if it speaks of annotations; else empty
    about: tuple[str, ...]

    @property
    def sources(self) -> list[str]:
        """The documents that it speaks of, each once."""
        return list(dict.fromkeys(part.source for target in self.targets for part in target.parts))

    def describes(self, source: str) -> bool:
        """Whether it tells of the document itself: its text, its metadata."""
        own = self.iri == source + _OWN or "kga:meta" in self.node or "kga:sha256" in self.node
        return own or any(address == source for address, _, _ in self.said.texts)

    def title(self, source: str) -> str | None:
        """The title of a document, where a target's source says it."""
        nodes = [part.node for target in self.targets for part in target.parts if part.node and part.source == source]
        return next((title for node in nodes for key in _TITLES if (title := string(node, key))), None)

    @property
    def shown(self) -> str:
        """The annotation in words."""
        return f"annotation {self.number}" + (f" <{self.iri}>" if iri(self.node) else "")


def entries(placed: Iterable[Placed]) -> list[Entry]:
    """Look through the annotations of a file, or of files that are read together."""
    found = [(one, tuple(targets(one.node.get("target")))) for one in placed]
    known = {iri(one.node) for one, _ in found} - {""}
    sources = {part.source for _, some in found for target in some for part in target.parts} - known - {""}
    listed = []
    for count, ((where, number, node), some) in enumerate(found, 1):
        parts = [part for target in some for part in target.parts]
        about = tuple(part.source for part in parts) if parts and all(p.source in known and p.selector is None for p in parts) else ()
        listed.append(Entry(where, number, iri(node) or f"a{count}", node, some, read_bodies(node, sources), about))
    return listed


def texts(listed: Iterable[Entry]) -> dict[str, tuple[str, str | None]]:
    """The text and the language of each document whose text the file holds: as a body, or in the target's source."""
    found: dict[str, tuple[str, str | None]] = {}
    for entry in listed:
        for address, language, value in entry.said.texts:
            found.setdefault(address, (value, language))
        for target in entry.targets:
            for part in target.parts:
                value_of_source = string(part.node, "value") if part.node else None
                if part.node and value_of_source is not None:
                    found.setdefault(part.source, (value_of_source, string(part.node, "language")))
    return found


def unit_id(address: str, source: str) -> str:
    """The id of the unit that an annotation's IRI stands for.

    >>> unit_id("urn:kgbuild:document:a#e%201", "urn:kgbuild:document:a"), unit_id("http://example.org/anno1", "http://example.org/a")
    ('e 1', 'http://example.org/anno1')
    """
    if source and address.startswith(source + "#") and len(address) > len(source) + 1:
        return unquote(address[len(source) + 1 :])
    return address.removeprefix("#") or address
