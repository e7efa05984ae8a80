"""``kgbuild ontology``: the commands for those who edit the ontology, one module each."""

from __future__ import annotations

import click

from kgbuild.cli.lazy import LazyGroup

#: command -> one line of help. The command itself is ``command`` in the module ``kgbuild.cli.ontology.<name>``.
COMMANDS = {
    "check": "Find what an edit broke: syntax, labels, definitions, identity, logic.",
    "format": "Write the one canonical Turtle, whatever tool saved the files.",
    "release": "Write the merged ontology as Turtle, RDF/XML, N-Triples and JSON-LD.",
    "docs": "Write the ontology's documentation as HTML.",
}


@click.group("ontology", cls=LazyGroup, table=COMMANDS, package=__name__)
def command() -> None:
    """For ontology editors: check, format, release and document the ontology."""
