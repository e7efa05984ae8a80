"""Who made an annotation, with what and when: ``creator``, ``generator``, ``created``, and what only kgbuild's own files say."""

from __future__ import annotations

from typing import Any

from kgbuild.document import Prov
from kgbuild.readers.webannotation.nodes import Node, each, iri, string

__all__ = ["provenance"]

_STATUSES = ("manual", "curated", "auto", "rejected")


def provenance(node: Node, note: str | None = None) -> Prov | None:
    """The provenance that a node of the file states; None where it states nothing."""
    confidence = node.get("kga:confidence")
    if isinstance(confidence, bool) or not isinstance(confidence, (int, float)) or not 0 <= confidence <= 1:
        confidence = None
    status = string(node, "kga:status")
    prov = Prov(
        annotator=_agents(node.get("creator", node.get("dcterms:creator"))),
        tool=_agents(node.get("generator", node.get("as:generator"))),
        created=string(node, "created") or string(node, "dcterms:created"),
        confidence=confidence,
        status=status if status in _STATUSES else None,  # type: ignore[arg-type]
        file=string(node, "kga:file"),
        ref=string(node, "kga:ref"),
        note=note if note is not None else string(node, "kga:note"),
    )
    return None if prov == Prov() else prov


def _agents(value: Any) -> str | None:
    return ", ".join(filter(None, map(_agent, each(value)))) or None


def _agent(value: Any) -> str:
    """An agent's name, by the first of the ways in which tools give one."""
    if not isinstance(value, dict):
        return value.removeprefix("mailto:") if isinstance(value, str) else ""
    for key in ("name", "foaf:name", "schema:name", "nickname", "foaf:nick", "email", "label"):
        if name := string(value, key):
            return name.removeprefix("mailto:")
    return iri(value)
