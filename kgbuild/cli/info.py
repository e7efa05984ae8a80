"""``kgbuild info``: describe what there is: the ontology, the queries, the readers, the schemes, the store."""

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
    from kgbuild.networks.view import GraphView
    from kgbuild.plotting.view import PlotView
    from kgbuild.schemes.rules import Rule
    from kgbuild.stores import Place, Store

TOPICS = ("ontology", "queries", "readers", "schemes", "store")


@click.command("info")
@click.argument("topic", required=False, type=click.Choice(TOPICS), metavar="[ontology|queries|readers|schemes|store]")
@click.argument("name", required=False, metavar="[NAME]")
@options.store_or_url
@options.ontology
@click.option("--check", is_flag=True, help="Compare the store's default graph with what the other graphs say; reads everything.")
def command(*, topic: str | None, name: str | None, store: Place, ontology: Path | None, check: bool) -> int:
    """Describe the ontology, the queries, the readers, the schemes or the store; without a topic, all in brief.

    NAME is a class, role or concept of the ontology in any of its spellings, a query, a format, or a scheme or its file.
    """
    if topic == "ontology":
        outputs.write(_ontology(ontology, name))
    elif topic == "queries":
        outputs.write(_queries(name))
    elif topic == "readers":
        outputs.write(_readers(name))
    elif topic == "schemes":
        outputs.write(_schemes(name))
    elif name is not None:
        raise click.UsageError("the store takes no NAME: say where it is with --store")
    elif topic == "store":
        outputs.write(_store(store, check=check))
    else:
        outputs.write(_brief(store, ontology))
    return 0


def _brief(store: Place, ontology: Path | None) -> Iterator[str]:
    from kgbuild.pipeline import load_ontology
    from kgbuild.pipeline.preparing import shipped_schemes
    from kgbuild.query import load_queries
    from kgbuild.readers import listing
    from kgbuild.resources import read_bundled
    from kgbuild.stores import store_exists

    terms = load_ontology(ontology)
    yield f"kgbuild   {__version__}\n"
    yield f"ontology  {len(terms.classes)} classes, {len(terms.properties)} properties, {len(terms.concepts)} concepts\n"
    yield f"queries   {', '.join(load_queries(read_bundled('queries', '.rq')))}\n"
    yield f"readers   {', '.join(reader.name for reader in listing() if hasattr(reader, 'name'))}\n"
    yield f"schemes   {', '.join(shipped_schemes())}\n"
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
    if query.graph is not None or query.plot is not None:
        yield "\nForms, beside those of every query\n"
    if query.graph is not None:
        yield f"  {'graph':<18}--format graphml, --format mermaid: {_drawn(query.graph)}\n"
    if query.plot is not None:
        yield f"  {'picture':<18}--plot FILE.svg, --plot FILE.png: {_plotted(query.plot)}\n"


def _drawn(view: GraphView) -> str:
    """What of a row is a node, and what an edge."""
    if view.chain is not None:
        return f"a chain of {' and '.join(view.chain.node)}, for each {view.chain.within}"
    arrow = " → " if view.directed else " – "
    return ", ".join(f"{edge.source}{arrow}{edge.target}" for edge in view.edges)


def _plotted(view: PlotView) -> str:
    """What the picture shows."""
    if view.kind == "timeline":
        return f"a timeline from {view.one('from')} to {view.one('to')}, a lane for each {view.one('lane')}"
    if view.kind == "months":
        return f"{', '.join(view.columns['y'])} by {view.one('x')}"
    return f"{view.one('y')} by {', '.join(view.columns['label'])}"


def _readers(name: str | None) -> Iterator[str]:
    from kgbuild.document import Problem
    from kgbuild.readers import listing
    from kgbuild.readers.conventions import SUBJECTS

    found = list(listing())
    readers = {reader.name: reader for reader in found if not isinstance(reader, Problem)}
    if name is not None and name not in readers:
        near = difflib.get_close_matches(name, readers, n=1)
        meant = f"; did you mean “{near[0]}”?" if near else ""
        raise QueryError(f"no reader “{name}”{meant}", hint=f"there are: {', '.join(readers)}")
    for reader in readers.values():
        if name in (None, reader.name):
            about = (type(reader).__doc__ or "").partition("\n")[0]
            yield f"{reader.name:<14}{', '.join(reader.suffixes):<22}{about}\n"
            if name is not None:
                conventions = sorted(getattr(reader, "conventions", ()), key=lambda one: SUBJECTS.index(one.what))
                yield from (f"  {convention.what:<12}{convention.how}\n" for convention in conventions)
    for problem in found:
        if isinstance(problem, Problem):
            click.echo(problem.message, err=True)


def _schemes(name: str | None) -> Iterator[str]:
    from kgbuild.pipeline.preparing import find_scheme, shipped_schemes

    if name is None:
        for scheme in shipped_schemes().values():
            yield f"{scheme.name:<14}{len(scheme.rules):>4} rules  {scheme.about}\n"
        return
    scheme = find_scheme(name)
    yield f"{scheme.name}: {scheme.about}\n" if scheme.about else f"{scheme.name}\n"
    if scheme.role_prefix is not None:
        yield f"off the front of every role: {scheme.role_prefix.expression}\n"
    rows = [("kind", "label", "context", "when", "term"), *map(_rule, scheme.rules)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"


def _rule(rule: Rule) -> tuple[str, ...]:
    label = rule.label.pattern + (f"={rule.value.pattern}" if rule.value is not None else "")
    when = "&".join(f"{one.role}={'|'.join(glob.pattern for glob in one.alternatives)}" for one in rule.when)
    return rule.kind, label, rule.context.pattern if rule.kind in ("role", "attr") else "", when, rule.term


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
        if store.is_updated:
            yield f"{'updated':<12}by SPARQL since the last load --rebuild, which makes the default graph what the other graphs say\n"
        if check:
            yield f"{'checked':<12}the default graph is {'what' if store.is_true() else 'NOT what'} the other graphs say\n"


def _decisions(store: Store) -> str:
    """How many decisions on links the store holds, by verdict."""
    from kgbuild.decisions import VERDICTS
    from kgbuild.pipeline.decisions import kept

    decisions = kept(store)
    counted = [f"{count:,} {verdict}" for verdict in VERDICTS if (count := sum(1 for _ in decisions.of_verdict(verdict)))]
    return f"{len(decisions):>12,}  on links: {', '.join(counted)}" if counted else ""
