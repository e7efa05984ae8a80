"""``kgbuild link``: proposes, asks on a terminal, takes decisions by name, by file and by spreadsheet."""

from __future__ import annotations

import csv
import io
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kgbuild.iris import DATA
from kgbuild.stores import EmbeddedStore

from .worlds import article, event, person, quads, things  # noqa: TID252 - the tests are no installed package

Kgbuild = Callable[..., Result]
CHECKOUT = Path(__file__).parents[2]
TEXT = "Choe Son-hui l-a întâlnit pe Brun Ost. 🙂"
CHOE, CHOI = "name/person/choesunhwa", "name/person/choisunhwa"


def _articles(folder: Path) -> list[Path]:
    """Two reports of one meeting: another spelling, and another precision of the date."""
    told = {"one": ("Choe Sun-hwa", "2024-01-16", "ro"), "two": ("Choi Sun-hwa", "2024-01", "en")}
    return [
        article(
            folder, name, person("c", spelled, mentions=[{"spans": [[0, 12]], "text": TEXT[:12]}]), person("b", "Brun Ost"),
            person("l", "Lars Lund"), event("m", "Meeting", date, participant=["b", "l"]), lang=language, text=TEXT,
        )
        for name, (spelled, date, language) in told.items()
    ]  # fmt: skip


@pytest.fixture(scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from click.testing import CliRunner

    from kgbuild.cli import main

    folder = tmp_path_factory.mktemp("linking")
    paths = _articles(folder / "in")
    result = CliRunner().invoke(main, ["load", "--store", str(folder / "store"), *map(str, paths)])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def folder(_filled: Path, tmp_path: Path) -> Path:
    """A folder with the articles and a store of them, this test's own."""
    return shutil.copytree(_filled, tmp_path / "own")


@pytest.fixture
def store(folder: Path) -> Path:
    return folder / "store"


def _things(store: Path, cls: str) -> list[str]:
    with EmbeddedStore.open(store, read_only=True) as opened:
        return things(opened, cls)


def _quads(store: Path) -> list[bytes]:
    with EmbeddedStore.open(store, read_only=True) as opened:
        return quads(opened)


def _rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout, newline="")))


def test_pairs_are_proposed_with_a_score_a_reason_and_a_sentence_of_each_side(kgbuild: Kgbuild, store: Path) -> None:
    rows = _rows(kgbuild("link", "--store", store, "--format", "csv"))
    assert [(row["kind"], row["one"].removeprefix(DATA)) for row in rows][:1] == [("person", CHOE)]
    (people,) = (row for row in rows if row["kind"] == "person")
    assert people["other"] == DATA + CHOI
    assert 0.6 <= float(people["score"]) <= 1
    assert "Choe Sun-hwa" in people["why"] or "choe sun hwa" in people["why"]
    assert people["oneText"].startswith("«Choe Son-hui»")
    (meetings,) = (row for row in rows if row["kind"] == "event")
    assert "the same parties: Brun Ost and Lars Lund" in meetings["why"]
    assert "2024-01-01 to 2024-01-31 holds 2024-01-16" in meetings["why"]
    assert all(row["decision"] == row["note"] == "" for row in rows)


def test_a_table_is_for_reading(kgbuild: Kgbuild, store: Path) -> None:
    result = kgbuild("link", "--store", store, "--kind", "person")
    assert "1 of 1   score" in result.stdout
    assert "Choi Sun-hwa (person)" in result.stdout
    assert "1 pair proposed" in result.stderr


@pytest.mark.parametrize(
    ("kind", "found"), [("person", 1), ("event", 1), ("meeting", 1), ("ArmsTransfer", 0), ("place", 0), ("întâlnire", 1)]
)
def test_a_kind_may_be_any_class(kgbuild: Kgbuild, store: Path, kind: str, found: int) -> None:
    assert len(_rows(kgbuild("link", "--store", store, "--format", "csv", "--kind", kind))) == found


@pytest.mark.long
def test_what_is_decided_is_not_proposed_again_whatever_was_decided(kgbuild: Kgbuild, store: Path) -> None:
    for verdict in ("different", "unsure", "same"):
        assert kgbuild("link", "decide", "--store", store, f"data:{CHOE}", f"data:{CHOI}", verdict).exit_code == 0
        assert not _rows(kgbuild("link", "--store", store, "--format", "csv", "--kind", "person"))
    assert _things(store, "Person") == ["name/person/brunost", CHOE, "name/person/larslund"]
    assert store.with_name("store.links.ttl").read_text(encoding="utf-8").count("> owl:") == 1


def test_a_decision_is_written_with_its_names_note_and_date_and_explained(kgbuild: Kgbuild, store: Path) -> None:
    note = 'scris altfel: "Choi", așa 🙂'
    result = kgbuild("link", "decide", "Choe Sun-hwa", "choi sun hwa", "same", "--store", store, "--note", note, "--date", "2024-02-01")
    assert result.exit_code == 0, result.output
    assert "1 decision; 2 articles mapped again" in result.stderr
    text = store.with_name("store.links.ttl").read_text(encoding="utf-8")
    assert f"# Choe Sun-hwa — Choi Sun-hwa\n<{CHOE}> owl:sameAs <{CHOI}> .\n" in text
    assert "2024-02-01" in text
    for asked in (f"data:{CHOE}", f"data:{CHOI}", "Choi Sun-hwa"):
        told = re.sub(r"\s+", " ", kgbuild("explain", "--store", store, asked).stdout)
        assert f"By decision one with data:{CHOI}: “{note}”." in told
    assert "decisions" in kgbuild("info", "store", "--store", store).stdout
    assert "1 same" in kgbuild("info", "store", "--store", store).stdout


@pytest.mark.long
def test_deleting_the_line_undoes_a_decision_with_the_next_link(kgbuild: Kgbuild, store: Path) -> None:
    untouched = _quads(store)
    kgbuild("link", "decide", f"data:{CHOE}", f"data:{CHOI}", "same", "--store", store)
    assert _quads(store) != untouched
    file = store.with_name("store.links.ttl")
    file.write_text(re.sub(r"(?m)^<name.*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert len(_rows(kgbuild("link", "--store", store, "--format", "csv", "--kind", "person"))) == 1
    assert _quads(store) == untouched


@pytest.mark.long
def test_a_spreadsheet_is_filled_in_and_read_back(kgbuild: Kgbuild, store: Path, tmp_path: Path) -> None:
    rows = _rows(kgbuild("link", "--store", store, "--format", "csv"))
    rows[0] |= {"decision": "Same", "note": "același; „Choi” 🙂"}
    sheet = tmp_path / "foaie.csv"
    with sheet.open("w", encoding="utf-8-sig", newline="") as stream:  # as spreadsheets write it: a mark, and semicolons
        writer = csv.DictWriter(stream, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    result = kgbuild("link", "decide", "--from", sheet, "--store", store, "--decisions", tmp_path / "mine.ttl")
    assert result.exit_code == 0, result.output
    assert "1 decision;" in result.stderr
    assert "același; „Choi” 🙂" in (tmp_path / "mine.ttl").read_text(encoding="utf-8")
    assert len(_things(store, "Person")) == 3
    assert not store.with_name("store.links.ttl").exists()


SHEETS = [
    pytest.param("one,other\n", r"sheet\.csv:1: no column “decision”", id="a column is missing"),
    pytest.param("", r"sheet\.csv:1: no column “one”", id="empty"),
    pytest.param(f"one,other,decision\n,,\ndata:{CHOE},data:{CHOI},da\n", r"sheet\.csv:3: “da” is no decision", id="not a decision"),
    pytest.param(f"one,other,decision\ndata:{CHOE},data:name/person/x,same\n", r"sheet\.csv:2: .*does not know", id="unknown"),
    pytest.param("one,other,decision\ndata:person/vladimir-putin,data:state/RUS,same\n", r"sheet\.csv:2: .*cannot be", id="unlike"),
]


@pytest.mark.parametrize(("text", "message"), SHEETS)
def test_a_wrong_spreadsheet_is_refused_with_its_line_and_nothing_is_written(
    kgbuild: Kgbuild, store: Path, tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "sheet.csv").write_text(text, encoding="utf-8")
    result = kgbuild("link", "decide", "--from", tmp_path / "sheet.csv", "--store", store)
    assert result.exit_code == 3
    assert re.search(message, result.stderr)
    assert not store.with_name("store.links.ttl").exists()


WRONG = [
    pytest.param(("Nobody Atall", f"data:{CHOE}", "same"), 3, "no thing “Nobody Atall”", id="an unknown name"),
    pytest.param(("data:name/person/nobody", f"data:{CHOE}", "same"), 3, "does not know", id="an unknown CURIE"),
    pytest.param(("data:article/one/zz", f"data:{CHOE}", "same"), 3, "article “one” has no unit “zz”", id="an unknown unit"),
    pytest.param((f"data:{CHOE}", "Russia", "same"), 3, "they cannot be the same", id="two kinds"),
    pytest.param((f"data:{CHOE}", f"data:{CHOE}", "same"), 3, "compared with itself", id="a thing and itself"),
    pytest.param((f"data:{CHOE}", f"data:{CHOI}", "maybe"), 2, "maybe", id="no verdict"),
    pytest.param((f"data:{CHOE}",), 2, "give two things", id="one thing"),
    pytest.param((f"data:{CHOE}", f"data:{CHOI}", "same", "--date", "yesterday"), 2, "is not a day", id="no date"),
]


@pytest.mark.parametrize(("given", "status", "message"), WRONG)
def test_what_cannot_be_decided_is_said(kgbuild: Kgbuild, store: Path, given: tuple[str, ...], status: int, message: str) -> None:
    result = kgbuild("link", "decide", "--store", store, *given)
    assert result.exit_code == status
    assert message in result.stderr
    assert not store.with_name("store.links.ttl").exists()


def test_a_contradiction_names_the_three_and_writes_nothing(kgbuild: Kgbuild, store: Path) -> None:
    kgbuild("link", "decide", f"data:{CHOE}", f"data:{CHOI}", "same", "--store", store)
    kgbuild("link", "decide", f"data:{CHOI}", "data:article/one/b", "same", "--store", store)
    file = store.with_name("store.links.ttl")
    before = file.read_text(encoding="utf-8")
    result = kgbuild("link", "decide", f"data:{CHOE}", "data:article/one/b", "different", "--store", store)
    assert result.exit_code == 3
    assert result.stderr.count("store.links.ttl:") == 2
    assert "≠" in result.stderr
    assert file.read_text(encoding="utf-8") == before


@pytest.mark.long
def test_a_broken_file_stops_every_command_that_reads_it_with_its_line(kgbuild: Kgbuild, folder: Path, store: Path) -> None:
    store.with_name("store.links.ttl").write_text("<a> owl:sameAs\n", encoding="utf-8")
    untouched = _quads(store)
    decide = ("link", "decide", f"data:{CHOE}", f"data:{CHOI}", "same")
    for command in (("link",), decide, ("load", "--rebuild"), ("load", folder / "in")):
        result = kgbuild(*command, "--store", store)
        assert (result.exit_code, "store.links.ttl:1:" in result.stderr) == (3, True), result.output
    assert _quads(store) == untouched


def test_the_file_is_named_by_an_option_or_the_environment(
    kgbuild: Kgbuild, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGBUILD_DECISIONS", str(tmp_path / "env.ttl"))
    kgbuild("link", "decide", f"data:{CHOE}", f"data:{CHOI}", "unsure", "--store", store)
    assert "unsure" in (tmp_path / "env.ttl").read_text(encoding="utf-8")
    result = kgbuild("load", "--rebuild", "--store", store, "--decisions", tmp_path / "none.ttl")
    assert "none.ttl: there is no such file" in result.stderr


@pytest.mark.long
def test_decisions_on_things_that_are_not_loaded_are_kept_and_counted(kgbuild: Kgbuild, store: Path) -> None:
    store.with_name("store.links.ttl").write_text(
        f"@base <{DATA}> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n<name/person/nobody> owl:sameAs <{CHOE}> .\n"
        f"<name/person/nemo> owl:differentFrom <{CHOE}> .\n<article/one/b> owl:differentFrom <{CHOE}> .\n",
        encoding="utf-8",
    )
    result = kgbuild("link", "--store", store, "--format", "csv")
    assert "1 decision names things that nothing in the store tells of" in result.stderr
    assert "nemo" in result.stderr


def test_options_before_decide_are_refused(kgbuild: Kgbuild, store: Path) -> None:
    result = kgbuild("link", "--store", store, "decide", f"data:{CHOE}", f"data:{CHOI}", "same")
    assert result.exit_code == 2
    assert "stand behind it" in result.stderr


def test_without_a_store_it_is_said(kgbuild: Kgbuild, tmp_path: Path) -> None:
    assert kgbuild("link", "--store", tmp_path / "none").exit_code == 4
    assert kgbuild("link", "decide", "a", "b", "same", "--store", tmp_path / "none").exit_code == 4


class Terminal:
    """``kgbuild`` in a terminal of its own."""

    def __init__(self, *arguments: str | Path) -> None:
        self._ours, theirs = pty.openpty()
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "COLUMNS": "100", "TERM": "dumb"}
        command = [sys.executable, "-m", "kgbuild", *map(str, arguments)]
        self.process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=environment)
        os.close(theirs)
        self.shown = ""

    def until(self, words: str, seconds: float = 60) -> str:
        """Read until words are shown."""
        deadline = time.monotonic() + seconds
        while words not in self.shown:
            ready, _, _ = select.select([self._ours], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"{words!r} did not show: {self.shown!r}"
            try:
                self.shown += os.read(self._ours, 4096).decode(errors="replace")
            except OSError:  # the other end is closed
                break
        assert words in self.shown, self.shown
        return self.shown

    def press(self, key: str) -> None:
        """Press a key until something comes of it: one pressed before the terminal listens is dropped."""
        self.shown = ""
        for _ in range(10):
            os.write(self._ours, key.encode())
            ready, _, _ = select.select([self._ours], [], [], 5)
            while ready:
                self.shown += os.read(self._ours, 4096).decode(errors="replace")
                ready, _, _ = select.select([self._ours], [], [], 0.1)
            if self.shown.strip(key + " \r\n"):
                return

    def end(self) -> tuple[int, str]:
        """Wait for the end; status and standard error."""
        _, errors = self.process.communicate(timeout=60)
        os.close(self._ours)
        return self.process.returncode, errors.decode()


@pytest.mark.long
def test_on_a_terminal_one_key_decides(store: Path) -> None:
    terminal = Terminal("link", "--store", store)
    shown = terminal.until("[q]uit")
    assert "Choi Sun-hwa" in shown
    terminal.press("s")
    assert "same" in terminal.until("[q]uit")
    terminal.press("q")
    terminal.until("quit")
    status, errors = terminal.end()
    assert status == 0
    assert "1 decision; 2 articles mapped again" in errors
    assert len(_things(store, "Person")) == 3


@pytest.mark.long
def test_killed_after_a_key_the_next_run_goes_on(kgbuild: Kgbuild, store: Path, tmp_path: Path) -> None:
    terminal = Terminal("link", "--store", store)
    terminal.until("[q]uit")
    terminal.press("s")
    terminal.until("[q]uit")
    terminal.process.send_signal(signal.SIGKILL)
    terminal.end()
    assert len(_things(store, "Person")) == 4
    assert kgbuild("link", "--store", store, "--format", "csv").exit_code == 0
    assert len(_things(store, "Person")) == 3


@pytest.mark.long
@pytest.mark.parametrize("round_", range(6))
def test_killed_while_articles_are_mapped_again_the_next_run_mends_it(kgbuild: Kgbuild, tmp_path: Path, round_: int) -> None:
    paths = [
        article(tmp_path / "in", f"d{n}", person("p", "Ana Aș" if n % 2 else "Anna Ash"), person("b", "Brun Ost"),
                event("m", "Meeting", f"2024-01-{1 + n % 28:02}", participant=["p", "b"]))
        for n in range(300)
    ]  # fmt: skip
    store, file = tmp_path / "store", tmp_path / "links.ttl"
    kgbuild("load", "--store", store, *paths)
    file.write_text("@base <https://w3id.org/kgbuild/id/> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
                    "<name/person/anaas> owl:sameAs <name/person/annaash> .\n", encoding="utf-8")  # fmt: skip
    command = [sys.executable, "-m", "kgbuild", "load", str(paths[0]), "--store", str(store), "--decisions", str(file)]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}, stderr=subprocess.DEVNULL)
    time.sleep(1.5 + 0.35 * round_)
    process.kill()
    process.wait()
    file.rename(tmp_path / "away.ttl") if round_ % 2 else None  # with its file or without: the store knows what is left to do
    kgbuild("link", "--store", store, "--decisions", tmp_path / "away.ttl" if round_ % 2 else file, "--format", "csv")
    kgbuild("load", "--store", tmp_path / "fresh", *paths, "--decisions", tmp_path / "away.ttl" if round_ % 2 else file)
    assert _quads(store) == _quads(tmp_path / "fresh")


@pytest.mark.long
def test_when_one_decides_in_how_many_processes_and_in_what_order_one_loads_makes_no_difference(
    kgbuild: Kgbuild, articles: Path, tmp_path: Path
) -> None:
    """On the shipped articles, with decisions on a person, a state's body, events and single mentions, each by its own way."""
    file = tmp_path / "links.ttl"
    file.write_text(
        "@base <https://w3id.org/kgbuild/id/> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "<article/lavrov-choe-moscow-2024-01.en/x> owl:sameAs <article/lavrov-choe-moscow-2024-01.ko/x2> .\n"
        "<person/sergey-lavrov> owl:sameAs <person/dmitry-peskov> .\n<person/vladimir-putin> owl:differentFrom <person/xi-jinping> .\n",
        encoding="utf-8",
    )
    files = sorted(articles.glob("*.jsonl"))
    kgbuild("load", "--store", tmp_path / "first", *files, "--decisions", file, "--jobs", "1")
    expected = _quads(tmp_path / "first")
    kgbuild("load", "--store", tmp_path / "two", *files, "--decisions", file, "--jobs", "2")
    assert _quads(tmp_path / "two") == expected
    later = tmp_path / "later"
    kgbuild("load", "--store", later, *files[9:])
    kgbuild("load", "--store", later, *files[:4], "--decisions", file, "--jobs", "2")
    kgbuild("load", "--store", later, *files[4:9])
    assert _quads(later) == expected
    kgbuild("load", "--rebuild", "--store", later)
    assert _quads(later) == expected
    file.write_text("", encoding="utf-8")
    kgbuild("load", "--rebuild", "--store", later, "--decisions", file)
    kgbuild("load", "--store", tmp_path / "plain", *files)
    assert _quads(later) == _quads(tmp_path / "plain")
