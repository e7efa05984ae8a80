"""Globs mean what fnmatch means, and know whether they can meet."""

from __future__ import annotations

import time
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.schemes.globs import Glob

PIECES = st.sampled_from(["*", "?", "a", "B", "c", ".", "é", "[ab]", "[!a]", "[a-c]", "[]b]", "[!]c]", "["])
PATTERNS = st.lists(PIECES, max_size=6).map("".join)
TEXTS = st.text(alphabet="abcAB.é[]", max_size=7)


@given(PATTERNS, TEXTS)
def test_a_glob_matches_what_the_standard_library_matches(pattern: str, text: str) -> None:
    assert Glob(pattern).matches(text) == fnmatchcase(text.casefold(), pattern.casefold())


@given(PATTERNS, PATTERNS, TEXTS)
def test_globs_that_share_a_text_meet(first: str, second: str, text: str) -> None:
    one, other = Glob(first), Glob(second)
    if one.matches(text) and other.matches(text):
        assert one.meets(other)
    assert one.meets(other) == other.meets(one)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("a*", "*b", True),
        ("a*", "b*", False),
        ("contact.*.meet", "contact.x*", True),
        ("a?", "ab", True),
        ("a?", "a", False),
        ("[ab]", "[bc]", True),
        ("[ab]", "[cd]", False),
        ("[!a]", "a", False),
        ("[!a]", "[!b]", True),
        ("", "*", True),
        ("", "?", False),
        ("ABC", "abc", True),
        ("*a*b*", "*c*", True),
        ("a*a", "a", False),
    ],
)
def test_whether_two_globs_meet(one: str, other: str, meet: bool) -> None:
    assert Glob(one).meets(Glob(other)) is meet


@pytest.mark.parametrize(("pattern", "count"), [("abc", 3), ("a*c", 2), ("?", 0), ("[ab]c", 1), ("[a]", 1), ("*", 0), ("[", 1)])
def test_how_specific_a_glob_is(pattern: str, count: int) -> None:
    assert Glob(pattern).literals == count


def test_no_pattern_takes_long() -> None:
    started = time.perf_counter()
    assert not Glob("*a" * 50 + "b").matches("a" * 5_000)
    assert time.perf_counter() - started < 2


def test_a_set_of_half_of_unicode_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 4,096"):
        _ = Glob("[a-\U0010ffff]").literals
