"""The stages of finding a thing by name, in their order; the first that has a candidate ends the search.

1. the name as written: in the document's language, in that without its region, in any;
2. the same, folded;
3. case forms of the name, by the rules of the document's language: among its own names, then among those of others;
4. for persons: the name behind a title or beside a post ("președintele Vladimir Putin", "Lavrov, ministrul rus de Externe"), by 1 to 3;
5. for persons with a name of two words or more, and places: the same sounds in another transliteration;
6. for persons: titles, as 4, and then 5.

At every stage only things count whose class fits, and all candidates of the stage are given: a looser stage never chooses among those of a
stricter one. 2 to 6 are all told as "folded". A word in another script than the document's language has follows the rules of all languages
of its script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kgbuild import vocabulary as v
from kgbuild.folding import fold
from kgbuild.registry import titles
from kgbuild.registry.found import NOTHING, Found
from kgbuild.registry.inflection import LANGUAGES
from kgbuild.registry.loose import Loose
from kgbuild.registry.names import Names

#: a name longer than this is a sentence: no other form of it is looked for
_WORDS, _LETTERS = 16, 160
#: rules -> the languages whose names they lead to, stage by stage
_REACH = {
    "en": (("en", ""),),
    "ko": (("ko", ""),),
    "ro": (("ro",), ("en", "")),
    "ru": (("ru",), ("uk", "")),
    "uk": (("uk",), ("ru", "")),
}
_APOSTROPHES = re.compile("[’'ʼ]")
_SCRIPTS = {"LATIN": ("en", "ro"), "CYRILLIC": ("ru", "uk"), "HANGUL": ("ko",)}
#: keeps of things those that fit
Fitting = Callable[[Iterable[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Search:
    """The tables that a search goes through."""

    exact: Names
    folded: Names
    loose: Loose

    def find(
        self, name: str, lang: str, fitting: Fitting, *, person: Fitting | None = None, post: Fitting | None = None, sounds: bool = True
    ) -> Found:
        """Find the candidates for a name in a language (tag, or '').

        Args:
            name: as written.
            lang: the document's language.
            fitting: keeps the things whose class fits.
            person: the same, and of persons alone; None where no person fits, so that titles mean nothing.
            post: keeps the posts, for titles.
            sounds: persons or places fit, so that other transliterations are worth a search.
        """
        found = self._strict(name, lang, fitting)
        if found or not (words := _words(name)):
            return found
        if things := self._inflected(name, lang, fitting, person is fitting):
            return Found(things, v.BY_FOLDED)
        rests = list(self._rests(words, lang, post)) if person is not None and post is not None and len(words) > 1 else []
        for rest in rests:
            assert person is not None
            if things := list(self._strict(rest, lang, person)) or self._inflected(rest, lang, person, True):
                return Found(things, v.BY_FOLDED)
        if sounds and (things := self._sounding(name, lang, fitting)):
            return Found(things, v.BY_FOLDED)
        for rest in rests:
            assert person is not None
            if things := self._sounding(rest, lang, person):
                return Found(things, v.BY_FOLDED)
        return NOTHING

    def posts(self, name: str, lang: str, post: Fitting) -> Found:
        """Find the posts that words name; most names of persons are told from them by their first word."""
        words, rules = _words(name), _rules(name, lang)
        if words and rules and not _APOSTROPHES.search(name):
            first = words[1] if len(words) > 1 and words[0].lower() == "the" else words[0]
            if not any(self.loose.opens_post(form) for rule in rules for form in LANGUAGES[rule].bases(first)):
                return NOTHING
        return self.find(name, lang, post, sounds=False)

    def _strict(self, name: str, lang: str, fitting: Fitting) -> Found:
        for things in self.exact.meanings(name, lang):
            if fit := fitting(things):
                return Found(fit, v.BY_ALIAS)
        for things in self.folded.meanings(fold(name), lang):
            if fit := fitting(things):
                return Found(fit, v.BY_FOLDED)
        return NOTHING

    def _inflected(self, name: str, lang: str, fitting: Fitting, only_persons: bool = False) -> list[str]:
        rules = _rules(name, lang)
        for step in range(max((len(_REACH[rule]) for rule in rules), default=0)):
            things: set[str] = set()
            for rule in rules:
                if step < len(_REACH[rule]):
                    bases = self.loose.bases(_REACH[rule][step])
                    kinds = (None,) if LANGUAGES[rule].personal is None else (True,) if only_persons else (False, True)
                    for person in kinds:
                        for words in LANGUAGES[rule].forms(name, person=bool(person)):
                            things |= {thing for thing in bases.search(words) if person is None or self.loose.is_person(thing) == person}
            if fit := fitting(things):
                return fit
        return []

    def _sounding(self, name: str, lang: str, fitting: Fitting) -> list[str]:
        before, comma, after = name.partition(",")
        spoken = f"{after} {before}" if comma else name
        return fitting(self.loose.sounding(spoken, lang))

    def _rests(self, words: list[str], lang: str, post: Fitting | None) -> Iterator[str]:
        """Give what may be a person's name beside a title; the longest first."""
        name = " ".join(words)
        before, comma, after = (part.strip() for part in name.partition(","))
        if comma:
            if before and after and "," not in after:
                if self._is_title(after.split(), lang, post):
                    yield before
                elif self._is_title(before.split(), lang, post):
                    yield after
                elif len(after.split()) == 1:
                    yield f"{after} {before}"
            return
        for cut in range(1, len(words)):
            if self._is_title(words[:cut], lang, post):
                yield " ".join(words[cut:])
        if _script(name) == "HANGUL":
            for cut in range(len(words) - 1, 0, -1):
                if self._is_behind(words[cut:], lang, post):
                    yield " ".join(words[:cut])

    def _is_title(self, words: list[str], lang: str, post: Fitting | None) -> bool:
        rules = _rules(words[0], lang)
        first = [form for rule in rules for form in LANGUAGES[rule].bases(words[0].removesuffix("'s").removesuffix("’s"))]
        for rule in rules:
            heads, inside = titles.HEADS[rule], titles.INSIDE[rule]
            forms = [LANGUAGES[rule].bases(word) for word in words]
            if not heads.isdisjoint(forms[0]) and all(not (heads | inside).isdisjoint(form) for form in forms[1:]):
                return True
        if post is None or not any(self.loose.opens_post(form) for form in first):
            return False
        name = " ".join(words)
        return bool(self._strict(name, lang, post) or self._inflected(name, lang, post))

    def _is_behind(self, words: list[str], lang: str, post: Fitting | None) -> bool:
        last = LANGUAGES["ko"].bases(words[-1])
        if titles.BEHIND.isdisjoint(last):
            return False
        name = " ".join(words)
        return len(words) == 1 or (post is not None and bool(self._strict(name, lang, post) or self._inflected(name, lang, post)))


def _words(name: str) -> list[str]:
    """The words of a name for which other forms are worth a search; none where it is a sentence or has no letter."""
    if len(name) > _LETTERS or not any(char.isalpha() for char in name):
        return []
    words = name.split()
    return words if len(words) <= _WORDS else []


def _rules(name: str, lang: str) -> tuple[str, ...]:
    """The languages whose rules a name follows."""
    of_script = _SCRIPTS.get(_script(name), ())
    language = lang.split("-")[0]
    return (language,) if language in of_script else of_script


def _script(name: str) -> str:
    letter = next((char for char in name if char.isalpha()), "")
    if letter.isascii():
        return "LATIN"
    return unicodedata.name(letter, "").partition(" ")[0]
