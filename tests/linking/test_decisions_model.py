"""Whatever is decided, in whatever order, before or after loading: the store is what it would be with the decisions from the start."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kgbuild.decisions import DIFFERENT, SAME, VERDICTS, Decisions, Links, parse, write
from kgbuild.decisions.decision import Decision, decision
from kgbuild.document import Arg, Document, Prov, Unit
from kgbuild.errors import DecisionError
from kgbuild.iris import DATA
from kgbuild.stores import EmbeddedStore

from .worlds import quads, redecide, store_of  # noqa: TID252 - the tests are no installed package

NAMES = ("Zoe Zed", "Zoë Zet", "Ann Ash", "Ana Aš", "Bo")
PLAIN = {
    "Person": ("person/zoe", "name/person/zoezet", "name/person/annash", "name/person/anaas", "article/one/p0", "article/two/p1"),
    "Meeting": ("article/two/m0",),
    "Denial": ("article/one/s0",),
    "ArmsTransfer": ("article/three/x0",),
}

names = st.sampled_from(NAMES)
dates = st.sampled_from(("2024-01-16", "2024-01", ""))


@st.composite
def articles(draw: st.DrawFn, name: str) -> Document:
    """Two people, a meeting, a transfer, and statements about them."""
    units = [Unit("aaa", "entity", "State", name="Aland"), Unit("arms", "entity", "Weapon", name="KN-99")]
    units += [Unit(f"p{number}", "entity", "Person", name=draw(names)) for number in range(2)]

    def args(**roles: str) -> tuple[Arg, ...]:
        date = draw(dates)
        found = tuple(Arg(role.rstrip("_"), target=target) for role, target in roles.items())
        return (*found, Arg("date", value=date)) if date else found

    units.append(Unit("m0", "event", "Meeting", args=args(participant="p0", participant_="p1")))
    units.append(Unit("x0", "event", "ArmsTransfer", args=args(supplier="p0", recipient="aaa", item="arms")))
    for number, about in enumerate(draw(st.lists(st.sampled_from(("m0", "x0")), max_size=2))):
        units.append(Unit(f"s{number}", "statement", args=args(speaker="p1", about=about), attrs={"stance": "denies"}))
    return Document(name, text="Texts.", meta={"lang": "en"}, prov=Prov(annotator="t"), units=tuple(units))


worlds = st.tuples(articles("one"), articles("two"), articles("three"))


Seen = dict[str, set[str]]


def _look(store: EmbeddedStore, seen: Seen) -> None:
    """Note what a person could decide on: the people, events and statements of the articles, by kind."""
    for kind in ("Person", "Meeting", "ArmsTransfer", "Denial"):
        rows = store.select(f"PREFIX kg: <https://w3id.org/kgbuild/ontology#> SELECT DISTINCT ?t {{ ?t kg:reportedIn ?a ; a kg:{kind} }}")
        seen.setdefault(kind, set()).update(row[0].value for row in rows)


def _known() -> Seen:
    return {kind: {DATA + plain for plain in plains} for kind, plains in PLAIN.items()}


def _decisions(draw: st.DataObject, seen: Seen) -> Decisions:
    """Random decisions on things of one kind that do not contradict each other."""
    taken = Decisions()
    for _ in range(draw.draw(st.integers(0, 5))):
        kind = draw.draw(st.sampled_from([kind for kind, things in seen.items() if len(things) > 1]))
        pair = draw.draw(st.lists(st.sampled_from(sorted(seen[kind])), min_size=2, max_size=2, unique=True))
        verdict = draw.draw(st.sampled_from((SAME, SAME, DIFFERENT, "unsure")))
        try:
            taken = taken.including([decision(*pair, verdict, note=draw.draw(st.sampled_from(("", "ș 🙂"))))])
        except DecisionError:
            continue
    return taken


#: a failing case is as good as a small one: shrinking takes minutes, for each step builds several stores
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@pytest.mark.long
@settings(max_examples=15, phases=PHASES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents=worlds, data=st.data())
def test_it_makes_no_difference_when_something_was_decided(documents: tuple[Document, ...], data: st.DataObject) -> None:
    store = store_of(documents)
    untouched = quads(store)
    seen = _known()
    for _ in range(data.draw(st.integers(1, 3))):
        _look(store, seen)  # names that things have by now stay names that a decision may use
        decided = _decisions(data, seen)
        redecide(store, *decided)
        assert sorted(set(quads(store)) ^ set(quads(store_of(documents, decided)))) == []
    redecide(store)
    assert quads(store) == untouched


@settings(max_examples=10, phases=PHASES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents=worlds, data=st.data())
def test_a_second_settling_writes_nothing(documents: tuple[Document, ...], data: st.DataObject) -> None:
    store = store_of(documents)
    seen = _known()
    _look(store, seen)
    decided = _decisions(data, seen)
    redecide(store, *decided)
    assert redecide(store, *decided) == 0


LETTERS = "abcdef"
letters = st.sampled_from(LETTERS)
random_decisions = st.lists(st.tuples(letters, letters, st.sampled_from(VERDICTS)), max_size=9)


def _taken(given_: list[tuple[str, str, str]]) -> Decisions | None:
    try:
        return Decisions([decision(one, other, verdict) for one, other, verdict in given_])
    except DecisionError:
        return None


@given(given_=random_decisions, data=st.data())
def test_decisions_in_any_order_are_one_set_of_decisions(given_: list[tuple[str, str, str]], data: st.DataObject) -> None:
    decisions = _taken(given_)
    shuffled = _taken(data.draw(st.permutations(given_)))
    assert decisions == shuffled
    if decisions is not None and shuffled is not None:
        for one in LETTERS:
            assert Links(decisions, {"d"}.__contains__).state_of(one) == Links(shuffled, {"d"}.__contains__).state_of(one)


@given(given_=random_decisions)
def test_decisions_are_refused_exactly_if_they_contradict_each_other(given_: list[tuple[str, str, str]]) -> None:
    reach = {one: {one} for one in LETTERS}  # by brute force: who is the same as whom
    for _ in LETTERS:
        for one, other, verdict in given_:
            if verdict == SAME:
                both = reach[one] | reach[other]
                for member in both:
                    reach[member] = both
    verdicts: dict[frozenset[str], set[str]] = {}
    for one, other, verdict in given_:
        verdicts.setdefault(frozenset((one, other)), set()).add(verdict)
    wrong = any(len(pair) == 1 or len(said) > 1 for pair, said in verdicts.items())
    wrong |= any(verdict == DIFFERENT and other in reach[one] for one, other, verdict in given_)
    decisions = _taken(given_)
    assert (decisions is None) == wrong
    if decisions is not None:
        for one in LETTERS:
            for other in reach[one] - {one}:
                assert decisions.verdict(one, other) == SAME


texts = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=30)


@given(notes=st.lists(texts, min_size=1, max_size=4), verdict=st.sampled_from(VERDICTS))
def test_what_is_written_is_read_back_whatever_the_note(notes: list[str], verdict: str) -> None:
    decisions = Decisions(
        [decision(f"{DATA}event/{number}", f"{DATA}article/ș/{number}", verdict, note=note) for number, note in enumerate(notes)]
    )
    text = write(decisions)
    again = parse("f.ttl", text.encode())
    assert again == decisions
    assert write(again) == text


def test_equal_decisions_are_told_apart_by_their_notes() -> None:
    assert Decisions([Decision("a", "b", SAME)]) != Decisions([Decision("a", "b", SAME, note="x")])
    with pytest.raises(DecisionError, match="compared with itself"):
        Decisions([Decision("a", "a", SAME)])
