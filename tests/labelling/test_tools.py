"""The configurations of Label Studio, INCEpTION, doccano and Prodigy: in the form that each tool imports, with all that it has room for."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kgbuild.labelling import LabelSet, gather, tool
from kgbuild.resources import read_bundled

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


@pytest.fixture(scope="module")
def labels() -> LabelSet:
    return gather(read_bundled("ontology", ".ttl"))


def written(name: str, labels: LabelSet) -> dict[str, Any]:
    files = tool(name).files(labels)
    return {key: json.loads(data) if key.endswith(".json") else data.decode() for key, data in files.items()}


# --- Label Studio


@pytest.fixture(scope="module")
def view(labels: LabelSet) -> ElementTree.Element:
    return ElementTree.fromstring(written("labelstudio", labels)["labelstudio.xml"])


def test_label_studio_connects_every_control_to_the_text(view: ElementTree.Element) -> None:
    text = view.find("Text")
    assert text is not None
    assert text.attrib["value"] == "$text"
    controls = [element for element in view.iter() if element.tag in ("Labels", "Choices", "TextArea", "Number")]
    assert {element.attrib["toName"] for element in controls} == {text.attrib["name"]}
    names = [element.attrib["name"] for element in view.iter() if "name" in element.attrib]
    assert len(set(names)) == len(names)


def test_label_studio_has_every_label_relation_and_role(view: ElementTree.Element, labels: LabelSet) -> None:
    assert [label.attrib["value"] for label in view.findall("Labels/Label")] == list(labels.marked())
    assert all(re.fullmatch("#[0-9a-f]{6}", label.attrib["background"]) for label in view.findall("Labels/Label"))
    relations = {relation.attrib["value"] for relation in view.findall("Relations/Relation")}
    assert relations == {"coreference", *labels.role_names(), *(relation.name for relation in labels.relations)}


def test_label_studio_shows_an_attribute_for_the_regions_that_may_have_it(view: ElementTree.Element, labels: LabelSet) -> None:
    for attribute in labels.attributes:
        shown = next(part for part in view.findall("View") if part.find(f"*[@name='{attribute.name}']") is not None)
        control = shown.find(f"*[@name='{attribute.name}']")
        assert control is not None
        assert control.attrib["perRegion"] == "true"
        assert shown.attrib["visibleWhen"] == "region-selected"
        assert shown.attrib.get("whenLabelValue", "").split(",") == list(attribute.owners or [""])
        assert shown.attrib.get("whenTagName") == ("label" if attribute.owners else None)
        if attribute.values:
            assert [choice.attrib["value"] for choice in control.findall("Choice")] == list(attribute.values)


def test_what_is_not_plain_is_escaped() -> None:
    more = """@prefix kg: <https://w3id.org/kgbuild/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        kg:Raid a owl:Class ; rdfs:subClassOf kg:Event ; rdfs:label "raid"@en ; skos:definition 'A "raid" <fast> & short, it\\'s | a raid.'@en ."""
    labels = gather({**read_bundled("ontology", ".ttl"), "mine.ttl": more.encode()})
    view = ElementTree.fromstring(written("labelstudio", labels)["labelstudio.xml"])
    raid = next(label for label in view.findall("Labels/Label") if label.attrib["value"] == "Raid")
    assert raid.attrib["hint"] == 'A "raid" <fast> & short, it\'s | a raid.'
    tags = written("inception", labels)["tagset-event-labels.json"]["tags"]
    assert {"tag_name": "Raid", "tag_description": raid.attrib["hint"]} in tags


# --- INCEpTION


def exported_projects() -> list[dict[str, Any]]:
    found = []
    for path in sorted(SAMPLES.glob("inception-project-export/*.zip")):
        with zipfile.ZipFile(path) as archive:
            found += [json.loads(archive.read(name)) for name in archive.namelist() if name.startswith("exportedproject")]
    return found


def test_inception_layers_have_the_fields_of_exported_projects(labels: LabelSet) -> None:
    projects = exported_projects()
    if not projects:
        pytest.skip(f"no project of INCEpTION in {SAMPLES}: the samples are not beside this checkout")
    layers = written("inception", labels)["layers.json"]
    known_layer = {key for project in projects for layer in project["layers"] for key in layer}
    always_layer = set.intersection(*(set(layer) for project in projects for layer in project["layers"]))
    known_feature = {key for project in projects for layer in project["layers"] for feature in layer["features"] for key in feature}
    always_feature = set.intersection(
        *(set(feature) for project in projects for layer in project["layers"] for feature in layer["features"])
    )
    tag_fields = {
        frozenset(tags) - {"typeUiName", "type", "type_name", "type_description"} for project in projects for tags in project["tag_sets"]
    }
    for layer in layers:
        assert always_layer <= set(layer) <= known_layer | {"traits"}
        assert layer["type"] in ("span", "relation")
        for feature in layer["features"]:
            assert always_feature <= set(feature) <= known_feature
            if feature["tag_set"] is not None:
                assert set(feature["tag_set"]) in tag_fields
                assert all(set(tag) == {"tag_name", "tag_description"} for tag in feature["tag_set"]["tags"])


def test_inception_has_labels_roles_stances_and_links(labels: LabelSet) -> None:
    files = written("inception", labels)
    layers = {layer["name"]: {feature["name"]: feature for feature in layer["features"]} for layer in files["layers.json"]}
    assert list(layers) == ["custom.Entity", "custom.Value", "custom.Topic", "custom.Event", "custom.Statement", "custom.EntityRelation"]
    for root in ("Entity", "Value", "Topic", "Event", "Statement"):
        tags = [tag["tag_name"] for tag in layers[f"custom.{root}"]["value"]["tag_set"]["tags"]]
        assert tags == list(labels.marked(root))
    assert layers["custom.Entity"]["identifier"]["type"] == "kb:<ANY>"
    arguments = layers["custom.Statement"]["arguments"]
    assert (arguments["link_mode"], arguments["multi_value_mode"], arguments["type"]) == ("WITH_ROLE", "ARRAY", "uima.tcas.Annotation")
    assert {"speaker", "about", "quote"} <= {tag["tag_name"] for tag in arguments["tag_set"]["tags"]}
    assert "denies" in {tag["tag_name"] for tag in layers["custom.Statement"]["stance"]["tag_set"]["tags"]}
    assert layers["custom.Value"]["edtf"]["tag_set"] is None
    assert layers["custom.Value"]["count"]["type"] == "uima.cas.Integer"
    relation = next(layer for layer in files["layers.json"] if layer["type"] == "relation")
    assert relation["attach_type"] == {"name": "custom.Entity"}
    assert files["tagset-stance.json"] == layers["custom.Statement"]["stance"]["tag_set"]


def test_inception_constraints_are_in_its_grammar(labels: LabelSet) -> None:
    files = written("inception", labels)
    rules = re.sub(r"/\*.*?\*/", "", files["constraints.rules"], flags=re.DOTALL)
    value = r'"[^"]*"'
    cond, restriction = rf"[\w.@]+ = {value}", rf"[\w.]+ = {value}(?: \(!\))?"
    rule = rf"\s*{cond}(?: & {cond})* -> {restriction}(?: \| {restriction})*;"
    assert re.fullmatch(rf"(?:\s*import [\w.]+ as \w+;)+(?:\s*\w+ \{{(?:{rule})*\s*\}})+\s*", rules)
    layers = {layer["name"]: layer for layer in files["layers.json"]}
    imported = dict(re.findall(r"import ([\w.]+) as (\w+);", rules))
    assert set(imported) == set(layers)
    for layer, short in imported.items():
        block = re.search(rf"^{short} \{{(.*?)^\}}", rules, re.DOTALL | re.MULTILINE)
        features = {feature["name"]: feature["tag_set"] for feature in layers[layer]["features"]}
        for name, tag in re.findall(r'(?:->|\|) ([\w.]+) = "([^"]*)"', block[1] if block else ""):
            # INCEpTION restricts features with a tag set only
            assert tag in {one["tag_name"] for one in features[name.removesuffix(".role")]["tags"]}
    assert 'value = "ArmsTransfer" -> ' in rules
    assert 'Governor.value = "Person" & Dependent.value = "Post" -> value = "holdsPost" | ' in rules


# --- doccano and Prodigy


def test_doccano_takes_its_label_types(labels: LabelSet) -> None:
    files = written("doccano", labels)
    assert [one["text"] for one in files["span-types.json"]] == list(labels.marked())
    assert {one["text"] for one in files["relation-types.json"]} == set(labels.arcs())
    for types in files.values():
        keys = [one["suffix_key"] for one in types if one["suffix_key"]]
        assert len(set(keys)) == len(keys)
        for one in types:
            assert set(one) == {"text", "prefix_key", "suffix_key", "background_color", "text_color"}
            assert one["suffix_key"] is None or re.fullmatch("[0-9a-z]", one["suffix_key"])
            assert re.fullmatch("#[0-9a-f]{6}", one["background_color"])
            assert len(one["text"]) <= 100


def test_prodigy_gets_lists_colours_and_how_to_use_them(labels: LabelSet) -> None:
    files = written("prodigy", labels)
    assert files["span-labels.txt"].splitlines() == list(labels.marked())
    assert files["relation-labels.txt"].splitlines() == list(labels.arcs())
    assert set(files["prodigy.json"]["custom_theme"]["labels"]) == set(labels.marked())
    assert "--span-label span-labels.txt" in files["prodigy.txt"]
    assert labels.version in files["prodigy.txt"]


@pytest.mark.parametrize("name", ["brat", "labelstudio", "inception", "doccano", "prodigy"])
def test_the_same_ontology_gives_the_same_bytes(name: str, labels: LabelSet) -> None:
    again = gather(dict(reversed(read_bundled("ontology", ".ttl").items())))
    assert tool(name).files(labels) == tool(name).files(again)
