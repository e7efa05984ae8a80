"""Defects beside the modules or in their bytes: catalogue, encodings, shapes, RDF/XML, what the program needs; and several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kgbuild.checking import Finding, Place
from kgbuild.checking.locating import locate

if TYPE_CHECKING:
    from tests.checking.conftest import Sound

KG = "https://w3id.org/kgbuild/ontology#"


def _ids(found: list[Finding]) -> set[str]:
    return {finding.check.id for finding in found}


def _of(found: list[Finding], check: str) -> list[Finding]:
    return [finding for finding in found if finding.check.id == check]


def _catalog(sound: Sound, old: str = "", new: str = "") -> bytes:
    catalog = (sound.around.catalog or b"").decode()
    assert old in catalog
    return catalog.replace(old, new, 1).encode()


@pytest.mark.long
@pytest.mark.parametrize(
    ("old", "new", "check", "line"),
    [
        pytest.param("<catalog", "<catalog <", "catalog-broken", True, id="not XML"),
        pytest.param('uri="place.ttl"', 'uri="places.ttl"', "catalog-wrong", True, id="a file that is not there"),
        pytest.param('name="https://w3id.org/kgbuild/ontology/place"', 'name="https://w3id.org/kgbuild/ontology/plase"', "catalog-wrong", True, id="another name"),
        pytest.param('name="https://w3id.org/kgbuild/ontology/place"', 'name="https://w3id.org/kgbuild/ontology/agent"', "catalog-wrong", True, id="a name twice"),
        pytest.param('name="https://w3id.org/kgbuild/ontology/place"', 'name="https://w3id.org/kgbuild/ontology/plase"', "catalog-unlisted", False, id="a file is not listed"),
    ],
)  # fmt: skip
def test_a_wrong_catalogue_is_found(sound: Sound, old: str, new: str, check: str, line: bool) -> None:
    found = _of(sound.found(sound.files, catalog=_catalog(sound, old, new)), check)
    assert found
    assert all(finding.place.file == "catalog-v001.xml" and bool(finding.place.line) is line for finding in found)


def test_a_missing_catalogue_is_found(sound: Sound) -> None:
    assert _ids(sound.found(sound.files, catalog=None)) == {"catalog-missing"}


def test_a_module_that_nobody_imports_and_lists_is_found(sound: Sound) -> None:
    files = {**sound.files, "cyber.ttl": sound.files["place.ttl"].split(b"\n\n")[0] + b"\n"}
    files["cyber.ttl"] += files["place.ttl"].split(b"\n\n")[1].replace(b"/place", b"/cyber") + b"\n"
    found = sound.found(files)
    assert {"import-missing", "catalog-unlisted"} <= _ids(found)


def test_shapes_are_held_to_the_terms_that_there_are(sound: Sound) -> None:
    shapes = {
        "shapes/own.ttl": f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix kg: <{KG}> .\n\nkg:S a sh:NodeShape ; sh:targetClass kg:Meetin .\n".encode()
    }
    found = _of(sound.found(sound.files, shapes=shapes), "undeclared")
    assert [(finding.place, finding.term) for finding in found] == [(Place("shapes/own.ttl", 4), "kg:Meetin")]
    assert "did you mean kg:Meeting?" in found[0].says


def test_broken_shapes_are_found(sound: Sound) -> None:
    assert ("syntax", Place("shapes/own.ttl", 2)) in {
        (f.check.id, f.place) for f in sound.found(sound.files, shapes={"shapes/own.ttl": b"@prefix a: <b:c> .\na:b a:c\n"})
    }


def test_a_shape_that_is_imported_is_found(sound: Sound) -> None:
    shapes = {"shapes/own.ttl": b"<https://w3id.org/kgbuild/ontology/shapes> a <http://www.w3.org/2002/07/owl#Ontology> .\n"}
    files = sound.edited(("place.ttl", "owl:imports", "owl:imports <https://w3id.org/kgbuild/ontology/shapes> ,"))
    assert "import-beside" in _ids(sound.found(files, shapes=shapes))


def test_what_the_program_and_the_queries_need_cannot_be_renamed(sound: Sound) -> None:
    files = {name: data.replace(b"kg:Strike ", b"kg:Blow ").replace(b"kg:supplier", b"kg:provider") for name, data in sound.files.items()}
    lost = {finding.term: finding.says for finding in _of(sound.found(files), "lost-term")}
    assert "kg:supplier" in lost
    assert ".rq" in lost["kg:supplier"] or "vocabulary" in lost["kg:supplier"]


def test_a_file_that_is_not_utf8_is_found_and_the_rest_is_checked(sound: Sound) -> None:
    files = sound.edited(("event.ttl", 'rdfs:label "meeting"@en ,', 'rdfs:label "meeting"@en , "get-together"@en ,'))
    files["agent.ttl"] = files["agent.ttl"].replace("ambasadă".encode(), "ambasadă".encode("iso-8859-2"), 1)
    found = sound.found(files)
    line = files["agent.ttl"].count(b"\n", 0, files["agent.ttl"].index("ambasadă".encode("iso-8859-2"))) + 1
    assert [finding.place for finding in _of(found, "encoding")] == [Place("agent.ttl", line)]
    assert _of(found, "label-doubled")


def test_a_byte_order_mark_is_no_defect(sound: Sound) -> None:
    files = {**sound.files, "place.ttl": b"\xef\xbb\xbf" + sound.files["place.ttl"]}
    assert _ids(sound.found(files)) <= {"not-canonical"}


def test_rdf_xml_is_read_and_named(sound: Sound) -> None:
    xml = ox.serialize(ox.parse(sound.files["place.ttl"], ox.RdfFormat.TURTLE), format=ox.RdfFormat.RDF_XML)
    assert isinstance(xml, bytes)
    found = sound.found({**sound.files, "place.ttl": xml})
    assert {(finding.check.id, str(finding.place)) for finding in found} == {("rdf-xml", "place.ttl:1")}


def test_an_empty_file_is_found(sound: Sound) -> None:
    assert {(f.check.id, f.place.file) for f in sound.found({**sound.files, "draft.ttl": b"# later\n"})} >= {("empty-file", "draft.ttl")}


def test_every_misspelled_term_is_named_in_one_run(sound: Sound) -> None:
    edits = [("event.ttl", "", f"\nkg:Meeting rdfs:seeAlso kg:Nowhere{number} .\n") for number in range(30)]
    found = _of(sound.found(sound.edited(*edits)), "undeclared")
    assert {finding.term for finding in found} == {f"kg:Nowhere{number}" for number in range(30)}


def test_one_broken_statement_does_not_hide_what_else_is_wrong(sound: Sound) -> None:
    files = sound.edited(
        ("event.ttl", "kg:identifiedBy kg:date , kg:host , kg:visitor ;", "kg:identifiedBy kg:date , kg:host , kg:visitor"),
        ("event.ttl", 'rdfs:label "meeting"@en , "întâlnire"@ro ;', 'rdfs:label "meeting"@en ;'),
        ("event.ttl", "", '\nkg:Summit a owl:Class ;;; rdfs:label "broken .\n'),
        ("place.ttl", "rdfs:subClassOf kg:Place ;", "rdfs:subClassOf kg:Plaice ;"),
    )
    found = sound.found(files)
    assert len(_of(found, "syntax")) >= 2
    assert any(finding.term == "kg:Meeting" and "Romanian" in finding.says for finding in _of(found, "label-missing"))
    assert {finding.term for finding in _of(found, "undeclared")} == {"kg:Plaice"}, "terms of broken statements are not called undeclared"


# --- where things stand


TRICKY = '''@prefix k: <https://example.org/#> .
# k:no a k:Comment .
k:one k:says "a # is no comment . and [ no bracket" ;
    k:long """several
lines with "quotes" . and ; # marks
k:none k:such "x" ."""@ro ;
    k:short 'it\\'s' , 1.5 , true ;
    k:nested [ k:inner ( k:deep "x.y" ) ] .

<https://example.org/#two>
    k:says "ț"@ro , "𝄞" .
k:dots.in.name k:p%20q k:esc\\,aped.
k:last k:p k:one.
'''


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (("one",), 3),
        (("one", "long"), 4),
        (("one", "short", "it's"), 7),
        (("one", "short", "1.5"), 7),
        (("two",), 10),
        (("two", "says", "ț@ro"), 11),
        (("two", "says", "𝄞"), 11),
        (("dots.in.name", "p%20q"), 12),
        (("last", "p", "https://example.org/#one"), 13),
        (("deep",), 8),
        (("none",), 0),
        (("no",), 0),
    ],
)
def test_lines_are_found_in_tricky_turtle(said: tuple[str, ...], line: int) -> None:
    subject, *rest = said
    predicate = f"https://example.org/#{rest[0]}" if rest else ""
    assert locate(TRICKY).of(f"https://example.org/#{subject}", predicate, *rest[1:]) == line


@pytest.mark.parametrize("broken", ["", "\ufeff", '"', "'''", "<", "@prefix", "a b c", "]]]) .", "k:x k:y [ [ (", "\x00", "\\u12", ". . ;"])
def test_no_text_is_too_broken_to_be_walked(broken: str) -> None:
    assert locate(broken).of("https://example.org/x") == 0
