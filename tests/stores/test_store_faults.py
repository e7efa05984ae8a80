"""What a store elsewhere, or the way to it, may do wrong: nothing is reported that is not there, nothing is written twice unseen."""

from __future__ import annotations

import json
import re
import socket
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote_plus, urlsplit

import pytest

from kgbuild.errors import QueryError, StoreError, StoreRefused, StoreUnavailable
from kgbuild.stores import Address, Store, open_store
from kgbuild.stores.remote.client import Client
from kgbuild.stores.remote.connecting import connect
from kgbuild.stores.remote.credentials import Access
from kgbuild.stores.remote.transport import Transport

from .conftest import Servers  # noqa: TID252 - the tests are no installed package
from .faults import Gate, Spoil, forward, gate, response  # noqa: TID252
from .small import MEETING, MOSCOW, article, iri, lines_of  # noqa: TID252

JSON = "Content-Type: application/sparql-results+json"
ROWS = 500
TABLE = json.dumps(
    {"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": str(n)}} for n in range(ROWS)]}}
).encode()
NO_ROWS = b'{"head":{"vars":["n"]},"results":{"bindings":[]}}'
SELECT = "SELECT ?n { ?s ?p ?n }"


def plain(head: str, body: bytes) -> bytes:
    """A server that knows one table."""
    if b"ASK" in body:
        return response("200 OK", b'{"head":{},"boolean":true}', JSON)
    if b"INSERT" in body or head.startswith(("PUT", "POST /g")):
        return response("204 No Content", b"")
    return response("200 OK", TABLE, JSON)


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def server() -> Iterator[Gate]:
    with gate(plain) as found:
        yield found


@pytest.fixture
def client(server: Gate, slept: list[float]) -> Client:
    found = connect(Address(server.url, graph_url=server.url + "g"))
    found.transport = Transport(lambda _url: Access(), timeout=3, sleep=slept.append)
    server.heads.clear()
    server.bodies.clear()
    return found


def rows(client: Client) -> int:
    return sum(1 for _ in client.query(SELECT))


def busy(status: str, *headers: str) -> Spoil:
    return lambda _whole: response(status, b"busy", *headers)


def after(share: float) -> Spoil:
    """The answer is cut off, though its head promises all of it."""
    return lambda whole: whole[: int(len(whole) * share)]


def unframed(share: float) -> Spoil:
    """An answer that does not say how long it is, as HTTP/1.0 has it, and is cut off."""

    def spoil(whole: bytes) -> bytes:
        body = whole.partition(b"\r\n\r\n")[2]
        return response("200 OK", body[: int(len(body) * share)], JSON, "X-Unframed: yes")

    return spoil


def chunked(*chunks: bytes, end: bool) -> Spoil:
    parts = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + (b"0\r\n\r\n" if end else b"")
    return lambda _whole: response("200 OK", parts, JSON, "Transfer-Encoding: chunked")


def test_a_whole_answer_has_all_rows(client: Client) -> None:
    assert rows(client) == ROWS


def test_no_server_is_asked_to_close_the_connection(client: Client, server: Gate) -> None:
    """As urllib does of itself: Fuseki then says of no answer how long it is, and half of one cannot be told from a whole one."""
    rows(client)
    client.put_graph("https://example.org/g", MEETING.encode() + b" .\n")
    assert len(server.heads) == 2
    assert not any("\r\nconnection:" in head.lower() for head in server.heads)


@pytest.mark.parametrize(
    "spoil",
    [
        *(pytest.param(after(share), id=f"cut-at-{share}") for share in (0.0, 0.02, 0.3, 0.9, 0.999)),
        pytest.param(chunked(TABLE[:5000], end=False), id="chunks-without-end"),
        pytest.param(lambda _whole: None, id="connection-cut"),
        pytest.param(busy("503 Service Unavailable"), id="503"),
        pytest.param(busy("429 Too Many Requests"), id="429"),
        pytest.param(busy("502 Bad Gateway"), id="502"),
        pytest.param(busy("504 Gateway Timeout"), id="504"),
    ],
)
def test_a_trouble_that_passes_is_waited_for_and_all_rows_come(client: Client, server: Gate, slept: list[float], spoil: Spoil) -> None:
    server.spoils[:] = [spoil, spoil]
    assert rows(client) == ROWS
    assert slept == [0.5, 1.0]
    assert len(server.heads) == 3


@pytest.mark.parametrize("spoil", [after(0.5), after(0.0), lambda _whole: None, chunked(TABLE[:5000], end=False)])
def test_half_answers_that_do_not_end_are_an_error_and_not_a_short_result(client: Client, server: Gate, spoil: Spoil) -> None:
    server.spoils[:] = [spoil] * 9
    with pytest.raises(StoreUnavailable, match="the connection broke"):
        rows(client)
    assert len(server.heads) == 4


@pytest.mark.parametrize(
    "spoil",
    [
        *(pytest.param(unframed(share), id=f"unframed-{share}") for share in (0.1, 0.5, 0.99)),
        pytest.param(chunked(TABLE[:5000], end=True), id="an-end-too-early"),
        pytest.param(chunked(TABLE[:5000], b"Error: the query took too long", end=True), id="an-error-in-the-body"),
        pytest.param(lambda _whole: response("200 OK", TABLE[:-20] + b"]}}", JSON), id="not-json"),
        pytest.param(lambda _whole: response("200 OK", b"<html>proxy</html>", "Content-Type: text/html"), id="another-type"),
        pytest.param(lambda _whole: response("200 OK", b"", JSON), id="empty"),
    ],
)
def test_an_answer_that_claims_to_be_whole_and_is_not_is_an_error(client: Client, server: Gate, spoil: Spoil) -> None:
    server.spoils[:] = [spoil]
    with pytest.raises(StoreError):
        rows(client)


@pytest.mark.parametrize("value", ["7", "date"])
def test_the_time_that_the_server_names_is_waited(client: Client, server: Gate, slept: list[float], value: str) -> None:
    if value == "date":
        value = format_datetime(datetime.now(UTC) + timedelta(seconds=7), usegmt=True)
    server.spoils[:] = [busy("429 Too Many Requests", f"Retry-After: {value}")]
    assert rows(client) == ROWS
    assert slept[0] == pytest.approx(7, abs=1.5)


def test_a_server_that_wants_more_patience_than_there_is_is_not_waited_for(client: Client, server: Gate, slept: list[float]) -> None:
    server.spoils[:] = [busy("503 Service Unavailable", "Retry-After: 3600")]
    with pytest.raises(StoreRefused, match="HTTP 503: busy") as raised:
        rows(client)
    assert raised.value.hint == "the server is busy, or starting: run the command again later"
    assert slept == []


@pytest.mark.parametrize(
    "spoil", [lambda _whole: None, after(0.1), busy("503 Service Unavailable", "Retry-After: 0"), busy("429 Too Many")]
)
@pytest.mark.parametrize("how", ["update", "put", "post"])
def test_a_write_is_sent_once(client: Client, server: Gate, spoil: Spoil, how: str) -> None:
    server.spoils[:] = [spoil]
    lines = MEETING.encode() + b" .\n"
    writes = {
        "update": lambda: client.update(f"INSERT DATA {{ {MEETING} }}"),
        "put": lambda: client.put_graph("https://example.org/g", lines),
        "post": lambda: client.post_graph("https://example.org/g", lines),
    }
    with pytest.raises((StoreUnavailable, StoreRefused)):
        writes[how]()
    assert len(server.heads) == 1


def test_nobody_there_is_said_with_the_address(server: Gate) -> None:
    with gate(plain) as gone:
        url = gone.url
    with pytest.raises(StoreUnavailable, match=f"{url}.*nobody listens") as caught:
        Transport(lambda _url: Access(), sleep=lambda _s: None).read(lambda: urllib.request.Request(url))
    assert "running" in caught.value.hint


def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGBUILD_STORE_TIMEOUT", "0.3")
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(StoreUnavailable, match=r"no answer in 0\.3 s"):
        connect(Address(f"http://127.0.0.1:{silent.getsockname()[1]}/"))


@pytest.mark.parametrize("told", ["X-SPARQL-MaxRows: 500", None])
def test_rows_at_the_limit_are_refused_for_there_may_be_more(told: str | None) -> None:
    def limited(head: str, body: bytes) -> bytes:
        if b"ASK" in body:
            return response("200 OK", NO_ROWS, JSON, "Server: Virtuoso/07.20")
        return response("200 OK", TABLE if told else _table(10_000), JSON, *([told] if told else []))

    with gate(limited) as server:
        client = connect(Address(server.url))
        assert client.profile.name == "virtuoso"
        with pytest.raises(StoreError, match=r"no more than (500|10,000) rows") as caught:
            rows(client)
        assert "ResultSetMaxRows" in caught.value.hint


def _limited(most: int) -> Callable[[str, bytes], bytes]:
    """A Virtuoso that holds 1,200 triples and gives no more than some at a time, without a word: of graphs it says nothing else."""

    def answer(_head: str, body: bytes) -> bytes:
        text = unquote_plus(body.decode())
        if "ASK" in text:
            return response("200 OK", NO_ROWS, JSON, "Server: Virtuoso/07.20")
        limit, start = re.search(r"LIMIT (\d+)", text), re.search(r"OFFSET (\d+)", text)
        first = int(start[1]) if start else 0
        last = min(1200, first + min(most, int(limit[1]) if limit else most))
        lines = "".join(f'<x:s> <x:p> "{number}" .\n' for number in range(first, last))
        return response("200 OK", lines.encode(), "Content-Type: application/n-triples")

    return answer


@pytest.mark.parametrize("most", [500, 10_000])
def test_a_graph_is_read_whole_where_rows_are_cut_without_a_word(most: int) -> None:
    with gate(_limited(most)) as server:
        assert len(set(connect(Address(server.url)).get_graph("x:g"))) == 1200


def test_triples_at_the_limit_are_refused_for_there_may_be_more(tmp_path: Path) -> None:
    (tmp_path / "limited.toml").write_text("row-limit = 600\n")
    with gate(_limited(600)) as server:
        client = connect(Address(server.url, profile=str(tmp_path / "limited.toml")))
        with pytest.raises(StoreError, match="no more than 600 rows"):
            client.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert len(list(client.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 599"))) == 599


def _table(number: int) -> bytes:
    bindings = [
        {"n": {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": str(n)}} for n in range(number)
    ]
    return json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": bindings}}).encode()


def test_sparql_that_does_not_parse_is_said_with_its_place(client: Client, server: Gate) -> None:
    server.spoils[:] = [busy("400 Bad Request")]
    with pytest.raises(QueryError, match="line 1, column"):
        client.query("SELECT * { ?s ?p }")


def test_a_word_of_the_server_on_its_error_is_passed_on_without_its_markup(client: Client, server: Gate) -> None:
    page = b"<html><head><title>x</title></head><body><h1>Refused</h1><p>the <b>disk</b> is full</p></body></html>"
    server.spoils[:] = [lambda _whole: response("507 Insufficient Storage", page, "Content-Type: text/html")]
    with pytest.raises(StoreRefused, match="HTTP 507: Refused the disk is full"):
        client.update(f"INSERT DATA {{ {MEETING} }}")


@pytest.mark.parametrize("share", [0.05, 0.5, 0.97])
def test_a_proxy_that_cuts_answers_off_is_found_out_or_outwaited(servers: Servers, share: float) -> None:
    real = servers("oxigraph")
    real.clear()
    with gate(forward(urlsplit(real.url).port or 0)) as proxy, open_store(Address(proxy.url), create=True) as store:
        store.put([article("a1", [MEETING]), article("a2", [MOSCOW])])
        proxy.spoils[:] = [after(share)]
        assert lines_of(store, iri("a1")) >= {MEETING}
        proxy.spoils[:] = [after(share)]
        assert {name for name, _ in store.fingerprints()} == {iri("a1"), iri("a2")}


@pytest.mark.parametrize("word", [b"INSERT DATA", b"DELETE DATA"])
def test_a_write_whose_answer_is_lost_is_an_error_and_done_again_is_right(servers: Servers, word: bytes) -> None:
    real = servers("oxigraph")
    real.clear()
    with gate(forward(urlsplit(real.url).port or 0)) as proxy, open_store(Address(proxy.url), create=True) as store:
        store.put([article("a1", [MEETING])])
        proxy.when[word] = lambda _whole: None
        with pytest.raises(StoreUnavailable, match="whether it was written is not known"):
            store.put([article("a1", [MOSCOW], version=2), article("a2", [MEETING])])
        proxy.when.clear()
        store.put([article("a1", [MOSCOW], version=2), article("a2", [MEETING])])
        assert lines_of(store) == {MOSCOW, MEETING}
        assert store.is_true()


@pytest.mark.parametrize("arrives", [True, False])
@pytest.mark.parametrize("fails", range(1, 8))
def test_a_change_in_several_requests_that_breaks_off_is_mended_by_the_next_writer(
    servers: Servers, fails: int, arrives: bool, tmp_path: Path
) -> None:
    real = servers("oxigraph")
    real.clear()
    small = tmp_path / "small.toml"
    small.write_text('update = "direct"\nbatch = 3\npaths = { query = "query", update = "update", graph = "store" }\n')
    facts = [f"<{iri(f'e{n}')}> <x:p> <x:o{n}>" for n in range(12)]
    with gate(forward(urlsplit(real.url).port or 0)) as proxy:
        address = Address(proxy.url, profile=str(small))
        with open_store(address, create=True) as store:
            store.put([article("a1", facts[:6]), article("a2", facts[3:9])])
            before = len(proxy.writes())
            _break_after(proxy, fails, arrives=arrives)
            with pytest.raises((StoreUnavailable, StoreError)):
                store.put([article("a1", facts[6:12], version=2)])
            assert len(proxy.writes()) > before
        proxy.when.clear()
        proxy.cut = lambda _body: False
        with open_store(address) as mended:
            assert mended.is_true()
            assert lines_of(mended, iri("a2")) >= set(facts[3:9])
            mended.put([article("a1", facts[4:10], version=3)])  # another text than the one that was broken off
            assert lines_of(mended) == set(facts[3:10])
            assert mended.is_true()
            check_kept(mended)


def check_kept(store: Store) -> None:
    assert store.counts().graphs["records"] == 4 + 4 + 2 + (2 if store.meta("inferred-by") is not None else 0)


def _break_after(proxy: Gate, number: int, *, arrives: bool) -> None:
    """Cut the connection at the n-th update from now on, and at all that follow: the server has it (``arrives``) or not."""
    count = [0]

    def cut(body: bytes) -> bool:
        count[0] += b" DATA {" in body
        return b" DATA {" in body and count[0] >= number

    if not arrives:
        proxy.cut = cut
        return

    def spoil(whole: bytes) -> bytes | None:
        count[0] += 1
        return whole if count[0] < number else None

    proxy.when[b" DATA {"] = spoil
