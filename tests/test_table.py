"""Answers as people and programs read them: labels, lists, and every format."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest

from kgbuild import formats
from kgbuild.answers import label_rows
from kgbuild.iris import DATA
from kgbuild.query import Query
from kgbuild.result import Ask, Cell, Column, Passage, Result
from kgbuild.table import places, table, wrap

STORE = """
@base <https://w3id.org/kgbuild/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<a> rdfs:label "Alpha"@en, "Alfa"@ro . <b> rdfs:label "베타"@ko, "Бета"@ru . <c> rdfs:label "Gamma" . <e> rdfs:label "Epsilon"@en-GB, "A second"@en, "First"@en .
"""


@pytest.fixture(scope="module")
def ask() -> Ask:
    store = ox.Store()
    store.load(STORE, ox.RdfFormat.TURTLE)

    def query(sparql: str) -> ox.QuerySolutions:
        solutions = store.query(sparql)
        assert isinstance(solutions, ox.QuerySolutions)
        return solutions

    return query


HEADER = """\
#+ columns:
#+   - {name: thing, kind: entity}
#+   - {name: members, kind: list}
#+   - {name: day, kind: date}
#+   - {name: n, kind: integer}
#+   - {name: words, kind: text}
"""
ROWS = """
SELECT ?thing ?members ?day ?n ?words {
  VALUES (?thing ?members ?day ?n ?words) {
    (<https://w3id.org/kgbuild/id/a> "https://w3id.org/kgbuild/id/d | plain | https://w3id.org/kgbuild/id/b" "2024-01-16"^^<http://www.w3.org/2001/XMLSchema#date> 2 "say \\"da\\",\\n| yes"@ro)
    (<https://w3id.org/kgbuild/id/d> "" UNDEF UNDEF UNDEF)
  }
}
"""


@pytest.fixture
def result(ask: Ask) -> Result:
    return label_rows(ask(ROWS), ask, query=Query.parse("q.rq", HEADER + ROWS))


def test_members_of_a_list_are_sorted_and_their_labels_stand_in_the_same_order(result: Result) -> None:
    members = result.rows[0][1]
    assert members.value == f"{DATA}b | {DATA}d | plain"
    assert members.labels == ("베타", "", "plain")
    assert members.label == f"베타 | {DATA}d | plain"
    assert result.rows[1][1] == Cell()


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["Alpha", "베타", "Gamma", "A second"]),
        ("ro", ["Alfa", "베타", "Gamma", "A second"]),
        ("ru", ["Alpha", "Бета", "Gamma", "A second"]),
        ("ro-MD", ["Alfa", "베타", "Gamma", "A second"]),
        ("en-gb", ["Alpha", "베타", "Gamma", "Epsilon"]),
    ],
)
def test_a_label_is_in_the_language_wanted_else_english_else_any_and_always_the_same(ask: Ask, lang: str, expected: list[str]) -> None:
    things = " ".join(f"<{DATA}{name}>" for name in "abcde")
    labelled = label_rows(ask(f"SELECT ?x {{ VALUES ?x {{ {things} }} }} ORDER BY ?x"), ask, lang)
    assert [row[0].label for row in labelled.rows] == [*expected[:3], "", expected[3]]


def test_labels_of_many_rows_are_fetched_at_once(ask: Ask) -> None:
    asked: list[str] = []

    def listening(sparql: str) -> ox.QuerySolutions:
        asked.append(sparql)
        return ask(sparql)

    label_rows(ask("SELECT ?x { ?x ?p ?o }"), listening)
    assert len(asked) == 2  # English, and one more for what has no English label


def test_columns_of_a_query_without_header_are_told_from_their_values(ask: Ask) -> None:
    text = 'SELECT * { VALUES (?a ?b ?c) { (<urn:x:1> 1 "x") } BIND("2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date> AS ?d) }'
    kinds = {column.name: column.kind for column in label_rows(ask(text), ask).columns}
    assert kinds == {"a": "entity", "b": "integer", "c": "text", "d": "date"}


LABELLED = ["thing", "thingLabel", "members", "membersLabel", "day", "n", "words"]
FULL = [f"{DATA}a", "Alpha", f"{DATA}b | {DATA}d | plain", f"베타 | {DATA}d | plain", "2024-01-16", "2", 'say "da",\n| yes']


def test_csv_has_whole_iris_labels_beside_them_and_quotes_what_it_must(result: Result) -> None:
    text = "".join(formats.csv(result))
    assert text.count("\r\n") == 3
    assert list(csv.reader(io.StringIO(text, newline=""))) == [LABELLED, FULL, [f"{DATA}d", "", "", "", "", "", ""]]


def test_tsv_has_one_line_a_row(result: Result) -> None:
    lines = "".join(formats.tsv(result)).splitlines()
    assert len(lines) == 3
    assert lines[0].split("\t") == LABELLED
    assert lines[1].split("\t") == [*FULL[:-1], 'say "da",\\n| yes']


def test_json_is_sparql_results_json(result: Result) -> None:
    text = "".join(formats.sparql_json(result))
    parsed = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    assert [variable.value for variable in parsed.variables] == LABELLED
    first, second = list(parsed)
    assert first["thing"] == ox.NamedNode(f"{DATA}a")
    assert first["words"] == ox.Literal('say "da",\n| yes', language="ro")
    assert first["n"] == ox.Literal("2", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    assert second["day"] is None
    assert json.loads(text)["results"]["bindings"][1] == {"thing": {"type": "uri", "value": f"{DATA}d"}}


def test_an_answer_without_rows_is_still_valid_in_every_format(ask: Ask) -> None:
    empty = label_rows(ask("SELECT ?x { ?x <urn:none> ?y }"), ask)
    written = {name: "".join(write(empty)) for name, write in formats.WRITERS.items()}
    assert json.loads(written["json"]) == {"head": {"vars": ["x"]}, "results": {"bindings": []}}
    assert (written["csv"], written["tsv"], written["jsonl"]) == ("x\r\n", "x\n", "")
    assert "".join(table(empty)).splitlines()[0] == "x"


def test_jsonl_has_an_object_a_row_with_numbers_as_numbers(result: Result) -> None:
    first, second = [json.loads(line) for line in formats.jsonl(result)]
    assert list(first) == LABELLED
    assert (first["n"], first["words"]) == (2, 'say "da",\n| yes')
    assert second == dict.fromkeys(LABELLED) | {"thing": f"{DATA}d"}


def test_markdown_keeps_its_cells_apart(result: Result) -> None:
    lines = list(formats.markdown(result))
    assert lines[0].split() == [part for name in LABELLED for part in ("|", name)] + ["|"]
    assert lines[1].count("|") == lines[3].count("|") == len(LABELLED) + 1
    assert 'say "da", \\| yes |' in lines[2]


def test_a_table_shows_labels_and_a_curie_where_there_is_none(result: Result) -> None:
    assert "".join(table(result)) == (
        "thing   members                day         n  words\n"
        "──────  ─────────────────────  ──────────  ─  ───────────────\n"
        'Alpha   베타 | data:d | plain  2024-01-16  2  say "da", | yes\n'
        "data:d\n"
    )


def _wide(columns: int, text: str) -> Result:
    names = tuple(Column(f"column{number}", "integer" if number == 1 else "text") for number in range(columns))
    return Result(names, (tuple(Cell((ox.Literal(f"{text} {number}"),)) for number in range(columns)),) * 2)


@pytest.mark.parametrize("columns", [1, 4, 9, 13, 30])
@pytest.mark.parametrize(
    "text", ["x", "a few words", "a sentence of many words that goes on and on " * 5, "w" * 300, "북한은 무기를 보냈다 " * 9, ""]
)
def test_a_table_never_runs_over_its_width_and_loses_nothing(columns: int, text: str) -> None:
    result = _wide(columns, text)
    written = "".join(table(result, width=100))
    assert max(places(line) for line in written.splitlines()) <= 100
    for letter in set("w북") & set(text):
        assert written.count(letter) == 2 * columns * text.count(letter)
    assert all(written.count(f"{number}") >= 2 for number in range(columns))


def test_the_longest_columns_go_beneath_their_row() -> None:
    columns = (Column("stance", "entity"), Column("quote"), Column("day", "date"))
    row = (Cell((ox.NamedNode("urn:x:denies"),), ("denies",)), Cell((ox.Literal("word " * 40),)), Cell((ox.Literal("2024-01-16"),)))
    many = Result(columns + tuple(Column(f"c{n}") for n in range(8)), ((*row, *(Cell((ox.Literal("abcdefghij"),)),) * 8),))
    lines = "".join(table(many, width=100)).splitlines()
    assert lines[0].startswith("stance  day")
    assert lines[3].startswith("  quote")


def test_control_characters_never_reach_the_terminal() -> None:
    hostile = Result((Column("x"),), ((Cell((ox.Literal("a\x1b[2Jb\u202ec\x9b1m\n"),)),),))
    written = "".join(table(hostile))
    assert "\x1b" not in written
    assert "\x9b" not in written
    assert "\u202e" not in written


def test_wide_characters_take_two_places_and_marks_none() -> None:
    assert places("북한 e\u0301") == 6
    assert wrap("북한북한", 4) == ["북한", "북한"]
    assert wrap("a bb cccc", 4) == ["a bb", "cccc"]
    assert wrap("", 4) == [""]


def _passage(sentence: str, begin: int | None, end: int | None) -> Result:
    passage = Passage(sentence, "", begin, end, "Title", "Herald", "2024-01-17", "Mira", "curated")
    return Result((), (), (passage,))


@pytest.mark.parametrize(
    ("sentence", "begin", "end", "line"),
    [
        ("They denied it.", 5, 11, "They «denied» it."),
        ("They «denied» it.", 6, 12, "They «[denied]» it."),
        ("«They» [all] denied.", 13, 19, "«They» [all] ⟦denied⟧."),
        ("They denied it.", None, None, "They denied it."),
    ],
)
def test_a_passage_marks_its_span_with_brackets_that_the_sentence_has_none_of(sentence: str, begin: int, end: int, line: str) -> None:
    assert list(table(_passage(sentence, begin, end))) == [
        "Title (Herald, 2024-01-17)\n",
        f"  {line}\n",
        "  — annotated by Mira, curated\n",
    ]


def test_a_passage_is_bold_on_a_terminal_also_where_its_line_breaks() -> None:
    lines = list(table(_passage("They denied it.\x1b[2J", 5, 14), width=14, bold=True))
    assert [line for line in lines if "\x1b" in line] == ["  They \x1b[1mdenied\n", "  it\x1b[0m. [2J\n"]
