"""Literals leave kgbuild in the one form that the store keeps."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild import literals

XSD = literals.XSD

CANONICAL = [
    (1, "integer", "1"),
    ("007", "integer", "7"),
    ("-0", "integer", "0"),
    ("+5", "integer", "5"),
    (0.9, "decimal", "0.9"),
    ("0.90", "decimal", "0.9"),
    (2, "decimal", "2"),
    ("1.0", "decimal", "1"),
    (".5", "decimal", "0.5"),
    (1e-07, "decimal", "0.0000001"),
    (True, "boolean", "true"),
    ("0", "boolean", "false"),
    ("2024-01-16", "date", "2024-01-16"),
    ("2024-01-16T10:00:00Z", "dateTime", "2024-01-16T10:00:00Z"),
    ("https://example.org/a?b=ă", "anyURI", "https://example.org/a?b=ă"),
]

ILL_TYPED = [
    ("soon", "date"),
    ("2024-02-30", "date"),
    ("2024-1-3", "date"),
    ("many", "integer"),
    ("1.5", "integer"),
    (True, "integer"),
    (2**63, "integer"),
    ("", "integer"),
    ("1e5", "decimal"),
    (float("nan"), "decimal"),
    (float("inf"), "decimal"),
    ("1234567890123456789", "decimal"),
    ("0.1234567890123456789", "decimal"),
    ("yes", "boolean"),
    ("not a uri", "anyURI"),
    ("", "anyURI"),
    ("2024-01-16", "dateTime"),
    ("x", "hexBinary"),
]


@pytest.mark.parametrize(("value", "name", "lexical"), CANONICAL)
def test_a_typed_value_is_written_canonically(value: str | int | float | bool, name: str, lexical: str) -> None:
    assert literals.typed(value, XSD + name) == f'"{lexical}"^^<{XSD}{name}>'


@pytest.mark.parametrize(("value", "name", "lexical"), CANONICAL)
def test_what_is_written_is_what_the_store_gives_back(value: str | int | float | bool, name: str, lexical: str) -> None:
    line = f"<x:s> <x:p> {literals.typed(value, XSD + name)}"
    store = ox.Store()
    store.load((line + " .").encode(), ox.RdfFormat.N_TRIPLES)
    (quad,) = store
    assert f"{quad.subject} {quad.predicate} {quad.object}" == line


@pytest.mark.parametrize(("value", "name"), ILL_TYPED)
def test_an_ill_typed_value_is_refused(value: str | int | float | bool, name: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        literals.typed(value, XSD + name)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.sampled_from(["", "ro", "zh-hant"]))
def test_any_text_survives_the_store(text: str, language: str) -> None:
    line = f"<x:s> <x:p> {literals.string(text, language)}"
    store = ox.Store()
    store.load((line + " .").encode(), ox.RdfFormat.N_TRIPLES, lenient=True)
    updated = ox.Store()
    updated.update(f"INSERT DATA {{ {line} }}")
    for quad in (*store, *updated):
        assert isinstance(quad.object, ox.Literal)
        assert quad.object.value == text
        assert f"{quad.subject} {quad.predicate} {quad.object}" == line
    assert len(updated) == len(store) == 1
