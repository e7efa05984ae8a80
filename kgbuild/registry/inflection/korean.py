"""Korean: particles behind a name (북한은, 러시아의, 모스크바에서, 한국과)."""

from __future__ import annotations

from collections.abc import Iterator

#: particle -> what it follows: a syllable with a final consonant ("c"), without one ("v"), or either ("")
_PARTICLES = {
    "은": "c",
    "는": "v",
    "이": "c",
    "가": "v",
    "을": "c",
    "를": "v",
    "과": "c",
    "와": "v",
    "으로": "c",
    "로": "",  # after a vowel or ㄹ
    "으로부터": "c",
    "로부터": "",
    "이라고": "c",
    "라고": "v",
    "이나": "c",
    "나": "v",
    "의": "",
    "에": "",
    "에게": "",
    "에서": "",
    "에는": "",
    "에서는": "",
    "에게서": "",
    "에도": "",
    "와의": "v",
    "과의": "c",
    "도": "",
    "만": "",
    "측": "",
    "측은": "",
    "측이": "",
    "까지": "",
    "부터": "",
    "보다": "",
    "처럼": "",
    "께서": "",
}
_FIRST, _LAST, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8


def bases(word: str, last: bool) -> Iterator[str]:
    """Give what is left of a word without its particle; inside a name only the genitive 의 is one."""
    for particle, after in _PARTICLES.items() if last else (("의", ""),):
        stem = word.removesuffix(particle)
        if stem != word and len(stem) >= 2 and _follows(stem[-1], particle, after):
            yield stem


def _follows(syllable: str, particle: str, after: str) -> bool:
    code = ord(syllable)
    if not _FIRST <= code <= _LAST:
        return True
    final = (code - _FIRST) % _FINALS
    if particle in ("로", "로부터"):
        return final in (0, _RIEUL)
    return after == "" or (after == "c") == (final != 0)
