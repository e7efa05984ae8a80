"""The shipped code lists: concepts in their schemes, registers mapped to each other, codes as in the books that they come from."""

from __future__ import annotations

from collections import Counter

import pytest
from rdflib import OWL, RDF, SKOS, Literal, URIRef

from tests.shipped_ontology import ALL, KG, KGS, MAPPINGS

#: what became of CAMEO's codes in PLOVER, by the authors' own table; the verbal codes 01 and 02 were dropped
PLOVER = {
    "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "10": "REQUEST", "11": "ACCUSE", "13": "THREATEN",
    "163": "COERCE", "19": "ASSAULT",
}  # fmt: skip

SCHEMES = sorted(s for s in set(ALL.subjects(RDF.type, SKOS.ConceptScheme)) if isinstance(s, URIRef))
CONCEPTS = sorted(s for s in set(ALL.subjects(SKOS.inScheme)) if isinstance(s, URIRef))
CODED = sorted(s for s in set(ALL.subjects(KG.cameoCode)) if isinstance(s, URIRef))


def test_every_concept_is_in_one_scheme_and_carries_its_code() -> None:
    for concept in CONCEPTS:
        schemes = list(ALL.objects(concept, SKOS.inScheme))
        assert len(schemes) == 1, concept
        code = str(concept).removeprefix(f"{schemes[0]}-")
        if (concept, RDF.type, KG.Resolution) in ALL:  # how a mention was recognised is worked out: nobody annotates it
            continue
        assert Literal(code) in set(ALL.objects(concept, KG.annotationLabel)), concept


def test_concepts_of_a_scheme_are_different_things() -> None:
    for scheme in SCHEMES:
        expected = set(ALL.subjects(SKOS.inScheme, scheme))
        stated = [set(ALL.items(ALL.value(axiom, OWL.distinctMembers))) for axiom in ALL.subjects(RDF.type, OWL.AllDifferent)]
        stated += map(set, ALL.subject_objects(OWL.differentFrom))
        assert expected in stated, scheme


def test_codes_of_event_data_are_those_of_their_code_books() -> None:
    assert {str(code) for code in ALL.objects(None, KG.cameoCode)} >= {"042", "041", "072", "111", "112", "015", "016"}
    assert {str(code) for code in ALL.objects(None, KG.ploverType)} <= {
        "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION",
        "MOBILIZE", "COERCE", "ASSAULT", "RETREAT",
    }  # fmt: skip


@pytest.mark.parametrize("cls", CODED)
def test_a_plover_type_is_the_one_that_its_cameo_code_became(cls: URIRef) -> None:
    code = str(ALL.value(cls, KG.cameoCode))
    became = next((PLOVER[code[:length]] for length in (3, 2) if code[:length] in PLOVER), None)
    assert {str(name) for name in ALL.objects(cls, KG.ploverType)} == ({became} if became else set()), f"{cls} {code}"


def test_a_concept_is_at_the_top_of_the_scheme_it_is_in() -> None:
    for concept in CONCEPTS:
        assert list(ALL.objects(concept, SKOS.topConceptOf)) == list(ALL.objects(concept, SKOS.inScheme)), concept


@pytest.mark.parametrize(("scheme", "count"), [("unroca", 8), ("sipri", 12), ("euml", 22), ("factuality", 8), ("stance", 16)])
def test_a_code_list_is_complete(scheme: str, count: int) -> None:
    concepts = set(ALL.subjects(SKOS.inScheme, KGS[scheme]))
    assert len(concepts) == count
    if scheme != "stance":
        notations = [str(code) for concept in concepts for code in ALL.objects(concept, SKOS.notation)]
        assert len(set(notations)) == len(notations) == count


def test_registers_are_mapped_to_each_other_once() -> None:
    mappings = [(a, b) for kind in MAPPINGS for a, b in ALL.subject_objects(kind)]
    assert len(mappings) >= 25
    for one, other in mappings:
        assert {one, other} <= set(CONCEPTS), (one, other)
        assert ALL.value(one, SKOS.inScheme) != ALL.value(other, SKOS.inScheme), (one, other)
    pairs = Counter(frozenset(pair) for pair in mappings)
    assert [pair for pair, times in pairs.items() if times > 1] == [], "broad one way is narrow the other way: it is said once"
    unmapped = set(ALL.subjects(SKOS.inScheme, KGS.unroca)) - {one for one, _ in mappings}
    assert unmapped == set()


@pytest.mark.parametrize(
    ("item", "unroca", "sipri", "euml"),
    [
        ("BattleTank", "I", "armoured-vehicles", "6"),
        ("ArmouredVehicle", "II", "armoured-vehicles", "6"),
        ("ArtillerySystem", "III", "artillery", "2"),
        ("CombatAircraft", "IV", "aircraft", "10"),
        ("Helicopter", "V", "aircraft", "10"),
        ("Warship", "VI", "ships", "9"),
        ("Missile", "VII", "missiles", "4"),
        ("SmallArm", "SALW", None, "1"),
        ("AirDefenceSystem", None, "air-defence-systems", "4"),
        ("Munition", None, None, "3"),  # no register counts ammunition
    ],
)
def test_an_item_is_in_the_categories_of_the_registers(item: str, unroca: str | None, sipri: str | None, euml: str | None) -> None:
    found = [ALL.value(KG[item], KG[register]) for register in ("unroca", "sipri", "euml")]
    codes = (("unroca", unroca), ("sipri", sipri), ("euml", euml))
    assert found == [code and KGS[f"{register}-{code}"] for register, code in codes]


def test_a_stance_commits_its_speaker_the_way_it_counts() -> None:
    """Attitude and commitment are two things, but a stance that counts for something never commits against it."""
    signs = {"affirms": "+", "presupposes": "+", "denies": "-", "open": "u", "answers-a-charge": "u"}
    for stance in ALL.subjects(RDF.type, KG.Stance):
        polarity = str(ALL.value(stance, KG.polarity)).removeprefix(f"{KGS}polarity-")
        factuality = ALL.value(stance, KG.factuality)
        assert (factuality, RDF.type, KG.Factuality) in ALL, stance
        assert str(ALL.value(factuality, SKOS.notation))[-1] == signs[polarity], stance
