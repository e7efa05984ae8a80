"""Sentences: a table of cases for each language, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.sentences import split

# "|" marks where a sentence ends and the next begins; the blanks around it are the text's own
CASES = {
    "ro": [
        "Ministrul a plecat.| Nimeni nu l-a văzut.",
        "Dl. Popescu și d-na. Ionescu au vorbit.| Dr. Ene a tăcut.",
        "Prof. univ. dr. Marin Ene a scris un studiu.| A apărut ieri.",
        "Conform art. 5 alin. 2 lit. a) din Legea nr. 10 din 2001, totul e clar.| Apoi s-a votat.",
        "Locuiește pe str. Victoriei nr. 12.| Nu răspunde.",
        "Gen. Dan Grecu și lt. col. Ion Pop au semnat.| Au plecat imediat.",
        "Cumpără tancuri, drone, rachete etc.| Prețul nu se știe.",
        "Au venit tancuri, drone etc. din depozite vechi.",
        "Erau miniștri, generali ș.a.| Toți tăceau.",
        "Pe 15 ianuarie a.c. s-a semnat acordul.",
        "S.U.A. au trimis rachete.| U.E. a protestat.",
        "Rachetele vin din S.U.A.| Acestea sunt noi.",
        "Trupele S.U.A. Army au sosit.",
        "În sec. XX au fost două războaie.| În sec. al XIX-lea, mai multe.",
        "Costă 5 mil. de euro, adică 25 mld. lei vechi.| E mult.",
        "A costat 5 mil. USD în total.",
        "Prețul e de 3.5 milioane.| Altul e de 1.000.| Al treilea nu se știe.",
        "A fost pe 5.10.2023 la Moscova.| S-a întors pe 7.10.2023.| A tăcut.",
        "S-a întâmplat pe 16. ianuarie la prânz.",
        "Data este 16. 01. 2024 și nu alta.",
        "A venit în 2023.| Apoi a plecat.",
        "Au murit trei.| 10 oameni sunt răniți.",
        "Nu știm...| Poate vine mâine.",
        "Nu știm... poate vine mâine.",
        "Cine a venit?!| Nimeni!",
        "„Vin mâine.”| Așa a spus.",
        "„Vin mâine”.| Așa a spus.",
        "„Vin mâine”, a spus el.| Apoi a tăcut.",
        "„Vin mâine!” a spus el.",
        "„Vin mâine!” – a spus ministrul.",
        "„Vin mâine.| Aduc rachete.| Nu mă opriți.”| A plecat.",
        "A plecat.| ”Vin mâine”, a spus.| ”Bine”, i s-a răspuns.",
        'A plecat.| "Vin mâine", a spus.',
        'El a zis "Vin mâine."| Apoi a tăcut.',
        "Au fost loviți (vezi p. 5).| Restul e tăcere.",
        "Au fost loviți.| (Sursa nu a confirmat.)| Restul e tăcere.",
        "E ciudat (!) că a venit.",
        "Ce veste! 😀| Toți râd.",
        "Ce veste 😀.| Toți râd. 👍🏽",
        "A primit arme.|Anunțul a fost făcut ieri.",
        "Ce face?|Nimeni nu știe.",
        "Vezi www.Exemplu.ro pentru detalii.",
        "Scrie la ion.Popescu@exemplu.ro oricând.",
        "J. K. Rowling a scris.| V. V. Putin a citit.",
        "1. Introducere\n|2. Arme și muniții\n|a. Rachete",
        "Au atacat:\n|- două drone\n|- un depozit\n|\n|Atât.",
        "Primul rând\r\n|al doilea rând\u2028|al treilea",
        "A spus da.[1]| Apoi nu.",
        "Planul B.| Apoi planul C.",
        "Sună la tel. 112.| Apoi așteaptă la Tg. Jiu.",
    ],
    "en": [
        "Hello world.| My name is Ann.",
        "Mr. Smith met Mrs. Jones and Dr. Who.| They talked.",
        "Gen. Lee and Lt. Col. Ray left.| No one saw them.",
        "He works for the U.S. Government in the U.K. Office.",
        "He lives in the U.S.| He likes it.",
        "The U.N. Security Council met.| It voted.",
        "On Jan. 16 they met; in Feb. they parted.| Nobody noticed.",
        "It is No. 5 on the list.| No. 6 is empty.",
        "He said no.| Then he left.",
        "They sell arms, e.g. Rifles and i.e. Guns.",
        "We met at 5 p.m. on Monday.| We left.",
        "Acme Inc. Makes shells.",
        "He joined Acme Inc.| The company grew.",
        "Smith et al. reported it.",
        "J. R. R. Tolkien and George W. Bush met.",
        "It rose by 3.5 percent to $1.25.| $5 was the peak.",
        "“I agree.”| He left.",
        "“I agree,” he said.| “We all do.”",
        '"I agree." "So do I."'.replace('" "', '"| "'),
        "He said 'Go.'| She went.",
        "Really?! he asked.",
        "Wait...| What?",
        "Visit example.com.| It is free.",
        "Use Node.js or ASP.NET today.",
        "At 10.30 it began.| At 11.15 it ended.",
        "He came. . . and went.",
        "Who? Me? you? Never!".replace("? M", "?| M").replace("? N", "?| N"),
        "St. Petersburg is large.| St. Paul too.",
        "Vitamin B.| Then vitamin C.",
    ],
    "ru": [
        "Россия получает оружие.| Об этом сообщили вчера.",
        "В 2023 г. Россия и КНДР подписали договор.| Он секретный.",
        "Это было в 2023 г.| Затем всё изменилось.",
        "В 2022–2023 гг. поставки росли.",
        "Встреча прошла в г. Москва на ул. Ленина.| Её закрыли.",
        "Поставлены снаряды, ракеты и т. д.| Цена неизвестна.",
        "Поставлены снаряды и т.п.| Цена неизвестна.",
        "Это оружие, т. е. Ракеты и снаряды.",
        "Мост им. Кирова закрыт.",
        "Цена 5 млн. долларов и 3 млрд. рублей.| Это много.",
        "Цена 100 тыс. руб.| Это много.",
        "Проф. Иванов и ген. Петров встретились.",
        "А. Б. Иванов и С. В. Лавров прибыли.| Их ждали.",
        "Иванов А. Б. прибыл.",
        "«Мы победим!» — сказал он.",
        "«Мы победим!» — Путин улыбнулся.",
        "«Мы победим.| Нас много».| Так он сказал.",
        "«Мы победим…»| Он ушёл.",
        "Он ушёл. «Мы победим», — сказал он.".replace(". «", ".| «"),
        "— Да, — сказал он.| — Мы поедем.",
    ],
    "ko": [
        "북한은 무기를 보냈다.| 러시아는 부인했다.",
        '그는 "사실이 아니다."라고 말했다.',
        "왜 그랬을까?| 아무도 모른다!",
        "무기를 보냈다.|러시아는 부인했다.",
        "2024. 1. 16. 모스크바에서 만났다.| 회담은 길었다.",
        "비율은 3.5%였다.| 그것은 많다.",
        "Dr. 김과 U.S. 대사가 만났다.| 회담은 길었다.",
        "「그렇다.」| 그는 떠났다.",
    ],
    "zh": ["朝鲜提供了武器。|俄罗斯否认！|真的吗？|是的。", "他说：“我走了。”|然后离开。"],
    "ja": ["武器を送った。|彼は「違う。」と述べた。"],
    "hi": ["रूस ने हथियार लिए।| यह सच है।"],
    "de": ["„Ich komme.“| Er ging.", "»Ich komme.«| Er ging.", "Herr Dr. Kim kam.| Er ging."],
    "fr": ["« Je viens. »| Il part.", "«\u00a0Je viens.\u00a0»| Il part."],
    "": ["One. Two".replace(". ", ".| "), "Unul.| Doi.", "Один.| Два.", "A... ", "...", "?!", "", " \n\t "],
}


@pytest.mark.parametrize(("lang", "marked"), [(lang, marked) for lang, cases in CASES.items() for marked in cases])
def test_sentences_end_where_the_case_marks_it(lang: str, marked: str) -> None:
    text = marked.replace("|", "")
    assert [text[begin:end] for begin, end in split(text, lang)] == [part.strip() for part in marked.split("|") if part.strip()]


def test_a_language_tag_counts_by_its_first_part() -> None:
    text = "Este în S.U.A. Acestea costă."
    assert split(text, "ro-RO") == split(text, "RO") == split(text, "ro")
    assert len(split(text, "ro")) == 2


SIGNS = st.text(alphabet=" \n\r\t.!?…。\"'„“”«»()[]-–—,:;0123456789aAbBșȘгГтд다김😀\u200d\u00a0\u2028\x1c\x85", max_size=60)
WORDS = st.lists(st.sampled_from(["Dl.", "etc.", "U.S.", "г.", "A.", "”", "Apoi", "a", " ", "\n", "5.", "?!"])).map("".join)
TEXTS = st.one_of(st.text(), SIGNS, WORDS)


@given(TEXTS, st.sampled_from(["", "ro", "en", "ru", "ko", "xx", "zh-Hans"]))
def test_spans_are_trimmed_in_order_and_cover_every_character_that_is_not_blank(text: str, lang: str) -> None:
    last = 0
    for begin, end in split(text, lang):
        assert last <= begin < end <= len(text)
        assert not text[last:begin].strip()
        assert text[begin:end] == text[begin:end].strip()
        assert not set(text[begin:end]) & set("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        last = end
    assert not text[last:].strip()


@pytest.mark.long
@pytest.mark.parametrize("piece", ["a.", "U.S. ", "... ", ". - ", '."', "«", ".😀", ". ", "((", "a.b", "5. ", "г. А", ".)", "!—"])
def test_time_grows_with_the_text_and_not_faster(piece: str) -> None:
    text = piece * 100_000
    spans = split(text, "ro")  # quadratic work would take minutes here
    assert sum(end - begin for begin, end in spans) <= len(text)
