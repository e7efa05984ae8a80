"""doccano: JSON Lines of every kind of project, and the ZIP archives that hold a file for each member.

Kinds of project: spans (``label`` or ``labels`` as ``[begin, end, label]``), spans with relations (``entities``, ``relations``), labels of
texts (``label``, ``labels``, ``cats``), texts for texts (a list of texts, which looks the same), and all of them by user in exports of
releases before 1.0 (``annotations``). A label without a span is a topic of the document. What stands beside them is metadata.

doccano's editor counts UTF-16 code units, files made elsewhere and imported count code points, and no export holds the marked text. Where
the two differ, the spans tell: those that begin and end between words.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from kgbuild.document import Attrs, Document, Mention, Problem, Prov, Span, Unit
from kgbuild.errors import FormatError
from kgbuild.readers.anchoring import verify
from kgbuild.readers.archives import Member, is_zip, opened
from kgbuild.readers.conventions import Convention
from kgbuild.readers.counting import countings
from kgbuild.readers.elements import elements
from kgbuild.readers.joining import Edge, join, unused
from kgbuild.readers.kinds import kind_of
from kgbuild.readers.lines import BOM
from kgbuild.readers.matching import covered
from kgbuild.readers.metadata import id_in, metadata
from kgbuild.readers.places import below, place
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.scalars import is_whole, scalar, word

__all__ = ["READER", "Doccano"]

_TEXT = re.compile(rb'"(?:text|data)"\s*:\s*"')
_LABELS = re.compile(rb'"(?:labels?|entities|cats|annotations)"\s*:\s*(?:\[|")')
_OTHERS = re.compile(rb'"(?:_input_hash|_task_hash|spans|tokens|kgbuild|completed_by|annotation_id|selector|result|answer|%TYPES)"\s*:')
_MEMBER = re.compile(r"[^/]+\.jsonl?")
_LABELLED = ("label", "labels", "entities", "cats", "annotations")
_OWN = ("id", "text", "data", *_LABELLED, "relations", "comments", "Comments", "meta", "annotation_approver", "user", "username")
_OF_ENTITY = frozenset({"id", "label", "start_offset", "end_offset", "user"})


class _Marked(NamedTuple):
    """A span as it was written."""

    id: str
    span: Span
    label: str
    attrs: Attrs


class Doccano:
    """doccano: JSONL exports of every kind of project, and their ZIP archives."""

    name = "doccano"
    suffixes = (".jsonl", ".json", ".zip")
    conventions = (
        Convention("label", "a span's label"),
        Convention("role", "a relation from the event or statement to its argument, of the role's type"),
        Convention("statement", "a span on the verb of saying, labelled Statement, with relations speaker, about, date, quote …"),
        Convention("stance", "the stance's own label (Denial) in place of Statement"),
        Convention("date", "a span labelled Date; its value is read from its text"),
        Convention("quote", "a span labelled Quote, and a relation quote from the statement to it"),
        Convention("coreference", "a relation of the type coreference between two spans of one thing"),
        Convention("metadata", "fields beside the text at import: document_id, title, publisher, published, lang, uri, author"),
        Convention("annotator", "the name of the file in the ZIP archive; the user in exports of old releases"),
        Convention("note", "a comment on the text"),
    )

    def sniff(self, head: bytes) -> bool:
        """Tell from the first bytes: a text, and labels beside it."""
        start = head.removeprefix(BOM).lstrip(b" \t\r\n[")
        if not start.startswith(b"{") or _OTHERS.search(start):
            return False
        if b"\n" not in head and re.match(rb'\{\s*"id"\s*:\s*\d+\s*,\s*"text"\s*:', start):
            return True  # the text is longer than what is seen of it
        return _TEXT.search(start) is not None and _LABELS.search(start) is not None

    def sniff_archive(self, names: Sequence[str]) -> bool:
        """Whether an archive holds nothing but files of JSON (Lines), none in a folder, none native, none of INCEpTION's projects."""
        foreign = any(name.endswith(".kga.jsonl") or name.startswith("exportedproject") for name in names)
        return bool(names) and not foreign and all(map(_MEMBER.fullmatch, names))

    def read(self, path: Path, root: Path) -> Iterator[Document | Problem]:
        """Yield each example's documents, verified, and problems of what was left out. Raises FormatError where it cannot be opened."""
        name = below(path, root)
        try:
            with path.open("rb") as file:
                if not is_zip(file.peek(4)[:4]):
                    yield from _examples(file, name, place(path))
                    return
            with opened(path) as members:
                for member in members:
                    yield from self._member(member, name, f"{place(path)}/{member.name}")
        except Rejected as why:
            yield why.problem(path)
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error

    def _member(self, member: Member, name: str, where: str) -> Iterator[Document | Problem]:
        annotator = member.name.rpartition(".")[0]
        try:
            data = member.read()
            if data.strip() and not self.sniff(data[: 64 << 10]):
                raise Rejected("unknown-format", "the member is no export of doccano; leave it out of the archive")
        except Rejected as why:
            yield Problem(why.code, "rejected", str(why), where=where)
        else:
            yield from _examples(io.BytesIO(data), name, where, "" if annotator == "all" else annotator)


READER = Doccano()


def _examples(file: BinaryIO, name: str, where: str, annotator: str = "") -> Iterator[Document | Problem]:
    for number, (line, found) in enumerate(elements(file), 1):
        here = f"{where}:{line}"
        try:
            if isinstance(found, Rejected):
                raise found
            yield from _documents(found, f"{name}/{number}", here, annotator)
        except Rejected as why:
            yield Problem(why.code, "rejected", str(why), why.document, why.unit, here)


def _documents(example: dict[str, Any], made: str, where: str, annotator: str) -> Iterator[Document | Problem]:
    """One example as a document for each user who annotated it. Raises Rejected."""
    text = next((example[key] for key in ("text", "data") if isinstance(example.get(key), str)), None)
    nested = example["meta"] if isinstance(example.get("meta"), dict) else {}
    number = word(example.get("id"))
    name = id_in(example, nested) or word(nested.get("id")) or (f"doccano/{number}" if number else made)
    if text is None:
        raise Rejected("no-text", "the example has no text; export it again, or remove the line", document=name)
    if not any(key in example for key in _LABELLED):
        yield Problem("not-annotated", "skipped", "the example has no field of labels: it was left out", name, "", where)
        return
    fields = {**nested, **example} if "meta" not in nested else example
    said, faults = metadata(fields, leave=(*_OWN, "id"))
    given = (one.get("comment") if isinstance(one, dict) else one for one in _listed(example, "comments", "Comments"))
    comments = [comment for one in given if (comment := word(one))]
    if comments:
        said["note"] = "\n".join(filter(None, (word(said.get("note")), *comments)))
    approver = word(example.get("annotation_approver"))
    for user, marks in _by_user(example).items():
        problems = [Problem("metadata-invalid", "skipped", f"{fault}; left out", name, "", where) for fault in faults]
        who = annotator or user or word(example.get("username")) or word(example.get("user"))
        approved = f"approved by {approver}" if approver else None
        prov = Prov(who or None, "doccano", status="curated" if approver else "manual", note=approved)
        units = _units(marks, example, text, problems, name, where)
        yield verify(Document(name, text, meta=said, prov=prov, units=units, problems=tuple(problems), where=where))


def _by_user(example: dict[str, Any]) -> dict[str, list[Any]]:
    """The marks of an example by user; in exports of today there is one, without a name."""
    marks = [mark for key in ("label", "labels", "entities", "cats") for mark in _listed(example, key)]
    users: dict[str, list[Any]] = {"": marks} if marks or "annotations" not in example else {}
    for mark in _listed(example, "annotations"):
        user = word(mark.get("user")) if isinstance(mark, dict) else ""
        users.setdefault(user, []).append(mark)
    return users or {"": []}


def _listed(example: dict[str, Any], *keys: str) -> list[Any]:
    found: Any = next((example[key] for key in keys if example.get(key) not in (None, "")), [])
    return found if isinstance(found, list) else [found]


def _units(marks: list[Any], example: dict[str, Any], text: str, problems: list[Problem], name: str, where: str) -> tuple[Unit, ...]:
    spans: list[_Marked] = []
    topics: list[Unit] = []
    taken: set[str] = set()
    ids: dict[str, str] = {}
    for number, mark in enumerate(marks, 1):
        marked = _marked(mark, number)
        if marked is not None:
            own = unused(marked.id, taken)
            ids.setdefault(marked.id, own)
            spans.append(marked._replace(id=own))
            continue
        topic = word(mark.get("text") or mark.get("label")) if isinstance(mark, dict) else word(mark)
        if topic:
            topics.append(Unit(unused(f"label-{number}", taken), "topic", name=topic))
        else:
            message = f"label number {number} is neither [begin, end, label] nor a text; left out"
            problems.append(Problem("result-invalid", "skipped", message, name, "", where))
    placed = _recounted(spans, text, problems, name, where)
    units = [
        Unit(one.id, kind_of(one.label), one.label or None, mentions=(Mention((span,), covered(text, span)),), attrs=one.attrs)
        for one, span in zip(spans, placed, strict=True)
    ]
    return join([*units, *topics], _edges(example, ids, problems, name, where))


def _marked(mark: Any, number: int) -> _Marked | None:
    if isinstance(mark, list) and len(mark) == 3 and is_whole(mark[0]) and is_whole(mark[1]):
        return _Marked(f"s{number}", (mark[0], mark[1]), word(mark[2]), {})
    if isinstance(mark, dict) and is_whole(mark.get("start_offset")) and is_whole(mark.get("end_offset")):
        attrs: Attrs = {key: said for key, value in mark.items() if key not in _OF_ENTITY and (said := scalar(value)) is not None}
        identity = word(mark.get("id"))
        span = (mark["start_offset"], mark["end_offset"])
        return _Marked(f"e{identity}" if identity else f"s{number}", span, word(mark.get("label")), attrs)
    return None


def _recounted(spans: list[_Marked], text: str, problems: list[Problem], name: str, where: str) -> list[Span]:
    """The spans in code points: as they are, or from UTF-16 where so no fewer of them begin and end between words."""
    written = [one.span for one in spans]
    if text.isascii() or max(text, default="") <= "\uffff":
        return written
    counting = countings(text)[0]
    recounted = [counting.recount((span,)) if span[0] < span[1] else None for span in written]
    moved = [found.spans[0] if found else span for found, span in zip(recounted, written, strict=True)]
    if moved == written or sum(_is_clean(text, span) for span in moved) < sum(_is_clean(text, span) for span in written):
        return written
    message = f"the offsets are counted in {counting.name}, not in code points; they were recounted"
    problems.append(Problem("offsets-recounted", "kept", message, name, "", where))
    for one, found in zip(spans, recounted, strict=True):
        if found and found.widened:
            (begin, end), (first, last) = one.span, found.spans[0]
            message = f"{begin}-{end}: an offset lies inside a character; taken as {first}-{last}"
            problems.append(Problem("span-widened", "kept", message, name, one.id, where))
    return moved


def _is_clean(text: str, span: Span) -> bool:
    """Whether a span begins and ends between words, as a person marks, and not with a blank."""
    begin, end = span
    if not begin < end <= len(text) or text[begin].isspace() or text[end - 1].isspace():
        return False
    before = begin == 0 or not (text[begin - 1].isalnum() and text[begin].isalnum())
    return before and (end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum()))


def _edges(example: dict[str, Any], ids: dict[str, str], problems: list[Problem], name: str, where: str) -> Iterator[Edge]:
    for number, relation in enumerate(_listed(example, "relations"), 1):
        given = relation if isinstance(relation, dict) else {}
        source, target = (ids.get(f"e{word(given.get(end))}") for end in ("from_id", "to_id"))
        label = word(given.get("type")) or word(given.get("label"))
        if source is None or target is None:
            message = f"relation number {number} ends at a span that is not in the example; left out"
            problems.append(Problem("relation-dangling", "skipped", message, name, "", where))
            continue
        if not label:
            message = f"relation number {number} has no type: kept as relatedTo; give it the role's"
            problems.append(Problem("relation-unlabelled", "kept", message, name, source, where))
        yield Edge(f"relation-{word(given.get('id')) or number}", source, target, label or "relatedTo")
