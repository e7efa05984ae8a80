"""The ``NAME.meta.json`` beside annotations in formats that have no room for what it says (:mod:`kgbuild.readers.sidecars`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from kgbuild.document import Document, Kind, Unit


def beside(document: Document, units: Mapping[str, tuple[Unit, Kind]]) -> bytes:
    """Write what a document is called, its metadata and provenance, and the names of its units.

    ``units``: what the format calls a unit -> the unit, and the kind that it is read as.
    """
    named: dict[str, dict[str, str]] = {}
    for name, (unit, read_as) in units.items():
        said = ({"id": unit.id} if unit.id != name else {}) | ({"kind": unit.kind} if unit.kind != read_as else {})
        if said:
            named[name] = said
    said_of_all: dict[str, Any] = {"id": document.id, "meta": document.meta, "prov": document.prov, "units": named}
    kept = {key: value for key, value in said_of_all.items() if value}
    return msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n"
