"""``kgbuild ontology release``: write the merged ontology for others to use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kgbuild.cli import options, outputs
from kgbuild.errors import KgbuildError


@click.command("release")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The folder to write; made if need be.")
@options.ontology
@click.option("--site", default="", metavar="URL", help="Where DIR will stand on the web; without it, .htaccess leads to files beside it.")
def command(*, output: Path, ontology: Path | None, site: str) -> int:
    """Write the merged ontology for others to use.

    DIR gets kgbuild.ttl (canonical Turtle), kgbuild.owl (RDF/XML), kgbuild.nt (N-Triples) and kgbuild.jsonld (JSON-LD): all modules under
    the header of the one that imports the others, the same triples in each; kgbuild-full.ttl, which adds what the ontology's folder
    alignment/ says of other vocabularies; and .htaccess, by which Apache hands out the syntax that a client asks for. For w3id.org, say
    with --site where the files are published. The same ontology gives the same bytes.
    """
    from kgbuild.pipeline.inputs import ontology_files
    from kgbuild.resources import bundled, read_bundled
    from kgbuild.turtle import release

    modules = ontology_files(ontology) if ontology else read_bundled("ontology", ".ttl")
    folder = (ontology or bundled("ontology")) / "alignment"
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name) if folder.is_dir() else []
    alignment = {entry.name: entry.read_bytes() for entry in entries if entry.name.endswith(".ttl") and entry.is_file()}
    files = release(modules, alignment, site=site)
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KgbuildError(f"{output}: cannot be made: {error.strerror or error}", hint="name a folder where you may write") from error
    outputs.write(_written(output, files))
    return 0


def _written(folder: Path, files: dict[str, bytes]) -> Iterator[str]:
    """Write each file whole or not at all, and say so."""
    for name, data in files.items():
        with outputs.writing(folder / name) as stream:
            stream.write(data)
        yield f"{folder / name}  {len(data):,} bytes\n"
