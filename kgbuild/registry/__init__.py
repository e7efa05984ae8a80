"""The registry: reference things (states, posts, officials, missions, organizations, outlets, places, weapon types), found by name.

A mention becomes a reference thing through the annotator's link, else through a name: as written in the document's language, as written
in any language, then folded, among the things whose class fits. More than one candidate is ambiguous and stays so: never a guess.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Protocol

from kgbuild.folding import fold
from kgbuild.iris import DATA, KG
from kgbuild.registry import parsing

__all__ = ["Classes", "Registry", "Tenure"]

STATE = KG + "State"
_NAME_KEY = f"<{KG}nameKey>"
_CODES = (f"<{KG}isoAlpha2>", f"<{KG}isoAlpha3>")


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


def _plain(term: str) -> str:
    """An IRI without its angle brackets."""
    return term[1:-1]


def _text(literal: str) -> tuple[str, str]:
    """Read a literal in N-Triples syntax into (text, language tag or '')."""
    end = literal.rindex('"')
    text, suffix = literal[1:end], literal[end + 1 :]
    if "\\" in text:
        text = text.encode("latin-1", "backslashreplace").decode("unicode_escape")
    return text, suffix[1:] if suffix.startswith("@") else ""


class _Names:
    """A table of names, as written or folded.

    Nearly every name means one thing whatever the language; only the few that several things share keep their languages.
    """

    __slots__ = ("_owner", "_shared")

    def __init__(self, names: Collection[tuple[str, str, str]]) -> None:
        """Take (name, language tag, thing); empty names are left out."""
        self._owner: dict[str, str] = {}
        shared: set[str] = set()
        for name, _, thing in names:
            if self._owner.setdefault(name, thing) != thing:
                shared.add(name)
        self._owner.pop("", None)
        self._shared: dict[str, list[tuple[str, str]]] = {name: [] for name in shared if name}
        for name, lang, thing in names:
            if name in self._shared:
                self._shared[name].append((lang, thing))

    def meanings(self, name: str, lang: str) -> Iterator[set[str]]:
        """Yield the things of that name: in the language, in the language without its region, in any language."""
        if name in self._shared:
            for language in dict.fromkeys((lang, lang.split("-")[0])):
                yield {thing for tag, thing in self._shared[name] if tag == language}
            yield {thing for _, thing in self._shared[name]}
        elif name in self._owner:
            yield {self._owner[name]}


@dataclass(frozen=True)
class Registry:
    """Reference data, indexed. Frozen and picklable; every question is answered by dictionary look-ups."""

    #: for graph/reference: the files' triples and one ``kg:nameKey`` per distinct folded name, as ``s p o``
    lines: frozenset[str]
    #: changes exactly when the triples do; layout and order of the files do not count
    hash: str
    _exact: _Names = field(repr=False)
    _folded: _Names = field(repr=False)
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
        return _index(parsing.read(files, base=base))

    def find(self, name: str, *, cls: str, lang: str, ontology: Classes) -> tuple[str, ...]:
        """Find what a name means for a mention annotated as ``cls`` (IRI) in a document in ``lang`` (tag, or '').

        Returns the candidates of the first stage that has any, sorted: none, one (resolved), or several (ambiguous). A thing fits if its
        class is ``cls``, below or above it.
        """
        lang = lang.lower()
        for things in chain(self._exact.meanings(name, lang), self._folded.meanings(fold(name), lang)):
            if fitting := sorted(thing for thing in things if self._fits(thing, cls, ontology)):
                return tuple(fitting)
        return ()

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


def _index(lines: list[str]) -> Registry:
    """Index sorted lines."""
    names: list[tuple[str, str, str]] = []
    folds: list[tuple[str, str, str]] = []
    links: dict[str, str] = {}
    types: defaultdict[str, list[str]] = defaultdict(list)
    labels: defaultdict[str, dict[str, str]] = defaultdict(dict)
    organs: defaultdict[str, list[str]] = defaultdict(list)
    posts: dict[str, str] = {}
    terms: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        if predicate in (parsing.LABEL, parsing.ALIAS):
            text, lang = _text(value)
            thing, key = _plain(subject), fold(text)
            names.append((text, lang, thing))
            folds.append((key, lang, thing))
            if predicate == parsing.LABEL:
                labels[thing].setdefault(lang, text)
        elif predicate == parsing.TYPE:
            types[_plain(subject)].append(_plain(value))
        elif predicate in parsing.SAME:
            links[_plain(value)] = _plain(subject)
        elif predicate in _CODES:
            links[_text(value)[0]] = _plain(subject)
        elif predicate == parsing.ORGAN_OF:
            organs[_plain(subject)].append(_plain(value))
        elif predicate == parsing.POST_OF:
            posts[_plain(subject)] = _plain(value)
        elif predicate in (parsing.HOLDER, parsing.POST, parsing.EARLIEST, parsing.LATEST):
            terms[subject][predicate] = value
    registry = Registry(
        lines=frozenset(lines).union(f'<{thing}> {_NAME_KEY} "{key}"' for key, _, thing in folds if key),
        hash=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
        _exact=_Names(names),
        _folded=_Names(folds),
        _links=links,
        _types={thing: tuple(classes) for thing, classes in types.items()},
        _labels=dict(labels),
        _organs={thing: tuple(states) for thing, states in organs.items()},
        _posts=posts,
        _tenures={},
    )
    # who a post speaks for is asked of the registry itself, so the terms come last
    return replace(registry, _tenures=_by_holder(registry, terms.values()))


def _by_holder(registry: Registry, terms: Iterable[dict[str, str]]) -> dict[str, tuple[Tenure, ...]]:
    tenures: defaultdict[str, list[Tenure]] = defaultdict(list)
    for term in terms:
        if parsing.HOLDER in term and parsing.POST in term:
            holder, post = _plain(term[parsing.HOLDER]), _plain(term[parsing.POST])
            earliest, latest = (_text(term[bound])[0] if bound in term else None for bound in (parsing.EARLIEST, parsing.LATEST))
            tenures[holder].append(Tenure(holder, post, registry.state_of_post(post), earliest, latest))
    return {holder: tuple(sorted(group, key=lambda term: (term.earliest or "", term.post))) for holder, group in tenures.items()}
