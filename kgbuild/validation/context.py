"""What must stand beside a graph for it to be judged: the classes above its classes, and what its things refer to.

As little as will do, since every triple costs: of the reference data the things that the graph names and what these lead to, with one
or two labels; of other articles only what the thing is; of the ontology the superclasses of the classes that occur.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kgbuild import vocabulary as v
from kgbuild.iris import PREFIXES
from kgbuild.ontology import Ontology
from kgbuild.stores import Store
from kgbuild.validation.shacl import Triple

_SUBCLASS = PREFIXES["rdfs"] + "subClassOf"
_NAMES = {v.NAME_KEY, PREFIXES["skos"] + "altLabel", v.REPORTED_IN}
#: languages of which a reference thing's labels are taken: those that its rules speak of
_LANGUAGES = ("en", "ro", None)
_BATCH = 500


class Hierarchy:
    """The ontology's part: superclasses of classes, and the classes of concepts. Picklable."""

    def __init__(self, ontology: Ontology) -> None:
        self._above: dict[str, list[str]] = {}
        self._concepts: dict[str, list[str]] = {}
        for line in ontology.closure:
            term, predicate, above = line[1:-1].split("> <")
            if predicate == _SUBCLASS and term != above:
                self._above.setdefault(term, []).append(above)
        for line in ontology.lines:
            term, predicate, value = line.split(" ", 2)
            if predicate == f"<{v.TYPE}>" and term[1:-1] in ontology.concepts:
                self._concepts.setdefault(term[1:-1], []).append(value[1:-1])

    def concept(self, iri: str) -> Iterator[Triple]:
        """What a concept of the ontology's schemes is."""
        for cls in self._concepts.get(iri, ()):
            yield ox.NamedNode(iri), ox.NamedNode(v.TYPE), ox.NamedNode(cls)

    def above(self, classes: Iterable[str]) -> Iterator[Triple]:
        """The superclasses of some classes."""
        for cls in classes:
            for above in self._above.get(cls, ()):
                yield ox.NamedNode(cls), ox.NamedNode(_SUBCLASS), ox.NamedNode(above)


class Context:
    """The store's part, remembered for the next graph: what its reference data says of a thing."""

    def __init__(self, store: Store, hierarchy: Hierarchy) -> None:
        self._store = store
        self._hierarchy = hierarchy
        self._reference = store.graphs.iri("reference")
        self._ignored = ", ".join(f"<{store.graphs.iri(name)}>" for name in ("inferred", "derived", "runs", "records"))
        #: things of the reference data -> their description; others are not remembered, for they have no end
        self._known: dict[str, list[Triple]] = {}

    def around(self, triples: list[Triple]) -> list[Triple]:
        """What must stand beside these triples."""
        found: list[Triple] = []
        described = {s.value for s, p, _o in triples if p.value == v.TYPE}
        wanted = _objects(triples) | {s.value for s, _p, _o in triples}
        seen: set[str] = set()
        while wanted - seen:
            asked = wanted - seen
            seen |= asked
            known = self._describe(sorted(asked))
            elsewhere = [iri for iri in sorted(asked) if iri not in known and iri not in described]
            more = [triple for iri in sorted(known) for triple in known[iri]]
            found += more
            found += [triple for iri in elsewhere for triple in self._hierarchy.concept(iri)]
            concepts = {s.value for s, _p, _o in found}
            found += self._types([iri for iri in elsewhere if iri not in concepts])
            wanted = _objects(more)
        classes = {o.value for _s, p, o in (*triples, *found) if p.value == v.TYPE}
        return [*found, *self._hierarchy.above(sorted(classes))]

    def _describe(self, things: list[str]) -> dict[str, list[Triple]]:
        """What the reference data says of those of the things that it knows."""
        new = [iri for iri in things if iri not in self._known and iri.startswith(self._store.base)]
        for start in range(0, len(new), _BATCH):
            values = " ".join(f"<{iri}>" for iri in new[start : start + _BATCH])
            query = f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {values} }} GRAPH <{self._reference}> {{ ?s ?p ?o }} }}"
            for s, p, o in self._store.select(query):
                if is_description(p.value, o):
                    self._known.setdefault(s.value, []).append((s, p, o))
        return {iri: self._known[iri] for iri in things if iri in self._known}

    def _types(self, things: list[str]) -> list[Triple]:
        """What other articles, links or the ontology say that a thing is; nothing that was inferred."""
        found: list[Triple] = []
        for start in range(0, len(things), _BATCH):
            values = " ".join(f"<{iri}>" for iri in things[start : start + _BATCH])
            query = (
                f"SELECT DISTINCT ?s ?o WHERE {{ VALUES ?s {{ {values} }} "
                f"GRAPH ?g {{ ?s <{v.TYPE}> ?o }} FILTER(?g NOT IN ({self._ignored})) }}"
            )
            found += [(s, ox.NamedNode(v.TYPE), o) for s, o in self._store.select(query)]
        return found


def is_description(predicate: str, value: ox.NamedNode | ox.Literal) -> bool:
    """Claim that a statement of the reference data is one that shapes look at: all but names, of which the languages here stay."""
    return predicate not in _NAMES and (predicate != v.LABEL or not isinstance(value, ox.Literal) or value.language in _LANGUAGES)


def _objects(triples: Iterable[Triple]) -> set[str]:
    return {o.value for _s, p, o in triples if isinstance(o, ox.NamedNode) and p.value != v.TYPE}
