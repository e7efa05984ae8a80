"""The pages tell everything about every term, and stand on their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
import rdflib

from kgbuild.documentation import Book, read, render
from kgbuild.documentation.phrases import PHRASES
from kgbuild.iris import KG, KGS, compress
from kgbuild.query import load_queries
from kgbuild.resources import read_bundled

RDF, RDFS, SKOS, OWL = rdflib.RDF, rdflib.RDFS, rdflib.SKOS, rdflib.OWL
Trees = Mapping[str, ElementTree.Element]
Elements = dict[str, ElementTree.Element]

CYBER = """\
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
kg:CyberAttack a owl:Class ; rdfs:subClassOf kg:Event ;
    rdfs:label "cyber attack"@en , "atac cibernetic"@ro ;
    skos:definition "An event in which <b>someone</b> & \\"others\\" break in. 🚀"@en ;
    kg:annotationLabel "CYBERATTACK" ; kg:identifiedBy kg:date , kg:hacker ; skos:example "the break-in of 2014"@en .
kg:hacker a owl:ObjectProperty ; rdfs:domain kg:CyberAttack ; rdfs:range kg:Agent ; rdfs:label "<script>alert(1)</script>"@en .
"""
SHAPE = """\
@prefix kg: <https://w3id.org/kgbuild/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
kg:CyberShape a sh:NodeShape ; sh:targetClass kg:CyberAttack ;
    sh:property [ sh:path kg:hacker ; sh:minCount 1 ; sh:message "Someone attacks."@en ] ;
    sh:sparql [ sh:select "SELECT $this { $this kg:date ?d }" ] .
"""
RULE = """\
#+ severity: violation
#+ message:
#+   en: "One <hacker> at a time."
#+   ro: "Câte un atacator."
PREFIX kg: <https://w3id.org/kgbuild/ontology#>
SELECT ?thing WHERE { ?thing kg:hacker ?one, ?other FILTER(?one != ?other) }
"""


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    """The ontology as another library reads it."""
    graph = rdflib.Graph()
    for data in read_bundled("ontology", ".ttl").values():
        graph.parse(data=data, format="turtle")
    return graph


@pytest.fixture(scope="module")
def terms(graph: rdflib.Graph) -> list[rdflib.URIRef]:
    return sorted({s for s in graph.subjects(RDF.type) if isinstance(s, rdflib.URIRef) and str(s).startswith((KG, KGS))})


@pytest.fixture(scope="module")
def by_iri(trees: Trees) -> Elements:
    """The article of each term."""
    articles = [article for article in trees["index.html"].iter("article") if "term" in article.get("class", "").split()]
    return {_one(article, "iri"): article for article in articles}


def _text(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _one(element: ElementTree.Element, css: str) -> str:
    (found,) = [_text(e) for e in element.iter() if css in e.get("class", "").split()]
    return found


def _row(article: ElementTree.Element, heading: str) -> list[ElementTree.Element]:
    """What stands behind a heading."""
    rows = [row for row in article.iter("div") if row.get("class") == "row"]
    return [row[1] for row in rows if _text(row[0]).startswith(PHRASES[heading][0])]


def test_every_term_has_its_place(by_iri: Elements, terms: list[rdflib.URIRef]) -> None:
    assert len(terms) > 300
    assert {str(term) for term in terms} - by_iri.keys() == set()


def test_every_term_shows_its_labels_and_definitions_each_in_its_language(
    by_iri: Elements, graph: rdflib.Graph, terms: list[rdflib.URIRef]
) -> None:
    for term in terms:
        article = by_iri[str(term)]
        shown = {(e.get("lang"), _text(e)) for e in article.iter() if e.get("lang")}
        for predicate in (RDFS.label, SKOS.definition):
            for literal in graph.objects(term, predicate):
                assert (literal.language, " ".join(literal.split())) in shown, (term, literal)


def test_every_label_of_shipped_terms_is_in_both_languages(by_iri: Elements) -> None:
    for iri, article in by_iri.items():
        heading = next(article.iter("h3"))
        languages = {e.get("lang") for e in heading.iter() if "label" in e.get("class", "")}
        assert {"en", "ro"} <= languages, iri


def test_what_annotators_write_stands_with_its_term(by_iri: Elements, graph: rdflib.Graph, terms: list[rdflib.URIRef]) -> None:
    checked = 0
    for term in terms:
        for label in graph.objects(term, rdflib.URIRef(KG + "annotationLabel")):
            (row,) = _row(by_iri[str(term)], "write")
            assert str(label) in [_text(code) for code in row.iter("code")]
            checked += 1
    assert checked > 200


def test_codes_examples_sources_and_notes_are_shown(by_iri: Elements, graph: rdflib.Graph, terms: list[rdflib.URIRef]) -> None:
    """Whatever is said of a term in words or by a link is on the page, whichever property says it."""
    for term in terms:
        text = _text(by_iri[str(term)])
        for predicate, value in graph.predicate_objects(term):
            if isinstance(value, rdflib.Literal) and predicate not in (OWL.deprecated, rdflib.URIRef(KG + "computed")):
                assert " ".join(str(value).split()).removesuffix("T00:00:00") in text, (term, predicate)


def test_every_query_that_names_a_term_stands_with_it(by_iri: Elements, terms: list[rdflib.URIRef]) -> None:
    queries = load_queries(read_bundled("queries", ".rq"))
    named = {term: [] for term in terms}
    for query in queries.values():
        code = "\n".join(line.partition(" #")[0] for line in query.text.splitlines())
        for term in terms:
            if re.search(rf"(?<![\w-]){re.escape(compress(str(term)))}(?![\w-])", code):
                named[term].append(query.name)
    assert sum(map(bool, named.values())) > 50
    for term, expected in named.items():
        rows = _row(by_iri[str(term)], "queries-of")
        shown = [_text(code) for row in rows[:1] for code in row.iter("code")] if expected else []
        assert set(expected) <= set(shown), term


def test_identity_shows_the_class_that_carries_it(by_iri: Elements) -> None:
    (own,) = _row(by_iri[KG + "ArmsTransfer"], "identity")
    assert {"supplier", "recipient"} <= {_text(e) for e in own.iter("span") if e.get("lang") == "en"}
    (inherited,) = [row for row in by_iri[KG + "Denial"].iter("div") if row.get("class") == "row" and "Identified" in _words(row[0])]
    assert "Identified by (from statement)" in _words(inherited)
    assert "speaker" in _words(inherited)


def _words(element: ElementTree.Element) -> str:
    """The text without its Romanian, as the English page shows it."""
    if element.get("lang") == "ro":
        return ""
    return "".join([element.text or "", *(_words(child) + (child.tail or "") for child in element)])


@pytest.mark.parametrize(
    ("term", "heading", "said"),
    [
        ("Denial", "means", "statement and (stance is denies)"),
        ("Official", "means", "person and (holds post some post)"),
        ("represents", "chain", "holds post then post of"),
        ("holdsPost", "chain", "holder (backwards) then post held"),
        ("locatedIn", "traits", "transitive: a step of a step is a step"),
        ("supplier", "joins", "arms supply relation or arms transfer → agent"),
        ("Agent", "disjoint", "place"),
        ("ContactEvent", "cameo", "04"),
        ("Meeting", "plover", "CONSULT"),
    ],
)
def test_logic_and_codes_are_told_in_words(by_iri: Elements, term: str, heading: str, said: str) -> None:
    assert any(said in " ".join(_words(row).split()) for row in _row(by_iri[KG + term], heading))


def test_every_link_inside_leads_somewhere_and_no_place_is_named_twice(trees: Trees) -> None:
    places = {name: [e.get("id") for e in tree.iter() if e.get("id")] for name, tree in trees.items()}
    for ids in places.values():
        assert len(ids) == len(set(ids))
    links = [(name, e.get("href", "")) for name, tree in trees.items() for e in tree.iter("a")]
    assert len(links) > 2000
    for name, href in links:
        if not href.startswith(("http://", "https://", "urn:")):
            page, _, place = href.partition("#")
            assert (page or name) in trees, href
            assert not place or unquote(place) in places[page or name], (name, href)


def test_a_terms_iri_leads_to_its_place(by_iri: Elements) -> None:
    for iri, article in by_iri.items():
        local = iri.removeprefix(KG).removeprefix(KGS)
        # a scheme may be named as the property that leads to it
        assert article.get("id") == (f"kgs-{local}" if KG + local in by_iri and iri.startswith(KGS) else local)


def test_the_pages_load_nothing_from_elsewhere(pages: Mapping[str, bytes], trees: Trees) -> None:
    for tree in trees.values():
        loaded = [e.get(a) for e in tree.iter() for a in ("src", "srcset", "data", "poster") if e.get(a)]
        loaded += [e.get("href") for e in tree.iter("link")]
        assert set(loaded) <= set(pages)
        assert not [e for e in tree.iter() if any(a.startswith("on") for a in e.attrib) or e.get("style")], "a strict policy forbids these"
        assert all(e.get("src") for e in tree.iter("script"))
        assert not list(tree.iter("style"))
    assert b"url(" not in pages["style.css"]
    assert b"@import" not in pages["style.css"]
    assert b"http" not in pages["script.js"]


def test_equal_input_gives_equal_bytes_without_a_trace_of_the_machine(pages: Mapping[str, bytes], book: Book) -> None:
    assert render(book) == pages
    files = read_bundled("ontology", ".ttl")
    again = render(read(dict(reversed(files.items())), load_queries(read_bundled("queries", ".rq")), {}))
    assert again["diagrams.html"] == pages["diagrams.html"]
    for page in pages.values():
        assert str(Path.home()).encode() not in page
        assert str(Path(__file__).parents[2]).encode() not in page


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An editor's folder: the shipped modules, a new class, and a shape of it."""
    folder = tmp_path_factory.mktemp("edited")
    for name, data in read_bundled("ontology", ".ttl").items():
        (folder / name).write_bytes(data)
    (folder / "cyber.ttl").write_text(CYBER, encoding="utf-8")
    (folder / "shapes").mkdir()
    (folder / "shapes" / "cyber.ttl").write_text(SHAPE, encoding="utf-8")
    (folder / "shapes" / "store").mkdir()
    (folder / "shapes" / "store" / "one-hacker.rq").write_text(RULE, encoding="utf-8")
    return folder


@pytest.mark.long
def test_an_editors_class_is_documented_with_its_shape_and_diagram(kgbuild, edited: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = kgbuild("ontology", "docs", "-o", tmp_path / "new" / "pages", "--ontology", edited)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "new" / "pages").iterdir()}
    html5lib = pytest.importorskip("html5lib")
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(pages["index.html"])
    (article,) = [article for article in tree.iter("article") if article.get("id") == "CyberAttack"]
    text = _text(article)
    for said in ("atac cibernetic", "CYBERATTACK", "the break-in of 2014", 'which <b>someone</b> & "others" break in. 🚀', "CyberShape"):
        assert said in text
    (shape,) = [use for use in tree.iter("article") if use.get("id") == "shape-CyberShape"]
    assert {"cyber attack", "date"} <= {_text(e) for e in shape.iter("span") if e.get("lang") == "en"} | {_text(a) for a in shape.iter("a")}
    assert "Someone attacks." in _text(shape)
    (rule,) = [use for use in tree.iter("article") if use.get("id") == "shape-one-hacker"]
    assert "One <hacker> at a time." in _text(rule)
    assert "Câte un atacator." in _text(rule)
    assert "<script>alert" not in pages["index.html"] + pages["diagrams.html"]
    assert "index.html#CyberAttack" in pages["diagrams.html"]


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda folder: folder / "absent", "not a folder"),
        (lambda folder: folder, "holds no Turtle file"),
        (lambda folder: (folder / "a.ttl").write_text("kg:x a .") and folder, "a.ttl:1"),
    ],
    ids=["no folder", "empty folder", "broken Turtle"],
)
def test_a_folder_that_cannot_be_read_is_refused(kgbuild, tmp_path: Path, prepare, said: str) -> None:  # type: ignore[no-untyped-def]
    result = kgbuild("ontology", "docs", "-o", tmp_path / "out", "--ontology", prepare(tmp_path))
    assert result.exit_code == 3
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_in_the_place_of_the_folder_is_an_error_not_a_crash(kgbuild, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "taken").write_text("x")
    result = kgbuild("ontology", "docs", "-o", tmp_path / "taken")
    assert result.exit_code == 3
    assert "cannot be made" in result.stderr


def test_without_jinja_the_extra_is_named(kgbuild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    result = kgbuild("ontology", "docs", "-o", tmp_path / "out")
    assert result.exit_code == 5
    assert "kgbuild[docs]" in result.stderr
