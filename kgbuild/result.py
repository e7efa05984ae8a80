"""What a query answers: columns, rows of terms, and the labels that people read.

A term is a :mod:`pyoxigraph` named node or literal. A column is one of five kinds: ``entity`` (an IRI), ``list`` (several values in one
cell), ``text``, ``date`` and ``integer``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

#: sends a SELECT query to the store
Ask = Callable[[str], ox.QuerySolutions]
Term = ox.NamedNode | ox.Literal
Kind = Literal["entity", "list", "text", "date", "integer"]
KINDS: tuple[Kind, ...] = ("entity", "list", "text", "date", "integer")

#: what stands between the members of a list; no IRI holds it
SEPARATOR = " | "
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a query: its name, its kind, and what it holds."""

    name: str
    kind: Kind = "text"
    means: str = ""

    @property
    def has_label(self) -> bool:
        """Whether a ``…Label`` column stands beside it in csv, tsv, json, jsonl and md."""
        return self.kind in ("entity", "list")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column of one row: its terms (none, one, or a list's members in order) and, in the same order, their labels.

    A label is empty where a term has none.
    """

    terms: tuple[Term, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """The whole value: IRIs as they are, a list's members joined."""
        return SEPARATOR.join(term.value for term in self.terms)

    @property
    def label(self) -> str:
        """The labels joined, a value where a list's member has none; empty where nothing has a label."""
        if not any(self.labels):
            return ""
        return SEPARATOR.join(label or term.value for term, label in zip(self.terms, self.labels, strict=True))


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with the span that names a thing: for reading, beside the row of ``evidence`` that it belongs to.

    ``begin`` and ``end`` are code points in ``sentence``, half-open; None where the sentence is not known or the span lies outside it.
    """

    sentence: str
    text: str
    begin: int | None
    end: int | None
    title: str
    outlet: str
    published: str
    annotator: str
    annotation_status: str


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query: its columns, its rows (a cell per column), and passages (one per row) where the query shows text."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    passages: tuple[Passage, ...] | None = None


def is_iri(text: str) -> bool:
    """Tell an IRI among the members of a list from a literal.

    >>> is_iri("https://example.org/1"), is_iri("Note: not one")
    (True, False)
    """
    return _IRI.fullmatch(text) is not None
