"""How a block looks on the page: what fits on a line stands on one, what does not is broken at its own commas and brackets.

A part is a text, or a bracket with parts in it. Lines break only inside the block that they belong to, so a change to one term
changes lines of that term only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

#: as long as a line may get, where it can be broken
WIDTH = 120
_INDENT = "    "


@dataclass(frozen=True, eq=False)
class Members:
    """A list: ``( a b )``."""

    parts: tuple[Part, ...]
    line: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "line", f"( {' '.join(map(in_line, self.parts))} )" if self.parts else "()")


@dataclass(frozen=True, eq=False)
class Description:
    """What is said of a node: predicates, each with its values; a bracket when it is a value itself."""

    said: tuple[tuple[str, tuple[Part, ...]], ...]
    line: str = field(init=False)

    def __post_init__(self) -> None:
        words = " ; ".join(f"{predicate} {' , '.join(map(in_line, values))}" for predicate, values in self.said)
        object.__setattr__(self, "line", f"[ {words} ]" if words else "[]")


Part = str | Members | Description


def in_line(part: Part) -> str:
    """A part on one line; a text of several lines stays as it is."""
    return part if isinstance(part, str) else part.line


def block(subject: str, said: Description) -> str:
    """Write all that is said of a node, with the full stop."""
    lines = list(_statements(said, ""))
    first = lines[0].lstrip()
    return "\n".join([f"{subject} {first}", *lines[1:]])[: -len(" ;")] + " .\n"


def _statements(said: Description, indent: str) -> Iterator[str]:
    """Lines of the predicates with their values, one step in, each statement with a semicolon."""
    inner = indent + _INDENT
    for predicate, values in said.said:
        words = [value for value in values if isinstance(value, str)]
        if words:
            yield from _words(predicate, words, inner)
        # a bracket has its predicate to itself: one more or less changes no other line
        for bracket in (value for value in values if not isinstance(value, str)):
            if _fits(f"{inner}{predicate} {bracket.line} ;"):
                yield f"{inner}{predicate} {bracket.line} ;"
            else:
                opening, *body, closing = _broken(bracket, inner)
                yield f"{inner}{predicate} {opening.lstrip()}"
                yield from body
                yield f"{closing} ;"


def _words(predicate: str, words: Sequence[str], indent: str) -> Iterator[str]:
    line = f"{indent}{predicate} {' , '.join(words)} ;"
    if len(words) == 1 or _fits(line):
        yield line
        return
    yield f"{indent}{predicate}"
    rows = [
        row for group in _by_language(words) for row in ([" , ".join(group)] if _fits(f"{indent}{_INDENT}{' , '.join(group)} ,") else group)
    ]
    for row in rows[:-1]:
        yield f"{indent}{_INDENT}{row} ,"
    yield f"{indent}{_INDENT}{rows[-1]} ;"


def _by_language(words: Sequence[str]) -> list[list[str]]:
    """Group neighbouring literals of one language; anything else stands alone."""
    groups: list[list[str]] = []
    for word in words:
        tag = word.rpartition('"')[2] if word.startswith('"') else None
        if groups and tag is not None and groups[-1][0].startswith('"') and groups[-1][0].rpartition('"')[2] == tag:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _broken(bracket: Members | Description, indent: str) -> Iterator[str]:
    """Lines of a bracket that does not fit on one; the first has its indent."""
    if isinstance(bracket, Description):
        yield f"{indent}["
        *lines, last = _statements(bracket, indent)
        yield from lines
        yield last.removesuffix(" ;")
        yield f"{indent}]"
        return
    yield f"{indent}("
    inner = indent + _INDENT
    for part in bracket.parts:
        if isinstance(part, str) or _fits(inner + part.line):
            yield inner + in_line(part)
        else:
            yield from _broken(part, inner)
    yield f"{indent})"


def _fits(line: str) -> bool:
    return len(line) <= WIDTH and "\n" not in line
