"""What one article says in RDF: identity, derived facts, problems, and that nothing depends on where or when it is mapped."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
import pytest

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.document import Arg, Document, Mention, Prov, Unit
from kgbuild.mapping import Mapped, Mapper
from kgbuild.ontology import Ontology
from kgbuild.redaction import without_text
from kgbuild.registry import Registry
from kgbuild.resources import read_bundled

RUSSIA, NORTH_KOREA, ROMANIA = (iris.DATA + "state/" + code for code in ("RUS", "PRK", "ROU"))
LAVROV, CHOE = iris.DATA + "person/sergey-lavrov", iris.DATA + "person/choe-son-hui"

Map = Callable[..., Mapped]


@pytest.fixture(scope="module")
def mapper(ontology: Ontology, registry: Registry) -> Mapper:
    return Mapper(ontology, registry)


@pytest.fixture(scope="module")
def mapped(mapper: Mapper) -> Map:
    """Map a document made of units: ``mapped(unit, …, id=…, published=…)``."""

    def map_units(*units: Unit, id: str = "doc", text: str | None = None, **meta: Any) -> Mapped:
        return mapper.map((Document(id, text=text, meta={"lang": "en", **meta}, units=units),))

    return map_units


def entity(id: str, label: str, name: str | None = None, *links: str, **fields: Any) -> Unit:
    return Unit(id, "entity", label, name=name, links=links, **fields)


def event(id: str, label: str, date: str = "", kind: str = "event", attrs: dict[str, Any] | None = None, **roles: str) -> Unit:
    """An event or statement; a role may have several targets, separated by blanks."""
    args = [Arg(role, target=target) for role, targets in roles.items() for target in targets.split()]
    if date:
        args.append(Arg("date", value=date))
    return Unit(id, kind, label, args=tuple(args), attrs=attrs or {})  # type: ignore[arg-type]


def statement(id: str, stance: str, date: str = "", **roles: str) -> Unit:
    return event(id, "Statement", date, "statement", {"stance": stance} if stance else {}, **roles)


def relation(label: str, source: str, target: str, **attrs: str) -> Unit:
    return Unit(f"{label}-{source}-{target}", "relation", label, args=(Arg("source", source), Arg("target", target)), attrs=dict(attrs))


def objects(result: Mapped, subject: str, predicate: str) -> set[str]:
    """The objects of a subject and predicate among the facts; IRIs and lexical forms."""
    start = f"<{subject}> <{predicate}> "
    terms = (line.removeprefix(start) for line in (*result.facts, *result.details) if line.startswith(start))
    return {term[1:-1] if term.startswith("<") else term[1 : term.rindex('"')] for term in terms}


def nodes(result: Mapped, cls: str) -> set[str]:
    """The things of a class, by the class's local name."""
    end = f" <{v.TYPE}> <{iris.KG}{cls}>"
    return {line.removesuffix(end)[1:-1] for line in result.facts if line.endswith(end)}


def node(result: Mapped, cls: str) -> str:
    (found,) = nodes(result, cls)
    return found


def codes(result: Mapped) -> list[str]:
    return [problem.code for problem in result.problems]


RU, KP, RO = entity("ru", "State", "Russia"), entity("kp", "State", "Coreea de Nord"), entity("ro", "State", "Romania", "wd:Q218")
LAV, CHO = entity("lav", "Person", "Sergey Lavrov"), entity("choe", "Person", "Choe Son Hui")

# --- a pure function


def test_equal_input_gives_equal_lines_in_any_process(mapper: Mapper) -> None:
    record = (Document("doc", text="Russia denied.", units=(RU, statement("s", "denies", speaker="ru"))),)
    again = pickle.loads(pickle.dumps(mapper))
    assert mapper.map(record) == mapper.map(record) == again.map(record)


def test_every_line_is_ntriples_and_none_has_a_blank_node(mapped: Map) -> None:
    odd = entity('odd "id" <>/ă', "Organization", 'name\\ with "quotes"\nand lines')
    result = mapped(RU, KP, odd, event("x", "ArmsTransfer", supplier="kp"))
    for line in (*result.facts, *result.details):
        (triple,) = ox.parse((line + " .").encode(), ox.RdfFormat.N_TRIPLES)
        assert not isinstance(triple.subject, ox.BlankNode)
        assert not isinstance(triple.object, ox.BlankNode)
        assert str(triple.triple) == line


def test_facts_and_details_share_no_line(mapped: Map) -> None:
    result = mapped(entity("ru", "State", "Russia", mentions=(Mention(((0, 6),), "Russia"),)), text="Russia.")
    assert result.details
    assert not set(result.facts) & set(result.details)


# --- identity of things

IDENTITIES = [
    (entity("a", "State", "Whatever", "wd:Q159"), RUSSIA),
    (entity("a", "State", "Coreea de Nord"), NORTH_KOREA),
    (entity("a", "State", "북한"), NORTH_KOREA),
    (entity("a", "State", "coreea  DE nord"), NORTH_KOREA),
    (entity("a", "State", None, mentions=(Mention(((0, 6),), "Russia"),)), RUSSIA),
    (entity("a", "Organization", "Acme Works"), iris.DATA + "name/organization/acmeworks"),
    (entity("a", "Company", "ACME Works!"), iris.DATA + "name/organization/acmeworks"),
    (entity("a", "Person", "Ion Popescu"), iris.DATA + "name/person/ionpopescu"),
    (entity("a", "Person", "Popescu"), iris.DATA + "article/doc/a"),
    (entity("a", "Coalition", "The West"), iris.DATA + "article/doc/a"),
    (entity("a", "SocialMediaPost", "a post"), iris.DATA + "article/doc/a"),
    (entity("a", "Organization", "!?"), iris.DATA + "article/doc/a"),
    (entity("a", "Organization", None, mentions=(Mention(((0, 9),), "a ministry"),)), iris.DATA + "article/doc/a"),
    (entity("a", "Person", "Ion Popescu", "wd:Q999999999"), iris.DATA + "link/wd%3AQ999999999"),
    (entity("a", "Settlement", "Târgu Mic"), iris.DATA + "name/settlement/targumic"),
]


@pytest.mark.parametrize(("unit", "expected"), IDENTITIES, ids=lambda value: getattr(value, "name", None))
def test_a_thing_is_identified(unit: Unit, expected: str, mapped: Map) -> None:
    result = mapped(unit, text="Russia and others.")
    assert objects(result, expected, v.REPORTED_IN) == {iris.DATA + "article/doc"}


def test_a_reference_things_type_and_labels_are_left_to_the_reference_graph(mapped: Map) -> None:
    result = mapped(RU)
    assert not objects(result, RUSSIA, v.TYPE)
    assert not objects(result, RUSSIA, v.LABEL)


def test_an_ambiguous_name_is_reported_with_its_candidates_and_not_guessed(mapped: Map) -> None:
    result = mapped(entity("k", "State", "Korea"))
    assert codes(result) == ["ambiguous-name"]
    assert "data:state/KOR" in result.problems[0].message
    assert "data:state/PRK" in result.problems[0].message
    assert objects(result, iris.DATA + "article/doc/k", v.LABEL) == {"Korea"}


def test_links_to_two_reference_things_are_ambiguous(mapped: Map) -> None:
    assert codes(mapped(entity("k", "State", "Korea", "wd:Q423", "wd:Q884"))) == ["ambiguous-name"]


def test_the_publisher_is_a_thing_like_any_other(mapped: Map) -> None:
    result = mapped(publisher="Gazeta Mică")
    (outlet,) = objects(result, iris.DATA + "article/doc", v.PUBLISHED_BY)
    assert outlet == iris.DATA + "name/organization/gazetamica"
    assert objects(result, outlet, v.TYPE) == {iris.KG + "MediaOutlet"}


# --- identity of events and statements


def meeting(**fields: str) -> Unit:
    return event("m", "Meeting", **{"participant": "lav choe", "date": "2024-01-16", **fields})


def test_two_reports_of_a_meeting_meet(mapped: Map) -> None:
    one = mapped(LAV, CHO, meeting(), id="one")
    other = mapped(entity("choe", "Person", "Choe Son-hui"), LAV, meeting(participant="choe lav"), id="other")
    assert node(one, "Meeting") == node(other, "Meeting")
    assert objects(one, node(one, "Meeting"), v.REPORTED_IN) == {iris.DATA + "article/one"}


@pytest.mark.parametrize("different", [{"date": "2024-01-17"}, {"date": "2024-01"}, {"participant": "lav"}, {"participant": "lav choe ru"}])
def test_other_participants_or_another_date_make_another_meeting(different: dict[str, str], mapped: Map) -> None:
    assert node(mapped(LAV, CHO, RU, meeting()), "Meeting") != node(mapped(LAV, CHO, RU, meeting(**different)), "Meeting")


def test_one_day_written_in_two_ways_is_one_date(mapped: Map) -> None:
    assert node(mapped(LAV, CHO, meeting()), "Meeting") == node(mapped(LAV, CHO, meeting(date="2024-01-16/2024-01-16")), "Meeting")


@pytest.mark.parametrize("date", ["-0043", "Y17000", "2024-01-16/Y17000", "-0043/2024-01-16"])
def test_a_date_that_the_bounds_do_not_tell_identifies_nothing(date: str, mapped: Map) -> None:
    result = mapped(LAV, CHO, meeting(date=date))
    assert node(result, "Meeting") == iris.DATA + "article/doc/m"
    assert objects(result, node(result, "Meeting"), v.P_DATE) == {date}
    assert not result.problems


@pytest.mark.parametrize("missing", [{"date": ""}, {"participant": ""}])
def test_with_a_value_missing_the_event_stays_the_articles_own(missing: dict[str, str], mapped: Map) -> None:
    assert node(mapped(LAV, CHO, meeting(**missing)), "Meeting") == iris.DATA + "article/doc/m"


def test_an_editors_new_class_inherits_the_identity(registry: Registry) -> None:
    summit = b"""
        @prefix kg: <https://w3id.org/kgbuild/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        kg:Summit a owl:Class ; rdfs:subClassOf kg:Meeting ; rdfs:label "summit"@en , "reuniune la nivel inalt"@ro .
    """
    edited = Mapper(Ontology.parse({**read_bundled("ontology", ".ttl"), "summit.ttl": summit}), registry)
    units = (LAV, CHO, event("m", "summit", "2024-01-16", participant="lav choe"))
    result = edited.map((Document("doc", units=units),))
    assert not result.problems
    plain = edited.map((Document("doc", units=(LAV, CHO, meeting())),))
    assert node(result, "Summit") == node(plain, "Meeting")


def transfer(id: str = "x", date: str = "", **roles: str) -> Unit:
    return event(id, "ArmsTransfer", date, **{"supplier": "kp", "recipient": "ru", **roles})


def test_one_denial_reported_twice_is_one_denial(mapped: Map) -> None:
    denial = statement("s", "denies", "2022-11-08", speaker="ru", about="x")
    one, other = mapped(RU, KP, transfer(), denial, id="one"), mapped(RU, KP, transfer(), denial, id="other")
    assert node(one, "Denial") == node(other, "Denial")
    assert node(one, "ArmsTransfer") != node(other, "ArmsTransfer")


@pytest.mark.parametrize(("stance", "date"), [("acknowledges", "2022-11-08"), ("denies", "2022-11-09"), ("denies", "")])
def test_another_stance_or_date_is_another_statement(stance: str, date: str, mapped: Map) -> None:
    denial = mapped(RU, KP, transfer(), statement("s", "denies", "2022-11-08", speaker="ru", about="x"))
    other = mapped(RU, KP, transfer(), statement("s", stance, date, speaker="ru", about="x"))
    cls = "Denial" if stance == "denies" else "Acknowledgement"
    assert node(denial, "Denial") != node(other, cls)


def test_a_tally_is_identified_by_its_strike_its_target_type_and_its_count(mapped: Map) -> None:
    def tally(count: int) -> Unit:
        return Unit("t", "value", "TargetTally", attrs={"targetType": "radar-station", "count": count})

    strike = event("k", "Strike", "2024-01-17", attacker="ru", target="ro", tally="t")
    two, again, three = (mapped(RU, RO, strike, tally(count)) for count in (2, 2, 3))
    assert node(two, "TargetTally") == node(again, "TargetTally") != node(three, "TargetTally")
    assert objects(two, node(two, "TargetTally"), v.TARGET_TYPE) == {iris.KGS + "target-radar-station"}


def test_the_figures_of_two_sides_stay_apart_where_their_descriptions_meet(mapped: Map) -> None:
    def tally(unit: str, count: int) -> Unit:
        return Unit(unit, "value", "TargetTally", attrs={"targetType": "radar-station", "count": count})

    def strike(unit: str, **tallies: str) -> Unit:
        return event(unit, "Strike", "2024-01-17", attacker="ru", target="ro", **tallies)

    said = mapped(
        RU,
        RO,
        tally("t2", 2),
        tally("t9", 9),
        strike("theirs", tally="t9"),
        strike("ours", tally="t2"),
        strike("bare"),
        statement("s1", "claims", "2024-01-17", speaker="ru", about="theirs"),
        statement("s2", "claims", "2024-01-17", speaker="ro", about="ours"),
        statement("s3", "reports", "2024-01-17", speaker="ro", about="bare"),
    )
    assert len(nodes(said, "Strike")) == 1

    def counts(cls: str) -> set[tuple[str, ...]]:
        figures = {claim: objects(said, claim, v.FIGURE) for claim in nodes(said, cls)}
        return {tuple(sorted(str(n) for tally in tallies for n in objects(said, tally, v.COUNT))) for tallies in figures.values()}

    assert counts("Claim") == {("2",), ("9",)}
    assert counts("Report") == {("2", "9")}


def test_a_cycle_of_keys_ends(mapped: Map) -> None:
    one = statement("a", "denies", "2024", speaker="ru", about="b")
    other = statement("b", "claims", "2024", speaker="ru", about="a")
    assert len(nodes(mapped(RU, one, other), "Denial")) == 1


# --- what is derived


def test_a_transfer_is_part_of_its_supply_relation(mapped: Map) -> None:
    result = mapped(RU, KP, transfer())
    supply = node(result, "ArmsSupply")
    assert objects(result, node(result, "ArmsTransfer"), v.PART_OF_SUPPLY) == {supply}
    assert (objects(result, supply, v.SUPPLIER), objects(result, supply, v.RECIPIENT)) == ({NORTH_KOREA}, {RUSSIA})


def test_the_states_of_a_supply_relation_are_reached_through_organs(mapped: Map) -> None:
    army = entity("army", "ArmedForces", "Some Northern Army")
    result = mapped(RU, KP, army, relation("organOf", "army", "kp"), transfer(supplier="army"))
    assert objects(result, node(result, "ArmsSupply"), v.SUPPLIER) == {NORTH_KOREA}


def test_with_a_party_unknown_there_is_no_supply_relation(mapped: Map) -> None:
    for units in ((RU, event("x", "ArmsTransfer", recipient="ru")), (RU, entity("kp", "Company", "Acme"), transfer())):
        assert not nodes(mapped(*units), "ArmsSupply")


GENERAL = [
    ({}, (), True),
    ({"item": "i"}, (entity("i", "Weapon", "arme"),), True),
    ({"item": "i"}, (entity("i", "Weapon", "weapons"),), True),
    ({"item": "i"}, (entity("i", "Missile", "rachete"),), False),
    ({"item": "i"}, (entity("i", "Weapon", "Shahed-136"),), False),
    ({"date": "2023"}, (), False),
]


@pytest.mark.parametrize(("fields", "items", "general"), GENERAL)
def test_an_undated_transfer_of_nothing_in_particular_stands_for_the_relation(
    fields: dict[str, str], items: tuple[Unit, ...], general: bool, mapped: Map
) -> None:
    result = mapped(RU, KP, *items, transfer(**fields))
    assert bool(objects(result, node(result, "ArmsTransfer"), v.STANDS_FOR)) is general


SPEAKERS = [
    ("a state speaks for itself", (), "ru", "2024-01-16", {RUSSIA}),
    ("a minister in office", (LAV,), "lav", "2024-01-16", {RUSSIA}),
    ("the same man before his term", (LAV,), "lav", "2003-05-01", set()),
    ("an undated statement counts by the day of publication", (LAV,), "lav", "", {RUSSIA}),
    ("a private person", (entity("p", "Person", "Ion Popescu"),), "p", "2024-01-16", set()),
]


@pytest.mark.parametrize(("case", "units", "speaker", "date", "states"), SPEAKERS, ids=[case[0] for case in SPEAKERS])
def test_for_whom_a_statement_counts(case: str, units: tuple[Unit, ...], speaker: str, date: str, states: set[str], mapped: Map) -> None:
    result = mapped(RU, KP, transfer(), *units, statement("s", "denies", date, speaker=speaker, about="x"), published="2024-01-17")
    assert objects(result, node(result, "Denial"), v.SPEAKS_FOR) == states


HOLDING = [
    ("2024-01-01", {}, True),
    ("2024-03-01", {}, False),
    ("", {}, True),
    ("2024-03-01", {"from": "2020"}, True),
    ("2019", {"from": "2020"}, False),
]


@pytest.mark.parametrize(("date", "attrs", "counts"), HOLDING)
def test_a_post_that_the_article_gives(date: str, attrs: dict[str, str], counts: bool, mapped: Map) -> None:
    person, post = entity("p", "Person", "Ion Popescu"), entity("o", "Post", "Chief of Something")
    held = (relation("holdsPost", "p", "o", **attrs), relation("postOf", "o", "ro"))
    said = statement("s", "denies", date, speaker="p", about="x")
    result = mapped(RU, KP, RO, transfer(), person, post, *held, said, published="2024-01-17")
    assert objects(result, node(result, "Denial"), v.SPEAKS_FOR) == ({ROMANIA} if counts else set())
    assert bool(nodes(result, "PostTenure")) is bool(attrs)


def test_an_explicit_on_behalf_of_decides(mapped: Map) -> None:
    said = statement("s", "denies", "2024-01-16", speaker="lav", onBehalfOf="kp", about="x")
    result = mapped(RU, KP, LAV, transfer(), said)
    assert objects(result, node(result, "Denial"), v.SPEAKS_FOR) == {NORTH_KOREA}


def test_the_states_behind_an_events_parties_are_said(mapped: Map) -> None:
    result = mapped(LAV, CHO, meeting())
    assert objects(result, node(result, "Meeting"), v.PARTY_STATE) == {RUSSIA, NORTH_KOREA}


def bounds(result: Mapped, thing: str) -> tuple[set[str], set[str]]:
    return objects(result, thing, v.EARLIEST), objects(result, thing, v.LATEST)


def test_a_date_is_kept_as_written_with_its_bounds(mapped: Map) -> None:
    result = mapped(LAV, CHO, meeting(date="2023-09"))
    assert objects(result, node(result, "Meeting"), v.P_DATE) == {"2023-09"}
    assert bounds(result, node(result, "Meeting")) == ({"2023-09-01"}, {"2023-09-30"})


def test_an_undated_statement_takes_the_bounds_of_its_event(mapped: Map) -> None:
    result = mapped(RU, LAV, CHO, meeting(), statement("s", "praises", speaker="lav", madeDuring="m"))
    assert bounds(result, node(result, "Praise")) == ({"2024-01-16"}, {"2024-01-16"})


def test_after_gives_an_undated_statement_its_earliest_day_and_an_order(mapped: Map) -> None:
    first = statement("a", "denies", "2022-11-08", speaker="ru", about="x")
    second = statement("b", "evades", "", speaker="ru", about="x", after="a")
    third = statement("c", "rejects", "", speaker="ru", about="x", after="b")
    result = mapped(RU, KP, transfer(), first, second, third)
    assert bounds(result, node(result, "Evasion")) == ({"2022-11-08"}, set())
    assert bounds(result, node(result, "Rejection")) == ({"2022-11-08"}, set())
    assert [objects(result, node(result, cls), v.AFTER_DEPTH) for cls in ("Denial", "Evasion", "Rejection")] == [set(), {"1"}, {"2"}]


def test_a_stance_may_be_annotated_as_a_class(mapped: Map) -> None:
    result = mapped(RU, KP, transfer(), event("s", "Denial", "2024", "statement", speaker="ru", about="x"))
    assert objects(result, node(result, "Denial"), v.STANCE) == {iris.KGS + "stance-denies"}


def test_an_attribute_that_is_a_role_is_an_argument(mapped: Map) -> None:
    parties = {"supplier": "kp", "recipient": "ru"}
    units = (entity("kp", "State", "North Korea"), entity("ru", "State", "Russia"))
    written = mapped(event("t", "ArmsTransfer", attrs={"quantity": 12, "date": "2024-01", "modality": "planned"}, **parties), *units)
    meant = mapped(event("t", "ArmsTransfer", "2024-01", attrs={"modality": "planned"}, **parties), *units)
    extra = set(written.facts) - set(meant.facts)
    assert set(meant.facts) <= set(written.facts)
    assert any(f"<{iris.KG}quantity>" in line for line in extra)
    assert {problem.code for problem in written.problems} == {problem.code for problem in meant.problems}


def test_a_relation_from_a_statement_is_an_argument(mapped: Map) -> None:
    said = (statement("s", "denies", "2024"), relation("speaker", "s", "ru"), relation("about", "s", "x"))
    whole = statement("s", "denies", "2024", speaker="ru", about="x")
    assert mapped(RU, KP, transfer(), *said).facts == mapped(RU, KP, transfer(), whole).facts


# --- problems

PROBLEMS = [
    ("unknown-label", (entity("a", "Wizard", "Merlin"),), "Wizard"),
    ("unknown-role", (RU, event("m", "Meeting", wizard="ru")), "wizard"),
    ("unknown-role", (RU, event("m", "Meeting", supplier="ru")), "supplier"),
    ("unknown-relation", (RU, KP, relation("enchants", "ru", "kp")), "enchants"),
    ("unknown-attribute", (entity("a", "State", "Russia", attrs={"magic": 3}),), "magic"),
    ("unknown-value", (statement("s", "mumbles", speaker="ru"), RU), "mumbles"),
    ("dangling-target", (event("m", "Meeting", participant="nobody"),), "nobody"),
    ("dangling-target", (RU, relation("organOf", "ru", "nobody")), "nobody"),
    ("ill-typed-value", (event("m", "Meeting", "soon"),), "soon"),
    ("ill-typed-value", (Unit("d", "value", "Date", attrs={"edtf": "soon"}),), "soon"),
    (
        "ill-typed-value",
        (Unit("d", "value", "Date", attrs={"edtf": "soon"}), Unit("m", "event", "Meeting", args=(Arg("date", "d"),))),
        "soon",
    ),
    ("ill-typed-value", (Unit("t", "value", "TargetTally", attrs={"count": "many"}),), "many"),
    ("date-without-value", (Unit("d", "value", "Date"), event("m", "Meeting", date="")), ""),
    ("bad-link", (entity("a", "State", "Russia", "not a link"),), "not a link"),
    ("no-stance", (RU, statement("s", "", speaker="ru")), "s"),
    ("stance-conflict", (RU, event("s", "Denial", "", "statement", {"stance": "acknowledges"}, speaker="ru")), "Denial"),
    ("after-cycle", (statement("a", "denies", after="b"), statement("b", "denies", after="a")), "after"),
    ("rejected-annotation", (entity("a", "State", "Russia", prov=Prov(status="rejected")),), "a"),
    ("several-labels", (Unit("a", "entity", ("State", "Weapon"), name="Russia"),), "State"),
    ("relation-without-ends", (RU, Unit("r", "relation", "organOf", args=(Arg("source", "ru"),))), "r"),
]


@pytest.mark.parametrize(("code", "units", "named"), PROBLEMS, ids=[f"{code}-{named}" for code, _units, named in PROBLEMS])
def test_what_does_not_fit_is_reported_once_and_named(code: str, units: tuple[Unit, ...], named: str, mapped: Map) -> None:
    if code == "date-without-value":
        units = (units[0], Unit("m", "event", "Meeting", args=(Arg("date", "d"),)))
    result = mapped(*units)
    assert codes(result).count(code) == 1, result.problems
    (problem,) = [problem for problem in result.problems if problem.code == code]
    assert named in problem.message
    assert problem.unit
    assert f'<{v.PROBLEM_CODE}> "{code}"' in "\n".join(result.details)


def test_an_unknown_label_is_kept_under_its_kinds_root_class(mapped: Map) -> None:
    result = mapped(entity("a", "Wizard", "Merlin"), event("e", "Spell"), Unit("t", "topic", "Sorcery"))
    assert {cls for cls in ("Entity", "Event", "Topic") if nodes(result, cls)} == {"Entity", "Event", "Topic"}
    assert objects(result, node(result, "Entity"), v.RAW_LABEL) == {"Wizard"}


def test_an_unknown_role_is_kept_as_related_to(mapped: Map) -> None:
    result = mapped(RU, event("m", "Meeting", wizard="ru"))
    assert objects(result, node(result, "Meeting"), v.RELATED_TO) == {RUSSIA}
    assert objects(result, node(result, "Meeting"), v.RAW_ROLE) == {"wizard"}


def test_an_ill_typed_value_is_no_triple(mapped: Map) -> None:
    result = mapped(event("m", "Meeting", "soon"))
    assert not objects(result, node(result, "Meeting"), v.P_DATE)


def test_the_number_of_problems_is_a_fact_of_the_article(mapped: Map) -> None:
    assert objects(mapped(entity("a", "Wizard", "Merlin")), iris.DATA + "article/doc", v.PROBLEM_COUNT) == {"1"}


def test_a_language_that_is_no_tag_is_reported_and_left_out(mapped: Map) -> None:
    result = mapped(entity("a", "Organization", "Acme Works"), lang="ro-abcdefghijk")
    assert codes(result) == ["ill-typed-value"]
    assert not any("@" in line for line in result.facts)


# --- the text

TEXT = "Dl. Lavrov a plecat. „Nu știm”, a spus el."


def test_each_mention_points_to_the_sentence_that_holds_it(mapper: Mapper) -> None:
    man = entity("lav", "Person", "Sergey Lavrov", mentions=(Mention(((4, 10),), "Lavrov"), Mention(((39, 41),), "el")))
    result = mapper.map((Document("doc", text=TEXT, meta={"lang": "ro"}, units=(man,)),))
    article = iris.DATA + "article/doc"
    assert objects(result, LAVROV, v.DENOTED_BY) == {f"{article}#char=4,10", f"{article}#char=39,41"}
    (sentence,) = objects(result, f"{article}#char=39,41", v.IN_SENTENCE)
    assert objects(result, sentence, v.SENTENCE_TEXT) == {"„Nu știm”, a spus el."}
    assert objects(result, f"{article}#char=4,10", v.ANCHOR_TEXT) == {"Lavrov"}


def test_without_text_only_offsets_remain(mapper: Mapper) -> None:
    quote = Unit("q", "value", "Quote", mentions=(Mention(((22, 29),), "Nu știm"),))
    cue = (Mention(((32, 38),), "a spus"),)
    said = Unit("s", "statement", "Statement", mentions=cue, args=(Arg("quote", "q"),), attrs={"stance": "evades"})
    man = entity("lav", "Person", None, mentions=(Mention(((4, 10),), "Lavrov"),))
    document = Document("doc", text=TEXT, meta={"lang": "ro"}, units=(man, said, quote))
    whole, bare = mapper.map((document,)), mapper.map((without_text(document),))
    written = "\n".join((*bare.facts, *bare.details))
    for passage in ("a plecat", "Nu știm", "a spus"):
        assert passage not in written
    kept = {line for line in whole.details if v.BEGIN in line or v.END in line or v.IN_SENTENCE in line}
    assert kept <= set(bare.details)
    assert objects(bare, LAVROV, v.REPORTED_IN), "a name is no text"


def test_two_annotators_of_one_text_make_one_article(mapper: Mapper) -> None:
    def document(annotator: str, unit: Unit) -> Document:
        return Document("doc", text="Russia and North Korea.", prov=Prov(annotator=annotator, status="manual"), units=(unit,))

    ana = document("ana", entity("x", "State", "Russia", mentions=(Mention(((0, 6),), "Russia"),)))
    ion = document("ion", entity("x", "State", "North Korea", mentions=(Mention(((0, 6),), "Russia"),)))
    result = mapper.map((ana, ion))
    article = iris.DATA + "article/doc"
    assert objects(result, RUSSIA, v.REPORTED_IN) == objects(result, NORTH_KOREA, v.REPORTED_IN) == {article}
    annotators = {objects(result, a, v.ASSOCIATED_WITH).pop() for a in objects(result, f"{article}#char=0,6", v.GENERATED_BY)}
    assert annotators == {iris.DATA + "annotator/ana", iris.DATA + "annotator/ion"}
