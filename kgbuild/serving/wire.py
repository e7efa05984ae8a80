"""HTTP as it comes in: uvicorn's protocol on httptools, five times as fast as that on h11, and as strict.

httptools itself puts no limit on the length of a head, a trailer or a chunk's extension; takes any number of Host; and drops the body of a
request that offers to go on in another protocol, as Java's client does with each (``Upgrade: h2c``), though the offer may be left aside
(RFC 9110, section 7.8).
"""

from __future__ import annotations

import asyncio
from typing import cast

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

__all__ = ["Strict"]

#: bytes that may come without a head or a piece of a body being complete
_LIMIT = 64 << 10


class Strict(HttpToolsProtocol):
    """Breaks off with 400 where a head is too long or names no host, and takes no offer of another protocol."""

    _pending = 0

    def data_received(self, data: bytes) -> None:
        """Parse what came; in pieces, so that no head is longer than the limit and one of them."""
        self._unset_keepalive_if_required()
        try:
            for begin in range(0, len(data), _LIMIT):
                piece = data[begin : begin + _LIMIT]
                self._pending += len(piece)
                self._parse(piece)
                if self._pending > _LIMIT:
                    self._refuse("The head of the request is too long.")
        except httptools.HttpParserError:
            self._refuse("Invalid HTTP request received.")

    def on_headers_complete(self) -> None:
        """A head is there."""
        self._pending = 0
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (not hosts and self.parser.get_http_version() == "1.1"):
            raise ValueError("Host")
        if not self.parser.should_upgrade():
            super().on_headers_complete()
            _Joining(self.cycle)

    def on_body(self, body: bytes) -> None:
        """A piece of a body is there."""
        self._pending = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """A request is there."""
        self._pending = 0
        if not self.parser.should_upgrade():
            super().on_message_complete()

    def _parse(self, data: bytes) -> None:
        if self.parser is None or self.transport.is_closing():
            return
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as offer:
            method = self.parser.get_method()
            if method == b"CONNECT":  # never without another protocol
                raise httptools.HttpParserError from offer
            lines = [name + b": " + value for name, value in self.headers if name != b"upgrade"]
            self.parser = httptools.HttpRequestParser(self)
            self._parse(b"\r\n".join([method + b" " + self.url + b" HTTP/1.1", *lines, b"", b""]) + data[offer.args[0] :])

    def _refuse(self, why: str) -> None:
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            self.send_400_response(why)
        self.transport.close()


class _Joining:
    """Sends the head of a response along with the first piece of its body: one packet, one system call, and one less for the client."""

    def __init__(self, cycle: RequestResponseCycle) -> None:
        self._transport = cycle.transport
        self._complete = cycle.on_response
        self._cycle = cycle
        self._head: bytes | None = None
        self.is_closing = cycle.transport.is_closing
        cycle.transport = cast("asyncio.Transport", self)
        cycle.on_response = self.complete

    def write(self, data: bytes) -> None:
        """Keep the first that is written of a response; "100 Continue" is none."""
        if self._head is None and self._cycle.response_started:
            self._head = data
        else:
            self._transport.write(self._head + data if self._head else data)
            self._head = b"" if self._head is not None else None

    def complete(self) -> None:
        """Send the head of a response that has no body."""
        self._flush()
        self._complete()

    def close(self) -> None:
        """Send what is kept, and end the connection."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._head:
            self._transport.write(self._head)
            self._head = b""
