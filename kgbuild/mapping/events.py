"""Events as described, and the supply relations that arms transfers are part of."""

from __future__ import annotations

from kgbuild import iris, literals
from kgbuild import vocabulary as v
from kgbuild.document import Unit
from kgbuild.mapping.arguments import Filled
from kgbuild.mapping.attributes import annotate
from kgbuild.mapping.draft import Draft
from kgbuild.mapping.header import say_bounds
from kgbuild.mapping.mentions import Mentions
from kgbuild.mapping.nodes import Nodes
from kgbuild.mapping.parties import Parties
from kgbuild.mapping.things import introduce, label_of


def events(draft: Draft, nodes: Nodes, filled: dict[str, Filled], parties: Parties, mentions: Mentions) -> None:
    """Say every event of the document: its arguments, its dates, the states behind its parties."""
    for unit_id, arguments in filled.items():
        cls = draft.classes[unit_id]
        if draft.terms.is_a(cls, v.STATEMENT):
            continue
        unit = draft.units[unit_id]
        node = nodes.of(unit_id)
        introduce(draft, node, unit, cls, label_of(unit))
        say_arguments(draft, node, arguments, nodes)
        say_bounds(draft, node, arguments.bounds())
        behind = _states(draft, arguments, nodes, parties)
        for states in behind.values():
            for state in states:
                draft.link(node, v.PARTY_STATE, state)
        if draft.terms.is_a(cls, v.ARMS_TRANSFER):
            general = not arguments.dates and nodes.is_general(unit_id)
            _supplies(draft, node, behind.get(v.SUPPLIER, set()), behind.get(v.RECIPIENT, set()), general)
            if not general:
                _items(draft, node, arguments, nodes)
        for state in behind.get(v.ATTACKER, ()):
            draft.link(node, v.ATTACKER_STATE, state)
        annotate(draft, node, unit, cls)
        mentions.denote(node, unit)


def say_arguments(draft: Draft, node: str, arguments: Filled, nodes: Nodes) -> None:
    """Say the arguments of an event or a statement; those of unknown roles as related things."""
    for prop, unit_id, iri in arguments.edges:
        draft.link(node, prop, nodes.of(unit_id) if unit_id else iri)
    for prop, term in arguments.terms:
        draft.fact(node, prop, term)
    for date in arguments.dates:
        draft.fact(node, v.P_DATE, literals.string(date.text))
    for unit_id in arguments.date_units:
        draft.detail(node, v.DATE_VALUE, f"<{nodes.of(unit_id)}>")
    for unit_id in arguments.quote_units:
        draft.detail(node, v.QUOTATION, f"<{nodes.of(unit_id)}>")
    for role, unit_id, term in arguments.unknown:
        if unit_id or term.startswith("<"):
            draft.fact(node, v.RELATED_TO, f"<{nodes.of(unit_id)}>" if unit_id else term)
            draft.detail(node, v.RAW_ROLE, literals.string(role))
        else:
            draft.detail(node, v.RAW_ATTRIBUTE, literals.string(f"{role}={term[1:-1]}"))


def _states(draft: Draft, arguments: Filled, nodes: Nodes, parties: Parties) -> dict[str, set[str]]:
    """Role -> the states behind its fillers on the event's day, for the roles of parties."""
    when = arguments.bounds()
    behind: dict[str, set[str]] = {}
    for prop, unit_id, iri in arguments.edges:
        if draft.terms.names_party(prop):
            states = parties.behind(nodes.of(unit_id) if unit_id else iri, when)
            behind.setdefault(prop, set()).update(states)
    return behind


def _supplies(draft: Draft, transfer: str, suppliers: set[str], recipients: set[str], general: bool) -> None:
    for supplier in suppliers:
        for recipient in recipients - {supplier}:
            supply = f"{draft.terms.base}supply/{iris.digest(supplier, recipient)}"
            draft.link(transfer, v.PART_OF_SUPPLY, supply)
            if general:
                draft.link(transfer, v.STANDS_FOR, supply)
            draft.link(supply, v.TYPE, v.ARMS_SUPPLY)
            draft.link(supply, v.SUPPLIER, supplier)
            draft.link(supply, v.RECIPIENT, recipient)
            draft.link(supply, v.REPORTED_IN, draft.article)
            for language in ("en", "ro"):
                names = [_name(draft, state, language) for state in (supplier, recipient)]
                draft.fact(supply, v.LABEL, literals.string(" → ".join(names), language))


def _items(draft: Draft, transfer: str, arguments: Filled, nodes: Nodes) -> None:
    """Say of which classes the items are; and, of an item that bears the name of a class, that all of this class is meant.

    "Missiles" covers every missile, "KN-23" only itself: that decides which statements on one supply relation bear on each other.
    """
    for prop, unit_id, iri in arguments.edges:
        if prop != v.ITEM:
            continue
        item = nodes.of(unit_id) if unit_id else iri
        known = draft.terms.registry.types(item)
        for cls in known:
            draft.link(transfer, v.ITEM_CLASS, cls)
        if unit_id and not known:
            cls = draft.classes[unit_id]
            draft.link(transfer, v.ITEM_CLASS, cls)
            if draft.terms.find_class(label_of(draft.units[unit_id])) == cls:
                draft.link(transfer, v.COVERS_CLASS, cls)


def _name(draft: Draft, state: str, language: str) -> str:
    name = draft.terms.registry.label(state, language)
    return name or iris.compress(state, base=draft.terms.base)


def is_happening(draft: Draft, unit: Unit) -> bool:
    """Claim that a unit takes arguments: an event or a statement."""
    cls = draft.classes.get(unit.id)
    return cls is not None and (draft.terms.is_a(cls, v.EVENT) or draft.terms.is_a(cls, v.STATEMENT))
