"""Mermaid flowcharts, which GitHub, GitLab and many editors draw. Source: mermaid.js.org, syntax of flowcharts and entity codes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kgbuild.networks.building import Data, Network
from kgbuild.result import Column

#: what Mermaid draws unless it is configured otherwise: maxEdges, maxTextSize
MOST_EDGES, MOST_TEXT = 500, 50_000
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: characters that are markup inside a quoted label -> their entity codes. A label of letters, digits and these is read as text
_CODES = {mark: f"#{ord(mark)};" for mark in '#&"<>`*_\\[]{}|~$:/@%'}


def mermaid(network: Network) -> Iterator[str]:
    """Write a network as a flowchart, a line at a time."""
    if network.title:
        yield f"---\ntitle: {json.dumps(_plain(network.title), ensure_ascii=False)}\n---\n"
    yield "flowchart LR\n"
    if not network.nodes:
        yield "  %% no rows\n"
    ids = {key: f"n{number}" for number, key in enumerate(network.nodes)}
    for key, node in network.nodes.items():
        told = _lines(node.data, node.told, network.columns)
        lines = [_text(node.label), *told] if node.ends or not told else told
        yield f'  {ids[key]}["{"<br/>".join(lines)}"]\n'
    arrow = "-->" if network.directed else "---"
    for edge in network.edges:
        lines = ([_text(edge.name)] if edge.name else []) + _lines(edge.data, edge.label, network.columns)
        written = f'|"{"<br/>".join(lines)}"|' if lines else ""
        yield f"  {ids[edge.source]} {arrow}{written} {ids[edge.target]}\n"


def too_large(network: Network, text: str) -> str:
    """Say why Mermaid, as it is shipped, refuses to draw a network; empty if it does not."""
    if len(network.edges) > MOST_EDGES:
        return f"{len(network.edges):,} edges: Mermaid draws {MOST_EDGES} unless its maxEdges is raised"
    if len(text) > MOST_TEXT:
        return f"{len(text):,} characters: Mermaid reads {MOST_TEXT:,} unless its maxTextSize is raised"
    return ""


def _lines(data: Data, names: tuple[str, ...], columns: dict[str, Column]) -> list[str]:
    """Write columns, one a line: things and texts as they are, numbers and dates after the column's name."""
    lines = []
    for name in names:
        values = ", ".join(dict.fromkeys(cell.label or cell.value for cell in data.get(name, ())))
        if values:
            lines.append(_text(f"{name} {values}" if columns[name].kind in ("integer", "date") else values))
    return lines


def _plain(text: str) -> str:
    return _OVERRIDES.sub("", _UNSAFE.sub(" ", text)).strip()


def _text(text: str) -> str:
    return "".join(_CODES.get(char, char) for char in _plain(text)) or " "
