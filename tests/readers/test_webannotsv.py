"""WebAnno TSV 3: INCEpTION's own suite against its XMI, dirty files, and whatever else stands in a file."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from kgbuild.document import Document, Problem, encode_record
from kgbuild.readers.inception import READER as INCEPTION
from kgbuild.readers.webannotsv import READER
from kgbuild.readers.xmi import READER as XMI

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "inception-tsv3"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files of INCEpTION are not beside this checkout")

NER = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n"
HEAD = "#FORMAT=WebAnno TSV 3.3\n" + NER + "\n\n"
RELATION = "#T_RL=webanno.custom.Rel|label|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity\n"
NAMES = "#FORMAT=WebAnno TSV 3.3\n" + NER + RELATION + "\n\n#Text=Kim met Putin .\n"

#: pairs whose XMI marks a blank before or after a token: TSV cannot say that, and cuts the mention to its tokens
CUT = {"testAnnotationWithLeadingWhitespaceAtStart", "testAnnotationWithTrailingWhitespace"}


def read_file(path: Path) -> Document:
    (document,) = READER.read(path, path.parent)
    assert isinstance(document, Document)
    return document


def read(tmp_path: Path, content: str | bytes) -> Document | Problem:
    path = tmp_path / "a.tsv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (found,) = READER.read(path, tmp_path)
    return found


def said(document: Document, names: dict[str, str] | None = None) -> list[Any]:
    """Units without ids: values as words, since the format does not tell numbers from texts."""
    names = names or {}
    shown = {unit.id: (tuple(mention.spans for mention in unit.mentions), unit.labels) for unit in document.units}

    def called(label: str) -> str:
        return names.get(label, label)

    return sorted(
        (
            [called(label) for label in unit.labels],
            [(mention.spans, mention.text) for mention in unit.mentions],
            sorted((called(name), str(value).lower()) for name, value in unit.attrs.items()),
            unit.links,
            sorted((arg.role, str(shown.get(arg.target or ""))) for arg in unit.args) if not names else len(unit.args),
        )
        for unit in document.units
    )


def spans(document: Document | Problem) -> list[tuple[tuple[str, ...], list[str | None]]]:
    assert isinstance(document, Document), document
    return [(unit.labels, [mention.text for mention in unit.mentions]) for unit in document.units]


def codes(document: Document | Problem) -> list[str]:
    return [document.code] if isinstance(document, Problem) else [problem.code for problem in document.problems]


@needs_samples
def test_every_sample_is_read() -> None:
    documents = [read_file(path) for path in sorted(SAMPLES.rglob("*.tsv"))]
    problems = [problem for document in documents for problem in document.problems]
    units = [unit for document in documents for unit in document.units]
    assert len(documents) == 52
    assert len(units) == 247
    assert sum(len(unit.mentions) for unit in units) == 714
    # spans of no length, and layers of words and syntax
    assert sorted({problem.code for problem in problems}) == ["layer-ignored", "span-invalid"]
    assert sum(problem.code == "span-invalid" for problem in problems) == 12
    for document in documents:
        for mention in (mention for unit in document.units for mention in unit.mentions):
            assert document.text is not None
            assert " ".join(document.text[begin:end] for begin, end in mention.spans) == mention.text


@needs_samples
@pytest.mark.parametrize("folder", sorted(path.parent.name for path in SAMPLES.glob("suite/*/reference.xmi")))
def test_a_pair_of_tsv_and_xmi_says_the_same(folder: str) -> None:
    path = SAMPLES / "suite" / folder / "reference.tsv"
    tsv = read_file(path)
    (xmi,) = XMI.read(path.with_suffix(".xmi"), path.parent)
    assert isinstance(xmi, Document)
    assert tsv.text == xmi.text
    if folder in CUT:
        assert said(tsv) != said(xmi)
        assert [mention.text for unit in tsv.units for mention in unit.mentions] == [
            (mention.text or "").strip() for unit in xmi.units for mention in unit.mentions
        ]
    elif said(tsv) != said(xmi):  # the suite's XMI files are older than a change of names in its type system
        names = {"NamedEntity": "Span", "intValue": "integerValue"}
        assert said(tsv, names) == said(xmi, names)


def test_escapes_are_undone_and_separators_inside_values_are_none(tmp_path: Path) -> None:
    rows = "1-1\t0-3\tKim\ta\\|b\\[1\\]|c\\;\\_\\*\\->\\\\[2]\t\n1-2\t4-7\tmet\tc\\;\\_\\*\\->\\\\[2]\t\n"
    assert spans(read(tmp_path, HEAD + "#Text=Kim met\n" + rows)) == [(("a|b[1]",), ["Kim"]), (("c;_*->\\",), ["Kim met"])]


def test_text_holds_tabs_backslashes_and_line_breaks(tmp_path: Path) -> None:
    document = read(tmp_path, HEAD + "#Text=a\\tb\\\\ c\n#Text=d \\r e\n1-1\t0-1\ta\t_\t\n1-2\t2-4\tb\\\\\tX\t\n1-3\t7-8\td\tY\t\n")
    assert isinstance(document, Document)
    assert document.text == "a\tb\\ c\nd \r e"
    assert spans(document) == [(("X",), ["b\\"]), (("Y",), ["d"])]


def test_version_3_1_wrote_java_escapes(tmp_path: Path) -> None:
    head = HEAD.replace("3.3", "3.1")
    document = read(
        tmp_path, head + "#Text=\\u021Aara \\uD83D\\uDE00 x\n1-1\t0-4\t\\u021Aara\tX\t\n1-2\t5-7\t\\uD83D\\uDE00\tY\t\n1-3\t8-9\tx\tZ\t\n"
    )
    assert spans(document) == [(("X",), ["Țara"]), (("Y",), ["😀"]), (("Z",), ["x"])]
    assert not codes(document)


@pytest.mark.parametrize(("first", "second"), [(6, 7), (5, 6)], ids=["UTF-16", "code points"])
def test_offsets_count_utf16_units_and_code_points_are_recognised(tmp_path: Path, first: int, second: int) -> None:
    wide = first == 6
    rows = f"1-1\t0-{2 if wide else 1}\t😀\t_\t\n1-2\t{3 if wide else 2}-{first}\tKim\tPER\t\n1-3\t{second}-{second + 1}\t.\t_\t\n"
    more = f"\n#Text=Vladimir\n2-1\t{second + 2}-{second + 10}\tVladimir\tPER\t\n"
    document = read(tmp_path, HEAD + "#Text=😀 Kim .\n" + rows + more)
    assert isinstance(document, Document)
    assert document.text == "😀 Kim .\nVladimir"
    assert spans(document) == [(("PER",), ["Kim"]), (("PER",), ["Vladimir"])]
    assert codes(document) == ([] if wide else ["offsets-recounted"])


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no BOM", "BOM"])
def test_line_ends_and_a_byte_order_mark_shift_nothing(tmp_path: Path, ending: str, mark: str) -> None:
    content = HEAD + "#Text=Ă\u2028 Kim\n1-1\t0-2\tĂ\u2028\t_\t\n1-2\t3-6\tKim\tPER\t\n"
    document = read(tmp_path, mark + content.replace("\n", ending))
    assert spans(document) == [(("PER",), ["Kim"])]
    assert not codes(document)


def test_a_relation_without_features_has_its_ends(tmp_path: Path) -> None:
    head = "#FORMAT=WebAnno TSV 3.3\n" + NER + "#T_RL=webanno.custom.Rel|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity\n\n\n"
    document = read(tmp_path, head + "#Text=Kim met\n1-1\t0-3\tKim\tPER\t_\t\n1-2\t4-7\tmet\tEV\t1-1\t\n")
    assert isinstance(document, Document)
    (relation,) = (unit for unit in document.units if unit.kind == "relation")
    shown = {unit.id: unit.label for unit in document.units}
    assert (relation.label, [(arg.role, shown[arg.target or ""]) for arg in relation.args]) == (
        "Rel",
        [("source", "PER"), ("target", "EV")],
    )


def test_missing_cells_say_nothing_and_are_reported_once(tmp_path: Path) -> None:
    document = read(tmp_path, NAMES + "1-1\t0-3\tKim\tPER\n1-2\t4-7\tmet\n1-3\t8-13\tPutin\tPER\t_\t_\t_\t_\n")
    assert spans(document) == [(("PER",), ["Kim"]), (("PER",), ["Putin"])]
    assert codes(document) == ["columns-uneven", "columns-uneven"]
    assert isinstance(document, Document)
    assert "line 7: 1 cells where the header has 3 columns" in document.problems[0].message


DIRTY = {
    "a reference to nothing": (NAMES + "1-1\t0-3\tKim\tPER\tknows\t1-9\t\n", ["reference-dangling", "relation-without-ends"], "line 7"),
    "a line that is no row": (HEAD + "#Text=Kim\nKim PER\n1-1\t0-3\tKim\tPER\t\n", ["row-unread"], "line 6"),
    "a token that the text does not have": (HEAD + "#Text=Kim\n1-1\t0-3\tUnu\tPER\t\n", ["span-mismatch", "span-invalid"], "line 6"),
    "tokens at wrong offsets": (HEAD + "#Text= Kim met\n1-1\t5-8\tKim\tPER\t\n1-2\t9-12\tmet\t_\t\n", ["span-repaired"], "line 6"),
    "an id used twice": (HEAD + "#Text=a b c\n1-1\t0-1\ta\tX[1]\t\n1-2\t2-3\tb\t_\t\n1-3\t4-5\tc\tX[1]\t\n", ["id-reused"], "line 8"),
    "a sentence without text": (HEAD + "1-1\t0-3\tKim\tPER\t\n1-2\t4-7\tmet\t_\t\n", ["text-rebuilt"], "line 5"),
    "sentences that overlap": (HEAD + "#Text=Kim met\n1-1\t0-3\tKim\tPER\t\n\n#Text=x\n2-1\t4-5\tx\t_\t\n", ["text-rebuilt"], "line 8"),
}


@pytest.mark.parametrize("case", DIRTY)
def test_a_dirty_file_is_read_and_says_where_it_is_dirty(tmp_path: Path, case: str) -> None:
    content, expected, line = DIRTY[case]
    document = read(tmp_path, content)
    assert isinstance(document, Document)
    assert codes(document) == expected
    assert line in document.problems[0].message
    if "span-mismatch" not in expected:
        assert (("PER",), ["Kim"]) in spans(document) or case == "an id used twice"


REJECTED = {
    "another version": ("#FORMAT=WebAnno TSV 2.0\n", "annotation-invalid", "WebAnno TSV 2.0 is not read; export it as WebAnno TSV 3"),
    "no version": ("Kim\tPER\n", "annotation-invalid", "the first line must be"),
    "a relation layer without ends": ("#FORMAT=WebAnno TSV 3.3\n#T_RL=x.Rel|label\n\n", "annotation-invalid", "needs one column BT_"),
    "a slot without targets": ("#FORMAT=WebAnno TSV 3.3\n#T_SP=x.A|ROLE_x.A:links_x.L\n\n", "annotation-invalid", "after a column ROLE_"),
    "an unknown declaration": ("#FORMAT=WebAnno TSV 3.3\n#T_XX=x.A|b\n\n", "annotation-invalid", "declares no layer"),
    "nothing": ("", "empty-file", "holds nothing"),
}


@pytest.mark.parametrize("case", REJECTED)
def test_what_is_no_such_file_is_rejected_in_words(tmp_path: Path, case: str) -> None:
    content, code, message = REJECTED[case]
    found = read(tmp_path, content)
    assert isinstance(found, Problem)
    assert (found.code, found.severity) == (code, "rejected")
    assert message in found.message


def test_a_file_that_is_not_utf8_is_rejected_with_the_line(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD.encode() + b"#Text=Bucure\xbati\n")
    assert isinstance(found, Problem)
    assert (found.code, found.where.rpartition(":")[2]) == ("not-utf8", "5")


@needs_samples
def test_mutated_files_never_crash(tmp_path: Path) -> None:
    dice = random.Random(3)
    originals = [path.read_bytes() for path in sorted(SAMPLES.glob("suite/*/*.tsv"))]
    for _ in range(400):
        data = bytearray(dice.choice(originals))
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(len(data))
            match dice.randrange(4):
                case 0:
                    data[at] = dice.choice(b"\t\n\\|[];_*->#019 \xff")
                case 1:
                    del data[at : at + dice.randint(1, 12)]
                case 2:
                    data[at:at] = dice.choice([b"\n", b"\t", b"[1]", b"|", b"->1-1", b"1-1", "😀".encode(), b"999999999"])
                case _:
                    data[at:at] = data[at : at + dice.randint(1, 60)]
        found = read(tmp_path, bytes(data))
        if isinstance(found, Document):
            encode_record((found,))
            assert found.text is not None
            for mention in (mention for unit in found.units for mention in unit.mentions):
                assert " ".join(found.text[begin:end] for begin, end in mention.spans) == mention.text


def test_a_project_may_be_exported_with_it(tmp_path: Path) -> None:
    described = {"source_documents": [{"name": "a.txt", "state": "CURATION_FINISHED"}], "annotation_documents": [], "layers": []}
    (tmp_path / "exportedproject1.json").write_text(json.dumps(described), encoding="utf-8")
    curated = tmp_path / "curation" / "a.txt" / "CURATION_USER.tsv"
    curated.parent.mkdir(parents=True)
    curated.write_text(HEAD + "#Text=Kim met\n1-1\t0-3\tKim\tPER\t\n1-2\t4-7\tmet\t_\t\n", encoding="utf-8")
    (document,) = INCEPTION.read(tmp_path, tmp_path)
    assert isinstance(document, Document)
    assert (document.id, document.prov and document.prov.status) == ("a", "curated")
    assert spans(document) == [(("PER",), ["Kim"])]
