"""Configurations of annotation tools, written from the ontology: what is annotated with them needs no mapping.

:func:`gather` reads what annotators may write; a :class:`Tool` writes it as its tool imports it.
"""

from __future__ import annotations

from importlib import import_module

from kgbuild.labelling.gathering import gather
from kgbuild.labelling.labelset import LabelSet
from kgbuild.labelling.tool import Tool

__all__ = ["TOOLS", "LabelSet", "Tool", "gather", "tool"]

#: tool -> module that holds its writer as ``TOOL``; imported when first needed
TOOLS = {name: f"kgbuild.labelling.{name}" for name in ("brat", "labelstudio", "inception", "doccano", "prodigy")}


def tool(name: str) -> Tool:
    """The writer of one tool's configuration, by a name of :data:`TOOLS`."""
    found: Tool = import_module(TOOLS[name]).TOOL
    return found
