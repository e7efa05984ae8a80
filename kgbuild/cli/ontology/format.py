"""``kgbuild ontology format``: write the one canonical Turtle, whatever tool saved the files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from kgbuild.cli import outputs
from kgbuild.errors import KgbuildError, OntologyError

#: what a folder's ontology files are called; other names are formatted when they are given
_SUFFIXES = (".ttl", ".owl", ".rdf")
#: folders of an ontology's folder whose files are formatted with it
_SUBFOLDERS = ("shapes", "alignment")


@click.command("format")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
@click.option("--check", is_flag=True, help="Write nothing; name the files that are not canonical and leave with status 1.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the one file given there; - is standard output."
)
def command(*, paths: tuple[Path, ...], check: bool, output: Path | None) -> int:
    """Write the one canonical Turtle, whatever tool saved the files.

    PATHS are files, or folders: then their *.ttl, *.owl and *.rdf, and all of those below shapes/ and alignment/. Without PATHS, the
    folder ontology/ here. Turtle, RDF/XML, N-Triples and JSON-LD are told by their content. A .ttl file is rewritten in place, if it
    changes. Any other (agent.owl, saved by Protégé) stays as it is, and agent.ttl is written beside it unless that exists and says
    something else. A file that cannot be read is named and left alone; the others are done. - is standard input.

    Comments (#) are no part of an ontology: they are dropped, and named. Prefixes come from a table; the ontology keeps one of its own
    with vann:preferredNamespacePrefix and vann:preferredNamespaceUri in its header.
    """
    given = _files(paths or _here())
    if output is not None and (check or len(given) != 1):
        raise click.UsageError("--output takes one file and no --check")
    to_output = output or (Path("-") if given == [Path("-")] and not check else None)
    tally = Tally(check=check)
    outputs.write(line for path in given for line in tally.take(path, to_output))
    click.echo(tally.summary(), err=True)
    return 3 if tally.failed else int(check and bool(tally.changed))


@dataclass
class Tally:
    """Formats files one by one, and counts what came of them."""

    check: bool
    changed: int = 0
    unchanged: int = 0
    failed: int = 0

    def take(self, path: Path, output: Path | None) -> Iterator[str]:
        """Format a file; give the line that says what changed, if it did. A file that cannot be used is named on standard error."""
        try:
            yield from self._format(path, output)
        except KgbuildError as error:
            self.failed += 1
            click.echo(f"{error.code}: {error}\nhint: {error.hint}", err=True)

    def _format(self, path: Path, output: Path | None) -> Iterator[str]:
        from kgbuild.turtle import canonical, dropped_comments

        data = _read(path)
        text = canonical(str(path), data).encode()
        target = output or (path if path.suffix == ".ttl" else path.with_suffix(".ttl"))
        before = None
        if output is None:
            before = data if target == path else _read(target) if target.exists() else None
        if before == text:
            self.unchanged += 1
            return
        if before is not None and target != path and canonical(str(target), before).encode() != text:
            raise OntologyError(
                f"{target} is there and says something else than {path.name}: nothing is written",
                hint=f"kgbuild ontology format {path} -o {target} puts it in its place",
            )
        self.changed += 1
        self._tell_comments(path, dropped_comments(str(path), data))
        if self.check:
            yield f"{path}\n" if target == path else f"{path}: {target} is not written\n"
            return
        with outputs.writing(target if str(target) == "-" else target.resolve()) as stream:
            stream.write(text)
        if str(target) != "-":
            yield f"{target}\n" if target == path else f"{target}, from {path}\n"

    def _tell_comments(self, path: Path, lines: list[int]) -> None:
        if not lines:
            return
        places = ", ".join(f"{path}:{line}" for line in lines[:5]) + (" …" if len(lines) > 5 else "")
        words = "1 line with a comment" if len(lines) == 1 else f"{len(lines)} lines with comments"
        fate = "would lose" if self.check else "lost"
        keep = "say it with rdfs:comment or skos:editorialNote to keep it"
        click.echo(f"{path} {fate} {words} ({places}): {keep}", err=True)

    def summary(self) -> str:
        """Say how many files came out how."""
        done = "to format" if self.check else "formatted"
        parts = [f"{self.changed} {done}", f"{self.unchanged} canonical already", *([f"{self.failed} failed"] if self.failed else [])]
        return ", ".join(parts)


def _here() -> tuple[Path, ...]:
    folder = Path("ontology")
    if not folder.is_dir():
        raise click.UsageError("there is no folder ontology/ here: name files or folders")
    return (folder,)


def _files(paths: Iterable[Path]) -> list[Path]:
    """The files to format, each once, in order. Raises OntologyError for a folder without any."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        below = [p for name in _SUBFOLDERS for p in (path / name).rglob("*")]
        files = sorted(p for p in (*path.iterdir(), *below) if p.suffix in _SUFFIXES and p.is_file() and not p.name.startswith("."))
        if not files:
            raise OntologyError(
                f"{path}: holds no ontology file ({', '.join(f'*{s}' for s in _SUFFIXES)})", hint="name the folder of the ontology"
            )
        found.update(dict.fromkeys(files))
    return list(found)


def _read(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise OntologyError(f"{path}: {error.strerror or error}", hint="name files that are there and can be read") from error
