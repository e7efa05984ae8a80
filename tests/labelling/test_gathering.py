"""What annotators may write is read from the ontology: each word leads back to its term, and what is not theirs is left out."""

from __future__ import annotations

import pytest

from kgbuild.labelling import LabelSet, gather
from kgbuild.ontology import Ontology
from kgbuild.resources import read_bundled

KG = "https://w3id.org/kgbuild/ontology#"
PREFIXES = """\
@prefix kg: <https://w3id.org/kgbuild/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix my: <https://example.org/my#> .
"""


@pytest.fixture(scope="module")
def shipped() -> LabelSet:
    return gather(read_bundled("ontology", ".ttl"))


def extended(more: str) -> LabelSet:
    return gather({**read_bundled("ontology", ".ttl"), "mine.ttl": (PREFIXES + more).encode()})


def test_every_word_leads_back_to_its_term(shipped: LabelSet) -> None:
    ontology = Ontology.parse(read_bundled("ontology", ".ttl"))
    assert not shipped.left_out
    for label in shipped.labels:
        assert ontology.find_class(label.name) == KG + label.name
    owners = {name: KG + name for name in shipped.marked()}
    for role in shipped.roles:
        assert ontology.find_role(role.name, owners[role.owner]) == KG + role.name
    for attribute in shipped.attributes:
        for owner in attribute.owners or shipped.marked():
            assert ontology.find_attribute(attribute.name, owners[owner]) == KG + attribute.name
        for value in attribute.values:
            assert ontology.find_concept(value, KG + attribute.name), value
    for relation in shipped.relations:
        assert ontology.find_relation(relation.name) == KG + relation.name


@pytest.mark.parametrize(
    "absent",
    ["PostTenure", "StatusAssessment", "ArmsSupply", "AcknowledgedSupply", "Mention", "Sentence", "LoadRun", "Stance", "Medium", "Problem"],
)
def test_what_the_program_works_out_and_concepts_are_no_labels(shipped: LabelSet, absent: str) -> None:
    assert absent not in {label.name for label in shipped.labels}


def test_a_class_that_is_not_annotated_only_orders_those_below_it(shipped: LabelSet) -> None:
    value = next(label for label in shipped.labels if label.name == "Value")
    date = next(label for label in shipped.labels if label.name == "Date")
    assert (value.marked, date.marked, date.parent) == (False, True, "Value")
    assert "Value" not in shipped.marked()
    assert not {"party", "relatedTo", "isoAlpha2"} & {*shipped.role_names(), *(a.name for a in shipped.attributes)}


def test_the_tree_is_that_of_the_classes(shipped: LabelSet) -> None:
    parents = {label.name: label.parent for label in shipped.labels}
    assert (parents["Embassy"], parents["DiplomaticMission"], parents["Meeting"], parents["Denial"], parents["Event"]) == (
        "DiplomaticMission", "GovernmentBody", "ContactEvent", "Statement", None,
    )  # fmt: skip
    seen: set[str] = set()
    for label in shipped.labels:
        assert label.parent is None or label.parent in seen
        seen.add(label.name)


def test_roles_have_owners_and_fillers_by_domain_and_range(shipped: LabelSet) -> None:
    def owners(role: str) -> set[str]:
        return {one.owner for one in shipped.roles if one.name == role}

    def fillers(role: str) -> set[str]:
        return set(next(one.fillers for one in shipped.roles if one.name == role))

    assert owners("supplier") == {"ArmsTransfer"}
    assert owners("visitor") == {"Visit"}
    assert "Denial" in owners("speaker")
    assert "Meeting" not in owners("speaker")
    assert {"Person", "State", "Embassy"} <= fillers("speaker")
    assert not {"Weapon", "Date"} & fillers("speaker")
    assert fillers("date") == {"Date"}
    assert fillers("quote") == {"Quote"}


def test_attributes_have_their_words_to_choose_from(shipped: LabelSet) -> None:
    attributes = {attribute.name: attribute for attribute in shipped.attributes}
    assert {"denies", "alleges", "declines-comment"} <= set(attributes["stance"].values)
    assert not attributes["stance"].several
    assert set(attributes["stance"].owners) == set(shipped.marked("Statement"))
    assert (attributes["edtf"].owners, attributes["edtf"].kind) == (("Date",), "text")
    assert (attributes["count"].kind, attributes["amount"].kind) == ("integer", "number")
    assert attributes["certainty"].owners == ()


def test_relations_join_things_only(shipped: LabelSet) -> None:
    relations = {relation.name: relation for relation in shipped.relations}
    assert {"holdsPost", "postOf", "organOf", "memberOf", "spouseOf"} <= set(relations)
    assert not {"speaker", "supplier", "holder", "represents"} & set(relations)
    assert relations["holdsPost"].targets == ("Post",)
    assert relations["spouseOf"].symmetric


@pytest.mark.parametrize(
    ("restriction", "expected"),
    [
        pytest.param("", "*", id="nothing said"),
        pytest.param("my:led a owl:FunctionalProperty .", "?", id="functional"),
        pytest.param(
            "my:Raid rdfs:subClassOf [ a owl:Restriction ; owl:onProperty my:led ; owl:someValuesFrom kg:Agent ] .", "+", id="some"
        ),
        pytest.param(
            "my:Raid rdfs:subClassOf [ a owl:Restriction ; owl:onProperty my:led ; owl:maxCardinality 1 ] .", "?", id="at most one"
        ),
        pytest.param("my:Raid rdfs:subClassOf [ a owl:Restriction ; owl:onProperty my:led ; owl:cardinality 1 ] .", "", id="just one"),
        pytest.param(
            "my:Raid rdfs:subClassOf [ a owl:Restriction ; owl:onProperty my:led ; owl:minQualifiedCardinality 2 ; owl:onClass kg:Agent ] .",
            "+",
            id="two or more",
        ),
        pytest.param(
            "kg:Event rdfs:subClassOf [ a owl:Restriction ; owl:onProperty my:led ; owl:minCardinality 1 ] . my:led a owl:FunctionalProperty .",
            "",
            id="from a class above",
        ),
    ],
)
def test_cardinalities_come_from_owl(restriction: str, expected: str) -> None:
    labels = extended(
        "my:Raid a owl:Class ; rdfs:subClassOf kg:Event ."
        "my:led a owl:ObjectProperty ; rdfs:domain kg:Event ; rdfs:range kg:Agent ." + restriction
    )
    assert next(role for role in labels.roles_of("Raid") if role.name == "led").cardinality == expected


def test_a_word_that_leads_elsewhere_gives_way_to_another() -> None:
    labels = extended(
        'my:Raid a owl:Class ; rdfs:subClassOf kg:Event ; kg:annotationLabel "NightRaid" .'
        'my:Foray a owl:Class ; rdfs:subClassOf kg:Event ; kg:annotationLabel "raid" .'
    )
    assert {"NightRaid", "Foray"} <= set(labels.marked())
    assert "Raid" not in labels.marked()


def test_a_term_without_a_word_of_its_own_is_left_out_and_said_to_be() -> None:
    labels = extended(
        'my:Weapon2 a owl:Class ; rdfs:subClassOf kg:Event . my:Other a owl:Class ; rdfs:subClassOf kg:Event ; kg:annotationLabel "weapon 2" .'
    )
    assert "Weapon2" not in labels.marked()
    assert labels.left_out == ("https://example.org/my#Weapon2 has no word that names it alone; give it a kg:annotationLabel of its own",)
