"""What decisions do to a store: people, events and statements become one or stay apart, and a deleted line undoes it to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.document import Document
from kgbuild.iris import DATA, KG
from kgbuild.pipeline.settling import META_PENDING
from kgbuild.stores import EmbeddedStore

# the tests are no installed package
from .worlds import (  # noqa: TID252
    ANA,
    ANNA,
    ANNE,
    article,
    deciding,
    different,
    event,
    person,
    put,
    quads,
    read,
    redecide,
    same,
    store_of,
    things,
    three_articles,
)

OST = "name/person/brunost"


@pytest.fixture
def three(tmp_path: Path) -> list[Document]:
    return read(three_articles(tmp_path))


def _resolved(store: EmbeddedStore, thing: str) -> set[str]:
    """How the mentions of a thing were recognised."""
    rows = store.select(f"SELECT ?how {{ GRAPH ?g {{ <{DATA}{thing}> ?p ?m . ?m <{KG}resolvedBy> ?how }} }}")
    return {row[0].value.rpartition("-")[2] for row in rows}


def test_events_built_on_people_who_are_one_meet_too(three: list[Document]) -> None:
    store = store_of(three)
    assert [len(things(store, kind)) for kind in ("Person", "Meeting", "Praise")] == [4, 3, 3]
    assert redecide(store, same(ANNA, ANA), same(ANA, ANNE)) == 3
    assert things(store, "Person") == [ANA, OST]
    assert [len(things(store, kind)) for kind in ("Meeting", "Praise")] == [1, 1]


def test_only_touched_articles_are_mapped_again(three: list[Document]) -> None:
    store = store_of(three)
    assert redecide(store, same(ANNA, ANA)) == 2
    assert redecide(store, same(ANNA, ANA)) == 0
    assert redecide(store, same(ANNA, ANA, note="the same spelling")) == 0
    assert redecide(store, same(ANNA, ANA), same(ANA, ANNE)) == 3
    assert redecide(store, same(ANNA, ANA), same(ANA, ANNE), different("article/three/b", OST)) == 3
    assert redecide(store) == 3


def test_loading_before_between_or_after_decisions_makes_no_difference(three: list[Document]) -> None:
    decisions = [same(ANNA, ANA), same(ANA, ANNE), different("article/three/b", OST)]
    expected = quads(store_of(three, decisions))
    store = store_of(three[2:])
    redecide(store, *decisions[:1])
    put(store, three[:1], deciding(decisions[:1]))
    redecide(store, *decisions)
    put(store, three[1:2], deciding(decisions))
    assert quads(store) == expected


def test_deleting_a_decision_undoes_it(three: list[Document]) -> None:
    store = store_of(three)
    untouched = quads(store)
    redecide(store, same(ANNA, ANA, note="așa 🙂"), same(ANA, ANNE))
    redecide(store, same(ANNA, ANA, note="așa 🙂"))
    assert quads(store) == quads(store_of(three, [same(ANNA, ANA, note="așa 🙂")]))
    redecide(store)
    assert quads(store) == untouched


def test_a_wrong_merge_by_name_is_undone_for_one_mention(tmp_path: Path) -> None:
    unit = person("p", "Zoe Zed", mentions=[{"spans": [[0, 3]], "text": "one"}])
    store = store_of(read(article(tmp_path, name, unit, text="one two") for name in ("one", "two")))
    assert redecide(store, different("article/two/p", "person/zoe")) == 2
    assert things(store, "Person") == ["article/two/p", "person/zoe"]
    assert _resolved(store, "article/two/p") == {"decision"}
    assert _resolved(store, "person/zoe") == {"alias"}


def test_one_mention_is_given_to_another_thing(tmp_path: Path) -> None:
    documents = read(article(tmp_path, name, person("p", "Zoe Zed")) for name in ("one", "two"))
    assert things(store_of(documents, [same("article/two/p", "person/yan")]), "Person") == ["person/yan", "person/zoe"]


def test_a_link_of_the_annotator_is_overruled_by_a_decision(tmp_path: Path) -> None:
    documents = read([article(tmp_path, "one", person("p", "Z. Zed", links=["wd:Q1"]))])
    store = store_of(documents, [different("article/one/p", "person/zoe")])
    assert things(store, "Person") == ["article/one/p"]
    assert not [value for predicate, value in store.facts_of(DATA + "article/one/p") if predicate.endswith("exactMatch")]


def test_what_is_one_with_a_reference_thing_is_found_by_its_own_name_too(tmp_path: Path) -> None:
    store = store_of(read([article(tmp_path, "one", person("p", "Sow Sed"))]), [same("name/person/sowsed", "person/zoe")])
    assert "sowsed" in [value.value for predicate, value in store.facts_of(DATA + "person/zoe") if predicate == KG + "nameKey"]


def test_two_events_are_decided_to_be_one(tmp_path: Path) -> None:
    people = [person("a", "Anna Ash"), person("b", "Brun Ost")]
    told = {"one": "2024-01", "two": "2024-01-16"}
    paths = [article(tmp_path, name, *people, event("m", "Meeting", date, participant=["a", "b"])) for name, date in told.items()]
    store = store_of(read(paths))
    one, other = things(store, "Meeting")
    redecide(store, same(one, other))
    assert things(store, "Meeting") == [one]
    assert len(list(store.objects(DATA + one, KG + "reportedIn"))) == 2


def test_a_decision_on_an_event_holds_though_its_people_become_one_later(three: list[Document]) -> None:
    store = store_of(three)
    one, other, _third = things(store, "Meeting")
    for decisions in ([same(one, other)], [same(one, other), same(ANNA, ANA)], [same(one, other), same(ANNA, ANA), same(ANA, ANNE)]):
        redecide(store, *decisions)
        assert quads(store) == quads(store_of(three, decisions))
    assert len(things(store, "Meeting")) == 1


def test_events_that_are_decided_to_be_different_stay_so_though_their_people_are_one(three: list[Document]) -> None:
    one, other, _third = things(store_of(three), "Meeting")
    assert len(things(store_of(three, [different(one, other), same(ANNA, ANA), same(ANA, ANNE)]), "Meeting")) == 2


def test_two_statements_are_decided_to_be_one(three: list[Document]) -> None:
    store = store_of(three)
    one, other, third = things(store, "Praise")
    redecide(store, same(one, other))
    assert things(store, "Praise") == sorted({min(one, other), third})


def test_arguments_that_name_a_thing_by_its_iri_follow_decisions(tmp_path: Path) -> None:
    meeting = event("m", "Meeting", "2024-01-16", participant=["a", "data:name/person/anaas"])
    store = store_of(read([article(tmp_path, "one", person("a", "Anna Ash"), meeting)]), [same(ANNA, ANA)])
    (met,) = things(store, "Meeting")
    assert list(store.objects(DATA + met, KG + "participant")) == [DATA + ANA]


@pytest.mark.parametrize("stop_at", [1, 2, 3])
def test_a_run_that_was_stopped_half_way_is_finished_by_the_next(
    three: list[Document], monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    store, decisions = store_of(three), [same(ANNA, ANA), same(ANA, ANNE)]
    monkeypatch.setattr("kgbuild.pipeline.settling._BATCH", 1)
    put_as_it_is, calls = EmbeddedStore.put, []

    def failing(store: EmbeddedStore, *args: object, **options: object) -> object:
        calls.append(1)
        if len(calls) == stop_at:
            raise KeyboardInterrupt
        return put_as_it_is(store, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(EmbeddedStore, "put", failing)
    with pytest.raises(KeyboardInterrupt):
        redecide(store, *decisions)
    monkeypatch.undo()
    assert store.meta(META_PENDING)
    # other decisions by now: what the first ones touched is mapped again all the same
    assert redecide(store, *decisions[:1]) == 3
    assert quads(store) == quads(store_of(three, decisions[:1]))
    assert not store.meta(META_PENDING)
