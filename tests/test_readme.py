"""README.md holds what it says: its console blocks are run, its tables come from the code. KGBUILD_UPDATE=1 writes both anew."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kgbuild import errors
from kgbuild.cli import COMMANDS, EXIT_STATUSES, main
from kgbuild.cli import ontology as ontology_group
from kgbuild.pipeline.preparing import shipped_schemes
from kgbuild.readers import BUILT_IN, Reader, listing
from kgbuild.readers.conventions import SUBJECTS
from kgbuild.resources import read_bundled
from kgbuild.serving.app import addresses

CHECKOUT = Path(__file__).parents[1]
README = CHECKOUT / "README.md"
UPDATE = os.environ.get("KGBUILD_UPDATE") == "1"

CONSOLE = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.M | re.S)
TABLE = re.compile(r"(?<=^<!-- table: )([a-z-]+)( -->\n)(.*?)(?=^<!-- end -->$)", re.M | re.S)
#: what differs from run to run
DURATION = re.compile(r"in [\d.]+ s( \([\d,]+ a second\))?")


def _commands(block: str) -> Iterator[tuple[str, str]]:
    """Split a console block into command lines (with their continuations) and their output."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, output = re.sub(r"\\\n", "\\\0", part).partition("\n")
        yield command.replace("\\\0", "\\\n"), output


def _run(command: str) -> str:
    """Run ``kgbuild …``, or ``echo … | kgbuild …``."""
    words = shlex.split(command.replace("\\\n", " "))
    stdin = words[1] if words[0] == "echo" else None
    program, *arguments = words[3:] if stdin else words
    assert program == "kgbuild", f"a console block may run kgbuild only: {command}"
    result = CliRunner().invoke(main, arguments, input=stdin, prog_name="kgbuild")
    assert "Traceback" not in result.output
    return "".join(f"{line.rstrip()}\n" for line in result.output.splitlines())


def _replace(pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> tuple[str, str]:
    """Give the README as it is and as the code says it should be; write the latter when asked to."""
    before = README.read_text(encoding="utf-8")
    after = pattern.sub(change, before)
    if UPDATE:
        README.write_text(after, encoding="utf-8")
        before = after
    return before, after


def test_the_console_blocks_show_what_the_commands_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").symlink_to(CHECKOUT / "data")
    monkeypatch.chdir(tmp_path)

    def again(block: re.Match[str]) -> str:
        return "".join(f"$ {command}\n{_run(command)}" for command, _ in _commands(block[1]))

    before, after = _replace(CONSOLE, again)
    assert DURATION.sub("in … s", before) == DURATION.sub("in … s", after)
    assert len(CONSOLE.findall(before)) >= 4


def _rows(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in (header, ("---",) * len(header), *rows))


def _table_of(group: click.Group, name: str, summaries: dict[str, str]) -> str:
    context = click.Context(group, info_name=name)
    rows = []
    for word, summary in summaries.items():
        command = group.get_command(context, word)
        assert command is not None
        flags = [max(option.opts, key=len) for option in command.params if isinstance(option, click.Option)]
        rows.append((f"`{name} {word}`", summary, " ".join(f"`{flag}`" for flag in flags)))
    return _rows(("command", "what it does", "options"), rows)


def _commands_table() -> str:
    return _table_of(main, "kgbuild", COMMANDS)


def _ontology_commands_table() -> str:
    return _table_of(ontology_group.command, "kgbuild ontology", ontology_group.COMMANDS)


def _queries_table() -> str:
    from kgbuild.query import Query

    rows = []
    for name, source in read_bundled("queries", ".rq").items():
        query = Query.parse(name.removesuffix(".rq"), source.decode())
        params = [param.name if param.required else f"[{param.name}]" for param in query.params]
        rows.append((f"`{query.name}`", query.summary, " ".join(params), " ".join(column.name for column in query.columns)))
    return _rows(("query", "what it answers", "parameters, optional in brackets", "columns"), rows)


def _exit_statuses_table() -> str:
    return _rows(("status", "meaning"), [(str(status), meaning) for status, meaning in EXIT_STATUSES.items()])


def _errors_table() -> str:
    kinds = sorted((getattr(errors, name) for name in errors.__all__), key=lambda kind: kind.code)
    return _rows(
        ("code", "meaning", "exit status"),
        [
            (f"`{kind.code}`", (kind.__doc__ or "").partition("\n")[0].removesuffix(".").replace("``", "`"), str(kind.exit_status))
            for kind in kinds
        ],
    )


def _readers_table() -> str:
    readers = sorted((reader for reader in listing() if isinstance(reader, Reader)), key=lambda reader: reader.name)
    rows = [(f"`{reader.name}`", " ".join(reader.suffixes), (type(reader).__doc__ or "").partition("\n")[0]) for reader in readers]
    return _rows(("format", "files", "what it reads"), rows)


def _conventions_table() -> str:
    shown = {"brat": "brat", "cas-json": "INCEpTION", "labelstudio": "Label Studio"}
    told = {name: {one.what: one.how for one in import_module(BUILT_IN[name]).READER.conventions} for name in shown}
    rows = [(what, *(told[name].get(what, "").replace("|", "\\|") for name in shown)) for what in SUBJECTS]
    return _rows(("", *shown.values()), rows)


def _schemes_table() -> str:
    return _rows(("label set", "what it is"), [(f"`{scheme.name}`", scheme.about) for scheme in shipped_schemes().values()])


def _questions_table() -> str:
    """One row a question: the commands that a test runs for it."""
    from tests.test_forty_questions import CASES

    rows = []
    for case in CASES:
        name, *values = shlex.split(re.sub(r"\{(\w+)\}", lambda thing: thing[1].upper(), case.command))
        if case.founding:  # its persons are named where its text is
            values = [re.sub("^thing=.*", "thing=NAME", value) for value in values]
        line = shlex.join(["kgbuild", "query", name, *(piece for value in values for piece in ("--param", value))])
        rows.append((str(case.number), case.question, f"`{line}`"))
    return _rows(("", "question", "command"), rows)


def _addresses_table() -> str:
    rows = {}
    for path, methods, about in addresses():
        rows.setdefault(about, (f"`{path}`", " ".join(method for method in methods if method != "HEAD"), about))
    return _rows(("address", "methods", "what it answers"), list(rows.values()))


TABLES = {
    "commands": _commands_table,
    "addresses": _addresses_table,
    "questions": _questions_table,
    "readers": _readers_table,
    "conventions": _conventions_table,
    "schemes": _schemes_table,
    "queries": _queries_table,
    "ontology-commands": _ontology_commands_table,
    "exit-statuses": _exit_statuses_table,
    "errors": _errors_table,
}


def test_the_tables_say_what_the_code_says() -> None:
    before, after = _replace(TABLE, lambda table: table[1] + table[2] + TABLES[table[1]]())
    assert before == after
    assert {table[0] for table in TABLE.findall(before)} == set(TABLES)


def test_the_first_two_blocks_are_all_that_one_must_type() -> None:
    first, second, *_ = re.findall(r"^```sh\n(.*?)^```$", README.read_text(encoding="utf-8"), re.M | re.S)
    assert {"pip install .", "kgbuild load data/articles"} <= set(first.splitlines())
    assert second.splitlines() == ["pip install --editable '.[dev]'", "pytest"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained_by_its_help(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"], prog_name="kgbuild")
    assert result.exit_code == 0
    assert COMMANDS[command].split()[0].rstrip(".:") in result.output


def test_links_to_files_of_the_checkout_lead_somewhere() -> None:
    for target in re.findall(r"\]\(((?!https?:|#)[^)#]+)", README.read_text(encoding="utf-8")):
        assert (CHECKOUT / target).exists(), target
