"""What the store says of one thing, as RDF: its own triples, those that point at it, and the labels of what both name.

A page of incoming triples has a hundred; how many there are in all is told, so that nothing is left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

import pyoxigraph as ox

from kgbuild.answers import answer
from kgbuild.errors import QueryError
from kgbuild.iris import PREFIXES
from kgbuild.labels import labels
from kgbuild.query import Query
from kgbuild.resources import read_bundled
from kgbuild.result import Passage
from kgbuild.serving.jobs import Head, Thing
from kgbuild.serving.negotiation import TRIPLES, choose
from kgbuild.serving.output import Output
from kgbuild.serving.querying import RDF_FORMATS
from kgbuild.serving.refusal import Refused

__all__ = ["INCOMING", "About", "about", "run_thing"]

#: incoming triples on a page
INCOMING = 100
#: beyond this many the incoming triples of a thing are no longer counted, but called "more than"
_COUNTED = 100_000
_RDFS_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True)
class About:
    """What is said of a thing: outgoing triples, one page of incoming ones and how many there are, labels of all IRIs in both."""

    iri: str
    outgoing: tuple[ox.Quad, ...]
    incoming: tuple[ox.Quad, ...]
    incoming_count: int
    labels: dict[str, str]


def about(store: ox.Store, iri: str, *, page: int = 1, lang: str = "en") -> About:
    """Look a thing up in the default graph. Raises Refused (404) where nothing is said of it."""
    node = ox.NamedNode(iri)
    outgoing = tuple(sorted(store.quads_for_pattern(node, None, None, _DEFAULT), key=str))
    incoming = store.quads_for_pattern(None, None, node, _DEFAULT)
    shown = tuple(islice(incoming, (page - 1) * INCOMING, page * INCOMING))
    count = sum(1 for _ in islice(store.quads_for_pattern(None, None, node, _DEFAULT), _COUNTED + 1))
    if not outgoing and not count:
        raise Refused(404, f"nothing is said of <{iri}>")
    named = {term.value for quad in (*outgoing, *shown) for term in _nodes(quad)}
    return About(iri, outgoing, shown, count, labels(named, partial(_ask, store), lang))


def run_thing(store: ox.Store, job: Thing, output: Output, *, base: str) -> None:
    """Write what is said of a thing, as RDF or as a page. Raises Refused (404, 406)."""
    media_type = choose(job.accept, {**TRIPLES, "text/html": "text/html"})
    found = about(store, job.iri, page=job.page, lang=job.lang)
    if media_type == "text/html":
        from kgbuild.serving import pages

        output.begin(Head(media_type=media_type, headers={"Content-Security-Policy": pages.POLICY}))
        output.write(pages.thing(found, _passages(store, job, base), base=base, lang=job.lang, page=job.page))
        return
    triples = [quad.triple for quad in (*found.outgoing, *found.incoming)]
    triples += _label_triples(store, found.labels, job.lang)
    head = Head(media_type=media_type, headers={"X-Incoming": str(found.incoming_count)})
    output.begin(head)
    output.write(ox.serialize(dict.fromkeys(triples), format=RDF_FORMATS[media_type], prefixes=dict(PREFIXES)) or b"")


def _passages(store: ox.Store, job: Thing, base: str) -> tuple[Passage, ...]:
    """The sentences that tell of the thing."""
    evidence = Query.parse("evidence.rq", read_bundled("queries", ".rq")["evidence.rq"])
    try:
        return answer(evidence, {"thing": job.iri}, partial(_ask, store), job.lang, base=base).passages or ()
    except QueryError:
        return ()  # nothing that the query could ask for: a property, say


def _ask(store: ox.Store, text: str) -> ox.QuerySolutions:
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    return found


def _nodes(quad: ox.Quad) -> Iterator[ox.NamedNode]:
    for term in (quad.subject, quad.predicate, quad.object):
        if isinstance(term, ox.NamedNode):
            yield term


def _label_triples(store: ox.Store, chosen: dict[str, str], lang: str) -> Iterator[ox.Triple]:
    """The labels that were chosen; a state has some in a hundred languages, and the same word in several of them."""
    ranks = {tag: rank for rank, tag in enumerate(dict.fromkeys((lang, lang.partition("-")[0], "en", "")))}
    for iri, label in chosen.items():
        quads = store.quads_for_pattern(ox.NamedNode(iri), _RDFS_LABEL, None, _DEFAULT)
        same = [quad.triple for quad in quads if isinstance(quad.object, ox.Literal) and quad.object.value == label]
        yield from sorted(same, key=lambda triple: ranks.get(getattr(triple.object, "language", None) or "", len(ranks)))[:1]
