"""Values: dates, quotes, tallies of targets, quantities.

A date and a quote say something of the event or statement that they belong to; what remains of them is where they stand in the text,
a detail. A tally and a quantity are nodes of their own.
"""

from __future__ import annotations

from kgbuild import literals
from kgbuild import vocabulary as v
from kgbuild.mapping.arguments import edtf_of, parse_date
from kgbuild.mapping.attributes import annotate
from kgbuild.mapping.draft import Draft
from kgbuild.mapping.mentions import Mentions
from kgbuild.mapping.nodes import Nodes
from kgbuild.mapping.things import introduce, label_of


def values(draft: Draft, nodes: Nodes, mentions: Mentions) -> None:
    """Say every value of the document."""
    for unit_id, cls in draft.classes.items():
        if not draft.terms.is_a(cls, v.VALUE):
            continue
        unit = draft.units[unit_id]
        node = nodes.of(unit_id)
        if cls in (v.TARGET_TALLY, v.QUANTITY_VALUE):
            introduce(draft, node, unit, cls, label_of(unit))
            annotate(draft, node, unit, cls)
            if cls == v.QUANTITY_VALUE and not unit.attrs and unit.name:
                _amount(draft, node, unit.name)
        else:
            draft.detail(node, v.TYPE, f"<{cls}>")
            annotate(draft, node, unit, cls, spoken={v.EDTF}, detail=True)
            written = edtf_of(draft, unit)
            if written is not None and parse_date(draft, unit, written) is not None:
                draft.detail(node, v.EDTF, literals.string(written))
            if not unit.mentions and unit.name:
                draft.detail(node, v.LABEL, literals.string(unit.name, draft.language))
        mentions.denote(node, unit)


def _amount(draft: Draft, node: str, text: str) -> None:
    """A quantity given as a bare number is its amount; in words, its label says all there is."""
    try:
        draft.fact(node, v.AMOUNT, literals.typed(text, literals.XSD + "decimal"))
    except ValueError:
        return
