"""GraphML, for Gephi, yEd, Cytoscape, networkx and igraph. Source: GraphML Primer and schema 1.1, http://graphml.graphdrawing.org.

Nodes have ``label`` and ``iri``; columns of the answer are data under their own names, with a ``…Label`` beside a column of things, as
in csv. Ids are counted, since the schema wants NMTOKENs, which IRIs are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from kgbuild.networks.building import Data, Network
from kgbuild.result import SEPARATOR, Column

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd">
"""
#: what XML 1.0 cannot hold, not even escaped
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INTEGER = re.compile(r"-?[0-9]{1,18}")


def graphml(network: Network) -> Iterator[str]:
    """Write a network, piece by piece."""
    nodes = [{"label": node.label, "iri": node.iri, **_values(node.data, network.columns)} for node in network.nodes.values()]
    edges = [{"label": edge.name, **_values(edge.data, network.columns)} for edge in network.edges]
    yield _HEAD
    keys: dict[tuple[str, str], str] = {}
    for domain, records in (("node", nodes), ("edge", edges)):
        for name in dict.fromkeys(name for record in records for name, value in record.items() if value):
            keys[domain, name] = key = f"d{len(keys)}"
            whole = all(_INTEGER.fullmatch(record[name]) for record in records if record.get(name))
            column = network.columns.get(name)
            kind = "long" if whole and column is not None and column.kind == "integer" else "string"
            yield f'  <key id="{key}" for="{domain}" attr.name="{_text(name)}" attr.type="{kind}"/>\n'
    yield f'  <graph id="G" edgedefault="{"directed" if network.directed else "undirected"}">\n'
    if network.title:
        yield f"    <desc>{_text(network.title)}</desc>\n"
    ids = {key: f"n{number}" for number, key in enumerate(network.nodes)}
    for key, record in zip(network.nodes, nodes, strict=True):
        yield f'    <node id="{ids[key]}">\n'
        yield from _data(record, "node", keys)
        yield "    </node>\n"
    for number, (edge, record) in enumerate(zip(network.edges, edges, strict=True)):
        yield f'    <edge id="e{number}" source="{ids[edge.source]}" target="{ids[edge.target]}">\n'
        yield from _data(record, "edge", keys)
        yield "    </edge>\n"
    yield "  </graph>\n</graphml>\n"


def _values(data: Data, columns: dict[str, Column]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, cells in data.items():
        values[name] = SEPARATOR.join(cell.value for cell in cells)
        if columns[name].has_label:
            values[f"{name}Label"] = SEPARATOR.join(cell.label or cell.value for cell in cells)
    return values


def _data(record: dict[str, str], domain: str, keys: dict[tuple[str, str], str]) -> Iterable[str]:
    return (f'      <data key="{keys[domain, name]}">{_text(value)}</data>\n' for name, value in record.items() if value)


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text), {'"': "&quot;", "\r": "&#13;"})
