"""Sounds: one key for the usual ways to write a foreign name in Latin or Cyrillic letters (Serghei Șoigu, Sergei Shoigu, Сергей Шойгу).

The key collapses only what transliterations of one name differ in: sh = ș, ch = č = ce/ci (Romanian), zh = ž = j (Romanian), ts = ț,
kh = h, gh = gu = g before e and i, y = i, ie = e, doubled letters, and for Korean names (told by the surname) the Revised and the North
Korean spelling. All other letters stay apart: Igor Lavrov is not Sergei Lavrov, and Andrii is not Andrei. Initials and patronymics
between the first name and the surname do not count. A key is for full names: whoever asks sees to it.
"""

from __future__ import annotations

import re
import unicodedata

from kgbuild.folding import fold

#: letters of a key beside a-z: S (sh), C (ch), T (ts), Z (zh)
_MARKED = {
    "ș": "sh", "ş": "sh", "š": "sh", "ț": "ts", "ţ": "ts", "č": "ch", "ç": "ch", "ć": "ch", "ž": "zh", "ż": "zh", "ź": "z",
    "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss",
}  # fmt: skip
_BARE = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"}
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ё": "e", "ж": "Z", "з": "z", "и": "i",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "h", "ц": "T", "ч": "C", "ш": "S", "щ": "S", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu",
    "я": "ia",
}  # fmt: skip
#: letters -> the sound that they stand for
_SOUNDS = {
    "shch": "S", "sch": "S", "sh": "S", "tch": "C", "ch": "C", "zh": "Z", "kh": "h", "ts": "T", "tz": "T", "gh": "g", "gu": "g", "ph": "f",
    "x": "ks", "w": "v", "ck": "k", "j": "i", "y": "i", "der": "dr",
}  # fmt: skip
_LATIN = re.compile("shch|sch|sh|tch|ch|zh|kh|t[sz]|g[hu](?=[eiy])|ph|x|w|ck|(?<=[aeiouy])j|j$|y|der$")
#: Romanian besides: che, chi; ce, ci; j
_ROMANIAN = re.compile("ch(?=[ei])|c(?=[ei])|j")
_ROMANIAN_SOUNDS = {"ch": "k", "c": "C", "j": "Z"}
_BOTH = ((re.compile("i+e"), "e"), (re.compile(r"(\w)\1+"), r"\1"))
_KOREAN_SURNAMES = {
    "kim": "kim", "gim": "kim", "park": "pak", "pak": "pak", "bak": "pak", "choe": "choe", "choi": "choe", "chwe": "choe", "choy": "choe",
    "kang": "kang", "gang": "kang", "cho": "cho", "jo": "cho", "no": "no", "roh": "no", "noh": "no", "ro": "no",
}  # fmt: skip
_KOREAN = (("eo", "o"), ("eu", "u"), ("oo", "u"), ("hee", "hui"), ("ee", "i"))
_HYPHEN = re.compile("[-‐‑–]")
_PATRONYMIC = re.compile("(?:ovi(?:ch|ci|c)|evi(?:ch|ci|c)|ovna|evna|ович|евич|ьич|овна|евна|івна|йович)$")
#: letters that a key has at least
_SHORTEST = 6


def keys(name: str, lang: str) -> frozenset[str]:
    """Give the keys of a full name in a language (tag): one or a few, none where it is too short or in another script.

    >>> sorted(keys("Serghei Șoigu", "ro") & keys("Сергей Шойгу", "ru"))
    ['sergeiSoigu']
    """
    text = unicodedata.normalize("NFC", name.casefold())
    words = _essential([word for word in text.split() if fold(word)])
    joined = " ".join(words)
    if any("\u0400" <= char <= "\u04ff" for char in joined):
        made = {_cyrillic(words, lang)}
    elif any(char.isalpha() and not unicodedata.name(char, "").startswith("LATIN") for char in joined):
        return frozenset()
    else:
        spellings = {tuple(words), *_korean(words)}
        tables = (_BARE,) if joined.isascii() else (_MARKED, _BARE)
        made = {_latin(spelling, table, way) for spelling in spellings for table in tables for way in _ways(lang)}
    return frozenset(key for key in made if len(key) >= _SHORTEST)


def _ways(lang: str) -> tuple[bool, ...]:
    return (False, True) if lang.startswith("ro") else (False,)


def _essential(words: list[str]) -> list[str]:
    """Leave out initials, patronymics and "Jr." between and behind the name's own words."""
    if len(words) < 3:
        return words
    kept = [word for word in words[1:] if len(fold(word)) > 1 and fold(word) not in ("jr", "sr", "ii", "iii")]
    if len(kept) > 1 and _PATRONYMIC.search(fold(kept[0])):
        kept = kept[1:]
    return [words[0], *kept] if kept else words


def _cyrillic(words: list[str], lang: str) -> str:
    table = _CYRILLIC | ({"г": "h"} if lang.startswith("uk") else {})
    return _collapsed("".join("".join(table.get(char, char if char.isalpha() else "") for char in word) for word in words))


def _latin(words: tuple[str, ...], table: dict[str, str], romanian: bool) -> str:
    key = ""
    for word in words:
        for part in _HYPHEN.split(word):
            plain = fold(part if part.isascii() else "".join(table.get(char, char) for char in part))
            if romanian:
                plain = _ROMANIAN.sub(lambda found: _ROMANIAN_SOUNDS[found[0]], plain)
            key += _LATIN.sub(lambda found: _SOUNDS[found[0]], plain)
    return _collapsed(key)


def _collapsed(key: str) -> str:
    for pattern, sound in _BOTH:
        key = pattern.sub(sound, key)
    return key


def _korean(words: list[str]) -> set[tuple[str, ...]]:
    if not words or (surname := _KOREAN_SURNAMES.get(fold(words[0]))) is None:
        return set()
    rest = "".join(fold(word) for word in words[1:])
    for spelling, sound in _KOREAN:
        rest = rest.replace(spelling, sound)
    return {(surname, rest)}
