"""What ``exportedproject*.json`` of an INCEpTION project says: documents and how far they are, annotators, features that hold concepts."""

from __future__ import annotations

from typing import Any, NamedTuple

from kgbuild.readers import objects
from kgbuild.readers.rejection import Rejected

__all__ = ["Project", "parse"]

#: users that are none: the state before anybody annotated, and what curators made
_NOBODY = ("INITIAL_CAS", "CURATION_USER")


class Project(NamedTuple):
    """Document -> its state; document -> its annotators and how far they are; (type, feature) that hold concepts; layer -> its name."""

    documents: dict[str, str]
    annotators: dict[str, list[tuple[str, str]]]
    concepts: frozenset[tuple[str, str]]
    layers: dict[str, str]


def parse(data: bytes) -> Project:
    """Read a project's description. Raises Rejected where it is none."""
    loaded = objects.loads(data)
    if not isinstance(loaded, dict) or not isinstance(loaded.get("source_documents"), list):
        raise Rejected("annotation-invalid", "the project's description has no source_documents; export the project again")
    documents = {_text(each, "name"): _text(each, "state") for each in _objects(loaded, "source_documents")}
    documents.pop("", None)
    annotators: dict[str, list[tuple[str, str]]] = {name: [] for name in documents}
    for each in _objects(loaded, "annotation_documents"):
        if (user := _text(each, "user")) not in (*_NOBODY, "") and _text(each, "name") in annotators:
            annotators[_text(each, "name")].append((user, _text(each, "state")))
    concepts, layers = set(), {}
    for layer in _objects(loaded, "layers"):
        layers[_text(layer, "name")] = _text(layer, "uiName")
        for feature in _objects(layer, "features"):
            if _text(feature, "type").startswith("kb:"):
                concepts.add((_text(layer, "name"), _text(feature, "name")))
    return Project(documents, annotators, frozenset(concepts), layers)


def _objects(owner: dict[str, Any], name: str) -> list[dict[str, Any]]:
    held = owner.get(name)
    return [each for each in held if isinstance(each, dict)] if isinstance(held, list) else []


def _text(owner: dict[str, Any], name: str) -> str:
    held = owner.get(name)
    return held if isinstance(held, str) else ""
