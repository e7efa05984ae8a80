"""``kgbuild labels``: write an annotation tool's configuration from the ontology."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kgbuild.cli import options, outputs
from kgbuild.errors import KgbuildError

_TOOLS = ("brat", "labelstudio", "inception", "doccano", "prodigy")


@click.command("labels")
@click.option("--for", "name", type=click.Choice(_TOOLS), required=True, help="The annotation tool.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="The folder to write; made if need be.")
@options.ontology
def command(*, name: str, output: Path | None, ontology: Path | None) -> int:
    """Write an annotation tool's configuration from the ontology.

    What is annotated with it loads without any mapping: every label, role, attribute value and relation is written as a word that leads
    back to its term. Files of the same names in DIR are written anew; the same ontology gives the same bytes. Without -o, a configuration
    of one file (labelstudio) goes to standard output.

    \b
    brat         annotation.conf, visual.conf, tools.conf: into the folder of the documents
    labelstudio  labelstudio.xml: Settings, Labeling Interface, Code
    inception    layers.json: Settings, Layers, Import; constraints.rules: Settings, Constraints; tag sets alone
    doccano      span-types.json, relation-types.json: Labels, Import Labels
    prodigy      span-labels.txt, relation-labels.txt, prodigy.json; prodigy.txt says how to use them

    The exit status is 1 if a term has no word that leads back to it, and so is left out.
    """
    from kgbuild.labelling import gather, tool
    from kgbuild.pipeline.inputs import ontology_files
    from kgbuild.resources import read_bundled

    labels = gather(ontology_files(ontology) if ontology else read_bundled("ontology", ".ttl"))
    files = tool(name).files(labels)
    if output is None and len(files) > 1:
        raise click.UsageError(f"{name} takes {len(files)} files ({', '.join(files)}): name a folder for them with -o DIR")
    for sentence in labels.left_out:
        click.echo(f"left out: {sentence}", err=True)
    if output is None:
        outputs.write(data.decode() for data in files.values())
    else:
        outputs.write(_written(output, files))
    return 1 if labels.left_out else 0


def _written(folder: Path, files: dict[str, bytes]) -> Iterator[str]:
    """Write each file whole or not at all, and say so."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KgbuildError(f"{folder}: cannot be made: {error.strerror or error}", hint="name a folder where you may write") from error
    for name, data in files.items():
        with outputs.writing(folder / name) as stream:
            stream.write(data)
        yield f"{folder / name}  {len(data):,} bytes\n"
