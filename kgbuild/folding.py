"""Folding: the form of a name in which spelling, case, spaces and punctuation no longer count.

``Arms_Transfer``, ``arms transfer`` and ``ArmsTransfer`` fold to one key, ``România`` and ``Romania`` too; other scripts stay apart.
Only Latin, Greek and Cyrillic lose their combining marks: elsewhere a mark is a vowel or a part of the letter (Thai, Hindi, Arabic).
Folding to [a-z0-9] instead would make one empty key of most names of the world. An empty fold matches nothing: callers must say so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: letters that lose their marks, after decomposition and case folding: Latin, Greek, Cyrillic with their extension blocks
_BARE = re.compile(
    "[a-z\u00df-\u02af\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f\u0370-\u052f\u1c80-\u1c8f\u1f00-\u1fff\ua640-\ua69f]"
)
#: letters by category, apostrophes and primes in use: ʻ ʼ ʹ ʾ ʿ (Oʻzbekiston = Ozbekiston)
_APOSTROPHES = re.compile("[\u02b0-\u02ff]")
#: marks that only choose between drawings of one character
_SELECTORS = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")

# what a character is to folding
_BREAK, _BARE_LETTER, _MARKED_LETTER, _MARK, _IGNORED = range(5)


@lru_cache(maxsize=8192)
def _kind(char: str) -> int:
    if _APOSTROPHES.match(char):
        return _BREAK
    if char.isalnum():
        return _BARE_LETTER if _BARE.match(char) or char.isdecimal() else _MARKED_LETTER
    if _SELECTORS.match(char):
        return _IGNORED
    category = unicodedata.category(char)
    if category[0] == "M":
        return _MARK
    # a joiner stands inside a word: marks after it still belong to the letter before it
    return _IGNORED if category == "Cf" else _BREAK


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Fold a name: no case, no Latin/Greek/Cyrillic marks, no spaces, punctuation or symbols; letters and digits of every script stay.

    The result is in NFC and folds to itself. It is empty where the text has no letter and no digit.

    >>> fold("Coreea de Nord"), fold("북한"), fold("Кот-д’Ивуар"), fold("— ? —")
    ('coreeadenord', '북한', 'котдивуар', '')
    """
    if text.isascii():
        text = text.lower()
        return text if text.isalnum() else "".join(filter(str.isalnum, text))
    text = unicodedata.normalize("NFKD", text.casefold())
    if (again := text.casefold()) != text:  # compatibility forms may give capitals: ℡ -> TEL
        text = unicodedata.normalize("NFKD", again)
    if text.isalnum() and not _APOSTROPHES.search(text):
        return unicodedata.normalize("NFC", text)
    kept: list[str] = []
    marks_stay = False
    for char in text:
        kind = _kind(char)
        if kind == _MARK:
            if marks_stay:
                kept.append(char)
        elif kind != _IGNORED:
            marks_stay = kind == _MARKED_LETTER
            if kind != _BREAK:
                kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))
