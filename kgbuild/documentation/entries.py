"""What the documentation is made of: an entry a term, rows of pieces in it, and the book that holds all entries.

Pieces are text with a language and perhaps a link; nothing here is HTML yet, so that escaping happens in one place, the templates.
"""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.documentation.drawing import Diagram


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. ``ro`` is its Romanian where the text follows the reader's language; ``lang`` marks text in one language.

    ``href`` is ``#anchor`` of this page or a whole IRI; empty for plain text. ``code``: words to be typed as they stand.
    """

    text: str
    ro: str = ""
    lang: str = ""
    href: str = ""
    code: bool = False


#: a value of a row: pieces that are read one after the other
Value = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing said of a term: a key of :data:`kgbuild.documentation.phrases.PHRASES`, and its values.

    ``about`` stands behind the heading: the class that a group of roles comes from. ``listed``: each value on a line of its own.
    """

    heading: str
    values: tuple[Value, ...]
    about: Value = ()
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A term: ``kind`` is class, relation, attribute, annotation, concept, scheme or individual; ``anchor`` its place on the page.

    ``labels`` and ``definitions`` are by language tag. ``parents`` are the anchors of the terms directly above, of the same kind;
    ``domains`` and ``ranges`` those of the classes that a relation joins.
    """

    iri: str
    curie: str
    anchor: str
    kind: str
    module: str
    labels: dict[str, str]
    definitions: dict[str, str]
    rows: tuple[Row, ...] = ()
    parents: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    computed: bool = False
    deprecated: bool = False

    @property
    def label(self) -> str:
        """The English label, else any, else the local name."""
        return self.labels.get("en") or next(iter(self.labels.values()), self.curie.rpartition(":")[2])

    @property
    def label_ro(self) -> str:
        """The Romanian label, else the other."""
        return self.labels.get("ro") or self.label

    def values(self, heading: str) -> tuple[Value, ...]:
        """All values of the rows with a heading."""
        return tuple(value for row in self.rows if row.heading == heading for value in row.values)


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the ontology: its IRI, the last part of it, and what its header says."""

    iri: str
    name: str
    labels: dict[str, str]
    definitions: dict[str, str]
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """A query or a shape: what it is for, and the anchors of the terms that it names."""

    name: str
    anchor: str
    summary: str
    summary_ro: str = ""
    detail: str = ""
    terms: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """All that the pages tell: the root module first, entries by kind in the order in which they are shown."""

    root: Module
    modules: tuple[Module, ...]
    entries: dict[str, tuple[Entry, ...]]
    queries: tuple[Use, ...]
    shapes: tuple[Use, ...]
    diagrams: tuple[Diagram, ...] = ()

    @property
    def terms(self) -> tuple[Entry, ...]:
        """Every entry, in the order of the page."""
        return tuple(entry for group in self.entries.values() for entry in group)
