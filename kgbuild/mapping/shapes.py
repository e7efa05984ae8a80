"""Units whose class is of another shape than the one that they were annotated in.

Tools differ in what may have arguments, and annotators in what they draw: a class of events as a relation between two parties, a relation
as a word with two arguments, a literal argument on a person. What the label means decides:

    annotated as                              becomes
    a relation with a class of happenings     an event with the relation's ends as arguments
    an event with a relation for its label    that relation, shown by the event's words
    an argument of what is no happening       an attribute (a literal), or a relation to the argument (a unit, an IRI)
    a third argument of a relation            an attribute (a literal); anything else is left out, and reported
    an attribute of a happening that is a     an argument with a literal: tools that ask for values per passage know no other way to write
    role, or its date                         the quantity of a transfer

Nothing is asked of units in the shape that their class has, which is all but a few.
"""

from __future__ import annotations

from msgspec.structs import replace

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.document import Arg, Scalar, Unit
from kgbuild.mapping.draft import Draft
from kgbuild.mapping.terms import Terms

__all__ = ["ends", "fold_attributes", "reshape", "shape_of"]


def shape_of(terms: Terms, unit: Unit) -> Unit:
    """The unit as a relation or as an event, where its first label is of that other shape alone."""
    if not unit.labels or unit.kind not in ("relation", "event"):
        return unit
    label = unit.labels[0]
    cls = terms.find_class(label)
    if unit.kind == "relation":
        is_event = cls is not None and _is_happening(terms, cls) and terms.ontology.find_relation(label) is None
        return replace(unit, kind="event") if is_event else unit
    targets = [arg for arg in unit.args if arg.target is not None]
    if cls is None and len(targets) == 2 and terms.ontology.find_relation(label) is not None:
        return replace(unit, kind="relation")
    return unit


def ends(unit: Unit) -> tuple[Arg, Arg] | None:
    """The source and the target of a relation unit: by the roles of those names, else by order; None with fewer than two ends."""
    if len(unit.args) < 2:
        return None
    named = {arg.role.casefold(): arg for arg in unit.args}
    if "source" in named and "target" in named:
        return named["source"], named["target"]
    pointing = [arg for arg in unit.args if arg.target is not None]
    return (pointing[0], pointing[1]) if len(pointing) > 1 else (unit.args[0], unit.args[1])


def reshape(draft: Draft, unit: Unit) -> None:
    """Let what is said in arguments of a unit that takes none be said as attributes and relations."""
    if unit.kind == "relation":
        pair = ends(unit)
        others = [arg for arg in unit.args if pair and arg is not pair[0] and arg is not pair[1]]
    elif _is_happening(draft.terms, draft.classes[unit.id]):
        return
    else:
        others = list(unit.args)
    if not others:
        return
    attrs = dict(unit.attrs)
    for arg in others:
        if arg.value is not None:
            _add(attrs, arg.role, arg.value)
        elif unit.kind == "relation" or draft.terms.is_a(draft.classes[unit.id], v.VALUE):
            what = "a relation has two ends" if unit.kind == "relation" else f"{draft.classes[unit.id].rpartition('#')[2]} has no arguments"
            message = f"{arg.role} of unit “{unit.id}”: {what}: left out; annotate an event that has both as arguments"
            draft.report("argument-without-place", "skipped", unit.id, message)
        else:
            # the id says what the relation is, since two arguments of one role are two relations
            made = Unit(f"{unit.id}-{arg.role}-{iris.digest(str(arg.target))[:8]}", "relation", arg.role, attrs=arg.attrs)
            draft.units[made.id] = replace(made, args=(Arg("source", target=unit.id), Arg("target", target=arg.target)))
    kept = () if unit.kind != "relation" else tuple(arg for arg in unit.args if not any(arg is other for other in others))
    draft.units[unit.id] = replace(unit, args=kept, attrs=attrs)


def fold_attributes(draft: Draft, unit: Unit) -> None:
    """Make arguments of an event's or a statement's attributes that are roles of it, and no attributes; and of its date."""
    owner = draft.classes[unit.id]
    if not _is_happening(draft.terms, owner):
        return
    args = []
    for name, values in unit.attrs.items():
        known = draft.terms.find_attribute(name, owner)
        if known == v.P_DATE or (known is None and draft.terms.find_role(name, owner) is not None):
            args += [Arg(name, value=value) for value in (values if isinstance(values, list) else [values])]
    if args:
        roles = {arg.role for arg in args}
        attrs = {name: values for name, values in unit.attrs.items() if name not in roles}
        draft.units[unit.id] = replace(unit, args=(*unit.args, *args), attrs=attrs)


def _add(attrs: dict[str, Scalar | list[Scalar]], name: str, value: Scalar) -> None:
    known = attrs.get(name)
    if known is None:
        attrs[name] = value
    else:
        attrs[name] = [*known, value] if isinstance(known, list) else [known, value]


def _is_happening(terms: Terms, cls: str) -> bool:
    return terms.is_a(cls, v.EVENT) or terms.is_a(cls, v.STATEMENT)
