"""A progress line on standard error, where that is a terminal; elsewhere nothing, so that logs stay readable."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def documents_read() -> Iterator[Callable[[int], None]]:
    """Show how many documents have been read, and how fast, while the block runs.

    Yields the function to call with the number of documents that are done since the last call. The total is not known: files are
    read as streams.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} documents"), TextColumn("{task.fields[pace]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("load", total=None, pace="")

        def advance(count: int) -> None:
            progress.update(task, advance=count)
            speed = progress.tasks[task].speed
            progress.update(task, pace=f"{speed:,.0f}/s" if speed else "")

        yield advance


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show that something is being done, and for how long, while the block runs: work whose end is not known."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(what, total=None)
        yield


@contextmanager
def graphs_sent() -> Iterator[Callable[[int, int], None]]:
    """Show how many graphs have been sent, of how many, while the block runs.

    Yields the function to call with the number of graphs done since the last call, and that of all.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.completed:,.0f}"), BarColumn(), TextColumn("graphs"), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("push", total=None)
        yield lambda done, total: progress.update(task, advance=done, total=total)
