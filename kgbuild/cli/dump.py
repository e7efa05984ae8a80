"""``kgbuild dump``: write the store's contents as RDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild import iris
from kgbuild.cli import options, outputs
from kgbuild.errors import QueryError

if TYPE_CHECKING:
    from kgbuild.stores import Place, Store

#: those of kgbuild.stores.FORMATS, not imported for a --help; a test keeps the two equal
FORMATS = ("nq", "trig", "jsonld", "ttl", "nt", "rdf")

#: those of kgbuild.exporting.FORMATS
OWL_FORMATS = ("rdf", "owl", "ttl", "nt")

_PIPE = "write to standard output and compress there: kgbuild dump … | {} > FILE"
_ANSWERS = "tables are answers to queries: kgbuild query transfers --format csv"
_NOT_WRITTEN = "it is not written; choose one with --format"
#: suffixes that promise what a dump does not write under that name -> what to do
PROMISES = {
    "owl": "an ontology for Protégé is written with --for protege, one graph as RDF/XML with --format rdf",
    **dict.fromkeys(("owx", "ofn", "omn", "obo"), "an ontology for Protégé is written with --for protege, as FILE.owl or FILE.ttl"),
    **dict.fromkeys(("xml", "rdfs"), "RDF/XML is FILE.rdf, or --format rdf"),
    **dict.fromkeys(("json", "json-ld"), "JSON-LD is FILE.jsonld, or --format jsonld"),
    **dict.fromkeys(("n3", "turtle"), "Turtle is FILE.ttl, or --format ttl"),
    **dict.fromkeys(("nquads", "n-quads"), "N-Quads are FILE.nq, or --format nq"),
    **dict.fromkeys(("ntriples", "n-triples"), "N-Triples are FILE.nt, or --format nt"),
    **dict.fromkeys(("csv", "tsv", "xlsx", "ods", "parquet"), _ANSWERS),
    **dict.fromkeys(("jsonl", "ndjson", "yaml", "yml", "hdt", "trix", "graphml", "gexf", "dot", "html", "sql"), _NOT_WRITTEN),
    **{suffix: _PIPE.format(tool) for suffix, tool in (("gz", "gzip"), ("bz2", "bzip2"), ("xz", "xz"), ("zst", "zstd"), ("zip", "zip -"))},
}


@click.command("dump")
@options.store_or_url
@click.option("--graph", metavar="IRI", help="Only this graph: an IRI, a CURIE (data:article/…), or the name of one of the store's own.")
@click.option("--format", type=click.Choice(FORMATS), help="Without it: that of FILE's suffix, else nq.")
@click.option("--for", "for_", type=click.Choice(("protege",)), help="One OWL 2 DL document of ontology and articles: rdf, ttl or nt.")
@click.option("--article", "articles", multiple=True, metavar="ID", help="With --for: only this article; repeatable. Without: all.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Without it, or with -: standard output.")
def command(
    *, store: Place, graph: str | None, format: str | None, for_: str | None, articles: tuple[str, ...], output: Path | None
) -> int:
    """Write the store's contents as RDF.

    N-Quads (nq), TriG and JSON-LD hold all graphs; Turtle (ttl), N-Triples (nt) and RDF/XML (rdf) hold one: without --graph, the
    default graph, which is the knowledge graph. The store's own graphs are ontology, reference, links, inferred, derived, runs and
    records; the last two are written only when named. Lines come in no particular order.

    --for protege writes the ontology, what the articles say and the reference things that they name as one ontology for Protégé,
    reasoners and owlready2: RDF/XML (FILE.owl, FILE.rdf), Turtle or N-Triples. Days become xsd:dateTime; mentions, sentences and
    look-up keys stay out.
    """
    suffix = output.suffix.removeprefix(".").lower() if output else ""
    if format is None and suffix in PROMISES and not (for_ and suffix in OWL_FORMATS):
        formats = OWL_FORMATS if for_ else FORMATS
        raise click.UsageError(f"{output}: a dump has no form called .{suffix}: {PROMISES[suffix]} (formats: {', '.join(formats)})")
    if for_ is not None:
        return _for_protege(store, articles, output, format or suffix, graph=graph)
    if articles:
        raise click.UsageError("--article goes with --for protege; the graph of an article is --graph data:article/ID")
    from kgbuild.stores import open_store

    with open_store(store, read_only=True) as opened, outputs.writing(output) as stream:
        opened.dump(stream, format or (suffix if suffix in FORMATS else "nq"), graph=graph and _graph(opened, graph))
    return 0


def _for_protege(store: Place, articles: tuple[str, ...], output: Path | None, format_: str, *, graph: str | None) -> int:
    """Write an OWL document, in the format named or that of the file's suffix, else RDF/XML."""
    if graph is not None:
        raise click.UsageError("--graph does not go with --for protege, which takes articles: --article ID")
    if format_ in set(FORMATS) - set(OWL_FORMATS):
        raise click.UsageError(f"{format_} is no format for --for protege: an ontology is written as rdf, ttl or nt (FILE.owl is RDF/XML)")
    from kgbuild.pipeline.protege import dump_for_protege
    from kgbuild.stores import open_store

    with open_store(store, read_only=True) as opened, outputs.writing(output) as stream:
        written = dump_for_protege(opened, stream, format_ if format_ in OWL_FORMATS else "rdf", articles)
    click.echo(f"{output or 'standard output'}: the ontology with {written:,} article{'' if written == 1 else 's'}", err=True)
    return 0


def _graph(store: Store, name: str) -> str:
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
