"""Stores for the tests of this folder: every test of the suite runs in memory, on disk, and over HTTP with each server there is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kgbuild.stores import EmbeddedStore, Store, open_store

from .servers import KINDS, Running, running  # noqa: TID252 - the tests are no installed package

#: where stores are kept, for tests that run with each
PLACES = ("memory", "disk", *(pytest.param(kind, marks=pytest.mark.long) for kind in KINDS))
FAR = PLACES[2:]

Servers = Callable[[str], Running]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a new store, to be copied: a copy takes a tenth of the time."""
    folder = tmp_path_factory.mktemp("empty") / "store"
    EmbeddedStore.open(folder, create=True).close()
    return folder


@pytest.fixture
def folder(empty: Path, tmp_path: Path) -> Path:
    """The folder of a new store: this test's own."""
    return shutil.copytree(empty, tmp_path / "store")


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Servers by kind, each started when it is first asked for."""
    started: dict[str, Running] = {}
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGBUILD_STORE_TIMEOUT", "300")  # on a busy machine

        def one(kind: str) -> Running:
            if kind not in started:
                started[kind] = stack.enter_context(running(kind, tmp_path_factory.mktemp(kind)))
            return started[kind]

        yield one


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credentials of the machine's own, and patience with a busy one."""
    for name in ("KGBUILD_CREDENTIALS", "KGBUILD_STORE_USER", "KGBUILD_STORE_PASSWORD", "KGBUILD_STORE_TOKEN", "NETRC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("KGBUILD_STORE_TIMEOUT", "300")


@pytest.fixture
def oxigraph(servers: Servers) -> Running:
    """oxigraph's server with nothing in it."""
    found = servers("oxigraph")
    found.clear()
    return found


@pytest.fixture(params=PLACES)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A new store."""
    if request.param in KINDS:
        server = request.getfixturevalue("servers")(request.param)
        server.clear()
        with open_store(server.address, create=True) as far:
            yield far
        return
    path = None if request.param == "memory" else request.getfixturevalue("folder")
    with EmbeddedStore.open(path, create=True) as opened:
        yield opened


@pytest.fixture(params=FAR)
def server(request: pytest.FixtureRequest, servers: Servers) -> Running:
    """A server with nothing in it."""
    found = servers(request.param)
    found.clear()
    return found
