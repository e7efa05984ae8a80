"""Globs: ``*`` any text, ``?`` any character, ``[abc]``, ``[a-z]``, ``[!abc]`` one of some; case does not count.

They mean what the standard library's :mod:`fnmatch` means by them. Matching takes time in proportion to pattern times text, whatever the
pattern; and two globs can be asked whether any text fits both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

_MANY = "*"
#: characters that a set in brackets may hold
_LARGEST_SET = 4096


@dataclass(frozen=True)
class _One:
    """One character: of those given, or none of them."""

    chars: frozenset[str]
    negated: bool = False

    def fits(self, char: str) -> bool:
        return (char in self.chars) != self.negated

    def meets(self, other: _One) -> bool:
        """Claim that some character fits both."""
        if self.negated and other.negated:
            return True
        if self.negated:
            return bool(other.chars - self.chars)
        return bool(self.chars - other.chars if other.negated else self.chars & other.chars)


_ANY = _One(frozenset(), negated=True)


@dataclass(frozen=True)
class Glob:
    """A pattern. Raises ValueError for a set of too many characters, when it is first used."""

    pattern: str

    @cached_property
    def _parts(self) -> tuple[_One | str, ...]:
        return tuple(_parts(self.pattern.casefold()))

    @cached_property
    def literals(self) -> int:
        """How many characters it asks for by name: the more, the more specific."""
        return sum(1 for part in self._parts if isinstance(part, _One) and not part.negated and len(part.chars) == 1)

    @property
    def is_literal(self) -> bool:
        """Claim that one text alone fits."""
        return not any(char in self.pattern for char in "*?[")

    def matches(self, text: str) -> bool:
        """Claim that a text fits."""
        text = text.casefold()
        parts = self._parts
        place = at = 0
        star, again = -1, 0
        while at < len(text):
            part = parts[place] if place < len(parts) else None
            if part == _MANY:
                star, again = place, at
                place += 1
            elif isinstance(part, _One) and part.fits(text[at]):
                place += 1
                at += 1
            elif star >= 0:
                again += 1
                place, at = star + 1, again
            else:
                return False
        return all(part == _MANY for part in parts[place:])

    def meets(self, other: Glob) -> bool:
        """Claim that some text fits both globs."""
        mine, others = self._parts, other._parts
        # reached[j]: some text fits the parts of mine seen so far and the first j parts of the other
        reached = [True] + [False] * len(others)
        for j, part in enumerate(others):
            reached[j + 1] = reached[j] and part == _MANY
        for one in mine:
            row = [reached[0] and one == _MANY]
            for j, part in enumerate(others):
                if one == _MANY:
                    row.append(reached[j + 1] or row[j])
                elif part == _MANY:
                    row.append(row[j] or reached[j + 1])
                else:
                    assert isinstance(one, _One)
                    assert isinstance(part, _One)
                    row.append(reached[j] and one.meets(part))
            reached = row
        return reached[-1]


def _parts(pattern: str) -> list[_One | str]:
    parts: list[_One | str] = []
    place = 0
    while place < len(pattern):
        char = pattern[place]
        place += 1
        if char == "*":
            if parts[-1:] != [_MANY]:
                parts.append(_MANY)
        elif char == "?":
            parts.append(_ANY)
        elif char == "[":
            end = pattern.find("]", place + (2 if pattern.startswith("!", place) else 1))
            if end < 0:
                parts.append(_One(frozenset("[")))
            else:
                parts.append(_set(pattern[place:end]))
                place = end + 1
        else:
            parts.append(_One(frozenset(char)))
    return parts


def _set(inside: str) -> _One:
    negated = inside.startswith("!")
    inside = inside[1:] if negated else inside
    chars: set[str] = set()
    place = 0
    while place < len(inside):
        if place + 2 < len(inside) and inside[place + 1] == "-":
            first, last = ord(inside[place]), ord(inside[place + 2])
            if last - first >= _LARGEST_SET:
                raise ValueError(f"the range {inside[place : place + 3]} has more than {_LARGEST_SET:,} characters")
            chars.update(map(chr, range(first, last + 1)))
            place += 3
        else:
            chars.add(inside[place])
            place += 1
    return _One(frozenset(chars), negated)
