"""Whatever is done to a store, it holds what a few lines of Python say it must hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgbuild.iris import DATA, KG
from kgbuild.stores import ArticleGraph, EmbeddedStore

from .small import iri, lines_of, mention  # noqa: TID252 - the tests are no installed package

ARTICLES = ("a1", "a2", "a3")
GRAPHS = ("reference", "derived", "links")
#: facts on five subjects: an article of each, two events, two that look like an article's own
SUBJECTS = (f"{DATA}event/e1", f"{DATA}event/e2", f"{iri('a1')}/u1", iri("a2"), f"{DATA}state/RUS")
FACTS = [f'<{SUBJECTS[n % 5]}> <{KG}p{n % 3}> "{n}"@en' for n in range(30)] + [f"<{SUBJECTS[n]}> <{KG}q> <{SUBJECTS[0]}>" for n in range(2)]
#: lines that reference data may say as facts and articles as details
NOTES = [f'<{SUBJECTS[n]}> <{KG}note> "a note"' for n in range(2)]

some_facts = st.integers(0, 2 ** len(FACTS) - 1).map(lambda bits: frozenset(line for n, line in enumerate(FACTS) if bits >> n & 1))
few_facts = st.sets(st.sampled_from(FACTS), max_size=4).map(frozenset)
notes = st.sets(st.sampled_from(NOTES)).map(frozenset)
said = st.tuples(some_facts | few_facts, notes)
operations = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.dictionaries(st.sampled_from(ARTICLES), said, min_size=1)),
        st.tuples(st.just("remove"), st.sets(st.sampled_from(ARTICLES), min_size=1)),
        st.tuples(st.just("set"), st.dictionaries(st.sampled_from(GRAPHS), said, min_size=1, max_size=2)),
        st.tuples(st.just("change"), st.tuples(st.sampled_from(GRAPHS), said, said)),
    ),
    max_size=8,
)


class Model:
    """The same in plain Python: sets of lines."""

    def __init__(self) -> None:
        self.articles: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self.graphs: dict[str, frozenset[str]] = dict.fromkeys(GRAPHS, frozenset())

    def default(self) -> set[str]:
        return set().union(*(facts for facts, _details in self.articles.values()), *self.graphs.values())


def perform(store: EmbeddedStore, model: Model, operation: str, given_: object, number: int) -> None:
    """Do one thing to both."""
    match operation, given_:
        case "put", dict(said):
            articles = []
            for name, (facts, noted) in said.items():
                details = noted | {mention(name, number)}
                articles.append(ArticleGraph(iri(name), facts, details, b"{}", f"{name} {number} {sorted(facts)}", "b"))
                model.articles[name] = (facts, details)
            store.put(articles)
        case "remove", set(names):
            store.remove([iri(name) for name in names])
            for name in names:
                model.articles.pop(name, None)
        case "set", dict(said):
            model.graphs |= {name: facts | noted for name, (facts, noted) in said.items()}
            store.set_graphs({name: facts | noted for name, (facts, noted) in said.items()})
        case "change", (str(name), (gone, gone_notes), (come, come_notes)):
            model.graphs[name] = model.graphs[name] - (gone | gone_notes) | come | come_notes
            store.change_graph(name, gone | gone_notes, come | come_notes)


def compare(store: EmbeddedStore, model: Model) -> None:
    assert lines_of(store) == model.default()
    assert set(store.articles()) == set(map(iri, model.articles))
    for name in ARTICLES:
        facts, details = model.articles.get(name, (frozenset(), frozenset()))
        assert lines_of(store, iri(name)) == facts | details
        assert store.facts(iri(name)) == (facts if name in model.articles else None)
    for name in GRAPHS:
        assert lines_of(store, store.graphs.iri(name)) == model.graphs[name]
    assert store.is_true()


def run(store: EmbeddedStore, steps: list[tuple[str, object]]) -> None:
    model = Model()
    for number, (operation, given_) in enumerate(steps):
        perform(store, model, operation, given_, number)
        compare(store, model)


@settings(max_examples=120, deadline=None)
@given(operations)
def test_a_store_in_memory_holds_what_the_model_says(steps: list[tuple[str, object]]) -> None:
    with EmbeddedStore.open(None) as store:
        run(store, steps)


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    with EmbeddedStore.open(tmp_path_factory.mktemp("model") / "store", create=True) as store:
        yield store


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=operations)
def test_a_store_on_disk_holds_what_the_model_says(on_disk: EmbeddedStore, steps: list[tuple[str, object]]) -> None:
    on_disk.remove(map(iri, ARTICLES))
    on_disk.set_graphs(dict.fromkeys(GRAPHS, ()))
    run(on_disk, steps)


@pytest.mark.long
@settings(max_examples=2000, deadline=None)
@given(operations)
def test_a_store_holds_what_the_model_says_two_thousand_times(steps: list[tuple[str, object]]) -> None:
    with EmbeddedStore.open(None) as store:
        run(store, steps)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=20), st.text(st.characters(codec="utf-8"), max_size=20))
def test_any_text_is_stored_replaced_and_removed(one: str, other: str) -> None:
    from kgbuild.literals import string

    with EmbeddedStore.open(None) as store:
        for number, text in enumerate((one, other, one)):
            line = f"<{DATA}event/e1> <{KG}name> {string(text, 'ro')}"
            store.put([ArticleGraph(iri("a1"), {line}, (), b"{}", str(number), "b")])
            assert [row[0].value for row in store.query("SELECT ?o { ?s ?p ?o }")] == [text]  # type: ignore[union-attr]
            assert store.facts(iri("a1")) == {line}
            assert store.is_true()
        store.remove([iri("a1")])
        assert lines_of(store) == set()
