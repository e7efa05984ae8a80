"""The service described in RDF: SPARQL 1.1 Service Description, VoID with class and property partitions, bundled queries as examples.

The numbers are those of the default graph, as the readers see it. Prefixes and examples follow the SHACL vocabulary (``sh:declare``,
``sh:SPARQLExecutable``), where query editors look for them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kgbuild.iris import PREFIXES
from kgbuild.iris import graph as graph_iri
from kgbuild.literals import string
from kgbuild.query import Query, load_queries
from kgbuild.resources import read_bundled
from kgbuild.serving.jobs import Description, Head
from kgbuild.serving.negotiation import TRIPLES, choose
from kgbuild.serving.output import Output
from kgbuild.serving.querying import RDF_FORMATS
from kgbuild.stores.graphs import MERGED, UNMERGED

__all__ = ["run_description"]

_VOCABULARIES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "sh": "http://www.w3.org/ns/shacl#",
}
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
_CLASSES = "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c"
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p"


def run_description(store: ox.Store, job: Description, output: Output, *, base: str) -> None:
    """Write the description. Raises Refused (406)."""
    media_type = choose(job.accept, TRIPLES)
    prefixes = {**PREFIXES, **_VOCABULARIES}
    header = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes.items())
    turtle = "\n".join([header, *_service(job), *_dataset(store, job, base), *_examples(job)])
    triples = ox.parse(turtle, ox.RdfFormat.TURTLE, base_iri=job.endpoint)
    output.begin(Head(media_type=media_type))
    output.write(ox.serialize((quad.triple for quad in triples), format=RDF_FORMATS[media_type], prefixes=prefixes) or b"")


def _service(job: Description) -> Iterator[str]:
    languages = "sd:SPARQL11Query" + (", sd:SPARQL11Update" if job.update else "")
    yield f"<#service> a sd:Service ; sd:endpoint <{job.endpoint}> ; sd:supportedLanguage {languages} ;"
    yield f"  sd:resultFormat {', '.join(f'<{_FORMATS}{name}>' for name in (*_RESULTS, *_GRAPHS))} ;"
    yield "  sd:feature sd:DereferencesURIs ; sd:defaultEntailmentRegime <http://www.w3.org/ns/entailment/Simple> ;"
    yield "  sd:defaultDataset <#dataset> ; sh:prefixes <#prefixes> ."
    yield "<#prefixes> a owl:Ontology"
    for prefix, iri in PREFIXES.items():
        yield f'  ; sh:declare [ sh:prefix {string(prefix)} ; sh:namespace "{iri}"^^xsd:anyURI ]'
    yield "."


def _dataset(store: ox.Store, job: Description, base: str) -> Iterator[str]:
    own = {name: graph_iri(name, base=base) for name in (*MERGED, *UNMERGED)}
    articles = _number(store, f"SELECT (COUNT(?a) AS ?n) {{ ?a a <{PREFIXES['kg']}Article> }}")
    yield f"<#dataset> a sd:Dataset, void:Dataset ; void:sparqlEndpoint <{job.endpoint}> ; sd:defaultGraph <#default> ;"
    yield f'  dct:title "kgbuild"@en ; void:uriSpace {string(base)} ; void:documents {articles} ;'
    yield f"  rdfs:comment {string(f'Beside the graphs named here, each article has a graph of its own: {articles} in all.', 'en')} ."
    for iri in own.values():
        if store.contains_named_graph(ox.NamedNode(iri)):
            yield f"<#dataset> sd:namedGraph [ a sd:NamedGraph ; sd:name <{iri}> ] ."
    properties = _counts(store, _PROPERTIES)
    triples = sum(count for _, count in properties)
    yield f"<#default> a sd:Graph, void:Dataset ; void:triples {triples} ; void:properties {len(properties)} ."
    for iri, count in properties:
        yield f"<#default> void:propertyPartition [ void:property <{iri}> ; void:triples {count} ] ."
    classes = _counts(store, _CLASSES)
    yield f"<#default> void:classes {len(classes)} ."
    for iri, count in classes:
        yield f"<#default> void:classPartition [ void:class <{iri}> ; void:entities {count} ] ."


def _examples(job: Description) -> Iterator[str]:
    """Each bundled query with its example values, where they can be bound without asking the store."""
    queries: dict[str, Query] = load_queries(read_bundled("queries", ".rq"))
    for query in queries.values():
        if any(param.required for param in query.params):
            continue  # its values are names, which only the store can resolve: /api/<name> takes them
        yield f"<#{query.name}> a sh:SPARQLExecutable, sh:SPARQLSelectExecutable ; sh:prefixes <#prefixes> ;"
        yield f"  rdfs:label {string(query.name)} ; rdfs:comment {string(query.summary, 'en')} ; sh:select {string(query.bind({}))} ."


def _counts(store: ox.Store, text: str) -> list[tuple[str, int]]:
    solutions = store.query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    return [(row[0].value, int(row[1].value)) for row in solutions if isinstance(row[0], ox.NamedNode)]


def _number(store: ox.Store, text: str) -> int:
    solutions = store.query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    return int(next(iter(solutions))[0].value)
