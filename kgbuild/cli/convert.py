"""``kgbuild convert``: write annotated articles in another tool's format."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli import options, outputs, progress
from kgbuild.cli.findings import Findings

if TYPE_CHECKING:
    from kgbuild.pipeline import ConvertReport

_FORMATS = ("native", "brat", "labelstudio", "webannotation")


@click.command("convert")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--to", type=click.Choice(_FORMATS), required=True, help="The format to write.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The folder to write: new, or empty.")
@click.option("--format", metavar="NAME", help="The files' format, if not to be told from name and content (kgbuild info readers).")
@click.option("--problems", type=click.Path(path_type=Path), metavar="FILE", help="Write every problem to FILE, one JSON object a line.")
@options.ontology
def command(*, paths: tuple[Path, ...], to: str, output: Path, format: str | None, problems: Path | None, ontology: Path | None) -> int:
    """Write annotated articles in another tool's format.

    PATH is a file or a folder, which is searched with all its subfolders. Each article becomes a file in DIR, or a few that belong
    together, named by its id. native and webannotation hold everything; what brat and labelstudio have no place for is left out and named
    as a problem. Labels are written as they stand: kgbuild labels --for TOOL -o DIR writes the configuration that goes with them.

    The exit status is 1 if something was left out or written in a lesser form.
    """
    from kgbuild import pipeline

    with outputs.writing(problems) if problems else nullcontext() as stream, progress.documents_read() as on_progress:
        findings = Findings(stream)
        report = pipeline.convert(paths, output, to, format=format, ontology=ontology, on_problem=findings.add, on_progress=on_progress)
    click.echo(_summary(report, findings, output), err=True)
    return 1 if report.findings else 0


def _summary(report: ConvertReport, findings: Findings, output: Path) -> str:
    documents = f"{report.documents:,} document{'' if report.documents == 1 else 's'}"
    written = f"{documents} in {report.files:,} file{'' if report.files == 1 else 's'}, {report.bytes:,} bytes"
    problems = findings.lines()
    rejected = [f"  {report.rejected:,} rejected"] if report.rejected else []
    return "\n".join([f"{output}: {written}", *rejected, *(["problems, by kind:", *problems] if problems else ["no problems"])])
