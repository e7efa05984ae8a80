"""Reading decisions: a Turtle file that people edit, with the line and the comments of each; or the lines of graph ``links``.

A note and a date stand on an OWL annotation of the decision (``owl:Axiom``), which is how Protégé writes them; one whose decision is
gone says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kgbuild.decisions.decision import PROPERTIES, Decision, decision
from kgbuild.decisions.decisions import Decisions
from kgbuild.errors import DecisionError
from kgbuild.iris import DATA, KG, PREFIXES

OWL, TYPE = PREFIXES["owl"], PREFIXES["rdf"] + "type"
AXIOM, SOURCE, PROPERTY, TARGET = (OWL + name for name in ("Axiom", "annotatedSource", "annotatedProperty", "annotatedTarget"))
NOTE, DATE = KG + "note", PREFIXES["dct"] + "date"
#: what tools declare beside decisions, and what says nothing
_DECLARED = {OWL + name for name in ("NamedIndividual", "Ontology", "ObjectProperty", "AnnotationProperty", "DatatypeProperty", "Thing")}

_VERDICTS = {iri: verdict for verdict, iri in PROPERTIES.items()}
_COMMENT = re.compile(r"\s*#+ ?(.*)")
#: a comment behind a statement: nothing that could end a text or an IRI comes after it
_BEHIND = re.compile(r"[.;,]\s+#+ ?([^\">]*)$")
_HINT = "a decision is a line such as <person/a> owl:sameAs <name/person/b> . (or owl:differentFrom, kg:unsureWhetherSameAs)"


@dataclass(slots=True)
class _Annotation:
    """An owl:Axiom: what it is on, and what it adds."""

    where: str
    on: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)


def parse(name: str, data: bytes, *, base: str = DATA) -> Decisions:
    """Read a file of decisions.

    Args:
        name: what messages call the file.
        data: its content, Turtle in UTF-8.
        base: the base of the store's IRIs; IRIs under the default base are moved there.

    Raises:
        DecisionError: it is no Turtle, says something else than decisions, or contradicts itself; with ``file:line``.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DecisionError(f"{name}:{line}: not UTF-8: {error.reason}", hint="save the file as UTF-8") from None
    feed = _Feed(text)
    stated = ((quad, f"{name}:{feed.line}", feed.line) for quad in _quads(name, feed))
    return _assemble(stated, base, _Comments(text))


def from_lines(lines: Iterable[str], *, base: str = DATA) -> Decisions:
    """Read what graph ``links`` holds: lines ``s p o`` in N-Triples syntax."""
    text = "".join(f"{line} .\n" for line in lines)
    return _assemble(((quad, "", 0) for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES, lenient=True)), base, _Comments(""), move=False)


class _Feed:
    """A text that the parser gets a line at a time, so that it is known on which line a triple ends."""

    def __init__(self, text: str) -> None:
        self._lines = text.encode().splitlines(keepends=True)
        self.line = 0

    def within(self, line: int | None) -> int:
        """A line that the file has: what is missing at its end is missing from the last."""
        return max(1, min(line or self.line, len(self._lines)))

    def read(self, size: int = -1) -> bytes:
        if self.line >= len(self._lines):
            return b""
        self.line += 1
        return self._lines[self.line - 1]


class _Comments:
    """The comments of a file: those before the first directive, before each statement, and after the last one."""

    def __init__(self, text: str) -> None:
        self.head: list[str] = []
        self._free: list[tuple[int, str]] = []
        begun = False
        for number, line in enumerate(text.splitlines(), start=1):
            if found := _COMMENT.fullmatch(line):
                if begun:
                    self._free.append((number, found[1].rstrip()))
                else:
                    self.head.append(found[1].rstrip())
            elif line.strip():
                begun = True
                if found := _BEHIND.search(line):
                    self._free.append((number, found[1].rstrip()))

    def until(self, line: int) -> tuple[str, ...]:
        """Take the comments up to and on a line that nobody has taken yet."""
        taken = tuple(comment for number, comment in self._free if number <= line and comment)
        self._free = [(number, comment) for number, comment in self._free if number > line]
        return taken


def _quads(name: str, feed: _Feed) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(feed, ox.RdfFormat.TURTLE)  # type: ignore[arg-type]
    except SyntaxError as error:
        reason = re.sub(r"^Parser error (at|between) line[^:]*: (?=.)", "", error.msg or "")
        raise DecisionError(f"{name}:{feed.within(error.lineno)}: {reason}", hint=_HINT) from None


def _assemble(stated: Iterable[tuple[ox.Quad, str, int]], base: str, comments: _Comments, *, move: bool = True) -> Decisions:
    found: list[Decision] = []
    annotations: dict[str, _Annotation] = {}
    for quad, where, line in stated:
        predicate, value = quad.predicate.value, quad.object
        verdict = _VERDICTS.get(predicate)
        if verdict is not None:
            one, other = (_thing(term, predicate, where, base, move=move) for term in (quad.subject, value))
            found.append(decision(one, other, verdict, where=where, comments=comments.until(line)))
        elif predicate in (SOURCE, PROPERTY, TARGET, NOTE, DATE) or (predicate == TYPE and str(value) == f"<{AXIOM}>"):
            annotation = annotations.setdefault(str(quad.subject), _Annotation(where))
            if predicate in (SOURCE, TARGET):
                annotation.on[predicate] = _thing(value, predicate, where, base, move=move)
            elif predicate == PROPERTY:
                annotation.on[predicate] = getattr(value, "value", "")
            elif predicate in (NOTE, DATE):
                (annotation.notes if predicate == NOTE else annotation.dates).append(getattr(value, "value", ""))
        elif predicate != TYPE or getattr(value, "value", "") not in _DECLARED:
            raise DecisionError(f"{where}: {quad.predicate} says no decision", hint=_HINT)
    notes = _notes(annotations.values())
    annotated = [
        decision(*one.pair, one.verdict, note=note, date=date, where=one.where, comments=one.comments)
        for one in found
        for note, date in [notes.get((*one.pair, one.verdict), ("", ""))]
    ]
    return Decisions(annotated, base=base, head=tuple(comments.head), foot=comments.until(1 << 60))


def _notes(annotations: Iterable[_Annotation]) -> dict[tuple[str, str, str], tuple[str, str]]:
    """(one, other, verdict) -> note, date."""
    collected: dict[tuple[str, str, str], tuple[list[str], list[str]]] = {}
    for annotation in annotations:
        verdict = _VERDICTS.get(annotation.on.get(PROPERTY, ""))
        if verdict is None or len(annotation.on) < 3:
            raise DecisionError(f"{annotation.where}: a note that does not say on which decision it is", hint=_HINT_NOTE)
        one, other = sorted((annotation.on[SOURCE], annotation.on[TARGET]))
        notes, dates = collected.setdefault((one, other, verdict), ([], []))
        notes += annotation.notes
        dates += annotation.dates
    return {key: ("; ".join(sorted(notes)), max(dates, default="")) for key, (notes, dates) in collected.items()}


_HINT_NOTE = 'write [] a owl:Axiom ; owl:annotatedSource A ; owl:annotatedProperty owl:sameAs ; owl:annotatedTarget B ; kg:note "…" .'


def _thing(term: object, predicate: str, where: str, base: str, *, move: bool) -> str:
    if not isinstance(term, ox.NamedNode):
        raise DecisionError(f"{where}: {term} is not an IRI: {predicate.rpartition('#')[2]} is between two things", hint=_HINT)
    iri = term.value
    if move and base != DATA and iri.startswith(DATA) and not iri.startswith(base):
        return base + iri[len(DATA) :]
    return iri
