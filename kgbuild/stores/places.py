"""Where a store is: a folder of this machine, or an address of the web.

>>> parse_place("kgbuild-store")
PosixPath('kgbuild-store')
>>> str(parse_place("http://127.0.0.1:7878/"))
'http://127.0.0.1:7878/'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kgbuild.errors import StoreError

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a store elsewhere, and what cannot be told from it. Picklable; holds no secret."""

    url: str
    #: a bundled profile's name, or a file; empty: the server is asked what it is
    profile: str = ""
    #: where queries, updates and graphs go, if elsewhere than the profile says
    query_url: str = ""
    update_url: str = ""
    graph_url: str = ""
    #: the file with credentials; None: that of the environment, or none
    credentials: Path | None = None

    def __post_init__(self) -> None:
        for url in (self.url, self.query_url, self.update_url, self.graph_url):
            if url:
                _check(url)

    def __str__(self) -> str:
        """The address as messages have it: without parameters, which may hold keys."""
        return self.url.partition("?")[0]


Place = Path | Address


def parse_place(text: str) -> Place:
    """Read what ``--store`` was given: a URL is an address, anything else a folder. Raises StoreError on a URL that cannot be one."""
    return Address(text) if _SCHEME.match(text) else Path(text)


def _check(url: str) -> None:
    """Raises StoreError; what is wrong with a password in it is said without the password."""
    try:
        parts = urlsplit(url)
        host, user, _port = parts.hostname, parts.username, parts.port
    except ValueError as error:
        raise StoreError(f"the address of a store cannot be read: {error}", hint="such as http://127.0.0.1:7878/") from None
    if not parts.scheme:
        raise StoreError("the address of a store begins with http:// or https://", hint="such as http://127.0.0.1:7878/sparql")
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise StoreError(
            f"{parts.scheme}://{host or ''}: a store elsewhere is reached by http or https", hint="such as http://127.0.0.1:7878/"
        )
    if user is not None or parts.password is not None:
        raise StoreError(
            f"{parts.scheme}://{host}: the address holds a name or password, which others can read on this machine",
            hint="put them into a file, named with --credentials or KGBUILD_CREDENTIALS, or into ~/.netrc",
        )
