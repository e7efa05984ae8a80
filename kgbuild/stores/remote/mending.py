"""Mends what a writer left unfinished when it was broken off between two requests.

Graph ``records`` names the graphs that it was about to write. What an article's graph must hold is kept with its record; the store's own
graphs are compared anew by every load; and what the default graph must hold follows from the others.
"""

from __future__ import annotations

from tempfile import TemporaryDirectory

import pyoxigraph as ox

from kgbuild.stores import article as kept
from kgbuild.stores import meta as metadata
from kgbuild.stores.difference import Difference
from kgbuild.stores.graphs import Graphs
from kgbuild.stores.remote import changing
from kgbuild.stores.remote.database import RemoteDatabase

_DEFAULT = ox.DefaultGraph()
_WRITTEN = ox.NamedNode(kept.WRITTEN)


def mend(database: RemoteDatabase, graphs: Graphs) -> bool:
    """Mend a store, if there is anything to mend; claim that there was. What was inferred is then worked out anew by the next load."""
    records = ox.NamedNode(graphs.records)
    notes = [quad.object for quad in database.quads_for_pattern(records, ox.NamedNode(changing.UNFINISHED[1:-1]), None, records)]
    if not notes:
        return False
    named = set().union(*(changing.unfinished_graphs(note.value) for note in notes if isinstance(note, ox.Literal)))
    for graph in sorted(graph for graph in named if graph and graphs.is_article(graph)):
        _restore(database, graphs, graph)
    difference = Difference()
    metadata.write(difference, database, graphs, {metadata.INFERRED_BY: "", "ontology": ""})  # both are brought up to date anew
    changing.change(database, graphs, difference.removed, difference.added)
    if not database.is_union:
        merge_again(database, graphs)
    for note in notes:
        database.update(f"DELETE DATA {{ GRAPH <{graphs.records}> {{ <{graphs.records}> {changing.UNFINISHED} {note} }} }}")
    return True


def _restore(database: RemoteDatabase, graphs: Graphs, article: str) -> None:
    """Let an article's graph hold what its record says; without one, nothing."""
    records = ox.NamedNode(graphs.records)
    found = [quad.object for quad in database.quads_for_pattern(ox.NamedNode(article), _WRITTEN, None, records)]
    if len(found) == 1 and isinstance(found[0], ox.Literal):
        facts, details = kept.unpack_lines(article, found[0].value)
        database.add(article, sorted(facts | details), replace=True)
        return
    # none, or the old one and the new: the next load, which compares fingerprints, writes it anew
    database.client.drop_graph(article)
    database.update(f"DELETE WHERE {{ GRAPH <{graphs.records}> {{ <{article}> ?p ?o }} }}")


def merge_again(database: RemoteDatabase, graphs: Graphs) -> tuple[int, int]:
    """Let the default graph hold what the others say. Reads everything; on disk meanwhile. Returns how many triples came and left."""
    with TemporaryDirectory(prefix="kgbuild-") as place:
        wanted = ox.Store(place)
        for graph in database.named_graphs():
            if graph.value not in (graphs.runs, graphs.records):
                quads = database.quads_for_pattern(None, None, None, graph)
                said = (quad.triple for quad in quads if graphs.says(graph.value, str(quad.triple)))
                wanted.bulk_extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in said)
        gone: list[str] = []
        for quad in database.quads_for_pattern(None, None, None, _DEFAULT):
            if quad in wanted:
                wanted.remove(quad)
            else:
                gone.append(str(quad.triple))
        changing.remove(database, "", gone)
        came = len(wanted)
        database.add("", (str(quad.triple) for quad in wanted))
        del wanted
    return came, len(gone)
