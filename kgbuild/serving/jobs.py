"""What the front asks of readers and writer, and the frames in which they answer.

A job is one frame from the front; the answer is a ``head``, any number of pieces of data, and an ``end``; or, at any moment, a ``failure``.
A frame is five bytes (kind, length as big-endian uint32) and a payload.
"""

from __future__ import annotations

import struct
from typing import BinaryIO, Literal

import msgspec
from msgspec import Struct

FrameKind = Literal["job", "head", "data", "end", "failure"]
_KINDS: tuple[FrameKind, ...] = ("job", "head", "data", "end", "failure")
_PREFIX = struct.Struct(">BI")
PREFIX_SIZE = _PREFIX.size
#: how many bytes of an answer a frame holds, about
PIECE = 1 << 16


class Query(Struct, frozen=True, tag=True):
    """A SPARQL query, with the protocol's dataset (None: the query's own, else the store's) and what the client accepts."""

    text: str
    accept: str = ""
    base: str = ""
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


class Graph(Struct, frozen=True, tag=True):
    """One graph of the dataset, whole; None: the default graph."""

    iri: str | None
    accept: str = ""


class Stored(Struct, frozen=True, tag=True):
    """A bundled query by name, with a person's values; ``page`` counts from 1 where ``size`` is not 0."""

    name: str
    values: dict[str, str]
    format: str = "json"
    lang: str = "en"
    page: int = 1
    size: int = 0


class Thing(Struct, frozen=True, tag=True):
    """What the store says of one IRI: RDF, or a page for people."""

    iri: str
    accept: str = ""
    page: int = 1
    lang: str = "en"


class Description(Struct, frozen=True, tag=True):
    """The service description with VoID: what is here, in numbers."""

    endpoint: str
    accept: str = ""
    update: bool = False


class Home(Struct, frozen=True, tag=True):
    """The page at the root."""

    lang: str = "en"


class Update(Struct, frozen=True, tag=True):
    """A SPARQL update, with the protocol's dataset for its patterns."""

    text: str
    base: str = ""
    using: tuple[str, ...] | None = None
    using_named: tuple[str, ...] | None = None


class GraphWrite(Struct, frozen=True, tag=True):
    """Replace a graph by, or add to it, what files hold (path, media type, base IRI); None as ``iri``: the default graph."""

    iri: str | None
    files: tuple[tuple[str, str, str], ...]
    replace: bool


class GraphDrop(Struct, frozen=True, tag=True):
    """Take a graph away."""

    iri: str | None


Reading = Query | Graph | Stored | Thing | Description | Home
Writing = Update | GraphWrite | GraphDrop


class Order(Struct, frozen=True):
    """A job, and the checkpoint that a reader answers it from."""

    job: Reading | Writing
    checkpoint: str = ""
    #: what the IRIs of the store's things begin with
    base: str = ""
    #: IRIs that SERVICE and LOAD may name
    allowed: tuple[str, ...] = ()


class Head(Struct, frozen=True):
    """How an answer begins: HTTP status, media type, further headers."""

    status: int = 200
    media_type: str = ""
    headers: dict[str, str] = {}


class End(Struct, frozen=True):
    """How an answer ended. ``checkpoint``: of a writer, what holds what was written; ``retiring``: the reader is to be replaced."""

    checkpoint: str = ""
    retiring: bool = False


class Failure(Struct, frozen=True):
    """Why there is no answer: HTTP status, and what to say."""

    status: int
    message: str
    hint: str = ""


def frame(kind: FrameKind, payload: bytes | Struct = b"") -> bytes:
    """One frame as bytes."""
    data = payload if isinstance(payload, bytes) else msgspec.msgpack.encode(payload)
    return _PREFIX.pack(_KINDS.index(kind), len(data)) + data


def prefix(data: bytes, begin: int = 0) -> tuple[FrameKind, int]:
    """The kind of the frame that begins there, and the length of its payload. Raises ValueError for what is no frame."""
    number, length = _PREFIX.unpack_from(data, begin)
    if number >= len(_KINDS):
        raise ValueError(f"no frame begins with {data[begin : begin + PREFIX_SIZE]!r}")
    return _KINDS[number], length


def receive(file: BinaryIO) -> Order | None:
    """Read the next order; None where the front has closed the pipe."""
    begin = file.read(PREFIX_SIZE)
    if len(begin) < PREFIX_SIZE:
        return None
    _, length = prefix(begin)
    data = file.read(length)
    return msgspec.msgpack.decode(data, type=Order) if len(data) == length else None
