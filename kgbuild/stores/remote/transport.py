"""HTTP to one store: what is read may be asked for again, what is written is sent once; half an answer is none.

An answer is taken in whole, into memory or beyond 8 MB onto disk, before anyone sees it. Nothing of the process is used for it, and nothing
is changed there: no opener that others installed, no redirect to another server.
"""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import urlsplit

from kgbuild.errors import StoreUnavailable
from kgbuild.stores.remote.authorising import Authorising
from kgbuild.stores.remote.credentials import Access

#: statuses that pass: too many requests, a gateway's troubles, a server that restarts
_PASSING = (429, 502, 503, 504)
_PIECE = 1 << 18
IN_MEMORY = 8 << 20
#: a write may take this many times as long as a reading request: to give it up means not to know whether it was done
_WRITING = 10
#: a server that worked this long on a request before it refused it would do so again
_LONG = 10.0


@dataclass
class Reply:
    """A whole response, whatever its status."""

    status: int
    headers: Message
    body: IO[bytes]
    #: the response said how long it is, so that nothing can be missing
    framed: bool = True

    @property
    def media_type(self) -> str:
        """Without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    def text(self, limit: int = 2000) -> str:
        """The beginning of the body."""
        self.body.seek(0)
        return self.body.read(limit).decode("utf-8", "replace")


class Body(SpooledTemporaryFile[bytes]):
    """Lives as long as somebody reads it."""

    def __del__(self) -> None:
        self.close()


class Broken(Exception):
    """The connection ended in the middle of an answer."""


class _Framed:
    """Does not ask the server to close the connection, as urllib does: Jetty, and Fuseki on it, then says of no answer how long it is."""

    def do_open(self, http_class: Callable[..., http.client.HTTPConnection], req: urllib.request.Request, **arguments: Any) -> Any:
        """Send by connections that leave that header out. Each is closed after its answer all the same."""

        def connection(host: str, **given: Any) -> http.client.HTTPConnection:
            made = http_class(host, **given)
            put = made.putheader
            made.putheader = lambda name, *values: None if name == "Connection" else put(name, *values)  # type: ignore[method-assign]
            return made

        return super().do_open(connection, req, **arguments)  # type: ignore[misc]


class _OverHttp(_Framed, urllib.request.HTTPHandler):
    pass


class _OverHttps(_Framed, urllib.request.HTTPSHandler):
    _context: ssl.SSLContext | None = None

    def https_open(self, req: urllib.request.Request) -> Any:
        """Send. What is trusted is read once: it takes longer than a request."""
        self._context = self._context or ssl.create_default_context()
        return super().https_open(req)


class Transport:
    """Sends requests to one store. ``patience``: how many seconds in all to wait between repetitions of one reading request."""

    def __init__(
        self,
        credentials: Callable[[str], Access],
        *,
        timeout: float = 60.0,
        attempts: int = 4,
        patience: float = 90.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.timeout = timeout
        self._attempts = attempts
        self._patience = patience
        self._sleep = sleep
        self._opener = urllib.request.OpenerDirector()
        # no handler of errors, redirects or authentication: every status comes back as it is
        for handler in (urllib.request.ProxyHandler, _OverHttp, _OverHttps, urllib.request.UnknownHandler):
            self._opener.add_handler(handler())
        self._authorising = Authorising(credentials, self._challenged)

    def has_access(self, url: str) -> bool:
        """Claim that there is something to show at a URL."""
        return bool(self._authorising.access(url))

    def without_secrets(self, url: str, text: str) -> str:
        """A server's words without what it was shown: some repeat it."""
        for secret in self._authorising.access(url).secrets:
            text = text.replace(secret, "…")
        return text

    def read(self, make: Callable[[], urllib.request.Request]) -> Reply:
        """Send a request that changes nothing; again, where the trouble may pass: after the time that the server names, or doubled times.

        Raises StoreUnavailable where there is no whole answer.
        """
        patience = self._patience
        for attempt in range(1, self._attempts + 1):
            last = attempt == self._attempts
            begun = time.monotonic()
            wait = 0.5 * 2 ** (attempt - 1)
            try:
                reply = self._once(make())
            except (Broken, ConnectionError) as error:
                if last or patience < wait:
                    raise StoreUnavailable(f"{shown(make().full_url)}: {_said(error)}", hint=_UNREACHABLE) from error
            else:
                named = retry_after(reply.headers)
                wait = wait if named is None else named
                if reply.status not in _PASSING or last or patience < wait or time.monotonic() - begun > _LONG:
                    return reply
                reply.body.close()
            patience -= wait
            self._sleep(wait)
        raise AssertionError  # the last attempt has returned or raised

    def write(self, request: urllib.request.Request) -> Reply:
        """Send a request that changes something, once. Raises StoreUnavailable: then it may have been carried out, or not."""
        try:
            return self._once(request, _WRITING * self.timeout)
        except (Broken, ConnectionError) as error:
            raise StoreUnavailable(
                f"{shown(request.full_url)}: {_said(error)} while writing; whether it was written is not known",
                hint="run the command again: what is written already writes nothing",
            ) from error

    def _once(self, request: urllib.request.Request, timeout: float = 0.0) -> Reply:
        self._authorising.add(request)
        reply = self._send(request, timeout=timeout)
        if reply.status == 401 and self._authorising.again(request, reply.headers.get_all("WWW-Authenticate") or []):
            reply.body.close()  # refused before anything was done: a digest's challenge had grown old
            reply = self._send(request, timeout=timeout)
        return reply

    def _send(self, request: urllib.request.Request, *, whole: bool = True, timeout: float = 0.0) -> Reply:
        """Raises Broken and ConnectionError, which pass, and StoreUnavailable."""
        timeout = timeout or self.timeout
        try:
            response = self._opener.open(request, timeout=timeout)
            assert isinstance(response, http.client.HTTPResponse)
            with response:
                return self._taken_in(response) if whole else Reply(response.status, response.headers, BytesIO())
        except TimeoutError as error:
            raise _timed_out(request, timeout) from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise _timed_out(request, timeout) from error
            if isinstance(error.reason, ConnectionError):
                raise error.reason from error
            raise StoreUnavailable(f"{shown(request.full_url)}: cannot be reached: {error.reason}", hint=_advice(error.reason)) from error
        except ssl.SSLError as error:  # after the handshake
            raise Broken(str(error)) from error
        except http.client.HTTPException as error:
            raise Broken(str(error) or type(error).__name__) from error

    def _taken_in(self, response: http.client.HTTPResponse) -> Reply:
        body: IO[bytes] = Body(max_size=IN_MEMORY)
        promised = response.headers.get("Content-Length", "")
        bare = response.status in (204, 304) or response._method == "HEAD"  # type: ignore[attr-defined]
        while piece := response.read(_PIECE):
            body.write(piece)
        if promised.isdecimal() and not bare and body.tell() < int(promised):
            # urllib takes a short body for a whole one, unless it is read at once
            raise Broken(f"the answer ended after {body.tell():,} of {int(promised):,} bytes")
        framed = bare or promised.isdecimal() or bool(response.chunked)
        if not framed and not body.tell():
            raise Broken("the answer ended in its head")
        body.seek(0)
        return Reply(response.status, response.headers, body, framed)

    def _challenged(self, url: str) -> list[str]:
        """What a server asks for at a URL, which a small request finds out."""
        try:
            reply = self._send(urllib.request.Request(url), whole=False)
        except (Broken, ConnectionError) as error:
            raise StoreUnavailable(f"{shown(url)}: {_said(error)}", hint=_UNREACHABLE) from error
        return (reply.headers.get_all("WWW-Authenticate") or []) if reply.status == 401 else []


def _timed_out(request: urllib.request.Request, timeout: float) -> StoreUnavailable:
    message = f"{shown(request.full_url)}: no answer in {timeout:g} s"
    return StoreUnavailable(message, hint="ask for less, or give more time with KGBUILD_STORE_TIMEOUT")


def _advice(reason: object) -> str:
    if isinstance(reason, ssl.SSLCertVerificationError):
        return (
            "where it is signed by a CA of your own, name that CA's certificate: SSL_CERT_FILE=FILE.pem; it holds for the host's name alone"
        )
    if isinstance(reason, ssl.SSLError):
        return "does the server speak https? Else write http:"
    return _UNREACHABLE


_UNREACHABLE = "check the address, and that the server is running"


def shown(url: str) -> str:
    """A URL as messages have it: without parameters, which may hold keys."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def retry_after(headers: Message) -> float | None:
    """The seconds to wait that a server names (RFC 9110, section 10.2.3), as a number or a date; None where it names none."""
    value = (headers.get("Retry-After") or "").strip()
    if value.isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _said(error: Exception) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "nobody listens there"
    if isinstance(error, Broken):
        return f"the connection broke in the middle of the answer ({error})"
    return f"the connection broke ({getattr(error, 'strerror', None) or error})"
