"""A push lets a store elsewhere hold what the store here holds, sends what changed and no more, and touches nothing of others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import Result

from kgbuild.errors import StoreError, StoreRefused
from kgbuild.iris import DATA, KG
from kgbuild.pipeline.push import push
from kgbuild.stores import Address, EmbeddedStore, open_store
from kgbuild.stores.remote.comparing import canonical
from kgbuild.stores.remote.connecting import connect
from kgbuild.stores.remote.store import RemoteStore

from .conftest import Servers  # noqa: TID252 - the tests are no installed package
from .faults import forward, gate  # noqa: TID252
from .pushed import XSD, check_same, make, numbered, through  # noqa: TID252
from .servers import Running, free_port, running  # noqa: TID252
from .small import MEETING, article, iri, lines_of  # noqa: TID252

Kgbuild = Callable[..., Result]

LONG = [pytest.param(kind, marks=pytest.mark.long) for kind in ("fuseki", "virtuoso")]
FOREIGN = "https://example.org/others/graph"


@pytest.fixture(params=["oxigraph", "kgbuild", *LONG])
def place(request: pytest.FixtureRequest, servers: Servers) -> Running:
    """A server with nothing in it."""
    found = servers(request.param)
    found.clear()
    return found


@pytest.fixture
def near(tmp_path: Path) -> Path:
    return make(tmp_path / "near")


def change(near: Path) -> None:
    """Change an article, remove one, add one."""
    with EmbeddedStore.open(near) as store:
        store.put([numbered(3, version=2), numbered(77)])
        store.remove([iri("a5")])


def test_after_a_push_all_graphs_are_the_same_and_a_second_one_sends_nothing(place: Running, near: Path) -> None:
    first = push(near, place.address)
    assert (first.is_first, first.articles_sent, first.wrong, first.rewritten_count) == (True, 12, {}, 0)
    check_same(near, place.address)
    second = push(near, place.address)
    assert (second.is_first, second.sent, second.removed, second.added, second.taken) == (False, [], [], 0, 0)
    assert second.articles_unchanged == 12


def test_what_changed_is_sent_and_what_is_gone_removed(place: Running, near: Path) -> None:
    push(near, place.address)
    change(near)
    done = push(near, place.address)
    assert done.sent == [iri("a3"), iri("a77")]
    assert done.removed == [iri("a5")]
    assert (done.articles_sent, done.articles_removed, done.articles_unchanged) == (2, 1, 10)
    assert done.added < 100
    assert done.wrong == {}
    check_same(near, place.address)
    assert push(near, place.address).sent == []


def test_the_stores_own_graphs_are_sent_line_by_line(place: Running, near: Path) -> None:
    push(near, place.address)
    with EmbeddedStore.open(near) as store:
        store.change_graph("derived", [f'<{DATA}assessment/3> <{KG}status> "3"'], [f'<{DATA}assessment/3> <{KG}status> "4"'])
        store.set_graph("links", [f"<{DATA}state/S1> <http://www.w3.org/2002/07/owl#sameAs> <{DATA}state/S2>"])
        store.set_graph("inferred", [])
    done = push(near, place.address)
    assert {name.rpartition("/")[2] for name in done.sent} == {"derived", "links"}
    assert [name.rpartition("/")[2] for name in done.removed] == ["inferred"]
    assert done.added < 10
    check_same(near, place.address)


def test_a_small_change_is_one_request_that_is_done_whole_or_not_at_all(oxigraph: Running, near: Path) -> None:
    with gate(forward(urlsplit(oxigraph.url).port or 0)) as proxy:
        push(near, Address(proxy.url))
        with EmbeddedStore.open(near) as store:
            store.put([numbered(3, version=2)])
        before = len(proxy.writes())
        done = push(near, Address(proxy.url))
        assert len(proxy.writes()) - before == 1
        assert (done.sent, done.atomic, done.stepwise) == ([iri("a3")], 1, 0)
        before = len(proxy.writes())
        push(near, Address(proxy.url))
        assert len(proxy.writes()) == before


def test_graphs_of_others_are_neither_read_nor_written(place: Running, near: Path) -> None:
    client = connect(place.address)
    client.put_graph(FOREIGN, b'<https://example.org/s> <https://example.org/p> "theirs" .\n')
    with gate(forward(urlsplit(place.url).port or 0)) as proxy:
        address = through(proxy.url, place, near.parent)
        push(near, address)
        change(near)
        push(near, address)
        assert not [body for body in (*proxy.bodies, *proxy.heads) if FOREIGN in str(body)]
    assert [str(triple.object) for triple in client.get_graph(FOREIGN)] == ['"theirs"']
    check_same(near, place.address)


def test_a_graph_that_kgbuild_did_not_make_stays_here_and_is_said(oxigraph: Running, near: Path) -> None:
    with EmbeddedStore.open(near) as store:
        store.update(f'INSERT DATA {{ GRAPH <{FOREIGN}> {{ <x:s> <x:p> "mine" }} }}')
    assert push(near, oxigraph.address).left_out == [FOREIGN]
    assert not connect(oxigraph.address).has_graph(FOREIGN)


def test_what_an_update_wrote_here_is_sent_too(oxigraph: Running, near: Path) -> None:
    push(near, oxigraph.address)
    with EmbeddedStore.open(near) as store:
        store.update(f'INSERT DATA {{ <x:s> <x:p> "in both" . GRAPH <{iri("a1")}> {{ <x:s> <x:p> "in both" }} }}')
    push(near, oxigraph.address)
    with open_store(oxigraph.address, read_only=True) as far:
        assert '<x:s> <x:p> "in both"' in lines_of(far, iri("a1"))
    check_same(near, oxigraph.address)


def test_what_has_no_name_is_refused_with_its_graph(oxigraph: Running, near: Path) -> None:
    with EmbeddedStore.open(near) as store:
        store.update(f"INSERT DATA {{ GRAPH <{iri('a1')}> {{ _:b <x:p> <x:o> }} }}")
    with pytest.raises(StoreError, match=r"article/a1>: holds what has no name"):
        push(near, oxigraph.address)


def test_what_another_writer_changed_there_is_sent_again(place: Running, near: Path) -> None:
    push(near, place.address)
    with RemoteStore.open(place.address) as far:
        far.put([numbered(2, version=9)])
        far.set_graph("ontology", [f'<{KG}Event> <http://www.w3.org/2000/01/rdf-schema#label> "theirs"@en'])
    done = push(near, place.address)
    assert sorted(done.sent) == [iri("a2"), f"{DATA}graph/ontology"]
    check_same(near, place.address)


def test_a_default_graph_that_someone_changed_there_is_mended(oxigraph: Running, near: Path) -> None:
    push(near, oxigraph.address)
    connect(oxigraph.address).update(f"DELETE DATA {{ {MEETING} }} ; INSERT DATA {{ <x:s> <x:p> <x:o1>, <x:o2> }}")
    assert push(near, oxigraph.address).sent == []
    check_same(near, oxigraph.address)


def test_what_the_graphs_say_is_merged_again_where_someone_changed_the_default_graph(oxigraph: Running, near: Path) -> None:
    push(near, oxigraph.address)
    connect(oxigraph.address).update(f"DELETE DATA {{ {MEETING} }} ; INSERT DATA {{ <x:s> <x:p> <x:o1>, <x:o2> }}")
    with RemoteStore.open(oxigraph.address) as far:
        assert not far.is_true()
        assert far.merge_again() == (1, 2)
        assert far.is_true()
        assert far.merge_again() == (0, 0)
    check_same(near, oxigraph.address)


def test_a_store_that_was_loaded_there_can_be_pushed_to(oxigraph: Running, near: Path) -> None:
    with RemoteStore.open(oxigraph.address, create=True) as far:
        far.put([numbered(0), numbered(1, version=5), numbered(99)])
    push(near, oxigraph.address)
    check_same(near, oxigraph.address)


@pytest.mark.long
def test_only_some_articles_are_sent_and_what_follows_from_them_is_worked_out_there(
    _articles_store: Path, oxigraph: Running, tmp_path: Path, articles: Path, kgbuild: Kgbuild
) -> None:
    near = tmp_path / "some"
    first, second, third = sorted(articles.glob("*.jsonl"))[:3]
    assert kgbuild("load", first, second, "--store", near).exit_code == 0
    assert kgbuild("push", oxigraph.url, second.name.removesuffix(".ro.kga.jsonl"), "--store", near).exit_code == 4  # the first sends all
    push(near, oxigraph.address)
    with EmbeddedStore.open(near, read_only=True) as store:
        old, older = sorted(store.articles())
    assert kgbuild("load", third, "--store", near).exit_code == 0
    with EmbeddedStore.open(near, read_only=True) as store:
        (new,) = set(store.articles()) - {old, older}
    assert kgbuild("remove", old, "--store", near).exit_code == 0
    result = kgbuild("push", oxigraph.url, "nowhere", new, "--store", near)
    assert (result.exit_code, "“nowhere” is in neither store" in result.stderr) == (4, True)
    done = push(near, oxigraph.address, [new.rpartition("/")[2], older])
    assert (done.sent, done.removed, done.articles_unchanged) == ([new], [], 1)
    assert (done.added > 100, done.taken) == (True, 0)
    with open_store(oxigraph.address, read_only=True) as far:
        assert set(far.articles()) == {old, older, new}
        assert far.is_true()
    done = push(near, oxigraph.address, [old])
    assert (done.sent, done.removed, done.added) == ([], [old], 0)
    assert done.taken > 100
    push(near, oxigraph.address)
    check_same(near, oxigraph.address)


def test_a_decimal_has_one_form_of_all_its_digits_and_zero_has_one() -> None:
    def form(text: str) -> str:
        return canonical(f'<x:s> <x:p> "{text}"^^<{XSD}decimal>').split('"')[1]

    assert [form(text) for text in ("-0.0", "+07.10", "100", "-.5")] == ["0", "7.1", "100", "-0.5"]
    assert form("123456789012345678901234567890.0012") == "123456789012345678901234567890.0012"


@pytest.mark.parametrize("place", ["oxigraph", pytest.param("virtuoso", marks=pytest.mark.long)], indirect=True)
def test_a_literal_that_is_ill_typed_is_sent_too(place: Running, near: Path) -> None:
    odd = article("odd", {f'<{DATA}event/o> <{KG}name> "TRUE"^^<{XSD}boolean>'}, [])
    with EmbeddedStore.open(near) as store:
        store.put([odd])
    assert push(near, place.address).wrong == {}
    check_same(near, place.address)


def test_another_base_is_refused_in_words(oxigraph: Running, near: Path) -> None:
    RemoteStore.open(oxigraph.address, create=True, base="https://example.org/id/").close()
    with pytest.raises(StoreError, match=r"begin with https://example.org/id/, not https://w3id.org/kgbuild/id/"):
        push(near, oxigraph.address)


def test_a_newer_format_is_refused_in_words(oxigraph: Running, near: Path) -> None:
    push(near, oxigraph.address)
    records = f"{DATA}graph/records"
    old, new = (f'GRAPH <{records}> {{ <{records}> <{KG}store.format> "{number}" }}' for number in (2, 99))
    connect(oxigraph.address).update(f"DELETE DATA {{ {old} }} ; INSERT DATA {{ {new} }}")
    with pytest.raises(StoreError, match="format 99, this kgbuild reads 2"):
        push(near, oxigraph.address)


def test_a_default_graph_of_others_is_refused_in_words(oxigraph: Running, near: Path) -> None:
    connect(oxigraph.address).update("INSERT DATA { <x:s> <x:p> <x:o> }")
    with pytest.raises(StoreError, match="data in its default graph that kgbuild did not write"):
        push(near, oxigraph.address)


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(oxigraph: Running, near: Path) -> None:
    with gate(forward(urlsplit(oxigraph.url).port or 0)) as proxy:
        assert push(near, Address(proxy.url), dry=True).articles_sent == 12
        assert proxy.writes() == []
    push(near, oxigraph.address)
    change(near)
    dry = push(near, oxigraph.address, dry=True)
    done = push(near, oxigraph.address)
    assert (dry.sent, dry.removed) == (done.sent, done.removed)


def test_a_wrong_token_is_refused_and_nothing_is_there(servers: Servers, near: Path, tmp_path: Path) -> None:
    server = servers("kgbuild")
    server.clear()
    (tmp_path / "wrong.toml").write_text(f'["{server.url}"]\ntoken = "a token of somebody else"\n')
    with pytest.raises(StoreRefused, match=r"HTTP 40[13]"):
        push(near, Address(server.url, credentials=tmp_path / "wrong.toml"))
    assert not RemoteStore.exists(server.address)


def test_the_command_says_what_was_done_and_writes_a_report(oxigraph: Running, near: Path, kgbuild: Kgbuild, tmp_path: Path) -> None:
    result = kgbuild("push", oxigraph.url, "--store", near, "--report", tmp_path / "report.json")
    assert result.exit_code == 0, result.stderr
    assert "first push" in result.stderr
    assert "atomic" in result.stderr
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["url"], report["articles_sent"], len(report["sent"]), report["wrong"]) == (oxigraph.url, 12, 17, {})
    change(near)
    result = kgbuild("push", oxigraph.url, "--store", near, "--dry-run")
    assert f"- {iri('a5')}" in result.stderr
    assert f"+ {iri('a77')}" in result.stderr
    assert kgbuild("push", oxigraph.url, "--store", near).exit_code == 0
    assert "nothing to send" in kgbuild("push", oxigraph.url, "--store", near).stderr


def test_a_folder_is_no_target(kgbuild: Kgbuild, near: Path) -> None:
    result = kgbuild("push", "somewhere", "--store", near)
    assert result.exit_code == 2
    assert "is no URL" in result.stderr


def test_without_a_store_here_or_a_server_there_the_exit_status_is_4(kgbuild: Kgbuild, near: Path, tmp_path: Path) -> None:
    nobody = f"http://127.0.0.1:{free_port()}/"
    result = kgbuild("push", nobody, "--store", tmp_path / "none")
    assert (result.exit_code, "there is no store" in result.stderr) == (4, True)
    result = kgbuild("push", nobody, "--store", near)
    assert (result.exit_code, "nobody listens there" in result.stderr) == (4, True)


def test_a_server_that_only_reads_says_what_to_do(near: Path, kgbuild: Kgbuild, tmp_path: Path) -> None:
    with running("kgbuild", tmp_path / "server", update=False) as server:
        result = kgbuild("push", server.url, "--store", near)
    assert result.exit_code == 4
    assert "start the server with --update" in result.stderr
