"""The kind of a unit in formats that do not say it: by its form. Its label decides its class later; the kind only picks the root class
where the ontology does not know the label."""

from __future__ import annotations

from kgbuild.document import Kind

__all__ = ["kind_of"]

_BY_LABEL: dict[str, Kind] = {
    "statement": "statement",
    "date": "value",
    "quote": "value",
    "quantity": "value",
    "targettally": "value",
    "topic": "topic",
}


def kind_of(label: str, *, is_trigger: bool = False, has_arguments: bool = False) -> Kind:
    """Kind of a unit with this label: a well-known word first; else an event where it has a trigger or arguments, else an entity.

    >>> kind_of("Statement", is_trigger=True), kind_of("Meeting", has_arguments=True), kind_of("Person")
    ('statement', 'event', 'entity')
    """
    known = _BY_LABEL.get("".join(filter(str.isalnum, label)).casefold())
    return known or ("event" if is_trigger or has_arguments else "entity")
