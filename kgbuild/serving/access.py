"""Who may write, and who may see and stop what others ask: a token; and never a web page that the server does not know.

A form of any page can send an update to a server on the same machine (it is a "simple" request that needs no leave), and a name that is
bound again to 127.0.0.1 makes a foreign page look like an own one. Hence Origin, Sec-Fetch-Site and Host are looked at beside the token.
"""

from __future__ import annotations

import secrets
from urllib.parse import SplitResult, urlsplit

from starlette.requests import Request

from kgbuild.serving.refusal import Refused
from kgbuild.serving.settings import Settings

__all__ = ["check_token", "check_write"]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def check_write(request: Request, settings: Settings) -> None:
    """Claim that a request may write. Raises Refused: 401, 403."""
    if not settings.update:
        hint = "its owner can start it with --update and --token-file"
        raise Refused(403, "this server is read-only", hint=hint)
    check_token(request, settings)


def check_token(request: Request, settings: Settings) -> None:
    """Claim that a request shows the token and comes from no foreign page. Raises Refused: 401, 403."""
    if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        raise Refused(403, "a web page of another origin may not do this")
    host = request.headers.get("host", "")
    name = _split(f"//{host}").hostname or ""
    known = {settings.host, *settings.names, *(_LOOPBACK if settings.host in _LOOPBACK else ())}
    if settings.host not in ("0.0.0.0", "::") and name not in known:
        raise Refused(403, f"the request calls this server “{name[:100]}”, which is none of its names", hint="name it with --name")
    origin = request.headers.get("origin")
    if origin is not None and _split(origin).netloc != host:
        raise Refused(403, "a web page of another origin may not do this")
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if not settings.token or scheme.lower() != "bearer" or not secrets.compare_digest(shown.strip().encode(), settings.token.encode()):
        message = "this needs the server's token: Authorization: Bearer TOKEN"
        raise Refused(401, message, headers={"WWW-Authenticate": 'Bearer realm="kgbuild"'})


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # a bracket too few: no name, which is none of the server's
        return urlsplit("")
