"""Who else says it: before a triple leaves the default graph, the other graphs are asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pyoxigraph as ox

from kgbuild.stores.database import Database
from kgbuild.stores.graphs import Graphs

#: from this many lines on, asking by subject first is worth the query that it takes
_MANY = 20
#: subjects asked for in one query; keeps its text below a megabyte
_BATCH = 5000


def said_elsewhere(store: Database, graphs: Graphs, leaving: Mapping[str, Collection[str]]) -> set[str]:
    """Find the lines that some graph still says as a fact. ``leaving``: line -> the graphs that say it no more, one at least.

    What is inferred is said by nobody: graph ``inferred`` does not count.

    First by subject, which settles all that is an article's own; then by line. Every look ends at the first graph that fits, so that
    a line which fifty thousand articles say costs no more than one of two (listing them all in one query: 127 ms). A look takes
    20–50 µs: in a full replacement 3 ms for 170 lines, where asking for each line takes 5.
    """
    asked = leaving if len(leaving) < _MANY else _on_known_subjects(store, graphs, leaving)
    found: set[str] = set()
    for line, triple in zip(asked, _triples(asked), strict=True):
        for quad in store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None):
            graph = quad.graph_name
            if isinstance(graph, ox.DefaultGraph) or graph.value == graphs.inferred or graph.value in leaving[line]:
                continue
            if graphs.says(graph.value, line):
                found.add(line)
                break
    return found


def _on_known_subjects(store: Database, graphs: Graphs, leaving: Mapping[str, Collection[str]]) -> list[str]:
    """The lines on whose subject a graph says anything at all, other than one that the line leaves and ``inferred``."""
    subjects: dict[str, str] = {}
    for line, gone in leaving.items():
        subjects.setdefault(line.partition(" ")[0], next(iter(gone)))
    known: set[str] = set()
    pairs = list(subjects.items())
    for start in range(0, len(pairs), _BATCH):
        asked = pairs[start : start + _BATCH]
        values = "\n".join(f"({number} {subject} <{graph}>)" for number, (subject, graph) in enumerate(asked))
        exists = f"FILTER EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != ?a && ?g != <{graphs.inferred}>) }}"
        rows = store.query(f"SELECT ?n {{ VALUES (?n ?s ?a) {{\n{values}\n}} {exists} }}")
        known.update(asked[int(number.value)][0] for (number,) in rows)  # type: ignore[union-attr]
    return [line for line in leaving if line.partition(" ")[0] in known]


def _triples(lines: Collection[str]) -> list[ox.Triple]:
    quads = ox.parse("".join([f"{line} .\n" for line in lines]), ox.RdfFormat.N_TRIPLES, lenient=True) if lines else ()
    return [quad.triple for quad in quads]
