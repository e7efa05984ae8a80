"""``kgbuild load``: read annotated articles into the store, and say what came of it."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild import iris
from kgbuild.cli import options, outputs, progress
from kgbuild.cli.findings import Findings

if TYPE_CHECKING:
    from kgbuild.pipeline import LoadReport
    from kgbuild.stores import Place


def _base(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    if iris.expand(value) != value or not value.endswith(("/", "#", ":")):
        raise click.BadParameter(f"“{value}” is not an absolute IRI that ends in “/” or “#”, such as https://example.org/id/")
    return value


@click.command("load")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH...")
@options.store_or_url
@click.option("--format", metavar="NAME", help="The files' format, if not to be told from name and content (kgbuild info readers).")
@click.option("--scheme", metavar="NAME|FILE", help="The label set of the annotations, if not the ontology's (kgbuild info schemes).")
@click.option("--strict", is_flag=True, help="Load nothing if a label, role or attribute is not in the ontology.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="How many processes read and map; without it, as many as serve.")
@click.option("--problems", type=click.Path(path_type=Path), metavar="FILE", help="Write every problem to FILE, one JSON object a line.")
@options.ontology
@options.reference
@options.decisions
@click.option("--base", callback=_base, metavar="IRI", help="What the IRIs of a new store begin with; the store remembers it.")
@click.option("--rebuild", is_flag=True, help="Map the store's own records again, as after a change of ontology; takes no PATH.")
@click.option("--validate", is_flag=True, help="Check each article against the shapes; what breaks a rule is loaded, and is a problem.")
@click.option("--no-text", is_flag=True, help="Keep the offsets of sentences and mentions, not the text, where one may not keep it.")
def command(
    *,
    paths: tuple[Path, ...],
    store: Place,
    format: str | None,
    scheme: str | None,
    strict: bool,
    jobs: int | None,
    problems: Path | None,
    ontology: Path | None,
    reference: Path | None,
    decisions: Path | None,
    base: str | None,
    rebuild: bool,
    validate: bool,
    no_text: bool,
) -> int:
    """Read annotated articles into the store.

    PATH is a file or a folder, which is searched with all its subfolders. Loading an article again replaces what it said before; an
    unchanged one writes nothing. What every new store begins with, the ontology and the reference data, is kept in the user's cache
    folder, so that the next new store is there sooner.

    The exit status is 1 if something in the input was left out or kept in a lesser form.
    """
    if rebuild and paths:
        raise click.UsageError("--rebuild takes no PATH: it maps the articles that are in the store; load new files without it")
    if rebuild and scheme is not None:
        raise click.UsageError(
            "--rebuild takes no --scheme: the records keep the terms that a scheme gave; load the files again with another"
        )
    if not rebuild and not paths:
        raise click.UsageError("which files? give at least one PATH (a file or a folder), or --rebuild")
    from kgbuild import pipeline

    chosen = pipeline.LoadOptions(
        format=format,
        strict=strict,
        jobs=jobs,
        ontology=ontology,
        reference=reference,
        base=base,
        keep_text=not no_text,
        validate=validate,
        decisions=decisions,
        scheme=scheme,
    )
    with outputs.writing(problems) if problems else nullcontext() as stream, progress.documents_read() as on_progress:
        findings = Findings(stream)
        if rebuild:
            report = pipeline.rebuild(store, chosen, on_problem=findings.add, on_progress=on_progress)
        else:
            report = pipeline.load(paths, store, chosen, on_problem=findings.add, on_progress=on_progress)
    click.echo(_summary(report, findings, store), err=True)
    return 1 if report.findings else 0


def _summary(report: LoadReport, findings: Findings, store: Place) -> str:
    pace = f" ({report.documents / report.seconds:,.0f} a second)" if report.seconds else ""
    counts = {
        "documents": report.documents,
        "  added": report.added,
        "  replaced": report.replaced,
        "  unchanged": report.unchanged,
        "  merged": report.merged,
        "  rejected": report.rejected,
        "units": report.units,
        "quads": report.quads,
    }
    lines = [f"{store}: {_documents(report.documents)} in {report.seconds:.1f} s{pace}"]
    lines += [f"  {name:<12}{count:>10,}" for name, count in counts.items() if count or not name.startswith(" ")]
    if report.relinked:
        counted = "1 article" if report.relinked == 1 else f"{report.relinked:,} articles"
        lines.append(f"{counted} mapped again: decisions on links changed")
    if report.ignored:
        lines.append(f"{report.ignored:,} annotation{'' if report.ignored == 1 else 's'} left out on purpose, as the scheme says")
    lines += report.notes
    problems = findings.lines()
    return "\n".join([*lines, "problems, by kind:", *problems] if problems else [*lines, "no problems"])


def _documents(count: int) -> str:
    return f"{count:,} document{'' if count == 1 else 's'}"
