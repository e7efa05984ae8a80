"""What a client gets: formats, order of columns, entity tags, compression, refusals; of queries, graphs, stored queries and things."""

from __future__ import annotations

import gzip
import http.client
import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serving.conftest import Serve, Server

QUERY = "PREFIX kg: <https://w3id.org/kgbuild/ontology#> SELECT ?s ?iso { ?s kg:isoAlpha3 ?iso } ORDER BY ?iso LIMIT 3"
IDS = "https://w3id.org/kgbuild/id/"


@pytest.mark.parametrize(
    ("accept", "kind", "begin"),
    [
        ("", "application/sparql-results+json", b'{"head":{"vars":["s","iso"]}'),
        ("*/*", "application/sparql-results+json", b'{"head"'),
        ("application/json", "application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("text/html;q=0.9, application/xml;q=0.5", "application/sparql-results+xml", b"<?xml"),
        ("text/csv", "text/csv", b"s,iso\r\nhttps://w3id.org/kgbuild/id/"),
        ("text/tab-separated-values", "text/tab-separated-values", b"?s\t?iso\n<https:"),
        ("text/csv;q=0.1, text/*;q=0.9", "text/tab-separated-values", b"?s\t?iso\n"),
    ],
)
def test_the_format_that_is_accepted_comes(reading: Server, accept: str, kind: str, begin: bytes) -> None:
    reply = reading.query(QUERY, accept)
    assert (reply.status, reply.type) == (200, kind)
    assert reply.body.startswith(begin)
    assert "Accept" in reply.headers["vary"]


def test_several_accept_headers_are_one_list(reading: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", reading.port, timeout=30)
    connection.putrequest("GET", "/sparql?query=ASK%7B%7D")
    for accept in ("text/csv;q=0.1", "application/sparql-results+xml"):
        connection.putheader("Accept", accept)
    connection.endheaders()
    reply = connection.getresponse()
    assert (reply.status, reply.getheader("Content-Type")) == (200, "application/sparql-results+xml")
    connection.close()


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "text/html", "application/json;q=0"])
def test_what_cannot_be_had_is_406_and_says_what_can(reading: Server, accept: str) -> None:
    reply = reading.query(QUERY, accept)
    assert reply.status == 406
    assert "text/csv" in reply.text


@pytest.mark.parametrize("kind", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"])
def test_graphs_come_in_every_format(reading: Server, kind: str) -> None:
    reply = reading.query(f"CONSTRUCT {{ <{IDS}state/PRK> ?p ?o }} {{ <{IDS}state/PRK> ?p ?o }}", kind)
    assert (reply.status, reply.type) == (200, kind)
    fmt = ox.RdfFormat.from_media_type(kind)
    assert fmt is not None
    assert len(list(ox.parse(reply.body, fmt))) > 100


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT * { ?z a ?y . ?z ?b ?a } LIMIT 1", ["z", "y", "b", "a"]),
        ("SELECT DISTINCT * { ?z a ?y { SELECT ?q { ?q a ?hidden } LIMIT 1 } } LIMIT 1", ["z", "y", "q"]),
        ("# * ?x\nselect*where{?s ?p ?o}limit 1", ["s", "p", "o"]),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", ["n"]),
        ("SELECT ?o ?s { ?s a ?o } LIMIT 1", ["o", "s"]),
        ("SELECT * {}", []),
    ],
)
def test_columns_come_in_the_order_of_the_query(reading: Server, query: str, names: list[str]) -> None:
    reply = reading.query(query)
    assert json.loads(reply.body)["head"].get("vars", []) == names


def test_a_client_that_has_the_answer_is_told_so(reading: Server) -> None:
    first = reading.query(QUERY)
    again = reading.query(QUERY, **{"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert reading.query(QUERY, "text/csv", **{"If-None-Match": first.headers["etag"]}).status == 200
    assert reading.query(QUERY + " #", **{"If-None-Match": first.headers["etag"]}).status == 200
    long = reading.query("SELECT * { ?s a ?c } LIMIT 100")
    again = reading.query("SELECT * { ?s a ?c } LIMIT 100", **{"If-None-Match": long.headers["etag"]})
    assert (again.status, again.headers["vary"]) == (304, long.headers["vary"])


@pytest.mark.parametrize(("path", "status"), [("/sparql?query=nonsense", 400), ("/page/state/XXX", 404), ("/store?graph=urn:x", 404)])
def test_what_is_not_there_is_not_known_either(reading: Server, path: str, status: int) -> None:
    assert reading.request("GET", path, headers={"If-None-Match": "*"}).status == status


def test_long_answers_are_compressed_if_the_client_says_so(reading: Server) -> None:
    query = "SELECT * { ?s a ?c } LIMIT 1000"
    plain, packed = reading.query(query), reading.query(query, **{"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 4


@pytest.mark.parametrize("path", ["/sparql?query=SELECT%20*%20%7B%3Fs%20a%20%3Fc%7D%20LIMIT%20100", "/api/transfers.csv", "/"])
@pytest.mark.parametrize("accept", ["gzip;q=0", "identity, GZIP; q=0.00"])
def test_who_cannot_unpack_gets_nothing_packed(reading: Server, path: str, accept: str) -> None:
    reply = reading.request("GET", path, headers={"Accept-Encoding": accept})
    assert (reply.status, reply.headers.get("content-encoding")) == (200, None)
    assert reading.request("GET", path, headers={"Accept-Encoding": "br, gzip;q=0.5"}).headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    "path", ["/sparql", "/sparql?query=ASK%7B%7D", "/store?default", "/health", "/api/transfers", "/data/state/PRK.ttl"]
)
def test_head_is_get_without_a_body(reading: Server, path: str) -> None:
    got, head = reading.request("GET", path), reading.request("HEAD", path)
    assert head.body == b""
    kept = ("content-type", "etag", "vary", "content-length")
    assert (head.status, {name: head.headers.get(name) for name in kept}) == (200, {name: got.headers.get(name) for name in kept})


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("PUT", "/sparql", {"GET", "HEAD", "POST"}), ("PATCH", "/store?default", {"GET", "HEAD", "PUT", "POST", "DELETE"}),
     ("POST", "/api/transfers", {"GET", "HEAD"}), ("GET", "/queries/1", {"DELETE"})],
)  # fmt: skip
def test_other_methods_are_405_and_say_which_there_are(reading: Server, method: str, path: str, allowed: set[str]) -> None:
    reply = reading.request(method, path)
    assert reply.status == 405
    assert set(reply.headers["allow"].split(", ")) == allowed
    assert reply.text == f"{path.partition('?')[0]} does not take {method}\nit takes {reply.headers['allow']}\n"


def test_an_address_that_is_none_says_where_to_go(reading: Server) -> None:
    reply = reading.request("GET", "/sparkle")
    assert (reply.status, reply.type) == (404, "text/plain")
    assert reply.text.startswith("there is nothing at /sparkle\nSPARQL is at /sparql, ")


def test_metrics_say_which_format_of_prometheus_they_are_in(reading: Server) -> None:
    reply = reading.request("GET", "/metrics")
    assert reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"


def test_what_does_not_parse_is_400_with_the_place(reading: Server) -> None:
    reply = reading.query("SELECT * WHERE { ?s ?p }", "application/json")
    assert (reply.status, reply.type) == (400, "application/problem+json")
    assert "1:25" in json.loads(reply.body)["title"]


def test_a_percent_sign_is_decoded_once(reading: Server) -> None:
    reply = reading.request("GET", "/sparql?query=SELECT%20%28%22%2541%2B%20%2B%22%20AS%20%3Fx%29%20%7B%7D", headers={"Accept": "text/csv"})
    assert reply.body == b"x\r\n%41+ +\r\n"
    plus = reading.request("GET", "/sparql?query=SELECT+%28%22a+b%22+AS+%3Fx%29+%7B%7D", headers={"Accept": "text/csv"})
    assert plus.body == b"x\r\na b\r\n"


def test_the_service_describes_itself(reading: Server) -> None:
    reply = reading.request("GET", "/sparql", headers={"Accept": "application/n-triples"})
    store = ox.Store()
    store.load(reply.body, ox.RdfFormat.N_TRIPLES)
    sd, void = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
    ask = f"ASK {{ ?s a <{sd}Service> ; <{sd}endpoint> <{reading.url}sparql> ; <{sd}defaultDataset>/<{sd}defaultGraph> ?g . ?g a <{sd}Graph> }}"
    assert bool(store.query(ask))
    said = list(store.query(f"SELECT ?n {{ ?g <{void}triples> ?n ; <{void}properties> ?m }}"))  # type: ignore[arg-type]
    assert [row[0].value for row in said] == [reading.values("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0][0]]
    partition = f"SELECT ?n {{ ?p <{void}class> <https://w3id.org/kgbuild/ontology#Meeting> ; <{void}entities> ?n }}"
    (counted,) = reading.values("SELECT (COUNT(?m) AS ?n) { ?m a <https://w3id.org/kgbuild/ontology#Meeting> }")
    assert [row[0].value for row in store.query(partition)] == list(counted)  # type: ignore[union-attr]
    assert reading.request("GET", "/.well-known/void").status == 200


def test_stored_queries_answer_as_the_command_does(reading: Server, ask_articles: object) -> None:
    reply = reading.request("GET", "/api/transfers.csv?supplier=Coreea%20de%20Nord&lang=ro")
    assert (reply.status, reply.type) == (200, "text/csv")
    rows = ask_articles("transfers", supplier="PRK")  # type: ignore[operator]
    assert [line.split(",")[0] for line in reply.text.splitlines()[1:]] == [row["transfer@"] for row in rows]
    assert "Coreea de Nord" in reply.text
    assert reply.headers["x-total-rows"] == str(len(rows))


def test_pages_of_a_stored_query_are_linked(reading: Server) -> None:
    whole = reading.request("GET", "/api/transfers.csv").text.splitlines()[1:]
    path, rows, pages = "/api/transfers.csv?size=7", [], 0
    while path:
        reply = reading.request("GET", path)
        rows += reply.text.splitlines()[1:]
        pages += 1
        links = dict(reversed(link.strip().removeprefix("<").split('>; rel="')) for link in reply.headers["link"].split(", "))
        path = links.get('next"', "")
    assert rows == whole
    assert pages == -(-len(whole) // 7)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/transfers?supplier=Atlantis", 400, "no agent “Atlantis”"),
        ("/api/transfers?seller=PRK", 400, "no parameter “seller”"),
        ("/api/transfers?since=yesterday", 400, "since"),
        ("/api/transfers?page=0", 400, "page"),
        ("/api/transfers?page=00000000000000000001999999999999", 400, "page"),
        (f"/api/transfers?page={'0' * 19}1{'9' * 5000}", 400, "page"),
        ("/api/transfers?supplier=PRK&supplier=RUS", 400, "given 2 times"),
        ("/api/position-timeline", 400, "needs"),
        ("/api/transfers.exe", 404, "there are: json, csv"),
        ("/api/transferz", 404, "there are: amplification"),
        ("/api/transfers?supplier=%ff", 400, "UTF-8"),
        ("/data/state/XXX.ttl", 404, "nothing is said"),
        ("/data/state/PRK.exe", 404, ".ttl"),
        ("/data/%3Cscript%3E.ttl", 404, "nothing is said"),
        ("/store?graph=no", 400, "not an absolute IRI"),
        ("/store", 400, "which graph?"),
        ("/store?graph=urn:x", 404, "no graph <urn:x>"),
    ],
)
def test_what_is_wrong_is_said(reading: Server, path: str, status: int, said: str) -> None:
    reply = reading.request("GET", path)
    assert reply.status == status, reply.text
    assert said in reply.text


def test_openapi_names_every_query_with_its_parameters(reading: Server) -> None:
    described = json.loads(reading.request("GET", "/api/openapi.json").body)
    assert described["openapi"] == "3.1.0"
    operation = described["paths"]["/api/transfers"]["get"]
    assert {"supplier", "recipient", "item", "since", "until", "state", "policy", "lang", "page", "size"} == {
        one["name"] for one in operation["parameters"]
    }


@pytest.mark.parametrize(
    ("accept", "where"),
    [("text/html,application/xhtml+xml,*/*;q=0.8", "/page/state/PRK"), ("", "/data/state/PRK.ttl"), ("application/ld+json", "/data/state/PRK.jsonld"),
     ("application/rdf+xml", "/data/state/PRK.rdf"), ("application/n-triples", "/data/state/PRK.nt")],
)  # fmt: skip
def test_the_iri_of_a_thing_leads_to_what_is_said_of_it(reading: Server, accept: str, where: str) -> None:
    reply = reading.request("GET", "/id/state/PRK", headers={"Accept": accept})
    assert (reply.status, reply.headers["location"]) == (303, where)
    if where.startswith("/data"):
        data = reading.request("GET", where)
        fmt = ox.RdfFormat.from_media_type(data.type)
        assert fmt is not None
        triples = {str(quad.triple) for quad in ox.parse(data.body, fmt)}
        assert f'<{IDS}state/PRK> <https://w3id.org/kgbuild/ontology#isoAlpha3> "PRK"' in triples
        assert f'<{IDS}state/RUS> <http://www.w3.org/2000/01/rdf-schema#label> "Russia"@en' in triples


def test_pages_of_the_named_origins_may_read_and_no_others(serve: Serve, _articles_store: Path) -> None:
    server, own, other = serve(_articles_store, "--cors", "https://page.example"), "https://page.example", "https://other.example"

    def allowed(method: str, path: str, origin: str, **asked: str) -> tuple[int, str | None]:
        reply = server.request(method, path, headers={"Origin": origin, **{f"Access-Control-Request-{key}": asked[key] for key in asked}})
        assert "Origin" in reply.headers["vary"]
        return reply.status, reply.headers.get("access-control-allow-origin")

    for method, headers in (("GET", "If-None-Match"), ("POST", "Content-Type")):
        assert allowed("OPTIONS", "/sparql", own, Method=method, Headers=headers) == (200, own)
    assert allowed("OPTIONS", "/sparql", own, Method="GET", Headers="Authorization")[0] == 400
    assert allowed("OPTIONS", "/store", own, Method="PUT")[0] == 400
    assert allowed("OPTIONS", "/sparql", other, Method="GET") == (400, None)
    for path, status in (
        ("/sparql?query=ASK%7B%7D", 200),
        ("/sparql?query=AS", 400),
        ("/nowhere", 404),
        ("/api/transfers.csv?size=2", 200),
    ):
        assert allowed("GET", path, own) == (status, own)
        assert allowed("GET", path, other) == (status, None)
    reply = server.request("GET", "/api/transfers.csv?size=2", headers={"Origin": own})
    assert {"Link", "X-Total-Rows", "ETag"} <= set(reply.headers["access-control-expose-headers"].split(", "))
