"""What a store knows, as rules ask for it: the default graph, with a change that is not written yet laid over it."""

from __future__ import annotations

from collections.abc import Collection

import pyoxigraph as ox

from kgbuild.rules import Fact
from kgbuild.stores.database import Database

_DEFAULT = ox.DefaultGraph()


class StoreKnowledge:
    """Facts of a store's default graph. What was asked for once is remembered, so one is made for each change."""

    def __init__(self, store: Database, inferred: str) -> None:
        self._store = store
        self._inferred = ox.NamedNode(inferred)
        self._terms: dict[str, ox.NamedNode | ox.Literal] = {}
        self._objects: dict[tuple[str, str], set[str]] = {}
        self._subjects: dict[tuple[str, str], set[str]] = {}
        #: what the change makes of facts, by the same keys: object or subject -> whether it is there
        self._objects_over: dict[tuple[str, str], dict[str, bool]] = {}
        self._subjects_over: dict[tuple[str, str], dict[str, bool]] = {}

    def objects(self, subject: str, predicate: str) -> Collection[str]:
        """The objects of a subject."""
        key = (subject, predicate)
        if key not in self._objects:
            quads = self._store.quads_for_pattern(self._node(subject), self._node(predicate), None, _DEFAULT)
            self._objects[key] = _laid_over({str(quad.object) for quad in quads}, self._objects_over.get(key))
        return self._objects[key]

    def subjects(self, predicate: str, object_: str) -> Collection[str]:
        """The subjects of an object."""
        key = (predicate, object_)
        if key not in self._subjects:
            quads = self._store.quads_for_pattern(None, self._node(predicate), self._term(object_), _DEFAULT)
            self._subjects[key] = _laid_over({str(quad.subject) for quad in quads}, self._subjects_over.get(key))
        return self._subjects[key]

    def add(self, fact: Fact) -> None:
        """Take in a fact."""
        self._note(fact, there=True)

    def discard(self, fact: Fact) -> None:
        """Take a fact out."""
        self._note(fact, there=False)

    def _note(self, fact: Fact, *, there: bool) -> None:
        subject, predicate, object_ = fact
        for known, over, key, value in (
            (self._objects, self._objects_over, (subject, predicate), object_),
            (self._subjects, self._subjects_over, (predicate, object_), subject),
        ):
            over.setdefault(key, {})[value] = there
            if key in known:
                _laid_over(known[key], {value: there})

    def is_inferred(self, fact: Fact) -> bool:
        """Claim that graph ``inferred`` holds a fact, before the change."""
        return ox.Quad(self._node(fact[0]), self._node(fact[1]), self._term(fact[2]), self._inferred) in self._store

    def _node(self, term: str) -> ox.NamedNode:
        node = self._term(term)
        assert isinstance(node, ox.NamedNode)
        return node

    def _term(self, term: str) -> ox.NamedNode | ox.Literal:
        node = self._terms.get(term)
        if node is None:
            node = self._terms[term] = ox.NamedNode(term[1:-1]) if term.startswith("<") else _literal(term)
        return node


def _laid_over(found: set[str], changes: dict[str, bool] | None) -> set[str]:
    for value, there in (changes or {}).items():
        if there:
            found.add(value)
        else:
            found.discard(value)
    return found


def _literal(term: str) -> ox.Literal:
    (quad,) = ox.parse(f"<x:x> <x:x> {term} .", ox.RdfFormat.N_TRIPLES, lenient=True)
    assert isinstance(quad.object, ox.Literal)
    return quad.object
