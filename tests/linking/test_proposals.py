"""What is proposed and what is not: names in several scripts, events told differently, and what must never be offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.decisions import Decisions
from kgbuild.iris import DATA
from kgbuild.linking import Proposal, propose
from kgbuild.linking import blocks as blocks_module
from kgbuild.linking.blocks import Blocks
from kgbuild.linking.likeness import is_acronym, name_likeness
from kgbuild.linking.records import Named
from kgbuild.linking.sources import Source, party_roles
from kgbuild.linking.spelling import romanised
from kgbuild.ontology import Ontology
from kgbuild.pipeline.linking import _kinds
from kgbuild.stores import EmbeddedStore

# the tests are no installed package
from .worlds import Unit, article, different, event, inputs, person, read, redecide, same, store_of  # noqa: TID252


def _store(folder: Path, *articles: tuple[str, list[Unit]]) -> EmbeddedStore:
    """A store of articles, each with a language and its units."""
    return store_of(read(article(folder, f"d{number}", *units, lang=lang) for number, (lang, units) in enumerate(articles)))


def _proposed(store: EmbeddedStore, *decisions: object, min_score: float = 0.6) -> list[Proposal]:
    source = Source(store, inputs().ontology)
    with propose(source, Decisions(decisions), _kinds(source, ()), min_score=min_score) as found:  # type: ignore[arg-type]
        return list(found.rows(0))


def _pairs(store: EmbeddedStore, *decisions: object, min_score: float = 0.6) -> list[tuple[str, str]]:
    return [(one.one.removeprefix(DATA), one.other.removeprefix(DATA)) for one in _proposed(store, *decisions, min_score=min_score)]


def _named(unit: str, label: str, name: str) -> Unit:
    return {"id": unit, "kind": "entity", "label": label, "name": name}


#: kind, (language, name), (language, name), whether it is to be proposed
NAMES = [
    ("Person", ("en", "Choe Sun-hwa"), ("ro", "Choi Sun Hwa"), True),
    ("Person", ("ru", "Игорь Вострецов"), ("en", "Igor Vostretsov"), True),
    ("Person", ("uk", "Ігор Вострецов"), ("ro", "Igor Vostrețov"), True),
    ("Person", ("ko", "박영철"), ("en", "Pak Yong-chol"), True),
    ("Person", ("en", "Igor Vostretsov"), ("en", "Sergei Vostretsov"), False),
    ("Person", ("en", "Anna Ash"), ("en", "Anna Oakley"), False),
    ("Person", ("en", "I. Vostretsov"), ("en", "Igor Vostretsov"), True),
    ("Person", ("en", "Jonathan Michaelson"), ("en", "Jonathon Michaelsen"), True),
    ("MediaOutlet", ("en", "Vostok Daily News"), ("ro", "Vostok Daily News Agency"), True),
    ("MediaOutlet", ("en", "VDNA"), ("en", "Vostok Daily News Agency"), True),
    ("Organization", ("en", "2nd Vostok Brigade"), ("en", "3rd Vostok Brigade"), False),
    ("Settlement", ("en", "Novovostokhamn"), ("ro", "Novovostochamn"), True),
    ("Settlement", ("ru", "Нововостокамск"), ("en", "Novovostokamsk"), True),
    ("Settlement", ("en", "Upper Vostokhamn"), ("en", "Lower Vostokhamn"), False),
]


@pytest.mark.parametrize(("label", "one", "other", "proposed"), NAMES)
def test_names(tmp_path: Path, label: str, one: tuple[str, str], other: tuple[str, str], proposed: bool) -> None:
    store = _store(tmp_path, (one[0], [_named("a", label, one[1])]), (other[0], [_named("a", label, other[1])]))
    found = _proposed(store)
    assert bool(found) == proposed, found
    for proposal in found:
        assert proposal.why
        assert 0.6 <= proposal.score < 1


def test_things_of_different_kinds_are_not_proposed(tmp_path: Path) -> None:
    store = _store(tmp_path, ("en", [_named("a", "Person", "Vostok Hamn")]), ("en", [_named("a", "Settlement", "Vostok Hamn")]))
    assert not _pairs(store, min_score=0.0)


def test_a_thing_of_the_reference_data_is_proposed_with_a_new_one_and_never_with_another(tmp_path: Path) -> None:
    store = _store(tmp_path, ("en", [person("a", "Zoey Zedd")]))
    assert _pairs(store, min_score=0.5) == [("name/person/zoeyzedd", "person/zoe")]


def test_people_named_in_one_event_are_hardly_one(tmp_path: Path) -> None:
    people = [person("a", "Anna Ashford"), person("b", "Ana Ashford")]
    apart = _store(tmp_path / "1", ("en", people[:1]), ("en", people[1:]))
    together = _store(tmp_path / "2", ("en", [*people, event("m", "Meeting", "2024-01-16", participant=["a", "b"])]))
    assert _pairs(apart)
    assert not _pairs(together)


def _meeting(date: str, *who: str, label: str = "Meeting", **more: str) -> tuple[str, list[Unit]]:
    people = [person(f"p{number}", name) for number, name in enumerate(who)]
    places = [_named("w", "Settlement", more["place"])] if "place" in more else []
    roles = {"place": "w"} if places else {}
    return "en", [*people, *places, event("m", label, date, participant=[unit["id"] for unit in people], **roles)]  # type: ignore[misc]


A, B, C = "Anna Ash", "Brun Ost", "Cara Ulm"
#: two reports of meetings, and whether they are proposed, and words of the reason
MEETINGS = [
    (_meeting("2024-01", A, B), _meeting("2024-01-16", A, B), True, "2024-01-01 to 2024-01-31 holds 2024-01-16"),
    (_meeting("2024", A, B), _meeting("2024-01-16", A, B), True, "holds 2024-01-16"),
    (_meeting("2024-01-15", A, B), _meeting("2024-01-16", A, B), True, "a day apart"),
    (_meeting("2024-01-10", A, B), _meeting("2024-01-16", A, B), False, ""),
    (_meeting("2024-02", A, B), _meeting("2024-01-16", A, B), False, ""),
    (_meeting("2024-01-16", A, B, C), _meeting("2024-01-16", A, B), True, "one of them Cara Ulm too"),
    (_meeting("2024-01-16", A, C), _meeting("2024-01-16", A, B), False, ""),
    (_meeting("2024-01", A, B, place="Vostok"), _meeting("2024-01-16", A, B, place="Vostok"), True, "in the same place"),
    (_meeting("2024-01-15", A, B, place="Vostok"), _meeting("2024-01-16", A, B, place="Kirkwall"), False, ""),
    (_meeting("2024-01-16", A, "Bo", B), _meeting("2024-01-16", A, B), True, "both have Anna Ash and Brun Ost"),
    (_meeting("2024-01-16", A, "Bo"), _meeting("2024-01-16", A, B), True, "the other somebody it does not name"),
    (_meeting("", A, B, place="Vostok"), _meeting("2024-01-16", A, B, place="Vostok"), True, "one of them has no date"),
    (_meeting("", A, B), _meeting("2024-01-16", A, B), False, ""),
    (_meeting("2024-01", A, B), _meeting("2024-01-16", A, B, label="PhoneCall"), False, ""),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "proposed", "words"), MEETINGS)
def test_meetings(tmp_path: Path, one: tuple[str, list[Unit]], other: tuple[str, list[Unit]], proposed: bool, words: str) -> None:
    found = [proposal for proposal in _proposed(_store(tmp_path, one, other)) if proposal.kind == "event"]
    assert bool(found) == proposed, found
    if proposed:
        assert words in found[0].why


def test_an_event_is_never_offered_with_what_it_is_part_of(tmp_path: Path) -> None:
    people = [person("a", A), person("b", B)]
    whole = event("v", "Meeting", "2024-01", participant=["a", "b"])
    middle = event("n", "Meeting", "2024-01-10/2024-01-20", participant=["a", "b"], subEventOf="v")
    part = event("m", "Meeting", "2024-01-16", participant=["a", "b"], subEventOf="n")
    loose = event("m", "Meeting", "2024-01-16", participant=["a", "b"])
    assert _pairs(_store(tmp_path / "1", ("en", [*people, whole, middle]), ("en", [*people, loose])), min_score=0.1)
    assert not _pairs(_store(tmp_path / "2", ("en", [*people, whole, middle, part])), min_score=0.1)


def test_a_transfer_that_stands_for_the_supply_relation_is_not_offered(tmp_path: Path) -> None:
    states = [_named("s", "State", "Aland"), _named("r", "State", "Bland")]
    general = event("x", "ArmsTransfer", supplier="s", recipient="r")
    dated = event("x", "ArmsTransfer", "2024-01", supplier="s", recipient="r")
    day = event("x", "ArmsTransfer", "2024-01-16", supplier="s", recipient="r")
    assert not _pairs(_store(tmp_path / "1", ("en", [*states, general]), ("en", [*states, dated])), min_score=0.0)
    assert len(_pairs(_store(tmp_path / "2", ("en", [*states, day]), ("en", [*states, dated])))) == 1


def test_what_is_decided_or_follows_from_decisions_is_not_asked(tmp_path: Path) -> None:
    spellings = ("Anna Ashford", "Ana Ashford", "Anna Ashfort")
    store = _store(tmp_path, *(("en", [person("a", name)]) for name in spellings))
    one, two, three = (f"name/person/{name.lower().replace(' ', '')}" for name in spellings)
    assert len(_pairs(store)) == 3
    assert len(_pairs(store, different(one, two))) == 2
    assert not _pairs(store, same(one, two), different(two, three))
    redecide(store, same(one, two))
    assert len(_pairs(store, same(one, two))) == 1


def test_scores_come_best_first_and_limited(tmp_path: Path) -> None:
    spellings = ("Anna Ashford", "Ana Ashford", "Anna Ashfort", "A. Ashford")
    store = _store(tmp_path, *(("en", [person("a", name)]) for name in spellings))
    source = Source(store, inputs().ontology)
    with propose(source, Decisions(), _kinds(source, ()), min_score=0.1) as found:
        scores = [proposal.score for proposal in found.rows(0)]
        assert scores == sorted(scores, reverse=True)
        assert len(scores) == found.total > 2
        assert len(list(found.rows(2))) == 2


def test_a_group_that_is_too_large_is_cut_and_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks_module, "LARGEST", 3)
    store = _store(tmp_path, *(("en", [person("a", f"Anna Ashford{letter}")]) for letter in "abcdefgh"))
    source = Source(store, inputs().ontology)
    with propose(source, Decisions(), _kinds(source, ()), min_score=0.1) as found:
        assert "person" in found.cut[0]
        assert "the largest has 8" in found.cut[0]


def test_things_of_the_reference_data_crowd_nothing_out_and_are_not_compared_with_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks_module, "LARGEST", 4)
    known = [Named(f"r{number}", "person", (), (), (), (), (), (), (), keys=("1n|person|x",)) for number in range(6)]
    new = Named("new", "person", (), (), (), (), (), (), ("d",), lone=("1n|person|x",))
    with Blocks() as blocks:
        for thing in (*known, new):
            blocks.add(thing)
        assert sorted((one.iri, other.iri) for one, other in blocks.pairs(Named)) == [("new", f"r{number}") for number in range(6)]
        assert blocks.cut == []
    with Blocks() as blocks:
        for thing in known:
            blocks.add(thing)
        assert list(blocks.pairs(Named)) == []


def test_an_empty_store_has_nothing_to_propose() -> None:
    assert not _proposed(EmbeddedStore.open(None), min_score=0.0)


def test_the_roles_of_parties_are_read_from_the_ontology(ontology: Ontology) -> None:
    roles = {role.rpartition("#")[2] for role in party_roles(ontology)}
    assert {"participant", "host", "visitor", "supplier", "recipient", "attacker", "target"} <= roles
    assert not roles & {"via", "forum", "place", "partyState", "attackerState"}


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Șoigu", "soigu"),
        ("Шойгу", "shoigu"),
        ("최선희", "choe seon hui"),
        ("Łukasz Bløm", "lukasz blom"),
        ("王毅", "王毅"),
        ("🙂 — ?", ""),
    ],
)
def test_names_are_romanised(text: str, spelled: str) -> None:
    assert romanised(text) == spelled


def test_a_name_is_as_alike_as_its_least_alike_word() -> None:
    least, mean, without = name_likeness(("igor", "lavrov"), ("sergei", "lavrov"))
    assert (least, without) == (0.0, 0)
    assert 0.4 < mean < 0.6
    assert is_acronym(("kcna",), ("korean", "central", "news", "agency"))
    assert not is_acronym(("kcna",), ("kyiv", "post"))
