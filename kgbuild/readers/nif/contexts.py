"""From the graph of a NIF file to its documents: a context is a text, with the strings that refer to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from kgbuild import iris
from kgbuild.document import Document, Problem
from kgbuild.readers.nif.graph import NIF, Graph
from kgbuild.readers.nif.places import base_of, span_of
from kgbuild.readers.nif.strings import TYPE, Thing, is_annotated, local, thing_of

__all__ = ["documents"]

_SAME = iris.PREFIXES["owl"] + "sameAs"
_DC, _DCT, _SCHEMA = "http://purl.org/dc/elements/1.1/", iris.PREFIXES["dct"], "http://schema.org/"
_META = {
    "title": (_DCT + "title", _DC + "title", _SCHEMA + "headline"),
    "publisher": (_DCT + "publisher", _DC + "publisher", _SCHEMA + "publisher"),
    "published": (_DCT + "issued", _DCT + "date", _DC + "date", _DCT + "created", _SCHEMA + "datePublished"),
    "lang": (_DCT + "language", _DC + "language", NIF + "lang"),
    "author": (_DCT + "creator", _DC + "creator", _SCHEMA + "author"),
}


def documents(graph: Graph, own_base: str, own_id: str, where: str) -> Iterator[Document]:
    """Yield a document for each context. ``own_base``: the base of relative IRIs, whose document is called ``own_id``."""
    contexts = list(
        dict.fromkeys(node for node in graph if NIF + "Context" in graph.nodes(node, TYPE) or graph.literal(node, NIF + "isString"))
    )
    homes = {base_of(context): context for context in contexts}
    strings: dict[str, list[str]] = {context: [] for context in contexts}
    for node in graph:
        if node in strings or not _is_string(graph, node):
            continue
        named = next(iter(graph.nodes(node, NIF + "referenceContext")), None)
        context = named if named in strings else homes.get(base_of(named or node), named or base_of(node))
        strings.setdefault(context, []).append(node)
    taken: Counter[str] = Counter()
    for context, mine in strings.items():
        base = base_of(context)
        name = own_id if base == own_base else base
        taken[name] += 1
        yield _document(graph, context, mine, name if taken[name] == 1 else f"{name}~{taken[name]}", where)


def _is_string(graph: Graph, node: str) -> bool:
    return bool(graph.literal(node, NIF + "anchorOf", NIF + "beginIndex") or graph.nodes(node, NIF + "referenceContext"))


def _document(graph: Graph, context: str, strings: list[str], name: str, where: str) -> Document:
    problems: list[Problem] = []
    text = graph.text(context, NIF + "isString")
    if graph.count(context, NIF + "isString") > 1:
        message = f"the context <{context}> has {graph.count(context, NIF + 'isString')} texts (nif:isString); the first is used, keep one"
        problems.append(Problem("text-rebuilt", "kept", message, name, where=where))
    annotated = [node for node in strings if is_annotated(graph, node)]
    left = Counter(local(kind) for node in strings if node not in set(annotated) for kind in graph.nodes(node, TYPE)[:1])
    for kind, count in left.items():
        message = f"{count} strings of the type {kind} describe words and their grammar: they were left out"
        problems.append(Problem("layer-ignored", "skipped", message, name, where=where))
    units = []
    things, ids = _things(graph, context, annotated)
    for thing in things:
        units.append(thing.unit(ids))
        for mention in thing.mentions:
            if not mention.spans:
                message = (
                    f"“{mention.text:.60}” has neither nif:beginIndex and nif:endIndex nor an IRI that tells; it is known by its words only"
                )
                problems.append(Problem("quote-unplaced", "kept", message, name, thing.id, where))
    return Document(name, text, meta=_meta(graph, context), units=tuple(units), problems=tuple(problems), where=where)


def _things(graph: Graph, context: str, annotated: list[str]) -> tuple[list[Thing], dict[str, str]]:
    """The things of a document in the order of its text, and the id of the unit of each node."""
    base = base_of(context)
    topics = [node for node in graph.nodes(context, NIF + "topic") if node in graph and node not in annotated]
    known = dict.fromkeys((*annotated, *topics))
    ordered = sorted(known, key=lambda node: (span_of(graph, node) is None, span_of(graph, node) or (0, 0)))
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for node in ordered:
        wanted = unquote(node.removeprefix(base).lstrip("#?/")) or node
        name, number = wanted, 1
        while name in taken:
            number += 1
            name = f"{wanted}~{number}"
        taken.add(name)
        ids[node] = name
    things: dict[str, Thing] = {}
    for node in ordered:
        thing = thing_of(graph, node, ids[node], known)
        first = next((things[other] for other in _same(graph, node) if other in things), None)
        if first is None:
            things[node] = thing
        else:
            first.join(thing)
            things[node] = first
            ids[node] = first.id
    return list({id(thing): thing for thing in things.values()}.values()), ids


def _same(graph: Graph, node: str) -> list[str]:
    """The strings that are said to be the same thing, in either direction."""
    return [*graph.nodes(node, _SAME), *graph.sources(node, _SAME)]


def _meta(graph: Graph, context: str) -> dict[str, Any]:
    meta: dict[str, Any] = {}
    address = next(iter(graph.nodes(context, NIF + "sourceUrl")), None) or base_of(context)
    if address.startswith(("http://", "https://")):
        meta["uri"] = address
    for name, predicates in _META.items():
        found = graph.text(context, *predicates) or next((local(node) for node in graph.nodes(context, *predicates)), None)
        if found:
            meta[name] = found
    text = graph.literal(context, NIF + "isString")
    if text is not None and text.language and "lang" not in meta:
        meta["lang"] = text.language
    return meta
