"""SPARQL that does not parse is said in words that help."""

from __future__ import annotations

import pytest

from kgbuild.errors import QueryError
from kgbuild.stores import EmbeddedStore
from kgbuild.stores.syntax import undeclared


@pytest.mark.parametrize(
    ("sparql", "message", "hint"),
    [
        ("SELECT * {\n ?s a kg:State }", "line 2, column 7: the prefix kg: is not declared", "begin with PREFIX kg: <https://w3id.org/kgbuild/ontology#>"),
        ("ASK { ?s mine:p ?o }", "line 1, column 10: the prefix mine: is not declared", "begin with PREFIX mine: <…>"),
        ("ASK { ?s :p ?o }", "line 1, column 10: the prefix : is not declared", "begin with PREFIX : <…>"),
        ("SELECT ?x { ?x ?y ?z FILTER(?x = ) }", "line 1, column 37: expected one of ABS, ", ""),
        ("ASK { ?s ?p \"kg:State }", "line 1, column", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(sparql: str, message: str, hint: str) -> None:
    with EmbeddedStore.open(None) as store, pytest.raises(QueryError) as raised:
        store.query(sparql)
    said = str(raised.value).partition("does not parse: ")[2]
    assert said.startswith(message), said
    assert len(said) < 120
    assert (raised.value.hint or "") == hint


@pytest.mark.parametrize(
    "sparql",
    [
        "PREFIX kg: <urn:k#> ASK { ?s a kg:State ; kg:p _:b }", "prefix : <urn:k#> ASK { ?s :p \"a:b\" } # c:d", "ASK { <a:b> ?p 'x:y' }",
        "ASK { <http://exa mple/x> ?p ?o }", "ASK { ?s ?p \"unended kg:x }",
    ],
)  # fmt: skip
def test_nothing_is_called_undeclared_that_is_no_prefix(sparql: str) -> None:
    assert undeclared(sparql) is None
