"""Identity: the node of each unit, computed from what identifies it.

Model page, section 3. A reference thing by link or alias; a new thing by its annotator's link, else by name where the ontology says
that the name identifies; an event, a statement or a tally by its key (:mod:`kgbuild.mapping.keys` says when two meet); everything else
by document and unit. What people decided comes last (:mod:`kgbuild.mapping.decided`).
"""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.document import Unit
from kgbuild.folding import fold
from kgbuild.mapping.arguments import Filled
from kgbuild.mapping.decided import Decided
from kgbuild.mapping.draft import Draft
from kgbuild.mapping.keys import Keys
from kgbuild.mapping.recognition import Recognition


class Nodes:
    """The nodes of one document's units, each computed once, in any order."""

    def __init__(self, draft: Draft, filled: dict[str, Filled]) -> None:
        self._draft = draft
        self._terms = draft.terms
        self._filled = filled
        self._recognition = Recognition(draft, filled)
        self._nodes: dict[str, str] = {}
        self._open: set[str] = set()
        #: things that the registry knows
        self.known: set[str] = set()
        #: id of an entity's unit -> how it was recognised, as a concept (IRI); filled when its node is computed
        self.how: dict[str, str] = {}
        self._keys = Keys(draft, filled, self.of)
        #: entities before decisions
        self._entities: dict[str, str] = {}
        links = draft.terms.links
        self._decided = Decided(links, self._keys, draft.own_iri, self.of, self._entities) if links else None

    def of(self, unit_id: str) -> str:
        """The node of a unit, as an IRI. Inside a cycle of keys: the article's own node, not remembered."""
        node = self._nodes.get(unit_id)
        if node is not None:
            return node
        if unit_id in self._open:
            return self._draft.own_iri(unit_id)
        self._open.add(unit_id)
        unit = self._draft.units[unit_id]
        cls = self._draft.classes[unit_id]
        if unit_id in self._filled or cls == v.TARGET_TALLY:
            node = self._keys.node(unit_id)
        elif self._terms.is_a(cls, v.VALUE):
            node = f"{self._draft.article}#value={self._terms.segment(unit_id)}" if cls != v.QUANTITY_VALUE else None
        else:
            self.how[unit_id] = v.BY_NEW
            node = self._entity(unit, cls)
        node = node or self._draft.own_iri(unit_id)
        if self._decided is not None and "#" not in node:
            node = self._by_decision(unit_id, node)
        self._open.discard(unit_id)
        self._nodes[unit_id] = node
        return node

    def _by_decision(self, unit_id: str, computed: str) -> str:
        """The node that decisions give a unit, in place of the computed one."""
        assert self._decided is not None
        if unit_id in self.how:
            self._entities[unit_id] = computed
        node = self._decided.settle(unit_id, computed, keyed=unit_id not in self.how)
        if node != computed and unit_id in self.how:
            self.how[unit_id] = v.BY_DECISION
            if self._terms.registry.types(node):
                self.known.add(node)
        return node

    def targets(self, edges: Iterable[tuple[str, str, str]], prop: str) -> list[str]:
        """The nodes that a property leads to."""
        return [self.of(unit_id) if unit_id else iri for p, unit_id, iri in edges if p == prop]

    # entities

    def _entity(self, unit: Unit, cls: str) -> str | None:
        linked, unknown_links = self._linked(unit)
        if len(linked) > 1:
            self._recognition.ambiguous(unit, "links", linked)
            return None
        if linked:
            self.known.add(linked[0])
            self.how[unit.id] = v.BY_LINK
            return linked[0]
        named, how = (None, v.BY_NEW) if unknown_links else self._recognition.named(unit, cls)
        if named is not None:
            self.known.add(named)
            self.how[unit.id] = how
            return named
        if unknown_links:
            self.how[unit.id] = v.BY_LINK
            return f"{self._terms.base}link/{self._terms.segment(iris.compress(unknown_links[0]))}"
        identity = self._terms.ontology.identity(cls)
        if identity is None or identity[1] != (v.NAME,):
            return None
        name = name_of(unit)
        key = fold(name) if name else ""
        if not key or (self._terms.is_a(cls, v.PERSON) and (len(name.split()) < 2 or self._recognition.names_post(unit))):
            return None
        kind = identity[0].rpartition("#")[2].lower()
        return f"{self._terms.base}name/{kind}/{self._terms.segment(key)}"

    def _linked(self, unit: Unit) -> tuple[list[str], list[str]]:
        """The reference things that the annotator's links name, and the links that the registry does not know; each sorted."""
        found: set[str] = set()
        unknown: set[str] = set()
        for link in unit.links:
            iri = iris.expand(link, base=self._terms.base)
            if iri is None:
                message = f"link “{link}” of unit “{unit.id}” is neither a CURIE of a known prefix nor an IRI; left out"
                self._draft.report("bad-link", "skipped", unit.id, message)
            elif (thing := self._terms.registry.by_link(iri)) is not None:
                found.add(thing)
            else:
                unknown.add(iri)
        return sorted(found), sorted(unknown)

    # events, statements, tallies

    def bounds(self, unit_id: str) -> tuple[str | None, str | None]:
        """The bounds of an event or statement: its own date's, else those of the events during which it was made."""
        return self._keys.bounds(unit_id)

    def is_general(self, unit_id: str) -> bool:
        """Claim that a transfer names no item: it has none, or only things that bear the name of weapons in general."""
        for prop, target, iri in self._filled[unit_id].edges:
            if prop != v.ITEM:
                continue
            if iri or self.of(target) in self.known:
                return False
            name = name_of(self._draft.units[target])
            if name and not self._terms.ontology.is_general_name(name, self._draft.classes[target]):
                return False
        return True


def name_of(unit: Unit) -> str:
    """The unit's name; without one, its longest mention that is written like a proper name; else empty.

    Few tools let an annotator give a name. "Ministerul Apărării" may stand for one, "o parte a presei" may not: in two articles it
    would be two things.
    """
    if unit.name:
        return unit.name
    return max((m.text for m in unit.mentions if m.text and _is_proper(m.text)), key=len, default="")


def _is_proper(text: str) -> bool:
    words = text.split()
    return bool(words) and not words[0][0].islower() and all(not word[0].islower() for word in words if len(word) > 3)
