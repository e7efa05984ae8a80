"""The registry: reference things (states, posts, officials, missions, organizations, outlets, places, weapon types), found by name.

A mention becomes a reference thing through the annotator's link, else through a name: as written in the document's language, as written
in any language, then folded, among the things whose class fits. More than one candidate is ambiguous and stays so: never a guess.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from kgbuild import vocabulary as v
from kgbuild.folding import fold
from kgbuild.iris import DATA, KG
from kgbuild.registry import parsing
from kgbuild.registry.found import NOTHING, Found
from kgbuild.registry.indexing import index
from kgbuild.registry.names import Names

__all__ = ["Classes", "Found", "Registry", "Tenure"]

STATE = KG + "State"


class Classes(Protocol):
    """What finding by name asks of the ontology."""

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Claim that a class (IRI) is another, or lies below it."""
        ...


@dataclass(frozen=True, slots=True)
class Tenure:
    """A term in a post. ``earliest`` and ``latest`` are ISO dates, None where open or unknown; ``state``: whom the post speaks for."""

    holder: str
    post: str
    state: str | None
    earliest: str | None
    latest: str | None


@dataclass(frozen=True)
class Registry:
    """Reference data, indexed. Frozen and picklable; every question is answered by dictionary look-ups."""

    #: for graph/reference: the files' triples and one ``kg:nameKey`` per distinct folded name, as ``s p o``
    lines: frozenset[str] = field(repr=False)
    #: changes exactly when the triples do; layout and order of the files do not count
    hash: str
    _exact: Names = field(repr=False)
    _folded: Names = field(repr=False)
    _links: Mapping[str, str] = field(repr=False)
    _types: Mapping[str, tuple[str, ...]] = field(repr=False)
    _labels: Mapping[str, Mapping[str, str]] = field(repr=False)
    _organs: Mapping[str, tuple[str, ...]] = field(repr=False)
    _posts: Mapping[str, str] = field(repr=False)
    _tenures: Mapping[str, tuple[Tenure, ...]] = field(repr=False)

    @classmethod
    def parse(cls, files: Mapping[str, bytes], *, base: str = DATA) -> Registry:
        """Read reference files (name -> Turtle bytes). IRIs under the default data base are moved to ``base``.

        Raises ReferenceDataError (``file:line: …``).
        """
        lines = parsing.read(files, base=base)
        tables = index(lines)
        registry = cls(
            lines=frozenset(lines).union(tables.name_keys),
            hash=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
            _exact=Names(tables.exact),
            _folded=Names(tables.folded),
            _links=tables.links,
            _types={thing: tuple(classes) for thing, classes in tables.types.items()},
            _labels=dict(tables.labels),
            _organs={thing: tuple(bodies) for thing, bodies in tables.organs.items()},
            _posts=tables.posts,
            _tenures={},
        )
        # whom a post speaks for is asked of the registry itself, so the terms come last
        return replace(registry, _tenures=_tenures(registry, tables.terms.values()))

    def find(self, name: str, *, cls: str, lang: str, ontology: Classes) -> Found:
        """Find what a name means for a mention annotated as ``cls`` (IRI) in a document in ``lang`` (tag, or '').

        Returns the candidates of the first stage that has any, sorted: none, one (resolved), or several (ambiguous). A thing fits if its
        class is ``cls``, below or above it.
        """
        lang = lang.lower()
        for how, meanings in ((v.BY_ALIAS, self._exact.meanings(name, lang)), (v.BY_FOLDED, self._folded.meanings(fold(name), lang))):
            for things in meanings:
                if fitting := [thing for thing in things if self._fits(thing, cls, ontology)]:
                    return Found(fitting, how)
        return NOTHING

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


def _tenures(registry: Registry, terms: Iterable[Mapping[str, str]]) -> dict[str, tuple[Tenure, ...]]:
    tenures: defaultdict[str, list[Tenure]] = defaultdict(list)
    for term in terms:
        if parsing.HOLDER in term and parsing.POST in term:
            holder, post = term[parsing.HOLDER], term[parsing.POST]
            state = registry.state_of_post(post)
            tenures[holder].append(Tenure(holder, post, state, term.get(parsing.EARLIEST), term.get(parsing.LATEST)))
    return {holder: tuple(sorted(group, key=lambda term: (term.earliest or "", term.post))) for holder, group in tenures.items()}
