"""From the rows of WebAnno TSV 3 to feature structures: annotations, their slots, relations and chains."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any

from kgbuild.readers.cas.layers import DEPENDENT, GOVERNOR
from kgbuild.readers.cas.model import Cas, Ref, Structure, View
from kgbuild.readers.cas.tsv.cells import chain_link, numbered, split, unescape
from kgbuild.readers.cas.tsv.declarations import types_of
from kgbuild.readers.cas.tsv.header import Column, Layer
from kgbuild.readers.cas.tsv.references import References
from kgbuild.readers.cas.tsv.sentences import Placed

__all__ = ["Structures"]

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false")


@dataclass(slots=True)
class Open:
    """An annotation that the next token may go on with."""

    structure: Structure
    #: its values, as they are written in each of its rows
    values: tuple[str, ...]
    #: the number of the last token that it covers
    token: int


class Structures:
    """The feature structures of a file, filled row by row."""

    def __init__(self, layers: list[Layer], report: Callable[[str, str], None]) -> None:
        self._layers = layers
        self._width = sum(len(layer.columns) for layer in layers)
        self._report = report
        self._all: dict[int, Structure] = {}
        self._members: list[int] = []
        self._open: dict[tuple[str, str], Open] = {}
        self._chains: dict[tuple[str, int], dict[int, Structure]] = {}
        self._texts: set[tuple[str, str]] = set()
        self._token = 0
        self._uneven = 0
        self._references = References(self._new, report)

    def add(self, placed: Placed) -> None:
        """Take a row."""
        row = placed.row
        self._token += not row.is_part
        self._references.place(row.key, placed.begin, placed.end)
        if not row.cells:
            return
        cells = row.cells.split("\t")
        if len(cells) != self._width and (len(cells) != self._width + 1 or cells[-1].strip()):
            self._report_uneven(len(cells), row.line)
        cells += ["_"] * (self._width - len(cells))
        for layer in self._layers:
            mine = [cells[column.at] for column in layer.columns]
            if any(cell not in ("_", "") for cell in mine):
                if layer.kind == "span":
                    self._spans(layer, mine, placed)
                elif layer.kind == "relation":
                    self._relations(layer, mine, placed)
                else:
                    self._links(layer, mine, placed)

    def cas(self, text: str) -> Cas:
        """All of it, when every row was taken."""
        if self._uneven > 1:
            self._report("columns-uneven", f"{self._uneven - 1} more rows have another number of cells than the header has columns")
        for (layer, _), links in self._chains.items():
            ordered = [links[place] for place in sorted(links)]
            for link, following in pairwise(ordered):
                link.features["next"] = Ref(following.id)
            self._member(layer.removesuffix("Link") + "Chain", {"first": Ref(ordered[0].id)})
        self._references.resolve()
        types = types_of(self._layers, self._texts)
        return Cas(types, self._all, [View("_InitialView", 0, text, tuple(self._members))])

    # --- one layer of one row -------------------------------------------------------------------------------------------------------------

    def _spans(self, layer: Layer, cells: list[str], placed: Placed) -> None:
        for items in _stacked(layer, cells):
            values: list[tuple[Column, str]] = []
            number = ""
            for column, item in zip(layer.columns, items, strict=True):
                value, found = (item, "") if column.kind == "target" else numbered(item)
                number = number or found
                values.append((column, value))
            written = tuple(value for column, value in values if column.kind in ("feature", "empty"))
            going_on = self._open.get((layer.name, number)) if number else None
            if going_on is not None and self._goes_on(going_on, written, placed, number):
                self._stretch(going_on, placed)
                self._references.stand(placed.row.key, going_on.structure)
                continue
            structure = self._member(layer.name, _span(placed))
            self._fill(layer, structure, values, placed)
            self._references.stand(placed.row.key, structure, number)
            if number:
                self._open[layer.name, number] = Open(structure, written, self._token)

    def _goes_on(self, open: Open, written: tuple[str, ...], placed: Placed, number: str) -> bool:
        if self._token - open.token <= 1 and open.values == written:
            return True
        message = f"line {placed.row.line}: the id [{number}] stands for another annotation before; this is taken as a new one"
        self._report("id-reused", message)
        return False

    def _stretch(self, open: Open, placed: Placed) -> None:
        features = open.structure.features
        open.token = self._token
        for name, value, outer in (("begin", placed.begin, min), ("end", placed.end, max)):
            if value is not None:
                features[name] = outer(features[name], value) if name in features else value

    def _fill(self, layer: Layer, structure: Structure, values: list[tuple[Column, str]], placed: Placed) -> None:
        """Give an annotation the features of its first row."""
        roles: list[Structure] = []
        for column, value in values:
            if column.kind == "feature":
                self._feature(layer, structure, column, value)
            elif column.kind == "role":
                roles = [] if value in ("_", "") else [self._link(column, role) for role in split(value, ";")]
                if roles:
                    structure.features[column.name] = [Ref(link.id) for link in roles]
            elif column.kind == "target" and value not in ("_", ""):
                targets = split(value, ";")
                if not roles and targets == ["*"]:
                    continue
                if len(targets) != len(roles):
                    message = f"{len(targets)} targets and {len(roles)} roles in a slot; those without the other were left out"
                    self._report("reference-dangling", f"line {placed.row.line}: {message}")
                for link, target in zip(roles, targets, strict=False):
                    if target not in ("*", "_"):
                        key, number = numbered(target)
                        self._references.point(link, "target", column.hint, key, number, placed.row.line)

    def _feature(self, layer: Layer, structure: Structure, column: Column, value: str) -> None:
        if value in ("*", "_", ""):
            return
        structure.features[column.name] = unescape(value)
        if (layer.name, column.name) not in self._texts and not _NUMBER.fullmatch(value):
            self._texts.add((layer.name, column.name))

    def _link(self, column: Column, role: str) -> Structure:
        return self._new(column.hint, {} if role in ("*", "") else {"role": unescape(role)})

    def _relations(self, layer: Layer, cells: list[str], placed: Placed) -> None:
        for items in _stacked(layer, cells):
            structure = self._member(layer.name, _span(placed))
            for column, item in zip(layer.columns, items, strict=True):
                if column.kind == "source":
                    key, numbers = numbered(item)
                    source, _, target = numbers.partition("_")
                    for feature, at, number in ((GOVERNOR, key, source), (DEPENDENT, placed.row.key, target)):
                        self._references.point(structure, feature, column.hint, at, number, placed.row.line)
                else:
                    self._feature(layer, structure, column, item)

    def _links(self, layer: Layer, cells: list[str], placed: Placed) -> None:
        for items in _stacked(layer, cells):
            named = {column.kind: item for column, item in zip(layer.columns, items, strict=True)}
            found = chain_link(named["link"])
            if found is None:
                message = f"line {placed.row.line}: “{named['link']:.40}” is no link of a chain (relation->chain-link); it was left out"
                self._report("chain-broken", message)
                continue
            relation, chain, place = found
            links = self._chains.setdefault((layer.name, chain), {})
            if place in links:
                self._stretch(Open(links[place], (), 0), placed)
                continue
            features = _span(placed)
            element = numbered(named.get("element", "*"))[0]
            for name, value in (("referenceType", element), ("referenceRelation", relation)):
                if value not in ("*", "_", ""):
                    features[name] = unescape(value)
            links[place] = self._member(layer.name if layer.name.endswith("Link") else f"{layer.name}Link", features)

    # --- structures -----------------------------------------------------------------------------------------------------------------------

    def _new(self, type: str, features: dict[str, Any]) -> Structure:
        structure = Structure(len(self._all) + 1, type, features)
        self._all[structure.id] = structure
        return structure

    def _member(self, type: str, features: dict[str, Any]) -> Structure:
        structure = self._new(type, features)
        self._members.append(structure.id)
        return structure

    def _report_uneven(self, cells: int, line: int) -> None:
        if not self._uneven:
            message = f"line {line}: {cells} cells where the header has {self._width} columns; those that are missing say nothing"
            self._report("columns-uneven", message)
        self._uneven += 1


def _stacked(layer: Layer, cells: list[str]) -> list[tuple[str, ...]]:
    """The values of each annotation in a row: one for each column."""
    stacks = [split(cell, "|") for cell in cells]
    if all(len(stack) == 1 for stack in stacks):
        return [tuple(cells)]
    return list(zip_longest(*stacks, fillvalue="_"))


def _span(placed: Placed) -> dict[str, Any]:
    return {} if placed.begin is None or placed.end is None else {"begin": placed.begin, "end": placed.end}
