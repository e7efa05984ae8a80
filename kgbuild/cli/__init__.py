"""The command line: the table of commands, loaded one at a time, and the one place where errors become messages and exit statuses.

Nothing heavy is imported before a command runs, so that ``kgbuild --help`` answers at once; a test keeps it so.
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any

import click

from kgbuild import __version__
from kgbuild.cli.lazy import LazyGroup
from kgbuild.errors import KgbuildError

#: command -> one line of help. The command itself is ``command`` in the module ``kgbuild.cli.<name>``.
COMMANDS = {
    "load": "Read annotated articles into the store.",
    "remove": "Take articles out of the store.",
    "query": "Ask the store: a bundled query by name, or any SPARQL.",
    "dump": "Write the store's contents as RDF.",
    "info": "Describe the ontology, the queries, the readers or the store.",
    "explain": "Tell on what a thing or a triple rests.",
    "validate": "Check what the store holds against the shapes.",
    "link": "Propose things that may be one, and decide on them.",
    "labels": "Write an annotation tool's configuration from the ontology.",
    "convert": "Write annotated articles in another tool's format.",
    "reason": "Bring what the ontology's axioms entail up to date.",
    "push": "Send the store to a SPARQL server elsewhere.",
    "serve": "Serve the store over HTTP: SPARQL, graphs, pages.",
    "ontology": "For ontology editors: check, format, release, docs.",
}

#: exit status -> what it says. README.md shows this table.
EXIT_STATUSES = {
    0: "done",
    1: "done, with findings: something in the input was left out or kept in a lesser form",
    2: "the command was called wrongly",
    3: "something in the input (file, annotation, ontology, query, parameter) cannot be used",
    4: "the store is missing, locked or broken",
    5: "an optional package is not installed",
    70: "a bug in kgbuild",
    130: "interrupted",
}
BUG, INTERRUPTED = 70, 130


class Commands(LazyGroup):
    """The commands of :data:`COMMANDS`, and the boundary where an error becomes a message and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; leave with the status that it returns, or with that of its error."""
        try:
            status = super().invoke(ctx)
            sys.stdout.flush()
        except (click.ClickException, click.exceptions.Exit):
            raise
        except KgbuildError as error:
            _show(error, debug=ctx.params["debug"])
            status = error.exit_status
        except BrokenPipeError:
            # the reader of our output (| head) has seen enough; what is still buffered goes nowhere, also at interpreter exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = 0
        except (KeyboardInterrupt, click.Abort):
            line_break = "\n" if sys.stderr.isatty() else ""  # after the terminal's own ^C
            click.echo(f"{line_break}kgbuild: interrupted; nothing is half done: run the command again to go on", err=True)
            status = INTERRUPTED
        except Exception:  # noqa: BLE001 - the one boundary
            click.echo(traceback.format_exc(), err=True, nl=False)
            click.echo("KGB-999: this is a bug in kgbuild\nhint: please report it, with the lines above and the command", err=True)
            status = BUG
        ctx.exit(status or 0)


def _show(error: KgbuildError, *, debug: bool) -> None:
    if debug:
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    click.echo(f"{error.code}: {error}", err=True)
    if error.hint:
        click.echo(f"hint: {error.hint}", err=True)


@click.group(
    cls=Commands,
    table=COMMANDS,
    package=__name__,
    context_settings={"auto_envvar_prefix": "KGBUILD", "help_option_names": ["-h", "--help"]},
    epilog="Each command has --help. Results go to standard output, everything else to standard error.",
)
@click.option("--debug", is_flag=True, help="Show where in the code an error arose.")
@click.version_option(__version__, message="%(prog)s %(version)s")
def main(*, debug: bool) -> None:
    """Build and question a knowledge graph of annotated news articles."""
