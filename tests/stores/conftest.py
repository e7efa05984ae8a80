"""Stores for the tests of this folder: every test of the suite runs in memory and on disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgbuild.stores import EmbeddedStore


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


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest) -> Iterator[EmbeddedStore]:
    """A new store."""
    path = None if request.param == "memory" else request.getfixturevalue("folder")
    with EmbeddedStore.open(path, create=True) as opened:
        yield opened
