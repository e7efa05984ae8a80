"""What the W3C's tests of the graph store leave open: terms of RDF 1.2, blank nodes of several files, bad data, empty graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from tests.serving.w3c import same_graph

if TYPE_CHECKING:
    from tests.serving.conftest import Reply, Server

GRAPH = "/store?graph=urn:test:graph"


def _put(server: Server, data: str, kind: str = "text/turtle", method: str = "PUT") -> Reply:
    return server.request(method, GRAPH, data, {"Content-Type": kind, "Authorization": f"Bearer {server.token}"})


def _got(server: Server) -> list[ox.Triple]:
    reply = server.request("GET", GRAPH, headers={"Accept": "application/n-triples"})
    assert reply.status == 200, reply.text
    return [quad.triple for quad in ox.parse(reply.body, ox.RdfFormat.N_TRIPLES)]


@pytest.mark.parametrize(
    "data",
    [
        "PREFIX : <urn:x:> << :a :b :c >> :q :z .",
        'PREFIX : <urn:x:> :s :p <<( :a :b <<( :c :d "e"@en--ltr )>> )>> .',
        'PREFIX : <urn:x:> :s :p "a\\nb \\"c\\" \\\\ \\u0007", "ő"@hu, 1, true, [ :p ( 1 2 ) ] .',
        "",
    ],
)
def test_a_graph_comes_back_as_it_was_sent(writable: Server, data: str) -> None:
    assert _put(writable, data).status in (201, 204)
    assert same_graph(_got(writable), (quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE)))


def test_a_blank_node_of_one_request_is_none_of_another(writable: Server) -> None:
    _put(writable, "_:x <urn:p> 1 .")
    _put(writable, "_:x <urn:p> 2 .", method="POST")
    assert len({triple.subject for triple in _got(writable)}) == 2


def test_bad_data_leaves_the_graph_as_it_was(writable: Server) -> None:
    _put(writable, "<urn:s> <urn:p> 1 .")
    reply = _put(writable, "<urn:s> <urn:p> 2 . <urn:s> <urn:p> .")
    assert reply.status == 400
    assert "line 1 column 37" in reply.text
    assert len(_got(writable)) == 1


@pytest.mark.parametrize("name", ["a%20b", "a%2Fb", "%C3%A9", "%3Cx%3E", "a%2520b"])
def test_a_graph_that_an_address_names_has_the_address_for_its_iri(writable: Server, name: str) -> None:
    address = f"{writable.url}store/{name}"
    given = {"Content-Type": "text/turtle", "Authorization": f"Bearer {writable.token}"}
    reply = writable.request("PUT", f"/store/{name}", f"<urn:s> <urn:p> '{name}' .", given)
    assert (reply.status, reply.headers["location"]) == (201, address)
    assert writable.values(f"SELECT ?g {{ GRAPH ?g {{ ?s ?p '{name}' }} }}") == [(address,)]
    assert writable.request("GET", f"/store/{name}").status == 200


def test_a_new_graph_of_any_script_is_located(writable: Server) -> None:
    given = {"Content-Type": "text/turtle", "Authorization": f"Bearer {writable.token}"}
    reply = writable.request("PUT", "/store?graph=http://example.org/%EC%A1%B0%EC%84%A0", "<urn:s> <urn:p> 1 .", given)
    assert (reply.status, reply.headers.get("location")) == (201, "http://example.org/%EC%A1%B0%EC%84%A0"), reply.text


@pytest.mark.parametrize(("header", "status"), [({"Content-Encoding": "gzip"}, 415), ({"Content-Range": "bytes 0-9/20"}, 400)])
def test_what_is_not_a_whole_graph_as_it_is_changes_nothing(writable: Server, header: dict[str, str], status: int) -> None:
    _put(writable, "<urn:s> <urn:p> 1 .")
    given = {"Content-Type": "text/turtle", "Authorization": f"Bearer {writable.token}", **header}
    assert writable.request("PUT", GRAPH, "<urn:s> <urn:p> 2 .", given).status == status
    assert [str(triple.object) for triple in _got(writable)] == ['"1"^^<http://www.w3.org/2001/XMLSchema#integer>']
