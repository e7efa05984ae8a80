"""Units that a tool could only draw in another shape than their class has: nothing that they say is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.document import Arg, Document, Mention, Unit
from kgbuild.mapping import Mapped, Mapper
from kgbuild.ontology import Ontology
from kgbuild.registry import Registry

Map = Callable[..., Mapped]
RUSSIA, NORTH_KOREA = iris.DATA + "state/RUS", iris.DATA + "state/PRK"
OWN = iris.DATA + "article/doc/"
RU, KP = Unit("ru", "entity", "State", "Russia"), Unit("kp", "entity", "State", "North Korea")
WORKS, HOLDING = Unit("w", "entity", "Company", "Acme Works"), Unit("h", "entity", "Company", "Acme Holding")
WORKS_NODE, HOLDING_NODE = iris.DATA + "name/organization/acmeworks", iris.DATA + "name/organization/acmeholding"
QUOTE = Unit("q", "value", "Quote", mentions=(Mention(((0, 5),), "words"),))


@pytest.fixture(scope="module")
def mapped(ontology: Ontology, registry: Registry) -> Map:
    mapper = Mapper(ontology, registry)
    return lambda *units: mapper.map((Document("doc", text="words of a text", units=units),))


def pointing(**roles: str) -> tuple[Arg, ...]:
    return tuple(Arg(role, target=target) for role, target in roles.items())


def line(subject: str, predicate: str, target: str) -> str:
    target = target if target.startswith('"') else f"<{target}>"
    return f"<{subject}> <{predicate if ':' in predicate else iris.KG + predicate}> {target}"


SAID = [
    pytest.param(
        Unit("r", "relation", "Meeting", args=pointing(Arg1="ru", Arg2="kp")),
        line(OWN + "r", v.TYPE, iris.KG + "Meeting"),
        line(OWN + "r", v.RELATED_TO, RUSSIA),
        id="a relation with a class of events is an event of its two ends",
    ),
    pytest.param(
        Unit("r", "relation", "ArmsTransfer", args=pointing(supplier="kp", recipient="ru")),
        line(OWN + "r", v.TYPE, iris.KG + "ArmsTransfer"),
        line(OWN + "r", "supplier", NORTH_KOREA),
        id="its roles are roles of the event",
    ),
    pytest.param(
        Unit("e", "event", "owns", mentions=(Mention(((0, 5),), "words"),), args=pointing(Owner="h", Item="w")),
        line(HOLDING_NODE, "owns", WORKS_NODE),
        line(iris.DATA + "article/doc#relation=e", v.DENOTED_BY, iris.DATA + "article/doc#char=0,5"),
        id="an event labelled with a relation is that relation, shown by its words",
    ),
    pytest.param(
        Unit("h", "entity", "Company", "Acme Holding", args=pointing(owns="w")),
        line(HOLDING_NODE, "owns", WORKS_NODE),
        line(HOLDING_NODE, v.TYPE, iris.KG + "Company"),
        id="an argument of an entity is a relation",
    ),
    pytest.param(
        Unit("e", "event", "Company", "Acme Holding", args=(*pointing(owns="wd:Q159"), Arg("colour", value="red"))),
        line(HOLDING_NODE, "owns", RUSSIA),
        line(HOLDING_NODE, v.RAW_ATTRIBUTE, '"colour=red"'),
        id="of a thing drawn as an event, an argument outside the document, and a literal",
    ),
    pytest.param(
        Unit("h", "entity", "Company", "Acme Holding", args=pointing(sues="w")),
        line(HOLDING_NODE, v.RELATED_TO, WORKS_NODE),
        line(iris.DATA + f"article/doc#relation=h-sues-{iris.digest('w')[:8]}", v.RAW_ROLE, '"sues"'),
        id="one that the ontology does not know is kept with its raw role",
    ),
    pytest.param(
        Unit("t", "value", "TargetTally", args=(Arg("count", value=3),), attrs={"targetType": "radar-station"}),
        line(OWN + "t", "count", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        line(OWN + "t", "targetType", iris.KGS + "target-radar-station"),
        id="a literal argument of a value is an attribute of it",
    ),
    pytest.param(
        Unit("r", "relation", "owns", args=(*pointing(Arg1="h"), Arg("since", value="2023"), *pointing(Arg2="w"))),
        line(HOLDING_NODE, "owns", WORKS_NODE),
        line(iris.DATA + "article/doc#relation=r", v.RAW_ATTRIBUTE, '"since=2023"'),
        id="a literal between the ends of a relation is an attribute of it",
    ),
]


@pytest.mark.parametrize(("unit", "first", "second"), SAID)
def test_what_it_says_is_kept(mapped: Map, unit: Unit, first: str, second: str) -> None:
    others = [other for other in (RU, KP, WORKS, HOLDING, QUOTE) if other.id != unit.id and other.name != unit.name]
    result = mapped(*others, unit)
    assert {first, second} <= {*result.facts, *result.details}


LEFT_OUT = [
    ("relation-as-argument", Unit("m", "event", "Meeting", args=pointing(participant="r")), "r"),
    ("relation-as-argument", Unit("s", "statement", "Denial", args=pointing(quote="r", date="r", about="r")), "annotate it as an event"),
    ("argument-without-place", Unit("d", "value", "Date", args=pointing(of="w")), "Date has no arguments"),
    ("argument-without-place", Unit("o", "relation", "owns", args=pointing(Arg1="h", Arg2="w", Arg3="ru")), "a relation has two ends"),
]


@pytest.mark.parametrize(("code", "unit", "said"), LEFT_OUT)
def test_what_has_no_place_is_reported(mapped: Map, code: str, unit: Unit, said: str) -> None:
    result = mapped(RU, WORKS, HOLDING, Unit("r", "relation", "owns", args=pointing(source="h", target="w")), unit)
    found = [problem for problem in result.problems if problem.code == code]
    assert found
    assert all((problem.severity, problem.unit) == ("skipped", unit.id) for problem in found)
    assert said in found[0].message


def test_two_arguments_of_one_role_are_two_relations(mapped: Map) -> None:
    third = Unit("x", "entity", "Company", "Other Works")
    owner = Unit("h", "entity", "Company", "Acme Holding", args=(Arg("owns", target="w"), Arg("owns", target="x")))
    facts = mapped(WORKS, third, owner).facts
    assert line(HOLDING_NODE, "owns", WORKS_NODE) in facts
    assert line(HOLDING_NODE, "owns", iris.DATA + "name/organization/otherworks") in facts
