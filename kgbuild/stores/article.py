"""What the store keeps of one article, and how it is written down.

Beside the article's graph the store keeps, in graph ``records``: the *record* (the annotation, from which the graph can be made again),
what was *written* last (so that a correction is a set difference, without reading the graph back), the *fingerprint* (equal: nothing to do)
and what the graph was *built with*. Record and lines are deflated and written as xsd:base64Binary.

The engine (oxigraph 0.5) never frees a literal's text: every correction leaves the former record and lines in the files, some 10 kB for an
article of 450 lines, until the store is built anew.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kgbuild.iris import KG, PREFIXES
from kgbuild.literals import string
from kgbuild.stores.graphs import Graphs

RECORD, WRITTEN, FINGERPRINT, BUILT_WITH = (KG + name for name in ("record", "written", "fingerprint", "builtWith"))
_BINARY = f"^^<{PREFIXES['xsd']}base64Binary>"
#: Level 1: an article of 450 lines (70 kB) gives 5 kB in 0.2 ms; level 6 gives 4.5 kB in 0.5 ms.
_LEVEL = 1
#: Stands for the article's IRI, which is in most of its lines; lines hold no such character, for literals escape it.
_SELF = "\x01"


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """One article, ready to be stored. Lines are ``s p o`` in N-Triples syntax, canonical, without graph and dot, in any order."""

    #: the article's IRI, without <>; its graph bears the same
    iri: str
    #: lines of the article's graph that enter the default graph too
    facts: Collection[str]
    #: lines of the article's graph only
    details: Collection[str]
    #: the record from which the lines were made, uncompressed
    record: bytes
    #: equal for equal records built with equal things; the store compares it, and nothing else, to tell what is unchanged
    fingerprint: str
    #: a hash of the ontology, reference data, options … that it was built with
    built_with: str


@dataclass(frozen=True, slots=True)
class PutReport:
    """What a write came to, in articles."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    #: the subjects (``<iri>``) of the facts that came or went: what policies must conclude anew
    touched: frozenset[str] = field(default=frozenset(), repr=False)


def pack(data: bytes) -> str:
    """Deflate bytes into an xsd:base64Binary literal in N-Triples syntax."""
    return f'"{base64.b64encode(zlib.compress(data, _LEVEL)).decode("ascii")}"{_BINARY}'


def unpack(text: str) -> bytes:
    """Inflate what :func:`pack` wrote, from the literal's lexical form. Raises ValueError if it is damaged."""
    try:
        return zlib.decompress(base64.b64decode(text, validate=True))
    except zlib.error as error:
        raise ValueError(str(error)) from None


def pack_lines(iri: str, facts: Collection[str], details: Collection[str]) -> str:
    """Write down an article's lines: facts, an empty line, details; sorted, which deflates best and gives equal bytes for equal sets."""
    text = "\n".join([*sorted(facts), "", *sorted(set(details).difference(facts))])
    return pack(text.replace(iri, _SELF).encode())


def unpack_lines(iri: str, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Read what :func:`pack_lines` wrote: facts, details. Raises ValueError if it is damaged."""
    facts, gap, details = ("\n" + unpack(text).decode() + "\n").replace(_SELF, iri).partition("\n\n")
    if not gap:
        raise ValueError("the gap between facts and details is missing")
    return frozenset(facts.split("\n")) - {""}, frozenset(details.split("\n")) - {""}


def record_lines(article: ArticleGraph) -> set[str]:
    """The lines of graph ``records`` that keep an article."""
    return {
        f"<{article.iri}> <{RECORD}> {pack(article.record)}",
        f"<{article.iri}> <{WRITTEN}> {pack_lines(article.iri, article.facts, article.details)}",
        f"<{article.iri}> <{FINGERPRINT}> {string(article.fingerprint)}",
        f"<{article.iri}> <{BUILT_WITH}> {string(article.built_with)}",
    }


def article_nquads(article: ArticleGraph, *, base: str, run_lines: Iterable[str] = ()) -> bytes:
    """Write all that the store keeps of an article as N-Quads, for a first load with ``EmbeddedStore.build``; pure, for any process."""
    graphs = Graphs(base)
    end = f" <{article.iri}> .\n"
    return "".join(
        [
            *(f"{line}{end}{line} .\n" for line in article.facts),
            *(f"{line}{end}" for line in article.details),
            *(f"{line} <{graphs.records}> .\n" for line in sorted(record_lines(article))),
            *(f"{line} <{graphs.runs}> .\n" for line in run_lines),
        ]
    ).encode()


def graph_nquads(name: str, lines: Iterable[str], *, base: str) -> bytes:
    """Write one of the store's own graphs as N-Quads, in the default graph too where it is merged, for ``EmbeddedStore.build``."""
    graphs = Graphs(base)
    iri = graphs.iri(name)
    copy = "{0} .\n" if graphs.is_merged(iri) else ""
    return "".join(f"{line} <{iri}> .\n{copy.format(line) if copy else ''}" for line in lines).encode()
