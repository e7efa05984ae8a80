"""Whatever comes and leaves, by whatever rules: what is inferred is what inferring everything anew would give."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.rules import TYPE, Atom, Axiom, Fact, Memory, Rule, Rules
from kgbuild.rules.maintenance import change
from kgbuild.stores import EmbeddedStore

AXIOM = Axiom("chain", "made up", ())
THINGS = [f"<http://x/{name}>" for name in "abc"]
CLASSES = [f"<http://x/{name}>" for name in ("A", "B", "C")]
RELATIONS = [f"<http://x/{name}>" for name in ("p", "q", "r")]

relation_facts = st.tuples(st.sampled_from(THINGS), st.sampled_from(RELATIONS), st.sampled_from(THINGS))
type_facts = st.tuples(st.sampled_from(THINGS), st.just(TYPE), st.sampled_from(CLASSES))
facts = st.one_of(relation_facts, type_facts)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """One of the shapes that axioms give, with any classes and relations."""
    a, b = draw(st.sampled_from(CLASSES)), draw(st.sampled_from(CLASSES))
    p, q, r = (draw(st.sampled_from(RELATIONS)) for _ in range(3))
    thing = draw(st.sampled_from(THINGS))
    x_a, x_b, y_a = Atom("?x", TYPE, a), Atom("?x", TYPE, b), Atom("?y", TYPE, a)
    p_xy, q_yz, r_xz, q_xy, q_yx = (
        Atom("?x", p, "?y"), Atom("?y", q, "?z"), Atom("?x", r, "?z"), Atom("?x", q, "?y"), Atom("?y", q, "?x")
    )  # fmt: skip
    shapes = [
        ((x_a,), x_b), ((p_xy,), q_xy), ((p_xy,), q_yx), ((p_xy, q_yz), r_xz), ((x_a,), Atom("?x", p, thing)),
        ((Atom("?x", p, thing), x_a), x_b), ((p_xy, y_a), x_b), ((x_a,), Atom("?x", p, "?x")), ((Atom("?x", p, "?x"),), x_a),
        ((p_xy, q_yz, Atom("?z", TYPE, a)), x_b), ((x_a, p_xy), Atom("?y", TYPE, b)), ((p_xy, p_xy._replace(subject="?y", object="?z")), Atom("?x", p, "?z")),
    ]  # fmt: skip
    body, head = draw(st.sampled_from(shapes))
    return Rule(f"r{draw(st.integers(0, 10**6))}", body, head, AXIOM)


class _Known(Memory):
    def discard(self, fact: Fact) -> None:
        subject, predicate, object_ = fact
        self._objects.get((subject, predicate), set()).discard(object_)
        self._subjects.get((predicate, object_), set()).discard(subject)


def anew(given_rules: list[Rule], said: set[Fact]) -> set[Fact]:
    """What rules give, by the dullest way: all rules on all facts until nothing comes."""
    known, inferred = set(said), set[Fact]()
    while True:
        found = {head for rule in given_rules for head in _apply(rule, list(known))}
        inferred |= found
        if found <= known:
            return inferred
        known |= found


def _apply(rule: Rule, known: list[Fact]) -> list[Fact]:
    bindings: list[dict[str, str]] = [{}]
    for atom in rule.body:
        fitting = []
        for binding in bindings:
            for fact in known:
                pairs = list(zip(atom.bound(binding), fact, strict=True))
                new = dict(binding)
                if all(new.setdefault(term, value) == value if term.startswith("?") else term == value for term, value in pairs):
                    fitting.append(new)
        bindings = fitting
    return [tuple(rule.head.bound(binding)) for binding in bindings]  # type: ignore[misc]


@settings(max_examples=300, deadline=None)
@given(st.lists(rules(), min_size=1, max_size=6), st.lists(st.tuples(st.lists(facts, max_size=8), st.integers(1, 4)), max_size=4))
def test_what_is_inferred_is_the_same_whatever_came_and_left_before(chosen: list[Rule], steps: list[tuple[list[Fact], int]]) -> None:
    engine = Rules(tuple(chosen)).engine
    said, inferred = set[Fact](), set[Fact]()
    known = _Known()
    for some, share in steps:
        came = set(some) - said
        left = set(sorted(said)[::share]) if said else set()
        said = (said | came) - left
        removed, added = change(engine, known, left, came, inferred=inferred.__contains__, said=lambda asked, now=said: set(asked) & now)
        inferred = (inferred - removed) | added
        for fact in left - inferred:
            known.discard(fact)
        for fact in came:
            known.add(fact)
        assert inferred == anew(chosen, said)


@pytest.mark.long
@settings(max_examples=40, deadline=None)
@given(st.lists(rules(), min_size=1, max_size=5), st.lists(facts, max_size=8), st.lists(facts, max_size=4))
def test_a_store_infers_the_same_at_once_and_bit_by_bit(chosen: list[Rule], first: list[Fact], second: list[Fact]) -> None:
    rules_ = Rules(tuple(chosen))
    store = EmbeddedStore.open(None)
    store.reason_with(rules_)
    for said in (first, second, [*first, *second], first[:2]):
        store.set_graph("reference", {" ".join(fact) for fact in said})
        expected = {" ".join(fact) for fact in anew(chosen, set(said))}
        assert set(_graph(store, "inferred")) == expected
        assert store.is_true()
        done = store.reason_with(rules_, materialise=True)
        assert done is not None
        assert (done.total, done.added, done.removed) == (len(expected), 0, 0)
    anew_store = EmbeddedStore.open(None)
    anew_store.set_graph("reference", {" ".join(fact) for fact in first[:2]})
    anew_store.reason_with(rules_)
    assert set(_graph(anew_store, "inferred")) == set(_graph(store, "inferred"))
    assert anew_store.is_true()


def _graph(store: EmbeddedStore, name: str) -> list[str]:
    rows = store.select(f"SELECT ?s ?p ?o {{ GRAPH <{store.graphs.iri(name)}> {{ ?s ?p ?o }} }}")
    return [" ".join(map(str, row)) for row in rows]
