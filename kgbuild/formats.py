"""Machine forms of an answer: csv, tsv, json, jsonl, and Markdown.

All have whole IRIs, and beside each column of things a column of their labels, named ``<column>Label``.
json is SPARQL 1.1 Query Results JSON; csv is RFC 4180 with CRLF, as SPARQL 1.1 CSV; tsv has the same plain values, with tab, line feed,
carriage return and backslash written ``\\t \\n \\r \\\\``; jsonl has an object a row, integers as numbers and null where there is nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from kgbuild.result import SEPARATOR, Cell, Column, Result, Term

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


def header(columns: Iterable[Column]) -> list[str]:
    """Name the columns as written: each, and after a column of things its ``…Label``."""
    return [name for column in columns for name in ([column.name, f"{column.name}Label"] if column.has_label else [column.name])]


def _values(result: Result, row: tuple[Cell, ...]) -> list[str]:
    pairs = zip(result.columns, row, strict=True)
    return [value for column, cell in pairs for value in ([cell.value, cell.label] if column.has_label else [cell.value])]


def csv(result: Result) -> Iterator[str]:
    """Write comma-separated values, a line at a time."""
    for values in _lines(result):
        yield ",".join('"' + value.replace('"', '""') + '"' if any(c in value for c in ',"\r\n') else value for value in values) + "\r\n"


def tsv(result: Result) -> Iterator[str]:
    """Write tab-separated values, a line at a time."""
    escapes = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
    for values in _lines(result):
        yield "\t".join(value.translate(escapes) for value in values) + "\n"


def markdown(result: Result) -> Iterator[str]:
    """Write a Markdown table, a line at a time."""
    for number, values in enumerate(_lines(result)):
        cells = (" ".join(value.replace("\\", "\\\\").replace("|", "\\|").split()) for value in values)
        yield "| " + " | ".join(cells) + " |\n"
        if number == 0:
            kinds = [column.kind for column in result.columns for _ in range(2 if column.has_label else 1)]
            yield "|" + "|".join(" ---: " if kind == "integer" else " --- " for kind in kinds) + "|\n"


def _lines(result: Result) -> Iterator[list[str]]:
    yield header(result.columns)
    for row in result.rows:
        yield _values(result, row)


def jsonl(result: Result) -> Iterator[str]:
    """Write an object a row."""
    names = header(result.columns)
    numeric = {column.name for column in result.columns if column.kind == "integer"}
    for row in result.rows:
        record: dict[str, Any] = {}
        for name, value in zip(names, _values(result, row), strict=True):
            record[name] = (int(value) if name in numeric and value.lstrip("-").isdecimal() else value) if value else None
        yield json.dumps(record, ensure_ascii=False) + "\n"


def sparql_json(result: Result) -> Iterator[str]:
    """Write SPARQL 1.1 Query Results JSON: what is unbound is left out."""
    yield '{"head": {"vars": ' + json.dumps(header(result.columns)) + '}, "results": {"bindings": ['
    for number, row in enumerate(result.rows):
        binding: dict[str, dict[str, str]] = {}
        for column, cell in zip(result.columns, row, strict=True):
            if cell.terms:
                joined = column.kind == "list"
                binding[column.name] = _term(ox.Literal(SEPARATOR.join(t.value for t in cell.terms)) if joined else cell.terms[0])
            if column.has_label and cell.label:
                binding[f"{column.name}Label"] = {"type": "literal", "value": cell.label}
        yield ("," if number else "") + "\n" + json.dumps(binding, ensure_ascii=False)
    yield "\n]}}\n"


def _term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    written = {"type": "literal", "value": term.value}
    if term.language:
        written["xml:lang"] = term.language
    elif term.datatype.value != _XSD_STRING:
        written["datatype"] = term.datatype.value
    return written


#: format -> writer; ``table`` stands beside them, in :mod:`kgbuild.table`
WRITERS: dict[str, Callable[[Result], Iterator[str]]] = {"csv": csv, "tsv": tsv, "json": sparql_json, "md": markdown, "jsonl": jsonl}
