"""``kgbuild ontology docs``: the ontology's documentation as HTML."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

import click

from kgbuild.cli import options, outputs
from kgbuild.errors import KgbuildError


@click.command("docs")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The folder for the pages; made if need be."
)
@options.ontology
def command(*, output: Path, ontology: Path | None) -> int:
    """Write the ontology's documentation as HTML: open DIR/index.html in any browser.

    Every term in English and Romanian, with what annotators write for it, its place among the others, what identifies its things, and the
    queries and shapes that use it; and a class diagram of each module. The pages load nothing from elsewhere.
    """
    from kgbuild.documentation import read, render
    from kgbuild.pipeline.inputs import ontology_files
    from kgbuild.query import load_queries
    from kgbuild.resources import bundled, read_bundled

    files = ontology_files(ontology) if ontology else read_bundled("ontology", ".ttl")
    folder = ontology / "shapes" if ontology and (ontology / "shapes").is_dir() else bundled("ontology") / "shapes"
    shapes = _files(folder, ".ttl") | {f"store/{name}": data for name, data in _files(folder / "store", ".rq").items()}
    pages = render(read(files, load_queries(read_bundled("queries", ".rq")), shapes))
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KgbuildError(f"{output}: cannot be made: {error.strerror or error}", hint="name a folder that can be written") from error
    for name, content in pages.items():
        with outputs.writing(output / name) as stream:
            stream.write(content)
    click.echo(f"{len(pages)} files in {output}: open {output / 'index.html'}", err=True)
    return 0


def _files(folder: Traversable, suffix: str) -> dict[str, bytes]:
    """The files of a folder that end so; none where there is no such folder."""
    if not folder.is_dir():
        return {}
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.endswith(suffix) and entry.is_file()}
