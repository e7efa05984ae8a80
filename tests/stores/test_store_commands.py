"""The commands with --store URL, against real servers: what they print and leave with is what they do for a folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kgbuild.iris import DATA
from tests.conftest import ARTICLES, Kgbuild

from .servers import Running, running  # noqa: TID252 - the tests are no installed package

ARTICLE = "denials-2022-2023.ro"
FILE = ARTICLES / f"{ARTICLE}.kga.jsonl"
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?m a <https://w3id.org/kgbuild/ontology#Meeting> } }"
TRIPLES = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


pytestmark = pytest.mark.usefixtures("bare")


@pytest.fixture(scope="module", params=["oxigraph", pytest.param("kgbuild", marks=pytest.mark.long)])
def far(request: pytest.FixtureRequest, _articles_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server of the shipped articles: on a copy of their store's files, which both engines read."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "kgbuild":
        shutil.copytree(_articles_store, folder / "store")
    else:
        shutil.copytree(_articles_store / "db", folder / "data")
    with running(request.param, folder) as server:
        yield server


def options(server: Running) -> list[str]:
    """What the command line needs to reach a server."""
    return ["--store", server.url, *(["--credentials", str(server.credentials)] if server.credentials else [])]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["query", "transfers", "--param", "supplier=Coreea de Nord"], id="query, as a table"),
        pytest.param(["query", "evidence", "--param", "thing=Sergey Lavrov", "--format", "json"], id="query, with sentences"),
        pytest.param(["query", "supply-network", "--format", "graphml"], id="query, as a graph"),
        pytest.param(["query", "transfers", "--param", "supplier=nobody"], id="query, of nobody"),
        pytest.param(["query", "transfers", "--show", "--param", "supplier=PRK"], id="query, shown"),
        pytest.param(["query", "-"], id="SPARQL"),
        pytest.param(["explain", "Lavrov"], id="explain a thing"),
        pytest.param(["explain", "Embassy of Russia in Romania", "represents", "--format", "json"], id="explain a triple"),
        pytest.param(["explain", "PRK", "represents", "RUS"], id="explain what nobody says"),
        pytest.param(["validate", "--article", ARTICLE, "--severity", "info", "--jobs", "1"], id="validate"),
        pytest.param(["validate", "--article", "no-such", "--jobs", "1"], id="validate nothing"),
        pytest.param(["dump", "--graph", f"data:article/{ARTICLE}", "--format", "ttl"], id="dump an article"),
        pytest.param(["dump", "--graph", "records", "--format", "nq"], id="dump the notes"),
        pytest.param(["dump", "--graph", "no-such"], id="dump nothing"),
        pytest.param(["dump", "--for", "protege", "--article", ARTICLE, "--format", "nt"], id="dump for Protégé", marks=pytest.mark.long),
        pytest.param(["info", "store"], id="info"),
        pytest.param(["info", "store", "--check"], id="info, checked", marks=pytest.mark.long),
        pytest.param(["remove", "no-such", ARTICLE], id="remove what is not there"),
    ],
)
def test_a_command_says_what_it_says_of_a_folder(
    kgbuild: Kgbuild, _articles_store: Path, far: Running, arguments: list[str], tmp_path: Path
) -> None:
    stdin = COUNT if arguments == ["query", "-"] else None
    near = _articles_store
    if arguments[0] == "remove":  # which writes, where other tests read
        near = shutil.copytree(near, tmp_path / "near")
    here = kgbuild(*arguments, "--store", near, stdin=stdin)
    there = kgbuild(*arguments, *options(far), stdin=stdin)

    def lines(text: str) -> list[str]:
        found = text.replace(far.url, "PLACE").replace(str(near), "PLACE").splitlines()
        return sorted(found) if arguments[0] == "dump" else found  # which comes in no order

    assert there.exit_code == here.exit_code in (0, 1, 3, 4)
    assert lines(there.stdout) == lines(here.stdout)
    assert lines(there.stderr) == lines(here.stderr)
    assert here.stdout or here.stderr


def by_environment(server: Running, _folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    """As in a script."""
    patch.setenv("KGBUILD_STORE", server.url)
    if server.credentials:
        patch.setenv("KGBUILD_CREDENTIALS", str(server.credentials))
    return []


def by_hand(server: Running, folder: Path, _patch: pytest.MonkeyPatch) -> list[str]:
    """As for a server of an unknown kind whose services are anywhere, with a profile of the user's own; and small requests."""
    paths = {"query": "sparql", "update": "sparql", "graph": "store"}
    (folder / "own.toml").write_text('query = "get"\nupdate = "form"\nbatch = 500\ngraph-batch = 700\nvalues = 20\n')
    found = ["--store", f"{server.url}nothing-is-here", "--profile", str(folder / "own.toml")]
    found += [f"--{name}-url={server.url}{path}" for name, path in paths.items()]
    return [*found, *options(server)[2:]]


@pytest.mark.long
@pytest.mark.parametrize("reached", [by_environment, by_hand])
def test_removed_and_loaded_again_an_article_leaves_the_store_as_it_was(
    kgbuild: Kgbuild,
    far: Running,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reached: Callable[[Running, Path, pytest.MonkeyPatch], list[str]],
) -> None:
    how = reached(far, tmp_path, monkeypatch)
    articles = ("query", "articles", "--format", "csv", *how)
    before = kgbuild(*articles).stdout
    triples = kgbuild("query", "-", "--format", "csv", *how, stdin=TRIPLES).stdout
    assert f"article/{ARTICLE}," in before
    removed = kgbuild("remove", ARTICLE, *how)
    assert removed.exit_code == 0, removed.output
    assert removed.stderr.endswith(f": removed 1 of 1: {DATA}article/{ARTICLE}\n")
    assert kgbuild(*articles).stdout.splitlines() == [line for line in before.splitlines() if f"article/{ARTICLE}," not in line]
    loaded = kgbuild("load", FILE, *how)
    assert loaded.exit_code == 0, loaded.output
    assert "added              1\n" in loaded.stderr
    assert kgbuild(*articles).stdout == before
    assert kgbuild("query", "-", "--format", "csv", *how, stdin=TRIPLES).stdout == triples


@pytest.mark.parametrize("command", ["link", "serve", "reason"])
def test_commands_that_work_in_a_folder_say_so(kgbuild: Kgbuild, far: Running, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("KGBUILD_STORE", far.url)
    said = kgbuild(command)
    assert said.exit_code == 2
    assert "not at a URL: name a DIR" in said.stderr
