"""An editor's own folder: new terms work at once, contradictions and broken files are reported with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.errors import OntologyError
from kgbuild.ontology import Ontology

KG, KGS = iris.KG, iris.KGS
FILES = {path.name: path.read_bytes() for path in sorted((Path(__file__).parents[1] / "ontology").glob("*.ttl"))}
HEAD = "".join(f"@prefix {prefix}: <{iris.PREFIXES[prefix]}> .\n" for prefix in ("kg", "kgs", "owl", "rdfs", "skos", "xsd"))
HEAD += "@prefix my: <https://example.org/terms#> .\n"


def extended(turtle: str) -> Ontology:
    """The shipped ontology and one more file, as an editor's folder has it."""
    return Ontology.parse({**FILES, "mine.ttl": (HEAD + turtle).encode()})


# --- an editor's own terms


def test_an_editors_class_works_at_once() -> None:
    ontology = extended('kg:Summit rdfs:subClassOf kg:Meeting ; kg:annotationLabel "Summit" .')
    assert ontology.find_class("summit") == KG + "Summit"
    assert ontology.find_role("participant", KG + "Summit") == v.PARTICIPANT
    assert ontology.identity(KG + "Summit") == ontology.identity(KG + "Meeting"), "a summit meets a meeting"
    assert f"<{KG}Summit> <{iris.PREFIXES['rdfs']}subClassOf> <{KG}ContactEvent>" in ontology.closure


def test_an_editors_class_may_have_a_namespace_of_its_own() -> None:
    ontology = extended('my:CyberAttack a owl:Class ; rdfs:subClassOf kg:Event ; rdfs:label "cyber attack"@en , "atac cibernetic"@ro .')
    assert ontology.find_class("ATAC CIBERNETIC") == "https://example.org/terms#CyberAttack"
    assert ontology.classes["https://example.org/terms#CyberAttack"].label == "cyber attack"


def test_a_class_defined_as_equivalent_is_below_the_parts_of_its_definition() -> None:
    ontology = extended(
        "kg:Summit a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf "
        "( kg:Meeting [ a owl:Restriction ; owl:onProperty kg:participant ; owl:someValuesFrom kg:Official ] ) ] ."
    )
    assert ontology.is_a(KG + "Summit", KG + "ContactEvent")
    assert not ontology.is_a(KG + "Meeting", KG + "Summit")


def test_equivalent_classes_are_below_each_other() -> None:
    ontology = extended('my:Encounter a owl:Class ; owl:equivalentClass kg:Meeting ; kg:annotationLabel "rendezvous" .')
    assert ontology.is_a(KG + "Meeting", "https://example.org/terms#Encounter")
    assert ontology.is_a("https://example.org/terms#Encounter", v.EVENT)
    assert ontology.most_specific([KG + "Meeting", "https://example.org/terms#Encounter"]) == ("https://example.org/terms#Encounter",)


def test_an_editors_role_takes_domain_and_range_from_the_role_above() -> None:
    ontology = extended('kg:mediator a owl:ObjectProperty ; rdfs:subPropertyOf kg:participant ; rdfs:label "mediator"@en .')
    assert ontology.find_role("mediator", KG + "Meeting") == KG + "mediator"
    assert ontology.find_role("mediator", v.STATEMENT) is None
    assert ontology.range(KG + "mediator") == v.AGENT
    assert ontology.subproperty(KG + "mediator", KG + "party")


def test_an_editors_concept_works_at_once() -> None:
    ontology = extended('kgs:medium-mastodon a kg:Medium ; skos:prefLabel "Mastodon"@en .')
    assert ontology.find_concept("mastodon", v.MEDIUM) == KGS + "medium-mastodon"


def test_an_editors_stance_brings_class_and_polarity() -> None:
    ontology = extended(
        'kgs:stance-doubts a kg:Stance ; kg:annotationLabel "doubts" ; kg:stanceClass kg:Doubt ; kg:polarity kgs:polarity-denies .'
        "kg:Doubt a owl:Class ; rdfs:subClassOf kg:Statement ."
    )
    stance = ontology.find_concept("doubts", v.STANCE)
    assert stance == KGS + "stance-doubts"
    assert ontology.class_of_stance(stance) == KG + "Doubt"
    assert ontology.polarity(stance) == KGS + "polarity-denies"


def test_properties_of_classes_that_never_meet_may_share_a_label() -> None:
    ontology = extended('my:supplier a owl:ObjectProperty ; rdfs:domain kg:Agreement ; rdfs:label "supplier"@en .')
    assert ontology.find_role("supplier", KG + "Agreement") == "https://example.org/terms#supplier"
    assert ontology.find_role("supplier", v.ARMS_TRANSFER) == v.SUPPLIER
    assert ontology.find_relation("supplier") is None, "without an owner the label could mean either"


# --- contradictions


@pytest.mark.parametrize(
    ("turtle", "said"),
    [
        ('kg:Summit a owl:Class ; kg:annotationLabel "meet" .', ("kg:Meeting", "kg:Summit", "annotation label", "meet")),
        ('kg:Summit a owl:Class ; rdfs:label "Arms Transfer"@en .', ("kg:ArmsTransfer", "kg:Summit", "label", "arms transfer")),
        ("my:Meeting a owl:Class .", ("kg:Meeting", "https://example.org/terms#Meeting", "local name", "Meeting")),
        ('my:x a owl:ObjectProperty ; rdfs:domain kg:Meeting ; rdfs:label "participant" .', ("kg:participant", "terms#x", "label")),
        ('my:x a owl:ObjectProperty ; rdfs:label "speaker" .', ("kg:speaker", "terms#x", "label", "speaker")),
        ('my:x a kg:Stance ; kg:annotationLabel "denies" .', ("kgs:stance-denies", "terms#x", "annotation label", "denies")),
        ("kg:speaker a owl:DatatypeProperty .", ("kg:speaker", "relation", "attribute")),
        ("kg:Odd a owl:Class ; rdfs:subClassOf kg:Meeting , kg:Visit .", ("kg:Odd", "kg:Meeting and kg:Visit", "identity")),
    ],
)
def test_a_contradiction_names_both_terms(turtle: str, said: tuple[str, ...]) -> None:
    with pytest.raises(OntologyError) as caught:
        extended(turtle)
    assert [part for part in said if part.casefold() not in str(caught.value).casefold()] == []
    assert caught.value.hint


def test_a_rule_of_identity_of_its_own_settles_two_inherited_ones() -> None:
    ontology = extended("kg:Odd a owl:Class ; rdfs:subClassOf kg:Meeting , kg:Visit ; kg:identifiedBy kg:date .")
    assert ontology.identity(KG + "Odd") == (KG + "Odd", (v.P_DATE,))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"kg:A a kg:B .", "broken.ttl:1: "),
        (b"@prefix kg: <https://w3id.org/kgbuild/ontology#> .\n\nkg:A a kg:B ;\n", "broken.ttl:"),
        (b'@prefix a: <http://x/> .\na:b a a:c .\na:b a:d "open .\n', "broken.ttl:3: "),
        (b'@prefix a: <http://x/> .\na:b a:c "\xff\xfe" .\n', "broken.ttl"),
        (b'{ "json": true }', "broken.ttl:1: "),
    ],
)
def test_broken_turtle_is_reported_with_file_and_line(content: bytes, said: str) -> None:
    with pytest.raises(OntologyError) as caught:
        Ontology.parse({**FILES, "broken.ttl": content})
    assert str(caught.value).startswith(said)
    assert "Parser error at line" not in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize("files", [{}, {"empty.ttl": b""}, {"kgbuild.ttl": FILES["kgbuild.ttl"]}, {"agent.ttl": FILES["agent.ttl"]}])
def test_a_folder_without_the_ontology_is_refused_with_a_hint(files: dict[str, bytes]) -> None:
    with pytest.raises(OntologyError, match="does not define kg:E") as caught:
        Ontology.parse(files)
    assert "folder" in caught.value.hint


def test_a_circle_of_classes_ends() -> None:
    ontology = extended("my:A a owl:Class ; rdfs:subClassOf my:B . my:B a owl:Class ; rdfs:subClassOf my:A .")
    assert ontology.is_a("https://example.org/terms#A", "https://example.org/terms#B")
    assert ontology.root("https://example.org/terms#A") == "https://example.org/terms#A"


def test_a_broken_list_ends() -> None:
    ontology = extended(
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
        "my:p a owl:ObjectProperty ; rdfs:domain [ owl:unionOf _:l ] . _:l rdf:first kg:Meeting ; rdf:rest _:l ."
    )
    assert ontology.domains("https://example.org/terms#p") == (KG + "Meeting",)


# --- the hash


def test_the_hash_is_of_the_content_not_of_the_layout(ontology: Ontology) -> None:
    together = b"\n".join(FILES[name] for name in sorted(FILES, reverse=True))
    assert Ontology.parse({"all.ttl": b"# one file\n\n" + together}).hash == ontology.hash
    assert len(ontology.hash) == 64
    assert extended("kg:Summit a owl:Class ; rdfs:subClassOf kg:Meeting .").hash != ontology.hash


def test_the_hash_sees_what_blank_nodes_say(ontology: Ontology) -> None:
    changed = FILES["statement.ttl"].replace(b"owl:hasValue kgs:stance-denies", b"owl:hasValue kgs:stance-evades")
    assert changed != FILES["statement.ttl"]
    assert Ontology.parse({**FILES, "statement.ttl": changed}).hash != ontology.hash


def test_blank_nodes_of_the_same_name_in_two_files_stay_two() -> None:
    domain = "my:{0} a owl:ObjectProperty ; rdfs:domain _:u . _:u a owl:Class ; owl:unionOf ( kg:{1} ) ."
    files = {**FILES, "a.ttl": (HEAD + domain.format("one", "Meeting")).encode(), "b.ttl": (HEAD + domain.format("two", "Strike")).encode()}
    ontology = Ontology.parse(files)
    assert ontology.domains("https://example.org/terms#one") == (KG + "Meeting",)
    assert ontology.domains("https://example.org/terms#two") == (KG + "Strike",)
