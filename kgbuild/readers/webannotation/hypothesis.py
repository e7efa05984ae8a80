"""Annotations of Hypothes.is, which nearly follow the Web Annotation Data Model, as annotations of that model.

Its API answers a search with ``{"rows": […]}``, its client exports ``{"annotations": […]}``. In both ``uri`` is the page, ``tags`` are
tags, ``text`` is a comment, ``user`` is ``acct:name@hypothes.is``, and a reply has in ``references`` what it replies to, the nearest last.
"""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild.readers.webannotation.nodes import Node, each, iri, string, types

__all__ = ["standard"]


def standard(nodes: Iterable[Node]) -> list[Node]:
    """The annotations of a file in the model's own form; those that are in it already stay as they are."""
    listed = list(nodes)
    known = {iri(node) for node in listed}
    return [_standard(node, known) if _is_one(node) else node for node in listed]


def _is_one(node: Node) -> bool:
    return "Annotation" not in types(node) and isinstance(node.get("uri"), str) and ("user" in node or "user_info" in node)


def _standard(node: Node, known: set[str]) -> Node:
    page = {"id": node["uri"]}
    document = node.get("document")
    if isinstance(document, dict) and (title := string(document, "title")):
        page["title"] = title
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in each(node.get("tags")) if isinstance(tag, str)]
    if comment := string(node, "text"):
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": comment})
    answered = next(iter(reversed(each(node.get("references")))), None)
    targets = [{"source": page, "selector": one.get("selector")} for one in each(node.get("target")) if isinstance(one, dict)]
    return {
        "id": iri(node),
        "type": "Annotation",
        "creator": (string(node, "user") or "").removeprefix("acct:"),
        "created": string(node, "created"),
        "generator": "Hypothes.is",
        "body": bodies,
        "target": answered if answered in known else targets or [{"source": page}],
    }
