"""The text of HTML, and offsets as Label Studio counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.readers.rendering import looks_like_html, render


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Unu</p><p>doi</p>", "Unu\ndoi\n"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<b>Țară</b>&nbsp;&amp; <i>stat &#128640;</i>", "Țară\xa0& stat 🚀"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1\n2\n3\n"),
        ("<html><head><title>T</title><style>x</style></head><body>B<script>var a;</script>C</body></html>", "BC\n"),
        ("a\r\nb<!-- c -->d", "a\nbd"),
        ("no tags < at all", "no tags < at all"),
        ("<ul><li>a<li>b</ul>", "a\nb\n"),
        ("</p></div>x", "x"),
        ("", ""),
    ],
)
def test_the_text_is_what_is_seen(html: str, text: str) -> None:
    assert render(html).text == text


@pytest.mark.parametrize(
    ("html", "path", "within", "shown"),
    [
        ("<div><p>Unu doi</p><p>trei <b>patru</b> cinci</p></div>", "/div[1]/p[2]/text()[2]", 1, "cinci"),
        ("<div><p>Unu doi</p><p>trei <b>patru</b> cinci</p></div>", "/div[1]/p[2]/b[1]/text()[1]", 0, "patru"),
        ("<div><p>Unu doi</p><p>trei</p></div>", "/html[1]/body[1]/div[1]/p[2]", 0, "trei"),
        ("<table><tr><td>1</td><td>doi</td></tr></table>", "/table[1]/tbody[1]/tr[1]/td[2]/text()[1]", 0, "doi"),
        ("unu<!-- x -->doi", "/text()[2]", 0, "doi"),
        ("unu<br>doi", "/text()[2]", 0, "doi"),
        ("<DIV>unu<Br>doi</DIV>", "/div[1]/text()[2]", 0, "doi"),
        ("a<script>b c d</script>doi", "/text()[2]", 0, "doi"),
        ("<p>unu<p>doi", "/p[2]/text()[1]", 0, "doi"),
    ],
)
def test_a_path_leads_to_its_text(html: str, path: str, within: int, shown: str) -> None:
    rendered = render(html)
    offset = rendered.offset(path, within)
    assert offset is not None
    begin, end = rendered.position(offset), rendered.position(offset + len(shown), end=True)
    assert rendered.text[begin:end] == shown


def test_no_path_no_place() -> None:
    assert [render("<p>a</p>").offset(path, within) for path, within in (("/p[2]/text()[1]", 0), ("/p[1]", 1), ("p", 0))] == [
        None,
        None,
        None,
    ]


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<br>", "<div>", "</div>", "a", "b c", "\n", " ", "&lt;", "😀", "<td>", "<b>", "</b>", "<hr>"])
    )
)
def test_every_counted_character_has_its_place(parts: list[str]) -> None:
    rendered = render("".join(parts))
    counted = "".join(part if part[0] not in "<&" else {"<br>": "\n", "&lt;": "<"}.get(part, "") for part in parts)
    places = [rendered.position(offset) for offset in range(len(counted))]
    assert [rendered.text[place] for place in places] == list(counted)
    assert places == sorted(set(places))
    assert [rendered.position(offset + 1, end=True) for offset in range(len(counted))] == [place + 1 for place in places]


def test_deep_nesting_is_read() -> None:
    assert render("<div>" * 20_000 + "x").text.strip() == "x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("<p>a</p>", True), (" <!DOCTYPE html><html></html>", True), ("<3 you", False), ("a <b>c</b>", False), ("<a", False), ("x", False)],
)
def test_html_is_told_from_text(text: str, expected: bool) -> None:
    assert looks_like_html(text) is expected
