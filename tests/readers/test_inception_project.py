"""Exports of whole INCEpTION projects, as archives and as folders: whose work is taken, and what is said where none is."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kgbuild.document import Document, Problem, Prov
from kgbuild.readers import BUILT_IN, choose, discover, read
from kgbuild.readers.inception import READER
from tests.conftest import CHECKOUT
from tests.readers.making_cas import Making
from tests.readers.test_cas_xmi import TYPES, XMI

SAMPLES = CHECKOUT.parent / "shared" / "samples" / "inception-project-export"


def cas(words: str) -> bytes:
    """A text with one annotation, on ``words``."""
    made = Making("Rusia, Kim, Lavrov")
    made.span("custom.Entity", words, value="Entity", subject="http://example.org/thing")
    return json.dumps(made.cas()).encode()


def archived() -> bytes:
    """An XMI with its type system in an archive, as INCEpTION puts one for each annotator into the export."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ana.xmi", XMI)
        archive.writestr("TypeSystem.xml", TYPES)
    return packed.getvalue()


def export(documents: dict[str, str], annotators: dict[str, dict[str, str]], **more: Any) -> bytes:
    description = {
        "name": "p",
        "source_documents": [{"name": name, "state": state} for name, state in documents.items()],
        "annotation_documents": [
            {"name": name, "user": user, "state": state} for name, users in annotators.items() for user, state in users.items()
        ],
        **more,
    }
    return json.dumps(description).encode()


@pytest.fixture(params=["archive", "folder"])
def packed(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """How an export lies there; takes name -> content, gives its path."""

    def pack(files: dict[str, bytes]) -> Path:
        if request.param == "archive":
            with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
                for name, content in files.items():
                    archive.writestr(name, content)
            return tmp_path / "p.zip"
        for name, content in files.items():
            path = tmp_path / "p" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return tmp_path / "p"

    return pack


def taken(path: Path) -> list[tuple[str, str | None, str | None, list[str | None]]]:
    """Id, annotator, status and annotated words of each document."""
    found = []
    for one in read([path]):
        assert isinstance(one, Document), one
        prov = one.prov or Prov()
        assert prov.tool == "INCEpTION"
        found.append((one.id, prov.annotator, prov.status, [mention.text for unit in one.units for mention in unit.mentions]))
    return found


def test_what_a_curator_finished_is_taken_before_what_annotators_did(packed: Any) -> None:
    path = packed(
        {
            "exportedproject123.json": export({"a.txt": "CURATION_FINISHED"}, {"a.txt": {"ana": "FINISHED", "ion": "FINISHED"}}),
            "annotation/a.txt/ana.json": cas("Rusia"),
            "annotation/a.txt/ion.json": cas("Kim"),
            "annotation_ser/a.txt/ana.ser": b"\xac\xed\x00\x05",
            "curation/a.txt/CURATION_USER.json": cas("Lavrov"),
            "curation_ser/a.txt/CURATION_USER.ser": b"\xac\xed\x00\x05",
            "source/a.txt": b"Rusia, Kim, Lavrov",
        }
    )
    assert choose(path).name == "inception"
    assert taken(path) == [("a", None, "curated", ["Lavrov"])]


def test_else_each_annotator_who_finished_is_one_of_several(packed: Any) -> None:
    states = {"ana": "FINISHED", "ion": "FINISHED", "eva": "IN_PROGRESS", "INITIAL_CAS": "FINISHED", "CURATION_USER": "FINISHED"}
    path = packed(
        {
            "exportedproject.json": export(
                {"a.txt": "CURATION_IN_PROGRESS", "b.html": "NEW"}, {"a.txt": states, "b.html": {"ion": "FINISHED"}}
            ),
            **{f"annotation/a.txt/{user}.json": cas("Rusia") for user in states},
            "annotation/a.txt/ion.json": cas("Kim"),
            "annotation/b.html/ion.json": cas("Lavrov"),
            "curation/a.txt/CURATION_USER.json": cas("Lavrov"),
        }
    )
    assert taken(path) == [("a", "ana", None, ["Rusia"]), ("a", "ion", None, ["Kim"]), ("b.html", "ion", None, ["Lavrov"])]


@pytest.mark.parametrize(
    ("name", "content"),
    [("ana.zip", archived()), ("ana.xmi", XMI.encode())],
)
def test_annotations_may_be_xmi(packed: Any, name: str, content: bytes) -> None:
    path = packed(
        {
            "exportedproject.json": export({"a.txt": "ANNOTATION_FINISHED"}, {"a.txt": {"ana": "FINISHED"}}),
            f"annotation/a.txt/{name}": content,
            "annotation/a.txt/TypeSystem.xml": TYPES.encode(),
        }
    )
    assert taken(path) == [("a", "ana", None, ["Rusia", "a primit", "arme"])]


@pytest.mark.skipif("webanno-tsv" not in BUILT_IN, reason="this build reads no WebAnno TSV")
def test_annotations_may_be_webanno_tsv(packed: Any) -> None:
    rows = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Entity|value\n\n\n#Text=Rusia tace\n1-1\t0-5\tRusia\tState\t\n1-2\t6-10\ttace\t_\t\n"
    path = packed(
        {
            "exportedproject.json": export({"a.txt": "ANNOTATION_FINISHED"}, {"a.txt": {"ana": "FINISHED"}}),
            "annotation/a.txt/ana.tsv": rows.encode(),
        }
    )
    assert taken(path) == [("a", "ana", None, ["Rusia"])]


def test_the_project_says_which_features_hold_concepts(packed: Any) -> None:
    layer = {"name": "custom.Entity", "uiName": "Things", "features": [{"name": "subject", "type": "kb:<ANY>"}]}
    files = {
        "exportedproject.json": export({"a.txt": "NEW"}, {"a.txt": {"ana": "FINISHED"}}, layers=[layer]),
        "annotation/a.txt/ana.json": cas("Rusia"),
    }
    [found] = read([packed(files)])
    assert isinstance(found, Document)
    assert (found.units[0].links, found.units[0].attrs) == (("http://example.org/thing",), {})


@pytest.mark.parametrize(
    ("state", "users", "files", "codes", "says"),
    [
        ("NEW", {}, [], ["document-unfinished"], "nobody has begun it"),
        ("ANNOTATION_IN_PROGRESS", {"ana": "IN_PROGRESS"}, ["annotation/a.txt/ana.json"], ["document-unfinished"], "ana is at IN_PROGRESS"),
        ("NEW", {"ana": "FINISHED"}, ["annotation/a.txt/ana.txt"], ["member-missing"], "ana has finished it"),
        ("CURATION_FINISHED", {}, [], ["member-missing"], "its curation is finished"),
        ("CURATION_FINISHED", {"ana": "FINISHED"}, ["annotation/a.txt/ana.json"], ["member-missing", "taken"], "its curation is finished"),
    ],
)
def test_a_document_that_nobody_finished_is_reported(
    packed: Any, state: str, users: dict[str, str], files: list[str], codes: list[str], says: str
) -> None:
    path = packed({"exportedproject.json": export({"a.txt": state}, {"a.txt": users}), **{name: cas("Rusia") for name in files}})
    found = list(read([path]))
    assert [one.code if isinstance(one, Problem) else "taken" for one in found] == codes
    assert isinstance(found[0], Problem)
    assert says in found[0].message
    assert (found[0].document, found[0].severity) == ("a", "skipped")
    assert found[0].where.endswith("exportedproject.json")


def test_a_broken_member_does_not_hide_the_others(packed: Any) -> None:
    path = packed(
        {
            "exportedproject.json": export({"a.txt": "NEW", "b.txt": "NEW"}, {"a.txt": {"ana": "FINISHED"}, "b.txt": {"ana": "FINISHED"}}),
            "annotation/a.txt/ana.json": b'{"%TYPES": ',
            "annotation/b.txt/ana.json": cas("Kim"),
        }
    )
    broken, whole = read([path])
    assert isinstance(broken, Problem)
    assert isinstance(whole, Document)
    assert (broken.code, broken.document, whole.id) == ("broken-json", "a", "b")
    assert broken.where.endswith("annotation/a.txt/ana.json")


@pytest.mark.parametrize("description", [b"[]", b"{}", b"{", b'{"source_documents": 7}', b'{"source_documents": [7, {"name": 1}]}'])
def test_a_description_that_cannot_be_read_is_rejected(packed: Any, description: bytes) -> None:
    [problem] = READER.read(packed({"exportedproject.json": description}), Path("/"))
    assert isinstance(problem, Problem)
    assert problem.severity == "rejected"


def test_a_project_in_a_folder_among_others_is_one_source(tmp_path: Path) -> None:
    files = {
        "exportedproject.json": export({"a.txt": "NEW"}, {"a.txt": {"ana": "FINISHED"}}),
        "annotation/a.txt/ana.json": cas("Kim"),
        "source/a.txt": b"Rusia, Kim, Lavrov",
    }
    for name, content in files.items():
        path = tmp_path / "deep" / "p" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "single.json").write_bytes(cas("Rusia"))
    assert [getattr(source, "path", source) for source in discover([tmp_path])] == [tmp_path / "deep" / "p", tmp_path / "single.json"]
    assert [one.id for one in read([tmp_path]) if isinstance(one, Document)] == ["deep/a", "single"]


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("Export+Test+-+Curated+annotation+project_3_6_1.zip", "member-missing", "admin has finished it"),
        ("test-project-with-recommenders.zip", "document-unfinished", "admin is at IN_PROGRESS"),
    ],
)
def test_the_samples_are_read(name: str, code: str, says: str) -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the sample files are not beside the checkout")
    [problem] = read([SAMPLES / name])
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert says in problem.message
