"""Rows as a graph: what a header can say, the network that comes of rows, and GraphML and Mermaid, which others must read."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.errors import QueryError
from kgbuild.networks.building import Edge, Network, Node, network
from kgbuild.networks.forms import WRITERS
from kgbuild.networks.graphml import graphml
from kgbuild.networks.mermaid import MOST_EDGES, mermaid, too_large
from kgbuild.networks.view import parse_graph
from kgbuild.query import Query
from kgbuild.result import Cell, Column, Result

KG = "https://w3id.org/kgbuild/ontology#"
URN = "urn:x:"


def cell(value: str) -> Cell:
    """``urn:x:a Label`` is a thing with a label, ``a | b`` two things, any other text a literal."""
    if not value:
        return Cell()
    if not value.startswith(URN):
        return Cell((ox.Literal(value),), (value,))
    terms, labels = [], []
    for part in value.split(" | "):
        iri, _blank, label = part.partition(" ")
        terms.append(ox.NamedNode(iri))
        labels.append(label)
    return Cell(tuple(terms), tuple(labels))


def result(columns: str, *rows: Sequence[str]) -> Result:
    """Columns as ``name:kind``, kind entity if nothing else is said."""
    made = tuple(Column(name, kind or "entity") for name, _colon, kind in (column.partition(":") for column in columns.split()))  # type: ignore[arg-type]
    return Result(made, tuple(tuple(map(cell, row)) for row in rows))


def drawn(answer: Result, graph: dict[str, object], store: ox.Store | None = None) -> Network:
    view = parse_graph(graph, [column.name for column in answer.columns], "q.rq")
    return network(answer, view, (store or ox.Store()).query)  # type: ignore[arg-type]


def edges(made: Network) -> list[str]:
    return [
        " ".join(
            (
                edge.source.removeprefix(URN),
                edge.target.removeprefix(URN),
                *(f"{k}={'|'.join(c.value for c in v)}" for k, v in edge.data.items()),
            )
        )
        for edge in made.edges
    ]


@pytest.mark.parametrize(
    ("graph", "message"),
    [
        ("edges", "graph must be key: value pairs, of chain, directed, edges"),
        ({}, "graph has either edges or a chain"),
        ({"edges": [], "chain": {}}, "graph has either edges or a chain"),
        ({"edges": []}, "edges must be a list, one entry per edge"),
        ({"edges": {"from": "a", "to": "b"}}, "edges must be a list"),
        ({"edges": [{"from": "a"}]}, "an edge is {from: column, to: column, …}"),
        ({"edges": [{"from": "a", "to": "x"}]}, "to names x, which is no column"),
        ({"edges": [{"from": ["a", "b"], "to": "b"}]}, "from takes one column"),
        ({"edges": [{"from": "a", "to": "b", "lable": "n"}]}, "an edge has an unknown key “lable”"),
        ({"edges": [{"from": "a", "to": "b", "label": "n"}]}, "label n must be among the edge's data or gather"),
        ({"edges": [{"from": "a", "to": "b", "property": "owns"}]}, "property is a CURIE or an IRI, not “owns”"),
        ({"edges": [{"from": "a", "to": "b"}], "directed": "no"}, "directed is true or false, not “no”"),
        ({"chain": {"node": "a", "within": "b"}}, "a chain is {node: columns, within: column, link: property, …}"),
        ({"chain": {"node": "a", "within": ["a", "b"], "link": "kg:conveys"}}, "within takes one column"),
    ],
)
def test_a_graph_key_that_cannot_be_is_refused_with_the_file(graph: object, message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)) as caught:
        parse_graph(graph, ["a", "b", "n"], "q.rq")
    assert str(caught.value).startswith("q.rq: graph")


def test_a_header_can_say_that_rows_are_a_graph() -> None:
    head = "#+ columns: [{name: a, kind: entity}, {name: b, kind: entity}]\n#+ graph: {edges: [{from: a, to: b, property: kg:owns}]}\n"
    query = Query.parse("own.rq", head + "SELECT ?a ?b { ?a ?p ?b }")
    assert query.graph is not None
    assert (query.graph.edges[0].property, query.graph.directed) == (KG + "owns", True)


ROWS = (
    "a b n:integer where",
    ("urn:x:1 Unu", "urn:x:2 Doi", "3", "urn:x:p"),
    ("urn:x:1 Unu", "urn:x:2 Doi", "3", "urn:x:q"),
    ("urn:x:1 Unu", "urn:x:2 Doi", "4", "urn:x:p"),
    ("urn:x:2 Doi", "", "1", "urn:x:p"),
    ("", "urn:x:3", "1", "urn:x:p"),
    ("", "", "1", "urn:x:p"),
    ("urn:x:1 Unu | urn:x:4 Patru", "the committee", "", ""),
)


@pytest.mark.parametrize(
    ("edge", "expected"),
    [
        ({}, ["1 2", "1 the committee", "4 the committee"]),
        ({"data": ["n"]}, ["1 2 n=3", "1 2 n=4", "1 the committee n=", "4 the committee n="]),
        (
            {"data": ["n"], "gather": ["where"]},
            ["1 2 n=3 where=urn:x:p|urn:x:q", "1 2 n=4 where=urn:x:p", "1 the committee n= where=", "4 the committee n= where="],
        ),
        ({"gather": ["n"]}, ["1 2 n=3|4", "1 the committee n=", "4 the committee n="]),
    ],
)
def test_rows_that_agree_draw_one_edge(edge: dict[str, object], expected: list[str]) -> None:
    made = drawn(result(*ROWS), {"edges": [{"from": "a", "to": "b", **edge}]})
    assert edges(made) == expected


def test_what_has_no_edge_is_a_node_all_the_same() -> None:
    made = drawn(result(*ROWS), {"edges": [{"from": "a", "to": "b"}]})
    assert {(node.iri, node.label) for node in made.nodes.values()} == {
        ("urn:x:1", "Unu"), ("urn:x:2", "Doi"), ("urn:x:3", "urn:x:3"), ("urn:x:4", "Patru"), ("", "the committee"),
    }  # fmt: skip


def test_an_edge_is_called_as_its_property_is_in_the_language() -> None:
    store = ox.Store()
    store.update(f"INSERT DATA {{ <{KG}owns> <http://www.w3.org/2000/01/rdf-schema#label> 'deține'@ro, 'owns'@en }}")
    view = parse_graph({"edges": [{"from": "a", "to": "b", "property": "kg:owns"}]}, ["a", "b"], "q.rq")
    answer = result("a b", ("urn:x:1", "urn:x:2"))
    assert [network(answer, view, store.query, lang).edges[0].name for lang in ("ro", "en")] == ["deține", "owns"]  # type: ignore[arg-type]


CHAIN = {"chain": {"node": ["s", "article"], "within": "article", "link": "urn:x:conveys", "label": ["who", "day"]}}


def test_a_chain_branches_where_its_links_do() -> None:
    # two relays of one statement, one of which a third conveys; another article knows the first statement alone
    store = ox.Store()
    store.update(
        "INSERT DATA { <urn:x:r1> <urn:x:conveys> <urn:x:s> . <urn:x:r2> <urn:x:conveys> <urn:x:s> . <urn:x:t> <urn:x:conveys> <urn:x:r2> }"
    )
    rows = [
        ("urn:x:s", "urn:x:ana Ana", "urn:x:A"), ("urn:x:r1", "urn:x:bo Bo", "urn:x:A"), ("urn:x:r2", "urn:x:cy Cy", "urn:x:A"),
        ("urn:x:t", "urn:x:di Di", "urn:x:A"), ("", "urn:x:out Outlet", "urn:x:A Article"),
        ("urn:x:s", "urn:x:eva Eva", "urn:x:B"), ("", "", "urn:x:B"),
    ]  # fmt: skip
    made = drawn(result("s who article day:date", *[(*row, "") for row in rows]), CHAIN, store)
    assert [edge.replace(URN, "") for edge in edges(made)] == ["s r1", "s r2", "r2 t", "r1 A", "t A", "s B"]
    assert "".join(mermaid(made)).splitlines()[1:6] == [
        '  n0["Ana, Eva"]', '  n1["Bo"]', '  n2["Cy"]', '  n3["Di"]', '  n4["Article<br/>Outlet"]',
    ]  # fmt: skip


def named(*labels: str) -> Network:
    """A ring of nodes whose names are also on the edges."""
    nodes = {f"{place}": Node(f"{place}", "", label) for place, label in enumerate(labels)}
    ring = [Edge(f"{place}", f"{(place + 1) % len(labels)}", label) for place, label in enumerate(labels)]
    return Network(nodes, ring, directed=True, columns={})


def test_graphml_has_the_graph_with_typed_data() -> None:
    answer = result(*ROWS[:4])
    made = drawn(answer, {"edges": [{"from": "a", "to": "b", "data": ["n"], "gather": ["where"]}]})
    text = "".join(graphml(made))
    graph = nx.parse_graphml(text)
    assert dict(graph.nodes(data=True)) == {"n0": {"label": "Unu", "iri": "urn:x:1"}, "n1": {"label": "Doi", "iri": "urn:x:2"}}
    found = [(source, target, data["n"], data["where"]) for source, target, data in graph.edges(data=True)]
    assert found == [("n0", "n1", 3, "urn:x:p | urn:x:q"), ("n0", "n1", 4, "urn:x:p")]
    assert isinstance(graph, nx.MultiDiGraph)


def test_graphml_tells_edges_without_direction() -> None:
    made = drawn(result("a b", ("urn:x:1", "urn:x:2")), {"edges": [{"from": "a", "to": "b"}], "directed": "false"})
    assert not nx.parse_graphml("".join(graphml(made))).is_directed()
    assert "n0 --- n1" in "".join(mermaid(made))


def test_numbers_of_several_rows_in_one_datum_are_text() -> None:
    made = drawn(result(*ROWS[:4]), {"edges": [{"from": "a", "to": "b", "gather": ["n"]}]})
    ((_source, _target, data),) = nx.parse_graphml("".join(graphml(made))).edges(data=True)
    assert data["n"] == "3 | 4"


def test_graphml_follows_the_schema_in_ids_and_order() -> None:
    # the schema, 1.1: keys before the graph, desc before nodes, ids NMTOKEN, every data's key declared
    made = drawn(result(*ROWS), {"edges": [{"from": "a", "to": "b", "data": ["n"]}]})
    made.title = "Who & whom <i>"
    root = ET.fromstring("".join(graphml(made)))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert [child.tag.removeprefix(space) for child in root] == ["key"] * (len(root) - 1) + ["graph"]
    graph = root[-1]
    assert [child.tag.removeprefix(space) for child in graph] == ["desc"] + ["node"] * len(made.nodes) + ["edge"] * len(made.edges)
    assert graph[0].text == made.title
    ids = [element.get("id", "") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[\w.:-]+", one) for one in ids)
    declared = {key.get("id") for key in root.iter(f"{space}key")}
    assert {data.get("key") for data in root.iter(f"{space}data")} <= declared


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_any_label_comes_back_from_graphml(labels: list[str]) -> None:
    text = "".join(graphml(named(*labels)))
    read = nx.read_graphml(io.BytesIO(text.encode()))
    expected = [re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", label) for label in labels]
    assert [data["label"] for _node, data in read.nodes(data=True)] == expected


#: names that are markup to Mermaid, to its Markdown or to HTML
HOSTILE = (
    "1. item", "- dash", "+ plus", "http://example.org/a_b_c", "**bold** _it_", "a@b.ro", "&amp; &lt;", "<script>alert(1)</script>",
    "#quot; #35;", "`code`", "end", "$$x^2$$", "cuvinte lungi " * 20, "라브로프와 최선희", "Țăndărică „x”", "~~a~~ | b", "# heading", "> quote",
    "[x](http://y)", "x\\n y\\", "%%{init: {}}%%", "style a fill:red", "click n0 href", "---", "1) paren", "a : b; c", "{x}", "😀", "fa:fa-ban",
    'say "no"', "subgraph", "a\nb\tc", "\x00\x1b[1m",
)  # fmt: skip


def test_a_mermaid_label_has_no_markup_left() -> None:
    lines = "".join(mermaid(named(*HOSTILE))).splitlines()
    assert len(lines) == 1 + 2 * len(HOSTILE)
    for line in lines[1 : 1 + len(HOSTILE)]:
        inside = re.fullmatch(r'  n\d+\["(.*)"\]', line)
        assert inside, line
        assert not re.search(r'["<>`*_\\\[\]{}|~$]|&|#(?!\d+;)', inside[1]), line


def test_no_rows_are_an_empty_graph() -> None:
    made = drawn(result("a b"), {"edges": [{"from": "a", "to": "b"}]})
    assert nx.parse_graphml("".join(graphml(made))).number_of_nodes() == 0
    assert "".join(mermaid(made)) == "flowchart LR\n  %% no rows\n"


def test_what_mermaid_would_refuse_is_told() -> None:
    small = named(*(f"n{number}" for number in range(MOST_EDGES)))
    large = named(*(f"n{number}" for number in range(MOST_EDGES + 1)))
    assert too_large(small, "".join(mermaid(small))) == ""
    assert too_large(large, "").startswith("501 edges")
    assert too_large(small, "x" * 50_001).startswith("50,001 characters")


def test_every_form_has_a_writer() -> None:
    assert {name: "".join(write(named("a"))).split()[0] for name, write in WRITERS.items()} == {"graphml": "<?xml", "mermaid": "flowchart"}


#: reads charts from standard input as a JSON list, and says what Mermaid's own parser makes of them
READ = """
import { JSDOM } from "jsdom";
const dom = new JSDOM("<body></body>");
globalThis.window = dom.window; globalThis.document = dom.window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false });
const read = [];
for (const text of JSON.parse((await import("fs")).readFileSync(0, "utf8"))) {
  await mermaid.parse(text);
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  read.push([[...diagram.db.getVertices().values()].map(v => v.text), diagram.db.getEdges().map(e => [e.start, e.end, e.text])]);
}
console.log(JSON.stringify(read));
"""


@pytest.fixture(scope="module")
def parser(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Mermaid, from npm."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("needs node and npm, for Mermaid's own parser")
    folder = tmp_path_factory.mktemp("mermaid")
    command = ["npm", "install", "--no-audit", "--no-fund", "--no-save", "--prefix", str(folder), "mermaid@11", "jsdom@26"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        pytest.skip(f"npm cannot install Mermaid: {done.stderr[-200:]}")
    (folder / "read.mjs").write_text(READ, encoding="utf-8")
    return folder


def plain(text: str) -> str:
    """Mermaid keeps entity codes between marks of its own until it draws."""
    return re.sub("ﬂ°°([0-9]+)¶ß", lambda code: chr(int(code[1])), text)


@pytest.mark.long
def test_mermaids_own_parser_reads_every_label_as_it_is(parser: Path) -> None:
    labels = [" ".join("".join(c if c.isprintable() else " " for c in label).split(" ")).strip() or " " for label in HOSTILE]
    columns = result(*ROWS)
    charts = [
        named(*HOSTILE),
        drawn(columns, {"edges": [{"from": "a", "to": "b", "data": ["n"], "label": ["n"]}]}),
        drawn(result("a b"), {"edges": [{"from": "a", "to": "b"}]}),
    ]
    charts[0].title = 'Title "x": {y} #z'
    text = json.dumps(["".join(mermaid(chart)) for chart in charts])
    done = subprocess.run(["node", "read.mjs"], cwd=parser, input=text, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    (nodes, links), (_nodes, counted), (none, _) = json.loads(done.stdout)
    assert [plain(node).split() for node in nodes] == [label.split() for label in labels]
    assert [plain(text).split() for _source, _target, text in links] == [label.split() for label in labels]
    assert [text for _source, _target, text in counted] == ["n 3", "n 4", "", ""]
    assert none == []
