"""SPARQL updates change the graphs they name and no other; the store says that it was updated so, and load --rebuild makes it true again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kgbuild.iris import DATA, KG, graph
from kgbuild.pipeline import LoadOptions, rebuild
from kgbuild.stores import EmbeddedStore
from tests.conftest import Kgbuild

if TYPE_CHECKING:
    from tests.serving.conftest import Serve, Server

ARTICLE = "SELECT ?a { GRAPH ?a { ?a a <https://w3id.org/kgbuild/ontology#Article> } } ORDER BY ?a LIMIT 1"
SIZES = "SELECT ?g (COUNT(*) AS ?n) { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o BIND('default' AS ?g) } } GROUP BY ?g"
OWN = ("ontology", "inferred")
MINE = f"<{DATA}state/PRK> <{KG}participant> <{DATA}state/RUS>"


@pytest.fixture
def server(serve: Serve, articles_store: Path, token_file: Path) -> Iterator[Server]:
    """A writable server of the shipped articles; their store is this test's own."""
    started = serve(articles_store, "--update", "--token-file", str(token_file))
    yield started
    started.stop()


def _rebuild(store: Path) -> list[str]:
    return rebuild(store, LoadOptions(), on_problem=lambda _: None, on_progress=lambda _: None).notes


def _quads(store: Path) -> set[str]:
    """What the store says, but who loaded what and when."""
    with EmbeddedStore.open(store, read_only=True) as opened:
        rows = opened.select("SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
        return {" ".join(map(str, row)) for row in rows if row[3] != ox.NamedNode(opened.graphs.runs)}


def test_an_update_changes_the_graphs_that_it_names(server: Server) -> None:
    def changed(update: str) -> dict[str, int]:
        before = dict(server.values(SIZES))
        reply = server.update(update)
        assert reply.status == 204, reply.text
        after = dict(server.values(SIZES))
        return {name: int(after.get(name, 0)) - int(before.get(name, 0)) for name in before | after if before.get(name) != after.get(name)}

    (article,) = server.values(ARTICLE)[0]
    assert changed("INSERT DATA { <urn:s> <urn:p> 1 }") == {"default": 1}
    assert changed(f"INSERT DATA {{ GRAPH <urn:mine> {{ {MINE} }} }}") == {"urn:mine": 1}
    assert changed(f"INSERT DATA {{ GRAPH <{article}> {{ {MINE} }} }}") == {article: 1}
    assert changed(f"DELETE WHERE {{ GRAPH <{article}> {{ {MINE} }} }}") == {article: -1}
    assert changed("DELETE { ?s ?p ?o } INSERT { GRAPH <urn:moved> { ?s ?p ?o } } WHERE { ?s <urn:p> ?o . ?s ?p ?o }") == {
        "default": -1,
        "urn:moved": 1,
    }
    assert changed("CLEAR GRAPH <urn:moved>") == {"urn:moved": -1}


@pytest.mark.long
def test_the_store_says_that_it_was_updated_until_it_is_rebuilt(server: Server, articles_store: Path, kgbuild: Kgbuild) -> None:
    for text, status in (("INSERT DATA { ", 400), ("LOAD <http://127.0.0.1:9/>", 403), ("DROP GRAPH <urn:none>", 409)):
        assert server.update(text).status == status
    assert not (articles_store / "updated").exists()  # for nothing was
    assert (
        server.update(f"INSERT DATA {{ GRAPH <urn:mine> {{ {MINE} . [] <urn:p> <<( <urn:a> <urn:b> 'c' )>> }} <urn:s> <urn:p> 1 }}").status
        == 204
    )
    server.stop()
    assert "load --rebuild" in kgbuild("info", "store", "--store", articles_store).output
    assert "is NOT what the other graphs say" in kgbuild("info", "store", "--check", "--store", articles_store).output
    done = kgbuild("load", "--rebuild", "--store", articles_store)
    assert done.exit_code == 0, done.output
    assert "after SPARQL updates, the default graph is true again: 2 triples came, 1 left" in done.output
    said = kgbuild("info", "store", "--check", "--store", articles_store).output
    assert "load --rebuild" not in said
    assert "is what the other graphs say" in said
    with EmbeddedStore.open(articles_store, read_only=True) as opened:
        assert bool(opened.query(f"ASK {{ {MINE} GRAPH <urn:mine> {{ {MINE} }} FILTER NOT EXISTS {{ <urn:s> ?p ?o }} }}"))


@pytest.mark.long
@pytest.mark.parametrize(
    "updates",
    [
        ["CLEAR DEFAULT", f"DROP GRAPH <{graph('inferred')}>"],
        [
            f"DELETE {{ ?s ?p ?o }} WHERE {{ ?s a <{KG}Meeting> ; ?p ?o }}",
            *(
                f"INSERT DATA {{ GRAPH <{own}> {{ _:b <{KG}participant> <<( <urn:a> <urn:b> _:b )>> . {MINE} }} }}"
                for own in map(graph, OWN)
            ),
            f"INSERT DATA {{ _:b a <{KG}Meeting> ; <urn:p> <<( <urn:a> <urn:b> 'c' )>> }}",
        ],
        [f"CLEAR GRAPH <{graph('ontology')}> ; CLEAR GRAPH <{graph('reference')}>"],
    ],
    ids=["all that follows", "this and that", "ontology and reference"],
)
def test_rebuilding_restores_what_updates_broke(articles_store: Path, updates: list[str]) -> None:
    before = _quads(articles_store)
    with EmbeddedStore.open(articles_store) as store:
        for update in updates:
            store.update(update)
        assert store.is_updated
    _rebuild(articles_store)
    with EmbeddedStore.open(articles_store) as store:
        assert store.is_true()
        assert not store.is_updated
    assert _quads(articles_store) == before


@pytest.mark.long
def test_what_is_said_in_a_graph_of_ones_own_is_reasoned_with(articles_store: Path) -> None:
    with EmbeddedStore.open(articles_store) as store:
        store.update(f"INSERT DATA {{ GRAPH <urn:mine> {{ <urn:m> a <{KG}Meeting> . _:b a <{KG}Meeting> }} }}")
    _rebuild(articles_store)
    with EmbeddedStore.open(articles_store) as store:
        assert bool(store.query(f"ASK {{ <urn:m> a <{KG}Meeting>, <{KG}Event> }}"))
        size = store.counts().quads
    with EmbeddedStore.open(articles_store) as store:
        store.update("INSERT DATA {}")
    _rebuild(articles_store)
    with EmbeddedStore.open(articles_store) as store:
        assert store.counts().quads == size


@pytest.mark.long
def test_a_store_whose_graphs_were_all_dropped_is_a_store(
    serve: Serve, tmp_path: Path, token_file: Path, kgbuild: Kgbuild, articles: Path
) -> None:
    store, base = tmp_path / "store", "https://example.org/id/"
    EmbeddedStore.open(store, create=True, base=base).close()
    for _ in range(2):
        server = serve(store, "--update", "--token-file", str(token_file))
        assert server.update("DROP ALL").status == 204
        assert server.values("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }") == []
        server.stop()
    assert base in kgbuild("info", "store", "--store", store).output
    reader = serve(store)
    assert reader.values("SELECT * { ?s ?p ?o }") == []
    reader.stop()
    done = kgbuild("load", "--store", store, min(articles.rglob("*.jsonl")))
    assert done.exit_code in (0, 1), done.output
    with EmbeddedStore.open(store) as opened:
        assert opened.base == base
        assert opened.is_true()
