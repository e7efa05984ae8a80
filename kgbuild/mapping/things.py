"""What is said of every thing alike: its class, its label, its links, and that this article speaks of it."""

from __future__ import annotations

from kgbuild import iris, literals
from kgbuild import vocabulary as v
from kgbuild.document import Unit
from kgbuild.folding import fold
from kgbuild.mapping.attributes import annotate
from kgbuild.mapping.draft import Draft
from kgbuild.mapping.mentions import Mentions
from kgbuild.mapping.nodes import Nodes, name_of

_LABEL_LENGTH = 160


def label_of(unit: Unit) -> str:
    """The name, else the first mention's text, on one line and not too long; empty where the unit has neither."""
    text = unit.name or next((mention.text for mention in unit.mentions if mention.text), "")
    text = " ".join(text.split())
    return text if len(text) <= _LABEL_LENGTH else text[: _LABEL_LENGTH - 1].rstrip() + "…"


def introduce(draft: Draft, node: str, unit: Unit, cls: str, label: str) -> None:
    """Say a new thing's class, label, links and article."""
    draft.link(node, v.TYPE, cls)
    draft.link(node, v.REPORTED_IN, draft.article)
    if label:
        draft.fact(node, v.LABEL, literals.string(label, draft.language))
    for link in unit.links:
        iri = iris.expand(link, base=draft.terms.base)
        if iri is not None and iri != node and not draft.terms.links.differ(node, draft.terms.outside(iri)):
            draft.link(node, v.EXACT_MATCH, iri)


def entities(draft: Draft, nodes: Nodes, mentions: Mentions) -> None:
    """Say every entity and topic of the document. Of a reference thing only what the registry does not say already."""
    registry = draft.terms.registry
    for unit_id, cls in draft.classes.items():
        if draft.terms.is_a(cls, v.EVENT) or draft.terms.is_a(cls, v.STATEMENT) or draft.terms.is_a(cls, v.VALUE):
            continue
        unit = draft.units[unit_id]
        node = nodes.of(unit_id)
        if node in nodes.known:
            draft.link(node, v.REPORTED_IN, draft.article)
            labelled = bool(unit.labels) and all(draft.terms.find_class(label) is not None for label in unit.labels)
            if labelled and not any(draft.terms.is_a(known, cls) for known in registry.types(node)):
                draft.link(node, v.TYPE, cls)
        else:
            introduce(draft, node, unit, cls, label_of(unit))
        if node not in nodes.known or nodes.how.get(unit_id) == v.BY_DECISION:
            # what a decision made one with a reference thing is found by the article's name for it too
            for key in sorted({fold(text) for text in (unit.name or name_of(unit),) if text} - {""}):
                draft.fact(node, v.NAME_KEY, literals.string(key))
        annotate(draft, node, unit, cls)
        mentions.denote(node, unit)
