"""What dkpro-cassis reads, and what kgbuild reads, in one form: every indexed structure with its type, place and features."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import cassis

from kgbuild.readers.cas.model import Cas, Ref, Structure, View

#: of these kgbuild keeps the text that the file has, which is none in JSON
_NOT_FINITE = {"NaN": "NaN", "nan": "NaN", "Infinity": "Infinity", "inf": "Infinity", "-Infinity": "-Infinity", "-inf": "-Infinity"}


def read_by_cassis(path: Path, types: Path | None) -> list[tuple[Any, ...]]:
    with path.open("rb") as file:
        if types is None:
            cas = cassis.load_cas_from_json(file)
        else:
            with types.open("rb") as beside:
                cas = cassis.load_cas_from_xmi(file, cassis.load_typesystem(beside), lenient=True)
    found = []
    for sofa in cas.sofas:
        # arrays and lists are compared as values of features
        members = (each for each in cas.get_view(sofa.sofaID).select_all_fs() if not each.type.name.startswith("uima.cas."))
        found += [(sofa.sofaID, *_of_cassis(each, deep=True)) for each in members]
    return sorted(found, key=repr)


def _of_cassis(each: Any, *, deep: bool) -> tuple[Any, ...]:
    name = each.type.name
    place = (getattr(each, "begin", None), getattr(each, "end", None))
    if not deep:
        return name, place
    features = {}
    for feature in each.type.all_features:
        value = getattr(each, feature.name, None)
        value = getattr(each, feature.name + "_", None) if value is None else value
        if feature.name not in ("sofa", "begin", "end") and value is not None:
            features[feature.name.removesuffix("_")] = _value_of_cassis(value)
    return name, place, tuple(sorted((key, value) for key, value in features.items() if value != ()))


def _value_of_cassis(value: Any) -> Any:
    if hasattr(value, "type"):
        if hasattr(value, "elements"):
            return _value_of_cassis(value.elements or [])
        if value.type.name.startswith("uima.cas.") and value.type.name.endswith("List"):
            return _value_of_cassis(list(_linked(value)))
        return _of_cassis(value, deep=False)
    if isinstance(value, (list, tuple)):
        return tuple(_value_of_cassis(one) for one in value if one is not None and _is_something(one))
    return _scalar(value)


def _is_something(value: Any) -> bool:
    return not hasattr(value, "type") or value.type.name != "uima.cas.NULL"


def _linked(node: Any) -> Any:
    while node is not None and hasattr(node, "head"):
        yield node.head
        node = node.tail


def _scalar(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return _NOT_FINITE[str(value)]
    return _NOT_FINITE.get(value, value) if isinstance(value, str) else value


def read_by_kgbuild(cas: Cas) -> list[tuple[Any, ...]]:
    found = []
    for view in cas.views:
        members = [cas.structures[member] for member in view.members if member in cas.structures]
        found += [(view.name, *_of_kgbuild(cas, view, each, deep=True)) for each in members if not each.type.startswith("uima.cas.")]
    return sorted(found, key=repr)


def _of_kgbuild(cas: Cas, view: View, each: Structure, *, deep: bool) -> tuple[Any, ...]:
    place = tuple(_code_points(view.text, each.features.get(name)) for name in ("begin", "end"))
    if not deep:
        return each.type, place
    features = {name: _value_of_kgbuild(cas, view, value) for name, value in each.features.items() if name not in ("sofa", "begin", "end")}
    if isinstance(features.get("bytes"), str):  # kgbuild leaves them as they are written
        features["bytes"] = tuple(bytes.fromhex(features["bytes"]))
    return each.type, place, tuple(sorted((key, value) for key, value in features.items() if value not in ((), None)))


def _value_of_kgbuild(cas: Cas, view: View, value: Any) -> Any:
    target = cas.follow(value)
    if isinstance(value, list) or (target is not None and target.type.startswith("uima.cas.")) or (target and target.type.endswith("[]")):
        return tuple(found for one in cas.items(value) if (found := _value_of_kgbuild(cas, view, one)) is not None)
    if isinstance(value, Ref):
        return _of_kgbuild(cas, view, target, deep=False) if target else None
    return _scalar(value)


def _code_points(text: str | None, offset: Any) -> Any:
    if text is None or not isinstance(offset, int):
        return offset
    return len(text.encode("utf-16-le")[: 2 * offset].decode("utf-16-le"))
