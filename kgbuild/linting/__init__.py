"""Check query files as the bundled ones are checked: what a file lacks, and which of its patterns are known to be slow.

for finding in lint({"mine.rq": Path("mine.rq").read_bytes()}, ask):
    print(finding)                       # mine.rq:12: Q201 OPTIONAL with 2 patterns …; give each pattern …
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kgbuild.answers import prepare
from kgbuild.errors import KgbuildError, QueryError
from kgbuild.linting.groups import line_of
from kgbuild.linting.rules import RULES, File, Rule, allowed
from kgbuild.query import Query
from kgbuild.result import Ask

__all__ = ["CODES", "RULES", "Finding", "Rule", "lint"]

#: codes of what is found without a rule: by reading the file, by running it
CODES = {
    "Q001": "the header or its parameters cannot be used",
    "Q002": "the query does not parse as SPARQL, with some or all of its parameters given",
    "Q003": "the columns are not the variables that the query selects, in their order",
    "Q004": "the query fails on the store's data with its examples",
}
_INTEGER = '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong in a file: where, by which code, and what to do."""

    file: str
    line: int
    code: str
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code} {self.message}; {self.fix}"


def lint(files: Mapping[str, bytes], ask: Ask | None = None, *, base: str = "") -> Iterator[Finding]:
    """Check query files, in the order of their names.

    Args:
        files: name -> contents.
        ask: sends a SELECT query to a store on which each query is run with its examples; None: they are not run.
        base: the base IRI of that store's data.
    """
    for name, data in sorted(files.items()):
        try:
            query = Query.parse(name, data)
        except QueryError as error:
            yield Finding(name, _line(str(error), name), "Q001", str(error).removeprefix(f"{name}: "), error.hint or "correct the header")
            continue
        file = File.of(data.decode("utf-8-sig"), query)
        silenced = allowed(file)
        for rule in RULES:
            for position, message, fix in rule.look(file):
                line = line_of(file.text, position)
                if (rule.code, line) not in silenced:
                    yield Finding(name, line, rule.code, message, fix)
        unparsed = list(_parsed(name, query))
        yield from unparsed
        if ask is not None and not unparsed:
            yield from _run(name, query, ask, base)


def _line(message: str, name: str) -> int:
    """The line that a message names after the file; the first where it names none."""
    number = message.removeprefix(f"{name}:").partition(":")[0]
    return int(number) if number.isdecimal() else 1


def _parsed(name: str, query: Query) -> Iterator[Finding]:
    """Parse the query with its required parameters, then with all: optional lines differ."""
    every = {param.name: _INTEGER if param.type == "integer" else "<urn:x:1>" for param in query.params}
    least = {param.name: every[param.name] for param in query.params if param.required or param.default}
    for given, terms in (("with its required parameters", least), ("with all its parameters", every)):
        try:
            solutions = ox.Store().query(query.bind(terms))
        except (SyntaxError, QueryError) as error:
            said = " ".join(str(error).split())
            yield Finding(name, 1, "Q002", f"{given} it is no SPARQL: {said}", "kgbuild query --show writes the text that is parsed")
            return
        if not isinstance(solutions, ox.QuerySolutions):
            yield Finding(name, 1, "Q002", "it is no SELECT", "a query in a file gives rows")
            return
        selected = [variable.value for variable in solutions.variables]
        if query.columns and selected != [column.name for column in query.columns]:
            declared = " ".join(column.name for column in query.columns)
            yield Finding(
                name, 1, "Q003", f"it selects {' '.join(selected)}, the header says {declared}", "make them the same, in one order"
            )
            return


def _run(name: str, query: Query, ask: Ask, base: str) -> Iterator[Finding]:
    """Run the query with the examples of its parameters; what an example cannot name is found too."""
    values = {param.name: param.example for param in query.params if param.example}
    if any(param.required and not param.example for param in query.params):
        return
    try:
        list(ask(prepare(query, values, ask, base=base)))
    except (KgbuildError, OSError, RuntimeError, SyntaxError, ValueError) as error:
        yield Finding(name, 1, "Q004", str(error), "correct the example or the query; kgbuild query NAME --param … asks it alone")
