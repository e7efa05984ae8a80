"""The header of WebAnno TSV 3: its version, and the layers with the columns that hold their features."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from kgbuild.readers.rejection import Rejected

__all__ = ["Column", "Kind", "Layer", "layers", "version"]

Kind = Literal["span", "relation", "chain"]
_KINDS: dict[str, Kind] = {"#T_SP=": "span", "#T_RL=": "relation", "#T_CH=": "chain"}
_FORMAT = re.compile(r"#FORMAT=WebAnno TSV (\d+)\.(\d+)\s*")


class Column(NamedTuple):
    """One column. ``hint``: the type of the links that a role column makes, or of what a target or source column points to."""

    at: int
    kind: Literal["feature", "empty", "role", "target", "source", "element", "link"]
    name: str = ""
    hint: str = ""


class Layer(NamedTuple):
    """A layer of annotations: its type, and its columns in order."""

    kind: Kind
    name: str
    columns: tuple[Column, ...]


def version(line: str) -> tuple[int, int]:
    """The format's version. Raises Rejected for another than 3."""
    match = _FORMAT.fullmatch(line)
    if match is None:
        raise Rejected("annotation-invalid", "the first line must be “#FORMAT=WebAnno TSV 3.3” (or 3.1, 3.2); export it again", line=1)
    if match[1] != "3":
        found = f"{match[1]}.{match[2]}"
        raise Rejected("annotation-invalid", f"WebAnno TSV {found} is not read; export it as WebAnno TSV 3, or UIMA CAS JSON", line=1)
    return 3, int(match[2])


def layers(lines: Iterable[tuple[int, str]]) -> list[Layer]:
    """Read the declarations, which come with the numbers of their lines. Raises Rejected."""
    found: list[Layer] = []
    index = 0
    for number, line in lines:
        kind = _KINDS.get(line[:6])
        if kind is None:
            raise Rejected("annotation-invalid", f"“{line:.60}” declares no layer (#T_SP=, #T_CH=, #T_RL=)", line=number)
        name, *fields = line[6:].split("|")
        if not name.strip():
            raise Rejected("annotation-invalid", "a layer is declared without a name", line=number)
        columns = _columns(kind, index, [field for field in fields if field], number)
        index += len(columns)
        found.append(Layer(kind, name, columns))
    return found


def _columns(kind: Kind, index: int, fields: list[str], line: int) -> tuple[Column, ...]:
    columns: list[Column] = []
    for field in fields:
        at = index + len(columns)
        if kind == "span" and field.startswith("ROLE_"):
            columns.append(_role(at, field, line))
        elif kind == "span" and columns and columns[-1].kind == "role":
            columns.append(Column(at, "target", columns[-1].name, field))
        elif kind == "relation" and field.startswith("BT_"):
            columns.append(Column(at, "source", "", field[3:]))
        elif kind == "chain" and field in ("referenceType", "referenceRelation"):
            columns.append(Column(at, "element" if field == "referenceType" else "link", field))
        else:
            columns.append(Column(at, "feature", field))
    kinds = [column.kind for column in columns]
    if kind == "relation" and kinds.count("source") != 1:
        raise Rejected("annotation-invalid", "a relation layer needs one column BT_ with the type of its ends", line=line)
    if kind == "chain" and kinds.count("link") != 1:
        raise Rejected("annotation-invalid", "a chain layer needs the column referenceRelation", line=line)
    if kinds.count("role") != kinds.count("target"):
        raise Rejected("annotation-invalid", "after a column ROLE_ the type of what its slots point to must follow", line=line)
    return tuple(columns) or (Column(index, "empty"),)


def _role(at: int, field: str, line: int) -> Column:
    """``ROLE_webanno.custom.Host:links_webanno.custom.LinkType``: the feature's name has no dot, the type of links has one."""
    feature = field.partition(":")[2]
    before, dot, _ = feature.partition(".")
    name, underscore, _ = before.rpartition("_")
    if not underscore or not name:
        if not feature or dot:
            raise Rejected("annotation-invalid", f"“{field:.80}” is no ROLE_layer:feature_type", line=line)
        name, _, hint = feature.rpartition("_")
        return Column(at, "role", name or feature, hint or "Link")
    return Column(at, "role", name, feature[len(name) + 1 :])
