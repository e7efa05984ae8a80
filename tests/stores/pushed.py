"""A store to be pushed, small and with everything in it, and what it means that another one holds the same."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from kgbuild.iris import DATA, KG
from kgbuild.stores import Address, ArticleGraph, EmbeddedStore, Store, open_store
from kgbuild.stores.remote.comparing import canonical
from kgbuild.stores.remote.contents import CONTENT

from .servers import Running  # noqa: TID252 - the tests are no installed package
from .small import MEETING, MOSCOW, TITLE, article, iri, lines_of, mention  # noqa: TID252

XSD = "http://www.w3.org/2001/XMLSchema#"
OWN = ("ontology", "reference", "links", "inferred", "derived", "runs")


def numbered(number: int, *, version: int = 1) -> ArticleGraph:
    """An article whose facts are its own, but for two that all say."""
    name = f"a{number}"
    own = {f'<{DATA}event/{name}-{n}> <{KG}name> "{n} în {version}"@ro' for n in range(8)}
    value = f'<{DATA}event/{name}> <{KG}amount> "{number}.50"^^<{XSD}decimal>'
    return article(name, {*own, value, MEETING, TITLE}, [mention(name, n) for n in range(5)], version=version)


def make(folder: Path, articles: int = 12) -> Path:
    """A store on disk."""
    with EmbeddedStore.open(folder, create=True) as store:
        store.set_graphs({
            "ontology": [f'<{KG}Event> <http://www.w3.org/2000/01/rdf-schema#label> "event"@en'],
            "reference": [MOSCOW, *(f'<{DATA}state/S{n}> <{KG}name> "state {n}"' for n in range(40))],
            "derived": [f'<{DATA}assessment/{n}> <{KG}status> "{n}"' for n in range(9)],
            "inferred": [f"<{DATA}event/e1> <{KG}involves> <{DATA}state/RUS>"],
        }, meta={"ontology": "h1", "reference": "h2"})  # fmt: skip
        runs = [f"<{iri(f'a{n}')}> <http://www.w3.org/ns/prov#wasGeneratedBy> <{DATA}run/1>" for n in range(articles)]
        store.put([numbered(n) for n in range(articles)], [*runs, f'<{DATA}run/1> <{KG}version> "1"'])
    return folder


def check_same(near: Path, address: Address) -> None:
    """Both stores hold the same, in every graph; and the default graph is true."""
    with EmbeddedStore.open(near, read_only=True) as one, open_store(address, read_only=True) as other:
        assert said(other) == said(one)
        ours = {name for name in one.graph_names() if name.startswith(one.base) and one.size(name)}
        assert set(other.graph_names()) == ours
        for name in ours - {one.graphs.records}:
            assert said(other, name) == said(one, name), name
        records = {line for line in lines_of(other, one.graphs.records) if f"<{CONTENT}>" not in line}
        assert records == lines_of(one, one.graphs.records)
        assert other.is_true()


def said(store: Store, graph: str | None = None) -> set[str]:
    """The lines of a graph, each in the one form of what it says: 1.50 is 1.5 to some engines, ours among them."""
    return set(map(canonical, lines_of(store, graph)))


def through(proxy: str, place: Running, folder: Path) -> Address:
    """The address of a server behind a proxy, with credentials that lie in a folder."""
    secrets = None
    if place.credentials is not None:
        text = place.credentials.read_text().replace(place.url, proxy).replace('"token"', f'"{place.folder / "token"}"')
        secrets = folder / "credentials.toml"
        secrets.write_text(text)
    return Address(proxy + urlsplit(place.url).path[1:], credentials=secrets)
