"""kgbuild from Python, over the shipped articles."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import rdflib

import kgbuild
from kgbuild.query import Query
from kgbuild.rows import Entity
from kgbuild.stores import EmbeddedStore

STATE = "https://w3id.org/kgbuild/id/state/"

#: README.md shows these
EXAMPLE = """\
import kgbuild

with kgbuild.open("kgbuild-store") as graph:
    for row in graph.query("transfers", supplier="PRK"):
        print(row.earliest, row.recipient.label, row.status.label, [item.label for item in row.item])
"""
DATASET_EXAMPLE = """\
import kgbuild

with kgbuild.open("kgbuild-store") as graph:
    for row in graph.dataset().query("SELECT DISTINCT ?m ?l { ?m a kg:Meeting ; rdfs:label ?l } ORDER BY ?m LIMIT 3"):
        print(row.m, row.l)
"""


@pytest.fixture
def graph(_articles_store: Path) -> Iterator[kgbuild.KnowledgeGraph]:
    with kgbuild.open(_articles_store) as opened:
        yield opened


def test_transfers_come_as_typed_rows(graph: kgbuild.KnowledgeGraph) -> None:
    rows = graph.query("transfers", supplier="PRK", recipient="Rusia", since=date(2023, 1, 1))
    assert len(rows) > 5
    assert {row.supplier for row in rows} == {Entity(STATE + "PRK", "North Korea")}
    assert {row.recipient.iri for row in rows} == {STATE + "RUS"}
    assert all(isinstance(row.articles, int) for row in rows)
    assert all(isinstance(item, Entity) for row in rows for item in row.item)
    days = [row.earliest for row in rows if row.earliest is not None]
    assert days == sorted(days)
    assert all(isinstance(day, date) for day in days)
    assert rows.columns[0].means == "the transfer as described"


def test_a_value_of_a_row_is_a_value_for_the_next_question(graph: kgbuild.KnowledgeGraph) -> None:
    transfer = graph.query("transfers", supplier="PRK")[0].transfer
    evidence = graph.query("evidence", thing=transfer)
    assert len(evidence.passages) == len(evidence) > 0
    for row, passage in zip(evidence, evidence.passages, strict=True):
        assert passage.sentence[passage.begin : passage.end] == row.text
        assert passage.title == row.article.label


def test_parameters_may_be_none_numbers_and_words_of_python(graph: kgbuild.KnowledgeGraph) -> None:
    assert list(graph.query("transfers", supplier="PRK", recipient=None)) == list(graph.query("transfers", supplier="PRK"))
    near = graph.query("meetings-around-transfers", supplier="PRK", recipient="RUS", days=3)
    assert len(near) <= len(graph.query("meetings-around-transfers", supplier="PRK", recipient="RUS", days=300))
    met = graph.query("meetings", party="PRK", with_="RUS")
    assert 0 < len(met) < len(graph.query("meetings", party="PRK"))
    assert {"from"} <= {column.name for column in graph.query("officials", state="PRK").columns}


def test_labels_come_in_the_language_asked_for(_articles_store: Path) -> None:
    with kgbuild.open(str(_articles_store), lang="ro") as graph:
        assert graph.query("transfers", supplier="PRK")[0].supplier.label == "Coreea de Nord"
        graph.lang = "uk"
        assert graph.query("transfers", supplier="PRK")[0].supplier.label == "Північна Корея"


def test_every_query_gives_rows_and_a_data_frame(graph: kgbuild.KnowledgeGraph) -> None:
    statement = graph.query("statements", speaker="Serghei Lavrov")[0].statement
    given = {"statement": statement, "thing": statement}
    for name, query in graph.queries.items():
        values = {param.name: param.example or given[param.name] for param in query.params if param.required}
        rows = graph.query(name, **values)
        frame = rows.to_pandas()
        assert len(frame) == len(rows), name
        assert {column.name for column in query.columns} <= set(frame.columns), name


def test_own_sparql_gives_rows_with_labels(graph: kgbuild.KnowledgeGraph) -> None:
    found = graph.sparql(
        "PREFIX kg: <https://w3id.org/kgbuild/ontology#>\n"
        'SELECT ?state (COUNT(?t) AS ?n) ("x" AS ?note) WHERE { ?t a kg:ArmsTransfer ; kg:supplier ?state } GROUP BY ?state ORDER BY DESC(?n)'
    )
    assert found[0].state == Entity(STATE + "PRK", "North Korea")
    assert isinstance(found[0].n, int)
    assert found[0].note == "x"
    assert [column.kind for column in found.columns] == ["entity", "integer", "text"]


def test_own_queries_with_a_header_take_parameters(graph: kgbuild.KnowledgeGraph) -> None:
    query = Query.parse(
        "iso.rq",
        "#+ params: {state: {type: state, required: true}}\n#+ columns: [iso]\n"
        "SELECT ?iso { $state <https://w3id.org/kgbuild/ontology#isoAlpha2> ?iso } ORDER BY ?iso",
    )
    assert [row.iso for row in graph.query(query, state="Coreea de Nord")] == ["KP"]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda graph: graph.query("transfer"), "no query “transfer”; did you mean “transfers”?"),
        (lambda graph: graph.query("transfers", suplier="PRK"), "no parameter “suplier”; did you mean “supplier”?"),
        (lambda graph: graph.query("transfers", supplier="Corea"), "no .* “Corea”; did you mean"),
        (lambda graph: graph.query("position-timeline", state="RUS"), "position-timeline needs supplier"),
        (lambda graph: graph.query("transfers", since="soon"), "since: not a date"),
        (lambda graph: graph.sparql("SELECT * {"), "SPARQL that does not parse"),
        (lambda graph: graph.sparql("ASK {}"), "a SELECT query was expected"),
    ],
)
def test_what_is_wrong_is_said_as_on_the_command_line(graph: kgbuild.KnowledgeGraph, ask: object, message: str) -> None:
    with pytest.raises(kgbuild.KgbuildError, match=message):
        ask(graph)  # type: ignore[operator]


def test_a_store_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(kgbuild.KgbuildError, match="there is no store"):
        kgbuild.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_a_graph_for_reading_writes_nothing(_articles_store: Path, articles: Path) -> None:
    with kgbuild.open(_articles_store) as graph, pytest.raises(kgbuild.KgbuildError, match="opened for reading only"):
        graph.load(articles)
    with kgbuild.open(_articles_store) as graph, pytest.raises(Exception, match="read-write"):
        graph.dataset().add((rdflib.URIRef("urn:x"), rdflib.RDF.type, rdflib.URIRef("urn:y")))


def test_readers_read_together_and_a_writer_waits_for_them(articles_store: Path) -> None:
    with kgbuild.open(articles_store) as one, kgbuild.open(articles_store) as other:
        assert list(one.query("articles")) == list(other.query("articles"))
        with pytest.raises(kgbuild.KgbuildError, match="another process is using this store"):
            kgbuild.open(articles_store, read_only=False)


def test_a_running_load_is_waited_for_and_then_told(articles_store: Path) -> None:
    # a load holds the store as this process does
    code = f"import kgbuild\nwith kgbuild.open({str(articles_store)!r}) as graph: print(len(graph.query('articles')))"
    writer = EmbeddedStore.open(articles_store)
    try:
        refused = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    finally:
        writer.close()
    assert "StoreUnavailable: " in refused.stderr
    assert "another process is using this store" in refused.stderr
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) > 10


def test_articles_can_be_loaded_in_memory(articles: Path) -> None:
    problems: list[object] = []
    one = min(articles.glob("*.kga.jsonl"))
    with kgbuild.open(None) as graph:
        assert graph.sparql("SELECT ?s { ?s a <https://w3id.org/kgbuild/ontology#State> } LIMIT 1")[:] == ()
        report = graph.load(one, on_problem=problems.append)
        assert (report.added, problems) == (report.documents, [])
        assert len(graph.query("articles")) == report.added > 0


def test_a_store_opened_to_be_written_can_be_loaded_into(articles_store: Path, articles: Path) -> None:
    one = min(articles.glob("*.kga.jsonl"))
    with kgbuild.open(articles_store, read_only=False) as graph:
        assert graph.load(str(one)).unchanged > 0
        with pytest.raises(ValueError, match="validated after the load"):
            graph.load(one, options=kgbuild.LoadOptions(validate=True))


def test_what_is_closed_answers_no_more(_articles_store: Path) -> None:
    graph = kgbuild.open(_articles_store)
    rows = graph.query("articles")
    graph.close()
    graph.close()
    assert rows[0].article.iri
    with pytest.raises(ValueError, match="the store is closed"):
        graph.query("articles")


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own
def test_the_same_store_is_an_rdflib_dataset(graph: kgbuild.KnowledgeGraph) -> None:
    dataset = graph.dataset()
    assert isinstance(dataset, rdflib.Dataset)
    kg = rdflib.Namespace("https://w3id.org/kgbuild/ontology#")
    korea = rdflib.URIRef(STATE + "PRK")
    supplied = set(dataset.subjects(kg.supplier, korea)) & set(dataset.subjects(rdflib.RDF.type, kg.ArmsTransfer))
    assert {str(thing) for thing in supplied} >= {row.transfer.iri for row in graph.query("transfers", supplier="PRK")}
    # prefixes are bound; the default graph is the merged one, and articles are named graphs
    merged = dataset.query(f"SELECT DISTINCT ?t {{ ?t a kg:ArmsTransfer ; kg:supplier <{korea}> }}")
    assert len(merged) == len(supplied)
    named = dataset.query("SELECT DISTINCT ?g { GRAPH ?g { ?t a kg:ArmsTransfer } }")
    assert {str(row.g) for row in named} >= {row.article.iri for row in graph.query("articles") if "north" in row.article.iri}
    bundled = dataset.query(graph.queries["who-met-whom"].bind({}))
    assert [(str(row.stateA), row.meetings.toPython()) for row in bundled] == [
        (row.stateA.iri, row.meetings) for row in graph.query("who-met-whom")
    ]


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_a_dataset_ends_with_its_graph(articles_store: Path) -> None:
    with kgbuild.open(articles_store) as graph:
        dataset = graph.dataset()
    with pytest.raises(Exception, match="_store"):
        dataset.query("SELECT ?s { ?s ?p ?o } LIMIT 1")
    kgbuild.open(articles_store, read_only=False).close()


def test_without_oxrdflib_the_extra_is_named(graph: kgbuild.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "oxrdflib", None)
    with pytest.raises(kgbuild.KgbuildError, match="needs oxrdflib") as caught:
        graph.dataset()
    assert caught.value.hint == "pip install 'kgbuild[rdflib]'"


@pytest.mark.parametrize(
    ("example", "lines", "part"), [(EXAMPLE, 10, "Russia"), (DATASET_EXAMPLE, 3, "https://w3id.org/kgbuild/id/event/")]
)
def test_the_examples_of_the_readme_run_as_they_stand(example: str, lines: int, part: str, articles_store: Path) -> None:
    folder = articles_store.parent
    if articles_store.name != "kgbuild-store":
        (folder / "kgbuild-store").symlink_to(articles_store)
    done = subprocess.run([sys.executable, "-c", example], cwd=folder, capture_output=True, text=True, timeout=60, check=True)
    assert len(done.stdout.splitlines()) >= lines
    assert part in done.stdout


@pytest.mark.long
def test_users_of_mypy_see_the_types(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    (tmp_path / "user.py").write_text(
        textwrap.dedent("""\
            import kgbuild

            with kgbuild.open("store", lang="ro") as graph:
                rows: kgbuild.Rows = graph.query("transfers", supplier="PRK", since=None)
                names: list[str] = [column.name for column in rows.columns]
                first: kgbuild.Row = rows[0]
                reveal_type(first.supplier)
                reveal_type(graph.dataset())
                graph.query("transfers", supplier=1.5)
            """),
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "user.py"], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
    )
    out = done.stdout
    assert 'note: Revealed type is "Any"' in out
    assert 'Revealed type is "rdflib.graph.Dataset"' in out
    assert 'user.py:9: error: Argument "supplier" to "query" of "KnowledgeGraph" has incompatible type "float"' in out
    assert "Found 1 error in 1 file" in out
