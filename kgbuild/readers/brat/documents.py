"""One brat document, from its files to the model."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from kgbuild.document import Document, Prov
from kgbuild.readers import anchoring
from kgbuild.readers.brat.configuration import Configuration, configuration
from kgbuild.readers.brat.ids import Ids
from kgbuild.readers.brat.parts import ANN, Parts
from kgbuild.readers.brat.passages import Passages
from kgbuild.readers.brat.remarks import Remarks
from kgbuild.readers.brat.standoff import Standoff
from kgbuild.readers.brat.units import Units
from kgbuild.readers.matching import fit
from kgbuild.readers.places import below, place
from kgbuild.readers.rejection import Rejected
from kgbuild.readers.whole import decode, read_whole

__all__ = ["Refused", "document"]


class Refused(Exception):
    """One of the files of a document cannot be taken."""

    def __init__(self, why: Rejected, path: Path) -> None:
        super().__init__(str(why))
        self.why = why
        self.path = path


def document(path: Path, root: Path) -> Document:
    """Read one document. Raises Refused, and OSError where its annotations cannot be opened."""
    parts = Parts.of(path)
    name = below(path.parent / f"{parts.name}{ANN}", root)
    remarks = Remarks(name, path)
    standoff = Standoff(remarks)
    for file in parts.annotations:
        standoff.add(_annotations(file, remarks), file)
    if standoff.passed_over and not standoff.understood:
        raise Refused(Rejected("unknown-format", "no line is one of brat's; is this a file of another tool?", document=name), path)
    text, annotator = _text(parts, name), parts.annotator
    if annotator is not None and (text is None or not _fits(text, standoff)):
        text, annotator = None, None
        name = below(path, root)
        remarks = remarks.renamed(name)
    if text is None and standoff.textbounds:
        file_name = path.with_suffix(".txt").name
        message = f"there is no {file_name} beside it: no place in the text is known; put the text there, and load again"
        remarks.note("text-file-missing", "kept", message)
    if parts.ignored:
        names = ", ".join(part.name for part in parts.ignored)
        remarks.note(
            "parts-ignored", "kept", f"not read: {names}: where there is an .ann file, brat reads that alone; remove one or the other"
        )
    passages = Passages(text, standoff, remarks)  # first, since it makes broken lines whole
    ids = Ids(standoff, remarks)
    units = Units(standoff, ids, passages, _configuration(path.parent, root, remarks), remarks).all()
    prov = Prov(annotator=annotator, tool="brat")
    read = Document(id=name, text=text, prov=prov, units=units, problems=tuple(remarks), where=place(path))
    return _with_lines(anchoring.verify(read), ids, len(read.problems))


def _with_lines(document: Document, ids: Ids, known: int) -> Document:
    """The document with the lines of the problems that its verification found."""
    if len(document.problems) == known:
        return document
    found = (replace(problem, where=place(*at)) if (at := ids.place(problem.unit)) else problem for problem in document.problems[known:])
    return replace(document, problems=(*document.problems[:known], *found))


def _configuration(folder: Path, root: Path, remarks: Remarks) -> Configuration:
    try:
        return configuration(folder, root)
    except (OSError, Rejected) as error:
        remarks.note("configuration-invalid", "kept", f"the configuration of the folder cannot be read ({error}); it was passed over")
        return Configuration()


def _annotations(path: Path, remarks: Remarks) -> str:
    """The lines of a file; of those that are not UTF-8 nothing but their number."""
    data = _bytes(path)
    try:
        return decode(data)
    except Rejected as why:
        if why.code != "not-utf8":
            raise Refused(why, path) from why
        if b"\0" in data:
            raise Refused(Rejected("binary-file", "the file is not text; remove it, or export it again"), path) from why
    lines = data.split(b"\n")
    for index, line in enumerate(lines):
        try:
            line.decode()
        except UnicodeDecodeError:
            remarks.unreadable(path, index + 1)
            lines[index] = b""
    return b"\n".join(lines).decode()


def _text(parts: Parts, name: str) -> str | None:
    if parts.text is None:
        return None
    try:
        return decode(_bytes(parts.text))
    except OSError as error:
        raise Refused(Rejected("unreadable-file", f"cannot be read: {error.strerror}", document=name), parts.text) from error
    except Rejected as why:
        raise Refused(Rejected(why.code, str(why), document=name, line=why.line), parts.text) from why


def _bytes(path: Path) -> bytes:
    """A file's content, which may be nothing: brat makes an empty file for each text."""
    try:
        return read_whole(path)
    except Rejected as why:
        if why.code != "empty-file":
            raise Refused(why, path) from why
    return path.read_bytes()


def _fits(text: str, standoff: Standoff) -> bool:
    """Whether these annotations may be of this text: half of the first hundred stand in it where they say."""
    checked = [line for line in standoff.textbounds if line.text][:100]
    return 2 * sum(bool(fit(text, line.spans, line.text or "")) for line in checked) >= len(checked)
