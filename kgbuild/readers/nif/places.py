"""Where a string of NIF stands: by its indexes, else by its IRI (``#char=3,9`` after RFC 5147, or ``#offset_3_9``)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from kgbuild.document import Span
from kgbuild.readers.nif.graph import NIF, Graph

__all__ = ["base_of", "span_of"]

_FRAGMENT = re.compile(
    r"(?P<base>.*?)[#?/](?:nif=)?(?:char=(?P<begin>\d{1,15}),(?P<end>\d{0,15})(?:;.*)?|offset_(?P<first>\d{1,15})_(?P<last>\d{1,15})(?:_.*)?)",
    re.DOTALL,
)


def base_of(iri: str) -> str:
    """The IRI of the document that a string is a part of.

    >>> base_of("http://example.org/doc#char=0%2C86"), base_of("http://example.org/doc#offset_0_86")
    ('http://example.org/doc', 'http://example.org/doc')
    """
    match = _FRAGMENT.fullmatch(_plain(iri))
    return match["base"] if match else iri.partition("#")[0] or iri


def span_of(graph: Graph, node: str) -> Span | None:
    """The span of a string, in the unit that the file counts in; None where nothing tells."""
    begin, end = (_number(graph.text(node, NIF + name)) for name in ("beginIndex", "endIndex"))
    if begin is not None and end is not None:
        return begin, end
    match = _FRAGMENT.fullmatch(_plain(node))
    if match is None:
        return None
    first, last = match["begin"] or match["first"], match["end"] or match["last"]
    return (int(first), int(last)) if first and last else None


def _plain(iri: str) -> str:
    """An IRI whose fragment has no percent-encoded marks."""
    before, mark, fragment = iri.rpartition("#")
    return f"{before}#{unquote(fragment)}" if mark else iri


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
