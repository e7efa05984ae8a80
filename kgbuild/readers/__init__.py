"""Readers: from annotation files to documents.

A reader turns the files of one annotation format into :class:`~kgbuild.document.Document` values whose mentions are verified against the
text (:mod:`kgbuild.readers.anchoring`), and says in :class:`~kgbuild.document.Problem` values what it could not take. Readers come from
a table of built-in ones, and from installed packages through the entry-point group ``kgbuild.readers`` (name of the format → a
:class:`Reader`, or a class that makes one). Plug-ins are looked up only where no built-in reader fits, and for a listing.

Codes of problems, and their severities (``Document.problems`` holds those of a document that is taken; the others are yielded in place of
a document; ``where`` is the path and the line):

    code                  severity  what it means
    span-repaired         kept      a mention's offsets did not fit its text; the text was found at other offsets, which are used
    span-widened          kept      an offset fell inside a character of its unit; the span was widened to whole characters
    text-normalized       kept      check texts are equal to the text only after Unicode NFC; the document's own form is used
    offsets-recounted     kept      all offsets were counted in another unit (UTF-16, UTF-8 bytes, other line ends); read in that unit
    type-system-missing   kept      an XMI file has no type system beside it: numbers are read as text, references where they are plain
    feature-undeclared    kept      the type system does not declare a type or feature: it is read as text, or as links
    coreference-unclear   kept      a link of a chain stands on several annotations, and nothing tells which it means
    text-missing          kept      the text is held elsewhere (``sha256``): its spans could not be verified
    text-guessed          kept      a task has several texts, and which was annotated is not said: the longest was taken
    text-elsewhere        kept      a task's text is at an address: its regions are known by their own texts only
    region-repeated       kept      two passages have one id; the second was given another
    relation-unlabelled   kept      a relation has no label: kept as relatedTo
    export-minimal        kept      a JSON-MIN export, which has no relations; the tool's whole export has
    span-mismatch         skipped   a mention's text is not at its offsets, nor at one place near them; the mention was left out
    span-outside          skipped   a span reaches beyond the text, and there is no check text to find it by
    span-invalid          skipped   a span is empty or reversed, or the parts of a mention overlap or are out of order
    span-without-text     skipped   a span in a document that has no text
    structure-invalid     skipped   a feature structure without id or type, with the id of another one, or with a reference that is none
    reference-dangling    skipped   a feature, slot or view leads to a structure that is not there
    feature-left-out      skipped   a feature holds what the model has no place for, or a second title, address or date of the document
    relation-without-ends skipped   a relation lacks one of its two ends
    chain-broken          skipped   a chain of coreference runs in a circle, shares a link with another one, or ends in nothing
    layer-ignored         skipped   a layer for words and their grammar; its number of annotations
    view-ignored          skipped   a CAS has more than one text; only the first is read
    member-missing        skipped   a project's export lacks what somebody finished, or has it in a form that is not read
    document-unfinished   skipped   nobody has finished a document of a project
    head-invalid          skipped   a head is no span inside its mention; the mention stays, without a head
    text-unavailable      rejected  a CAS holds no text, or only the address of one
    result-invalid        skipped   a result, label or span of a tool's export is not what it exports; left out, the others stay
    region-not-text       skipped   regions of images, sounds, videos or tables
    control-unknown       skipped   the answer of a control that says nothing of a text
    relation-dangling     skipped   a relation ends at no passage
    link-ambiguous        skipped   a link was chosen, and which of several spans it is of is not said
    not-annotated         skipped   a task or example that nobody annotated
    annotation-cancelled  skipped   an annotation that was cancelled, or skipped
    annotation-refused    skipped   an annotation that was rejected in review
    annotation-repeated   skipped   one person annotated a task more than once; the curated or last one is read
    answer-not-accepted   skipped   tasks answered with reject or ignore
    annotation-invalid    rejected  the line is JSON, but not what kgbuild-annotation.schema.json asks for
    unit-repeated         rejected  two units of one document have the same id
    hash-mismatch         rejected  ``sha256`` is not that of ``text``
    duplicate-key         rejected  an object of the line has the same key twice
    broken-json           rejected  the line is not JSON
    truncated-line        rejected  the last line of the file ends inside its JSON
    not-lines             rejected  the file's JSON is spread over several lines; nothing more of it is read
    not-utf8              rejected  the line is not UTF-8
    line-too-long         rejected  the line is longer than a reader keeps in memory
    no-text               rejected  a task or example has no text
    empty-file            rejected  the file holds nothing
    binary-file           rejected  the file is not text
    unreadable-file       rejected  a file in a folder cannot be opened, or a link leads nowhere
    unknown-format        rejected  a file in a folder is of no known format
    file-too-large        rejected  a file of a format that is read whole is larger than the limit
    broken-xml            rejected  the file is not XML
    unsafe-xml            rejected  the XML declares a document type or entities, or is larger or deeper than the limits
    archive-broken        rejected  the file is no ZIP archive, or a member of it is damaged
    archive-unsafe        rejected  members with paths that lead out of the archive, bombs, more members or bytes than the limits
    selector-unread       skipped   a target's place cannot be told without the page's layout (XPath, CSS, SVG); the mention was left out
    quote-unplaced        kept      a quote stands nowhere in the text, or at several places; the mention is known by its words only
    body-unread           skipped   a body that is neither text nor a resource, or the part of a resource that a body means
    link-incomplete       skipped   an annotation that links annotations names fewer ends than a link needs, or speaks of what is not there
    id-repeated           kept      two annotations have the same id; the later one got another
    annotation-empty      skipped   an annotation that says nothing and marks nothing
    page-elsewhere        skipped   a page or an annotation that is only named by its address; nothing is fetched
    broken-rdf            rejected  the file is no RDF in the syntax that it begins in
    text-rebuilt          kept      the text is not held as a whole, or twice: it was put together from what there is
    row-unread            skipped   a line of a table that has not the form of a row
    columns-uneven        kept      rows with another number of cells than the header has columns
    id-reused             kept      a disambiguation id stands for two annotations; they were kept apart
    metadata-invalid      skipped   metadata cannot be read, in a file beside the annotation or a field of it; loaded without
    plug-in-broken        skipped   an installed plug-in cannot be imported

of brat alone:

    text-file-missing     kept      there is no ``.txt`` file: mentions are known by their words only
    parts-ignored         kept      parts (``.a1`` …) beside an ``.ann`` file, which alone is read
    text-not-given        kept      lines end before the text that they cover, so that it could not be verified
    text-broken           kept      a mention's text was broken in two by a line end; it was put together
    trigger-missing       kept      an event names no trigger, or one that is not there; it has no place in the text
    trigger-named         kept      an argument names a trigger that several events share; the first is meant
    id-repeated           kept      an id stands twice; the second line goes by another id, or is left out where it says the same
    set-mixed             kept      an equivalence set joins things with events; each are joined among themselves
    set-member            skipped   an equivalence set joins a relation
    configuration-invalid kept      ``annotation.conf`` or ``tools.conf`` cannot be read
    line-unreadable       skipped   a line of no kind that brat has, or without tabs
    argument-unreadable   skipped   an argument is not ROLE:ID
    reference-missing     skipped   a line names an id that the document does not have
    relation-without-ends skipped   a relation with fewer than two arguments, or with more
    link-unknown          skipped   a link to a database that has no address
    text-covered          skipped   the mentions of a document cover more than 64 million characters together

What is done to a document behind its reader adds ``date-read-from-text`` and ``date-unread`` (:mod:`kgbuild.dating.documents`) and
``scheme-tie`` (:mod:`kgbuild.schemes.applying`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kgbuild.document import Document, Problem
from kgbuild.readers.choosing import BUILT_IN, GROUP, Reader, choose, listing
from kgbuild.readers.discovery import Source, discover
from kgbuild.readers.places import place
from kgbuild.readers.sidecars import Sidecars

__all__ = ["BUILT_IN", "GROUP", "Reader", "Source", "choose", "discover", "documents", "listing", "read"]


def documents(source: Source, format: str | None = None) -> Iterator[Document | Problem]:
    """Yield everything that one source holds, with the metadata that stand beside it. Raises FormatError as :meth:`Reader.read` does."""
    reader = choose(source.path, format)
    beside = {place(one.path): Sidecars(one.path, one.root) for one in (source, *source.others)}
    for sidecars in beside.values():
        yield from sidecars.problems()
    first = beside[place(source.path)]
    if source.others:
        paths = (source.path, *(other.path for other in source.others))
        read = reader.read_together(paths, source.root)  # type: ignore[attr-defined]
    else:
        read = reader.read(source.path, source.root)
    for found in read:
        yield found if isinstance(found, Problem) else beside.get(found.where, first).applied(found)


def read(paths: Iterable[Path | str], *, format: str | None = None) -> Iterator[Document | Problem]:
    """Yield everything that files and folders hold. Raises FormatError as :func:`discover` and :meth:`Reader.read` do."""
    for found in discover(paths, format=format):
        if isinstance(found, Problem):
            yield found
        else:
            yield from documents(found, format)
