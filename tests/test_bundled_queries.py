"""The bundled queries: what page and file promise of them, and the rows they give on an invented sample, on both kinds of default graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kgbuild import binding
from kgbuild.answers import answer, prepare
from kgbuild.errors import QueryError
from kgbuild.iris import DATA, KGS
from kgbuild.parameters import TYPES
from kgbuild.query import Query, load_queries
from kgbuild.resources import read_bundled
from kgbuild.result import Ask, Result

QUERIES = load_queries(read_bundled("queries", ".rq"))
SAMPLE = Path(__file__).with_name("answers") / "sample.trig"

#: query -> its parameters (required ones marked !), its columns: the model's catalogue
CATALOGUE = {
    "articles": ("outlet lang since until", "article title outlet language published statements problems"),
    "transfers": (
        "supplier recipient item since until state policy",
        "transfer supplier recipient item earliest latest status articles",
    ),
    "meetings": ("party with place since until", "meeting type earliest latest place participants articles"),
    "statements": (
        "speaker state stance about since until",
        "statement speaker state stance earliest latest about addressee accused respondsTo medium quote article",
    ),
    "position-timeline": (
        "state! supplier! recipient!",
        "stance kind speaker medium earliest latest transfer statement article quote",
    ),
    "first-acknowledgement": (
        "supplier! recipient! state",
        "state kind stance speaker medium earliest latest statement article",
    ),
    "contradictions": ("state since until", "event affirmingState firstAffirmed affirmation denyingState firstDenied denial"),
    "attribution-chain": ("statement!", "hop speaker stance medium earliest latest during place statement article"),
    "interpretations": ("state", "utterance uttered speaker reading readBy readsAs about article"),
    "amplification": ("mission state", "mission post shared outlet owner ownerSpouse article"),
    "strike-tally": ("attacker on", "claimant attacker target targetType count areas earliest status article"),
    "officials": ("state! on", "person post from until"),
    "missions": ("state in", "mission state in"),
    "who-met-whom": ("since until", "stateA stateB meetings first last"),
    "meetings-around-transfers": ("supplier! recipient! days", "meeting earliest participants about aboutEarliest daysBefore"),
    "supply-network": ("since until status state policy", "supplier recipient transfers articles status"),
    "silence": ("supplier! recipient!", "state evaded declined lastAsked"),
    "stance-matrix": ("supplier! recipient!", "state kind stance statements first last"),
    "weapons": ("register", "item unroca sipri euml transfers"),
    "register-gap": ("since until", "transfer supplier recipient item reason"),
    "independent-origins": ("supplier! recipient!", "origin speaker medium statements articles"),
    "monthly-activity": ("supplier recipient", "month reports transfers origins"),
    "sources": ("", "outlet kind language articles statements"),
    "unanchored": ("", "thing type article problem"),
    "evidence": ("thing!", "article sentence text begin end annotator annotationStatus"),
}

#: what stays in the article's own graph: mentions, sentences, annotation
DETAILS = ("gaf#", "/ns/prov#", "#begin", "#end", "#anchorText", "#inSentence", "#sentenceText", "#annotationStatus", "#defaultAnnotation")


def _merged() -> ox.Store:
    """The sample with a default graph that is the set union of its graphs, without details and runs."""
    store = _named()
    for quad in list(store):
        detail = any(part in quad.predicate.value for part in DETAILS) or "#char=" in str(quad.subject) or "#sentence=" in str(quad.subject)
        if not detail and "graph/runs" not in str(quad.graph_name):
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return store


def _named() -> ox.Store:
    store = ox.Store()
    store.load(SAMPLE.read_bytes(), ox.RdfFormat.TRIG)
    return store


def _ask(store: ox.Store, *, union: bool) -> Ask:
    def ask(sparql: str) -> ox.QuerySolutions:
        solutions = store.query(sparql, use_default_graph_as_union=union)
        assert isinstance(solutions, ox.QuerySolutions)
        return solutions

    return ask


@pytest.fixture(scope="module")
def stores() -> dict[str, Ask]:
    return {"merged": _ask(_merged(), union=False), "union": _ask(_named(), union=True)}


Rows = Callable[..., list[str]]


@pytest.fixture(params=["merged", "union"])
def rows(request: pytest.FixtureRequest, stores: dict[str, Ask]) -> Rows:
    """Ask a bundled query and write each row as its values, short, with ``-`` for nothing."""

    def ask(name: str, columns: str = "", **values: str) -> list[str]:
        result = answer(QUERIES[name], {key.strip("_"): value for key, value in values.items()}, stores[request.param])
        return short(result, columns)

    return ask


def short(result: Result, columns: str = "") -> list[str]:
    wanted = columns.split() or [column.name for column in result.columns]
    places = [[column.name for column in result.columns].index(name) for name in wanted]
    return ["  ".join((row[place].value or "-").replace(DATA, "").replace(KGS, "") for place in places) for row in result.rows]


def test_the_catalogue_is_the_shipped_queries() -> None:
    assert set(CATALOGUE) <= set(QUERIES)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_query_has_the_parameters_and_columns_of_the_catalogue(name: str) -> None:
    query = QUERIES[name]
    params, columns = CATALOGUE[name]
    assert [param.name + ("!" if param.required else "") for param in query.params] == params.split()
    assert [column.name for column in query.columns] == columns.split()


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_header_says_all_that_people_need(query: Query) -> None:
    assert query.summary
    assert query.description
    assert query.tags
    assert all(param.means for param in query.params)
    assert all(param.example or param.type in ("statement", "thing") for param in query.params)
    assert all(column.means for column in query.columns)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
@pytest.mark.parametrize("given", ["required", "all"])
def test_the_bound_text_runs_on_any_endpoint_and_projects_the_columns(query: Query, given: str) -> None:
    terms = {
        param.name: '"1"^^<http://www.w3.org/2001/XMLSchema#integer>' if param.type == "integer" else "<urn:x:1>" for param in query.params
    }
    if given == "required":
        terms = {param.name: terms[param.name] for param in query.params if param.required or param.default}
    text = query.bind(terms)
    assert not binding.parameters(text)
    assert "#?" not in text
    assert text.startswith("PREFIX")
    solutions = ox.Store().query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [variable.value for variable in solutions.variables] == [column.name for column in query.columns]


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_every_optional_parameter_can_be_left_out_alone(query: Query) -> None:
    for param in query.params:
        terms = {other.name: "<urn:x:1>" for other in query.params if other.name != param.name}
        if not param.required and not param.default:
            assert f"${param.name}" not in query.bind(terms)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_orders_its_rows_and_counts_nothing_twice(query: Query) -> None:
    assert "ORDER BY" in query.text
    assert "DISTINCT" in query.text or "GROUP BY" in query.text
    assert "COUNT(?" not in query.text


def test_every_parameter_type_says_what_to_give() -> None:
    assert all(kind.means for kind in TYPES.values())


def test_articles_counts_statements_and_problems(rows: Rows) -> None:
    assert rows("articles", "article outlet language published statements problems") == [
        "article/a1  outlet/herald  en  2024-03-02  8  0",
        "article/a2  -  ro  2024-04  4  2",
        "article/a3  -  en  -  2  0",
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"outlet": "herald"}, ["article/a1"]),
        ({"lang": "RO"}, ["article/a2"]),
        ({"since": "2024-04-15"}, ["article/a2", "article/a3"]),
        ({"until": "2024-03"}, ["article/a1", "article/a3"]),
        ({"since": "2024-05"}, ["article/a3"]),
    ],
)
def test_articles_are_kept_where_they_may_fit(rows: Rows, values: dict[str, str], expected: list[str]) -> None:
    assert rows("articles", "article", **values) == expected


def test_transfers_show_parties_items_dates_and_status(rows: Rows) -> None:
    assert rows("transfers") == [
        "event/x4  state/ARL  state/BOR  article/a2#shells  2024-02-01  2024-02-29  -  1",
        "event/x1  state/ARL  state/BOR  article/a1#arms  -  -  status-contested  1",
        "event/x2  state/ARL  state/BOR  article/a1#missiles | weapon/falcon  -  -  -  1",
        "event/x6  state/ARL  state/BOR  -  -  -  -  1",
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"supplier": "ARL", "recipient": "Borvia"}, ["event/x4", "event/x1", "event/x2", "event/x6"]),
        ({"supplier": "BOR"}, []),
        ({"state": "BOR"}, ["event/x4", "event/x1", "event/x2", "event/x6"]),
        ({"item": "rachetă"}, ["event/x2"]),
        ({"item": "kg:MilitaryObject"}, ["event/x4", "event/x1", "event/x2"]),
        ({"item": "Falcon"}, ["event/x2"]),
        ({"until": "2024-01"}, ["event/x1", "event/x2", "event/x6"]),
    ],
)
def test_transfers_are_found_by_party_and_item(rows: Rows, values: dict[str, str], expected: list[str]) -> None:
    assert rows("transfers", "transfer", **values) == expected


def test_meetings_show_the_narrowest_class_and_everyone_who_took_part(rows: Rows) -> None:
    assert rows("meetings") == [
        "event/m1  https://w3id.org/kgbuild/ontology#Summit  2024-03-01  2024-03-01  place/borgrad  person/oskar-lund | person/petra-vale  2",
        "event/visit  https://w3id.org/kgbuild/ontology#Visit  -  -  -  person/petra-vale | state/CES  1",
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"party": "BOR"}, ["event/m1", "event/visit"]),
        ({"party": "BOR", "with_": "ARL"}, ["event/m1"]),
        ({"party": "Petra Vale", "with_": "Cestia"}, ["event/visit"]),
        ({"place": "BOR"}, ["event/m1"]),
        ({"party": "DOR"}, []),
    ],
)
def test_a_state_takes_part_through_whoever_stood_for_it(rows: Rows, values: dict[str, str], expected: list[str]) -> None:
    assert rows("meetings", "meeting", **values) == expected


def test_one_denial_in_two_articles_has_in_each_what_that_article_says(rows: Rows) -> None:
    assert rows("statements", "about quote article", state="BOR", stance="denies", until="2024-03") == [
        "event/x1  There are no arms.  article/a1",
        "event/x6  Nu există arme.  article/a2",
    ]
    assert rows("statements", "about article", about="data:event/x6") == ["event/x6  article/a2"]


def test_statements_tell_whom_they_answer_and_by_which_channel_they_came(rows: Rows) -> None:
    columns = "statement speaker stance addressee respondsTo medium"
    assert rows("statements", columns, about="data:event/support") == [
        "statement/thanks  person/petra-vale  stance-praises  person/oskar-lund  -  medium-telegram"
    ]
    assert rows("statements", columns, state="ARL") == [
        "statement/deny-shells  state/ARL  stance-denies  -  -  -",
        "statement/assert  person/oskar-lund  stance-asserts  -  -  courier pigeon",
        "statement/reject  state/ARL  stance-rejects  -  statement/condemn  -",
    ]


def test_a_position_changes_from_denial_to_evasion_to_words_read_as_acknowledgement(rows: Rows) -> None:
    assert rows("position-timeline", state="BOR", supplier="ARL", recipient="BOR") == [
        "stance-denies  utterance  state/BOR  -  -  2024-02-28  event/x1  statement/deny  article/a1  There are no arms.",
        "stance-denies  utterance  state/BOR  -  -  2024-02-28  event/x6  statement/deny  article/a2  Nu există arme.",
        "stance-evades  utterance  state/BOR  -  -  2024-02-28  event/x1  statement/evade  article/a1  -",
        "stance-acknowledges  interpretation  person/petra-vale  medium-telegram  2024-03-01  2024-03-01  event/x1  statement/thanks  article/a1  -",
    ]


def test_a_position_counts_what_is_said_on_the_relation_itself(rows: Rows) -> None:
    assert rows("position-timeline", "stance transfer medium", state="ARL", supplier="ARL", recipient="BOR") == [
        "stance-denies  event/x4  -",
        "stance-asserts  supply/AB  courier pigeon",
        "stance-rejects  event/x2  -",
    ]


def test_the_first_acknowledgement_of_each_kind_and_state_stands_alone(rows: Rows) -> None:
    both = [
        "state/BOR  interpretation  stance-acknowledges  person/petra-vale  medium-telegram  2024-03-01  2024-03-01  statement/thanks  article/a1",
        "state/ARL  utterance  stance-asserts  person/oskar-lund  courier pigeon  2024-04-05  2024-04-05  statement/assert  article/a2",
    ]
    assert rows("first-acknowledgement", supplier="ARL", recipient="BOR") == both
    assert rows("first-acknowledgement", supplier="ARL", recipient="BOR", state="BOR") == both[:1]


def test_an_allegation_by_a_third_state_acknowledges_nothing(rows: Rows) -> None:
    assert rows("first-acknowledgement", supplier="ARL", recipient="BOR", state="CES") == []


def test_contradictions_meet_on_one_relation_but_not_on_different_items(rows: Rows) -> None:
    assert rows("contradictions") == [
        "supply/AB  state/CES  2024-04-01  statement/allege  state/BOR  2024-02-28  statement/deny",
        "supply/AB  state/ARL  2024-04-05  statement/assert  state/BOR  2024-02-28  statement/deny",
        "event/x4  state/CES  2024-04-01  statement/allege  state/ARL  2024-04-02  statement/deny-shells",
        "supply/AB  state/ARL  2024-04-05  statement/assert  state/ARL  2024-04-02  statement/deny-shells",
        "event/strike  state/BOR  -  statement/claim  state/DOR  2024-05-03  statement/no-strike",
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"state": "DOR"}, ["event/strike  state/BOR  state/DOR"]),
        ({"until": "2024-03"}, ["supply/AB  state/CES  state/BOR"]),
        ({"since": "2024-05"}, ["event/strike  state/BOR  state/DOR"]),
    ],
)
def test_contradictions_are_found_by_side_and_time(rows: Rows, values: dict[str, str], expected: list[str]) -> None:
    assert rows("contradictions", "event affirmingState denyingState", **values) == expected


@pytest.mark.parametrize("hop", ["thanks", "post", "tv"])
def test_a_chain_runs_from_the_first_speaker_to_the_article_wherever_it_is_entered(rows: Rows, hop: str) -> None:
    assert rows("attribution-chain", statement=f"data:statement/{hop}") == [
        "0  person/petra-vale  stance-praises  -  2024-03-01  2024-03-01  event/m1  place/borgrad  statement/thanks  article/a1",
        "1  mission/BOR-CES  stance-reports  medium-telegram  -  -  -  -  statement/post  article/a1",
        "2  -  stance-reports  medium-television  -  -  -  -  statement/tv  article/a1",
        "3  outlet/herald  -  -  2024-03-02  2024-03-02  -  -  -  article/a1",
    ]


def test_a_statement_that_two_articles_report_has_a_chain_in_each(rows: Rows) -> None:
    assert rows("attribution-chain", "hop speaker article", statement="data:statement/deny") == [
        "0  state/BOR  article/a1",
        "1  outlet/herald  article/a1",
        "0  state/BOR  article/a2",
        "1  article/a2  article/a2",
    ]


def test_an_interpretation_stands_beside_the_words_that_it_reads(rows: Rows) -> None:
    expected = [
        "statement/thanks  stance-praises  person/petra-vale  statement/reading  article/a1  stance-acknowledges  event/x1  article/a1"
    ]
    assert rows("interpretations") == expected
    assert rows("interpretations", state="BOR") == expected
    assert rows("interpretations", state="ARL") == []


def test_amplification_leads_from_the_mission_to_the_owners_spouse(rows: Rows) -> None:
    expected = ["mission/BOR-CES  article/a1#post  article/a1#shared  outlet/ana-blog  person/ana  person/bogdan  article/a1"]
    assert rows("amplification") == expected
    assert rows("amplification", state="BOR") == expected
    assert rows("amplification", mission="Embassy of Borvia in Cestia") == expected
    assert rows("amplification", state="CES") == []


def test_a_tally_has_its_claimant_and_nobody_who_denies_the_strike(rows: Rows) -> None:
    strike = "2024-05-01  status-self-claimed  article/a3"
    expected = [
        f"state/BOR  organization/borvian-forces  state/DOR  target-radar-station  2  -  {strike}",
        f"state/BOR  organization/borvian-forces  state/DOR  windmill  10  3  {strike}",
    ]
    assert rows("strike-tally") == expected
    assert rows("strike-tally", attacker="BOR", on="2024-05-02") == expected
    assert rows("strike-tally", attacker="DOR") == []
    assert rows("strike-tally", on="2024-05-03") == []


def test_each_state_has_its_stances_counted_once_and_undated_ones_last(rows: Rows) -> None:
    assert rows("stance-matrix", supplier="ARL", recipient="BOR") == [
        "state/BOR  utterance  stance-denies  1  2024-02-28  2024-02-28",
        "state/BOR  utterance  stance-evades  1  2024-02-28  2024-02-28",
        "state/BOR  interpretation  stance-acknowledges  1  2024-03-01  2024-03-01",
        "state/CES  utterance  stance-alleges  1  2024-04-01  2024-04-01",
        "state/ARL  utterance  stance-denies  1  2024-04-02  2024-04-02",
        "state/ARL  utterance  stance-asserts  1  2024-04-05  2024-04-05",
        "state/ARL  utterance  stance-rejects  1  -  -",
        "state/CES  utterance  stance-condemns  1  -  -",
    ]


ARMS, MISSILES, SHELLS, FALCON = (
    "article/a1#arms  -  -  -  1",
    "article/a1#missiles  unroca-VII  sipri-missiles  euml-4  1",
    "article/a2#shells  -  -  euml-3  1",
    "weapon/falcon  -  -  euml-4  1",  # its own heading replaces those of its class
)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, [ARMS, MISSILES, SHELLS, FALCON]),
        ({"register": "unroca"}, [MISSILES]),
        ({"register": "VII"}, [MISSILES]),
        ({"register": "kgs:euml-4"}, [MISSILES, FALCON]),
        ({"register": "EU list"}, [MISSILES, SHELLS, FALCON]),
    ],
)
def test_an_items_own_headings_replace_those_of_its_class(rows: Rows, values: dict[str, str], expected: list[str]) -> None:
    assert rows("weapons", **values) == expected


def test_an_unknown_register_is_refused_with_the_nearest(rows: Rows) -> None:
    with pytest.raises(QueryError, match=r"register: no register “unroca VI”; did you mean “UNROCA VII” \(kgs:unroca-VII\)"):
        rows("weapons", register="unroca VI")


X1, X2 = "event/x1  state/ARL  state/BOR", "event/x2  state/ARL  state/BOR"
UNDATED_GAPS = [
    f"{X1}  article/a1#arms  no category | no quantity | no year | not acknowledged",
    f"{X2}  article/a1#missiles  no quantity | no year | not acknowledged",
    f"{X2}  weapon/falcon  no quantity | no year | not acknowledged | not in SIPRI | not in UNROCA",
    "event/x6  state/ARL  state/BOR  -  no item | no quantity | no year | not acknowledged",
]


@pytest.mark.parametrize(
    ("values", "dated"),
    [
        ({}, ["event/x4  state/ARL  state/BOR  article/a2#shells  no quantity | not acknowledged | not in SIPRI | not in UNROCA"]),
        ({"since": "2024-03"}, []),
        ({"until": "2024-01"}, []),
    ],
)
def test_a_register_would_not_show_a_transfer_for_these_reasons(rows: Rows, values: dict[str, str], dated: list[str]) -> None:
    assert rows("register-gap", **values) == dated + UNDATED_GAPS


def test_words_read_as_an_admission_have_their_speaker_as_origin(rows: Rows) -> None:
    assert rows("independent-origins", supplier="ARL", recipient="BOR") == [
        "statement/thanks  person/petra-vale  medium-telegram  1  1",
        "statement/allege  state/CES  -  1  1",
        "statement/assert  person/oskar-lund  courier pigeon  1  1",
        "statement/condemn  state/CES  -  1  1",
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ["2024-03  1  2  2", "2024-04  1  2  2"]),
        ({"supplier": "ARL"}, ["2024-03  1  2  2", "2024-04  1  2  2"]),
        ({"recipient": "ARL"}, []),
    ],
)
def test_months_count_articles_transfers_and_origins(rows: Rows, values: dict[str, str], expected: list[str]) -> None:
    assert rows("monthly-activity", **values) == expected


def test_sources_are_publishers_named_outlets_and_accounts(rows: Rows) -> None:
    assert rows("sources", "outlet language articles statements") == [
        "mission/BOR-CES  en  1  1",
        "outlet/ana-blog  en  1  0",
        "outlet/herald  en  1  8",
    ]


def test_what_has_no_place_is_listed_and_what_has_one_is_not(rows: Rows) -> None:
    found = rows("unanchored", "thing article problem")
    assert [row for row in found if row.startswith("event/x")] == [
        "event/x2  article/a1  no mention",
        "event/x4  article/a2  no mention",
        "event/x4  article/a2  span-mismatch",
        "event/x6  article/a2  no mention",
    ]
    things = {row.partition("  ")[0] for row in found}
    assert not things & {"event/x1", "outlet/herald", "supply/AB", "tenure/5"}  # marked, the publisher, and worked out
    assert "statement/deny  article/a1  no mention" not in found
    assert "statement/deny  article/a2  no mention" in found


def test_officials_are_the_terms_in_posts_of_a_state_its_bodies_and_missions(rows: Rows) -> None:
    assert rows("officials", state="BOR") == [
        "person/ion-crai  post/BOR-chief  2019-01-01  2023-06-01",
        "person/petra-vale  post/BOR-marshal  -  2023-05-31",
        "person/petra-vale  post/BOR-chief  2023-06-01  -",
        "name/person/maradun  post/BOR-envoy  2024-02-01  -",
        "name/person/ilietom  post/BOR-envoy  -  -",
    ]
    assert rows("officials", state="Arlanda") == ["person/oskar-lund  post/ARL-chief  -  -"]
    assert rows("officials", state="DOR") == []


ION, MARSHAL, CHIEF, MARA, ILIE = (
    "person/ion-crai  post/BOR-chief",
    "person/petra-vale  post/BOR-marshal",
    "person/petra-vale  post/BOR-chief",
    "name/person/maradun  post/BOR-envoy",
    "name/person/ilietom  post/BOR-envoy",
)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2018-12-31", [MARSHAL, ILIE]),
        ("2019-01-01", [ION, MARSHAL, ILIE]),
        ("2023-05-31", [ION, MARSHAL, ILIE]),
        ("2023-06-01", [ION, CHIEF, ILIE]),
        ("2023-06-02", [CHIEF, ILIE]),
        ("2023-06", [ION, CHIEF, ILIE]),
        ("2023", [ION, MARSHAL, CHIEF, ILIE]),
        ("2023~", [ION, MARSHAL, CHIEF, ILIE]),
        ("2023-07/2024-01", [CHIEF, ILIE]),
        ("2024-02-15", [CHIEF, MARA, ILIE]),
        ("2024/..", [CHIEF, MARA, ILIE]),
        ("../2019", [ION, MARSHAL, ILIE]),
        ("-0043", [MARSHAL, ILIE]),
        ("Y17000", [CHIEF, MARA, ILIE]),
    ],
)
def test_officials_on_a_date_are_those_who_may_have_held_the_post_then(rows: Rows, on: str, expected: list[str]) -> None:
    assert rows("officials", "person post", state="BOR", on=on) == expected


def test_missions_have_a_sender_and_a_host(rows: Rows) -> None:
    expected = ["mission/BOR-CES  state/BOR  state/CES"]
    assert rows("missions") == expected
    assert rows("missions", state="BOR") == expected
    assert rows("missions", in_="Cestia") == expected
    assert rows("missions", state="BOR", in_="CES") == expected
    assert rows("missions", state="CES") == rows("missions", in_="BOR") == []


def test_states_meet_through_whoever_stands_for_them_and_undated_visits_count(rows: Rows) -> None:
    met, visited = "state/ARL  state/BOR  1  2024-03-01  2024-03-01", "state/BOR  state/CES  1  -  -"
    assert rows("who-met-whom") == [met, visited]
    assert rows("who-met-whom", since="2024-03-02") == rows("who-met-whom", until="2024-02") == [visited]
    assert rows("who-met-whom", since="2024-03-01", until="2024-03-01") == [met, visited]


def test_meetings_lie_around_dated_transfers_and_the_first_word_on_undated_ones(rows: Rows) -> None:
    people = "person/oskar-lund | person/petra-vale"
    shells, denial = (
        f"event/m1  2024-03-01  {people}  event/x4  2024-02-01  -29",
        f"event/m1  2024-03-01  {people}  statement/deny  2024-02-28  -2",
    )
    assert rows("meetings-around-transfers", supplier="ARL", recipient="BOR") == [shells, denial]
    # one day after the last day of the shells' month, which was the 29th; two after the denial
    assert rows("meetings-around-transfers", supplier="ARL", recipient="BOR", days="1") == [shells]
    assert rows("meetings-around-transfers", supplier="ARL", recipient="BOR", days="0") == []
    assert rows("meetings-around-transfers", supplier="BOR", recipient="ARL") == []


def test_the_supply_network_has_an_edge_a_relation_with_its_own_status(rows: Rows) -> None:
    edge = "state/ARL  state/BOR  4  2  status-contested"
    for values in ({}, {"state": "ARL"}, {"state": "BOR"}, {"status": "contested"}, {"status": "contested", "state": "BOR"}):
        assert rows("supply-network", **values) == [edge]
    # the shells were delivered in February, in the second article alone
    assert rows("supply-network", until="2024-01") == ["state/ARL  state/BOR  3  2  status-contested"]
    assert rows("supply-network", state="CES") == rows("supply-network", status="self-claimed") == []


def test_silence_is_having_been_asked(rows: Rows) -> None:
    assert rows("silence", supplier="ARL", recipient="BOR") == ["state/BOR  1  0  2024-02-28"]
    assert rows("silence", supplier="BOR", recipient="ARL") == []


def test_evidence_has_sentence_span_and_annotator(rows: Rows) -> None:
    assert rows("evidence", thing="data:event/x1") == [
        "article/a1  Borvia denied denied.  denied  17  23  Mira  curated",
        "article/a1  -  arms  40  44  Noor  -",
    ]


def test_evidence_marks_the_span_that_is_meant_and_not_its_like(stores: dict[str, Ask]) -> None:
    result = answer(QUERIES["evidence"], {"thing": "data:event/x1"}, stores["merged"])
    assert result.passages is not None
    first, second = result.passages
    assert (first.begin, first.end) == (7, 13)
    assert (first.title, first.outlet, first.published, first.annotator) == ("Borvia thanks Arland", "Herald", "2024-03-02", "Mira")
    assert (second.sentence, second.begin, second.annotator) == ("arms", 0, "Noor")


#: values for the required parameters
REQUIRED = {"state": "BOR", "supplier": "ARL", "recipient": "BOR", "statement": "data:statement/thanks", "thing": "data:event/x1"}


def _required(name: str) -> dict[str, str]:
    return {param.name: REQUIRED[param.name] for param in QUERIES[name].params if param.required}


@pytest.fixture(scope="module")
def other_engine() -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=_merged().dump(format=ox.RdfFormat.N_QUADS).decode(), format="nquads")
    return dataset


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own
@pytest.mark.parametrize("name", CATALOGUE)
def test_another_sparql_engine_gives_the_same_rows_in_the_same_order(
    name: str, stores: dict[str, Ask], other_engine: rdflib.Dataset
) -> None:
    text = prepare(QUERIES[name], _required(name), stores["merged"])
    lists = [column.kind == "list" for column in QUERIES[name].columns]

    def spelled(values: Iterable[str | None]) -> list[str]:
        # the order within a list is the engine's; kgbuild sorts it
        return [
            " | ".join(sorted((value or "").split(" | "))) if is_list else (value or "")
            for value, is_list in zip(values, lists, strict=True)
        ]

    ours = [spelled(None if term is None else term.value for term in row) for row in stores["merged"](text)]
    theirs = [spelled(None if term is None else str(term) for term in row) for row in other_engine.query(text)]
    assert theirs == ours


@pytest.mark.parametrize("name", CATALOGUE)
def test_merged_and_union_default_graph_give_the_same_rows(name: str, stores: dict[str, Ask]) -> None:
    answers = [answer(QUERIES[name], _required(name), ask) for ask in stores.values()]
    assert answers[0].rows
    assert answers[0] == answers[1]


def test_binding_gives_what_the_engines_own_substitution_gives(stores: dict[str, Ask]) -> None:
    # with the variables projected, which is what the engine wants, both ways must agree
    store = _merged()
    text = (
        "PREFIX kg: <https://w3id.org/kgbuild/ontology#> "
        "SELECT ?x ?state { ?x kg:speaksFor ?state OPTIONAL { ?x kg:about ?y } FILTER(?state = ?state) } ORDER BY ?x ?y"
    )
    bor = ox.NamedNode(DATA + "state/BOR")
    substituted = store.query(text, substitutions={ox.Variable("state"): bor})
    bound = store.query(binding.bind(text.replace("?state", "$state").replace("SELECT ?x $state", "SELECT ?x"), {"state": str(bor)}))
    assert isinstance(substituted, ox.QuerySolutions)
    assert isinstance(bound, ox.QuerySolutions)
    assert [row["x"] for row in bound] == [row["x"] for row in substituted]


def test_shown_text_asks_the_same_as_the_command(stores: dict[str, Ask]) -> None:
    text = prepare(QUERIES["transfers"], {"supplier": "ARL"}, stores["merged"])
    rows = [row["transfer"].value for row in stores["merged"](text)]
    assert rows == [row[0].value for row in answer(QUERIES["transfers"], {"supplier": "ARL"}, stores["merged"]).rows]
