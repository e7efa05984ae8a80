"""How units of articles are recognised: by posts on a day, by several mentions together, on shared words; and what is reported."""

from __future__ import annotations

from typing import Any

import pytest

from kgbuild import vocabulary as v
from kgbuild.document import Arg, Document, Mention, Unit
from kgbuild.iris import DATA
from kgbuild.mapping import Mapped, Mapper
from kgbuild.ontology import Ontology
from kgbuild.registry import Registry

SHOIGU, BELOUSOV = DATA + "person/sergei-shoigu", DATA + "person/andrei-belousov"
ROLE = "ministrul rus al Apărării"


@pytest.fixture(scope="module")
def mapper(ontology: Ontology, registry: Registry) -> Mapper:
    return Mapper(ontology, registry)


def _map(mapper: Mapper, *units: Unit, published: str = "2024-09-01", text: str = "x" * 100) -> Mapped:
    meta: dict[str, Any] = {"lang": "ro", "published": published}
    return mapper.map((Document("t", text, meta=meta, units=units),))


def _unit(unit_id: str, label: str, *texts: str, name: str | None = None, args: tuple[Arg, ...] = (), at: int = 0) -> Unit:
    mentions = []
    for text in texts:
        mentions.append(Mention(((at, at + len(text)),), text=text))
        at += len(text)
    kind = "event" if label in ("Meeting", "PhoneCall") else "statement" if label == "Statement" else "entity"
    return Unit(unit_id, kind, label, name=name, mentions=tuple(mentions), args=args)


def _denoting(mapped: Mapped) -> dict[str, tuple[str, str]]:
    """Mention (its fragment) -> (thing, way)."""
    triples = [line.split(" ", 2) for line in mapped.details]
    ways = {s: o[1:-1].rpartition("-")[2] for s, p, o in triples if p == f"<{v.RESOLVED_BY}>"}
    return {o[1:-1].partition("#")[2]: (s[1:-1], ways.get(o, "")) for s, p, o in triples if p == f"<{v.DENOTED_BY}>"}


def _problems(mapped: Mapped) -> list[str]:
    return [problem.message for problem in mapped.problems if problem.code == "ambiguous-name"]


@pytest.mark.parametrize(
    ("dates", "published", "thing", "way"),
    [
        ([], "2024-01-17", SHOIGU, "post"),
        ([], "2024-09-01", BELOUSOV, "post"),
        (["2023-07-27"], "2024-09-01", SHOIGU, "post"),
        (["2023-07"], "2024-09-01", SHOIGU, "post"),
        (["2023-07-27", "2024-09-01"], "2024-09-01", "", "new"),
        (["2024-05"], "2024-09-01", "", "new"),
        (["2023-07-27/.."], "2023-08-01", "", "new"),
        (["../2023-07-27"], "2023-08-01", "", "new"),
        ([""], "2023-08-01", SHOIGU, "post"),
    ],
    ids=str,
)
def test_a_role_means_who_held_the_post_when_all_happened_that_the_unit_takes_part_in(
    mapper: Mapper, dates: list[str], published: str, thing: str, way: str
) -> None:
    events = [
        _unit(f"e{n}", "Meeting", args=(Arg("participant", target="m"), *((Arg("date", value=date),) if date else ())))
        for n, date in enumerate(dates)
    ]
    mapped = _map(mapper, _unit("m", "Person", ROLE), *events, published=published)
    ((found, how),) = _denoting(mapped).values()
    assert how == way
    assert found == (thing or DATA + "article/t/m")
    assert bool(_problems(mapped)) == (not thing)
    for message in _problems(mapped):
        assert "data:person/sergei-shoigu" in message
        assert "add the right one as a link" in message


def test_a_statement_made_during_a_meeting_has_the_day_of_the_meeting(mapper: Mapper) -> None:
    talks = _unit("e", "Meeting", args=(Arg("date", value="2023-07-27"),))
    said = _unit("s", "Statement", args=(Arg("speaker", target="m"), Arg("madeDuring", target="e")))
    mapped = _map(mapper, _unit("m", "Person", ROLE), talks, said)
    assert _denoting(mapped).popitem()[1] == (SHOIGU, "post")


def test_a_role_of_nobody_sure_identifies_no_person_across_articles(mapper: Mapper) -> None:
    mapped = _map(mapper, _unit("m", "Person", name="ministrul rus al Apărării"), published="")
    assert not any(f"<{DATA}name/person/" in line for line in mapped.facts)


@pytest.mark.parametrize("name", ["Georgiana", "Igor", "Popescu"])
def test_a_person_of_one_unknown_word_stays_the_articles_own(mapper: Mapper, name: str) -> None:
    mapped = _map(mapper, _unit("p", "Person", name))
    assert _denoting(mapped).popitem()[1] == (DATA + "article/t/p", "new")


def test_two_units_on_the_same_words_recognised_in_two_ways_each_tell_the_truth(mapper: Mapper) -> None:
    mapped = _map(mapper, _unit("m", "Person", ROLE), _unit("f", "Post", ROLE), published="2024-01-17")
    place = f"char=0,{len(ROLE)}"
    assert _denoting(mapped) == {
        place: (DATA + "post/RUS-defence-minister", "alias"),
        place + ";by=post": (SHOIGU, "post"),
    }
    ways = [line.split(" ")[0] for line in mapped.details if f" <{v.RESOLVED_BY}> " in line]
    assert len(ways) == len(set(ways)) == 2


def test_two_units_on_the_same_words_recognised_alike_share_the_mention(mapper: Mapper) -> None:
    mapped = _map(mapper, _unit("a", "State", "Moscova"), _unit("b", "Settlement", "Moscova"))
    triples = [line for line in mapped.details if f" <{v.DENOTED_BY}> " in line]
    assert sorted(line.split(" ")[2] for line in triples) == [f"<{DATA}article/t#char=0,7>"] * 2
    assert sum(f" <{v.RESOLVED_BY}> " in line for line in mapped.details) == 1


def test_an_event_on_the_words_of_an_entity_is_said_nothing_of(mapper: Mapper) -> None:
    mapped = _map(mapper, _unit("e", "Meeting", "Moscova", args=(Arg("place", target="b"),)), _unit("b", "Settlement", "Moscova"))
    assert sum(f" <{v.RESOLVED_BY}> " in line for line in mapped.details) == 1


def test_annotators_who_mark_the_same_words_differently_are_each_told_rightly(mapper: Mapper) -> None:
    from kgbuild.document import Prov

    linked = Unit("a", "entity", "State", mentions=(Mention(((0, 6),), text="Rusiei"),), links=("wd:Q159",))
    named = Unit("a", "entity", "State", mentions=(Mention(((0, 6),), text="Rusiei"),))
    meta = {"lang": "ro"}
    record = tuple(
        Document("t", "Rusiei a", meta=meta, units=(unit,), prov=Prov(annotator=who)) for who, unit in (("ana", linked), ("dan", named))
    )
    assert {way for _thing, way in _denoting(mapper.map(record)).values()} == {"link", "alias"}


def test_mentions_of_one_unit_narrow_each_other_down(mapper: Mapper) -> None:
    both = _map(mapper, _unit("k", "State", "Coreea", "Coreea de Nord"))
    assert {thing for thing, _way in _denoting(both).values()} == {DATA + "state/PRK"}
    assert _problems(both) == []
    apart = _map(mapper, _unit("k", "State", "Rusia", "Ucraina"))
    assert {way for _thing, way in _denoting(apart).values()} == {"new"}
    assert len(_problems(apart)) == 1


def test_a_looser_form_never_overrides_a_stricter_one(mapper: Mapper) -> None:
    mapped = _map(mapper, _unit("p", "Person", "Serghei Lavrov", "lui Putin"))
    assert {thing for thing, _way in _denoting(mapped).values()} == {DATA + "person/sergey-lavrov"}


def test_the_candidates_are_told_with_their_names(mapper: Mapper) -> None:
    (message,) = _problems(_map(mapper, _unit("k", "State", "Coreei")))
    assert "South Korea (data:state/KOR), North Korea (data:state/PRK)" in message
