"""Readers: from annotation files to documents.

A reader turns the files of one annotation format into :class:`~kgbuild.document.Document` values whose mentions are verified against the
text (:mod:`kgbuild.readers.anchoring`), and says in :class:`~kgbuild.document.Problem` values what it could not take. Readers come from
a table of built-in ones, and from installed packages through the entry-point group ``kgbuild.readers`` (name of the format → a
:class:`Reader`, or a class that makes one). Plug-ins are looked up only where no built-in reader fits, and for a listing.

Codes of problems, and their severities (``Document.problems`` holds those of a document that is taken; the others are yielded in place of
a document; ``where`` is the path and the line):

    code               severity  what it means
    span-repaired      kept      a mention's offsets did not fit its text; the text was found at other offsets, which are used
    span-widened       kept      an offset fell inside a character of its unit; the span was widened to whole characters
    text-normalized    kept      check texts are equal to the text only after Unicode NFC; the document's own form is used
    offsets-recounted  kept      all offsets were counted in another unit (UTF-16, UTF-8 bytes, other line ends); read in that unit
    text-missing       kept      the text is held elsewhere (``sha256``): its spans could not be verified
    span-mismatch      skipped   a mention's text is not at its offsets, nor at one place near them; the mention was left out
    span-outside       skipped   a span reaches beyond the text, and there is no check text to find it by
    span-invalid       skipped   a span is empty or reversed, or the parts of a mention overlap or are out of order
    span-without-text  skipped   a span in a document that has no text
    head-invalid       skipped   a head is no span inside its mention; the mention stays, without a head
    annotation-invalid rejected  the line is JSON, but not what kgbuild-annotation.schema.json asks for
    unit-repeated      rejected  two units of one document have the same id
    hash-mismatch      rejected  ``sha256`` is not that of ``text``
    duplicate-key      rejected  an object of the line has the same key twice
    broken-json        rejected  the line is not JSON
    truncated-line     rejected  the last line of the file ends inside its JSON
    not-lines          rejected  the file's JSON is spread over several lines; nothing more of it is read
    not-utf8           rejected  the line is not UTF-8
    line-too-long      rejected  the line is longer than a reader keeps in memory
    empty-file         rejected  the file holds nothing
    binary-file        rejected  the file is not text
    unreadable-file    rejected  a file in a folder cannot be opened, or a link leads nowhere
    unknown-format     rejected  a file in a folder is of no known format
    file-too-large     rejected  a file of a format that is read whole is larger than the limit
    broken-xml         rejected  the file is not XML
    unsafe-xml         rejected  the XML declares a document type or entities, or is larger or deeper than the limits
    archive-broken     rejected  the file is no ZIP archive, or a member of it is damaged
    archive-unsafe     rejected  members with paths that lead out of the archive, bombs, more members or bytes than the limits
    metadata-invalid   skipped   a ``.meta.json`` or ``metadata.tsv`` cannot be read; its documents are loaded without it
    plug-in-broken     skipped   an installed plug-in cannot be imported

What is done to a document behind its reader adds ``date-read-from-text`` and ``date-unread`` (:mod:`kgbuild.dating.documents`) and
``scheme-tie`` (:mod:`kgbuild.schemes.applying`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kgbuild.document import Document, Problem
from kgbuild.readers.choosing import BUILT_IN, GROUP, Reader, choose, listing
from kgbuild.readers.discovery import Source, discover
from kgbuild.readers.sidecars import Sidecars

__all__ = ["BUILT_IN", "GROUP", "Reader", "Source", "choose", "discover", "documents", "listing", "read"]


def documents(source: Source, format: str | None = None) -> Iterator[Document | Problem]:
    """Yield everything that one source holds, with the metadata that stand beside it. Raises FormatError as :meth:`Reader.read` does."""
    beside = Sidecars(source.path, source.root)
    yield from beside.problems()
    for found in choose(source.path, format).read(source.path, source.root):
        yield found if isinstance(found, Problem) else beside.applied(found)


def read(paths: Iterable[Path | str], *, format: str | None = None) -> Iterator[Document | Problem]:
    """Yield everything that files and folders hold. Raises FormatError as :func:`discover` and :meth:`Reader.read` do."""
    for found in discover(paths, format=format):
        if isinstance(found, Problem):
            yield found
        else:
            yield from documents(found, format)
