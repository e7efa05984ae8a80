"""The shipped reference data: complete, and consistent with the ontology, with the calendar and with itself."""

from __future__ import annotations

import importlib.util
import sys
from collections import defaultdict
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError, version
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest

from kgbuild import edtf
from kgbuild.folding import fold
from kgbuild.iris import DATA, KG, PREFIXES
from kgbuild.ontology import Ontology
from kgbuild.registry import Registry

DATA_FOLDER = Path(__file__).parents[1] / "data"
FILES = {path.name: path.read_bytes() for path in sorted((DATA_FOLDER / "reference").glob("*.ttl"))}

LABEL, ALIAS, MATCH = PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "altLabel", PREFIXES["skos"] + "exactMatch"
TYPE = PREFIXES["rdf"] + "type"
#: what each relation between reference things leads from and to
RELATIONS = {
    "organOf": ("Organization", ("State", "Organization")),
    "owns": ("Agent", ("MediaOutlet", "Organization")),
    "memberOf": ("Agent", ("InternationalOrganization", "Coalition")),
    "claimedBy": ("Place", ("State",)),
    "accreditedTo": ("DiplomaticMission", ("State", "InternationalOrganization")),
    "postOf": ("Post", ("State", "Organization")),
    "holder": ("PostTenure", ("Person",)),
    "post": ("PostTenure", ("Post",)),
    "locatedIn": ("Entity", ("Place", "State")),
}
#: (language, folded name): what may mean several things of one kind, so that a mention that says no more stays unresolved
AMBIGUOUS = {
    *((lang, name) for lang, name in (("en", "congo"), ("ro", "congo"), ("ru", "конго"), ("uk", "конго"))),
    *((lang, name) for lang, name in (("en", "korea"), ("ro", "coreea"), ("ru", "корея"), ("uk", "корея"))),
    ("mi", "kata"),  # so the CLDR writes both Chad and Qatar in Māori
}
#: the registers of arms; annotations, since the ontology's classes carry them too
REGISTERS = ("unroca", "sipri", "euml")
#: organizations that receive missions, as the IRIs of missions write them
RECEIVERS = {
    "UN": "organization/united-nations",
    "EU": "organization/european-union",
    "NATO": "organization/nato",
    "OSCE": "organization/osce",
}


def values() -> dict[str, dict[str, list[ox.Literal | ox.NamedNode]]]:
    things: defaultdict[str, defaultdict[str, list[ox.Literal | ox.NamedNode]]] = defaultdict(lambda: defaultdict(list))
    for data in FILES.values():
        for quad in ox.parse(input=data, format=ox.RdfFormat.TURTLE):
            assert isinstance(quad.subject, ox.NamedNode)
            assert isinstance(quad.object, ox.NamedNode | ox.Literal)
            things[quad.subject.value][quad.predicate.value].append(quad.object)
    return {thing: dict(said) for thing, said in things.items()}


THINGS = values()


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    folder = Path(__file__).parents[1] / "ontology"
    return Ontology.parse({path.name: path.read_bytes() for path in sorted(folder.glob("*.ttl"))})


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.parse(FILES)


def of_class(ontology: Ontology, *classes: str) -> list[str]:
    return sorted(
        thing for thing, said in THINGS.items() if any(ontology.is_a(own.value, KG + cls) for own in said[TYPE] for cls in classes)
    )


def test_everything_has_one_class_and_one_label_in_each_of_its_languages_english_and_romanian_among_them() -> None:
    wrong = []
    for thing, said in THINGS.items():
        languages = [label.language for label in said.get(LABEL, ()) if isinstance(label, ox.Literal)]
        if len(said.get(TYPE, ())) != 1 or len(set(languages)) != len(languages) or not {"en", "ro"} <= set(languages):
            wrong.append(thing)
    assert wrong == []


def test_every_name_is_trimmed_and_has_a_letter_or_digit() -> None:
    names = [name.value for said in THINGS.values() for key in (LABEL, ALIAS) for name in said.get(key, ())]
    assert [name for name in names if name != " ".join(name.split()) or not fold(name)] == []


def test_classes_and_properties_are_the_ontologys(ontology: Ontology) -> None:
    assert {own.value for said in THINGS.values() for own in said[TYPE]} <= set(ontology.classes)
    used = {key for said in THINGS.values() for key in said if key.startswith(KG)}
    assert used - {KG + register for register in REGISTERS} <= set(ontology.properties)
    assert {key for said in THINGS.values() for key in said} - used == {TYPE, LABEL, ALIAS, MATCH}


def test_relations_lead_from_and_to_reference_things_of_the_right_class(ontology: Ontology) -> None:
    wrong = []
    for name, (domain, ranges) in RELATIONS.items():
        for thing, said in THINGS.items():
            for value in said.get(KG + name, ()):
                sources = [own.value for own in said[TYPE]]
                targets = [own.value for own in THINGS.get(value.value, {}).get(TYPE, ())]
                fits = any(ontology.is_a(source, KG + domain) for source in sources)
                if not fits or not any(ontology.is_a(target, KG + wanted) for target in targets for wanted in ranges):
                    wrong.append((thing, name, value.value))
    assert wrong == []


def test_every_government_body_belongs_to_one_state_and_every_post_to_one_body(ontology: Ontology) -> None:
    bodies = [thing for thing in of_class(ontology, "GovernmentBody") if len(THINGS[thing].get(KG + "organOf", ())) != 1]
    posts = [thing for thing in of_class(ontology, "Post") if len(THINGS[thing].get(KG + "postOf", ())) != 1]
    missions = [thing for thing in of_class(ontology, "DiplomaticMission") if len(THINGS[thing].get(KG + "accreditedTo", ())) != 1]
    assert bodies + posts + missions == []


def test_iris_say_what_they_name(ontology: Ontology) -> None:
    for kind, classes in {
        "state": ("State",),
        "territory": ("Territory",),
        "post": ("Post",),
        "person": ("Person",),
        "mission": ("DiplomaticMission",),
        "organization": ("Organization", "Coalition"),
        "outlet": ("MediaOutlet",),
        "place": ("Place",),
        "weapon": ("MilitaryObject",),
        "tenure": ("PostTenure",),
    }.items():
        here = sorted(thing for thing in THINGS if thing.startswith(f"{DATA}{kind}/"))
        assert here == [thing for thing in of_class(ontology, *classes) if thing in here], kind
        assert here, kind
    for mission in of_class(ontology, "DiplomaticMission"):
        sender, receiver = mission.rsplit("/", 1)[1].split("-")
        assert THINGS[mission][KG + "organOf"][0].value == f"{DATA}state/{sender}"
        assert THINGS[mission][KG + "accreditedTo"][0].value == DATA + RECEIVERS.get(receiver, f"state/{receiver}")


def test_no_two_things_share_a_wikidata_identifier_and_no_thing_has_two() -> None:
    links = [(thing, link.value) for thing, said in THINGS.items() for link in said.get(MATCH, ())]
    assert len({link for _, link in links}) == len({thing for thing, _ in links}) == len(links)


def test_the_states_are_the_193_members_of_the_un_two_observers_and_the_partly_recognised(ontology: Ontology) -> None:
    with_codes = [thing for thing in of_class(ontology, "State") if KG + "isoAlpha3" in THINGS[thing]]
    assert len(with_codes) == 193 + 2 + 5
    codes = [
        THINGS[thing][KG + "isoAlpha3"][0].value for thing in of_class(ontology, "State", "Territory") if KG + "isoAlpha3" in THINGS[thing]
    ]
    assert len(codes) == len(set(codes)) == 249 + 1  # ISO 3166-1 and Kosovo
    assert {thing.rsplit("/", 1)[1] for thing in with_codes} <= set(codes)


@pytest.mark.parametrize("tenure", sorted(thing for thing in THINGS if thing.startswith(DATA + "tenure/")))
def test_a_tenures_bounds_are_those_of_its_date(tenure: str) -> None:
    said = THINGS[tenure]
    assert [len(said[KG + key]) for key in ("holder", "post", "date")] == [1, 1, 1]
    read = edtf.parse(said[KG + "date"][0].value)
    bounds = [said[KG + key][0].value if KG + key in said else None for key in ("earliest", "latest")]
    assert bounds == [read.earliest, read.latest]
    assert bounds[0] is not None
    assert bounds[1] is None or bounds[0] < bounds[1]


def test_no_two_persons_hold_one_post_at_a_time_and_nobody_holds_it_twice(registry: Registry, ontology: Ontology) -> None:
    terms = defaultdict(list)
    for person in of_class(ontology, "Person"):
        for tenure in registry.tenures(person):
            terms[tenure.post.removeprefix(DATA + "post/")].append(tenure)
    overlaps = []
    for post in terms:
        if KG + "heldBySeveral" in THINGS[DATA + "post/" + post]:
            continue
        for one, other in combinations(sorted(terms[post], key=lambda tenure: tenure.earliest or ""), 2):
            # a bound given to the month reaches into the successor's; a quarter is no slip of precision any more
            begins = date.fromisoformat(other.earliest or "0001-01-01") + timedelta(days=92)
            if one.latest is None or date.fromisoformat(one.latest) > begins:
                overlaps.append((post, one.holder, other.holder))
    assert overlaps == []


def test_no_two_things_of_fitting_classes_share_a_name_in_a_language_but_those_meant_to(ontology: Ontology) -> None:
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for thing, said in THINGS.items():
        for name in (*said.get(LABEL, ()), *said.get(ALIAS, ())):
            if isinstance(name, ox.Literal) and not thing.startswith(DATA + "tenure/"):
                owners[name.language or "", fold(name.value)].add(thing)
    shared = set()
    for name, things in owners.items():
        for one, other in combinations(sorted(things), 2):
            a, b = THINGS[one][TYPE][0].value, THINGS[other][TYPE][0].value
            if ontology.is_a(a, b) or ontology.is_a(b, a):
                shared.add(name)
    assert shared == AMBIGUOUS


def test_no_weapon_type_bears_the_name_of_weapons_in_general(ontology: Ontology) -> None:
    names = [
        (weapon, name) for weapon in of_class(ontology, "MilitaryObject") for key in (LABEL, ALIAS) for name in THINGS[weapon].get(key, ())
    ]
    general = [
        (weapon, name.value)
        for weapon, name in names
        if any(ontology.is_general_name(name.value, KG + cls) for cls in ("MilitaryObject", "Weapon", "Munition"))
    ]
    assert general == []


#: state -> the rectangle that it fits into (south, west, north, east); small overseas lands are left out
BOXES = {
    "UKR": (44.3, 22.1, 52.4, 40.3),
    "RUS": (41.1, 19.6, 82, 180),
    "ROU": (43.6, 20.2, 48.3, 29.8),
    "MDA": (45.4, 26.6, 48.5, 30.2),
    "BLR": (51.2, 23.1, 56.2, 32.8),
    "POL": (49, 14.1, 54.9, 24.2),
    "PRK": (37.6, 124.1, 43.1, 130.8),
    "KOR": (33, 124.5, 38.7, 131),
    "JPN": (24, 122.9, 45.6, 146),
    "CHN": (18, 73.5, 53.6, 134.8),
    "IRN": (25, 44, 39.8, 63.4),
    "ISR": (29.4, 34.2, 33.4, 35.9),
    "SYR": (32.3, 35.6, 37.4, 42.4),
    "TUR": (35.8, 25.6, 42.2, 44.9),
    "DEU": (47.2, 5.8, 55.1, 15.1),
    "GBR": (49.8, -8.7, 60.9, 1.8),
    "NLD": (50.7, 3.3, 53.6, 7.3),
    "DNK": (54.5, 8, 57.8, 15.2),
    "USA": (18.9, -179.2, 71.5, -66.9),
    "SAU": (16.3, 34.5, 32.2, 55.7),
    "EGY": (22, 24.7, 31.8, 36.9),
    "IND": (6.7, 68.1, 35.7, 97.4),
    "CZE": (48.5, 12, 51.1, 18.9),
    "SVK": (47.7, 16.8, 49.7, 22.6),
    "HUN": (45.7, 16.1, 48.6, 22.9),
    "BGR": (41.2, 22.3, 44.3, 28.7),
    "KAZ": (40.5, 46.4, 55.5, 87.4),
}
#: regions whose states it has no business to say
CRIMEA = (44.3, 32.4, 46.3, 36.7)


def point(thing: str) -> tuple[float, float]:
    said = THINGS[thing]
    return float(said[KG + "latitude"][0].value), float(said[KG + "longitude"][0].value)


def inside(place: tuple[float, float], box: tuple[float, float, float, float]) -> bool:
    south, west, north, east = box
    return south <= place[0] <= north and west <= place[1] <= east


def home_of(place: str) -> str | None:
    """The state that a place lies in, through other places; None where there is none, or it is disputed."""
    for above in THINGS[place].get(KG + "locatedIn", ()):
        return above.value if above.value.startswith(DATA + "state/") else home_of(above.value)
    return None


def test_every_settlement_and_facility_has_coordinates_and_lies_in_a_state_or_in_a_disputed_land(ontology: Ontology) -> None:
    wrong = []
    for place in of_class(ontology, "Settlement", "Facility"):
        chain = [place]
        while above := THINGS[chain[-1]].get(KG + "locatedIn"):
            chain.append(above[0].value)
        ends_well = chain[-1].startswith(DATA + "state/") or KG + "claimedBy" in THINGS[chain[-1]]
        between = chain[-1] == DATA + "place/korean-demilitarized-zone"
        if KG + "latitude" not in THINGS[place] or not (ends_well or between):
            wrong.append(place)
    assert wrong == []


def test_coordinates_are_written_plainly_in_pairs_and_in_range() -> None:
    for said in THINGS.values():
        values = [[value.value for value in said.get(KG + key, ())] for key in ("latitude", "longitude")]
        assert len(values[0]) == len(values[1]) <= 1
        for value, most in zip(values, (90, 180), strict=True):
            assert all(abs(float(number)) <= most and len(number.partition(".")[2]) <= 2 for number in value)


@pytest.mark.parametrize("state", sorted(BOXES))
def test_places_lie_where_their_state_does(state: str, ontology: Ontology) -> None:
    here = [place for place in of_class(ontology, "Place") if KG + "latitude" in THINGS[place] and home_of(place) == f"{DATA}state/{state}"]
    assert here
    assert [(place, point(place)) for place in here if not inside(point(place), BOXES[state])] == []


def test_no_two_sites_of_one_kind_lie_at_one_spot(ontology: Ontology) -> None:
    at: defaultdict[tuple[str, tuple[float, float]], list[str]] = defaultdict(list)
    for place in of_class(ontology, "Settlement", "Facility"):
        at[THINGS[place][TYPE][0].value, point(place)].append(place)
    twice = [places for places in at.values() if len(places) > 1]
    assert twice == []


def test_what_lies_in_crimea_lies_in_no_state(ontology: Ontology) -> None:
    crimea = DATA + "place/crimea"
    there = [
        place for place in of_class(ontology, "Place") if any(above.value == crimea for above in THINGS[place].get(KG + "locatedIn", ()))
    ]
    assert len(there) >= 5
    assert all(home_of(place) is None and inside(point(place), CRIMEA) for place in there)
    assert {state.value for state in THINGS[crimea][KG + "claimedBy"]} == {DATA + "state/RUS", DATA + "state/UKR"}


@pytest.mark.parametrize(
    ("bloc", "count", "members", "others"),
    [
        ("nato", 32, "FIN SWE TUR MKD", "UKR AUT IRL RUS"),
        ("european-union", 27, "HRV CYP ROU", "GBR NOR CHE MDA"),
        ("csto", 6, "ARM BLR", "UZB AZE"),
        ("shanghai-cooperation-organisation", 10, "IRN BLR", "MNG TUR"),
        ("brics", 9, "IRN ARE ETH EGY", "SAU ARG IDN"),
        ("g7", 7, "JPN CAN", "RUS CHN KOR"),
        ("g20", 21, "KOR ZAF", "ESP POL"),
        ("osce", 57, "VAT MNG USA", "CHN ISR"),
        ("arab-league", 22, "SYR PSE", "IRN TUR"),
        ("african-union", 55, "ESH MAR", "ESP YEM"),
        ("asean", 10, "MMR BRN", "TLS CHN"),
        ("ecowas", 15, "MLI NER BFA", "MRT CMR"),
        ("opec", 12, "VEN COG", "QAT AGO ECU RUS"),
        ("wassenaar-arrangement", 42, "RUS IND UKR", "CHN ISR BLR CYP"),
        ("mtcr", 35, "RUS IND BRA", "CHN ISR ROU"),
        ("council-of-europe", 46, "TUR GEO", "RUS BLR XKX"),
        ("aukus", 3, "AUS GBR USA", "NZL"),
        ("quad", 4, "IND JPN", "KOR"),
        ("five-eyes", 5, "NZL CAN", "FRA"),
        ("bucharest-nine", 9, "ROU EST", "HRV"),
        ("multilateral-sanctions-monitoring-team", 11, "KOR NZL", "CHN RUS"),
    ],
)
def test_blocs_have_the_members_that_they_had_at_the_end_of_2024(bloc: str, count: int, members: str, others: str) -> None:
    name = f"{DATA}organization/{bloc}"
    found = {thing for thing, said in THINGS.items() if any(one.value == name for one in said.get(KG + "memberOf", ()))}
    assert len(found) == count
    assert {f"{DATA}state/{code}" for code in members.split()} <= found
    assert {f"{DATA}state/{code}" for code in others.split()} & found == set()


def test_every_weapon_type_says_its_category_in_each_register_that_covers_it(ontology: Ontology) -> None:
    wrong = []
    for weapon in of_class(ontology, "MilitaryObject"):
        values = {register: [value.value for value in THINGS[weapon].get(KG + register, ())] for register in REGISTERS}
        fits = all(value.startswith(f"{PREFIXES['kgs']}{register}-") for register, given in values.items() for value in given)
        if len(values["euml"]) != 1 or max(map(len, values.values())) > 1 or not fits:
            wrong.append(weapon)
        assert {value for given in values.values() for value in given} <= set(ontology.concepts)
    assert wrong == []


@pytest.mark.parametrize(
    ("weapon", "unroca", "sipri", "euml"),
    [
        ("leopard-2", "I", "armoured-vehicles", "6"),
        ("m2-bradley", "II", "armoured-vehicles", "6"),
        ("himars", "III", "artillery", "2"),
        ("f-16", "IV", "aircraft", "10"),
        ("bayraktar-tb2", "IV", "aircraft", "10"),
        ("orlan-10", None, None, "10"),
        ("ka-52", "V", "aircraft", "10"),
        ("mi-17", None, "aircraft", "10"),
        ("slava-class-cruiser", "VI", "ships", "9"),
        ("kn-23", "VII", "missiles", "4"),
        ("shahed-136", "VII", "missiles", "4"),
        ("stinger", "VII", "missiles", "4"),
        ("patriot", None, "air-defence-systems", "4"),
        ("javelin", "SALW", "missiles", "4"),
        ("rpg-7", "SALW", None, "2"),
        ("kalashnikov", "SALW", None, "1"),
        ("jdam", None, "missiles", "4"),
        ("fab-500", None, None, "4"),
        ("155-mm-shell", None, None, "3"),
        ("pfm-1", None, None, "4"),
    ],
)
def test_what_a_register_does_not_cover_is_seen_by_absence(weapon: str, unroca: str | None, sipri: str | None, euml: str | None) -> None:
    said = THINGS[f"{DATA}weapon/{weapon}"]
    found = [next((value.value.rpartition("/")[2] for value in said.get(KG + register, ())), None) for register in REGISTERS]
    wanted = zip(REGISTERS, (unroca, sipri, euml), strict=True)
    assert found == [code and f"{register}-{code}" for register, code in wanted]


def test_every_outlet_has_a_home_but_the_one_of_the_examples(ontology: Ontology) -> None:
    homeless = {outlet.rpartition("/")[2] for outlet in of_class(ontology, "MediaOutlet") if KG + "locatedIn" not in THINGS[outlet]}
    assert homeless == {"kgbuild"}


def test_what_a_state_runs_it_does_not_merely_own() -> None:
    """A state's organ speaks for it; what it only owns is by law free in what it says."""
    organs = {thing for thing, said in THINGS.items() if thing.startswith(DATA + "outlet/") and KG + "organOf" in said}
    owned = {value.value for thing, said in THINGS.items() if thing.startswith(DATA + "state/") for value in said.get(KG + "owns", ())}
    for name in ("tass", "ria-novosti", "xinhua", "kcna", "irna", "belta"):
        assert f"{DATA}outlet/{name}" in organs
    for name in ("tvr", "agerpres", "deutsche-welle", "voice-of-america", "suspilne"):
        assert f"{DATA}outlet/{name}" in owned - organs


def test_the_field_is_covered(ontology: Ontology) -> None:
    counts = {cls: len(of_class(ontology, cls)) for cls in ("MediaOutlet", "MilitaryObject", "Settlement", "Facility", "DiplomaticMission")}
    least = {"MediaOutlet": 250, "MilitaryObject": 240, "Settlement": 250, "Facility": 90, "DiplomaticMission": 390}
    assert {cls: counts[cls] for cls in least if counts[cls] < least[cls]} == {}


def generator(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DATA_FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_the_generator_of_states_writes_the_committed_file() -> None:
    committed = FILES["states.ttl"].decode()
    try:
        versions = f"Babel {version('babel')}.", f"pycountry {version('pycountry')}."
    except PackageNotFoundError as missing:
        pytest.skip(f"the generator needs {missing}")
    if not all(named in committed for named in versions):
        pytest.skip(f"the committed file was written with other versions than {versions}")
    assert generator("generate_states").generate() == committed


@pytest.mark.parametrize("kind", ["memberships", "missions"])
def test_the_generators_of_tables_kept_by_hand_write_the_committed_files(kind: str) -> None:
    assert generator(f"generate_{kind}").generate() == FILES[f"{kind}.ttl"].decode()
