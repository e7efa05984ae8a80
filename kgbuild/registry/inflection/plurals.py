"""Plurals: names of types, as of weapons, of which a text counts pieces (Leopard 2s, Искандеров, dronele Shahed, Леопардів).

A name of a person, a state or a place has no plural that means it ("Koreas", "Ivans"), so only names of types are asked in this way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kgbuild.folding import fold

#: ending of the plural -> ending of the name
_ENDINGS = {
    "ro": {"urilor": "-", "urile": "-", "uri": "-", "elor": "- ă", "ele": "- ă", "ilor": "-", "ii": "-"},
    "ru": {
        "ы": "- а", "и": "- ь", "ов": "-", "ей": "ь", "ам": "- а", "ами": "- а", "ах": "- а", "ям": "ь", "ями": "ь", "ях": "ь",
    },
    "uk": {
        "и": "- а", "і": "- ь", "ів": "- ь", "ей": "ь", "ам": "- а", "ами": "- а", "ах": "- а", "ям": "ь", "ями": "ь", "ях": "ь",
    },
}  # fmt: skip


def english(word: str, last: bool) -> Iterator[str]:
    """Give a folded word without the s of the plural, if it is the last ("Leopard 2s")."""
    if last and len(word) > 1 and word.endswith("s"):
        yield word[:-1]


def _by(table: dict[str, str]) -> Callable[[str, bool], Iterator[str]]:
    folded = {fold(form): tuple("" if base == "-" else fold(base) for base in bases.split()) for form, bases in table.items()}

    def singular(word: str, _last: bool) -> Iterator[str]:
        for size in range(min(6, len(word) - 3), 0, -1):
            for base in folded.get(word[-size:], ()):
                yield word[:-size] + base

    return singular


SINGULAR = {"en": english, **{lang: _by(table) for lang, table in _ENDINGS.items()}}
