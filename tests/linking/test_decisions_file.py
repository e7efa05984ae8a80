"""The file of decisions: what it may say, what it may not, and with which line that is told."""

from __future__ import annotations

import pytest

from kgbuild.decisions import DIFFERENT, SAME, UNSURE, Decisions, Links, changed, from_lines, lines, parse, write
from kgbuild.decisions.decision import decision
from kgbuild.errors import DecisionError
from kgbuild.iris import DATA

HEAD = f"@base <{DATA}> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix kg: <https://w3id.org/kgbuild/ontology#> .\n"


def _parse(*statements: str, base: str = DATA) -> Decisions:
    return parse("links.ttl", (HEAD + "\n".join(statements) + "\n").encode(), base=base)


BROKEN = [
    pytest.param("<p/a> owl:sameAs <p/b>", r"^links\.ttl:4: ", "Turtle", id="a dot is missing"),
    pytest.param("<p/a> owl:sameAs <p/b> .\n<p/a> foaf:knows <p/b> .", r"^links\.ttl:5: .*foaf", "Turtle", id="an unknown prefix"),
    pytest.param("<p/a> owl:sameAs <p/b> .\n\n<p/a> kg:note 'x' .", "does not say on which decision", "note", id="a note on nothing"),
    pytest.param("<p/a> owl:equivalentClass <p/b> .", r"^links\.ttl:4: .*says no decision", "owl:sameAs", id="something else"),
    pytest.param("<p/a> owl:sameAs 'Ana' .", r"^links\.ttl:4: .* is not an IRI", "two things", id="a text for a thing"),
    pytest.param("<p/a> owl:sameAs _:b .", r"^links\.ttl:4: .* is not an IRI", "two things", id="a blank node"),
    pytest.param("<p/a> owl:sameAs <p/a> .", r"^links\.ttl:4: data:p/a is compared with itself", "", id="a thing and itself"),
    pytest.param(
        "<p/a> owl:sameAs <p/b> .\n<p/b> owl:differentFrom <p/a> .",
        r"two verdicts on one pair: .*links\.ttl:4.*links\.ttl:5", "", id="two verdicts",
    ),
    pytest.param(
        "<p/a> owl:sameAs <p/b> .\n# ș\n<p/c> owl:sameAs\n  <p/b> .\n<p/a> owl:differentFrom <p/c> .",
        r"^decisions contradict each other: data:p/a = data:p/b \(links\.ttl:4\) and data:p/b = data:p/c \(links\.ttl:7\), "
        r"but data:p/a ≠ data:p/c \(links\.ttl:8\)$", "", id="three that contradict each other",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message", "_what"), BROKEN)
def test_a_broken_file_is_refused_with_its_line(text: str, message: str, _what: str) -> None:
    with pytest.raises(DecisionError, match=message) as caught:
        _parse(text)
    assert caught.value.hint


def test_a_file_that_is_not_utf_8_is_refused_with_its_line() -> None:
    with pytest.raises(DecisionError, match=r"^links\.ttl:2: not UTF-8"):
        parse("links.ttl", "# ok\n# ș\n".encode("utf-16-le").replace(b"\0", b"")[:6] + b"\xff\n")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"# nothing decided yet\n", b"\r\n\r\n"])
def test_an_empty_file_decides_nothing(data: bytes) -> None:
    assert len(parse("links.ttl", data)) == 0


def test_comments_stay_with_the_decision_that_they_stand_before() -> None:
    text = (
        "# Our project's decisions 🙂\n" + HEAD + "\n# Choe, not Choi\n#   see the ministry's site\n<p/z> owl:sameAs <p/y> . # sure\n"
        "<p/a> owl:differentFrom <p/b> .\n# to be continued\n"
    )
    written = write(parse("links.ttl", text.encode()))
    assert written.startswith("# Our project's decisions 🙂\n@base")
    assert "\n\n<p/a> owl:differentFrom <p/b> .\n" in written
    assert "\n# Choe, not Choi\n#   see the ministry's site\n# sure\n<p/y> owl:sameAs <p/z> .\n" in written.replace("#  see", "#   see")
    assert written.endswith("\n# to be continued\n")
    assert write(parse("links.ttl", written.encode())) == written


def test_a_decision_that_protege_wrote_is_read() -> None:
    decisions = _parse(
        "<http://example.org/links> a owl:Ontology . owl:sameAs a owl:ObjectProperty . <p/a> a owl:NamedIndividual ; owl:sameAs <p/b> .",
        "[ a owl:Axiom ; owl:annotatedSource <p/b> ; owl:annotatedProperty owl:sameAs ; owl:annotatedTarget <p/a> ; kg:note 'două' ] .",
    )
    assert [(one.pair, one.verdict, one.note) for one in decisions] == [((DATA + "p/a", DATA + "p/b"), SAME, "două")]


def test_a_note_whose_decision_was_deleted_says_nothing() -> None:
    note = "[] a owl:Axiom ; owl:annotatedSource <p/b> ; owl:annotatedProperty owl:sameAs ; owl:annotatedTarget <p/a> ; kg:note 'x' ."
    assert _parse(note) == Decisions()


def test_a_file_serves_stores_of_any_base() -> None:
    base = "https://example.org/id/"
    decisions = _parse("<person/a> owl:sameAs <http://other.example/b> .", base=base)
    assert [one.pair for one in decisions] == [("http://other.example/b", base + "person/a")]
    assert "<person/a>" in write(decisions, base=base)
    assert parse("links.ttl", write(decisions, base=base).encode(), base=base) == decisions


def test_what_a_graph_holds_is_what_the_file_says() -> None:
    decisions = Decisions(
        [
            decision(DATA + "p/a", DATA + "p/b", SAME, note='„așa” "so" \\ 🙂\n', date="2024-01-16"),
            decision(DATA + "p/a", DATA + "p/c", DIFFERENT),
            decision(DATA + "p/b", DATA + "p/d", UNSURE, note="?"),
        ]
    )
    assert from_lines(lines(decisions)) == decisions
    assert parse("f", write(decisions).encode()) == decisions


def test_a_reference_thing_stands_for_its_class_else_the_smallest_iri() -> None:
    decisions = Decisions([decision("c", "b", SAME), decision("b", "z", SAME), decision("q", "r", SAME)])
    links = Links(decisions, {"z"}.__contains__)
    assert [links.canonical(thing) for thing in "bczqrx"] == ["z", "z", "z", "q", "q", "x"]


def test_what_is_decided_of_a_class_is_decided_of_its_members() -> None:
    decisions = Decisions([decision("a", "b", SAME), decision("b", "c", DIFFERENT), decision("c", "d", SAME), decision("a", "e", UNSURE)])
    assert decisions.verdict("a", "d") == DIFFERENT
    assert decisions.verdict("b", "e") == UNSURE
    assert decisions.verdict("a", "b") == SAME
    assert decisions.verdict("d", "e") is None
    assert Links(decisions).differ("a", "d")


def test_what_changed_is_told_with_all_that_were_or_are_the_same() -> None:
    before = Links(Decisions([decision("a", "b", SAME), decision("x", "y", SAME)]))
    after = Links(Decisions([decision("b", "c", SAME), decision("x", "y", SAME)]))
    assert changed(before, after) == {"a", "b", "c"}
    assert changed(before, before) == frozenset()
    assert changed(Links(), Links(Decisions([decision("a", "b", DIFFERENT)]))) == {"a", "b"}
    assert changed(Links(), Links(Decisions([decision("a", "b", UNSURE)]))) == frozenset()
