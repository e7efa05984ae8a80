"""How a server is set up."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """What ``kgbuild serve`` was asked for. Sizes in bytes, times in seconds."""

    store: Path
    host: str = "127.0.0.1"
    port: int = 7878
    #: how long a query may take, and wait for a reader
    timeout: float = 30.0
    #: how much memory a query may take beyond what its reader has at the start; 0: no limit
    memory: int = 2 << 30
    #: how much memory the front takes for answers that may be asked for again; 0: it keeps none
    kept: int = 64 << 20
    #: how many queries are answered at a time
    workers: int = max(2, os.cpu_count() or 2)
    #: whether the store may be written to
    update: bool = False
    #: what a client must show to write, and to see and stop queries: ``Authorization: Bearer …``; empty: nobody can
    token: str = ""
    #: origins of web pages that may read; ``*`` for all
    cors: tuple[str, ...] = ()
    #: IRIs that SERVICE may name
    services: tuple[str, ...] = ()
    #: names, beside the address it listens at, by which clients call the server: for pages and the check of Host
    names: tuple[str, ...] = ()
    log_queries: bool = False
    #: largest body of a query or update, and of a graph
    query_size: int = 16 << 20
    graph_size: int = 1 << 30

    @property
    def address(self) -> str:
        """Where the server is reached on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"
