"""Web Annotation pages follow the W3C's model: IRIs, bodies with purposes, positions and quotes that agree with the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from kgbuild.document import Document, Mention, Unit
from kgbuild.writers import writer

from .good_document import DOCUMENT, TEXT  # noqa: TID252 - the tests are no installed package

PAGE = json.loads(writer("webannotation").write(DOCUMENT).files[".jsonld"])
MOTIVATIONS = {"describing", "classifying", "linking"}
PURPOSES = {"classifying", "tagging", "identifying", "linking", "describing", "commenting"}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def test_a_page_lists_annotations_with_iris_of_their_own() -> None:
    assert PAGE["type"] == "AnnotationPage"
    assert PAGE["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert {item["type"] for item in PAGE["items"]} == {"Annotation"}
    addresses = [item["id"] for item in PAGE["items"]]
    assert len(set(addresses)) == len(addresses)
    assert addresses[:2] == ["urn:kgbuild:document:agerpres%2F17#&document", "urn:kgbuild:document:agerpres%2F17#pm"]
    assert {item["motivation"] for item in PAGE["items"]} == MOTIVATIONS
    assert {node["purpose"] for node in nodes(PAGE) if "purpose" in node} == PURPOSES - {"describing"} | {"describing"}


def test_positions_and_quotes_agree_with_the_text() -> None:
    parts = [node["selector"] for node in nodes(PAGE) if isinstance(node.get("selector"), list)]
    assert len(parts) == sum(len(mention.spans) for unit in DOCUMENT.units for mention in unit.mentions)
    for position, quoted in parts:
        begin, end = position["start"], position["end"]
        assert TEXT[begin:end] == quoted["exact"]
        assert TEXT[:begin].endswith(quoted.get("prefix", ""))
        assert TEXT[end:].startswith(quoted.get("suffix", ""))


def test_the_empty_is_named() -> None:
    unit = Unit("u", "entity", "State", mentions=(Mention(),), attrs={"a": []})
    problems = writer("webannotation").write(replace(DOCUMENT, units=(unit,))).problems
    assert [problem.message.partition(":")[0] for problem in problems] == [
        "the attribute 'a' without a value",
        "a mention without spans and text",
    ]


def test_a_document_without_a_text_is_written() -> None:
    page = json.loads(writer("webannotation").write(Document("a", sha256="0" * 64)).files[".jsonld"])
    assert page["items"][0]["body"] == []
