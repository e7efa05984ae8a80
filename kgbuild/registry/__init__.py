"""The registry: reference things (states, posts, officials, missions, organizations, outlets, places, weapon types), found by name.

A mention becomes a reference thing through the annotator's link, else through a name, among the things whose class fits, by the stages of
:mod:`kgbuild.registry.stages`; words that name a post may mean the person who held it (:mod:`kgbuild.registry.holders`). More than one
candidate is ambiguous and stays so: never a guess.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from kgbuild import vocabulary as v
from kgbuild.iris import DATA, KG
from kgbuild.registry import parsing
from kgbuild.registry.found import Found
from kgbuild.registry.holders import Bounds, Tenure, holders
from kgbuild.registry.indexing import index
from kgbuild.registry.loose import TAGS, Loose
from kgbuild.registry.names import Names
from kgbuild.registry.stages import Search

__all__ = ["Bounds", "Classes", "Found", "Registry", "Tenure"]

STATE = KG + "State"


class Classes(Protocol):
    """What finding by name asks of the ontology."""

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Claim that a class (IRI) is another, or lies below it."""
        ...


@dataclass(frozen=True)
class Registry:
    """Reference data, indexed. Frozen and picklable; every question is answered by dictionary look-ups."""

    #: for graph/reference: the files' triples and one ``kg:nameKey`` per distinct folded name, as ``s p o``
    lines: frozenset[str] = field(repr=False)
    #: changes exactly when the triples do; layout and order of the files do not count
    hash: str
    _search: Search = field(repr=False)
    _links: Mapping[str, str] = field(repr=False)
    _types: Mapping[str, tuple[str, ...]] = field(repr=False)
    _labels: Mapping[str, Mapping[str, str]] = field(repr=False)
    _organs: Mapping[str, tuple[str, ...]] = field(repr=False)
    _posts: Mapping[str, str] = field(repr=False)
    _tenures: Mapping[str, tuple[Tenure, ...]] = field(repr=False)
    _terms: Mapping[str, tuple[Tenure, ...]] = field(repr=False)

    @classmethod
    def parse(cls, files: Mapping[str, bytes], *, base: str = DATA) -> Registry:
        """Read reference files (name -> Turtle bytes). IRIs under the default data base are moved to ``base``.

        Raises ReferenceDataError (``file:line: …``).
        """
        lines = parsing.read(files, base=base)
        tables = index(lines)
        types = {thing: tuple(classes) for thing, classes in tables.types.items()}
        loose = Loose([entry for entry in tables.exact if entry[1] in TAGS], types)
        registry = cls(
            lines=frozenset(lines).union(tables.name_keys),
            hash=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
            _search=Search(Names(tables.exact), Names(tables.folded), loose),
            _links=tables.links,
            _types=types,
            _labels=dict(tables.labels),
            _organs={thing: tuple(bodies) for thing, bodies in tables.organs.items()},
            _posts=tables.posts,
            _tenures={},
            _terms={},
        )
        # whom a post speaks for is asked of the registry itself, so the terms come last
        terms = _tenures(registry, tables.terms.values())
        return replace(registry, _tenures=_by(terms, "holder"), _terms=_by(terms, "post"))

    def find(self, name: str, *, cls: str, lang: str, ontology: Classes) -> Found:
        """Find what a name means for a mention annotated as ``cls`` (IRI) in a document in ``lang`` (tag, or '').

        Returns the candidates of the first stage that has any, sorted: none, one (resolved), or several (ambiguous); and how they were
        found. A thing fits if its class is ``cls``, below or above it.
        """

        def fitting(things: Iterable[str]) -> list[str]:
            return [thing for thing in things if self._fits(thing, cls, ontology)]

        person = fitting if ontology.is_a(cls, v.PERSON) else None
        if person is None and ontology.is_a(v.PERSON, cls):
            person = self._persons
        sounds = person is not None or ontology.is_a(cls, v.PLACE) or ontology.is_a(v.PLACE, cls)
        return self._search.find(name, lang.lower(), fitting, person=person, post=self._post_things, sounds=sounds)

    def posts_named(self, name: str, *, lang: str) -> Found:
        """Find the posts that words name, for persons who are called by their post; by the stages for any thing."""
        return self._search.posts(name, lang.lower(), self._post_things)

    def held(self, post: str, when: Bounds) -> tuple[tuple[str, ...], bool]:
        """Who held a post within a range of days, sorted; and whether it was one person all the time (:func:`holders.holders`)."""
        return holders(self._terms.get(post, ()), when)

    def _post_things(self, things: Iterable[str]) -> list[str]:
        return [thing for thing in things if v.POST_CLASS in self.types(thing)]

    def _persons(self, things: Iterable[str]) -> list[str]:
        return [thing for thing in things if v.PERSON in self.types(thing)]

    def _fits(self, thing: str, cls: str, ontology: Classes) -> bool:
        return any(ontology.is_a(own, cls) or ontology.is_a(cls, own) for own in self.types(thing))

    def by_link(self, iri: str) -> str | None:
        """Find the thing that an IRI names: its own, or one it is linked with (``skos:exactMatch``, ``owl:sameAs``)."""
        return iri if iri in self._types else self._links.get(iri)

    def by_code(self, code: str) -> str | None:
        """Find a state or territory by its ISO 3166-1 code of two or three letters, in either case."""
        return self._links.get(code.upper()) if code.isascii() and len(code) in (2, 3) else None

    def types(self, thing: str) -> tuple[str, ...]:
        """The thing's classes, sorted; none if it is no reference thing."""
        return self._types.get(thing, ())

    def label(self, thing: str, lang: str) -> str:
        """The thing's name in a language; else in English, else the first there is, else its IRI."""
        labels = self._labels.get(thing, {})
        for language in (lang.lower(), lang.lower().split("-")[0], "en"):
            if language in labels:
                return labels[language]
        return next(iter(labels.values()), thing)

    def states_of(self, thing: str) -> tuple[str, ...]:
        """The states that a thing speaks for, sorted: a state for itself, a body or mission for the state whose organ it is."""
        states: set[str] = set()
        seen: set[str] = set()
        pending = [thing]
        while pending:
            current = pending.pop()
            if current not in seen:
                seen.add(current)
                if STATE in self.types(current):
                    states.add(current)
                pending.extend(self._organs.get(current, ()))
        return tuple(sorted(states))

    def state_of_post(self, post: str) -> str | None:
        """The state that a post belongs to, directly or through a body; None for one of an international organization."""
        states = self.states_of(self._posts.get(post, ""))
        return states[0] if len(states) == 1 else None

    def tenures(self, person: str) -> tuple[Tenure, ...]:
        """A person's terms in posts, in order of their beginning."""
        return self._tenures.get(person, ())


def _tenures(registry: Registry, terms: Iterable[Mapping[str, str]]) -> list[Tenure]:
    """The terms in order of their beginning."""
    tenures = []
    for term in terms:
        if parsing.HOLDER in term and parsing.POST in term:
            holder, post = term[parsing.HOLDER], term[parsing.POST]
            state = registry.state_of_post(post)
            tenures.append(Tenure(holder, post, state, term.get(parsing.EARLIEST), term.get(parsing.LATEST)))
    return sorted(tenures, key=lambda term: (term.earliest or "", term.post, term.holder))


def _by(terms: Iterable[Tenure], end: str) -> dict[str, tuple[Tenure, ...]]:
    grouped: defaultdict[str, list[Tenure]] = defaultdict(list)
    for term in terms:
        grouped[getattr(term, end)].append(term)
    return {thing: tuple(group) for thing, group in grouped.items()}
