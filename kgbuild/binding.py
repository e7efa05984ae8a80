"""Binding: values into the text of a query, token by token.

``$name`` marks a parameter. A pass over the tokens of SPARQL replaces it by one serialised term, so that a value reaches sub-selects,
FILTER and EXISTS alike and can never end a string or open a group; strings, IRIs and comments are left as they are. A line that ends
with ``#? name`` stands only when that parameter is given, with ``#? !name`` only when it is not; several conditions must all hold, and
of ``one|other`` one.

Engines' own substitution is no way: it wants the variable projected and stops at sub-selects. Source of the token patterns: SPARQL 1.1
Query Language, section 19.8 (grammar), productions IRIREF, STRING_LITERAL*, VAR2,
LANGTAG, PNAME_LN, PN_LOCAL_ESC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kgbuild.errors import QueryError
from kgbuild.iris import PREFIXES

_TOKEN = re.compile(
    r'''
    (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""|\'\'\'(?:(?:'|'')?(?:[^'\\]|\\.))*\'\'\'|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<comment>\#[^\n\r]*)
  | (?P<param>\$(?P<name>\w+))
  | (?P<variable>\?\w+)
  | (?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<pname>(?:\w(?:[\w.-]{0,254}[\w-])?)?:
      (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[^\w\s])(?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[^\w\s])*(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[^\w\s]))?)?)
  | (?P<escape>\\.)
  | (?P<word>\w+)
  | (?P<mark>[^\s\w])
    ''',
    re.VERBOSE | re.DOTALL,
)
_MARKER = re.compile(r"\#\?[ \t]*(?P<conditions>!?\w+(?:[ \t]+!?\w+|\|!?\w+)*)[ \t]*$")
#: one term, whole: an IRI with a scheme, or a literal in N-Triples syntax
_TERM = re.compile(
    r'<[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20]*>'
    r'|"(?:[^"\\\n\r]|\\[tbnrf"\'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*"'
    r'(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^<[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20]*>)?'
)
_INTEGER = re.compile(rf'"(-?[0-9]+)"\^\^<{re.escape(PREFIXES["xsd"])}integer>')


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query: its kind (``iri string comment param variable lang pname escape word mark``), its text, and where it begins."""

    kind: str
    text: str
    begin: int

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.begin + len(self.text)


def tokens(text: str) -> Iterator[Token]:
    """Cut a query into tokens; white space lies between them.

    >>> [token.text for token in tokens('?x a $class # why $not')]
    ['?x', 'a', '$class', '# why $not']
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup if match.lastgroup != "name" else "param"
        yield Token(kind or "param", match[0], match.start())


def parameters(text: str) -> frozenset[str]:
    """Name the parameters that a query mentions."""
    return frozenset(token.text[1:] for token in tokens(text) if token.kind == "param")


def optional_lines(text: str) -> frozenset[str]:
    """Name the parameters on which lines of a query depend."""
    conditions = (condition for line in text.splitlines() if (marker := _marker(line)) for condition in marker[1])
    return frozenset(name.removeprefix("!") for condition in conditions for name in condition.split("|"))


def _marker(line: str) -> tuple[str, list[str]] | None:
    """Split a line into what stands and its conditions; None for a line without. ``#?`` inside a string or an IRI is no marker."""
    comment = next((token for token in tokens(line) if token.kind == "comment"), None)
    match = _MARKER.fullmatch(comment.text) if comment else None
    return (line[: comment.begin].rstrip(), match["conditions"].split()) if comment and match else None


def keep_lines(text: str, given: frozenset[str] | set[str]) -> str:
    """Leave out the lines whose conditions do not hold, and the markers of the others."""
    kept = []
    for line in text.splitlines():
        marker = _marker(line)
        if marker is None:
            kept.append(line)
        elif all(any((name.removeprefix("!") in given) != name.startswith("!") for name in one.split("|")) for one in marker[1]):
            kept.append(marker[0])
    return "\n".join(kept) + "\n"


def bind(text: str, terms: Mapping[str, str]) -> str:
    """Put terms in place of parameters. A parameter without a term stays a free variable.

    Args:
        text: a query; its optional lines already decided.
        terms: parameter -> term in N-Triples syntax. An xsd:integer is written as bare digits, so that LIMIT takes it.

    Raises:
        QueryError: a value is not one whole IRI or literal; or the parameter stands where no value can (projected, ``AS $x``, VALUES).
    """
    written = {name: _written(name, term) for name, term in terms.items()}
    stream = [token for token in tokens(text) if token.kind != "comment"]
    pieces: list[str] = []
    done = 0
    for index, token in enumerate(stream):
        if token.kind != "param" or token.text[1:] not in written:
            continue
        name = token.text[1:]
        before = stream[index - 1].text.upper() if index else ""
        if before in ("AS", "VALUES", "SELECT", "DISTINCT", "REDUCED"):
            raise QueryError(
                f"${name} is a parameter and cannot stand after {before}: no value can be put there",
                hint=f"write ?{name} there, and bind it to ${name} in the pattern",
            )
        begin, end, value = token.begin, token.end, written[name]
        if [t.text.upper() for t in stream[index - 2 : index]] == ["BOUND", "("] and index >= 2 and stream[index + 1].text == ")":
            begin, end, value = stream[index - 2].begin, stream[index + 1].end, "true"
        pieces += (text[done:begin], value)
        done = end
    return "".join(pieces) + text[done:]


def _written(name: str, term: str) -> str:
    """Write one term as it stands in SPARQL; Raises QueryError."""
    if not _TERM.fullmatch(term):
        raise QueryError(f"the value of ${name} is not one IRI or literal: {term[:80]}")
    integer = _INTEGER.fullmatch(term)
    return integer[1] if integer else term
