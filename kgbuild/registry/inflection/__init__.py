"""Case forms: from a word as a text has it to the base forms that it may come from.

A language is a table of endings (asked → base) and a few whole words. Nothing here knows which base exists: every possible one is given,
and only one that is a name in the reference data counts. So the rules may be generous, and a form never meets another form by a common
stem. All words are folded (:func:`kgbuild.folding.fold`); the tables are written as the language writes them and folded once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kgbuild.folding import fold
from kgbuild.registry.inflection import english, french, german, korean, plurals, romanian, russian, ukrainian

#: for each word the forms that it may stand for, itself first
Alternatives = list[tuple[str, ...]]


@dataclass(frozen=True)
class Language:
    """How a language changes names.

    Attributes:
        endings: folded ending of a form -> endings of its possible bases.
        words: folded form -> its bases, for words that no ending explains.
        leading: folded words that may stand before a name and are no part of it.
        personal: the endings that count in the names of persons, where not all do; None: all.
        phrases: other wordings of the same name, as written.
        base: the bases of a folded word, where endings do not do; told whether the word is the last.
        compound: the first part of a word with hyphens may have endings of its own (Ростова-на-Дону).
    """

    endings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    leading: frozenset[str] = frozenset()
    personal: Mapping[str, Sequence[str]] | None = None
    phrases: Callable[[str], Iterable[str]] = lambda name: (name,)
    base: Callable[[str, bool], Iterable[str]] | None = None
    compound: bool = False

    def bases(self, written: str, *, last: bool = True, alone: bool = True, person: bool = False) -> tuple[str, ...]:
        """Give the possible base forms of one word, folded; the word itself first.

        A short abbreviation has no other. ``alone``: the word is the whole name, so that a base of two letters is too little.
        """
        word = fold(written)
        if self.base is not None:
            return tuple(dict.fromkeys((word, *self.base(word, last))))
        if written.isupper() and len(word) <= 5:
            return (word,)
        endings = self.personal if person and self.personal is not None else self.endings
        found = [word, *self.words.get(word, ())]
        for size in range(min(4, len(word) - 2), 0, -1):
            stem = word[:-size]
            found += [stem + base for base in endings.get(word[-size:], ()) if len(stem + base) >= (3 if alone else 2)]
        if self.compound and "-" in written:
            first, _, rest = written.partition("-")
            found += [form + fold(rest) for form in self.bases(first, alone=False, person=person)[1:]]
        return tuple(dict.fromkeys(found))

    def forms(self, name: str, *, person: bool = False) -> Iterable[Alternatives]:
        """Give the readings of a name, of a person or of any other thing: for each of its words, the possible base forms."""
        for phrase in self.phrases(name):
            words = [word for word in phrase.split() if fold(word)]
            while len(words) > 1 and fold(words[0]) in self.leading and not _is_initial(words[0]):
                words = words[1:]
            if words:
                end = len(words) - 1
                yield [self.bases(word, last=place == end, alone=end == 0, person=person) for place, word in enumerate(words)]


def _is_initial(word: str) -> bool:
    """Claim that a word is the first letter of a name: "A. Lavrov" is not "a lui Lavrov"."""
    return len(fold(word)) == 1 and (word.isupper() or word.endswith("."))


def _folded(table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Fold a table ``form -> bases separated by blanks``; "-" stands for nothing."""
    made: dict[str, tuple[str, ...]] = {}
    for form, bases in table.items():
        key = fold(form)
        made[key] = tuple(dict.fromkeys((*made.get(key, ()), *("" if base == "-" else fold(base) for base in bases.split()))))
    return made


#: language tag -> how it changes names
LANGUAGES: dict[str, Language] = {
    "de": Language(_folded(german.ENDINGS), leading=german.LEADING, personal=_folded(german.PERSONAL)),
    "en": Language(words=_folded(english.WORDS), leading=english.LEADING, phrases=english.phrases),
    "fr": Language(leading=french.LEADING, phrases=french.phrases),
    "ko": Language(base=korean.bases),
    "ro": Language(_folded(romanian.ENDINGS), _folded(romanian.WORDS), romanian.LEADING, _folded(romanian.PERSONAL), romanian.phrases),
    "ru": Language(_folded(russian.ENDINGS), _folded(russian.WORDS), compound=True),
    "uk": Language(_folded(ukrainian.ENDINGS), _folded(ukrainian.WORDS), compound=True),
}
#: the same for names of types, of which there may be several pieces
PLURALS: dict[str, Language] = {lang: Language(base=base) for lang, base in plurals.SINGULAR.items()}
