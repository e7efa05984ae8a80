"""One document while it is put together from the annotations that speak of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

from msgspec.structs import replace

from kgbuild.document import Document, Prov, Unit
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.webannotation.entries import DOCUMENTS, Entry, unit_id
from kgbuild.readers.webannotation.nodes import string
from kgbuild.readers.webannotation.provenance import provenance
from kgbuild.readers.webannotation.units import Reporting, Sketch, sketch

__all__ = ["Making"]


@dataclass(slots=True)
class Making:
    """A document with its units so far; ``source`` is its IRI, empty where the file does not say it."""

    source: str
    id: str
    text: str | None
    report: Reporting
    meta: dict[str, Any] = field(default_factory=dict)
    digest: str | None = None
    prov: Prov | None = None
    #: the file has an annotation that describes the document itself
    is_described: bool = False
    #: IRI of an annotation -> its unit
    units: dict[str, Sketch] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    @classmethod
    def begin(cls, source: str, own_id: str, text: str | None, language: str | None, where: str) -> Making:
        """A document without units."""
        name = unquote(source.removeprefix(DOCUMENTS)) if source.startswith(DOCUMENTS) else source or own_id
        making = cls(source, name or own_id, text, Reporting(name or own_id, where))
        if source.startswith(("http://", "https://")):
            making.meta["uri"] = source
        if language:
            making.meta["lang"] = language
        return making

    def describe(self, entry: Entry) -> None:
        """Take what an annotation says of the document itself."""
        self.is_described = True
        meta = entry.node.get("kga:meta")
        if isinstance(meta, dict):
            self.meta = dict(meta)
        for name, value in entry.said.attrs.items():
            self.meta.setdefault(name, value)
        self.digest = string(entry.node, "kga:sha256") or self.digest
        self.prov = provenance(entry.node, entry.said.note()) or self.prov

    def add(self, entry: Entry, address: str | None = None) -> Sketch:
        """Make a unit of an annotation; ``address`` where it has no IRI that is its own."""
        address = address or entry.iri
        wanted = unit_id(address, self.source)
        name, number = wanted, 1
        while name in self.names:
            number += 1
            name = f"{wanted}~{number}"
        if name != wanted:
            message = f": another annotation has this id too; it is kept as “{name}”, give each its own"
            self.report(entry, "id-repeated", "kept", name, message)
        self.names.add(name)
        unit = sketch(entry, name, self.source, self.text, self.report)
        self.units[address if address not in self.units else f"{address} {name}"] = unit
        return unit

    def document(self) -> Document:
        """The document as it is now. Raises Rejected where its hash is not that of its text."""
        if self.digest and self.text is not None and sha256(self.text.encode()).hexdigest() != self.digest:
            message = "kga:sha256 is not that of the text; the text was changed after it was annotated"
            raise Rejected("hash-mismatch", message, document=self.id)
        units = []
        for unit in self.units.values():
            if unit.says_nothing():
                message = " says nothing of the document; left out, give it a body or a TextPositionSelector"
                self.report(unit.entry, "annotation-empty", "skipped", unit.id, message)
            else:
                units.append(unit.unit())
        prov = self.prov
        if not self.is_described:
            prov, units = _hoisted(units)
        problems = tuple(self.report.problems)
        return Document(self.id, self.text, self.digest, self.meta, prov, tuple(units), problems=problems, where=self.report.where)


def _hoisted(units: list[Unit]) -> tuple[Prov | None, list[Unit]]:
    """Where all units have one annotator and one tool, these are the document's."""
    made = {(unit.prov.annotator, unit.prov.tool) if unit.prov else (None, None) for unit in units}
    if len(made) != 1 or made == {(None, None)}:
        return None, units
    annotator, tool = made.pop()
    rest = []
    for unit in units:
        prov = replace(unit.prov or Prov(), annotator=None, tool=None)
        rest.append(replace(unit, prov=None if prov == Prov() else prov))
    return Prov(annotator=annotator, tool=tool), rest
