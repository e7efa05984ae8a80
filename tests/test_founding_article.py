"""What a reader knows after the founding article, in answers: the eight points of the model's last section, each with its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kgbuild.answers import answer
from kgbuild.iris import DATA, KG, KGS
from kgbuild.query import load_queries
from kgbuild.resources import read_bundled
from kgbuild.result import Result
from kgbuild.stores import EmbeddedStore

QUERIES = load_queries(read_bundled("queries", ".rq"))
Ask = Callable[..., list[dict[str, str]]]
Find = Callable[..., Result]


@pytest.fixture(scope="module")
def find(_founding_store: Path) -> Iterator[Find]:
    with EmbeddedStore.open(_founding_store, read_only=True) as store:

        def find(name: str, **values: str) -> Result:
            return answer(QUERIES[name], {key.strip("_"): value for key, value in values.items()}, store.query, base=store.base)

        yield find


@pytest.fixture(scope="module")
def ask(find: Find) -> Ask:
    """Ask a bundled query; a row is its values by column, without the namespaces, and the labels as ``<column>Label``."""

    def ask(name: str, **values: str) -> list[dict[str, str]]:
        result = find(name, **values)
        names = [column.name for column in result.columns]
        return [
            {name: _short(cell.value) for name, cell in zip(names, row, strict=True)}
            | {f"{name}Label": cell.label for name, cell in zip(names, row, strict=True)}
            for row in result.rows
        ]

    return ask


def _short(value: str) -> str:
    return value.replace(DATA, "").replace(KGS, "").replace(KG, "")


ARTICLE = "article/000_b59db4b5017782c4"


def test_1_who_says_that_north_korea_arms_russia(ask: Ask) -> None:
    [reading] = ask("interpretations")
    assert (reading["speaker"], reading["readBy"], reading["readsAs"]) == ("person/sergey-lavrov", ARTICLE, "stance-acknowledges")
    [row] = ask("contradictions")
    assert (row["affirmingState"], row["denyingState"], row["firstDenied"]) == ("state/USA", "state/RUS", "2024-01-15")
    condemned = [r for r in ask("statements", stance="condemns") if r["state"] == "state/USA"]
    assert {r["statement"] for r in condemned} == {row["affirmation"]}
    assert len(condemned) == 2  # the use of the missiles, and their transfer


def test_2_russia_denied_then_evaded_then_said_thanks_that_are_read_as_acknowledgement(ask: Ask) -> None:
    rows = ask("position-timeline", state="RUS", supplier="PRK", recipient="Federația Rusă")
    assert [(r["stance"], r["kind"], r["earliest"], r["latest"]) for r in rows] == [
        ("stance-denies", "utterance", "", "2024-01-15"),
        ("stance-evades", "utterance", "", "2024-01-15"),
        ("stance-acknowledges", "interpretation", "2024-01-16", "2024-01-16"),
    ]
    [thanks] = ask("statements", about=f"data:{_support(ask)}", speaker="Serghei Lavrov")
    assert (thanks["stance"], thanks["statement"]) == ("stance-praises", rows[2]["statement"])
    [first] = ask("first-acknowledgement", supplier="PRK", recipient="RUS")
    assert (first["state"], first["kind"], first["statement"]) == ("state/RUS", "interpretation", thanks["statement"])


def _support(ask: Ask) -> str:
    return next(r["about"] for r in ask("statements", stance="praises") if r["aboutLabel"].endswith("Coreea"))


def test_3_the_chain_of_the_ministers_words(ask: Ask) -> None:
    spoken = ask("position-timeline", state="RUS", supplier="PRK", recipient="RUS")[-1]["statement"]
    rows = ask("attribution-chain", statement=f"data:{spoken}")
    assert [(r["hop"], r["speaker"], r["medium"], r["article"]) for r in rows] == [
        ("0", "person/sergey-lavrov", "", ARTICLE),
        ("1", "mission/RUS-ROU", "medium-facebook", ARTICLE),
        ("2", ARTICLE, "", ARTICLE),
    ]
    assert (rows[0]["place"], rows[0]["earliest"]) == ("place/moscow", "2024-01-16")
    [meeting] = ask("meetings", party="Choe Son Hui")
    assert rows[0]["during"] == meeting["meeting"]


def test_4_the_post_shared_a_blog_whose_owner_is_married(ask: Ask) -> None:
    [row] = ask("amplification", state="RUS")
    assert row["mission"] == "mission/RUS-ROU"
    assert (row["ownerLabel"], row["ownerSpouseLabel"]) == ("Georgiana Arsene", "Gelu Voican Voiculescu")


def test_5_the_meetings(ask: Ask) -> None:
    rows = ask("meetings", party="RUS", with_="PRK")
    assert [(r["type"], r["earliest"], r["latest"]) for r in rows if r["type"] == "Meeting"] == [
        ("Meeting", "2023-09-01", "2023-09-30"),
        ("Meeting", "2024-01-16", "2024-01-16"),
    ]
    meetings = {r["earliest"]: r for r in rows if r["type"] == "Meeting"}
    assert meetings["2024-01-16"]["participantsLabel"] == "Choe Son Hui | Sergey Lavrov"
    assert meetings["2023-09-01"]["participantsLabel"] == "Kim Jong Un | Vladimir Putin"
    assert "Vostochny" in meetings["2023-09-01"]["placeLabel"]
    assert [r["participants"] for r in rows if r["type"] == "Visit"] == ["person/kim-jong-un | state/RUS"]


def test_6_who_condemned_and_rejected_and_whom_the_kremlin_accuses(ask: Ask) -> None:
    [accusation] = ask("statements", stance="accuses")
    [rejection] = ask("statements", stance="rejects")
    condemned = {r["statement"] for r in ask("statements", stance="condemns")}
    assert accusation["speaker"] == rejection["speaker"]
    assert (accusation["state"], accusation["accusedLabel"]) == ("state/RUS", "Occidentul")
    assert {accusation["respondsTo"], rejection["respondsTo"]} == condemned
    assert "false" in accusation["aboutLabel"]


def test_7_the_pledge_with_its_words(ask: Ask, find: Find) -> None:
    [pledge] = ask("statements", stance="pledges")
    assert (pledge["speaker"], pledge["state"]) == ("person/sergey-lavrov", "state/RUS")
    assert pledge["quote"].endswith("platforma ONU")
    passages = find("evidence", thing=f"data:{pledge['statement']}").passages
    assert passages
    assert all(p.begin is not None and p.sentence[p.begin : p.end] == p.text and p.annotator == "editor" for p in passages)


def test_8_the_claimed_strikes(ask: Ask) -> None:
    rows = ask("strike-tally", attacker="RUS", on="2024-01-17")
    assert {(r["claimant"], r["status"], r["earliest"]) for r in rows} == {("state/RUS", "status-self-claimed", "2024-01-17")}
    assert sorted((r["targetType"], int(r["count"]), r["areas"]) for r in rows) == [
        ("target-ammunition-depot", 3, ""),
        ("target-artillery-unit", 103, "119"),
        ("target-deployment-point", 1, ""),
        ("target-fuel-depot", 1, ""),
        ("target-radar-station", 2, ""),
    ]


def test_the_transfer_is_contested(ask: Ask) -> None:
    rows = ask("transfers", supplier="PRK", recipient="RUS")
    assert {r["status"] for r in rows} == {"status-contested"}


@pytest.mark.parametrize("stance", ["denies", "evades", "praises", "interprets", "condemns", "rejects", "accuses", "pledges", "claims"])
def test_every_statement_has_its_sentence(ask: Ask, find: Find, stance: str) -> None:
    for row in ask("statements", stance=stance):
        passages = find("evidence", thing=f"data:{row['statement']}").passages
        assert passages
        assert all(passage.text in passage.sentence for passage in passages)
