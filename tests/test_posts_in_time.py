"""Posts in time: for which states a person's words count, on days, in months, and where only the article knows the post."""

from __future__ import annotations

from typing import Any

import pytest

from kgbuild import iris
from kgbuild import vocabulary as v
from kgbuild.document import Arg, Document, Unit
from kgbuild.edtf import parse
from kgbuild.mapping import Mapper
from kgbuild.ontology import Ontology
from kgbuild.registry import Registry

#: who held what: Ann was minister of Arland and then its president, Bo came after her; Cy is secretary of a union and its envoy's host
TERMS = {
    "ann minister": "2019-03-10/2024-05-14",
    "ann president": "2024-05-14/..",
    "bo minister": "2024-05-14/",
    "bo marshal": "2020/2022-10",
    "cy secretary": "2020-01-01/..",
    "cy envoy": "2021-06/2022-06",
    "di minister": "../2019-03",
}
POSTS = {"minister": "ministry", "president": "state\\/ARL", "marshal": "state\\/BOR", "secretary": "union", "envoy": "mission"}


def _registry() -> Registry:
    said = [
        'data:state\\/ARL a kg:State ; rdfs:label "Arland"@en . data:state\\/BOR a kg:State ; rdfs:label "Borvia"@en',
        'data:ministry a kg:Ministry ; rdfs:label "Arland\'s ministry"@en ; kg:organOf data:state\\/ARL',
        'data:mission a kg:Embassy ; rdfs:label "Embassy of Borvia"@en ; kg:organOf data:state\\/BOR',
        'data:union a kg:InternationalOrganization ; rdfs:label "the Union"@en',
    ]
    said += [
        f'data:post\\/{post} a kg:Post ; rdfs:label "{post} of something"@en ; kg:postOf data:{owner}' for post, owner in POSTS.items()
    ]
    said += [f'data:person\\/{person} a kg:Person ; rdfs:label "{person.title()} Testsen"@en' for person in ("ann", "bo", "cy", "di")]
    for number, (who, written) in enumerate(TERMS.items()):
        person, post = who.split()
        date = parse(written)
        bounds = "".join(f' ; kg:{side} "{day}"^^xsd:date' for side, day in (("earliest", date.earliest), ("latest", date.latest)) if day)
        said.append(f"data:tenure\\/{number} a kg:PostTenure ; kg:holder data:person\\/{person} ; kg:post data:post\\/{post}{bounds}")
    prefixes = "".join(f"@prefix {prefix}: <{iris.PREFIXES[prefix]}> .\n" for prefix in ("kg", "data", "rdfs", "xsd"))
    return Registry.parse({"terms.ttl": (prefixes + " .\n".join(said) + " .\n").encode()})


@pytest.fixture(scope="module")
def mapper(ontology: Ontology) -> Mapper:
    return Mapper(ontology, _registry())


def _unit(unit_id: str, kind: str, label: str, attrs: dict[str, Any] | None = None, **roles: str) -> Unit:
    args = tuple(Arg(role, target=target) for role, target in roles.items())
    return Unit(unit_id, kind, label, args=args, attrs=attrs or {})  # type: ignore[arg-type]


def _person(name: str) -> Unit:
    return Unit("p", "entity", "Person", name=f"{name} Testsen")


POST = Unit("o", "entity", "Post", name="Keeper of the Seal")
OF_BORVIA = (Unit("bor", "entity", "State", name="Borvia"), _unit("of", "relation", "postOf", source="o", target="bor"))


def _held(unit_id: str = "h", post: str = "o", **attrs: str) -> Unit:
    return _unit(unit_id, "relation", "holdsPost", dict(attrs), source="p", target=post)


def _spoken(mapper: Mapper, *units: Unit, date: str, published: str | None = "2024-06-01", **roles: str) -> str:
    """The codes of the states that a statement of the unit ``p`` counts for, sorted."""
    said = _unit("s", "statement", "Statement", {"stance": "denies"}, **{"speaker": "p", **roles})
    if date:
        said = Unit("s", "statement", "Statement", args=(*said.args, Arg("date", value=date)), attrs=said.attrs)
    meta = {"lang": "en"} | ({"published": published} if published else {})
    result = mapper.map((Document("doc", meta=meta, units=(*units, said)),))
    assert not result.problems
    found = [line.rpartition("/")[2].rstrip(">") for line in result.facts if f"<{v.SPEAKS_FOR}>" in line]
    return " ".join(sorted(found))


@pytest.mark.parametrize(
    ("person", "date", "states"),
    [
        # a minister: first day, last day, and the days around
        ("Ann", "2019-03-09", ""),
        ("Ann", "2019-03-10", "ARL"),
        ("Ann", "2019-03-10T00:01:00+02", "ARL"),
        ("Bo", "2024-05-13", ""),
        ("Bo", "2024-05-14", "ARL"),
        ("Di", "2019-03-31", "ARL"),
        ("Di", "2019-04-01", ""),
        ("Di", "1950", "ARL"),
        # a former minister, and one whose end nobody knows
        ("Bo", "2022-11-01", ""),
        ("Di", "2024-05-01", ""),
        ("Bo", "2034-01-01", "ARL"),
        # by the month, season, year: whoever may have held the post in it
        ("Ann", "2019-03", "ARL"),
        ("Ann", "2019-02", ""),
        ("Di", "2019-03", "ARL"),
        ("Bo", "2024-05", "ARL"),
        ("Bo", "2024-05~", "ARL"),
        ("Bo", "2024-21", "ARL"),
        ("Bo", "2022-10", "BOR"),
        ("Bo", "2022-10/2022-12", "BOR"),
        ("Bo", "2023-XX", ""),
        ("Bo", "202X", "ARL BOR"),
        ("Bo", "2022-10-30/2024-05-14", "ARL BOR"),
        # from a day on: up to the publication, no further
        ("Bo", "2022-11-01/..", "ARL"),
        ("Ann", "../2019-03-09", ""),
        ("Ann", "../2019-03-10", "ARL"),
        ("Bo", "../2021", "BOR"),
        # a post of an organization speaks for no state, one of a state's mission beside it does
        ("Cy", "2020-05-01", ""),
        ("Cy", "2021-12-24", "BOR"),
        ("Cy", "2022-07-01", ""),
        # undated: by the day of publication
        ("Ann", "", "ARL"),
        ("Bo", "", "ARL"),
        ("Cy", "", ""),
        ("Di", "", ""),
    ],
)
def test_words_count_for_the_states_whose_posts_the_speaker_may_have_held_that_day(
    mapper: Mapper, person: str, date: str, states: str
) -> None:
    assert _spoken(mapper, _person(person), date=date) == states


@pytest.mark.parametrize(
    ("published", "states"),
    [("2021", "BOR"), ("2023-05-05", ""), ("2024-05", "ARL"), (None, "ARL BOR")],
)
def test_undated_words_count_by_the_publication_if_that_is_known(mapper: Mapper, published: str | None, states: str) -> None:
    assert _spoken(mapper, _person("Bo"), date="", published=published) == states


def test_words_after_others_count_by_the_days_up_to_the_publication(mapper: Mapper) -> None:
    before = Unit(
        "b", "statement", "Statement", args=(Arg("speaker", target="p"), Arg("date", value="2022-12-01")), attrs={"stance": "denies"}
    )
    for published, states in (("2023-05-05", ""), ("2024-06-01", "ARL")):
        said = _unit("s", "statement", "Statement", {"stance": "evades"}, speaker="p", after="b")
        result = mapper.map((Document("doc", meta={"published": published}, units=(_person("Bo"), before, said)),))
        found = {line.rpartition("/")[2].rstrip(">") for line in result.facts if f"<{v.SPEAKS_FOR}>" in line}
        assert found == set(states.split())


ZOE = _person("Zoe")


@pytest.mark.parametrize(
    ("date", "published", "states"),
    [
        ("2024-05-02", "2024-06-01", "BOR"),
        ("2024-05-01", "2024-06-01", ""),
        ("2024-07-01", "2024-06-01", "BOR"),
        ("2024-07-02", "2024-06-01", ""),
        ("2024-05-01", "2024-05-31", "BOR"),
        ("2024-04-01", "2024-05", "BOR"),
        ("2024-03-31", "2024-05", ""),
        ("2024", "2024-06-01", "BOR"),
        ("2024-02", "2024-06-01", ""),
        ("2020-01-01/..", "2024-06-01", "BOR"),
        ("", "2024-06-01", "BOR"),
        ("", None, "BOR"),
        ("1999-01-01", None, "BOR"),
    ],
)
def test_a_post_without_dates_counts_within_thirty_days_of_the_publication(
    mapper: Mapper, date: str, published: str | None, states: str
) -> None:
    assert _spoken(mapper, ZOE, POST, *OF_BORVIA, _held(), date=date, published=published) == states


@pytest.mark.parametrize(
    ("attrs", "date", "states"),
    [
        ({"from": "2024-05-20"}, "2024-05-19", ""),
        ({"from": "2024-05-20"}, "2024-05-20", "BOR"),
        ({"from": "2020", "until": "2021-06"}, "2021-06-30", "BOR"),
        ({"from": "2020", "until": "2021-06"}, "2021-07-01", ""),
        ({"until": "2021"}, "2019-05-05", "BOR"),
        ({"from": "2020", "until": "2021"}, "", ""),
        ({"from": "2024-06-01"}, "", "BOR"),
        ({"from": "2020", "until": "2021"}, "2024-06-01", ""),
    ],
)
def test_a_post_with_dates_in_the_article_counts_for_its_term(mapper: Mapper, attrs: dict[str, str], date: str, states: str) -> None:
    assert _spoken(mapper, ZOE, POST, *OF_BORVIA, _held(**attrs), date=date) == states


def test_a_term_of_the_article_outdoes_the_same_post_without_dates(mapper: Mapper) -> None:
    both = (_held(), _held("h2", **{"from": "2020", "until": "2021"}))
    for relations in (both, both[::-1]):
        assert _spoken(mapper, ZOE, POST, *OF_BORVIA, *relations, date="2024-06-01") == ""
        assert _spoken(mapper, ZOE, POST, *OF_BORVIA, *relations, date="2020-06-01") == "BOR"


@pytest.mark.parametrize(
    ("person", "date", "states"), [("Di", "2024-06-01", ""), ("Ann", "2024-06-01", "ARL"), ("Cy", "2024-06-01", "ARL")]
)
def test_a_known_term_outdoes_an_article_that_still_calls_one_minister(mapper: Mapper, person: str, date: str, states: str) -> None:
    minister = Unit("o", "entity", "Post", name="minister of something")
    assert _spoken(mapper, _person(person), minister, _held(), date=date) == states


def test_two_posts_at_once_count_for_both_states(mapper: Mapper) -> None:
    assert _spoken(mapper, _person("Ann"), POST, *OF_BORVIA, _held(), date="2024-06-01") == "ARL BOR"


def test_a_post_of_an_international_organization_counts_for_no_state(mapper: Mapper) -> None:
    union = Unit("un", "entity", "InternationalOrganization", name="the Union")
    of = _unit("of", "relation", "postOf", source="o", target="un")
    assert _spoken(mapper, ZOE, POST, union, of, _held(), date="2024-06-01") == ""


def test_an_explicit_on_behalf_of_goes_before_the_posts(mapper: Mapper) -> None:
    borvia = OF_BORVIA[0]
    assert _spoken(mapper, _person("Ann"), borvia, date="2024-06-01", onBehalfOf="bor") == "BOR"
    assert _spoken(mapper, _person("Di"), borvia, date="2024-06-01", onBehalfOf="bor") == "BOR"


def test_a_post_that_speaks_itself_counts_on_any_day(mapper: Mapper) -> None:
    post = Unit("p", "entity", "Post", name="minister of something")
    assert _spoken(mapper, post, date="1999-01-01") == "ARL"
