"""Anchoring: each step of the ladder, whole documents in another unit, and what may not be guessed."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.document import Document, Mention, Problem, Span, Unit
from kgbuild.readers.anchoring import verify

TEXT = "Moscova a primit rachete. Țara tace. Rachete noi vin din Rusia, rachete vechi nu."


def document(text: str | None, *mentions: Mention, sha256: str | None = None) -> Document:
    units = tuple(Unit(id=f"e{number}", kind="entity", mentions=(mention,)) for number, mention in enumerate(mentions, 1))
    return Document(id="d", text=text, sha256=sha256, units=units, where="a.kga.jsonl:1")


def mention(check: str | None, *spans: Span, head: Span | None = None) -> Mention:
    return Mention(spans=spans, text=check, head=head)


def verified(text: str | None, *mentions: Mention, sha256: str | None = None) -> tuple[list[Mention], list[tuple[str, str, str]]]:
    result = verify(document(text, *mentions, sha256=sha256))
    assert all(problem.document == "d" and problem.where == "a.kga.jsonl:1" and problem.message for problem in result.problems)
    return [mention for unit in result.units for mention in unit.mentions], [
        (problem.code, problem.severity, problem.unit) for problem in result.problems
    ]


def span(text: str, part: str) -> Span:
    begin = text.index(part)
    return begin, begin + len(part)


def utf16(text: str, part: Span) -> Span:
    begin, end = (len(text[:offset].encode("utf-16-le")) // 2 for offset in part)
    return begin, end


def utf8(text: str, part: Span) -> Span:
    begin, end = (len(text[:offset].encode()) for offset in part)
    return begin, end


def test_a_document_in_order_is_returned_as_it_is() -> None:
    given_one = document(
        TEXT, mention("Moscova", (0, 7)), mention("Rusia", span(TEXT, "Rusia"), head=span(TEXT, "Rusia")), Mention(text="Kremlin")
    )
    assert verify(given_one) is given_one


def test_a_mention_without_check_text_gets_the_text_at_its_spans() -> None:
    found, problems = verified(TEXT, mention(None, (0, 7)), mention(None, (0, 7), (17, 24)), mention("", (0, 7)), mention("  ", (0, 7)))
    assert [one.text for one in found] == ["Moscova", "Moscova rachete", "Moscova", "Moscova"]
    assert problems == []


SILENT = [
    ("whitespace", "Moscova  a\nprimit", [(0, 16)], "Moscova a primit"),
    ("no-break space", "Moscova\u00a0a primit", [(0, 16)], "Moscova a primit"),
    ("parts joined by a space", "Moscova rachete", [(0, 7), (17, 24)], "Moscova rachete"),
    ("parts joined by nothing", "Moscovarachete", [(0, 7), (17, 24)], "Moscova rachete"),
    ("parts that touch", "Mosc ova", [(0, 4), (4, 7)], "Mosc ova"),
]


@pytest.mark.parametrize(("check", "spans", "text"), [case[1:] for case in SILENT], ids=[case[0] for case in SILENT])
def test_what_differs_in_blanks_only_is_taken_without_a_word(check: str, spans: list[Span], text: str) -> None:
    found, problems = verified(TEXT, mention(check, *spans))
    assert (found, problems) == ([mention(text, *spans)], [])


def test_a_check_text_equal_after_nfc_is_taken_and_reported_once_for_the_document() -> None:
    text = normalize("NFD", "Țara și orașul, țara și satul")
    one, other = span(text, normalize("NFD", "orașul")), span(text, normalize("NFD", "Țara"))
    found, problems = verified(text, mention("orașul", one), mention("Țara", other))
    assert [mention.text for mention in found] == [normalize("NFD", "orașul"), normalize("NFD", "Țara")]
    assert problems == [("text-normalized", "kept", "e1")]


def test_a_comma_below_is_not_a_cedilla() -> None:
    assert verified("orașul", mention("oraşul", (0, 6))) == ([], [("span-mismatch", "skipped", "e1")])


@pytest.mark.parametrize("count", [utf16, utf8])
def test_a_document_counted_in_another_unit_is_read_in_it_as_a_whole(count: object) -> None:
    text = "😀 Știri: Rusia și 🚀 Coreea, apoi Kim și Lavrov"
    recount = utf16 if count is utf16 else utf8
    parts = [span(text, word) for word in ("Știri", "Rusia", "Coreea", "Kim", "Lavrov")]
    mentions = [mention(text[begin:end], recount(text, (begin, end)), head=recount(text, (begin, end))) for begin, end in parts]
    unchecked = mention(None, recount(text, parts[1]))
    found, problems = verified(text, *mentions, unchecked)
    assert [one.spans for one in found] == [(part,) for part in [*parts, parts[1]]]
    assert [one.text for one in found] == ["Știri", "Rusia", "Coreea", "Kim", "Lavrov", "Rusia"]
    assert [one.head for one in found] == [*parts, None]
    assert problems == [("offsets-recounted", "kept", "")]


@pytest.mark.parametrize(("ours", "theirs"), [("\r\n", "\n"), ("\n", "\r\n")])
def test_offsets_counted_with_other_line_ends_are_read_as_such(ours: str, theirs: str) -> None:
    lines = ["Rusia tace.", "Coreea vorbește.", "Kim și", "Lavrov pleacă."]
    text, seen = ours.join(lines), theirs.join(lines)
    words = ["Rusia", "Coreea", "Kim", "Lavrov", f"Kim și{theirs}Lavrov"]
    found, problems = verified(text, *(mention(word, span(seen, word)) for word in words))
    assert [one.spans for one in found] == [(span(text, word.replace(theirs, ours)),) for word in words]
    assert problems == [("offsets-recounted", "kept", "")]


def test_one_mention_in_another_unit_among_others_in_order_is_mended_alone() -> None:
    text = "😀 Rusia, 🚀 Coreea, Kim, Lavrov"
    good = [mention(word, span(text, word)) for word in ("Rusia", "Coreea", "Kim")]
    found, problems = verified(text, *good, mention("Lavrov", utf16(text, span(text, "Lavrov"))))
    assert found == [*good, mention("Lavrov", span(text, "Lavrov"))]
    assert problems == [("span-repaired", "kept", "e4")]


def test_an_offset_inside_a_character_widens_the_span_outward() -> None:
    text = "ab😀cd Rusia Coreea"
    words = [mention(word, utf16(text, span(text, word))) for word in ("Rusia", "Coreea")]
    found, problems = verified(text, *words, mention(None, (1, 3)))
    assert (found[2].spans, found[2].text) == (((1, 3),), "b😀")
    assert problems == [("offsets-recounted", "kept", ""), ("span-widened", "kept", "e3")]


MOVED = [
    ("a few characters off", "Moscova", [(3, 10)], [(0, 7)]),
    ("off, and its blanks differ", "noi  vin", [(40, 47)], [span(TEXT, "noi vin")]),
    ("beyond the text", "Rusia", [(90, 95)], [span(TEXT, "Rusia")]),
    ("of several places the one that overlaps", "rachete", [(15, 22)], [(17, 24)]),
    ("longer than its text", "Rusia", [(55, 70)], [span(TEXT, "Rusia")]),
    ("parts moved together", "Moscova rachete", [(2, 9), (19, 26)], [(0, 7), (17, 24)]),
]


@pytest.mark.parametrize(("check", "wrong", "right"), [case[1:] for case in MOVED], ids=[case[0] for case in MOVED])
def test_a_text_that_stands_at_one_place_near_is_taken_there(check: str, wrong: list[Span], right: list[Span]) -> None:
    result = verify(document(TEXT, mention(check, *wrong)))
    assert result.units[0].mentions[0].spans == tuple(right)
    (problem,) = result.problems
    assert (problem.code, problem.severity, problem.unit) == ("span-repaired", "kept", "e1")
    for begin, end in [*wrong, *right]:
        assert f"{begin}-{end}" in problem.message


LOST = [
    ("stands nowhere", "Kiev", [(0, 4)], "Mosc"),
    ("stands at two places, neither overlapping", "rachete", [(0, 4)], "17-24 and 64-71"),
    ("too far away", "Rusia", [(500, 505)], "the text ends at 81"),
    ("parts that stand nowhere together", "Rusia Moscova", [(0, 7), (17, 24)], "Moscova rachete"),
]


@pytest.mark.parametrize(("check", "spans", "said"), [case[1:] for case in LOST], ids=[case[0] for case in LOST])
def test_a_text_that_cannot_be_placed_is_left_out_and_never_guessed(check: str, spans: list[Span], said: str) -> None:
    result = verify(document(TEXT, mention("Moscova", (0, 7)), mention(check, *spans)))
    assert [unit.mentions for unit in result.units] == [(mention("Moscova", (0, 7)),), ()]
    (problem,) = result.problems
    assert (problem.code, problem.severity, problem.unit) == ("span-mismatch", "skipped", "e2")
    assert said in problem.message


def test_a_text_farther_away_than_the_reach_is_not_looked_for() -> None:
    text = "x" * 300 + "Rusia"
    assert verified(text, mention("Rusia", (100, 105)))[0] == [mention("Rusia", (300, 305))]
    assert verified(text, mention("Rusia", (90, 95))) == ([], [("span-mismatch", "skipped", "e1")])


INVALID = [[(3, 3)], [(5, 3)], [(10, 12), (3, 5)], [(3, 6), (5, 8)], [(3, 5), (7, 7)], [(90, 95), (5, 9)]]


@pytest.mark.parametrize("spans", INVALID, ids=str)
@pytest.mark.parametrize("text", [TEXT, None])
def test_empty_reversed_and_disordered_spans_are_left_out(spans: list[Span], text: str | None) -> None:
    found, problems = verified(text, mention("Moscova", *spans), sha256="0" * 64)
    assert found == []
    assert problems[0] == ("span-invalid", "skipped", "e1")


def test_a_span_beyond_the_text_without_check_text_is_left_out() -> None:
    assert verified(TEXT, mention(None, (75, 82))) == ([], [("span-outside", "skipped", "e1")])
    assert verified(TEXT, mention(None, (75, 10**30))) == ([], [("span-outside", "skipped", "e1")])


def test_a_span_that_ends_beyond_the_text_is_not_taken_for_the_text_that_is_left() -> None:
    found, problems = verified("Rusia", mention("Rusia", (0, 9)))
    assert (found, problems) == ([mention("Rusia", (0, 5))], [("span-repaired", "kept", "e1")])


def test_a_head_follows_its_mention() -> None:
    found, _ = verified(TEXT, mention("primit rachete", (12, 26), head=(19, 26)))
    assert (found[0].spans, found[0].head) == (((10, 24),), (17, 24))


@pytest.mark.parametrize("head", [(20, 30), (0, 7), (12, 12), (500, 505)])
def test_a_head_outside_its_mention_is_left_out_and_the_mention_stays(head: Span) -> None:
    found, problems = verified(TEXT, mention("rachete", (17, 24), head=head))
    assert (found, problems) == ([mention("rachete", (17, 24))], [("head-invalid", "skipped", "e1")])


def test_a_document_whose_text_is_held_elsewhere_keeps_its_spans_with_one_problem() -> None:
    given_ones = [mention("Moscova", (0, 7)), mention(None, (9, 12)), Mention(text="Kremlin")]
    assert verified(None, *given_ones, sha256="0" * 64) == (given_ones, [("text-missing", "kept", "")])


def test_a_document_that_never_had_a_text_keeps_its_texts_and_loses_its_spans() -> None:
    found, problems = verified(None, mention("Moscova", (0, 7), head=(0, 3)), mention(None, (9, 12)), Mention(text="Kremlin"))
    assert (found, problems) == ([Mention(text="Moscova"), Mention(text="Kremlin")], [("span-without-text", "skipped", "e1")])
    assert verified(None, Mention(text="Kremlin")) == ([Mention(text="Kremlin")], [])


def test_a_document_without_text_but_with_sentences_is_left_alone() -> None:
    kept = Document(id="d", sentences=((0, 20),), units=(Unit(id="e1", kind="entity", mentions=(mention(None, (0, 7)),)),))
    assert verify(kept) is kept


def test_problems_found_before_stay() -> None:
    before = Problem("some-code", "kept", "said before")
    one = Document(id="d", text=TEXT, units=document(TEXT, mention("Kiev", (0, 4))).units, problems=(before,))
    assert [problem.code for problem in verify(one).problems] == ["some-code", "span-mismatch"]


OFFSETS = st.integers(0, 60)
MENTIONS = st.builds(
    Mention,
    spans=st.lists(st.tuples(OFFSETS, OFFSETS), max_size=3).map(tuple),
    text=st.none() | st.text(max_size=8) | st.sampled_from(["a", "é", "😀", "a b", "\r\n"]),
    head=st.none() | st.tuples(OFFSETS, OFFSETS),
)


@given(st.none() | st.text(alphabet="aé😀 b\r\n\u0301", max_size=40), st.lists(MENTIONS, max_size=4), st.booleans())
def test_whatever_comes_in_every_mention_that_comes_out_is_where_it_says(text: str | None, mentions: list[Mention], held: bool) -> None:
    result = verify(document(text, *mentions, sha256="0" * 64 if held else None))
    for unit in result.units:
        for one in unit.mentions:
            if text is None:
                assert held or not one.spans
            elif one.spans:
                last = 0
                for begin, end in one.spans:
                    assert last <= begin < end <= len(text)
                    last = end
                assert one.text == " ".join(text[begin:end] for begin, end in one.spans)
                assert one.head is None or any(begin <= one.head[0] < one.head[1] <= end for begin, end in one.spans)
    lost = sum(len(unit.mentions) for unit in document(text, *mentions).units) - sum(len(unit.mentions) for unit in result.units)
    assert not lost or any(problem.severity == "skipped" for problem in result.problems)
    again = verify(without_problems(result))
    assert text is None or again.problems == ()


def without_problems(one: Document) -> Document:
    return Document(id=one.id, text=one.text, sha256=one.sha256, units=one.units)


@given(st.text(alphabet="ab cé😀\n", min_size=1, max_size=60), st.data())
def test_offsets_of_any_unit_come_back_where_check_texts_are_unique(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    check = text[begin:end]
    if not check.strip() or check != check.strip() or text.count(check) > 1:
        return
    for counted in (utf16(text, (begin, end)), utf8(text, (begin, end))):
        (found,), _ = verified(text, mention(check, counted))
        assert found.text
        assert found.text.split() == check.split()  # a span with a blank more is taken as it is
