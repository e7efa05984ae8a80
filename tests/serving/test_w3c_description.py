"""The W3C's tests of the service description, which are prose: RDF comes, it names the endpoint that was asked, it keeps to the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from tests.serving.conftest import Server

SD = "http://www.w3.org/ns/sparql-service-description#"
A = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
#: property -> class of its subjects, class of its objects (SPARQL 1.1 Service Description, section 3.4); "" for any
SCHEMA = {
    "endpoint": ("Service", ""),
    "feature": ("Service", ""),
    "defaultEntailmentRegime": ("Service", ""),
    "supportedLanguage": ("Service", ""),
    "resultFormat": ("Service", ""),
    "inputFormat": ("Service", ""),
    "languageExtension": ("Service", ""),
    "defaultDataset": ("Service", "Dataset"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"),
    "name": ("NamedGraph", ""),
    "graph": ("NamedGraph", "Graph"),
}
FEATURES = {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"}
LANGUAGES = {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"}


def _described(server: Server, accept: str = "") -> ox.Store:
    reply = server.request("GET", "/sparql", headers={"Accept": accept} if accept else {})
    fmt = ox.RdfFormat.from_media_type(reply.type)
    assert reply.status == 200
    assert fmt is not None
    store = ox.Store()
    store.load(reply.body, fmt, base_iri=server.url)
    return store


@pytest.mark.parametrize("accept", ["", "*/*", "text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"])
def test_returns_rdf(reading: Server, accept: str) -> None:
    assert len(_described(reading, accept)) == len(_described(reading)) > 100


def test_has_endpoint_triple(reading: Server) -> None:
    found = _described(reading).quads_for_pattern(None, ox.NamedNode(SD + "endpoint"), None)
    assert [quad.object for quad in found] == [ox.NamedNode(reading.url + "sparql")]


def test_conforms_to_schema(reading: Server) -> None:
    store = _described(reading)
    used = {quad.predicate.value for quad in store} | {quad.object.value for quad in store.quads_for_pattern(None, A, None)}  # type: ignore[union-attr]
    classes = {"Service", "Dataset", "Graph", "NamedGraph"}
    assert {iri.removeprefix(SD) for iri in used if iri.startswith(SD)} <= SCHEMA.keys() | classes
    for name, (of_subject, of_object) in SCHEMA.items():
        for quad in store.quads_for_pattern(None, ox.NamedNode(SD + name), None):
            assert not of_subject or ox.Quad(quad.subject, A, ox.NamedNode(SD + of_subject)) in store, quad
            assert not of_object or ox.Quad(quad.object, A, ox.NamedNode(SD + of_object)) in store, quad  # type: ignore[arg-type]
    for name, values in (("feature", FEATURES), ("supportedLanguage", LANGUAGES)):
        for quad in store.quads_for_pattern(None, ox.NamedNode(SD + name), None):
            assert quad.object.value.removeprefix(SD) in values  # type: ignore[union-attr]


def test_what_it_offers_is_true(reading: Server, writable: Server) -> None:
    update = ox.NamedNode(SD + "SPARQL11Update")
    offered = [bool(list(_described(one).quads_for_pattern(None, None, update))) for one in (reading, writable)]
    assert offered == [False, True]
    for quad in _described(reading).quads_for_pattern(None, ox.NamedNode(SD + "name"), None):
        assert reading.values(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {quad.object} {{ ?s ?p ?o }} }}") != [("0",)]
