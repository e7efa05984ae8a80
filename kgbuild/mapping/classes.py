"""The class of each unit, and relations that are arguments in disguise.

A label is looked up in the ontology; the unit's ``kind`` only picks the root class where no label is known. Tools that know binary
relations alone write "speaker" as a relation from statement to person: such a relation becomes an argument of its source.
"""

from __future__ import annotations

import msgspec

from kgbuild import vocabulary as v
from kgbuild.document import Arg, Unit
from kgbuild.mapping.draft import Draft
from kgbuild.mapping.shapes import ends, fold_attributes, reshape, shape_of
from kgbuild.mapping.terms import ROOTS


def classify(draft: Draft) -> None:
    """Give every unit of the document its class; leave out what a curator rejected."""
    for unit in draft.document.units:
        if unit.prov is not None and unit.prov.status == "rejected":
            draft.report("rejected-annotation", "skipped", unit.id, f"unit “{unit.id}” is marked as rejected by its annotator; left out")
            continue
        unit = shape_of(draft.terms, _foreign(draft, unit))
        draft.units[unit.id] = unit
        if unit.kind != "relation":
            draft.classes[unit.id] = _class_of(draft, unit)
            if unit.attrs:
                fold_attributes(draft, unit)
    for unit in [unit for unit in draft.units.values() if unit.args]:
        reshape(draft, unit)
    for unit in [unit for unit in draft.units.values() if unit.kind == "relation"]:
        _fold_into_source(draft, unit)


def _foreign(draft: Draft, unit: Unit) -> Unit:
    """Take the labels that a scheme turned into terms off the unit's attributes; they are told as raw labels."""
    values = unit.attrs.get(v.RAW_LABEL_ATTRIBUTE)
    if values is None:
        return unit
    draft.raw_labels[unit.id] = tuple(str(value) for value in (values if isinstance(values, list) else [values]))
    attrs = {name: value for name, value in unit.attrs.items() if name != v.RAW_LABEL_ATTRIBUTE}
    return msgspec.structs.replace(unit, attrs=attrs)


def _class_of(draft: Draft, unit: Unit) -> str:
    labels = unit.labels
    found = [cls for label in labels if (cls := draft.terms.find_class(label)) is not None]
    if len(found) < len(labels):
        raw = tuple(label for label in labels if draft.terms.find_class(label) is None)
        draft.raw_labels[unit.id] = (*draft.raw_labels.get(unit.id, ()), *raw)
        root = ROOTS[unit.kind].rpartition("#")[2]
        kept = "kept beside the known one" if found else f"loaded as {root}"
        for label in raw:
            message = f"label “{label}” of unit “{unit.id}” is not in the ontology: {kept}, with the raw label"
            advice = "; name its label set with --scheme, add it to a class as kg:annotationLabel, or correct it"
            draft.report("unknown-label", "kept", unit.id, message + advice)
    if not found:
        return ROOTS[unit.kind]
    if len(found) == 1:
        return found[0]
    specific = draft.terms.ontology.most_specific(found)
    if len(specific) > 1:
        names = ", ".join(sorted(cls.rpartition("#")[2] for cls in specific))
        draft.report("several-labels", "kept", unit.id, f"unit “{unit.id}” has labels of unrelated classes ({names}); the first is used")
        return next(cls for cls in found if cls in specific)
    return specific[0]


def _fold_into_source(draft: Draft, unit: Unit) -> None:
    pair = ends(unit)
    if pair is None or pair[0].target not in draft.classes or not unit.labels:
        return
    source, target = pair
    assert source.target is not None
    owner = draft.classes[source.target]
    if not (draft.terms.is_a(owner, v.EVENT) or draft.terms.is_a(owner, v.STATEMENT)):
        return
    if draft.terms.find_role(unit.labels[0], owner) is None:
        return
    of = draft.units[source.target]
    arg = Arg(unit.labels[0], target=target.target, value=target.value, attrs=unit.attrs)
    draft.units[of.id] = msgspec.structs.replace(of, args=(*of.args, arg))
    del draft.units[unit.id]
