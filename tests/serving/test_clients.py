"""What people ask the server with: SPARQLWrapper, rdflib's stores, curl, other engines' SERVICE, Comunica, Virtuoso."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, Unauthorized

if TYPE_CHECKING:
    from tests.serving.conftest import Serve, Server

KG = "https://w3id.org/kgbuild/ontology#"
IDS = "https://w3id.org/kgbuild/id/"
STATES = f"SELECT ?state ?iso {{ ?state <{KG}isoAlpha3> ?iso }} ORDER BY ?iso LIMIT 20"
PRK = f"SELECT ?iso {{ <{IDS}state/PRK> <{KG}isoAlpha3> ?iso }}"
KOREA = f"CONSTRUCT {{ <{IDS}state/PRK> ?p ?o }} WHERE {{ <{IDS}state/PRK> ?p ?o FILTER(isIRI(?o)) }}"
#: ways to send a query: HTTP method, and how a POST carries it
WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]
_TYPE = "application/sparql-results+json"
GRAPHS = {"one": "urn:test:one", "two": "urn:test:two"}


def _wrapper(server: Server, text: str, form: str, way: tuple[str, str] = WAYS[0]) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(server.url + "sparql")
    wrapper.setMethod(way[0])
    wrapper.setRequestMethod(way[1])
    wrapper.setReturnFormat(form)
    wrapper.setQuery(text)
    return wrapper


def _korea(server: Server) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(server.query(KOREA, "application/n-triples").body, ox.RdfFormat.N_TRIPLES)}


@pytest.fixture(scope="module")
def hasty(serve: Serve, _articles_store: Path) -> Iterator[Server]:
    """A server that answers within a second or not at all."""
    server = serve(_articles_store, "--timeout", "1")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def two_graphs(writable: Server) -> Server:
    """A server with a triple in the default graph and one in each of two graphs."""
    text = (
        "DROP ALL ; INSERT DATA { <urn:d> <urn:p> 0 GRAPH <urn:test:one> { <urn:a> <urn:p> 1 } GRAPH <urn:test:two> { <urn:b> <urn:p> 2 } }"
    )
    assert writable.update(text).status == 204
    return writable


@pytest.mark.parametrize("way", WAYS, ids="get form direct".split())
class TestSPARQLWrapper:
    @pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
    def test_rows_come_in_every_format(self, reading: Server, form: str, way: tuple[str, str]) -> None:
        found = _wrapper(reading, STATES, form, way).query()
        if form == JSON:
            rows = [(row["state"]["value"], row["iso"]["value"]) for row in found.convert()["results"]["bindings"]]
        elif form == XML:
            cells = [node.firstChild.data for node in found.convert().getElementsByTagName("binding") for node in node.childNodes]
            rows = list(zip(cells[::2], cells[1::2], strict=True))
        else:
            separator = "," if form == CSV else "\t"
            lines = found.convert().decode().splitlines()[1:]
            rows = [tuple(cell.strip('<>"') for cell in line.split(separator)) for line in lines]
        assert rows == reading.values(STATES)
        assert len(rows) == 20

    @pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # SPARQLWrapper makes one
    @pytest.mark.parametrize("form", [TURTLE, RDFXML, JSONLD, N3])
    def test_graphs_come_in_every_format(self, reading: Server, form: str, way: tuple[str, str]) -> None:
        found = _wrapper(reading, KOREA, form, way).query().convert()
        graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
        assert {(str(s), str(p), str(o)) for s, p, o in graph} == {(s.value, p.value, o.value) for s, p, o in _korea(reading)}

    def test_a_boolean_comes(self, reading: Server, way: tuple[str, str]) -> None:
        assert _wrapper(reading, f"ASK {{ <{IDS}state/PRK> a <{KG}State> }}", JSON, way).query().convert() == {"head": {}, "boolean": True}

    def test_the_dataset_is_the_one_named(self, two_graphs: Server, way: tuple[str, str]) -> None:
        def found(text: str, **parameters: str) -> list[str]:
            wrapper = _wrapper(two_graphs, text, JSON, way)
            for name, value in parameters.items():
                wrapper.addParameter(name.replace("_", "-"), value)
            return sorted(row["s"]["value"] for row in wrapper.query().convert()["results"]["bindings"])

        assert found("SELECT ?s { ?s ?p ?o }") == ["urn:d"]
        assert found("SELECT ?s { ?s ?p ?o }", default_graph_uri=GRAPHS["one"]) == ["urn:a"]
        assert found("SELECT ?s { GRAPH ?g { ?s ?p ?o } }") == ["urn:a", "urn:b"]
        assert found("SELECT ?s { GRAPH ?g { ?s ?p ?o } }", named_graph_uri=GRAPHS["two"]) == ["urn:b"]
        assert found("SELECT ?s { ?s ?p ?o }", named_graph_uri=GRAPHS["two"]) == []

    def test_refusals_are_errors(self, reading: Server, way: tuple[str, str]) -> None:
        with pytest.raises(QueryBadFormed, match="does not parse: error at 1:19"):
            _wrapper(reading, "SELECT * { ?s ?p }", JSON, way).query()
        with pytest.raises(HTTPError, match="403"):
            _wrapper(reading, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", JSON, way).query()

    def test_a_query_that_takes_too_long_is_an_error(self, hasty: Server, way: tuple[str, str]) -> None:
        with pytest.raises(HTTPError, match="503"):
            _wrapper(hasty, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", JSON, way).query()


@pytest.mark.parametrize("way", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_updates_with_the_token(two_graphs: Server, way: str) -> None:
    wrapper = _wrapper(two_graphs, f"INSERT DATA {{ GRAPH <urn:test:written> {{ <urn:s> <urn:p> '{way}' }} }}", JSON, (POST, way))
    with pytest.raises(Unauthorized):
        wrapper.query()
    wrapper.addCustomHttpHeader("Authorization", f"Bearer {two_graphs.token}")
    assert wrapper.query().response.status == 204
    assert two_graphs.values(f"SELECT ?s {{ GRAPH <urn:test:written> {{ ?s ?p '{way}' }} }}") == [("urn:s",)]
    two_graphs.update("DROP GRAPH <urn:test:written>")


@pytest.mark.parametrize("way", [URLENCODED, POSTDIRECTLY])
def test_a_query_of_a_megabyte_goes_by_post(reading: Server, way: str) -> None:
    values = " ".join(f"<urn:{number:08}>" for number in range(70_000))
    text = f"SELECT ?iso {{ VALUES ?state {{ {values} <{IDS}state/PRK> }} ?state <{KG}isoAlpha3> ?iso }}"
    assert len(text) > 1_000_000
    rows = _wrapper(reading, text, JSON, (POST, way)).query().convert()["results"]["bindings"]
    assert [row["iso"]["value"] for row in rows] == ["PRK"]


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml", "csv"])
def test_rdflib_reads(reading: Server, method: str, form: str) -> None:
    graph = rdflib.Graph(SPARQLStore(reading.url + "sparql", method=method, returnFormat=form))
    rows: Any = graph.query(STATES)
    assert [(str(row.state), str(row.iso)) for row in rows] == reading.values(STATES)
    if form != "csv":  # which tells no terms apart
        korea = rdflib.URIRef(IDS + "state/PRK")
        assert (korea, rdflib.RDF.type, rdflib.URIRef(KG + "State")) in graph
        assert str(graph.value(korea, rdflib.URIRef(KG + "isoAlpha3"))) == "PRK"


def test_rdflib_writes(two_graphs: Server) -> None:
    address = two_graphs.url + "sparql"
    store = SPARQLUpdateStore(address, address, headers={"Authorization": f"Bearer {two_graphs.token}"})
    dataset = rdflib.Dataset(store)
    graph = rdflib.Graph(store, rdflib.URIRef("urn:test:rdflib"))
    subject, label = rdflib.URIRef("urn:s"), rdflib.Literal('né "ce"\n', lang="fr")
    graph.add((subject, rdflib.RDFS.label, label))
    dataset.addN([(subject, rdflib.RDFS.comment, rdflib.Literal(number), graph) for number in range(10)])
    assert set(graph.objects(subject, rdflib.RDFS.label)) == {label}
    assert len(graph) == 11
    graph.remove((subject, rdflib.RDFS.comment, None))
    assert len(graph) == 1
    graph.update("INSERT DATA { <urn:t> <urn:p> 1 }")
    assert two_graphs.values("SELECT ?s { GRAPH <urn:test:rdflib> { ?s ?p ?o } } ORDER BY ?s") == [("urn:s",), ("urn:t",)]
    two_graphs.update("DROP GRAPH <urn:test:rdflib>")


def test_rdflib_is_refused_without_the_token(two_graphs: Server) -> None:
    address = two_graphs.url + "sparql"
    graph = rdflib.Graph(SPARQLUpdateStore(address, address), rdflib.URIRef("urn:test:rdflib"))
    with pytest.raises(Exception, match="401"):
        graph.add((rdflib.URIRef("urn:s"), rdflib.RDF.type, rdflib.URIRef("urn:c")))


def test_pyoxigraph_asks_by_service(reading: Server) -> None:
    here = ox.Store()
    here.update(f"INSERT DATA {{ <urn:mine> <urn:about> <{IDS}state/PRK> }}")
    text = f"SELECT ?mine ?iso {{ ?mine <urn:about> ?state SERVICE <{reading.url}sparql> {{ ?state <{KG}isoAlpha3> ?iso }} }}"
    assert [[term.value for term in row] for row in here.query(text)] == [["urn:mine", "PRK"]]  # type: ignore[union-attr]


def test_rdflib_asks_by_service(reading: Server) -> None:
    text = f"SELECT ?iso {{ SERVICE <{reading.url}sparql> {{ <{IDS}state/PRK> <{KG}isoAlpha3> ?iso }} }}"
    rows: Any = rdflib.Graph().query(text)
    assert [str(row.iso) for row in rows] == ["PRK"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("SELECT ?iso { SERVICE <SELF> { ?s <iso> ?iso } } ORDER BY ?iso LIMIT 5", "SELECT ?iso { ?s <iso> ?iso } ORDER BY ?iso LIMIT 5"),
        ("SELECT * { ?s <iso> 'PRK' SERVICE SILENT <SELF> { ?s a ?c } } ORDER BY ?c", "SELECT * { ?s <iso> 'PRK' ; a ?c } ORDER BY ?c"),
        ("SELECT ?s { service <SELF> { SERVICE <SELF> { ?s <iso> 'PRK' } } }", "SELECT ?s { ?s <iso> 'PRK' }"),
        ("SELECT ?s { ?s <iso> 'PRK' OPTIONAL { SERVICE <SELF> { ?s <urn:none> ?x } } }", "SELECT ?s { ?s <iso> 'PRK' }"),
    ],
)
def test_a_service_that_is_this_server_is_asked_here(reading: Server, text: str, plain: str) -> None:
    iso = f"<{KG}isoAlpha3>"
    assert (
        reading.values(text.replace("<iso>", iso).replace("SELF", reading.url + "sparql"))
        == reading.values(plain.replace("<iso>", iso))
        != []
    )


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { GRAPH <urn:g> { SERVICE <SELF> { ?s ?p ?o } } }",
        "SELECT * FROM <urn:g> { SERVICE <SELF> { ?s ?p ?o } }",
        "SELECT * { SERVICE <SELF> { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        "SELECT * { SERVICE <SELF/> { ?s ?p ?o } }",
    ],
)
def test_and_nothing_else_is(reading: Server, text: str) -> None:
    assert reading.query(text.replace("SELF", reading.url + "sparql")).status == 403


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
class TestCurl:
    def test_reads(self, reading: Server) -> None:
        said = _run(
            "curl", "-sS", "--fail", "--compressed", "-H", "Accept: text/csv", "--data-urlencode", f"query={STATES}", reading.url + "sparql"
        )
        assert [tuple(line.split(",")) for line in said.splitlines()[1:]] == reading.values(STATES)

    def test_writes_a_file_and_gets_it_back(self, two_graphs: Server, tmp_path: Path) -> None:
        file, graph = tmp_path / "data.ttl", two_graphs.url + "store?graph=urn:test:curl"
        file.write_text("<urn:s> <urn:p> 'Iași'@ro .")
        token = f"Authorization: Bearer {two_graphs.token}"
        _run("curl", "-sS", "--fail", "-H", token, "-H", "Content-Type: text/turtle", "-T", str(file), graph)
        assert _run("curl", "-sS", "--fail", "-H", "Accept: application/n-triples", graph) == '<urn:s> <urn:p> "Iași"@ro .\n'
        _run("curl", "-sS", "--fail", "-H", token, "-X", "DELETE", graph)

    def test_leaves_with_an_error_where_the_transfer_is_broken(self, hasty: Server) -> None:
        query = ["--data-urlencode", "query=SELECT * { ?a ?b ?c . ?d ?e ?f }", hasty.url + "sparql"]
        done = subprocess.run(["curl", "-sS", "-o", os.devnull, *query], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 18, done.stderr  # CURLE_PARTIAL_FILE


@pytest.mark.long
class TestComunica:
    """Comunica 4.5, whose folder KGBUILD_COMUNICA names: npm install --prefix DIR @comunica/query-sparql@4.5."""

    @pytest.fixture
    def comunica(self) -> Path:
        folder = os.environ.get("KGBUILD_COMUNICA", "")
        program = Path(folder) / "node_modules" / ".bin" / "comunica-sparql"
        if not folder or not program.exists():
            pytest.skip("KGBUILD_COMUNICA names no folder with @comunica/query-sparql")
        if shutil.which("node") is None:
            pytest.skip("node is not installed")
        return program

    @pytest.mark.parametrize("source", ["{}", "sparql@{}"], ids=["found out", "said"])
    @pytest.mark.parametrize(
        "text",
        [STATES, PRK, f"SELECT ?iso {{ SERVICE <SELF> {{ <{IDS}state/PRK> <{KG}isoAlpha3> ?iso }} }}"],
    )
    def test_reads(self, comunica: Path, reading: Server, source: str, text: str) -> None:
        address = reading.url + "sparql"
        text = text.replace("SELF", address)
        said = json.loads(_run(str(comunica), source.format(address), "-q", text, "-t", _TYPE))
        assert said["results"]["bindings"] == json.loads(reading.query(text).body)["results"]["bindings"] != []

    def test_joins_two_servers(self, comunica: Path, reading: Server, two_graphs: Server) -> None:
        two_graphs.update(f"INSERT DATA {{ <urn:mine> <urn:about> <{IDS}state/PRK> }}")
        text = f"SELECT ?mine ?iso {{ ?mine <urn:about> ?state . ?state <{KG}isoAlpha3> ?iso }}"
        said = json.loads(_run(str(comunica), reading.url + "sparql", two_graphs.url + "sparql", "-q", text, "-t", _TYPE))
        assert [(row["mine"]["value"], row["iso"]["value"]) for row in said["results"]["bindings"]] == [("urn:mine", "PRK")]
        two_graphs.update("DELETE WHERE { <urn:mine> ?p ?o }")

    def test_constructs_and_asks(self, comunica: Path, reading: Server) -> None:
        said = _run(str(comunica), reading.url + "sparql", "-q", KOREA, "-t", "application/n-triples")
        assert {quad.triple for quad in ox.parse(said, ox.RdfFormat.N_TRIPLES)} == _korea(reading)
        assert _run(str(comunica), reading.url + "sparql", "-q", "ASK { ?s ?p ?o }").strip() == "true"


@pytest.mark.long
@pytest.mark.skipif(shutil.which("virtuoso-t") is None, reason="Virtuoso (virtuoso-t) is not installed")
class TestVirtuoso:
    @pytest.fixture
    def virtuoso(self, tmp_path: Path) -> Iterator[str]:
        """Where a new Virtuoso answers, which may ask other servers."""
        sql, http = _free_port(), _free_port()
        files = {
            "DatabaseFile": "v.db",
            "ErrorLogFile": "v.log",
            "LockFile": "v.lck",
            "TransactionFile": "v.trx",
            "xa_persistent_file": "v.pxa",
        }
        settings = {
            "Database": files,
            "TempDatabase": {"DatabaseFile": "t.db", "TransactionFile": "t.trx"},
            "Parameters": {"ServerPort": f"127.0.0.1:{sql}", "NumberOfBuffers": 2000, "DirsAllowed": "."},
            "HTTPServer": {"ServerPort": f"127.0.0.1:{http}", "ServerRoot": "."},
        }
        lines = [line for name, pairs in settings.items() for line in (f"[{name}]", *(f"{key} = {value}" for key, value in pairs.items()))]
        (tmp_path / "virtuoso.ini").write_text("\n".join(lines) + "\n")
        with (tmp_path / "out").open("wb") as out:
            command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
            process = subprocess.Popen(command, cwd=tmp_path, stdout=out, stderr=out)
        try:
            _run(
                "curl",
                "-sS",
                "-o",
                os.devnull,
                "--retry",
                "60",
                "--retry-delay",
                "1",
                "--retry-connrefused",
                f"http://127.0.0.1:{http}/sparql",
            )
            for grant in ("SELECT ON DB.DBA.SPARQL_SINV_2", "EXECUTE ON DB.DBA.SPARQL_SINV_IMP"):
                _run("isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f'exec=GRANT {grant} TO "SPARQL";')
            yield f"http://127.0.0.1:{http}/sparql"
        finally:
            process.kill()
            process.wait()

    def test_asks_by_service(self, reading: Server, virtuoso: str) -> None:
        text = f"SELECT ?iso {{ SERVICE <{reading.url}sparql> {{ <{IDS}state/PRK> <{KG}isoAlpha3> ?iso }} }}"
        said = _run("curl", "-sS", "--fail-with-body", "-G", "-H", "Accept: text/csv", "--data-urlencode", f"query={text}", virtuoso)
        assert said.splitlines() == ['"iso"', '"PRK"']


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
