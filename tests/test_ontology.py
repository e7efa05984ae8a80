"""How an annotator's words become terms: classes, roles, attributes, relations, concepts."""

from __future__ import annotations

import pytest

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.ontology import Ontology

KG, KGS = iris.KG, iris.KGS


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("ArmsTransfer", "ArmsTransfer"),
        ("arms_transfer", "ArmsTransfer"),
        ("ARMS-TRANSFER", "ArmsTransfer"),
        ("Transfer de arme", "ArmsTransfer"),
        ("поставка оружия", "ArmsTransfer"),
        ("Întâlnire", "Meeting"),
        ("intalnire", "Meeting"),
        ("Meet", "Meeting"),
        ("PER", "Person"),
        ("PERSON", "Person"),
        ("ORG", "Organization"),
        ("ORGANIZATION", "Organization"),
        ("LOC", "Place"),
        ("LOCATION", "Place"),
        ("FAC", "Facility"),
        ("WEA", "Weapon"),
        ("ambasadă", "Embassy"),
        ("Ambasada", "Embassy"),
        ("Dezmințire", "Denial"),
        ("kg:Strike", "Strike"),
        (f"{KG}Strike", "Strike"),
    ],
)
def test_a_class_is_found_by_label_in_any_language_and_spelling(ontology: Ontology, label: str, name: str) -> None:
    assert ontology.find_class(label) == KG + name


def test_a_class_whose_things_are_computed_is_no_label(ontology: Ontology) -> None:
    assert ontology.find_class("StatusAssessment") is None
    assert ontology.find_class("arms supply") == v.ARMS_TRANSFER, "annotators mark transfers; the relation behind them is computed"
    assert v.ARMS_SUPPLY in ontology.classes


@pytest.mark.parametrize("label", ["Unicorn", "", "—", "kg:Unicorn", "https://example.org/Strike", "wd:Q159", "prov:Activity", "Concept"])
def test_an_unknown_label_names_no_class(ontology: Ontology, label: str) -> None:
    assert ontology.find_class(label) is None


@pytest.mark.parametrize(
    ("role", "owner", "name"),
    [
        ("supplier", "ArmsTransfer", "supplier"),
        ("Supplier", "ArmsTransfer", "supplier"),
        ("furnizor", "ArmsTransfer", "supplier"),
        ("giver", "ArmsTransfer", "supplier"),
        ("participant", "Meeting", "participant"),
        ("Participant2", "Meeting", "participant"),
        ("participant_12", "Meeting", "participant"),
        ("Place-Arg", "Meeting", "place"),
        ("Place-Arg1", "Meeting", "place"),
        ("date", "Meeting", "date"),
        ("date", "Denial", "date"),
        ("speaker", "Statement", "speaker"),
        ("speaker", "Denial", "speaker"),
        ("supplier", "ArmsSupply", "supplier"),
        ("item", "WeaponUse", "item"),
        ("kg:speaker", "Statement", "speaker"),
    ],
)
def test_a_role_is_found_on_the_classes_that_have_it(ontology: Ontology, role: str, owner: str, name: str) -> None:
    assert ontology.find_role(role, KG + owner) == KG + name


@pytest.mark.parametrize(
    ("role", "owner"),
    [
        ("supplier", "Meeting"),  # another class's role
        ("supplier", "Event"),  # a role of a subclass
        ("speaker", "ArmsTransfer"),
        ("from", "ArmsTransfer"),  # an attribute of a post held, not "supplier"
        ("friend", "Meeting"),
        ("2", "Meeting"),
        ("-Arg", "Meeting"),
        ("", "Meeting"),
        ("earliest", "Meeting"),  # worked out from the date
        ("partyState", "Meeting"),
        ("reportedIn", "Meeting"),
        ("wasGeneratedBy", "Meeting"),  # another vocabulary's
    ],
)
def test_a_role_that_the_class_lacks_or_the_program_works_out_is_not_found(ontology: Ontology, role: str, owner: str) -> None:
    assert ontology.find_role(role, KG + owner) is None


@pytest.mark.parametrize(
    ("name", "owner", "prop"),
    [
        ("stance", "Statement", "stance"),
        ("readsAs", "Statement", "readsAs"),
        ("reads_as", "Interpretation", "readsAs"),
        ("edtf", "Date", "edtf"),
        ("targetType", "TargetTally", "targetType"),
        ("count", "TargetTally", "count"),
        ("areas", "TargetTally", "areas"),
        ("from", "PostTenure", "heldFrom"),
        ("until", "PostTenure", "heldUntil"),
        ("describedAs", "Blog", "describedAs"),
        ("amount", "Quantity", "amount"),
        ("unit", "Quantity", "unit"),
        ("certainty", "ArmsTransfer", "certainty"),
        ("tense", "Meeting", "tense"),
        ("modality", "Statement", "modality"),
    ],
)
def test_every_attribute_of_the_model_is_found(ontology: Ontology, name: str, owner: str, prop: str) -> None:
    assert ontology.find_attribute(name, KG + owner) == KG + prop


def test_a_role_whose_value_is_a_thing_is_no_attribute(ontology: Ontology) -> None:
    assert ontology.find_attribute("place", v.EVENT) is None
    assert ontology.find_attribute("speaker", v.STATEMENT) is None


def test_a_relation_joins_two_things(ontology: Ontology) -> None:
    assert ontology.find_relation("holdsPost") == v.HOLDS_POST
    assert ontology.find_relation("ocupă funcția") == v.HOLDS_POST
    assert ontology.find_relation("describedAs") is None
    assert ontology.find_relation("suppliedArmsTo") is None, "it is inferred, so that no annotation makes it a fact"


@pytest.mark.parametrize(
    ("value", "prop", "concept"),
    [
        ("denies", "stance", "stance-denies"),
        ("Denies", "readsAs", "stance-denies"),
        ("neagă", "stance", "stance-denies"),
        ("declines-comment", "stance", "stance-declines-comment"),
        ("kgs:stance-denies", "stance", "stance-denies"),
        ("facebook", "medium", "medium-facebook"),
        ("Twitter", "medium", "medium-x"),
        ("radar-station", "targetType", "target-radar-station"),
        ("Radar Station", "targetType", "target-radar-station"),
        ("stație radar", "targetType", "target-radar-station"),
        ("contested", "status", "status-contested"),
        ("latest-position", "policy", "policy-latest-position"),
    ],
)
def test_a_concept_is_found_by_code_or_label_in_the_scheme_of_the_property(ontology: Ontology, value: str, prop: str, concept: str) -> None:
    assert ontology.find_concept(value, KG + prop) == KGS + concept


@pytest.mark.parametrize(("value", "prop"), [("facebook", "stance"), ("shrugs", "stance"), ("denies", "speaker"), ("denies", "unknown")])
def test_a_concept_of_another_scheme_is_not_found(ontology: Ontology, value: str, prop: str) -> None:
    assert ontology.find_concept(value, KG + prop) is None
