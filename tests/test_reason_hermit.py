"""The rules against HermiT, a complete reasoner: from the same axioms and facts, the same types and relations, none missing, none extra."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kgbuild.errors import MissingExtra
from kgbuild.resources import read_bundled

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def parity() -> ModuleType:
    """The campaign's own module."""
    spec = importlib.util.spec_from_file_location("parity", BENCHMARKS / "parity.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["parity"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def jvm(parity: ModuleType) -> Iterator[Any]:
    """One Java process for all tests of this module."""
    try:
        started = parity.start()
    except MissingExtra as missing:
        pytest.skip(f"no HermiT here: {missing}")
    with started as running:
        yield running


@pytest.fixture(scope="module")
def vocabulary(parity: ModuleType) -> Any:
    return parity.Vocabulary(read_bundled("ontology", ".ttl"))


def test_the_founding_article_entails_what_hermit_says(parity: ModuleType, jvm: Any, vocabulary: Any, founding_article: Path) -> None:
    found = parity.compare(jvm, vocabulary, parity.facts_of(vocabulary, [founding_article], hops=1))
    assert found.consistent
    assert (found.missing, found.extra) == (frozenset(), frozenset())
    assert found.types > 400
    assert found.relations > 200


def test_the_comparison_can_fail(parity: ModuleType, jvm: Any, vocabulary: Any) -> None:
    lame = parity.Vocabulary({**vocabulary.files})
    (head, *_) = [rule for rule in vocabulary.rules.rules if rule.id == "symmetric-spouseOf"]
    lame.completion = parity.Completion(parity.Rules(tuple(rule for rule in vocabulary.rules.rules if rule != head)))
    facts = {("<https://w3id.org/kgbuild/id/t/1>", head.head.predicate, "<https://w3id.org/kgbuild/id/t/2>")}
    assert parity.compare(jvm, vocabulary, facts).missing == frozenset()
    turned = ("<https://w3id.org/kgbuild/id/t/2>", head.head.predicate, "<https://w3id.org/kgbuild/id/t/1>")
    assert turned in parity.compare(jvm, lame, facts).missing


@pytest.mark.long
def test_the_shipped_articles_entail_what_hermit_says(parity: ModuleType, jvm: Any, vocabulary: Any, articles: Path) -> None:
    found = parity.compare(jvm, vocabulary, parity.facts_of(vocabulary, [articles]))
    assert (found.consistent, found.missing, found.extra) == (True, frozenset(), frozenset())


@pytest.mark.long
def test_ten_random_datasets_entail_what_hermit_says(parity: ModuleType, jvm: Any, vocabulary: Any) -> None:
    chance = random.Random(2026)
    for _ in range(10):
        facts = parity.random_facts(vocabulary, chance)
        found = parity.compare(jvm, vocabulary, facts)
        assert (found.consistent, found.missing, found.extra) == (True, frozenset(), frozenset()), sorted(facts)
