"""Query files: what a header can say, and how values reach the text."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild import binding, literals
from kgbuild.errors import QueryError
from kgbuild.query import Column, Param, Query, find_query, load_queries

FILE = """\
#+ summary: Meetings of one side
#+ description: One row per meeting.
#+ tags: [events, test]
#+ params:
#+   party: {type: agent, required: true, example: NO, means: who took part}
#+   since: {type: since, means: from this day}
#+   limit: {type: integer, default: 10}
#+ columns:
#+   - {name: meeting, kind: entity, means: the meeting}
#+   - note
PREFIX kg: <https://w3id.org/kgbuild/ontology#>
# a comment may name $anything
SELECT DISTINCT ?meeting ("it costs $since" AS ?note) WHERE {
  ?meeting kg:partyState $party .
  ?meeting kg:latest ?latest . FILTER(?latest >= $since)   #? since
  ?meeting kg:earliest ?earliest .                         #? !since
} LIMIT $limit
"""
IRI = "<https://example.org/x>"


def test_a_header_gives_summary_parameters_and_columns() -> None:
    query = Query.parse("queries/meetings-of.rq", FILE.encode())
    assert query.name == "meetings-of"
    assert (query.summary, query.description, query.tags) == ("Meetings of one side", "One row per meeting.", ("events", "test"))
    assert query.params == (
        Param("party", "agent", required=True, example="NO", means="who took part"),
        Param("since", "since", means="from this day"),
        Param("limit", "integer", default="10"),
    )
    assert query.columns == (Column("meeting", "entity", "the meeting"), Column("note"))
    assert "#+" not in query.text


def test_plain_sparql_is_a_query_too() -> None:
    query = Query.parse("own.rq", "SELECT * { ?s ?p ?o }")
    assert (query.params, query.columns, query.bind({})) == ((), (), "SELECT * { ?s ?p ?o }\n")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("#+ summary: [", r"q\.rq:2?1?: the header is not YAML"),
        ("#+ sumary: x", "unknown key “sumary”; did you mean “summary”"),
        ("#+ just text", "the header must be key: value pairs"),
        ("#+ params: [a]", "params must be key: value pairs"),
        ("#+ params:\n#+   x: {type: stat}", "has type “stat”; did you mean “state”"),
        ("#+ params:\n#+   x: {type: state, requird: true}", "unknown key “requird”; did you mean “required”"),
        ("#+ params:\n#+   x: {type: state, required: maybe}", "required is true or false"),
        ("#+ params:\n#+   y: {type: state}", r"\$x is not declared"),
        ("#+ params:\n#+   x: {type: state}\n#+   y: {type: state}", r"declares y, but \$y is not in the query"),
        ("#+ columns: {a: b}", "columns must be a list"),
        ("#+ columns: [{name: a, kind: thing}]", "a column is"),
        ("#+ layout: wide", "layout is wide"),
    ],
)
def test_a_header_that_cannot_be_right_is_refused(header: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        Query.parse(
            "q.rq", f"{header}\nSELECT * {{ ?s ?p $x }}" if "columns" not in header and "layout" not in header else f"{header}\nASK {{}}"
        )


def test_a_file_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(QueryError, match="not UTF-8"):
        Query.parse("q.rq", b"SELECT * { ?s ?p '\xff' }")


def test_an_optional_line_stands_only_where_its_parameter_is_given() -> None:
    query = Query.parse("q.rq", FILE)
    limit = '"10"^^<http://www.w3.org/2001/XMLSchema#integer>'
    without = query.bind({"party": IRI, "limit": limit})
    assert "?latest" not in without
    assert "kg:earliest" in without
    given_since = query.bind({"party": IRI, "limit": limit, "since": literals.day("2024-01-01")})
    assert 'FILTER(?latest >= "2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date>)\n' in given_since
    assert "kg:earliest" not in given_since
    assert "#?" not in without + given_since


@pytest.mark.parametrize(
    ("marker", "kept_for"),
    [("a|b", "a b ab"), ("!a|!b", "a b -"), ("a|!b", "a ab -"), ("a|b !b", "a"), ("!a !b", "-")],
)
def test_of_conditions_joined_by_a_bar_one_must_hold(marker: str, kept_for: str) -> None:
    text = f"SELECT * {{\n  ?x ?y $a , $b .  #? {marker}\n}}"
    kept = [given for given in ("a", "b", "ab", "") if "?x" in binding.keep_lines(text, set(given))]
    assert kept == ["" if given == "-" else given for given in kept_for.split()]
    assert binding.optional_lines(text) == {"a", "b"}


def test_strings_comments_and_iris_are_left_alone_and_integers_are_bare() -> None:
    text = Query.parse("q.rq", FILE).bind({"party": IRI, "limit": literals.integer(3)})
    assert '"it costs $since"' in text
    assert "# a comment may name $anything" in text
    assert "LIMIT 3\n" in text
    assert isinstance(ox.Store().query(text), ox.QuerySolutions)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("$a ?a ?ab $ab", f"{IRI} ?a ?ab $ab"),
        ("FILTER(BOUND($a) && bound( $a ))", "FILTER(true && true)"),
        ("FILTER(!BOUND(?a))", "FILTER(!BOUND(?a))"),
        ('<http://x/$a> \'it\'\'s $a\' """a " $a""" # $a', '<http://x/$a> \'it\'\'s $a\' """a " $a""" # $a'),
        ("'esc \\' $a' $a", f"'esc \\' $a' {IRI}"),
        ("ex:a\\$a ex:a\\#b $a", f"ex:a\\$a ex:a\\#b {IRI}"),
        ("?x < $a && $a > ?y", f"?x < {IRI} && {IRI} > ?y"),
        ("{ SELECT ?x { ?x ?y $a } }", f"{{ SELECT ?x {{ ?x ?y {IRI} }} }}"),
    ],
)
def test_only_parameter_tokens_are_replaced(text: str, bound: str) -> None:
    assert binding.bind(text, {"a": IRI}) == bound


@pytest.mark.parametrize("text", ["SELECT $a {}", "SELECT DISTINCT $a {}", "BIND(1 AS $a)", "SELECT (1 as $a) {}", "VALUES $a { 1 }"])
def test_a_parameter_is_refused_where_no_value_can_stand(text: str) -> None:
    with pytest.raises(QueryError, match=r"\$a is a parameter"):
        binding.bind(text, {"a": IRI})


@pytest.mark.parametrize(
    "term",
    [
        "_:b0",
        "?x",
        "<relative>",
        "<http://x/ y>",
        "<http://x/a> . ?s ?p ?o",
        '"a" } ; DROP ALL',
        '"a"b"',
        '"a\nb"',
        '"a"@',
        "42",
        "",
        '"\\x"',
        "<a:b><c:d>",
    ],
)
def test_what_is_not_one_term_is_refused(term: str) -> None:
    with pytest.raises(QueryError, match="not one IRI or literal"):
        binding.bind("$a", {"a": term})


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(["\\", '"', "'", '"""', "}", "{", ";", "#", "\n", "\r", "$a", "?x", "<", ">", "\\u0022", " ", "DROP ALL"]),
        max_size=12,
    ).map("".join),
)


@given(HOSTILE)
def test_a_hostile_text_stays_one_token_and_comes_back_as_it_was(text: str) -> None:
    template = "SELECT (STR($a) AS ?x) (?q AS ?r) WHERE { BIND('$a' AS ?q) FILTER(BOUND($b)) } # $a"
    bound = binding.bind(template, {"a": literals.string(text), "b": IRI})
    before = [token for token in binding.tokens(template) if token.kind != "comment"]
    after = [token for token in binding.tokens(bound) if token.kind != "comment"]
    assert len(after) == len(before) - 3  # BOUND ( $b ) became true
    rows = ox.Store().query(bound)
    assert isinstance(rows, ox.QuerySolutions)
    assert [(row["x"].value, row["r"].value) for row in rows] == [(text, "$a")]


@given(st.text(max_size=60))
def test_tokens_cover_every_text_and_stop_nowhere(text: str) -> None:
    covered = "".join(token.text for token in binding.tokens(text))
    assert "".join(covered.split()) == "".join(text.split())


def test_an_unknown_query_is_refused_with_the_nearest_name() -> None:
    queries = load_queries({"meetings.rq": b"ASK {}", "articles.rq": b"ASK {}"})
    assert list(queries) == ["articles", "meetings"]
    assert find_query(queries, "articles").name == "articles"
    with pytest.raises(QueryError, match="no query “meeting”; did you mean “meetings”") as caught:
        find_query(queries, "meeting")
    assert caught.value.hint == "there are: articles, meetings"


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ({"party": IRI, "sinc": IRI}, "q has no parameter “sinc”; did you mean “since”"),
        ({"since": IRI}, r"q needs party \(who took part\)"),
        ({"party": IRI, "zzzz": IRI}, "q has no parameter “zzzz”$"),
    ],
)
def test_unknown_and_missing_parameters_are_refused(terms: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        Query.parse("q.rq", FILE).bind(terms)
