"""Writers: from documents to the files of other annotation tools, which kgbuild's readers read back.

A :class:`Writer` turns one document into the bytes of a few files, whose names the driver makes (:mod:`kgbuild.pipeline.convert`). What
the format cannot hold is said in problems:

    code                    severity  what it means
    not-in-format           skipped   this fact has no place in the format; it was left out
    changed-in-format       kept      this fact is written in another form, with the same meaning where the ontology is used
    document-not-in-format  rejected  nothing of the document can be written

What is no loss, and not said: ids of mentions, and the ``file`` and ``ref`` of provenance, which are each file's own; the order of units,
of arguments and of values; a list of one value beside the value alone; in formats whose values are text, whether a value was a number.
"""

from __future__ import annotations

from importlib import import_module

from kgbuild.writers.writer import Writer, Written

__all__ = ["WRITERS", "Writer", "Written", "writer"]

#: format -> module that holds its writer as ``WRITER``; imported when first needed
WRITERS = {name: f"kgbuild.writers.{name}" for name in ("native", "brat", "labelstudio", "webannotation")}


def writer(name: str) -> Writer:
    """The writer of one format, by a name of :data:`WRITERS`."""
    found: Writer = import_module(WRITERS[name]).WRITER
    return found
