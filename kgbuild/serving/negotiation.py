"""Which format a client wants: Accept (RFC 9110, section 12.5.1) against what there is.

A media type may ask for by several names; the answer bears the standard one. Among formats that are wanted equally the first of the list is
taken, so that ``*/*`` and no header at all give the default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kgbuild.serving.refusal import Refused

__all__ = ["RESULTS", "TRIPLES", "choose", "takes"]

#: what a client may ask for -> the media type that the answer bears; the order is the preference
RESULTS: Mapping[str, str] = MappingProxyType(
    {
        "application/sparql-results+json": "application/sparql-results+json",
        "application/json": "application/sparql-results+json",
        "application/sparql-results+xml": "application/sparql-results+xml",
        "application/xml": "application/sparql-results+xml",
        "text/xml": "application/sparql-results+xml",
        "text/csv": "text/csv",
        "text/tab-separated-values": "text/tab-separated-values",
        "text/plain": "text/tab-separated-values",
    }
)
TRIPLES: Mapping[str, str] = MappingProxyType(
    {
        "text/turtle": "text/turtle",
        "application/x-turtle": "text/turtle",
        "application/n-triples": "application/n-triples",
        "application/rdf+xml": "application/rdf+xml",
        "application/ld+json": "application/ld+json",
        "application/json": "application/ld+json",
        "application/xml": "application/rdf+xml",
        "text/xml": "application/rdf+xml",
        "text/n3": "text/turtle",
        "text/plain": "application/n-triples",
    }
)


def choose(accept: str, offered: Mapping[str, str]) -> str:
    """The media type to answer with. Raises Refused (406) where the client accepts none of them."""
    wanted = _parse(accept)
    best, most = "", 0.0
    for name, answer in offered.items():
        quality = _quality(name, wanted, alias=name != answer)
        if quality > most:
            best, most = answer, quality
    if not best:
        kinds = ", ".join(dict.fromkeys(offered.values()))
        raise Refused(406, f"this can be had as {kinds}, none of which “{accept[:200]}” accepts", headers={"Vary": "Accept"})
    return best


def takes(coding: str, accept_encoding: str) -> bool:
    """Whether a client names a content coding, and not with ``q=0`` (RFC 9110, section 12.5.3)."""
    return any(name == coding and quality > 0 for name, quality in _weighted(accept_encoding))


def _parse(accept: str) -> list[tuple[str, str, float]]:
    """Ranges of an Accept header: type, subtype, quality."""
    ranges = []
    for kind, quality in _weighted(accept):
        main, slash, sub = kind.partition("/")
        if slash:
            ranges.append((main, sub, quality))
        elif kind == "*":  # an old client of Java's
            ranges.append(("*", "*", 1.0))
    return ranges or [("*", "*", 1.0)]


def _weighted(field: str) -> Iterator[tuple[str, float]]:
    """What a header field lists, in lower case, each with its quality from 0 to 1; what is no number counts as 0."""
    for part in field.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        yield name, quality


def _quality(name: str, wanted: list[tuple[str, str, float]], *, alias: bool) -> float:
    """How much a type is wanted: by the most specific range that covers it. A name that is not the answer's own is asked for as such."""
    main, _, sub = name.partition("/")
    best, found = 0.0, -1
    for range_main, range_sub, quality in wanted:
        if range_main not in (main, "*") or range_sub not in (sub, "*"):
            continue
        if alias and "*" in (range_main, range_sub):
            continue
        specific = (range_main != "*") + (range_sub != "*")
        if specific > found or (specific == found and quality > best):
            best, found = quality, specific
    return best
