"""The queries beyond the catalogue: their columns, and the same rows with either kind of default graph, over the shipped articles.

What they answer is in test_forty_questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgbuild.answers import answer
from kgbuild.query import load_queries
from kgbuild.resources import read_bundled
from kgbuild.result import Result
from kgbuild.stores import EmbeddedStore

QUERIES = load_queries(read_bundled("queries", ".rq"))

#: query -> its parameters (required ones marked !), its columns
FURTHER = {
    "bloc-stances": ("supplier! recipient! bloc", "bloc state stance statements first last"),
    "connection": ("from! to!", "steps firstArticle first secondArticle second thirdArticle"),
    "embargoes": ("supplier recipient", "transfer supplier recipient item earliest latest status embargo articles"),
    "meeting-topics": ("party place since until", "meeting earliest latest topic statement speaker stance article"),
    "near-sanctioned": ("sanctioned", "person steps tie via sanctioned transfers earliest latest article"),
    "posts-of-speakers": ("speaker state since until", "statement speaker post state earliest latest article"),
    "provenance": ("article", "article annotator annotationStatus tool software loaded"),
    "quotes": ("speaker state lang", "statement speaker quote language others article"),
    "relays": ("speaker by", "statement speaker said relay relayedBy kind medium sameState published days firstHand article"),
    "sanctioned": ("sanctioner since until", "sanctioned sanctioner earliest latest identifiers sanction article"),
    "states": ("in on", "state head post from until mission"),
    "strike-sums": ("attacker on", "strike earliest claimant kinds sum total difference article"),
    "ties": ("thing!", "hop from tie to earliest latest article"),
    "transfer-accounts": ("supplier recipient item since until", "transfer supplier recipient item quantity date via state stance article"),
    "transfer-gaps": ("supplier recipient", "transfer supplier recipient item gap articles"),
    "weapons-used": ("attacker", "use attacker item earliest supplier recipient transfer status article"),
    "without-article": ("article!", "thing type earliest about"),
}  # fmt: skip

#: values for every parameter
GIVEN = {
    "bloc-stances": {"supplier": "PRK", "recipient": "RUS", "bloc": "NATO"},
    "connection": {"from": "TASS", "to": "Choe Son Hui"},
    "embargoes": {"supplier": "IRN", "recipient": "RUS"},
    "meeting-topics": {"party": "RUS", "place": "Vostochny", "since": "2023-09", "until": "2023-09"},
    "near-sanctioned": {"sanctioned": "PRK"},
    "posts-of-speakers": {"speaker": "Nasser Kanaani", "state": "IRN", "since": "2022-10-17", "until": "2022-10-17"},
    "provenance": {"article": "himars-ucraina-2022-06.ro"},
    "quotes": {"speaker": "Hossein Amir-Abdollahian", "state": "IRN", "lang": "en"},
    "relays": {"speaker": "Lavrov", "by": "TASS"},
    "sanctioned": {"sanctioner": "European Union", "since": "2022-10-20", "until": "2022-10-20"},
    "states": {"in": "ROU", "on": "2024-01-16"},
    "strike-sums": {"attacker": "UKR", "on": "2023-10-17"},
    "ties": {"thing": "Choe Son Hui"},
    "transfer-accounts": {"supplier": "PRK", "recipient": "RUS", "item": "missile", "since": "2023-09", "until": "2024-01"},
    "transfer-gaps": {"supplier": "CHN", "recipient": "RUS"},
    "weapons-used": {"attacker": "UKR"},
    "without-article": {"article": "himars-ucraina-2022-06.ro"},
}


@pytest.fixture(scope="module")
def store(_articles_store: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore.open(_articles_store, read_only=True) as store:
        yield store


def _answer(store: EmbeddedStore, name: str, values: dict[str, str], *, union: bool) -> Result:
    def ask(sparql: str) -> ox.QuerySolutions:
        solutions = store.query(sparql, union=union)
        assert isinstance(solutions, ox.QuerySolutions)
        return solutions

    return answer(QUERIES[name], values, ask, base=store.base)


@pytest.mark.parametrize("name", FURTHER)
def test_a_further_query_has_these_parameters_and_columns(name: str) -> None:
    query, (params, columns) = QUERIES[name], FURTHER[name]
    assert [param.name + ("!" if param.required else "") for param in query.params] == params.split()
    assert [column.name for column in query.columns] == columns.split()
    assert set(GIVEN[name]) == {param.name for param in query.params}


@pytest.mark.parametrize("name", FURTHER)
@pytest.mark.parametrize("given", ["required", "all"])
def test_merged_and_union_default_graph_give_the_same_rows(store: EmbeddedStore, name: str, given: str) -> None:
    required = {param.name for param in QUERIES[name].params if param.required}
    values = {key: value for key, value in GIVEN[name].items() if given == "all" or key in required}
    merged, union = (_answer(store, name, values, union=union) for union in (False, True))
    assert merged.rows
    assert union == merged


def test_what_is_asked_for_narrows_what_comes(store: EmbeddedStore) -> None:
    # in these articles one party alone is under sanctions; and states shows missions only where it is asked for them
    for name in FURTHER.keys() - {"near-sanctioned", "states"}:
        required = {param.name: GIVEN[name][param.name] for param in QUERIES[name].params if param.required}
        if required.keys() != GIVEN[name].keys():
            everything, some = (_answer(store, name, values, union=False).rows for values in (required, GIVEN[name]))
            assert 0 < len(some) < len(everything), name
            assert set(some) <= set(everything), name


def test_days_between_words_and_article_are_those_of_the_calendar(store: EmbeddedStore) -> None:
    from datetime import date

    rows = _answer(store, "relays", {}, union=False).rows
    names = [column.name for column in QUERIES["relays"].columns]
    for row in rows:
        cells = {name: cell.value for name, cell in zip(names, row, strict=True)}
        if cells["said"]:
            assert int(cells["days"]) == (date.fromisoformat(cells["published"]) - date.fromisoformat(cells["said"])).days


def test_one_relay_without_a_medium_does_not_hide_that_of_another() -> None:
    graph = ox.Store()
    graph.load(
        b"""PREFIX kg: <https://w3id.org/kgbuild/ontology#> PREFIX kgs: <https://w3id.org/kgbuild/scheme/>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX data: <https://w3id.org/kgbuild/id/>
        kg:Statement rdfs:subClassOf kg:Statement . kg:Person rdfs:subClassOf kg:Agent .
        data:words a kg:Statement ; kg:reportedIn data:article ; kg:speaker data:minister .
        data:post kg:conveys data:words ; kg:medium kgs:medium-social .
        data:letter kg:conveys data:words .
        data:minister a kg:Person .""",
        ox.RdfFormat.TURTLE,
    )

    def ask(sparql: str) -> ox.QuerySolutions:
        solutions = graph.query(sparql)
        assert isinstance(solutions, ox.QuerySolutions)
        return solutions

    for values in ({}, {"speaker": "https://w3id.org/kgbuild/id/minister"}):
        (row,) = answer(QUERIES["statements"], values, ask, base="https://w3id.org/kgbuild/id/").rows
        columns = [column.name for column in QUERIES["statements"].columns]
        assert row[columns.index("medium")].value == "https://w3id.org/kgbuild/scheme/medium-social"
