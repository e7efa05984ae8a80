"""What statements, taken together, say of an event: the policies latest-position and press-reading, case by case."""

from __future__ import annotations

import pytest

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.ontology import Ontology
from kgbuild.status import LATEST_POSITION, PRESS_READING, assess, cases

A, B, C = "x:stateA", "x:stateB", "x:stateC"
SUPPLY, GENERAL, MISSILES, SHELLS = "x:supply", "x:general", "x:missiles", "x:shells"


def line(subject: str, predicate: str, target: str) -> str:
    return f"<{subject}> <{predicate}> " + (target if target.startswith('"') else f"<{target}>")


def day(text: str) -> str:
    return f'"{text}"^^<http://www.w3.org/2001/XMLSchema#date>'


def relation() -> list[str]:
    """A supply relation from A to B with three transfers: of weapons in general, of missiles, of shells in 2023."""
    lines = [line(SUPPLY, v.TYPE, v.ARMS_SUPPLY), line(SUPPLY, v.SUPPLIER, A), line(SUPPLY, v.RECIPIENT, B)]
    for transfer in (GENERAL, MISSILES, SHELLS):
        lines += [line(transfer, v.TYPE, v.ARMS_TRANSFER), line(transfer, v.PART_OF_SUPPLY, SUPPLY)]
        lines += [line(transfer, v.PARTY_STATE, A), line(transfer, v.PARTY_STATE, B)]
    lines += [line(GENERAL, v.STANDS_FOR, SUPPLY)]
    for transfer, cls in ((MISSILES, "Missile"), (SHELLS, "ArtilleryShell")):
        lines += [line(transfer, v.ITEM, f"{transfer}-item"), line(transfer, v.ITEM_CLASS, iris.KG + cls)]
        lines += [line(transfer, v.COVERS_CLASS, iris.KG + cls)]
    lines += [line(SHELLS, v.EARLIEST, day("2023-01-01")), line(SHELLS, v.LATEST, day("2023-12-31"))]
    return lines


def said(number: int, who: str, stance: str, about: str, when: str = "", after: int = 0) -> list[str]:
    statement = f"x:statement{number}"
    lines = [line(statement, v.STANCE, iris.KGS + "stance-" + stance), line(statement, v.ABOUT, about)]
    lines += [line(statement, v.SPEAKS_FOR if who.startswith("x:state") else v.SPEAKER, who)]
    if when:
        lines += [line(statement, v.EARLIEST, day(when)), line(statement, v.LATEST, day(when))]
    if after:
        lines += [line(statement, v.AFTER_DEPTH, f'"{after}"^^<http://www.w3.org/2001/XMLSchema#integer>')]
    return lines


def statuses(ontology: Ontology, key: str, lines: list[str], policy: str = LATEST_POSITION) -> dict[str, str]:
    nodes: dict[str, dict[str, str]] = {}
    for text in assess(key, lines, ontology):
        subject, predicate, target = text.split(" ")
        nodes.setdefault(subject, {})[predicate[1:-1]] = target[1:-1]
    assessments = [node for node in nodes.values() if node.get(v.POLICY) == policy]
    return {node[v.ASSESSES]: node[v.STATUS].rpartition("status-")[2] for node in assessments}


#: statements -> status of (the relation, weapons in general, missiles, shells of 2023)
RELATION = {
    "nobody says anything": ([], "reported reported reported reported"),
    "a third state affirms the missiles": ([(C, "condemns", MISSILES)], "alleged alleged alleged reported"),
    "a party affirms the missiles": ([(A, "acknowledges", MISSILES)], "acknowledged acknowledged acknowledged reported"),
    "a party denies in general": ([(B, "denies", GENERAL)], "denied denied denied denied"),
    "a party denies the missiles only": ([(B, "denies", MISSILES)], "reported reported denied reported"),
    "denied in general, the missiles affirmed": (
        [(B, "denies", GENERAL), (C, "alleges", MISSILES)],
        "contested contested contested denied",
    ),
    "the missiles denied, the shells affirmed": (
        [(B, "denies", MISSILES), (C, "alleges", SHELLS)],
        "alleged alleged denied alleged",
    ),
    "both parties, one of each": ([(A, "denies", GENERAL), (B, "acknowledges", GENERAL)], "contested contested denied denied"),
    "only evaded": ([(B, "evades", GENERAL)], "unanswered unanswered unanswered unanswered"),
    "only no comment": ([(B, "declines-comment", SHELLS)], "reported reported reported unanswered"),
    "only pledged": ([(A, "pledges", SHELLS)], "pledged pledged reported pledged"),
    "a charge rejected says nothing on the fact": ([(B, "rejects", GENERAL)], "reported reported reported reported"),
    "praise presupposes": ([(B, "praises", SHELLS)], "acknowledged acknowledged reported acknowledged"),
    "a speaker for no state alleges": ([("x:analyst", "alleges", SHELLS)], "alleged alleged reported alleged"),
}


@pytest.mark.parametrize("case", RELATION)
def test_a_relation_and_its_transfers(case: str, ontology: Ontology) -> None:
    heard, expected = RELATION[case]
    lines = relation()
    for number, (who, stance, about) in enumerate(heard):
        lines += said(number, who, stance, about)
    found = statuses(ontology, SUPPLY, lines)
    assert " ".join(found[event] for event in (SUPPLY, GENERAL, MISSILES, SHELLS)) == expected


def test_the_latest_position_of_a_state_counts_and_evading_leaves_it_standing(ontology: Ontology) -> None:
    lines = relation() + said(1, B, "denies", GENERAL, "2022-11-01") + said(2, B, "evades", GENERAL, "2023-05-01")
    assert statuses(ontology, SUPPLY, lines)[GENERAL] == "denied"
    lines += said(3, B, "acknowledges", GENERAL, "2024-01-16")
    assert statuses(ontology, SUPPLY, lines)[GENERAL] == "acknowledged"


def test_a_general_denial_given_up_denies_nothing_in_particular_any_more(ontology: Ontology) -> None:
    lines = relation() + said(1, B, "denies", GENERAL, "2022-11-01") + said(2, B, "acknowledges", SHELLS, "2024-01-16")
    found = statuses(ontology, SUPPLY, lines)
    assert (found[GENERAL], found[SHELLS], found[MISSILES]) == ("acknowledged", "acknowledged", "reported")


def test_a_denial_of_one_kind_stands_beside_an_admission_of_another(ontology: Ontology) -> None:
    lines = relation() + said(1, B, "denies", MISSILES, "2022-11-01") + said(2, B, "acknowledges", SHELLS, "2024-01-16")
    found = statuses(ontology, SUPPLY, lines)
    assert (found[GENERAL], found[SHELLS], found[MISSILES]) == ("acknowledged", "acknowledged", "denied")


def test_statements_of_one_day_are_ordered_by_after(ontology: Ontology) -> None:
    lines = relation() + said(1, B, "denies", GENERAL, "2022-11-01") + said(2, B, "acknowledges", GENERAL, "2022-11-01", after=1)
    assert statuses(ontology, SUPPLY, lines)[GENERAL] == "acknowledged"


def test_two_positions_at_one_moment_both_stand(ontology: Ontology) -> None:
    lines = relation() + said(1, B, "denies", GENERAL, "2022-11-01") + said(2, B, "acknowledges", GENERAL, "2022-11-01")
    assert statuses(ontology, SUPPLY, lines)[GENERAL] == "contested"


def test_an_interpretation_is_its_readers_position_only(ontology: Ontology) -> None:
    reading = [
        line("x:reading", v.STANCE, iris.KGS + "stance-interprets"),
        line("x:reading", v.READS_AS, iris.KGS + "stance-acknowledges"),
        line("x:reading", v.ABOUT, GENERAL),
    ]
    assert statuses(ontology, SUPPLY, relation() + reading)[GENERAL] == "reported"
    by_an_analyst = [*reading, line("x:reading", v.SPEAKER, "x:analyst")]
    assert statuses(ontology, SUPPLY, relation() + by_an_analyst)[GENERAL] == "alleged"


#: B denied, then said something else, in whose name and on which day; an outlet reads it as acknowledging
READINGS = {
    "a later utterance of the denier's": (B, "2024-01-16", "denied acknowledged"),
    "an earlier utterance of the denier's": (B, "2021-01-16", "denied denied"),
    "an utterance of the other party's": (A, "2024-01-16", "denied contested"),
    "an utterance of someone else's": ("x:writer", "2024-01-16", "denied contested"),
}


@pytest.mark.parametrize("case", READINGS)
def test_by_press_reading_an_interpretation_counts_for_whoever_is_interpreted(case: str, ontology: Ontology) -> None:
    who, when, expected = READINGS[case]
    lines = relation() + said(1, B, "denies", GENERAL, "2022-11-01") + said(2, who, "praises", "x:support", when)
    lines += [
        line("x:reading", v.STANCE, iris.KGS + "stance-interprets"),
        line("x:reading", v.READS_AS, iris.KGS + "stance-acknowledges"),
        line("x:reading", v.INTERPRETS, "x:statement2"),
        line("x:reading", v.ABOUT, GENERAL),
    ]
    found = [statuses(ontology, SUPPLY, lines, policy)[GENERAL] for policy in (LATEST_POSITION, PRESS_READING)]
    assert found == expected.split()
    assert cases(lines, ontology)[SUPPLY].count(line("x:statement2", v.EARLIEST, day(when))) == 1, "the utterance goes with its reading"


def acknowledged(ontology: Ontology, lines: list[str]) -> set[str]:
    found = assess(SUPPLY, lines, ontology)
    return {text.partition(" ")[0][1:-1] for text in found if text.endswith(f"<{v.TYPE}> <{v.ACKNOWLEDGED_SUPPLY}>")}


def test_what_a_party_acknowledges_in_its_own_words_is_an_acknowledged_supply(ontology: Ontology) -> None:
    lines = relation() + said(1, B, "acknowledges", MISSILES, "2024-01-16")
    assert acknowledged(ontology, lines) == {SUPPLY, GENERAL, MISSILES}
    assert acknowledged(ontology, lines + said(2, A, "denies", GENERAL, "2024-02-01")) == set()
    assert acknowledged(ontology, relation() + said(3, C, "condemns", MISSILES)) == set()


STRIKE = "x:strike"
STRIKES = {
    "only the attacker vouches": ([(A, "claims")], "self-claimed"),
    "the attacked state affirms too": ([(A, "claims"), (B, "condemns")], "acknowledged"),
    "the attacker denies, the attacked affirms": ([(A, "denies"), (B, "condemns")], "contested"),
    "the attacked alone affirms": ([(B, "condemns")], "alleged"),
    "a third state alone affirms": ([(C, "condemns")], "alleged"),
    "nobody": ([], "reported"),
}


@pytest.mark.parametrize("case", STRIKES)
def test_a_strike(case: str, ontology: Ontology) -> None:
    heard, expected = STRIKES[case]
    lines = [line(STRIKE, v.TYPE, iris.KG + "Strike"), line(STRIKE, v.ATTACKER_STATE, A), line(STRIKE, v.ATTACKER, A)]
    lines += [line(STRIKE, v.PARTY_STATE, A), line(STRIKE, v.PARTY_STATE, B)]
    for number, (who, stance) in enumerate(heard):
        lines += said(number, who, stance, STRIKE)
    assert statuses(ontology, STRIKE, lines) == {STRIKE: expected}


def test_what_is_no_event_is_not_assessed(ontology: Ontology) -> None:
    lines = [line("x:p", v.TYPE, v.PERSON), *said(1, A, "praises", "x:p")]
    assert assess("x:p", lines, ontology) == set()


def test_a_meeting_that_nobody_comments_on_has_no_status(ontology: Ontology) -> None:
    lines = [line("x:m", v.TYPE, iris.KG + "Meeting")]
    assert assess("x:m", lines, ontology) == set()
    assert statuses(ontology, "x:m", lines + said(1, A, "denies", "x:m")) == {"x:m": "denied"}


def test_a_transfer_that_came_to_belong_to_a_relation_is_assessed_with_it_only(ontology: Ontology) -> None:
    assert assess(MISSILES, relation(), ontology) == set()


def test_the_basis_is_the_statements_that_count(ontology: Ontology) -> None:
    lines = relation() + said(1, B, "denies", GENERAL, "2022-11-01") + said(2, B, "acknowledges", GENERAL, "2024-01-16")
    basis = {text.rpartition(" ")[2] for text in assess(SUPPLY, lines, ontology) if v.BASIS in text}
    assert basis == {"<x:statement2>"}, "the denial was given up"


def test_an_articles_facts_fall_into_cases(ontology: Ontology) -> None:
    facts = [*relation(), *said(1, B, "denies", GENERAL), *said(2, A, "claims", STRIKE)]
    facts += [line(STRIKE, v.TYPE, iris.KG + "Strike"), line(STRIKE, v.ATTACKER_STATE, A)]
    found = cases(facts, ontology)
    assert set(found) == {SUPPLY, STRIKE}
    assert statuses(ontology, SUPPLY, found[SUPPLY])[GENERAL] == "denied"
    assert statuses(ontology, STRIKE, found[STRIKE]) == {STRIKE: "self-claimed"}
