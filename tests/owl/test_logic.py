"""Profile, consistency, unsatisfiable classes, and why, in words: on the shipped ontology nothing, on what is planted each thing."""

from __future__ import annotations

import time

import pytest

from kgbuild.owl import Jvm, logic, start

from .files import own_jars, planted, shipped  # noqa: TID252 - the tests are no installed package

KG = "https://w3id.org/kgbuild/ontology#"


@pytest.mark.long
def test_the_shipped_ontology_is_sound_and_quickly_judged(jvm: Jvm) -> None:
    started = time.monotonic()
    report = jvm.logic(shipped())
    assert report.violations == ()
    assert report.consistent
    assert report.unsatisfiable == ()
    assert report.explanations == {}
    assert report.refused == ""
    assert report.is_sound
    assert report.reasoner.startswith("HermiT 1.")
    assert time.monotonic() - started < 10


def test_a_jvm_for_one_question(jvm: Jvm) -> None:
    assert logic({"place.ttl": shipped()["place.ttl"], "agent.ttl": shipped()["agent.ttl"]}, jars=own_jars()).consistent


def test_each_module_is_in_owl_2_dl_alone(jvm: Jvm) -> None:
    # agent.ttl without the module that it imports uses terms that nobody declares
    report = jvm.logic({"agent.ttl": shipped()["agent.ttl"]})
    assert "agent.ttl" in {violation.module for violation in report.violations}
    assert any("undeclared annotation property" in violation.message.lower() for violation in report.violations)
    assert report.opened["agent.ttl"].imports_missing


INCONSISTENT = [
    (
        "a state that is a person",
        'data:odd a owl:NamedIndividual , kg:State , kg:Person ; rdfs:label "Oddland"@en .',
        {"Oddland is a person", "Oddland is a state", "nothing is both a person and a state"},
    ),
    (
        "a transfer from a state to itself",
        """data:t a owl:NamedIndividual , kg:ArmsTransfer ; rdfs:label "the transfer"@en ; kg:supplier data:s ; kg:recipient data:s .
        data:s a owl:NamedIndividual , kg:State ; rdfs:label "Oddland"@en .""",
        {
            "the transfer has “supplier” Oddland",
            "the transfer has “recipient” Oddland",
            "no two things are related by “recipient” and “supplier”",
        },
    ),
    (
        "a missile that speaks",
        """data:m a owl:NamedIndividual , kg:Missile ; rdfs:label "the missile"@en .
        data:s a owl:NamedIndividual , kg:Statement ; rdfs:label "the statement"@en ; kg:speaker data:m .""",
        {"the missile is a missile", "the statement has “speaker” the missile", "nothing is both an agent and a military object"},
    ),
    (
        "two stances on one statement",
        'data:s a owl:NamedIndividual , kg:Statement ; rdfs:label "it"@en ; kg:stance kgs:stance-denies , kgs:stance-praises .',
        {"it has “stance” denies", "it has “stance” praises", "nothing has “stance” twice"},
    ),
    (
        "one's own spouse",
        'data:p a owl:NamedIndividual , kg:Person ; rdfs:label "Ana"@en ; kg:spouseOf data:p .',
        {"Ana has “spouse of” Ana", "nothing has “spouse of” itself"},
    ),
]


@pytest.mark.parametrize(("turtle", "sentences"), [case[1:] for case in INCONSISTENT], ids=[case[0] for case in INCONSISTENT])
def test_a_contradiction_is_found_and_told_in_words(jvm: Jvm, turtle: str, sentences: set[str]) -> None:
    report = jvm.logic(planted(turtle))
    assert not report.consistent
    assert not report.is_sound
    told = report.explanations[""]
    assert 1 <= len(told) <= 2
    assert any(sentences <= set(each.splitlines()) for each in told), told


def test_an_unsatisfiable_class_is_explained_with_the_classes_between(jvm: Jvm) -> None:
    odd = 'kg:Odd a owl:Class ; rdfs:label "oddity"@en ; rdfs:subClassOf kg:Meeting , kg:Place .'
    report = jvm.logic(planted(odd + "kg:Odder a owl:Class ; rdfs:subClassOf kg:Odd ."))
    assert report.consistent
    assert report.unsatisfiable == (KG + "Odd", KG + "Odder")
    assert report.explanations[KG + "Odd"][0].splitlines() == [
        "every oddity is a meeting",
        "every meeting is a contact event",
        "every contact event is an event",
        "every oddity is a place",
        "every place is an entity",
        "nothing is both an entity and an event",
    ]
    assert report.explanations[KG + "Odder"][0].startswith("every kg:Odder is an oddity\n")


def test_a_class_impossible_for_two_reasons_gets_both(jvm: Jvm) -> None:
    report = jvm.logic(planted("kg:Odd a owl:Class ; rdfs:subClassOf kg:Meeting , kg:Place , kg:Statement ."))
    first, second = report.explanations[KG + "Odd"]
    assert first != second


VIOLATIONS = [
    ("an undeclared class", "kg:Odd a owl:Class ; rdfs:subClassOf kg:Undeclared .", "undeclared class: “kg:Undeclared”", "kg:Odd"),
    (
        "an undeclared property",
        "kg:Odd a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty kg:undeclared ; owl:someValuesFrom kg:State ] .",
        "kg:undeclared",
        "every kg:Odd has a “kg:undeclared” that is a state",
    ),
    (
        "a transitive property in a cardinality",
        "kg:Odd a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty kg:locatedIn ; owl:maxCardinality 1 ] .",
        "non-simple property",
        "every kg:Odd has at most 1 “located in”",
    ),
    ("a name that OWL keeps for itself", "owl:Odd a owl:Class .", "reserved vocabulary", ""),
    ("a property of two kinds", "kg:speaker a owl:DatatypeProperty .", "pun", ""),
]


@pytest.mark.parametrize(("turtle", "message", "axiom"), [case[1:] for case in VIOLATIONS], ids=[case[0] for case in VIOLATIONS])
def test_what_leaves_owl_2_dl_is_told_with_module_and_axiom(jvm: Jvm, turtle: str, message: str, axiom: str) -> None:
    report = jvm.logic(planted(turtle))
    assert any(
        violation.module == "planted.ttl" and message.lower() in violation.message.lower() and axiom in violation.axiom
        for violation in report.violations
    ), report.violations
    assert not report.is_sound


def test_a_datatype_that_hermit_does_not_know_is_told_and_no_inconsistency(jvm: Jvm) -> None:
    report = jvm.logic(planted('kg:day a owl:DatatypeProperty . data:e a owl:NamedIndividual ; kg:day "2024-01-16"^^xsd:date .'))
    assert "xsd:date" in report.refused
    assert not report.consistent
    assert not report.is_sound
    assert report.explanations == {}


def test_the_oracle_gives_types_and_relations_of_named_things(jvm: Jvm) -> None:
    found = jvm.entailments(
        planted(
            "data:p a owl:NamedIndividual , kg:Person ; kg:holdsPost data:o . data:o a owl:NamedIndividual , kg:Post ; kg:postOf data:s . "
            'data:s a owl:NamedIndividual , kg:State . data:day a owl:NamedIndividual ; kg:earliest "2024-01-16"^^xsd:date .'
        )
    )
    data = "https://w3id.org/kgbuild/id/"
    assert found.consistent
    assert {cls for individual, cls in found.types if individual == data + "p"} == {
        KG + name for name in ("Person", "Official", "Agent", "Entity")
    }
    assert (data + "p", KG + "represents", data + "s") in found.relations
    assert not any("owl#" in cls for _, cls in found.types)
    assert not any("owl#" in prop for _, prop, _ in found.relations)


def test_from_a_contradiction_nothing_is_said_to_follow(jvm: Jvm) -> None:
    found = jvm.entailments(planted("data:odd a owl:NamedIndividual , kg:State , kg:Person ."))
    assert (found.consistent, found.types, found.relations) == (False, frozenset(), frozenset())


def test_without_a_folder_of_jars_owlready2s_own_serve(jvm: Jvm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KGBUILD_JARS", raising=False)
    with start() as own:
        assert (own.owlapi, own.reasoner) == ("3.4", "HermiT 1.3.8")
