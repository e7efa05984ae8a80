"""How reference things are found: by link, by name in stages, by class; and what the registry knows of them."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from kgbuild.errors import ReferenceDataError
from kgbuild.iris import DATA, KG
from kgbuild.ontology import Ontology
from kgbuild.registry import Registry, Tenure

PREFIXES = b"""
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix data: <https://w3id.org/kgbuild/id/> .
"""
WORLD = (
    PREFIXES
    + r"""
data:state\/RUS a kg:State ; kg:isoAlpha2 "RU" ; kg:isoAlpha3 "RUS" ; skos:exactMatch wd:Q159 ;
    rdfs:label "Russia"@en , "Rusia"@ro , "Россия"@ru ; skos:altLabel "Moscova"@ro , "Moscow"@en , "¿?"@ro .
data:state\/PRK a kg:State ; kg:isoAlpha3 "PRK" ;
    rdfs:label "North Korea"@en , "Coreea de Nord"@ro , "북한"@ko ; skos:altLabel "Korea"@en , "Phenianul"@ro .
data:state\/KOR a kg:State ; rdfs:label "South Korea"@en , "Coreea de Sud"@ro , "한국"@ko ; skos:altLabel "Korea"@en , "Korea"@de .
data:state\/NER a kg:State ; rdfs:label "Niger"@en , "Niger"@ro .
data:state\/NGA a kg:State ; rdfs:label "Nigeria"@en , "Nigeria"@ro , "Niger"@zz .
data:place\/moscow a kg:Settlement ; rdfs:label "Moscow"@en , "Moscova"@ro .
data:organization\/ministry a kg:Ministry ; kg:organOf data:state\/RUS ; rdfs:label "Foreign Ministry \"of\" Russia"@en .
data:organization\/department a kg:GovernmentBody ; kg:organOf data:organization\/ministry ; rdfs:label "Second Asia Department"@en .
data:organization\/pact a kg:InternationalOrganization ; rdfs:label "The Pact"@en .
data:post\/RUS-minister a kg:Post ; kg:postOf data:organization\/ministry ; rdfs:label "Foreign Minister of Russia"@en .
data:post\/chief a kg:Post ; kg:postOf data:organization\/pact ; rdfs:label "Chief of the Pact"@en .
data:person\/holder a kg:Person ; rdfs:label "Ana Holder"@en , "Ana Titulara"@ro .
data:tenure\/2 a kg:PostTenure ; kg:holder data:person\/holder ; kg:post data:post\/chief ; kg:earliest "2012-05-01"^^xsd:date .
data:tenure\/1 a kg:PostTenure ; kg:holder data:person\/holder ; kg:post data:post\/RUS-minister ;
    kg:earliest "2004-03-09"^^xsd:date ; kg:latest "2012-04-30"^^xsd:date .
""".encode()
)


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    folder = Path(__file__).parents[1] / "ontology"
    return Ontology.parse({path.name: path.read_bytes() for path in sorted(folder.glob("*.ttl"))})


@pytest.fixture(scope="module")
def world() -> Registry:
    return Registry.parse({"world.ttl": WORLD})


@pytest.mark.parametrize(
    ("name", "cls", "lang", "found"),
    [
        ("Rusia", "State", "ro", ["state/RUS"]),
        ("Rusia", "State", "ro-MD", ["state/RUS"]),
        ("Rusia", "Agent", "ro", ["state/RUS"]),
        ("Россия", "State", "ro", ["state/RUS"]),
        ("Rusia", "State", "", ["state/RUS"]),
        ("RUSIA", "State", "ro", ["state/RUS"]),
        ("coreea  de nord", "State", "ro", ["state/PRK"]),
        ("북한", "State", "ko", ["state/PRK"]),
        ("한국", "State", "ko", ["state/KOR"]),
        ("Moscova", "State", "ro", ["state/RUS"]),
        ("Moscova", "Settlement", "ro", ["place/moscow"]),
        ("Moscova", "Entity", "ro", ["place/moscow", "state/RUS"]),
        ("Moscova", "Embassy", "ro", []),
        ("Korea", "State", "en", ["state/KOR", "state/PRK"]),
        ("Korea", "State", "de", ["state/KOR"]),
        ("korea", "State", "de", ["state/KOR"]),
        ("Korea", "State", "fr", ["state/KOR", "state/PRK"]),
        ("Niger", "State", "ro", ["state/NER"]),
        ("Niger", "State", "zz", ["state/NGA"]),
        ('Foreign Ministry "of" Russia', "GovernmentBody", "en", ["organization/ministry"]),
        ("Foreign Ministry of Russia", "Organization", "en", ["organization/ministry"]),
        ("Ana Holder", "Person", "en", ["person/holder"]),
        ("Ana", "Person", "en", []),
        ("Atlantis", "State", "en", []),
        ("!?", "State", "ro", []),
        ("", "State", "ro", []),
    ],
)
def test_a_name_is_found_in_its_language_then_in_any_then_folded_among_fitting_classes(
    world: Registry, ontology: Ontology, name: str, cls: str, lang: str, found: list[str]
) -> None:
    assert world.find(name, cls=KG + cls, lang=lang, ontology=ontology) == tuple(DATA + thing for thing in found)


def test_a_thing_is_found_by_its_own_iri_its_wikidata_iri_and_its_iso_codes(world: Registry) -> None:
    russia = DATA + "state/RUS"
    assert world.by_link(russia) == russia
    assert world.by_link("http://www.wikidata.org/entity/Q159") == russia
    assert world.by_link("http://www.wikidata.org/entity/Q1") is None
    assert [world.by_code(code) for code in ("RUS", "ru", "RU", "XYZ", "Russia", "")] == [russia, russia, russia, None, None, None]


def test_a_body_speaks_for_the_state_whose_organ_it_is_however_far_below(world: Registry) -> None:
    russia = DATA + "state/RUS"
    assert world.states_of(russia) == (russia,)
    assert world.states_of(DATA + "organization/ministry") == (russia,)
    assert world.states_of(DATA + "organization/department") == (russia,)
    assert world.states_of(DATA + "organization/pact") == ()
    assert world.states_of(DATA + "organization/unknown") == ()


def test_organs_of_each_other_speak_for_nobody_and_end(ontology: Ontology) -> None:
    circle = (
        r"data:a a kg:Organization ; kg:organOf data:b ; rdfs:label 'A' . data:b a kg:Organization ; kg:organOf data:a ; rdfs:label 'B' ."
    )
    assert Registry.parse({"circle.ttl": PREFIXES + circle.encode()}).states_of(DATA + "a") == ()


def test_a_post_belongs_to_a_state_through_its_body_and_a_pacts_post_to_none(world: Registry) -> None:
    assert world.state_of_post(DATA + "post/RUS-minister") == DATA + "state/RUS"
    assert world.state_of_post(DATA + "post/chief") is None
    assert world.state_of_post(DATA + "post/unknown") is None


def test_a_persons_terms_come_in_order_with_their_bounds(world: Registry) -> None:
    holder = DATA + "person/holder"
    assert world.tenures(holder) == (
        Tenure(holder, DATA + "post/RUS-minister", DATA + "state/RUS", "2004-03-09", "2012-04-30"),
        Tenure(holder, DATA + "post/chief", None, "2012-05-01", None),
    )
    assert world.tenures(DATA + "person/nobody") == ()


@pytest.mark.parametrize(
    ("thing", "lang", "label"),
    [
        ("state/RUS", "ro", "Rusia"),
        ("state/RUS", "RO-md", "Rusia"),
        ("state/RUS", "fr", "Russia"),
        ("organization/ministry", "ro", 'Foreign Ministry "of" Russia'),
        ("state/nowhere", "ro", DATA + "state/nowhere"),
    ],
)
def test_a_label_falls_back_to_english_then_to_any_then_to_the_iri(world: Registry, thing: str, lang: str, label: str) -> None:
    assert world.label(DATA + thing, lang) == label


def test_the_lines_are_the_triples_and_one_name_key_for_each_distinct_fold(world: Registry) -> None:
    keys = {line for line in world.lines if f"<{KG}nameKey>" in line}
    assert f'<{DATA}state/NER> <{KG}nameKey> "niger"' in keys
    assert sum(f"<{DATA}state/NER>" in line for line in keys) == 1
    assert f'<{DATA}state/PRK> <{KG}nameKey> "북한"' in keys
    assert not any(line.endswith('""') for line in keys)
    assert f'<{DATA}state/RUS> <http://www.w3.org/2000/01/rdf-schema#label> "Rusia"@ro' in world.lines


def test_another_base_moves_what_lies_under_the_default_one_and_nothing_else(ontology: Ontology) -> None:
    base = "https://example.org/news/"
    quoting = rb'data:state\/FRA a kg:State ; rdfs:label "France"@en , "<https://w3id.org/kgbuild/id/x>"@zz ; skos:exactMatch wd:Q142 .'
    moved = Registry.parse({"world.ttl": WORLD, "more.ttl": PREFIXES + quoting}, base=base)
    assert moved.find("Rusia", cls=KG + "State", lang="ro", ontology=ontology) == (base + "state/RUS",)
    assert moved.states_of(base + "organization/department") == (base + "state/RUS",)
    assert moved.by_link("http://www.wikidata.org/entity/Q159") == base + "state/RUS"
    assert {line for line in moved.lines if DATA in line} == {
        f'<{base}state/FRA> <http://www.w3.org/2000/01/rdf-schema#label> "<https://w3id.org/kgbuild/id/x>"@zz'
    }


def test_the_hash_follows_the_triples_not_their_layout_order_or_file() -> None:
    one = r"data:state\/FRA a kg:State ; rdfs:label 'France'@en , 'Franța'@ro ."
    same = "data:state\\/FRA rdfs:label 'Fran\\u021Ba'@ro . # a remark\n data:state\\/FRA rdfs:label 'France'@en ; a kg:State ."
    other = r"data:state\/FRA a kg:State ; rdfs:label 'France'@en ."
    first = Registry.parse({"a.ttl": PREFIXES + one.encode()})
    assert first.hash == Registry.parse({"b.ttl": PREFIXES, "c.ttl": PREFIXES + same.encode()}).hash
    assert first.hash != Registry.parse({"a.ttl": PREFIXES + other.encode()}).hash


def test_a_pickled_registry_answers_as_before(world: Registry, ontology: Ontology) -> None:
    again = pickle.loads(pickle.dumps(world))
    assert again.lines == world.lines
    assert again.hash == world.hash
    assert again.find("Korea", cls=KG + "State", lang="en", ontology=ontology) == world.find(
        "Korea", cls=KG + "State", lang="en", ontology=ontology
    )


def test_no_files_make_an_empty_registry(ontology: Ontology) -> None:
    empty = Registry.parse({})
    assert empty.lines == frozenset()
    assert empty.find("Rusia", cls=KG + "State", lang="ro", ontology=ontology) == ()


@pytest.mark.parametrize(
    ("turtle", "said"),
    [
        (b"data:a a kg:State ;\n rdfs:label 'A' ;\n unknown:b 'c' .", r"^bad\.ttl:10: .*prefix"),
        (b"data:a a kg:State .", r"^bad\.ttl:8: <https://w3id\.org/kgbuild/id/a> has no name \(rdfs:label\)$"),
        (b"\ndata:a rdfs:label 'A' .", r"^bad\.ttl:9: .* has no class \(rdf:type\)$"),
        (b"data:t a kg:PostTenure ; kg:holder data:p .", r"^bad\.ttl:8: .* has no post \(kg:post\)$"),
        (b"data:a a kg:State ; rdfs:label 'A' ; kg:date [] .", r"^bad\.ttl: a node without an IRI"),
        (b"[] a kg:State ; rdfs:label 'A' .", r"^bad\.ttl: a node without an IRI"),
        (b"\xff\xfe", r"^bad\.ttl:8: "),
    ],
)
def test_what_a_file_lacks_is_said_with_its_place(turtle: bytes, said: str) -> None:
    with pytest.raises(ReferenceDataError, match=said) as caught:
        Registry.parse({"world.ttl": WORLD, "bad.ttl": PREFIXES + turtle})
    assert caught.value.hint


def test_a_blank_node_sign_inside_a_name_is_only_text(ontology: Ontology) -> None:
    registry = Registry.parse({"odd.ttl": PREFIXES + b'data:a a kg:State ; rdfs:label "A _:b c"@en , "_:d ."@ro .'})
    assert registry.find("_:d .", cls=KG + "State", lang="ro", ontology=ontology) == (DATA + "a",)
