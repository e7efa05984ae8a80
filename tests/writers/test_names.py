"""Names of files: safe on every file system, and two ids never have the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.writers.names import file_name


@pytest.mark.parametrize("id", ["a", "agerpres-2024-03-12-017", "iran.en", "0_1"])
def test_a_safe_id_is_kept(id: str) -> None:
    assert file_name(id) == id


@pytest.mark.parametrize(
    "id", ["CON", "con", "nul.txt", "a/b", "../x", "A", "a b", ".hidden", "a.", "știri", "x" * 200, "", "a:b", "-o", "a~2"]
)
def test_any_other_gets_a_mark(id: str) -> None:
    assert re.fullmatch(r"[a-z0-9_-]{1,60}~[0-9a-f]{12}", file_name(id))


@given(st.lists(st.text(max_size=90), min_size=2, max_size=20, unique=True))
def test_two_ids_never_share_a_name_whatever_the_case(ids: list[str]) -> None:
    names = [file_name(one).casefold() for one in ids]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 80 for name in names)
