"""The HTTP server itself: uvicorn, with limits on what clients may keep waiting, quiet about transfers that are broken off on purpose."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from dataclasses import replace

import uvicorn

from kgbuild import __version__
from kgbuild.errors import StoreUnavailable
from kgbuild.serving.app import application
from kgbuild.serving.responses import TransferBroken
from kgbuild.serving.settings import Settings
from kgbuild.serving.wire import Strict

__all__ = ["run"]

#: how long a connection may be idle between requests, in seconds; connections at a time
_IDLE, _CONNECTIONS = 15, 1000


def run(settings: Settings, *, started: Callable[[str], None]) -> bool:
    """Serve until interrupted; ``started`` is told the address. Returns whether it came so far."""
    logging.getLogger("uvicorn.error").addFilter(_is_worth_a_line)
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        message = f"cannot listen at {settings.host}, port {settings.port}: {error.strerror or error}"
        raise StoreUnavailable(message, hint="name another --port (0: any free one) or --host") from error
    # inherited by every connection; asyncio does it for sockets of protocol TCP, which create_server() leaves at 0
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    settings = replace(settings, port=listener.getsockname()[1])
    config = uvicorn.Config(
        application(settings),
        access_log=False,
        log_level="warning",
        server_header=False,
        headers=[("Server", f"kgbuild/{__version__}")],  # how kgbuild as a client knows it
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=3,
        limit_concurrency=_CONNECTIONS,
        http=Strict,
        ws="none",
        loop="auto",  # uvloop where it is installed
    )
    server = _Announcing(config, lambda: started(settings.address))
    server.run([listener])
    return server.started


class _Announcing(uvicorn.Server):
    """Says that it listens, once it does."""

    def __init__(self, config: uvicorn.Config, tell: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._tell()


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, TransferBroken)
