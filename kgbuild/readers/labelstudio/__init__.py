"""Label Studio: exports ``JSON`` and ``JSON-MIN``, tasks with predictions, single tasks, annotations as storages hold them.

A task is one document for each person who annotated it, with one id: ``id`` (or ``document_id``) of its data, else its project and number.
Its other data are metadata. Predictions are read where nobody annotated. Drafts are not read, nor what was cancelled or refused in review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kgbuild.document import Document, Problem
from kgbuild.errors import FormatError
from kgbuild.readers.conventions import Convention
from kgbuild.readers.elements import elements
from kgbuild.readers.labelstudio.minimal import is_minimal
from kgbuild.readers.labelstudio.tasks import documents
from kgbuild.readers.lines import BOM
from kgbuild.readers.places import below, place
from kgbuild.readers.rejection import Rejected

__all__ = ["READER", "LabelStudio"]

_ANNOTATED = re.compile(rb'"(?:annotations|completions|predictions)"\s*:\s*\[|"result"\s*:\s*\[')
_TASK = re.compile(rb'"data"\s*:\s*\{|"result"\s*:\s*\[|"(?:completed_by|was_cancelled|model_version|lead_time)"\s*:')
_LOST = (
    "this is JSON-MIN: it has no relations and no ids of regions, so that roles and coreference are lost, and answers per region are "
    "joined by their offsets; export the project as JSON"
)


class LabelStudio:
    """Label Studio: JSON and JSON-MIN exports of texts, hypertexts and dialogues."""

    name = "labelstudio"
    suffixes = (".json", ".jsonl")
    conventions = (
        Convention("label", "a region's label; several labels where the tag has choice=“multiple”"),
        Convention("role", "a relation from the event or statement to its argument, labelled with the role"),
        Convention("statement", "a region on the verb of saying, labelled Statement, with relations speaker, about, date, quote …"),
        Convention("stance", "a per-region choice named stance, or the stance's own label (Denial)"),
        Convention("date", "a region labelled Date with a per-region text or date control named edtf"),
        Convention("quote", "a region labelled Quote, and a relation quote from the statement to it"),
        Convention("link", "a per-region text named link (or wikidata): Q159, wd:Q159 or an address"),
        Convention("coreference", "a relation labelled coreference between two regions of one thing"),
        Convention("attribute", "a per-region choice, text, number, rating, date or taxonomy control with the attribute's name"),
        Convention(
            "literal",
            "a line role=value, or several with semicolons, in a region's note, or in a per-region text named arguments; "
            "in a relation's notes: its attribute",
        ),
        Convention("metadata", "fields of the task's data: id, title, publisher, published, lang, uri, author"),
        Convention("annotator", "who completed the annotation; one document each, a model where nobody annotated"),
        Convention("note", "a region's note, or a per-region text named note"),
    )

    def sniff(self, head: bytes) -> bool:
        """Tell from the first bytes: a task has annotations or predictions beside its data."""
        start = head.removeprefix(BOM).lstrip()
        if not start.startswith((b"{", b"[")) or b'"%FEATURE_STRUCTURES"' in head or b'"kgbuild"' in head[:200]:
            return False
        if b'"annotation_id"' in head and (b'"annotator"' in head or b'"lead_time"' in head):
            return True
        return _ANNOTATED.search(head) is not None and _TASK.search(head) is not None

    def read(self, path: Path, root: Path) -> Iterator[Document | Problem]:
        """Yield each task's documents, verified, and problems of what was left out. Raises FormatError where it cannot be opened."""
        warned = False
        try:
            with path.open("rb") as file:
                for number, (line, found) in enumerate(elements(file), 1):
                    if isinstance(found, Rejected):
                        yield found.problem(path, line)
                        continue
                    if not warned and is_minimal(found):
                        warned = True
                        yield Problem("export-minimal", "kept", _LOST, where=place(path))
                    try:
                        yield from documents(found, below(path, root), number, place(path, line))
                    except Rejected as why:
                        yield why.problem(path, line)
        except OSError as error:
            raise FormatError(f"cannot be read: {error.strerror}", path=place(path)) from error


READER = LabelStudio()
