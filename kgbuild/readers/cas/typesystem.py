"""The type system beside an XMI file: XML after UIMA's ``typeSystemDescription``."""

from __future__ import annotations

from functools import lru_cache
from xml.etree.ElementTree import Element

from kgbuild.readers import trees
from kgbuild.readers.cas.types import TOP, Feature, Type, Types
from kgbuild.readers.rejection import Rejected

__all__ = ["is_type_system", "parse"]

_NAMESPACE = "{http://uima.apache.org/resourceSpecifier}"


def is_type_system(data: bytes) -> bool:
    """Tell from a file's first bytes whether it is a type system."""
    return b"<typeSystemDescription" in data


@lru_cache(maxsize=8)
def parse(data: bytes) -> Types:
    """Read a type system; one that many documents share is read once. Raises Rejected where it is none."""
    root = trees.parse(data)
    if root.tag.removeprefix(_NAMESPACE) != "typeSystemDescription":
        raise Rejected("broken-xml", "the type system is no <typeSystemDescription>; export the document again")
    declared: dict[str, Type] = {}
    for element in root.iter(f"{_NAMESPACE}typeDescription"):
        name = _said(element, "name")
        features = tuple(
            Feature(_said(each, "name"), _range(each), shared=_said(each, "multipleReferencesAllowed") == "true")
            for each in element.iter(f"{_NAMESPACE}featureDescription")
        )
        if name in declared:  # parts of a type system may add features to one type
            features = (*declared[name].features, *features)
        declared[name] = Type(name, _said(element, "supertypeName") or TOP, features)
    return Types(declared)


def _range(element: Element) -> str:
    """``uima.cas.FSArray`` with an element type is an array of that type."""
    held, of = _said(element, "rangeTypeName"), _said(element, "elementType")
    return f"{of}[]" if held == "uima.cas.FSArray" and of else held


def _said(element: Element, name: str) -> str:
    return (element.findtext(f"{_NAMESPACE}{name}") or "").strip()
