"""CAS JSON: what each layer of INCEpTION becomes, real files, and files that are not as they should be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgbuild.document import Arg, Document, Problem, Prov, Unit
from kgbuild.errors import FormatError
from kgbuild.readers import choose, read
from kgbuild.readers.casjson import READER
from kgbuild.readers.conventions import SUBJECTS
from tests.conftest import CHECKOUT
from tests.readers.making_cas import Making, denial

SAMPLES = CHECKOUT.parent / "shared" / "samples" / "inception-json"
ENTITY, EVENT = "custom.Entity", "custom.Event"


def document(made: Making | dict[str, Any], folder: Path) -> Document:
    path = folder / "a.json"
    path.write_text(json.dumps(made.cas() if isinstance(made, Making) else made))
    [found] = READER.read(path, folder)
    assert isinstance(found, Document), found
    return found


def units(made: Making | dict[str, Any], folder: Path) -> dict[str, Unit]:
    return {unit.id: unit for unit in document(made, folder).units}


def codes(found: Document) -> list[str]:
    return [problem.code for problem in found.problems]


# --- real files ---------------------------------------------------------------------------------------------------------------------------


#: of the samples' folder: file -> its labels with their numbers
REAL = {
    "wikidatalinking/foodista_blog_2019_08_13_northern-british-columbia_abbreviated.json": (
        "Date1 Location5 Person2 Product5 Product Category2 Route2"
    ),
    "wikidatalinking/foodista_blog_2019_10_22_lewiston-clarkstons-new-wine-district_abbreviated.json": (
        "Date6 Event2 Location10 Organization3 Person7 Product5 Product Category1"
    ),
    "phi/Albers.txt_phi.json": "DATE26 NAME_DOCTOR2 NAME_PATIENT10 NAME_TITLE2",
    "phi/Amanda_Alzheimer.txt_phi.json": ("CONTACT_PHONE2 DATE25 LOCATION_HOSPITAL1 NAME_DOCTOR8 NAME_PATIENT3 NAME_RELATIVE1 NAME_TITLE6"),
    "phi/Baastrup.txt_phi.json": "",
}


@pytest.mark.parametrize("name", REAL)
def test_real_exports_are_read_whole(name: str) -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the sample files are not beside the checkout")
    [found] = read([SAMPLES / name])
    assert isinstance(found, Document)
    counted = Counter(str(unit.label) for unit in found.units)
    assert " ".join(f"{label}{counted[label]}" for label in sorted(counted)) == REAL[name]
    assert found.problems == ()
    assert found.text is not None
    for unit in found.units:
        [mention] = unit.mentions
        [(begin, end)] = mention.spans
        assert found.text[begin:end] == mention.text


# --- layers -------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layer", "features", "label"),
    [
        ("custom.Entity", {"value": "State", "kind": "x"}, "State"),
        ("custom.Span", {"label": "State", "kind": "x"}, "State"),
        ("webanno.custom.Things", {"kind": "State"}, "State"),
        ("webanno.custom.Things", {"kind": "State", "identifier": "wd:Q1"}, "State"),
        ("webanno.custom.Meeting", {"kind": "x", "place": "y"}, "Meeting"),
        ("webanno.custom.Statement", {"stance": "denies"}, "Statement"),
        ("webanno.custom.Denial", {}, "Denial"),
        ("custom.Entity", {"value": ""}, "Entity"),
        ("custom.Entity", {"value": 7}, "Entity"),
        ("uima.tcas.Annotation", {}, None),
    ],
)
def test_the_label_of_an_annotation(layer: str, features: dict[str, Any], label: str | None, tmp_path: Path) -> None:
    made = Making("Rusia")
    made.span(layer, "Rusia", **features)
    if layer.startswith("uima"):
        made.types.clear()
    [unit] = units(made, tmp_path).values()
    assert unit.label == label


def test_features_are_attributes_links_notes_and_names(tmp_path: Path) -> None:
    made = Making("Rusia")
    said = {
        "rank": 2,
        "sure": True,
        "weight": 0.5,
        "empty": "",
        "order": 0,
        "last": False,
        "share": 0.0,  # as UIMA writes what nobody filled
        "wiki": "https://ro.wikipedia.org/wiki/Rusia",
        "page": "https://example.org/1",
    }
    made.span(
        ENTITY,
        "Rusia",
        value="State",
        identifier="https://www.wikidata.org/wiki/Q159",
        name="Rusia",
        note="un stat",
        confidence=0.5,
        **said,
    )
    [unit] = units(made, tmp_path).values()
    assert unit.attrs == {"rank": 2, "sure": True, "weight": 0.5, "page": "https://example.org/1"}
    assert unit.links == ("wd:Q159", "https://ro.wikipedia.org/wiki/Rusia")
    assert (unit.name, unit.prov, unit.kind) == ("Rusia", Prov(confidence=0.5, note="un stat"), "entity")


def test_an_identifier_that_is_no_address_is_an_attribute(tmp_path: Path) -> None:
    made = Making("Rusia")
    made.span(ENTITY, "Rusia", value="State", identifier="NIL")
    [unit] = units(made, tmp_path).values()
    assert (unit.links, unit.attrs) == ((), {"identifier": "NIL"})


def test_several_values_of_a_feature_are_a_list(tmp_path: Path) -> None:
    made = Making("Rusia")
    own = made.span(ENTITY, "Rusia", value="State")
    made.type(ENTITY, "uima.tcas.Annotation", aliases="uima.cas.StringArray", identifier="uima.cas.StringArray")
    made.structures += [{"%ID": 50, "%TYPE": "uima.cas.StringArray", "%ELEMENTS": ["a", "b"]}]
    made.structures += [{"%ID": 51, "%TYPE": "uima.cas.StringArray", "%ELEMENTS": ["http://www.wikidata.org/entity/Q159", "wd:Q1"]}]
    made.structures[own - 1].update({"@aliases": 50, "@identifier": 51})
    [unit] = units(made, tmp_path).values()
    assert (unit.attrs, unit.links) == ({"aliases": ["a", "b"]}, ("wd:Q159", "wd:Q1"))


def test_slots_are_arguments_and_a_note_holds_literal_ones(tmp_path: Path) -> None:
    made = Making("Rusia a primit arme")
    state, arms = made.span(ENTITY, "Rusia", value="State"), made.span(ENTITY, "arme", value="Weapon")
    event = made.span(EVENT, "a primit", value="ArmsTransfer", note="quantity=12\nvia = cale ferată\nso they say\nseller=wd:Q159")
    made.slots(event, "item", ("recipient", state), (None, arms))
    found = units(made, tmp_path)["Event-6-14"]
    assert found.kind == "event"
    assert found.args == (
        Arg("recipient", target="Entity-0-5"),
        Arg("item", target="Entity-15-19"),
        Arg("quantity", value=12),
        Arg("via", value="cale ferată"),
        Arg("seller", target="wd:Q159"),
    )
    assert found.prov == Prov(note="so they say")


def test_what_a_slot_points_to_is_a_unit_even_if_it_is_a_word_only(tmp_path: Path) -> None:
    made = Making("Rusia a primit arme")
    token = made.span("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token", "Rusia")
    event = made.span(EVENT, "a primit", value="ArmsTransfer")
    made.slots(event, "arguments", ("recipient", token))
    found = units(made, tmp_path)
    assert found["Token-0-5"].label is None
    assert found["Event-6-14"].args == (Arg("recipient", target="Token-0-5"),)


def test_a_relation_goes_from_its_governor_to_its_dependent(tmp_path: Path) -> None:
    made = Making("Lavrov, ministru")
    person, post = made.span(ENTITY, "Lavrov", value="Person"), made.span(ENTITY, "ministru", value="Post")
    made.relation("custom.EntityRelation", person, post, value="holdsPost", **{"from": "2004"})
    relation = units(made, tmp_path)["EntityRelation-8-16"]
    assert (relation.kind, relation.label, relation.mentions, relation.attrs) == ("relation", "holdsPost", (), {"from": "2004"})
    assert relation.args == (Arg("source", target="Entity-0-6"), Arg("target", target="Entity-8-16"))


def test_a_chain_joins_what_is_annotated_on_its_links(tmp_path: Path) -> None:
    made = Making("Kim a vorbit. El a plecat, liderul tace. Rusia")
    kim = made.span(ENTITY, "Kim", value="Person")
    made.span(ENTITY, "liderul", value="Official", identifier="wd:Q56226")
    event = made.span(EVENT, "a plecat", value="Visit")
    made.slots(event, "arguments", ("visitor", made.span(ENTITY, "El", value="Person")))
    made.chain(("Kim", 0), ("El", 0), ("liderul", 0))
    found = units(made, tmp_path)
    assert list(found) == ["Entity-0-3", "Event-17-25"]
    one = found["Entity-0-3"]
    assert (one.label, one.links) == (("Person", "Official"), ("wd:Q56226",))
    assert [mention.text for mention in one.mentions] == ["Kim", "El", "liderul"]
    assert found["Event-17-25"].args == (Arg("visitor", target="Entity-0-3"),)
    assert kim == 2


def test_without_types_a_layer_called_link_is_no_chain(tmp_path: Path) -> None:
    made = Making("Kim a vorbit. El a plecat.")
    made.span("webanno.custom.WebLink", "vorbit")
    made.chain(("Kim", 0), ("El", 0))
    found = units({key: value for key, value in made.cas().items() if key != "%TYPES"}, tmp_path)
    assert [(unit.label, len(unit.mentions)) for unit in found.values()] == [("WebLink", 1), (None, 2)]


def test_a_slot_on_a_link_of_a_chain_points_to_the_chains_thing(tmp_path: Path) -> None:
    made = Making("Kim a vorbit. El a plecat.")
    made.span(ENTITY, "Kim", value="Person")
    event = made.span(EVENT, "a plecat", value="Visit")
    made.chain(("Kim", 0), ("El", 0))
    [first, second] = [each["%ID"] for each in made.structures if each["%TYPE"].endswith("CoreferenceLink")]
    made.slots(event, "arguments", ("visitor", second), ("host", first))
    found = units(made, tmp_path)
    assert found["Event-17-25"].args == (Arg("visitor", target="Entity-0-3"), Arg("host", target="Entity-0-3"))


def test_a_chain_on_words_without_annotation_is_a_thing_of_its_own(tmp_path: Path) -> None:
    made = Making("Kim a vorbit. El a plecat.")
    made.chain(("Kim", 0), ("El", 0))
    made.structures[1]["referenceType"] = "nam"
    [unit] = units(made, tmp_path).values()
    assert (unit.id, unit.kind, unit.label, unit.attrs) == ("CoreferenceLink-0-3", "entity", None, {"referenceType": "nam"})
    assert [mention.text for mention in unit.mentions] == ["Kim", "El"]


def test_a_link_on_two_annotations_means_the_one_that_fits_the_chain(tmp_path: Path) -> None:
    made = Making("Kim, ministrul, el")
    for words, label in (("Kim", "Person"), ("ministrul", "Post"), ("ministrul", "Person")):
        made.span(ENTITY, words, value=label)
    made.chain(("Kim", 0), ("ministrul", 0), ("el", 0))
    found = units(made, tmp_path)
    assert [mention.text for mention in found["Entity-0-3"].mentions] == ["Kim", "ministrul", "el"]
    assert [unit.label for unit in found.values()] == ["Person", "Post"]


def test_a_link_that_may_mean_several_annotations_is_reported(tmp_path: Path) -> None:
    made = Making("ministrul, el")
    for label in ("Post", "Person"):
        made.span(ENTITY, "ministrul", value=label)
    made.chain(("ministrul", 0), ("el", 0))
    found = document(made, tmp_path)
    assert codes(found) == ["coreference-unclear"]
    assert [unit.label for unit in found.units] == ["Person", "Post", None]


def test_metadata_come_from_their_layer_and_from_the_documents_own_annotation(tmp_path: Path) -> None:
    made = Making("Rusia")
    header = {"documentTitle": "a.txt", "documentId": "a.txt", "documentUri": "file:/C:/Users/ana/a.txt", "language": "ro"}
    made.add("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData", "uima.tcas.DocumentAnnotation", **header, begin=0, end=5)
    for author in ("A", "B"):
        made.metadata(
            "custom.Meta", Title="Un titlu", pages=0, date="2024-01-16", url="https://example.org/a", author=author, rubric="externe"
        )
    found = document(made, tmp_path)
    expected = {"lang": "ro", "title": "Un titlu", "published": "2024-01-16", "uri": "https://example.org/a", "author": ["A", "B"]}
    assert found.meta == {**expected, "rubric": ["externe", "externe"]}
    assert Counter(codes(found)) == {"feature-left-out": 3}


def test_an_annotated_article_is_one_document_with_stable_ids(tmp_path: Path) -> None:
    made = denial()
    first = document(made, tmp_path)
    renumbered = json.loads(json.dumps(made.cas()))
    for structure in renumbered["%FEATURE_STRUCTURES"]:
        for key, value in structure.items():
            if key == "%ID" or key.startswith("@"):
                structure[key] = value + 1000
            elif key == "%ELEMENTS":
                structure[key] = [one + 1000 for one in value]
    [view] = renumbered["%VIEWS"].values()
    view.update({"%SOFA": 1001, "%MEMBERS": [one + 1000 for one in reversed(view["%MEMBERS"])]})
    again = document(renumbered, tmp_path)
    assert again.units == first.units
    assert first.problems == ()
    assert Counter(unit.kind for unit in first.units) == {"entity": 4, "value": 3, "event": 1, "statement": 1}


# --- offsets ------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["😀 Rusia", "👨‍👩‍👧 e\u0301 Rusia", "\ufeffa\r\n\r\n Rusia", "Țară\u2028Ţară\u0085 Rusia", "🇷🇴🇷🇴 Rusia"])
def test_offsets_are_utf16_of_the_text_as_it_is(text: str, tmp_path: Path) -> None:
    made = Making(text)
    made.span(ENTITY, "Rusia", value="State")
    found = document(made, tmp_path)
    [unit] = found.units
    assert found.text == text
    assert found.problems == ()
    assert unit.mentions[0].spans == ((text.index("Rusia"), len(text)),)


def test_offsets_in_code_points_are_known_by_the_end_of_the_whole(tmp_path: Path) -> None:
    made = Making("😀 Rusia")
    own = made.span(ENTITY, "Rusia", value="State")
    made.structures[own - 1].update(begin=2, end=7)
    made.add("uima.tcas.DocumentAnnotation", "uima.tcas.Annotation", begin=0, end=7)
    found = document(made, tmp_path)
    assert codes(found) == ["offsets-recounted"]
    assert found.units[0].mentions[0].text == "Rusia"


@pytest.mark.parametrize(
    ("begin", "end", "code", "text"),
    [
        (1, 4, "span-widened", "😀 R"),
        (0, 99, "span-outside", None),
        (5, 5, "span-invalid", None),
        (5, 3, "span-invalid", None),
        (-1, 3, "span-invalid", None),
        ("0", 3, "span-invalid", None),
        (0, 2.5, "span-invalid", None),
        (10**30, 10**31, "span-outside", None),
    ],
)
def test_offsets_that_fit_nothing_are_reported(begin: Any, end: Any, code: str, text: str | None, tmp_path: Path) -> None:
    made = Making("😀 Rusia")
    own = made.span(ENTITY, "Rusia", value="State")
    made.structures[own - 1].update(begin=begin, end=end)
    found = document(made, tmp_path)
    assert codes(found) == [code]
    assert [mention.text for unit in found.units for mention in unit.mentions] == ([text] if text else [])
    assert [unit.label for unit in found.units] == ["State"]


# --- files that are not as they should be -------------------------------------------------------------------------------------------------


def _dangling(made: Making) -> None:
    made.structures[-1]["@arguments"] = 99


def _no_target(made: Making) -> None:
    made.slots(3, "arguments", ("item", 99))


def _no_governor(made: Making) -> None:
    made.relation("custom.R", 2, 3)
    del made.structures[-1]["@Governor"]


def _no_id(made: Making) -> None:
    made.structures.append({"%TYPE": ENTITY, "begin": 0, "end": 1})


def _twice(made: Making) -> None:
    made.structures.append(dict(made.structures[1]))


def _member(made: Making) -> None:
    made.members.append(77)


def _reference(made: Making) -> None:
    made.structures[-1]["@x"] = "2"


def _elements(made: Making) -> None:
    made.slots(3, "arguments", ("item", 2))
    made.structures[-1]["%ELEMENTS"].append("x")


def _syntax(made: Making) -> None:
    made.span("de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS", "Rusia", PosValue="N")


def _object(made: Making) -> None:
    made.structures[-1]["x"] = {"a": 1}


def _loop(made: Making) -> None:
    made.chain(("el", 0), ("ea", 0))
    made.structures[-2]["@next"] = len(made.structures) - 2


def _view(made: Making) -> None:
    made.structures.append({"%ID": 60, "%TYPE": "uima.cas.Sofa", "sofaNum": 2, "sofaID": "other", "sofaString": "Kim"})
    made.structures.append({"%ID": 61, "%TYPE": ENTITY, "@sofa": 60, "begin": 0, "end": 3})


@pytest.mark.parametrize(
    ("spoil", "code", "says"),
    [
        (_dangling, "reference-dangling", "99"),
        (_no_target, "reference-dangling", "99"),
        (_no_governor, "relation-without-ends", "Governor"),
        (_no_id, "structure-invalid", "%FEATURE_STRUCTURES[3]"),
        (_twice, "structure-invalid", "%ID 2"),
        (_member, "reference-dangling", "%ID 77"),
        (_reference, "structure-invalid", "@x"),
        (_elements, "structure-invalid", "%ELEMENTS"),
        (_syntax, "layer-ignored", "POS (1"),
        (_object, "feature-left-out", "x of Event"),
        (_loop, "chain-broken", "comes back"),
        (_view, "view-ignored", "'other'"),
    ],
)
def test_one_fault_is_one_problem_and_the_rest_is_read(spoil: Callable[[Making], None], code: str, says: str, tmp_path: Path) -> None:
    made = Making("Rusia, Kim: el, ea")
    made.span(ENTITY, "Rusia", value="State")
    made.span(EVENT, "Kim", value="Visit")
    spoil(made)
    found = document(made, tmp_path)
    assert codes(found) == [code]
    assert says in found.problems[0].message
    assert found.problems[0].where.endswith("a.json")
    assert [unit.label for unit in found.units][:2] == ["State", "Visit"]


def test_sections_may_be_missing(tmp_path: Path) -> None:
    made = Making("Rusia, Kim")
    made.relation("custom.R", made.span(ENTITY, "Rusia", value="State"), made.span(EVENT, "Kim", value="Visit"), label="owns")
    made.chain(("Rusia", 0), ("Kim", 0))
    whole = made.cas()
    for section in ("%TYPES", "%VIEWS"):
        less = {key: value for key, value in whole.items() if key != section}
        assert units(less, tmp_path) == units(whole, tmp_path), section
    as_object = {**whole, "%FEATURE_STRUCTURES": {str(each["%ID"]): each for each in made.structures}}
    assert units(as_object, tmp_path) == units(whole, tmp_path)


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", "empty-file", "nothing"),
        (b'{"%TYPES": ', "broken-json", "not JSON"),
        (b'{"%TYPES": {}, "%TYPES": {}}', "duplicate-key", "%TYPES"),
        (b'{"%TYPES": {}, "%VIEWS": NaN}', "broken-json", "NaN"),
        (b'{"%TYPES": "\xff"}', "not-utf8", "UTF-8"),
        (b"[]", "annotation-invalid", "one JSON object"),
        (b'{"%TYPES": []  , "%VIEWS": {}}', "text-unavailable", "sofaString"),
        (b'{"%TYPES": ["a"]}', "annotation-invalid", "%TYPES"),
        (b'{"%TYPES": {"a": 1}}', "annotation-invalid", "'a'"),
        (b'{"%FEATURE_STRUCTURES": 7}', "annotation-invalid", "%FEATURE_STRUCTURES"),
        (b'{"%VIEWS": {"_InitialView": null}}', "text-unavailable", "sofaString"),
        (b"{}", "text-unavailable", "sofaString"),
        (
            b'{"%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaURI": "https://example.org"}]}',
            "text-unavailable",
            "sofaString",
        ),
    ],
)
def test_a_file_that_is_no_cas_is_rejected_in_words(content: bytes, code: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    [problem] = READER.read(path, tmp_path)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.severity) == (code, "rejected")
    assert says in problem.message


def test_a_hierarchy_of_types_that_goes_in_circles_does_no_harm(tmp_path: Path) -> None:
    made = Making("Rusia")
    made.span("custom.A", "Rusia", value="State")
    made.types["custom.A"]["%SUPER_TYPE"] = "custom.B"
    made.types["custom.B"] = {"%SUPER_TYPE": "custom.A"}
    assert document(made, tmp_path).text == "Rusia"


def test_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    path = denial().write(tmp_path / "deep" / "a.txt.json")
    assert choose(path).name == "cas-json"
    [found] = read([tmp_path])
    assert isinstance(found, Document)
    assert found.id == "deep/a.txt"
    other = tmp_path / "other.json"
    other.write_text('{"a": 1}')
    with pytest.raises(FormatError, match="no reader knows this format"):
        choose(other)


def test_every_subject_has_its_convention() -> None:
    assert {convention.what for convention in READER.conventions} == set(SUBJECTS)
