"""A text cut into marks: words by the lexicon of its language, numbers by their form.

A word may mean several things, so a text is a set of sequences of marks; the reader of phrases tries each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from kgbuild.dating.lexicon import LONGEST, Lexicon, Meaning, folded
from kgbuild.dating.numerals import IN_DIGITS, in_digits

_TOKEN = re.compile(
    rf"(?P<digits>(?<![\w/.-])(?:{IN_DIGITS})(?![\w/-]|\.\d))"
    r"|(?P<time>(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))"
    r"|(?P<number>\d+)(?P<ordinal>(?:st|nd|rd|th|er|º|°|-?(?:го|ого|е|ого|му|ому|м|ом|х|й|ій|ї|те|та))(?!\w))?"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ][^\W\d_]+)*)"
    r"|(?P<dash>[-‐‑–—−])"
    r"|(?P<skipped>[\s,.;()\[\]\"“”„«»]+)"
)
#: a text of more ways to mean it, or longer, is not read
_MOST_WAYS, _LONGEST_TEXT = 512, 120
_MORE = re.compile(r"[./]\d")


def ways(text: str, lexicon: Lexicon) -> Iterator[Meaning]:
    """Yield what a text may mean, as sequences of marks; nothing where it holds a word or a sign that has no meaning here.

    Raises ValueError for a date in digits that is not clear.
    """
    tokens = _cut(text) if len(text) <= _LONGEST_TEXT else None
    choices = None if tokens is None else _choices(tokens, lexicon)
    if not choices:
        return
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > _MOST_WAYS:
        return
    for sequence in product(*choices):
        yield tuple(mark for meaning in sequence for mark in meaning)


def _cut(text: str) -> list[tuple[str, str]] | None:
    """The kinds and texts of the tokens; None where something is no token."""
    tokens = []
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            return None
        kind = found.lastgroup or ""
        if kind == "ordinal":
            kind = "number"
        if kind != "skipped":
            tokens.append((kind, found["number"] if kind == "number" else found[0]))
        place = found.end()
        if kind == "number" and _MORE.match(text, place):
            return None  # 16.01, 24/25, 1.5: a day and month, an hour, a fraction
    return tokens


def _choices(tokens: list[tuple[str, str]], lexicon: Lexicon) -> list[list[Meaning]] | None:
    """What each token or phrase may mean; the longest phrase that is known is taken."""
    choices: list[list[Meaning]] = []
    place = 0
    while place < len(tokens):
        kind, text = tokens[place]
        if kind == "word":
            length, known = _phrase(tokens, place, lexicon)
            if not known:
                return None
            choices.append(list(known))
            place += length
            continue
        meaning = _number(kind, text)
        if meaning is None:
            return None
        choices.append([meaning])
        place += 1
    return choices


def _phrase(tokens: list[tuple[str, str]], place: int, lexicon: Lexicon) -> tuple[int, tuple[Meaning, ...]]:
    words: list[str] = []
    for kind, text in tokens[place : place + LONGEST]:
        if kind != "word":
            break
        words.append(text)
    for length in range(len(words), 0, -1):
        known = lexicon.meanings.get(folded(words[:length]), ())
        if known:
            return length, known
    return 1, ()


def _number(kind: str, text: str) -> Meaning | None:
    if kind == "digits":
        read = in_digits(text)
        return None if read is None else (("D", read),)
    if kind == "time":
        return (("H", ""),)
    if kind == "dash":
        return (("-", ""),)
    if len(text) <= 2:
        return (("N", int(text)),)
    if len(text) == 4 and "1000" <= text <= "2199":
        return (("Y", int(text)),)
    return None
