"""``kgbuild push``: send the store to a server elsewhere, and say what came of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli import options, outputs, progress

if TYPE_CHECKING:
    from kgbuild.stores.places import Address
    from kgbuild.stores.remote.reporting import PushReport

#: the exit status where what is there is not what was sent
WRONG = 4


@click.command("push")
@click.argument("url", metavar="URL")
@click.argument("articles", nargs=-1, metavar="[ARTICLE...]")
@options.store
@options.reached
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be sent and removed.")
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="FILE", help="Write the report to FILE too, as JSON; -: standard output."
)
def command(*, store: Path, address: Address, articles: tuple[str, ...], dry_run: bool, report: Path | None) -> int:
    """Send the store to the SPARQL server at URL: what changed since it was last sent there; what is gone is removed.

    The first push sends all. One that breaks off is continued by the next. What was sent is read back and compared. Given ARTICLEs
    (document ids, CURIEs or IRIs), only these are sent, or removed where they are gone here. Other graphs of the server are not
    touched.

    The exit status is 4 if what is there is not what was sent (the next push sends it again), 1 if the server keeps literals in
    another form.
    """
    from kgbuild.pipeline.push import push

    with progress.graphs_sent() as on_progress:
        done = push(store, address, articles, dry=dry_run, on_progress=on_progress)
    if report is not None:
        with outputs.writing(report) as stream:
            stream.write(json.dumps({"url": str(address), **asdict(done)}, ensure_ascii=False, indent=2).encode() + b"\n")
    click.echo(_summary(done, address), err=True)
    return WRONG if done.wrong else 1 if done.rewritten_count else 0


def _summary(done: PushReport, address: Address) -> str:
    graphs = len(done.sent) - done.articles_sent, len(done.removed) - done.articles_removed, done.unchanged - done.articles_unchanged
    would = "would be " if done.is_dry else ""
    lines = [f"{address}: {done.store}; {_nothing(done) or _first(done)}"]
    head = f"{'':<12}{would + 'sent':>14}{would + 'removed':>17}{'unchanged':>12}"
    lines.append(f"  {head}")
    lines.append(f"  {'articles':<12}{done.articles_sent:>14,}{done.articles_removed:>17,}{done.articles_unchanged:>12,}")
    lines.append(f"  {'own graphs':<12}{graphs[0]:>14,}{graphs[1]:>17,}{graphs[2]:>12,}")
    if done.is_dry:
        lines += [f"  + {name}" for name in done.sent[:20]] + [f"  - {name}" for name in done.removed[:20]]
        if (more := max(0, len(done.sent) - 20) + max(0, len(done.removed) - 20)) > 0:
            lines.append(f"  … and {more:,} more: --report FILE has all")
        return "\n".join(lines)
    pace = f" ({done.added / done.seconds:,.0f} a second)" if done.seconds and done.added else ""
    lines.append(
        f"{done.added:,} quads sent, {done.taken:,} taken out, in {done.seconds:.1f} s{pace}; {done.verified:,} read back and compared"
    )
    if done.atomic or done.stepwise:
        lines.append(f"replaced: {done.atomic:,} atomic (a reader sees all of a graph or nothing), {done.stepwise:,} stepwise")
    if done.left_out:
        lines.append(f"left out: {len(done.left_out):,} graphs of others, such as <{done.left_out[0]}>")
    if done.rewritten_count:
        sent, came = done.rewritten[0]
        lines.append(f"the store keeps {done.rewritten_count:,} literals in another form: {sent} came back as {came}")
    if done.wrong:
        lines += ["not there as it was sent; push again:", *(f"  {graph}: {said}" for graph, said in done.wrong.items())]
    return "\n".join(lines)


def _nothing(done: PushReport) -> str:
    return "" if done.sent or done.removed or done.continued else "nothing to send"


def _first(done: PushReport) -> str:
    what = "a first push" if done.is_first else "changes"
    return f"{what}, going on from one that broke off" if done.continued else what
