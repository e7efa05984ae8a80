"""From the annotations of a file to its documents: one for each target source, in the order in which they are first spoken of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kgbuild.document import Document, Problem
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.webannotation.entries import Entry, Placed, entries, texts
from kgbuild.readers.webannotation.linking import connect
from kgbuild.readers.webannotation.making import Making

__all__ = ["CONTEXT", "documents"]

#: the context whose names are read
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def documents(placed: list[Placed], own_id: str, beside: Callable[[str, bool], str | None]) -> Iterator[Document | Problem]:
    """Yield a document for each source that annotations speak of.

    Args:
        placed: the annotations, each with its file.
        own_id: id of the document where the file names no source.
        beside: the text of a source that lies beside its files, if it does; told whether they have no other source.
    """
    listed = entries(placed)
    held = texts(listed)
    sources: dict[str, str] = {}  # each with the first file that speaks of it
    for entry in listed:
        for source in () if entry.about else entry.sources:
            sources.setdefault(source, entry.where)
    makings = {}
    for source, where in sources.items():
        text, language = held.get(source) or (beside(source, len(sources) == 1), None)
        makings[source] = Making.begin(source, own_id, text, language, where)
    pending: dict[str, list[Entry]] = {}
    homes: dict[str, str] = {}
    for entry in listed:
        if not entry.targets:
            written = next((key for key in entry.node if key.endswith("hasTarget")), None)
            advice = f"“{written}” is not read: write it with the names of {CONTEXT}" if written else "say what it is about"
            message = f"{entry.shown} has no target; left out, {advice}"
            yield Problem("annotation-invalid", "rejected", message, where=entry.where)
        for source in () if entry.about else entry.sources:
            making = makings[source]
            if title := entry.title(source):
                making.meta.setdefault("title", title)
            homes.setdefault(entry.iri, source)
            if entry.describes(source):
                making.describe(entry)
                if not (entry.said.labels or entry.said.links or entry.said.names):
                    continue
            making.add(entry)
    for entry in _inside_out(listed, homes):
        pending.setdefault(homes.get(entry.about[0], ""), []).append(entry)
    for source, making in makings.items():
        connect(making, pending.pop(source, []))
        try:
            yield making.document()
        except Rejected as why:
            yield Problem(why.code, "rejected", str(why), why.document, where=making.report.where)
    for entry in (entry for waiting in pending.values() for entry in waiting):
        message = f"{entry.shown} speaks only of annotations that speak of it in turn; left out"
        yield Problem("link-incomplete", "skipped", message, where=entry.where)


def _inside_out(listed: list[Entry], homes: dict[str, str]) -> list[Entry]:
    """The annotations on annotations in the file's order; each is at home in the document of what it speaks of."""
    waiting = [entry for entry in listed if entry.about]
    left = waiting
    while left:
        rest = []
        for entry in left:
            home = homes.get(entry.about[0])
            if home is None:
                rest.append(entry)
            else:
                homes.setdefault(entry.iri, home)
        if len(rest) == len(left):
            break
        left = rest
    return waiting
