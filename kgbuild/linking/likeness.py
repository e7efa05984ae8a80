"""How alike two names are: the door to rapidfuzz, and how words of a name are matched.

A name is as alike as its least alike word: "Igor Lavrov" and "Sergei Lavrov" share a surname and are two people.
"""

from __future__ import annotations

from rapidfuzz.distance import JaroWinkler

from kgbuild.linking.spelling import skeleton

#: words below this likeness are different words
_UNLIKE = 0.72
#: a word against an initial
_INITIAL = 0.85
_SHORT_WORDS = frozenset("al de der of the van von la le di da bin ibn si and for a in".split())


def word_likeness(one: str, other: str) -> float:
    """How alike two romanised words are, 0 to 1.

    >>> word_likeness("lavrov", "lavrov"), word_likeness("igor", "sergei")
    (1.0, 0.0)
    """
    if one == other:
        return 1.0
    if min(len(one), len(other)) == 1:
        return _INITIAL if one[0] == other[0] else 0.0
    if one.isdigit() or other.isdigit():
        return 0.0
    likeness = JaroWinkler.normalized_similarity(one, other, prefix_weight=0.1)
    if skeleton(one) == skeleton(other) and len(skeleton(one)) > 1:
        likeness = max(likeness, 0.93)
    return max(0.0, (likeness - _UNLIKE) / (1 - _UNLIKE))


def name_likeness(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, float, int]:
    """How alike two names are: of the least alike pair of words, on average, and how many words have no partner.

    Each word of the shorter name takes its best partner in the longer one; short function words do not count.
    """
    mine = [word for word in one if word not in _SHORT_WORDS] or list(one)
    yours = [word for word in other if word not in _SHORT_WORDS] or list(other)
    if len(mine) > len(yours):
        mine, yours = yours, mine
    found: list[float] = []
    free = list(yours)
    for word in sorted(mine, key=len, reverse=True):
        likeness, best = max(((word_likeness(word, partner), -place) for place, partner in enumerate(free)), default=(0.0, 0))
        found.append(likeness)
        if free:
            free.pop(-best)
    return min(found), sum(found) / len(found), len(free)


def joined_likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike two names are with their words run together: Choe Son-hui, Choe Sonhui."""
    return JaroWinkler.normalized_similarity("".join(one), "".join(other), prefix_weight=0.1)


def is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Claim that a name of one word is made of the first letters of another's words."""
    words = [word for word in long if word not in _SHORT_WORDS]
    return len(short) == 1 and 2 < len(short[0]) < 8 and len(words) > 2 and short[0] == "".join(word[0] for word in words)
