"""Small articles, and what a store says of itself, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild.iris import DATA, KG
from kgbuild.stores import ArticleGraph, Store

MOSCOW = f"<{DATA}state/RUS> <{KG}participant> <{DATA}place/moscow>"
MEETING = f"<{DATA}event/e1> <{KG}participant> <{DATA}state/RUS>"
TITLE = f'<{DATA}event/e1> <http://www.w3.org/2000/01/rdf-schema#label> "întâlnire \\"la vârf\\" 😀"@ro'


def iri(name: str) -> str:
    return f"{DATA}article/{name}"


def mention(name: str, begin: int = 0) -> str:
    return f'<{iri(name)}#char={begin},{begin + 3}> <{KG}begin> "{begin}"^^<http://www.w3.org/2001/XMLSchema#integer>'


def article(
    name: str, facts: Iterable[str] = (MEETING,), details: Iterable[str] | None = None, *, version: int = 1, built_with: str = "b1"
) -> ArticleGraph:
    """An article with a mention, unless other details are given; ``version`` makes its record and fingerprint."""
    lines = (mention(name),) if details is None else details
    record = f'[{{"id":"{name}","version":{version}}}]'.encode()
    return ArticleGraph(iri(name), frozenset(facts), frozenset(lines), record, f"{name} {version} {built_with}", built_with)


def lines_of(store: Store, graph: str | None = None) -> set[str]:
    """The lines of the default graph, or of a named one, as the store gives them.

    Where the default graph is the union, the graph meant is what it would be, were it one of its own.
    """
    if graph is None and store.is_union:
        return set(map(str, store.triples_of("")))
    pattern = "?s ?p ?o" if graph is None else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
    return {f"{s} {p} {o}" for s, p, o in store.query(f"SELECT ?s ?p ?o {{ {pattern} }}")}  # type: ignore[misc]
