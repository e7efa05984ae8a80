"""From the words of a date to EDTF.

A text is read in its language, seen from the day of publication: dates in digits everywhere; phrases by strict tables in English,
Romanian, Russian and Ukrainian; other languages by dateparser (:mod:`kgbuild.dating.foreign`). What is not clear is not guessed.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from kgbuild import edtf
from kgbuild.dating.english import ENGLISH
from kgbuild.dating.foreign import read_foreign
from kgbuild.dating.intervals import read_marks
from kgbuild.dating.lexicon import Lexicon, lexicon
from kgbuild.dating.numerals import in_han
from kgbuild.dating.phrases import NoAnchor, Said
from kgbuild.dating.romanian import ROMANIAN
from kgbuild.dating.russian import RUSSIAN
from kgbuild.dating.tokens import ways
from kgbuild.dating.ukrainian import UKRAINIAN

#: language -> its tables
OWN = {"en": ENGLISH, "ro": ROMANIAN, "mo": ROMANIAN, "ru": RUSSIAN, "uk": UKRAINIAN}
_DIGITS_ONLY = lexicon()


@lru_cache(maxsize=4096)
def read_date(text: str, language: str, anchor: date | None) -> Said:
    """Read a date.

    Args:
        text: its words as the article has them.
        language: the article's language tag, lower case; empty: only digits are read.
        anchor: the day of publication.

    Raises:
        ValueError: it cannot be read, or not without guessing; the message says why, as the end of a sentence.
        MissingExtra: it needs dateparser, which is not installed.

    >>> read_date("luni", "ro", date(2024, 1, 17)).value
    '2024-01-15'
    >>> read_date("September 2023", "en", None).value
    '2023-09'
    """
    text = " ".join(text.split())
    primary = language.partition("-")[0]
    han = in_han(text, anchor)
    if han is not None:
        return Said(han, not text[:4].isdecimal())
    own = OWN.get(primary)
    said = _by_table(text, own or _DIGITS_ONLY, anchor)
    if said is None and own is None and primary:
        said = read_foreign(text, primary, anchor)
    if said is None:
        missing = "the article's language is not given (lang in its metadata)"
        raise ValueError("its words are no date that is read" if primary else missing)
    edtf.parse(said.value)
    return said


def _by_table(text: str, table: Lexicon, anchor: date | None) -> Said | None:
    """Read a text by a table; several ways to mean it must say one date."""
    found: dict[str, Said] = {}
    failed: ValueError | None = None
    for meaning in ways(text, table):
        try:
            said = read_marks(meaning, anchor, month_first=table.month_first)
        except ValueError as error:
            failed = error if failed is None or isinstance(error, NoAnchor) else failed
            continue
        if said is not None:
            found.setdefault(said.value, said)
    if len(found) > 1:
        raise ValueError(f"it may mean {' or '.join(sorted(found))}")
    if not found and failed is not None:
        raise failed
    return next(iter(found.values()), None)
