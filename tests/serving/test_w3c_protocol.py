"""The W3C's tests of the SPARQL 1.1 Protocol and of the Graph Store Protocol, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from tests.serving.w3c import LABEL, MF, MISSING, SUITES, UT, Manifest

if TYPE_CHECKING:
    from tests.serving.conftest import Reply, Serve, Server

SUITE = SUITES / "sparql11"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
STATUSES = {"Created": range(201, 202), "NoContent": range(204, 205), "OK": range(200, 201), "NotFound": range(404, 405)}


def _listed(*names: str) -> list[object]:
    if not SUITE.exists():
        return [pytest.param(None, None, marks=pytest.mark.skip(MISSING))]
    manifests = [Manifest(SUITE / name) for name in names]
    return [pytest.param(one, test, id=test.value.rpartition("#")[2]) for one in manifests for test in one.tests()]


@pytest.fixture(scope="module")
def open_to_all(serve: Serve, tmp_path_factory: pytest.TempPathFactory, token_file: Path) -> Iterator[Server]:
    """An empty store under the name that the tests call it by; the token goes with each request."""
    from kgbuild.stores import EmbeddedStore

    store = tmp_path_factory.mktemp("w3c") / "store"
    EmbeddedStore.open(store, create=True).close()
    server = serve(store, "--update", "--token-file", str(token_file), "--name", "www.example")
    server.headers["Authorization"] = f"Bearer {server.token}"
    yield server
    server.stop()


def _run(server: Server, manifest: Manifest, test: ox.NamedNode, own: str, theirs: str) -> None:
    (action,) = manifest.objects(test, MF + "action")
    location = ""
    for request in manifest.list(action, HT + "requests"):  # type: ignore[arg-type]
        path = manifest.one(request, HT + "absolutePath").replace(theirs, own, 1).replace("$LOCATION$", location)
        path = path.removeprefix("http://www.example").replace("%2Fgsp%2F", "%2Fstore%2F").replace("example/gsp/", "example/store/")
        headers = {"Host": "www.example"}
        for header in manifest.list(request, HT + "headers"):
            headers[manifest.one(header, HT + "fieldName")] = manifest.one(header, HT + "fieldValue")
        reply = server.request(manifest.one(request, HT + "methodName"), path, _body(manifest, request, location), headers)
        (response,) = manifest.objects(request, HT + "resp")
        _check(manifest, response, reply)  # type: ignore[arg-type]
        if manifest.one(response, MF + "expectedLocation"):  # type: ignore[arg-type]
            location = reply.headers["location"]


def _body(manifest: Manifest, owner: ox.NamedNode | ox.BlankNode, location: str) -> bytes | None:
    bodies = manifest.objects(owner, HT + "body")
    if not bodies:
        return None
    text = manifest.one(bodies[0], CNT + "chars").replace("$LOCATION$", location).replace("www.example/gsp/", "www.example/store/")  # type: ignore[arg-type]
    return text.encode(manifest.one(bodies[0], CNT + "characterEncoding"))  # type: ignore[arg-type]


def _check(manifest: Manifest, response: ox.BlankNode, reply: Reply) -> None:
    expected = [one.value.rpartition("#")[2] for one in manifest.objects(response, MF + "expectedStatus")]
    wanted = [STATUSES.get(name) or range(int(name[10]) * 100, int(name[10]) * 100 + 100) for name in expected]
    assert any(reply.status in one for one in wanted), f"{reply.status} is none of {expected}: {reply.text}"
    kinds = {
        "boolean": ("application/sparql-results+xml", "application/sparql-results+json"),
        "tabular": ("application/sparql-results+xml", "application/sparql-results+json", "text/csv", "text/tab-separated-values"),
        "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples"),
    }
    if form := manifest.one(response, MF + "expectedFormat"):
        assert reply.type in kinds[form]
    if boolean := manifest.one(response, MF + "expectedBoolean"):
        assert json.loads(reply.body)["boolean"] is (boolean == "true")
    for header in manifest.list(response, HT + "headers"):
        value = manifest.one(header, HT + "fieldValue")
        assert reply.type == value.partition(";")[0]
        if body := _body(manifest, response, ""):
            assert _graph(reply.body, reply.type) == _graph(body, reply.type)


def _graph(data: bytes, kind: str) -> ox.Dataset:
    fmt = ox.RdfFormat.from_media_type(kind)
    assert fmt is not None
    graph = ox.Dataset(ox.parse(data, fmt, base_iri="http://www.example/store/"))
    graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return graph


@pytest.mark.parametrize(("manifest", "test"), _listed("protocol/manifest.ttl"))
def test_protocol(open_to_all: Server, manifest: Manifest, test: ox.NamedNode) -> None:
    assert open_to_all.update("DROP ALL").status == 204
    for graph in manifest.objects(test, UT + "graphData"):
        name = manifest.one(graph, LABEL)  # type: ignore[arg-type]
        data = (manifest.folder / manifest.one(graph, UT + "graph").rpartition("/")[2]).read_text()  # type: ignore[arg-type]
        assert open_to_all.update(f"INSERT DATA {{ GRAPH <{name}> {{ {data} }} }}").status == 204
    _run(open_to_all, manifest, test, "/sparql", "/sparql/")


@pytest.mark.parametrize(
    ("manifest", "test"), _listed("graph-store-protocol/manifest-direct.ttl", "graph-store-protocol/manifest-indirect.ttl")
)
def test_graph_store_protocol(open_to_all: Server, manifest: Manifest, test: ox.NamedNode) -> None:
    assert open_to_all.update("DROP ALL").status == 204
    _run(open_to_all, manifest, test, "/store", "/gsp")


@pytest.mark.skipif(not SUITE.exists(), reason=MISSING)
def test_all_of_them_are_run() -> None:
    assert len(_listed("protocol/manifest.ttl")) == 34
    assert len(_listed("graph-store-protocol/manifest-direct.ttl", "graph-store-protocol/manifest-indirect.ttl")) == 13
