"""The store as proposals ask it: facts of one thing at a time from the default graph, by point look-ups; small answers remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from kgbuild import vocabulary as v
from kgbuild.iris import KG, compress
from kgbuild.labels import labels
from kgbuild.ontology import Ontology
from kgbuild.stores import Store

_OWNERS = tuple(KG + name for name in ("organOf", "postOf", "represents", "locatedIn", "ownedBy"))
#: answers of one kind that are remembered
_REMEMBERED = 10_000
#: steps from a body to its state
_STEPS = 6


#: a thing (IRI) as people know it
Name = Callable[[str], str]


class Source:
    """Asks the store and the ontology."""

    def __init__(self, store: Store, ontology: Ontology, *, lang: str = "en", inferred: bool = False) -> None:
        """Take an open store and its ontology; ``inferred``: whatever is of a class is there of those above it, too."""
        self._inferred = inferred
        self._store = store
        self.ontology = ontology
        self._lang = lang
        self._reference = store.graphs.iri("reference")
        self._states: dict[str, frozenset[str]] = {}
        self._names: dict[str, str] = {}
        self.parties = party_roles(ontology)

    @property
    def base(self) -> str:
        """What the store's IRIs begin with."""
        return self._store.base

    def of_classes(self, classes: Iterable[str]) -> Iterator[str]:
        """The things of any of some classes, each once; streams class by class."""
        wanted = self._heads_first(classes)
        for number, cls in enumerate(wanted):
            for thing in self._store.subjects(v.TYPE, cls):
                if not any(self._store.says(thing, v.TYPE, other) for other in wanted[:number]):
                    yield thing

    def facts_of_classes(self, classes: Iterable[str], predicates: Iterable[str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The things of any of some classes, each with what some properties say of it: (property, IRI or text).

        One query streams a class: a third of the time that asking for each thing takes. The engine goes from thing to thing, so that the
        facts of one come together; should it ever not, that is seen. Of its classes, the one that it was found by is left out.
        """
        wanted = self._heads_first(classes)
        listed = ", ".join(f"<{predicate}>" for predicate in sorted(predicates))
        met: set[int] = set()
        for number, cls in enumerate(wanted):
            rows = self._store.select(f"SELECT ?t ?p ?o {{ ?t a <{cls}> . ?t ?p ?o FILTER(?p IN ({listed}) && ?o != <{cls}>) }}")
            for thing, group in groupby(rows, key=lambda row: row[0].value):
                facts = [(predicate.value, value.value) for _thing, predicate, value in group]
                if any(self._store.says(thing, v.TYPE, other) for other in wanted[:number]):
                    continue
                assert hash(thing) not in met, "the facts of one thing came apart"
                met.add(hash(thing))
                yield thing, facts

    def _heads_first(self, classes: Iterable[str]) -> list[str]:
        """Classes, those above others first: their things are nearly all there are; with inferred classes, these alone."""
        chosen = frozenset(classes)
        wanted = sorted(chosen, key=lambda cls: (-len(self.below(cls) & chosen), cls))
        if not self._inferred:
            return wanted
        return [cls for cls in wanted if not any(self.ontology.is_a(cls, other) for other in wanted if other != cls)]

    def below(self, cls: str) -> frozenset[str]:
        """A class with all below it."""
        return frozenset(known for known in self.ontology.classes if self.ontology.is_a(known, cls))

    def texts(self, thing: str, predicate: str) -> Iterator[tuple[str, str]]:
        """The texts that a property gives, each with its language tag or ''."""
        return self._store.texts(thing, predicate)

    def is_reference(self, thing: str) -> bool:
        """Claim that the reference data has a thing."""
        return self._store.holds_subject(thing, self._reference)

    def states_behind(self, thing: str) -> frozenset[str]:
        """The states that a body, post or place belongs to, itself if it is one."""
        known = self._states.get(thing)
        if known is None:
            found, waiting, seen = set(), [thing], {thing}
            for _step in range(_STEPS):
                found |= {one for one in waiting if any(self.ontology.is_a(cls, v.STATE) for cls in self.objects(one, v.TYPE))}
                above = {owner for one in waiting for role in _OWNERS for owner in self.objects(one, role)} - seen
                seen |= above
                waiting = sorted(above)
            if len(self._states) > _REMEMBERED:
                self._states.clear()
            known = self._states[thing] = frozenset(found)
        return known

    def company(self, agent: str, most: int) -> set[str]:
        """The other parties of the events, so many at most, that an agent is a party to."""
        roles = ", ".join(f"<{role}>" for role in self.parties)
        events = f"SELECT ?e {{ ?e ?r <{agent}> FILTER(?r IN ({roles})) }} LIMIT {most}"
        rows = self._store.select(f"SELECT DISTINCT ?o {{ {{ {events} }} ?e ?p ?o FILTER(?p IN ({roles}) && ?o != <{agent}>) }}")
        return {other.value for (other,) in rows}

    def objects(self, thing: str, predicate: str) -> Iterator[str]:
        """The things that a property leads to."""
        return self._store.objects(thing, predicate)

    def lowest(self, types: Iterable[str]) -> tuple[str, ...]:
        """The most specific of some classes that the ontology knows, sorted."""
        return tuple(sorted(self.ontology.most_specific([cls for cls in types if cls in self.ontology.classes])))

    def may_be_one(self, mine: Iterable[str], yours: Iterable[str]) -> bool:
        """Claim that things of these classes may be one: some class of the one is a class of the other, or lies above it."""
        yours = tuple(yours)
        return any(self.ontology.is_a(one, other) or self.ontology.is_a(other, one) for one in mine for other in yours)

    def name(self, thing: str) -> str:
        """A thing for reading."""
        if thing not in self._names:
            if len(self._names) > _REMEMBERED:
                self._names.clear()
            found = labels([thing], self._store.select, self._lang)
            self._names[thing] = found.get(thing) or compress(thing, base=self.base)
        return self._names[thing]


def party_roles(ontology: Ontology) -> tuple[str, ...]:
    """The properties that lead from an event to its parties, as annotators use them."""
    left_out = (v.VIA, v.FORUM)
    found = []
    for prop in ontology.properties:
        filler = ontology.range(prop)
        agent = prop == v.TARGET or (filler is not None and ontology.is_a(filler, v.AGENT))
        owners = [owner for owner in ontology.domains(prop) if ontology.is_a(owner, v.EVENT)]
        written = any(ontology.find_role(prop.rpartition("#")[2], owner) == prop for owner in owners)
        if agent and written and prop not in left_out:
            found.append(prop)
    return tuple(sorted(found))
