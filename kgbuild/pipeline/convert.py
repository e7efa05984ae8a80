"""Convert articles: from whatever readers read to the files of another tool, one article at a time.

Each document becomes a file, or a few that belong together, named by its id. OUT must be new or empty, so that nothing is overwritten and
nothing of another conversion is mixed in. Files appear whole under their names; memory holds one article.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kgbuild import readers
from kgbuild.document import Document, Problem
from kgbuild.errors import KgbuildError
from kgbuild.labelling import gather
from kgbuild.pipeline.inputs import ontology_files
from kgbuild.pipeline.options import OnProblem, OnProgress
from kgbuild.resources import read_bundled
from kgbuild.writers import Writer, writer
from kgbuild.writers.labelstudio import LabelStudio
from kgbuild.writers.names import file_name


@dataclass
class ConvertReport:
    """What a conversion did."""

    documents: int = 0
    #: documents of which nothing could be read or written
    rejected: int = 0
    files: int = 0
    bytes: int = 0
    #: (severity, code) -> how many
    problems: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def findings(self) -> bool:
        """Claim that something was left out or written in a lesser form, by the reader or by the format."""
        return bool(self.problems)


def convert(
    paths: Iterable[Path],
    out: Path,
    to: str,
    *,
    format: str | None = None,
    ontology: Path | None = None,
    on_problem: OnProblem = lambda problem: None,
    on_progress: OnProgress = lambda done: None,
) -> ConvertReport:
    """Write every document that files and folders hold in the format ``to`` below the folder ``out``.

    ``ontology``: the folder whose labels the target project is configured with (``kgbuild labels``); None for the shipped one.

    Raises:
        KgbuildError: ``out`` holds something already, or cannot be written.
        FormatError: as :func:`kgbuild.readers.read` does.
        OntologyError: the ontology's folder cannot be used.
    """
    write = _writer(to, ontology).write
    sources = [Path(path) for path in paths]
    _refuse_taken(out, sources)
    report = ConvertReport()

    def say(problem: Problem) -> None:
        report.problems[problem.severity, problem.code] += 1
        report.rejected += problem.severity == "rejected"
        on_problem(problem)

    for found in readers.read(sources, format=format):
        if isinstance(found, Problem):
            say(found)
            continue
        for problem in found.problems:
            say(problem)
        written = write(found)
        for problem in written.problems:
            say(problem)
        if written.files:
            report.documents += 1
            report.files += len(written.files)
            report.bytes += sum(map(len, written.files.values()))
            _place(out, found, written.files)
        on_progress(1)
    return report


def _writer(to: str, ontology: Path | None) -> Writer:
    if to != "labelstudio":
        return writer(to)
    # an answer must be of the type of its control, which the project's configuration decides
    labels = gather(ontology_files(ontology) if ontology else read_bundled("ontology", ".ttl"))
    return LabelStudio(frozenset(attribute.name for attribute in labels.attributes if attribute.kind in ("choice", "flag")))


def _refuse_taken(out: Path, sources: list[Path]) -> None:
    """Refuse a folder that holds something, or that is searched for what is converted."""
    try:
        taken = min((entry.name for entry in out.iterdir()), default=None) if out.exists() else None
    except OSError as error:
        raise _cannot_write(out, error) from error
    if taken is not None:
        raise KgbuildError(
            f"{out}: holds something already ({taken}); nothing was written",
            hint="name a new folder, or one that is empty, so that nothing is overwritten",
        )
    inside = next((path for path in sources if path.is_dir() and path.resolve() in (out.resolve(), *out.resolve().parents)), None)
    if inside is not None:
        raise KgbuildError(
            f"{out}: lies inside {inside}, which is searched for what to convert; nothing was written",
            hint="name a folder outside, so that nothing is converted twice",
        )


def _place(out: Path, document: Document, files: dict[str, bytes]) -> None:
    """Write the files of one document; a second document of the same id, by another annotator, gets a number."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(out, error) from error
    name = file_name(document.id)
    number = 1
    while any((out / f"{_numbered(name, number)}{ending}").exists() for ending in files):
        number += 1
    for ending, data in files.items():
        _write(out / f"{_numbered(name, number)}{ending}", data)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}~{number}"


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> KgbuildError:
    return KgbuildError(
        f"{path}: cannot be written: {error.strerror or error}",
        hint="write to a folder that exists, on a disk with room, where you may write",
    )
