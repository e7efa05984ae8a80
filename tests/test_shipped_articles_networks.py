"""Who met whom, who supplies whom, and who kept silent, by the shipped articles.

Each row of the tables was written from the texts in data/articles (and, for missions, from data/reference/missions.ttl), and can be found
there; names are spelled as labels are. An empty cell is a dash.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

Row = dict[str, str]
AskArticles = Callable[..., list[Row]]
ExpectRows = Callable[[list[Row], str], None]

#: Russia and North Korea: Putin in July 2000; Shoigu's visit of July 2023, his talks with Kang and with Kim; Kim's journey of September
#: 2023, its four stops (Khasan, Vostochny, Komsomolsk, Knevichi); Lavrov in October; Choe's visit, and her two meetings, of January 2024;
#: Putin's visit and talks of June 2024; and the visit to which Kim invited him, undated, in two articles. The Security Council of October
#: 2022 sat four states at one table: six pairs. NATO, the Group of Seven and Russia's own Security Council are no states.
PAIRS = """
stateA         ; stateB         ; meetings ; first      ; last
North Korea    ; Russia         ; 17       ; 2000-07-01 ; 2024-06-19
Ukraine        ; United States  ; 1        ; 2022-10-10 ; 2022-10-10
Iran           ; Portugal       ; 1        ; 2022-10-14 ; 2022-10-14
France         ; United Kingdom ; 1        ; 2022-10-19 ; 2022-10-19
France         ; Russia         ; 1        ; 2022-10-19 ; 2022-10-19
France         ; United States  ; 1        ; 2022-10-19 ; 2022-10-19
United Kingdom ; Russia         ; 1        ; 2022-10-19 ; 2022-10-19
United Kingdom ; United States  ; 1        ; 2022-10-19 ; 2022-10-19
Russia         ; United States  ; 1        ; 2022-10-19 ; 2022-10-19
Germany        ; Ukraine        ; 1        ; 2023-01-25 ; 2023-01-25
China          ; United States  ; 1        ; 2023-02-18 ; 2023-02-18
China          ; Russia         ; 3        ; 2023-03-20 ; 2023-10-18
China          ; North Korea    ; 1        ; 2023-07-01 ; 2023-07-31
Denmark        ; Ukraine        ; 2        ; 2023-08-20 ; 2023-08-21
Netherlands    ; Ukraine        ; 2        ; 2023-08-20 ; 2023-08-20
Romania        ; Ukraine        ; 2        ; 2023-10-10 ; 2023-10-10
Russia         ; Vietnam        ; 1        ; 2024-06-20 ; 2024-06-20
"""

#: in September 2023 Kim's journey alone, of five events; the two undated visits may fall into any month
SEPTEMBER = """
stateA      ; stateB ; meetings ; first      ; last
North Korea ; Russia ; 7        ; 2023-09-12 ; 2023-09-17
"""


def test_which_states_met_how_often_and_when(ask_articles: AskArticles, expect_rows: ExpectRows) -> None:
    rows = ask_articles("who-met-whom")
    expect_rows(rows, PAIRS)
    assert [row["first"] for row in rows] == sorted(row["first"] for row in rows)
    expect_rows(ask_articles("who-met-whom", since="2023-09-01", until="2023-09-30"), SEPTEMBER)


def test_a_pair_leads_to_its_meetings(ask_articles: AskArticles) -> None:
    for row in ask_articles("who-met-whom"):
        assert len(ask_articles("meetings", party=row["stateA@"], with_=row["stateB@"])) == int(row["meetings"])


#: The containers were shipped from 7 September to 1 October 2023: Kim was in Russia during that time, Lavrov in Pyongyang 17 days after it.
#: On undated deliveries: the first word on North Korean arms is Washington's, of September 2022, when nobody met; on Chinese arms it is
#: Blinken's, of 18 or 19 February 2023; on F-16s that of the United States, of August 2023; on Leopards that of Berlin; on air defence
#: systems Biden's, given in the telephone call itself.
AROUND = {
    "PRK → RUS": """
earliest   ; participants                  ; about     ; aboutEarliest ; daysBefore
2023-09-12 ; Kim Jong Un | Russia          ; transfer  ; 2023-09-07    ; -5
2023-09-12 ; Kim Jong Un | Russia          ; transfer  ; 2023-09-07    ; -5
2023-09-13 ; Kim Jong Un | Vladimir Putin  ; transfer  ; 2023-09-07    ; -6
2023-09-15 ; Kim Jong Un | Russia          ; transfer  ; 2023-09-07    ; -8
2023-09-16 ; Kim Jong Un | Sergei Shoigu   ; transfer  ; 2023-09-07    ; -9
2023-10-18 ; Sergey Lavrov | North Korea   ; transfer  ; 2023-09-07    ; -41
""",
    "CHN → RUS": """
earliest   ; participants                  ; about                ; aboutEarliest ; daysBefore
2023-03-20 ; Xi Jinping | Russia           ; Antony Blinken warns ; 2023-02-18    ; -30
2023-03-21 ; Xi Jinping | Vladimir Putin   ; Antony Blinken warns ; 2023-02-18    ; -31
""",
    "NLD → UKR": """
earliest   ; participants                    ; about                 ; aboutEarliest ; daysBefore
2023-08-20 ; Volodymyr Zelensky | Netherlands ; United States pledges ; 2023-08-01   ; -19
2023-08-20 ; Mark Rutte | Volodymyr Zelensky ; United States pledges ; 2023-08-01    ; -19
""",
    "DNK → UKR": """
earliest   ; participants                           ; about                 ; aboutEarliest ; daysBefore
2023-08-20 ; Volodymyr Zelensky | Denmark           ; United States pledges ; 2023-08-01    ; -19
2023-08-20 ; Mette Frederiksen | Volodymyr Zelensky ; United States pledges ; 2023-08-01    ; -19
""",
    "USA → UKR": """
earliest   ; participants                   ; about             ; aboutEarliest ; daysBefore
2022-10-10 ; Joe Biden | Volodymyr Zelensky ; Joe Biden pledges ; 2022-10-10    ; 0
""",
    "GBR → UKR": "earliest",
    "IRN → RUS": "earliest",
}


@pytest.fixture(scope="module")
def said(ask_articles: AskArticles) -> dict[str, str]:
    """What stands for a thing in the column about: a statement's speaker and stance, or "transfer"."""
    spoken = {row["statement@"]: f"{row['speaker']} {row['stance']}" for row in ask_articles("statements")}
    return spoken | {row["transfer@"]: "transfer" for row in ask_articles("transfers")}


@pytest.mark.parametrize("case", AROUND)
def test_who_met_when_arms_were_delivered_or_spoken_of(
    ask_articles: AskArticles, expect_rows: ExpectRows, said: dict[str, str], case: str
) -> None:
    supplier, recipient = case.split(" → ")
    rows = ask_articles("meetings-around-transfers", supplier=supplier, recipient=recipient)
    expect_rows([row | {"about": said[row["about@"]]} for row in rows], AROUND[case])


def test_more_days_find_shoigus_visit_which_ended_42_days_before_the_containers(ask_articles: AskArticles) -> None:
    def days(given: str) -> list[str]:
        rows = ask_articles("meetings-around-transfers", supplier="PRK", recipient="RUS", days=given)
        return [row["daysBefore"] for row in rows if row["earliest"].startswith("2023-07")]

    assert days("41") == []
    assert days("42") == ["44", "44"]  # the visit of 25 to 27 July, and the talks with Kang on one of its days
    assert days("43") == ["44", "44", "43"]  # and Kim, on the 26th


#: The relation's status, not its transfers': Iran's denial of missiles and of drones for the war lowers those alone. Wagner is no state.
SUPPLIES = """
supplier       ; recipient    ; transfers ; articles ; status
Iran           ; Russia       ; 11        ; 3        ; acknowledged
United States  ; Ukraine      ; 5         ; 5        ; acknowledged
Germany        ; Ukraine      ; 2         ; 2        ; acknowledged
United Kingdom ; Ukraine      ; 2         ; 2        ; acknowledged
North Korea    ; Russia       ; 13        ; 7        ; contested
North Korea    ; Wagner Group ; 1         ; 1        ; contested
Denmark        ; Ukraine      ; 4         ; 1        ; pledged
Netherlands    ; Ukraine      ; 2         ; 1        ; pledged
France         ; Ukraine      ; 1         ; 1        ; pledged
Poland         ; Ukraine      ; 1         ; 1        ; reported
China          ; Russia       ; 1         ; 1        ; denied
China          ; Ukraine      ; 1         ; 1        ; denied
"""


def test_who_supplies_whom(ask_articles: AskArticles, expect_rows: ExpectRows) -> None:
    expect_rows(ask_articles("supply-network"), SUPPLIES)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"state": "PRK"}, ["PRK → Wagner Group 1/1", "PRK → RUS 13/7"]),
        ({"state": "RUS"}, ["CHN → RUS 1/1", "IRN → RUS 11/3", "PRK → RUS 13/7"]),
        ({"status": "denied"}, ["CHN → RUS 1/1", "CHN → UKR 1/1"]),
        ({"status": "pledged", "state": "FRA"}, ["FRA → UKR 1/1"]),
        # part of the press reads Moscow's thanks as acknowledgement; Pyongyang denies by either policy
        ({"status": "contested", "state": "RUS", "policy": "press-reading"}, ["PRK → RUS 13/7"]),
        ({"status": "acknowledged", "state": "PRK"}, []),
        # HIMARS of June 2022, and what has no date: air defence, Abrams, the weapons of which Wang Wenbin speaks
        ({"until": "2022-06-30", "state": "USA"}, ["USA → UKR 4/4"]),
        # the three F-16 deliveries have days that can be known; the whole has none
        ({"until": "2023-12-31", "state": "DNK"}, ["DNK → UKR 1/1"]),
        ({"since": "2025-06-01", "state": "DNK"}, ["DNK → UKR 2/1"]),
    ],
)
def test_supplies_are_found_by_state_status_and_day(ask_articles: AskArticles, values: dict[str, str], expected: list[str]) -> None:
    def short(row: Row, side: str) -> str:
        return row[f"{side}@"].rpartition("/")[2] if "/state/" in row[f"{side}@"] else row[side]

    rows = ask_articles("supply-network", **values)
    assert [f"{short(r, 'supplier')} → {short(r, 'recipient')} {r['transfers']}/{r['articles']}" for r in rows] == expected


#: from data/reference/missions.ttl; the articles name two of these 403: Russia's in Bucharest and Iran's in Kyiv
IN_PYONGYANG = "CHN DEU GBR IRN POL ROU RUS VNM"
OF_NORTH_KOREA = "united-nations CHN DEU GBR IRN POL ROU RUS VNM"
IN_BUCHAREST = "BLR CHN DEU DNK FRA GBR IRN JPN KOR MDA NLD POL PRK PRT RUS TUR UKR USA VNM"


def test_missions_in_a_state_and_of_a_state(ask_articles: AskArticles) -> None:
    def states(column: str, **values: str) -> str:
        return " ".join(row[f"{column}@"].rpartition("/")[2] for row in ask_articles("missions", **values))

    assert states("state", in_="PRK") == IN_PYONGYANG
    assert states("state", in_="ROU") == IN_BUCHAREST
    assert states("in", state="PRK") == OF_NORTH_KOREA
    [one] = ask_articles("missions", state="RUS", in_="România")
    assert (one["mission"], one["state"], one["in"]) == ("Embassy of Russia in Romania", "Russia", "Romania")
    assert len(ask_articles("missions")) == 403


#: Moscow "avoided questions" on North Korean arms; Peskov "had no information" on Iranian drones (one answer, in two articles); Rutte
#: found it too early to say how many F-16s. Peskov's "No comment" of January 2024 is on the use of the missiles, not on their delivery.
SILENT = {
    "PRK → RUS": """
state  ; evaded ; declined ; lastAsked
Russia ; 1      ; 0        ; 2024-01-15
""",
    "IRN → RUS": """
state  ; evaded ; declined ; lastAsked
Russia ; 1      ; 0        ; 2022-10-18
""",
    "NLD → UKR": """
state       ; evaded ; declined ; lastAsked
Netherlands ; 1      ; 0        ; 2023-08-20
""",
    "USA → UKR": "state",
    "CHN → RUS": "state",
}


@pytest.mark.parametrize("case", SILENT)
def test_who_was_asked_and_did_not_answer(ask_articles: AskArticles, expect_rows: ExpectRows, case: str) -> None:
    supplier, recipient = case.split(" → ")
    expect_rows(ask_articles("silence", supplier=supplier, recipient=recipient), SILENT[case])
