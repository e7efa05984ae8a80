"""The header key ``graph``: how the rows of a query are nodes and edges.

Either ``edges``, a list of what each row draws between its own columns:

    - {from: supplier, to: recipient, data: [transfers, status], label: [status]}
    - {from: owner, to: outlet, property: kg:owns, gather: [article]}

``data``: columns that the edge carries (rows that agree in them draw one edge); ``gather``: columns whose values one edge collects from
all its rows; ``label``: which of these are written on the edge; ``property``: the property of the ontology that the edge stands for.

Or ``chain``, where a row is a node and the store knows what links them:

    chain: {node: [statement, article], within: article, link: kg:conveys, label: [speaker, stance]}

``node``: the columns that name the row's thing, the first that is not empty; ``within``: rows that agree here make one chain; ``link``:
the property that leads back along it; ``label``: what is written on a node.

``directed: false`` beside either: the edges have no direction.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from kgbuild.errors import QueryError
from kgbuild.iris import expand

_KEYS = {"edges", "chain", "directed"}
_EDGE_KEYS = {"from", "to", "property", "data", "gather", "label"}
_CHAIN_KEYS = {"node", "within", "link", "label"}


@dataclass(frozen=True, slots=True)
class EdgeView:
    """An edge that each row draws, from one column to another; ``property`` is an IRI, or empty."""

    source: str
    target: str
    property: str = ""
    data: tuple[str, ...] = ()
    gather: tuple[str, ...] = ()
    label: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainView:
    """Rows that are nodes, linked by a property (IRI) of the store."""

    node: tuple[str, ...]
    within: str
    link: str
    label: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphView:
    """How rows are a graph: edges of each row, or a chain of rows."""

    edges: tuple[EdgeView, ...] = ()
    chain: ChainView | None = None
    directed: bool = True


def parse_graph(value: Any, columns: Collection[str], file: str) -> GraphView:
    """Read the key's value. Raises QueryError: an unknown key or column, or neither edges nor a chain."""
    fields = _fields(value, _KEYS, "graph", file)
    directed = fields.get("directed", "true")
    if directed not in ("true", "false"):
        raise QueryError(f"{file}: graph: directed is true or false, not “{directed}”")
    if ("edges" in fields) == ("chain" in fields):
        raise QueryError(f"{file}: graph has either edges or a chain")
    chain = _chain(fields["chain"], columns, file) if "chain" in fields else None
    written = fields.get("edges", [])
    if not isinstance(written, list) or not (written or chain):
        raise QueryError(f"{file}: graph: edges must be a list, one entry per edge that a row draws")
    edges = tuple(_edge(item, columns, file) for item in written)
    return GraphView(edges, chain, directed == "true")


def _edge(item: Any, columns: Collection[str], file: str) -> EdgeView:
    fields = _fields(item, _EDGE_KEYS, "graph: an edge", file)
    if not {"from", "to"} <= fields.keys():
        raise QueryError(f"{file}: graph: an edge is {{from: column, to: column, …}}, not {item}")
    (source,), (target,) = (_columns(fields, key, columns, file) for key in ("from", "to"))
    data, gather, label = (_columns(fields, key, columns, file) for key in ("data", "gather", "label"))
    for name in label:
        if name not in (*data, *gather):
            raise QueryError(f"{file}: graph: label {name} must be among the edge's data or gather")
    return EdgeView(source, target, _property(fields, "property", file) if "property" in fields else "", data, gather, label)


def _chain(item: Any, columns: Collection[str], file: str) -> ChainView:
    fields = _fields(item, _CHAIN_KEYS, "graph: chain", file)
    if not {"node", "within", "link"} <= fields.keys():
        raise QueryError(f"{file}: graph: a chain is {{node: columns, within: column, link: property, …}}, not {item}")
    node, (within,), label = (_columns(fields, key, columns, file) for key in ("node", "within", "label"))
    return ChainView(node, within, _property(fields, "link", file), label)


def _fields(value: Any, keys: set[str], what: str, file: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise QueryError(f"{file}: {what} must be key: value pairs, of {', '.join(sorted(keys))}")
    if unknown := sorted(map(str, value.keys() - keys)):
        raise QueryError(f"{file}: {what} has an unknown key “{unknown[0]}”", hint=f"its keys: {', '.join(sorted(keys))}")
    return value


def _columns(fields: dict[str, Any], key: str, columns: Collection[str], file: str) -> tuple[str, ...]:
    """Read one column or a list of them; ``from``, ``to`` and ``within`` take one."""
    value = fields.get(key, [])
    names = tuple(map(str, value)) if isinstance(value, list) else (str(value),)
    if key in ("from", "to", "within") and len(names) != 1:
        raise QueryError(f"{file}: graph: {key} takes one column")
    for name in names:
        if name not in columns:
            raise QueryError(f"{file}: graph: {key} names {name}, which is no column", hint=f"columns: {', '.join(columns)}")
    return names


def _property(fields: dict[str, Any], key: str, file: str) -> str:
    iri = expand(str(fields[key]))
    if iri is None:
        raise QueryError(f"{file}: graph: {key} is a CURIE or an IRI, not “{fields[key]}”")
    return iri
