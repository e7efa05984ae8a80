"""CAS XMI: with and without its type system, in folders and archives, XML 1.1, and XML that must not be read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kgbuild.document import Arg, Document, Problem
from kgbuild.readers import choose, discover, read
from kgbuild.readers.xmi import READER
from tests.conftest import CHECKOUT

SAMPLES = CHECKOUT.parent / "shared" / "samples"

XMI = """<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:tcas="http:///uima/tcas.ecore"
  xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">
  <cas:NULL xmi:id="0"/>
  <tcas:DocumentAnnotation xmi:id="2" sofa="1" begin="0" end="23" language="ro"/>
  <custom:Thing xmi:id="3" sofa="1" begin="3" end="8" value="State" rank="2" sure="true"><alias>RU</alias><alias>Rusia</alias></custom:Thing>
  <custom:Thing xmi:id="4" sofa="1" begin="19" end="23" value="Weapon"/>
  <custom:Event xmi:id="5" sofa="1" begin="9" end="17" value="ArmsTransfer" arguments="6 7"/>
  <custom:EventLink xmi:id="6" role="recipient" target="3"/>
  <custom:EventLink xmi:id="7" target="4"/>
  <custom:Tie xmi:id="8" sofa="1" begin="19" end="23" Governor="3" Dependent="4" value="owns"/>
  <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="&#128512; Rusia a primit&#13;&#10;arme"/>
  <cas:View sofa="1" members="2 3 4 5 8"/>
</xmi:XMI>
"""
_FEATURE = "<featureDescription><name>{}</name><rangeTypeName>{}</rangeTypeName>{}</featureDescription>"
_LINKS = "<elementType>webanno.custom.EventLink</elementType>"


def _declared(name: str, supertype: str, *features: tuple[str, str] | tuple[str, str, str]) -> str:
    written = "".join(_FEATURE.format(*each, *([""] * (3 - len(each)))) for each in features)
    return f"<typeDescription><name>{name}</name><supertypeName>{supertype}</supertypeName><features>{written}</features></typeDescription>"


_STRING, _ANNOTATION = "uima.cas.String", "uima.tcas.Annotation"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>'
    + _declared(
        "webanno.custom.Thing",
        _ANNOTATION,
        ("value", _STRING),
        ("rank", "uima.cas.Integer"),
        ("sure", "uima.cas.Boolean"),
        ("alias", "uima.cas.StringArray"),
    )
    + _declared("webanno.custom.Event", _ANNOTATION, ("value", _STRING), ("arguments", "uima.cas.FSArray", _LINKS))
    + _declared("webanno.custom.EventLink", "uima.cas.TOP", ("role", _STRING), ("target", _ANNOTATION))
    + _declared("webanno.custom.Tie", _ANNOTATION, ("value", _STRING), ("Governor", _ANNOTATION), ("Dependent", _ANNOTATION))
    + "</types></typeSystemDescription>"
)


def written(folder: Path, xmi: str = XMI, types: str | None = TYPES) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "a.xmi").write_text(xmi, newline="")
    if types is not None:
        (folder / "TypeSystem.xml").write_text(types)
    return folder / "a.xmi"


def document(path: Path) -> Document:
    [found] = READER.read(path, path.parent)
    assert isinstance(found, Document), found
    return found


def rejected(path: Path) -> Problem:
    [found] = READER.read(path, path.parent)
    assert isinstance(found, Problem), found
    assert found.severity == "rejected"
    return found


def test_features_are_what_the_type_system_says(tmp_path: Path) -> None:
    found = document(written(tmp_path))
    assert (found.id, found.text, found.meta, found.problems) == ("a", "😀 Rusia a primit\r\narme", {"lang": "ro"}, ())
    by_id = {unit.id: unit for unit in found.units}
    assert by_id["Thing-2-7"].attrs == {"rank": 2, "sure": True, "alias": ["RU", "Rusia"]}
    assert by_id["Event-8-16"].args == (Arg("recipient", target="Thing-2-7"), Arg("arguments", target="Thing-18-22"))
    assert by_id["Tie-18-22"].args == (Arg("source", target="Thing-2-7"), Arg("target", target="Thing-18-22"))
    assert [mention.text for mention in by_id["Event-8-16"].mentions] == ["a primit"]


def test_without_a_type_system_the_plain_references_are_read_and_it_is_said(tmp_path: Path) -> None:
    told = {unit.id: unit for unit in document(written(tmp_path / "with")).units}
    alone = document(written(tmp_path / "without", types=None))
    assert [problem.code for problem in alone.problems] == ["type-system-missing"]
    guessed = {unit.id: unit for unit in alone.units}
    assert [guessed[each].args for each in told] == [unit.args for unit in told.values()]
    assert guessed["Thing-2-7"].attrs == {"rank": "2", "sure": "true", "alias": ["RU", "Rusia"]}


def test_what_the_type_system_does_not_declare_is_read_and_reported(tmp_path: Path) -> None:
    xmi = XMI.replace('value="Weapon"', 'value="Weapon" calibre="12"').replace("custom:Tie", "custom:Bond")
    found = document(written(tmp_path, xmi))
    assert [(problem.code, problem.severity) for problem in found.problems] == [("feature-undeclared", "kept")] * 2
    assert {unit.id for unit in found.units} >= {"Bond-18-22"}
    assert next(unit for unit in found.units if unit.id == "Thing-18-22").attrs == {"calibre": "12"}


@pytest.mark.parametrize("name", ["TypeSystem.xml", "typesystem.xml", "a-typesystem.xml", "a.typesystem.xml", "my_TypeSystem_v2.xml"])
def test_the_type_system_is_found_beside_the_file(name: str, tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "TypeSystem.xml").rename(tmp_path / name)
    assert document(path).problems == ()


def test_a_type_system_is_no_annotation_file(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "TypeSystem.xml").rename(tmp_path / "a-typesystem.xml")
    assert [getattr(source, "path", source).name for source in discover([tmp_path])] == ["a.xmi"]


def test_an_archive_holds_a_document_with_its_type_system(tmp_path: Path) -> None:
    path = written(tmp_path / "files")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("a.xmi", XMI)
        archive.writestr("TypeSystem.xml", TYPES)
    assert choose(tmp_path / "b.zip").name == "xmi"
    found = document(tmp_path / "b.zip")
    assert (found.id, found.units) == ("b", document(path).units)
    assert found.where.endswith("b.zip/a.xmi")


def test_an_archive_of_several_documents_names_each(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("one/a.xmi", XMI)
        archive.writestr("one/TypeSystem.xml", TYPES)
        archive.writestr("two.xmi", "<a/>")
    found = list(READER.read(tmp_path / "b.zip", tmp_path))
    assert isinstance(found[0], Document)
    assert found[0].id == "b/one/a"
    assert found[0].problems == ()
    assert isinstance(found[1], Problem)
    assert found[1].code == "broken-xml"
    assert found[1].where.endswith("b.zip/two.xmi")


@pytest.mark.parametrize("member", ["../a.xmi", "/a.xmi", "C:\\a.xmi"])
def test_an_archive_that_leads_out_of_itself_is_refused(member: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr(member, XMI)
    assert rejected(tmp_path / "b.zip").code == "archive-unsafe"


def test_xml_1_1_is_read_with_its_control_characters(tmp_path: Path) -> None:
    xmi = XMI.replace('version="1.0"', 'version="1.1"', 1).replace("primit&#13;", "primi&#1;&#x1F;&#13;")
    for old, new in (('end="17"', 'end="16"'), ('begin="19"', 'begin="20"'), ('end="23"', 'end="24"')):
        xmi = xmi.replace(old, new)
    found = document(written(tmp_path, xmi))
    assert found.text == "😀 Rusia a primi\x01\x1f\r\narme"
    assert next(unit for unit in found.units if unit.label == "ArmsTransfer").mentions[0].text == "a primi"
    assert next(unit for unit in found.units if unit.label == "Weapon").mentions[0].text == "arme"


def test_xml_1_0_with_control_characters_is_rejected_with_its_line(tmp_path: Path) -> None:
    found = rejected(written(tmp_path, XMI.replace("Rusia a", "Rusia&#1;a")))
    assert (found.code, found.where.rpartition(":")[2]) == ("broken-xml", "12")


@pytest.mark.parametrize(
    ("xmi", "code"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + XMI.partition("\n")[2], "unsafe-xml"),
        ('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">' + XMI.partition("\n")[2], "unsafe-xml"),
        (XMI.replace("</xmi:XMI>", ""), "broken-xml"),
        ("<a/>", "broken-xml"),
        (XMI.replace("<cas:NULL", "<a>" * 250 + "</a>" * 250 + "<cas:NULL"), "unsafe-xml"),
        ("", "empty-file"),
        (XMI.replace("sofaString", "sofaURI"), "text-unavailable"),
    ],
)
def test_what_is_no_xmi_or_not_safe_is_rejected(xmi: str, code: str, tmp_path: Path) -> None:
    assert rejected(written(tmp_path, xmi)).code == code


@pytest.mark.parametrize("types", ["<a/>", "<a", '<!DOCTYPE a [<!ENTITY b "c">]><a/>'])
def test_a_type_system_that_cannot_be_read_is_named(types: str, tmp_path: Path) -> None:
    assert "TypeSystem.xml" in rejected(written(tmp_path, types=types)).message


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('xmi:id="8" ', "", "structure-invalid"),
        ('xmi:id="8"', 'xmi:id="x"', "structure-invalid"),
        ('xmi:id="8"', 'xmi:id="3"', "structure-invalid"),
        ('members="2 ', 'members="99 2 ', "reference-dangling"),
        ('arguments="6 7"', 'arguments="6 99"', "reference-dangling"),
        (' Governor="3"', "", "relation-without-ends"),
        ('Governor="3"', 'Governor="x"', "relation-without-ends"),
        ('begin="3"', 'begin="x"', "span-invalid"),
        ('end="8"', 'end="80"', "span-outside"),
    ],
)
def test_one_fault_is_reported_and_the_rest_is_read(old: str, new: str, code: str, tmp_path: Path) -> None:
    assert old in XMI
    found = document(written(tmp_path, XMI.replace(old, new)))
    assert code in [problem.code for problem in found.problems]
    assert {unit.label for unit in found.units} >= {"State", "Weapon", "ArmsTransfer"}


def test_the_samples_are_read(tmp_path: Path) -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the sample files are not beside the checkout")
    [found] = read([SAMPLES / "inception-xmi" / "relation-simple" / "relation_test.xmi"])
    assert isinstance(found, Document)
    assert [(unit.label, [mention.text for mention in unit.mentions]) for unit in found.units] == [
        ("city", ["Darmstadt"]),
        ("state", ["Hessen"]),
        ("city", ["Hannover"]),
        ("state", ["Lower Saxony"]),
        ("located in", []),
    ]
    assert found.problems == ()
    suite = sorted((SAMPLES / "inception-tsv3" / "suite").rglob("*.xmi"))
    every = [one for path in suite for one in READER.read(path, path.parent)]
    assert len(every) == len(suite) == 48
    assert all(isinstance(one, Document) for one in every)
