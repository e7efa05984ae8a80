"""Diagrams can be read: nothing stands on anything else, in any module, whatever an editor adds."""

from __future__ import annotations

from itertools import combinations

import pytest

from kgbuild.documentation import Book
from kgbuild.documentation.diagrams import diagrams
from kgbuild.documentation.drawing import Box, Diagram
from kgbuild.documentation.entries import Entry


def _apart(one: Box, other: Box) -> bool:
    beside = one.right <= other.x or other.right <= one.x
    return beside or one.y + one.height <= other.y or other.y + other.height <= one.y


def _check(diagram: Diagram) -> None:
    for one, other in combinations(diagram.boxes, 2):
        assert _apart(one, other), (diagram.name, one.title.text, other.title.text)
    for box in diagram.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= diagram.width
        assert box.y + box.height <= diagram.height


def test_no_box_touches_another(book: Book) -> None:
    for diagram in book.diagrams:
        _check(diagram)


def test_there_is_an_overview_and_a_diagram_of_every_module_with_classes(book: Book) -> None:
    modules = {entry.module for entry in book.entries["class"]}
    assert book.diagrams[0].of == ""
    assert {diagram.of for diagram in book.diagrams} == {"", *modules}


def test_every_class_stands_once_in_the_diagram_of_its_module(book: Book) -> None:
    drawn = {diagram.of: [box.title.href.partition("#")[2] for box in diagram.boxes if not box.ghost] for diagram in book.diagrams}
    for entry in book.entries["class"]:
        assert drawn[entry.module].count(entry.anchor) == 1


def _entry(name: str, module: str = "m", parents: tuple[str, ...] = (), **joined: tuple[str, ...]) -> Entry:
    kind = "relation" if joined else "class"
    return Entry(f"urn:{name}", name, name, kind, module, {"en": name, "ro": name * 3}, {}, (), parents, **joined)


@pytest.mark.parametrize(
    ("classes", "relations"),
    [
        ([], []),
        ([_entry("Alone")], []),
        ([_entry("A", parents=("B",)), _entry("B", "other")], []),
        ([_entry("A"), *(_entry(f"Below{n}", parents=("A",)) for n in range(40))], []),
        ([_entry("A"), _entry("B", parents=("A", "C")), _entry("C", parents=("A",))], []),
        ([_entry(f"K{n}") for n in range(30)], [_entry(f"r{n}", domains=(f"K{n}",), ranges=("K0", "K1")) for n in range(30)]),
        ([_entry("북한" * 20), _entry("🚀")], [_entry("x" * 90, domains=("🚀",), ranges=("🚀",))]),
    ],
    ids=["none", "one", "below another module", "many below one", "below two", "many relations", "wide words"],
)
def test_any_ontology_can_be_drawn(classes: list[Entry], relations: list[Entry]) -> None:
    for diagram in diagrams({"class": classes, "relation": relations}, ["m"]):
        _check(diagram)
