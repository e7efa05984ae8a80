"""What people decided on a thing: the decisions of graph ``links`` that name it, or a thing that is the same by others."""

from __future__ import annotations

from kgbuild.explanation.asking import Asking, text_of
from kgbuild.iris import compress

_SAME = "(owl:sameAs|^owl:sameAs)"
_SAID = {
    "owl:sameAs": "By decision one with {other}",
    "owl:differentFrom": "By decision not {other}",
    "kg:unsureWhetherSameAs": "A person was unsure whether it is {other}",
}


def decided(thing: str, asking: Asking) -> list[str]:
    """Say in sentences what was decided on a thing (IRI), with the notes."""
    graph = f"{asking.base}graph/links"
    members = {row[0] for row in asking.rows(f"GRAPH <{graph}> {{ <{thing}> {_SAME}* ?m }}", "m")} | {f"<{thing}>"}
    listed = " ".join(sorted(members))
    found: dict[str, None] = {}
    for said, words in _SAID.items():
        note = f"OPTIONAL {{ ?n owl:annotatedSource ?a ; owl:annotatedProperty {said} ; owl:annotatedTarget ?b ; kg:note ?note }}"
        pattern = f"GRAPH <{graph}> {{ ?a {said} ?b . {note} }} VALUES ?m {{ {listed} }} FILTER(?a = ?m || ?b = ?m)"
        for one, other, written in asking.rows(pattern, "a", "b", "note"):
            if (other == f"<{thing}>") if said == "owl:sameAs" else (one not in members):
                one, other = other, one
            through = "" if one == f"<{thing}>" else f" (through {compress(one[1:-1], base=asking.base)})"
            named = compress(other[1:-1], base=asking.base)
            label = asking.say(other)
            shown = named if label == named else f"{label}, {named}"
            found[words.format(other=shown) + through + (f": “{text_of(written)}”" if written else "") + "."] = None
    return list(found)
