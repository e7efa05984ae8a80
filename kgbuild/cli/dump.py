"""``kgbuild dump``: write the store's contents as RDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild import iris
from kgbuild.cli import options, outputs
from kgbuild.errors import QueryError

if TYPE_CHECKING:
    from kgbuild.stores import EmbeddedStore

#: those of kgbuild.stores.FORMATS, not imported for a --help; a test keeps the two equal
FORMATS = ("nq", "trig", "jsonld", "ttl", "nt", "rdf")


@click.command("dump")
@options.store
@click.option("--graph", metavar="IRI", help="Only this graph: an IRI, a CURIE (data:article/…), or the name of one of the store's own.")
@click.option("--format", type=click.Choice(FORMATS), help="Without it: what FILE ends with, else nq.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Without it, or with -: standard output.")
def command(*, store: Path, graph: str | None, format: str | None, output: Path | None) -> int:
    """Write the store's contents as RDF.

    N-Quads (nq), TriG and JSON-LD hold all graphs; Turtle (ttl), N-Triples (nt) and RDF/XML (rdf) hold one: without --graph, the
    default graph, which is the knowledge graph. The store's own graphs are ontology, reference, links, inferred, derived, runs and
    records; the last two are written only when named. Lines come in no particular order.
    """
    from kgbuild.stores import EmbeddedStore

    suffix = output.suffix.removeprefix(".") if output else ""
    with EmbeddedStore.open(store, read_only=True) as opened, outputs.writing(output) as stream:
        opened.dump(stream, format or (suffix if suffix in FORMATS else "nq"), graph=graph and _graph(opened, graph))
    return 0


def _graph(store: EmbeddedStore, name: str) -> str:
    """Find a graph by what was typed. Raises QueryError where there is none."""
    from kgbuild.stores import MERGED, UNMERGED

    own = (*MERGED, *UNMERGED)
    if name in own:
        return name
    iri = iris.expand(name, base=store.base)
    if iri is None or not bool(store.query(f"ASK {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")):
        articles = "kgbuild query articles --format csv lists those of articles"
        raise QueryError(f"the store has no graph “{name}”", hint=f"its own graphs: {', '.join(own)}; {articles}")
    return iri
