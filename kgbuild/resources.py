"""What ships with kgbuild beside its code: the ontology, the queries, the reference data, the schemes.

In the wheel they lie in ``kgbuild/share``; in a checkout, at the top level. Callers read them through :class:`Traversable`, never through
a path: inside a zip there is none.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

Folder = Literal["ontology", "queries", "reference", "schemes", "shapes", "store-rules"]

#: where each folder lies in a checkout, from its top; in the wheel they keep their names, and what lies in another lies in it there too
_IN_CHECKOUT = {
    "ontology": "ontology",
    "queries": "queries",
    "reference": "data/reference",
    "schemes": "data/schemes",
    "shapes": "ontology/shapes",
    "store-rules": "ontology/shapes/store",
}
_IN_WHEEL = {"shapes": "ontology/shapes", "store-rules": "ontology/shapes/store"}


def bundled(folder: Folder) -> Traversable:
    """Find a shipped folder: inside the wheel, else in the checkout."""
    inside = files("kgbuild").joinpath("share", *_IN_WHEEL.get(folder, folder).split("/"))
    return inside if inside.is_dir() else Path(__file__).parents[1] / _IN_CHECKOUT[folder]


def read_bundled(folder: Folder, suffix: str) -> dict[str, bytes]:
    """Read the files of a shipped folder that end so, by name, in the order of their names; subfolders are left alone."""
    entries = sorted(bundled(folder).iterdir(), key=lambda entry: entry.name)
    return {entry.name: entry.read_bytes() for entry in entries if entry.name.endswith(suffix) and entry.is_file()}
