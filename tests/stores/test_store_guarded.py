"""Real servers that ask who is there: let in with what they want to see, refused in words otherwise; and nobody reads the secret."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgbuild.stores import Address
from kgbuild.stores.remote.connecting import connect
from tests.conftest import Kgbuild

from .servers import TOKEN, Running, running  # noqa: TID252 - the tests are no installed package

SECRET, WRONG = "corect-cal-baterie", "gresit-cal-baterie"
ARTICLE = "denials-2022-2023.ro"
HINT = "hint: name and password, or token, were shown and are not accepted: check them (--credentials, the environment, or netrc)\n"


pytestmark = pytest.mark.usefixtures("bare")


@pytest.fixture(scope="module")
def ours(_articles_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """``kgbuild serve --update`` of the shipped articles."""
    folder = tmp_path_factory.mktemp("kgbuild")
    shutil.copytree(_articles_store, folder / "store")
    with running("kgbuild", folder) as server:
        yield server


def by_file(url: str, folder: Path, secret: str, _patch: pytest.MonkeyPatch) -> list[str]:
    (folder / "secret").write_text(f"{secret}\n")
    (folder / "c.toml").write_text(f'["{url}"]\ntoken-file = "secret"\n')
    return ["--credentials", str(folder / "c.toml")]


def by_environment(_url: str, _folder: Path, secret: str, patch: pytest.MonkeyPatch) -> list[str]:
    patch.setenv("KGBUILD_STORE_TOKEN", secret)
    return []


@pytest.mark.parametrize("shown", [by_file, by_environment])
def test_a_wrong_token_is_said_to_be_wrong_and_nobody_repeats_it(
    kgbuild: Kgbuild, ours: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: object
) -> None:
    options = shown(ours.url, tmp_path, WRONG, monkeypatch)  # type: ignore[operator]
    refused = kgbuild("--debug", "remove", ARTICLE, "--store", ours.url, *options)
    assert refused.exit_code == 4
    assert f"KGB-203: {ours.url}sparql: cannot update the store: HTTP 401: " in refused.stderr
    assert refused.stderr.endswith(HINT)
    assert WRONG not in refused.output + (ours.folder / "log").read_text()
    assert f"article/{ARTICLE}," in kgbuild("query", "articles", "--format", "csv", "--store", ours.url, *options).stdout


def test_without_a_token_one_is_asked_for(kgbuild: Kgbuild, ours: Running) -> None:
    refused = kgbuild("remove", ARTICLE, "--store", ours.url)
    assert refused.exit_code == 4
    assert (
        "hint: put the server's token into a file named with --credentials (token-file = …), or into KGBUILD_STORE_TOKEN" in refused.stderr
    )


def test_the_right_token_lets_write_and_is_in_no_log(
    kgbuild: Kgbuild, ours: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed = kgbuild(
        "--debug", "remove", "himars-ucraina-2022-06.ro", "--store", ours.url, *by_environment(ours.url, tmp_path, TOKEN, monkeypatch)
    )
    assert removed.exit_code == 0, removed.output
    assert TOKEN not in removed.output + (ours.folder / "log").read_text()


@pytest.fixture(scope="module", params=["basic", "digest"])
def guarded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Running]]:
    """Fuseki, which lets in one person."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "passwd").write_text(f"ana: {SECRET}\n")
    with running("fuseki", folder, "--passwd=passwd", f"--auth={request.param}") as server:
        yield request.param, server


@pytest.mark.long
@pytest.mark.parametrize("told", ["", "as it is"])
def test_a_person_is_let_in_by_each_scheme(guarded: tuple[str, Running], tmp_path: Path, told: str) -> None:
    scheme, server = guarded
    own = f'scheme = "{scheme}"' if told else ""
    (tmp_path / "c.toml").write_text(f'["{server.url}"]\nuser = "ana"\npassword = "{SECRET}"\n{own}\n')
    client = connect(Address(server.url, credentials=tmp_path / "c.toml"))
    client.put_graph("urn:g", b"<urn:s> <urn:p> <urn:o> .\n")
    client.update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }")
    assert len(list(client.get_graph("urn:g"))) == 2
    client.drop_graph("urn:g")
    assert not client.has_graph("urn:g")


@pytest.mark.long
def test_a_person_is_let_in_by_netrc(guarded: tuple[str, Running], tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text(f"machine 127.0.0.1 login ana password {SECRET}\n")
    (tmp_path / ".netrc").chmod(0o600)
    assert connect(Address(guarded[1].url)).query("ASK {}")


@pytest.mark.long
@pytest.mark.parametrize("password", [WRONG, None])
def test_a_person_is_refused_in_words(
    kgbuild: Kgbuild, guarded: tuple[str, Running], monkeypatch: pytest.MonkeyPatch, password: str | None
) -> None:
    url = guarded[1].url
    if password:
        monkeypatch.setenv("KGBUILD_STORE_USER", "ana")
        monkeypatch.setenv("KGBUILD_STORE_PASSWORD", password)
    refused = kgbuild("--debug", "query", "articles", "--store", url)
    assert refused.exit_code == 4
    assert re.search(rf"^KGB-203: {url}[a-z/]*: .*HTTP 401", refused.stderr, re.M)
    hint = HINT if password else "hint: name a file with this store's credentials: --credentials FILE, or KGBUILD_CREDENTIALS\n"
    assert refused.stderr.endswith(hint)
    assert WRONG not in refused.output


@pytest.mark.long
def test_where_no_digest_is_offered_none_is_answered(guarded: tuple[str, Running], kgbuild: Kgbuild, tmp_path: Path) -> None:
    """A password that is meant for digests only is shown to nobody who would read it."""
    scheme, server = guarded
    (tmp_path / "c.toml").write_text(f'["{server.url}"]\nuser = "ana"\npassword = "{SECRET}"\nscheme = "digest"\n')
    said = kgbuild("info", "store", "--store", server.url, "--credentials", tmp_path / "c.toml")
    assert said.exit_code == 4
    if scheme == "basic":
        assert "the server offers basic and no digest\nhint: leave scheme out" in said.stderr
    else:
        assert "KGB-201" in said.stderr  # let in, and found nothing
    assert SECRET not in said.output
