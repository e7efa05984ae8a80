"""What each write does to the article's graph, the default graph, and what is kept of the article: one suite, wherever the store is."""

from __future__ import annotations

import pytest

from kgbuild.errors import StoreError
from kgbuild.iris import DATA, KG
from kgbuild.stores import PutReport, Store

from .small import MEETING, MOSCOW, TITLE, article, iri, lines_of, mention  # noqa: TID252 - the tests are no installed package


def test_a_new_article_is_in_its_graph_with_all_lines_and_in_the_default_graph_with_its_facts(store: Store) -> None:
    report = store.put([article("a1", [MEETING, TITLE])])
    assert (report.added, report.replaced, report.unchanged) == (1, 0, 0)
    assert lines_of(store, iri("a1")) == {MEETING, TITLE, mention("a1")}
    assert lines_of(store) == {MEETING, TITLE}
    assert store.is_true()


def test_what_is_kept_of_an_article_is_what_was_given(store: Store) -> None:
    given = article("a1", [MEETING, TITLE], built_with="b7")
    store.put([given])
    assert store.fingerprint(iri("a1")) == given.fingerprint
    assert store.record(iri("a1")) == given.record
    assert store.facts(iri("a1")) == {MEETING, TITLE}
    assert list(store.articles()) == [iri("a1")]
    assert list(store.fingerprints()) == [(iri("a1"), given.fingerprint)]


def test_of_an_article_that_is_not_there_nothing_is_kept(store: Store) -> None:
    assert store.fingerprint(iri("a1")) is None
    assert store.record(iri("a1")) is None
    assert store.facts(iri("a1")) is None


def test_an_unchanged_article_writes_nothing(store: Store) -> None:
    run = f"<{iri('a1')}> <http://www.w3.org/ns/prov#wasGeneratedBy> <{DATA}run/1>"
    store.put([article("a1")], [run])
    before = store.counts()
    report = store.put([article("a1")], [run.replace("run/1", "run/2"), f'<{DATA}run/2> <{KG}version> "1"'])
    assert report == PutReport(unchanged=1)
    assert store.counts() == before


def test_run_lines_of_unchanged_articles_are_left_out_and_the_others_written(store: Store) -> None:
    def run_line(name: str) -> str:
        return f"<{iri(name)}> <http://www.w3.org/ns/prov#wasGeneratedBy> <{DATA}run/2>"

    described = f'<{DATA}run/2> <{KG}version> "1"'
    store.put([article("a1")])
    store.put([article("a1"), article("a2")], [run_line("a1"), run_line("a2"), described])
    assert lines_of(store, store.graphs.runs) == {run_line("a2"), described}
    assert lines_of(store) == {MEETING}


def test_a_replaced_article_says_what_it_says_now_and_nothing_else(store: Store) -> None:
    store.put([article("a1", [MEETING, TITLE], [mention("a1", 0), mention("a1", 5)])])
    report = store.put([article("a1", [MEETING, MOSCOW], [mention("a1", 5), mention("a1", 9)], version=2)])
    assert (report.added, report.replaced, report.unchanged) == (0, 1, 0)
    assert lines_of(store, iri("a1")) == {MEETING, MOSCOW, mention("a1", 5), mention("a1", 9)}
    assert lines_of(store) == {MEETING, MOSCOW}
    assert store.record(iri("a1")) == article("a1", version=2).record
    assert store.counts().graphs["records"] == 2 + 4  # the store's format and base; four of the article
    assert store.is_true()


def test_touched_are_the_subjects_of_the_facts_that_came_or_went(store: Store) -> None:
    assert store.put([article("a1", [MEETING])]).touched == {f"<{DATA}event/e1>"}
    assert store.put([article("a1", [MEETING, MOSCOW], version=2)]).touched == {f"<{DATA}state/RUS>"}
    assert store.put([article("a1", [MEETING, MOSCOW], [], version=3)]).touched == set()
    assert store.remove([iri("a1")]).touched == {f"<{DATA}event/e1>", f"<{DATA}state/RUS>"}


def test_a_fact_of_two_articles_leaves_the_default_graph_with_the_second(store: Store) -> None:
    store.put([article("a1"), article("a2")])
    store.remove([iri("a1")])
    assert lines_of(store) == {MEETING}
    store.put([article("a2", [MOSCOW], version=2)])
    assert lines_of(store) == {MOSCOW}
    assert store.is_true()


def test_articles_of_one_transaction_are_taken_together(store: Store) -> None:
    store.put([article("a1", [MEETING]), article("a2", [MOSCOW])])
    store.put([article("a1", [MOSCOW], version=2), article("a2", [MEETING], version=2)])
    assert lines_of(store) == {MEETING, MOSCOW}
    store.put([article("a1", [], version=3), article("a2", [], version=3)])
    assert lines_of(store) == set()
    assert store.is_true()


def test_a_removed_article_leaves_nothing_but_its_runs(store: Store) -> None:
    run = f"<{iri('a1')}> <http://www.w3.org/ns/prov#wasGeneratedBy> <{DATA}run/1>"
    store.put([article("a1"), article("a2", [MOSCOW])], [run])
    report = store.remove([iri("a1"), iri("unknown"), iri("a1")])
    assert report.removed == 1
    assert list(store.articles()) == [iri("a2")]
    assert lines_of(store, iri("a1")) == set()
    assert lines_of(store, store.graphs.runs) == {run}
    assert lines_of(store) == {MOSCOW}


def test_one_article_twice_in_one_transaction_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="twice"):
        store.put([article("a1"), article("a1", version=2)])
    assert store.counts().articles == 0


def test_a_line_that_is_given_as_fact_and_as_detail_is_a_fact(store: Store) -> None:
    store.put([article("a1", [MEETING], [MEETING, mention("a1")])])
    store.put([article("a1", [MEETING], [], version=2)])
    assert lines_of(store, iri("a1")) == {MEETING}
    assert lines_of(store) == {MEETING}


def test_the_stale_articles_are_those_built_with_something_else(store: Store) -> None:
    store.put([article("a1", built_with="b1"), article("a2", built_with="b2")])
    assert list(store.stale("b2")) == [iri("a1")]
    store.put([article("a1", built_with="b2")])
    assert list(store.stale("b2")) == []


def test_a_graph_that_is_set_holds_these_lines_and_no_others(store: Store) -> None:
    store.put([article("a1", [MEETING])])
    touched = store.set_graph("reference", [MEETING, MOSCOW])
    assert touched == {f"<{DATA}event/e1>", f"<{DATA}state/RUS>"}
    assert lines_of(store) == {MEETING, MOSCOW}
    assert store.set_graph("reference", [TITLE, MOSCOW]) == {f"<{DATA}event/e1>"}
    assert lines_of(store, store.graphs.iri("reference")) == {TITLE, MOSCOW}
    assert lines_of(store) == {MEETING, TITLE, MOSCOW}
    store.remove([iri("a1")])
    assert lines_of(store) == {TITLE, MOSCOW}
    assert store.is_true()


def test_several_graphs_are_set_in_one_transaction_with_what_the_store_remembers(store: Store) -> None:
    store.set_graphs({"ontology": [MEETING], "inferred": [MOSCOW]}, meta={"ontology": "h1"})
    assert store.meta("ontology") == "h1"
    store.set_graphs({"ontology": [MOSCOW], "inferred": [MEETING]}, meta={"ontology": "h2"})
    assert lines_of(store) == {MEETING, MOSCOW}
    assert store.meta("ontology") == "h2"
    assert store.is_true()


def test_a_change_takes_lines_out_and_adds_others(store: Store) -> None:
    store.change_graph("derived", [], [MEETING, MOSCOW])
    store.change_graph("derived", [MEETING, MOSCOW], [TITLE, MOSCOW])
    assert lines_of(store, store.graphs.iri("derived")) == {TITLE, MOSCOW}
    assert lines_of(store) == {TITLE, MOSCOW}


def test_a_change_takes_nothing_out_of_the_default_graph_that_others_say(store: Store) -> None:
    store.put([article("a1", [MEETING])])
    store.change_graph("derived", [MEETING], [])
    assert lines_of(store) == {MEETING}


@pytest.mark.parametrize("name", ["runs", "records"])
def test_what_is_not_merged_never_enters_the_default_graph(store: Store, name: str) -> None:
    store.change_graph(name, [], [MEETING])
    assert lines_of(store) == set()
    store.put([article("a1")])
    store.remove([iri("a1")])
    assert lines_of(store) == set()
    assert store.is_true()


def test_a_line_of_reference_data_with_a_predicate_of_details_is_a_fact_there_and_a_detail_in_an_article(store: Store) -> None:
    note = f'<{DATA}state/RUS> <{KG}note> "Federation"'
    store.set_graph("reference", [note])
    store.put([article("a1", [MEETING], [note])])
    assert note in lines_of(store)
    store.set_graph("reference", [])
    assert note not in lines_of(store)
    assert note in lines_of(store, iri("a1"))
    assert store.is_true()


def test_many_facts_at_once_are_asked_for_by_subject_and_by_line(store: Store) -> None:
    own = [f'<{iri("a1")}/u{n}> <{KG}name> "{n}"' for n in range(40)]
    common = [f'<{DATA}event/e{n}> <{KG}name> "{n}"' for n in range(40)]
    store.put([article("a1", [*own, *common]), article("a2", [*common[:25], f'<{DATA}event/e30> <{KG}name> "x"'])])
    store.put([article("a1", [], version=2)])
    assert lines_of(store) == {*common[:25], f'<{DATA}event/e30> <{KG}name> "x"'}
    assert store.is_true()


@pytest.mark.parametrize("name", ["article", "", "Ontology"])
def test_a_graph_that_is_not_the_stores_own_cannot_be_set(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="not a graph of the store"):
        store.set_graph(name, [MEETING])


def test_the_store_remembers_values_and_forgets_the_old_ones(store: Store) -> None:
    assert store.meta("ontology") is None
    store.set_meta({"ontology": 'a "quoted"\nvalue\\', "reference": ""})
    assert (store.meta("ontology"), store.meta("reference")) == ('a "quoted"\nvalue\\', "")
    store.put([article("a1")], meta={"ontology": "h2"})
    store.remove([iri("a1")], meta={"reference": "h3"})
    assert (store.meta("ontology"), store.meta("reference")) == ("h2", "h3")
    assert store.counts().graphs["records"] == 4


def test_a_damaged_record_is_said_with_its_article(store: Store) -> None:
    store.put([article("a1")])
    store.update(f"DELETE WHERE {{ GRAPH <{store.graphs.records}> {{ <{iri('a1')}> <{KG}written> ?o }} }}")
    store.update(f'INSERT DATA {{ GRAPH <{store.graphs.records}> {{ <{iri("a1")}> <{KG}written> "AAAA" }} }}')
    with pytest.raises(StoreError, match="article/a1> is damaged"):
        store.put([article("a1", version=2)])


def test_a_default_graph_that_someone_changed_is_found_untrue(store: Store) -> None:
    if store.is_union:
        pytest.skip("the store has no default graph of its own")
    store.put([article("a1")])
    store.update(f"DELETE DATA {{ {MEETING} }}")
    assert not store.is_true()
    store.update(f"INSERT DATA {{ {MEETING} . {MOSCOW} }}")
    assert not store.is_true()
