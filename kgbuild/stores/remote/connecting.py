"""From an address to a client: what kind of store is there, and where its services are.

What is said by hand goes first (--query-url …, --profile); then what the server says of itself in a service description; then its
profile, which is told from the headers of an answer.
"""

from __future__ import annotations

import os
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from kgbuild.errors import StoreError, StoreRefused
from kgbuild.stores.places import Address
from kgbuild.stores.remote import credentials
from kgbuild.stores.remote.client import AGENT, Addresses, Client
from kgbuild.stores.remote.describing import Description, describe
from kgbuild.stores.remote.profiles import STANDARD, Profile, bundled, named
from kgbuild.stores.remote.results import RESULTS
from kgbuild.stores.remote.transport import Reply, Transport, shown


def connect(address: Address) -> Client:
    """Find out what is at an address.

    Raises:
        StoreUnavailable: nothing answers there.
        StoreRefused: what answers wants credentials, or speaks no SPARQL.
        StoreError: the profile, the credentials or the time limit cannot be used.
    """
    secrets = credentials.load(address.credentials, address.url)
    transport = Transport(secrets.of, timeout=_timeout())
    given = named(address.profile) if address.profile else None
    tried: list[Reply] = []
    for url in (address.query_url,) if address.query_url else _candidates(address.url, given):
        reply = transport.read(lambda url=url: _asking(url))  # type: ignore[misc]
        if _answers(reply):
            return _client(address, url, given or recognised(reply), transport)
        tried.append(reply)
        known = recognised(reply) if given is None and not address.query_url else None
        if known is not None and known.paths["query"]:
            return _connect_known(address, known, transport)
    if given is None and not address.query_url and (described := describe(transport, address.url, AGENT)).query:
        reply = transport.read(lambda: _asking(described.query))
        if _answers(reply):
            return _client(address, described.query, recognised(reply), transport, described)
        tried.append(reply)
    raise _nothing(address, tried, given or bundled()[STANDARD], transport)


def recognised(reply: Reply) -> Profile | None:
    """The kind of server that an answer comes from, by its headers."""
    for profile in bundled().values():
        for name, start in profile.known_by.items():
            value = reply.headers.get(name)
            if value is not None and value.startswith(start):
                return profile
    return None


def _answers(reply: Reply) -> bool:
    return reply.status < 300 and reply.media_type in RESULTS


def _client(address: Address, query: str, known: Profile | None, transport: Transport, described: Description | None = None) -> Client:
    """The client of a server that answers queries at a URL; of one of an unknown kind, as it describes itself."""
    if known is not None:
        return Client(_addresses(address, query, known, transport), known, transport)
    described = described or describe(transport, query, AGENT)
    profile = replace(bundled()[STANDARD], default_graph="union") if described.is_union else bundled()[STANDARD]
    addresses = _addresses(address, query, profile, transport)
    if described.update and not address.update_url:
        addresses = replace(addresses, update=described.update)
    return Client(addresses, profile, transport)


def _connect_known(address: Address, profile: Profile, transport: Transport) -> Client:
    addresses = _addresses(address, "", profile, transport)
    client = Client(addresses, profile, transport)
    reply = transport.read(lambda: _asking(addresses.query))
    if not _answers(reply):
        raise _nothing(address, [reply], profile, transport)
    return client


def _addresses(address: Address, query: str, profile: Profile, transport: Transport) -> Addresses:
    """Where the services are. ``query``: where a query was answered; empty: where the profile has them."""
    root = _root(address.url, profile)

    def at(service: str, own: str) -> str:
        if own:
            return own
        path = profile.paths.get(service, "")
        behind = profile.paths.get(f"{service}-auth", "")
        if behind and transport.has_access(_below(root, behind)):
            path = behind
        return _below(root, path) if path else ""

    found = query or address.url
    return Addresses(
        at("query", address.query_url) or found,
        at("update", address.update_url) or found,
        at("graph", address.graph_url),
        "" if address.graph_url else at("quads", ""),
    )


def _candidates(url: str, profile: Profile | None) -> Iterator[str]:
    """Where a query may be answered: where the profile says, at the address itself, or at a usual place below it."""
    if profile is not None and profile.paths["query"]:
        yield _below(_root(url, profile), profile.paths["query"])
        return
    yield url
    if profile is None:
        yield _below(url, "sparql")
        yield _below(url, "query")


def _root(url: str, profile: Profile) -> str:
    """The address without an ending that leads to one of the services."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    head, _, last = path.rpartition("/")
    return urlunsplit(parts._replace(path=head if last in profile.endings else path))


def _below(root: str, path: str) -> str:
    parts = urlsplit(root)
    path, _, query = path.partition("?")
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{path}", query=query or parts.query))


def _asking(url: str) -> urllib.request.Request:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json", "User-Agent": AGENT}
    return urllib.request.Request(url, data=b"query=ASK%20%7B%7D", headers=headers, method="POST")


def _nothing(address: Address, tried: list[Reply], profile: Profile, transport: Transport) -> StoreError:
    telling = next((reply for reply in tried if reply.status in (401, 403)), tried[0])
    if telling.status >= 300:
        client = Client(Addresses(address.url, "", ""), profile, transport)
        found = client.refusal(telling, address.query_url or address.url, "no SPARQL service answers there")
        found.hint = found.hint or "check the address, or name that of the queries: --query-url"
        return found
    return StoreRefused(
        f"{shown(address.query_url or address.url)}: what answers there is no SPARQL service, but {telling.media_type or 'something else'}",
        hint="name the address of the queries: --query-url",
    )


def _timeout() -> float:
    text = os.environ.get("KGBUILD_STORE_TIMEOUT", "60")
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise StoreError(f"KGBUILD_STORE_TIMEOUT is “{text}”", hint="a number of seconds, such as 120")
    return seconds
