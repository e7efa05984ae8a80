"""No value can change a query: over every parameter of every bundled query, hostile strings are refused or stand as one value.

A value goes through two doors. A person's goes through the type of its parameter, which asks the store what it names; a term goes
straight into the text. Behind both doors the query must keep the shape that it has with an ordinary value: the same algebra, with one
term at the place of the parameter.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier, Variable

from kgbuild import binding, literals
from kgbuild.answers import prepare
from kgbuild.errors import QueryError
from kgbuild.parameters import TYPES
from kgbuild.query import Param, Query, load_queries
from kgbuild.resources import read_bundled

QUERIES = load_queries(read_bundled("queries", ".rq"))
PLACES = [pytest.param(query, param, id=f"{query.name}-{param.name}") for query in QUERIES.values() for param in query.params]
SAMPLE = Path(__file__).with_name("answers") / "sample.trig"

#: values that mean something in the sample, by type of parameter
ORDINARY = {
    "state": "BOR", "agent": "BOR", "outlet": "Herald", "mission": "Embassy of Borvia in Cestia", "place": "Borgrad", "item": "missile",
    "statement": "data:statement/thanks", "thing": "data:event/x1", "article": "data:article/a1", "person": "Petra Vale", "status": "contested", "stance": "denies", "policy": "latest-position", "register": "unroca",
    "language": "ro", "since": "2024-01", "until": "2024-03", "day": "2024-01-16", "days": "2024-01", "integer": "30",
}  # fmt: skip
PIECES = [
    '"', "'", '"""', "'''", "\\", "\\\\", '\\"', "\\u0022", "\n", "\r", "\t", "\x00", "\x1f", "\x7f", "\u2028", "\ud800", "\U0001f600",
    "}", "{", "} UNION { ?s ?p ?o }", "} ; DROP ALL ; #", "#", "#? state", "<", ">", "<http://x/a> . ?s ?p ?o", "<http://x/ y>", "?x", "$state",
    "_:b0", " ", ".", ";", "^^<http://x>", "@en", ")", "(", "FILTER(true)", "SERVICE <http://x> {}", "http://x/", "data:", "kg:", "%22", "a" * 50_000,
]  # fmt: skip
HOSTILE = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join),
    st.text(max_size=30),
    st.tuples(st.sampled_from(sorted(ORDINARY.values())), st.sampled_from(PIECES)).map("".join),
)
WORST = '" } UNION { ?s ?p ?o } #'
MANY = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@cache
def _store() -> ox.Store:
    store = ox.Store()
    store.load(SAMPLE.read_bytes(), ox.RdfFormat.TRIG)
    return store


def _ask(sparql: str) -> ox.QuerySolutions:
    """Ask the sample. What is no SELECT, or does not parse, is no question that kgbuild may send: it fails the test."""
    solutions = _store().query(sparql, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


def _shape(part: object) -> object:
    """The algebra with every term the same; variables keep their names."""
    if isinstance(part, CompValue):
        return (part.name, *((key, _shape(part[key])) for key in sorted(part) if key != "_vars"))
    if isinstance(part, Variable):
        return str(part)
    if isinstance(part, Identifier):
        return "term"
    if isinstance(part, dict):
        return tuple((key, _shape(part[key])) for key in sorted(part))
    if isinstance(part, list | tuple):
        return tuple(map(_shape, part))
    return "term" if isinstance(part, int | float | str) else type(part).__name__


def _parsed(sparql: str) -> object:
    return _shape(translateQuery(parseQuery(sparql)).algebra)


def _values(query: Query, param: Param, value: str) -> dict[str, str]:
    """Values for what the query requires, and this one."""
    return {other.name: ORDINARY[other.type] for other in query.params if other.required} | {param.name: value}


@cache
def _expected(name: str, param: str) -> object:
    query = QUERIES[name]
    return _parsed(prepare(query, _values(query, query.param(param), ORDINARY[query.param(param).type]), _ask))


def _bound(bind: Callable[[], str]) -> str | None:
    try:
        return bind()
    except QueryError:
        return None


def test_every_type_of_a_bundled_parameter_has_an_ordinary_value() -> None:
    assert {param.type for query in QUERIES.values() for param in query.params} <= set(ORDINARY) <= set(TYPES)


@pytest.mark.parametrize(("query", "param"), PLACES)
@MANY
@given(HOSTILE)
@example(WORST)
@example('BOR" } UNION { ?s ?p ?o } #')
@example("<http://x/> } #")
@example("kg:#")
@example("http://x/%zz")
@example("\ud800")
def test_what_a_person_gives_is_refused_or_bound_as_one_value(query: Query, param: Param, value: str) -> None:
    text = _bound(lambda: prepare(query, _values(query, param, value), _ask))
    if text is not None:
        assert _parsed(text) == _expected(query.name, param.name)
        _ask(text)


@pytest.mark.parametrize(("query", "param"), PLACES)
@MANY
@given(HOSTILE, st.sampled_from(["literal", "tagged", "iri", "raw"]))
@example(WORST, "literal")
@example(WORST, "iri")
@example('"x" } UNION { ?s ?p ?o } #', "raw")
@example("<http://x/a> . ?s ?p ?o", "raw")
def test_a_term_is_refused_or_bound_as_one_value(query: Query, param: Param, value: str, how: str) -> None:
    terms = {other.name: "<urn:x:1>" for other in query.params if other.required or other.default}
    given_term = {
        "literal": lambda: literals.string(value),
        "tagged": lambda: literals.string(value, "ro"),
        "iri": lambda: f"<urn:x:{value}>",
        "raw": lambda: value,
    }[how]()
    text = _bound(lambda: query.bind(terms | {param.name: given_term}))
    if text is not None:
        ordinary = query.bind(terms | {param.name: '"x"' if given_term.startswith('"') else "<urn:x:1>"})
        assert _tokens(text) == _tokens(ordinary)


def _tokens(sparql: str) -> list[str]:
    """The tokens of a query, with every term the same; a literal is one, with its tag or type."""
    kinds: list[str] = []
    for token in binding.tokens(sparql):
        if token.kind == "lang":
            continue
        if token.kind != "comment":
            kinds.append("term" if token.kind in ("string", "iri") else token.text)
    return kinds
