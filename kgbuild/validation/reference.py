"""Check the reference data against the shapes, a part at a time: pyshacl takes more than twice the time for twice the graph."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild import vocabulary as v
from kgbuild.stores import Store
from kgbuild.validation.articles import Reading
from kgbuild.validation.context import Context, is_description
from kgbuild.validation.findings import Finding, order
from kgbuild.validation.shacl import Shapes, Triple

#: things of one part
_PART = 100


def reference_findings(store: Store, context: Context, shapes: Shapes) -> Iterator[list[Finding]]:
    """Yield the findings on the reference data, part by part, each gravest first. Raises OntologyError where SHACL refuses the shapes."""
    reference = store.graphs.iri("reference")
    by_thing: dict[str, list[Triple]] = {}
    query = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{reference}> {{ ?s ?p ?o FILTER(?p != <{v.NAME_KEY}>) }} }}"
    for s, p, o in store.select(query):
        if is_description(p.value, o):
            by_thing.setdefault(s.value, []).append((s, p, o))
    things = sorted(by_thing)
    for start in range(0, len(things), _PART):
        part = set(things[start : start + _PART])
        triples = [triple for thing in sorted(part) for triple in by_thing[thing]]
        # what the part says itself comes again as its context; a graph is a set
        around = [triple for triple in context.around(triples) if triple[0].value not in part]
        reading = Reading("", triples, around)
        results = shapes.validate([*triples, *around])
        yield sorted({reading.finding(result) for result in results if result.focus in part}, key=order)
