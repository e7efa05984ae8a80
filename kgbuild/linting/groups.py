"""The groups of a query, token by token: what stands in braces, how many triple patterns, and in which order.

A query in a file is no whole SPARQL before its optional lines are decided, so that no parser takes it; its groups can be told all the
same. Source: SPARQL 1.1 Query Language, section 19.8 (grammar), productions GroupGraphPattern, TriplesBlock, InlineData.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kgbuild.binding import Token

#: what may stand before a group's brace and says what it is for
_KINDS = {"OPTIONAL", "EXISTS", "MINUS", "UNION", "GRAPH", "SERVICE", "VALUES", "WHERE"}
#: what ends the triples of a group for good
_MODIFIERS = {"GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET"}
_EXPRESSIONS = {"FILTER", "BIND", *_MODIFIERS}


@dataclass(slots=True)
class Group:
    """A group: its kind (``WHERE`` where nothing says another), where it begins, and what stands in it at its own level.

    ``triples`` are the places where triple patterns begin. ``late`` are those of triple patterns that an OPTIONAL of the same group
    precedes. ``selects`` claims that it is a sub-select with GROUP BY.
    """

    kind: str
    begin: int
    triples: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    selects: bool = False
    optional: bool = False


def groups(stream: Sequence[Token]) -> list[Group]:
    """Find the groups of a query in the order of their beginnings; ``stream`` holds no comments."""
    return _Reader(stream).read()


class _Reader:
    def __init__(self, stream: Sequence[Token]) -> None:
        self._stream = stream
        self._found: list[Group] = []
        self._open: list[Group] = []
        #: parentheses open in each group, outside of paths
        self._depths: list[int] = []
        self._kind = "WHERE"
        #: in a triple pattern; in an expression, a projection or modifiers, where terms begin none
        self._triple = self._expression = False

    def read(self) -> list[Group]:
        for token in self._stream:
            word = token.text.upper() if token.kind == "word" else ""
            if token.text == "{":
                self._begin(token)
            elif token.text == "}":
                self._end()
            elif self._open and self._open[-1].kind != "VALUES":
                self._within(token, word)
            elif not self._open and word in _KINDS:
                self._kind = word
        return self._found

    def _begin(self, token: Token) -> None:
        group = Group(self._kind, token.begin)
        if self._open and self._kind == "OPTIONAL":
            self._open[-1].optional = True
        self._found.append(group)
        self._open.append(group)
        self._depths.append(0)
        self._kind, self._triple, self._expression = "WHERE", False, False

    def _end(self) -> None:
        if self._open:
            self._open.pop()
            self._depths.pop()
        # inside FILTER(EXISTS { … } && …) the expression goes on
        self._triple, self._expression = False, bool(self._depths and self._depths[-1])

    def _within(self, token: Token, word: str) -> None:
        group = self._open[-1]
        if word == "GROUP":
            group.selects = True
        if word in _KINDS:
            self._kind, self._triple, self._expression = word, False, word in ("GRAPH", "SERVICE", "VALUES")
        elif word == "SELECT" or word in _EXPRESSIONS:
            self._triple, self._expression = False, True
        elif token.text == "(" and not self._triple:
            self._depths[-1] += 1
        elif token.text == ")" and not self._triple:
            self._depths[-1] -= 1
            if self._depths[-1] == 0 and not group.selects:
                self._expression = False
        elif token.text in ".;,":
            self._triple = False
        elif not self._triple and not self._expression and not self._depths[-1] and token.kind in _TERMS:
            self._triple = True
            group.triples.append(token.begin)
            if group.optional:
                group.late.append(token.begin)


_TERMS = {"iri", "string", "param", "variable", "word", "pname"}


def line_of(text: str, position: int) -> int:
    """The line of a position, the first being 1."""
    return text.count("\n", 0, position) + 1


def texts(stream: Iterable[Token]) -> list[str]:
    """The tokens' texts, words in capitals."""
    return [token.text.upper() if token.kind == "word" else token.text for token in stream]
