"""The store as proposals ask it: facts of one thing at a time from the default graph, by point look-ups; small answers remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from kgbuild import vocabulary as v
from kgbuild.iris import KG, compress
from kgbuild.labels import labels
from kgbuild.ontology import Ontology
from kgbuild.stores import EmbeddedStore

_OWNERS = tuple(KG + name for name in ("organOf", "postOf", "represents", "locatedIn", "ownedBy"))
#: answers of one kind that are remembered
_REMEMBERED = 10_000
#: steps from a body to its state
_STEPS = 6


#: a thing (IRI) as people know it
Name = Callable[[str], str]


class Source:
    """Asks the store and the ontology."""

    def __init__(self, store: EmbeddedStore, ontology: Ontology, *, lang: str = "en", inferred: bool = False) -> None:
        """Take an open store and its ontology; ``inferred``: whatever is of a class is there of those above it, too."""
        self._inferred = inferred
        self._store = store
        self.ontology = ontology
        self._lang = lang
        self._reference = store.graphs.iri("reference")
        self._states: dict[str, frozenset[str]] = {}
        self._names: dict[str, str] = {}
        self._agents: dict[str, tuple[str, ...]] = {}
        self.parties = party_roles(ontology)

    @property
    def base(self) -> str:
        """What the store's IRIs begin with."""
        return self._store.base

    def of_classes(self, classes: Iterable[str]) -> Iterator[str]:
        """The things of any of some classes, each once; streams class by class."""
        chosen = frozenset(classes)
        # a class above others first: nearly all of their things are its own too, so that one look tells that they were met
        wanted = sorted(chosen, key=lambda cls: (-len(self.below(cls) & chosen), cls))
        if self._inferred:
            wanted = [cls for cls in wanted if not any(self.ontology.is_a(cls, other) for other in wanted if other != cls)]
        for number, cls in enumerate(wanted):
            for thing in self._store.subjects(v.TYPE, cls):
                if not any(self._store.says(thing, v.TYPE, other) for other in wanted[:number]):
                    yield thing

    def below(self, cls: str) -> frozenset[str]:
        """A class with all below it."""
        return frozenset(known for known in self.ontology.classes if self.ontology.is_a(known, cls))

    def facts(self, thing: str) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
        """What the knowledge graph says of a thing: property and value. Of what many articles tell, thousands."""
        return self._store.facts_of(thing)

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

    def events_of(self, agent: str) -> Iterator[str]:
        """The events that an agent is a party to."""
        for role in self.parties:
            yield from self._store.subjects(role, agent)

    def agents(self, event: str) -> tuple[str, ...]:
        """The parties of an event."""
        known = self._agents.get(event)
        if known is None:
            if len(self._agents) > _REMEMBERED:
                self._agents.clear()
            known = self._agents[event] = tuple(agent for role in self.parties for agent in self._store.objects(event, role))
        return known

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
