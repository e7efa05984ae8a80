"""Canonical Turtle of a file or a graph: read, say each thing in one way and once, write in one order; and read again to be sure."""

from __future__ import annotations

import hashlib

import pyoxigraph as ox

from kgbuild.errors import OntologyError
from kgbuild.turtle.blanks import canonical_lines
from kgbuild.turtle.comments import lines_with_comments
from kgbuild.turtle.graph import Graph
from kgbuild.turtle.normalising import normalise
from kgbuild.turtle.reading import syntax_of, text_of, triples
from kgbuild.turtle.repetitions import drop_repetitions, without_order
from kgbuild.turtle.writing import write


def canonical(name: str, data: bytes) -> str:
    """Write a file's ontology or shapes in canonical Turtle. The result is its own canonical form.

    Args:
        name: what messages call the file.
        data: its content: Turtle, RDF/XML, N-Triples or JSON-LD, told apart by how it begins.

    Raises:
        OntologyError: it cannot be read; the message starts with ``file:line`` where the line is known.
    """
    try:
        return format_graph(Graph(triples(name, data)))
    except RecursionError:
        raise OntologyError(f"{name}: blank nodes stand one in another hundreds deep", hint="give some of them an IRI") from None


def format_graph(graph: Graph) -> str:
    """Write a graph in canonical Turtle. Raises RecursionError for blank nodes nested hundreds deep."""
    normal = simplify(graph)
    text = write(normal)
    # the text takes the place of somebody's work: it is read again before anyone trusts it
    again = Graph(triples("canonical", text.encode(), ox.RdfFormat.TURTLE))
    if digest(again) != digest(normal):
        raise AssertionError("the canonical text does not say what the graph says")
    return text


def simplify(graph: Graph) -> Graph:
    """Give an equal graph that says each thing in the normal way (:mod:`kgbuild.turtle.normalising`) and once."""
    while True:
        normal = normalise(graph)
        drop_repetitions(normal)
        if set(normal) == set(graph):
            return normal
        graph = normal  # three members of which two were equal are a pair now


def digest(graph: Graph) -> str:
    """Hash a graph in normal form, 64 hexadecimal digits: neither names of blank nodes nor the order of OWL's sets change it."""
    return hashlib.sha256("\n".join(canonical_lines(without_order(graph))).encode()).hexdigest()


def dropped_comments(name: str, data: bytes) -> list[int]:
    """The lines, from 1, of a Turtle file's comments, which :func:`canonical` drops; those that tools write are not counted."""
    text = text_of(name, data)
    return lines_with_comments(text) if syntax_of(name, text) == ox.RdfFormat.TURTLE else []
