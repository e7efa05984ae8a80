"""The command line: what each command prints, where, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import Result

from kgbuild import __version__, formats
from kgbuild.cli import COMMANDS
from kgbuild.cli import dump as dump_command
from kgbuild.cli import query as query_command
from kgbuild.stores import FORMATS, EmbeddedStore

from .conftest import sampled  # noqa: TID252 - the tests are no installed package

Kgbuild = Callable[..., Result]
CHECKOUT = Path(__file__).parents[1]


# --- the group -------------------------------------------------------------------------------------------------------


def test_help_lists_every_command_with_its_line(kgbuild: Kgbuild) -> None:
    result = kgbuild("--help")
    assert result.exit_code == 0
    for name, summary in COMMANDS.items():
        assert f"{name} " in result.stdout
        assert summary in result.stdout


def test_every_module_of_a_command_is_in_the_table(kgbuild: Kgbuild) -> None:
    modules = {
        path.stem if path.stem != "__init__" else path.parent.name
        for path in (*(CHECKOUT / "kgbuild" / "cli").glob("*.py"), *(CHECKOUT / "kgbuild" / "cli").glob("*/__init__.py"))
        if "\ncommand" in (text := path.read_text()) or "def command(" in text
    }
    assert modules == set(COMMANDS)


def test_version(kgbuild: Kgbuild) -> None:
    assert kgbuild("--version").stdout == f"kgbuild {__version__}\n"


def test_python_m_kgbuild_is_the_same_command() -> None:
    result = subprocess.run([sys.executable, "-m", "kgbuild", "--version"], capture_output=True, text=True, check=True)
    assert result.stdout == f"kgbuild {__version__}\n"


def test_the_formats_offered_are_those_that_there_are() -> None:
    assert set(query_command.FORMATS) == {"table", *formats.WRITERS}
    assert set(dump_command.FORMATS) == set(FORMATS)


# --- load and remove -------------------------------------------------------------------------------------------------


def test_load_reports_on_standard_error_and_leaves_standard_output_empty(kgbuild: Kgbuild, articles: Path, tmp_path: Path) -> None:
    count = len(list(articles.glob("*.kga.jsonl")))
    result = kgbuild("load", articles, "--store", tmp_path / "store")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert f"{count} documents in" in result.stderr
    assert result.stderr.endswith("no problems\n")


def test_loading_again_writes_nothing_and_says_so(kgbuild: Kgbuild, articles: Path, articles_store: Path) -> None:
    result = kgbuild("load", articles, "--store", articles_store)
    assert result.exit_code == 0
    assert re.search(r"^ +unchanged +18$", result.stderr, re.M)
    assert re.search(r"^ +quads +0$", result.stderr, re.M)
    assert "added" not in result.stderr


@pytest.mark.long
def test_rebuilding_changes_nothing(kgbuild: Kgbuild, articles_store: Path) -> None:
    before = kgbuild("dump", "--store", articles_store).stdout_bytes
    result = kgbuild("load", "--rebuild", "--store", articles_store)
    assert result.exit_code == 0, result.stderr
    assert sorted(kgbuild("dump", "--store", articles_store).stdout_bytes.splitlines()) == sorted(before.splitlines())


def test_problems_are_written_as_json_lines(kgbuild: Kgbuild, tmp_path: Path, articles_store: Path) -> None:
    (tmp_path / "a.kga.jsonl").write_text('{"kgbuild": 1, "id": "a"}\n{"kgbuild": 1}\n{\n', encoding="utf-8")
    result = kgbuild("load", tmp_path / "a.kga.jsonl", "--store", articles_store, "--problems", tmp_path / "problems.jsonl")
    assert result.exit_code == 1
    problems = [json.loads(line) for line in (tmp_path / "problems.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [problem["where"].rpartition("/")[2] for problem in problems] == ["a.kga.jsonl:2", "a.kga.jsonl:3"]
    assert {problem["severity"] for problem in problems} == {"rejected"}
    assert all(problem["code"] and problem["message"] for problem in problems)


def test_a_problems_file_is_empty_when_there_are_none(kgbuild: Kgbuild, articles: Path, articles_store: Path, tmp_path: Path) -> None:
    kgbuild("load", articles, "--store", articles_store, "--problems", tmp_path / "problems.jsonl")
    assert (tmp_path / "problems.jsonl").read_bytes() == b""


def test_removing_an_article_takes_it_out(kgbuild: Kgbuild, articles_store: Path) -> None:
    rows = _rows(kgbuild("query", "articles", "--store", articles_store, "--format", "csv"))
    name = rows[0]["article"].rpartition("/")[2]
    result = kgbuild("remove", name, "--store", articles_store)
    assert result.exit_code == 0
    assert name in result.stderr
    assert len(_rows(kgbuild("query", "articles", "--store", articles_store, "--format", "csv"))) == len(rows) - 1
    assert kgbuild("info", "store", "--check", "--store", articles_store).stdout.endswith(
        "the default graph is what the other graphs say\n"
    )


def test_without_texts_no_sentence_is_kept_and_places_are(kgbuild: Kgbuild, articles: Path, tmp_path: Path) -> None:
    kgbuild("load", articles, "--store", tmp_path / "store", "--no-text")
    nquads = kgbuild("dump", "--store", tmp_path / "store").stdout
    assert '#sentenceText> "' not in nquads
    assert '#anchorText> "' not in nquads
    assert '#begin> "' in nquads


def test_the_store_may_be_named_by_the_environment(kgbuild: Kgbuild, articles_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGBUILD_STORE", str(articles_store))
    assert kgbuild("query", "articles").exit_code == 0


def test_other_options_have_variables_named_after_their_command(
    kgbuild: Kgbuild, articles_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGBUILD_QUERY_FORMAT", "jsonl")
    assert kgbuild("query", "articles", "--store", articles_store).stdout.startswith("{")


# --- query -----------------------------------------------------------------------------------------------------------


def _rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.mark.parametrize(
    "name", ["PRK", "Coreea de Nord", "North Korea", "북한", "КНДР", "wd:Q423", "https://w3id.org/kgbuild/id/state/PRK"]
)
def test_a_state_means_the_same_however_it_is_named(kgbuild: Kgbuild, articles_store: Path, name: str) -> None:
    rows = _rows(kgbuild("query", "transfers", "--param", f"supplier={name}", "--store", articles_store, "--format", "csv"))
    assert rows == _rows(kgbuild("query", "transfers", "--param", "supplier=PRK", "--store", articles_store, "--format", "csv"))
    assert {row["supplierLabel"] for row in rows} == {"North Korea"}


@pytest.mark.parametrize("format_", query_command.FORMATS)
def test_every_format_holds_the_answer(kgbuild: Kgbuild, articles_store: Path, format_: str) -> None:
    result = kgbuild("query", "transfers", "--param", "supplier=PRK", "--store", articles_store, "--format", format_)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "North Korea" in " ".join(result.stdout.split())


def test_labels_come_in_the_language_asked_for(kgbuild: Kgbuild, articles_store: Path) -> None:
    result = kgbuild("query", "transfers", "--param", "supplier=PRK", "--store", articles_store, "--lang", "ro", "--format", "csv")
    assert {row["supplierLabel"] for row in _rows(result)} == {"Coreea de Nord"}


def test_what_is_shown_runs_as_it_stands_and_gives_the_same_rows(kgbuild: Kgbuild, articles_store: Path) -> None:
    asked = ("query", "transfers", "--param", "supplier=PRK", "--store", articles_store)
    shown = kgbuild(*asked, "--show").stdout
    assert "$" not in shown
    with EmbeddedStore.open(articles_store, read_only=True) as store:
        found = [str(row["transfer"].value) for row in store.query(shown)]
    assert found == [row["transfer"] for row in _rows(kgbuild(*asked, "--format", "csv"))]


def test_any_sparql_is_answered_from_standard_input_and_from_a_file(kgbuild: Kgbuild, articles_store: Path, tmp_path: Path) -> None:
    sparql = "PREFIX kg: <https://w3id.org/kgbuild/ontology#>\nSELECT (COUNT($m) AS $n) { $m a kg:Meeting }"
    (tmp_path / "count.rq").write_text(sparql, encoding="utf-8")
    piped = kgbuild("query", "-", "--store", articles_store, "--format", "csv", stdin=sparql)
    assert int(_rows(piped)[0]["n"]) > 3
    assert kgbuild("query", "--file", tmp_path / "count.rq", "--store", articles_store, "--format", "csv").stdout == piped.stdout


def test_a_file_with_a_header_takes_parameters(kgbuild: Kgbuild, articles_store: Path, tmp_path: Path) -> None:
    (tmp_path / "own.rq").write_text(
        "#+ summary: Labels\n#+ params:\n#+   state: {type: state, required: true}\n"
        "SELECT ?label WHERE { $state <http://www.w3.org/2000/01/rdf-schema#label> ?label FILTER(LANG(?label) = 'ro') }",
        encoding="utf-8",
    )
    result = kgbuild("query", "--file", tmp_path / "own.rq", "--store", articles_store, "--param", "state=PRK", "--format", "csv")
    assert [row["label"] for row in _rows(result)] == ["Coreea de Nord"]


@pytest.mark.parametrize(
    ("sparql", "options", "expected"),
    [
        ("ASK { ?s ?p ?o }", (), "true\n"),
        ("ASK { ?s <urn:none> ?o }", (), "false\n"),
        ("ASK { ?s ?p ?o }", ("--format", "json"), '{"head": {}, "boolean": true}\n'),
        ("CONSTRUCT { <urn:a> <urn:b> <urn:c> } WHERE {}", (), "<urn:a> <urn:b> <urn:c> .\n"),
    ],
)
def test_the_other_forms_of_query_are_answered_too(
    kgbuild: Kgbuild, articles_store: Path, sparql: str, options: tuple[str, ...], expected: str
) -> None:
    assert kgbuild("query", "-", "--store", articles_store, *options, stdin=sparql).stdout == expected


def test_no_rows_are_told_from_an_empty_store(kgbuild: Kgbuild, articles_store: Path) -> None:
    nothing = kgbuild("query", "transfers", "--param", "supplier=FRA", "--param", "recipient=PRK", "--store", articles_store)
    assert (nothing.exit_code, nothing.stderr) == (0, "no rows\n")
    rows = _rows(kgbuild("query", "articles", "--store", articles_store, "--format", "csv"))
    assert kgbuild("remove", *(row["article"] for row in rows), "--store", articles_store).exit_code == 0
    empty = kgbuild("query", "transfers", "--store", articles_store)
    assert (empty.exit_code, empty.stderr) == (0, "the store holds no article yet: kgbuild load PATH\n")


def test_evidence_marks_the_span_in_its_sentence(kgbuild: Kgbuild, articles_store: Path) -> None:
    transfer = _rows(kgbuild("query", "transfers", "--param", "supplier=PRK", "--store", articles_store, "--format", "csv"))[0]
    result = kgbuild("query", "evidence", "--param", f"thing={transfer['transfer']}", "--store", articles_store)
    assert result.exit_code == 0
    assert f"«{transfer['transferLabel']}»" in " ".join(result.stdout.split())


def test_queries_are_listed_without_a_store(kgbuild: Kgbuild) -> None:
    result = kgbuild("query", "--list", "--store", "nowhere")
    assert result.exit_code == 0
    assert "transfers  " in result.stdout


# --- dump ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", sampled(dump_command.FORMATS, 6))
def test_a_dump_parses_in_every_format(kgbuild: Kgbuild, articles_store: Path, tmp_path: Path, format_: str) -> None:
    path = tmp_path / f"dump.{format_}"
    result = kgbuild("dump", "--store", articles_store, "-o", path)
    assert (result.exit_code, result.stdout) == (0, "")
    graphs = {quad.graph_name for quad in ox.parse(path=path, format=FORMATS[format_])}
    assert ox.DefaultGraph() in graphs
    assert (len(graphs) > 10) == FORMATS[format_].supports_datasets
    assert not any("graph/runs" in str(graph) or "graph/records" in str(graph) for graph in graphs)


@pytest.mark.parametrize("suffix", dump_command.PROMISES)
@pytest.mark.parametrize("arguments", [(), ("--for", "protege")], ids=["plain", "for protege"])
def test_a_name_that_promises_another_format_is_not_written_to(
    kgbuild: Kgbuild, tmp_path: Path, suffix: str, arguments: tuple[str, ...]
) -> None:
    if suffix in dump_command.OWL_FORMATS and arguments:
        pytest.skip("written for Protégé: see test_dump_for_protege")
    result = kgbuild("dump", "--store", tmp_path / "none", "-o", tmp_path / f"graph.{suffix.upper()}", *arguments)
    assert result.exit_code == 2
    assert f"no form called .{suffix}: " in result.stderr
    assert dump_command.PROMISES[suffix].split()[0] in result.stderr
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize(("name", "format_"), [("graph.owl", "rdf"), ("graph.json", "jsonld"), ("graph.gz", "nt")])
def test_a_format_that_is_named_outdoes_the_suffix(kgbuild: Kgbuild, articles_store: Path, tmp_path: Path, name: str, format_: str) -> None:
    assert kgbuild("dump", "--store", articles_store, "--graph", "derived", "--format", format_, "-o", tmp_path / name).exit_code == 0
    assert list(ox.parse(path=tmp_path / name, format=FORMATS[format_]))


@pytest.mark.parametrize("name", ["graph", "graph.txt", "graph.2024-01-16", "grafă.dump"])
def test_without_a_promise_in_the_name_a_dump_is_nquads(kgbuild: Kgbuild, articles_store: Path, tmp_path: Path, name: str) -> None:
    assert kgbuild("dump", "--store", articles_store, "--graph", "derived", "-o", tmp_path / name).exit_code == 0
    assert list(ox.parse(path=tmp_path / name, format=FORMATS["nq"]))


@pytest.mark.parametrize("graph", ["runs", "data:graph/runs", "https://w3id.org/kgbuild/id/graph/runs"])
def test_a_graph_is_dumped_when_it_is_named(kgbuild: Kgbuild, articles_store: Path, graph: str) -> None:
    lines = kgbuild("dump", "--store", articles_store, "--graph", graph).stdout.splitlines()
    assert lines
    assert all(line.endswith("<https://w3id.org/kgbuild/id/graph/runs> .") for line in lines)


def test_a_failing_dump_leaves_what_stood_there(kgbuild: Kgbuild, tmp_path: Path) -> None:
    (tmp_path / "dump.nq").write_text("mine")
    assert kgbuild("dump", "--store", tmp_path / "none", "-o", tmp_path / "dump.nq").exit_code == 4
    assert os.listdir(tmp_path) == ["dump.nq"]
    assert (tmp_path / "dump.nq").read_text() == "mine"


# --- info ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), ("kgbuild   " + __version__, "classes", "transfers", "native", "none there yet")),
        (("ontology",), ("Meeting", "supplier", "denies")),
        (("ontology", "Meeting"), ("kg:Meeting", "întâlnire", "identified by", "participant")),
        (("ontology", "întâlnire"), ("kg:Meeting",)),
        (("ontology", "kg:supplier"), ("ArmsTransfer", "Agent")),
        (("ontology", "denies"), ("kgs:stance-denies",)),
        (("queries",), ("transfers",)),
        (("queries", "transfers"), ("Parameters", "supplier", "ISO code", "Columns", "articles")),
        (("readers",), ("native", ".kga.jsonl")),
        (("readers", "native"), ("native", ".kga.jsonl")),
    ],
    ids=lambda value: " ".join(value),
)
def test_info_describes_what_there_is_without_a_store(
    kgbuild: Kgbuild, tmp_path: Path, arguments: tuple[str, ...], says: tuple[str, ...]
) -> None:
    result = kgbuild("info", *arguments, "--store", tmp_path / "none")
    assert result.exit_code == 0, result.output
    for fragment in says:
        assert fragment in result.stdout


def test_info_store_counts(kgbuild: Kgbuild, articles: Path, articles_store: Path) -> None:
    lines = dict(line.split(maxsplit=1) for line in kgbuild("info", "store", "--store", articles_store).stdout.splitlines())
    assert int(lines["articles"]) == len(list(articles.glob("*.kga.jsonl")))
    assert lines["base"] == "https://w3id.org/kgbuild/id/"


# --- pipes and signals -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [("dump",), ("query", "-", "--format", "csv")], ids=lambda arguments: arguments[0])
def test_a_reader_that_has_seen_enough_is_no_error(articles_store: Path, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "kgbuild", *arguments, "--store", str(articles_store)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    assert process.stderr
    with process:
        process.stdin.write(b"SELECT * { ?s ?p ?o } LIMIT 20000")
        process.stdin.close()
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [("dump",), ("query", "transfers"), ("query", "--list"), ("info",)], ids=" ".join)
def test_a_full_disk_is_said_and_is_no_bug(articles_store: Path, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "kgbuild", *arguments]
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            command, env=os.environ | {"KGBUILD_STORE": str(articles_store)}, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert result.returncode == 3
    assert result.stderr.startswith(b"KGB-100: standard output: cannot be written: No space left on device\nhint: ")


def test_an_interruption_ends_with_one_line(articles_store: Path) -> None:
    command = [sys.executable, "-m", "kgbuild", "query", "-", "--store", str(articles_store)]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # a shell that runs the tests in the background lets them, and what they start, ignore it
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stderr
    with process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1.5)  # it waits for its query
        os.killpg(process.pid, signal.SIGINT)
        message = process.stderr.read()
    assert process.returncode == 130
    assert message.strip().startswith(b"kgbuild: interrupted")
    assert b"Traceback" not in message


def test_output_is_utf8_in_any_locale(articles_store: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "kgbuild",
        "query",
        "transfers",
        "--param",
        "supplier=PRK",
        "--lang",
        "ko",
        "--store",
        str(articles_store),
    ]
    result = subprocess.run(command, env=os.environ | {"PYTHONIOENCODING": "latin-1"}, capture_output=True, check=True)
    assert "북한" in result.stdout.decode("utf-8") or "조선" in result.stdout.decode("utf-8")
