"""Missions composed: "ambasada rusă de la Seul", "DPRK embassy in London", "посольство США в Києві", "주북 러시아대사관".

An embassy is named by whose it is and where it is, and both have more names than a list of embassies can hold in pairs. So the name is
taken apart into sender and place, and each is looked up by itself: among the words that the reference data's own names of missions use
for it (that is how adjectives are known), else as a name of a state, which capitals are too. Words for two states give an embassy only if
there is one for each of them, and they stay ambiguous; a sender without a place may mean any of its embassies, and never the only one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kgbuild.folding import fold
from kgbuild.iris import KG
from kgbuild.registry.inflection import LANGUAGES, korean

EMBASSY = KG + "Embassy"
#: words for an embassy, in all their cases
_HEADS = {
    "en": "embassy embassy's embassy’s",
    "ro": "ambasada ambasadei ambasadă ambasade",
    "ru": "посольство посольства посольству посольством посольстве",
    "uk": "посольство посольства посольству посольством посольстві",
    "fr": "ambassade l'ambassade l’ambassade",
    "de": "botschaft",
}
#: before the place
_IN = {"en": "in to", "ro": "la în din", "ru": "в во на", "uk": "в у на", "fr": "à en au aux", "de": "in im"}
#: words beside sender and place that are no part of them
_BESIDE = {
    "en": "of the",
    "ro": "a al ale de",
    "ru": "",
    "uk": "",
    "fr": "de du des la le les",
    "de": "der die des den dem von in",
}
#: names of organs in which an adjective of their state stands alone before or behind these words
_FRAMES = {"ru": ("правительство", "МИД"), "uk": ("уряд", "МЗС")}
#: endings of adjectives, folded
_ADJECTIVE = re.compile("(?:[оеиы]и|ое|ее|[ое]го|[ое]му|[иыоеі]м|е)$")
#: adjectives that no name of a mission has: its stem -> name of the state; feminine endings aside
_NAMED = {
    "en": "american United_States",
    "de": """russisch Russland ukrainisch Ukraine deutsch Deutschland französisch Frankreich britisch Vereinigtes_Königreich
        amerikanisch USA chinesisch China nordkoreanisch Nordkorea südkoreanisch Südkorea japanisch Japan iranisch Iran
        polnisch Polen türkisch Türkei rumänisch Rumänien belarussisch Belarus""",
    "fr": """russe Russie ukrainienne Ukraine allemande Allemagne française France britannique Royaume-Uni
        américaine États-Unis chinoise Chine nord-coréenne Corée_du_Nord sud-coréenne Corée_du_Sud japonaise Japon
        iranienne Iran polonaise Pologne turque Turquie roumaine Roumanie biélorusse Biélorussie""",
}
_POSSESSIVE = re.compile(r"(?:[’'ʼ]s?|(?<=s)[’'ʼ])$")
_ELISION = re.compile("^[dl][’']", re.IGNORECASE)
_KOREAN_HEAD = "대사관"
#: (sender, place), each as written or, where none is said, empty
Parts = tuple[str, str]
#: the states that a name means in a language; told whether a capital may stand for its state
States = Callable[[str, str, bool], Iterable[str]]


def _split(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {lang: frozenset(fold(word) for word in words.split()) for lang, words in table.items()}


_HEAD, _PLACE, _NO_PART = _split(_HEADS), _split(_IN), _split(_BESIDE)
_ALL_HEADS = frozenset().union(*_HEAD.values())
_STATE_OF = {
    lang: {fold(stem): name.replace("_", " ") for stem, name in zip(words.split()[::2], words.split()[1::2], strict=True)}
    for lang, words in _NAMED.items()
}


class Missions:
    """The embassies by sender and receiver; what states are called in their names is read off when first asked for."""

    def __init__(
        self,
        names: Sequence[tuple[str, str, str]],
        types: Mapping[str, Sequence[str]],
        organs: Mapping[str, Sequence[str]],
        seats: Mapping[str, str],
    ) -> None:
        """Take (name, language tag, thing), the classes of things, whose organs they are, and to whom they are accredited."""
        self._given = (names, types, organs, seats)
        self._pairs: defaultdict[tuple[str, str], set[str]] | None = None
        self._read: frozenset[str] = frozenset()
        self._learned: set[str] = set()
        self._senders: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._places: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def __reduce__(self) -> tuple[object, ...]:
        return Missions, self._given

    def composed(self, name: str, lang: str, states: States) -> set[str]:
        """Give the embassies that a name composes, by the rules of a language (tag) if it has the words for it, else of any."""
        parts = list(parts_of(name, lang))
        if not parts:
            return set()
        if self._pairs is None:
            self._pairs = self._paired()
        found: set[str] = set()
        for language, (sender, place) in parts:
            if language not in self._learned:
                self._learn(language)
            senders = self._meant(self._senders, sender, language, states, city=False)
            if place:
                places = self._meant(self._places, place, language, states, city=True)
                meant = [self._pairs.get((one, other), set()) for one in senders for other in places]
                found |= set().union(*meant) if all(meant) else set()
            elif len(senders) == 1:
                every = set().union(*(missions for (whose, _), missions in self._pairs.items() if whose in senders))
                found |= every if len(every) > 1 else set()
        return found

    def _meant(self, table: Mapping[tuple[str, str], set[str]], text: str, lang: str, states: States, *, city: bool) -> set[str]:
        """The states that a part of a name means; ``city``: a capital may stand for one."""
        key = fold(text)
        if known := table.get((lang, key)):
            return known
        if lang == "ko":
            begun = {state for (tag, name), things in table.items() if tag == lang and name.startswith(key) for state in things}
            if len(key) == 1 and len(begun) == 1:
                return begun
        elif " " not in text and not city:
            for base in (_ADJECTIVE.sub("", key), *LANGUAGES[lang].bases(text)) if lang in LANGUAGES else ():
                if base and (known := table.get((lang, base))):
                    return known
            for stem, state in _STATE_OF.get(lang, {}).items():
                if key.startswith(stem) and len(key) <= len(stem) + 2:
                    return set(states(state, lang, False))
        return set(states(text, lang, city))

    def _paired(self) -> defaultdict[tuple[str, str], set[str]]:
        """The embassies by (sender, receiver). One of each sender and one at each receiver have their names read: others say the same."""
        _names, types, organs, seats = self._given
        pairs: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for thing, seat in seats.items():
            if EMBASSY in types.get(thing, ()):
                for state in organs.get(thing, ()):
                    pairs[state, seat].add(thing)
        self._read = frozenset({end: min(missions) for pair, missions in sorted(pairs.items()) for end in enumerate(pair)}.values())
        return pairs

    def _learn(self, lang: str) -> None:
        """Read the names of missions in a language, and of organs that are called by an adjective of their state."""
        names, _types, organs, seats = self._given
        behind = _FRAMES.get(lang, ())
        for name, tag, thing in names:
            if tag != lang:
                continue
            if thing in self._read:
                for _, (sender, place) in parts_of(name, lang):
                    if place:
                        self._senders[lang, fold(sender)].update(organs[thing])
                        self._places[lang, fold(place)].add(seats[thing])
            elif behind and name.endswith(behind) and thing in organs:
                first, _, rest = name.partition(" ")
                if rest in behind and _ADJECTIVE.search(fold(first)):
                    self._senders[lang, _ADJECTIVE.sub("", fold(first))].update(organs[thing])
        self._learned.add(lang)


def parts_of(name: str, lang: str) -> Iterator[tuple[str, Parts]]:
    """Take the name of an embassy apart: (language, (sender, place)), in every way; nothing where it is none.

    >>> list(parts_of("Ambasada Rusiei la București", "ro"))
    [('ro', ('Rusiei', 'București'))]
    """
    if _KOREAN_HEAD in name:
        for parts in _korean(name):
            yield "ko", parts
        return
    words = name.split()
    at, head = next(((at, key) for at, word in enumerate(words) if (key := fold(word)) in _ALL_HEADS), (-1, ""))
    if at < 0:
        return
    languages = [language for language, heads in _HEAD.items() if head in heads]
    for language in [lang.split("-")[0]] if lang.split("-")[0] in languages else languages:
        for sender, place in _around(words[:at], words[at + 1 :], _PLACE[language]):
            whose, where = _bare(sender, _NO_PART[language]), _bare(place, _NO_PART[language])
            if whose and bool(where) == bool(place):
                yield language, (whose, where)


def _around(before: list[str], after: list[str], places: frozenset[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Give the words of sender and place: before the word for the mission, or behind it up to a preposition."""
    cuts = [at for at, word in enumerate(after) if fold(word) in places]
    if any(word[0].isalpha() and fold(word) not in _ARTICLES for word in before):
        if not after:
            yield before, []
        elif cuts and cuts[0] == 0:
            yield before, after[1:]
    elif not cuts:
        yield after, []
    else:
        for cut in cuts:
            yield after[:cut], after[cut + 1 :]


_ARTICLES = frozenset(("the", "die", "der", "la"))


def _bare(words: list[str], beside: frozenset[str]) -> str:
    """Put words together without what stands around them and is no part of them."""
    while words and fold(words[0]) in beside:
        words = words[1:]
    while words and fold(words[-1]) in beside:
        words = words[:-1]
    return _POSSESSIVE.sub("", _ELISION.sub("", " ".join(words)))


def _korean(name: str) -> Iterator[Parts]:
    """주X Y대사관, X 주재 Y 대사관, Y 대사관; with a particle behind or not."""
    begun, _, behind = name.rpartition(_KOREAN_HEAD)
    if behind and _KOREAN_HEAD not in korean.bases(_KOREAN_HEAD + behind, True):
        return
    begun = begun.strip()
    place, resident, sender = begun.partition("주재")
    if resident:
        if place.strip() and sender.strip():
            yield sender.strip(), place.strip()
    elif begun.startswith("주"):
        words = begun[1:].split()
        if len(words) == 1:
            for cut in range(1, len(words[0])):
                yield words[0][cut:], words[0][:cut]
        elif words:
            yield " ".join(words[1:]), words[0]
    elif begun:
        yield begun, ""
