"""What folding makes equal, and what it keeps apart."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Arms_Transfer", "armstransfer"),
        ("ArmsTransfer", "armstransfer"),
        ("F-16", "f16"),
        ("Coreea de Nord", "coreeadenord"),
        ("România", "romania"),
        ("ŢĂRILE DE JOS", "tariledejos"),
        ("Țările de Jos", "tariledejos"),
        ("Deutschland – Straße", "deutschlandstrasse"),
        ("İstanbul", "istanbul"),
        ("Łódź", "łodz"),
        ("Ελλάς", "ελλασ"),
        ("Украї́на", "украіна"),
        ("Республика Корея", "республикакорея"),
        ("Ёлка", "елка"),
        ("Oʻzbekiston", "ozbekiston"),
        ("Côte d’Ivoire", "cotedivoire"),
        ("122 mm × 2", "122mm2"),
        ("½", "12"),
        ("북한", "북한"),
        ("조선 민주주의 인민 공화국", "조선민주주의인민공화국"),
        ("ประเทศไทย", "ประเทศไทย"),
        ("हिन्दी", "हिन्दी"),
        ("ශ්\u200dරී ලංකාව", "ශ්රීලංකාව"),
        ("がん", "がん"),
        ("カン", "カン"),
        ("コーヒー", "コーヒー"),
        ("葛\U000e0100城", "葛城"),
        ("کره\u200cٔ شمالی", "کرهٔشمالی"),
        ("— ? —", ""),
        ("🇰🇵", ""),
    ],
)
def test_a_name_folds_to_its_key(text: str, folded: str) -> None:
    assert fold(text) == unicodedata.normalize("NFC", folded)


@pytest.mark.parametrize(
    ("one", "other"),
    [("북한", "한국"), ("か", "が"), ("हिन्दी", "हन्द"), ("ไทย", "ทย"), ("朝鲜", "韩国"), ("الكويت", "الأردن"), ("Niger", "Nigeria")],
)
def test_different_names_of_any_script_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_composed_and_decomposed_spellings_meet() -> None:
    for name in ("Iñárritu", "북한", "が", "й", "أردن", "Việt Nam"):
        assert fold(unicodedata.normalize("NFC", name)) == fold(unicodedata.normalize("NFD", name))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_fold_has_no_spaces_and_no_capitals(text: str) -> None:
    folded = fold(text)
    assert not any(char.isspace() for char in folded)
    assert folded == unicodedata.normalize("NFC", folded)
