"""Finding files and their readers: folders, links, unknown formats, plug-ins."""

from __future__ import annotations

import gzip
import importlib
import os
import re
import sys
from pathlib import Path

import pytest

from kgbuild import readers
from kgbuild.document import Document, Problem
from kgbuild.errors import FormatError
from kgbuild.readers import BUILT_IN, Source, choose, discover, listing, read

LINE = b'{"kgbuild":1,"id":"%s"}\n'


def lay(root: Path, *names: str) -> None:
    """Make annotation files; a name with ``=`` holds what stands behind it."""
    for name in names:
        path, _, content = name.partition("=")
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode() if content else LINE % Path(path).name.encode())


def found(root: Path, *paths: Path | str, **options: str) -> list[str]:
    """Sources as paths below ``root``, problems as their codes and paths."""
    shown = []
    for one in discover([root / path for path in paths], **options):
        if isinstance(one, Problem):
            assert (one.severity, one.document) == ("rejected", "")
            shown.append(f"{one.code} {Path(one.where).relative_to(root).as_posix()}")
        else:
            shown.append(one.path.relative_to(root).as_posix())
    return shown


def test_folders_are_searched_recursively_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    lay(
        tmp_path,
        "b/z.kga.jsonl",
        "b/a/x.kga.jsonl",
        "a.kga.jsonl",
        "C.kga.jsonl",
        ".hidden.kga.jsonl",
        ".git/y.kga.jsonl",
        "b/.x/y.kga.jsonl",
    )
    assert found(tmp_path, ".") == ["C.kga.jsonl", "a.kga.jsonl", "b/a/x.kga.jsonl", "b/z.kga.jsonl"]


def test_paths_keep_the_order_that_they_are_named_in_and_their_own_roots(tmp_path: Path) -> None:
    lay(tmp_path, "b/y.kga.jsonl", "a/x.kga.jsonl", ".z.kga.jsonl")
    assert list(discover([tmp_path / "b", tmp_path / "a" / "x.kga.jsonl", tmp_path / ".z.kga.jsonl"])) == [
        Source(tmp_path / "b" / "y.kga.jsonl", tmp_path / "b"),
        Source(tmp_path / "a" / "x.kga.jsonl", tmp_path / "a"),
        Source(tmp_path / ".z.kga.jsonl", tmp_path),
    ]


def test_a_file_named_twice_linked_or_below_two_paths_is_read_once(tmp_path: Path) -> None:
    lay(tmp_path, "a/x.kga.jsonl", "a/y.kga.jsonl")
    (tmp_path / "a" / "z.kga.jsonl").symlink_to(tmp_path / "a" / "x.kga.jsonl")
    (tmp_path / "b.kga.jsonl").symlink_to(tmp_path / "a" / "y.kga.jsonl")
    assert found(tmp_path, "a/y.kga.jsonl", ".", "a", "a/x.kga.jsonl") == ["a/y.kga.jsonl", "a/x.kga.jsonl"]


def test_loops_of_links_end_and_links_to_folders_are_followed(tmp_path: Path) -> None:
    lay(tmp_path, "in/a/x.kga.jsonl", "elsewhere/y.kga.jsonl")
    (tmp_path / "in" / "a" / "up").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "a" / "self").symlink_to(tmp_path / "in" / "a")
    (tmp_path / "in" / "other").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in" / "round")
    (tmp_path / "in" / "nowhere.kga.jsonl").symlink_to(tmp_path / "missing")
    assert found(tmp_path, "in") == [
        "in/a/x.kga.jsonl",
        "unreadable-file in/nowhere.kga.jsonl",
        "in/other/y.kga.jsonl",
        "unreadable-file in/round",
    ]


def test_a_file_of_unknown_format_in_a_folder_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    lay(tmp_path, "a.kga.jsonl", "b.xml=<a/>", "c.jsonl", "d.csv=a,b", "e=\0\1")
    assert found(tmp_path, ".") == ["a.kga.jsonl", "unknown-format b.xml", "c.jsonl", "unknown-format d.csv", "unknown-format e"]


def test_the_plain_text_beside_an_annotation_is_passed_over(tmp_path: Path) -> None:
    lay(tmp_path, "a.kga.jsonl", "a.txt=text", "b.txt=text")
    assert found(tmp_path, ".") == ["a.kga.jsonl", "unknown-format b.txt"]


def test_a_broken_file_is_given_to_the_reader_that_its_name_asks_for(tmp_path: Path) -> None:
    lay(tmp_path, "a.KGA.jsonl=hello")
    (tmp_path / "empty.kga.jsonl").touch()
    problems = [one.code for one in read([tmp_path]) if isinstance(one, Problem)]
    assert problems == ["broken-json", "empty-file"]


@pytest.mark.parametrize("line", ['{"id":"a","text":"x","label":[]}', '{"text":"x","spans":[]}', '[{"data":{},"annotations":[]}]'])
def test_a_broken_file_of_our_own_is_not_taken_for_one_of_another_tool(tmp_path: Path, line: str) -> None:
    lay(tmp_path, f"a.kga.jsonl={line}")
    assert choose(tmp_path / "a.kga.jsonl").name == "native"


REFUSED = [
    ("missing", "no such file or folder"),
    ("b.xml", "no reader knows this format"),
    ("empty", "no annotation file in this folder"),
    ("only-hidden", "no annotation file in this folder"),
    ("only-unknown", "no annotation file in this folder"),
    ("empty.json", "the file holds nothing"),
    ("bom.jsonl", "the file holds nothing"),
    ("wide.json", "the file is UTF-16"),
    ("packed.json", "the file is compressed with gzip"),
    ("lone.txt", "a text without annotation"),
    ("pipe", "not a regular file"),
]


@pytest.mark.parametrize(("name", "said"), REFUSED)
def test_a_path_that_cannot_be_read_is_an_error_before_anything_is_read(tmp_path: Path, name: str, said: str) -> None:
    lay(tmp_path, "a.kga.jsonl", "b.xml=<a/>", "only-hidden/.a.kga.jsonl", "only-unknown/b.xml=<a/>")
    (tmp_path / "empty").mkdir()
    for file, data in {
        "empty.json": b"\n",
        "bom.jsonl": b"\xef\xbb\xbf",
        "wide.json": '[{"a": 1}]'.encode("utf-16"),
        "lone.txt": b"words",
    }.items():
        (tmp_path / file).write_bytes(data)
    (tmp_path / "packed.json").write_bytes(gzip.compress(b"[]"))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FormatError, match=said) as caught:
        next(discover([tmp_path / "a.kga.jsonl", tmp_path / name]))
    assert caught.value.path == str(tmp_path / name)


def test_a_named_format_takes_files_of_its_suffix_from_folders_and_any_file_named(tmp_path: Path) -> None:
    lay(tmp_path, "in/a.kga.jsonl", "in/b.xml=<a/>", "in/c.jsonl", "d.data")
    assert found(tmp_path, "in", "d.data", format="native") == ["in/a.kga.jsonl", "d.data"]


def test_a_folder_without_annotation_is_told_by_what_is_in_it(tmp_path: Path) -> None:
    lay(tmp_path, "two/README.md=words", "two/in/b.xml=<a/>", "one/b.xml=<a/>", "other/a.jsonl")
    said = {
        ("two", None): "its 2 files are of no known format, the first is README.md; known formats: brat,",
        ("one", None): "its one file is of no known format, b.xml; known formats",
        ("other", "brat"): "with --format, only files that end in .ann or",
    }
    for (name, wanted), hint in said.items():
        with pytest.raises(FormatError, match="no annotation file in this folder") as caught:
            list(discover([tmp_path / name], format=wanted))
        assert hint in caught.value.hint


def test_an_unknown_format_is_an_error_that_lists_the_known_ones(tmp_path: Path) -> None:
    lay(tmp_path, "a.kga.jsonl")
    for path in (tmp_path, tmp_path / "a.kga.jsonl"):
        with pytest.raises(FormatError, match="there is no format 'brta'") as caught:
            list(discover([path], format="brta"))
        assert "native" in caught.value.hint


def test_a_name_that_is_not_utf8_can_be_reported(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.kga.jsonl")
    try:
        path.write_bytes(b"hello\n")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    (problem,) = read([tmp_path])
    assert isinstance(problem, Problem)
    assert problem.where.encode().endswith("\ufffd.kga.jsonl:1".encode())


def test_read_gives_documents_and_problems_of_everything_in_order(tmp_path: Path) -> None:
    lay(tmp_path, "a.kga.jsonl", "b.xml=<a/>", "c.kga.jsonl")
    shown = [one.id if isinstance(one, Document) else one.code for one in read([str(tmp_path)])]
    assert shown == ["a.kga.jsonl", "unknown-format", "c.kga.jsonl"]


def test_built_in_readers_are_listed_under_the_names_of_the_table() -> None:
    listed = [reader.name for reader in listing() if not isinstance(reader, Problem)]
    assert set(readers.BUILT_IN) <= set(listed)
    for name, module in readers.BUILT_IN.items():
        assert importlib.import_module(module).READER.name == name
        assert isinstance(choose(Path("x"), name), readers.Reader)


# --- plug-ins --------------------------------------------------------------------------------------------------------------------------

PLUG_IN = """
from kgbuild.document import Document

class Lines:
    name = "{name}"
    suffixes = (".{name}",)

    def sniff(self, head):
        return head.startswith(b"{name}:")

    def read(self, path, root):
        yield Document(id=str(path.relative_to(root)))
"""


def install(site: Path, package: str, source: str, points: str) -> None:
    """Put a package with entry points where importlib.metadata finds it."""
    module = package.replace("-", "_")
    (site / f"{module}.py").write_text(source)
    information = site / f"{module}-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text(f"[kgbuild.readers]\n{points}\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    return folder


def test_a_plugged_in_reader_is_found_by_name_content_and_suffix(site: Path, tmp_path: Path) -> None:
    install(site, "kg-lines", PLUG_IN.format(name="lines"), "lines = kg_lines:Lines")
    lay(tmp_path, "in/a.kga.jsonl", "in/b.txt=lines:", "in/c.lines=?")
    assert found(tmp_path, "in") == ["in/a.kga.jsonl", "in/b.txt", "in/c.lines"]
    assert [one.id for one in read([tmp_path / "in"]) if isinstance(one, Document)] == ["a.kga.jsonl", "b.txt", "c.lines"]
    assert found(tmp_path, "in", format="lines") == ["in/c.lines"]
    assert [reader.name for reader in listing() if not isinstance(reader, Problem)] == sorted([*BUILT_IN, "lines"])


def test_plug_ins_are_not_imported_while_a_built_in_reader_fits(site: Path, tmp_path: Path) -> None:
    install(site, "kg-eager", "raise SystemExit", "eager = kg_eager:Eager")
    lay(tmp_path, "a.kga.jsonl")
    assert len(list(read([tmp_path / "a.kga.jsonl"]))) == 1
    assert "kg_eager" not in sys.modules


BROKEN = [
    ("kg-fails", "raise ImportError('no lxml')", "kg_fails:Reader", "ImportError: no lxml"),
    ("kg-lacks", "", "kg_lacks:Reader", "AttributeError"),
    ("kg-wrong", "Reader = 7", "kg_wrong:Reader", "is not a reader"),
    ("kg-raises", "def Reader(): pass\nclass Reader:\n    def __init__(self): 1 / 0", "kg_raises:Reader", "ZeroDivisionError"),
]


@pytest.mark.parametrize(("package", "source", "value", "said"), BROKEN)
def test_a_plug_in_that_fails_is_reported_with_its_package_and_the_others_work(
    site: Path, tmp_path: Path, package: str, source: str, value: str, said: str
) -> None:
    install(site, package, source, f"broken = {value}")
    install(site, f"{package}-good", PLUG_IN.format(name="good"), f"good = {package.replace('-', '_')}_good:Lines")
    *good, problem = listing()
    assert [reader.name for reader in good if not isinstance(reader, Problem)] == sorted([*BUILT_IN, "good"])
    assert isinstance(problem, Problem)
    assert (problem.code, problem.severity) == ("plug-in-broken", "skipped")
    assert repr(package) in problem.message
    assert said in problem.message
    lay(tmp_path, "a.xml=<a/>")
    with pytest.raises(FormatError) as caught:
        choose(tmp_path / "a.xml")
    assert repr(package) in caught.value.hint
    with pytest.raises(FormatError, match="cannot be used"):
        choose(tmp_path / "a.xml", "broken")


def test_a_plug_in_cannot_take_the_place_of_a_built_in_reader(site: Path) -> None:
    install(site, "kg-thief", PLUG_IN.format(name="native"), "native = kg_thief:Lines")
    assert type(choose(Path("x"), "native")).__module__ == "kgbuild.readers.native"
    assert len([reader for reader in listing() if not isinstance(reader, Problem) and reader.name == "native"]) == 1


# --- the table of problem codes --------------------------------------------------------------------------------------------------------


def test_every_code_of_a_problem_is_in_the_table_with_its_severity() -> None:
    table = dict(re.findall(r"^    ([a-z0-9-]+) +(kept|skipped|rejected) ", readers.__doc__ or "", re.M))
    folder = Path(readers.__file__).parent
    source = "".join(path.read_text() for path in sorted(folder.rglob("*.py")) if path != folder / "__init__.py")
    said = dict(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)", "(kept|skipped|rejected)"', source))
    said |= dict.fromkeys(re.findall(r'\b_?(?:R|r)ejected\(\s*"([a-z0-9-]+)"', source), "rejected")
    said |= dict.fromkeys(re.findall(r'"([a-z]+-[a-z]+)" if isinstance\(error', source), "rejected")
    assert said | {"unknown-format": "rejected", "metadata-invalid": "skipped"} == table
