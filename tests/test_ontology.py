"""What :class:`kgbuild.ontology.Ontology` answers: on the shipped files, and on an editor's additions to them."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.errors import OntologyError
from kgbuild.ontology import Ontology, Term

KG, KGS = iris.KG, iris.KGS
XSD = iris.PREFIXES["xsd"]
FILES = {path.name: path.read_bytes() for path in sorted((Path(__file__).parents[1] / "ontology").glob("*.ttl"))}
HEAD = "".join(f"@prefix {prefix}: <{iris.PREFIXES[prefix]}> .\n" for prefix in ("kg", "kgs", "owl", "rdfs", "skos", "xsd"))
HEAD += "@prefix my: <https://example.org/terms#> .\n"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology.parse(FILES)


def extended(turtle: str) -> Ontology:
    """The shipped ontology and one more file, as an editor's folder has it."""
    return Ontology.parse({**FILES, "mine.ttl": (HEAD + turtle).encode()})


# --- labels to terms


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
        ("Visit", "Visit", "date visitor"),
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
    assert ontology.domains(v.SUPPLIER) == (v.ARMS_TRANSFER, v.ARMS_SUPPLY)
    assert ontology.ranges(KG + "place") == (KG + "Place", v.STATE)
    assert ontology.range(KG + "place") == KG + "Place", "a place given as text is a place"
    assert ontology.range(KG + "topic") == v.TOPIC, "a topic given as text is a topic"
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
        ('kg:Summit a owl:Class ; rdfs:subClassOf kg:Event ; kg:annotationLabel "meet" .', ("kg:Meeting", "kg:Summit", "annotation label", "meet")),
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
        (b"@prefix a: <http://x/> .\na:b a a:c .\na:b a:d \"open .\n", "broken.ttl:3: "),
        (b"@prefix a: <http://x/> .\na:b a:c \"\xff\xfe\" .\n", "broken.ttl"),
        (b"{ \"json\": true }", "broken.ttl:1: "),
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
