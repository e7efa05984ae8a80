"""Every bundled query over the shipped articles in every form that it has: tables of 100 columns, graphs, pictures."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from click.testing import Result

from kgbuild.answers import answer
from kgbuild.cli import drawn
from kgbuild.cli import query as query_command
from kgbuild.networks import forms
from kgbuild.plotting import picture
from kgbuild.query import load_queries
from kgbuild.resources import read_bundled
from kgbuild.stores import EmbeddedStore
from kgbuild.table import places, table

Kgbuild = Callable[..., Result]
AskArticles = Callable[..., list[dict[str, str]]]
QUERIES = load_queries(read_bundled("queries", ".rq"))
GRAPHS = ("amplification", "attribution-chain", "supply-network", "who-met-whom")
PICTURES = ("monthly-activity", "position-timeline", "statements", "strike-tally")


@pytest.fixture(scope="module")
def lavrov(ask_articles: AskArticles) -> str:
    """Lavrov's thanks of January 2024, which a mission and an agency passed on."""
    return ask_articles("statements", speaker="Serghei Lavrov", stance="praises", since="2024-01", until="2024-01")[0]["statement@"]


def _required(name: str, statement: str) -> dict[str, str]:
    return {param.name: param.example or statement for param in QUERIES[name].params if param.required}


def _params(name: str, statement: str) -> list[str]:
    return [word for key, value in _required(name, statement).items() for word in ("--param", f"{key}={value}")]


def test_the_command_knows_the_forms() -> None:
    assert set(drawn.GRAPHS) == set(forms.WRITERS)
    assert drawn.PICTURES == picture.FORMATS
    assert not set(drawn.GRAPHS) & set(query_command.FORMATS)
    assert {name for name, query in QUERIES.items() if query.graph} == set(GRAPHS)
    assert {name for name, query in QUERIES.items() if query.plot} == set(PICTURES)


@pytest.mark.parametrize("lang", ["en", "ro"])
@pytest.mark.parametrize("name", QUERIES)
def test_a_table_fits_a_hundred_columns_and_reads_without_iris(name: str, lang: str, _articles_store: Path, lavrov: str) -> None:
    with EmbeddedStore.open(_articles_store, read_only=True) as store:
        result = answer(QUERIES[name], _required(name, lavrov), store.select, lang, base=store.base)
        lines = list(table(result, width=100, base=store.base))
    assert max(places(line.rstrip("\n")) for line in lines) <= 100
    written = "".join(lines)
    assert "https://w3id.org/" not in written
    assert not re.search(r"\bdata:(state|event|person|statement)/", written), "a thing without a label"


def test_a_supply_network_opens_in_networkx(kgbuild: Kgbuild, _articles_store: Path, ask_articles: AskArticles) -> None:
    done = kgbuild("query", "supply-network", "--store", _articles_store, "--format", "graphml", "--lang", "ro")
    assert (done.exit_code, done.stderr) == (0, "")
    graph = nx.parse_graphml(done.stdout)
    assert graph.is_directed()
    names = {node: data["label"] for node, data in graph.nodes(data=True)}
    assert {"Coreea de Nord", "Rusia", "Ucraina"} <= set(names.values())
    found = sorted((names[source], names[target], data["transfers"], data["articles"]) for source, target, data in graph.edges(data=True))
    rows = ask_articles("supply-network")
    assert [(edge[2], edge[3]) for edge in found if edge[:2] == ("Coreea de Nord", "Rusia")] == [
        (int(row["transfers"]), int(row["articles"])) for row in rows if (row["supplier"], row["recipient"]) == ("North Korea", "Russia")
    ]
    assert graph.number_of_edges() == len(rows)


def test_who_met_whom_has_no_direction(kgbuild: Kgbuild, _articles_store: Path) -> None:
    graph = nx.parse_graphml(kgbuild("query", "who-met-whom", "--store", _articles_store, "--format", "graphml").stdout)
    assert not graph.is_directed()
    names = {data["label"]: node for node, data in graph.nodes(data=True)}
    met = graph.edges[names["North Korea"], names["Russia"]]
    assert met["meetings"] > 10
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", met["first"])


def test_an_attribution_chain_runs_from_the_first_speaker_to_each_article(kgbuild: Kgbuild, _articles_store: Path, lavrov: str) -> None:
    # a mission and an agency passed his thanks on; three articles tell of it, one of them only of the mission
    done = kgbuild("query", "attribution-chain", "--param", f"statement={lavrov}", "--store", _articles_store, "--format", "graphml")
    graph = nx.parse_graphml(done.stdout)
    speakers = nx.get_node_attributes(graph, "speakerLabel")
    assert nx.is_directed_acyclic_graph(graph)
    (first,) = [node for node in graph if not graph.in_degree(node)]
    assert speakers[first] == "Sergey Lavrov"
    ends = [node for node in graph if not graph.out_degree(node)]
    assert len(ends) == 3
    assert sorted(sorted(speakers[hop] for hop in graph.predecessors(end)) for end in ends) == [
        ["Embassy of Russia in Romania"],
        ["Embassy of Russia in Romania", "TASS"],
        ["Embassy of Russia in Romania", "TASS"],
    ]
    assert graph.number_of_edges() == 10


def test_amplification_is_drawn_with_the_ontologys_words(kgbuild: Kgbuild, _articles_store: Path) -> None:
    lines = kgbuild("query", "amplification", "--store", _articles_store, "--format", "mermaid", "--lang", "ro").stdout.splitlines()
    assert lines[3] == "flowchart LR"
    assert '  n1["Ambasada Rusiei în România"]' in lines
    assert [line for line in lines if "-->" in line] == ['  n0 -->|"autor"| n1', '  n0 -->|"atașează"| n2', '  n2 -->|"publicat de"| n3']


@pytest.mark.parametrize("form", ["svg", "png"])
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_written_beside_the_rows(
    name: str, form: str, kgbuild: Kgbuild, _articles_store: Path, lavrov: str, tmp_path: Path
) -> None:
    asked = ("query", name, *_params(name, lavrov), "--store", _articles_store, "--lang", "ro", "--format", "csv")
    file = tmp_path / f"picture.{form}"
    done = kgbuild(*asked, "--plot", file)
    assert done.exit_code == 0
    assert done.stdout == kgbuild(*asked).stdout
    assert done.stderr.splitlines()[0] == f"{file}: written"
    data = file.read_bytes()
    assert data.startswith(b"\x89PNG") if form == "png" else ET.fromstring(data).tag.endswith("svg")
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_position_is_drawn_with_its_stances_in_order(kgbuild: Kgbuild, _articles_store: Path, tmp_path: Path) -> None:
    asked = ("--param", "state=RUS", "--param", "supplier=PRK", "--param", "recipient=RUS", "--lang", "ro")
    kgbuild("query", "position-timeline", *asked, "--store", _articles_store, "--plot", tmp_path / "p.svg")
    texts = ["".join(element.itertext()).strip() for element in ET.parse(tmp_path / "p.svg").iter("{http://www.w3.org/2000/svg}text")]
    stances = [text for text in texts if text in ("neagă", "respinge", "evită răspunsul", "recunoaște")]
    assert stances == ["neagă", "respinge", "evită răspunsul", "recunoaște"]
    assert "Serghei Lavrov ×2" in texts
    assert "A state's position on a supply of arms, through time (state RUS, supplier PRK, recipient RUS)" in texts


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("transfers", "--format", "graphml"), 3, "KGB-150: the rows of transfers are no graph\nhint: queries that can be written as graphml: amplification, attribution-chain, supply-network, who-met-whom\n"),
        (("transfers", "--plot", "{tmp}/p.svg"), 3, "KGB-150: the rows of transfers make no picture\nhint: queries that --plot can draw: monthly-activity, position-timeline, statements, strike-tally\n"),
        (("-", "--format", "mermaid"), 3, "KGB-150: the rows of standard input are no graph"),
        (("monthly-activity", "--plot", "{tmp}/p.gif"), 2, "a picture is FILE.svg or FILE.png"),
        (("monthly-activity", "--plot", "-"), 2, "a picture is FILE.svg or FILE.png"),
        (("monthly-activity", "--show", "--plot", "{tmp}/p.svg"), 2, "--show asks nothing"),
        (("monthly-activity", "--plot", "{tmp}/none/p.svg"), 3, "p.svg: cannot be written"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_so_is_said(
    arguments: tuple[str, ...], status: int, said: str, kgbuild: Kgbuild, _articles_store: Path, tmp_path: Path
) -> None:
    done = kgbuild("query", *(word.replace("{tmp}", str(tmp_path)) for word in arguments), "--store", _articles_store, stdin="SELECT * {}")
    assert done.exit_code == status
    assert said in done.stderr
    assert done.stdout == ""
    assert not list(tmp_path.iterdir())


def test_a_chart_that_mermaid_would_not_draw_is_told(kgbuild: Kgbuild, _articles_store: Path, tmp_path: Path) -> None:
    (tmp_path / "all.rq").write_text(
        "#+ columns: [{name: a, kind: entity}, {name: b, kind: entity}]\n#+ graph: {edges: [{from: a, to: b}]}\n"
        "SELECT DISTINCT ?a ?b { ?a a ?b } ORDER BY ?a ?b LIMIT 600",
        encoding="utf-8",
    )
    done = kgbuild("query", "--file", tmp_path / "all.rq", "--store", _articles_store, "--format", "mermaid")
    assert done.stdout.count("-->") == 600
    assert done.stderr == "600 edges: Mermaid draws 500 unless its maxEdges is raised; narrow the question, or write graphml\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("supply-network", "--format graphml, --format mermaid: supplier → recipient"),
        ("who-met-whom", "--format graphml, --format mermaid: stateA – stateB"),
        ("attribution-chain", "--format graphml, --format mermaid: a chain of statement and article, for each article"),
        ("monthly-activity", "--plot FILE.svg, --plot FILE.png: reports, transfers, origins by month"),
        ("position-timeline", "--plot FILE.svg, --plot FILE.png: a timeline from earliest to latest, a lane for each stance"),
        ("strike-tally", "--plot FILE.svg, --plot FILE.png: count by targetType, target"),
    ],
)
def test_info_tells_that_a_query_is_a_graph_or_a_picture(name: str, said: str, kgbuild: Kgbuild) -> None:
    assert said in kgbuild("info", "queries", name).stdout
    assert "Forms, beside" not in kgbuild("info", "queries", "transfers").stdout
