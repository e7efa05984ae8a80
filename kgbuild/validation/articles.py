"""Check articles of a store, one at a time, each with what it refers to.

``ArticleCheck`` is picklable and opens the store for reading where it runs, so that any executor can run it: shapes are parsed and the
store is opened once a process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kgbuild import vocabulary as v
from kgbuild.ontology import Ontology
from kgbuild.stores import Place, Store, open_store
from kgbuild.validation.context import Context, Hierarchy
from kgbuild.validation.findings import Finding, order
from kgbuild.validation.shacl import SPARQL_COMPONENT, Result, Shapes, Triple

#: what an article says of every thing that it names: not enough to make the thing's faults the article's
_SAID_OF_ALL = {v.REPORTED_IN, v.DENOTED_BY}


class ArticleCheck:
    """Work for an executor: the IRI of an article in, its findings out, as one list, gravest first."""

    def __init__(self, store: Place, ontology: Ontology, shapes: Mapping[str, bytes]) -> None:
        self._path = store
        self._hierarchy = Hierarchy(ontology)
        self._files = dict(shapes)
        self._ready: tuple[Store, Context, Shapes] | None = None

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_ready": None}

    def __call__(self, article: str) -> Iterator[list[Finding]]:
        """Check one article. Raises OntologyError, MissingExtra and StoreError."""
        if self._ready is None:
            shapes = Shapes(self._files)
            store = open_store(self._path, read_only=True)
            self._ready = store, Context(store, self._hierarchy), shapes
        store, context, shapes = self._ready
        yield check(store, context, shapes, article)

    def close(self) -> None:
        """Let go of the store."""
        if self._ready is not None:
            self._ready[0].close()
            self._ready = None


def check(store: Store, context: Context, shapes: Shapes, article: str) -> list[Finding]:
    """Check one article's graph: what it says itself, not what the reference data says of the things that it names."""
    triples: list[Triple] = list(store.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{article}> {{ ?s ?p ?o }} }}"))
    around = context.around(triples)
    spoken_of = {s.value for s, p, _o in triples if p.value not in _SAID_OF_ALL}
    reading = Reading(article, triples, around)
    results = shapes.validate([*triples, *around])
    return sorted({reading.finding(result) for result in results if result.focus in spoken_of}, key=order)


class Reading:
    """What people read of a graph's things: labels, and the sentences that they stand in."""

    def __init__(self, article: str, triples: list[Triple], around: list[Triple]) -> None:
        self._article = article
        self._labels: dict[str, str] = {}
        for s, p, o in (*triples, *around):
            if p.value in (v.LABEL, v.ANCHOR_TEXT):
                english = isinstance(o, ox.Literal) and o.language == "en"
                if english or s.value not in self._labels:
                    self._labels[s.value] = o.value
        self._begins = {s.value: int(o.value) for s, p, o in triples if p.value == v.BEGIN}
        self._sentences = {s.value: o.value for s, p, o in triples if p.value == v.SENTENCE_TEXT}
        self._within = {s.value: o.value for s, p, o in triples if p.value == v.IN_SENTENCE}
        self._mentions: dict[str, list[str]] = {}
        for s, p, o in triples:
            if p.value == v.DENOTED_BY:
                self._mentions.setdefault(s.value, []).append(o.value)

    def finding(self, result: Result) -> Finding:
        """Make a finding of a result. A SPARQL rule that is asked of the article as a whole names the thing at fault as its value."""
        thing, value = result.focus, result.value
        if thing == self._article and result.component == SPARQL_COMPONENT and isinstance(value, ox.NamedNode):
            thing, value = value.value, None
        named = value.value if isinstance(value, ox.NamedNode) else ""
        return Finding(
            rule=result.shape,
            severity=result.severity,
            messages=result.messages,
            thing=thing,
            label=self._labels.get(thing, ""),
            article=self._article,
            title=self._labels.get(self._article, ""),
            path=result.path,
            value="" if value is None else str(value),
            value_label=self._labels.get(named, ""),
            sentence=self._sentence(thing) or self._sentence(named),
            focus=result.focus if result.focus != thing else "",
            component=result.component,
        )

    def _sentence(self, thing: str) -> str:
        """The first sentence that a thing, or a mention itself, stands in."""
        places = [thing, *self._mentions.get(thing, ())]
        inside = [place for place in places if self._within.get(place) in self._sentences]
        first = min(inside, key=lambda place: (self._begins.get(place, 0), place), default=None)
        return "" if first is None else self._sentences[self._within[first]]
