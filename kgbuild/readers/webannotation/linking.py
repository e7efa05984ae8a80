"""Annotations on annotations: arguments, relations, and what else is said of a unit by another annotation.

=====================================================  ====================================================================
the annotation                                         what becomes of it
=====================================================  ====================================================================
one target, a tag ``role=…``, a linking body           an argument of the target: the unit that the body names, or the IRI
one target, a tag ``role=…``, a describing text        an argument of the target: a literal
two ends (targets or linking bodies)                   a relation from the first to the second, with its labels
one target, no motivation ``linking``                  its labels, attributes, links and notes are the target's own
=====================================================  ====================================================================
"""

from __future__ import annotations

from urllib.parse import unquote

from kgbuild.document import Arg, Scalar
from kgbuild.readers.webannotation.entries import Entry
from kgbuild.readers.webannotation.making import Making
from kgbuild.readers.webannotation.nodes import motivations
from kgbuild.readers.webannotation.tags import literal

__all__ = ["connect"]


def connect(making: Making, pending: list[Entry]) -> None:
    """Carry out the annotations on annotations of one document; those on relations wait until the relation is there."""
    while pending:
        ready = [entry for entry in pending if all(address in making.units for address in entry.about)]
        if not ready:
            break
        for entry in ready:
            _connect(making, entry)
        done = {id(entry) for entry in ready}
        pending = [entry for entry in pending if id(entry) not in done]
    for entry in pending:
        message = " speaks of an annotation that is no unit of this document; left out"
        making.report(entry, "link-incomplete", "skipped", "", message)


def _connect(making: Making, entry: Entry) -> None:
    owner = making.units[entry.about[0]]
    said = entry.said
    for unread in said.unread:
        making.report(entry, "body-unread", "skipped", owner.id, f": {unread}; left out")
    attrs = dict(said.attrs)
    role = attrs.pop("role", None)
    if role is not None and len(entry.about) == 1:
        first, *others = role if isinstance(role, list) else [role]
        if others:
            attrs["role"] = others if len(others) > 1 else others[0]
        name = str(first)
        targets = [_end(making, address) for address in said.ends] + list(said.links)
        for target in targets:
            owner.args.append(Arg(name, target=target, attrs=attrs))
        values = [] if targets else said.literals
        owner.args.extend(Arg(name, value=_scalar(text), attrs=attrs) for text in values)
        if not name or not (targets or values):
            message = f": role “{name}” has neither a linking body nor a describing text; left out"
            making.report(entry, "link-incomplete", "skipped", owner.id, message)
        owner.said.notes.extend(note for note in said.notes if note not in values)
        return
    ends = [making.units[address].id for address in entry.about] + [_end(making, address) for address in said.ends]
    if len(ends) > 1:
        unit = making.add(entry)
        unit.is_relation = True
        unit.args.extend(Arg(name, target=end) for name, end in zip(["source", *["target"] * (len(ends) - 1)], ends, strict=True))
    elif "linking" in motivations(entry.node):
        message = " links to nothing: a relation needs two ends, an argument a tag role=…; left out"
        making.report(entry, "link-incomplete", "skipped", owner.id, message)
    else:
        owner.said.labels.extend(said.labels)
        owner.said.links.extend(said.links)
        owner.said.names.extend(said.names)
        owner.said.notes.extend(said.notes)
        for key, value in said.attrs.items():
            owner.said.add(key, value)


def _end(making: Making, address: str) -> str:
    """What a linking body points to: a unit's id, or the IRI or CURIE as it is written."""
    if address in making.units:
        return making.units[address].id
    mark = making.source + "#"
    return unquote(address[len(mark) :]) if making.source and address.startswith(mark) and address != mark else address


def _scalar(text: str) -> Scalar:
    value = literal(text)
    return text if isinstance(value, list) else value
