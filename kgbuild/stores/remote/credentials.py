"""What is shown to a store so that it lets us in, and to no other: from a file, the environment, or netrc.

The file is TOML, a table for each address, which stands for everything below it::

    ["https://example.org/sparql"]
    user = "reader"
    password = "…"          # or password-file = "/run/secrets/reader"
    scheme = "digest"       # basic or digest; without it, what the server asks for

    ["https://example.com/"]
    token = "…"             # Authorization: Bearer …; or token-file

    ["https://cluster.example.net/"]
    headers = { X-Api-Key = "…" }
    hook = "my_signing:sign"   # sign(method, url, headers, body) -> headers to add

The environment: KGBUILD_STORE_USER with KGBUILD_STORE_PASSWORD, or KGBUILD_STORE_TOKEN, for the store that the command was given.
"""

from __future__ import annotations

import base64
import netrc
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from kgbuild.errors import StoreError

#: of method, URL, headers and body makes headers to add
Hook = Callable[[str, str, Mapping[str, str], bytes], Mapping[str, str]]

_KEYS = {"user", "password", "password-file", "scheme", "token", "token-file", "headers", "hook"}
_NONE: Mapping[str, str] = MappingProxyType({})
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(r"[\t\x20-\x7e\xa0-\xff]*")


@dataclass(frozen=True)
class Access:
    """What one store is shown. Its text tells no secret."""

    user: str = ""
    password: str = field(default="", repr=False)
    #: basic or digest; empty: what the server asks for
    scheme: str = ""
    token: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=lambda: _NONE, repr=False)
    hook: Hook | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token or self.headers or self.hook)

    @property
    def secrets(self) -> tuple[str, ...]:
        """All that must not be repeated; a word of five letters may be any word of a message."""
        encoded = self.basic.partition(" ")[2] if self.password else ""
        return tuple(secret for secret in (self.password, encoded, self.token, *self.headers.values()) if len(secret) > 5)

    @property
    def basic(self) -> str:
        """The Authorization header that holds name and password."""
        return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")


class Credentials:
    """All that is known, by address."""

    def __init__(self, known: Mapping[str, Access]) -> None:
        self._known = dict(known)

    def of(self, url: str) -> Access:
        """What a request to a URL shows: that of the longest address it lies below, of the same scheme, host and port. Empty: nothing."""
        found = [address for address in self._known if _lies_below(url, address)]
        return self._known[max(found, key=len)] if found else Access()


def load(file: Path | None, url: str, environment: Mapping[str, str] | None = None) -> Credentials:
    """Collect credentials: of the file, else of KGBUILD_CREDENTIALS; of the environment, for the store at ``url``; of netrc for its host.

    The environment's go before the file's, and the file's before netrc's. Raises StoreError where a file cannot be read or understood.
    """
    env = os.environ if environment is None else environment
    known: dict[str, Access] = {}
    parts = urlsplit(url)
    if (found := _of_netrc(parts.hostname or "", env)) is not None:
        known[f"{parts.scheme}://{parts.netloc}/"] = found
    named = file or (Path(env["KGBUILD_CREDENTIALS"]) if env.get("KGBUILD_CREDENTIALS") else None)
    if named is not None:
        known |= _of_file(named)
    user, token = env.get("KGBUILD_STORE_USER", ""), env.get("KGBUILD_STORE_TOKEN", "").strip()
    if user or token:
        check_header("KGBUILD_STORE_TOKEN", "token", token)
        own = Access(user, env.get("KGBUILD_STORE_PASSWORD", ""), token=token)
        known = {address: access for address, access in known.items() if not _lies_below(address, f"{parts.scheme}://{parts.netloc}/")}
        known[f"{parts.scheme}://{parts.netloc}/"] = own
    return Credentials(known)


def _of_file(path: Path) -> dict[str, Access]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise StoreError(f"{path}: the credentials cannot be read: {error.strerror}", hint="name another --credentials") from None
    except UnicodeDecodeError:
        raise StoreError(f"{path}: the credentials are not UTF-8", hint="write the file in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise StoreError(f"{path}: not TOML: {error}", hint='a table for each store: ["https://example.org/sparql"]') from None
    return {address: _access(path, address, table) for address, table in tables.items()}


def _access(path: Path, address: str, table: object) -> Access:
    if not isinstance(table, dict) or urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        raise StoreError(f"{path}: “{address}” is no store's address", hint='a table for each store: ["https://example.org/sparql"]')
    if unknown := sorted(table.keys() - _KEYS):
        raise StoreError(f"{path}: unknown key “{unknown[0]}” for {address}", hint=f"there are: {', '.join(sorted(_KEYS))}")
    texts = {name: table.get(name, "") for name in _KEYS - {"headers"}}
    headers = table.get("headers", {})
    if not all(isinstance(value, str) for value in (*texts.values(), *(headers.values() if isinstance(headers, dict) else [None]))):
        raise StoreError(f"{path}: {address}: keys take texts in quotes, headers a table of them")
    if texts["scheme"] not in ("", "basic", "digest"):
        raise StoreError(f"{path}: {address}: scheme can be basic or digest")
    token = texts["token"] or _content(path, texts["token-file"])
    for name, value in {"token": token, **headers}.items():
        check_header(f"{path}: {address}", name, value)
    return Access(
        texts["user"],
        texts["password"] or _content(path, texts["password-file"]),
        texts["scheme"],
        token,
        MappingProxyType(dict(headers)),
        _hook(path, texts["hook"]) if texts["hook"] else None,
    )


def check_header(where: str, name: str, value: str) -> None:
    """Raises StoreError on what no request can bear (RFC 9110, section 5), without repeating it: http.client's own error would."""
    if not _NAME.fullmatch(name):
        raise StoreError(f"{where}: “{name}” is no header's name", hint="letters, digits and hyphens, such as X-Api-Key")
    if not _VALUE.fullmatch(value):
        raise StoreError(f"{where}: {name} holds a line break, or characters that no header can", hint="write it on one line, in ASCII")


def _content(beside: Path, name: str) -> str:
    if not name:
        return ""
    path = beside.parent / name
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise StoreError(f"{path}: the file with a secret cannot be read", hint=f"it is named in {beside}") from None


def _hook(path: Path, named: str) -> Hook:
    module, _, name = named.partition(":")
    try:
        found: Hook = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise StoreError(f"{path}: the hook “{named}” cannot be had: {error}", hint="write it as module:function") from error
    return found


def _of_netrc(host: str, env: Mapping[str, str]) -> Access | None:
    home = env.get("HOME", "")
    path = Path(env["NETRC"]) if env.get("NETRC") else Path(home) / ".netrc"
    if not path.is_file():
        return None
    try:
        found = netrc.netrc(str(path)).hosts.get(host)  # the entry “default” is for anyone, so for no store
    except netrc.NetrcParseError as error:
        raise StoreError(f"{path}:{error.lineno}: cannot be read: {error.msg}") from None
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from None
    return Access(found[0], found[2] or "") if found else None


def _lies_below(url: str, address: str) -> bool:
    one, other = urlsplit(url), urlsplit(address)
    if (one.scheme, one.hostname, _port(one.scheme, one.port)) != (other.scheme, other.hostname, _port(other.scheme, other.port)):
        return False
    path = other.path.rstrip("/")
    return one.path == path or one.path.startswith(path + "/")


def _port(scheme: str, port: int | None) -> int:
    return port or (443 if scheme == "https" else 80)
