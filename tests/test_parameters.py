"""Parameters: what a person gives, and the one term that it means in this store."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kgbuild.errors import QueryError
from kgbuild.iris import DATA, KG, KGS
from kgbuild.parameters import TYPES, resolve
from kgbuild.result import Ask

STORE = """
@base <https://w3id.org/kgbuild/id/> .
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix kgs: <https://w3id.org/kgbuild/scheme/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
kg:State rdfs:subClassOf kg:State, kg:Agent . kg:Person rdfs:subClassOf kg:Person, kg:Agent .
kg:Settlement rdfs:subClassOf kg:Settlement, kg:Place . kg:Article rdfs:subClassOf kg:Article . kg:Denial rdfs:subClassOf kg:Denial, kg:Statement .
kg:Missile rdfs:subClassOf kg:Missile, kg:MilitaryObject ; rdfs:label "missile"@en, "rachetă"@ro ; skos:altLabel "missiles"@en .
kg:Warship rdfs:subClassOf kg:Warship, kg:MilitaryObject ; rdfs:label "warship"@en .
kg:Stance rdfs:subClassOf kg:Stance . kg:StatusPolicy rdfs:subClassOf kg:StatusPolicy .
kgs:stance-denies a kg:Stance ; rdfs:label "denies"@en, "neagă"@ro ; kg:annotationLabel "denies" .
kgs:stance-declines-comment a kg:Stance ; rdfs:label "declines to comment"@en ; kg:annotationLabel "declines-comment" .
<state/ARL> a kg:State ; rdfs:label "Arland"@en, "Țara Arlandului"@ro ; kg:nameKey "arland", "taraarlandului", "북알" ; kg:isoAlpha2 "AR" ; kg:isoAlpha3 "ARL" ;
  skos:exactMatch wd:Q9001 .
<state/TWN> a kg:State ; rdfs:label "Springfield"@en ; kg:nameKey "springfield" ; kg:isoAlpha2 "TW" ; kg:isoAlpha3 "TWN" .
<place/springfield> a kg:Settlement ; rdfs:label "Springfield"@en ; kg:nameKey "springfield" .
<person/ann-lee-1> a kg:Person ; rdfs:label "Ann Lee (judge)"@en ; kg:nameKey "annlee" .
<person/ann-lee-2> a kg:Person ; rdfs:label "Ann Lee (envoy)"@en ; kg:nameKey "annlee" .
<person/oskar-lund> a kg:Person ; rdfs:label "Oskar Lund"@en ; kg:nameKey "oskarlund" .
<weapon/falcon> a kg:Missile ; rdfs:label "Falcon"@en ; kg:nameKey "falcon" .
<article/day%2Fone> a kg:Article ; kg:documentId "day/one" ; rdfs:label "Day one"@ro ; kg:language "ro" ; kg:nameKey "dayone" ; kg:url "https://x.example/1"^^xsd:anyURI .
<statement/1> a kg:Denial ; rdfs:label "Arland: a negat"@ro ; kg:reportedIn <article/day%2Fone> .
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


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("state", "ARL", "state/ARL"),
        ("state", "ar", "state/ARL"),
        ("state", " Arland ", "state/ARL"),
        ("state", "tara arlandului", "state/ARL"),
        ("state", "북알", "state/ARL"),
        ("state", "Ar\u200cland\u00a0", "state/ARL"),
        ("state", "wd:Q9001", "state/ARL"),
        ("state", "http://www.wikidata.org/entity/Q9001", "state/ARL"),
        ("state", "data:state/ARL", "state/ARL"),
        ("state", DATA + "state/ARL", "state/ARL"),
        ("state", "Springfield", "state/TWN"),
        ("place", "TWN", "state/TWN"),
        ("place", "springfield", "place/springfield"),
        ("agent", "ARL", "state/ARL"),
        ("agent", "Oskar Lund", "person/oskar-lund"),
        ("person", "data:person/ann-lee-2", "person/ann-lee-2"),
        ("item", "FALCON", "weapon/falcon"),
        ("article", "day/one", "article/day%2Fone"),
        ("article", "https://x.example/1", "article/day%2Fone"),
        ("article", "Day one", "article/day%2Fone"),
        ("statement", "Arland: a negat", "statement/1"),
        ("thing", "data:statement/1", "statement/1"),
        ("thing", "ARL", "state/ARL"),
    ],
)
def test_a_thing_is_found_by_code_name_curie_or_iri(ask: Ask, kind: str, value: str, term: str) -> None:
    assert resolve(kind, value, ask) == f"<{DATA}{term}>"


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("item", "kg:Missile", f"<{KG}Missile>"),
        ("item", "Rachetă", f"<{KG}Missile>"),
        ("item", "missiles", f"<{KG}Missile>"),
        ("stance", "denies", f"<{KGS}stance-denies>"),
        ("stance", "Neaga", f"<{KGS}stance-denies>"),
        ("stance", "kgs:stance-denies", f"<{KGS}stance-denies>"),
        ("stance", "declines_comment", f"<{KGS}stance-declines-comment>"),
        ("language", "RO", '"ro"'),
        ("integer", "30", '"30"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("since", "2024-02", '"2024-02-01"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("until", "2024-02", '"2024-02-29"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("since", "2024-02-10/..", '"2024-02-10"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("days", "2024-02", '"2024-02-01/2024-02-29"'),
        ("days", "2024-02-10", '"2024-02-10/2024-02-10"'),
        ("days", "../2024?", '"0001-01-01/2024-12-31"'),
        ("days", "2024-02/", '"2024-02-01/9999-12-31"'),
        ("day", "2024-02-10", '"2024-02-10"^^<http://www.w3.org/2001/XMLSchema#date>'),
    ],
)
def test_classes_concepts_dates_and_numbers_have_their_own_forms(ask: Ask, kind: str, value: str, term: str) -> None:
    assert resolve(kind, value, ask) == term


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("state", "Arlnd", r"x: no state “Arlnd”; did you mean “Arland” \(data:state/ARL\)\?"),
        ("state", "Nowhere at all", "x: no state “Nowhere at all”$"),
        ("state", "Oskar Lund", "no state “Oskar Lund”"),
        ("state", "data:person/oskar-lund", "data:person/oskar-lund is no state: it is a kg:Person"),
        ("state", "wd:Q1", "the store does not know wd:Q1"),
        ("state", "data:state/XXX", "the store does not know"),
        ("state", "—", "no state “—”"),
        ("state", "", "the value is empty"),
        ("state", "a\x00b", "holds characters that no name has"),
        ("state", "a\udcffb", "holds characters that no name has"),
        ("person", "Ann Lee", r"can mean Ann Lee \(judge\) \(data:person/ann-lee-1\), Ann Lee \(envoy\) \(data:person/ann-lee-2\)"),
        ("article", "dayone1", "no article “dayone1”; did you mean “Day one”"),
        ("stance", "denys", r"no stance “denys”; did you mean “denies” \(kgs:stance-denies\)"),
        ("stance", "kg:Missile", "no stance"),
        ("language", "ro; DROP", "not a language tag"),
        ("integer", "ten", "not a whole number"),
        ("since", "January", "not a date"),
        ("since", "../2024", "has no beginning"),
        ("until", "2024/..", "has no end"),
        ("day", "2024-02", "is more than one day"),
        ("days", "last May", "not a date"),
        ("days", "XXXX", "says no day"),
        ("since", "2023-02-30", "not a date"),
    ],
)
def test_what_names_nothing_several_or_another_type_is_refused(ask: Ask, kind: str, value: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        resolve(kind, value, ask, name="x")
    assert caught.value.hint.startswith("x takes ")


def test_names_are_looked_up_and_never_scanned(ask: Ask) -> None:
    asked: list[str] = []

    def listening(sparql: str) -> ox.QuerySolutions:
        asked.append(sparql)
        return ask(sparql)

    resolve("state", "Arland", listening)
    assert len(asked) == 1
    assert '"arland"' in asked[0]


def test_a_value_cannot_leave_its_string(ask: Ask) -> None:
    for kind in TYPES:
        with pytest.raises(QueryError):
            resolve(kind, '" } UNION { ?thing ?p ?o } #', ask)


def test_a_store_with_its_own_base_reads_data_curies_in_it() -> None:
    store = ox.Store()
    store.load(STORE.replace(DATA, "https://own.example/"), ox.RdfFormat.TURTLE)

    def ask(sparql: str) -> ox.QuerySolutions:
        solutions = store.query(sparql)
        assert isinstance(solutions, ox.QuerySolutions)
        return solutions

    assert resolve("state", "data:state/ARL", ask, base="https://own.example/") == "<https://own.example/state/ARL>"
