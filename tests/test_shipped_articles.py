"""What happened, by the shipped articles: transfers, meetings, strikes, shared posts, and the articles themselves.

Each row of the tables was checked against the texts in data/articles, and can be found there; names are spelled as labels are. Where
several articles tell of one event, their number stands in the last column. An empty cell is a dash.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

Row = dict[str, str]
AskArticles = Callable[..., list[Row]]
ExpectRows = Callable[[list[Row], str], None]

#: Undated transfers are each article's own; dated ones of the same item meet: the containers (denials-2022-2023, shoigu-pyongyang), the
#: drones given before the war, those of summer 2022 and the Iranian missiles (both articles on the admission of November 2022).
TRANSFERS = """
supplier       ; recipient    ; item                                        ; earliest   ; latest     ; status       ; articles
Iran           ; Russia       ; Iranian drones                              ; –          ; 2022-02-23 ; acknowledged ; 2
Iran           ; Russia       ; Iranian drones                              ; 2022-02-24 ; –          ; contested    ; 1
United States  ; Ukraine      ; HIMARS                                      ; 2022-06-01 ; 2022-06-30 ; acknowledged ; 1
Iran           ; Russia       ; Iranian drones                              ; 2022-06-01 ; 2022-08-31 ; contested    ; 2
Iran           ; Russia       ; Iranian drones                              ; 2022-07-11 ; –          ; contested    ; 1
Germany        ; Ukraine      ; IRIS-T SLM                                  ; 2022-10-01 ; 2022-10-31 ; acknowledged ; 1
North Korea    ; Wagner Group ; North Korean infantry rockets               ; 2022-11-01 ; 2022-11-30 ; contested    ; 1
Iran           ; Russia       ; Iranian missiles                            ; –          ; 2022-11-05 ; denied       ; 2
United Kingdom ; Ukraine      ; Storm Shadow                                ; 2023-05-01 ; 2023-05-31 ; acknowledged ; 1
North Korea    ; Russia       ; North Korean munitions                      ; 2023-09-07 ; 2023-10-01 ; contested    ; 2
United States  ; Ukraine      ; ATACMS                                      ; 2023-10-01 ; 2023-10-31 ; acknowledged ; 1
Denmark        ; Ukraine      ; F-16                                        ; 2024-01-01 ; 2024-01-31 ; pledged      ; 1
Denmark        ; Ukraine      ; F-16                                        ; 2024-01-01 ; 2024-12-31 ; pledged      ; 1
Denmark        ; Ukraine      ; F-16                                        ; 2025-01-01 ; 2025-12-31 ; pledged      ; 1
Denmark        ; Ukraine      ; F-16                                        ; –          ; –          ; pledged      ; 1
Netherlands    ; Ukraine      ; F-16                                        ; –          ; –          ; pledged      ; 1
Netherlands    ; Ukraine      ; F-16                                        ; –          ; –          ; pledged      ; 1
United States  ; Ukraine      ; M1 Abrams                                   ; –          ; –          ; pledged      ; 1
United Kingdom ; Ukraine      ; Challenger 2                                ; –          ; –          ; pledged      ; 1
Germany        ; Ukraine      ; Leopard 2                                   ; –          ; –          ; pledged      ; 1
Poland         ; Ukraine      ; Leopard 2                                   ; –          ; –          ; reported     ; 1
France         ; Ukraine      ; SCALP-EG                                    ; –          ; –          ; pledged      ; 1
United States  ; Ukraine      ; сучасні системи протиповітряної оборони     ; –          ; –          ; pledged      ; 1
United States  ; Ukraine      ; 武器                                        ; –          ; –          ; acknowledged ; 1
China          ; Russia       ; 武器                                        ; –          ; –          ; denied       ; 1
China          ; Ukraine      ; 武器                                        ; –          ; –          ; denied       ; 1
Iran           ; Russia       ; weapons                                     ; –          ; –          ; acknowledged ; 1
Iran           ; Russia       ; weapons                                     ; –          ; –          ; acknowledged ; 1
Iran           ; Russia       ; arme                                        ; –          ; –          ; acknowledged ; 1
Iran           ; Russia       ; Iranian drones                              ; –          ; –          ; acknowledged ; 1
Iran           ; Russia       ; Iranian drones                              ; –          ; –          ; acknowledged ; 1
Iran           ; Russia       ; Iranian drones                              ; –          ; –          ; acknowledged ; 1
North Korea    ; Russia       ; North Korean artillery shells               ; –          ; –          ; contested    ; 1
North Korea    ; Russia       ; North Korean artillery shells               ; –          ; –          ; contested    ; 1
North Korea    ; Russia       ; North Korean missiles                       ; –          ; –          ; contested    ; 1
North Korea    ; Russia       ; North Korean ballistic missiles             ; –          ; –          ; contested    ; 1
North Korea    ; Russia       ; North Korean ballistic missiles             ; –          ; –          ; contested    ; 1
North Korea    ; Russia       ; North Korean ballistic missile launchers | North Korean ballistic missiles ; – ; – ; contested ; 1
North Korea    ; Russia       ; arme                                        ; –          ; –          ; contested    ; 1
North Korea    ; Russia       ; weapons                                     ; –          ; –          ; contested    ; 1
North Korea    ; Russia       ; 무기                                        ; –          ; –          ; contested    ; 1
North Korea    ; Russia       ; –                                           ; –          ; –          ; contested    ; 1
North Korea    ; Russia       ; –                                           ; –          ; –          ; contested    ; 1
North Korea    ; Russia       ; –                                           ; –          ; –          ; contested    ; 1
"""


def test_every_transfer_has_its_parties_item_days_and_status(ask_articles: AskArticles, expect_rows: ExpectRows) -> None:
    expect_rows(ask_articles("transfers"), TRANSFERS)


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({"supplier": "PRK"}, 14),
        ({"supplier": "PRK", "recipient": "Federația Rusă"}, 13),
        ({"supplier": "IRN", "item": "drone"}, 7),
        ({"state": "UKR"}, 18),
        ({"supplier": "DNK"}, 4),
        ({"recipient": "RUS", "since": "2023-09-01", "until": "2023-12-31", "item": "munition"}, 3),  # with two undated ones of shells
    ],
)
def test_transfers_are_found_by_party_item_and_day(ask_articles: AskArticles, values: dict[str, str], count: int) -> None:
    assert len(ask_articles("transfers", **values)) == count


MEETINGS = """
type       ; earliest   ; latest     ; place                ; participants                                                     ; articles
visit      ; 2000-07-01 ; 2000-07-31 ; –                    ; Vladimir Putin | North Korea                                     ; 1
meeting    ; 2022-06-01 ; 2022-06-01 ; Washington           ; Antony Blinken | Jens Stoltenberg                                ; 1
phone call ; 2022-10-10 ; 2022-10-10 ; –                    ; Joe Biden | Volodymyr Zelensky                                   ; 1
meeting    ; 2022-10-10 ; 2022-10-10 ; –                    ; Vladimir Putin | Security Council of Russia                      ; 1
meeting    ; 2022-10-11 ; 2022-10-11 ; –                    ; Group of Seven | Volodymyr Zelensky                              ; 1
phone call ; 2022-10-14 ; 2022-10-14 ; –                    ; Hossein Amir-Abdollahian | João Gomes Cravinho                   ; 2
meeting    ; 2022-10-19 ; 2022-10-19 ; –                    ; United Nations Security Council | France | United Kingdom | Russia | United States ; 1
phone call ; 2023-01-25 ; 2023-01-25 ; –                    ; Volodymyr Zelensky | Olaf Scholz                                 ; 1
meeting    ; 2023-02-18 ; 2023-02-18 ; Munich               ; Antony Blinken | Wang Yi                                         ; 1
visit      ; 2023-03-20 ; 2023-03-22 ; –                    ; Xi Jinping | Russia                                              ; 1
meeting    ; 2023-03-21 ; 2023-03-21 ; Moscow Kremlin       ; Xi Jinping | Vladimir Putin                                      ; 1
visit      ; 2023-07-01 ; 2023-07-31 ; Pyongyang            ; Li Hongzhong | North Korea                                       ; 1
meeting    ; 2023-07-11 ; 2023-07-12 ; Vilnius              ; NATO | France                                                    ; 1
visit      ; 2023-07-25 ; 2023-07-27 ; Pyongyang            ; Sergei Shoigu | North Korea                                      ; 1
meeting    ; 2023-07-25 ; 2023-07-27 ; Pyongyang            ; Sergei Shoigu | Kang Sun Nam                                     ; 1
meeting    ; 2023-07-26 ; 2023-07-26 ; Pyongyang            ; Kim Jong Un | Sergei Shoigu                                      ; 1
visit      ; 2023-08-20 ; 2023-08-20 ; –                    ; Volodymyr Zelensky | Netherlands                                 ; 1
meeting    ; 2023-08-20 ; 2023-08-20 ; Eindhoven Air Base   ; Mark Rutte | Volodymyr Zelensky                                  ; 1
visit      ; 2023-08-20 ; 2023-08-21 ; –                    ; Volodymyr Zelensky | Denmark                                     ; 1
meeting    ; 2023-08-20 ; 2023-08-20 ; Skrydstrup Air Base  ; Mette Frederiksen | Volodymyr Zelensky                           ; 1
visit      ; 2023-09-12 ; 2023-09-17 ; –                    ; Kim Jong Un | Russia                                             ; 3
visit      ; 2023-09-12 ; 2023-09-12 ; Khasan               ; Kim Jong Un | Russia                                             ; 1
meeting    ; 2023-09-13 ; 2023-09-13 ; Vostochny Cosmodrome ; Kim Jong Un | Vladimir Putin                                     ; 4
visit      ; 2023-09-15 ; 2023-09-15 ; Komsomolsk-on-Amur   ; Kim Jong Un | Russia                                             ; 1
meeting    ; 2023-09-16 ; 2023-09-16 ; Knevichi airfield    ; Kim Jong Un | Sergei Shoigu                                      ; 1
visit      ; 2023-10-10 ; 2023-10-10 ; Bucharest            ; Volodymyr Zelensky | Romania                                     ; 1
meeting    ; 2023-10-10 ; 2023-10-10 ; Cotroceni Palace     ; Klaus Iohannis | Volodymyr Zelensky                              ; 1
visit      ; 2023-10-17 ; 2023-10-18 ; Beijing              ; Vladimir Putin | China                                           ; 1
visit      ; 2023-10-18 ; 2023-10-19 ; Pyongyang            ; Sergey Lavrov | North Korea                                      ; 1
visit      ; 2024-01-01 ; 2024-01-31 ; –                    ; Choe Son Hui | Russia                                            ; 1
meeting    ; 2024-01-16 ; 2024-01-16 ; Moscow               ; Sergey Lavrov | Choe Son Hui                                     ; 3
meeting    ; 2024-01-16 ; 2024-01-16 ; Moscow Kremlin       ; Vladimir Putin | Choe Son Hui | Sergey Lavrov                    ; 3
visit      ; 2024-06-18 ; 2024-06-19 ; –                    ; Vladimir Putin | North Korea                                     ; 1
meeting    ; 2024-06-19 ; 2024-06-19 ; Pyongyang            ; Vladimir Putin | Kim Jong Un                                     ; 1
visit      ; 2024-06-20 ; 2024-06-20 ; –                    ; Vladimir Putin | Vietnam                                         ; 1
visit      ; –          ; –          ; –                    ; Vladimir Putin | North Korea                                     ; 1
visit      ; –          ; –          ; –                    ; Vladimir Putin | North Korea                                     ; 1
"""


def test_every_meeting_visit_and_call_has_its_days_place_and_participants(ask_articles: AskArticles, expect_rows: ExpectRows) -> None:
    expect_rows(ask_articles("meetings"), MEETINGS)


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({"party": "Lavrov"}, 3),
        ({"party": "Kim Jong Un"}, 7),
        ({"party": "Serghei Șoigu"}, 4),
        ({"party": "PRK"}, 18),
        ({"party": "CHN", "with_": "RUS"}, 3),  # both of March 2023, and Putin's visit of October
        ({"party": "ROU"}, 2),
        ({"party": "Ukraina", "since": "2023-08", "until": "2023-08"}, 4),
        ({"place": "Vostochny"}, 1),
    ],
)
def test_meetings_are_found_by_party_place_and_day(ask_articles: AskArticles, values: dict[str, str], count: int) -> None:
    assert len(ask_articles("meetings", **values)) == count


STRIKES = """
claimant                             ; attacker                ; target                 ; targetType          ; count ; areas ; earliest   ; status       ; article
Ministry of Defence of Russia        ; Armed Forces of Ukraine ; Luhansk                ; industrial facility ; 2     ; –     ; 2023-05-12 ; alleged      ; storm-shadow-atacms-2023-10.en
Special Operations Forces of Ukraine ; Armed Forces of Ukraine ; Armed Forces of Russia ; helicopter          ; 9     ; –     ; 2023-10-17 ; self-claimed ; storm-shadow-atacms-2023-10.en
Special Operations Forces of Ukraine ; Armed Forces of Ukraine ; Armed Forces of Russia ; air defence system  ; 1     ; –     ; 2023-10-17 ; self-claimed ; storm-shadow-atacms-2023-10.en
Special Operations Forces of Ukraine ; Armed Forces of Ukraine ; Armed Forces of Russia ; ammunition depot    ; 1     ; –     ; 2023-10-17 ; self-claimed ; storm-shadow-atacms-2023-10.en
"""


def test_what_strikes_are_said_to_have_hit(ask_articles: AskArticles, expect_rows: ExpectRows) -> None:
    expect_rows(ask_articles("strike-tally"), STRIKES)
    assert len(ask_articles("strike-tally", attacker="UKR", on="2023-10-17")) == 3
    assert ask_articles("strike-tally", attacker="RUS") == []


AMPLIFICATION = """
mission                      ; shared                            ; outlet                                                ; owner ; ownerSpouse ; article
Embassy of Russia in Romania ; articolul de blog atașat postării ; un blog descris drept favorabil propagandei Kremlinului ; – ; –           ; dprk-russia-thanks-2024-01.ro
"""


def test_the_embassy_shared_a_blog_whose_owner_no_shipped_article_names(ask_articles: AskArticles, expect_rows: ExpectRows) -> None:
    expect_rows(ask_articles("amplification"), AMPLIFICATION)
    expect_rows(ask_articles("amplification", mission="Ambasada Rusiei în România"), AMPLIFICATION)


ARTICLES = """
article                            ; outlet  ; language ; published  ; statements ; problems
himars-ucraina-2022-06.ro          ; kgbuild ; ro       ; 2022-06-24 ; 12         ; 0
udar-10-zhovtnia-2022.uk           ; kgbuild ; uk       ; 2022-10-12 ; 15         ; 0
iran-drones-denials-2022-10.en     ; kgbuild ; en       ; 2022-10-20 ; 15         ; 0
iran-drones-admission-2022-11.en   ; kgbuild ; en       ; 2022-11-05 ; 14         ; 0
iran-drone-marturisire-2022-11.ro  ; kgbuild ; ro       ; 2022-11-06 ; 14         ; 0
leopard-abrams-2023-01.en          ; kgbuild ; en       ; 2023-01-25 ; 11         ; 0
xi-putin-moscow-2023-03.zh         ; kgbuild ; zh       ; 2023-03-22 ; 7          ; 0
f16-danemarca-olanda-2023-08.ro    ; kgbuild ; ro       ; 2023-08-21 ; 12         ; 0
kim-putin-vostochny-2023-09.en     ; kgbuild ; en       ; 2023-09-18 ; 10         ; 0
zelenski-bucuresti-2023-10.ro      ; kgbuild ; ro       ; 2023-10-10 ; 10         ; 0
shoigu-pyongyang-containers-2023.ro; kgbuild ; ro       ; 2023-10-17 ; 8          ; 0
storm-shadow-atacms-2023-10.en     ; kgbuild ; en       ; 2023-10-18 ; 9          ; 0
denials-2022-2023.ro               ; kgbuild ; ro       ; 2023-10-19 ; 13         ; 0
white-house-missiles-2024-01.en    ; kgbuild ; en       ; 2024-01-12 ; 13         ; 0
dprk-russia-thanks-2024-01.ro      ; kgbuild ; ro       ; 2024-01-17 ; 11         ; 0
lavrov-choe-moscow-2024-01.en      ; kgbuild ; en       ; 2024-01-17 ; 14         ; 0
lavrov-choe-moscow-2024-01.ko      ; kgbuild ; ko       ; 2024-01-17 ; 11         ; 0
putin-pyongyang-treaty-2024-06.ru  ; kgbuild ; ru       ; 2024-06-21 ; 11         ; 0
"""


def test_the_articles_with_how_much_they_report(ask_articles: AskArticles, expect_rows: ExpectRows) -> None:
    rows = ask_articles("articles")
    expect_rows(rows, ARTICLES)
    days = [row["published"] for row in rows]
    assert days == sorted(days)
    assert len(ask_articles("articles", lang="ro")) == 7
