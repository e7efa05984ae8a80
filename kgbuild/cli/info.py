"""``kgbuild info``: describe what there is: the ontology, the queries, the readers, the store."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild import __version__
from kgbuild.cli import options, outputs
from kgbuild.errors import QueryError

if TYPE_CHECKING:
    from kgbuild.stores import Place, Store

TOPICS = ("ontology", "queries", "readers", "store")


@click.command("info")
@click.argument("topic", required=False, type=click.Choice(TOPICS), metavar="[ontology|queries|readers|store]")
@click.argument("name", required=False, metavar="[NAME]")
@options.store_or_url
@options.ontology
@click.option("--check", is_flag=True, help="Compare the store's default graph with what the other graphs say; reads everything.")
def command(*, topic: str | None, name: str | None, store: Place, ontology: Path | None, check: bool) -> int:
    """Describe the ontology, the queries, the readers or the store; without a topic, all in brief.

    NAME is a class, role or concept of the ontology in any of its spellings, a query, or a format.
    """
    if topic == "ontology":
        outputs.write(_ontology(ontology, name))
    elif topic == "queries":
        outputs.write(_queries(name))
    elif topic == "readers":
        outputs.write(_readers(name))
    elif name is not None:
        raise click.UsageError("the store takes no NAME: say where it is with --store")
    elif topic == "store":
        outputs.write(_store(store, check=check))
    else:
        outputs.write(_brief(store, ontology))
    return 0


def _brief(store: Place, ontology: Path | None) -> Iterator[str]:
    from kgbuild.pipeline import load_ontology
    from kgbuild.query import load_queries
    from kgbuild.readers import listing
    from kgbuild.resources import read_bundled
    from kgbuild.stores import store_exists

    terms = load_ontology(ontology)
    yield f"kgbuild   {__version__}\n"
    yield f"ontology  {len(terms.classes)} classes, {len(terms.properties)} properties, {len(terms.concepts)} concepts\n"
    yield f"queries   {', '.join(load_queries(read_bundled('queries', '.rq')))}\n"
    yield f"readers   {', '.join(reader.name for reader in listing() if hasattr(reader, 'name'))}\n"
    yield f"store     {store}{'' if store_exists(store) else ' (none there yet: kgbuild load PATH)'}\n"


def _ontology(folder: Path | None, name: str | None) -> Iterator[str]:
    from kgbuild.cli.terms import Terms
    from kgbuild.pipeline import load_ontology

    terms = Terms(load_ontology(folder))
    return terms.describe(name) if name else terms.listing()


def _queries(name: str | None) -> Iterator[str]:
    from kgbuild.parameters import TYPES
    from kgbuild.query import find_query, load_queries
    from kgbuild.resources import read_bundled

    queries = load_queries(read_bundled("queries", ".rq"))
    if name is None:
        widest = max(map(len, queries))
        yield from (f"{query.name:<{widest}}  {query.summary}\n" for query in queries.values())
        return
    query = find_query(queries, name)
    yield f"{query.name}: {query.summary}\n\n{query.description}\n"
    if query.params:
        yield "\nParameters\n"
    for param in query.params:
        notes = ["required"] if param.required else [f"default {param.default}"] if param.default else []
        notes += [f"such as {param.example}"] if param.example else []
        yield f"  {param.name:<18}{param.means}{' (' if notes else ''}{'; '.join(notes)}{')' if notes else ''}\n"
        yield f"  {'':<18}{TYPES[param.type].means}\n"
    yield "\nColumns\n"
    for column in query.columns:
        yield f"  {column.name:<18}{column.means}\n"


def _readers(name: str | None) -> Iterator[str]:
    from kgbuild.document import Problem
    from kgbuild.readers import listing

    found = list(listing())
    readers = {reader.name: reader for reader in found if not isinstance(reader, Problem)}
    if name is not None and name not in readers:
        near = difflib.get_close_matches(name, readers, n=1)
        meant = f"; did you mean “{near[0]}”?" if near else ""
        raise QueryError(f"no reader “{name}”{meant}", hint=f"there are: {', '.join(readers)}")
    for reader in readers.values():
        if name in (None, reader.name):
            about = (type(reader).__doc__ or "").partition("\n")[0]
            yield f"{reader.name:<14}{', '.join(reader.suffixes):<18}{about}\n"
    for problem in found:
        if isinstance(problem, Problem):
            click.echo(problem.message, err=True)


def _store(path: Place, *, check: bool) -> Iterator[str]:
    from kgbuild.stores import open_store

    with open_store(path, read_only=True) as store:
        counts = store.counts()
        yield f"{'place':<12}{path}\n"
        yield f"{'base':<12}{store.base}\n"
        yield f"{'articles':<12}{counts.articles:>12,}\n"
        yield f"{'triples':<12}{counts.triples:>12,}  in the default graph\n"
        yield f"{'quads':<12}{counts.quads:>12,}  in all graphs\n"
        for name, size in counts.graphs.items():
            yield f"{'  ' + name:<12}{size:>12,}\n"
        if said := _decisions(store):
            yield f"{'decisions':<12}{said}\n"
        if not counts.articles:
            yield "the store holds no article yet: kgbuild load PATH\n"
        if check:
            yield f"{'checked':<12}the default graph is {'what' if store.is_true() else 'NOT what'} the other graphs say\n"


def _decisions(store: Store) -> str:
    """How many decisions on links the store holds, by verdict."""
    from kgbuild.decisions import VERDICTS
    from kgbuild.pipeline.decisions import kept

    decisions = kept(store)
    counted = [f"{count:,} {verdict}" for verdict in VERDICTS if (count := sum(1 for _ in decisions.of_verdict(verdict)))]
    return f"{len(decisions):>12,}  on links: {', '.join(counted)}" if counted else ""
