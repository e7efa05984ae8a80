"""Where in a Turtle file something is said: the line of a subject, of a predicate on it, of one value, of any mention of a term.

The RDF parser gives no lines, so the file is walked once more, as tokens. The walk is lenient: in a broken file it goes as far as the
brackets let it. What stands inside ``[ … ]`` and ``( … )`` is a mention inside the statement around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from kgbuild.checking.tokens import Token, tokens
from kgbuild.iris import PREFIXES

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LOCAL_ESCAPE = re.compile(r"\\(.)")
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_TYPE = PREFIXES["rdf"] + "type"


@dataclass
class Statement:
    """The tokens of one statement, up to its dot; ``closed`` unless the file ends before the dot."""

    tokens: list[Token]
    closed: bool = True

    @property
    def is_directive(self) -> bool:
        """Claim that it is a @prefix, @base, PREFIX or BASE."""
        return self.tokens[0].text.lower() in ("@prefix", "@base", "prefix", "base")


@dataclass
class Lines:
    """The lines of one file, by what is said there; a term is an IRI, a text its lexical form, with ``@`` and language or without.

    Attributes:
        prefixes: prefix -> its namespace and the line that binds it.
        statements: all of the file's statements, in order, with directives.
        relative: IRIs written without a scheme and without a base, with their lines.
        nameless: labels of blank nodes (``_:b0``), with their lines.
    """

    prefixes: dict[str, tuple[str, int]] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    relative: list[tuple[str, int]] = field(default_factory=list)
    nameless: list[tuple[str, int]] = field(default_factory=list)
    _subjects: dict[str, list[int]] = field(default_factory=dict)
    _predicates: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    _values: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    _mentions: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def of(self, subject: str, predicate: str = "", value: str = "") -> int:
        """The line of a value, else of the predicate, else of the subject, else of the first mention; 0 for none of these."""
        for found in (
            self._values.get((subject, predicate, value)),
            self._predicates.get((subject, predicate)),
            self._subjects.get(subject),
        ):
            if found:
                return found[0]
        return self.mention(subject)

    def all(self, subject: str, predicate: str, value: str) -> list[int]:
        """Every line on which one value stands."""
        return self._values.get((subject, predicate, value), [])

    def predicate_lines(self, subject: str, predicate: str) -> list[int]:
        """Every line on which a predicate of a subject begins."""
        return self._predicates.get((subject, predicate), [])

    def subjects(self) -> Iterator[tuple[str, list[int]]]:
        """Every subject with the lines on which statements about it begin."""
        yield from self._subjects.items()

    def subject_lines(self, subject: str) -> list[int]:
        """Every line on which a statement about the subject begins."""
        return self._subjects.get(subject, [])

    def mention(self, term: str, inside: str = "") -> int:
        """The first line that names a term, within the statements on a subject if that is given; 0 for none."""
        return next((line for subject, line in self._mentions.get(term, ()) if inside in ("", subject)), 0)

    def mentions(self, term: str) -> list[tuple[str, int]]:
        """Every mention of a term: the subject of the statement around it (empty for a blank node), and the line."""
        return self._mentions.get(term, [])


def locate(turtle: str) -> Lines:
    """Walk a file."""
    lines = Lines()
    walk = _Walk(lines)
    for statement in statements(turtle):
        lines.statements.append(statement)
        walk.statement(statement)
    return lines


def statements(turtle: str) -> Iterator[Statement]:
    """Cut a file at the dots outside brackets; SPARQL's PREFIX and BASE end without one."""
    current: list[Token] = []
    depth = 0
    for token in tokens(turtle):
        if not current and token.text == ".":
            continue
        current.append(token)
        if token.kind == "mark":
            depth = max(0, depth + (token.text in "[(") - (token.text in "])"))
        ended = token.text == "." and depth == 0
        sparql = current[0].kind == "word" and current[0].text.lower() in ("prefix", "base") and token.kind == "iri"
        if ended or sparql:
            yield Statement(current)
            current = []
    if current:
        yield Statement(current, closed=False)


class _Walk:
    """Says for each token of a statement what it is there: subject, predicate, value or mention."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._base = ""

    def statement(self, statement: Statement) -> None:
        found = statement.tokens
        if statement.is_directive:
            self._directive(found)
            return
        subject = self._term(found[0]) or ""
        if subject:
            self._lines._subjects.setdefault(subject, []).append(found[0].line)
        predicate, depth, expects_predicate = "", 0, True
        for number, token in enumerate(found):
            if token.kind == "mark":
                depth += (token.text in "[(") - (token.text in "])")
                if depth == 0 and token.text == ";":
                    expects_predicate = True
                continue
            term = self._term(token)
            if token.kind == "node":
                self._lines.nameless.append((token.text, token.line))
            if token.kind in ("iri", "name") and term:
                self._lines._mentions.setdefault(term, []).append((subject, token.line))
            if number == 0 or depth or term is None or not subject or found[number - 1].kind == "type":
                continue
            if expects_predicate:
                predicate, expects_predicate = term, False
                self._lines._predicates.setdefault((subject, predicate), []).append(token.line)
            else:
                self._lines._values.setdefault((subject, predicate, term), []).append(token.line)
                if number + 1 < len(found) and found[number + 1].kind == "tag":
                    tagged = f"{term}{found[number + 1].text.lower()}"
                    self._lines._values.setdefault((subject, predicate, tagged), []).append(token.line)

    def _directive(self, found: list[Token]) -> None:
        iri = next((token for token in found if token.kind == "iri"), None)
        if iri is None:
            return
        if found[0].text.lower().endswith("base"):
            self._base = urljoin(self._base, iri.text[1:-1])
            return
        prefix = next((token.text[:-1] for token in found[1:] if token.kind == "name"), "")
        self._lines.prefixes.setdefault(prefix, (iri.text[1:-1], found[0].line))

    def _term(self, token: Token) -> str | None:
        """What a token means: an IRI, a text; None for tags and marks."""
        if token.kind == "iri":
            iri = unescape(token.text[1:-1])
            if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", iri):
                if not self._base:
                    self._lines.relative.append((iri, token.line))
                return urljoin(self._base, iri) if self._base else iri
            return iri
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            namespace = self._lines.prefixes.get(prefix, (f"{prefix}:", 0))[0]
            return namespace + _LOCAL_ESCAPE.sub(r"\1", local)
        if token.kind in ("long", "short"):
            width = 3 if token.kind == "long" else 1
            return unescape(token.text[width:-width])
        if token.kind == "word":
            return _TYPE if token.text == "a" else token.text
        return token.text if token.kind in ("number", "node") else None


def unescape(text: str) -> str:
    """Read the escapes of a Turtle string or IRI."""

    def read(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code:
            return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else match[0]
        return _LETTERS.get(match[3], match[3])

    return _ESCAPE.sub(read, text) if "\\" in text else text
