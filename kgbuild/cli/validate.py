"""``kgbuild validate``: check what the store holds against the shapes."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli import options, outputs, progress

if TYPE_CHECKING:
    from kgbuild.stores import Place

#: those of kgbuild.validation, not imported for a --help; a test keeps them equal
FORMATS = ("table", "json", "ttl")
SEVERITIES = ("violation", "warning", "info")
#: places on a line where the output is no terminal
_WIDTH = 110


@click.command("validate")
@options.store_or_url
@click.option("--article", "articles", multiple=True, metavar="ID", help="Only this article (id, CURIE or IRI); several times for more.")
@click.option("--reference", is_flag=True, help="Only the reference data (beside the articles named).")
@click.option(
    "--ontology",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Validate by this ontology folder: its classes, and its DIR/shapes (*.ttl, store/*.rq) in place of the shipped ones.",
)
@click.option("--severity", type=click.Choice(SEVERITIES), default="warning", show_default=True, help="Show what is as grave or graver.")
@click.option("--format", type=click.Choice(FORMATS), default="table", show_default=True, help="table: for reading.")
@click.option("--lang", default="en", show_default=True, metavar="TAG", help="The language of the rules: en, ro.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="How many processes check; without it, as many as serve.")
def command(
    *,
    store: Place,
    articles: tuple[str, ...],
    reference: bool,
    ontology: Path | None,
    severity: str,
    format: str,
    lang: str,
    jobs: int | None,
) -> int:
    """Check what the store holds against the shapes.

    Each article, the reference data, and what only the whole store shows: two states with one code, circles over several articles,
    undeclared terms. Articles are judged by what they say, before any rule of the ontology infers more. Nothing is changed. The exit
    status is 1 if there is a violation, shown or not, and 0 with warnings and infos only.

    json is one object: "findings" (rule, severity, message, messages by language, thing, label, article, title, path, value,
    valueLabel, sentence, where; empty ones left out), "checked", "counts" by severity, "hidden". ttl is a sh:ValidationReport.
    """
    from typing import cast

    from kgbuild.pipeline import ValidateOptions, validate
    from kgbuild.validation import REPORTS, Severity, Summary

    chosen = ValidateOptions(articles, reference, ontology, jobs, lang)
    width = shutil.get_terminal_size((_WIDTH, 24)).columns if sys.stdout.isatty() else int(os.environ.get("COLUMNS") or _WIDTH)
    summary = Summary()
    with progress.documents_read() as on_progress:
        groups = validate(store, chosen, summary, on_progress=on_progress)
        shown = summary.seen(groups, cast("Severity", severity))
        outputs.write(REPORTS[format](shown, summary, lang, width))
    return 1 if summary.found["violation"] else 0
