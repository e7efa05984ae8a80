"""From the ontology's files, the queries and the shapes to the book that the pages show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kgbuild.documentation.diagrams import diagrams
from kgbuild.documentation.entries import Book, Entry, Module, Use
from kgbuild.documentation.links import Links, curie, labels, safe
from kgbuild.documentation.rows import Rows, header_rows
from kgbuild.documentation.usage import shapes as read_shapes
from kgbuild.documentation.usage import terms_of_query
from kgbuild.iris import KG, PREFIXES
from kgbuild.ontology import Ontology
from kgbuild.ontology.hierarchy import is_foreign
from kgbuild.ontology.names import local_name
from kgbuild.ontology.parsing import Statements, parse
from kgbuild.ontology.properties import COMPUTED
from kgbuild.query import Query

_RDF, _RDFS, _OWL, _SKOS = (PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "skos"))
_TYPE = _RDF + "type"
#: kinds by what a term is declared as, the first that fits; in the order of the page
_KINDS = (
    ("class", (_OWL + "Class", _RDFS + "Class")),
    ("relation", (_OWL + "ObjectProperty",)),
    ("attribute", (_OWL + "DatatypeProperty",)),
    ("scheme", (_SKOS + "ConceptScheme",)),
    ("annotation", (_OWL + "AnnotationProperty",)),
)
KINDS = ("class", "relation", "attribute", "scheme", "concept", "annotation", "individual")


def read(files: Mapping[str, bytes], queries: Mapping[str, Query], shapes: Mapping[str, bytes]) -> Book:
    """Read what the pages tell.

    Args:
        files: the ontology, file name -> Turtle.
        queries: the bundled queries by name.
        shapes: SHACL shapes, file name -> Turtle, and rules of the whole store, ``store/<name>.rq`` -> SPARQL; may be empty.

    Raises:
        OntologyError: broken Turtle, or an ontology that contradicts itself (see :meth:`Ontology.parse`).
    """
    ontology = Ontology.parse(files)
    statements, _digest = parse(files)
    kinds = _kinds_of(statements, ontology)
    links = Links(statements, kinds)
    query_uses, query_terms = _queries(queries, links)
    shape_uses, shape_terms = _shapes(shapes, links)
    rows = Rows(statements, ontology, links, kinds, query_terms, shape_terms)
    entries: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
    for iri in sorted(kinds, key=lambda iri: (links.term(iri).text.casefold(), iri)):
        entries[kinds[iri]].append(_entry(statements, ontology, links, rows, iri, kinds[iri]))
    root, modules = _modules(statements, links)
    drawn = diagrams(entries, [module.name for module in modules])
    return Book(root, modules, {kind: tuple(group) for kind, group in entries.items()}, query_uses, shape_uses, drawn)


def _kinds_of(statements: Statements, ontology: Ontology) -> dict[str, str]:
    """The terms that the ontology describes, with their kinds. What is only declared belongs to other vocabularies."""
    kinds: dict[str, str] = {}
    described = {subject for subject, predicate, _values in statements.said() if predicate != _TYPE}
    for iri in statements.subjects():
        types = set(statements.iris(iri, _TYPE))
        if is_foreign(iri) or _OWL + "Ontology" in types or not types or not (iri.startswith(KG) or iri in described):
            continue
        fitting = (kind for kind, classes in _KINDS if types & set(classes))
        kinds[iri] = next(fitting, "concept" if iri in ontology.concepts else "individual")
    return kinds


def _entry(statements: Statements, ontology: Ontology, links: Links, rows: Rows, iri: str, kind: str) -> Entry:
    definitions: dict[str, str] = {}
    for predicate in (_SKOS + "definition", _RDFS + "comment"):
        for text in statements.texts(iri, predicate):
            definitions.setdefault(text.language, text.value)
    parents = rows.parents(iri, kind)
    return Entry(
        iri=iri,
        curie=curie(iri),
        anchor=links.anchors[iri],
        kind=kind,
        module=next((local_name(module) for module in statements.iris(iri, _RDFS + "isDefinedBy")), ""),
        labels=labels(statements, iri),
        definitions=dict(sorted(definitions.items())),
        rows=rows.of(iri, kind),
        parents=tuple(links.anchors[parent] for parent in parents if parent in links.anchors),
        domains=tuple(links.anchors[cls] for cls in ontology.domains(iri) if cls in links.anchors),
        ranges=tuple(links.anchors[cls] for cls in ontology.ranges(iri) if cls in links.anchors),
        computed=statements.claims(iri, COMPUTED),
        deprecated=statements.claims(iri, _OWL + "deprecated"),
    )


_ByTerm = dict[str, list[Use]]


def _queries(queries: Mapping[str, Query], links: Links) -> tuple[tuple[Use, ...], _ByTerm]:
    """Each query with the terms that it names, and each term with the queries."""
    uses: list[Use] = []
    by_term: _ByTerm = defaultdict(list)
    for query in queries.values():
        found = sorted(iri for iri in terms_of_query(query.text) if iri in links.anchors)
        use = Use(query.name, f"query-{safe(query.name)}", query.summary, detail=query.description, terms=links.terms(found))
        uses.append(use)
        for iri in found:
            by_term[iri].append(use)
    return tuple(uses), by_term


def _shapes(files: Mapping[str, bytes], links: Links) -> tuple[tuple[Use, ...], _ByTerm]:
    uses: list[Use] = []
    by_term: _ByTerm = defaultdict(list)
    for shape in read_shapes(files):
        found = sorted(term for term in shape.terms if term in links.anchors)
        demands = shape.messages
        summary = demands.get("en") or demands.get("") or next(iter(demands.values()), "")
        anchor = f"shape-{safe(shape.name)}"
        while any(use.anchor == anchor for use in uses):
            anchor += "_"
        use = Use(shape.name, anchor, summary, demands.get("ro", ""), terms=links.terms(found))
        uses.append(use)
        for term in found:
            by_term[term].append(use)
    return tuple(uses), by_term


def _modules(statements: Statements, links: Links) -> tuple[Module, tuple[Module, ...]]:
    """The ontology that imports the others (else the first, else one without a name), and all the others."""
    found = [iri for iri in statements.subjects() if _OWL + "Ontology" in statements.iris(iri, _TYPE)]
    imported = {iri for other in found for iri in statements.iris(other, _OWL + "imports")}
    found.sort(key=lambda iri: (iri in imported, -len(statements.iris(iri, _OWL + "imports")), iri))
    made = [
        Module(
            iri,
            local_name(iri),
            labels(statements, iri),
            dict(sorted((text.language, text.value) for text in statements.texts(iri, PREFIXES["dct"] + "description"))),
            header_rows(statements, links, iri),
        )
        for iri in found
    ]
    if not made:
        return Module("", "", {}, {}), ()
    return made[0], tuple(made[1:])
