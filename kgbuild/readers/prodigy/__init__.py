"""Prodigy: JSON Lines as ``db-out`` writes them: spans, relations, links chosen from options, labels of texts.

A line is one answered task; what was answered with reject or ignore is left out. All tasks on one text by one person are one document,
wherever they stand in the file, or in files of one load, since each recipe has a dataset of its own: for that the lines are looked at
twice, and some 100 bytes are kept for each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from kgbuild.document import Document, Problem
from kgbuild.errors import FormatError
from kgbuild.readers.conventions import Convention
from kgbuild.readers.elements import elements
from kgbuild.readers.grouping import groups
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
        return self.read_together((path,), root)

    def together(self, paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
        """Sort files into groups that are to be read together: those with tasks on one text by one person."""
        return groups(paths, _spoken_of)

    def read_together(self, paths: Sequence[Path], root: Path) -> Iterator[Document | Problem]:
        """Yield the document of each text that tasks of these files are on. Raises FormatError where one cannot be opened."""
        reading = _Reading()
        for step in (reading.expect, reading.documents):
            for path in paths:
                try:
                    yield from step(path)
                except OSError as error:
                    raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error
        yield from reading.rest()


READER = Prodigy()


class _Reading:
    """Files while they are read: how many tasks there are on each text by each person, and those that wait for others on their text."""

    def __init__(self) -> None:
        self._expected: Counter[int] = Counter()
        self._waiting: dict[int, list[Task]] = {}

    def expect(self, path: Path) -> Iterator[Problem]:
        """Count the tasks of a file, if it can be read twice; nothing is told of it yet."""
        if path.is_file():
            self._expected += _tasks_by_text(path)
        yield from ()

    def documents(self, path: Path) -> Iterator[Document | Problem]:
        """Yield the documents whose last task is in this file, and the file's problems."""
        left_out: dict[str, list[int]] = {}
        with path.open("rb") as file:
            for line, found in elements(file):
                if isinstance(found, Rejected):
                    yield found.problem(path, line)
                    continue
                answer = found.get("answer", "accept")
                if answer != "accept":
                    left_out.setdefault(str(answer), []).append(line)
                    continue
                try:
                    text = text_of(found)
                except Rejected as why:
                    yield why.problem(path, line)
                    continue
                yield from self._take(Task(found, text, place(path, line)), _key(text, annotator_of(found)))
        for answer, numbers in left_out.items():
            shown = ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")
            message = f"{len(numbers)} task(s) answered with {answer} were left out: line {shown}"
            yield Problem("answer-not-accepted", "skipped", message, where=place(path))

    def _take(self, task: Task, key: int) -> Iterator[Document]:
        count = self._expected.get(key, 1)
        if count < 2:
            yield document([task])
            return
        tasks = self._waiting.setdefault(key, [])
        tasks.append(task)
        if len(tasks) == count:
            yield document(self._waiting.pop(key))

    def rest(self) -> Iterator[Document]:
        """Yield the documents of tasks that still wait for others."""
        yield from map(document, self._waiting.values())


class _Glance(Struct):
    """What tells which document a task belongs to."""

    text: Any = None
    answer: Any = "accept"
    annotator: Any = field(default=None, name="_annotator_id")
    session: Any = field(default=None, name="_session_id")


_DECODER = msgspec.json.Decoder(_Glance)


def _spoken_of(path: Path) -> tuple[Iterable[int], int]:
    """The texts of a file's accepted tasks, each with the person, by their keys; and the file's size in bytes."""
    try:
        return (_tasks_by_text(path), path.stat().st_size) if path.is_file() else ((), 0)
    except OSError:
        return (), 0


def _tasks_by_text(path: Path) -> Counter[int]:
    """How many accepted tasks there are on each text by each person; lines that cannot be read are told of when their turn comes."""
    counted: Counter[int] = Counter()
    with path.open("rb") as file:
        for line in lines(file):
            try:
                seen = _DECODER.decode(line.data or b"")
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                continue
            if seen.answer == "accept" and isinstance(seen.text, str):
                counted[_key(seen.text, annotator_of({"_annotator_id": seen.annotator, "_session_id": seen.session}))] += 1
    return counted


def _key(text: str, annotator: str) -> int:
    return hash((text, annotator))
