"""``kgbuild ontology release``: one ontology in every syntax, the same in each, and the way there by content negotiation."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from pathlib import Path

import owlready2
import pytest
from click.testing import Result
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from kgbuild.turtle import canonical, release
from kgbuild.turtle.releasing import negotiation

ONTOLOGY = Path(__file__).parents[2] / "ontology"
ROOT = "https://w3id.org/kgbuild/ontology"
Kgbuild = Callable[..., Result]
FORMATS = {"kgbuild.ttl": "turtle", "kgbuild.owl": "xml", "kgbuild.nt": "nt", "kgbuild.jsonld": "json-ld"}


@pytest.fixture(scope="module")
def released(kgbuild: Kgbuild, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "made"
    result = kgbuild("ontology", "release", "-o", folder)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def graphs(released: Path) -> dict[str, Graph]:
    return {name: _parsed(released / name, syntax) for name, syntax in FORMATS.items()}


def _parsed(path: Path, syntax: str) -> Graph:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's JSON-LD parser uses what rdflib deprecates
        return Graph().parse(path, format=syntax)


@pytest.mark.long
def test_every_syntax_says_the_same(graphs: dict[str, Graph]) -> None:
    # rdflib tells apart two forms of a number; the files must not have two
    turtle = graphs.pop("kgbuild.ttl")
    assert len(turtle) > 4000
    for name, graph in graphs.items():
        assert isomorphic(graph, turtle), name
    graphs["kgbuild.ttl"] = turtle


def test_the_modules_are_one_ontology(graphs: dict[str, Graph]) -> None:
    merged = graphs["kgbuild.ttl"]
    modules = Graph()
    for path in ONTOLOGY.glob("*.ttl"):
        modules.parse(path)
    assert set(merged.subjects(RDF.type, OWL.Ontology)) == {URIRef(ROOT)}
    assert list(merged.objects(None, OWL.imports)) == []
    assert str(merged.value(URIRef(ROOT), OWL.versionIRI)).startswith(f"{ROOT}/")
    assert set(merged.subject_objects(RDFS.isDefinedBy)) == set(modules.subject_objects(RDFS.isDefinedBy))
    headers = set(modules.subjects(RDF.type, OWL.Ontology))
    for predicate in (RDFS.label, RDFS.subClassOf, RDFS.range):
        said = {(s, o) for s, o in modules.subject_objects(predicate) if s not in headers and not isinstance(o, BNode)}
        assert said <= set(merged.subject_objects(predicate))


@pytest.mark.long
def test_the_bytes_follow_from_the_modules(kgbuild: Kgbuild, released: Path, tmp_path: Path) -> None:
    assert kgbuild("ontology", "release", "-o", tmp_path, "--ontology", ONTOLOGY).exit_code == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {path.name: path.read_bytes() for path in released.iterdir()}
    text = (released / "kgbuild.ttl").read_bytes()
    assert canonical("kgbuild.ttl", text).encode() == text
    for name in FORMATS:
        assert canonical(name, (released / name).read_bytes()).encode() == text, name


def test_literals_are_those_that_every_tool_reads(graphs: dict[str, Graph]) -> None:
    used = {value.datatype for value in graphs["kgbuild.nt"].objects() if isinstance(value, Literal)}
    assert used <= {None, XSD.boolean, XSD.dateTime, XSD.integer, XSD.decimal, XSD.anyURI, RDF.langString}


@pytest.mark.parametrize("name", ["kgbuild.owl", "kgbuild.nt"])
def test_owlready2_opens_it(released: Path, graphs: dict[str, Graph], name: str) -> None:
    world = owlready2.World()
    with (released / name).open("rb") as file:
        ontology = world.get_ontology(f"{ROOT}#").load(only_local=True, fileobj=file)
    mine = {c for c in graphs["kgbuild.ttl"].subjects(RDF.type, OWL.Class) if isinstance(c, URIRef)}
    assert {c.iri for c in ontology.classes()} >= {str(c) for c in mine}
    assert world[f"{ROOT}#Embassy"].label.ro == ["ambasadă"]
    world.close()


ALIGNMENT = f"""@prefix owl: <http://www.w3.org/2002/07/owl#> .
<{ROOT}/alignment> a owl:Ontology ; owl:imports <{ROOT}> .
<{ROOT}#Event> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <http://semanticweb.cs.vu.nl/2009/11/sem/Event> .
""".encode()


@pytest.mark.long
def test_the_alignment_makes_an_ontology_of_its_own() -> None:
    modules = {path.name: path.read_bytes() for path in ONTOLOGY.glob("*.ttl")}
    assert "kgbuild-full.ttl" not in release(modules, {})
    files = release(modules, {"alignment.ttl": ALIGNMENT})
    full = Graph().parse(data=files["kgbuild-full.ttl"], format="turtle")
    assert set(full.subjects(RDF.type, OWL.Ontology)) == {URIRef(f"{ROOT}/full")}
    assert str(full.value(URIRef(f"{ROOT}/full"), OWL.versionIRI)).startswith(f"{ROOT}/full/")
    assert "kg:Event a owl:Class ;\n    rdfs:subClassOf sem:Event ;" in files["kgbuild-full.ttl"].decode()
    assert "sem:" not in files["kgbuild.ttl"].decode()


def test_imports_from_elsewhere_stay(tmp_path: Path) -> None:
    top = b"<urn:top> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <urn:part> ."
    part = b"<urn:part> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <urn:far> ; <urn:by> [ <urn:n> 1 ] ."
    text = release({"top.ttl": top, "part.ttl": part}, {})["kgbuild.ttl"].decode()
    assert text.partition("\n\n")[2] == "<urn:top> a owl:Ontology ;\n    owl:imports <urn:far> .\n"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.ttl": "<urn:a> a <urn:b> ."}, "no ontology here imports all others (there are: none)"),
        (
            {
                "a.ttl": "<urn:a> a <http://www.w3.org/2002/07/owl#Ontology> .",
                "b.ttl": "<urn:b> a <http://www.w3.org/2002/07/owl#Ontology> .",
            },
            "no ontology here imports all others (there are: <urn:a>, <urn:b>)",
        ),
        ({"a.ttl": "<urn:a> a"}, "a.ttl:1: "),
    ],
)
def test_what_cannot_be_merged_is_said(kgbuild: Kgbuild, tmp_path: Path, files: dict[str, str], message: str) -> None:
    (tmp_path / "in").mkdir()
    for name, text in files.items():
        (tmp_path / "in" / name).write_text(text)
    result = kgbuild("ontology", "release", "-o", tmp_path / "out", "--ontology", tmp_path / "in")
    assert result.exit_code == 3
    assert message in result.stderr
    assert not (tmp_path / "out").exists()


# --- content negotiation


def redirect(rules: str, path: str, accept: str) -> str | None:
    """Where the rules send a request: the part of Apache's mod_rewrite that they use."""
    conditions: list[tuple[str, bool]] = []
    for line in rules.splitlines():
        match line.split():
            case ["RewriteCond", "%{HTTP_ACCEPT}", pattern, *flags]:
                conditions.append((pattern, flags == ["[OR]"]))
            case ["RewriteRule", pattern, target, "[R=303,L]"]:
                met = [re.search(condition, accept) is not None for condition, _ in conditions]
                holds = any(met) if any(alternative for _, alternative in conditions) else all(met)
                conditions = []
                if holds and re.search(pattern, path):
                    return target
    return None


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("text/turtle", "kgbuild.ttl"),
        ("application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, */*; q=0.1", "kgbuild.owl"),
        ("application/ld+json", "kgbuild.jsonld"),
        ("application/n-triples", "kgbuild.nt"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "index.html"),
        ("*/*", "kgbuild.ttl"),
        ("", "kgbuild.ttl"),
    ],
)
@pytest.mark.parametrize("path", ["ontology", "ontology/0.1.0", "ontology/agent", "scheme/stance-denies"])
def test_each_client_is_led_to_the_syntax_that_it_takes(released: Path, path: str, accept: str, target: str) -> None:
    rules = (released / ".htaccess").read_text()
    assert redirect(rules, path, accept) == target
    assert target == "index.html" or (released / target).is_file()
    assert redirect(negotiation("https://example.org/kg/"), path, accept) == f"https://example.org/kg/{target}"


def test_other_paths_are_left_alone_and_the_full_ontology_is_found() -> None:
    assert redirect(negotiation(), "id/article/x", "text/turtle") is None
    assert redirect(negotiation(), "ontology-of-others", "text/turtle") is None
    assert redirect(negotiation(), "ontology/full/0.1.0", "application/rdf+xml") == "kgbuild-full.ttl"
