"""The shipped reference data: complete, and consistent with the ontology, with the calendar and with itself."""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError, version
from itertools import combinations
from pathlib import Path

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
    "organOf": ("Organization", ("State",)),
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
    assert used <= set(ontology.properties)
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
        assert THINGS[mission][KG + "accreditedTo"][0].value == DATA + (
            "organization/united-nations" if receiver == "UN" else f"state/{receiver}"
        )


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


def test_the_generator_writes_the_committed_file() -> None:
    committed = FILES["states.ttl"].decode()
    try:
        versions = f"Babel {version('babel')}.", f"pycountry {version('pycountry')}."
    except PackageNotFoundError as missing:
        pytest.skip(f"the generator needs {missing}")
    if not all(named in committed for named in versions):
        pytest.skip(f"the committed file was written with other versions than {versions}")
    spec = importlib.util.spec_from_file_location("generate_states", DATA_FOLDER / "generate_states.py")
    assert spec is not None
    assert spec.loader is not None
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    assert generator.generate() == committed
