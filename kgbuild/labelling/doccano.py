"""doccano: span types and relation types for a project of sequence labelling with relations, imported under Labels, Import Labels.

doccano has neither attributes nor arguments nor links: a statement's stance is its label (Denial, Accusation …), a role is a relation.
A shortcut is one digit or letter, for one label only; the labels nearest the top of the tree get one.
"""

from __future__ import annotations

import json
import string
from typing import Any

from kgbuild.labelling.colours import colours
from kgbuild.labelling.labelset import LabelSet

_KEYS = string.digits[1:] + string.ascii_lowercase
#: doccano cuts nothing off: a longer name is refused
_LONGEST = 100


class Doccano:
    """Writes the label files of a doccano project."""

    name = "doccano"

    def files(self, labels: LabelSet) -> dict[str, bytes]:
        """File name -> content."""
        shades = colours(labels)
        depths: dict[str, int] = {}
        for label in labels.labels:
            depths[label.name] = depths[label.parent] + 1 if label.parent else 0
        spans = [name for name in labels.marked() if len(name) <= _LONGEST]
        keys = dict(zip(sorted(spans, key=lambda name: depths[name]), _KEYS, strict=False))
        return {
            "span-types.json": _write([_type(name, keys.get(name), shades[name], "#000000") for name in spans]),
            "relation-types.json": _write([_type(name, None, "#505050", "#ffffff") for name in labels.arcs() if len(name) <= _LONGEST]),
        }


TOOL = Doccano()


def _type(name: str, key: str | None, background: str, text: str) -> dict[str, Any]:
    return {"text": name, "prefix_key": None, "suffix_key": key, "background_color": background, "text_color": text}


def _write(types: list[dict[str, Any]]) -> bytes:
    return (json.dumps(types, ensure_ascii=False, indent=1) + "\n").encode()
