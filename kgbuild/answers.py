"""Answers: a query and a person's values in, rows of terms with labels out."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kgbuild.iris import DATA
from kgbuild.labels import labels
from kgbuild.parameters import resolve
from kgbuild.passages import passages
from kgbuild.query import Query
from kgbuild.result import SEPARATOR, Ask, Cell, Column, Kind, Result, Term, is_iri

_XSD = "http://www.w3.org/2001/XMLSchema#"
_KINDS: dict[str, Kind] = {_XSD + "date": "date", _XSD + "integer": "integer"}


def prepare(query: Query, values: Mapping[str, str], ask: Ask, lang: str = "en", *, base: str = DATA) -> str:
    """Write the SPARQL that answers a query for these values; it runs as it stands on any endpoint.

    Args:
        query: what to ask.
        values: parameter -> what the person gave; defaults are added.
        ask: sends a SELECT query to the store, which resolves names.
        lang: the language of names in messages.
        base: the base IRI of the store's data.

    Raises:
        QueryError: an unknown or missing parameter, or a value that means nothing, several things, or something of another type.
    """
    query.check_given(dict(values))
    given = {param.name: param.default for param in query.params if param.default is not None} | dict(values)
    terms = {name: resolve(query.param(name).type, value, ask, name=name, lang=lang, base=base) for name, value in given.items()}
    return query.bind(terms)


def answer(query: Query, values: Mapping[str, str], ask: Ask, lang: str = "en", *, base: str = DATA) -> Result:
    """Ask a query and label what comes back. Arguments and errors are those of :func:`prepare`."""
    return label_rows(ask(prepare(query, values, ask, lang, base=base)), ask, lang, query=query)


def label_rows(solutions: ox.QuerySolutions, ask: Ask, lang: str = "en", *, query: Query | None = None) -> Result:
    """Turn solutions into rows of cells, with labels in the language wanted.

    Columns are the query's; where it declares none, those of the solutions, each of the kind that its values show.
    """
    names = [variable.value for variable in solutions.variables]
    found: list[list[Term | None]] = [[_term(term) for term in solution] for solution in solutions]
    if query is not None and query.columns:
        columns = query.columns
        order = [names.index(column.name) if column.name in names else None for column in columns]
        found = [[None if index is None else row[index] for index in order] for row in found]
    else:
        columns = tuple(Column(name, _kind(row[index] for row in found)) for index, name in enumerate(names))
    cells = [[_members(term, column) for term, column in zip(row, columns, strict=True)] for row in found]
    named = labels({term.value for row in cells for cell in row for term in cell if isinstance(term, ox.NamedNode)}, ask, lang)
    rows = tuple(
        tuple(
            Cell(terms, tuple(_label(term, named) for term in terms) if column.has_label else ())
            for terms, column in zip(row, columns, strict=True)
        )
        for row in cells
    )
    result = Result(columns, rows)
    return Result(columns, rows, passages(result, ask, lang)) if query is not None and query.layout == "passages" else result


def _term(term: object) -> Term | None:
    """Take a term of a solution. A blank node cannot be asked about again: it counts as text."""
    if term is None or isinstance(term, ox.NamedNode | ox.Literal):
        return term
    return ox.Literal(str(term))


def _kind(terms: object) -> Kind:
    """Tell a column's kind from its values: all IRIs, all dates, all integers, or text."""
    kinds: set[Kind] = set()
    for term in terms:  # type: ignore[attr-defined]
        if isinstance(term, ox.NamedNode):
            kinds.add("entity")
        elif isinstance(term, ox.Literal):
            kinds.add(_KINDS.get(term.datatype.value, "text"))
    if "entity" in kinds:
        return "entity"
    return kinds.pop() if len(kinds) == 1 else "text"


def _members(term: Term | None, column: Column) -> tuple[Term, ...]:
    """Take a cell apart. Engines join a list in any order, so its members are sorted here."""
    if term is None:
        return ()
    if column.kind != "list" or isinstance(term, ox.NamedNode):
        return (term,)
    members = sorted({member for member in term.value.split(SEPARATOR) if member})
    return tuple(ox.NamedNode(member) if is_iri(member) else ox.Literal(member) for member in members)


def _label(term: Term, named: Mapping[str, str]) -> str:
    return term.value if isinstance(term, ox.Literal) else named.get(term.value, "")
