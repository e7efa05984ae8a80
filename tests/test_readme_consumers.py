"""What the README says of asking from elsewhere: each block is run by the tool that it is for, against a real server."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgbuild.stores import EmbeddedStore
from tests.conftest import Kgbuild
from tests.serving.conftest import Server, start

README = Path(__file__).parents[1] / "README.md"
SECTION = re.search(r"^## Asking from elsewhere\n(.*?)^## ", README.read_text(encoding="utf-8"), re.M | re.S)
#: R writes what its locale can
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}
PYTHON = [sys.executable, "-X", "utf8", "-c"]
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", SECTION[1] if SECTION else "", re.M | re.S)
#: what shows the last line of a cell, as notebooks do
CELL = """
import ast, sys
*lines, last = ast.parse(sys.stdin.read()).body
names = {}
exec(compile(ast.Module(lines, []), "cell", "exec"), names)
names["pandas"].set_option("display.width", None, "display.max_colwidth", None, "display.max_rows", None)
print(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
"""


def block(language: str, holding: str = "") -> str:
    """The one block of the section in a language, with some words in it."""
    (found,) = [text for name, text in BLOCKS if name == language and holding in text]
    return str(found)


@pytest.fixture(scope="module")
def server(_articles_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = start(_articles_store, tmp_path_factory.mktemp("server"))
    yield started
    started.stop()


@pytest.fixture(scope="module")
def expected(_articles_store: Path) -> list[tuple[str, str]]:
    """What the store itself answers to the section's query."""
    with EmbeddedStore.open(_articles_store, read_only=True) as store:
        rows = [(row[0].value, row[1].value) for row in store.select(block("sparql"))]  # type: ignore[union-attr]
    assert {state for state, _ in rows} == {"CHN", "IRN", "PRK"}
    assert len(rows) > 10
    return rows


@pytest.fixture(scope="module")
def labelled(_articles_store: Path, kgbuild: Kgbuild) -> list[str]:
    """What the command line answers to the bundled query that the section asks by HTTP: lines of a state and an article."""
    said = kgbuild("query", "transfer-accounts", "--param", "recipient=Russia", "--store", _articles_store, "--format", "csv")
    rows = csv.DictReader(said.stdout.splitlines())
    found = dict.fromkeys(f"{row['supplierLabel']} {row['articleLabel']}" for row in rows)
    assert len(found) > 10
    return list(found)


def run(server: Server, folder: Path, command: list[str], text: str, *, stdin: bool = False) -> str:
    """Run a block in a folder where the query's file is, with the server's port in place of 7878."""
    (folder / "suppliers.rq").write_text(block("sparql"), encoding="utf-8")
    text = text.replace("http://127.0.0.1:7878/", server.url)
    assert server.url in text
    arguments = command if stdin else [*command, text]
    done = subprocess.run(
        arguments, input=text if stdin else None, cwd=folder, capture_output=True, encoding="utf-8", env=ENVIRONMENT, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(server: Server, tmp_path: Path, expected: list[tuple[str, str]]) -> None:
    header, *lines = run(server, tmp_path, ["sh", "-c"], block("sh", "curl")).splitlines()
    assert header == "supplier,article"
    assert [(state, title.strip('"').replace('""', '"')) for state, _, title in (line.partition(",") for line in lines)] == expected


@pytest.mark.parametrize("library", ["SPARQLWrapper", "SPARQLStore"])
def test_python(server: Server, tmp_path: Path, expected: list[tuple[str, str]], library: str) -> None:
    said = run(server, tmp_path, PYTHON, block("python", f"{library}\n"))
    assert said.splitlines() == [f"{state} {title}" for state, title in expected]


def test_a_cell_of_a_notebook(server: Server, tmp_path: Path, labelled: list[str]) -> None:
    pytest.importorskip("pandas", reason="the extra kgbuild[pandas] is not installed")
    assert rows(run(server, tmp_path, [*PYTHON, CELL], block("python", "pandas"), stdin=True)) == labelled


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed (Debian: r-base-core)")
def test_r(server: Server, tmp_path: Path, labelled: list[str]) -> None:
    assert rows(run(server, tmp_path, ["Rscript", "-e"], f"options(width = 500)\n{block('r')}")) == labelled


def rows(table: str) -> list[str]:
    """The rows of a data frame of two columns, as pandas and R print it: without the number, and one blank for many."""
    header, *lines = table.splitlines()
    assert header.split() == ["supplierLabel", "articleLabel"]
    return [" ".join(line.split()[1:]) for line in lines]
