"""The mentions of the shipped articles: what they are recognised as, with and without the annotators' links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.document import Document
from kgbuild.mapping import Mapped, Mapper
from kgbuild.ontology import Ontology
from kgbuild.readers import read
from kgbuild.registry import Registry

CHECKOUT = Path(__file__).parents[2]
SEED = CHECKOUT.parent / "shared" / "seed"
FOLDERS = [
    pytest.param(CHECKOUT / "data" / "articles", id="shipped"),
    pytest.param(SEED, id="founding", marks=pytest.mark.skipif(not SEED.exists(), reason="the founding article is not there")),
]
#: persons whom the reference data does not know and should not: private ones, and those of one article
NEW_PERSONS = {"Gelu Voican Voiculescu", "Georgiana Arsene"}
#: links of the annotators that words alone cannot lead to are pronouns, adjectives and common nouns; of the rest at least this share is found
NAMED = 0.95


@cache
def _mapper() -> Mapper:
    files = [
        {path.name: path.read_bytes() for path in folder.glob("*.ttl")} for folder in (CHECKOUT / "ontology", CHECKOUT / "data/reference")
    ]
    return Mapper(Ontology.parse(files[0]), Registry.parse(files[1]))


@cache
def _mapped(folder: Path, *, links: bool = True) -> tuple[tuple[Document, Mapped], ...]:
    documents = [document for document in read([folder]) if isinstance(document, Document)]
    if not links:
        documents = [
            msgspec.structs.replace(document, units=tuple(msgspec.structs.replace(unit, links=()) for unit in document.units))
            for document in documents
        ]
    return tuple((document, _mapper().map((document,))) for document in documents)


def _mentions(mapped: Mapped) -> Iterator[tuple[str, str, str]]:
    """Yield (thing, way, anchor text) of each mention of an entity."""
    ways: dict[str, str] = {}
    texts: dict[str, str] = {}
    denoted: list[tuple[str, str]] = []
    for line in mapped.details:
        subject, predicate, term = line.split(" ", 2)
        if predicate == f"<{v.RESOLVED_BY}>":
            ways[subject] = term[1:-1]
        elif predicate == f"<{v.ANCHOR_TEXT}>":
            texts[subject] = term
        elif predicate == f"<{v.DENOTED_BY}>":
            denoted.append((subject[1:-1], term))
    for thing, mention in denoted:
        if mention in ways:
            yield thing, ways[mention], texts[mention]


def _classes(document: Document, mapped: Mapped, root: str) -> set[str]:
    """The nodes of a kind that an article speaks of."""
    mapper = _mapper()
    stated = {line.split(" ")[0][1:-1]: line.split(" ")[2][1:-1] for line in mapped.facts if f" <{v.TYPE}> " in line}
    things = {thing for thing, _way, _text in _mentions(mapped)}
    return {
        thing
        for thing in things
        if any(mapper.ontology.is_a(cls, root) for cls in (*mapper.registry.types(thing), *([stated[thing]] if thing in stated else [])))
    }


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_mention_of_a_state_is_recognised(folder: Path) -> None:
    count = 0
    for document, mapped in _mapped(folder):
        states = _classes(document, mapped, v.STATE)
        for thing, way, text in _mentions(mapped):
            if thing in states:
                count += 1
                assert way != v.BY_NEW, (document.id, text)
                assert _mapper().registry.types(thing), (document.id, text)
    assert count


@pytest.mark.parametrize("folder", FOLDERS)
def test_at_least_95_in_100_mentions_of_persons_are_recognised(folder: Path) -> None:
    ways: Counter[bool] = Counter()
    new = set()
    for document, mapped in _mapped(folder):
        persons = _classes(document, mapped, v.PERSON)
        for thing, way, _text in _mentions(mapped):
            if thing in persons:
                ways[way != v.BY_NEW] += 1
                new |= {thing} if way == v.BY_NEW else set()
    labels = {
        line.split(" ", 2)[2].rpartition('"')[0][1:]
        for _document, mapped in _mapped(folder)
        for line in mapped.facts
        if line.split(" ")[1] == f"<{v.LABEL}>" and line.split(" ")[0][1:-1] in new
    }
    assert labels <= NEW_PERSONS
    assert folder == SEED or ways[True] >= 0.95 * sum(ways.values())


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_name_alone_leads_to_another_thing_than_the_annotator_linked(folder: Path) -> None:
    """Each unit with a link is recognised again without it: as the same thing, or not at all."""
    right, open_ = Counter[str](), Counter[str]()
    mapper = _mapper()
    for (document, _linked), (_same, bare) in zip(_mapped(folder), _mapped(folder, links=False), strict=True):
        by_span: dict[str, set[str]] = {}
        for line in bare.details:
            subject, predicate, term = line.split(" ", 2)
            if predicate == f"<{v.DENOTED_BY}>":
                by_span.setdefault(term[1:-1].partition(";")[0], set()).add(subject[1:-1])
        for unit in document.units:
            things = {mapper.registry.by_link(iri) for link in unit.links if (iri := iris.expand(link))} - {None}
            if not things or not unit.mentions:
                continue
            begin, end = unit.mentions[0].spans[0]
            found = {thing for thing in by_span[f"{bare.iri}#char={begin},{end}"] if mapper.registry.types(thing)}
            # another unit may stand on the same words: a post beside its holder
            kinds = {cls for thing in things if thing for cls in mapper.registry.types(thing)}
            same_kind = {thing for thing in found if kinds & set(mapper.registry.types(thing))}
            assert same_kind <= things, (document.id, unit.id, unit.name)
            (right if same_kind else open_)[unit.name or unit.id] += 1
    assert sum(right.values()) >= NAMED * (sum(right.values()) + sum(open_.values())), open_


def test_the_ways_of_recognition_are_all_told() -> None:
    ways = Counter(way for _document, mapped in _mapped(CHECKOUT / "data" / "articles") for _thing, way, _text in _mentions(mapped))
    assert set(ways) == {v.BY_LINK, v.BY_ALIAS, v.BY_FOLDED, v.BY_NEW}
