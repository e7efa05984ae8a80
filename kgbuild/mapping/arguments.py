"""The arguments of an event or a statement, sorted by what they are: edges, dates, quotes, literals, and the unknown.

Nothing is said here yet and no node is computed: identity needs every unit's arguments first.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kgbuild import edtf, iris, literals
from kgbuild import vocabulary as v
from kgbuild.document import Arg, Scalar, Unit
from kgbuild.mapping.draft import Draft


@dataclass(slots=True)
class Filled:
    """The arguments of one unit."""

    #: (property, unit id, "") for a unit of the document, (property, "", IRI) for something outside it
    edges: list[tuple[str, str, str]] = field(default_factory=list)
    #: (property, term): literals and concepts
    terms: list[tuple[str, str]] = field(default_factory=list)
    dates: list[edtf.Edtf] = field(default_factory=list)
    #: ids of the Date and Quote units behind them
    date_units: list[str] = field(default_factory=list)
    quote_units: list[str] = field(default_factory=list)
    #: (raw role, unit id, term) of roles that the ontology does not know here
    unknown: list[tuple[str, str, str]] = field(default_factory=list)

    def bounds(self) -> tuple[str | None, str | None]:
        """The earliest and latest day of all its dates together; None where open or undated."""
        return hull(self.dates)


def hull(dates: list[edtf.Edtf]) -> tuple[str | None, str | None]:
    """The bounds of several dates together; an open end of one leaves that end open."""
    starts = [date.earliest for date in dates]
    ends = [date.latest for date in dates]
    earliest = min((d for d in starts if d is not None), default=None) if None not in starts else None
    latest = max((d for d in ends if d is not None), default=None) if None not in ends else None
    return earliest, latest


def dates_of(unit_id: str, filled: dict[str, Filled]) -> list[edtf.Edtf]:
    """The dates of an event or statement: its own, else those of the events during which it was made."""
    own = filled[unit_id]
    if own.dates:
        return own.dates
    during = (target for prop, target, _iri in own.edges if prop == v.MADE_DURING and target in filled)
    return [date for event in during for date in filled[event].dates]


def fill(draft: Draft, unit: Unit) -> Filled:
    """Sort the arguments of an event or a statement; report what does not fit."""
    filled = Filled()
    owner = draft.classes[unit.id]
    ontology = draft.terms.ontology
    for arg in unit.args:
        prop = draft.terms.find_role(arg.role, owner)
        if prop is None:
            _unknown(draft, unit, arg, owner, filled)
        elif prop == v.P_DATE:
            _date(draft, unit, arg, filled)
        elif prop == v.P_QUOTE:
            _quote(draft, unit, arg, filled)
        elif ontology.is_datatype_property(prop):
            _literal(draft, unit, arg, prop, filled)
        elif arg.target is not None:
            edge = _target(draft, unit, arg)
            if edge is not None:
                filled.edges.append((prop, *edge))
        elif arg.value is not None:
            _named(draft, unit, arg, prop, filled)
    return filled


def _target(draft: Draft, unit: Unit, arg: Arg) -> tuple[str, str] | None:
    assert arg.target is not None
    if arg.target in draft.units:
        return arg.target, ""
    iri = iris.expand(arg.target, base=draft.terms.base)
    if iri is not None:
        return "", draft.terms.outside(iri)
    message = f"{arg.role} of unit “{unit.id}” points to “{arg.target}”, which is neither a unit of this document nor a CURIE or IRI"
    draft.report("dangling-target", "skipped", unit.id, message + "; this argument is left out")
    return None


def _unknown(draft: Draft, unit: Unit, arg: Arg, owner: str, filled: Filled) -> None:
    name = owner.rpartition("#")[2]
    message = f"role “{arg.role}” of unit “{unit.id}” is not one that {name} has: kept as relatedTo, with the raw role"
    draft.report("unknown-role", "kept", unit.id, message + "; give the property this label and a domain that fits, or correct it")
    if arg.target is None:
        filled.unknown.append((arg.role, "", literals.string(str(arg.value))))
    elif (edge := _target(draft, unit, arg)) is not None:
        filled.unknown.append((arg.role, edge[0], f"<{edge[1]}>" if edge[1] else ""))


def _date(draft: Draft, unit: Unit, arg: Arg, filled: Filled) -> None:
    written: Scalar | list[Scalar] | None = arg.value
    of = unit
    if arg.target is not None:
        source = draft.units.get(arg.target)
        if source is None:
            _target(draft, unit, arg)
            return
        of, written = source, edtf_of(draft, source)
        filled.date_units.append(source.id)
        if written is None:
            if any(problem.code == "date-unread" and problem.unit == source.id for problem in draft.document.problems):
                return
            message = f"date “{source.id}” of unit “{unit.id}” has no EDTF value: it gives no bounds; add the attribute edtf"
            draft.report("date-without-value", "kept", source.id, message)
            return
    date = parse_date(draft, of, str(written))
    if date is not None:
        filled.dates.append(date)


def edtf_of(draft: Draft, unit: Unit) -> str | None:
    """The EDTF value that a Date unit carries in its attributes."""
    for name, value in unit.attrs.items():
        if draft.terms.find_attribute(name, draft.classes.get(unit.id, v.DATE)) == v.EDTF and not isinstance(value, list):
            return str(value)
    return None


def parse_date(draft: Draft, unit: Unit, written: str) -> edtf.Edtf | None:
    """Read an EDTF date, or report it and give None."""
    try:
        return edtf.parse(written)
    except ValueError as error:
        draft.report("ill-typed-value", "skipped", unit.id, f"date of unit “{unit.id}”: {error}; this date is left out")
        return None


def _quote(draft: Draft, unit: Unit, arg: Arg, filled: Filled) -> None:
    if arg.target is None:
        filled.terms.append((v.P_QUOTE, literals.string(str(arg.value), draft.language)))
        return
    source = draft.units.get(arg.target)
    if source is None:
        _target(draft, unit, arg)
        return
    filled.quote_units.append(source.id)
    for mention in source.mentions:
        if mention.text:
            filled.terms.append((v.P_QUOTE, literals.string(mention.text, draft.language)))


def _literal(draft: Draft, unit: Unit, arg: Arg, prop: str, filled: Filled) -> None:
    value = arg.value
    if arg.target is not None:
        source = draft.units.get(arg.target)
        if source is None:
            _target(draft, unit, arg)
            return
        value = source.name or next((mention.text for mention in source.mentions if mention.text), None)
    if value is not None and (term := typed(draft, unit, prop, arg.role, value)) is not None:
        filled.terms.append((prop, term))


def typed(draft: Draft, unit: Unit, prop: str, name: str, value: Scalar) -> str | None:
    """Write a value in the property's datatype, or report it and give None."""
    datatype = draft.terms.ontology.datatype(prop)
    try:
        if datatype is None or datatype == literals.XSD + "string":
            return literals.string(str(value) if not isinstance(value, bool) else str(value).lower())
        return literals.typed(value, datatype)
    except ValueError as error:
        draft.report("ill-typed-value", "skipped", unit.id, f"{name} of unit “{unit.id}”: {error}; this value is left out")
        return None


def _named(draft: Draft, unit: Unit, arg: Arg, prop: str, filled: Filled) -> None:
    """A literal where a thing is expected: a concept's code, or the thing's name."""
    ontology = draft.terms.ontology
    text = str(arg.value).strip()
    concept = ontology.find_concept(text, prop)
    if concept is not None:
        filled.terms.append((prop, f"<{concept}>"))
        return
    expected = ontology.range(prop)
    if expected is not None and any(draft.terms.is_a(expected, root) for root in (v.ENTITY, v.TOPIC, v.QUANTITY_VALUE)):
        # the id says which name it is, not which argument: the order of arguments means nothing
        made = Unit(f"{unit.id}-{arg.role}-{iris.digest(text)[:8]}", "entity", name=text)
        draft.units[made.id] = made
        draft.classes[made.id] = expected
        filled.edges.append((prop, made.id, ""))
        return
    filled.terms.append((prop, literals.string(text)))
    message = f"{arg.role} of unit “{unit.id}”: “{text}” is no known {_scheme(expected)}: kept as text"
    draft.report("unknown-value", "kept", unit.id, message + "; add it to the scheme, or correct it")


def _scheme(cls: str | None) -> str:
    return "value" if cls is None else cls.rpartition("#")[2]
