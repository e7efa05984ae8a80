"""Proposals for people to judge: each with names, kinds, and one sentence of an article for each side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kgbuild.explanation.asking import Asking
from kgbuild.explanation.evidence import articles_named, sentences
from kgbuild.explanation.writing import marked
from kgbuild.iris import compress
from kgbuild.linking.proposal import Proposal
from kgbuild.result import Cell, Column, Result
from kgbuild.table import clean, wrap

#: what a person fills in; read back by ``kgbuild link decide --from``
DECISION, NOTE = "decision", "note"
COLUMNS = (
    Column("score", "text", "from 0 to 1, how likely the two are one"),
    Column("kind", "text", "what they are"),
    Column("one", "entity", "the one"),
    Column("other", "entity", "the other"),
    Column("why", "text", "what speaks for it, and what against"),
    Column("oneArticle", "entity", "an article that tells of the one"),
    Column("oneText", "text", "a sentence there that names it"),
    Column("otherArticle", "entity", "an article that tells of the other"),
    Column("otherText", "text", "a sentence there that names it"),
    Column(DECISION, "text", "same, different or unsure: for you to fill in"),
    Column(NOTE, "text", "why, if you like"),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two things: its name, its class, an article that tells of it ("" for reference data alone), and a sentence there."""

    iri: str
    name: str
    kind: str
    article: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal with its two sides."""

    proposal: Proposal
    one: Side
    other: Side


def show(proposals: Iterable[Proposal], asking: Asking) -> Iterator[Shown]:
    """Give each proposal its sides."""
    for proposal in proposals:
        yield Shown(proposal, _side(proposal.one, asking), _side(proposal.other, asking))


def _side(thing: str, asking: Asking) -> Side:
    row = next(
        iter(asking.ask(f"SELECT (MIN(STR(?a)) AS ?article) WHERE {{ <{thing}> <https://w3id.org/kgbuild/ontology#reportedIn> ?a }}"))
    )
    article = row["article"].value if row["article"] is not None else ""
    found = sentences([thing], asking, article=article) if article else []
    types = asking.rows(f"<{thing}> a ?c FILTER NOT EXISTS {{ <{thing}> a ?d . ?d rdfs:subClassOf ?c FILTER(?d != ?c) }}", "c")
    kind = ", ".join(sorted(asking.say(cls) for (cls,) in types))
    title = articles_named([article], asking).get(article, "") if article else ""
    return Side(thing, asking.name(thing), kind, article, title, marked(found[0]) if found else "")


def lines(shown: Shown, number: int, total: int, *, base: str, width: int) -> Iterator[str]:
    """One proposal for reading, a line at a time."""
    yield f"{number} of {total:,}   score {shown.proposal.score:.2f}   {shown.proposal.kind}"
    for side in (shown.one, shown.other):
        yield from _wrapped(f"{side.name} ({side.kind})  {compress(side.iri, base=base)}", width, 2)
        yield from _wrapped(side.text or "(no sentence names it)", width, 6)
        yield from _wrapped(f"— {side.title}" if side.title else "— reference data", width, 6)
    yield from _wrapped(f"why: {shown.proposal.why}", width, 2)


def _wrapped(text: str, width: int, margin: int) -> Iterator[str]:
    for place, line in enumerate(wrap(clean(text), max(width - margin - 2, 24))):
        yield " " * (margin + (2 if place else 0)) + line


def result(shown: Iterable[Shown]) -> Result:
    """The proposals as the answer of a query, to be written in any format."""
    return Result(COLUMNS, tuple(tuple(_cells(one)) for one in shown))


def _cells(shown: Shown) -> Iterator[Cell]:
    proposal = shown.proposal
    yield _text(f"{proposal.score:.2f}")
    yield _text(proposal.kind)
    for side in (shown.one, shown.other):
        yield Cell((ox.NamedNode(side.iri),), (side.name,))
    yield _text(proposal.why)
    for side in (shown.one, shown.other):
        yield Cell((ox.NamedNode(side.article),), (side.title,)) if side.article else Cell()
        yield _text(side.text)
    yield Cell()
    yield Cell()


def _text(text: str) -> Cell:
    return Cell((ox.Literal(text),)) if text else Cell()
