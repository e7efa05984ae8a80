"""One Latin spelling for names in other scripts, plain enough for letters to be compared: Cyrillic and Hangul by table, marks dropped.

It is for measuring likeness, not for finding: whoever finds by spelling asks :mod:`kgbuild.registry`. Other scripts stay as they are.
Hangul by the Revised Romanization (2000), syllable by syllable; Cyrillic by the usual English letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = dict(
    zip(
        "абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя",
        "a b v g g d e ie e zh z i i i i k l m n o p r s t u f kh ts ch sh shch  y  e iu ia".split(" "),
        strict=True,
    )
)
_LATIN = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d"}
_FIRST = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ")
_LAST = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")
_HANGUL = range(0xAC00, 0xD7A4)
#: letters that spellings of one name differ in most: they count little, so a skeleton has them alike or not at all
_SKELETON = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("sch|sh|ch|zh|ts|tz|cz|sz", "s"), ("x", "ks"), ("ph", "f"), ("kh|gh|ck|q", "k"), ("[cg]", "k"), ("z|j", "s"), ("w", "v"),
        ("d", "t"), ("b", "p"), ("[aeiouyh]", ""), (r"(\w)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=65536)
def romanised(text: str) -> str:
    """Write a text in plain lower-case Latin letters as far as the tables go; words stay apart, punctuation goes.

    >>> romanised("Сергей Шойгу"), romanised("최선희"), romanised("Ciolacu-Șoigu")
    ('sergei shoigu', 'choe seon hui', 'ciolacu soigu')
    """
    made = []
    for char in unicodedata.normalize("NFC", text.casefold()):
        if char in _CYRILLIC:
            made.append(_CYRILLIC[char])
        elif ord(char) in _HANGUL:
            made.append(_syllable(ord(char) - 0xAC00))
        elif char in _LATIN:
            made.append(_LATIN[char])
        elif char.isalnum():
            plain = unicodedata.normalize("NFKD", char)
            made.append("".join(c for c in plain if c.isalnum()) or char)
        elif unicodedata.category(char)[0] != "M" and char not in "'’ʼ`":
            made.append(" ")
    return " ".join("".join(made).split())


def _syllable(number: int) -> str:
    first, rest = divmod(number, 21 * 28)
    vowel, last = divmod(rest, 28)
    return f"{_FIRST[first]}{_VOWELS[vowel]}{_LAST[last]} "


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of a romanised word, those that are often mixed up made alike; of a word of vowels, the word.

    >>> skeleton("shoigu"), skeleton("soigu"), skeleton("lavrov"), skeleton("lawrow")
    ('sk', 'sk', 'lvrv', 'lvrv')
    """
    bare = word
    for pattern, letter in _SKELETON:
        bare = pattern.sub(letter, bare)
    return bare or word
