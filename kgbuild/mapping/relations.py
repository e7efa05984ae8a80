"""Relations between things: who holds which post, what is an organ of whom, who owns what.

A relation is one plain triple. One that carries mentions, attributes or a note of its own is also written as an rdf:Statement among
the details, so that nothing the annotator wrote is lost; a post held with dates is a PostTenure.
"""

from __future__ import annotations

from kgbuild import edtf, iris, literals
from kgbuild import vocabulary as v
from kgbuild.document import Unit
from kgbuild.mapping.arguments import parse_date, typed
from kgbuild.mapping.attributes import annotate
from kgbuild.mapping.classes import ends
from kgbuild.mapping.draft import Draft
from kgbuild.mapping.mentions import Mentions
from kgbuild.mapping.nodes import Nodes
from kgbuild.mapping.parties import Parties


def relate(draft: Draft, nodes: Nodes, parties: Parties, mentions: Mentions) -> None:
    """Say every relation of the document, and let ``parties`` know the posts and organs among them."""
    for unit in draft.units.values():
        if unit.kind == "relation":
            _relate(draft, nodes, parties, mentions, unit)


def _relate(draft: Draft, nodes: Nodes, parties: Parties, mentions: Mentions, unit: Unit) -> None:
    pair = ends(unit)
    if pair is None:
        draft.report("relation-without-ends", "skipped", unit.id, f"relation “{unit.id}” needs two arguments; left out")
        return
    sides = [_side(draft, nodes, unit, arg.role, arg.target) for arg in pair]
    source = sides[0]
    if source is None or (pair[1].target is not None and sides[1] is None):
        return
    label = unit.labels[0] if unit.labels else ""
    prop = draft.terms.ontology.find_relation(label)
    if prop is None:
        prop = v.RELATED_TO
        message = f"relation “{label}” of unit “{unit.id}” is not in the ontology: kept as relatedTo, with the raw role"
        draft.report("unknown-relation", "kept", unit.id, message + "; give a property this label, or correct it", source)
    if sides[1] is not None:
        target = f"<{sides[1]}>"
    elif pair[1].value is None:
        draft.report("relation-without-ends", "skipped", unit.id, f"relation “{unit.id}” has no target; left out")
        return
    else:
        written = typed(draft, unit, prop, label, pair[1].value)
        if written is None:
            return
        target = written
    draft.fact(source, prop, target)
    if sides[1] is not None:
        _learn(draft, parties, unit, prop, source, sides[1])
    if unit.mentions or unit.attrs or unit.prov is not None or prop == v.RELATED_TO or unit.id in draft.raw_labels:
        node = f"{draft.article}#relation={draft.terms.segment(unit.id)}"
        draft.detail(node, v.TYPE, f"<{v.REIFIED}>")
        draft.detail(node, v.SUBJECT, f"<{source}>")
        draft.detail(node, v.PREDICATE, f"<{prop}>")
        draft.detail(node, v.OBJECT, target)
        if prop == v.RELATED_TO:
            draft.detail(node, v.RAW_ROLE, literals.string(label))
        annotate(draft, node, unit, v.POST_TENURE if prop == v.HOLDS_POST else "", spoken={v.HELD_FROM, v.HELD_UNTIL}, detail=True)
        mentions.denote(node, unit)


def _side(draft: Draft, nodes: Nodes, unit: Unit, role: str, target: str | None) -> str | None:
    if target is None:
        return None
    if target in draft.classes:
        return nodes.of(target)
    iri = iris.expand(target, base=draft.terms.base) if target not in draft.units else None
    if iri is not None:
        return draft.terms.outside(iri)
    message = f"{role} of relation “{unit.id}” points to “{target}”, which is neither a thing of this document nor a CURIE or IRI"
    draft.report("dangling-target", "skipped", unit.id, message + "; the relation is left out")
    return None


def _learn(draft: Draft, parties: Parties, unit: Unit, prop: str, source: str, target: str) -> None:
    if prop == v.ORGAN_OF:
        parties.organ_of.setdefault(source, set()).add(target)
    elif prop == v.POST_OF:
        parties.post_of.setdefault(source, set()).add(target)
    elif prop == v.HOLDS_POST:
        term = _term(draft, unit)
        bounds = None if term is None else (term.earliest, term.latest)
        parties.holds.setdefault(source, []).append((target, bounds))
        if term is not None:
            _tenure(draft, source, target, term)


def _term(draft: Draft, unit: Unit) -> edtf.Edtf | None:
    """The term of office that the attributes ``from`` and ``until`` give, as one EDTF interval."""
    written = {}
    for name, value in unit.attrs.items():
        prop = draft.terms.find_attribute(name, v.POST_TENURE)
        if prop in (v.HELD_FROM, v.HELD_UNTIL) and not isinstance(value, list) and parse_date(draft, unit, str(value)) is not None:
            written[prop] = str(value)
    if not written:
        return None
    return parse_date(draft, unit, f"{written.get(v.HELD_FROM, '..')}/{written.get(v.HELD_UNTIL, '..')}")


def _tenure(draft: Draft, holder: str, post: str, term: edtf.Edtf) -> None:
    node = f"{draft.terms.base}tenure/{iris.digest(holder, post, term.text)}"
    draft.link(node, v.TYPE, v.POST_TENURE)
    draft.link(node, v.HOLDER, holder)
    draft.link(node, v.POST, post)
    draft.fact(node, v.P_DATE, literals.string(term.text))
    draft.link(node, v.REPORTED_IN, draft.article)
    if term.earliest is not None:
        draft.fact(node, v.EARLIEST, literals.day(term.earliest))
    if term.latest is not None:
        draft.fact(node, v.LATEST, literals.day(term.latest))
