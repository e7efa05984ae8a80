"""Facts and ontology as one OWL 2 DL ontology: everything declared, days as moments, different things said to be different."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

import pyoxigraph as ox

from kgbuild import literals
from kgbuild import vocabulary as v
from kgbuild.exporting.selection import Selection
from kgbuild.iris import DATA, PREFIXES
from kgbuild.owl.documents import without_headers

#: name (also a suffix) -> format
FORMATS = {"rdf": ox.RdfFormat.RDF_XML, "owl": ox.RdfFormat.RDF_XML, "ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}

_RDF, _OWL = PREFIXES["rdf"], PREFIXES["owl"]
_DAY = re.compile(rf'"(-?[0-9-]+)"\^\^<{re.escape(literals.XSD)}date>$')
#: what an ontology may call a property; rdfs:label and its like need no declaration
_PROPERTY_TYPES = {_OWL + name for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
_BUILT_IN = (_RDF, PREFIXES["rdfs"], _OWL)


def owl_document(selection: Selection, ontology: Mapping[str, bytes], *, title: str, base: str = DATA) -> list[ox.Triple]:
    """The triples of one ontology without imports: the files of an ontology merged, and the facts selected, in a fixed order.

    ``kg:earliest`` becomes the first second of its day, ``kg:latest`` the last. Every subject is declared an individual. A property
    that the ontology does not declare becomes an annotation property and a class is declared, so that nothing is lost and OWL 2 DL
    holds. The reference things are said to be different from each other.

    Raises:
        OntologyError: a file of the ontology does not parse.
    """
    terms = _with_stable_blank_nodes(without_headers(ontology))
    lines = [_with_moments(line) for line in selection.lines]
    header = f"<{base}export>"
    lines += [f"{header} <{v.TYPE}> <{_OWL}Ontology>", f"{header} <{v.LABEL}> {literals.string(title, 'en')}"]
    lines += sorted(_declarations(selection.lines, terms))
    lines += _all_different(selection.reference_things)
    text = "".join(f"{line} .\n" for line in dict.fromkeys(lines))
    return [*terms, *(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES))]


def write(triples: Iterable[ox.Triple], output: IO[bytes], format_: str, *, base: str = DATA) -> None:
    """Write a document in one of :data:`FORMATS`; in Turtle and RDF/XML with the usual prefixes."""
    rdf = FORMATS[format_]
    prefixes = None if rdf == ox.RdfFormat.N_TRIPLES else {**PREFIXES, "data": base}
    ox.serialize(triples, output, rdf, prefixes=prefixes)


def _with_moments(line: str) -> str:
    """A day as the moment with which it begins or, as a latest bound, ends."""
    time = "23:59:59" if f" <{v.LATEST}> " in line else "00:00:00"
    return _DAY.sub(rf'"\1T{time}"^^<{literals.XSD}dateTime>', line)


def _declarations(facts: Iterable[str], terms: Iterable[ox.Triple]) -> set[str]:
    typed = {(str(term.subject)[1:-1], str(term.object)[1:-1]) for term in terms if term.predicate.value == v.TYPE}
    properties = {subject for subject, kind in typed if kind in _PROPERTY_TYPES}
    classes = {subject for subject, kind in typed if kind == _OWL + "Class"}
    found = set()
    for line in facts:
        subject, predicate, value = line.split(" ", 2)
        found.add(f"{subject} <{v.TYPE}> <{_OWL}NamedIndividual>")
        if predicate == f"<{v.TYPE}>":
            if value[1:-1] not in classes and not value[1:].startswith(_BUILT_IN):
                found.add(f"{value} <{v.TYPE}> <{_OWL}Class>")
        elif predicate[1:-1] not in properties and not predicate[1:].startswith(_BUILT_IN):
            found.add(f"{predicate} <{v.TYPE}> <{_OWL}AnnotationProperty>")
    return found


def _all_different(things: Sequence[str]) -> list[str]:
    """The axiom that these things are pairwise different, as an RDF list."""
    if len(things) < 2:
        return []
    nodes = [f"_:different{number}" for number in range(len(things))]
    lines = [f"_:different <{v.TYPE}> <{_OWL}AllDifferent>", f"_:different <{_OWL}distinctMembers> {nodes[0]}"]
    for node, following, thing in zip(nodes, [*nodes[1:], f"<{_RDF}nil>"], things, strict=True):
        lines += [f"{node} <{_RDF}first> {thing}", f"{node} <{_RDF}rest> {following}"]
    return lines


def _with_stable_blank_nodes(quads: Iterable[ox.Quad]) -> list[ox.Triple]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((quad.triple for quad in dataset), key=str)
