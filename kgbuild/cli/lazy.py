"""A group of commands that are imported one at a time, when they run: ``--help`` needs only their table."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """Commands of a table, name -> one line of help; each is ``command`` in the module ``<package>.<name>``."""

    def __init__(self, *args: Any, table: Mapping[str, str], package: str, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.table = table
        self.package = package

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names in the table's order."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in self.table:
            return None
        command: click.Command = import_module(f"{self.package}.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.table.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command named first. Raises click.UsageError with the nearest name."""
        if args and args[0] not in self.table and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], self.table, n=1)
            ctx.fail(f"no command “{args[0]}”" + (f"; did you mean “{near[0]}”?" if near else ""))
        return super().resolve_command(ctx, args)
