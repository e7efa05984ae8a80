"""A server that does what servers do on bad days, in front of a real one or alone: sockets of the loopback, nothing imitated in Python."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

#: whole response, as bytes on the wire -> what is sent instead; None: nothing, and the connection is cut
Spoil = Callable[[bytes], bytes | None]


@dataclass
class Gate:
    """Listens, notes requests, answers. ``url`` ends in /."""

    url: str
    port: int
    #: requests so far: first line and headers
    heads: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    #: how the next answers are spoiled, one each; afterwards all pass
    spoils: list[Spoil] = field(default_factory=list)
    #: how answers are spoiled whose request has some bytes in it
    when: dict[bytes, Spoil] = field(default_factory=dict)
    #: of which requests (body) the connection is cut before anyone sees them
    cut: Callable[[bytes], bool] = lambda _body: False

    def writes(self) -> list[str]:
        """The requests that would change something."""
        found = zip(self.heads, self.bodies, strict=True)
        return [head.partition("\r\n")[0] for head, body in found if b"INSERT" in body or b"DELETE" in body or head[:3] in ("PUT", "DEL")]


def response(status: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, "Connection: close"]
    if not any(line.lower().startswith(("content-length", "transfer-encoding", "x-unframed")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@contextmanager
def gate(answer: Callable[[str, bytes], bytes], tls: ssl.SSLContext | None = None) -> Iterator[Gate]:
    """Listen; ``answer``: head and body of a request -> the response on the wire. ``tls``: as a server of https."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    found = Gate(f"http{'s' if tls else ''}://127.0.0.1:{port}/", port)
    done = threading.Event()

    def serve(connection: socket.socket) -> None:
        if tls is not None:
            try:
                connection = tls.wrap_socket(connection, server_side=True)
            except OSError:
                return
        with connection:
            connection.settimeout(10)
            try:
                head, body = _request(connection)
            except OSError:
                return
            if not head:
                return
            found.heads.append(head)
            found.bodies.append(body)
            spoil = found.spoils.pop(0) if found.spoils else next((found.when[key] for key in found.when if key in body), None)
            if found.cut(body):
                return
            sent: bytes | None = answer(head, body)
            if spoil is not None and sent is not None:
                sent = spoil(sent)
            if sent is not None:
                try:
                    connection.sendall(sent)
                except OSError:
                    return

    def accept() -> None:
        while not done.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        done.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def forward(port: int) -> Callable[[str, bytes], bytes]:
    """Pass requests on to the server at a port, and give its whole answer; nothing where that ends in the middle."""

    def answer(head: str, body: bytes) -> bytes:
        first, *lines = head.split("\r\n")
        method, path, _ = first.split(" ")
        given = dict(line.split(": ", 1) for line in lines if line)
        # not asked to close: Fuseki then does not say how long its answer is
        server = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            server.request(method, path, body or None, {name: value for name, value in given.items() if name.lower() != "connection"})
            reply = server.getresponse()
            whole = reply.read()
        except (OSError, http.client.HTTPException):
            return b""
        finally:
            server.close()
        own = ("connection", "content-length", "transfer-encoding", "keep-alive")
        kept = (f"{name}: {value}" for name, value in reply.getheaders() if name.lower() not in own)
        return response(f"{reply.status} {reply.reason}", whole, *kept)

    return answer


def _request(connection: socket.socket) -> tuple[str, bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(1 << 16)
        if not piece:
            return "", b""
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    text = head.decode("latin-1")
    length = next((int(line.partition(":")[2]) for line in text.split("\r\n") if line.lower().startswith("content-length:")), 0)
    while len(body) < length:
        piece = connection.recv(1 << 16)
        if not piece:
            break
        body += piece
    return text, body
