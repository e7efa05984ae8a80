"""One file of the ontology, read as far as it can be: a broken statement costs that statement, not the file.

The RDF parser decides what is valid. Where it refuses the whole file, the file is cut at its statements and each is parsed by
itself, so that one run names every broken place, and terms of the sound rest are still known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import pyoxigraph as ox

from kgbuild.checking.locating import Lines, Statement, locate
from kgbuild.iris import PREFIXES

_OWL = PREFIXES["owl"]
_TYPE = PREFIXES["rdf"] + "type"
#: how RDF/XML begins, after a byte order mark
_XML = re.compile(r"\ufeff?\s*<(\?xml|rdf:RDF|!DOCTYPE|!--)")
#: where a new subject begins by the layout of a file: after an empty line, not indented
_PARAGRAPH = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)(?=[^\s#])")
_PLACE = re.compile(r"(?:Parser error )?(?:at|on|between) line \d+[^:]*: ")
#: what stands for the base where a file has none, so that a relative IRI does not break the rest
_BASE = "relative:/"


@dataclass(frozen=True)
class Flaw:
    """Why a part of a file cannot be read: its line (0 for the whole file) and the reason."""

    kind: str
    line: int
    reason: str


@dataclass(frozen=True)
class Module:
    """A file: its name, what could be read of it, and where things stand in it.

    Attributes:
        text: the file as text; bytes that are not UTF-8 are shown as U+FFFD.
        is_xml: it is RDF/XML, so lines are not known.
        triples: what it says; blank nodes are unique over all files.
        flaws: what could not be read.
        damaged: terms whose statements could not be read, so that nothing should be said of what they lack.
        iri: the ontology IRI of its header, if it has exactly one or the first of several.
    """

    name: str
    data: bytes
    text: str
    is_xml: bool
    triples: tuple[ox.Triple, ...]
    lines: Lines
    flaws: tuple[Flaw, ...]
    damaged: frozenset[str]
    headers: tuple[str, ...]
    imports: tuple[str, ...]

    @property
    def iri(self) -> str:
        """The ontology IRI; empty without a header."""
        return self.headers[0] if self.headers else ""


@lru_cache(maxsize=64)  # of an edited folder, most files are as they were
def read_module(name: str, data: bytes) -> Module:
    """Read one file of Turtle or RDF/XML. Raises nothing: what is wrong is in ``flaws``."""
    flaws: list[Flaw] = []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        flaws.append(Flaw("encoding", line, f"the byte 0x{data[error.start]:02X} is not UTF-8"))
        text = data.decode("utf-8", "replace")
    text = text.removeprefix("\ufeff")
    is_xml = _XML.match(text) is not None
    lines = Lines() if is_xml else locate(text)
    triples: list[ox.Triple] = []
    damaged: frozenset[str] = frozenset()
    try:
        triples = _parse(text, xml=is_xml)
    except SyntaxError as error:
        if is_xml:
            flaws.append(_flaw(error))
        else:
            triples, broken, damaged = _parts(text, lines)
            flaws += broken or [_flaw(error)]
    headers = tuple(dict.fromkeys(str(t.subject)[1:-1] for t in triples if _says(t, _TYPE, _OWL + "Ontology")))
    imports = tuple(
        sorted({t.object.value for t in triples if t.predicate.value == _OWL + "imports" and isinstance(t.object, ox.NamedNode)})
    )
    return Module(name, data, text, is_xml, tuple(triples), lines, tuple(flaws), damaged, headers, imports)


def _parse(text: str, *, xml: bool = False) -> list[ox.Triple]:
    syntax = ox.RdfFormat.RDF_XML if xml else ox.RdfFormat.TURTLE
    # the parser wants a base for relative IRIs; renaming keeps _:a of two files apart
    quads = ox.parse(text.encode(), format=syntax, base_iri=_BASE, rename_blank_nodes=True)
    return [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]


def _says(triple: ox.Triple, predicate: str, value: str) -> bool:
    return (
        triple.predicate.value == predicate
        and isinstance(triple.object, ox.NamedNode)
        and triple.object.value == value
        and isinstance(triple.subject, ox.NamedNode)
    )


def _parts(text: str, lines: Lines) -> tuple[list[ox.Triple], list[Flaw], frozenset[str]]:
    """Parse a broken file statement by statement."""
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, (namespace, _) in lines.prefixes.items() if _is_sound(namespace))
    triples: list[ox.Triple] = []
    flaws: list[Flaw] = []
    damaged: set[str] = set()
    for start, part in _pieces(text, lines.statements):
        try:
            triples += _parse(head + part)
        except SyntaxError as error:
            line = start + max(0, (error.lineno or 1) - 1 - head.count("\n"))
            flaws.append(Flaw("syntax", min(line, text.rstrip().count("\n") + 1), _reason(error)))
            damaged |= {subject for subject, at in _subjects(lines) if start <= at <= start + part.count("\n")}
    return triples, flaws, frozenset(damaged)


def _pieces(text: str, statements: list[Statement]) -> Iterator[tuple[int, str]]:
    """The statements with their first lines; one that the parser refuses is cut at empty lines too, where a dot may be missing."""
    starts = [statement.tokens[0].start for statement in statements] + [len(text)]
    for number, statement in enumerate(statements):
        if statement.is_directive and _sound(statement):
            continue
        part = text[starts[number] : starts[number + 1]]
        line = statement.tokens[0].line
        begins = [0, *(match.end() for match in _PARAGRAPH.finditer(part)), len(part)]
        whole = len(begins) == 2 or _parses(part, text, statements)
        for begin, end in [(0, len(part))] if whole else pairwise(begins):
            if part[begin:end].strip():
                yield line + part.count("\n", 0, begin), part[begin:end]


def _sound(directive: Statement) -> bool:
    return directive.closed and any(token.kind == "iri" for token in directive.tokens) and len(directive.tokens) <= 4


def _parses(part: str, text: str, statements: list[Statement]) -> bool:
    head = "".join(text[s.tokens[0].start : s.tokens[-1].start + 1 + len(s.tokens[-1].text)] + "\n" for s in statements if s.is_directive)
    try:
        _parse(head + part)
    except SyntaxError:
        return False
    return True


def _is_sound(namespace: str) -> bool:
    return re.fullmatch(r"[^<>\"{}|^`\s]*", namespace) is not None


def _subjects(lines: Lines) -> Iterator[tuple[str, int]]:
    for subject, found in lines.subjects():
        yield from ((subject, line) for line in found)


def _flaw(error: SyntaxError) -> Flaw:
    return Flaw("syntax", error.lineno or 0, _reason(error))


def _reason(error: SyntaxError) -> str:
    """The parser's words without the place that it puts in front."""
    return _PLACE.sub("", error.msg, count=1)
