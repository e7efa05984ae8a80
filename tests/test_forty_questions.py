"""Forty questions that people bring to the graph, each with the command that answers it and what it answers on the articles at hand.

Written from the texts: those in data/articles, or the founding article where it lies beside the checkout. A row stands as its cells
between semicolons, entities by their English labels. Where a table ends in "…", there are other rows beside those shown.
"""

from __future__ import annotations

import csv
import io
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result

Kgbuild = Callable[..., Result]
Row = dict[str, str]


@dataclass(frozen=True)
class Case:
    """A question: its number, its words, the commands that answer it, the columns looked at, and the rows."""

    number: int
    question: str
    command: str
    columns: str
    rows: str
    founding: bool = False


#: what {name} stands for in a command: a query, its values, the column that holds the IRI
THINGS = {
    "thanks": ("statements speaker=Lavrov stance=praises since=2024-01-16", "statement"),
    "containers": ("transfers supplier=PRK recipient=RUS since=2023-09-07 until=2023-10-01 item=munition", "transfer"),
}

CASES = [
    Case(1, "Who was foreign minister of North Korea on 16 January 2024?", "officials state=PRK on=2024-01-16", "person post", """
        Choe Son Hui ; Foreign Minister of North Korea
        …"""),
    Case(2, "Which states are here, with their heads of state and their embassies in Romania?", "states in=ROU on=2024-01-16",
         "state head post mission", """
        Russia ; Vladimir Putin ; President of Russia ; Embassy of Russia in Romania
        North Korea ; Kim Jong Un ; Leader of North Korea ; Embassy of North Korea in Romania
        …"""),
    Case(3, "Which arms transfers are told of: by whom, to whom, what and when?", "transfers", "supplier recipient item earliest latest", """
        Germany ; Ukraine ; IRIS-T SLM ; 2022-10-01 ; 2022-10-31
        North Korea ; Russia ; North Korean munitions ; 2023-09-07 ; 2023-10-01
        …"""),
    Case(4, "Which of the weapons named fall under category VII of the UN register?", "weapons register=unroca-VII", "item", """
        North Korean ballistic missiles
        Storm Shadow
        …"""),
    Case(5, "Where and when did Russia and North Korea meet?", "meetings party=RUS with=PRK since=2023-09-13 until=2023-09-13",
         "type earliest place participants", """
        meeting ; 2023-09-13 ; Vostochny Cosmodrome ; Kim Jong Un | Vladimir Putin
        …"""),
    Case(6, "What has Sergey Lavrov said?", "statements 'speaker=Sergey Lavrov' since=2023-10-18 until=2023-10-18", "stance about article", """
        praises ; susținerea nord-coreeană ; Un an de dezmințiri despre armele nord-coreene"""),
    Case(7, "In which sentences do the thanks stand?", "evidence thing={thanks}", "article text", """
        Mulțumirile lui Lavrov pentru Phenian, date mai departe de ambasada din București ; a spus
        …"""),
    Case(8, "Which outlets are the sources, and in which languages?", "sources", "outlet language", """
        KCNA ; …
        kgbuild ; en
        …"""),
    Case(9, "Who armed whom from 24 February 2022 to 31 January 2024, article by article?",
         "transfer-accounts supplier=PRK recipient=RUS since=2023-09-01 until=2024-01-31 item=munition", "supplier recipient item date article", """
        North Korea ; Russia ; North Korean munitions ; 2023-09-07/2023-10-01 ; De la vizita lui Șoigu la containerele trimise în Rusia
        North Korea ; Russia ; North Korean munitions ; 2023-09-07/2023-10-01 ; Un an de dezmințiri despre armele nord-coreene
        …"""),
    Case(10, "Who met within 30 days of a delivery between their states?", "meetings-around-transfers supplier=PRK recipient=RUS days=30",
         "earliest participants", """
        2023-09-13 ; Kim Jong Un | Vladimir Putin
        2023-10-18 ; Sergey Lavrov | North Korea
        …"""),
    Case(11, "Which post did each speaker hold on the day of the words?", "posts-of-speakers state=IRN", "speaker post earliest", """
        Hossein Amir-Abdollahian ; Foreign Minister of Iran ; 2022-10-14
        …"""),
    Case(12, "Of which transfers are day or quantity estimated, open or unknown?", "transfer-gaps supplier=DNK", "item gap", """
        F-16 ; approximate date
        F-16 ; no date
        …"""),
    Case(13, "Which states condemned it, and which endorsed it?", "stance-matrix supplier=PRK recipient=RUS", "state stance", """
        United States ; condemns
        Russia ; denies
        …"""),
    Case(14, "Who talked at Vostochny in September 2023, and about what?", "meeting-topics place=Vostochny since=2023-09 until=2023-09",
         "earliest speaker stance", """
        2023-09-13 ; Vladimir Putin ; pledges
        …"""),
    Case(15, "Who is under sanctions, and by which identifiers do other data know them?", "sanctioned", "sanctioned sanctioner earliest", """
        North Korea ; United Nations Security Council ; –
        Shahed Aviation Industries ; European Union ; 2022-10-20
        …"""),
    Case(16, "Which strikes are claimed for 17 January 2024, with how many targets, and by whom?", "strike-tally on=2024-01-17",
         "claimant targetType count", """
        Russia ; radar station ; 2
        Russia ; fuel depot ; 1
        Russia ; ammunition depot ; 3
        Russia ; temporary deployment point ; 1
        Russia ; artillery unit ; 103""", founding=True),
    Case(17, "By which hops did the minister's thanks reach us?", "attribution-chain statement={thanks}", "hop speaker medium", """
        0 ; Sergey Lavrov ; –
        1 ; Embassy of Russia in Romania ; Facebook
        1 ; TASS ; news agency
        2 ; kgbuild ; –"""),
    Case(18, "Which statements do we know only by somebody who passed them on?", "relays", "speaker relayedBy medium firstHand", """
        Sergey Lavrov ; Embassy of Russia in Romania ; Facebook ; 0
        Ukraine ; Antony Blinken ; – ; 0
        …"""),
    Case(19, "Which quotes are in another language than their speaker's, and is the original here?", "quotes state=PRK",
         "speaker language quote others", """
        Ministry of Defence of North Korea ; en ; We have never exported weapons or ammunition to Russia before and we will not plan to export them. ; –
        …"""),
    Case(20, "What does an embassy pass on of its own minister's words?", "relays 'by=Embassy of Russia in Romania'", "speaker relayedBy sameState", """
        Sergey Lavrov ; Embassy of Russia in Romania ; Russia""", founding=True),
    Case(20, "And of blogs?", "amplification 'mission=Embassy of Russia in Romania'", "outlet owner", """
        blogul Georgianei Arsene ; Georgiana Arsene""", founding=True),
    Case(21, "On how many independent origins does the claim rest?", "independent-origins supplier=PRK recipient=RUS", "speaker", """
        John Kirby
        …"""),
    Case(22, "What has no span in a text, or one that no longer fits?", "unanchored", "thing", ""),
    Case(23, "Who annotated an article, and what loaded it, when?", "provenance article=himars-ucraina-2022-06.ro",
         "annotator annotationStatus tool software", """
        kgbuild ; curated ; by hand ; kgbuild 0.1.0"""),
    Case(24, "What would the graph no longer say without an article?", "without-article article=denials-2022-2023.ro", "thing type", """
        să cumpere din Coreea de Nord ; arms transfer
        …"""),
    Case(25, "Who owns the blog that the embassy shared, and who is the owner's spouse?", "amplification state=RUS", "owner ownerSpouse", """
        Georgiana Arsene ; Gelu Voican Voiculescu""", founding=True),
    Case(25, "And which posts and parties does the spouse have?", "ties 'thing=Gelu Voican Voiculescu'", "hop from tie to", """
        1 ; Gelu Voican Voiculescu ; spouse of ; Georgiana Arsene
        2 ; Georgiana Arsene ; owns ; blogul Georgianei Arsene
        …""", founding=True),
    Case(26, "Who is not under sanctions, but within two steps of a party to a transfer that is?", "near-sanctioned", "person steps tie via sanctioned", """
        Choe Son Hui ; 2 ; holds post ; Foreign Minister of North Korea ; North Korea
        …"""),
    Case(27, "Through which places or hands did a delivery pass?", "transfer-accounts supplier=PRK recipient=RUS since=2023-09-07 until=2023-10-01 item=munition",
         "quantity via", """
        peste 1.000 de containere ; Dunai | Rajin
        …"""),
    Case(28, "How did the allies of each side speak of it?", "bloc-stances supplier=PRK recipient=RUS", "bloc state stance", """
        NATO ; United States ; condemns
        NATO ; United States ; alleges
        …"""),
    Case(29, "How are an outlet and an official connected, and where does each step stand?", "connection from=TASS 'to=Choe Son Hui'",
         "steps first firstArticle second", """
        3 ; TASS: carried ; Lavrov and Choe Son Hui meet in Moscow ; Sergey Lavrov: told
        …"""),
    Case(30, "Who is said to have supplied the weapons that were used?", "weapons-used attacker=RUS", "attacker item supplier recipient", """
        Russia ; North Korean ballistic missiles ; North Korea ; Russia
        Russia ; Iranian drones ; Iran ; Russia
        …"""),
    Case(31, "What does one state affirm that another denies, and with which words?", "contradictions state=PRK", "event affirmingState denyingState", """
        North Korea → Russia ; United States ; North Korea"""),
    Case(32, "When did a state's position change, and what was its first acknowledgement?", "first-acknowledgement supplier=IRN recipient=RUS state=IRN",
         "kind speaker medium earliest", """
        utterance ; Hossein Amir-Abdollahian ; news agency ; 2022-11-05
        interpretation ; Hossein Amir-Abdollahian ; news agency ; 2022-11-05"""),
    Case(33, "Did the minister admit it, or is that how his thanks are read?", "interpretations state=RUS", "uttered speaker readsAs", """
        praises ; Sergey Lavrov ; acknowledges
        praises ; Sergey Lavrov ; acknowledges"""),
    Case(34, "Where do the accounts of one transfer differ in quantity, item or day?", "transfer-accounts supplier=NLD recipient=UKR",
         "quantity state stance", """
        42 de avioane ; Netherlands ; evades
        42 de avioane ; Ukraine ; reports
        …"""),
    Case(35, "Do the figures of a strike add up, and does the other side give others?", "strike-sums attacker=UKR on=2023-10-17",
         "claimant kinds sum total", """
        Special Operations Forces of Ukraine ; 3 ; 11 ; –"""),
    Case(36, "How many reports, transfers and origins are there in each month?", "monthly-activity supplier=PRK recipient=RUS", "month", """
        2023-10
        …"""),
    Case(37, "Which transfers would breach an arms embargo of the Security Council?", "embargoes", "supplier recipient item embargo", """
        North Korea ; Russia ; North Korean munitions ; resolution 1874 (2009), paragraph 9
        …"""),
    Case(38, "Which transfers can no register show?", "register-gap", "supplier recipient item", """
        North Korea ; Russia ; North Korean munitions
        …"""),
    Case(39, "Which words came first from a state, then by others, and how much later?", "relays speaker=Lavrov", "relayedBy kind medium published days", """
        Embassy of Russia in Romania ; embassy ; Facebook ; 2024-01-17 ; 1
        TASS ; news agency ; news agency ; 2024-01-17 ; 1
        …"""),
    Case(40, "What does nobody say of a supply of arms?", "transfer-gaps supplier=CHN recipient=RUS", "gap", """
        no date
        no quantity
        no route
        no word from the recipient"""),
    Case(40, "And who was asked, and did not answer?", "silence supplier=IRN recipient=RUS", "state evaded declined", """
        Russia ; 1 ; 0"""),
]  # fmt: skip


@pytest.fixture(scope="module")
def ask(kgbuild: Kgbuild) -> Callable[[Path, str], list[Row]]:
    """Run ``kgbuild query`` for a command ("name key=value …") and read its rows; an entity stands by its label."""

    def ask(store: Path, command: str) -> list[Row]:
        name, *values = shlex.split(command)
        params = [part for value in values for part in ("--param", value)]
        result = kgbuild("query", name, "--store", store, "--format", "csv", *params)
        assert result.exit_code == 0, result.stderr
        return list(csv.DictReader(io.StringIO(result.stdout)))

    return ask


def _things(ask: Callable[[Path, str], list[Row]], store: Path, command: str) -> str:
    for name in re.findall(r"\{(\w+)\}", command):
        query, column = THINGS[name]
        [thing] = {row[column] for row in ask(store, query)}
        command = command.replace(f"{{{name}}}", thing)
    return command


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.command.split()[0]}")
def test_a_question_has_a_command_that_answers_it(
    case: Case, request: pytest.FixtureRequest, ask: Callable[[Path, str], list[Row]]
) -> None:
    store: Path = request.getfixturevalue("_founding_store" if case.founding else "_articles_store")
    rows = ask(store, _things(ask, store, case.command))
    found = [tuple(row.get(f"{column}Label") or row[column] or "–" for column in case.columns.split()) for row in rows]
    lines = [line.strip() for line in case.rows.strip().splitlines()]
    expected = [tuple(cell.strip() for cell in line.split(";")) for line in lines if line != "…"]

    def fits(row: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
        return len(row) == len(wanted) and all(w in ("…", cell) for cell, w in zip(row, wanted, strict=True))

    for wanted in expected:
        assert any(fits(row, wanted) for row in found), (wanted, found)
    if "…" in lines:
        assert found
    else:
        assert all(any(fits(row, wanted) for wanted in expected) for row in found), found


def test_all_forty_questions_are_here() -> None:
    assert sorted({case.number for case in CASES}) == list(range(1, 41))
