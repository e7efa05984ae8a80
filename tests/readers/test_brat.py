"""brat standoff: brat's own tutorial and RONEC span for span, each kind of line, what goes wrong in real files, and mutated ones."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.document import Arg, Document, Mention, Problem, Unit
from kgbuild.errors import FormatError
from kgbuild.readers import choose, discover, read
from kgbuild.readers.brat import READER

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
TEXT = "Anna Pop met Bo in Kiev on 16 January. They said yes."


def samples(name: str) -> Path:
    folder = SAMPLES / name
    if not folder.is_dir():
        pytest.skip(f"the sample files of {name} are not beside this checkout")
    return folder


def lay(folder: Path, **files: str | bytes) -> Path:
    """Write files, ``_`` in a name for its dot; return the folder."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def one(folder: Path, ann: str | bytes, text: str | bytes | None = TEXT, **files: str | bytes) -> Document:
    """Read one document ``a``."""
    lay(folder, a_DOT_ann=ann, **files, **({} if text is None else {"a_DOT_txt": text}))
    (found,) = READER.read(folder / "a.ann", folder)
    assert isinstance(found, Document), found
    return found


def unit(document: Document, name: str) -> Unit:
    (found,) = [each for each in document.units if each.id == name]
    return found


def told(document: Document) -> list[tuple[str, str, str]]:
    """Code, unit and line of each problem."""
    return [(problem.code, problem.unit, problem.where.rpartition(":")[2]) for problem in document.problems]


# --- real files


@pytest.mark.parametrize(
    ("name", "documents", "spans", "kinds"),
    [
        ("brat", 13, 119, {"entity": 93, "event": 23, "relation": 8}),
        ("brat-ronec", 3, 3998, {"entity": 3949, "value": 49}),
    ],
)
def test_every_span_of_real_files_is_where_it_says(name: str, documents: int, spans: int, kinds: dict[str, int]) -> None:
    folder = samples(name)
    found = [document for document in read([folder], format="brat") if isinstance(document, Document)]
    lines = [line for path in folder.rglob("*.ann") for line in path.read_text(encoding="utf-8").split("\n")]
    assert len(found) == documents
    assert sum(line.startswith("T") for line in lines) == spans
    anchored = [mention for document in found for each in document.units for mention in each.mentions]
    assert sum(len(mention.spans) for mention in anchored) == spans
    assert not [problem for document in found for problem in document.problems]
    assert Counter(each.kind for document in found for each in document.units) == kinds
    for document in found:
        for each in document.units:
            for mention in each.mentions:
                assert document.text is not None
                assert " ".join(document.text[begin:end] for begin, end in mention.spans) == mention.text


def test_the_introduction_of_brats_tutorial_says_what_it_says() -> None:
    folder = samples("brat") / "news-tutorial"
    (document,) = READER.read(folder / "000-introduction.ann", folder.parent)
    assert isinstance(document, Document)
    assert document.id == "news-tutorial/000-introduction"
    assert [each.id for each in document.units] == ["T1", "T2", "T4", "T5", "T6", "T7", "E1", "R2", "R1"]
    transfer = unit(document, "E1")
    assert (transfer.kind, transfer.label, transfer.attrs) == ("event", "Transfer-money", {"Confidence": "High"})
    assert transfer.mentions == (Mention(((443, 449),), "moving", id="T3"),)
    assert [(arg.role, arg.target) for arg in transfer.args] == [
        ("Giver-Arg", "T1"), ("Money-Arg", "T2"), ("Beneficiary-Arg", "T4"), ("Recipient-Arg", "T6"),
    ]  # fmt: skip
    assert unit(document, "R1").args == (Arg("Arg1", target="T4"), Arg("Arg2", target="T5"))
    president = unit(document, "T5")
    assert president.attrs == {"Mention": "Nominal", "Individual": True}
    assert (president.links, president.name) == (("https://en.wikipedia.org/?curid=64488",), "Carlos Salinas de Gortari")
    assert unit(document, "T2").prov is not None
    assert unit(document, "T2").prov.note == "100000000 USD"  # type: ignore[union-attr]


def test_nested_events_repeated_roles_and_coreference_of_brats_tutorial() -> None:
    folder = samples("brat") / "news-tutorial"
    (structures,) = READER.read(folder / "090-event_structures.ann", folder)
    (relations,) = READER.read(folder / "060-relation_annotation.ann", folder)
    assert isinstance(structures, Document)
    assert isinstance(relations, Document)
    assert [(arg.role, arg.target) for arg in unit(structures, "E1").args] == [("Org-Arg", "T1"), ("Org-Arg", "T2")]
    assert ("Event-Arg", "E1") in [(arg.role, arg.target) for arg in unit(structures, "E2").args]
    rowling = unit(relations, "T3")
    assert [(mention.id, mention.text) for mention in rowling.mentions] == [
        ("T3", "Joanne Rowling"), ("T4", "Jo Rowling"), ("T5", "J. K. Rowling"),
    ]  # fmt: skip
    assert not {"T4", "T5"} & {each.id for each in relations.units}


def test_a_folder_of_brats_holds_its_documents_and_nothing_of_its_configuration() -> None:
    folder = samples("brat")
    found = list(discover([folder]))
    assert sum(not isinstance(source, Problem) for source in found) == 13
    assert {Path(problem.where).name for problem in found if isinstance(problem, Problem)} == {"LICENSE.md", "SOURCES.md", "README.md"}


# --- what lines say

PEOPLE = "T1\tPerson 0 8\tAnna Pop\nT2\tPerson 13 15\tBo\nT3\tMeeting 9 12\tmet\n"
SAID = [
    ("an event may stand before its trigger", "E1\tMeeting:T3 Who:T1\n" + PEOPLE, "E1", {"args": (Arg("Who", target="T1"),)}),
    ("a trigger of another type is a unit too", PEOPLE + "E1\tTalk:T3\n", "T3", {"label": "Meeting"}),
    ("parts, joined by a blank", "T1\tPerson 0 4;13 15\tAnna Bo\n", "T1", {"mentions": (Mention(((0, 4), (13, 15)), "Anna Bo"),)}),
    ("parts of old files, joined by nothing", "T1\tPerson 0 4;13 15\tAnnaBo\n", "T1", {"mentions": (Mention(((0, 4), (13, 15)), "Anna Bo"),)}),
    ("parts out of order", "T1\tPerson 13 15;0 4\tBo Anna\n", "T1", {"mentions": (Mention(((0, 4), (13, 15)), "Anna Bo"),)}),
    ("a role is bare where it stands beside", PEOPLE + "E1\tMeeting:T3 Who:T1 Who2:T2\n", "E1", {"args": (Arg("Who", target="T1"), Arg("Who", target="T2"))}),
    ("and keeps its number where it does not", PEOPLE + "E1\tMeeting:T3 Arg2:T1\n", "E1", {"args": (Arg("Arg2", target="T1"),)}),
    ("the ends of a relation in their order", PEOPLE + "R1\tKnows Arg2:T1 Arg1:T2\t\n", "R1", {"args": (Arg("Arg1", target="T2"), Arg("Arg2", target="T1"))}),
    ("an attribute without value, and of old files", PEOPLE + "M1\tNegation T1\n", "T1", {"attrs": {"Negation": True}}),
    ("several values of one attribute", PEOPLE + "A1\tc T1 x\nA2\tc T1 y\nA3\tc T1 x\n", "T1", {"attrs": {"c": ["x", "y"]}}),
    ("a value of several words", PEOPLE + "A1\tc T1 x y\n", "T1", {"attrs": {"c": "x y"}}),
    ("what is said of a trigger is said of its event", PEOPLE + "E1\tMeeting:T3\nA1\tc T3 x\n", "E1", {"attrs": {"c": "x"}}),
    ("a note", PEOPLE + "#1\tAnnotatorNotes T1\tnot sure\n", "T1", {"note": "not sure"}),
    ("two notes, and one on an attribute", PEOPLE + "#1\tAnnotatorNotes T1\ta\nA1\tc T1\n#2\tAnnotatorNotes A1\tb\n", "T1", {"note": "a\nb"}),
    ("a note of another kind", PEOPLE + "#1\tGloss T1\ta=b\n", "T1", {"note": "Gloss: a=b"}),
    ("a note that is the value of a date", "T1\tDate 27 37\t16 January\n#1\tAnnotatorNotes T1\t2024-01-16\n", "T1", {"attrs": {"edtf": "2024-01-16"}, "note": None}),
    ("a note on a date in words", "T1\tDate 27 37\t16 January\n#1\tAnnotatorNotes T1\tJanuary 2024\n", "T1", {"attrs": {}, "note": "January 2024"}),
    ("a year is no value of a person", PEOPLE + "#1\tAnnotatorNotes T1\t2024\n", "T1", {"attrs": {}, "note": "2024"}),
    ("a note that is a literal argument", PEOPLE + "E1\tMeeting:T3\n#1\tAnnotatorNotes E1\tquantity=12; unit=tank; x=\"12\"\n", "E1", {"args": (Arg("quantity", value=12), Arg("unit", value="tank"), Arg("x", value="12"))}),
    ("on a relation it is an attribute", PEOPLE + "R1\tKnows Arg1:T1 Arg2:T2\n#1\tAnnotatorNotes R1\tsince=2020.5\n", "R1", {"attrs": {"since": 2020.5}}),
    ("on a date, its value", "T1\tDate 27 37\t16 January\n#1\tAnnotatorNotes T1\tedtf=2024\n", "T1", {"attrs": {"edtf": "2024"}, "args": ()}),
    ("links of the known databases", PEOPLE + "N1\tReference T1 Wikidata:Q218\tRomania\nN2\tReference T1 GeoNames:798549\tx\n", "T1", {"links": ("wd:Q218", "https://sws.geonames.org/798549/"), "name": "Romania"}),
    ("links by CURIE and address", PEOPLE + "N1\tReference T1 wd:Q218\t\nN2\tReference T1 https://www.wikidata.org/wiki/Q159\t\n", "T1", {"links": ("wd:Q218", "wd:Q159"), "name": None}),
    ("a title of Wikipedia", PEOPLE + "N1\tReference T1 Wikipedia:Târgu Mureș\t\n", "T1", {"links": ("https://en.wikipedia.org/wiki/T%C3%A2rgu_Mure%C8%99",)}),
    ("events that are one", PEOPLE + "T4\tMeeting 44 48\tsaid\nE1\tMeeting:T3 Who:T1\nE2\tMeeting:T4 Who:T1 With:T2\n*\tSame E1 E2\n", "E1", {"args": (Arg("Who", target="T1"), Arg("With", target="T2")), "mentions": (Mention(((9, 12),), "met", id="T3"), Mention(((44, 48),), "said", id="T4"))}),
    ("sets that overlap, arguments of their members", PEOPLE + "T4\tPronoun 39 43\tThey\n*\tS T2 T4\n*\tS T1 T4\nE1\tMeeting:T3 Who:T4\n", "E1", {"args": (Arg("Who", target="T1"),)}),
    ("all labels of a set", PEOPLE + "T4\tPronoun 39 43\tThey\n*\tS T4 T1\n", "T1", {"label": ("Person", "Pronoun")}),
    ("CRLF, a mark, blank lines", "\ufeff" + PEOPLE.replace("\n", "\r\n") + "\r\n\r\n", "T2", {"mentions": (Mention(((13, 15),), "Bo"),)}),
    ("line ends of old Macs", PEOPLE.replace("\n", "\r"), "T2", {"mentions": (Mention(((13, 15),), "Bo"),)}),
]  # fmt: skip


@pytest.mark.parametrize(("ann", "name", "said"), [case[1:] for case in SAID], ids=[case[0] for case in SAID])
def test_what_lines_say(tmp_path: Path, ann: str, name: str, said: dict[str, object]) -> None:
    document = one(tmp_path, ann)
    found = unit(document, name)
    assert {key: getattr(found, key) if key != "note" else found.prov and found.prov.note for key in said} == said
    assert not document.problems


def test_events_that_share_a_trigger_share_what_is_said_of_it(tmp_path: Path) -> None:
    document = one(tmp_path, PEOPLE + "E1\tMeeting:T3 Who:T1\nE2\tMeeting:T3 Who:T2\nA1\tc T3 x\nE3\tTalk:T9 About:T3\n")
    assert [unit(document, name).attrs for name in ("E1", "E2")] == [{"c": "x"}, {"c": "x"}]
    assert unit(document, "E1").mentions == unit(document, "E2").mentions == (Mention(((9, 12),), "met", id="T3"),)
    assert unit(document, "E3").args == (Arg("About", target="E1"),)
    assert told(document) == [("trigger-missing", "E3", "7"), ("trigger-named", "E3", "7")]


@pytest.mark.parametrize(
    ("text", "ann"),
    [
        pytest.param("😀 Ana 👩‍👩‍👧 Țară", "T1\tx 2 5\tAna\nT2\tx 12 16\tȚară\n", id="emoji, joined ones, comma below"),
        pytest.param("a\r\nBo\r\nŢară", "T1\tx 3 5\tBo\nT2\tx 7 11\tŢară\n", id="CRLF counts two, cedilla"),
        pytest.param("\ufeffAna", "T1\tx 1 4\tAna\n", id="a byte order mark counts"),
        pytest.param("a\u2028b\x0bc\x85d", "T1\tx 0 3\ta\u2028b\nT2\tx 2 7\tb\x0bc\x85d\n", id="other line ends end no line"),
        pytest.param("e\u0301a \0 b", "T1\tx 0 3\te\u0301a\nT2\tx 4 7\t\0 b\n", id="combining marks, NUL"),
        pytest.param("Ana\nPop", "T1\tx 0 7\tAna Pop\n", id="a line end is a blank in a mention's text"),
    ],
)
def test_offsets_are_code_points_of_the_text_as_it_stands(tmp_path: Path, text: str, ann: str) -> None:
    document = one(tmp_path, ann, text)
    assert document.text == text
    assert not document.problems
    assert all(mention.text == text[slice(*mention.spans[0])] for each in document.units for mention in each.mentions)


@pytest.mark.parametrize(
    ("text", "ann", "code"),
    [
        pytest.param("😀😀 Ana", "T1\tx 5 8\tAna\n", "offsets-recounted", id="UTF-16"),
        pytest.param("Țară, Ana", "T1\tx 0 6\tȚară\nT2\tx 8 11\tAna\n", "offsets-recounted", id="bytes"),
        pytest.param("\ufeffAna și Bo", "T1\tx 0 3\tAna\nT2\tx 7 9\tBo\n", "offsets-recounted", id="a mark that does not count"),
        pytest.param("a\r\nAna\r\nBo", "T1\tx 2 5\tAna\nT2\tx 6 8\tBo\n", "offsets-recounted", id="CRLF counts one"),
        pytest.param("well, Ana", "T1\tx 0 3\tAna\n", "span-repaired", id="shifted"),
    ],
)
def test_offsets_of_another_count_are_read_in_it(tmp_path: Path, text: str, ann: str, code: str) -> None:
    document = one(tmp_path, ann, text)
    assert [problem.code for problem in document.problems] == [code]
    assert unit(document, "T1").mentions[0].text == ann.split("\n")[0].rpartition("\t")[2]


# --- dirt

DIRT = [
    ("a text broken in two", "T1\tPerson 0 8\tAnna\nPop\nT2\tPerson 13 15\tBo\n", ["T1", "T2"], [("text-broken", "T1", "1")]),
    ("a line that is no rest", "T1\tPerson 0 8\tAnna Pop\nwhat?\n", ["T1"], [("line-unreadable", "", "2")]),
    ("a note broken in two", "T1\tPerson 0 8\tAnna Pop\n#1\tAnnotatorNotes T1\tnot\nsure\n", ["T1"], []),
    ("no text of its own", "T1\tPerson 0 8\nT2\tPerson 13 15\t\n", ["T1", "T2"], [("text-not-given", "T1", "1")]),
    ("an unknown letter", "T1\tPerson 0 8\tAnna Pop\nX1\twhat T1\n", ["T1"], [("line-unreadable", "", "2")]),
    ("blanks in place of tabs", "T1\tPerson 0 8\tAnna Pop\nT2 Person 13 15 Bo\n", ["T1"], [("line-unreadable", "", "2")]),
    ("an id twice", "T1\tPerson 0 8\tAnna Pop\nT1\tPerson 13 15\tBo\nA1\tc T1\n", ["T1", "T1-2"], [("id-repeated", "T1-2", "2")]),
    ("a line twice", "T1\tPerson 0 8\tAnna Pop\nT1\tPerson 0 8\tAnna Pop\n", ["T1"], [("id-repeated", "T1", "2")]),
    ("a missing argument", PEOPLE + "E1\tMeeting:T3 Who:T9 With:T1\n", ["T1", "T2", "E1"], [("reference-missing", "E1", "4")]),
    ("a missing end", PEOPLE + "R1\tKnows Arg1:T1 Arg2:T9\n", ["T1", "T2", "T3"], [("reference-missing", "R1", "4"), ("relation-without-ends", "R1", "4")]),
    ("three ends", PEOPLE + "R1\tKnow A:T1 B:T2 C:T3\n", ["T1", "T2", "T3", "R1"], [("relation-without-ends", "R1", "4")]),
    ("a missing trigger", PEOPLE + "E1\tMeeting:T9\nE2\tMeeting\n", ["T1", "T2", "T3", "E1", "E2"], [("trigger-missing", "E1", "4"), ("trigger-missing", "E2", "5")]),
    ("an attribute, note, link of nothing", PEOPLE + "A1\tc T9\n#1\tAnnotatorNotes A9\tx\nN1\tReference T9 Wikidata:Q1\t\n", ["T1", "T2", "T3"], [("reference-missing", "T9", "4"), ("reference-missing", "T9", "6"), ("reference-missing", "A9", "5")]),
    ("notes on each other", PEOPLE + "#1\tAnnotatorNotes #2\tx\n#2\tAnnotatorNotes #1\ty\n", ["T1", "T2", "T3"], [("reference-missing", "#2", "4"), ("reference-missing", "#1", "5")]),
    ("an unknown database", PEOPLE + "N1\tReference T1 Gaz:7\tx\n", ["T1", "T2", "T3"], [("link-unknown", "T1", "4")]),
    ("no argument", PEOPLE + "E1\tMeeting:T3 Who: T1\n", ["T1", "T2", "E1"], [("argument-unreadable", "E1", "4"), ("argument-unreadable", "E1", "4")]),
    ("a relation in a set", PEOPLE + "R1\tK Arg1:T1 Arg2:T2\n*\tS T1 R1 T2\n", ["T1", "T3", "R1"], [("set-member", "R1", "5")]),
    ("a thing and an event in a set", PEOPLE + "E1\tMeeting:T3\n*\tS T1 E1 T2\n", ["T1", "E1"], [("set-mixed", "E1", "5")]),
    ("offsets beyond the text", "T1\tPerson 90 98\tNobody\nT2\tPerson 90 98\n", ["T1", "T2"], [("text-not-given", "T2", "2"), ("span-mismatch", "T1", "1"), ("span-outside", "T2", "2")]),
    ("a span of nothing", "T1\tPerson 5 5\t\nT2\tPerson 8 0\tAnna Pop\n", ["T1", "T2"], [("text-not-given", "T1", "1"), ("span-invalid", "T1", "1"), ("span-invalid", "T2", "2")]),
    ("numbers that are none", "T1\tPerson -1 8\tx\nT2\tPerson 1\tx\nT3\tPerson 1 2;\tx\nT4\tPerson 1 " + "9" * 5000 + "\tx\nT5\t\t\nT6\tP 0 4\tAnna\n", ["T6"], [("line-unreadable", "", str(n)) for n in range(1, 6)]),
    ("a line that is not UTF-8", b"T1\tPerson 0 8\tAnna Pop\nT2\tPerson 0 4\t\xff\nT3\tPerson 13 15\tBo\n", ["T1", "T3"], [("not-utf8", "", "2")]),
    ("nothing", "", [], []),
    ("blank lines alone", "\n \n", [], []),
]  # fmt: skip


@pytest.mark.parametrize(("ann", "units", "problems"), [case[1:] for case in DIRT], ids=[case[0] for case in DIRT])
def test_what_is_wrong_is_reported_and_the_rest_kept(
    tmp_path: Path, ann: str | bytes, units: list[str], problems: list[tuple[str, str, str]]
) -> None:
    document = one(tmp_path, ann)
    assert [each.id for each in document.units] == units
    assert told(document) == problems
    assert all(problem.message and problem.where.startswith(str(tmp_path / "a.ann")) for problem in document.problems)


def test_of_a_thousand_bad_lines_each_is_counted_and_some_are_told(tmp_path: Path) -> None:
    document = one(tmp_path, "T1\tPerson 0 8\tAnna Pop\n" + "what?\n" * 1000)
    assert len(document.problems) == 201
    assert document.problems[-1].message.startswith("and 800 more")


def test_mentions_that_cover_the_text_again_and_again_are_bounded(tmp_path: Path) -> None:
    text = "a" * 1_000_000
    document = one(tmp_path, "".join(f"T{n}\tx 0 {999_000 + n}\n" for n in range(100)), text)
    assert sum(len(each.mentions) for each in document.units) == 67
    assert Counter(problem.code for problem in document.problems)["text-covered"] == 33


MANY = 40_000
TIRESOME = [
    ("values of one attribute", PEOPLE + "".join(f"A{n}\tc T1 v{n}\n" for n in range(MANY)), 0),
    ("links of one thing", PEOPLE + "".join(f"N{n}\tReference T1 Wikidata:Q{n}\tx\n" for n in range(MANY)), 0),
    ("arguments of one event", PEOPLE + "E1\tMeeting:T3" + "".join(f" R{n}_:T1" for n in range(MANY)) + "\n", 0),
    ("events of one trigger, each attribute for all", PEOPLE + "".join(f"E{n}\tMeeting:T3\nA{n}\tc T3 v{n}\n" for n in range(2000)), 201),
    ("notes on notes", PEOPLE + "".join(f"#{n}\tGloss #{n + 1}\tx\n" for n in range(MANY)), 201),
    ("sets that join set to set", "".join(f"T{n}\tP 0 4\tAnna\n*\tS T{n} T{n + 1}\n" for n in range(MANY)) + f"T{MANY}\tP 0 4\tAnna\n", 0),
    ("a text in many lines", "T1\tPerson 0 8\tAnna\n" + "x\n" * MANY, 202),
    ("a line as long as a book", "T1\tPerson 0 8\t" + "Anna " * 1_000_000, 1),
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(("ann", "problems"), [case[1:] for case in TIRESOME], ids=[case[0] for case in TIRESOME])
def test_time_and_memory_grow_with_the_file_and_not_faster(tmp_path: Path, ann: str, problems: int) -> None:
    begun = time.process_time()
    document = one(tmp_path, ann)
    assert time.process_time() - begun < 10
    assert len(document.problems) == problems


@pytest.mark.parametrize(
    ("ann", "text", "code", "where"),
    [
        ("what is this?\nno idea", TEXT, "unknown-format", "a.ann"),
        (PEOPLE, "Anna\nPop \xff".encode("latin-1"), "not-utf8", "a.txt:2"),
        (PEOPLE, TEXT.encode("utf-16"), "binary-file", "a.txt"),
        (b"\x00\xff\n\x00\xfe\n", TEXT, "binary-file", "a.ann"),
        (PEOPLE.encode("utf-16"), TEXT, "binary-file", "a.ann"),
    ],
)
def test_a_document_that_cannot_be_taken_is_one_problem(tmp_path: Path, ann: str | bytes, text: str | bytes, code: str, where: str) -> None:
    lay(tmp_path, a_DOT_ann=ann, a_DOT_txt=text)
    (problem,) = READER.read(tmp_path / "a.ann", tmp_path)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.severity, problem.where) == (code, "rejected", str(tmp_path / where))


def test_a_file_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        list(READER.read(tmp_path / "none.ann", tmp_path))


# --- files that belong together


def test_without_its_text_a_document_is_known_by_its_words(tmp_path: Path) -> None:
    document = one(tmp_path, PEOPLE, None)
    assert document.text is None
    assert unit(document, "T1").mentions == (Mention(text="Anna Pop"),)
    assert [problem.code for problem in document.problems] == ["text-file-missing", "span-without-text"]


def test_parts_are_one_document_however_it_is_named(tmp_path: Path) -> None:
    lay(
        tmp_path,
        in__b_DOT_txt=TEXT,
        in__b_DOT_a1=PEOPLE[:42],
        in__b_DOT_a2=PEOPLE[42:] + "E1\tMeeting:T3 Who:T1\n",
        in__b_DOT_rel="R1\tK A:T1 B:T2\n",
    )
    (found,) = read([tmp_path])
    assert isinstance(found, Document)
    assert found.id == "in/b"
    assert [each.id for each in found.units] == ["T1", "T2", "E1", "R1"]
    assert not found.problems
    for part in ("b.a1", "b.a2", "b.rel"):
        (again,) = read([tmp_path / "in" / part])
        assert isinstance(again, Document)
        assert (again.id, again.units) == ("b", found.units)


def test_a_part_without_the_others_is_read_with_what_it_lacks_reported(tmp_path: Path) -> None:
    lay(tmp_path, b_DOT_txt=TEXT, b_DOT_a2="E1\tMeeting:T3 Who:T1\n")
    (found,) = read([tmp_path])
    assert isinstance(found, Document)
    assert told(found) == [("trigger-missing", "E1", "1"), ("reference-missing", "E1", "1")]


def test_parts_beside_an_ann_file_are_not_read_and_named(tmp_path: Path) -> None:
    lay(tmp_path, a_DOT_txt=TEXT, a_DOT_ann=PEOPLE, a_DOT_a1=PEOPLE, a_DOT_a2="")
    (found,) = read([tmp_path])
    assert isinstance(found, Document)
    assert [(problem.code, "a.a1, a.a2" in problem.message) for problem in found.problems] == [("parts-ignored", True)]


def test_several_annotators_of_one_text(tmp_path: Path) -> None:
    lay(tmp_path, in__a_b_DOT_txt=TEXT, in__a_b_anna_DOT_ann=PEOPLE, in__a_b_bo_DOT_ann=PEOPLE[:22])
    found = [document for document in read([tmp_path]) if isinstance(document, Document)]
    assert [(document.id, document.annotator, len(document.units), document.text) for document in found] == [
        ("in/a_b", "anna", 3, TEXT), ("in/a_b", "bo", 1, TEXT),
    ]  # fmt: skip
    assert not any(document.problems for document in found)


def test_a_name_with_an_underscore_is_no_annotator(tmp_path: Path) -> None:
    lay(tmp_path, a_DOT_txt="another text altogether", a_1_DOT_txt=TEXT, a_1_DOT_ann=PEOPLE, a_2_DOT_ann=PEOPLE)
    first, second = READER.read(tmp_path / "a_1.ann", tmp_path), READER.read(tmp_path / "a_2.ann", tmp_path)
    shown = [(document.id, document.annotator, document.text) for document in (*first, *second) if isinstance(document, Document)]
    assert shown == [("a_1", "", TEXT), ("a_2", "", None)]


CONFIGURATION = """[entities]
Person
!Thing
\tKnown\tA:x
[relations]
Knows Arg1:Person, Arg2:Person
<P>=Person|Org
[events]
# a comment
!Contact
    Meeting  Who+:<P>, Topic{1-3}:Known, Arg1?:Known
Meet
"""
TOOLS = "[normalization]\nGaz DB:x, <URL>:http://g.example/?q=%s, <URLBASE>:https://g.example/%s\nWikipedia DB:w, <URLBASE>:https://ro.wikipedia.org/wiki/%s, <URL>:x\n"


def test_the_nearest_configuration_up_to_the_root_holds(tmp_path: Path) -> None:
    ann = (
        PEOPLE
        + "T4\tMeet 44 48\tsaid\nE1\tMeeting:T3 Who7:T1 Arg1:T2 Arg2:T2 Topic1:T2\nN1\tReference T1 Gaz:a b\t\nN2\tReference T2 Wikipedia:Bo\t\n"
    )
    lay(
        tmp_path,
        annotation_DOT_conf="[events]\nMeeting Arg:x",
        p__annotation_DOT_conf=CONFIGURATION,
        p__tools_DOT_conf=TOOLS,
        p__q__a_DOT_txt=TEXT,
        p__q__a_DOT_ann=ann,
    )
    (found,) = read([tmp_path])
    assert isinstance(found, Document)
    assert [arg.role for arg in unit(found, "E1").args] == ["Who", "Arg1", "Arg2", "Topic"]
    assert (unit(found, "T1").links, unit(found, "T2").links) == (("https://g.example/a_b",), ("https://ro.wikipedia.org/wiki/Bo",))
    assert (unit(found, "T4").kind, unit(found, "T1").kind) == ("event", "entity")
    (alone,) = read([tmp_path / "p" / "q"])
    assert isinstance(alone, Document)
    assert [problem.code for problem in alone.problems] == ["link-unknown"]
    assert [arg.role for arg in unit(alone, "E1").args] == ["Who7", "Arg1", "Arg2", "Topic1"]


# --- content, not names


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (PEOPLE, True),
        ("\ufeff" + PEOPLE, True),
        ("E1\tMeeting:T3 Who:T1\n", True),
        ("R1\tKnows Arg1:T1 Arg2:T2\t\n*\tSame T1 T2\n", True),
        ("#1\tAnnotatorNotes T1\tx\nN1\tReference T1 Wikidata:Q1\tx\nA1\tc T1\n", True),
        ("1-1\t0-4\tThis\t_\n", False),
        ('{"text": "T1\\tPerson 0 8"}\n', False),
        ("T1\tis the first term\n", False),
        ("The file looks so:\n\nT1\tPerson 0 8\tAnna Pop\n\nwhere T1 is an id\nand so on\n", False),
        ("", False),
    ],
)
def test_brat_is_known_by_its_lines(tmp_path: Path, head: str, known: bool) -> None:
    assert READER.sniff(head.encode()) is known
    if known:
        assert choose(lay(tmp_path, x_DOT_data=head) / "x.data") is READER


# --- nothing is trusted


@given(
    st.lists(
        st.sampled_from([*PEOPLE.split("\n"), *"".join(case[1] for case in SAID).split("\n"), "\r", "T1", "é😀\u2028\0"]), max_size=12
    ),
    st.randoms(),
)
def test_no_mixture_of_lines_is_too_much(tmp_path_factory: pytest.TempPathFactory, lines: list[str], chance: random.Random) -> None:
    folder = tmp_path_factory.getbasetemp() / "brat-mixture"
    folder.mkdir(exist_ok=True)
    lines = [line[: chance.randrange(len(line) + 1)] if chance.random() < 0.1 else line for line in lines]
    for found in READER.read(lay(folder, a_DOT_ann="\n".join(lines), a_DOT_txt=TEXT) / "a.ann", folder):
        if isinstance(found, Document):
            names = [each.id for each in found.units]
            assert len(set(names)) == len(names)
            assert {arg.target for each in found.units for arg in each.args if arg.target} <= set(names)
            assert all(mention.text == " ".join(TEXT[b:e] for b, e in mention.spans) for each in found.units for mention in each.mentions)
