"""Writing decisions: the file, in a stable order, a line each with the comments that stood before it; and graph ``links``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgbuild import iris, literals
from kgbuild.decisions.decision import DIFFERENT, PROPERTIES, SAME, UNSURE, Decision
from kgbuild.decisions.decisions import Decisions
from kgbuild.decisions.reading import AXIOM, DATE, NOTE, PROPERTY, SOURCE, TARGET, TYPE
from kgbuild.iris import DATA

_NAMES = {SAME: "owl:sameAs", DIFFERENT: "owl:differentFrom", UNSURE: "kg:unsureWhetherSameAs"}
#: what is written relative to the base: anything else could be read as something else
_RELATIVE = re.compile(r"(?!.*/\.{0,2}(/|$))[A-Za-z0-9_-]+/[^<>\"{}|^`\\\x00-\x20]+")
_HEAD = (
    "Decisions on which things are the same (owl:sameAs), different (owl:differentFrom), or unclear (kg:unsureWhetherSameAs).",
    "Written by kgbuild link decide, and yours to edit: deleting a decision undoes it with the next load.",
)
_DIRECTIVES = f"""\
@base <{DATA}> .
@prefix dct: <{iris.PREFIXES["dct"]}> .
@prefix kg: <{iris.KG}> .
@prefix owl: <{iris.PREFIXES["owl"]}> .
"""


def write(decisions: Decisions, *, base: str = DATA) -> str:
    """Write a file of decisions: equal decisions give equal text; :func:`kgbuild.decisions.parse` reads it back.

    IRIs under the store's ``base`` are written relative to the default one, so that a file serves stores of any base.
    """
    return "".join(_file(decisions, base))


def _file(decisions: Decisions, base: str) -> Iterator[str]:
    yield from _comments(decisions.head or _HEAD)
    yield _DIRECTIVES
    for decision in decisions:
        yield "\n"
        yield from _comments(decision.comments)
        one, other = (_term(thing, base) for thing in decision.pair)
        yield f"{one} {_NAMES[decision.verdict]} {other} .\n"
        if decision.note or decision.date:
            said = [f"kg:note {literals.string(decision.note)}"] if decision.note else []
            said += [f"dct:date {_date(decision.date)}"] if decision.date else []
            on = f"owl:annotatedSource {one} ; owl:annotatedProperty {_NAMES[decision.verdict]} ; owl:annotatedTarget {other}"
            yield f"[] a owl:Axiom ; {on} ; {' ; '.join(said)} .\n"
    if decisions.foot:
        yield "\n"
        yield from _comments(decisions.foot)


def _comments(comments: tuple[str, ...]) -> Iterator[str]:
    return (f"# {comment}".rstrip() + "\n" for comment in comments)


def _term(iri: str, base: str) -> str:
    own = iri[len(base) :] if iri.startswith(base) else ""
    if _RELATIVE.fullmatch(own):
        return f"<{own}>"
    return f"<{iri}>"


def _date(date: str) -> str:
    return f"{literals.string(date)}^^<{literals.XSD}date>" if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else literals.string(date)


def lines(decisions: Decisions, *, base: str = DATA) -> frozenset[str]:
    """Write decisions as lines ``s p o`` for graph ``links``."""
    return frozenset(line for decision in decisions for line in _lines(decision, base))


def _lines(decision: Decision, base: str) -> Iterator[str]:
    one, other = decision.pair
    said = PROPERTIES[decision.verdict]
    yield f"<{one}> <{said}> <{other}>"
    if decision.note or decision.date:
        node = f"<{base}decision/{iris.digest(one, said, other)}>"
        yield f"{node} <{TYPE}> <{AXIOM}>"
        yield f"{node} <{SOURCE}> <{one}>"
        yield f"{node} <{PROPERTY}> <{said}>"
        yield f"{node} <{TARGET}> <{other}>"
        if decision.note:
            yield f"{node} <{NOTE}> {literals.string(decision.note)}"
        if decision.date:
            yield f"{node} <{DATE}> {_date(decision.date)}"
