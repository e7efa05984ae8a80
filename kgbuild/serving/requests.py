"""Requests of the SPARQL 1.1 Protocol (sections 2.1 and 2.2): from HTTP to a query or an update with its dataset.

Parameters are percent-decoded once, as UTF-8, and strictly: what is no UTF-8 is refused, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

import msgspec
from starlette.datastructures import URL
from starlette.requests import ClientDisconnect, Request
from starlette.types import Scope

from kgbuild.serving.jobs import Query, Update
from kgbuild.serving.refusal import Refused

__all__ = ["Asked", "body", "check_coding", "header", "operation", "parameters", "single"]

FORM = "application/x-www-form-urlencoded"
_TEXT = msgspec.json.Decoder(str)
_QUERY, _UPDATE = "application/sparql-query", "application/sparql-update"


@dataclass(frozen=True)
class Asked:
    """An operation, or None for a request that asks for the service's description."""

    operation: Query | Update | None


Parameters = dict[str, list[str]]


def parameters(encoded: bytes) -> Parameters:
    """Decode ``a=1&b=2``. Raises Refused (400)."""
    found: Parameters = {}
    try:
        pairs = [pair.partition("=") for pair in encoded.decode("ascii").replace("+", " ").split("&", 1000) if pair]
        for name, _, value in pairs:
            found.setdefault(_unquoted(name), []).append(_unquoted(value))
    except ValueError as error:
        raise Refused(400, f"the parameters are not URL-encoded UTF-8: {error}") from error
    if len(pairs) > 1000:
        raise Refused(400, "the request has more than 1,000 parameters")
    return found


def _unquoted(text: str) -> str:
    """Percent-decode ASCII as UTF-8. JSON's decoder, to which ``\\u00C3`` is what ``%C3`` is here, takes a tenth of urllib's time.

    >>> _unquoted('%22%41%C3%A9%22\\\\%'), _unquoted("a%zz")
    ('"Aé"\\\\%', 'a%zz')
    """
    if "%" not in text:
        return text
    try:
        escaped = text.replace("\\", "\\u005c").replace('"', "\\u0022").replace("%", "\\u00")
        return _TEXT.decode(f'"{escaped}"').encode("latin-1").decode()
    except ValueError:  # what is no UTF-8; or what stands behind a % is no number, and the % for itself
        return unquote(text, errors="strict")


def header(scope: Scope, name: bytes) -> str:
    """The header of that name (lower case), its lines joined as one list (RFC 9110, section 5.3); empty where there is none."""
    return b", ".join([value for key, value in scope["headers"] if key == name]).decode("latin-1")


def single(given: Parameters, name: str) -> str | None:
    """A parameter that may be given once. Raises Refused (400)."""
    values = given.get(name, [])
    if len(values) > 1:
        raise Refused(400, f"the parameter {name} is given {len(values)} times; give it once")
    return values[0] if values else None


async def body(request: Request, limit: int) -> bytes:
    """The request's body, up to a limit. Raises Refused (413, 415, 400)."""
    check_coding(request)
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise Refused(413, f"the request is larger than {limit >> 20} MiB")
    pieces, size = [], 0
    try:
        async for piece in request.stream():
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise Refused(413, f"the request is larger than {limit >> 20} MiB")
    except ClientDisconnect:
        raise Refused(400, "the request ended early") from None
    return b"".join(pieces)


def check_coding(request: Request) -> None:
    """Claim that the body is sent as it is. Raises Refused (415)."""
    coding = header(request.scope, b"content-encoding").strip().lower()
    if coding not in ("", "identity"):
        message = f"a body with Content-Encoding “{coding[:100]}” is not read here; send it as it is"
        raise Refused(415, message, headers={"Accept-Encoding": "identity"})


async def operation(request: Request, *, limit: int) -> Asked:
    """Read what a request to ``/sparql`` asks for. Raises Refused: 400, 413, 415."""
    given = parameters(request.scope["query_string"])
    base = _base(request.scope["scheme"], header(request.scope, b"host"), request.scope["server"], request.scope["path"])
    accept = header(request.scope, b"accept")
    if request.method in ("GET", "HEAD"):
        if "update" in given:
            raise Refused(400, "an update must be sent with POST")
        text = single(given, "query")
        return Asked(None if text is None else _query(text, given, accept, base))
    kind = media_type(request)
    if kind == FORM:
        form = parameters(await body(request, limit))
        for name, values in given.items():  # the dataset may stand in the address, too
            form.setdefault(name, []).extend(values)
        query, update = single(form, "query"), single(form, "update")
        if (query is None) is (update is None):
            raise Refused(400, "send one of the parameters query and update")
        return Asked(_query(query, form, accept, base) if query is not None else _update(update or "", form, base))
    if kind not in (_QUERY, _UPDATE):
        known = f"{_QUERY}, {_UPDATE}, {FORM}"
        said = f"“{kind}” is not read here" if kind else "the request does not say what its body is"
        raise Refused(415, f"{said}; Content-Type can be {known}", headers={"Accept-Post": known})
    if "query" in given or "update" in given:
        raise Refused(400, "the body is the operation; leave query and update out of the address")
    text = _decoded(request, await body(request, limit))
    return Asked(_query(text, given, accept, base) if kind == _QUERY else _update(text, given, base))


@lru_cache(256)
def _base(scheme: str, host: str, server: tuple[str, int] | None, path: str) -> str:
    """The address that relative IRIs of a query start from; who asks once will ask again."""
    headers = [(b"host", host.encode("latin-1"))] if host else []
    return str(URL(scope={"scheme": scheme, "server": server, "path": path, "query_string": b"", "headers": headers}))


def media_type(request: Request) -> str:
    """The body's media type without parameters, lower case; empty where it is not given."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _decoded(request: Request, data: bytes) -> str:
    """The text of a body that is a query or an update: UTF-8, whatever else is declared (section 2.1.3)."""
    for parameter in request.headers.get("content-type", "").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip(" \"'").lower() not in ("utf-8", "utf8", "us-ascii"):
            raise Refused(415, f"SPARQL is sent as UTF-8, not as {value.strip()}")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"the request is not UTF-8: byte {error.start}") from error


def _query(text: str, given: Parameters, accept: str, base: str) -> Query:
    if "using-graph-uri" in given or "using-named-graph-uri" in given:
        raise Refused(400, "using-graph-uri is for updates; a query takes default-graph-uri and named-graph-uri")
    default, named = _iris(given, "default-graph-uri"), _iris(given, "named-graph-uri")
    if default is None and named is None:
        return Query(text, accept, base)
    return Query(text, accept, base, default or (), named or ())


def _update(text: str, given: Parameters, base: str) -> Update:
    if "default-graph-uri" in given or "named-graph-uri" in given:
        raise Refused(400, "default-graph-uri is for queries; an update takes using-graph-uri and using-named-graph-uri")
    return Update(text, base, _iris(given, "using-graph-uri"), _iris(given, "using-named-graph-uri"))


def _iris(given: Parameters, name: str) -> tuple[str, ...] | None:
    if name not in given:
        return None
    for value in given[name]:
        check_iri(value, name)
    return tuple(given[name])


def check_iri(value: str, name: str) -> str:
    """Claim that a value is an absolute IRI. Raises Refused (400)."""
    try:
        scheme = urlsplit(value).scheme
    except ValueError:
        scheme = ""
    if not scheme or any(character <= " " or character in '<>"{}|^`\\' for character in value):
        raise Refused(400, f"{name}: “{value[:200]}” is not an absolute IRI")
    return value
