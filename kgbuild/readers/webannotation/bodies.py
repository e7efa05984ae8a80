"""Bodies: what an annotation says of its target, sorted by purpose (Web Annotation Data Model, section 3.2 and 3.3.5).

    ======================  =========================================  ==============================================
    purpose                 TextualBody                                IRI, SpecificResource
    ======================  =========================================  ==============================================
    classifying             a label                                    a label
    tagging                 ``name=value``: an attribute; else a label a link
    identifying             the name; an IRI or CURIE: a link          a link; the resource's own label: the name
    linking (annotations)   the label of the relation                  the other annotation
    others, none            a note                                     an attribute with the purpose's name, or ``body``
    ======================  =========================================  ==============================================

A body without a purpose has the annotation's motivation, if there is just one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kgbuild import iris
from kgbuild.document import Attrs, Scalar
from kgbuild.readers.links import link
from kgbuild.readers.webannotation.nodes import Node, each, iri, motivations, string, types
from kgbuild.readers.webannotation.tags import pair

__all__ = ["Said", "read_bodies"]

_GROUPS = {"Choice", "Composite", "List", "Independents"}


@dataclass(slots=True)
class Said:
    """What the bodies of one annotation say."""

    labels: list[str] = field(default_factory=list)
    attrs: Attrs = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    #: (IRI, language, text) of bodies with an IRI of their own: the text of that resource
    texts: list[tuple[str, str | None, str]] = field(default_factory=list)
    #: what ``linking`` bodies point to
    ends: list[str] = field(default_factory=list)
    #: texts of ``describing`` bodies, in order: literals of arguments
    literals: list[str] = field(default_factory=list)
    #: what could not be read, in words
    unread: list[str] = field(default_factory=list)

    def note(self) -> str | None:
        """All notes as one."""
        return "\n".join(self.notes) or None

    def add(self, name: str, value: Scalar | list[Scalar]) -> None:
        """Give an attribute a value; a second value of one name makes a list."""
        values: list[Scalar] = value if isinstance(value, list) else [value]
        if name not in self.attrs:
            self.attrs[name] = value
            return
        held = self.attrs[name]
        self.attrs[name] = [*(held if isinstance(held, list) else [held]), *values]


def read_bodies(annotation: Node, sources: set[str]) -> Said:
    """Sort the bodies of an annotation; a TextualBody with the IRI of one of ``sources`` is that document's text."""
    said = Said()
    motivated = motivations(annotation)
    default = next(iter(motivated)) if len(motivated) == 1 else ""
    for body in _flat(annotation.get("body")):
        purposes = motivations(body, "purpose") if isinstance(body, dict) else frozenset()
        purpose = next(iter(sorted(purposes)), default)
        if not isinstance(body, dict):
            if isinstance(body, str):
                _resource(said, purpose, body, None)
            else:
                said.unread.append(f"a body is neither an object nor an IRI: {body!r:.60}")
        elif "TextualBody" in types(body) or "cnt:ContentAsText" in types(body) or ("value" in body and "source" not in body):
            _textual(said, purpose, body, sources)
        else:
            _specific(said, purpose, body)
    value = string(annotation, "bodyValue")
    if value is not None:
        _text(said, default, value)
    return said


def _flat(bodies: Any) -> Iterator[Any]:
    for body in each(bodies):
        if isinstance(body, dict) and types(body) & _GROUPS:
            yield from _flat(body.get("items"))
        else:
            yield body


def _textual(said: Said, purpose: str, body: Node, sources: set[str]) -> None:
    value = string(body, "value")
    if value is None:
        value = string(body, "cnt:chars")
    if value is None:
        said.unread.append("a TextualBody has no value")
    elif iri(body) in sources:
        said.texts.append((iri(body), string(body, "language"), value))
    else:
        _text(said, purpose, value)


def _text(said: Said, purpose: str, value: str) -> None:
    if purpose == "classifying" and value.strip():
        said.labels.append(value)
    elif purpose in ("tagging", "linking") and value.strip():
        named = pair(value)
        if named:
            said.add(*named)
        else:
            said.labels.append(value)
    elif purpose == "identifying" and value.strip():
        if iris.expand(value.strip()) is None:
            said.names.append(value)
        else:
            said.links.append(_link(value.strip()))
    else:
        if purpose == "describing":
            said.literals.append(value)
        said.notes.append(value)


def _specific(said: Said, purpose: str, body: Node) -> None:
    source = body.get("source", body if iri(body) else None)
    address = iri(source)
    if not address:
        said.unread.append("a body names no resource: it has neither source nor id")
        return
    if "selector" in body:
        said.unread.append(f"which part of <{address}> a body means is not read")
    _resource(said, purpose, address, source if isinstance(source, dict) else None)


def _resource(said: Said, purpose: str, address: str, node: Node | None) -> None:
    if purpose == "classifying":
        said.labels.append(address)
    elif purpose in ("identifying", "tagging"):
        said.links.append(_link(address))
        if node and (name := string(node, "label") or string(node, "name")):
            said.names.append(name)
    elif purpose == "linking":
        said.ends.append(address)
    else:
        said.add(purpose or "body", address)


def _link(written: str) -> str:
    """An address as it is written, unless it is a page about a thing."""
    found = link(written)
    return written if found is None or iris.expand(found) == iris.expand(written) else found
