"""Files are read by what they hold, and what cannot be read is said with file and line."""

from __future__ import annotations

import pytest

from kgbuild.errors import OntologyError
from kgbuild.turtle import canonical

XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">\n'
EXPECTED = '@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n<urn:a> rdfs:label "ă"@ro .\n'


@pytest.mark.parametrize(
    "text",
    [
        '<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "ă"@ro .',
        '# first a remark\nPREFIX r: <http://www.w3.org/2000/01/rdf-schema#>\n<urn:a> r:label "\\u0103"@RO .',
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- words -->\n{XML}<rdf:Description rdf:about="urn:a"><rdfs:label xml:lang="ro">ă</rdfs:label></rdf:Description></rdf:RDF>',
        f'{XML}<rdf:Description rdf:about="urn:a"><rdfs:label xml:lang="ro">ă</rdfs:label></rdf:Description></rdf:RDF>',
        '{"@id": "urn:a", "http://www.w3.org/2000/01/rdf-schema#label": {"@value": "ă", "@language": "ro"}}',
        ' [ {"@id": "urn:a", "http://www.w3.org/2000/01/rdf-schema#label": {"@value": "ă", "@language": "ro"}} ]',
    ],
    ids=["N-Triples", "Turtle", "RDF/XML", "RDF/XML without a prologue", "JSON-LD", "JSON-LD in a list"],
)
def test_the_syntax_is_told_by_the_content(text: str) -> None:
    for data in (text.encode(), b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()):
        assert canonical("name.without-meaning", data) == EXPECTED


def test_turtle_that_begins_with_a_bracket_is_turtle() -> None:
    assert canonical("x", b"[] a <urn:a> .") == "[] a <urn:a> .\n"


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (b"<urn:a> <urn:b>\n<urn:c> ;; .\n<urn:d> <urn:e> .", "x.ttl:3: ", "correct the Turtle"),
        (b'<urn:a> <urn:b>\n"no end .', "x.ttl:2: ", "correct the Turtle"),
        (b"kg:A a kg:B .", "x.ttl:1: The prefix kg: has not been declared", "correct the Turtle"),
        (f"{XML}\n<rdf:Description>\n</rdf:RDF>".encode(), "x.ttl:4: ", "correct the XML"),
        (b'{"@context": "https://example.org/context"}', "x.ttl: ", "are not fetched"),
        ('<urn:a> <urn:b>\n"ș" .'.encode("utf-16"), "x.ttl:1: not UTF-8", "save the file as UTF-8"),
        (b'<urn:a> <urn:b>\n"\xe3" .', "x.ttl:2: not UTF-8", "save the file as UTF-8"),
        (b'<?xml version="1.0"?>\n<Ontology xmlns="http://www.w3.org/2002/07/owl#"/>', "x.ttl: this is OWL/XML", "save it as Turtle"),
        (b"Prefix(owl:=<http://www.w3.org/2002/07/owl#>)", "x.ttl: this is OWL functional syntax", "save it as Turtle"),
        (b"Prefix: owl: <http://www.w3.org/2002/07/owl#>", "x.ttl: this is Manchester syntax", "save it as Turtle"),
        (b"<urn:a> <urn:b> <<( <urn:c> <urn:d> <urn:e> )>> .", "x.ttl: a triple term", "RDF 1.1"),
        (b'<urn:a> <urn:b> "x"@ar--rtl .', "x.ttl: a text with a direction", "RDF 1.1"),
        (b"[ <urn:b> " * 400 + b"1" + b" ]" * 400 + b" .", "x.ttl: ", "give some of them an IRI"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(data: bytes, message: str, hint: str) -> None:
    with pytest.raises(OntologyError) as raised:
        canonical("x.ttl", data)
    assert str(raised.value).startswith(message)
    assert hint in raised.value.hint
