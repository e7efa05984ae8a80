"""One way to say each thing: undo what tools change in an OWL ontology when they save it.

OWL's mapping to RDF leaves choices, and every tool takes others. None of these changes alters what the ontology means:

- a literal stands in its datatype's canonical form (true for 1, 7 for 007, 0.9 for 0.90), a cardinality as plain integer;
- a term of RDF, RDFS, OWL and XML Schema is not declared, a list's cells are not typed, but an anonymous class and restriction is;
- two members of an owl:AllDisjointClasses, AllDisjointProperties or AllDifferent are a plain pair; more members of an
  owl:AllDifferent are its owl:distinctMembers;
- a symmetric axiom (disjoint, equivalent, inverse, same, different) is said once, of the ontology's own term or else of the one
  that comes first;
- an annotated axiom is also said plainly; a thing with a class is a owl:NamedIndividual.

How lists are ordered and what is said twice is settled in writing, where there are words to compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kgbuild.iris import KG, KGS, PREFIXES
from kgbuild.turtle.graph import FIRST, LIST, NIL, REST, TYPE, Graph, Node, Subject, names

_BUILT_IN = tuple(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))
_XSD = PREFIXES["xsd"]
_CLASS, _RESTRICTION, _ONTOLOGY, _INDIVIDUAL, _AXIOM = names("owl", "Class", "Restriction", "Ontology", "NamedIndividual", "Axiom")
_THING, _DATA_RANGE, _ON_DATATYPE, _ON_PROPERTY = names("owl", "Thing", "DataRange", "onDatatype", "onProperty")
_SOURCE, _PROPERTY, _TARGET = names("owl", "annotatedSource", "annotatedProperty", "annotatedTarget")
_MEMBERS, _DISTINCT, _ALL_DIFFERENT, _DIFFERENT = names("owl", "members", "distinctMembers", "AllDifferent", "differentFrom")
_DISJOINT_CLASSES, _DISJOINT_PROPERTIES = names("owl", "AllDisjointClasses", "AllDisjointProperties")
_DISJOINT, _PROPERTY_DISJOINT, _INVERSE, _SAME = names("owl", "disjointWith", "propertyDisjointWith", "inverseOf", "sameAs")
(_DATATYPE,) = names("rdfs", "Datatype")

_CARDINALITIES = (
    *names("owl", "cardinality", "minCardinality", "maxCardinality"),
    *names("owl", "qualifiedCardinality", "minQualifiedCardinality", "maxQualifiedCardinality"),
)
_EXPRESSIONS = names("owl", "unionOf", "intersectionOf", "complementOf", "oneOf", "datatypeComplementOf")
_SYMMETRIC = (_DISJOINT, _PROPERTY_DISJOINT, _INVERSE, _SAME, _DIFFERENT, *names("owl", "equivalentClass", "equivalentProperty"))
#: what says of any number of things that they differ, and how a pair says it
_PAIRS = {_DISJOINT_CLASSES: _DISJOINT, _DISJOINT_PROPERTIES: _PROPERTY_DISJOINT, _ALL_DIFFERENT: _DIFFERENT}


def normalise(graph: Graph) -> Graph:
    """Give an equal ontology that says each thing in the one way described above; the given graph stays as it is.

    Only the first two points concern a graph without owl:Ontology and without OWL's words.
    """
    normal = graph.copy()
    for step in (_write_literals, _drop_built_in, _type_expressions, _count_in_integers, _pair, _say_annotated, _turn, _type_individuals):
        step(normal)
    return normal


def _write_literals(graph: Graph) -> None:
    for subject, predicate, value in list(graph):
        if isinstance(value, ox.Literal) and (plain := _literal(value)) is not value:
            graph.remove(subject, predicate, value)
            graph.add(subject, predicate, plain)


def _literal(literal: ox.Literal) -> ox.Literal:
    if literal.language:
        return literal
    datatype, text = literal.datatype.value, literal.value
    if datatype == _XSD + "boolean" and text in ("0", "1"):
        text = "true" if text == "1" else "false"
    elif datatype == _XSD + "integer" and re.fullmatch(r"[+-]?[0-9]+", text):
        digits = text.lstrip("+-").lstrip("0") or "0"
        text = f"-{digits}" if text[0] == "-" and digits != "0" else digits
    elif datatype == _XSD + "decimal" and re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", text):
        whole, _, fraction = text.lstrip("+-").partition(".")
        plain = f"{whole.lstrip('0') or '0'}.{fraction.rstrip('0') or '0'}"
        text = f"-{plain}" if text[0] == "-" and plain != "0.0" else plain
    return literal if text == literal.value else ox.Literal(text, datatype=literal.datatype)


def _drop_built_in(graph: Graph) -> None:
    for subject in graph.subjects():
        if isinstance(subject, ox.BlankNode):
            if FIRST in graph.predicates(subject) and REST in graph.predicates(subject):
                graph.remove(subject, TYPE, LIST)
        elif _is_built_in(subject) and graph.predicates(subject) == [TYPE] and all(map(_is_built_in, graph.values(subject, TYPE))):
            graph.discard(subject)


def _is_built_in(node: Node) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith(_BUILT_IN)


def _type_expressions(graph: Graph) -> None:
    for subject in graph.subjects():
        if not isinstance(subject, ox.BlankNode):
            continue
        said, kinds = graph.predicates(subject), graph.values(subject, TYPE)
        if _DATA_RANGE in kinds:
            graph.remove(subject, TYPE, _DATA_RANGE)
            graph.add(subject, TYPE, _DATATYPE)
        elif _ON_PROPERTY in said:
            graph.add(subject, TYPE, _RESTRICTION)
            graph.remove(subject, TYPE, _CLASS)
        elif not kinds and (_ON_DATATYPE in said or any(predicate in said for predicate in _EXPRESSIONS)):
            graph.add(subject, TYPE, _DATATYPE if _is_data(graph, subject) else _CLASS)


def _is_data(graph: Graph, node: Node, seen: frozenset[Node] = frozenset()) -> bool:
    """Claim that a class expression without a type is of data: a datatype, literals, or made of such."""
    if isinstance(node, ox.Literal):
        return True
    if _DATATYPE in graph.values(node, TYPE):
        return True
    if isinstance(node, ox.NamedNode):
        return node.value.startswith(_XSD)
    values = [value for predicate in _EXPRESSIONS for value in graph.values(node, predicate)]
    parts = [part for value in values for part in ([member for _, member in graph.cells(value) or ()] or [value])]
    return _ON_DATATYPE in graph.predicates(node) or any(_is_data(graph, part, seen | {node}) for part in parts if part not in seen)


def _count_in_integers(graph: Graph) -> None:
    for subject, predicate, value in list(graph):
        if predicate in _CARDINALITIES and isinstance(value, ox.Literal) and re.fullmatch(r"\+?[0-9]+", value.value):
            graph.remove(subject, predicate, value)
            graph.add(subject, predicate, _literal(ox.Literal(value.value, datatype=ox.NamedNode(_XSD + "integer"))))


def _pair(graph: Graph) -> None:
    references = graph.references()
    for subject, kind in [(s, o) for s, p, o in graph if p == TYPE and o in _PAIRS]:
        for members in graph.values(subject, _MEMBERS) if kind == _ALL_DIFFERENT else ():
            graph.remove(subject, _MEMBERS, members)
            graph.add(subject, _DISTINCT, members)
        predicate = _DISTINCT if kind == _ALL_DIFFERENT else _MEMBERS
        head = graph.value(subject, predicate)
        cells = None if head is None else graph.cells(head)
        plain = isinstance(subject, ox.BlankNode) and not references[subject] and set(graph.predicates(subject)) == {TYPE, predicate}
        if (
            plain
            and len(graph.values(subject, TYPE)) == 1
            and cells
            and len(cells) == 2
            and all(_is_alone(c, references) for c, _ in cells)
        ):
            (first, one), (second, other) = cells
            if isinstance(one, ox.Literal) or isinstance(other, ox.Literal) or one == other:
                continue
            for node in (subject, first, second):
                graph.discard(node)
            graph.add(one, _PAIRS[kind], other)  # type: ignore[index]


def _is_alone(cell: Subject, references: dict[ox.BlankNode, int]) -> bool:
    return isinstance(cell, ox.BlankNode) and references[cell] == 1


def _say_annotated(graph: Graph) -> None:
    for axiom, source, predicate, target in _annotated(graph):
        if _AXIOM in graph.values(axiom, TYPE):
            graph.add(source, predicate, target)


def _annotated(graph: Graph) -> Iterator[tuple[Subject, Subject, ox.NamedNode, Node]]:
    for axiom in graph.subjects():
        source, predicate, target = (graph.value(axiom, part) for part in (_SOURCE, _PROPERTY, _TARGET))
        if source is not None and not isinstance(source, ox.Literal) and isinstance(predicate, ox.NamedNode) and target is not None:
            yield axiom, source, predicate, target


def _turn(graph: Graph) -> None:
    bases = (KG, KGS, *(s.value for s in graph.subjects() if isinstance(s, ox.NamedNode) and _ONTOLOGY in graph.values(s, TYPE)))

    def comes_first(node: Node) -> tuple[bool, bool, str]:
        return not isinstance(node, ox.NamedNode), not node.value.startswith(bases), node.value

    def is_turned(subject: Node, predicate: ox.NamedNode, value: Node) -> bool:
        if predicate not in _SYMMETRIC or isinstance(value, ox.Literal):
            return False
        if predicate == _INVERSE and not (isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode)):
            return False  # an anonymous property, which is the inverse of the one named
        if isinstance(subject, ox.BlankNode) and isinstance(value, ox.BlankNode):
            return False
        return comes_first(value) < comes_first(subject)

    for axiom, source, predicate, target in list(_annotated(graph)):
        if is_turned(source, predicate, target):
            assert not isinstance(target, ox.Literal)
            graph.remove(axiom, _SOURCE, source)
            graph.remove(axiom, _TARGET, target)
            graph.add(axiom, _SOURCE, target)
            graph.add(axiom, _TARGET, source)
    for subject, predicate, value in list(graph):
        if is_turned(subject, predicate, value):
            assert not isinstance(value, ox.Literal)
            graph.remove(subject, predicate, value)
            graph.add(value, predicate, subject)


def _type_individuals(graph: Graph) -> None:
    if not any(_ONTOLOGY in graph.values(subject, TYPE) for subject in graph.subjects()):
        return
    for subject in graph.subjects():
        if isinstance(subject, ox.NamedNode) and subject != NIL and any(map(_is_for_individuals, graph.values(subject, TYPE))):
            graph.add(subject, TYPE, _INDIVIDUAL)


def _is_for_individuals(kind: Node) -> bool:
    return kind == _THING or not (isinstance(kind, ox.NamedNode) and kind.value.startswith((*_BUILT_IN, "http://www.w3.org/ns/shacl#")))
