"""Prodigy: JSON Lines as ``db-out`` writes them: spans, relations, links chosen from options, labels of texts.

A line is one answered task; what was answered with reject or ignore is left out. All tasks on one text by one person are one document,
wherever they stand in the file: for that the lines are looked at twice, and some 100 bytes are kept for each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct, field

from kgbuild.document import Document, Problem
from kgbuild.errors import FormatError
from kgbuild.readers.conventions import Convention
from kgbuild.readers.elements import elements
from kgbuild.readers.lines import BOM, lines
from kgbuild.readers.places import place
from kgbuild.readers.prodigy.tasks import Task, annotator_of, document, text_of
from kgbuild.readers.rejection import Rejected

__all__ = ["READER", "Prodigy"]

_OWN = re.compile(rb'"(?:_input_hash|_task_hash|_session_id|_view_id)"\s*:|"answer"\s*:\s*"(?:accept|reject|ignore)"')
_SPANS = re.compile(rb'"spans"\s*:\s*\[')
_TEXT = re.compile(rb'\[?\s*\{\s*"text"\s*:\s*"')


class Prodigy:
    """Prodigy: JSONL of annotated spans, relations, links and text categories."""

    name = "prodigy"
    suffixes = (".jsonl", ".json")
    conventions = (
        Convention("label", "a span's label"),
        Convention("role", "a relation (rel.manual) from the event or statement to its argument, labelled with the role"),
        Convention("statement", "a span on the verb of saying, labelled Statement, with relations speaker, about, date, quote …"),
        Convention("stance", "the stance's own label (Denial) in place of Statement, or a key stance in the span"),
        Convention("date", "a span labelled Date; a key edtf in the span is its value"),
        Convention("quote", "a span labelled Quote, and a relation quote from the statement to it"),
        Convention("link", "kb_id of the span, or the accepted option of a choice task on one span: Q159, an address"),
        Convention("coreference", "a relation labelled coreference (or COREF) between two spans of one thing"),
        Convention("attribute", "any other key in the span with a text, number or truth value"),
        Convention("metadata", "meta: document_id, title, publisher, published, lang, uri, author"),
        Convention("annotator", "_annotator_id, else _session_id"),
        Convention("note", "user_input, for the text as a whole"),
    )

    def sniff(self, head: bytes) -> bool:
        """Tell from the first bytes: Prodigy's own keys, or spans beside a text."""
        start = head.removeprefix(BOM).lstrip()
        if not start.startswith((b"{", b"[")) or b'"kgbuild"' in head or b'"completed_by"' in head:
            return False
        if _OWN.search(start) or (_SPANS.search(start) and b'"text"' in start):
            return True
        # the text may be longer than what is seen of it
        return b"\n" not in head and len(head) > 60_000 and _TEXT.match(start) is not None

    def read(self, path: Path, root: Path) -> Iterator[Document | Problem]:
        """Yield each text's document, verified, and problems of what was left out. Raises FormatError where it cannot be opened."""
        try:
            with path.open("rb") as file:
                expected = _tasks_by_text(file) if path.is_file() else Counter()
                yield from _Reading(path, expected).documents(file)
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error


READER = Prodigy()


class _Reading:
    """One file while it is read: tasks that wait for others on their text, and answers that were left out."""

    def __init__(self, path: Path, expected: Counter[int]) -> None:
        self._path = path
        self._expected = expected
        self._waiting: dict[int, list[Task]] = {}
        self._left_out: dict[str, list[int]] = {}

    def documents(self, file: BinaryIO) -> Iterator[Document | Problem]:
        for line, found in elements(file):
            if isinstance(found, Rejected):
                yield found.problem(self._path, line)
                continue
            answer = found.get("answer", "accept")
            if answer != "accept":
                self._left_out.setdefault(str(answer), []).append(line)
                continue
            try:
                text = text_of(found)
            except Rejected as why:
                yield why.problem(self._path, line)
                continue
            task = Task(found, text, place(self._path, line))
            key = _key(text, annotator_of(found))
            count = self._expected.get(key, 1)
            if count < 2:
                yield document([task])
                continue
            tasks = self._waiting.setdefault(key, [])
            tasks.append(task)
            if len(tasks) == count:
                yield document(self._waiting.pop(key))
        for tasks in self._waiting.values():
            yield document(tasks)
        for answer, numbers in self._left_out.items():
            shown = ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")
            message = f"{len(numbers)} task(s) answered with {answer} were left out: line {shown}"
            yield Problem("answer-not-accepted", "skipped", message, where=place(self._path))


class _Glance(Struct):
    """What tells which document a task belongs to."""

    text: Any = None
    answer: Any = "accept"
    annotator: Any = field(default=None, name="_annotator_id")
    session: Any = field(default=None, name="_session_id")


_DECODER = msgspec.json.Decoder(_Glance)


def _tasks_by_text(file: BinaryIO) -> Counter[int]:
    """How many accepted tasks there are on each text by each person; lines that cannot be read are told of when their turn comes."""
    counted: Counter[int] = Counter()
    for line in lines(file):
        try:
            seen = _DECODER.decode(line.data or b"")
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        if seen.answer == "accept" and isinstance(seen.text, str):
            counted[_key(seen.text, annotator_of({"_annotator_id": seen.annotator, "_session_id": seen.session}))] += 1
    file.seek(0)
    return counted


def _key(text: str, annotator: str) -> int:
    return hash((text, annotator))
