"""What decisions make of a unit's node: the one place where they take effect.

A decision names a thing as it stood in a graph when a person looked at it. An event's IRI is computed from those of its participants, so
that it becomes another one when two people are decided to be one. Therefore a unit answers to every name that its key could have given it
while its arguments went by any of the names of their classes; then neither the order nor the time of decisions makes a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from math import prod

from kgbuild.decisions import Links
from kgbuild.mapping.keys import Keys

#: IRI of a unit's node, by unit id
Of = Callable[[str], str]

#: names of one unit that are tried: an event of six people, each of whom goes by two names, has 64
_MOST_NAMES = 256


class Decided:
    """Settles the nodes of one document's units."""

    def __init__(self, links: Links, keys: Keys, own: Of, of: Of, entities: Mapping[str, str]) -> None:
        """Take the decisions, the keys, and by a unit's id: its own IRI, its settled node; of entities, the node as computed."""
        self._links = links
        self._entities = entities
        self._keys = keys
        self._own = own
        self._of = of
        self._plain: dict[str, str] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._open: set[str] = set()

    def settle(self, unit_id: str, computed: str, *, keyed: bool) -> str:
        """The node of a unit whose computed node is given; ``keyed``: that was computed from the nodes of other units.

        In this order: what is decided of the unit's own IRI (the same as something, or different from the computed node); that the key
        without decisions is different from the key with them; what is decided of any of its names.
        """
        links = self._links
        own = self._own(unit_id)
        if own != computed and links.joins(own):
            return links.canonical(own)
        if own != computed and links.differ(own, computed):
            return own
        if not keyed or not links.keyed:
            return links.canonical(computed)
        plain = self._without_decisions(unit_id)
        if plain != computed and links.differ(plain, computed):
            return links.canonical(plain)
        found = {links.canonical(name) for name in self._nodes_of(unit_id) if links.joins(name) and not links.differ(name, computed)}
        return min(found, default=links.canonical(computed))

    def _without_decisions(self, unit_id: str) -> str:
        """What a unit's node would be if nothing were decided."""
        known = self._entities.get(unit_id) or self._plain.get(unit_id)
        if known is None:
            self._plain[unit_id] = self._own(unit_id)  # inside a cycle of keys
            known = self._plain[unit_id] = self._keys.supposing(self._without_decisions).node(unit_id) or self._own(unit_id)
        return known

    def _nodes_of(self, unit_id: str) -> Iterable[str]:
        """The nodes that a unit's key gives for all names of its arguments."""
        asked: list[str] = []

        def recording(argument: str) -> str:
            asked.append(argument)
            return self._of(argument)

        now = self._keys.supposing(recording).node(unit_id)
        if now is None:
            return ()
        arguments = list(dict.fromkeys(asked))
        names = [sorted(self._names_of(argument)) for argument in arguments]
        if prod(map(len, names)) > _MOST_NAMES:
            return (now, self._without_decisions(unit_id))
        keys = {now, self._without_decisions(unit_id)}
        for chosen in product(*names):
            supposed = dict(zip(arguments, chosen, strict=True))
            if key := self._keys.supposing(supposed.__getitem__).node(unit_id):
                keys.add(key)
        return keys

    def _names_of(self, unit_id: str) -> frozenset[str]:
        """All names under which a unit may stand in a key."""
        known = self._names.get(unit_id)
        if known is None:
            node = self._of(unit_id)
            self._names[unit_id] = self._links.members(node)  # inside a cycle of keys
            others = {self._entities[unit_id]} if unit_id in self._entities else set(self._nodes_of(unit_id))
            known = self._names[unit_id] = self._links.members(node) | others
        return known
