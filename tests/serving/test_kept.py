"""Answers that are given again: nobody sees that they are, and they are gone with their checkpoint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from kgbuild.serving.jobs import Head
from kgbuild.serving.kept import Kept, KeptAnswer

if TYPE_CHECKING:
    from tests.serving.conftest import Reply, Serve, Server

STATES = "SELECT ?s { ?s a <https://w3id.org/kgbuild/ontology#State> } ORDER BY ?s LIMIT 40"
ROWS = "application/sparql-results+json"


def _given(server: Server) -> int:
    (line,) = (line for line in server.request("GET", "/metrics").text.splitlines() if line.startswith("kgbuild_answers_repeated_total"))
    return int(line.split()[1])


def _told(reply: Reply) -> tuple[int, dict[str, str], bytes]:
    return reply.status, {name: value for name, value in reply.headers.items() if name != "date"}, reply.body


@pytest.fixture(scope="module")
def forgetful(serve: Serve, _articles_store: Path) -> Server:
    """A server that keeps nothing."""
    return serve(_articles_store, "--cache", "0")


@pytest.mark.parametrize("accept", [ROWS, "text/csv", "application/xml"])
@pytest.mark.parametrize("packed", ["", "gzip"])
def test_an_answer_given_again_is_the_same(reading: Server, forgetful: Server, accept: str, packed: str) -> None:
    query = f"{STATES} # {accept} {packed}"
    before = _given(reading)
    first, again = (reading.query(query, accept, **{"Accept-Encoding": packed}) for _ in range(2))
    assert _given(reading) == before + 1
    assert _told(first) == _told(again)
    new = [forgetful.query(query, accept, **{"Accept-Encoding": packed}) for _ in range(2)]
    assert [(one.status, one.body) for one in new] == [(200, first.body)] * 2
    assert first.headers.keys() == new[0].headers.keys()
    assert _given(forgetful) == 0


def test_each_way_to_ask_gives_the_same(reading: Server) -> None:
    query = f"{STATES} # ways"
    form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": ROWS}
    got = reading.query(query)
    before = _given(reading)
    posted = reading.request("POST", "/sparql", f"query={quote(query)}", form)
    direct = reading.request("POST", "/sparql", query, {"Content-Type": "application/sparql-query", "Accept": ROWS})
    head = reading.request("HEAD", f"/sparql?query={quote(query, safe='')}", headers={"Accept": ROWS})
    assert posted.body == direct.body == got.body
    assert "etag" not in posted.headers
    assert (head.body, head.headers["etag"], head.headers["content-length"]) == (b"", got.headers["etag"], str(len(got.body)))
    assert _given(reading) == before + 3
    other = reading.query(query, "text/csv")
    assert other.headers["content-type"] == "text/csv; charset=utf-8"
    dataset = reading.request("GET", f"/sparql?query={quote(query, safe='')}&default-graph-uri=urn:none", headers={"Accept": ROWS})
    assert b"kgbuild/id" not in dataset.body
    assert _given(reading) == before + 3


@pytest.mark.parametrize(
    "query",
    ["SELECT (NOW() AS ?x) {}", "SELECT (rand() AS ?x) {}", "SELECT (UUID() AS ?x) {}", "SELECT(STRUUID()AS ?x){}", "SELECT (bnode() AS ?x) {}",
     "SELECT (\\u004eOW() AS ?x) {}", "SELECT ?x { BIND(1+1 AS ?y)BIND(NOW() AS ?x) }"],
)  # fmt: skip
def test_what_changes_is_asked_again(reading: Server, query: str) -> None:
    before = _given(reading)
    replies = [reading.query(query) for _ in range(3)]
    assert [reply.status for reply in replies] in ([200] * 3, [400] * 3)
    assert [(reply.headers.get("etag"), reply.headers["cache-control"]) for reply in replies] == [(None, "no-store")] * 3
    assert _given(reading) == before


def test_what_only_looks_changing_is_kept(reading: Server) -> None:
    before = _given(reading)
    for _ in range(2):
        assert reading.query("SELECT ?known ?brand ?nowhere { ?known a ?brand_now ; <urn:known> ?nowhere }").status == 200
    assert _given(reading) == before + 1


def test_refusals_are_not_kept(reading: Server) -> None:
    before = _given(reading)
    for _ in range(2):
        assert reading.query("SELECT ?x { ?x").status == 400
        assert reading.query("SELECT ?x { SERVICE <urn:x> { ?x ?y ?z } }").status == 403
        assert reading.query(STATES, "image/png").status == 406
    assert _given(reading) == before


def test_a_write_is_seen_at_once(writable: Server) -> None:
    query = "SELECT ?o { <urn:kept> <urn:value> ?o }"
    for number in range(20):
        text = f"DELETE WHERE {{ <urn:kept> <urn:value> ?o }} ; INSERT DATA {{ <urn:kept> <urn:value> {number} }}"
        assert writable.update(text).status == 204
        assert [writable.values(query) for _ in range(3)] == [[(str(number),)]] * 3
    assert _given(writable) == 40


def test_each_request_is_in_the_log_with_its_query(reading: Server) -> None:
    query = f"{STATES} # log"
    before = len(reading.lines())
    for _ in range(3):
        assert reading.query(query).status == 200
    lines = reading.lines()[before:]
    assert len(lines) == 3
    assert len({(line["hash"], line["bytes"], line["status"], line["path"]) for line in lines}) == 1
    assert len({line["id"] for line in lines}) == 3


def test_only_so_much_is_kept() -> None:
    kept = Kept(10_000)
    kept.get(b"", "one")
    for number in range(20):
        kept.put(b"%d" % number, "one", KeptAnswer(Head(), b"x" * 1000, ""))
    assert kept.bytes <= 10_000
    assert kept.get(b"0", "one") is None
    assert kept.get(b"19", "one") is not None
    kept.put(b"large", "one", KeptAnswer(Head(), b"x" * 20_000, ""))
    assert kept.get(b"large", "one") is None
    kept.put(b"late", "two", KeptAnswer(Head(), b"", ""))
    assert kept.get(b"late", "two") is None
    assert kept.bytes == 0
    kept.put(b"now", "two", KeptAnswer(Head(), b"", ""))
    assert kept.get(b"19", "one") is None
