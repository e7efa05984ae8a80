"""The words of one language that dates are written with, as the reader of phrases takes them.

A word or a phrase stands for a sequence of *marks*: a letter, by which phrases are recognised, and a value.

    mark  means                                value
    W     a day of the week                    0 (Monday) to 6
    V     one that needs last, this or next    0 to 6 (Romanian ``lunea``: alone it is every Monday)
    M     a month                              1 to 12
    S     a season                             21 to 24, as in EDTF
    R     a day counted from publication       days from it (yesterday: -1)
    U K   a unit, several of it                day, week, month, year
    P     last, this, next                     last, this, next
    I     a small number in words              1 to 10
    A     ago                                  -
    X     from now on: in three days           -
    E     early, late, mid, end of             -
    H     a time of day, which is left out     -
    Q     at: the number that follows is an hour
    Z     o'clock, a.m.: the number before it is an hour
    B &   between … and                        -
    O C   from … to                            -
    G L   since, until                         -

Numbers give N (one or two digits), Y (a year) and D (a whole date in digits); a hyphen or dash gives ``-``. A word of no language's table
makes the whole text unreadable, so that nothing is read past a word that may change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kgbuild.folding import fold

#: a mark with its value
Mark = tuple[str, int | str]
#: what a word may stand for; an empty sequence: it says nothing
Meaning = tuple[Mark, ...]

NOTHING: Meaning = ()
#: how many words a phrase has at most
LONGEST = 4


@dataclass(frozen=True)
class Lexicon:
    """Folded words and phrases -> what they may mean; and whether the month may stand before the day."""

    meanings: Mapping[str, tuple[Meaning, ...]]
    month_first: bool = False


def lexicon(*groups: Iterable[tuple[str, Meaning]], month_first: bool = False) -> Lexicon:
    """Put groups of entries together; a word in several groups may mean several things. Words of a phrase are set apart by a blank."""
    meanings: dict[str, list[Meaning]] = {}
    for group in groups:
        for words, meaning in group:
            known = meanings.setdefault(folded(words.split()), [])
            if meaning not in known:
                known.append(meaning)
    return Lexicon({words: tuple(found) for words, found in meanings.items()}, month_first)


def folded(words: Iterable[str]) -> str:
    """The key of a phrase."""
    return " ".join(map(fold, words))


def each(mark: str, rows: str, first: int = 0) -> list[tuple[str, Meaning]]:
    """Entries for a table: a row for each value, counted from ``first``, with the forms of its word between blanks."""
    lines = [line for line in rows.strip().splitlines() if line.strip()]
    return [(form, ((mark, value),)) for value, line in enumerate(lines, start=first) for form in line.split()]


def same(meaning: Meaning, *phrases: str) -> list[tuple[str, Meaning]]:
    """Entries for words and phrases (between bars) that mean one thing."""
    return [(phrase.strip(), meaning) for listed in phrases for phrase in listed.split("|")]
