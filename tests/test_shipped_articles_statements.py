"""Who said what, by the shipped articles: positions, first acknowledgements, contradictions, chains, readings, and the words themselves.

Each row of the tables was checked against the texts in data/articles, and can be found there; names are spelled as labels are. ``on``
is the transfer that a statement is on: its item and its days. An empty cell is a dash.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

Row = dict[str, str]
AskArticles = Callable[..., list[Row]]
ExpectRows = Callable[[list[Row], str], None]

EXPORTED = "We have never exported weapons or ammunition to Russia before and we will not plan to export them."
PRICE = "pay a price for this in the international community"
ESCALATION = "a significant and concerning escalation"
WEAPONRY = "We have not provided weaponry to any side of the countries at war"

TIMELINES = {
    "RUS on PRK → RUS": """
stance       ; kind           ; speaker          ; medium   ; earliest   ; latest     ; on                                            ; article                             ; quote
denies       ; utterance      ; Vasily Nebenzya  ; –        ; 2022-09-06 ; 2022-09-06 ; North Korean artillery shells                 ; denials-2022-2023.ro                ; –
denies       ; utterance      ; Russia           ; –        ; –          ; 2023-09-12 ; weapons                                       ; kim-putin-vostochny-2023-09.en      ; –
rejects      ; utterance      ; Dmitry Peskov    ; –        ; 2023-10-17 ; 2023-10-17 ; North Korean munitions 2023-09-07..2023-10-01 ; denials-2022-2023.ro                ; –
rejects      ; utterance      ; Dmitry Peskov    ; –        ; 2023-10-17 ; 2023-10-17 ; North Korean munitions 2023-09-07..2023-10-01 ; shoigu-pyongyang-containers-2023.ro ; –
denies       ; utterance      ; Russia           ; –        ; –          ; 2024-01-15 ; arme                                          ; dprk-russia-thanks-2024-01.ro       ; –
evades       ; utterance      ; Russia           ; –        ; –          ; 2024-01-15 ; arme                                          ; dprk-russia-thanks-2024-01.ro       ; –
acknowledges ; interpretation ; Sergey Lavrov    ; Facebook ; 2024-01-16 ; 2024-01-16 ; arme                                          ; dprk-russia-thanks-2024-01.ro       ; –
acknowledges ; interpretation ; Sergey Lavrov    ; Facebook ; 2024-01-16 ; 2024-01-16 ; 무기                                          ; lavrov-choe-moscow-2024-01.ko       ; –
""",
    "PRK on PRK → RUS": f"""
stance ; kind      ; speaker                                    ; medium      ; earliest   ; latest     ; on      ; article                         ; quote
denies ; utterance ; Ministry of Defence of North Korea         ; news agency ; 2022-09-22 ; 2022-09-22 ; –       ; denials-2022-2023.ro            ; –
denies ; utterance ; Ministry of Defence of North Korea         ; news agency ; 2022-09-22 ; 2022-09-22 ; –       ; white-house-missiles-2024-01.en ; {EXPORTED}
denies ; utterance ; Ministry of Defence of North Korea         ; news agency ; 2022-11-08 ; 2022-11-08 ; –       ; denials-2022-2023.ro            ; –
denies ; utterance ; Ministry of Defence of North Korea         ; news agency ; 2022-11-08 ; 2022-11-08 ; –       ; white-house-missiles-2024-01.en ; –
denies ; utterance ; Ministry of Defence of North Korea         ; news agency ; 2022-11-08 ; 2022-11-08 ; –       ; lavrov-choe-moscow-2024-01.ko   ; –
denies ; utterance ; Ministry of Foreign Affairs of North Korea ; –           ; 2022-12-23 ; 2022-12-23 ; –       ; denials-2022-2023.ro            ; –
denies ; utterance ; North Korea                                ; –           ; –          ; 2023-09-12 ; weapons ; kim-putin-vostochny-2023-09.en  ; –
""",
    "USA on PRK → RUS": f"""
stance   ; kind      ; speaker                                    ; medium           ; earliest   ; latest     ; on                                            ; article                             ; quote
alleges  ; utterance ; United States                              ; –                ; 2022-09-01 ; 2022-09-30 ; North Korean artillery shells                 ; denials-2022-2023.ro                ; –
alleges  ; utterance ; John Kirby                                 ; –                ; 2022-11-02 ; 2022-11-02 ; North Korean artillery shells                 ; denials-2022-2023.ro                ; –
warns    ; utterance ; Jake Sullivan                              ; –                ; 2023-09-05 ; 2023-09-05 ; weapons                                       ; kim-putin-vostochny-2023-09.en      ; {PRICE}
alleges  ; utterance ; John Kirby                                 ; –                ; 2023-10-13 ; 2023-10-13 ; North Korean munitions 2023-09-07..2023-10-01 ; denials-2022-2023.ro                ; –
alleges  ; utterance ; John Kirby                                 ; –                ; 2023-10-13 ; 2023-10-13 ; North Korean munitions 2023-09-07..2023-10-01 ; shoigu-pyongyang-containers-2023.ro ; –
condemns ; utterance ; John Kirby                                 ; –                ; 2023-10-13 ; 2023-10-13 ; North Korean munitions 2023-09-07..2023-10-01 ; shoigu-pyongyang-containers-2023.ro ; –
alleges  ; utterance ; John Kirby                                 ; press conference ; 2024-01-04 ; 2024-01-04 ; North Korean ballistic missiles               ; lavrov-choe-moscow-2024-01.en       ; –
alleges  ; utterance ; John Kirby                                 ; press conference ; 2024-01-04 ; 2024-01-04 ; North Korean ballistic missiles               ; lavrov-choe-moscow-2024-01.ko       ; –
alleges  ; utterance ; John Kirby                                 ; press conference ; 2024-01-04 ; 2024-01-04 ; North Korean ballistic missile launchers | North Korean ballistic missiles ; white-house-missiles-2024-01.en ; –
condemns ; utterance ; John Kirby                                 ; –                ; 2024-01-04 ; 2024-01-04 ; North Korean ballistic missile launchers | North Korean ballistic missiles ; white-house-missiles-2024-01.en ; {ESCALATION}
condemns ; utterance ; foreign ministers of nearly fifty countries; –                ; 2024-01-09 ; 2024-01-09 ; North Korean ballistic missile launchers | North Korean ballistic missiles ; white-house-missiles-2024-01.en ; –
condemns ; utterance ; Statele Unite și partenerii lor            ; –                ; –          ; –          ; North Korean missiles                         ; dprk-russia-thanks-2024-01.ro       ; –
""",
    # Kanaani's denials of 17 October, of Iranian drones and of any weaponry, are one: both are on undated transfers of one relation.
    "IRN on IRN → RUS": f"""
stance       ; kind           ; speaker                  ; medium           ; earliest   ; latest     ; on                           ; article                           ; quote
denies       ; utterance      ; Hossein Amir-Abdollahian ; –                ; 2022-10-14 ; 2022-10-14 ; weapons                      ; iran-drones-denials-2022-10.en    ; –
denies       ; utterance      ; Hossein Amir-Abdollahian ; –                ; 2022-10-14 ; 2022-10-14 ; weapons                      ; iran-drones-admission-2022-11.en  ; –
denies       ; utterance      ; Nasser Kanaani           ; press conference ; 2022-10-17 ; 2022-10-17 ; Iranian drones               ; iran-drones-denials-2022-10.en    ; {WEAPONRY}
denies       ; utterance      ; Nasser Kanaani           ; press conference ; 2022-10-17 ; 2022-10-17 ; weapons                      ; iran-drones-denials-2022-10.en    ; {WEAPONRY}
denies       ; utterance      ; Nasser Kanaani           ; press conference ; 2022-10-17 ; 2022-10-17 ; weapons                      ; iran-drones-admission-2022-11.en  ; {WEAPONRY}
denies       ; utterance      ; Nasser Kanaani           ; press conference ; 2022-10-17 ; 2022-10-17 ; arme                         ; iran-drone-marturisire-2022-11.ro ; –
rejects      ; utterance      ; Amir Saeid Iravani       ; –                ; 2022-10-19 ; 2022-10-19 ; Iranian drones               ; iran-drones-denials-2022-10.en    ; –
denies       ; utterance      ; Iran                     ; –                ; –          ; 2022-10-20 ; weapons                      ; iran-drones-denials-2022-10.en    ; –
denies       ; utterance      ; Hossein Amir-Abdollahian ; news agency      ; 2022-11-05 ; 2022-11-05 ; Iranian missiles ..2022-11-05 ; iran-drones-admission-2022-11.en  ; –
denies       ; utterance      ; Hossein Amir-Abdollahian ; news agency      ; 2022-11-05 ; 2022-11-05 ; Iranian missiles ..2022-11-05 ; iran-drone-marturisire-2022-11.ro ; –
denies       ; utterance      ; Hossein Amir-Abdollahian ; –                ; 2022-11-05 ; 2022-11-05 ; Iranian drones 2022-02-24..  ; iran-drones-admission-2022-11.en  ; –
acknowledges ; utterance      ; Hossein Amir-Abdollahian ; news agency      ; 2022-11-05 ; 2022-11-05 ; Iranian drones ..2022-02-23  ; iran-drones-admission-2022-11.en  ; a small number
acknowledges ; utterance      ; Hossein Amir-Abdollahian ; news agency      ; 2022-11-05 ; 2022-11-05 ; Iranian drones ..2022-02-23  ; iran-drone-marturisire-2022-11.ro ; –
acknowledges ; interpretation ; Hossein Amir-Abdollahian ; news agency      ; 2022-11-05 ; 2022-11-05 ; Iranian drones               ; iran-drones-admission-2022-11.en  ; a small number
acknowledges ; interpretation ; Hossein Amir-Abdollahian ; news agency      ; 2022-11-05 ; 2022-11-05 ; Iranian drones               ; iran-drone-marturisire-2022-11.ro ; –
""",
    "RUS on IRN → RUS": """
stance ; kind      ; speaker       ; medium ; earliest   ; latest     ; on             ; article                           ; quote
evades ; utterance ; Dmitry Peskov ; –      ; 2022-10-18 ; 2022-10-18 ; Iranian drones ; iran-drones-denials-2022-10.en    ; –
evades ; utterance ; Dmitry Peskov ; –      ; 2022-10-18 ; 2022-10-18 ; Iranian drones ; iran-drone-marturisire-2022-11.ro ; –
""",
}


@pytest.fixture(scope="module")
def on(ask_articles: AskArticles) -> dict[str, str]:
    """Each transfer's item and days, by its IRI."""
    return {
        row["transfer@"]: row["item"] + ("" if row["earliest"] == row["latest"] == "–" else f" {row['earliest@']}..{row['latest@']}")
        for row in ask_articles("transfers")
    }


@pytest.mark.parametrize("case", TIMELINES)
def test_a_states_position_on_a_supply_of_arms(ask_articles: AskArticles, expect_rows: ExpectRows, on: dict[str, str], case: str) -> None:
    state, supplier, recipient = case.replace(" on ", " → ").split(" → ")
    rows = ask_articles("position-timeline", state=state, supplier=supplier, recipient=recipient)
    expect_rows([row | {"on": on[row["transfer@"]]} for row in rows], TIMELINES[case])


@pytest.mark.parametrize(
    ("state", "supplier", "day", "statements"),
    [
        ("PRK", "PRK", "2022-09-22", 1),  # in two articles
        ("PRK", "PRK", "2022-11-08", 1),  # in three
        ("RUS", "PRK", "2023-10-17", 1),
        ("RUS", "PRK", "2024-01-16", 1),
        ("USA", "PRK", "2023-10-13", 2),  # alleged and condemned
        ("USA", "PRK", "2024-01-04", 2),  # alleged (in three articles) and condemned
        ("IRN", "IRN", "2022-10-14", 1),
        ("IRN", "IRN", "2022-10-17", 1),
        ("IRN", "IRN", "2022-11-05", 3),  # drones before the war: yes; missiles, and drones for the war: no
        ("RUS", "IRN", "2022-10-18", 1),
    ],
)
def test_what_several_articles_report_is_said_once(ask_articles: AskArticles, state: str, supplier: str, day: str, statements: int) -> None:
    rows = ask_articles("position-timeline", state=state, supplier=supplier, recipient="RUS")
    assert len({row["statement@"] for row in rows if row["latest"] == day}) == statements


def test_russia_evades_only_after_it_denied(ask_articles: AskArticles) -> None:
    rows = ask_articles("position-timeline", state="RUS", supplier="PRK", recipient="RUS")
    assert [row["stance"] for row in rows if row["latest"] == "2024-01-15"] == ["denies", "evades"]


ACKNOWLEDGED = {
    "PRK → RUS": """
state  ; kind           ; stance       ; speaker       ; medium   ; earliest   ; latest
Russia ; interpretation ; acknowledges ; Sergey Lavrov ; Facebook ; 2024-01-16 ; 2024-01-16
""",
    "IRN → RUS": """
state ; kind           ; stance       ; speaker                  ; medium      ; earliest   ; latest     ; article
Iran  ; utterance      ; acknowledges ; Hossein Amir-Abdollahian ; news agency ; 2022-11-05 ; 2022-11-05 ; iran-drones-admission-2022-11.en
Iran  ; interpretation ; acknowledges ; Hossein Amir-Abdollahian ; news agency ; 2022-11-05 ; 2022-11-05 ; iran-drones-admission-2022-11.en
""",
    "USA → UKR": """
state         ; kind      ; stance       ; speaker           ; medium ; earliest   ; latest     ; article
Ukraine       ; utterance ; acknowledges ; Oleksii Reznikov  ; X      ; 2022-06-23 ; 2022-06-23 ; himars-ucraina-2022-06.ro
United States ; utterance ; acknowledges ; Adrienne Watson   ; –      ; 2023-10-17 ; 2023-10-17 ; storm-shadow-atacms-2023-10.en
""",
    "DEU → UKR": """
state   ; kind      ; stance       ; speaker          ; medium ; earliest   ; latest     ; article
Ukraine ; utterance ; acknowledges ; Oleksii Reznikov ; X      ; 2022-10-11 ; 2022-10-11 ; udar-10-zhovtnia-2022.uk
""",
    "GBR → UKR": """
state          ; kind      ; stance       ; speaker     ; medium               ; earliest   ; latest     ; article
United Kingdom ; utterance ; acknowledges ; Ben Wallace ; parliamentary debate ; 2023-05-11 ; 2023-05-11 ; storm-shadow-atacms-2023-10.en
""",
    "CHN → RUS": "state",
}


@pytest.mark.parametrize("case", ACKNOWLEDGED)
def test_who_first_acknowledged_a_supply_of_arms(ask_articles: AskArticles, expect_rows: ExpectRows, case: str) -> None:
    supplier, recipient = case.split(" → ")
    expect_rows(ask_articles("first-acknowledgement", supplier=supplier, recipient=recipient), ACKNOWLEDGED[case])
