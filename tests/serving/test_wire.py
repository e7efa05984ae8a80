"""HTTP as it may come: offers of other protocols, floods in places that are no body, requests one behind the other."""

from __future__ import annotations

import socket
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.serving.conftest import Server

HOST = b"Host: 127.0.0.1\r\n"
DIRECT = b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\n"
CHUNKED = DIRECT + b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n"
#: as Java's client sends it with each request
OFFER = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
TRUE = b'{"head":{},"boolean":true}'
FLOOD = b"a" * 400_000


def _talk(server: Server, *pieces: bytes, until: bytes = b"ok\n", times: int = 1) -> bytes:
    """Send pieces, and receive until something has come so many times or the connection ends."""
    received = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
            while received.count(until) < times:
                if not (piece := connection.recv(1 << 16)):
                    break
                received += piece
        except ConnectionError:
            pass
    return received


@pytest.mark.parametrize("cuts", [[], [10], [120], [-3], [20, 150, -1]])
def test_an_offer_of_http_2_is_left_aside(reading: Server, cuts: list[int]) -> None:
    """Body and all, wherever the network cuts; and the connection goes on."""
    whole = DIRECT + OFFER + b"Content-Length: 6\r\n\r\nASK {}"
    at = [0, *(cut % len(whole) for cut in cuts), len(whole)]
    pieces = [whole[begin:end] for begin, end in pairwise(at)]
    received = _talk(reading, *pieces, *pieces, until=TRUE, times=2)
    assert received.count(b"HTTP/1.1 200 OK") == received.count(TRUE) == 2
    assert b"HTTP/1.1 200" in _talk(reading, b"GET /health HTTP/1.1\r\n" + HOST + OFFER + b"\r\n")


@pytest.mark.parametrize(
    "data",
    [
        b"GET /health HTTP/1.1\r\n" + HOST + b"X: " + FLOOD,
        b"GET /" + FLOOD,
        CHUNKED + b"".join(b"X%d: %s\r\n" % (number, b"a" * 1000) for number in range(400)),
        CHUNKED + b"X: " + FLOOD,
        CHUNKED.replace(b"\r\n6\r\n", b"\r\n6;" + FLOOD + b"\r\n"),
    ],
    ids=["header", "address", "trailers", "trailer", "chunk"],
)
def test_floods_are_broken_off(reading: Server, data: bytes) -> None:
    received = _talk(reading, data)
    assert received == b"" or received.startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "head",
    [
        b"GET /health HTTP/1.1\r\n\r\n",
        b"GET /health HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
        b"CONNECT /health HTTP/1.1\r\n" + HOST + b"\r\n",
    ],
    ids=["no host", "two hosts", "connect"],
)
def test_what_is_ambiguous_is_refused(reading: Server, head: bytes) -> None:
    assert _talk(reading, head).startswith(b"HTTP/1.1 400 ")


def test_requests_one_behind_the_other_are_answered_in_turn(reading: Server) -> None:
    """With a body and without."""
    head = b"HEAD /health HTTP/1.1\r\n" + HOST + b"\r\n"
    received = _talk(reading, (head + DIRECT + b"Content-Length: 6\r\n\r\nASK {}" + head) * 3, until=b"content-length: 3\r\n", times=6)
    assert received.count(b"HTTP/1.1 200 OK") == 9
    lengths = [line[16:] for line in received.split(b"\r\n") if line.startswith(b"content-length: ")]
    assert lengths == [b"3", b"26", b"3"] * 3


def test_a_large_body_comes_whole(reading: Server) -> None:
    body = b"ASK {}" + b" " * 3_000_000
    assert TRUE in _talk(reading, DIRECT + b"Content-Length: %d\r\n\r\n" % len(body), body, until=TRUE)
