"""What the shipped ontology answers on classes, identity, stances and properties, and what it writes to the store."""

from __future__ import annotations

import pickle

import pytest

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.ontology import Ontology, Term

KG, KGS = iris.KG, iris.KGS
XSD = iris.PREFIXES["xsd"]


# --- classes


def test_classes_are_below_themselves_and_all_above(ontology: Ontology) -> None:
    assert ontology.is_a(KG + "Embassy", v.AGENT)
    assert ontology.is_a(KG + "Embassy", v.ENTITY)
    assert ontology.is_a(KG + "Embassy", KG + "Embassy")
    assert not ontology.is_a(v.AGENT, KG + "Embassy")
    assert not ontology.is_a(v.EVENT, v.ENTITY)
    assert ontology.is_a(KG + "Official", v.PERSON)
    assert ontology.is_a("urn:x", "urn:x")
    assert not ontology.is_a("urn:x", v.EVENT)


def test_only_the_most_specific_classes_are_kept(ontology: Ontology) -> None:
    given = [v.ENTITY, KG + "Embassy", v.AGENT, KG + "Organization", v.EVENT]
    assert ontology.most_specific(given) == (KG + "Embassy", v.EVENT)
    assert ontology.most_specific([]) == ()


@pytest.mark.parametrize(
    ("cls", "carrier", "keys"),
    [
        ("Embassy", "Organization", "name"),
        ("Blog", "Organization", "name"),
        ("Person", "Person", "name"),
        ("Post", "Post", "name"),
        ("Settlement", "Settlement", "name"),
        ("Cosmodrome", "Facility", "name"),
        ("Territory", "Territory", "name"),
        ("Meeting", "Meeting", "date participant"),
        ("Visit", "Visit", "date host visitor"),
        ("PhoneCall", "PhoneCall", "date participant"),
        ("Agreement", "Agreement", "date participant"),
        ("ArmsTransfer", "ArmsTransfer", "date item recipient supplier"),
        ("SupportProvision", "SupportProvision", "beneficiary date supporter"),
        ("Cooperation", "Cooperation", "date participant"),
        ("Strike", "Strike", "attacker date target"),
        ("WeaponUse", "WeaponUse", "attacker date item"),
        ("SanctionImposition", "SanctionImposition", "date sanctioned sanctioner"),
        ("Denial", "Statement", "about date speaker stance"),
        ("TargetTally", "TargetTally", "count tally targetType"),
        ("ArmsSupply", "ArmsSupply", "recipient supplier"),
    ],
)
def test_the_nearest_rule_of_identity_holds(ontology: Ontology, cls: str, carrier: str, keys: str) -> None:
    assert ontology.identity(KG + cls) == (KG + carrier, tuple(KG + key for key in keys.split()))
    assert ontology.root(KG + cls) == KG + carrier


@pytest.mark.parametrize(
    ("cls", "root"),
    [
        ("Coalition", "Agent"),
        ("State", "Agent"),
        ("SocialMediaPost", "Document"),
        ("BallisticMissile", "MilitaryObject"),
        ("Disinformation", "Disinformation"),
        ("MilitaryOperation", "MilitaryEvent"),
        ("Entity", "Entity"),
        ("Event", "Event"),
        ("Topic", "Topic"),
        ("PostTenure", "PostTenure"),
        ("LoadRun", "LoadRun"),
    ],
)
def test_without_a_rule_of_identity_the_kind_is_the_class_below_the_top(ontology: Ontology, cls: str, root: str) -> None:
    assert ontology.identity(KG + cls) is None
    assert ontology.root(KG + cls) == KG + root


@pytest.mark.parametrize(
    ("name", "cls", "general"),
    [
        ("arme", "Weapon", True),
        ("Arme", "Weapon", True),
        ("armament", "Weapon", True),
        ("weapons", "Weapon", True),
        ("оружие", "Weapon", True),
        ("echipamente militare", "Weapon", True),
        ("muniții", "Munition", True),
        ("military equipment", "MilitaryObject", True),
        ("arme", "Missile", False),
        ("rachete", "Missile", False),
        ("rachete nord-coreene", "Missile", False),
        ("KN-23", "Weapon", False),
        ("muniție", "Weapon", False),
        ("", "Weapon", False),
        ("—", "Weapon", False),
        ("meeting", "Meeting", False),
    ],
)
def test_a_general_name_names_no_particular_item(ontology: Ontology, name: str, cls: str, general: bool) -> None:
    assert ontology.is_general_name(name, KG + cls) is general


# --- stances

STANCES = {
    "acknowledges": ("Acknowledgement", "affirms"),
    "asserts": ("Assertion", "affirms"),
    "claims": ("Claim", "affirms"),
    "reports": ("Report", "open"),
    "denies": ("Denial", "denies"),
    "rejects": ("Rejection", "answers-a-charge"),
    "evades": ("Evasion", "open"),
    "declines-comment": ("DeclinedComment", "open"),
    "alleges": ("Allegation", "affirms"),
    "accuses": ("Accusation", "affirms"),
    "condemns": ("Condemnation", "presupposes"),
    "praises": ("Praise", "presupposes"),
    "pledges": ("Pledge", "open"),
    "demands": ("Demand", "open"),
    "warns": ("Warning", "open"),
    "interprets": ("Interpretation", "open"),
}


@pytest.mark.parametrize(("code", "cls", "polarity"), [(code, *rest) for code, rest in STANCES.items()])
def test_a_stance_is_also_a_class_and_has_a_polarity(ontology: Ontology, code: str, cls: str, polarity: str) -> None:
    stance = ontology.find_concept(code, v.STANCE)
    assert stance == f"{KGS}stance-{code}"
    assert ontology.find_class(cls) == ontology.class_of_stance(stance) == KG + cls
    assert ontology.stance_of_class(KG + cls) == stance
    assert ontology.polarity(stance) == f"{KGS}polarity-{polarity}"
    assert ontology.is_a(KG + cls, v.STATEMENT)


def test_there_is_no_stance_beside_those_of_the_model(ontology: Ontology) -> None:
    assert [term.iri for term in ontology.concepts_of(KG + "Stance")] == sorted(f"{KGS}stance-{code}" for code in STANCES)


def test_a_plain_statement_and_an_unknown_stance_have_safe_answers(ontology: Ontology) -> None:
    assert ontology.stance_of_class(v.STATEMENT) is None
    assert ontology.stance_of_class(v.EVENT) is None
    assert ontology.class_of_stance("urn:shrug") == v.STATEMENT
    assert ontology.polarity("urn:shrug") == KGS + "polarity-open"


# --- properties


def test_domains_and_ranges_are_classes_and_unions_name_all(ontology: Ontology) -> None:
    assert ontology.domain(v.SPEAKER) == v.STATEMENT
    assert ontology.range(v.SPEAKER) == v.AGENT
    assert ontology.domains(v.SUPPLIER) == (v.ARMS_SUPPLY, v.ARMS_TRANSFER)
    assert ontology.ranges(KG + "place") == (KG + "Place", v.STATE)
    assert ontology.range(KG + "place") == KG + "Place", "a place given as text is a place"
    assert ontology.range(KG + "topic") == v.TOPIC, "a topic given as text is a topic"
    assert ontology.range(KG + "accreditedTo") == v.AGENT, "a state or an international organization, whichever stands first"
    assert ontology.domain(v.NAME) is None
    assert ontology.range(v.COUNT) is None
    assert ontology.domain("urn:x") is ontology.range("urn:x") is ontology.datatype("urn:x") is None


@pytest.mark.parametrize(
    ("prop", "datatype"),
    [
        (v.COUNT, XSD + "integer"),
        (v.AMOUNT, XSD + "decimal"),
        (v.P_DATE, XSD + "string"),
        (v.URL, XSD + "anyURI"),
        (v.EARLIEST, None),
        (v.SPEAKER, None),
    ],
)
def test_an_attribute_has_a_datatype(ontology: Ontology, prop: str, datatype: str | None) -> None:
    assert ontology.datatype(prop) == datatype
    assert ontology.is_datatype_property(prop) is (prop != v.SPEAKER)


def test_roles_have_an_order(ontology: Ontology) -> None:
    assert ontology.subproperty(KG + "visitor", v.PARTICIPANT)
    assert ontology.subproperty(KG + "host", v.PARTICIPANT)
    assert ontology.subproperty(v.SUPPLIER, KG + "party")
    assert ontology.subproperty(v.SUPPLIER, v.SUPPLIER)
    assert not ontology.subproperty(v.PARTICIPANT, KG + "visitor")
    assert not ontology.subproperty(v.SPEAKER, v.PARTICIPANT)


# --- what is written to the store


def test_the_lines_hold_no_blank_node(ontology: Ontology) -> None:
    assert not [line for line in ontology.lines if "_:" in line.split('"')[0]]
    assert f'<{KG}Meeting> <{iris.PREFIXES["rdfs"]}label> "întâlnire"@ro' in ontology.lines
    assert f"<{KGS}stance-denies> <{KG}polarity> <{KGS}polarity-denies>" in ontology.lines
    assert f'<{KG}Weapon> <{KG}generalItem> "true"^^<{XSD}boolean>' in ontology.lines


def test_the_closure_is_reflexive_and_transitive(ontology: Ontology) -> None:
    pairs: dict[str, set[tuple[str, str]]] = {}
    for line in ontology.closure:
        subject, predicate, value = line.split(" ")
        pairs.setdefault(predicate, set()).add((subject, value))
    assert sorted(pairs) == [f"<{iris.PREFIXES['rdfs']}{name}>" for name in ("subClassOf", "subPropertyOf")]
    for found in pairs.values():
        assert {(a, d) for a, b in found for c, d in found if b == c} <= found
    assert {(f"<{cls}>", f"<{cls}>") for cls in ontology.classes} <= pairs[f"<{iris.PREFIXES['rdfs']}subClassOf>"]
    assert {(f"<{prop}>", f"<{prop}>") for prop in ontology.properties} <= pairs[f"<{iris.PREFIXES['rdfs']}subPropertyOf>"]
    assert (f"<{KG}Meeting>", f"<{KG}Event>") in pairs[f"<{iris.PREFIXES['rdfs']}subClassOf>"]


def test_terms_carry_their_english_label(ontology: Ontology) -> None:
    assert ontology.classes[v.ARMS_TRANSFER] == Term(v.ARMS_TRANSFER, "arms transfer")
    assert ontology.properties[v.SPEAKER].label == "speaker"
    assert ontology.concepts[KGS + "stance-denies"].label == "denies"


def test_an_ontology_pickles_whole(ontology: Ontology) -> None:
    copy = pickle.loads(pickle.dumps(ontology))
    assert (copy.hash, copy.lines, copy.closure) == (ontology.hash, ontology.lines, ontology.closure)
    assert copy.find_role("furnizor", v.ARMS_TRANSFER) == v.SUPPLIER
    assert copy.identity(KG + "Embassy") == ontology.identity(KG + "Embassy")
    assert copy.find_concept("denies", v.STANCE) == KGS + "stance-denies"
