"""Events that meet: which descriptions are of one event, whatever tool and language they come from, and which stay apart."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.document import Arg, Document, Unit
from kgbuild.edtf import parse
from kgbuild.mapping import Mapped, Mapper
from kgbuild.ontology import Ontology
from kgbuild.registry import Registry
from kgbuild.resources import read_bundled

Nodes = Callable[..., dict[str, str]]

#: a class of an editor's own, and a role of an editor's own below one that a rule names
EDITED = b"""
    @prefix kg: <https://w3id.org/kgbuild/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    kg:TestSummit a owl:Class ; rdfs:subClassOf kg:Meeting ; rdfs:label "test summit"@en .
    kg:TestShipment a owl:Class ; rdfs:subClassOf kg:ArmsTransfer ; rdfs:label "test shipment"@en .
    kg:chair a owl:ObjectProperty ; rdfs:subPropertyOf kg:participant ; rdfs:domain kg:Meeting ; rdfs:range kg:Agent ; rdfs:label "chair"@en .
"""


@pytest.fixture(scope="module")
def mapper(registry: Registry) -> Mapper:
    return Mapper(Ontology.parse({**read_bundled("ontology", ".ttl"), "edited.ttl": EDITED}), registry)


THINGS = (
    Unit("lav", "entity", "Person", name="Sergey Lavrov"),
    Unit("choe", "entity", "Person", name="Choe Son Hui"),
    Unit("kim", "entity", "Person", name="Kim Jong Un"),
    Unit("ru", "entity", "State", name="Russia"),
    Unit("kp", "entity", "State", name="North Korea"),
    Unit("ro", "entity", "State", name="Romania"),
    Unit("shahed", "entity", "Weapon", name="Shahed-136"),
    Unit("himars", "entity", "Weapon", name="HIMARS"),
)


def happening(unit_id: str, label: str, date: str = "", **roles: str) -> Unit:
    """An event; a role may have several targets, separated by blanks; ``date`` may be several, separated by commas."""
    args = [Arg(role, target=target) for role, targets in roles.items() for target in targets.split()]
    return Unit(unit_id, "event", label, args=(*args, *(Arg("date", value=one) for one in date.split(",") if one)))


def said(unit_id: str, stance: str, date: str = "", **roles: str) -> Unit:
    return replace(happening(unit_id, "Statement", date, **roles), kind="statement", attrs={"stance": stance})


@pytest.fixture(scope="module")
def nodes(mapper: Mapper) -> Nodes:
    """Map units of one article and give the node of each event, statement and tally: by its unit's id, told by its name."""

    def of(*units: Unit, id: str = "doc", lang: str = "en") -> dict[str, str]:
        named = tuple(replace(unit, name=unit.id) if unit.kind in ("event", "statement") else unit for unit in units)
        result = mapper.map((Document(id, meta={"lang": lang, "published": "2024-01-20"}, units=(*THINGS, *named)),))
        wanted = {unit.id for unit in units}
        return {label: thing for label, thing in _labelled(result).items() if label in wanted}

    return of


def _labelled(result: Mapped) -> dict[str, str]:
    """Label -> thing."""
    lines = (line.partition(f"> <{v.LABEL}> ") for line in result.facts if f"> <{v.LABEL}> " in line)
    return {label.split('"')[1]: thing[1:] for thing, _predicate, label in lines}


def meeting(unit_id: str = "m", label: str = "Meeting", date: str = "2024-01-16", participant: str = "lav choe", **roles: str) -> Unit:
    return happening(unit_id, label, date, participant=participant, **roles)


ONE_MEETING = {
    "as it is": meeting(),
    "the other way round": meeting(participant="choe lav"),
    "a participant twice": meeting(participant="choe lav choe"),
    "a more particular class of an editor's own": meeting(label="test summit"),
    "a role of an editor's own": meeting(participant="lav", chair="choe"),
    "with the time of day": meeting(date="2024-01-16T10:00"),
    "with time and zone": meeting(date="2024-01-16T10:00:00+03:00"),
    "about that day": meeting(date="2024-01-16~"),
    "perhaps that day": meeting(date="2024-01-16?"),
    "an interval of one day": meeting(date="2024-01-16/2024-01-16"),
    "the day twice": meeting(date="2024-01-16,2024-01-16~"),
    "with place and topic": meeting(place="ru", topic="kp"),
    "part of a visit": meeting(subEventOf="vis"),
}
OTHER_MEETINGS = {
    "known by the month": meeting(date="2024-01"),
    "known by the year": meeting(date="2024"),
    "two days long": meeting(date="2024-01-16/2024-01-17"),
    "from that day on": meeting(date="2024-01-16/.."),
    "until that day": meeting(date="../2024-01-16"),
    "the day after": meeting(date="2024-01-17"),
    "one participant more": meeting(participant="lav choe kim"),
    "one participant less": meeting(participant="lav"),
    "their states": meeting(participant="ru kp"),
    "a call": meeting(label="PhoneCall"),
    "an agreement": meeting(label="Agreement"),
}
OWN_MEETINGS = {
    "undated": meeting(date=""),
    "without participants": meeting(participant=""),
    "some year": meeting(date="XXXX"),
    "beyond the calendar": meeting(date="Y17000"),
    "a date that is none": meeting(date="last week"),
}
VISIT = happening("vis", "Visit", "2024-01-15/2024-01-17", visitor="choe", host="ru")


@pytest.mark.parametrize("case", ONE_MEETING)
def test_one_meeting_is_one_node_however_it_is_annotated(case: str, nodes: Nodes) -> None:
    assert nodes(VISIT, ONE_MEETING[case], id="other", lang="ro")["m"] == nodes(meeting())["m"]


@pytest.mark.parametrize("case", OTHER_MEETINGS)
def test_another_meeting_is_another_node_that_can_meet_its_like(case: str, nodes: Nodes) -> None:
    other = nodes(OTHER_MEETINGS[case])["m"]
    assert other != nodes(meeting())["m"]
    assert other.startswith(iris.DATA + "event/")
    assert other == nodes(OTHER_MEETINGS[case], id="other")["m"]


@pytest.mark.parametrize("case", OWN_MEETINGS)
def test_with_a_value_missing_a_meeting_is_its_articles_own(case: str, nodes: Nodes) -> None:
    assert nodes(OWN_MEETINGS[case])["m"] == iris.DATA + "article/doc/m"


def test_every_other_meeting_differs_from_all_the_rest(nodes: Nodes) -> None:
    found = [nodes(unit)["m"] for unit in OTHER_MEETINGS.values()]
    assert len(set(found)) == len(found)


def test_participants_named_by_their_post_that_day_are_the_persons(mapper: Mapper) -> None:
    units = (Unit("lav", "entity", "Person", name="ministrul rus de Externe"), *THINGS[1:], meeting())
    result = mapper.map((Document("doc", meta={"lang": "ro", "published": "2024-01-17"}, units=units),))
    if not any(f"<{v.PARTICIPANT}> <{iris.DATA}person/sergey-lavrov>" in line for line in result.facts):
        pytest.skip("names of posts are not resolved to persons here")
    plain = mapper.map((Document("doc", meta={"lang": "en"}, units=(*THINGS, meeting())),))
    assert {line for line in plain.facts if v.PARTICIPANT in line} <= set(result.facts)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({}, True),
        ({"place": "ru"}, True),
        ({"host": "ro"}, False),
        ({"host": ""}, False),
        ({"visitor": "choe lav"}, False),
        ({"date": "2024-01"}, False),
    ],
)
def test_a_visit_is_known_by_who_went_to_whom_and_when(other: dict[str, str], same: bool, nodes: Nodes) -> None:
    visit = {"date": "2024-01-15/2024-01-17", "visitor": "choe", "host": "ru"}
    one, two = nodes(happening("v", "Visit", **visit)), nodes(happening("v", "Visit", **{**visit, **other}), id="other")
    assert (one["v"] == two["v"]) is same


# --- parts and wholes


@pytest.mark.parametrize("label", ["Meeting", "test summit"])
def test_a_part_stays_apart_from_a_whole_with_the_same_key(label: str, nodes: Nodes) -> None:
    found = nodes(meeting("whole"), meeting("part", label, subEventOf="whole"), meeting("piece", subEventOf="part"))
    assert found["whole"] == nodes(meeting())["m"]
    assert (found["part"], found["piece"]) == (iris.DATA + "article/doc/part", iris.DATA + "article/doc/piece")


def test_a_part_stays_apart_from_a_whole_that_is_named_by_its_iri(nodes: Nodes) -> None:
    whole = nodes(meeting())["m"]
    assert nodes(meeting("part", subEventOf=whole))["part"] == iris.DATA + "article/doc/part"


def test_parts_with_keys_of_their_own_meet(nodes: Nodes) -> None:
    whole = meeting("whole", date="2024-01-15/2024-01-17")
    found = nodes(whole, meeting("part", subEventOf="whole"))
    assert found["part"] == nodes(meeting())["m"]
    assert found["whole"] != found["part"]


def test_a_circle_of_parts_is_no_reason_to_be_one(nodes: Nodes) -> None:
    same = nodes(meeting("a", subEventOf="b"), meeting("b", subEventOf="a"))
    assert same == {"a": iris.DATA + "article/doc/a", "b": iris.DATA + "article/doc/b"}
    alone = nodes(meeting("a", subEventOf="a"))
    assert alone["a"] == nodes(meeting())["m"]


# --- transfers and their relation


def transfer(unit_id: str, date: str = "", label: str = "ArmsTransfer", **roles: str) -> Unit:
    return happening(unit_id, label, date, **{"supplier": "kp", "recipient": "ru", **roles})


def test_the_relation_an_undated_transfer_and_shipments_stay_apart_and_are_parts_of_the_relation(mapper: Mapper, nodes: Nodes) -> None:
    shipments = (
        transfer("undated"),
        transfer("undated2"),
        transfer("one", "2024-01", item="shahed"),
        transfer("two", "2024-01", item="himars"),
        transfer("both", "2024-01", item="himars shahed"),
        transfer("later", "2024-02", item="shahed"),
        transfer("part", "2024-01", item="shahed", subEventOf="one"),
    )
    found = nodes(*shipments)
    supply = f"{iris.DATA}supply/{iris.digest(iris.DATA + 'state/PRK', iris.DATA + 'state/RUS')}"
    assert len({*found.values(), supply}) == len(shipments) + 1
    result = mapper.map((Document("doc", meta={"lang": "en"}, units=(*THINGS, *shipments)),))
    assert {line for line in result.facts if v.PART_OF_SUPPLY in line} == {
        f"<{node}> <{v.PART_OF_SUPPLY}> <{supply}>" for node in found.values()
    }
    assert nodes(transfer("one", "2024-01~", item="shahed"), id="other")["one"] == found["one"]
    assert nodes(transfer("two", "2024-01", "test shipment", item="himars"), id="other")["two"] == found["two"]


# --- statements


DENIALS = [
    ({}, {}, True),
    ({"about": "y"}, {}, True),
    ({"about": "x y"}, {}, True),
    ({"about": "shipment"}, {}, False),
    ({"about": "x shipment"}, {}, False),
    ({"speaker": "lav"}, {}, False),
    ({"speaker": "ru lav"}, {}, False),
    ({"about": "x m"}, {}, False),
    ({"date": "2024-01-16T18:00:00Z"}, {}, True),
    ({"date": ""}, {"madeDuring": "m"}, True),
    ({"date": ""}, {"madeDuring": "m twice"}, True),
    ({"date": "2024-01"}, {"madeDuring": "m"}, False),
    ({}, {"addressee": "ro"}, True),
]


@pytest.mark.parametrize(("changed", "more", "same"), DENIALS)
def test_one_denial_reported_twice_is_one_denial(changed: dict[str, str], more: dict[str, str], same: bool, nodes: Nodes) -> None:
    about = (transfer("x"), transfer("y", item="shahed", label="test shipment"), transfer("shipment", "2024-01", item="himars"))
    events = (*about, meeting(), meeting("twice", participant="lav kim"))
    fields = {"speaker": "ru", "about": "x", "date": "2024-01-16"}
    one = nodes(*events, said("s", "denies", **fields), id="one")["s"]
    other = nodes(*events, said("s", "denies", **{**fields, **changed, **more}), id="other", lang="ro")["s"]
    assert (one == other) is same
    assert one.startswith(iris.DATA + "statement/")


def test_statements_on_each_other_in_a_circle_are_the_articles_own_whichever_comes_first(nodes: Nodes) -> None:
    a = said("a", "denies", "2024-01-16", speaker="ru", about="b")
    b = said("b", "denies", "2024-01-16", speaker="kp", about="a")
    on_a = said("c", "denies", "2024-01-17", speaker="ro", about="a")
    found = nodes(a, b, on_a)
    assert found == nodes(on_a, b, a) == {unit: f"{iris.DATA}article/doc/{unit}" for unit in "abc"}


def test_a_long_chain_of_statements_on_statements_is_mapped(nodes: Nodes) -> None:
    chain = [said("s0", "denies", "2024-01-16", speaker="ru", about="x")]
    chain += [said(f"s{i}", "denies", "2024-01-16", speaker="ru", about=f"s{i - 1}") for i in range(1, 500)]
    found = nodes(transfer("x"), *chain[::-1])
    assert len(set(found.values())) == 501
    assert found["s1"].startswith(iris.DATA + "statement/")
    assert found["s499"] == iris.DATA + "article/doc/s499"


# --- in the store


ARTICLES: dict[str, tuple[str, list[tuple[str, str, str]], list[dict[str, Any]]]] = {
    "en": (
        "en",
        [("p1", "PER", "Sergey Lavrov"), ("p2", "PER", "Choe Son Hui")],
        [{"role": "participant", "target": "p1"}, {"role": "participant", "target": "p2"}, {"role": "date", "value": "2024-01-16"}],
    ),
    "ro": (
        "ro",
        [("b", "Person", "Choe Son-hui"), ("a", "Person", "Serghei Lavrov")],
        [{"role": "date", "value": "2024-01-16T10:00"}, {"role": "Participant", "target": "b"}, {"role": "participant", "target": "a"}],
    ),
    "ro2": (
        "ro",
        [("x", "PERSON", "Serghei Lavrov")],
        [
            {"role": "participant", "value": "Choe Son Hui"},
            {"role": "participant", "target": "x"},
            {"role": "date", "value": "2024-01-16~"},
        ],
    ),
}


def _article(name: str, label: str) -> str:
    lang, persons, args = ARTICLES[name]
    units: list[dict[str, Any]] = [{"id": unit, "kind": "entity", "label": kind, "name": person} for unit, kind, person in persons]
    units.append({"id": "ev", "kind": "event", "label": label, "args": args})
    return json.dumps({"kgbuild": 1, "id": name, "meta": {"lang": lang}, "units": units}, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    "loads", [pytest.param(["en", "ro", "ro2"], id="one by one"), pytest.param(["ro2 ro en"], id="at once", marks=pytest.mark.long)]
)
def test_a_meeting_in_three_articles_and_two_languages_is_one_row_of_meetings(kgbuild, tmp_path: Path, loads: list[str]) -> None:  # type: ignore[no-untyped-def]
    ontology = tmp_path / "ontology"
    ontology.mkdir()
    for file, data in {**read_bundled("ontology", ".ttl"), "edited.ttl": EDITED}.items():
        (ontology / file).write_bytes(data)
    path = tmp_path / "articles.kga.jsonl"
    for names in loads:
        path.write_text("".join(_article(name, "test summit" if name == "ro" else "Meeting") for name in names.split()), encoding="utf-8")
        result = kgbuild("load", "--store", tmp_path / "store", "--ontology", ontology, path)
        assert result.exit_code == 0, result.stderr
    rows = [
        json.loads(line) for line in kgbuild("query", "meetings", "--format", "jsonl", "--store", tmp_path / "store").stdout.splitlines()
    ]
    assert [(row["earliest"], row["latest"], row["articles"]) for row in rows] == [("2024-01-16", "2024-01-16", 3)]
    assert rows[0]["type"].endswith("#TestSummit")
    assert rows[0]["meeting"].startswith(iris.DATA + "event/")
    assert rows[0]["participants"] == f"{iris.DATA}person/choe-son-hui | {iris.DATA}person/sergey-lavrov"


# --- order means nothing


RICH = (
    *THINGS,
    Unit("tally", "value", "TargetTally", attrs={"targetType": "radar-station", "count": 2}),
    VISIT,
    meeting(subEventOf="vis"),
    meeting("part", subEventOf="m"),
    meeting("call", "PhoneCall", "2024-01-16,2024-01-18", topic="kp"),
    replace(meeting("named", participant="lav"), args=(*meeting("n", participant="lav").args, *(Arg("participant", value=x) for x in ("Popescu", "Choe Son Hui", "Ana")))),
    transfer("x"),
    transfer("y", "2024-01", item="himars shahed"),
    happening("hit", "Strike", "2024-01-17", attacker="ru", target="ro", tally="tally"),
    happening("hit2", "Strike", "2024-01-18", attacker="ru", target="ro", tally="tally"),
    said("s", "denies", "", speaker="ru lav", about="x y", madeDuring="m call"),
    said("t", "rejects", "2024-01-17", speaker="kp", about="s t2"),
    said("u", "denies", "2024-01-17", speaker="ro", about="w"),
    said("w", "denies", "2024-01-17", speaker="kp", about="u"),
    said("t2", "reports", "2024-01-17", speaker="ro", about="u", conveys="s", after="t"),
    Unit("h", "relation", "holdsPost", args=(Arg("source", target="choe"), Arg("target", value="envoy"))),
)  # fmt: skip


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_an_article_says_does_not_depend_on_the_order_of_units_and_arguments(mapper: Mapper, rng: random.Random) -> None:
    def mixed(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        shuffled = rng.sample(units, len(units))
        # a relation's first argument is its source
        return tuple(
            unit if unit.kind == "relation" else replace(unit, args=tuple(rng.sample(unit.args, len(unit.args)))) for unit in shuffled
        )

    plain = mapper.map((Document("doc", meta={"lang": "en", "published": "2024-01-20"}, units=RICH),))
    again = mapper.map((Document("doc", meta={"lang": "en", "published": "2024-01-20"}, units=mixed(RICH)),))
    # a statement of several is called after the first of them
    assert [line for line in again.facts if v.LABEL not in line] == [line for line in plain.facts if v.LABEL not in line]


_DATES = (
    "2024-01-16",
    "2024-01-16T10:00",
    "2024-01-16~",
    "2024-01",
    "2024-01-XX",
    "2024-XX",
    "2024",
    "2024-01-16/..",
    "../2024-01-16",
    "",
    "Y17000",
)
_MEETINGS = st.tuples(
    st.sets(st.sampled_from(["lav", "choe", "kim", "ru"])),
    st.sampled_from(_DATES),
    st.sampled_from(["Meeting", "test summit", "PhoneCall"]),
)


@settings(deadline=None)
@given(_MEETINGS, _MEETINGS)
def test_two_articles_meet_exactly_where_kind_participants_and_bounds_are_the_same(
    mapper: Mapper, one: tuple[set[str], str, str], other: tuple[set[str], str, str]
) -> None:
    def node(described: tuple[set[str], str, str], article: str) -> str:
        who, date, label = described
        unit = replace(meeting(label=label, date=date, participant=" ".join(who)), name="found")
        return _labelled(mapper.map((Document(article, units=(*THINGS, unit)),)))["found"]

    def key(described: tuple[set[str], str, str]) -> object:
        who, date, label = described
        bounds = parse(date) if date else None
        if not who or bounds is None or bounds.loose:
            return object()
        return frozenset(who), bounds.earliest, bounds.latest, label == "PhoneCall"

    assert (node(one, "one") == node(other, "other")) is (key(one) == key(other))
