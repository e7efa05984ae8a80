"""Read a scheme from its table.

A file of tab-separated values in UTF-8, as spreadsheets write them. Lines that begin with ``#`` are remarks, but for two:

    #scheme NAME             how the scheme is called, once, before the table
    #role-strip REGEX        what is taken off the front of every role, at most once

The first other line names the columns, in any order: ``kind``, ``label`` and ``term`` always, ``context``, ``when``, ``predicate`` and
``note`` if wanted. Then comes one rule a line; empty lines do not count.
"""

from __future__ import annotations

import csv
import difflib
from itertools import combinations

from kgbuild.errors import SchemeError
from kgbuild.schemes.globs import Glob
from kgbuild.schemes.prefixes import RolePrefix
from kgbuild.schemes.rules import IGNORED, KINDS, PREDICATES, Condition, Rule
from kgbuild.schemes.scheme import Scheme

COLUMNS = ("kind", "label", "context", "when", "predicate", "term", "note")
_NEEDED = ("kind", "label", "term")
#: the largest file, and the most rules: a tie is looked for among all pairs
_LARGEST, _MOST_RULES = 1_000_000, 5_000


def parse_scheme(data: bytes, path: str) -> Scheme:
    """Read a scheme; ``path`` is what messages call its file. Raises SchemeError with file and line."""
    return _Parser(path).parse(data)


class _Parser:
    def __init__(self, path: str) -> None:
        self._path = path
        self._line = 0
        self._name = ""
        self._prefix: RolePrefix | None = None
        self._about: list[str] = []
        self._columns: list[str] = []
        self._rules: list[Rule] = []

    def parse(self, data: bytes) -> Scheme:
        for number, line in enumerate(self._lines(data), start=1):
            self._line = number
            if line.startswith("#"):
                self._remark(line[1:])
            elif line.strip():
                cells = self._cells(line)
                if self._columns:
                    self._rule(cells)
                else:
                    self._header(cells)
        if not self._name:
            raise self._error("has no name", "write a line “#scheme NAME” before the table", whole=True)
        if not self._rules:
            raise self._error("holds no rule", f"write the columns {', '.join(COLUMNS)}, and a rule a line", whole=True)
        self._refuse_ties()
        return Scheme(self._name, self._path, tuple(self._rules), self._prefix, " ".join(self._about))

    def _lines(self, data: bytes) -> list[str]:
        if len(data) > _LARGEST:
            raise self._error(f"larger than {_LARGEST:,} bytes", "a scheme is a table of labels; split it", whole=True)
        try:
            return [line.removesuffix("\r") for line in data.decode("utf-8-sig").split("\n")]
        except UnicodeDecodeError as error:
            self._line = data.count(b"\n", 0, error.start) + 1
            raise self._error("not UTF-8", "save the table as “tab-separated, UTF-8”") from error

    def _remark(self, text: str) -> None:
        word, _, rest = text.strip().replace("\t", " ").partition(" ")
        rest = rest.strip()
        if word == "scheme":
            if self._name:
                raise self._error("a second “#scheme”", "a file holds one scheme")
            if not rest or any(char.isspace() for char in rest):
                raise self._error(f"“#scheme {rest}” gives no name without blanks", "write one word, such as “#scheme rams-1.0”")
            self._name = rest
        elif word == "role-strip":
            if self._prefix is not None:
                raise self._error("a second “#role-strip”", "put both into one expression: ^(?:one|other)")
            try:
                self._prefix = RolePrefix(rest)
            except ValueError as error:
                raise self._error(f"“#role-strip {rest}”: {error}", "write a plain expression, such as ^evt\\d+arg\\d+") from error
        elif not self._columns and text.strip():
            self._about.append(text.strip())

    def _cells(self, line: str) -> list[str]:
        try:
            (cells,) = csv.reader([line], delimiter="\t", strict=True)
        except (csv.Error, ValueError) as error:
            raise self._error(f"not a line of tab-separated values: {error}", "look for a quotation mark without its end") from error
        return [cell.strip() for cell in cells]

    def _header(self, cells: list[str]) -> None:
        names = [cell.casefold() for cell in cells]
        while names and not names[-1]:
            names.pop()
        for name in names:
            if name not in COLUMNS:
                raise self._error(f"there is no column “{name}”", f"the columns are {', '.join(COLUMNS)}, with tabs between")
        if len(set(names)) < len(names):
            raise self._error("a column comes twice", "name each once")
        if missing := [name for name in _NEEDED if name not in names]:
            raise self._error(f"the column {missing[0]} is missing", f"the columns are {', '.join(COLUMNS)}, with tabs between")
        self._columns = names

    def _rule(self, cells: list[str]) -> None:
        if any(cells[len(self._columns) :]):
            raise self._error(f"{len(cells)} cells under {len(self._columns)} columns", "look for a tab too many")
        row = {**dict.fromkeys(COLUMNS, ""), **dict(zip(self._columns, cells, strict=False))}
        if not any(row.values()):
            return
        kind, label, term = row["kind"].casefold(), row["label"], row["term"]
        if kind not in KINDS:
            raise self._error(f"there is no kind “{row['kind']}”{_meant(kind, KINDS)}", f"the kinds are {', '.join(KINDS)}")
        if not label or not term:
            missing = "label" if not label else "term"
            raise self._error(f"the {missing} is missing", "a rule needs a label, and a term or “-”")
        predicate = row["predicate"]
        if predicate not in ("", IGNORED, *PREDICATES):
            raise self._error(f"there is no predicate “{predicate}”{_meant(predicate, PREDICATES)}", f"one of {', '.join(PREDICATES)}")
        if predicate == IGNORED and term != IGNORED:
            raise self._error(f"the predicate is “-”, the term is “{term}”", "to leave a label out on purpose, write “-” as its term")
        if row["context"] and kind not in ("role", "attr"):
            raise self._error(f"a rule of kind {kind} has no context", "only roles and attributes stand on something; use “when”")
        if len(self._rules) >= _MOST_RULES:
            raise self._error(f"more than {_MOST_RULES:,} rules", "use globs")
        name, equals, value = label.partition("=") if kind == "attr" else (label, "", "")
        if equals and not (name and value):
            raise self._error(f"“{label}” is neither NAME nor NAME=VALUE", "write Confidence=High, or Confidence for any value")
        self._rules.append(
            Rule(
                kind,
                self._glob(name),
                self._glob(row["context"] or "*"),
                self._conditions(row["when"]),
                predicate,
                term,
                row["note"],
                self._line,
                self._glob(value) if equals else None,
            )
        )

    def _conditions(self, written: str) -> tuple[Condition, ...]:
        conditions = []
        for part in written.split("&") if written else ():
            role, equals, alternatives = (piece.strip() for piece in part.partition("="))
            globs = [alternative.strip() for alternative in alternatives.split("|")]
            if not role or not equals or not all(globs):
                raise self._error(f"“{part.strip()}” is no condition", "write role=alternative|alternative, with & between conditions")
            conditions.append(Condition(role, tuple(map(self._glob, globs))))
        return tuple(conditions)

    def _glob(self, pattern: str) -> Glob:
        glob = Glob(pattern)
        try:
            _ = glob.literals
        except ValueError as error:
            raise self._error(f"“{pattern}”: {error}", "write * or ? instead") from error
        return glob

    def _refuse_ties(self) -> None:
        by_rank: dict[tuple[str, tuple[bool, int]], list[Rule]] = {}
        for rule in self._rules:
            by_rank.setdefault((rule.kind, rule.rank), []).append(rule)
        for rules in by_rank.values():
            for first, second in combinations(rules, 2):
                if first.ties(second):
                    self._line = second.line
                    raise self._error(
                        f"“{_written(second)}” is {second.term} here, and {first.term} in line {first.line} (“{_written(first)}”)",
                        "two terms at one rank: take one out, or make one label more specific than the other",
                    )

    def _error(self, message: str, hint: str, *, whole: bool = False) -> SchemeError:
        where = self._path if whole else f"{self._path}:{self._line}"
        return SchemeError(f"{where}: {message}", hint=hint)


def _written(rule: Rule) -> str:
    return rule.label.pattern + (f"={rule.value.pattern}" if rule.value is not None else "")


def _meant(word: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean “{near[0]}”?" if near else ""
