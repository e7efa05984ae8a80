"""Lets each request bear what its own store wants to see, and nothing of another's."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from kgbuild.errors import StoreError, StoreRefused
from kgbuild.stores.remote.credentials import Access, Hook, check_header
from kgbuild.stores.remote.digest import Digest, challenges

#: seconds after which a challenge is asked for anew: one that the server no longer takes breaks a large request off in the middle
_AGE = 30.0


class Authorising:
    """``access``: what is shown at a URL; ``challenged``: what the server asks for there, as WWW-Authenticate headers."""

    def __init__(self, access: Callable[[str], Access], challenged: Callable[[str], list[str]]) -> None:
        self.access = access
        self._challenged = challenged
        #: place (see :func:`_place`) -> the challenge that is answered there, since when; None: name and password are shown as they are
        self._digests: dict[str, tuple[Digest | None, float]] = {}

    def add(self, request: urllib.request.Request) -> None:
        """Add headers to a request. Raises StoreRefused where the server asks for what is not known here."""
        access = self.access(request.full_url)
        if not access:
            return
        for name, value in access.headers.items():
            request.add_header(name, value)
        if access.token:
            request.add_header("Authorization", f"Bearer {access.token}")
        elif access.user:
            self._add_user(request, access)
        if access.hook is not None:
            for name, value in _signed(access.hook, request).items():
                request.add_header(name, value)

    def again(self, request: urllib.request.Request, headers: list[str]) -> bool:
        """Take in the challenge of a refusal; claim that the request now answers it."""
        access = self.access(request.full_url)
        offered = challenges(headers).get("digest", "")
        if not access.user or access.scheme == "basic" or not offered:
            return False
        self._learn(_place(request.full_url), offered, access)
        self._add_user(request, access)
        return True

    def _add_user(self, request: urllib.request.Request, access: Access) -> None:
        place = _place(request.full_url)
        if access.scheme == "basic":
            self._digests[place] = (None, 0.0)
        if place not in self._digests or self._is_old(place):
            offered = challenges(self._challenged(request.full_url.partition("?")[0]))
            if access.scheme == "digest" and offered and "digest" not in offered:
                message = f"{place}: the server offers {', '.join(offered)} and no digest"
                raise StoreRefused(message, hint="leave scheme out of the credentials, or put basic there")
            if not offered and not access.scheme:
                return  # an address for all: name and password stay here
            self._learn(place, offered.get("digest", ""), access)
        digest, _since = self._digests[place]
        if digest is None and access.scheme == "digest":
            return
        header = access.basic if digest is None else digest.answer(request.get_method(), request.selector)
        request.add_header("Authorization", header)

    def _learn(self, place: str, challenge: str, access: Access) -> None:
        self._digests[place] = (_digest(place, challenge, access) if challenge else None, time.monotonic())

    def _is_old(self, place: str) -> bool:
        digest, since = self._digests[place]
        return digest is not None and time.monotonic() - since > _AGE


def _signed(hook: Hook, request: urllib.request.Request) -> Mapping[str, str]:
    """The headers that a user's own function adds. Raises StoreError, which does not repeat what the function says: it may hold secrets."""
    data = request.data if isinstance(request.data, bytes) else b""
    named = f"the hook {hook.__module__}:{getattr(hook, '__name__', 'object')}"
    try:
        found = hook(request.get_method(), request.full_url, dict(request.header_items()), data)
    except Exception as error:  # noqa: BLE001 - whatever a stranger's function does
        raise StoreError(f"{named} failed: {type(error).__name__}", hint="call it by itself to see why") from None
    if not isinstance(found, Mapping) or not all(isinstance(part, str) for pair in found.items() for part in pair):
        raise StoreError(f"{named} gave no headers", hint="let it return a dict of texts: header -> value")
    for name, value in found.items():
        check_header(named, name, value)
    return found


def _place(url: str) -> str:
    """What one challenge is good for: a path of a server."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def _digest(url: str, challenge: str, access: Access) -> Digest:
    try:
        return Digest(challenge, access.user, access.password)
    except ValueError as error:
        raise StoreRefused(f"{url}: the server asks for {error}, which kgbuild does not know", hint="sign with a hook") from None
