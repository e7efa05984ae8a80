"""Names by the forms that they may have in a text: made when first asked for, and only of the languages whose forms are known.

Two tables: base forms, searched word by word for those that exist; and sounds (:mod:`kgbuild.registry.transliteration`), of persons with
a name of two words or more and of places.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kgbuild import vocabulary as v
from kgbuild.folding import fold
from kgbuild.iris import KG
from kgbuild.registry.inflection import LANGUAGES, Alternatives
from kgbuild.registry.transliteration import keys

#: tags of the names that other forms lead to; names without a tag count for every language
TAGS = frozenset((*LANGUAGES, ""))
STATE, CITY = KG + "State", KG + "Settlement"
#: languages of which the data have few names, so that others stand for their sounds
_STRICT_ONLY = frozenset(("de", "fr"))
_PLACES = frozenset(KG + name for name in ("Place", "Settlement", "Territory", "Facility", "Cosmodrome"))


class Bases:
    """The names of some languages, folded, for searching."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take (folded name, thing)."""
        self._things: defaultdict[str, set[str]] = defaultdict(set)
        for key, thing in names:
            self._things[key].add(thing)
        self._things.pop("", None)
        self._keys = sorted(self._things)

    def search(self, words: Alternatives) -> set[str]:
        """Find the things whose name is a form of every word, put together; ends where no name begins so."""
        found: set[str] = set()
        pending = [("", 0)]
        while pending:
            begun, place = pending.pop()
            if place == len(words):
                found |= self._things.get(begun, set())
                continue
            for word in words[place]:
                longer = begun + word
                at = bisect_left(self._keys, longer)
                if at < len(self._keys) and self._keys[at].startswith(longer):
                    pending.append((longer, place + 1))
        return found


class Loose:
    """The tables; built on first use, left out when pickled."""

    def __init__(self, names: Sequence[tuple[str, str, str]], types: dict[str, tuple[str, ...]]) -> None:
        """Take (name as written, language tag, thing) of the languages of :data:`TAGS`, and the classes of things."""
        self._names = names
        self._types = types
        self._bases: dict[tuple[str, ...], Bases] = {}
        self._sounds: dict[str, set[str]] | None = None
        self._openings: frozenset[str] | None = None
        self._given: frozenset[str] | None = None
        self._abbreviated: dict[tuple[str, str], set[str]] | None = None

    def __reduce__(self) -> tuple[object, ...]:
        return Loose, (self._names, self._types)

    def bases(self, tags: tuple[str, ...]) -> Bases:
        """The names in some languages."""
        known = self._bases.get(tags)
        if known is None:
            known = self._bases[tags] = Bases((fold(name), thing) for name, tag, thing in self._names if tag in tags)
        return known

    def is_person(self, thing: str) -> bool:
        """Claim that a thing is a person."""
        return v.PERSON in self._types.get(thing, ())

    def of_class(self, things: Iterable[str], cls: str) -> list[str]:
        """The things of exactly a class (IRI)."""
        return [thing for thing in things if cls in self._types.get(thing, ())]

    def sounding(self, name: str, lang: str) -> set[str]:
        """The persons and places whose name sounds like this one in some usual transliteration."""
        if self._sounds is None:
            self._sounds = self._listen()
        return {thing for key in keys(name, lang) for thing in self._sounds.get(key, ())}

    def is_given(self, word: str) -> bool:
        """Claim that the full name of some person begins with a word."""
        if self._given is None:
            self._given = frozenset(fold(words[0]) for words, _thing in self._full_names())
        return fold(word) in self._given

    def abbreviated(self, initial: str, surnames: Iterable[str]) -> set[str]:
        """The persons whose full name begins with a letter and ends with one of some words (folded)."""
        if self._abbreviated is None:
            table: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
            for words, thing in self._full_names():
                table[fold(words[0])[:1], fold(words[-1])].add(thing)
            self._abbreviated = dict(table)
        return {thing for surname in surnames for thing in self._abbreviated.get((fold(initial), surname), ())}

    def _full_names(self) -> Iterator[tuple[list[str], str]]:
        """The words of the names of persons, of two words or more."""
        for name, _tag, thing in self._names:
            if len(words := name.split()) > 1 and self.is_person(thing):
                yield words, thing

    def opens_post(self, word: str) -> bool:
        """Claim that the name of some post begins with a word (folded)."""
        if self._openings is None:
            posts = (name for name, _tag, thing in self._names if v.POST_CLASS in self._types.get(thing, ()))
            self._openings = frozenset(fold(name.split()[0].removesuffix("'s").removesuffix("’s")) for name in posts)
        return word in self._openings

    def _listen(self) -> dict[str, set[str]]:
        sounds: defaultdict[str, set[str]] = defaultdict(set)
        for name, tag, thing in self._names:
            if tag in _STRICT_ONLY:
                continue
            types = self._types.get(thing, ())
            person = v.PERSON in types
            if (person and len(name.split()) > 1) or (not person and not _PLACES.isdisjoint(types)):
                for key in keys(name, tag):
                    sounds[key].add(thing)
        return dict(sounds)
