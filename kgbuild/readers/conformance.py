"""What is wrong with a line of native annotation, in words that the annotator can act on.

Says the same as ``kgbuild-annotation.schema.json``, with the place named by unit id instead of by JSON path. It is asked only about lines
that the typed decoder refuses or that look doubtful, so it may take its time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kgbuild.readers.checks import Check, array, attributes, is_number, one_of, record, scalar, shown, text, text_or_texts

__all__ = ["Fault", "faults"]


class Fault(NamedTuple):
    """One thing that is wrong: in which unit (id, or empty), and what."""

    unit: str
    message: str


def faults(line: object) -> Iterator[Fault]:
    """Yield everything in which a decoded line differs from the schema, in order.

    >>> [fault.message for fault in faults({"kgbuild": 1, "id": "a", "units": [{"id": "e1", "kind": "entity", "labl": "State"}]})]
    ["unit 'e1': unknown field 'labl', did you mean 'label'?"]
    """
    units = line.get("units") if isinstance(line, dict) else None
    if not isinstance(line, dict) or not isinstance(units, list):
        yield from (Fault("", message) for message in _DOCUMENT(line, ""))
        return
    yield from (Fault("", message) for message in _DOCUMENT({**line, "units": []}, ""))
    for number, unit in enumerate(units, 1):
        name = unit.get("id") if isinstance(unit, dict) else None
        known = isinstance(name, str) and name != ""
        place = f"unit {name!r}" if known else f"unit number {number}"
        yield from (Fault(name if known and name else "", message) for message in _UNIT(unit, place))


# --- single fields, and what belongs together -------------------------------------------------------------------------------------------


def _version(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, bool) or value != 1:
        yield f"{place}: the format version is {shown(value)}; this kgbuild reads version 1"


def _confidence(value: Any, place: str) -> Iterator[str]:
    if not is_number(value) or not 0 <= value <= 1:
        yield f"{place}: expected a number from 0 to 1, got {shown(value)}"


def _span(value: Any, place: str) -> Iterator[str]:
    whole = isinstance(value, list) and len(value) == 2 and all(is_number(offset) and float(offset).is_integer() for offset in value)
    if not whole:
        yield f"{place}: expected [begin, end], two whole numbers, got {shown(value)}"
    elif min(value) < 0:
        yield f"{place}: an offset is negative: {shown(value)}"


def _anchored(mention: Any, place: str) -> Iterator[str]:
    if "spans" not in mention and "text" not in mention:
        yield f"{place}: needs 'spans' or 'text'"


def _aimed(arg: Any, place: str) -> Iterator[str]:
    if ("target" in arg) == ("value" in arg):
        yield f"{place}: needs either 'target' or 'value', {'not both' if 'value' in arg else 'it has none'}"


def _related(unit: Any, place: str) -> Iterator[str]:
    if unit.get("kind") != "relation":
        return
    if "label" not in unit:
        yield f"{place}: a relation needs a label"
    args = unit.get("args")
    if args is None or (isinstance(args, list) and len(args) < 2):
        yield f"{place}: a relation needs at least two arguments"


# --- the records -----------------------------------------------------------------------------------------------------------------------

_PROV = record(
    {
        "annotator": text(),
        "tool": text(),
        "created": text(),
        "confidence": _confidence,
        "status": one_of("manual", "curated", "auto", "rejected"),
        "file": text(),
        "ref": text(),
        "note": text(),
    }
)
_MENTION = record(
    {"id": text(), "spans": array(_span, "span", least=1), "text": text(), "head": _span, "prov": _PROV},
    rule=_anchored,
)
_ARG = record(
    {"role": text(empty=False), "target": text(), "value": scalar, "attrs": attributes},
    required=("role",),
    rule=_aimed,
)
_UNIT = record(
    {
        "id": text(empty=False),
        "kind": one_of("entity", "value", "event", "relation", "statement", "topic"),
        "label": text_or_texts,
        "name": text(),
        "mentions": array(_MENTION, "mention"),
        "args": array(_ARG, "argument"),
        "links": array(text(), "link"),
        "attrs": attributes,
        "prov": _PROV,
    },
    required=("id", "kind"),
    rule=_related,
)
META: Mapping[str, Check] = {
    "uri": text(),
    "title": text(),
    "publisher": text(),
    "author": text_or_texts,
    "published": text(
        pattern=r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T.*)?)?)?", example="a date as 2024-01-17, 2024-01, 2024 or 2024-01-17T10:00:00Z"
    ),
    "lang": text(pattern=r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", example="a language tag as ro or en-GB"),
    "scheme": text(),
}
_DOCUMENT = record(
    {
        "kgbuild": _version,
        "id": text(empty=False),
        "text": text(),
        "sha256": text(pattern=r"[0-9a-f]{64}", example="64 hexadecimal digits, lower case"),
        "meta": record(META, more=True),
        "prov": _PROV,
        "units": array(_UNIT, "unit"),
    },
    required=("kgbuild", "id"),
)
