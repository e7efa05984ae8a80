"""The native format: one line of JSON, as ``kgbuild-annotation.schema.json`` says; it holds whatever that schema admits.

A document that another tool wrote may have metadata that the schema refuses (a date in words), or a relation with one end.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from kgbuild.document import Document, Unit
from kgbuild.readers.conformance import META
from kgbuild.writers.losses import Losses
from kgbuild.writers.writer import Written


class Native:
    """Writes the native format."""

    name = "native"

    def write(self, document: Document) -> Written:
        """Write one line."""
        losses = Losses(document, "the native format")
        line: dict[str, Any] = {"kgbuild": 1, "id": document.id}
        units = tuple(unit for unit in (_unit(unit, losses) for unit in document.units) if unit is not None)
        rest = {"text": document.text, "sha256": document.sha256, "meta": _meta(document, losses), "prov": document.prov, "units": units}
        line |= {name: value for name, value in rest.items() if value not in (None, {}, ())}
        return Written({".kga.jsonl": msgspec.json.encode(line) + b"\n"}, tuple(losses))


WRITER = Native()


def _meta(document: Document, losses: Losses) -> dict[str, Any]:
    kept = {}
    for name, value in document.meta.items():
        fault = next(META[name](value, name), None) if name in META else None
        if fault is None:
            kept[name] = value
        else:
            losses.lose("", f"metadata: {fault}")
    return kept


def _unit(unit: Unit, losses: Losses) -> Unit | None:
    if unit.kind == "relation" and (not unit.labels or len(unit.args) < 2):
        losses.lose(unit.id, "a relation without a label" if not unit.labels else "a relation with fewer than two ends")
        return None
    mentions = tuple(mention for mention in unit.mentions if mention.spans or mention.text)
    if len(mentions) < len(unit.mentions):
        losses.lose(unit.id, "a mention without spans and text")
    args = tuple(arg for arg in unit.args if (arg.target is None) != (arg.value is None))
    for arg in unit.args:
        if arg not in args:
            losses.lose(unit.id, f"the argument {arg.role!r} without a filler")
    attrs = {name: value for name, value in unit.attrs.items() if value != []}
    if (len(mentions), len(args), len(attrs)) == (len(unit.mentions), len(unit.args), len(unit.attrs)):
        return unit
    return replace(unit, mentions=mentions, args=args, attrs=attrs)
