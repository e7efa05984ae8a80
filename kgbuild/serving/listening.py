"""The HTTP server itself: uvicorn, with limits on what clients may keep waiting, quiet about transfers that are broken off on purpose."""

from __future__ import annotations

import logging
from collections.abc import Callable

import uvicorn

from kgbuild.serving.app import application
from kgbuild.serving.responses import TransferBroken
from kgbuild.serving.settings import Settings

__all__ = ["run"]

#: largest head of a request, in bytes; how long a connection may be idle between requests, in seconds; connections at a time
_HEAD, _IDLE, _CONNECTIONS = 64 << 10, 15, 1000


def run(settings: Settings, *, started: Callable[[str], None]) -> bool:
    """Serve until interrupted; ``started`` is told the address. Returns whether it came so far."""
    logging.getLogger("uvicorn.error").addFilter(_is_worth_a_line)
    config = uvicorn.Config(
        application(settings),
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_level="warning",
        server_header=False,
        h11_max_incomplete_event_size=_HEAD,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=3,
        limit_concurrency=_CONNECTIONS,
        http="h11",
    )
    server = _Announcing(config, started)
    server.run()
    return server.started


class _Announcing(uvicorn.Server):
    """Says where it listens, once it does: the port may have been chosen by the system."""

    def __init__(self, config: uvicorn.Config, tell: Callable[[str], None]) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started and self.servers:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._tell(f"http://{f'[{host}]' if ':' in host else host}:{port}/")


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, TransferBroken)
