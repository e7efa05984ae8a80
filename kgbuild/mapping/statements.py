"""Statements: who said what about which event, with which stance, on whose behalf, through which channel."""

from __future__ import annotations

from kgbuild import literals
from kgbuild import vocabulary as v
from kgbuild.document import Unit
from kgbuild.mapping.arguments import Filled
from kgbuild.mapping.attributes import annotate, value_term
from kgbuild.mapping.draft import Draft
from kgbuild.mapping.events import say_arguments
from kgbuild.mapping.header import say_bounds
from kgbuild.mapping.mentions import Mentions
from kgbuild.mapping.nodes import Nodes
from kgbuild.mapping.parties import Bounds, Parties
from kgbuild.mapping.things import introduce, label_of


def settle_stance(draft: Draft, unit: Unit, arguments: Filled) -> None:
    """Find the statement's stance: its attribute, or the class that stands for a stance; make the class and the stance agree."""
    ontology = draft.terms.ontology
    cls = draft.classes[unit.id]
    stated: str | None = None
    for name, value in unit.attrs.items():
        prop = draft.terms.find_attribute(name, cls)
        if prop not in (v.STANCE, v.READS_AS):
            continue
        for one in value if isinstance(value, list) else [value]:
            term = value_term(draft, unit, prop, name, one)
            if term is not None:
                arguments.terms.append((prop, term))
                if prop == v.STANCE and term.startswith("<"):
                    stated = term[1:-1]
    implied = ontology.stance_of_class(cls)
    if stated is None and implied is not None:
        arguments.terms.append((v.STANCE, f"<{implied}>"))
    elif stated is not None:
        if implied is not None and implied != stated:
            name = cls.rpartition("#")[2]
            message = f"unit “{unit.id}” is labelled {name}, but its stance is “{stated.rpartition('-')[2]}”: the stance is used"
            draft.report("stance-conflict", "kept", unit.id, message)
        if cls == v.STATEMENT or implied is not None:
            draft.classes[unit.id] = ontology.class_of_stance(stated)
    elif not any(prop == v.STANCE for prop, _term in arguments.terms):
        message = f"statement “{unit.id}” has no stance: it takes no side in any answer; add the attribute stance"
        draft.report("no-stance", "kept", unit.id, message)


def statements(draft: Draft, nodes: Nodes, filled: dict[str, Filled], parties: Parties, mentions: Mentions) -> None:
    """Say every statement of the document."""
    order = After(draft, nodes, filled)
    figures = _figures(nodes, filled)
    for unit_id, arguments in filled.items():
        cls = draft.classes[unit_id]
        if not draft.terms.is_a(cls, v.STATEMENT):
            continue
        unit = draft.units[unit_id]
        node = nodes.of(unit_id)
        introduce(draft, node, unit, cls, _label(draft, unit, arguments, nodes))
        say_arguments(draft, node, arguments, nodes)
        bounds = order.bounds(unit_id)
        say_bounds(draft, node, bounds)
        if depth := order.depth(unit_id):
            draft.fact(node, v.AFTER_DEPTH, literals.integer(depth))
        for state in _states(nodes, arguments, parties, bounds):
            draft.link(node, v.SPEAKS_FOR, state)
        for prop, topic, _iri in arguments.edges:
            if prop == v.ABOUT and topic in filled:
                for value in figures.get(topic) or figures.get(nodes.of(topic)) or []:
                    draft.link(node, v.FIGURE, value)
        annotate(draft, node, unit, cls, spoken={v.STANCE, v.READS_AS})
        mentions.denote(node, unit)


def _figures(nodes: Nodes, filled: dict[str, Filled]) -> dict[str, list[str]]:
    """The tallies and quantities by event unit, and by node: two sides' descriptions of one strike meet, their figures stay apart."""
    found: dict[str, list[str]] = {}
    for unit_id, arguments in filled.items():
        for prop, value, _iri in arguments.edges:
            if prop in (v.TALLY, v.P_QUANTITY) and value:
                for key in (unit_id, nodes.of(unit_id)):
                    found.setdefault(key, []).append(nodes.of(value))
    return found


def _label(draft: Draft, unit: Unit, arguments: Filled, nodes: Nodes) -> str:
    """The statement's name, else "speaker: cue"."""
    cue = label_of(unit)
    if unit.name:
        return cue
    for prop, speaker, iri in arguments.edges:
        if prop == v.SPEAKER:
            node = nodes.of(speaker) if speaker else iri
            known = draft.terms.registry.label(node, draft.language) if node in nodes.known or not speaker else ""
            name = known or (label_of(draft.units[speaker]) if speaker else "")
            if name:
                return f"{name}: {cue}" if cue else name
    return cue


def _states(nodes: Nodes, arguments: Filled, parties: Parties, when: Bounds) -> set[str]:
    """The states that a statement counts for: those behind an explicit onBehalfOf, else those behind its speaker that day."""
    for role in (v.ON_BEHALF_OF, v.SPEAKER):
        states: set[str] = set()
        for agent in nodes.targets(arguments.edges, role):
            states |= parties.behind(agent, when)
        if states:
            return states
    return set()


class After:
    """The order that ``after`` gives to statements: bounds for undated ones, and how many steps lie below each."""

    def __init__(self, draft: Draft, nodes: Nodes, filled: dict[str, Filled]) -> None:
        self._draft = draft
        self._nodes = nodes
        self._before = {
            unit_id: [target for prop, target, _iri in arguments.edges if prop == v.AFTER and target in filled]
            for unit_id, arguments in filled.items()
        }
        self._depths: dict[str, int] = {}
        self._open: set[str] = set()

    def bounds(self, unit_id: str) -> Bounds:
        """The statement's own bounds; undated, the latest beginning among its predecessors is its earliest day."""
        own = self._nodes.bounds(unit_id)
        if own != (None, None):
            return own
        if unit_id in self._open:
            return None, None
        self._open.add(unit_id)
        earlier = [self.bounds(other)[0] for other in self._before[unit_id]]
        self._open.discard(unit_id)
        return max((day for day in earlier if day is not None), default=None), None

    def depth(self, unit_id: str) -> int:
        """The length of the longest chain of predecessors; a cycle is reported and ends the chain."""
        known = self._depths.get(unit_id)
        if known is not None:
            return known
        if unit_id in self._open:
            message = f"statement “{unit_id}” comes after itself through “after”: the order among these statements is not used"
            self._draft.report("after-cycle", "kept", unit_id, message)
            return 0
        self._open.add(unit_id)
        depth = max((1 + self.depth(other) for other in self._before[unit_id]), default=0)
        self._open.discard(unit_id)
        self._depths[unit_id] = depth
        return depth
