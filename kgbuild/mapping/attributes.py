"""A unit's attributes and remarks, said of its node.

An attribute is a property of the ontology, by label; its value is a concept's code, or a literal checked against the datatype. An
attribute that the ontology does not know is kept among the details as it was written, and reported.
"""

from __future__ import annotations

from collections.abc import Set

from kgbuild import literals
from kgbuild import vocabulary as v
from kgbuild.document import Scalar, Unit
from kgbuild.mapping.arguments import typed
from kgbuild.mapping.draft import Draft


def annotate(draft: Draft, node: str, unit: Unit, cls: str, *, spoken: Set[str] = frozenset(), detail: bool = False) -> None:
    """Say a unit's attributes, raw labels, note and confidence.

    ``spoken``: properties that the caller says itself. ``detail``: the node is a detail, so everything said of it is.
    """
    say = draft.detail if detail else draft.fact
    for name, values in unit.attrs.items():
        prop = draft.terms.find_attribute(name, cls)
        if prop in spoken:
            continue
        for value in values if isinstance(values, list) else [values]:
            if prop is None:
                _unknown(draft, node, unit, name, value)
            elif (term := value_term(draft, unit, prop, name, value)) is not None:
                say(node, prop, term)
    for label in draft.raw_labels.get(unit.id, ()):
        draft.detail(node, v.RAW_LABEL, literals.string(label))
    if unit.prov is not None:
        if unit.prov.note:
            draft.detail(node, v.NOTE, literals.string(unit.prov.note))
        if unit.prov.confidence is not None:
            draft.detail(node, v.CONFIDENCE, literals.typed(unit.prov.confidence, literals.XSD + "decimal"))


def value_term(draft: Draft, unit: Unit, prop: str, name: str, value: Scalar) -> str | None:
    """Write an attribute's value: a concept where its property has a scheme, else a literal of its datatype."""
    if draft.terms.ontology.is_datatype_property(prop):
        return typed(draft, unit, prop, name, value)
    concept = draft.terms.ontology.find_concept(str(value), prop)
    if concept is not None:
        return f"<{concept}>"
    message = f"{name} of unit “{unit.id}”: “{value}” is not in the scheme: kept as text; add a concept with that code, or correct it"
    draft.report("unknown-value", "kept", unit.id, message)
    return literals.string(str(value))


def _unknown(draft: Draft, node: str, unit: Unit, name: str, value: Scalar) -> None:
    written = str(value).lower() if isinstance(value, bool) else str(value)
    draft.detail(node, v.RAW_ATTRIBUTE, literals.string(f"{name}={written}"))
    message = f"attribute “{name}” of unit “{unit.id}” is not in the ontology: kept as it was written"
    draft.report("unknown-attribute", "kept", unit.id, message + "; give a property this label, or correct it", node)
