"""Marked passages and the edges between them, as tools with binary relations have them, as units.

An edge labelled ``coreference`` says that two passages are of one thing: they become one unit with two mentions. Every other edge becomes
a relation; where its label is a role of its source, the mapping makes it that unit's argument.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from kgbuild.document import Arg, Attrs, Prov, Scalar, Unit
from kgbuild.readers.metadata import fold

__all__ = ["Edge", "is_coreference", "join"]

_COREFERENCE = frozenset({"coreference", "coref", "corefers", "coreferent", "coreferencelink", "sameas", "identity"})


class Edge(NamedTuple):
    """From a unit to a unit, by their ids."""

    id: str
    source: str
    target: str
    label: str
    prov: Prov | None = None
    attrs: Attrs = {}  # noqa: RUF012  never changed


def is_coreference(label: str) -> bool:
    """Whether an edge of this label joins mentions of one thing.

    >>> is_coreference("Coreference"), is_coreference("COREF"), is_coreference("speaker")
    (True, True, False)
    """
    return fold(label) in _COREFERENCE


def join(units: Iterable[Unit], edges: Iterable[Edge]) -> tuple[Unit, ...]:
    """The units, coreferent ones merged into the first of them, and a relation for every other edge. Every end must be a unit."""
    by_id = {unit.id: unit for unit in units}
    first: dict[str, str] = {}
    others: list[Edge] = []
    order = {name: place for place, name in enumerate(by_id)}
    for edge in edges:
        if not is_coreference(edge.label):
            others.append(edge)
            continue
        one, other = sorted((_top(first, edge.source), _top(first, edge.target)), key=order.__getitem__)
        if one != other:
            first[other] = one
    for name in list(by_id):
        if name in first:
            one = _top(first, name)
            by_id[one] = _merged(by_id[one], by_id.pop(name))
    taken = set(by_id)
    for edge in others:
        name = unused(edge.id, taken)
        args = (Arg("source", target=_top(first, edge.source)), Arg("target", target=_top(first, edge.target)))
        by_id[name] = Unit(name, "relation", label=edge.label, args=args, attrs=edge.attrs, prov=edge.prov)
    return tuple(by_id.values())


def unused(name: str, taken: set[str]) -> str:
    """The name, or with a number where it is taken; it is taken from then on."""
    made, number = name, 2
    while made in taken:
        made, number = f"{name}-{number}", number + 1
    taken.add(made)
    return made


def _top(first: dict[str, str], name: str) -> str:
    top = name
    while top in first:
        top = first[top]
    while name != top:  # the next question is answered at once
        first[name], name = top, first[name]
    return top


def _merged(one: Unit, other: Unit) -> Unit:
    labels = tuple(dict.fromkeys((*one.labels, *other.labels)))
    return replace(
        one,
        kind=other.kind if one.label is None else one.kind,
        label=labels if len(labels) > 1 else next(iter(labels), None),
        name=one.name or other.name,
        mentions=(*one.mentions, *other.mentions),
        args=(*one.args, *other.args),
        links=tuple(dict.fromkeys((*one.links, *other.links))),
        attrs=_both(one.attrs, other.attrs),
        prov=_certain(one.prov, other.prov),
    )


def _both(one: Attrs, other: Attrs) -> Attrs:
    """Attributes of both; of an attribute with several values, each once."""
    both = dict(one)
    for name, value in other.items():
        if name not in both:
            both[name] = value
            continue
        values: list[Scalar] = list(dict.fromkeys((*_listed(both[name]), *_listed(value))))
        both[name] = values if len(values) > 1 else values[0]
    return both


def _listed(value: Scalar | list[Scalar]) -> list[Scalar]:
    return value if isinstance(value, list) else [value]


def _certain(one: Prov | None, other: Prov | None) -> Prov | None:
    """As sure as the less certain of both, with the notes of both."""
    if one is None or other is None:
        return one or other
    sure = [prov.confidence for prov in (one, other) if prov.confidence is not None]
    notes = dict.fromkeys(prov.note for prov in (one, other) if prov.note)
    return replace(one, confidence=min(sure, default=None), note="\n".join(notes) or None)
