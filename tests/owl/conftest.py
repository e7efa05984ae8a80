"""Java in a process of its own, once with what kgbuild[owl] brings, once with the exact OWL API of Protégé."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kgbuild.errors import MissingExtra
from kgbuild.owl import Jvm, start

from .files import own_jars, protege_jars  # noqa: TID252 - the tests are no installed package


def _started(jars: Path) -> Iterator[Jvm]:
    try:
        started = start(jars)
    except MissingExtra as missing:
        pytest.skip(f"{missing} ({missing.hint})")
    with started:
        yield started


@pytest.fixture(scope="session", params=["owlready2", "protege"])
def jvm(request: pytest.FixtureRequest) -> Iterator[Jvm]:
    """Every JVM that there is, one after the other."""
    yield from _started(own_jars() if request.param == "owlready2" else protege_jars())


@pytest.fixture(scope="session")
def protege() -> Iterator[Jvm]:
    """The OWL API that Protégé opens files with."""
    yield from _started(protege_jars())
