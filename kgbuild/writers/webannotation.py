"""W3C Web Annotation: one AnnotationPage a document, in the shape that carries the whole model (:mod:`kgbuild.readers.webannotation`).

Only what has no meaning is lost: a value that is an empty list, a mention with neither spans nor text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import msgspec

from kgbuild.document import Arg, Document, Mention, Prov, Scalar, Span, Unit
from kgbuild.iris import PREFIXES
from kgbuild.readers.webannotation.tags import literal
from kgbuild.writers.losses import Losses
from kgbuild.writers.writer import Written

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"kga": "urn:kgbuild:annotation:", **{key: PREFIXES[key] for key in ("wd", "kg", "data")}}]
_DOCUMENTS = "urn:kgbuild:document:"
#: characters of the text around a mention that its quote tells
_AROUND = 24

Node = dict[str, Any]


class WebAnnotation:
    """Writes W3C Web Annotation (JSON-LD)."""

    name = "webannotation"

    def write(self, document: Document) -> Written:
        """Write one page of annotations."""
        losses = Losses(document, "Web Annotation")
        page = {"@context": _CONTEXT, **_Page(document, losses).node()}
        return Written({".jsonld": msgspec.json.format(msgspec.json.encode(page), indent=1) + b"\n"}, tuple(losses))


WRITER = WebAnnotation()


class _Page:
    def __init__(self, document: Document, losses: Losses) -> None:
        self._document = document
        self._losses = losses
        self._iri = _DOCUMENTS + quote(document.id, safe="-._~")
        self._units = {unit.id for unit in document.units}

    def node(self) -> Node:
        items = [self._described(), *(node for unit in self._document.units for node in self._unit(unit))]
        return {"id": f"{self._iri}#&page", "type": "AnnotationPage", "items": items}

    def _address(self, unit: str) -> str:
        return f"{self._iri}#{quote(unit, safe='-._~')}"

    def _described(self) -> Node:
        """The annotation that describes the document itself."""
        document = self._document
        bodies: list[Node] = []
        if document.text is not None:
            language = document.meta.get("lang")
            written = {"language": language} if isinstance(language, str) and language else {}
            bodies.append({"id": self._iri, "type": "TextualBody", "format": "text/plain", **written, "value": document.text})
        node: Node = {"id": f"{self._iri}#&document", "type": "Annotation", "motivation": "describing", **_made(document.prov)}
        node |= {"body": [*bodies, *_remark(document.prov)], "target": self._iri}
        return node | _said({"kga:sha256": document.sha256, "kga:meta": document.meta or None})

    def _unit(self, unit: Unit) -> Iterator[Node]:
        bodies = [_text("classifying", label) for label in unit.labels]
        for name, value in unit.attrs.items():
            if value == []:
                self._losses.lose(unit.id, f"the attribute {name!r} without a value")
            else:
                bodies.append(_text("tagging", _pair(name, value)))
        bodies += [{"type": "SpecificResource", "purpose": "identifying", "source": link} for link in unit.links]
        targets = [target for mention in unit.mentions if (target := self._mention(unit, mention)) is not None]
        node: Node = {"id": self._address(unit.id), "type": "Annotation", "motivation": "classifying", "kga:kind": unit.kind}
        node |= _said({"kga:name": unit.name}) | _made(unit.prov)
        node |= {"body": [*bodies, *_remark(unit.prov)], "target": targets or self._iri}
        yield node
        for number, arg in enumerate(unit.args):
            yield self._arg(unit, number, arg)

    def _arg(self, unit: Unit, number: int, arg: Arg) -> Node:
        if arg.target is not None:
            source = self._address(arg.target) if arg.target in self._units else arg.target
            filler = {"type": "SpecificResource", "purpose": "linking", "source": source}
        else:
            filler = _text("describing", _written(arg.value if arg.value is not None else ""))
        tags = [_text("tagging", _pair(name, value)) for name, value in (("role", arg.role), *arg.attrs.items()) if value != []]
        address = f"{self._address(unit.id)}&arg={number}"
        return {"id": address, "type": "Annotation", "motivation": "linking", "target": self._address(unit.id), "body": [filler, *tags]}

    # --- places in the text

    def _mention(self, unit: Unit, mention: Mention) -> Node | None:
        extra = _said({"kga:id": mention.id, "kga:head": mention.head}) | _made(mention.prov)
        if mention.prov is not None and mention.prov.note is not None:
            self._losses.lose(unit.id, f"note of a mention, {mention.prov.note!r}")
        if not mention.spans:
            if not mention.text:
                self._losses.lose(unit.id, "a mention without spans and text")
                return None
            quoted = {"type": "TextQuoteSelector", "exact": mention.text}
            return {"type": "SpecificResource", "source": self._iri, "selector": quoted, "kga:placeless": True, **extra}
        parts = [self._part(span, mention if len(mention.spans) == 1 else None) for span in mention.spans]
        return parts[0] | extra if len(parts) == 1 else {"type": "List", "items": parts, **extra}

    def _part(self, span: Span, alone: Mention | None) -> Node:
        begin, end = span
        text = self._document.text
        selectors: list[Node] = [{"type": "TextPositionSelector", "start": begin, "end": end}]
        if text is not None:
            around = {"prefix": text[max(begin - _AROUND, 0) : begin] or None, "suffix": text[end : end + _AROUND] or None}
            selectors.append({"type": "TextQuoteSelector", "exact": text[begin:end], **_said(around)})
        elif alone is not None and alone.text:
            selectors.append({"type": "TextQuoteSelector", "exact": alone.text})
        return {"type": "SpecificResource", "source": self._iri, "selector": selectors}


# --- small nodes


def _said(fields: Node) -> Node:
    return {name: value for name, value in fields.items() if value is not None}


def _text(purpose: str, value: str) -> Node:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _made(prov: Prov | None) -> Node:
    """Who made it, with what and when."""
    if prov is None:
        return {}
    creator = {"creator": {"type": "Person", "name": prov.annotator}} if prov.annotator is not None else {}
    generator = {"generator": {"type": "Software", "name": prov.tool}} if prov.tool is not None else {}
    rest = {"created": prov.created, **{f"kga:{name}": getattr(prov, name) for name in ("status", "confidence", "file", "ref")}}
    return creator | generator | _said(rest)


def _remark(prov: Prov | None) -> list[Node]:
    return [_text("commenting", prov.note)] if prov is not None and prov.note is not None else []


def _pair(name: str, value: Scalar | list[Scalar]) -> str:
    written = json.dumps(name, ensure_ascii=False) if not name or name.startswith('"') or "=" in name else name
    return f"{written}={_written(value)}"


def _written(value: Scalar | list[Scalar]) -> str:
    """A literal as text that is read back as the same literal."""
    if isinstance(value, str) and literal(value) == value and not value.startswith(('"', "[")):
        return value
    return json.dumps(value, ensure_ascii=False)
