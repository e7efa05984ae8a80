"""The log: one JSON object a line for each request; and numbers of all of them, for Prometheus."""

from __future__ import annotations

import itertools
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kgbuild.serving.responses import TransferBroken

__all__ = ["Journal"]

_ENCODER = msgspec.json.Encoder()
#: upper bounds of the histogram of durations, in seconds
_BOUNDS = (0.005, 0.025, 0.1, 0.5, 2.5, 10.0, 30.0)


class Journal:
    """Middleware that writes a line for each request and counts them. What a request adds to its line stands in ``scope["journal"]``."""

    def __init__(self, app: ASGIApp, *, write: Callable[[str], None]) -> None:
        self._app = app
        self._write = write
        self._numbers = itertools.count(1)
        self.statuses: Counter[tuple[str, int]] = Counter()
        #: how many took at most so long, but longer than the bound before
        self.durations = [0] * (len(_BOUNDS) + 1)
        self.seconds = 0.0
        self.bytes = 0
        self.broken = 0
        self._second, self._text = 0, ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write down what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        line: dict[str, Any] = {"id": next(self._numbers)}
        scope["journal"] = line
        started = time.perf_counter()
        status, size, broken = 0, 0, False

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except TransferBroken as error:
            broken = True
            line["broken"] = str(error)
            raise
        finally:
            seconds = time.perf_counter() - started
            self._count(scope["method"], status, seconds, size, broken)
            client = scope.get("client")
            line["time"] = self._now(time.time())
            line["client"] = client[0] if client else ""
            line["method"] = scope["method"]
            line["path"] = scope["path"][:500]
            line["status"] = status
            line["ms"] = round(seconds * 1000, 1)
            line["bytes"] = size
            self._write(_ENCODER.encode(line).decode())

    def _now(self, seconds: float) -> str:
        """The time as text, made once a second."""
        if int(seconds) != self._second:
            self._second = int(seconds)
            self._text = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self._second))
        return self._text

    def _count(self, method: str, status: int, seconds: float, size: int, broken: bool) -> None:
        self.statuses[method, status] += 1
        self.seconds += seconds
        self.bytes += size
        self.broken += broken
        self.durations[bisect_left(_BOUNDS, seconds)] += 1

    def metrics(self) -> str:
        """The numbers in Prometheus's text format."""
        total = sum(self.statuses.values())
        lines = ["# TYPE kgbuild_requests_total counter"]
        lines += [
            f'kgbuild_requests_total{{method="{method}",status="{status}"}} {count}'
            for (method, status), count in sorted(self.statuses.items())
        ]
        lines += ["# TYPE kgbuild_request_seconds histogram"]
        within = itertools.accumulate(self.durations)
        lines += [f'kgbuild_request_seconds_bucket{{le="{bound:g}"}} {count}' for bound, count in zip(_BOUNDS, within, strict=False)]
        lines += [f'kgbuild_request_seconds_bucket{{le="+Inf"}} {total}', f"kgbuild_request_seconds_sum {self.seconds:.6f}"]
        lines += [f"kgbuild_request_seconds_count {total}"]
        for name, value in (("response_bytes_total", self.bytes), ("broken_transfers_total", self.broken)):
            lines += [f"# TYPE kgbuild_{name} counter", f"kgbuild_{name} {value}"]
        return "\n".join(lines) + "\n"
