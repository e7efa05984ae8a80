"""What the linter looks at: one function per rule, from the text of a query file to what it saw and where.

The rules on speed come from measurements with oxigraph on stores of a million and of five million quads; the factor is in the rule's
reason. A rule can be silenced for one line by a comment that names its code and says why: ``# allow Q203: two of four values``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kgbuild.binding import Token, tokens
from kgbuild.linting.groups import Group, groups, line_of, texts
from kgbuild.query import Query

#: where (a position in the text), what was seen, what to do
Seen = Iterator[tuple[int, str, str]]


@dataclass(frozen=True, slots=True)
class File:
    """A query file: its text with the header's lines left empty, so that positions count lines as the file does; and what it says."""

    text: str
    stream: tuple[Token, ...]
    groups: tuple[Group, ...]
    query: Query

    @classmethod
    def of(cls, source: str, query: Query) -> File:
        """Take a file apart."""
        text = "\n".join("" if line.startswith("#+") else line for line in source.splitlines())
        stream = tuple(token for token in tokens(text) if token.kind != "comment")
        return cls(text, stream, tuple(groups(stream)), query)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, what it asks for, and why."""

    code: str
    asks: str
    why: str
    look: Callable[[File], Seen]


def _header(file: File) -> Seen:
    query = file.query
    missing = [key for key in ("summary", "description", "tags", "columns") if not getattr(query, key)]
    missing += [f"means of parameter {param.name}" for param in query.params if not param.means]
    missing += [
        f"example of parameter {param.name}" for param in query.params if not (param.example or param.type in ("statement", "thing"))
    ]
    missing += [f"means of column {column.name}" for column in query.columns if not column.means]
    for what in missing:
        yield 0, f"the header has no {what}", "add it on a line that begins with #+"


def _modifiers(file: File) -> list[str]:
    """The tokens after the last brace of the query, where ORDER BY must stand."""
    last = max((index for index, token in enumerate(file.stream) if token.text == "}"), default=-1)
    return texts(file.stream[last + 1 :])


def _order(file: File) -> Seen:
    if "ORDER" not in _modifiers(file):
        yield len(file.text), "the rows come in any order: ORDER BY is missing", "add ORDER BY at the end"


def _total_order(file: File) -> Seen:
    words = _modifiers(file)
    if "ORDER" in words and file.query.columns and not {f"?{column.name}" for column in file.query.columns} & set(words):
        yield len(file.text), "ORDER BY names no column: equal rows come in any order", "end it with the columns that tell rows apart"


def _counts(file: File) -> Seen:
    words = texts(file.stream)
    for index in range(len(words) - 2):
        if words[index] in ("COUNT", "SUM", "AVG") and words[index + 1] == "(" and words[index + 2] != "DISTINCT":
            fix = f"write {words[index]}(DISTINCT …)"
            yield file.stream[index].begin, f"{words[index]} without DISTINCT counts a triple once per graph that holds it", fix


def _service(file: File) -> Seen:
    for token, word in zip(file.stream, texts(file.stream), strict=True):
        if token.kind == "word" and word in ("SERVICE", "FROM"):
            yield token.begin, f"{word} leads out of the store", "ask this store alone"


def _wide_optional(file: File) -> Seen:
    for group in file.groups:
        if group.kind == "OPTIONAL" and len(group.triples) > 1:
            fix = "give each pattern an OPTIONAL of its own, nested where one needs the other"
            yield group.begin, f"OPTIONAL with {len(group.triples)} patterns is worked out for the whole store", fix


def _grouping_optional(file: File) -> Seen:
    for outer, inner in zip(file.groups, file.groups[1:], strict=False):
        if outer.kind == "OPTIONAL" and not outer.triples and inner.kind == "WHERE" and inner.selects:
            yield (
                outer.begin,
                "OPTIONAL around a sub-select that groups is worked out for the whole store",
                "put the pattern there, and group outside",
            )


def _early_optional(file: File) -> Seen:
    for group in file.groups:
        for begin in group.late[:1]:
            yield begin, "a pattern after an OPTIONAL of its group narrows nothing before it", "move the OPTIONAL behind it"


def _filter_in(file: File) -> Seen:
    words = texts(file.stream)
    for index in range(2, len(words) - 1):
        if words[index] == "IN" and words[index - 1] != "NOT" and words[index + 1] == "(" and file.stream[index - 1].kind == "variable":
            end = words.index(")", index)
            if not any(token.kind == "variable" for token in file.stream[index + 2 : end]):
                fix = "name the values by VALUES before the pattern"
                yield file.stream[index].begin, f"FILTER({words[index - 1]} IN (…)) looks at everything first", fix


def _filter_equal(file: File) -> Seen:
    words = texts(file.stream)
    for index in range(len(words) - 4):
        name, sign, value = file.stream[index + 2 : index + 5]
        closed = ")" in words[index + 5 : index + 8]
        if (
            words[index : index + 2] == ["FILTER", "("]
            and name.kind == "variable"
            and sign.text == "="
            and value.kind in _CONSTANT
            and closed
        ):
            yield file.stream[index].begin, f"FILTER({name.text} = …) looks at everything first", "write the value into the pattern"


_CONSTANT = {"iri", "string", "param", "word", "pname"}

#: the rules, in the order of their codes: Q1 what the rows are, Q2 how long they take
RULES = (
    Rule("Q101", "the header is complete", "it is all that people see of a query before they ask it", _header),
    Rule("Q102", "ORDER BY at the end", "else the same question has another answer each time", _order),
    Rule("Q103", "ORDER BY names columns", "an order by what is not shown leaves ties", _total_order),
    Rule("Q104", "COUNT, SUM and AVG of DISTINCT values", "where the default graph is a union, a triple stands once per graph", _counts),
    Rule("Q105", "no SERVICE, no FROM", "a query file asks the store that it is given, and nobody else", _service),
    Rule("Q201", "one pattern in an OPTIONAL", "two are hashed as a whole: 10 to 15 times as long", _wide_optional),
    Rule("Q202", "no sub-select with GROUP BY in an OPTIONAL", "about 390 times as long as the pattern", _grouping_optional),
    Rule("Q203", "OPTIONAL after the patterns of its group", "about 400 times as long where the pattern is selective", _early_optional),
    Rule("Q204", "VALUES in place of FILTER(?x IN (…))", "about 100 times as long where the values are selective", _filter_in),
    Rule("Q205", "a value in the pattern in place of FILTER(?x = …)", "130 to 700 times as long", _filter_equal),
)

_ALLOW = re.compile(r"# allow (?P<code>Q\d{3}): \S")


def allowed(file: File) -> set[tuple[str, int]]:
    """The rules that comments silence: code and line."""
    comments = ((token, _ALLOW.match(token.text)) for token in tokens(file.text) if token.kind == "comment")
    return {(match["code"], line_of(file.text, token.begin)) for token, match in comments if match}
