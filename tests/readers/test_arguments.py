"""Arguments in notes: what is one, in every tool alike, and what is any other text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.document import Arg
from kgbuild.readers.arguments import arguments
from kgbuild.writers.spelling import in_note


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("quantity=12", [Arg("quantity", value=12)]),
        ("share = 0.5; sure=true ;unit=tank", [Arg("share", value=0.5), Arg("sure", value=True), Arg("unit", value="tank")]),
        ("via = cale ferată", [Arg("via", value="cale ferată")]),
        ('quantity="12"', [Arg("quantity", value="12")]),
        ('note="a; b=c"', [Arg("note", value="a; b=c")]),
        ("supplier=wd:Q159", [Arg("supplier", target="wd:Q159")]),
        ('supplier="wd:Q159"', [Arg("supplier", value="wd:Q159")]),
        ("page=https://example.org/?a=b&c=d; n=1", [Arg("page", target="https://example.org/?a=b&c=d"), Arg("n", value=1)]),
        ("code=007", [Arg("code", value="007")]),
        ("quantity=12;", [Arg("quantity", value=12)]),
        ("x = y is what he meant = no", []),
        ("a remark", []),
        ("12=quantity", []),
        ("quantity=", []),
        ('note="never closed', []),
        ('note="\\q"', []),
        ('note="\\ud800"', []),
        ("", []),
    ],
)
def test_a_line_of_a_note(line: str, expected: list[Arg]) -> None:
    assert arguments(line) == expected


@given(st.text(), st.text() | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_written_is_read_as_just_that(role: str, value: str | int | bool | float) -> None:
    written = in_note(Arg(role, value=value))
    assert written is None or arguments(written) == [Arg(role, value=value)]


@given(
    st.from_regex(r"[^\W\d][\w.-]*", fullmatch=True),
    st.lists(st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1), min_size=1),
)
def test_any_text_on_one_line_can_be_written(role: str, words: list[str]) -> None:
    assert in_note(Arg(role, value=" ".join(words))) is not None
