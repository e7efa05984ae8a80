"""The work that one process does: from an annotation file to mapped articles.

``Build`` is picklable and pure but for reading its source, so that any executor can run it. What crosses a process are batches of
:class:`Item`, each one article, ready for the store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec

from kgbuild import iris, readers
from kgbuild.document import Document, Problem, Record, Run, encode_record
from kgbuild.mapping import Mapper
from kgbuild.pipeline.statuses import spooled
from kgbuild.provenance import run_lines
from kgbuild.redaction import without_text
from kgbuild.rules import Rules
from kgbuild.schemes import ignored_count
from kgbuild.status import cases
from kgbuild.stores import ArticleGraph, article_nquads, graph_nquads

#: a batch ends with this many articles or quads, whichever comes first
_BATCH_ARTICLES, _BATCH_QUADS = 50, 50_000


@dataclass(frozen=True, slots=True)
class Item:
    """One article, mapped; or, where ``unchanged``, only recognised."""

    iri: str
    document_id: str
    #: sha256 of the text, and who annotated it: what tells a second annotation from a repetition
    text_hash: str
    annotators: tuple[str, ...]
    where: str
    units: int
    record: bytes
    fingerprint: str
    #: how much of the article its scheme left out on purpose
    ignored: int = 0
    unchanged: bool = False
    problems: tuple[Problem, ...] = ()
    #: lines of the article's graph and of the default graph together
    quads: int = 0
    facts: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    #: supply relation or event -> the facts of this article that bear on its status
    cases: dict[str, list[str]] = field(default_factory=dict)
    #: for a first load, in place of the three above: all that the store keeps, as N-Quads, and the cases as a spool takes them
    chunk: bytes = b""
    spooled: tuple[tuple[int, bytes], ...] = ()

    def graph(self, built_with: str) -> ArticleGraph:
        """The article as the store takes it."""
        return ArticleGraph(self.iri, self.facts, self.details, self.record, self.fingerprint, built_with)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one process hands over at a time: articles, and the problems of documents that could not be read."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...]


class Known:
    """Which fingerprints the store has already: an article of a known one need not be mapped."""

    def __init__(self, digests: frozenset[bytes] = frozenset()) -> None:
        self._digests = digests

    @staticmethod
    def digest(iri: str, fingerprint: str) -> bytes:
        """Sixteen bytes that stand for an article in a state."""
        return hashlib.blake2b(f"{iri} {fingerprint}".encode(), digest_size=16).digest()

    def has(self, iri: str, fingerprint: str) -> bool:
        """Claim that the store holds the article just so."""
        return self.digest(iri, fingerprint) in self._digests


@dataclass(frozen=True, slots=True)
class Build:
    """Reads a source and maps its articles."""

    mapper: Mapper
    built_with: str
    base: str
    format: str | None = None
    keep_text: bool = True
    #: what is done to a document before it is mapped and recorded: foreign labels, dates without a value (None: nothing)
    prepare: Callable[[Document], Document] | None = None
    known: Known = field(default_factory=Known)
    #: a first load by this run: articles are written down for ``EmbeddedStore.build`` here, since the driver has enough to do
    first_run: Run | None = None
    #: what a first load infers from each article alone is written down with it
    rules: Rules | None = None

    def __call__(self, source: readers.Source) -> Iterator[Batch]:
        """Yield the source's articles in batches. Raises FormatError where the file cannot be opened."""
        items: list[Item] = []
        problems: list[Problem] = []
        size = 0
        for found in readers.documents(source, self.format):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                item = self.item((self._prepared(found),))
                items.append(item)
                size += item.quads
            if len(items) >= _BATCH_ARTICLES or size >= _BATCH_QUADS or len(problems) >= 1000:
                yield Batch(tuple(items), tuple(problems))
                items, problems, size = [], [], 0
        if items or problems:
            yield Batch(tuple(items), tuple(problems))

    def _prepared(self, document: Document) -> Document:
        if self.prepare is not None:
            document = self.prepare(document)
        return document if self.keep_text else without_text(document)

    def item(self, record: Record) -> Item:
        """Map one article, unless the store has it just so."""
        first = record[0]
        iri = iris.article(first.id, base=self.base)
        encoded = encode_record(record)
        fingerprint = hashlib.sha256(encoded + self.built_with.encode()).hexdigest()[:32]
        annotators = tuple(document.annotator for document in record)
        units = sum(len(document.units) for document in record)
        ignored = sum(map(ignored_count, record))
        head = (iri, first.id, text_hash(first), annotators, first.where, units, encoded, fingerprint, ignored)
        if self.known.has(iri, fingerprint):
            return Item(*head, unchanged=True)
        mapped = self.mapper.map(record)
        problems = tuple(
            msgspec.structs.replace(problem, where=problem.where or first.where, document=first.id) for problem in mapped.problems
        )
        quads = 2 * len(mapped.facts) + len(mapped.details)
        bearing = cases(mapped.facts, self.mapper.ontology)
        if self.first_run is None:
            return Item(*head, False, problems, quads, tuple(mapped.facts), tuple(mapped.details), bearing)
        graph = ArticleGraph(iri, mapped.facts, mapped.details, encoded, fingerprint, self.built_with)
        chunk = article_nquads(graph, base=self.base, run_lines=run_lines(self.first_run, (iri,), self.base)[-1:])
        if self.rules is not None:
            chunk += graph_nquads("inferred", self.rules.entailed(mapped.facts), base=self.base)
        return Item(*head, False, problems, quads, chunk=chunk, spooled=spooled(bearing))


def merge(record: Record, other: Record) -> Record:
    """One article annotated by several people: their documents in the order of their names, so that loading order does not matter."""
    return tuple(sorted((*record, *other), key=lambda document: document.annotator))


def text_hash(document: Document) -> str:
    """What tells two texts apart: the sha256 of the text; empty for a document without one."""
    if document.sha256:
        return document.sha256
    return hashlib.sha256(document.text.encode()).hexdigest() if document.text is not None else ""
