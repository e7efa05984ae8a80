"""NIF 2.0: INCEpTION's example, every syntax of RDF, IRIs that tell offsets, and dirt."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgbuild.document import Document, Mention, Problem, Prov, Unit, encode_record
from kgbuild.readers.nif import READER
from kgbuild.readers.nif.places import base_of

from . import one_article  # noqa: TID252 - the tests are no installed package

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "inception-nif"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files of INCEpTION are not beside this checkout")

PREFIXES = """
    @prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
    @prefix itsrdf: <http://www.w3.org/2005/11/its/rdf#> .
    @prefix kg: <https://w3id.org/kgbuild/ontology#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix dct: <http://purl.org/dc/terms/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix : <http://example.org/a#> .
"""
CONTEXT = PREFIXES + '<http://example.org/a#char=0,12> a nif:Context ; nif:isString "😀 Țara: Kim." .\n'
KIM = '<http://example.org/a#char=8,11> nif:referenceContext <http://example.org/a#char=0,12> ; nif:anchorOf "Kim" ; '


def read(tmp_path: Path, content: str | bytes, name: str = "a.ttl") -> list[Document | Problem]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(READER.read(path, tmp_path))


def read_one(tmp_path: Path, content: str | bytes) -> Document:
    (document,) = read(tmp_path, content)
    assert isinstance(document, Document), document
    return document


def codes(found: list[Document | Problem]) -> list[str]:
    return [code for one in found for code in ([one.code] if isinstance(one, Problem) else [problem.code for problem in one.problems])]


@needs_samples
def test_the_example_in_inceptions_guide_is_read(tmp_path: Path) -> None:
    example = (SAMPLES / "formats-nif.adoc").read_text(encoding="utf-8").split("----\n")[1]
    document = read_one(tmp_path, example)
    assert document.text is not None
    assert (document.id, len(document.text), document.problems) == ("http://example.org/document0", 86, ())
    assert [
        (unit.id, unit.kind, [mention.text for mention in unit.mentions], len(unit.labels), len(unit.links)) for unit in document.units
    ] == [
        ("char=0,5", "entity", ["Japan"], 2, 1),
        ("char=42,68", "entity", ["stratovolcanic archipelago"], 2, 1),
        ("annotation0", "topic", [], 0, 1),
    ]


@needs_samples
def test_uimas_own_rdf_is_another_format() -> None:
    assert not READER.sniff((SAMPLES / "rdfcas" / "fi-orig.ttl").read_bytes()[:65536])


@pytest.mark.parametrize("syntax", [ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD], ids=str)
def test_every_syntax_says_the_same(tmp_path: Path, syntax: ox.RdfFormat) -> None:
    written = ox.serialize(ox.parse(one_article.nif(), format=ox.RdfFormat.TURTLE, base_iri="urn:kgbuild:document:a"), format=syntax)
    assert isinstance(written, bytes)
    assert READER.sniff(written[:65536])
    document = read_one(tmp_path, written)
    assert (document.id, document.text, document.problems) == ("a", one_article.TEXT, ())
    assert sorted(unit.labels for unit in document.units) == sorted((label,) for label, _, _ in one_article.UNITS.values())
    (statement,) = (unit for unit in document.units if unit.label == "Statement")
    assert (statement.kind, statement.attrs, sorted(arg.role for arg in statement.args)) == (
        "statement",
        {"stance": "denies"},
        ["about", "date", "quote", "speaker"],
    )
    (speaker,) = (unit for unit in document.units if unit.label == "Person")
    assert [mention.text for mention in speaker.mentions] == ["Maria Zakharova", "She"]
    assert speaker.links == ("wd:Q4184336",)


IRIS = {
    "RFC 5147": "http://example.org/a#char=8,11",
    "RFC 5147, percent-encoded": "http://example.org/a#char=8%2C11",
    "offsets": "http://example.org/a#offset_8_11",
    "offsets with the anchor": "http://example.org/a#offset_8_11_Kim",
}


@pytest.mark.parametrize("case", IRIS)
def test_an_iri_tells_the_place_and_the_document(tmp_path: Path, case: str) -> None:
    document = read_one(tmp_path, CONTEXT + f'<{IRIS[case]}> nif:anchorOf "Kim" ; itsrdf:taClassRef kg:Person .')
    assert base_of(IRIS[case]) == document.id == "http://example.org/a"
    assert [(unit.label, unit.mentions) for unit in document.units] == [("Person", (Mention(((8, 11),), "Kim"),))]
    assert not document.problems


def test_indexes_hold_before_the_iri_and_other_countings_are_recognised(tmp_path: Path) -> None:
    document = read_one(tmp_path, CONTEXT + KIM + "nif:beginIndex 9 ; nif:endIndex 12 ; a kg:Person .")
    assert document.units[0].mentions == (Mention(((8, 11),), "Kim"),)
    assert codes([document]) == ["offsets-recounted"]


def test_line_ends_of_the_text_are_kept(tmp_path: Path) -> None:
    text = (
        PREFIXES
        + '<#char=0,9> nif:isString """a\r\nb Kim x""" .\n<#char=5,8> nif:referenceContext <#char=0,9> ; nif:anchorOf "Kim" ; a kg:Person .'
    )
    document = read_one(tmp_path, text)
    assert (document.id, document.text) == ("a", "a\r\nb Kim x")
    assert not document.problems


def test_classes_links_provenance_notes_and_attributes_arrive(tmp_path: Path) -> None:
    said = KIM + (
        "itsrdf:taClassRef <urn:inception:GPE%20x>, <http://dbpedia.org/ontology/Person>, owl:Thing ;"
        "itsrdf:taIdentRef <http://www.wikidata.org/entity/Q56226>, <http://aksw.org/notInWiki/Kim>, <urn:inception:k7> ;"
        'itsrdf:taConfidence 0.75 ; itsrdf:taAnnotatorsRef <http://example.org/tool> ; itsrdf:taSource "DBpedia" ;'
        'rdfs:comment "why" ; kg:stance "denies" ; kg:quantity 3 ; rdfs:seeAlso <https://ro.wikipedia.org/wiki/Kim> .'
    )
    (unit,) = read_one(tmp_path, CONTEXT + said).units
    assert unit == Unit(
        "char=8,11",
        "entity",
        ("GPE x", "http://dbpedia.org/ontology/Person"),
        mentions=(Mention(((8, 11),), "Kim"),),
        links=("wd:Q56226", "https://ro.wikipedia.org/wiki/Kim"),
        attrs={"identifier": "k7", "stance": "denies", "quantity": 3},
        prov=Prov(annotator="http://example.org/tool", confidence=0.75, ref="DBpedia", note="why"),
    )


def test_what_says_how_the_text_is_made_up_is_counted_and_left_out(tmp_path: Path) -> None:
    words = '<http://example.org/a#char=2,7> a nif:Word ; nif:referenceContext <http://example.org/a#char=0,12> ; nif:posTag "N" ; nif:anchorOf "Țara:" .'
    document = read_one(tmp_path, CONTEXT + words + KIM + "a kg:Person .")
    assert [unit.label for unit in document.units] == ["Person"]
    assert codes([document]) == ["layer-ignored"]
    assert document.problems[0].message.startswith("1 strings of the type Word")


def test_metadata_of_the_context_are_the_documents(tmp_path: Path) -> None:
    more = (
        '<http://example.org/a#char=0,12> nif:sourceUrl <http://news.example/1> ; dct:title "O veste"@ro ;'
        ' dct:issued "2024-01-16" ; dct:publisher "Agerpres" ; dct:language "ro" .'
    )
    document = read_one(tmp_path, CONTEXT + more)
    assert document.meta == {
        "uri": "http://news.example/1",
        "title": "O veste",
        "published": "2024-01-16",
        "publisher": "Agerpres",
        "lang": "ro",
    }


def test_contexts_of_one_file_are_documents_of_their_own(tmp_path: Path) -> None:
    other = '<http://example.org/b#char=0,3> a nif:Context ; nif:isString "Un." . <http://example.org/b#char=0,2> nif:anchorOf "Un" ; a kg:Person .'
    found = read(tmp_path, CONTEXT + KIM + "a kg:Person .\n" + other)
    assert [(one.id, len(one.units)) for one in found if isinstance(one, Document)] == [
        ("http://example.org/a", 1),
        ("http://example.org/b", 1),
    ]


DIRTY = {
    "an anchor that is not there": (CONTEXT + KIM.replace("Kim", "Unu") + "a kg:Person .", ["span-mismatch"]),
    "a string without a place": (
        CONTEXT + ':k nif:referenceContext <http://example.org/a#char=0,12> ; nif:anchorOf "Kim" ; a kg:Person .',
        ["quote-unplaced"],
    ),
    "two texts": (CONTEXT + '<http://example.org/a#char=0,12> nif:isString "x" .', ["text-rebuilt"]),
    "a context without a text": (PREFIXES + KIM + "a kg:Person .", ["span-without-text"]),
    "broken Turtle": (CONTEXT + "<x> a .", ["broken-rdf"]),
    "broken XML": ("<rdf:RDF><x></rdf:RDF>", ["broken-rdf"]),
    "entities": ('<!DOCTYPE x [<!ENTITY a "b">]><rdf:RDF/>', ["unsafe-xml"]),
    "no NIF": ("<http://a> <http://b> <http://c> .", ["annotation-invalid"]),
    "not UTF-8": (CONTEXT.encode() + b"\xff", ["not-utf8"]),
    "nothing": ("", ["empty-file"]),
}


@pytest.mark.parametrize("case", DIRTY)
def test_dirt_is_reported(tmp_path: Path, case: str) -> None:
    content, expected = DIRTY[case]
    assert codes(read(tmp_path, content)) == expected


def test_mutated_files_never_crash(tmp_path: Path) -> None:
    dice = random.Random(11)
    original = one_article.nif().encode()
    for _ in range(300):
        data = bytearray(original)
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(data))
            match dice.randrange(3):
                case 0:
                    data[at] = dice.choice(b'"<>#;.,_019 \xff')
                case 1:
                    del data[at : at + dice.randint(1, 9)]
                case _:
                    data[at:at] = data[at : at + dice.randint(1, 40)]
        for found in read(tmp_path, bytes(data)):
            if isinstance(found, Document):
                encode_record((found,))
                for mention in (mention for unit in found.units for mention in unit.mentions):
                    assert not mention.spans or found.text is None or " ".join(found.text[b:e] for b, e in mention.spans) == mention.text


def test_a_string_without_an_iri_goes_by_its_place_in_the_file(tmp_path: Path) -> None:
    """The parser gives a blank node another name each time: an article that was loaded again was another one."""
    marked = "[] nif:referenceContext <http://example.org/a#char=0,12> ; nif:anchorOf {} ; nif:beginIndex {} ; nif:endIndex {} ; itsrdf:taClassRef kg:X ."
    content = CONTEXT + marked.format('"Kim"', 8, 11) + marked.format('"Țara"', 2, 6)
    first, second = (encode_record((read_one(tmp_path, content),)) for _ in range(2))
    assert first == second
    assert [unit.id for unit in read_one(tmp_path, content).units] == ["_:2", "_:1"]
