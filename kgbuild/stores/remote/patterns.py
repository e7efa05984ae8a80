"""Looks for quads, many in one request: patterns of the same shape are rows of one VALUES."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pyoxigraph as ox

from kgbuild.stores.remote.client import Client
from kgbuild.stores.remote.paging import rows
from kgbuild.stores.remote.transport import shown

#: subject, predicate, object, graph; None: any
Pattern = tuple[Any, Any, Any, Any]
_NAMES = ("s", "p", "o")


def fetch(client: Client, patterns: Iterable[Pattern], is_ours: Callable[[str], bool]) -> dict[Pattern, tuple[ox.Quad, ...]]:
    """The quads of each pattern; each has an entry. Patterns without a graph look into named graphs only."""
    shapes: dict[tuple[bool, ...], list[Pattern]] = {}
    for pattern in patterns:
        graph = pattern[3]
        shape = (*(term is not None for term in pattern[:3]), graph is None, isinstance(graph, ox.DefaultGraph))
        shapes.setdefault(shape, []).append(pattern)
    found: dict[Pattern, tuple[ox.Quad, ...]] = {}
    for alike in shapes.values():
        size = client.profile.values
        for start in range(0, len(alike), size):
            found |= _fetch(client, alike[start : start + size], is_ours)
    return found


def _fetch(client: Client, patterns: list[Pattern], is_ours: Callable[[str], bool]) -> dict[Pattern, tuple[ox.Quad, ...]]:
    """The quads of patterns of one shape, by one query; or by several where the store limits rows."""
    first = patterns[0]
    bound = [name for name, term in zip(_NAMES, first, strict=False) if term is not None]
    free = [name for name in _NAMES if name not in bound]
    in_default, anywhere = isinstance(first[3], ox.DefaultGraph), first[3] is None
    if not in_default:
        (free if anywhere else bound).append("g")
    places = [_NAMES.index(name) if name != "g" else 3 for name in bound]
    group = "?s ?p ?o" if in_default else "GRAPH ?g { ?s ?p ?o }"
    distinct = "DISTINCT " if in_default and client.profile.is_union else ""
    variables = " ".join(f"?{name}" for name in ("n", *free))
    if client.profile.many == "values":
        lines = "\n".join(f"({number} {' '.join(str(pattern[place]) for place in places)})" for number, pattern in enumerate(patterns))
        group = f"VALUES (?n {' '.join(f'?{name}' for name in bound)}) {{\n{lines}\n}}\n{group}"
    else:
        group = "\nUNION ".join(f"{{ {_written(group, pattern)} BIND({number} AS ?n) }}" for number, pattern in enumerate(patterns))
    select = f"SELECT {distinct}{variables} WHERE {{\n{group}\n}}"
    answers: list[list[ox.Quad]] = [[] for _ in patterns]
    for row in rows(client.query, select, client.profile.row_limit, where=shown(client.addresses.query)):
        number = int(row["n"].value)
        subject, predicate, term, graph = patterns[number]
        name = row["g"] if anywhere else graph
        if anywhere and not is_ours(name.value):
            continue
        parts = {"s": subject, "p": predicate, "o": term}
        subject, predicate, term = (row[each] if value is None else value for each, value in parts.items())
        answers[number].append(ox.Quad(subject, predicate, term, name))
    return {pattern: tuple(quads) for pattern, quads in zip(patterns, answers, strict=True)}


def _written(group: str, pattern: Pattern) -> str:
    """A group with the terms of a pattern in place of variables."""
    for name, term in zip((*_NAMES, "g"), pattern, strict=True):
        if term is not None and not isinstance(term, ox.DefaultGraph):
            group = group.replace(f"?{name} ", f"{term} ", 1) if name != "o" else group.replace("?o", str(term), 1)
    return group
