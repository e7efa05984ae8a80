"""W3C Web Annotation (JSON-LD): one annotation, an array, an AnnotationPage or an AnnotationCollection with its pages embedded.

What any tool may write is read by the Web Annotation Data Model (W3C Recommendation, 23 February 2017). The annotations of one
target source are one document; its text is the ``value`` of a TextualBody whose ``id`` is that source, or of the source itself where it is
written out, or the file of the same name with the ending ``.txt``.
Files of one load that speak of one page, or of each other's annotations, are read together, as a server that hands out each annotation as
a file of its own means them; but not files in the shape below, each of which is a document by one annotator.

**The shape that carries the whole model**, which ``convert --to webannotation`` writes and this reader reads back, is one AnnotationPage
for a document. ``DOC`` stands for ``urn:kgbuild:document:`` and the document's id, percent-encoded (all but letters, digits and ``-._~``);
the annotation of a unit has the IRI ``DOC#`` and the unit's id, percent-encoded in the same way::

    {"@context": ["http://www.w3.org/ns/anno.jsonld", {"kga": "urn:kgbuild:annotation:", "wd": "http://www.wikidata.org/entity/"}],
     "id": DOC + "#&page", "type": "AnnotationPage", "items": [
       {"id": DOC + "#&document", "type": "Annotation", "motivation": "describing",          the document: first, and always there
        "creator": {"type": "Person", "name": "mp"}, "generator": {"type": "Software", "name": "INCEpTION 36"},    Document.prov
        "created": "2024-03-12T10:00:00Z", "kga:status": "curated", "kga:confidence": 0.9, "kga:file": "…", "kga:ref": "…",
        "body": [{"id": DOC, "type": "TextualBody", "format": "text/plain", "language": "ro", "value": "the whole text"},
                 {"type": "TextualBody", "purpose": "commenting", "value": "Prov.note"}],
        "target": DOC, "kga:sha256": "…", "kga:meta": {"title": "…", "published": "2024-03-12", "any": ["value"]}},
       {"id": DOC + "#x1", "type": "Annotation", "motivation": "classifying", "kga:kind": "event", "kga:name": "Unit.name",
        creator, generator, created, kga:status … and a commenting body as above: Unit.prov
        "body": [{"type": "TextualBody", "purpose": "classifying", "value": "ArmsTransfer"},          one for each label
                 {"type": "TextualBody", "purpose": "tagging", "value": "tense=future"},              one for each attribute
                 {"type": "SpecificResource", "purpose": "identifying", "source": "wd:Q159"}],        one for each link, as it is written
        "target": [{"type": "SpecificResource", "source": DOC, "selector": [
                      {"type": "TextPositionSelector", "start": 67, "end": 72},                       code points, half-open
                      {"type": "TextQuoteSelector", "exact": "livra", "prefix": "România va ", "suffix": " un sistem"}],
                    "kga:id": "Mention.id", "kga:head": [67, 72], creator, generator …, "kga:note": Mention.prov}]},
       {"id": DOC + "#x1&arg=0", "type": "Annotation", "motivation": "linking", "target": DOC + "#x1",    one for each argument, in order
        "body": [{"type": "SpecificResource", "purpose": "linking", "source": DOC + "#e2"},           or an outer IRI or CURIE
                 {"type": "TextualBody", "purpose": "tagging", "value": "role=supplier"},             the first ``role=``: Arg.role
                 {"type": "TextualBody", "purpose": "tagging", "value": "certainty=possible"}]},      the others: Arg.attrs
       {"id": DOC + "#x1&arg=1", "type": "Annotation", "motivation": "linking", "target": DOC + "#x1",    a literal argument
        "body": [{"type": "TextualBody", "purpose": "describing", "value": "3"},
                 {"type": "TextualBody", "purpose": "tagging", "value": "role=quantity"}]}]}

- ``target``: one SpecificResource for each mention (an array where there are several: coreference); a mention of several parts is
  ``{"type": "List", "items": [one SpecificResource for each part]}``, with the ``kga:`` keys and the provenance on the List.
  A mention that is known by its text only has the TextQuoteSelector alone and ``"kga:placeless": true`` beside it, so that it is not
  looked for; one without a text the TextPositionSelector alone. A unit without mentions has the target ``DOC``.
- A scalar in a tag, or as a literal argument, is written as JSON where it is a number, true or false, or an array of several values
  (``"quantity=3"``, ``"sector=[\\"air\\", \\"land\\"]"``); a string stands bare (``"stance=denies"``), but is written as a JSON string
  where it would be read as something else (``"code=\\"3\\""``): it begins with ``"`` or ``[``, or is a JSON number, ``true`` or ``false``.
  An attribute's name that is empty, begins with ``"`` or has a ``=`` is written as a JSON string too.
- Every ``kga:`` key is left out where there is nothing to say. A relation unit is written as any other (``"kga:kind": "relation"``), with
  its ends as arguments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kgbuild.document import Document, Problem
from kgbuild.errors import FormatError
from kgbuild.readers import anchoring
from kgbuild.readers.conventions import Convention
from kgbuild.readers.grouping import groups
from kgbuild.readers.lines import BOM
from kgbuild.readers.places import below, place
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.webannotation.documents import CONTEXT, documents
from kgbuild.readers.webannotation.entries import Placed
from kgbuild.readers.webannotation.together import once, placed, spoken_of
from kgbuild.readers.whole import decode, read_whole

__all__ = ["READER", "WebAnnotation"]

_TYPES = (b"Annotation", b"AnnotationPage", b"AnnotationCollection", b"oa:Annotation", b"http://www.w3.org/ns/oa#Annotation")


class WebAnnotation:
    """W3C Web Annotation (JSON-LD): one annotation, an array, a page or a collection of pages.

    What Hypothes.is exports is read too.
    """

    name = "webannotation"
    suffixes = (".jsonld", ".json")
    conventions = (
        Convention("label", "a TextualBody with the purpose classifying; or tagging, where its value has no “=”"),
        Convention(
            "role",
            "an annotation with the motivation linking: the event's annotation as target, the other one as body, a tag role=supplier",
        ),
        Convention(
            "statement",
            "an annotation with the label Statement (Denial, Pledge …), and linking annotations for speaker, about, date, quote",
        ),
        Convention("stance", "a tag stance=denies on the statement's annotation"),
        Convention("date", "a tag edtf=2024-03 on the annotation labelled Date"),
        Convention("quote", "an annotation labelled Quote, linked from the statement with a tag role=quote"),
        Convention("link", "a body with the purpose identifying whose source is the IRI (or wd:Q159)"),
        Convention("coreference", "several targets of one annotation"),
        Convention("attribute", "a TextualBody with the purpose tagging: name=value"),
        Convention("literal", "a linking annotation with a tag role=quantity, and the value as a describing TextualBody"),
        Convention(
            "metadata",
            "tags title=…, published=… on the annotation whose body is the document's text (a TextualBody whose id is the source)",
        ),
        Convention("annotator", "creator, and generator for the tool"),
        Convention("note", "a TextualBody with the purpose commenting or describing"),
    )

    def sniff(self, head: bytes) -> bool:
        """Tell from the first bytes: JSON with the context of Web Annotation, one of its types, or annotations of Hypothes.is."""
        start = head.removeprefix(BOM).lstrip()
        if not start.startswith((b"{", b"[")):
            return False
        squeezed = b"".join(start.split())
        if b'"user":"acct:' in squeezed and b'"uri":"' in squeezed and b'"target":[' in squeezed:
            return True  # Hypothes.is
        return b'"' + CONTEXT.encode() + b'"' in squeezed or any(
            b'"' + key + b'":' + opening + b'"' + name + b'"' in squeezed
            for key in (b"type", b"@type")
            for opening in (b"", b"[")
            for name in _TYPES
        )

    def read(self, path: Path, root: Path) -> Iterator[Document | Problem]:
        """Yield a document for each source that the file's annotations speak of. Raises FormatError where it cannot be opened."""
        return self.read_together((path,), root)

    def together(self, paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
        """Sort files into groups that are to be read together: those that speak of one page."""
        return groups(paths, spoken_of)

    def read_together(self, paths: Sequence[Path], root: Path) -> Iterator[Document | Problem]:
        """Yield a document for each source that annotations of these files speak of. Raises FormatError where one cannot be opened."""
        annotations: list[Placed] = []
        for path in paths:
            try:
                found, elsewhere = placed(path, place(path))
            except Rejected as why:
                yield why.problem(path)
            except OSError as error:
                raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error
            else:
                annotations += found
                yield from elsewhere
        kept: list[Placed] = []
        for one in once(annotations):
            if isinstance(one, Problem):
                yield one
            else:
                kept.append(one)
        path = paths[0]
        try:
            for document in documents(kept, below(path, root), lambda source, alone: _beside(paths, source, alone)):
                yield document if isinstance(document, Problem) else anchoring.verify(document)
        except Rejected as why:
            yield why.problem(path)
        except RecursionError:
            yield Rejected("broken-json", "the JSON is nested too deeply").problem(path)
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error


READER = WebAnnotation()


def _beside(paths: Sequence[Path], source: str, alone: bool) -> str | None:
    """The text beside the files: that of the same name where there is one document, or the ``.txt`` that the source's IRI ends with."""
    last = source.rpartition("/")[2]
    for path in paths:
        for name in (path.with_suffix(".txt").name if alone else "", last if last.endswith(".txt") else ""):
            if name and "\0" not in name and (path.parent / name).is_file():
                return decode(read_whole(path.parent / name))
    return None
