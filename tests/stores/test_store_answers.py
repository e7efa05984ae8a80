"""The same articles in every kind of store: the same dump, the same answers to all bundled queries, and the same after a change."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from kgbuild.answers import answer
from kgbuild.query import Query, load_queries
from kgbuild.resources import read_bundled
from kgbuild.stores import Store, open_store
from kgbuild.stores.remote.pushing import push
from kgbuild.stores.remote.store import RemoteStore

from .conftest import FAR, Servers  # noqa: TID252 - the tests are no installed package

QUERIES = load_queries(read_bundled("queries", ".rq"))
Rows = list[tuple[tuple[str, ...], ...]]


@pytest.fixture(scope="module")
def near(_articles_store: Path) -> Iterator[Store]:
    """The shipped articles on this machine."""
    with open_store(_articles_store, read_only=True) as store:
        yield store


@pytest.fixture(scope="module", params=FAR)
def far(request: pytest.FixtureRequest, near: Store, servers: Servers) -> Iterator[RemoteStore]:
    """The shipped articles in a store elsewhere."""
    server = servers(request.param)
    server.clear()
    assert push(near, server.address).wrong == {}
    with RemoteStore.open(server.address, read_only=True) as store:
        yield store


def dumped(store: Store, format_: str) -> list[bytes]:
    output = BytesIO()
    store.dump(output, format_)
    return sorted(output.getvalue().splitlines())


def asked(query: Query) -> list[frozenset[str]]:
    """What to ask a query with: its required parameters; each optional one that has an example beside them; and all of these."""
    required = frozenset(param.name for param in query.params if param.required)
    optional = [param.name for param in query.params if not param.required and param.example]
    return list(dict.fromkeys([required, *(required | {name} for name in optional), required | set(optional)]))


CASES = {f"{query.name}-{'-'.join(sorted(names)) or 'nothing'}": (query, names) for query in QUERIES.values() for names in asked(query)}


def values(query: Query, near: Store, names: frozenset[str]) -> dict[str, str]:
    """The examples of some parameters; of statements and things, one that is there."""
    found = {}
    for param in query.params:
        if param.name in names:
            found[param.name] = param.example
        if param.name in names and not param.example:
            (row, *_) = near.select("SELECT ?s { ?s a <https://w3id.org/kgbuild/ontology#Statement> } ORDER BY ?s LIMIT 1")
            found[param.name] = row[0].value
    return found


def rows(query: Query, given: dict[str, str], store: Store) -> Rows:
    result = answer(query, given, store.select, base=store.base)
    return [tuple((cell.value, cell.label) for cell in row) for row in result.rows]


def test_the_dump_is_the_same(near: Store, far: RemoteStore) -> None:
    assert dumped(far, "nt") == dumped(near, "nt")
    assert dumped(far, "nq") == dumped(near, "nq")


#: Jena 5.5 and 5.6 fail where one side of a hash join is empty (its issue 3516, mended in 5.7). What comes instead is an error, and no row.
FAULTS = {
    ("fuseki", "unanchored"): "HTTP 500: this.hashTable is null",
    ("virtuoso", "near-sanctioned"): "no rows: FILTER EXISTS within OPTIONAL does not see the variables outside",
}


@pytest.mark.parametrize(("query", "names"), CASES.values(), ids=CASES)
def test_a_bundled_query_gives_the_same_rows(
    request: pytest.FixtureRequest, near: Store, far: RemoteStore, query: Query, names: frozenset[str]
) -> None:
    if reason := FAULTS.get((far.database.client.profile.name, query.name)):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    given = values(query, near, names)
    assert rows(query, given, far) == rows(query, given, near)


def test_the_queries_find_something(near: Store) -> None:
    """Or nothing would be compared."""
    empty = [name for name, query in QUERIES.items() if not rows(query, values(query, near, asked(query)[0]), near)]
    assert len(empty) <= 3, empty
