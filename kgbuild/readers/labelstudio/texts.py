"""Which field of a task is its text, and where a region lies in it.

An export does not hold the labelling configuration, which alone says what ``$field`` a text was shown from. So the field is found: the
one that results name (``source``), the one that is named as the object that was annotated (``to_name``), the one in which the regions'
texts stand, the only one there is. Where several were annotated, the document's text is all of them, a blank line between each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from kgbuild.document import Severity
from kgbuild.readers.labelstudio.fields import Dialogue, Field, Html, Placed, Plain, Shown
from kgbuild.readers.metadata import KNOWN, fold
from kgbuild.readers.rendering import looks_like_html
from kgbuild.readers.scalars import word

__all__ = ["Layout", "lay_out"]

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+-]*://|/data/|data:)\S+", re.I)


class Layout(NamedTuple):
    """A task's text: ``fields`` of ``data`` that it is made of, by the name of the object that shows them."""

    text: str | None
    fields: Mapping[str, Field]
    #: the names in the task's data of what the text is made of
    keys: tuple[str, ...] = ()
    #: what had to be guessed or is missing: code, severity and message of the problem
    remarks: tuple[tuple[str, Severity, str], ...] = ()

    def place(self, result: Mapping[str, Any]) -> Placed | None:
        """Where a result is in the text; None for one that is not of a passage."""
        value = result["value"]
        shown = self.fields.get(word(result.get("to_name"))) or self.fields.get("")
        return shown.place(value) if shown is not None else None


def lay_out(data: Mapping[str, Any], results: Iterable[Mapping[str, Any]]) -> Layout:
    """Find the text of a task from all results of all who annotated it."""
    shown: dict[str, list[Mapping[str, Any]]] = {}
    for result in results:
        if isinstance(result.get("value"), dict):
            shown.setdefault(word(result.get("to_name")), []).append(result)
    candidates = {key: value for key, value in data.items() if _is_text(value)}
    regions = {name: found for name, group in shown.items() if (found := [one for one in group if Shown.of(one["value"])])}
    if not candidates:
        address = next((value for value in data.values() if isinstance(value, str) and _ADDRESS.fullmatch(value)), "")
        where = f"; it lies at {address}" if address else ""
        message = f"the task has no text{where}: put it into the task's data, and export again"
        return Layout(None, {"": Plain("")}, remarks=(("text-elsewhere", "kept", message),))
    keys: dict[str, str] = {}
    remarks: list[tuple[str, Severity, str]] = []
    for name in [name for name in regions if name in data and name not in candidates]:
        del regions[name]  # of a sound or a video that has the name of its field
    for name, group in (regions or {next(iter(shown), ""): next(iter(shown.values()), [])}).items():
        key = _named(name, group, candidates)
        if key is None:
            key = max(candidates, key=lambda one: _length(candidates[one]))
            others = ", ".join(sorted(set(candidates) - {key}))
            message = f"data.{key} was taken for the text, since it is the longest (beside {others}); name the text field {name or 'text'}"
            remarks.append(("text-guessed", "kept", message))
        keys[name] = key
    fields: dict[str, Field] = {}
    texts: list[str] = []
    length = 0
    for key in [key for key in candidates if key in keys.values()]:
        named = [name for name in keys if keys[name] == key]
        field = _field(candidates[key], [one for name in named for one in regions.get(name, ())], length)
        fields.update(dict.fromkeys(named, field))
        texts.append(field.text)
        length += len(field.text) + 2
    if len(texts) == 1:
        fields.setdefault("", next(iter(fields.values())))
    return Layout("\n\n".join(texts), fields, tuple(keys.values()), tuple(remarks))


def _is_text(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip()) and not _ADDRESS.fullmatch(value.strip())
    return Dialogue.is_one(value)


def _named(name: str, results: list[Mapping[str, Any]], candidates: Mapping[str, Any]) -> str | None:
    for result in results:
        source = result.get("source")
        if isinstance(source, str) and source.removeprefix("$") in candidates:
            return source.removeprefix("$")
    if name in candidates:
        return name
    if len(candidates) == 1:
        return next(iter(candidates))
    fitting = {key: _fitting(value, results) for key, value in candidates.items()}
    most = max(fitting.values())
    best = [key for key, count in fitting.items() if count == most]
    if most and len(best) == 1:
        return best[0]
    others = [key for key in best if fold(key) not in KNOWN] or best
    named = [key for key in others if fold(key) == "text"]
    if len(others) == 1 or named:
        return (named or others)[0]
    return None


def _fitting(value: Any, results: list[Mapping[str, Any]]) -> int:
    """How many of the results have their text where they say, in this field."""
    if not isinstance(value, str):
        return 0
    field = _field(value, results, 0)
    count = 0
    for result in results:
        placed = field.place(result["value"])
        if placed and placed.check and len(placed.spans) == 1:
            begin, end = placed.spans[0]
            count += field.text[begin:end] == placed.check
    return count


def _field(value: Any, results: list[Mapping[str, Any]], begin: int) -> Field:
    if not isinstance(value, str):
        return Dialogue(value, begin)
    # all regions of one object are of one way
    way = next((found for result in results if (found := Shown.of(result["value"]))), None)
    is_html = way is Shown.HTML or (way is not Shown.PLAIN and looks_like_html(value))
    return Html(value, begin) if is_html else Plain(value, begin)


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str) else 1 << 30
