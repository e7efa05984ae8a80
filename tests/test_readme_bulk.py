"""What the README says of a large first push: its blocks are run, and kgbuild then finds in the store all that there should be."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kgbuild.stores.remote.connecting import connect
from tests.conftest import ARTICLES, Kgbuild
from tests.stores.servers import fuseki_jar, missing, running

README = Path(__file__).parents[1] / "README.md"
SECTION = re.search(r"^\*\*A large first push\*\*(.*?)^## ", README.read_text(encoding="utf-8"), re.M | re.S)
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", SECTION[1] if SECTION else "", re.M | re.S)
QUERY = ("query", "transfers", "--param", "recipient=RUS", "--format", "csv")


def lines(holding: str) -> list[str]:
    """The lines of the one block with some words in it."""
    (found,) = [text for _, text in BLOCKS if holding in text]
    return str(found).splitlines()


def run(folder: Path, command: str, **replaced: str) -> None:
    """Run a line of a block as a shell does, with the programs beside this Python."""
    for old, new in replaced.items():
        assert old in command
        command = command.replace(old, new)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["sh", "-c", command], cwd=folder, check=True, capture_output=True, timeout=300, env={**os.environ, "PATH": path})


@pytest.fixture(scope="module")
def dumped(_articles_store: Path, tmp_path_factory: pytest.TempPathFactory, kgbuild: Kgbuild) -> Path:
    """A folder with the files that the first block writes."""
    folder = tmp_path_factory.mktemp("dump")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("KGBUILD_STORE", str(_articles_store))
        for line in lines("kgbuild dump"):
            program, *arguments = line.split()
            assert program == "kgbuild"
            done = kgbuild(*arguments)
            assert done.exit_code == 0, done.output
    return folder


@pytest.mark.long
def test_a_first_push_says_what_the_readme_shows(kgbuild: Kgbuild, _articles_store: Path, tmp_path: Path) -> None:
    (shown,) = re.findall(r"^```text\n\$ kgbuild push (\S+)\n(.*?)^```$", README.read_text(encoding="utf-8"), re.M | re.S)
    with running("oxigraph", tmp_path) as server:
        done = kgbuild("push", server.url, "--store", _articles_store)
    assert done.exit_code == 0

    def timeless(text: str) -> str:
        return re.sub(r"in [\d.]+ s \([\d,]+ a second\)", "", text)

    assert timeless(done.stderr.replace(server.url, shown[0])) == timeless(shown[1])


def check(kgbuild: Kgbuild, near: Path, url: str, *options: str | Path) -> None:
    """All articles are there and as they should be, so that a load writes nothing; and a query finds what it finds here."""
    far = ("--store", url, *options)
    loaded = kgbuild("load", ARTICLES, *far)
    assert re.search(r"documents +18\n +unchanged +18\n.*quads +0\n", loaded.output, re.S), loaded.output
    assert kgbuild(*QUERY, *far).stdout == kgbuild(*QUERY, "--store", near).stdout
    assert kgbuild(*QUERY, *far).stdout.count("\n") > 5


@pytest.mark.skipif(bool(missing("oxigraph")), reason=missing("oxigraph"))
def test_oxigraph(dumped: Path, _articles_store: Path, tmp_path: Path, kgbuild: Kgbuild) -> None:
    load, serve = lines("oxigraph load")
    assert serve == "oxigraph serve --location DIR"
    run(dumped, load, DIR=str(tmp_path / "data"))
    with running("oxigraph", tmp_path) as server:
        check(kgbuild, _articles_store, server.url)


@pytest.mark.long
@pytest.mark.skipif(bool(missing("fuseki")), reason=missing("fuseki"))
def test_fuseki(dumped: Path, _articles_store: Path, tmp_path: Path, kgbuild: Kgbuild) -> None:
    load, serve = lines("tdbloader")
    assert serve == "java -jar fuseki-server.jar --tdb2 --loc DIR --update /ds"
    run(dumped, load, DIR=str(tmp_path / "data"), **{"fuseki-server.jar": str(fuseki_jar())})
    with running("fuseki", tmp_path) as server:
        check(kgbuild, _articles_store, server.url)


@pytest.mark.long
@pytest.mark.skipif(bool(missing("virtuoso")), reason=missing("virtuoso"))
def test_virtuoso(dumped: Path, _articles_store: Path, tmp_path: Path, kgbuild: Kgbuild) -> None:
    with running("virtuoso", tmp_path) as server:
        shutil.copytree(dumped, tmp_path / "dump")  # below the server's own folder, from which it may load
        script = "\n".join(lines("ld_dir")).replace("DIR", "dump")
        (tmp_path / "load.sql").write_text(script)
        run(tmp_path, f"isql-vt 127.0.0.1:{server.extra['sql']} dba dba load.sql")
        assert server.credentials is not None
        check(kgbuild, _articles_store, server.url, "--credentials", server.credentials)
        client = connect(server.address)
        assert not client.has_graph("urn:default")
        assert client.has_graph("https://w3id.org/kgbuild/id/graph/records")
