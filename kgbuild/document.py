"""The annotation model: what every reader hands over and the mapping takes.

Six record types carry every format (native, brat, INCEpTION, Label Studio …): :class:`Document`, :class:`Unit`, :class:`Mention`,
:class:`Arg`, :class:`Prov` and, beside them, :class:`Problem` for what could not be taken as it stood. They are frozen, compare by
value, pickle, and are read from JSON by :mod:`msgspec` with the constraints of ``kgbuild-annotation.schema.json``.

Offsets are Unicode code points into the exact text, half-open. Labels and roles are the annotator's words, resolved later.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

#: [begin, end) in Unicode code points of ``Document.text``.
Offset = Annotated[int, Meta(ge=0)]
Span = tuple[Offset, Offset]
Scalar = str | int | float | bool
#: attribute name, as the annotator wrote it -> one value or several
Attrs = dict[str, Scalar | list[Scalar]]
Kind = Literal["entity", "value", "event", "relation", "statement", "topic"]
Severity = Literal["kept", "skipped", "rejected"]


class Prov(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who annotated this, with what, and how sure."""

    annotator: str | None = None
    tool: str | None = None
    created: str | None = None
    confidence: Annotated[float, Meta(ge=0, le=1)] | None = None
    status: Literal["manual", "curated", "auto", "rejected"] | None = None
    file: str | None = None
    ref: str | None = None
    note: str | None = None


class Mention(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One place in the text where a unit shows. Several spans: discontinuous, in text order."""

    spans: tuple[Span, ...] = ()
    text: str | None = None
    head: Span | None = None
    id: str | None = None
    prov: Prov | None = None


class Arg(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An edge from a unit to a unit (by id), to something outside (CURIE or IRI), or to a literal."""

    role: Annotated[str, Meta(min_length=1)]
    target: str | None = None
    value: Scalar | None = None
    attrs: Attrs = {}


class Unit(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing in the world as one document speaks of it: with all its coreferent mentions."""

    id: Annotated[str, Meta(min_length=1)]
    kind: Kind
    label: str | tuple[str, ...] | None = None
    name: str | None = None
    mentions: tuple[Mention, ...] = ()
    args: tuple[Arg, ...] = ()
    links: tuple[str, ...] = ()
    attrs: Attrs = {}
    prov: Prov | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The annotator's labels, none, one or several."""
        if self.label is None:
            return ()
        return (self.label,) if isinstance(self.label, str) else self.label


class Document(Struct, frozen=True, omit_defaults=True):
    """One annotated article, by one annotator.

    ``sentences`` stands for the text where the text may not be kept (``load --no-text``): spans of its sentences.
    ``problems`` are what the reader had to repair or leave out; they stay with the record, so that rebuilding from it changes nothing.
    """

    id: str
    text: str | None = None
    sha256: str | None = None
    meta: dict[str, Any] = {}
    prov: Prov | None = None
    units: tuple[Unit, ...] = ()
    sentences: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()
    #: where it was read (``path:line``), for messages; not part of the record
    where: str = ""

    @property
    def language(self) -> str:
        """The document's language tag, lower case; empty where it is not given."""
        lang = self.meta.get("lang")
        return lang.lower() if isinstance(lang, str) else ""

    @property
    def annotator(self) -> str:
        """Who annotated it; empty where it is not given."""
        return (self.prov.annotator or "") if self.prov else ""


class Problem(Struct, frozen=True, omit_defaults=True):
    """Something in the input that could not be taken as it stood.

    ``kept``: loaded all the same, repaired or under a root term; ``skipped``: this fact was left out; ``rejected``: the document was.
    ``unit`` is the id of the unit concerned, ``where`` the file and line (``path:7``), ``message`` says what, and what to do.
    """

    code: str
    severity: Severity
    message: str
    document: str = ""
    unit: str = ""
    where: str = ""


class Run(Struct, frozen=True):
    """One run of ``kgbuild load``: made once, at the edge, and passed down (prov:Activity)."""

    id: str
    started: str
    version: str


#: One article of the store: the same text, annotated by one or more people; sorted by annotator.
Record = tuple[Document, ...]


def encode_record(record: Record) -> bytes:
    """Write a record as canonical JSON: sorted keys, defaults left out; equal records give equal bytes, wherever they were read."""
    return msgspec.json.encode(tuple(_placeless(document) for document in record), order="deterministic")


def _placeless(document: Document) -> Document:
    problems = tuple(msgspec.structs.replace(problem, where="") for problem in document.problems)
    return msgspec.structs.replace(document, where="", problems=problems)


def decode_record(data: bytes) -> Record:
    """Read what :func:`encode_record` wrote. Raises ``msgspec.ValidationError`` on anything else."""
    return msgspec.json.decode(data, type=Record)
