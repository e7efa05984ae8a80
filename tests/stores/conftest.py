"""Stores for the tests of this folder: every test of the suite runs in memory and on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kgbuild.stores import EmbeddedStore


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EmbeddedStore]:
    """A new store."""
    with EmbeddedStore.open(None if request.param == "memory" else tmp_path / "store", create=True) as opened:
        yield opened
