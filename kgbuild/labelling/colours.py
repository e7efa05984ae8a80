"""Colours of labels: one hue for each tree and each branch below its top, the same for the same ontology, light enough for black text."""

from __future__ import annotations

import colorsys

from kgbuild.labelling.labelset import Label, LabelSet

#: part of the colour circle that belongs to each tree: where it begins, and how wide it is
_ARCS = {"Entity": (0.25, 0.42), "Value": (0.12, 0.06), "Topic": (0.20, 0.03), "Event": (0.00, 0.10), "Statement": (0.74, 0.20)}


def colours(labels: LabelSet) -> dict[str, str]:
    """The colour of each label, ``#rrggbb``."""
    parents = {label.name: label.parent for label in labels.labels}
    found: dict[str, str] = {}
    for root, (begin, width) in _ARCS.items():
        own = [label for label in labels.labels if label.root == root]
        branches = list(dict.fromkeys(_branch(label, parents) for label in own))
        for label in own:
            place = branches.index(_branch(label, parents)) / max(len(branches), 1)
            red, green, blue = colorsys.hls_to_rgb(begin + width * place, 0.80, 0.65)
            found[label.name] = f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
    return found


def _branch(label: Label, parents: dict[str, str | None]) -> str:
    """The label below the top of the tree that a label belongs to; the top itself for the top."""
    name = label.name
    while (above := parents[name]) is not None and parents[above] is not None:
        name = above
    return name
