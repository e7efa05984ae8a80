"""What a sequence of marks says: one date, or an interval where one is plainly written.

12-17 September 2023 · September 12-17, 2023 · from 12 to 17 · между 12 и 17          days of one month
7 septembrie - 1 octombrie · March to June 2024 · 2003-2005                            two dates of one precision
since 2022 · până la 15 ianuarie                                                       open on one side
"""

from __future__ import annotations

import re
from datetime import date

from kgbuild import edtf
from kgbuild.dating.lexicon import Meaning
from kgbuild.dating.phrases import YEAR, Phrase, Said

#: what opens an interval, and what joins its ends
_JOINTS = (("", "-"), ("O", "-"), ("B", "-"), ("", "C"), ("O", "C"), ("B", "&"))


def read_marks(meaning: Meaning, anchor: date | None, *, month_first: bool) -> Said | None:
    """Read a whole sequence. None where no form fits; raises ValueError where one fits, but says no date."""
    phrase = Phrase(meaning, anchor, month_first=month_first)
    if not phrase.letters:
        return None
    value = phrase.one(0, len(phrase.letters)) or _interval(phrase) or _open(phrase)
    return None if value is None else Said(value, phrase.anchored)


def _interval(phrase: Phrase) -> str | None:
    for opened, joint in _JOINTS:
        if phrase.letters.startswith(opened) and phrase.letters.count(joint) == 1:
            begin, middle = len(opened), phrase.letters.index(joint)
            read = _days_of_a_month(phrase, begin, middle) or _between(phrase, begin, middle)
            if read is not None:
                return read
    return None


def _days_of_a_month(phrase: Phrase, begin: int, middle: int) -> str | None:
    """Two days, of which one has the month and the year."""
    before, behind = phrase.letters[begin:middle], phrase.letters[middle + 1 :]
    if re.fullmatch("U?N", before):
        last = phrase.one(middle + 1, len(phrase.letters))
    elif phrase.month_first and before == "MN" and re.fullmatch(rf"N({YEAR})?", behind):
        # the month, which stands first, is the second day's too
        place = len(phrase.letters)
        phrase.letters += "M" + behind
        phrase.values += [phrase.values[begin], *phrase.values[middle + 1 :]]
        last = phrase.one(place, len(phrase.letters))
        phrase.letters, phrase.values = phrase.letters[:place], phrase.values[:place]
    else:
        return None
    day = phrase.values[middle - 1]
    return _joined(f"{last[:8]}{day:02}", last) if last is not None and len(last) == 10 else None


def _between(phrase: Phrase, begin: int, middle: int) -> str | None:
    """Two dates; the first has the year of the second, or the one before, where it gives none."""
    last = phrase.one(middle + 1, len(phrase.letters))
    if last is None or not re.fullmatch(r"\d{4}(-\d\d){0,2}", last) or "W" in phrase.letters:
        return None
    first = phrase.one(begin, middle, int(last[:4]))
    if first is not None and len(first) == len(last) > 4 and first > last and "Y" not in phrase.letters[begin:middle]:
        first = f"{int(first[:4]) - 1:04}{first[4:]}"
    return None if first is None or len(first) != len(last) else _joined(first, last)


def _open(phrase: Phrase) -> str | None:
    opened = phrase.letters[0]
    read = phrase.one(1, len(phrase.letters)) if opened in "GL" else None
    if read is None:
        return None
    if "/" in read:
        raise ValueError("an open interval of an interval")
    return f"{read}/.." if opened == "G" else f"../{read}"


def _joined(first: str, last: str) -> str:
    if first >= last:
        raise ValueError("the interval ends before it begins")
    return edtf.parse(f"{first}/{last}").text
