"""The shapes and rules as files: every one says in two languages what it demands, has a name that stays, and names terms that exist."""

from __future__ import annotations

import re

import pytest
import rdflib

from kgbuild.cli.validate import FORMATS
from kgbuild.cli.validate import SEVERITIES as CLI_SEVERITIES
from kgbuild.errors import OntologyError
from kgbuild.iris import KG, KGS
from kgbuild.ontology import Ontology
from kgbuild.pipeline import load_ontology
from kgbuild.pipeline.inputs import shipped_shapes
from kgbuild.resources import read_bundled
from kgbuild.validation import REPORTS, SEVERITIES, Shapes, load_rules

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
KGSH = "https://w3id.org/kgbuild/shapes#"
FILES = shipped_shapes()
GRAPHS = {name: rdflib.Graph().parse(data=data) for name, data in FILES.items() if name.endswith(".ttl")}
SHAPES = {
    str(node): graph
    for graph in GRAPHS.values()
    for node in {*graph.subjects(rdflib.RDF.type, SH.NodeShape), *graph.subjects(rdflib.RDF.type, SH.PropertyShape)}
}


def test_there_is_a_file_of_shapes_for_every_module_of_the_ontology_that_data_uses() -> None:
    modules = set(read_bundled("ontology", ".ttl")) - {"kgbuild.ttl", "scheme.ttl"}
    assert set(GRAPHS) == modules | {"reference.ttl"}


@pytest.mark.parametrize("shape", sorted(SHAPES), ids=lambda shape: shape.partition("#")[2])
def test_every_shape_has_a_lasting_name_a_severity_a_target_and_words_in_two_languages(shape: str) -> None:
    graph, node = SHAPES[shape], rdflib.URIRef(shape)
    assert re.fullmatch(re.escape(KGSH) + "[A-Z][A-Za-z0-9]+", shape)
    assert graph.value(node, SH.severity) in (SH.Violation, SH.Warning, SH.Info)
    assert graph.value(node, SH.targetClass) or graph.value(node, SH.targetSubjectsOf)
    constraint = graph.value(node, SH.sparql) or node
    messages = {message.language: str(message) for message in graph.objects(constraint, SH.message)}
    assert set(messages) == {"en", "ro"}
    assert all(re.fullmatch(r"[^\s].*[.…]", text) and not re.search("[şţŞŢ]", text) for text in messages.values())


@pytest.mark.parametrize("name", FILES)
def test_shapes_and_rules_name_only_terms_of_the_ontology(name: str, ontology: Ontology) -> None:
    known = {line.partition(" ")[0][1:-1] for line in ontology.lines}
    text = FILES[name].decode()
    used = {KG + term for term in re.findall(r"\bkg:([A-Za-z0-9]+)", text)} | {KGS + term for term in re.findall(r"\bkgs:([\w-]+)", text)}
    assert used - known == set()


def test_shapes_are_no_part_of_the_ontology() -> None:
    lines = load_ontology().lines
    assert not any(KGSH in line or str(SH) in line for line in lines)


def test_rules_say_in_two_languages_what_they_demand() -> None:
    rules = load_rules({name: data for name, data in FILES.items() if name.endswith(".rq")})
    assert len(rules) > 15
    for rule in rules:
        assert [language for language, _text in rule.messages] == ["en", "ro"], rule.file
        assert all(text.endswith(".") for _language, text in rule.messages), rule.file
        assert "ORDER BY" in rule.sparql, rule.file


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("a.rq", b"SELECT ?thing { ?thing ?p ?o }", "a.rq: the header must say"),
        ("a.rq", b"#+ severity: grave\n#+ message: {en: x}\n", "a.rq: the header must say"),
        ("a.rq", b"#+ severity: info\n#+ message: only one\n", "a.rq: the header must say"),
        ("a.rq", b"#+ severity: [\n", "a.rq:2: the header is not YAML"),
        ("a.rq", "#+ message: ş".encode("iso8859-2"), "a.rq: not UTF-8"),
    ],
)
def test_a_broken_rule_is_refused_with_its_file(file: str, content: bytes, message: str) -> None:
    with pytest.raises(OntologyError, match=re.escape(message)):
        load_rules({file: content})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"@prefix sh: <http://www.w3.org/ns/shacl#> .\n<http://x/s> a sh:NodeShape\nsh:x 1 .", "own.ttl:3: "),
        (b"<http://x/s> <http://x/p> \"\xff\" .", "own.ttl"),
        (
            b"@prefix sh: <http://www.w3.org/ns/shacl#> . <http://x/s> a sh:PropertyShape ; sh:minCount 1 .",
            "the shapes cannot be used: ",
        ),
    ],
    ids=["not Turtle", "not UTF-8", "no path"],
)  # fmt: skip
def test_broken_shapes_are_refused_with_what_is_wrong(content: bytes, message: str) -> None:
    with pytest.raises(OntologyError, match=re.escape(message)):
        Shapes({"own.ttl": content}).validate([])


def test_the_command_line_knows_every_format_and_severity() -> None:
    assert set(FORMATS) == set(REPORTS)
    assert CLI_SEVERITIES == SEVERITIES
