"""On whose word things rest, by the shipped articles: stances by state, independent origins, months, outlets, and what has no place.

Each row of the tables was checked against the texts in data/articles, and can be found there; names are spelled as labels are. An
empty cell is a dash.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Row = dict[str, str]
AskArticles = Callable[..., list[Row]]
ExpectRows = Callable[[list[Row], str], None]
Kgbuild = Callable[..., Result]

#: Nebenzya (2022-09-06) and two denials of unknown day, before 12 September 2023 and before 15 January 2024, are Russia's; of Lavrov's
#: thanks, which two articles read as an acknowledgement, there is one. The last condemnation by the United States and its partners is
#: without a date and moves no bound.
MATRICES = {
    "PRK → RUS": """
state         ; kind           ; stance       ; statements ; first      ; last
United States ; utterance      ; alleges      ; 4          ; 2022-09-01 ; 2024-01-04
Russia        ; utterance      ; denies       ; 3          ; 2022-09-06 ; 2024-01-15
North Korea   ; utterance      ; denies       ; 4          ; 2022-09-22 ; 2023-09-12
United States ; utterance      ; warns        ; 1          ; 2023-09-05 ; 2023-09-05
United States ; utterance      ; condemns     ; 4          ; 2023-10-13 ; 2024-01-09
Russia        ; utterance      ; rejects      ; 1          ; 2023-10-17 ; 2023-10-17
Russia        ; utterance      ; evades       ; 1          ; 2024-01-15 ; 2024-01-15
Russia        ; interpretation ; acknowledges ; 1          ; 2024-01-16 ; 2024-01-16
""",
    "IRN → RUS": """
state         ; kind           ; stance       ; statements ; first      ; last
United States ; utterance      ; alleges      ; 2          ; 2022-07-11 ; 2022-11-05
Ukraine       ; utterance      ; condemns     ; 1          ; 2022-09-23 ; 2022-09-23
Iran          ; utterance      ; denies       ; 5          ; 2022-10-14 ; 2022-11-05
Portugal      ; utterance      ; demands      ; 1          ; 2022-10-14 ; 2022-10-14
Russia        ; utterance      ; evades       ; 1          ; 2022-10-18 ; 2022-10-18
Iran          ; utterance      ; rejects      ; 1          ; 2022-10-19 ; 2022-10-19
Iran          ; utterance      ; acknowledges ; 1          ; 2022-11-05 ; 2022-11-05
Iran          ; interpretation ; acknowledges ; 1          ; 2022-11-05 ; 2022-11-05
""",
    # the article itself calls Rutte's promise one of the first firm ones
    "NLD → UKR": """
state         ; kind           ; stance  ; statements ; first      ; last
United States ; utterance      ; pledges ; 1          ; 2023-08-01 ; 2023-08-31
Netherlands   ; utterance      ; evades  ; 1          ; 2023-08-20 ; 2023-08-20
Netherlands   ; utterance      ; pledges ; 1          ; 2023-08-20 ; 2023-08-20
Netherlands   ; interpretation ; pledges ; 1          ; 2023-08-20 ; 2023-08-20
Ukraine       ; utterance      ; reports ; 1          ; 2023-08-20 ; 2023-08-20
""",
    "GBR → RUS": "state",
}


@pytest.mark.parametrize("case", MATRICES)
def test_how_often_each_state_took_which_stance(ask_articles: AskArticles, expect_rows: ExpectRows, case: str) -> None:
    supplier, recipient = case.split(" → ")
    rows = ask_articles("stance-matrix", supplier=supplier, recipient=recipient)
    expect_rows(rows, MATRICES[case])
    assert [row["first"] for row in rows] == sorted(row["first"] for row in rows)


#: Who says that arms were supplied: what a speaker says on one day is one origin, in however many words and articles. Kirby's allegation
#: of 13 October stands in two articles, one of which has him condemn it as well; that of 4 January in three. Lavrov's thanks reached us
#: by the embassy and TASS, and two articles read them as an acknowledgement: one origin. Denials, warnings and promises are none.
ORIGINS = {
    "PRK → RUS": """
speaker                                     ; medium           ; statements ; articles
United States                               ; –                ; 1          ; 1
John Kirby                                  ; –                ; 1          ; 1
John Kirby                                  ; –                ; 2          ; 2
John Kirby                                  ; press conference ; 2          ; 3
foreign ministers of nearly fifty countries ; –                ; 1          ; 1
Sergey Lavrov                               ; Facebook         ; 2          ; 2
Statele Unite și partenerii lor             ; –                ; 1          ; 1
""",
    "IRN → RUS": """
speaker                      ; medium      ; statements ; articles
Jake Sullivan                ; briefing    ; 1          ; 1
Ministry of Foreign Affairs of Ukraine ; –          ; 1          ; 1
Hossein Amir-Abdollahian     ; news agency ; 3          ; 2
Robert Malley                ; X           ; 1          ; 2
""",
    "USA → UKR": """
speaker            ; medium           ; statements ; articles
Oleksii Reznikov   ; X                ; 2          ; 1
Wang Wenbin        ; press conference ; 1          ; 1
Volodymyr Zelensky ; –                ; 1          ; 1
Adrienne Watson    ; –                ; 1          ; 1
Vladimir Putin     ; press conference ; 1          ; 1
""",
    "NLD → UKR": "speaker",
}


@pytest.mark.parametrize("case", ORIGINS)
def test_on_how_many_origins_a_claim_rests(ask_articles: AskArticles, expect_rows: ExpectRows, case: str) -> None:
    supplier, recipient = case.split(" → ")
    rows = ask_articles("independent-origins", supplier=supplier, recipient=recipient)
    expect_rows(rows, ORIGINS[case])
    assert len({row["origin@"] for row in rows}) == len(rows)


#: Articles by month of publication, as far as they tell of a transfer. The containers stand in both articles of October 2023 on them,
#: three of the Iranian transfers in both of November 2022.
MONTHS = """
month   ; reports ; transfers ; origins
2022-06 ; 1       ; 1         ; 1
2022-10 ; 2       ; 5         ; 3
2022-11 ; 2       ; 8         ; 2
2023-01 ; 1       ; 4         ; 0
2023-03 ; 1       ; 3         ; 1
2023-08 ; 1       ; 6         ; 0
2023-09 ; 1       ; 1         ; 0
2023-10 ; 3       ; 8         ; 8
2024-01 ; 4       ; 8         ; 4
"""
NORTH_KOREAN_MONTHS = """
month   ; reports ; transfers ; origins
2023-09 ; 1       ; 1         ; 0
2023-10 ; 2       ; 4         ; 3
2024-01 ; 4       ; 8         ; 4
"""


def test_what_was_reported_month_by_month(ask_articles: AskArticles, expect_rows: ExpectRows) -> None:
    rows = ask_articles("monthly-activity")
    expect_rows(rows, MONTHS)
    assert [row["month"] for row in rows] == sorted(row["month"] for row in rows)
    expect_rows(ask_articles("monthly-activity", supplier="PRK", recipient="RUS"), NORTH_KOREAN_MONTHS)


#: The articles' own publisher; news agencies and newspapers that they quote; the parts of the press that read Lavrov's words; the embassy
#: that posted; the blog, and the broadcaster of an interview, by which no statement came. Of statements in Romanian two stand in two
#: articles each; in English five do: two Iranian denials, Kirby on the transfer and on the use of missiles, and Peskov's "no comment".
SOURCES = """
outlet                                                ; kind           ; language ; articles ; statements
kgbuild                                               ; media outlet   ; en       ; 7        ; 81
kgbuild                                               ; media outlet   ; ko       ; 1        ; 11
kgbuild                                               ; media outlet   ; ro       ; 7        ; 78
kgbuild                                               ; media outlet   ; ru       ; 1        ; 11
kgbuild                                               ; media outlet   ; uk       ; 1        ; 15
kgbuild                                               ; media outlet   ; zh       ; 1        ; 7
CBS                                                   ; media outlet   ; zh       ; 1        ; 0
IRNA                                                  ; news agency    ; en       ; 1        ; 1
KCNA                                                  ; news agency    ; en       ; 2        ; 2
KCNA                                                  ; news agency    ; ro       ; 2        ; 3
KCNA                                                  ; news agency    ; ru       ; 1        ; 1
TASS                                                  ; news agency    ; en       ; 1        ; 1
TASS                                                  ; news agency    ; ko       ; 1        ; 1
The New York Times                                    ; media outlet   ; ro       ; 1        ; 1
Embassy of Russia in Romania                          ; embassy        ; en       ; 1        ; 1
Embassy of Russia in Romania                          ; embassy        ; ko       ; 1        ; 1
Embassy of Russia in Romania                          ; embassy        ; ro       ; 1        ; 1
O parte a presei din România                          ; media outlet   ; ro       ; 1        ; 1
un blog descris drept favorabil propagandei Kremlinului ; blog         ; ro       ; 1        ; 0
루마니아의 일부 언론                                  ; media outlet   ; ko       ; 1        ; 1
"""


def test_by_which_outlets_we_know(ask_articles: AskArticles, expect_rows: ExpectRows) -> None:
    expect_rows(ask_articles("sources"), SOURCES)


def test_every_thing_of_the_shipped_articles_has_a_place_in_its_text(ask_articles: AskArticles) -> None:
    assert ask_articles("unanchored") == []


def test_a_mark_on_other_words_leaves_its_thing_without_a_place(kgbuild: Kgbuild, tmp_path: Path) -> None:
    def unit(name: str, *mentions: tuple[int, int, str]) -> dict[str, object]:
        marks = [{"spans": [[begin, end]], "text": words} for begin, end, words in mentions]
        return {"id": name, "kind": "entity", "label": "Person", "name": f"{name} Test", "mentions": marks}

    units = [unit("Ana", (0, 3, "Ana")), unit("Bogdan"), unit("Corina", (8, 13, "Elena")), unit("Dan", (18, 21, "Dan"), (8, 11, "Ema"))]
    document = {"kgbuild": 1, "id": "d", "text": "Ana met nobody. A Dan.", "meta": {"publisher": "Herald"}, "units": units}
    (tmp_path / "d.kga.jsonl").write_text(json.dumps(document) + "\n", encoding="utf-8")
    assert kgbuild("load", "--store", tmp_path / "store", tmp_path / "d.kga.jsonl").exit_code in (0, 1)
    result = kgbuild("query", "--store", tmp_path / "store", "unanchored", "--format", "csv")
    rows = [(row["thingLabel"], row["typeLabel"], row["problem"]) for row in csv.DictReader(io.StringIO(result.stdout))]
    assert sorted(rows) == [
        ("Bogdan Test", "person", "no mention"),
        ("Corina Test", "person", "no mention"),
        ("Corina Test", "person", "span-mismatch"),
        ("Dan Test", "person", "span-mismatch"),
    ]
