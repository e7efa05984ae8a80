"""The error tree: each error has a code of its own, an exit status of the table, and shows as a message with a hint."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from kgbuild import errors
from kgbuild.cli import EXIT_STATUSES, Commands
from kgbuild.errors import FormatError, KgbuildError, QueryError

TREE = [getattr(errors, name) for name in errors.__all__]


def _raising(error: BaseException, arguments: tuple[str, ...] = ("fail",)) -> tuple[int, str, str]:
    """Run a command that raises: exit status, standard output, standard error."""

    @click.command("fail")
    def fail() -> None:
        click.echo("so far")
        raise error

    class OneCommand(Commands):
        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
            return fail

        def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str, click.Command, list[str]]:
            return "fail", fail, args[1:]

    group = OneCommand("kgbuild", table={"fail": "Fail."}, package="", params=[click.Option(["--debug"], is_flag=True)])
    result = CliRunner().invoke(group, list(arguments), prog_name="kgbuild")
    return result.exit_code, result.stdout, result.stderr


def _make(kind: type[KgbuildError]) -> KgbuildError:
    if issubclass(kind, FormatError):
        return kind("is not JSON", path="a.jsonl", line=7, hint="mend it")
    return kind("no such thing", hint="name another")


def test_every_error_of_the_module_is_public() -> None:
    defined = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, KgbuildError)}
    assert defined == set(errors.__all__)


def test_no_two_errors_share_a_code() -> None:
    codes = [kind.code for kind in TREE]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("kind", TREE, ids=lambda kind: kind.__name__)
def test_an_error_shows_as_code_message_and_hint_and_exits_with_its_status(kind: type[KgbuildError]) -> None:
    error = _make(kind)
    status, stdout, stderr = _raising(error)
    assert status == kind.exit_status
    assert status in EXIT_STATUSES
    assert stdout == "so far\n"
    assert stderr == f"{kind.code}: {error}\nhint: {error.hint}\n"
    assert kind.__doc__


def test_a_format_error_names_file_and_line() -> None:
    assert str(_make(FormatError)) == "a.jsonl:7: is not JSON"


def test_debug_shows_where_an_error_arose() -> None:
    _, _, stderr = _raising(QueryError("no such query"), ("--debug", "fail"))
    assert stderr.startswith("Traceback")
    assert stderr.endswith("KGB-150: no such query\n")


def test_anything_else_is_a_bug_with_a_traceback_and_a_request() -> None:
    status, _, stderr = _raising(ZeroDivisionError("division by zero"))
    assert status == 70
    assert "ZeroDivisionError: division by zero" in stderr
    assert "please report it" in stderr


def test_an_interruption_is_one_line_and_no_traceback() -> None:
    status, _, stderr = _raising(KeyboardInterrupt())
    assert status == 130
    assert stderr.strip().startswith("kgbuild: interrupted")
    assert "Traceback" not in stderr


def test_a_usage_error_exits_with_2() -> None:
    status, _, stderr = _raising(click.UsageError("which files?"))
    assert status == 2
    assert "which files?" in stderr
