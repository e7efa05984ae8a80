"""The functional syntax of OWL 2, as the OWL API writes single axioms, read into nested lists."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r'\s*(?:<(?P<iri>[^>]*)>|"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^(?:<(?P<type>[^>]*)>|(?P<short>[\w:.-]+)))?'
    r"|(?P<open>[A-Za-z]*\()|(?P<close>\))|(?P<word>[^\s()<>\"]+))",
    re.S,
)


class Iri(NamedTuple):
    """A term."""

    value: str


class Literal(NamedTuple):
    """A literal: its text, and its datatype or language tag (empty for a plain one)."""

    text: str
    kind: str


class Call(NamedTuple):
    """A name with what stands in its brackets: an axiom, or an expression."""

    name: str
    of: tuple[Node, ...]


Node = Iri | Literal | Call

_PREFIXES = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}


def read(axiom: str) -> Node:
    """Read one axiom or expression; annotations in it are left out. Raises ValueError on what is none.

    >>> read("SubClassOf(<a:A> ObjectHasSelf(<a:p>))").name
    'SubClassOf'
    """
    stack: list[tuple[str, list[Node]]] = [("", [])]
    position = 0
    text = axiom.strip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"not functional syntax: {text[position : position + 40]}")
        position = match.end()
        if match["open"]:
            stack.append((match["open"][:-1], []))
        elif match["close"]:
            name, of = stack.pop()
            if not stack:
                raise ValueError("a bracket too many")
            if name != "Annotation":
                stack[-1][1].append(Call(name, tuple(of)))
        else:
            stack[-1][1].append(_leaf(match))
    if len(stack) != 1 or len(stack[0][1]) != 1:
        raise ValueError(f"not one axiom: {text[:60]}")
    return stack[0][1][0]


def _leaf(match: re.Match[str]) -> Node:
    if match["iri"] is not None:
        return Iri(match["iri"])
    if match["text"] is not None:
        text = re.sub(r"\\(.)", r"\1", match["text"])
        return Literal(text, match["language"] or match["type"] or match["short"] or "")
    prefix, colon, local = match["word"].partition(":")
    return Iri(_PREFIXES[prefix] + local) if colon and prefix in _PREFIXES else Iri(match["word"])
