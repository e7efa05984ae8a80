"""Keys: what makes two descriptions of an event, a statement or a tally one thing. Model page, section 3, "Events that meet".

The ontology says by which properties a class is identified (``kg:identifiedBy``). A key is a hash over the class that carries the rule,
which its subclasses inherit, and for each property *all* of its values, sorted, each once; values of properties below it count as well.
So an article that names one participant more tells of another meeting, and the order in which anything was annotated means nothing.

- A date counts by its bounds: ``2024-01-16``, ``2024-01-16T10:00`` and ``2024-01-16~`` are one, ``2024-01`` is another. Two reports are not
  told to be of one event because one is vaguer. Bounds that are loose (:mod:`kgbuild.edtf`) tell no date.
- A statement without a date has that of the events during which it was made.
- A statement is about the relation of two parties where it is about an undated transfer, support or cooperation between them.
- With a value missing there is no key: the thing stays the article's own. So does a part (``subEventOf``) that has the key of its whole,
  and what rests on itself: a denial of a denial of the first.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.mapping.arguments import Filled, dates_of, hull
from kgbuild.mapping.draft import Draft

#: what stands for an open end of a date in a key; an undated thing has no key at all
_OPEN = ".."
#: keys that one key may rest on, one through the other; who is denied to have denied what was denied is lost long before
_DEEPEST = 40
#: undated, these stand for the relation of their parties, by these roles
_RELATIONS = (
    (v.ARMS_TRANSFER, (v.SUPPLIER, v.RECIPIENT)),
    (v.SUPPORT_PROVISION, (v.SUPPORTER, v.BENEFICIARY)),
    (v.COOPERATION, (v.PARTICIPANT,)),
)


class Keys:
    """The keys of one document's events, statements and tallies."""

    def __init__(self, draft: Draft, filled: dict[str, Filled], of: Callable[[str], str]) -> None:
        """Take the arguments of every event and statement; ``of`` gives the node of any unit."""
        self._draft = draft
        self._terms = draft.terms
        self._filled = filled
        self._of = of
        #: tally -> the events that have it
        self._owners: dict[str, list[str]] = {}
        #: event or statement -> the events, statements and tallies among its arguments, each with its property
        self._linked: dict[str, list[tuple[str, str]]] = {}
        for unit_id, arguments in filled.items():
            for prop, target, _iri in arguments.edges:
                if target in filled:
                    self._linked.setdefault(unit_id, []).append((prop, target))
                elif target and draft.classes.get(target) == v.TARGET_TALLY:
                    self._linked.setdefault(unit_id, []).append((prop, target))
                    self._owners.setdefault(target, []).append(unit_id)
        self._unsettled = self._circular()

    def supposing(self, of: Callable[[str], str]) -> Keys:
        """The same keys if the nodes of units were other ones."""
        other = copy(self)
        other._of = of
        return other

    def node(self, unit_id: str) -> str | None:
        """The IRI that a unit's key makes; None where it stays the article's own."""
        if unit_id in self._unsettled:
            return None
        key = self._key(unit_id)
        return None if key is None or key in self._wholes(unit_id) else key

    def _key(self, unit_id: str) -> str | None:
        cls = self._draft.classes[unit_id]
        identity = self._terms.ontology.identity(cls)
        if identity is None:
            return None
        carrier, props = identity
        parts = [carrier]
        for prop in props:
            values = self._values(unit_id, prop)
            if not values:
                return None
            parts += [prop, *sorted(set(values))]
        kind = carrier.rpartition("#")[2].lower()
        kind = {"targettally": "tally"}.get(kind, "statement" if kind == "statement" else "event")
        return f"{self._terms.base}{kind}/{iris.digest(*parts)}"

    def _values(self, unit_id: str, prop: str) -> list[str]:
        if self._draft.classes[unit_id] == v.TARGET_TALLY:
            return self._tally_values(unit_id, prop)
        filled = self._filled[unit_id]
        if prop == v.P_DATE:
            dates = dates_of(unit_id, self._filled)
            earliest, latest = hull(dates)
            loose = any(date.loose for date in dates)
            return [] if loose or (earliest is None and latest is None) else [f"{earliest or _OPEN}/{latest or _OPEN}"]
        if prop == v.STANCE:
            return [term for p, term in filled.terms if p == v.STANCE]
        if prop == v.ABOUT:
            return [self.topic(target) if target else iri for p, target, iri in filled.edges if p == v.ABOUT]
        counted = self._terms.narrower(prop)
        return self._nodes(filled, prop) + [term for p, term in filled.terms if p in counted]

    def _nodes(self, filled: Filled, prop: str) -> list[str]:
        """The nodes that a property, or one below it, leads to."""
        counted = self._terms.narrower(prop)
        return [self._of(target) if target else iri for p, target, iri in filled.edges if p in counted]

    def _tally_values(self, unit_id: str, prop: str) -> list[str]:
        if prop == v.TALLY:
            return [self._of(owner) for owner in self._owners.get(unit_id, ())]
        unit = self._draft.units[unit_id]
        return [str(value) for name, value in unit.attrs.items() if self._terms.find_attribute(name, v.TARGET_TALLY) == prop]

    def bounds(self, unit_id: str) -> tuple[str | None, str | None]:
        """The bounds of an event or statement: its own date's, else those of the events during which it was made."""
        return hull(dates_of(unit_id, self._filled))

    def topic(self, unit_id: str) -> str:
        """What a statement on this unit is about, for its identity.

        An undated transfer, support or cooperation stands for the relation of its parties, so that one denial reported twice is one
        denial; parties count as the states that they are organs of.
        """
        filled = self._filled.get(unit_id)
        if filled is None or filled.dates:
            return self._of(unit_id)
        cls = self._draft.classes[unit_id]
        for kind, roles in _RELATIONS:
            if self._terms.is_a(cls, kind):
                parties = [(role, self._nodes(filled, role)) for role in roles]
                if all(agents for _role, agents in parties):
                    parts = [part for role, agents in parties for part in (role, *sorted(self._states(agents)))]
                    return "relation:" + iris.digest(kind, *parts)
        return self._of(unit_id)

    def _states(self, agents: list[str]) -> set[str]:
        return {state for agent in agents for state in self._terms.registry.states_of(agent) or (agent,)}

    # what rests on what

    def _wholes(self, unit_id: str) -> set[str | None]:
        """The keys of what a unit is part of, directly or through others."""
        own = self._filled.get(unit_id)
        keys: set[str | None] = {iri for prop, _target, iri in own.edges if iri and prop == v.SUB_EVENT_OF} if own else set()
        seen = {unit_id}
        waiting = [unit_id]
        while waiting:
            for prop, target in self._linked.get(waiting.pop(), ()):
                if prop == v.SUB_EVENT_OF and target not in seen:
                    seen.add(target)
                    waiting.append(target)
                    keys.add(self._key(target))
        return keys

    def _needs(self, unit_id: str) -> tuple[str, ...]:
        """The events, statements and tallies whose nodes are values in a unit's key."""
        if unit_id in self._owners:
            return tuple(self._owners[unit_id])
        identity = self._terms.ontology.identity(self._draft.classes[unit_id])
        counted = [self._terms.narrower(prop) for prop in identity[1]] if identity else ()
        return tuple(target for prop, target in self._linked[unit_id] if any(prop in properties for properties in counted))

    def _circular(self) -> set[str]:
        """The units whose keys rest on themselves, or on such, or on more keys one above the other than anybody means."""
        waiting = {unit_id: needs for unit_id in (*self._linked, *self._owners) if (needs := self._needs(unit_id))}
        for _round in range(_DEEPEST):
            ready = [unit_id for unit_id, needs in waiting.items() if waiting.keys().isdisjoint(needs)]
            if not ready:
                break
            for unit_id in ready:
                del waiting[unit_id]
        return set(waiting)
