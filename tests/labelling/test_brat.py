"""brat's configuration is in brat's own grammar, and what is annotated with it needs no mapping."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.labelling import LabelSet, gather, tool
from kgbuild.resources import read_bundled

from .bratgrammar import Node, Refused, check, parse  # noqa: TID252 - the tests are no installed package

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


@pytest.fixture(scope="module")
def labels() -> LabelSet:
    return gather(read_bundled("ontology", ".ttl"))


@pytest.fixture(scope="module")
def files(labels: LabelSet) -> dict[str, str]:
    return {name: data.decode() for name, data in tool("brat").files(labels).items()}


@pytest.fixture(scope="module")
def annotation(files: dict[str, str]) -> dict[str, list[Node]]:
    return parse(files["annotation.conf"])


@pytest.mark.parametrize("name", ["annotation.conf", "visual.conf"])
def test_the_grammar_takes_the_samples_configurations(name: str) -> None:
    found = sorted(SAMPLES.glob(f"brat*/**/{name}"))
    if not found:
        pytest.skip(f"no {name} in {SAMPLES}: the samples are not beside this checkout")
    for path in found:
        parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("[events]\nMeet\tWho:<POG>", "not defined"),
        ("[events]\n\tMeet", "no parent"),
        ("[events]\n  Meet", "tabs"),
        ("[entities]\nArmed Group:x y", "no argument"),
        ("[events]\nMeet\tArg1*:Person", "repeated"),
        ("[events]\nMeet\tWho:Person, Who:State", "twice"),
        ("[entities]\n<ENTITY>=A|B", "taken"),
        ("[attributes]\nStance\tArg:<EVENT>, Value:a||b", "empty value"),
    ],
)
def test_the_grammar_refuses_what_brat_refuses(lines: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        parse(lines)


def test_brat_takes_all_of_it(annotation: dict[str, list[Node]], files: dict[str, str]) -> None:
    assert list(annotation) == ["entities", "relations", "events", "attributes"]
    check(annotation)
    visual, tools = parse(files["visual.conf"]), parse(files["tools.conf"])
    assert list(visual) == ["labels", "drawing"]
    assert list(tools) == ["options", "normalization"]
    assert all("%s" in node.special["<URLBASE>"] for node in tools["normalization"])


def test_entities_values_and_topics_stand_under_entities_the_rest_under_events(annotation: dict[str, list[Node]], labels: LabelSet) -> None:
    written = {section: {node.names[0]: node for node in nodes} for section, nodes in annotation.items()}
    assert set(written["entities"]) == {label.name for label in labels.of("Entity", "Value", "Topic")}
    assert set(written["events"]) == {label.name for label in labels.of("Event", "Statement")}
    for section in ("entities", "events"):
        for name, node in written[section].items():
            label = next(label for label in labels.labels if label.name == name)
            assert (node.parent.names[0] if node.parent else None) == label.parent
            assert node.unused is not label.marked


def test_events_list_their_roles_with_fillers_and_cardinalities(annotation: dict[str, list[Node]], labels: LabelSet) -> None:
    for node in annotation["events"]:
        wanted = {role.name: role for role in labels.roles_of(node.names[0])}
        assert set(node.args) == set(wanted)
    transfer = next(node for node in annotation["events"] if node.names[0] == "ArmsTransfer")
    least, most, fillers = transfer.args["supplier"]
    assert (least, most) == (0, None)
    assert {"State", "Person", "ArmedForces"} <= set(fillers)
    assert "ArmsTransfer" not in fillers
    assert transfer.args["date"][2] == ["Date"]
    assert next(node for node in annotation["events"] if node.names[0] == "Denial").args["about"][2] != ["<ANY>"]


def test_attributes_with_words_to_choose_from_are_attributes(annotation: dict[str, list[Node]], labels: LabelSet) -> None:
    attributes = {node.names[0]: node for node in annotation["attributes"]}
    assert set(attributes) == {"stance", "readsAs", "medium", "targetType"}
    assert attributes["stance"].args["Value"][2] == list(next(a for a in labels.attributes if a.name == "stance").values)
    assert "Denial" in attributes["stance"].args["Arg"][2]
    assert "Meeting" not in attributes["stance"].args["Arg"][2]


def test_relations_join_things_and_coreference_is_an_equivalence(annotation: dict[str, list[Node]], labels: LabelSet) -> None:
    relations = [node.names[0] for node in annotation["relations"]]
    assert relations == [*(relation.name for relation in labels.relations), "Coreference", "Coreference", "<OVERLAP>"]
    spouse = next(node for node in annotation["relations"] if node.names[0] == "spouseOf")
    assert spouse.special == {"<REL-TYPE>": "symmetric"}
    assert spouse.args["Arg1"][2] == ["Official", "Person"]


def test_every_type_has_a_display_label_and_a_colour(files: dict[str, str], labels: LabelSet) -> None:
    visual = parse(files["visual.conf"])
    shown = {node.names[0]: node.names[1:] for node in visual["labels"]}
    assert shown["ArmsTransfer"] == ["arms transfer"]
    drawn = {line.partition("\t")[0] for line in files["visual.conf"].partition("[drawing]")[2].split("\n")}
    assert {label.name for label in labels.labels} <= drawn


def test_names_that_brat_cannot_hold_are_not_written() -> None:
    more = """@prefix kg: <https://w3id.org/kgbuild/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix my: <https://example.org/my#> .
        my:Întâlnire a owl:Class ; rdfs:subClassOf kg:Event . my:whom1 a owl:ObjectProperty ; rdfs:domain kg:Meeting ; rdfs:range kg:Agent ."""
    labels = gather({**read_bundled("ontology", ".ttl"), "mine.ttl": more.encode()})
    sections = parse(tool("brat").files(labels)["annotation.conf"].decode())
    check(sections)
    meeting = next(node for node in sections["events"] if node.names[0] == "Meeting")
    assert meeting.args["whom1"][:2] == (0, 1)
