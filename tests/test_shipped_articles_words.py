"""Whose words they are, by the shipped articles: contradictions, one speaker's statements, chains, readings, and the sentences.

Each row of the tables was checked against the texts in data/articles, and can be found there; names are spelled as labels are. An empty
cell is a dash.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

Row = dict[str, str]
AskArticles = Callable[..., list[Row]]
ExpectRows = Callable[[list[Row], str], None]

#: The purchase of shells stands twice: as itself (alleged and denied), and with what is said of the whole supply.
#: Iran's own admission (drones, before the war) follows its denials of any weapon; Russia's rejections of charges deny nothing, and
#: Wagner, which denies a delivery of rockets, is no state.
CONTRADICTIONS = """
event                                          ; affirmingState ; firstAffirmed ; affirmed by                               ; denyingState ; firstDenied ; denied by
să cumpere din Coreea de Nord                  ; United States  ; 2022-09-01    ; United States alleges                     ; Russia       ; 2022-09-06  ; Vasily Nebenzya denies
North Korea → Russia                           ; United States  ; 2022-09-01    ; United States alleges                     ; Russia       ; 2022-09-06  ; Vasily Nebenzya denies
North Korea → Russia                           ; United States  ; 2022-09-01    ; United States alleges                     ; North Korea  ; 2022-09-22  ; Ministry of Defence of North Korea denies
Iran → Russia                                  ; United States  ; 2022-07-11    ; Jake Sullivan alleges                     ; Iran         ; 2022-10-14  ; Hossein Amir-Abdollahian denies
Iran → Russia                                  ; Ukraine        ; 2022-09-23    ; Ministry of Foreign Affairs of Ukraine condemns ; Iran   ; 2022-10-14  ; Hossein Amir-Abdollahian denies
Iran → Russia                                  ; Iran           ; 2022-11-05    ; Hossein Amir-Abdollahian acknowledges     ; Iran         ; 2022-10-14  ; Hossein Amir-Abdollahian denies
Iranian drones are falling on Ukrainian cities ; Ukraine        ; –             ; Ukraine alleges                           ; Russia       ; 2022-10-18  ; Dmitry Peskov denies
Iranian drones are falling on Ukrainian cities ; United States  ; –             ; United States alleges                     ; Russia       ; 2022-10-18  ; Dmitry Peskov denies
"""


@pytest.fixture(scope="module")
def said(ask_articles: AskArticles) -> dict[str, str]:
    """Each statement's speaker and stance, by its IRI."""
    return {row["statement@"]: f"{row['speaker']} {row['stance']}" for row in ask_articles("statements")}


def test_where_states_contradict_each_other_or_themselves(ask_articles: AskArticles, expect_rows: ExpectRows, said: dict[str, str]) -> None:
    rows = ask_articles("contradictions")
    sides = ({"affirmed by": said[row["affirmation@"]], "denied by": said[row["denial@"]]} for row in rows)
    expect_rows([row | side for row, side in zip(rows, sides, strict=True)], CONTRADICTIONS)
    assert [row["firstDenied"] for row in rows] == sorted(row["firstDenied"] for row in rows)


@pytest.mark.parametrize(("state", "count"), [("PRK", 1), ("RUS", 4), ("USA", 5), ("IRN", 3), ("UKR", 2), ("CHN", 0), ("GBR", 0)])
def test_contradictions_of_one_state_are_those_with_it_on_either_side(ask_articles: AskArticles, state: str, count: int) -> None:
    assert len(ask_articles("contradictions", state=state)) == count


IMPLEMENT = "to summarize the preliminary results of the active work that was launched to implement the agreements"

LAVROV = f"""
stance  ; state  ; earliest   ; latest     ; about                                                    ; addressee    ; accused                                 ; medium      ; quote       ; article
praises ; Russia ; 2023-10-18 ; 2023-10-18 ; susținerea nord-coreeană                                 ; –            ; –                                       ; –           ; –           ; denials-2022-2023.ro
praises ; Russia ; 2024-01-16 ; 2024-01-16 ; sprijinul venit de la Phenian                            ; Choe Son Hui ; –                                       ; Facebook    ; –           ; dprk-russia-thanks-2024-01.ro
praises ; Russia ; 2024-01-16 ; 2024-01-16 ; the backing it gets from Pyongyang                       ; Choe Son Hui ; –                                       ; Facebook    ; –           ; lavrov-choe-moscow-2024-01.en
praises ; Russia ; 2024-01-16 ; 2024-01-16 ; 평양이 보내는 지지                                       ; Choe Son Hui ; –                                       ; Facebook    ; –           ; lavrov-choe-moscow-2024-01.ko
asserts ; Russia ; 2024-01-16 ; 2024-01-16 ; conlucrarea celor două state                             ; –            ; –                                       ; –           ; –           ; dprk-russia-thanks-2024-01.ro
asserts ; Russia ; 2024-01-16 ; 2024-01-16 ; cooperation between the two countries at the United Nations ; –         ; –                                       ; –           ; –           ; lavrov-choe-moscow-2024-01.en
asserts ; Russia ; 2024-01-16 ; 2024-01-16 ; 두 나라의 협력                                           ; –            ; –                                       ; –           ; –           ; lavrov-choe-moscow-2024-01.ko
pledges ; Russia ; 2024-01-16 ; 2024-01-16 ; va ține acolo mereu partea Coreei de Nord                ; Choe Son Hui ; –                                       ; –           ; –           ; dprk-russia-thanks-2024-01.ro
pledges ; Russia ; 2024-01-16 ; 2024-01-16 ; always stands up for North Korea there                   ; –            ; –                                       ; –           ; –           ; lavrov-choe-moscow-2024-01.en
pledges ; Russia ; 2024-01-16 ; 2024-01-16 ; 유엔에서 언제나 북한을 지지한다                          ; –            ; –                                       ; –           ; –           ; lavrov-choe-moscow-2024-01.ko
asserts ; Russia ; 2024-01-16 ; 2024-01-16 ; implementation of the Vostochny agreements               ; –            ; –                                       ; news agency ; {IMPLEMENT} ; lavrov-choe-moscow-2024-01.en
accuses ; Russia ; 2024-01-16 ; 2024-01-16 ; threats to the security of the DPRK                      ; –            ; the United States and its regional allies ; –         ; –           ; lavrov-choe-moscow-2024-01.en
"""


def test_what_lavrov_said_in_each_article_is_six_statements(ask_articles: AskArticles, expect_rows: ExpectRows) -> None:
    rows = ask_articles("statements", speaker="Serghei Lavrov")
    expect_rows(rows, LAVROV)
    assert len({row["statement@"] for row in rows}) == 6


CHAINS = """
hop ; speaker                      ; stance  ; medium      ; earliest   ; latest     ; place  ; article
0   ; Sergey Lavrov                ; praises ; –           ; 2024-01-16 ; 2024-01-16 ; Moscow ; dprk-russia-thanks-2024-01.ro
1   ; Embassy of Russia in Romania ; reports ; Facebook    ; –          ; –          ; –      ; dprk-russia-thanks-2024-01.ro
2   ; kgbuild                      ; –       ; –           ; 2024-01-17 ; 2024-01-17 ; –      ; dprk-russia-thanks-2024-01.ro
0   ; Sergey Lavrov                ; praises ; –           ; 2024-01-16 ; 2024-01-16 ; Moscow ; lavrov-choe-moscow-2024-01.en
1   ; Embassy of Russia in Romania ; reports ; Facebook    ; –          ; –          ; –      ; lavrov-choe-moscow-2024-01.en
1   ; TASS                         ; reports ; news agency ; –          ; –          ; –      ; lavrov-choe-moscow-2024-01.en
2   ; kgbuild                      ; –       ; –           ; 2024-01-17 ; 2024-01-17 ; –      ; lavrov-choe-moscow-2024-01.en
0   ; Sergey Lavrov                ; praises ; –           ; 2024-01-16 ; 2024-01-16 ; Moscow ; lavrov-choe-moscow-2024-01.ko
1   ; Embassy of Russia in Romania ; reports ; Facebook    ; –          ; –          ; –      ; lavrov-choe-moscow-2024-01.ko
1   ; TASS                         ; reports ; news agency ; –          ; –          ; –      ; lavrov-choe-moscow-2024-01.ko
2   ; kgbuild                      ; –       ; –           ; 2024-01-17 ; 2024-01-17 ; –      ; lavrov-choe-moscow-2024-01.ko
"""


def test_the_thanks_reached_each_article_by_the_embassy_or_by_tass(ask_articles: AskArticles, expect_rows: ExpectRows) -> None:
    [thanks] = {
        row["statement@"] for row in ask_articles("statements", speaker="Lavrov", stance="praises") if row["latest"] == "2024-01-16"
    }
    rows = ask_articles("attribution-chain", statement=thanks)
    expect_rows(rows, CHAINS)
    hops = [(row["article"], row["hop"]) for row in rows]
    assert [hop for _, hop in hops] == ["0", "1", "2", *["0", "1", "1", "2"] * 2]  # each chain in one piece, and in order
    [during] = {row["during@"] for row in rows if row["hop"] == "0"}
    assert during in {row["meeting@"] for row in ask_articles("meetings", party="Choe Son Hui", with_="Lavrov", place="Moscow")}


READINGS = """
uttered      ; speaker                  ; readBy                            ; readsAs      ; about                                   ; article
acknowledges ; Hossein Amir-Abdollahian ; iran-drones-admission-2022-11.en  ; acknowledges ; supplied Russia with drones             ; iran-drones-admission-2022-11.en
acknowledges ; Hossein Amir-Abdollahian ; iran-drone-marturisire-2022-11.ro ; acknowledges ; de drone către Moscova                  ; iran-drone-marturisire-2022-11.ro
pledges      ; Mark Rutte               ; f16-danemarca-olanda-2023-08.ro   ; pledges      ; transfere Ucrainei avioane de luptă F-16 ; f16-danemarca-olanda-2023-08.ro
pledges      ; Mette Frederiksen        ; f16-danemarca-olanda-2023-08.ro   ; pledges      ; transfere Ucrainei avioane de luptă F-16 ; f16-danemarca-olanda-2023-08.ro
praises      ; Sergey Lavrov            ; O parte a presei din România      ; acknowledges ; îi vin arme de la nord-coreeni          ; dprk-russia-thanks-2024-01.ro
praises      ; Sergey Lavrov            ; 루마니아의 일부 언론              ; acknowledges ; 북한 무기를 받고 있다                   ; lavrov-choe-moscow-2024-01.ko
"""


def test_thanks_stay_thanks_whoever_reads_them_as_an_acknowledgement(ask_articles: AskArticles, expect_rows: ExpectRows) -> None:
    expect_rows(ask_articles("interpretations"), READINGS)
    assert len(ask_articles("interpretations", state="RUS")) == 2


#: article, sentence and the span that carries the denial; [ and ] mark the span
DENIED = [
    ("denials-2022-2023.ro", "Pe 8 noiembrie, același minister [a repetat] că tranzacții cu arme între RPDC și Rusia nu au existat și nu sunt plănuite."),
    ("white-house-missiles-2024-01.en", "On 8 November 2022 it [repeated] that there had never been any arms dealings with Russia."),
    ("lavrov-choe-moscow-2024-01.ko", "미국의 이런 주장과 달리 북한 국방성은 2022년 11월 8일 공개된 담화에서 러시아와의 무기 거래는 한 번도 없었다고 [부인한] 바 있다."),
]  # fmt: skip
#: where the spans lie in the articles' texts
SPANS = {"denials-2022-2023.ro": (903, 912), "white-house-missiles-2024-01.en": (1701, 1709), "lavrov-choe-moscow-2024-01.ko": (751, 754)}


def test_one_denial_in_three_articles_has_its_sentence_and_span_in_each(ask_articles: AskArticles) -> None:
    [denial] = {
        row["statement@"]
        for row in ask_articles("statements", state="PRK", stance="denies", since="2022-11-08", until="2022-11-08")
        if row["earliest"] == "2022-11-08"
    }
    rows = ask_articles("evidence", thing=denial)
    assert {row["article"]: (int(row["begin"]), int(row["end"])) for row in rows} == SPANS
    assert {(row["annotator"], row["annotationStatus"]) for row in rows} == {("kgbuild", "curated")}
    assert len(rows) == len(DENIED)
    for row in rows:
        marked = row["sentence"].replace(row["text"], f"[{row['text']}]")
        assert (row["article"], marked) in DENIED
