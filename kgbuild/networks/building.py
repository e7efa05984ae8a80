"""From an answer to a network: nodes by what they name, edges by what they carry.

A row whose source or target is empty draws no edge; what stands in the other column is a node all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

import pyoxigraph as ox

from kgbuild.labels import labels
from kgbuild.networks.view import ChainView, EdgeView, GraphView
from kgbuild.result import Ask, Cell, Column, Result, Term

#: statements asked about at once
_BATCH = 1000
#: column -> its cells, of all rows that an edge or a node stands for, each once
Data = dict[str, list[Cell]]


@dataclass(slots=True)
class Node:
    """A thing, or a text where a column holds one: ``key`` is its IRI or the text, ``label`` what is read.

    ``told``: the columns that are written on it, in place of its label, or beneath it if ``ends`` a chain.
    """

    key: str
    iri: str
    label: str
    data: Data = field(default_factory=dict)
    told: tuple[str, ...] = ()
    ends: bool = False


@dataclass(slots=True)
class Edge:
    """From one node's key to another's; ``name`` is the label of the property, ``label`` the columns that are written on it."""

    source: str
    target: str
    name: str = ""
    data: Data = field(default_factory=dict)
    label: tuple[str, ...] = ()


@dataclass(slots=True)
class Network:
    """A graph: nodes by key and edges, both in the order in which the rows bring them.

    ``columns`` are those of the answer, by name.
    """

    nodes: dict[str, Node]
    edges: list[Edge]
    directed: bool
    columns: dict[str, Column]
    title: str = ""


def network(result: Result, view: GraphView, ask: Ask, lang: str = "en", *, title: str = "") -> Network:
    """Draw the rows of an answer as their query's header says.

    ``ask`` and ``lang`` are for the labels of properties and, in a chain, for what links its rows.
    """
    made = Network({}, [], view.directed, {column.name: column for column in result.columns}, title=title)
    rows = [dict(zip(made.columns, row, strict=True)) for row in result.rows]
    if view.chain is not None:
        _chained(made, rows, view.chain, ask)
        return made
    names = labels({edge.property for edge in view.edges if edge.property} if rows else (), ask, lang)
    known: dict[tuple[object, ...], Edge] = {}
    for row in rows:
        for edge in view.edges:
            _draw(made, row, edge, names, known)
    return made


def _draw(made: Network, row: Mapping[str, Cell], view: EdgeView, names: Mapping[str, str], known: dict[tuple[object, ...], Edge]) -> None:
    sources, targets = (_nodes(made, row[name]) for name in (view.source, view.target))
    for source, target in product(sources, targets):
        key = (source, target, view.property, *(row[name] for name in view.data))
        edge = known.get(key)
        if edge is None:
            edge = known[key] = Edge(source, target, names.get(view.property, ""), label=view.label)
            made.edges.append(edge)
        _gather(edge.data, row, (*view.data, *view.gather))


def _nodes(made: Network, cell: Cell) -> list[str]:
    """Make a node of each term in a cell; returns their keys."""
    for term, label in zip(cell.terms, cell.labels or ("",) * len(cell.terms), strict=True):
        made.nodes.setdefault(term.value, _node(term, label))
    return [term.value for term in cell.terms]


def _node(term: Term, label: str) -> Node:
    return Node(term.value, term.value if isinstance(term, ox.NamedNode) else "", label or term.value)


def _gather(data: Data, row: Mapping[str, Cell], columns: Iterable[str]) -> None:
    for name in columns:
        cells = data.setdefault(name, [])
        if row[name].terms and row[name] not in cells:
            cells.append(row[name])


def _chained(made: Network, rows: list[dict[str, Cell]], view: ChainView, ask: Ask) -> None:
    """Make a node of each row, and an edge to what takes it on: from the end of the link that was first."""
    chains: dict[str, dict[str, None]] = {}
    ends: dict[str, list[str]] = {}
    for row in rows:
        column = next((name for name in view.node if row[name].terms), None)
        if column is None:
            continue
        (key,) = _nodes(made, row[column])[:1]
        chain = row[view.within].value
        made.nodes[key].told, made.nodes[key].ends = view.label, column != view.node[0]
        _gather(made.nodes[key].data, row, [name for name in made.columns if name != column])
        if column == view.node[0]:
            chains.setdefault(chain, {})[key] = None
        elif key not in ends.setdefault(chain, []):
            ends[chain].append(key)
    links = _links(list(dict.fromkeys(key for chain in chains.values() for key in chain)), view.link, ask)
    drawn: dict[tuple[str, str], None] = {}
    for chain, keys in chains.items():
        within = [(first, later) for later in keys for first in links.get(later, ()) if first in keys]
        taken_on = {first for first, _later in within}
        drawn |= dict.fromkeys(sorted(within, key=lambda pair: list(keys).index(pair[0])))
        drawn |= {(key, end): None for key in keys if key not in taken_on for end in ends.get(chain, ())}
    made.edges += [Edge(source, target) for source, target in drawn]


def _links(things: list[str], property_: str, ask: Ask) -> dict[str, list[str]]:
    """Ask what each thing leads to by a property."""
    found: dict[str, list[str]] = {}
    for start in range(0, len(things), _BATCH):
        listed = " ".join(f"<{iri}>" for iri in things[start : start + _BATCH])
        for row in ask(f"SELECT DISTINCT ?later ?first WHERE {{ VALUES ?later {{ {listed} }} ?later <{property_}> ?first }}"):
            found.setdefault(row["later"].value, []).append(row["first"].value)
    return found
